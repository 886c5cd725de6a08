//! `jixiao explain`: what a finding means and what to do about it.

use std::io::Write as _;

use crate::base::Error;
use crate::model::FindingId;
use crate::output::reference;

/// Arguments of `jixiao explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 问题编号，如 total-differs；不写则列出全部
    #[arg(value_name = "FINDING-ID")]
    id: Option<String>,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    let text = match &args.id {
        None => list(),
        Some(wanted) => {
            let Some(id) = FindingId::ALL.iter().find(|id| id.id() == wanted) else {
                let error = Error::usage(
                    format!("没有编号为“{wanted}”的问题。"),
                    "运行 jixiao explain（不带编号）可列出全部问题。",
                );
                super::complain("explain", &error);
                return error.kind().exit_code();
            };
            reference::explain(*id)
        }
    };
    let _ = write!(std::io::stdout(), "{text}");
    0
}

fn list() -> String {
    let lines =
        FindingId::ALL.iter().map(|id| format!("{}  {}  {}", id.severity().name(), id.id(), id.title()));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}
