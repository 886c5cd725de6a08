//! `jixiao reconcile`: the ledger's totals, and the stated amounts against them; writes no workbook.

use std::io::Write as _;

use super::input::{Input, Submission};
use crate::base::Result;
use crate::model::Severity;
use crate::output::ledger;
use crate::pipeline;

/// Arguments of `jixiao reconcile`. Here files given one by one may belong together, too: a form and its ledgers.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    reconcile(args).unwrap_or_else(|error| {
        let files: Vec<String> = args.input.files.iter().map(|file| file.display().to_string()).collect();
        args.input.failed(&files.join("、"), &error);
        error.kind().exit_code()
    })
}

fn reconcile(args: &Args) -> Result<u8> {
    let told = args.input.told()?;
    let settings = told.settings()?;
    let mut outcomes = Vec::new();
    let mut single = Vec::new();
    for file in &args.input.files {
        let submission = Submission::at(file)?;
        let mut sources = submission.sources()?;
        if submission.is_folder {
            outcomes.extend(pipeline::reconcile_together(&mut sources, &told.mappings, &settings)?);
        } else {
            single.append(&mut sources);
        }
    }
    outcomes.extend(pipeline::reconcile(&mut single, &told.mappings, &settings)?);
    let mut errors = false;
    for outcome in outcomes {
        errors |= outcome.findings.iter().any(|finding| finding.severity == Severity::Error);
        let text = if args.input.json {
            let report = ledger::report(&outcome.case, &outcome.reconciliation, outcome.report(|_| None));
            super::json_line(&report)
        } else {
            ledger::text(&outcome.case, &outcome.reconciliation, &outcome.findings)
        };
        // A closed pipe (`| head`) is no fault of ours, and there is nobody left to tell.
        let _ = writeln!(std::io::stdout(), "{text}");
    }
    Ok(u8::from(errors))
}
