//! Which document a case gets: the one that follows from its stage and state, or the one that was asked for, where it has
//! what that says. A person who asked for one that does not fit is told why, and which one does.

use serde::{Deserialize, Serialize};

use super::compose::title_of;
use super::found::belongs;
use super::scores::{named, open_words};
use super::{Subject, Undecided};
use crate::base::{Number, Weight};
use crate::issue::Item;
use crate::model::letter::{Choice, Kind};
use crate::model::{Case, FormKind, Matter, Severity};
use crate::score::Scored;

/// Of what can be earned, the part without which there is no review: one of so many.
const PART: u32 = 2;

/// What came of the wish for a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Drafted {
    /// None is wanted, or none follows: why.
    Nothing(String),
    /// What it says of the case.
    Of(Box<Subject>),
    /// The one that was asked for does not fit: why, and which one does.
    Unfit(String),
}

impl Drafted {
    /// What the document says.
    pub fn subject(&self) -> Option<&Subject> {
        match self {
            Self::Of(subject) => Some(subject),
            Self::Nothing(_) | Self::Unfit(_) => None,
        }
    }

    /// Why there is none.
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Of(_) => None,
            Self::Nothing(why) | Self::Unfit(why) => Some(why),
        }
    }

    /// Why the one that was asked for is not there.
    pub fn unfit(&self) -> Option<&str> {
        match self {
            Self::Unfit(why) => Some(why),
            Self::Nothing(_) | Self::Of(_) => None,
        }
    }
}

impl Default for Drafted {
    fn default() -> Self {
        Self::Nothing(String::new())
    }
}

/// What a choice rests on.
#[derive(Clone, Copy)]
pub(super) struct State<'a> {
    pub(super) case: &'a Case,
    pub(super) scored: Option<&'a Scored>,
    pub(super) items: &'a [&'a Item<'a>],
    pub(super) undecided: &'a [Undecided],
}

/// The kind of document, none, or why the one that was asked for does not fit.
pub(super) fn chosen(choice: Choice, state: State<'_>) -> Result<Kind, Drafted> {
    let kind = match choice {
        Choice::Nothing => return Err(Drafted::Nothing("已设置为不代拟发文。".to_owned())),
        Choice::Following => return state.following().ok_or_else(|| Drafted::Nothing(state.without())),
        Choice::This(kind) => kind,
    };
    let Some(why) = state.hindered(kind) else { return Ok(kind) };
    let fits = match state.following() {
        Some(other) => format!("按材料所处的阶段和状态，适用的发文是{}。", other.name()),
        None => "按材料现在的情况，没有适用的发文。".to_owned(),
    };
    Err(Drafted::Unfit(format!("没有代拟{}：{why}。{fits}", kind.name())))
}

impl State<'_> {
    /// Why none follows: what the one that would be next lacks.
    fn without(self) -> String {
        let form = self.case.score_form.as_ref();
        let is_evaluated = form.is_some_and(|form| form.kind != FormKind::SelfEvaluation);
        let next = if is_evaluated { Kind::Result } else { Kind::Comments };
        match self.hindered(next) {
            Some(why) => format!("没有代拟{}：{why}。", next.name()),
            None => "按材料现在的情况，没有适用的发文。".to_owned(),
        }
    }

    /// The document that follows from where a case is.
    fn following(self) -> Option<Kind> {
        if self.case.is_declaration_alone() {
            return Some(Kind::Targets);
        }
        let (form, scored) = self.case.score_form.as_ref().zip(self.scored)?;
        if form.kind != FormKind::SelfEvaluation {
            // The bureau's own: it goes out when it is whole.
            return (scored.card.total.complete && self.undecided.is_empty()).then_some(Kind::Result);
        }
        if self.is_beyond_review() {
            return Some(Kind::Correction);
        }
        (!self.case.is_without_points()).then_some(Kind::Comments)
    }

    /// Whether an agency's form cannot be reviewed before it is mended: figures are wrong in themselves, without what is
    /// missing there is no score, or what cannot be worked out because of how it is filled in is half of all points. A total
    /// that is added up wrongly is mended beside the review.
    fn is_beyond_review(self) -> bool {
        let Some(scored) = self.scored else { return false };
        let mut faults = self.items.iter().filter(|item| hinders(item)).peekable();
        if faults.peek().is_none() {
            return false;
        }
        let form = self.case.score_form.as_ref();
        // What is wrong with one indicator leaves the others to be reviewed.
        let of_indicator = |object: &str| {
            form.is_some_and(|form| form.indicators.iter().any(|one| form.called(one) == object))
        };
        let unread = self
            .undecided
            .iter()
            .filter(|one| self.items.iter().any(|item| hinders(item) && item.object == one.object));
        let unread = Weight::sum(unread.map(|one| one.weight));
        let unread = unread.and_then(|sum| sum.number().times(Number::from(PART)));
        self.lacks_scores(scored)
            || faults.any(|item| item.severity == Severity::Error && !of_indicator(&item.object))
            || unread.is_some_and(|all| all >= scored.card.total.full.number())
    }

    /// Whether there is no complete score, other than because of what the review itself has to decide.
    fn lacks_scores(self, scored: &Scored) -> bool {
        let held = self.undecided.iter().any(|one| one.counted.is_none());
        let mut all = scored.card.indicators.iter();
        let pending = all.any(|result| result.score.is_none() && result.outside.is_none());
        !scored.card.total.complete && (pending || !held)
    }

    /// Faults of the form that are told in a review, where they do not hinder it.
    fn faults(self) -> Vec<String> {
        let items = self.items.iter().filter(|item| belongs(Kind::Correction, item));
        let mut names: Vec<String> = items.map(|item| item.object.clone()).collect();
        names.dedup();
        names
    }

    /// Why the other document that an official might expect is not there, where there is one that goes out.
    pub(super) fn beside(self, kind: Kind) -> Option<String> {
        let own = self.case.score_form.as_ref().is_some_and(|form| form.kind == FormKind::SelfEvaluation);
        if !own {
            return None;
        }
        let other = match kind {
            Kind::Correction => Kind::Comments,
            Kind::Comments if !self.faults().is_empty() => Kind::Correction,
            Kind::Comments | Kind::Targets | Kind::Result => return None,
        };
        self.hindered(other).map(|why| format!("没有代拟{}：{why}。", other.name()))
    }

    /// What a case lacks that a document says, or why another one says it.
    fn hindered(self, kind: Kind) -> Option<String> {
        let case = self.case;
        match kind {
            Kind::Targets if case.declared.is_empty() => Some("材料中没有绩效目标申报表".to_owned()),
            // What was carried out is no longer changed.
            Kind::Targets => case.score_form.is_some().then(|| {
                "材料中已有自评表或者评分表，目标已经执行，不再审核；对目标的改进意见写在其他发文中"
                    .to_owned()
            }),
            Kind::Correction => self.needs_no_correction(),
            Kind::Comments | Kind::Result if case.score_form.is_none() => {
                Some("材料中没有自评表或者评分表".to_owned())
            }
            Kind::Comments | Kind::Result if case.is_without_points() => {
                Some("表中没有分值，没有可以反馈的得分".to_owned())
            }
            Kind::Comments | Kind::Result if self.following() == Some(Kind::Correction) => {
                Some("填报内容不完整或者不规范，暂不能开展复核，应先退回补正".to_owned())
            }
            Kind::Comments => None,
            Kind::Result => open_still(self.scored, self.undecided),
        }
    }

    /// Why nothing goes back to be mended.
    fn needs_no_correction(self) -> Option<String> {
        let faults = self.faults();
        // What has no points is not reviewed: it can only go back.
        if self.following() == Some(Kind::Correction) || !faults.is_empty() && self.case.is_without_points() {
            return None;
        }
        if faults.is_empty() {
            let nothing = "填报和材料方面没有发现需要补正的事项";
            let others = self.items.iter().filter(|item| item.severity != Severity::Info);
            let mut others: Vec<String> = others.map(|item| item.object.clone()).collect();
            others.dedup();
            let others = if others.is_empty() {
                String::new()
            } else {
                format!("；{}有其他方面的事项，不属于退回补正的范围，见问题清单", each(&others))
            };
            return Some(format!("{nothing}{others}"));
        }
        let (work, into) = if self.case.is_declaration_alone() {
            ("审核", Kind::Targets.name())
        } else {
            ("复核", "复核意见")
        };
        Some(format!("{}的填报需要补正，但不影响开展{work}，写入{into}一并更正，不另退回", each(&faults)))
    }
}

/// Objects by name, each in quotes.
fn each(objects: &[String]) -> String {
    let quoted: Vec<String> = objects.iter().map(|object| format!("“{}”", title_of(object))).collect();
    quoted.concat()
}

/// Whether something is wrong with how a form is filled in, or with its points.
fn hinders(item: &Item) -> bool {
    let of_form = matches!(item.matter, Matter::Materials | Matter::Form | Matter::Weights);
    of_form && item.severity != Severity::Info && belongs(Kind::Correction, item)
}

/// What keeps a result from being one.
fn open_still(scored: Option<&Scored>, undecided: &[Undecided]) -> Option<String> {
    if !undecided.is_empty() {
        let open: Vec<&Undecided> = undecided.iter().collect();
        return Some(format!("{}{}，核定之前没有可以发出的结果", named(&open), open_words(undecided)));
    }
    let complete = scored.is_some_and(|scored| scored.card.total.complete);
    (!complete).then(|| "总分尚未确定，确定之前没有可以发出的结果".to_owned())
}
