//! What the rule gives for an indicator, over cells: its guards around it, and its ticks waited for.

use super::binding::{Bindings, MET, NOT_MET, WAITING, guarded, unchanged};
use super::detail::{Layout, col};
use super::view::View;
use crate::base::{CellAt, RangeAt, RangeRef};
use crate::expr::{Expr, Func, Var};

/// The expression of an indicator's score over cells, with its guards; `None` where no rule gives it.
pub(super) fn score_expr(view: &View, bindings: &Bindings, layout: &Layout, index: usize) -> Option<Expr> {
    let derivation = view.scored.derivations.get(index)?;
    let bound = bindings.bind(index, derivation.expr.as_ref()?, &|position| layout.kept(position));
    let bound = if derivation.ticks { when_ticked(bound, bindings, layout, index) } else { bound };
    let mut guards: Vec<(CellAt, CellAt)> = Vec::new();
    let mut numbers: Vec<Expr> = Vec::new();
    if let Some(criterion) = derivation.criterion.as_ref().and_then(|entry| entry.at.clone()) {
        guards.extend(layout.at(Layout::row(index), col::CRITERION).map(|copy| (criterion, copy)));
    }
    for (position, kept) in bindings.of(index) {
        let source = kept.entry.as_ref().and_then(|entry| entry.at.clone());
        if kept.live.is_some() {
            let cell = layout.kept(position).map(Expr::Cell);
            numbers.extend(cell.map(|cell| Expr::call(Func::IsNumber, [cell])));
        } else if let Some((source, copy)) = source.zip(layout.copy(position))
            && !guards.iter().any(|(guarded, _)| *guarded == source)
        {
            guards.push((source, copy));
        }
    }
    let copies = guards.into_iter().map(|(source, copy)| unchanged(source, copy));
    Some(guarded(bound, copies.chain(numbers).collect()))
}

/// The score of a checklist once every item is ticked; until then it waits.
fn when_ticked(score: Expr, bindings: &Bindings, layout: &Layout, index: usize) -> Expr {
    let cells: Vec<CellAt> = bindings
        .of(index)
        .filter(|(_, kept)| matches!(kept.var, Var::Item(_)))
        .filter_map(|(position, _)| layout.kept(position))
        .collect();
    let Some((first, last)) = cells.first().zip(cells.last()) else { return score };
    let range = RangeAt { sheet: first.sheet.clone(), range: RangeRef::new(first.cell, last.cell) };
    let counted = |word: &str| Expr::call(Func::CountIf, [Expr::Range(range.clone()), Expr::text(word)]);
    let count = Expr::from(u32::try_from(cells.len()).unwrap_or(u32::MAX));
    counted(MET).plus(counted(NOT_MET)).below(count).choose(Expr::text(WAITING), score)
}
