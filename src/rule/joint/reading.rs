//! The canonical sentence of several rules, which the criterion room parses back to the same rule.

use std::fmt::Write as _;

use super::{Joint, Part, Tier, Together};
use crate::rule::Award;
use crate::rule::measure::Measure;

/// What each way of coming together begins with, and what the parts are called.
pub(crate) const LEADS: [(&str, &str); 5] = [
    ("各项得分相加。", "项"),
    ("各项扣分合计。", "项"),
    ("各类得分合计。", "类"),
    ("各类扣分合计。", "类"),
    ("按达到的条件计分。", "条"),
];
/// What a rule with a veto begins with.
pub(crate) const VETO: &str = "有一票否决。";
/// What stands before the rule that may be vetoed.
pub(crate) const ELSE_BY: &str = "没有这些情形的按以下标准计分：";

impl Joint {
    /// The canonical sentence.
    pub(super) fn sentence(&self) -> String {
        let lead = match &self.together {
            Together::Sum => 0,
            Together::Less => 1,
            Together::Kinds { adds: true } => 2,
            Together::Kinds { adds: false } => 3,
            Together::Tiers { .. } => 4,
            Together::Veto => return self.with_veto(),
        };
        let (lead, counter) = LEADS.get(lead).copied().unwrap_or_default();
        let mut text = lead.to_owned();
        for (at, part) in self.parts.iter().enumerate() {
            text.push_str(&said(at, counter, part));
        }
        if let Together::Tiers { tiers, otherwise } = &self.together {
            let each = tiers.iter().map(tier);
            let rest = otherwise.as_ref().map(|rest| format!("其余情况{}", award(rest)));
            text.push_str("计分：");
            text.push_str(&each.chain(rest).collect::<Vec<_>>().join("；"));
            text.push('。');
        }
        text
    }

    fn with_veto(&self) -> String {
        let mut text = VETO.to_owned();
        for (at, part) in self.parts.iter().skip(1).enumerate() {
            text.push_str(&said(at, "条", part));
        }
        text.push_str(ELSE_BY);
        text.push_str(&self.parts.first().map(|part| part.rule.reading()).unwrap_or_default());
        text
    }

    /// An answer that would be read.
    pub(super) fn example(&self) -> String {
        let each =
            self.parts.iter().filter(|part| !part.name().is_empty()).map(|part| format!("{}…", part.name()));
        format!("“{}”", each.collect::<Vec<_>>().join("，"))
    }
}

/// `第1项：验收合格率（5分）：…`
fn said(at: usize, counter: &str, part: &Part) -> String {
    let mut text = format!("第{}{counter}：{}", at.saturating_add(1), part.names.join("、"));
    if let Some(points) = part.points.filter(|_| counter == "项") {
        let _ = write!(text, "（{points}分）");
    }
    text.push('：');
    text.push_str(&part.rule.reading());
    text
}

/// `第1、2条达到2条得满分`
fn tier(tier: &Tier) -> String {
    let of: Vec<String> = tier.of.iter().map(|at| at.saturating_add(1).to_string()).collect();
    let (low, high) = (tier.met.at_least, tier.met.at_most);
    let number = if low == high { format!("{low}条") } else { format!("{low}至{high}条") };
    format!("第{}条达到{number}{}", of.join("、"), award(&tier.met.award))
}

fn award(award: &Award) -> String {
    award.reading(&Measure::Value)
}
