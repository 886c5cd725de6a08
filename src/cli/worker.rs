//! `jixiao worker`: `stream` serves another engine; the others are processes in which foreign files are read, started by this
//! program alone.

use std::path::PathBuf;

use super::stream;
use crate::service::{rebuild, register_marks, unpack, worker};

/// Arguments of `jixiao worker`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// 供其他系统调用：标准输入每行一个请求，标准输出每行一个答复
    Stream(Box<stream::Args>),
    /// 读出收件登记表中人工的选择
    #[command(hide = true)]
    Marks {
        /// 结果放在哪个文件夹
        out: PathBuf,
        /// 收件登记表
        file: PathBuf,
    },
    /// 解压一个压缩包
    #[command(hide = true)]
    Unpack {
        /// 解压到哪个文件夹
        out: PathBuf,
        /// 压缩包
        archive: PathBuf,
        /// 压缩包叫什么
        name: String,
    },
    /// 把标准输入中其他格式的工作簿重建为 .xlsx
    #[command(hide = true)]
    Rebuild {
        /// 重建的 .xlsx
        out: PathBuf,
    },
    /// 逐份读取或评分；怎样评分和每份材料在哪里由标准输入给出
    #[command(hide = true)]
    Member,
}

/// Runs, in a child or for another engine.
pub fn run(args: &Args) -> u8 {
    match &args.task {
        Task::Stream(args) => stream::run(args),
        Task::Marks { out, file } => register_marks::run(out, file),
        Task::Unpack { out, archive, name } => unpack::run(out, archive, name),
        Task::Rebuild { out } => rebuild::run(out),
        Task::Member => worker::member(),
    }
}
