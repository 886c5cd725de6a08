//! `jixiao worker`: the processes in which foreign files are read; started by this program alone.

use std::path::PathBuf;

use crate::service::{rebuild, worker};

/// Arguments of `jixiao worker`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// 把标准输入中其他格式的工作簿重建为 .xlsx
    Rebuild {
        /// 重建的 .xlsx
        out: PathBuf,
    },
    /// 为逐份给出的材料评分；怎样评分和每份材料在哪里由标准输入给出
    Stream,
}

/// Runs in the child.
pub fn run(args: &Args) -> u8 {
    match &args.task {
        Task::Rebuild { out } => rebuild::run(out),
        Task::Stream => worker::stream(),
    }
}
