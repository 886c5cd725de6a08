//! The values that formulas refer to, kept on 评分明细 below the indicators, each beside a copy of the text it was read
//! from; and the ticks that a clerk gives there.

use std::collections::BTreeMap;

use super::binding::{Bindings, Kept, MET, NOT_MET};
use super::detail::{FIRST, Layout, col};
use super::known_cells::{KnownCells, original};
use super::sheet::{AddedSheet, Choice, Content, Look};
use super::view::View;
use crate::base::{CellAt, CellRef, Number, RangeRef};
use crate::expr::{Value, Var, eval};
use crate::model::{Entry, Standard, Taken};
use crate::score::Source;
use crate::sheet::Sheet;

/// What follows the number of a checklist's item.
const ITEM_SUFFIX: &str = "项是否满足";

/// Writes the kept values into the book, before any score is evaluated.
pub(super) fn know(book: &mut KnownCells, view: &View, bindings: &Bindings, layout: &Layout) {
    for (position, kept) in bindings.kept.iter().enumerate() {
        if let Some(cell) = layout.kept(position) {
            let value = kept.live.as_ref().map_or_else(|| kept_value(kept), |live| eval(live, book));
            book.know(cell, value);
        }
        if let Some(cell) = layout.copy(position) {
            book.know(cell, copy_of(kept.entry.as_ref()));
        }
    }
    for (index, derivation) in view.scored.derivations.iter().enumerate() {
        if let Some(cell) = layout.at(Layout::row(index), col::CRITERION) {
            book.know(cell, copy_of(derivation.criterion.as_ref()));
        }
    }
}

/// A copy of what a cell holds, as a text to compare with.
fn copy_of(entry: Option<&Entry>) -> Value {
    match entry.map(|entry| original(&entry.cell.value)) {
        Some(Value::Number(number)) => Value::Text(number.to_string()),
        Some(value) => value,
        None => Value::Blank,
    }
}

fn kept_value(kept: &Kept) -> Value {
    match kept.var {
        Var::Item(_) if kept.value == Value::Blank => Value::Blank,
        Var::Item(_) => Value::Text(if is_met(&kept.value) { MET } else { NOT_MET }.to_owned()),
        _ => kept.value.clone(),
    }
}

fn is_met(value: &Value) -> bool {
    value.as_number().is_some_and(|number| !number.is_zero())
}

/// Writes the table below the indicators.
pub(super) fn table(
    sheet: &mut AddedSheet,
    view: &View,
    bindings: &Bindings,
    layout: &Layout,
    book: &KnownCells,
) {
    if bindings.kept.is_empty() {
        return;
    }
    let header = layout.kept_row(0).saturating_sub(1);
    let heading = "取值表：得分公式引用“取值”栏；“原文”是读取时的内容，原单元格改动后，能直接取数的随之变动，其余得分显示“待重算”，请把本文件重新放入收件文件夹或重新运行评分。";
    sheet.across(header.saturating_sub(1), Look::Section, heading);
    let titles = [
        (col::NUMBER, "序号"),
        (col::KEPT_WHAT, "取值项"),
        (col::KEPT_NAME, "三级指标"),
        (col::KEPT_WORDS, "内容"),
        (col::KEPT_COPY, "原文"),
        (col::KEPT_VALUE, "取值"),
        (col::KEPT_PLACE, "位置"),
    ];
    for (column, title) in titles {
        sheet.text(header, column, Look::Header, title);
    }
    merge(sheet, header, Look::Header);
    for (position, kept) in bindings.kept.iter().enumerate() {
        row(sheet, view, layout, book, position, kept);
    }
}

fn merge(sheet: &mut AddedSheet, row: u32, look: Look) {
    sheet.put(row, col::KEPT_WHAT.saturating_add(1), look, Content::Blank);
    sheet.put(row, col::KEPT_WORDS.saturating_add(1), look, Content::Blank);
    sheet.merge_row(row, col::KEPT_WHAT, col::KEPT_NAME.saturating_sub(1));
    sheet.merge_row(row, col::KEPT_WORDS, col::KEPT_COPY.saturating_sub(1));
}

fn row(
    sheet: &mut AddedSheet,
    view: &View,
    layout: &Layout,
    book: &KnownCells,
    position: usize,
    kept: &Kept,
) {
    let row = layout.kept_row(position);
    let number = u32::try_from(position).unwrap_or(0).saturating_add(1);
    sheet.put(row, col::NUMBER, Look::Plain, Content::Number(Number::from(number)));
    let (what, words) = match (&kept.source, kept.var) {
        (Source::Item(item), _) => (format!("第{}{ITEM_SUFFIX}", number_of(kept.var)), item.words.clone()),
        (source, Var::Part(at, _)) => {
            let what = if *source == Source::Target { "指标值" } else { "实际完成值" };
            (what.to_owned(), format!("第{}项规定", u32::from(at).saturating_add(1)))
        }
        (_, Var::TargetBase) => ("指标值的分母".to_owned(), String::new()),
        (_, Var::ActualBase) => ("实际完成值的分母".to_owned(), String::new()),
        (_, Var::Level) => ("实际完成值的档次".to_owned(), "从最好的一档起数".to_owned()),
        (Source::Weight, _) => ("分值".to_owned(), String::new()),
        (Source::Target, _) => ("指标值".to_owned(), String::new()),
        (Source::Actual, _) => ("实际完成值".to_owned(), String::new()),
        (Source::Standard(standard), _) => (standard.name().to_owned(), taken_from(view, kept, *standard)),
    };
    sheet.text(row, col::KEPT_WHAT, Look::Centre, what);
    let result = view.scored.card.indicators.get(kept.indicator);
    let indicator = result.and_then(|result| view.indicator(result));
    let name = view.case.score_form.as_ref().zip(indicator).map(|(form, indicator)| form.called(indicator));
    let name = name.or_else(|| result.map(|result| result.name.clone())).unwrap_or_default();
    sheet.text(row, col::KEPT_NAME, Look::Text, name);
    sheet.text(row, col::KEPT_WORDS, Look::Text, words);
    merge(sheet, row, Look::Text);
    let copy = match copy_of(kept.entry.as_ref()) {
        Value::Text(text) => text,
        _ => String::new(),
    };
    sheet.text(row, col::KEPT_COPY, Look::Text, copy);
    let ticks = view.scored.derivations.get(kept.indicator).is_some_and(|derivation| derivation.ticks);
    let is_date = view.scored.card.indicators.get(kept.indicator).is_some_and(|i| i.rule == Some("date"));
    let look = match kept.var {
        Var::Item(_) if ticks => Look::Tick,
        Var::Item(_) => Look::Centre,
        _ if is_date => Look::Day,
        _ => Look::Plain,
    };
    let content = match (&kept.live, kept_value(kept)) {
        (Some(live), _) => book.formula(live.clone()),
        (None, Value::Text(text)) => Content::Text(text),
        (None, Value::Number(number)) => Content::Number(number),
        (None, _) => Content::Blank,
    };
    sheet.put(row, col::KEPT_VALUE, look, content);
    if let (Look::Tick, Some(cell)) = (look, CellRef::new(row, col::KEPT_VALUE)) {
        let options = vec![MET.to_owned(), NOT_MET.to_owned()];
        sheet.choices.push(Choice { range: RangeRef::new(cell, cell), options });
    }
    sheet.link(row, col::KEPT_PLACE, kept.entry.as_ref().and_then(|entry| entry.at.as_ref()));
}

/// Where the value of a standard was taken from, where the form does not say it.
fn taken_from(view: &View, kept: &Kept, standard: Standard) -> String {
    let result = view.scored.card.indicators.get(kept.indicator);
    let indicator = result.and_then(|result| view.indicator(result));
    let taken = indicator.and_then(|indicator| indicator.benchmark(standard)?.taken.as_ref());
    taken.map(Taken::shown).unwrap_or_default()
}

fn number_of(var: Var) -> String {
    match var {
        Var::Item(position) => u32::from(position).saturating_add(1).to_string(),
        _ => String::new(),
    }
}

/// The cells that a clerk ticks, each with what it holds and the position of its indicator.
pub(super) fn tick_cells(view: &View, bindings: &Bindings, layout: &Layout) -> Vec<(CellAt, String, usize)> {
    let ticks = |kept: &Kept| view.scored.derivations.get(kept.indicator).is_some_and(|d| d.ticks);
    let kept = bindings.kept.iter().enumerate();
    let kept = kept.filter(|(_, kept)| matches!(kept.var, Var::Item(_)) && ticks(kept));
    kept.filter_map(|(position, kept)| {
        let held = match kept_value(kept) {
            Value::Text(text) => text,
            _ => String::new(),
        };
        Some((layout.kept(position)?, held, kept.indicator))
    })
    .collect()
}

/// The ticks on a sheet of an earlier run, by indicator and item.
pub(super) fn ticks(sheet: &Sheet) -> BTreeMap<String, BTreeMap<u32, bool>> {
    let mut found: BTreeMap<String, BTreeMap<u32, bool>> = BTreeMap::new();
    for row in FIRST..=sheet.last_row().unwrap_or(0) {
        let text = |column: u32| sheet.at(row, column).shown();
        let item = text(col::KEPT_WHAT);
        let item = item
            .strip_prefix('第')
            .and_then(|rest| rest.strip_suffix(ITEM_SUFFIX))
            .and_then(|n| n.parse().ok());
        // What was read of a text that a person has deleted since is no tick.
        let met = match text(col::KEPT_VALUE).as_str() {
            _ if !text(col::KEPT_COPY).is_empty() => None,
            MET => Some(true),
            NOT_MET => Some(false),
            _ => None,
        };
        if let (Some(item), Some(met)) = (item, met) {
            found.entry(text(col::KEPT_NAME)).or_default().insert(item, met);
        }
    }
    found
}
