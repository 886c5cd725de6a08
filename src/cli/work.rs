//! What `watch` and `batch` share: how many workers, what each may cost, how they score.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use super::config::{self, Config};
use super::key::Folder;
use crate::base::{Error, Result};
use crate::returned::Keys;
use crate::service::child::{self, Limits};
use crate::service::door::Door;
use crate::service::setup::Setup;
use crate::settings::Installation;

pub(super) const MEGABYTE: u64 = 1024 * 1024;
/// What a submission may cost where nothing is told or set.
const SECONDS: u64 = 120;
const MEMORY_MB: u64 = 2_048;
const SIZE_MB: u64 = 256;

/// Arguments about the work.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Work {
    /// 同时处理几个文件；不写则按处理器个数
    #[arg(long, value_name = "个数")]
    jobs: Option<NonZeroUsize>,
    /// 映射文件，可写多个；写文件夹则为其中全部 .toml
    #[arg(long, value_name = "文件")]
    mapping: Vec<PathBuf>,
    /// 用计算得分替换表中已填的得分（原值记入批注）
    #[arg(long)]
    replace_scores: bool,
    /// 每个文件最多用多少秒；不写则为 120
    #[arg(long, value_name = "秒")]
    max_seconds: Option<u64>,
    /// 每个文件最多用多少内存；不写则为 2048
    #[arg(long, value_name = "MB")]
    max_memory: Option<u64>,
    /// 文件最大多少；不写则为 256
    #[arg(long, value_name = "MB")]
    max_size: Option<u64>,
    #[command(flatten)]
    keys: Folder,
    #[command(flatten)]
    pub(super) config: Config,
}

impl Work {
    /// As these settings say.
    #[cfg(windows)]
    pub(super) fn by(settings: PathBuf) -> Self {
        Self { config: Config::at(settings), ..Self::default() }
    }

    /// Workers at a time.
    pub(super) fn jobs(&self, installation: &Installation) -> NonZeroUsize {
        let set = || NonZeroUsize::try_from(installation.limits.jobs?).ok();
        self.jobs
            .or_else(set)
            .or_else(|| std::thread::available_parallelism().ok())
            .unwrap_or(NonZeroUsize::MIN)
    }

    /// How submissions that come in by this door are scored. The mappings are checked here once, with all their faults.
    pub(super) fn setup(&self, installation: &Installation, door: Door) -> Result<Setup> {
        self.setup_with(installation, door, self.keys.own(installation)?)
    }

    /// The keys of the folder that is told; without one nothing is signed, and no record counts.
    pub(super) fn keys_told(&self, installation: &Installation) -> Result<Keys> {
        self.keys.told(installation)
    }

    /// The same with these keys.
    pub(super) fn setup_with(&self, installation: &Installation, door: Door, keys: Keys) -> Result<Setup> {
        let mappings = super::mapping_texts(&super::mapping_files(&self.mapping, installation)?)?;
        super::checked_mappings(&mappings, installation)?;
        let limit = |told: Option<u64>, set: Option<NonZeroU32>, usual: u64| {
            told.or(set.map(|set| u64::from(set.get()))).unwrap_or(usual)
        };
        let set = installation.limits;
        Ok(Setup {
            program: child::this_program()?,
            mappings,
            checks: installation.checks.clone(),
            door,
            answers: Vec::new(),
            replace_scores: self.replace_scores,
            // Agencies and reviewers share a folder: what is typed there is a proposal.
            review: config::review(installation, false),
            letters: installation.letters.clone(),
            templates: None,
            tables: false,
            keys,
            limits: Limits {
                memory: limit(self.max_memory, set.memory_mb, MEMORY_MB).saturating_mul(MEGABYTE),
                seconds: limit(self.max_seconds, set.seconds, SECONDS),
                size: limit(self.max_size, set.size_mb, SIZE_MB).saturating_mul(MEGABYTE),
            },
        })
    }
}

/// Does this at Ctrl-C, and where a service manager asks to end.
pub(super) fn on_signal(handler: impl FnMut() + Send + 'static) -> Result<()> {
    ctrlc::set_handler(handler).map_err(|cause| Error::internal("无法接收结束信号").because(cause))
}
