//! What a document says of the findings: what is to be mended or explained, an object once.

use serde::{Deserialize, Serialize};

use super::{Kind, Said};
use crate::base::CellAt;
use crate::base::address::together;
use crate::issue::{Answered, Fate, Item};
use crate::model::{Finding, FindingId, Matter, Severity};
use crate::returned::Reply;

/// Something to be mended or explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// What it is of.
    pub object: String,
    /// Its cells in the agency's own form.
    pub place: String,
    /// What is wrong.
    pub facts: String,
    /// What to do; nothing is asked for that was given.
    pub remedy: String,
    /// What to do when targets are set again: those of a year that is over stay as they are.
    #[serde(default)]
    pub later: String,
    /// What the agency said of it.
    pub given: Option<String>,
    /// Whether it was said before.
    pub again: bool,
}

/// What another finding says of the same object, and more exactly: it is not said twice.
const SAID_BY: [(FindingId, FindingId); 1] = [(FindingId::OverAchieved, FindingId::TargetTooEasy)];

/// What names another year itself.
const OTHER_YEAR: [&str; 2] = ["以后年度", "下一年度"];

/// Whether a document of this kind speaks of such matters.
pub(super) fn belongs(kind: Kind, item: &Item) -> bool {
    let grave = item.severity != Severity::Info;
    match kind {
        // There are no scores yet.
        Kind::Targets => grave && !matches!(item.matter, Matter::Scores | Matter::Results | Matter::Ledger),
        Kind::Correction => {
            grave && matches!(item.matter, Matter::Materials | Matter::Form | Matter::Weights)
        }
        Kind::Comments | Kind::Result => grave || item.findings.iter().any(|finding| finding.id.is_asked()),
    }
}

/// What is said of these items, but for what `left_out` says of a finding of an item is told elsewhere.
pub(super) fn points(
    kind: Kind,
    items: &[&Item],
    said: Said<'_>,
    left_out: impl Fn(&Item, &Finding) -> bool,
) -> Vec<Point> {
    let here = |item: &&&Item| belongs(kind, item);
    let told = |item: &&Item| {
        let by_other = |finding: &Finding| {
            let by = SAID_BY.iter().find(|(id, _)| *id == finding.id).map(|(_, by)| *by);
            let same = |other: &&&Item| other.object == item.object;
            let says = |other: &&Item| other.findings.iter().any(|one| Some(one.id) == by);
            items.iter().filter(same).any(says)
        };
        let mut left: Vec<&Finding> = item.findings.clone();
        left.retain(|finding| !left_out(item, finding) && !by_other(finding));
        let with_points = matches!(kind, Kind::Comments | Kind::Result);
        // Of hints only those are put to the agency that ask it something.
        left.retain(|finding| finding.severity != Severity::Info || with_points && finding.id.is_asked());
        let left = Item { findings: left, ..(*item).clone() };
        (!left.findings.is_empty()).then(|| point(kind, &left, said.answered, said.replies))
    };
    by_object(items.iter().filter(here).filter_map(told))
}

fn point(kind: Kind, item: &Item, answered: Option<&Answered>, replies: &[Reply]) -> (Point, Vec<CellAt>) {
    let mut cells: Vec<CellAt> = Vec::new();
    for at in item.findings.iter().filter_map(|finding| finding.at.as_ref()) {
        let bare = CellAt::new(at.sheet.name.clone(), at.cell);
        if !cells.contains(&bare) {
            cells.push(bare);
        }
    }
    let answer = |finding: &Finding| {
        let beside = |reply: &&Reply| {
            reply.ids.iter().any(|id| id == finding.id.id())
                && (reply.says(&finding.message) || reply.object == item.object)
        };
        replies.iter().find(beside).map(|reply| reply.text.trim().to_owned())
    };
    let reply = item.findings.iter().find_map(|finding| answer(finding)).filter(|text| !text.is_empty());
    let given = item.given.clone().or(reply);
    // What was explained is not asked for again; what is wrong in the form is.
    let asked = |remedy: &&str| given.is_none() || !remedy.contains("说明原因");
    let remedies: Vec<&str> = item.remedies().into_iter().filter(asked).collect();
    let mut facts = item.said(|finding| finding.message.as_str()).join("");
    for remedy in &remedies {
        // What is asked for stands in its own column.
        facts = facts.replace(&format!("，{}", remedy.trim_end_matches('。')), "");
    }
    // The targets of a year that is over are no longer changed.
    let over = matches!(kind, Kind::Comments | Kind::Result) && item.matter == Matter::Targets;
    let (later, now): (Vec<&str>, Vec<&str>) = remedies
        .into_iter()
        .partition(|remedy| over && !OTHER_YEAR.iter().any(|other| remedy.contains(other)));
    let again =
        item.findings.iter().any(|finding| answered.and_then(|of| of.fate(finding)) == Some(Fate::Open));
    let point = Point {
        object: item.object.clone(),
        place: String::new(),
        facts,
        remedy: now.join(""),
        later: later.join(""),
        given,
        again,
    };
    (point, cells)
}

/// What is of one object is said in one place.
fn by_object(points: impl Iterator<Item = (Point, Vec<CellAt>)>) -> Vec<Point> {
    let mut all: Vec<(Point, Vec<CellAt>)> = Vec::new();
    for (point, more) in points {
        let Some((have, cells)) = all.iter_mut().find(|(have, _)| have.object == point.object) else {
            all.push((point, more));
            continue;
        };
        cells.extend(more);
        have.facts.push_str(&point.facts);
        for (old, new) in [(&mut have.remedy, &point.remedy), (&mut have.later, &point.later)] {
            if !old.contains(new.as_str()) {
                old.push_str(new);
            }
        }
        have.given = have.given.take().or(point.given);
        have.again |= point.again;
    }
    let named = |(point, mut cells): (Point, Vec<CellAt>)| {
        cells.sort();
        cells.dedup();
        Point { place: together(&cells, CellAt::spoken), ..point }
    };
    all.into_iter().map(named).collect()
}
