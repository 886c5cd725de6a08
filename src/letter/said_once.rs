//! One matter in one place: what the points say already is no item of a list beside them.

use super::Kind;
use super::found::{is_for_now, quoted};
use super::taken::{Doubts, Taken, tight};
use crate::base::Score;
use crate::issue::Item;
use crate::model::{Case, Finding, FindingId, Matter};
use crate::words::Class;

/// Signs of a name that is not found in other words by accident.
const LEAST: usize = 3;

/// The findings of an agency's matters, as its points are held against them.
pub(super) struct Found<'a> {
    pub(super) case: &'a Case,
    pub(super) items: &'a [&'a Item<'a>],
}

impl Found<'_> {
    fn of(&self, object: &str) -> impl Iterator<Item = &Finding> {
        self.items
            .iter()
            .filter(move |item| item.object == object)
            .flat_map(|item| item.findings.iter().copied())
    }
}

impl Doubts for Found<'_> {
    fn unexplained(&self, object: &str) -> bool {
        self.of(object).any(|finding| finding.id == FindingId::ReasonMissing)
    }

    fn says_what_is_done(&self, reason: &str) -> bool {
        self.case.words.of(Class::ReasonMeasures).within(reason)
    }

    fn doubt(&self, object: &str) -> Option<(String, String)> {
        // The last of them says it most exactly.
        let finding =
            self.of(object).filter(|finding| makes_doubtful(finding.id)).max_by_key(|one| one.id)?;
        let lead = format!("“{object}”");
        let words = finding.message.trim_end_matches('。');
        let words =
            words.strip_prefix(&lead).map_or_else(|| words.to_owned(), |rest| format!("该指标{rest}"));
        let remedy = finding.id.remedy();
        let ask =
            if is_for_now(remedy) { remedy.to_owned() } else { format!("以后年度申报时，{remedy}") };
        Some((tight(&words), ask))
    }
}

/// Whether a finding says that a score which rule and agency agree on may not hold.
fn makes_doubtful(id: FindingId) -> bool {
    matches!(
        id,
        FindingId::OverAchieved
            | FindingId::TargetNotMeasurable
            | FindingId::TargetTooEasy
            | FindingId::YesNoIndicatorWithRate
    )
}

/// What a document says of a total that is added up wrongly: the agency's own figures, none of ours.
pub(super) fn restated(taken: &Taken, stated: Option<Score>, finding: &Finding) -> Option<String> {
    let sums = taken.sums.as_ref().filter(|_| finding.id == FindingId::TotalDiffers)?;
    let (own, stated) = (sums.own?, stated?);
    let by = stated.number().minus(own.number())?.abs();
    Some(format!("填报总分{stated}分，各项填报得分合计{own}分，相差{by}分。"))
}

/// Whether a finding is told among the points.
pub(super) fn elsewhere(kind: Kind, taken: &Taken, item: &Item, finding: &Finding) -> bool {
    let led = item.findings.first().map(|first| first.id.cause());
    let undecided = taken.undecided.iter().any(|one| one.object == item.object);
    let deducted = || taken.deductions.iter().any(|one| one.object == item.object);
    match finding.id {
        // In a review the sums say it themselves; a result says what is to be mended.
        FindingId::TotalDiffers | FindingId::TotalFollowsScores | FindingId::GradeDiffers => {
            let total = [FindingId::TotalDiffers, FindingId::TotalFollowsScores];
            let has_total = item.findings.iter().any(|one| total.contains(&one.id));
            let sums = taken.sums.as_ref().filter(|sums| sums.own.is_some());
            match kind {
                Kind::Comments => has_total && sums.is_some(),
                // A total of which parts are missing is not added up wrongly.
                Kind::Correction => sums.is_none(),
                Kind::Targets | Kind::Result => false,
            }
        }
        FindingId::ScoreOutsideBand | FindingId::ReasonMissing if undecided => true,
        id if makes_doubtful(id) && undecided => true,
        FindingId::StatedScoreDiffers if undecided => true,
        // The score below what the rule gives stands with what was missed.
        _ if led == Some(FindingId::TargetNotMet) && taken.raised.contains(&item.object) => true,
        _ => led == Some(FindingId::TargetNotMet) && deducted() || seen_by_evaluators(taken, item, finding),
    }
}

/// Whether evaluators took points off for what a finding says of the targets: they name what it names.
fn seen_by_evaluators(taken: &Taken, item: &Item, finding: &Finding) -> bool {
    let names = || {
        let names = quoted(&finding.message).into_iter();
        names.filter(|name| name.chars().count() >= LEAST && !name.chars().any(|sign| sign.is_ascii_digit()))
    };
    let off = || taken.seen.iter().filter(|seen| seen.off);
    item.matter == Matter::Targets && off().any(|seen| names().any(|name| seen.words.contains(&name)))
}
