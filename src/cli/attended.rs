//! The folders that a service attends to, and how: what `watch` and `serve` share.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Work, log};
use crate::base::{Error, Result};
use crate::service::door::Door;
use crate::service::setup::Setup;
use crate::service::upkeep::Keep;
use crate::service::watch::Options;
use crate::settings::{Installation, TypedPath};

/// Seconds that a file must not change, where nothing is told or set.
const SETTLE: u64 = 3;
/// Megabytes of room on a disk below which the operator is told, where nothing is set.
const LEAST_MB: u64 = 1_024;

/// Arguments about them.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Attended {
    /// 收件文件夹：放入工作簿或一个项目的文件夹
    #[arg(long, value_name = "文件夹")]
    inbox: Option<PathBuf>,
    /// 复核收件文件夹：从这里收到的，表中人工填写的得分算数；须与收件文件夹在同一磁盘
    #[arg(long, value_name = "文件夹")]
    reviewer_inbox: Option<PathBuf>,
    /// 结果文件夹
    #[arg(long, value_name = "文件夹")]
    outbox: Option<PathBuf>,
    /// 存放 archive、rejected、processing、state 的文件夹，须与收件文件夹在同一磁盘；不写则为收件文件夹的上级
    #[arg(long, value_name = "文件夹")]
    base: Option<PathBuf>,
    /// 定时查看，不依赖系统通知（收件文件夹在网络共享上时使用）
    #[arg(long)]
    poll: bool,
    /// 文件多少秒不再变化才开始处理（整个文件夹为 5 倍）；不写则为 3
    #[arg(long, value_name = "秒")]
    settle: Option<u64>,
    /// 内容相同的文件也重新评分
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    work: Work,
    /// 日志文件夹：每天一个文件，保留 60 天；不写则输出到标准错误
    #[arg(long, value_name = "文件夹")]
    log: Option<PathBuf>,
}

impl Attended {
    /// As these settings say.
    #[cfg(windows)]
    pub(super) fn by(settings: PathBuf) -> Self {
        Self { work: Work::by(settings), ..Self::default() }
    }

    /// What a service is told; `once` where it serves what is there and ends. The log begins here.
    pub(super) fn options(&self, once: bool) -> Result<Options> {
        let installation = self.installation()?;
        let told = |told: &Option<PathBuf>, set: &Option<TypedPath>| match told {
            Some(told) => Ok(Some(told.clone())),
            None => installation.there(set.as_ref()),
        };
        let folders = &installation.folders;
        let inbox = told(&self.inbox, &folders.inbox)?.ok_or_else(|| unsaid("收件", "inbox"))?;
        let outbox = told(&self.outbox, &folders.outbox)?.ok_or_else(|| unsaid("结果", "outbox"))?;
        let reviewer_inbox = told(&self.reviewer_inbox, &folders.reviewer_inbox)?;
        // Made here, a folder of a mistyped name would wait for ever for what is dropped elsewhere.
        std::iter::once(&inbox).chain(&reviewer_inbox).try_for_each(|folder| there(folder))?;
        log::begin(told(&self.log, &folders.log)?.as_deref())?;
        let setup = self.work.setup(&installation, Door::Inbox)?;
        if let Some(file) = installation.path() {
            tracing::info!(file = %file.display(), review = ?setup.review, mappings = setup.mappings.len(), "settings");
        }
        let settle = self.settle.or(installation.limits.settle_seconds.map(u64::from));
        Ok(Options {
            inbox,
            reviewer_inbox,
            outbox,
            base: told(&self.base, &folders.base)?,
            register: installation.there(installation.register.as_ref())?,
            keep: Keep {
                returns: installation.keep_days,
                archive: installation.archive_days,
                state: installation.state_days,
            },
            least_mb: installation.limits.free_mb.map_or(LEAST_MB, u64::from),
            alert: installation.alert.clone(),
            jobs: self.work.jobs(&installation),
            settle: Duration::from_secs(settle.unwrap_or(SETTLE)),
            poll: self.poll,
            once,
            again: self.again,
            setup,
            clock: super::clock()?,
        })
    }

    /// The settings and mappings, read again whenever this is asked: how submissions are scored from then on, where that
    /// is another way than before.
    pub(super) fn renewal(&self, options: &Options) -> impl FnMut() -> Result<Option<Setup>> {
        let mut way = options.setup.hash();
        move || {
            let setup = self.work.setup(&self.installation()?, Door::Inbox)?;
            let found = setup.hash();
            Ok((std::mem::replace(&mut way, found.clone()) != found).then_some(setup))
        }
    }

    /// The settings.
    pub(super) fn installation(&self) -> Result<Installation> {
        self.work.config.near(self.base().as_deref())
    }

    /// The folder beside which the settings may stand, as far as the command line tells it.
    fn base(&self) -> Option<PathBuf> {
        self.base.clone().or_else(|| {
            let inbox = self.inbox.as_ref()?;
            Some(dunce::canonicalize(inbox).ok()?.parent()?.to_owned())
        })
    }
}

fn there(inbox: &Path) -> Result<()> {
    if inbox.is_dir() {
        return Ok(());
    }
    Err(Error::usage(
        format!("收件文件夹“{}”不存在。", inbox.display()),
        "请核对路径；确为新设的，请先建立该文件夹。",
    ))
}

fn unsaid(what: &str, option: &str) -> Error {
    Error::usage(
        format!("没有指定{what}文件夹。"),
        format!("请写 --{option}，或在设置文件 jixiao.toml 的 [folders] 中写 {option}。"),
    )
}
