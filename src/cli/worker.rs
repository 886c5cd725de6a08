//! `jixiao worker`: the processes in which foreign files are read; started by this program alone.

use std::path::PathBuf;

use crate::service::{rebuild, register_marks, unpack, worker};

/// Arguments of `jixiao worker`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// 读出收件登记表中人工的选择
    Marks {
        /// 结果放在哪个文件夹
        out: PathBuf,
        /// 收件登记表
        file: PathBuf,
    },
    /// 解压一个压缩包
    Unpack {
        /// 解压到哪个文件夹
        out: PathBuf,
        /// 压缩包
        archive: PathBuf,
        /// 压缩包叫什么
        name: String,
    },
    /// 把标准输入中其他格式的工作簿重建为 .xlsx
    Rebuild {
        /// 重建的 .xlsx
        out: PathBuf,
    },
    /// 逐份读取或评分；怎样评分和每份材料在哪里由标准输入给出
    Stream,
}

/// Runs in the child.
pub fn run(args: &Args) -> u8 {
    match &args.task {
        Task::Marks { out, file } => register_marks::run(out, file),
        Task::Unpack { out, archive, name } => unpack::run(out, archive, name),
        Task::Rebuild { out } => rebuild::run(out),
        Task::Stream => worker::stream(),
    }
}
