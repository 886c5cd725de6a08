//! The checks of monitoring forms: they have no scores, and are asked whether what they say fits together.

pub(super) mod expectation;
pub(super) mod likelihood_unclear;
pub(super) mod money;
pub(super) mod reason_missing;
pub(super) mod sure_without_progress;

use super::Facts;
use crate::base::{CellAt, Number};
use crate::model::{Entry, Finding, FindingId, Indicator, Likelihood, MonitoredForm, MonitoredRow};
use crate::notation::direction::{Direction, decide};
use crate::notation::{Notation, Quantity, Row};

/// An indicator with its figures.
struct Watched<'a> {
    form: &'a MonitoredForm,
    row: &'a MonitoredRow,
    target: Option<Quantity>,
    progress: Option<Quantity>,
    expected: Option<Quantity>,
    /// Whether the less the better; `None` where it is of neither kind.
    cap: Option<bool>,
}

impl Watched<'_> {
    fn name(&self) -> &str {
        &self.row.indicator.name
    }

    /// The only answer to whether the target will be met.
    fn likely(&self) -> Option<Likelihood> {
        match self.row.likelihood.as_slice() {
            [(only, _)] => Some(*only),
            _ => None,
        }
    }

    /// A finding at one of its cells, else at its name.
    fn find(&self, id: FindingId, at: Option<&Entry>, message: String) -> Finding {
        let at = at.and_then(|entry| entry.at.clone()).or_else(|| self.row.indicator.at().cloned());
        Finding::new(id, at, message)
    }

    fn at_likelihood(&self) -> Option<CellAt> {
        let own = self.row.likelihood.first().map(|(_, at)| at.clone());
        own.or_else(|| self.row.likelihood_at.clone()).or_else(|| self.row.indicator.at().cloned())
    }

    /// Whether a figure misses the target, where both can be compared.
    fn misses(&self, figure: &Quantity) -> Option<bool> {
        let target = self.target.as_ref()?;
        let (a, t) = compared(figure, target)?;
        Some(if self.cap? { a > t } else { a < t })
    }
}

/// Two figures in one unit.
fn compared(one: &Quantity, other: &Quantity) -> Option<(Number, Number)> {
    one.unit.comparable(&other.unit).then_some(())?;
    one.in_base().zip(other.in_base())
}

/// The month at whose end a form stands: as it says itself, else as it is set.
fn month(facts: &Facts, form: &MonitoredForm) -> Option<u8> {
    let set = || {
        let month = facts.case.checks.limits.monitoring_month?;
        (1..=12_u8).find(|known| Number::from(u32::from(*known)) == month)
    };
    form.month.or_else(set)
}

/// `7月底`, or words for what is not known.
fn by_when(facts: &Facts, form: &MonitoredForm) -> String {
    month(facts, form).map_or_else(|| "监控时点".to_owned(), |month| format!("{month}月底"))
}

/// All indicators of all monitoring forms.
fn watched<'a>(facts: &Facts<'a>) -> Vec<Watched<'a>> {
    let case = facts.case;
    let rows = case.monitored.iter().flat_map(|form| form.rows.iter().map(move |row| (form, row)));
    let read = rows.map(|(form, row)| {
        let figure = |entry: &Option<Entry>| {
            let indicator = Indicator { actual: entry.clone(), ..row.indicator.clone() };
            let read = Row::read(case, &indicator, None, None);
            let quantity = read.actual().and_then(Notation::quantity).cloned();
            (read.target.and_then(Result::ok), quantity.filter(|quantity| quantity.fraction.is_none()))
        };
        let (target, progress) = figure(&row.progress);
        let (_, expected) = figure(&row.expected);
        let decided = target
            .as_ref()
            .and_then(|target| decide(target, &row.indicator.name, &row.indicator.level2, &case.words).ok());
        let cap = decided.and_then(|decided| match decided.direction {
            Direction::AtLeast => Some(false),
            Direction::AtMost | Direction::ZeroTolerance => Some(true),
            _ => None,
        });
        let target = target.as_ref().and_then(Notation::quantity).cloned();
        Watched { form, row, target, progress, expected, cap }
    });
    read.collect()
}
