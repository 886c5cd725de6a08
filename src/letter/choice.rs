//! Which document a case gets: the one that follows from its stage and state, or the one that was asked for, where it has
//! what that says. A person who asked for one that does not fit is told why, and which one does.

use super::found::belongs;
use super::scores::named;
use super::{Subject, Undecided};
use crate::issue::Item;
use crate::model::letter::{Choice, Kind};
use crate::model::{Case, FormKind, Matter, Severity};
use crate::score::Scored;

/// What came of the wish for a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drafted {
    /// None is wanted, or none follows.
    Nothing,
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
            Self::Nothing | Self::Unfit(_) => None,
        }
    }

    /// Why the one that was asked for is not there.
    pub fn unfit(&self) -> Option<&str> {
        match self {
            Self::Unfit(why) => Some(why),
            Self::Nothing | Self::Of(_) => None,
        }
    }
}

/// The kind of document, none, or why the one that was asked for does not fit.
pub(super) fn chosen(
    choice: Choice,
    case: &Case,
    scored: Option<&Scored>,
    items: &[&Item],
    undecided: &[Undecided],
) -> Result<Option<Kind>, String> {
    let kind = match choice {
        Choice::Nothing => return Ok(None),
        Choice::Following => return Ok(following(case, scored, items, undecided)),
        Choice::This(kind) => kind,
    };
    let Some(why) = hindered(kind, case, scored, items, undecided) else { return Ok(Some(kind)) };
    let fits = match following(case, scored, items, undecided) {
        Some(other) => format!("按材料所处的阶段和状态，适用的发文是{}。", other.name()),
        None => "按材料现在的情况，没有适用的发文。".to_owned(),
    };
    Err(format!("没有代拟{}：{why}。{fits}", kind.name()))
}

/// The document that follows from where a case is.
fn following(case: &Case, scored: Option<&Scored>, items: &[&Item], undecided: &[Undecided]) -> Option<Kind> {
    if case.is_declaration_alone() {
        return Some(Kind::Targets);
    }
    let (form, scored) = case.score_form.as_ref().zip(scored)?;
    if form.kind != FormKind::SelfEvaluation {
        // The bureau's own: it goes out when it is whole.
        return (scored.card.total.complete && undecided.is_empty()).then_some(Kind::Result);
    }
    // What keeps a reviewer from reviewing: figures that are wrong in themselves, or without which there is no score. A
    // total that is added up wrongly is mended beside the review.
    let mut faults = items.iter().filter(|item| belongs(Kind::Correction, item));
    let hinders = |item: &&Item| {
        item.matter != Matter::Scores && (item.severity == Severity::Error || !scored.card.total.complete)
    };
    if faults.any(hinders) {
        return Some(Kind::Correction);
    }
    (!case.is_without_points()).then_some(Kind::Comments)
}

/// What a case lacks that a document says.
fn hindered(
    kind: Kind,
    case: &Case,
    scored: Option<&Scored>,
    items: &[&Item],
    undecided: &[Undecided],
) -> Option<String> {
    match kind {
        Kind::Targets if case.declared.is_empty() => Some("材料中没有绩效目标申报表".to_owned()),
        // What was carried out is no longer changed.
        Kind::Targets => case.score_form.is_some().then(|| {
            "材料中已有自评表或者评分表，目标已经执行，不再审核；对目标的改进意见写在其他发文中".to_owned()
        }),
        Kind::Correction => {
            if items.iter().any(|item| belongs(kind, item)) {
                return None;
            }
            let nothing = "填报和材料方面没有发现需要补正的事项";
            let others = items.iter().filter(|item| item.severity != Severity::Info).count();
            let others = if others == 0 {
                String::new()
            } else {
                format!("；另有{others}项其他方面的事项，不属于退回补正的范围，见问题清单")
            };
            Some(format!("{nothing}{others}"))
        }
        Kind::Comments | Kind::Result if case.score_form.is_none() => {
            Some("材料中没有自评表或者评分表".to_owned())
        }
        Kind::Comments | Kind::Result if case.is_without_points() => {
            Some("表中没有分值，没有可以反馈的得分".to_owned())
        }
        Kind::Comments => None,
        Kind::Result => open_still(scored, undecided),
    }
}

/// What keeps a result from being one.
fn open_still(scored: Option<&Scored>, undecided: &[Undecided]) -> Option<String> {
    if !undecided.is_empty() {
        let open: Vec<&Undecided> = undecided.iter().collect();
        return Some(format!("{}待核定，核定之前没有可以发出的结果", named(&open)));
    }
    let complete = scored.is_some_and(|scored| scored.card.total.complete);
    (!complete).then(|| "总分尚未确定，确定之前没有可以发出的结果".to_owned())
}
