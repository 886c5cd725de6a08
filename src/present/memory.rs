//! What a run remembers of what it read, so that the next one can say what a person changed since: the cells that scores
//! come from, the ticks, and the scores.

use std::collections::BTreeSet;

use super::binding::Bindings;
use super::detail::Layout;
use super::kept;
use super::overrides;
use super::summary::inputs_of_grade;
use super::view::View;
use super::write_back::WriteBack;
use crate::base::{CellAt, CellRef};
use crate::issue;
use crate::model::Entry;
use crate::returned::OurSheet;
use crate::returned::memory::{
    Memory, What, exact, exact_text, precise, told_finding, told_ledger, told_lost, told_override, told_score,
};
use crate::sheet::Value;

/// The findings that are an agency's matter, on the sheet that lists them: what is handed in next is held against them.
pub(super) fn findings(view: &View) -> Vec<Memory> {
    let Some(corner) = CellRef::new(0, 0) else { return Vec::new() };
    let at = CellAt::new(view.names.of(OurSheet::Issues), corner);
    let told = issue::past(view.case, view.findings);
    let contents = std::iter::once(String::new()).chain(told.iter().map(told_finding));
    let memory = |content| Memory {
        what: What::Finding,
        at: at.clone(),
        content,
        shown: String::new(),
        label: format!("{}/", view.names.case()),
    };
    contents.map(memory).collect()
}

/// What the run on view is to remember. Cells that it writes are not a person's.
pub(super) fn of(view: &View, back: &WriteBack, bindings: &Bindings, layout: &Layout) -> Vec<Memory> {
    let mut all = Vec::new();
    let mut seen: BTreeSet<CellAt> =
        back.cells.iter().map(|edit| CellAt::new(edit.sheet.clone(), edit.cell)).collect();
    let case = view.names.case();
    let mut input = |entry: Option<&Entry>, label: &str| {
        let Some((entry, at)) = entry.and_then(|entry| Some((entry, entry.at.clone()?))) else { return };
        let has_no_value = entry.cell.formula.is_some() && entry.cell.value == Value::Empty;
        if !has_no_value && seen.insert(at.clone()) {
            let shown = if entry.cell.is_numeric() { precise(&entry.cell) } else { entry.shown() };
            let content = exact(&entry.cell);
            all.push(Memory { what: What::Input, at, content, shown, label: label.to_owned() });
        }
    };
    // A figure may be taken out of a longer text; then the entry is not what the cell holds.
    let figure = |entry: &&Entry| entry.is_blank() || entry.cell.is_numeric();
    for (index, result) in view.scored.card.indicators.iter().enumerate() {
        let label = format!("{case}/{index}");
        let Some(i) = view.indicator(result) else { continue };
        input(Some(&i.name_entry), &label);
        let words = [&i.situation, &i.remark, &i.reason];
        for entry in [&i.criterion, &i.target, &i.target_sign, &i.unit, &i.actual].into_iter().chain(words) {
            input(entry.as_ref(), &label);
        }
        input(i.standard.as_ref(), &label);
        i.standards.iter().for_each(|benchmark| input(Some(&benchmark.entry), &label));
        for entry in [&i.weight_entry, &i.stated_score, &i.score] {
            input(entry.as_ref().filter(figure), &label);
        }
    }
    let label = format!("{case}/");
    for declared in &view.case.declared {
        let i = &declared.indicator;
        for entry in [Some(&i.name_entry), i.target.as_ref(), i.target_sign.as_ref(), i.unit.as_ref()] {
            input(entry, &label);
        }
    }
    let mut figures: Vec<Option<&Entry>> = Vec::new();
    if let Some(form) = &view.case.score_form {
        let total = &form.total;
        figures.extend([&total.weight, &total.stated_score, &total.score].map(Option::as_ref));
        input(total.grade.as_ref(), &label);
        for row in &form.budget {
            let row = [&row.budget, &row.adjusted, &row.spent, &row.rate, &row.weight, &row.score];
            figures.extend(row.map(Option::as_ref));
        }
    }
    figures.extend(view.case.amounts.iter().map(|amount| Some(&amount.entry)));
    figures.extend(view.case.summary.iter().flat_map(|summary| &summary.rows).map(|row| Some(&row.score)));
    for entry in figures {
        input(entry.filter(figure), &label);
    }
    for entry in &view.case.beside {
        input(Some(entry), &label);
    }
    if let Some(totals) = &view.reconciliation.ledger {
        let (content, shown) = told_ledger(totals);
        let at = view.case.ledgers.first().map(|ledger| ledger.at.clone());
        all.extend(at.map(|at| Memory { what: What::Ledger, at, content, shown, label: label.clone() }));
    }
    for (at, tick, index) in kept::tick_cells(view, bindings, layout) {
        let label = format!("{case}/{index}");
        all.push(Memory { what: What::Tick, at, content: tick.clone(), shown: tick, label });
    }
    let scores = overrides::input_cells(view, layout);
    let scores = scores.into_iter().map(|(at, content, index)| (at, content, format!("{case}/{index}")));
    let grade = overrides::grade_input_cells(view, inputs_of_grade(view).as_ref());
    let grade = grade.into_iter().map(|(at, content)| (at, content, format!("{case}/")));
    for (at, content, label) in scores.chain(grade) {
        let (content, shown) = (exact_text(&content), content);
        all.push(Memory { what: What::Tick, at, content, shown, label });
    }
    for (index, result) in view.scored.card.indicators.iter().enumerate() {
        let Some(at) = result.anchor(view.indicator(result)) else { continue };
        let basis = view.scored.bases.get(index).map(String::as_str).unwrap_or_default();
        let content = told_score(result.score, basis);
        let (shown, label) = (result.name.clone(), format!("{case}/{index}"));
        let typed = result.overriding.as_ref().map(|typed| (typed.bound(), typed.typed.clone()));
        if let Some((bound, shown)) = typed {
            let (at, content, label) = (at.clone(), told_override(&bound), label.clone());
            all.push(Memory { what: What::Override, at, content, shown, label });
        }
        all.push(Memory { what: What::Score, at, content, shown, label });
    }
    // The grade stands for the whole case: its line follows the first indicator.
    let first = view.scored.card.indicators.first();
    let first = first.and_then(|result| result.anchor(view.indicator(result)));
    if let Some((typed, at)) = view.scored.card.total.overriding.as_ref().zip(first.clone()) {
        let (content, shown) = (told_override(&typed.bound()), typed.typed.clone());
        all.push(Memory { what: What::Override, at, content, shown, label: format!("{case}/") });
    }
    for lost in &view.case.overrides.lost {
        let Some(at) = first.clone() else { break };
        let (content, shown) = (told_lost(lost), String::new());
        all.push(Memory { what: What::Lost, at, content, shown, label: format!("{case}/") });
    }
    all
}
