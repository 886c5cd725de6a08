//! `jixiao explain`: what a finding means and what to do about it.

use std::io::Write as _;

use crate::base::Error;
use crate::model::FindingId;
use crate::output::reference;

/// Arguments of `jixiao explain`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 问题编号或标题，如 total-differs、总分与各项得分之和不符；不写则列出全部
    #[arg(value_name = "问题编号或标题")]
    wanted: Option<String>,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    let text = match &args.wanted {
        None => list(),
        Some(wanted) => {
            let wanted = wanted.trim();
            let Some(id) = FindingId::named(wanted).or_else(|| FindingId::titled(wanted)) else {
                let error = unknown(wanted);
                super::complain("explain", &error);
                return error.kind().exit_code();
            };
            reference::explain(id)
        }
    };
    let _ = write!(std::io::stdout(), "{text}");
    0
}

/// Nothing is called so. A part of a title brings up the titles that it stands in, for it may stand in several.
fn unknown(wanted: &str) -> Error {
    let holds = |id: &FindingId| !wanted.is_empty() && id.title().contains(wanted);
    let like = FindingId::ALL.iter().filter(|id| holds(id));
    let like: Vec<String> = like.map(|id| format!("{}（{}）", id.title(), id.id())).collect();
    let hint = if like.is_empty() {
        "运行 jixiao explain（不带编号）可列出全部问题。".to_owned()
    } else {
        format!("请写明编号或完整的标题：{}。", like.join("、"))
    };
    Error::usage(format!("没有编号或标题为“{wanted}”的问题。"), hint)
}

fn list() -> String {
    let lines =
        FindingId::ALL.iter().map(|id| format!("{}  {}  {}", id.severity().name(), id.id(), id.title()));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}
