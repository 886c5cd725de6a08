//! A typed total against the scores that it is the total of: the agency's against the agency's, the reviewer's against
//! the reviewer's; in a form with one column of scores against what is computed.

use super::Facts;
use super::by_other_base::total_as_typed;
use super::voices::{Added, Voice, added, voices};
use super::{sum_by_rule, weights_not_total};
use crate::base::{Score, WHOLE, Weight};
use crate::model::{Entry, Finding, FindingId, OtherScores, ScoreForm, Scorecard};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((form, card)) = facts.scored() else { return Vec::new() };
    let sums = Sums { form, card, facts };
    let mut findings: Vec<Finding> = Vec::new();
    if form.reviewed {
        findings.extend(form.total.stated_score.as_ref().and_then(|entry| sums.own(entry)));
        findings
            .extend(form.total.score.as_ref().and_then(|entry| sums.of_one(entry, Voice::Review, "复核")));
    } else {
        let cells = [form.total.stated_score.as_ref(), form.total.score.as_ref()];
        findings.extend(cells.into_iter().flatten().filter_map(|entry| sums.only_column(entry)));
    }
    findings.extend(form.head_totals.iter().filter_map(|head| sums.head(&head.label, &head.entry)));
    findings.extend(form.other_scores.iter().filter_map(|other| sums.other(other)));
    findings.extend(sums.summary());
    // Weights that do not come to the whole change all scores: nobody is asked to add up what they gave.
    if !weights_not_total::check(facts).is_empty() {
        findings = findings.into_iter().map(after_weights).collect();
    }
    findings
}

/// A total that is added up wrongly where the weights are wrong, too: it follows them.
fn after_weights(finding: Finding) -> Finding {
    if finding.id != FindingId::TotalDiffers {
        return finding;
    }
    let words = finding.message.trim_end_matches('。');
    let message = format!("{words}；各项分值合计不等于总分，调整分值后再行更正。");
    Finding::new(FindingId::TotalFollowsScores, finding.at, message)
}

/// What a total in the head is called where it may be what was earned or what can be.
const BARE: &str = "总分";
struct Sums<'a> {
    form: &'a ScoreForm,
    card: &'a Scorecard,
    facts: &'a Facts<'a>,
}

fn score(entry: &Entry) -> Option<Score> {
    Some(Score::new(entry.number()?.get()))
}

fn differs(entry: &Entry, message: String) -> Finding {
    Finding::new(FindingId::TotalDiffers, entry.at.clone(), message)
}

impl Sums<'_> {
    fn added(&self, voice: Voice) -> Option<Added> {
        let added = added(self.form, self.card, voice, None)?;
        let cap = self.form.cap.map(|cap| Score::new(cap.get())).filter(|cap| *cap < added.sum);
        Some(cap.map_or(added, |cap| Added { sum: cap, open: Score::default() }))
    }

    /// A total of the only column of scores: what is computed is right, and while rows are open what was typed.
    fn only_column(&self, entry: &Entry) -> Option<Finding> {
        let stated = score(entry)?;
        if !self.card.total.complete {
            return self.of_one(entry, Voice::Own, "填报");
        }
        let total = self.card.total.score;
        if stated != total && self.card.sum_by_rule(None) == Some(stated) {
            return Some(sum_by_rule::finding("总分", stated, total, entry));
        }
        // Scores by the other target or budget are asked about one by one.
        if stated == total || total_as_typed(self.form, &self.card.indicators) == Some(stated) {
            return None;
        }
        let rows = Score::sum(self.card.indicators.iter().filter_map(|i| i.stated));
        if rows == Some(stated) {
            let message =
                format!("填报总分 {stated} 分是各项填报得分之和，按核对后的各项得分应为 {total} 分。");
            return Some(Finding::new(FindingId::TotalFollowsScores, entry.at.clone(), message));
        }
        let rows = rows.filter(|rows| !rows.is_zero() && *rows != total && *rows != stated);
        let rows = rows.map(|rows| format!("（各项填报得分合计 {rows} 分）")).unwrap_or_default();
        Some(differs(entry, format!("填报总分 {stated} 分，按各项得分计算应为 {total} 分{rows}。")))
    }

    /// A total of one voice against the scores of that voice.
    fn of_one(&self, entry: &Entry, voice: Voice, word: &str) -> Option<Finding> {
        let stated = score(entry)?;
        let added = self.added(voice).filter(|added| added.contradicts(stated))?;
        let open = Some(added.open).filter(|open| !open.is_zero());
        let open = open.map(|open| format!("，尚未打分的各项共 {open} 分")).unwrap_or_default();
        let message = format!("{word}总分 {stated} 分，各项{word}得分合计 {} 分{open}。", added.sum);
        Some(differs(entry, message))
    }

    /// The agency's total in a form that is reviewed. What does not stand in the column of its scores (总分：98.5) may be
    /// the reviewer's.
    fn own(&self, entry: &Entry) -> Option<Finding> {
        let column = |entry: &Entry| entry.at.as_ref().map(|at| at.cell.col());
        let own = self.form.indicators.iter().find_map(|i| i.stated_score.as_ref()).and_then(column);
        if own.is_some() && column(entry) != own {
            return self.of_any(entry, "填报总分");
        }
        self.of_one(entry, Voice::Own, "自评")
    }

    /// A total of which it is not said whose it is: it is wrong where it is nobody's.
    fn of_any(&self, entry: &Entry, label: &str) -> Option<Finding> {
        let stated = score(entry)?;
        let sums: Vec<Added> = voices(self.form).iter().filter_map(|voice| self.added(*voice)).collect();
        let computed = Some(self.card.total.score).filter(|_| self.card.total.complete);
        let wrong = !sums.is_empty()
            && computed != Some(stated)
            && sums.iter().all(|added| added.contradicts(stated));
        let first = sums.first().filter(|_| wrong)?;
        if self.card.sum_by_rule(None) == Some(stated) {
            return Some(sum_by_rule::finding(label, stated, self.card.total.score, entry));
        }
        let sums: Vec<String> = match sums.as_slice() {
            [_, review] => vec![format!("自评 {}", first.sum), format!("复核 {}", review.sum)],
            _ => vec![first.sum.to_string()],
        };
        Some(differs(entry, format!("“{label}”填 {stated} 分，各项得分合计 {} 分。", sums.join(" 分、"))))
    }

    /// A total in the head of the form: held against the same scores as that of the total row, and where nothing certain
    /// is known of these, against that itself.
    fn head(&self, label: &str, entry: &Entry) -> Option<Finding> {
        let stated = score(entry)?;
        // 总分 100 in the head is what can be earned.
        if label == BARE && self.form.full.unwrap_or(Weight::from(WHOLE)).number() == stated.number() {
            return None;
        }
        let agencys = label.contains("自评");
        let found = match self.form.reviewed {
            true if agencys => self.of_one(entry, Voice::Own, "自评"),
            true => self.of_any(entry, label),
            false => self.only_column(entry),
        };
        let total = &self.form.total;
        let reviewers = total.score.iter().filter(|_| !(self.form.reviewed && agencys));
        let beside: Vec<Score> = total.stated_score.iter().chain(reviewers).filter_map(score).collect();
        let Some(other) = beside.first() else { return found };
        if beside.contains(&stated) {
            return None;
        }
        let right = if self.form.reviewed { None } else { self.right() };
        let own = self.added(Voice::Own).filter(|_| agencys && self.form.reviewed);
        // Where the head is right, the fault is the total row's and said there.
        if right == Some(stated) || own.is_some_and(|own| own.open.is_zero() && own.sum == stated) {
            return None;
        }
        let message = format!("“{label}”填 {stated} 分，合计行填 {other} 分，两处不一致。");
        let rest = found.map(|found| found.message).unwrap_or_default();
        Some(differs(entry, format!("{message}{rest}")))
    }

    /// The total that is right for certain.
    fn right(&self) -> Option<Score> {
        let computed = Some(self.card.total.score).filter(|_| self.card.total.complete);
        let typed = || self.added(Voice::Own).filter(|added| added.open.is_zero()).map(|added| added.sum);
        computed.or_else(typed)
    }

    /// A total of a voice between the first and the last. The points of the budget block may be in it or not.
    fn other(&self, other: &OtherScores) -> Option<Finding> {
        let stated = score(&other.total)?;
        let scores: Option<Vec<Score>> = other.scores.iter().map(score).collect();
        let sum = Score::sum(scores.filter(|scores| !scores.is_empty())?)?;
        let block = self.form.budget.first();
        let execution = block.into_iter().flat_map(|row| [&row.stated_score, &row.score]).flatten();
        let mut with = execution.filter_map(score).filter_map(|execution| sum.plus(execution));
        let wrong = stated != sum && !with.any(|sum| sum == stated);
        let message = format!("“{}”合计 {stated} 分，各项得分合计 {sum} 分。", other.title);
        wrong.then(|| differs(&other.total, message))
    }

    /// The total of the score summary: that of the form, and that of its own rows.
    fn summary(&self) -> Option<Finding> {
        let summary = self.facts.case.summary.as_ref()?;
        let total = &summary.total;
        let entry = total.stated_score.as_ref().filter(|entry| !entry.is_blank()).or(total.score.as_ref())?;
        let found = if self.form.reviewed {
            self.of_any(entry, "得分一览表总分")
        } else {
            self.only_column(entry)
        };
        found.or_else(|| {
            let stated = score(entry)?;
            let rows: Option<Vec<Score>> = summary.rows.iter().map(|row| score(&row.score)).collect();
            let sum = Score::sum(rows.filter(|rows| !rows.is_empty())?)?;
            let message = format!("得分一览表总分 {stated} 分，各行得分合计 {sum} 分。");
            (sum != stated).then(|| differs(entry, message))
        })
    }
}
