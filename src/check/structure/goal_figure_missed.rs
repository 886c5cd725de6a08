//! The goal of the whole names one size and the account of it a smaller one.

use super::goal_figure_without_indicator::figures;
use crate::base::Number;
use crate::check::Facts;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::notation::quantity::Quantity;
use crate::notation::unit::Dimension;
use crate::words::{self, Class};

const ID: FindingId = FindingId::GoalFigureMissed;
/// Characters of a text that are looked at.
const MOST: usize = 2_000;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let of = |result: bool| facts.case.goals.iter().filter(move |goal| goal.result == result);
    let text = |shown: String| shown.chars().take(MOST).collect::<String>();
    let findings = of(true).filter_map(|result| {
        let at = result.entry.at.as_ref()?;
        let same_form = |other: &&crate::model::Goal| {
            other.entry.at.as_ref().is_some_and(|other| other.sheet == at.sheet)
        };
        let goal = text(of(false).find(same_form)?.entry.shown());
        let account = text(result.entry.shown());
        let (promised, done) = (figures(&goal, is_size), figures(&account, is_size));
        let missed = promised.iter().filter(|figure| !is_limit(&goal, figure));
        let missed = missed.filter_map(|figure| Some((figure, below(figure, &promised, &done)?)));
        let (figure, reached) = missed.max_by_key(|(figure, _)| figure.in_base())?;
        let rate = reached.in_base()?.times(Number::from(100))?.over(figure.in_base()?)?.round(2);
        let (promised, told) = (clause(&goal, figure)?, clause(&account, reached)?);
        let message = format!("年度总体目标写有“{promised}”，完成情况为“{told}”，只有目标的{rate}%。");
        Some(Finding::new(ID, Some(at.clone()), message))
    });
    findings.collect()
}

/// Whether a figure says how large or how many.
fn is_size(quantity: &Quantity) -> bool {
    match &quantity.unit.dimension {
        Dimension::Count(_) => !quantity.unit.is_place() && quantity.number > Number::ONE,
        Dimension::Length | Dimension::Area => true,
        _ => false,
    }
}

/// The only size of the account that is measured as this one of the goal, where the goal has no other such either and it is
/// smaller.
fn below<'q>(figure: &Quantity, promised: &[Quantity], done: &'q [Quantity]) -> Option<&'q Quantity> {
    let alike = |other: &&Quantity| other.unit.comparable(&figure.unit);
    let mut reached = done.iter().filter(alike);
    let (only, None) = (reached.next()?, reached.next()) else { return None };
    let alone = promised.iter().filter(alike).count() == 1;
    (alone && only.in_base()? < figure.in_base()?).then_some(only)
}

/// The clause of a text that names the figure.
fn clause<'t>(text: &'t str, figure: &Quantity) -> Option<&'t str> {
    let names = |clause: &&str| figures(clause, is_size).iter().any(|one| one.in_base() == figure.in_base());
    text.split(['，', ',', '。', '；', ';', '、', '\n']).map(str::trim).find(names)
}

/// Whether the clause with the figure says what is not to be exceeded.
fn is_limit(goal: &str, figure: &Quantity) -> bool {
    clause(goal, figure).is_none_or(|clause| words::of(Class::GoalLimits).within(&normalise(clause)))
}
