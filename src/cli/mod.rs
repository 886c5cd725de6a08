//! The command line: one file a subcommand; the pipeline does the work.

mod answers;
mod attended;
pub mod batch;
pub mod check;
mod chinese;
mod config;
mod convert;
pub mod criterion;
mod criterion_standards;
mod criterion_trace;
mod criterion_year;
mod desktop;
mod dropped;
pub mod explain;
pub mod export;
pub mod generate;
pub mod input;
#[cfg(windows)]
mod install;
pub mod key;
mod last_year;
mod letters;
mod log;
pub mod mapping;
pub mod reconcile;
pub mod report;
pub mod score;
pub mod selftest;
pub mod serve;
#[cfg(windows)]
mod service;
mod stream;
mod table;
mod tables;
mod tsv;
pub mod user;
pub mod verify;
pub mod watch;
mod work;
pub mod worker;

use work::Work;

use std::fs::File;
use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use jiff::Timestamp;

use crate::base::{
    Date, Error, ErrorKind, Result, open_patiently, printable, printable_json, printable_lines,
    readable_name, unopened,
};
use crate::mapping::Mappings;
use crate::model::Severity;
use crate::output::json::Report;
use crate::pipeline::{Settings, Source};
use crate::service::clock::Clock;
use crate::settings::Installation;
use crate::sheet::secrecy;

/// 绩效评价工作簿自动评分：读申报表、评分表、自评表和明细账，算分、核对、批注，原样返回工作簿。
#[derive(Debug, Parser)]
#[command(name = "jixiao", version = VERSION, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The version with the commit it was built from (`build.rs`).
pub const VERSION: &str = env!("JIXIAO_VERSION");

#[derive(Debug, Subcommand)]
enum Command {
    /// 评分并写回工作簿
    Score(score::Args),
    /// 只检查、列出问题，不写工作簿
    Check(check::Args),
    /// 只核对明细账
    Reconcile(reconcile::Args),
    /// 写绩效评价报告（.docx 文档）
    Report(report::Args),
    /// 显示评分标准读成的计分规则和得分
    Criterion(criterion::Args),
    /// 检查、起草、查看映射文件
    Mapping(mapping::Args),
    /// 核验工作簿是否为本软件返回、有无改动
    Verify(verify::Args),
    /// 管理签名密钥：返回的文件由谁签名，谁的签名可信
    Key(key::Args),
    /// 批量评分：一个文件夹中的全部工作簿，并生成汇总表
    Batch(batch::Args),
    /// 把评分结果导出为数据表（Parquet、NDJSON、CSV），供分析使用
    Export(export::Args),
    /// 收件文件夹服务：放入工作簿，取回评分结果
    Watch(watch::Args),
    /// 网页：上传工作簿，查看每一分的依据；同时运行收件文件夹服务
    Serve(serve::Args),
    /// 管理网页的用户
    User(user::Args),
    /// 加入右键菜单“发送到”
    #[cfg(windows)]
    Install(install::Args),
    /// 把收件文件夹服务装为系统服务
    #[cfg(windows)]
    Service(service::Args),
    /// 解释一个问题编号
    Explain(explain::Args),
    /// 输出命令补全脚本和手册页，供安装包使用
    #[command(hide = true)]
    Generate(generate::Args),
    /// 核对编辑器：把工作簿原样改写并检查（供开发使用）
    #[command(hide = true)]
    Selftest(selftest::Args),
    /// 供其他系统调用：逐行请求、逐行答复
    Worker(worker::Args),
}

/// Runs the command line and gives the exit code.
pub fn run() -> ExitCode {
    if let Some(paths) = dropped::paths(&Cli::command(), std::env::args_os().skip(1)) {
        return ExitCode::from(dropped::run(paths));
    }
    if std::env::args_os().len() < 2 && desktop::welcome() {
        return ExitCode::SUCCESS;
    }
    let cli = match parsed() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let code = match &cli.command {
        Command::Score(args) => score::run(args),
        Command::Check(args) => check::run(args),
        Command::Reconcile(args) => reconcile::run(args),
        Command::Report(args) => report::run(args),
        Command::Criterion(args) => {
            criterion::run(args, &mut std::io::stdout().lock()).unwrap_or_else(|error| {
                complain("评分标准", &error);
                error.kind().exit_code()
            })
        }
        Command::Mapping(args) => mapping::run(args),
        Command::Generate(args) => generate::run(args),
        Command::Selftest(args) => selftest::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Key(args) => key::run(args),
        Command::Batch(args) => batch::run(args),
        Command::Export(args) => export::run(args),
        Command::Watch(args) => watch::run(args),
        Command::Serve(args) => serve::run(args),
        Command::User(args) => user::run(args),
        #[cfg(windows)]
        Command::Install(args) => install::run(args),
        #[cfg(windows)]
        Command::Service(args) => service::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Worker(args) => worker::run(args),
    };
    ExitCode::from(code)
}

/// The command line as this program knows it.
fn command() -> clap::Command {
    // A report can be proofread by itself.
    let report = |files: clap::Arg| files.required(false).required_unless_present("report");
    let stream = |worker: clap::Command| {
        let keys = "签名用的密钥文件夹；不写则返回的文件没有签名，也不认以前的签名";
        worker.mut_subcommand("stream", |stream| stream.mut_arg("keys", |arg| arg.help(keys)))
    };
    let all = Cli::command().mut_subcommand("check", |check| check.mut_arg("files", report));
    chinese::translated(all.mut_subcommand("worker", stream))
}

/// The arguments; where there is nothing to run, what was asked for or what is wrong is said.
fn parsed() -> std::result::Result<Cli, ExitCode> {
    let matches = command().try_get_matches();
    matches.and_then(|matches| Cli::from_arg_matches(&matches)).map_err(|error| {
        if chinese::is_answer(&error) {
            let colours = std::io::stdout().is_terminal();
            // A closed pipe (`| head`) is no fault of ours.
            let _ = std::io::stdout().write_all(chinese::answer(&error, colours).as_bytes());
            return ExitCode::SUCCESS;
        }
        eprint!("{}", chinese::fault(&error));
        ExitCode::from(ErrorKind::Usage.exit_code())
    })
}

/// The shipped mappings with the user's own on top: those told, else those that are set.
fn mappings(told: &[PathBuf], installation: &Installation) -> Result<Mappings> {
    checked_mappings(&mapping_texts(&mapping_files(told, installation)?)?, installation)
}

fn mapping_files(told: &[PathBuf], installation: &Installation) -> Result<Vec<PathBuf>> {
    if told.is_empty() { installation.mapping_files() } else { Ok(told.to_vec()) }
}

fn checked_mappings(texts: &[(String, String)], installation: &Installation) -> Result<Mappings> {
    Mappings::checked(texts, &installation.checks)
}

/// The texts of mapping files with their names; a folder stands for all mapping files in it.
fn mapping_texts(files: &[PathBuf]) -> Result<Vec<(String, String)>> {
    let within = |path: &PathBuf| -> Vec<PathBuf> {
        let Ok(entries) = path.read_dir() else { return vec![path.clone()] };
        let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        files.retain(|file| file.extension().is_some_and(|ending| ending == "toml"));
        files.sort();
        files
    };
    let files: Vec<PathBuf> = files.iter().flat_map(within).collect();
    let read = |file: &PathBuf| {
        let text = std::fs::read_to_string(file).map_err(|cause| {
            Error::usage(
                format!("映射文件“{}”无法读取。", file.display()),
                "请检查路径，文件应为 UTF-8 文本。",
            )
            .because(cause)
        })?;
        Ok((file.display().to_string(), text))
    };
    files.iter().map(read).collect()
}

/// The time of the run; `SOURCE_DATE_EPOCH` fixes it for results that must be the same again.
fn clock() -> Result<Clock> {
    let wrong =
        || Error::usage("环境变量 SOURCE_DATE_EPOCH 不是有效的秒数。", "请改为整数秒，或删除该环境变量。");
    match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => {
            let seconds = seconds.parse().map_err(|_| wrong())?;
            Timestamp::from_second(seconds).map(Clock::Fixed).map_err(|cause| wrong().because(cause))
        }
        Err(_) => Ok(Clock::System),
    }
}

/// The day of the run, in China.
fn today() -> Result<Date> {
    Ok(clock()?.today())
}

/// What every run is told: other formats are read in a process of their own.
fn settings() -> Settings {
    Settings { rebuild: Some(crate::service::rebuild::by_this_program()), ..Settings::default() }
}

/// Refuses a path on which a name bears a secrecy mark, before anything there is looked at.
fn check_path(path: &Path) -> Result<()> {
    path.components().try_for_each(|part| secrecy::check_name(&readable_name(part.as_os_str())))
}

/// Opens a workbook.
fn open(file: &Path) -> Result<Source<File>> {
    check_path(file)?;
    let reader = open_patiently(file).map_err(unopened)?;
    let name = readable_name(file.file_name().unwrap_or_default());
    Ok(Source { name, reader })
}

/// Prints one case on standard output: as a JSON line, or as a person reads it.
fn show<T: serde::Serialize>(report: &T, json: bool, as_text: impl Fn(&T) -> String) {
    let text = if json { json_line(report) } else { as_text(report) };
    // A closed pipe (`| head`) is no fault of ours, and there is nobody left to tell.
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// An object as a line of JSON.
fn json_line(what: &impl serde::Serialize) -> String {
    printable_json(serde_json::to_string(what).unwrap_or_default())
}

/// 1 where any finding is an error, else 0.
fn code_of(reports: &[Report]) -> u8 {
    let errors = reports.iter().flat_map(|report| &report.findings).any(|f| f.severity == Severity::Error);
    u8::from(errors)
}

/// Says an error with its remedy on standard error.
fn complain(subject: &str, error: &Error) {
    eprintln!("{}", complaint(subject, error));
}

/// What is said of an error: itself, its remedy, its causes.
fn complaint(subject: &str, error: &Error) -> String {
    // What is wrong in a mapping file takes lines; what comes out of a workbook shall not make any.
    let message = error.to_string();
    let message =
        if error.kind() == ErrorKind::Usage { printable_lines(&message) } else { printable(&message).into() };
    let mut text = format!("错误：{}：{message}\n  怎么办：{}", printable(subject), printable(error.hint()));
    let mut cause = std::error::Error::source(error);
    let mut said = String::new();
    while let Some(inner) = cause {
        // Some causes repeat the ones below them.
        let why = inner.to_string();
        if !said.contains(&why) {
            text.push_str(&format!("\n  原因：{}", printable(&why)));
            said = why;
        }
        cause = inner.source();
    }
    text
}
