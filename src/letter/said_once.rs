//! One matter in one place: what the points say already is no item of a list beside them.

use super::Kind;
use super::found::{Restated, asked_in, fact, quoted};
use super::mend;
use super::row::NATIONAL;
use super::taken::{Doubts, Taken, Undecided};
use crate::base::Score;
use crate::issue::{Item, is_of_another_year};
use crate::mapping::title::normalise;
use crate::model::{Case, Finding, FindingId, Indicator, Matter, Severity};
use crate::words::Class;

/// What is asked for this year's points where the target itself can only be mended in the next.
const FOR_NOW: &str = "请提供完成情况的依据。";
/// What is said where a form has no rule for what was done too late.
const LATE: &str = "表中没有写明逾期怎样扣分。";
/// What a note speaks of that has such a rule, and what is said then.
const LATENESS: &str = "逾期";
const NOTED: &str = "表注写有逾期扣分的办法，由我局按表注核定。";
/// How a note speaks of the places of a scale, and those of the country's rule.
const THREE: &str = "三档";
const PLACES: &str = "达成年度指标、部分达成年度指标并具有一定效果、未达成年度指标且效果较差";
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

    /// What the last finding of a kind says of an object, as part of a sentence, and what it asks for: the last of them says
    /// it most exactly.
    fn last(&self, object: &str, of_kind: impl Fn(&Finding) -> bool) -> Option<(FindingId, String)> {
        let finding = self.of(object).filter(|finding| of_kind(finding)).max_by_key(|one| one.id)?;
        Some((finding.id, worded(object, finding)))
    }
}

impl Doubts for Found<'_> {
    fn unexplained(&self, object: &str) -> bool {
        self.of(object).any(|finding| finding.id == FindingId::ReasonMissing)
    }

    fn places(&self) -> String {
        let noted = self.case.notes.iter().any(|note| note.shown().contains(THREE));
        if noted {
            return "请按表注所列的三档，写明完成情况属于哪一档，并提供依据。".to_owned();
        }
        format!("请按{NATIONAL}的三档（{PLACES}）写明完成情况属于哪一档，并提供依据。")
    }

    fn mend(&self, indicator: Option<&Indicator>, given: Option<&str>, own: bool) -> String {
        if own {
            return mend::of_agency(given.is_some_and(|given| self.says_what_is_done(given))).to_owned();
        }
        mend::of_evaluators(indicator)
    }

    fn says_what_is_done(&self, reason: &str) -> bool {
        self.case.words.of(Class::ReasonMeasures).within(reason)
    }

    fn doubt(&self, object: &str) -> Option<(String, String)> {
        let (id, words) = self.last(object, |finding| makes_doubtful(finding.id))?;
        let remedy = id.remedy();
        let own = [FindingId::CompletionAfterYear, FindingId::TargetChangedFromDeclaration];
        let ask = if is_of_another_year(remedy) || own.contains(&id) {
            remedy.to_owned()
        } else {
            format!("{FOR_NOW}以后年度申报时，{remedy}")
        };
        Some((words, ask))
    }

    fn figure(&self, object: &str) -> Option<(String, String)> {
        let (id, words) = self.last(object, |finding| doubts_figure(finding.id))?;
        Some((words, id.remedy().to_owned()))
    }

    fn filled(&self, object: &str) -> Option<(String, String)> {
        let (id, words) = self.last(object, is_filled_wrongly)?;
        Some((words, id.remedy().to_owned()))
    }

    fn late(&self, object: &str, given: bool) -> Option<(String, String)> {
        let (_, words) = self.last(object, |finding| finding.id == FindingId::DateLate)?;
        let noted = self.case.notes.iter().any(|note| note.shown().contains(LATENESS));
        if noted {
            let ask = if given { "" } else { "请说明逾期的原因和改进措施。" };
            return Some((words, format!("{NOTED}{ask}")));
        }
        let why = if given {
            "逾期怎样扣分的依据"
        } else {
            "逾期的原因、改进措施和怎样扣分的依据"
        };
        Some((words, format!("{LATE}请说明{why}，并提供完成时间和批准延期的材料。")))
    }

    fn is_instruction(&self, text: &str) -> bool {
        self.case.words.of(Class::PrefilledInstructions).within(&normalise(text))
    }
}

/// What a finding says of an object, as part of a sentence.
fn worded(object: &str, finding: &Finding) -> String {
    let words = fact(&finding.message);
    let words = words.trim_end_matches('。');
    words
        .strip_prefix(&format!("“{object}”"))
        .map_or_else(|| words.to_owned(), |rest| format!("该指标{rest}"))
}

/// Whether a finding says that a score which rule and agency agree on may not hold.
fn makes_doubtful(id: FindingId) -> bool {
    matches!(
        id,
        FindingId::CompletionAfterYear
            | FindingId::OverAchieved
            | FindingId::TargetChangedFromDeclaration
            | FindingId::TargetNotMeasurable
            | FindingId::TargetTooEasy
            | FindingId::YesNoIndicatorWithRate
    )
}

/// Whether a finding says that a figure which a score rests on may not hold: two that contradict each other, or one that
/// cannot be.
fn doubts_figure(id: FindingId) -> bool {
    matches!(
        id,
        FindingId::CompletionDateImplausible
            | FindingId::CompletionRateDiffers
            | FindingId::FactHasTwoValues
            | FindingId::RateOutOfRange
            | FindingId::SurveyDiffers
            | FindingId::UnitCostExceedsSpent
    )
}

/// Whether a finding says that a row is not filled in as it must be.
fn is_filled_wrongly(finding: &Finding) -> bool {
    finding.id.matter() == Matter::Form && finding.severity != Severity::Info
}

/// What a document says instead of the finding's own words: of a total that is added up wrongly the agency's own figures,
/// none of ours; and before a review nothing of points.
pub(super) fn restated(
    kind: Kind,
    taken: &Taken,
    stated: Option<Score>,
    item: &Item,
    finding: &Finding,
) -> Option<Restated> {
    let fact = match finding.id {
        FindingId::TotalDiffers => {
            let (own, stated) = (taken.sums.as_ref()?.own?, stated?);
            let by = stated.number().minus(own.number())?.abs();
            format!("填报总分{stated}分，各项填报得分合计{own}分，相差{by}分。")
        }
        FindingId::WeightsNotTotal => {
            let ask = asked_in(&finding.message)?;
            return Some(Restated {
                fact: fact(&finding.message),
                ask: Some(format!("{ask}，再按调整后的分值重新填报各项得分和总分。")),
            });
        }
        FindingId::DirectionInferred => {
            let (before, _) = finding.message.split_once("，按")?;
            format!("{before}，没有写明是不低于还是不超过。")
        }
        FindingId::ReasonMissing if kind == Kind::Correction => {
            let object = &item.object;
            let missed = item.findings.iter().any(|one| one.id == FindingId::TargetNotMet);
            let missed = if missed { "没有达到指标值" } else { "没有按满分自评" };
            return Some(Restated {
                fact: format!("“{object}”{missed}，没有填写偏差原因。"),
                ask: Some("请填写偏差原因和改进措施。".to_owned()),
            });
        }
        FindingId::ScoreOutsideBand if kind == Kind::Correction => {
            let object = &item.object;
            return Some(Restated {
                fact: format!("“{object}”所选的档次与填报的得分不相符。"),
                ask: Some("请核对档次，按档次重新填报。".to_owned()),
            });
        }
        _ => return None,
    };
    Some(Restated { fact, ask: None })
}

/// Whether a finding is told among the points.
pub(super) fn elsewhere(kind: Kind, taken: &Taken, item: &Item, finding: &Finding) -> bool {
    let led = item.findings.first().map(|first| first.id.cause());
    let undecided = taken.undecided.iter().any(|one| one.object == item.object);
    let deducted = || {
        let off = || taken.deductions.iter().map(|one| &one.object);
        off().chain(&taken.figured).any(|object| *object == item.object)
    };
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
        // Before a review the points are told nowhere.
        _ if kind == Kind::Correction => false,
        FindingId::ScoreOutsideBand | FindingId::ReasonMissing if undecided => true,
        id if doubts_figure(id)
            || is_filled_wrongly(finding)
            || matches!(id, FindingId::CompletionAfterYear | FindingId::DateLate) =>
        {
            let words = worded(&item.object, finding);
            let told = |one: &Undecided| one.object == item.object && one.why.contains(&words);
            taken.undecided.iter().any(told)
        }
        id if makes_doubtful(id) && undecided => true,
        FindingId::StatedScoreByConvention | FindingId::StatedScoreDiffers if undecided => true,
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
