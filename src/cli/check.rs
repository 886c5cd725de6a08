//! `jixiao check`: findings only; writes no workbook.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::answers::Answers;
use super::input::Input;
use super::last_year::LastYear;
use super::table::{Rows, Table};
use crate::base::{Error, ErrorKind, Result};
use crate::output::text;
use crate::pipeline::{self, CaseOutcome, Settings};

/// Arguments of `jixiao check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    last_year: LastYear,
    #[command(flatten)]
    answers: Answers,
    #[command(flatten)]
    table: Table,
    /// 校对评价报告（.docx、.txt；本机装有转换程序的，也可以是 .doc、.pdf）：与工作簿核对，并查报告自身的矛盾；不写工作簿时只查报告自身
    #[arg(long, value_name = "文件")]
    report: Option<PathBuf>,
}

/// Runs and gives the exit code: the highest of what each submission came to.
pub fn run(args: &Args) -> u8 {
    args.table.of(|rows| {
        if let Some(report) = args.report.as_deref().filter(|_| args.input.files.is_empty()) {
            return proofread(args, report, &[], rows).unwrap_or_else(|error| {
                args.input.failed(&report.display().to_string(), &error);
                error.kind().exit_code()
            });
        }
        if args.report.is_some() && args.input.files.len() > 1 {
            let hint = "请只写这份报告所评项目的工作簿；分在几个文件里的，请放入一个文件夹。";
            super::complain("--report", &Error::usage("一份报告只能与一份材料核对。", hint));
            return ErrorKind::Usage.exit_code();
        }
        args.input.each(|submission, told| {
            let mut sources = submission.sources()?;
            let settings = args.answers.told(told.settings()?)?;
            let settings = Settings { past: args.last_year.read(told, &settings)?, ..settings };
            let today = super::today()?;
            let outcome = pipeline::run(&mut sources, &told.mappings, &settings, today, None::<&mut [File]>)?;
            let reports: Vec<_> = outcome.cases.iter().map(|case| case.report(|_| None)).collect();
            for report in &reports {
                super::show(report, args.input.json, text::findings);
            }
            rows.add(&reports);
            submission.hint_at_folder(&outcome.cases);
            let proof = args.report.as_deref().map(|report| proofread(args, report, &outcome.cases, rows));
            Ok(super::code_of(&reports).max(proof.transpose()?.unwrap_or(0)))
        })
    })
}

/// Proofreads a report, against the case where there is one, and says what was found.
fn proofread(args: &Args, report: &Path, cases: &[CaseOutcome], rows: &Rows) -> Result<u8> {
    let (mut source, _folder) = super::convert::readable(report)?;
    let proof = pipeline::proof(&mut source, cases)?;
    let reports = [proof.report()];
    for report in &reports {
        super::show(report, args.input.json, text::findings);
    }
    for remark in &proof.remarks {
        eprintln!("说明：{remark}");
    }
    rows.add(&reports);
    Ok(super::code_of(&reports))
}
