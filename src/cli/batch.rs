//! `jixiao batch`: all workbooks of a folder and a summary.

use std::io::Write as _;
use std::path::PathBuf;

use indicatif::{ProgressBar, ProgressStyle};

use super::letters::Letters;
use super::tables::Tables;
use super::{Work, work};
use crate::base::{Result, printable, push_line};
use crate::model::NO_GRADE;
use crate::service::batch::{self, Options, Progress};
use crate::service::door::Door;
use crate::service::setup::Setup;
use crate::service::tally::Tally;

/// Arguments of `jixiao batch`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 要评分的文件夹或压缩包（.zip、.7z）：文件夹中每个工作簿是一份材料，每个子文件夹也是一份；多个项目混放的，自动按项目归并
    #[arg(value_name = "文件夹")]
    folder: PathBuf,
    /// 结果文件夹
    #[arg(long, value_name = "文件夹")]
    out: PathBuf,
    /// 汇总表写到哪里
    #[arg(long, value_name = "文件")]
    summary: Option<PathBuf>,
    /// 登记返回文件的文件夹：每个返回的工作簿存一份，供以后对照
    #[arg(long, value_name = "文件夹")]
    state: Option<PathBuf>,
    /// 项目清单（由预算系统导出）：核对谁没有报、预算数和支出数对不对；不写则用文件夹中的“项目清单.xlsx”
    #[arg(long, value_name = "文件")]
    roster: Option<PathBuf>,
    /// 全部重新评分；不写的，内容和设置都没有变的材料不再评分，沿用上次的结果
    #[arg(long)]
    again: bool,
    #[command(flatten)]
    tables: Tables,
    #[command(flatten)]
    letters: Letters,
    #[command(flatten)]
    work: Work,
}

/// Runs and gives the exit code: the worst of all.
pub fn run(args: &Args) -> u8 {
    match serve(args) {
        Ok(tally) => {
            // A closed pipe is no fault of ours, and there is nobody left to tell.
            let _ = std::io::stdout().write_all(text(&tally).as_bytes());
            if let Some(error) = &tally.stopped {
                super::complain("batch", error);
            }
            tally.code()
        }
        Err(error) => {
            super::complain("batch", &error);
            error.kind().exit_code()
        }
    }
}

fn serve(args: &Args) -> Result<Tally> {
    super::check_path(&args.folder)?;
    if let Some(roster) = &args.roster {
        super::check_path(roster)?;
    }
    let installation = args.work.config.installation()?;
    let setup = args.work.setup(&installation, Door::Batch)?;
    let letters = args.letters.over(setup.letters.clone());
    let options = Options {
        folder: args.folder.clone(),
        roster: args.roster.clone(),
        out: args.out.clone(),
        summary: args.summary.clone(),
        register: match &args.state {
            Some(folder) => Some(folder.clone()),
            None => installation.there(installation.register.as_ref())?,
        },
        again: args.again,
        tables: args.tables.wanted(&args.out),
        keep_days: installation.keep_days,
        jobs: args.work.jobs(&installation),
        setup: Setup { letters, ..setup },
        letters: args.letters.folder(),
        clock: super::clock()?,
    };
    // On a terminal only: the library shows nothing in a pipe.
    let bar = Bar(ProgressBar::new(0));
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  剩余 {eta}  {msg}") {
        bar.0.set_style(style);
    }
    let tally = batch::run(&options, &bar, work::on_signal);
    bar.0.finish_and_clear();
    tally
}

struct Bar(ProgressBar);

impl Progress for Bar {
    fn begin(&self, submissions: usize) {
        self.0.set_length(u64::try_from(submissions).unwrap_or(u64::MAX));
    }

    fn done(&self, name: &str) {
        self.0.set_message(printable(name).into_owned());
        self.0.inc(1);
    }
}

/// The closing table.
fn text(tally: &Tally) -> String {
    let mut text = format!("共 {} 份材料\n", tally.found);
    let projects: usize = tally.grades.values().copied().fold(0, usize::saturating_add);
    let grades: Vec<String> = tally
        .grades
        .iter()
        .map(|(grade, count)| format!("{} {count}", grade.as_deref().unwrap_or(NO_GRADE)))
        .collect();
    let grades = if grades.is_empty() { String::new() } else { format!("（{}）", grades.join("，")) };
    text.push_str(&format!("  已评分    {projects:>6} 个项目{grades}\n"));
    if tally.unscored > 0 {
        text.push_str(&format!(
            "  没有评分  {:>6} 个项目（没有可以评分的表，或表中没有分值）\n",
            tally.unscored
        ));
    }
    text.push_str(&format!("  有错误    {:>6} 个项目\n", tally.with_errors));
    text.push_str(&format!("  待评分{:>10} 个项目\n", tally.waiting));
    text.push_str(&format!("  未能评分  {:>6} 份\n", tally.refused.len()));
    for (name, message, hint) in &tally.refused {
        push_line(&mut text, &format!("    {name}：{message}"));
        push_line(&mut text, &format!("      怎么办：{hint}"));
    }
    if let Some(register) = &tally.register {
        text.push_str(&format!("  收件登记  {}\n", tally.entered.join("，")));
        push_line(&mut text, &format!("  收件登记表：{}", register.display()));
    }
    if tally.kept > 0 {
        text.push_str(&format!(
            "  沿用上次  {:>6} 份（内容和设置没有变，没有重新评分；要全部重新评分，请加 --again）\n",
            tally.kept
        ));
    }
    if tally.left > 0 {
        text.push_str(&format!("  没有处理  {:>6} 份（中途停止）\n", tally.left));
    }
    if tally.skipped > 0 {
        text.push_str(&format!("  另有 {} 个文件或文件夹不是工作簿，没有读取\n", tally.skipped));
    }
    if tally.answers > 0 {
        text.push_str(&format!("  已确认栏目{:>6} 种，按回答评分\n", tally.answers));
    }
    for path in &tally.mappings {
        push_line(&mut text, &format!("    新的回答写入映射文件：{}", path.display()));
    }
    if tally.questions > 0 {
        let how = if tally.summary.is_some() {
            "在汇总表的“待确认栏目”中选择含义、保存，再运行一次"
        } else {
            "加上 --summary，可在汇总表的“待确认栏目”中一次确认"
        };
        text.push_str(&format!("  待确认栏目{:>6} 种（{how}）\n", tally.questions));
    }
    for remark in &tally.remarks {
        push_line(&mut text, &format!("  注意：{remark}"));
    }
    if let Some(path) = &tally.summary {
        push_line(&mut text, &format!("  汇总表：{}", path.display()));
    }
    text
}
