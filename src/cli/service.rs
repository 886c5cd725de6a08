//! `jixiao service` (Windows): the folder service as a service of the system. What it is set to stands in a settings file alone,
//! so that nothing has to be installed anew when it changes.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use jixiao_windows::Event;

use super::config::Config;
use super::watch;
use crate::base::{Error, ErrorKind, Result, printable};
use crate::service::child::this_program;

/// The least that an account can be which reads and writes files of this machine.
const ACCOUNT: &str = r"NT AUTHORITY\LocalService";

/// Arguments of `jixiao service`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// 安装为系统服务，随系统启动（需要管理员权限）
    Install {
        /// 设置文件，其中须写明收件、结果和日志文件夹
        #[arg(value_name = "设置文件")]
        settings: PathBuf,
    },
    /// 启动服务
    Start,
    /// 停止服务，等到正在处理的完成
    Stop,
    /// 移去服务；工作簿和设置不动
    Uninstall,
    /// 内部使用：由系统启动
    #[command(hide = true)]
    Run {
        /// 设置文件
        settings: PathBuf,
    },
}

/// Runs and gives the exit code.
pub(super) fn run(args: &Args) -> u8 {
    let said = match &args.task {
        Task::Install { settings } => install(settings),
        Task::Start => done(jixiao_windows::start(), "服务已启动。"),
        Task::Stop => done(jixiao_windows::stop(), "服务已停止。"),
        Task::Uninstall => done(jixiao_windows::uninstall(), "服务已移去。"),
        Task::Run { settings } => serve(settings.clone()),
    };
    match said {
        Ok(said) => {
            println!("{said}");
            0
        }
        Err(error) => {
            super::complain("service", &error);
            error.kind().exit_code()
        }
    }
}

fn done(outcome: std::io::Result<()>, said: &str) -> Result<String> {
    outcome.map(|()| said.to_owned()).map_err(refused)
}

fn refused(cause: std::io::Error) -> Error {
    Error::new(
        ErrorKind::Output,
        "系统没有接受这一操作。",
        "请以管理员身份运行；并用 sc query jixiao 查看服务是否已安装、正在运行。",
    )
    .because(cause)
}

fn install(settings: &Path) -> Result<String> {
    let settings = std::path::absolute(settings).map_err(Error::internal)?;
    let folders = Config::at(settings.clone()).installation()?.folders;
    let missing: Vec<&str> = [("inbox", &folders.inbox), ("outbox", &folders.outbox), ("log", &folders.log)]
        .into_iter()
        .filter_map(|(name, place)| place.is_none().then_some(name))
        .collect();
    if !missing.is_empty() {
        return Err(Error::usage(
            format!("设置文件的 [folders] 中没有写明 {}。", missing.join("、")),
            "服务没有屏幕，收件、结果、日志文件夹都须在设置文件中写明。",
        ));
    }
    let service = jixiao_windows::Service {
        title: "jixiao 绩效评分".to_owned(),
        description: "收件文件夹服务：放入绩效评价工作簿，取回评分结果。".to_owned(),
        program: this_program()?,
        arguments: ["service", "run"]
            .map(OsString::from)
            .into_iter()
            .chain([settings.into_os_string()])
            .collect(),
        account: ACCOUNT,
    };
    let restarts = jixiao_windows::install(&service).map_err(refused)?;
    let restarts = if restarts {
        ""
    } else {
        "（系统没有接受“失败后自动重新启动”，请在服务管理中设置。）"
    };
    Ok(format!(
        "服务已安装，以账户 {ACCOUNT} 运行。{restarts}请让该账户能读写上述文件夹，例如：\n  \
         icacls D:\\jixiao /grant \"{ACCOUNT}:(OI)(CI)M\"\n然后运行：jixiao service start"
    ))
}

/// Runs as the service, until the system ends it. Nobody sees what a service says, so the event log has it.
fn serve(settings: PathBuf) -> Result<String> {
    let work = move |stop: jixiao_windows::Stop| {
        let by = format!("设置文件：{}", printable(&settings.display().to_string()));
        let begun = || record(Event::Started, &format!("收件文件夹服务已启动。\n{by}"));
        match watch::by_settings(settings, stop, begun) {
            Ok(code) => {
                record(Event::Stopped, &format!("收件文件夹服务已停止。\n{by}"));
                code
            }
            Err(error) => {
                record(Event::Failed, &format!("{}\n{by}", super::complaint("收件文件夹服务", &error)));
                error.kind().exit_code()
            }
        }
    };
    done(jixiao_windows::run(Box::new(work)), "服务已结束。")
}

fn record(event: Event, text: &str) {
    // Where the log takes nothing, there is nobody else to tell.
    let _ = jixiao_windows::record(event, text);
}
