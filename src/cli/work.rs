//! What `watch` and `batch` share: how many workers, what each may cost, how they score.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use super::key::Folder;
use crate::base::{Error, Result};
use crate::pipeline::Review;
use crate::service::child::Limits;
use crate::service::worker::Setup;

const MEGABYTE: u64 = 1024 * 1024;

/// Arguments about the work.
#[derive(Debug, clap::Args)]
pub(super) struct Work {
    /// 同时处理几个文件；不写则按处理器个数
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// 映射文件，可写多个；写文件夹则为其中全部 .toml
    #[arg(long, value_name = "FILE")]
    mapping: Vec<PathBuf>,
    /// 用计算得分替换表中已填的得分（原值记入批注）
    #[arg(long)]
    replace_scores: bool,
    /// 每个文件最多用多少秒
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    max_seconds: u64,
    /// 每个文件最多用多少内存
    #[arg(long, value_name = "MB", default_value_t = 2048)]
    max_memory: u64,
    /// 文件最大多少
    #[arg(long, value_name = "MB", default_value_t = 256)]
    max_size: u64,
    #[command(flatten)]
    keys: Folder,
}

impl Work {
    /// Workers at a time.
    pub(super) fn jobs(&self) -> NonZeroUsize {
        self.jobs.or_else(|| std::thread::available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
    }

    /// How submissions are scored. The mappings are checked here once, with all their faults.
    pub(super) fn setup(&self) -> Result<Setup> {
        super::mappings(&self.mapping)?;
        Ok(Setup {
            program: std::env::current_exe()
                .map_err(|cause| Error::internal("无法找到程序自身").because(cause))?,
            mappings: super::mapping_texts(&self.mapping)?,
            answers: Vec::new(),
            replace_scores: self.replace_scores,
            // Agencies and reviewers share a folder: what is typed there is a proposal.
            review: Review { accepts: false, ..Review::default() },
            keys: self.keys.own()?,
            limits: Limits {
                memory: self.max_memory.saturating_mul(MEGABYTE),
                seconds: self.max_seconds,
                size: self.max_size.saturating_mul(MEGABYTE),
            },
        })
    }
}

/// Does this at Ctrl-C, and where a service manager asks to end.
pub(super) fn on_signal(handler: impl FnMut() + Send + 'static) -> Result<()> {
    ctrlc::set_handler(handler).map_err(|cause| Error::internal("无法接收结束信号").because(cause))
}
