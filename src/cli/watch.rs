//! `jixiao watch`: the folder service.

use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use super::{Work, log, work};
use crate::base::Result;
use crate::service::status;
use crate::service::watch::{self, Options};

/// Arguments of `jixiao watch`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct Args {
    /// 收件文件夹：放入工作簿或一个项目的文件夹
    #[arg(long, value_name = "DIR", required_unless_present = "status")]
    inbox: Option<PathBuf>,
    /// 结果文件夹
    #[arg(long, value_name = "DIR", required_unless_present = "status")]
    outbox: Option<PathBuf>,
    /// 存放 archive、rejected、processing、state 的文件夹，须与收件文件夹在同一磁盘；不写则为收件文件夹的上级
    #[arg(long, value_name = "DIR")]
    base: Option<PathBuf>,
    /// 处理完现有文件即结束（供定时任务使用）
    #[arg(long)]
    once: bool,
    /// 定时查看，不依赖系统通知（收件文件夹在网络共享上时使用）
    #[arg(long)]
    poll: bool,
    /// 文件多少秒不再变化才开始处理（整个文件夹为 5 倍）
    #[arg(long, value_name = "SECONDS", default_value_t = 3)]
    settle: u64,
    /// 内容相同的文件也重新评分
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    work: Work,
    /// 日志文件夹：每天一个文件，保留 60 天；不写则输出到标准错误
    #[arg(long, value_name = "DIR")]
    log: Option<PathBuf>,
    /// 显示服务的状态：等待、正在处理、已评分、已退回的份数和最近的问题
    #[arg(long, value_name = "DIR", conflicts_with_all = ["inbox", "outbox", "once"])]
    status: Option<PathBuf>,
    /// 状态以 JSON 输出
    #[arg(long, requires = "status")]
    json: bool,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    match serve(args) {
        Ok(code) => code,
        Err(error) => {
            super::complain("watch", &error);
            error.kind().exit_code()
        }
    }
}

fn serve(args: &Args) -> Result<u8> {
    if let Some(folder) = &args.status {
        let status = status::read(folder)?;
        let text = if args.json { super::json_line(&status) + "\n" } else { status.text() };
        // A closed pipe is no fault of ours.
        let _ = std::io::stdout().write_all(text.as_bytes());
        return Ok(0);
    }
    log::begin(args.log.as_deref())?;
    let options = Options {
        inbox: args.inbox.clone().unwrap_or_default(),
        outbox: args.outbox.clone().unwrap_or_default(),
        base: args.base.clone(),
        jobs: args.work.jobs(),
        settle: Duration::from_secs(args.settle),
        poll: args.poll,
        once: args.once,
        again: args.again,
        setup: args.work.setup()?,
        clock: super::clock()?,
    };
    watch::run(&options, work::on_signal)
}
