//! Binds the inputs of a rule to cells: to the form's own numeric cell where there is one, else to a value kept on
//! 评分明细 beside a copy of the text it was read from.

use std::collections::BTreeMap;

use super::known_cells::original;
use crate::base::{CellAt, Number};
use crate::expr::{Expr, Func, NoCells, Value, Var, eval};
use crate::model::Entry;
use crate::score::{Derivation, Input, Source};

/// What the tick of a checklist item is when it is met.
pub(super) const MET: &str = "是";
/// What it is when it is not.
pub(super) const NOT_MET: &str = "否";
/// What a formula shows while its source text is no longer the one that was read.
pub(super) const STALE: &str = "待评分（原表已改动）";
/// What a total shows while an indicator waits for a person's score.
pub(super) use crate::expr::WAITING;

/// A value that 评分明细 keeps for a formula.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kept {
    /// Which indicator it belongs to: its position among the derivations.
    pub(super) indicator: usize,
    /// What it is.
    pub(super) source: Source,
    /// The variable.
    pub(super) var: Var,
    /// Its value.
    pub(super) value: Value,
    /// The cell it was read from.
    pub(super) entry: Option<Entry>,
    /// How a formula reads the cell, where that is safe; else the value is stale once the cell is another.
    pub(super) live: Option<Expr>,
}

/// How an input is bound.
#[derive(Debug, Clone, PartialEq)]
enum Bound {
    /// To the form's own cell, through a factor between its unit and the rule's.
    Own(Expr),
    /// To the kept value at this position.
    Kept(usize),
}

/// All bindings of a case.
#[derive(Debug, Default)]
pub(super) struct Bindings {
    bound: BTreeMap<(usize, Var), Bound>,
    /// The values that 评分明细 keeps, in order.
    pub(super) kept: Vec<Kept>,
}

impl Bindings {
    /// Decides for every input of every derivation.
    pub(super) fn new(derivations: &[Derivation]) -> Self {
        let mut bindings = Self::default();
        for (indicator, derivation) in derivations.iter().enumerate() {
            for input in &derivation.inputs {
                let own =
                    input.entry.as_ref().filter(|_| !input.fixed).and_then(|entry| own_cell(entry, input));
                let bound = own.map_or_else(
                    || {
                        bindings.kept.push(Kept {
                            indicator,
                            source: input.source.clone(),
                            var: input.var,
                            value: input.value.clone(),
                            entry: input.entry.clone(),
                            live: input.entry.as_ref().and_then(|entry| in_text(entry, input)),
                        });
                        Bound::Kept(bindings.kept.len().saturating_sub(1))
                    },
                    Bound::Own,
                );
                bindings.bound.insert((indicator, input.var), bound);
            }
        }
        bindings
    }

    /// The expression over cells. `place` gives the cell of a kept value.
    pub(super) fn bind(
        &self,
        indicator: usize,
        expr: &Expr,
        place: &impl Fn(usize) -> Option<CellAt>,
    ) -> Expr {
        expr.bind(&|var| match self.bound.get(&(indicator, var)) {
            Some(Bound::Own(expr)) => expr.clone(),
            Some(Bound::Kept(position)) => place(*position).map_or(Expr::Var(var), |cell| match var {
                Var::Item(_) => Expr::Cell(cell).equals(Expr::text(MET)).choose(1, 0),
                _ => Expr::Cell(cell),
            }),
            None => Expr::Var(var),
        })
    }

    /// The kept values of an indicator with their positions.
    pub(super) fn of(&self, indicator: usize) -> impl Iterator<Item = (usize, &Kept)> {
        self.kept.iter().enumerate().filter(move |(_, kept)| kept.indicator == indicator)
    }
}

/// The form's own cell as an input, where it holds the number itself or the number in another unit. A zero does not
/// show its unit, so it is kept instead.
fn own_cell(entry: &Entry, input: &Input) -> Option<Expr> {
    if entry.cell.formula.is_some() && !entry.cell.is_numeric() {
        return None;
    }
    let at = entry.at.clone().filter(|_| entry.cell.is_numeric())?;
    let raw = original(&entry.cell.value).as_number()?;
    let value = input.value.as_number()?;
    let cell = Expr::Cell(at);
    if raw == value && (!raw.is_zero() || matches!(input.source, Source::Weight)) {
        return Some(cell);
    }
    in_unit(&cell, raw, value)
}

/// The number in a text cell with a unit behind it (1080块), read by a formula: safe where the text is the number as it is
/// printed and the unit, and nothing else. What is written otherwise later is no number for it.
fn in_text(entry: &Entry, input: &Input) -> Option<Expr> {
    let follows = matches!(input.var, Var::Actual | Var::Target | Var::Standard(_)) && !input.fixed;
    let at = entry.at.clone().filter(|_| follows && entry.cell.formula.is_none())?;
    let Value::Text(text) = original(&entry.cell.value) else { return None };
    let (digits, unit) = text.split_at_checked(text.find(|c: char| !c.is_ascii_digit() && c != '.')?)?;
    let raw: Number = digits.parse().ok()?;
    let plain = raw.to_string() == digits && !unit.contains(|c: char| c.is_ascii_digit());
    if !plain || raw.is_zero() || text != entry.shown() {
        return None;
    }
    let cell = Expr::Cell(at);
    let bare = Expr::call(Func::Substitute, [cell.clone(), Expr::text(unit), Expr::text("")]);
    let number = Expr::call(Func::ToNumber, [bare]);
    let value = input.value.as_number()?;
    let read = if raw == value { number.clone() } else { in_unit(&number, raw, value)? };
    let same = Expr::call(Func::Exact, [number.clone().concat(Expr::text(unit)), cell]);
    let is_it = Expr::call(Func::And, [same, number.at_least(0)]);
    Some(Expr::call(Func::IfError, [is_it.choose(read, Expr::text(STALE)), Expr::text(STALE)]))
}

/// A number in another unit than the rule's: `raw` is what it holds now, `value` what the rule takes it for.
fn in_unit(cell: &Expr, raw: Number, value: Number) -> Option<Expr> {
    let powers = [100_u32, 1_000, 10_000, 100_000_000];
    powers.into_iter().find_map(|power| {
        let factor = Number::from(power);
        if value.is_zero() {
            None
        } else if value.times(factor) == Some(raw) {
            Some(cell.clone().over(power))
        } else if raw.times(factor) == Some(value) {
            Some(cell.clone().times(power))
        } else {
            None
        }
    })
}

/// That a source text is still the copy that was read.
pub(super) fn unchanged(source: CellAt, copy: CellAt) -> Expr {
    Expr::call(Func::Exact, [Expr::Cell(source), Expr::Cell(copy)])
}

/// Wraps a score in its guards: while one does not hold, it is stale.
pub(super) fn guarded(score: Expr, mut guards: Vec<Expr>) -> Expr {
    match guards.len() {
        0 => score,
        1 => guards.remove(0).choose(score, Expr::text(STALE)),
        _ => Expr::call(Func::And, guards).choose(score, Expr::text(STALE)),
    }
}

/// The rate of an indicator as a formula: the quotient of its inputs that gives the very rate the rule found.
/// `promised` is the target's cell.
pub(super) fn rate(derivation: &Derivation, found: Number, promised: Option<&Entry>) -> Option<Expr> {
    let var = |v: Var| derivation.inputs.iter().any(|input| input.var == v).then_some(Expr::Var(v));
    let actual = match (var(Var::Actual)?, var(Var::ActualBase)) {
        (a, Some(base)) => a.over(base),
        (a, None) => a,
    };
    let target = match (var(Var::Target), var(Var::TargetBase)) {
        (Some(t), Some(base)) => Some(t.over(base)),
        (t, _) => t,
    };
    let gives = |candidate: &Expr| {
        let values = candidate.bind(&|v| {
            let input = derivation.inputs.iter().find(|input| input.var == v);
            input.map_or(Expr::Var(v), |input| Expr::Const(input.value.clone()))
        });
        matches!(eval(&values, &NoCells), Value::Number(n) if n.round(12) == found.round(12))
    };
    let by_rule = target.map(|target| actual.clone().over(target)).filter(gives);
    let by_base = || {
        let base = derivation.rate_base.filter(|base| gives(&actual.clone().over(*base)))?;
        let (var, value, source) = (Var::Target, Value::Number(base), Source::Target);
        let input = Input { var, value, source, entry: None, fixed: false };
        let cell = promised.and_then(|entry| own_cell(entry, &input));
        Some(actual.clone().over(cell.unwrap_or_else(|| base.into())))
    };
    by_rule.or_else(by_base).or_else(|| Some(actual.clone()).filter(gives))
}
