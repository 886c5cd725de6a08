//! `jixiao watch`: the folder service.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Work, log, work};
use crate::base::{Error, Result, push_line};
use crate::service::door::Door;
use crate::service::upkeep::Keep;
use crate::service::watch::{self, Options};
use crate::service::{retry, status};
use crate::settings::TypedPath;

/// Seconds that a file must not change, where nothing is told or set.
const SETTLE: u64 = 3;
/// Megabytes of room on a disk below which the operator is told, where nothing is set.
const LEAST_MB: u64 = 1_024;

/// Arguments of `jixiao watch`.
#[derive(Debug, Default, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Args {
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
    /// 处理完现有文件即结束（供定时任务使用）
    #[arg(long)]
    once: bool,
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
    /// 显示服务的状态：等待、正在处理、已评分、已退回的份数和最近的问题；有材料等待而没有服务运行、收件文件夹无法读取或磁盘空间不足的，退出码为 1，否则为 0
    #[arg(long, value_name = "文件夹", conflicts_with_all = ["inbox", "reviewer_inbox", "outbox", "once"])]
    status: Option<PathBuf>,
    /// 把 rejected 中退回的文件移回各自的收件文件夹，重新处理（改好映射文件或升级之后使用）
    #[arg(long, value_name = "文件夹", conflicts_with_all = ["inbox", "reviewer_inbox", "outbox", "once", "status"])]
    retry: Option<PathBuf>,
    /// 状态以 JSON 输出
    #[arg(long, requires = "status")]
    json: bool,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    serve(args, work::on_signal).unwrap_or_else(|error| {
        super::complain("watch", &error);
        error.kind().exit_code()
    })
}

/// The same as a service of the system, as the settings say; a message on `stop` is a signal to end. `begun` is called when
/// nothing stands in the way any more.
#[cfg(windows)]
pub(super) fn by_settings(
    settings: PathBuf,
    stop: std::sync::mpsc::Receiver<()>,
    begun: impl FnOnce(),
) -> Result<u8> {
    let work = Work::by(settings);
    let args = Args { work, ..Args::default() };
    let signals = |mut handler: watch::OnSignal| {
        std::thread::spawn(move || stop.iter().for_each(|()| handler()));
        begun();
        Ok(())
    };
    serve(&args, signals)
}

fn serve(args: &Args, signals: impl FnOnce(watch::OnSignal) -> Result<()>) -> Result<u8> {
    if let Some(folder) = &args.status {
        let status = status::read(folder)?;
        let text = if args.json { super::json_line(&status) + "\n" } else { status.text() };
        // A closed pipe is no fault of ours.
        let _ = std::io::stdout().write_all(text.as_bytes());
        return Ok(u8::from(status.needs_somebody()));
    }
    if let Some(folder) = &args.retry {
        return Ok(again(&retry::all(folder)?));
    }
    let installation = args.work.config.near(base(args).as_deref())?;
    let told = |told: &Option<PathBuf>, set: &Option<TypedPath>| match told {
        Some(told) => Ok(Some(told.clone())),
        None => installation.there(set.as_ref()),
    };
    let folders = &installation.folders;
    let inbox = told(&args.inbox, &folders.inbox)?.ok_or_else(|| unsaid("收件", "inbox"))?;
    let outbox = told(&args.outbox, &folders.outbox)?.ok_or_else(|| unsaid("结果", "outbox"))?;
    let reviewer_inbox = told(&args.reviewer_inbox, &folders.reviewer_inbox)?;
    // Made here, a folder of a mistyped name would wait for ever for what is dropped elsewhere.
    std::iter::once(&inbox).chain(&reviewer_inbox).try_for_each(|folder| there(folder))?;
    log::begin(told(&args.log, &folders.log)?.as_deref())?;
    let setup = args.work.setup(&installation, Door::Inbox)?;
    if let Some(file) = installation.path() {
        tracing::info!(file = %file.display(), review = ?setup.review, mappings = setup.mappings.len(), "settings");
    }
    let settle = args.settle.or(installation.limits.settle_seconds.map(u64::from));
    let options = Options {
        inbox,
        reviewer_inbox,
        outbox,
        base: told(&args.base, &folders.base)?,
        register: installation.there(installation.register.as_ref())?,
        keep: Keep {
            returns: installation.keep_days,
            archive: installation.archive_days,
            state: installation.state_days,
        },
        least_mb: installation.limits.free_mb.map_or(LEAST_MB, u64::from),
        alert: installation.alert.clone(),
        jobs: args.work.jobs(&installation),
        settle: Duration::from_secs(settle.unwrap_or(SETTLE)),
        poll: args.poll,
        once: args.once,
        again: args.again,
        setup,
        clock: super::clock()?,
    };
    let mut way = options.setup.hash();
    let mut renew = || {
        let installation = args.work.config.near(base(args).as_deref())?;
        let setup = args.work.setup(&installation, Door::Inbox)?;
        let found = setup.hash();
        Ok((std::mem::replace(&mut way, found.clone()) != found).then_some(setup))
    };
    watch::run(&options, &mut renew, signals)
}

/// Says what went back into the inboxes and what did not; 1 where anything stays.
fn again(retried: &retry::Retried) -> u8 {
    let mut text = format!("移回收件文件夹：{} 份\n", retried.moved.len());
    for name in &retried.moved {
        push_line(&mut text, &format!("  {name}"));
    }
    for (name, why) in &retried.left {
        push_line(&mut text, &format!("没有移动：{name}：{why}"));
    }
    // A closed pipe is no fault of ours.
    let _ = std::io::stdout().write_all(text.as_bytes());
    u8::from(!retried.left.is_empty())
}

/// The folder beside which the settings may stand, as far as the command line tells it.
fn base(args: &Args) -> Option<PathBuf> {
    args.base.clone().or_else(|| {
        let inbox = args.inbox.as_ref()?;
        Some(dunce::canonicalize(inbox).ok()?.parent()?.to_owned())
    })
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
