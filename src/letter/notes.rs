//! What is said beside a document to the person who sends it out: what is open in it, and what is the bureau's own to settle
//! before it goes. None of it is part of the document.

use super::found::{Point, quoted};
use super::taken::{Taken, tight};
use crate::model::{Case, Finding, FindingId};

/// What is open, and what only the bureau's own files show.
pub(super) fn notes(case: &Case, findings: &[Finding], taken: &Taken) -> Vec<String> {
    let project = &case.project;
    let open = [
        ("年度", project.year.is_none()),
        ("主管部门", project.agency.is_none()),
        ("项目名称", project.name.is_none()),
    ];
    let open: Vec<&str> = open.into_iter().filter(|(_, open)| *open).map(|(name, _)| name).collect();
    let mut notes = Vec::new();
    if !open.is_empty() {
        notes.push(format!("表中没有写明{}，文中相应留空，发文前请填写。", open.join("、")));
    }
    let own =
        |finding: &&Finding| matches!(finding.id, FindingId::BudgetAdjusted | FindingId::TargetAdjusted);
    notes.extend(
        findings.iter().filter(own).map(|finding| format!("由本局核对：{}", tight(&finding.message))),
    );
    if !taken.by_convention.is_empty() {
        notes.push(format!(
            "{}的计分办法表中没有写明，按超出指标值的比例扣减；本级另有规定的，请改定得分后发文。",
            taken.by_convention.iter().map(|object| format!("“{object}”")).collect::<Vec<_>>().concat()
        ));
    }
    notes
}

/// Takes out what evaluators have accepted with all points, word for word: whether it is asked all the same is the bureau's
/// to settle first.
pub(super) fn already(taken: &Taken, points: &mut Vec<Point>) -> Vec<String> {
    let accepted = |point: &Point| {
        let named: Vec<String> = point.facts.iter().flat_map(|fact| quoted(fact)).collect();
        let seen = taken.seen.iter().filter(|seen| point.on_ledger && !seen.off);
        let mut seen = seen.filter(|seen| named.iter().any(|name| seen.words.contains(name)));
        seen.next().map(|seen| {
            let facts = point.facts.concat();
            format!("没有写入：{facts}评分表“{}”已写明并给满分，是否要求单位说明，请先商定。", seen.object)
        })
    };
    let (out, kept): (Vec<Point>, Vec<Point>) = points.drain(..).partition(|point| accepted(point).is_some());
    *points = kept;
    out.iter().filter_map(accepted).collect()
}
