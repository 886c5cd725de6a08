//! `jixiao check`: findings only; writes no workbook.

use std::fs::File;

use super::answers::Answers;
use super::input::Input;
use super::last_year::LastYear;
use super::table::Table;
use crate::output::text;
use crate::pipeline::{self, Settings};

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
}

/// Runs and gives the exit code: the highest of what each submission came to.
pub fn run(args: &Args) -> u8 {
    args.table.of(|rows| {
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
            Ok(super::code_of(&reports))
        })
    })
}
