//! A typed sum that was right before a person put another score in the place of ours: nobody's fault, but no longer true.

use crate::base::Score;
use crate::model::{Entry, Finding, FindingId};

/// What is said of it: `stated` is what the scores came to by the rules, `now` what they come to.
pub(super) fn finding(label: &str, stated: Score, now: Score, entry: &Entry) -> Finding {
    let message =
        format!("“{label}”填报 {stated} 分，是改定前的得分合计；改定后合计 {now} 分，请按改定后的得分更正。");
    Finding::new(FindingId::SumBeforeOverride, entry.at.clone(), message)
}
