//! 取值表: the values that the formulas of 评分明细 refer to, each beside a copy of the text it was read from; and the ticks
//! that a clerk gives there.

use super::binding::{Bindings, Kept, MET, NOT_MET};
use super::detail::{Layout, col};
use super::known_cells::{KnownCells, original};
use super::sheet::{AddedSheet, Choice, Content, Look};
use super::view::View;
use crate::base::{CellAt, CellRef, Number, RangeRef};
use crate::expr::{Value, Var, eval};
use crate::model::{Entry, Standard, Taken};
use crate::notation::Row;
use crate::returned::{OtherTicks, OurSheet, Ticks};
use crate::score::{ITEM_SUFFIX, Source};
use crate::sheet::{self as cell, Sheet};

/// The titles of the table; in earlier versions it stood on 评分明细 in other columns.
const TITLES: [&str; 7] = ["序号", WHAT_TITLE, NAME_TITLE, "内容", COPY_TITLE, VALUE_TITLE, "所在单元格"];
const WIDTHS: [u16; 7] = [5, 16, 20, 27, 27, 14, 17];
const WHAT_TITLE: &str = "取值项";
const NAME_TITLE: &str = "三级指标";
const COPY_TITLE: &str = "原文";
const VALUE_TITLE: &str = "取值";
const HEADER: u32 = 3;
const FIRST: u32 = 4;
const WHAT: u32 = 1;
const NAME: u32 = 2;
const WORDS: u32 = 3;
/// The columns of the copies and of the values.
pub(super) const COPY: u32 = 4;
pub(super) const VALUE: u32 = 5;
const PLACE: u32 = 6;
const EXPLAINED: &str = "本表列出由文字读出、计分用到的数（表中直接填写的数字不再列出）：“原文”是填报的内容，“取值”是据以计分的数。";
/// What is said where a person is to tick, and where nobody fills anything in.
const TICKED: &str = "黄色格请选“是”或“否”，选后得分自动算出；其余各格请勿改动。";
const LOCKED: &str = "各格请勿改动。";
const CHANGED: &str = "原表内容改动后，得分显示“待评分（原表已改动）”的，请把本文件交回重新评分。";
/// Columns in which the table's titles are looked for.
const MAX_COLUMNS: u32 = 12;

/// The row of the kept value at this position.
pub(super) fn row_of(position: usize) -> u32 {
    FIRST.saturating_add(u32::try_from(position).unwrap_or(u32::MAX))
}

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

/// Builds the sheet; `None` where no formula needs a value of its own.
pub(super) fn build(view: &View, bindings: &Bindings, book: &KnownCells) -> Option<AddedSheet> {
    if bindings.kept.is_empty() {
        return None;
    }
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Values), &WIDTHS);
    sheet.landscape = true;
    sheet.header_rows = Some((HEADER, HEADER));
    sheet.title(OurSheet::Values.heading());
    sheet.across(1, Look::Subtitle, view.subtitle());
    let ticks = bindings.kept.iter().any(|kept| is_ticked(view, kept));
    sheet.across(2, Look::Remark, format!("{EXPLAINED}{}{CHANGED}", if ticks { TICKED } else { LOCKED }));
    for (column, title) in (0_u32..).zip(TITLES) {
        sheet.text(HEADER, column, Look::Header, title);
    }
    for (position, kept) in bindings.kept.iter().enumerate() {
        row(&mut sheet, view, book, position, kept);
    }
    sheet.leave_out_empty(HEADER, &[WORDS, COPY], &[WORDS, COPY]);
    Some(sheet)
}

fn row(sheet: &mut AddedSheet, view: &View, book: &KnownCells, position: usize, kept: &Kept) {
    let row = row_of(position);
    let number = u32::try_from(position).unwrap_or(0).saturating_add(1);
    sheet.put(row, 0, Look::Plain, Content::Number(Number::from(number)));
    let (what, words) = kept.source.called(kept.var);
    let words = match &kept.source {
        Source::Standard(standard) => taken_from(view, kept, *standard),
        _ => words,
    };
    sheet.text(row, WHAT, Look::Centre, what);
    let result = view.scored.card.indicators.get(kept.indicator);
    let indicator = result.and_then(|result| view.indicator(result));
    let name = view.case.score_form.as_ref().zip(indicator).map(|(form, indicator)| form.called(indicator));
    let name = name.or_else(|| result.map(|result| result.name.clone())).unwrap_or_default();
    sheet.text(row, NAME, Look::Text, name);
    sheet.text(row, WORDS, Look::Text, words);
    let copy = match copy_of(kept.entry.as_ref()) {
        // No formula compares with the copy of what it follows.
        Value::Text(_) if kept.live.is_some() => kept.entry.as_ref().map(Entry::shown).unwrap_or_default(),
        Value::Text(text) => text,
        _ => String::new(),
    };
    let look = match kept.var {
        Var::Item(_) if is_ticked(view, kept) => Look::Tick,
        Var::Item(_) => Look::Centre,
        _ if is_date(view, kept) => Look::Day,
        _ if is_share(kept, &copy) => Look::Rate,
        _ => Look::Plain,
    };
    sheet.text(row, COPY, Look::Text, copy);
    let content = match (&kept.live, kept_value(kept)) {
        (Some(live), _) => book.formula(live.clone()),
        (None, Value::Blank) if look == Look::Tick => {
            other_tick(view, kept).map_or(Content::Blank, Content::Text)
        }
        (None, Value::Text(text)) => Content::Text(text),
        (None, Value::Number(number)) => Content::Number(number),
        (None, _) => Content::Blank,
    };
    sheet.put(row, VALUE, look, content);
    if let (Look::Tick, Some(cell)) = (look, CellRef::new(row, VALUE)) {
        let options = vec![MET.to_owned(), NOT_MET.to_owned()];
        sheet.choices.push(Choice { range: RangeRef::new(cell, cell), options });
    }
    sheet.link(row, PLACE, kept.entry.as_ref().and_then(|entry| entry.at.as_ref()));
}

/// Whether a person ticks it.
fn is_ticked(view: &View, kept: &Kept) -> bool {
    let ticks = view.scored.derivations.get(kept.indicator).is_some_and(|derivation| derivation.ticks);
    matches!(kept.var, Var::Item(_)) && ticks
}

/// Whether it is a day: the rule asks for one, or its cell holds one.
fn is_date(view: &View, kept: &Kept) -> bool {
    let result = view.scored.card.indicators.get(kept.indicator);
    if result.is_some_and(|result| result.rule == Some("date")) {
        return true;
    }
    let holds = |entry: &Entry| matches!(entry.cell.value, cell::Value::Date(_));
    let promised = || {
        let indicator = result.and_then(|result| view.indicator(result))?;
        Some(Row::read(view.case, indicator, None, None).target()?.is_date())
    };
    kept.entry.as_ref().is_some_and(holds)
        || matches!(kept.var, Var::Target | Var::Actual) && promised().unwrap_or_default()
}

/// Whether it is a share that was written in percent.
fn is_share(kept: &Kept, copy: &str) -> bool {
    let hundredfold = kept.value.as_number().and_then(|share| share.times(Number::from(100)));
    copy.ends_with('%') && hundredfold.is_some_and(|share| copy.contains(&share.normalize().to_string()))
}

/// Where the value of a standard was taken from, where the form does not say it.
fn taken_from(view: &View, kept: &Kept, standard: Standard) -> String {
    let result = view.scored.card.indicators.get(kept.indicator);
    let indicator = result.and_then(|result| view.indicator(result));
    let taken = indicator.and_then(|indicator| indicator.benchmark(standard)?.taken.as_ref());
    taken.map(Taken::shown).unwrap_or_default()
}

/// What a person put in the place of a tick that is neither 是 nor 否: it is not used, and stays.
fn other_tick(view: &View, kept: &Kept) -> Option<String> {
    let Var::Item(position) = kept.var else { return None };
    let result = view.scored.card.indicators.get(kept.indicator)?;
    let (form, indicator) = view.case.score_form.as_ref().zip(view.indicator(result))?;
    let item = u32::from(position).saturating_add(1);
    view.case.other_ticks.get(&form.called(indicator))?.get(&item).cloned()
}

/// The cells that a clerk ticks, each with what it holds and the position of its indicator.
pub(super) fn tick_cells(view: &View, bindings: &Bindings, layout: &Layout) -> Vec<(CellAt, String, usize)> {
    let ticks = |kept: &Kept| view.scored.derivations.get(kept.indicator).is_some_and(|d| d.ticks);
    let kept = bindings.kept.iter().enumerate();
    let kept = kept.filter(|(_, kept)| matches!(kept.var, Var::Item(_)) && ticks(kept));
    kept.filter_map(|(position, kept)| {
        let held = match kept_value(kept) {
            Value::Text(text) => text,
            _ => other_tick(view, kept).unwrap_or_default(),
        };
        Some((layout.kept(position)?, held, kept.indicator))
    })
    .collect()
}

/// The ticks on a sheet of an earlier run, by indicator and item, and what stands in the place of one and is none.
pub(super) fn ticks(sheet: &Sheet) -> (Ticks, OtherTicks) {
    let (mut found, mut others) = (Ticks::new(), OtherTicks::new());
    for Asked { of, item, row, column } in items(sheet) {
        let met = match sheet.at(row, column).shown().as_str() {
            MET => true,
            NOT_MET => false,
            "" => continue,
            other => {
                others.entry(of).or_default().insert(item, other.to_owned());
                continue;
            }
        };
        found.entry(of).or_default().insert(item, met);
    }
    (found, others)
}

/// Where an item of a checklist is ticked.
pub(super) struct Asked {
    /// What the sheet calls the indicator.
    pub(super) of: String,
    /// The item, from 1.
    pub(super) item: u32,
    row: u32,
    column: u32,
}

impl Asked {
    /// The cell of the tick.
    pub(super) fn cell(&self) -> Option<CellRef> {
        CellRef::new(self.row, self.column)
    }
}

/// The items on a sheet of an earlier run.
pub(super) fn items(sheet: &Sheet) -> Vec<Asked> {
    let mut found = Vec::new();
    let last = sheet.last_row().unwrap_or(0);
    let titled =
        |row: u32, title: &str| (0..MAX_COLUMNS).find(|column| sheet.at(row, *column).shown() == title);
    let Some(header) = (0..=last).find(|row| titled(*row, WHAT_TITLE).is_some()) else {
        return found;
    };
    // Without any copy, there is no column of them.
    let copy = titled(header, COPY_TITLE);
    let [Some(what), Some(name), Some(value)] =
        [WHAT_TITLE, NAME_TITLE, VALUE_TITLE].map(|title| titled(header, title))
    else {
        return found;
    };
    for row in header.saturating_add(1)..=last {
        let text = |column: u32| sheet.at(row, column).shown();
        // What was read of a text that a person has deleted since is no tick.
        if copy.is_some_and(|copy| !text(copy).is_empty()) {
            continue;
        }
        let item = text(what);
        let item = item
            .strip_prefix('第')
            .and_then(|rest| rest.strip_suffix(ITEM_SUFFIX))
            .and_then(|n| n.parse().ok());
        if let Some(item) = item {
            found.push(Asked { of: text(name), item, row, column: value });
        }
    }
    found
}
