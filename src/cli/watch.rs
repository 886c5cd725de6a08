//! `jixiao watch`: the folder service.

use std::io::Write as _;
use std::path::PathBuf;

use super::attended::Attended;
use super::work;
use crate::base::{Result, push_line};
use crate::service::watch;
use crate::service::{retry, status};

/// Arguments of `jixiao watch`.
#[derive(Debug, Default, clap::Args)]
pub struct Args {
    #[command(flatten)]
    attended: Attended,
    /// 处理完现有文件即结束（供定时任务使用）
    #[arg(long)]
    once: bool,
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
    let args = Args { attended: Attended::by(settings), ..Args::default() };
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
    let options = args.attended.options(args.once)?;
    watch::run(&options, &mut args.attended.renewal(&options), signals)
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
