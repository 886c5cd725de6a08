//! `jixiao export`: tables of all workbooks of a folder, mostly returned ones; the workbooks stay as they are.

use std::io::Write as _;
use std::path::PathBuf;

use super::tables::Kind;
use super::{Work, work};
use crate::base::{Error, Result, push_line};
use crate::letter;
use crate::service::batch::{self, Options, Progress};
use crate::service::door::Door;
use crate::service::setup::Setup;
use crate::service::tally::Tally;

/// Arguments of `jixiao export`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 要导出的文件夹：已评分返回的工作簿，或尚未评分的
    #[arg(value_name = "文件夹")]
    folder: PathBuf,
    /// 数据表放入哪个文件夹；已写入的内容不重复写
    #[arg(long, value_name = "文件夹")]
    to: PathBuf,
    #[command(flatten)]
    kind: Kind,
    #[command(flatten)]
    work: Work,
}

/// Runs and gives the exit code: that of what could not be read, if anything could not.
pub fn run(args: &Args) -> u8 {
    match serve(args) {
        Ok(tally) => {
            let mut text = String::new();
            for remark in &tally.remarks {
                push_line(&mut text, remark);
            }
            for (name, message, hint) in &tally.refused {
                push_line(&mut text, &format!("{name}：{message}"));
                push_line(&mut text, &format!("  怎么办：{hint}"));
            }
            // A closed pipe is no fault of ours, and there is nobody left to tell.
            let _ = std::io::stdout().write_all(text.as_bytes());
            if let Some(error) = &tally.stopped {
                super::complain("export", error);
            }
            tally.code()
        }
        Err(error) => {
            super::complain("export", &error);
            error.kind().exit_code()
        }
    }
}

struct Quiet;

impl Progress for Quiet {
    fn begin(&self, _: usize) {}

    fn done(&self, _: &str) {}
}

fn serve(args: &Args) -> Result<Tally> {
    super::check_path(&args.folder)?;
    let installation = args.work.config.installation()?;
    let setup = args.work.setup(&installation, Door::Batch)?;
    // What is scored is read off and thrown away: the results of the last batch stand.
    let scratch = tempfile::tempdir().map_err(|cause| {
        Error::output("无法建立临时文件夹。", "请检查系统临时文件夹的空间和写入权限。").because(cause)
    })?;
    let letters = letter::Settings { choice: letter::Choice::Nothing, ..setup.letters.clone() };
    let options = Options {
        folder: args.folder.clone(),
        roster: None,
        out: scratch.path().to_owned(),
        summary: None,
        register: None,
        letters: None,
        again: false,
        tables: Some(args.kind.to(args.to.clone(), &args.folder)),
        keep_days: None,
        jobs: args.work.jobs(&installation),
        setup: Setup { letters, ..setup },
        clock: super::clock()?,
    };
    batch::run(&options, &Quiet, work::on_signal)
}
