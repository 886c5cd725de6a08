//! `jixiao reconcile`: the ledger's totals, and the stated amounts against them; writes no workbook.

use std::io::Write as _;
use std::path::PathBuf;

use crate::model::Severity;
use crate::output::ledger;
use crate::pipeline;

/// Arguments of `jixiao reconcile`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 含明细账的工作簿或 CSV；也可以同时给出填报表和它的明细账文件
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 映射文件，可写多个
    #[arg(long, value_name = "FILE")]
    mapping: Vec<PathBuf>,
    /// 输出 JSON，每个项目一行
    #[arg(long)]
    json: bool,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    match reconcile(args) {
        Ok(code) => code,
        Err(error) => {
            let files: Vec<String> = args.files.iter().map(|file| file.display().to_string()).collect();
            super::complain(&files.join("、"), &error);
            error.kind().exit_code()
        }
    }
}

fn reconcile(args: &Args) -> crate::base::Result<u8> {
    let mappings = super::mappings(&args.mapping)?;
    let mut sources =
        args.files.iter().map(|file| super::open(file)).collect::<crate::base::Result<Vec<_>>>()?;
    let mut errors = false;
    for outcome in pipeline::reconcile(&mut sources, &mappings, super::settings())? {
        errors |= outcome.findings.iter().any(|finding| finding.id.severity() == Severity::Error);
        let text = if args.json {
            let report = ledger::report(&outcome.case, &outcome.reconciliation, outcome.report(None));
            serde_json::to_string(&report).unwrap_or_default()
        } else {
            ledger::text(&outcome.case, &outcome.reconciliation)
        };
        // A closed pipe (`| head`) is no fault of ours, and there is nobody left to tell.
        let _ = writeln!(std::io::stdout(), "{text}");
    }
    Ok(u8::from(errors))
}
