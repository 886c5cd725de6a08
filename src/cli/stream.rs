//! `jixiao worker stream`: requests and answers by standard input and output.

use std::num::NonZeroU64;
use std::path::PathBuf;

use super::{Work, tables, work};
use crate::base::Result;
use crate::service::door::Door;
use crate::service::stream::{self, Options};

/// The longest line where nothing is told.
const LINE_MB: u64 = 64;

/// Arguments of `jixiao worker stream`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 请求中的路径在哪个文件夹之下；不写则不按路径读取
    #[arg(long, value_name = "文件夹")]
    root: Option<PathBuf>,
    /// 请求要求存为文件的，返回的工作簿放入哪个文件夹
    #[arg(long, value_name = "文件夹")]
    out: Option<PathBuf>,
    /// 这些材料属于哪个地区（写入数据表的行）
    #[arg(long, value_name = "地区")]
    region: Option<String>,
    /// 数据表的行属于第几批，从 1 起
    #[arg(long, value_name = "批次", default_value = "1", hide_default_value = true)]
    entry: NonZeroU64,
    /// 一行请求最长多少；不写则为 64
    #[arg(long, value_name = "MB")]
    max_line: Option<NonZeroU64>,
    #[command(flatten)]
    work: Work,
}

/// Runs and gives the exit code.
pub(super) fn run(args: &Args) -> u8 {
    match serve(args) {
        Ok(()) => 0,
        Err(error) => {
            super::complain("worker stream", &error);
            error.kind().exit_code()
        }
    }
}

fn serve(args: &Args) -> Result<()> {
    let installation = args.work.config.installation()?;
    let options = Options {
        root: args.root.clone(),
        out: args.out.clone(),
        region: tables::region(args.region.as_deref()),
        entry: args.entry.get(),
        longest: args.max_line.map_or(LINE_MB, NonZeroU64::get).saturating_mul(work::MEGABYTE),
        jobs: args.work.jobs(&installation),
        // Another engine is no bureau: what it gets is signed only where it names the keys.
        setup: args.work.setup_with(&installation, Door::Batch, args.work.keys_told(&installation)?)?,
        clock: super::clock()?,
    };
    stream::run(&options, &mut std::io::stdin().lock(), std::io::stdout(), work::on_signal)
}
