//! 栏目确认: the columns whose meaning a person is asked for, on 处理说明, with a list to choose from; and the answers that
//! an earlier run finds there.

use std::collections::BTreeMap;

use super::across_files;
use super::sheet::{AddedSheet, Choice, Content, Look};
use super::view::View;
use crate::base::{CellRef, RangeRef};
use crate::mapping::{Answered, Column};
use crate::model::{AccountColumn, Evidence, Fate};
use crate::sheet::Sheet;

/// The heading by which the table is found again.
const HEADING: &str = "栏目确认";
/// What follows it.
const ASK: &str = "：请在右边一栏选择含义，保存后把本文件重新提交，程序按所选的含义重新评分";
/// The columns of the table: the title, what was made of it, the answer.
const TITLE: u32 = 0;
const WORDS: u32 = 1;
const ANSWER: u32 = 2;
/// Characters of an answer that is none of the choices.
const MAX_ANSWER_CHARS: usize = 60;
/// What a clerk chooses for a column without a part in scoring.
const NONE: &str = "说明文字（不参与评分）";

/// What a clerk calls a column.
pub fn answer_name(column: Column) -> &'static str {
    if column == Column::Other { NONE } else { column.chinese() }
}

/// The column that a clerk calls so.
pub fn answer_column(name: &str) -> Option<Column> {
    Column::ALL.iter().map(|(column, _)| *column).find(|column| answer_name(*column) == name)
}

/// Writes the table from a row on, and says where it ends; nothing where nobody is asked and nobody has answered.
pub(super) fn table(sheet: &mut AddedSheet, view: &View, row: u32) -> u32 {
    let asked = |column: &&AccountColumn| {
        !column.title.is_empty() && (column.weighty || answered(view, column).is_some())
    };
    let columns = view.case.forms.iter().flat_map(|form| form.account.columns.iter().filter(asked));
    let mut columns: Vec<&AccountColumn> = columns.collect();
    columns.dedup_by(|one, other| one.title == other.title && one.at.sheet == other.at.sheet);
    if columns.is_empty() {
        return row;
    }
    sheet.text(row, TITLE, Look::Section, format!("{HEADING}{ASK}"));
    let mut row = row.saturating_add(1);
    for (col, title) in [(TITLE, "栏目"), (WORDS, "说明"), (ANSWER, "含义（请选择）")] {
        sheet.text(row, col, Look::Header, title);
    }
    for column in columns {
        row = row.saturating_add(1);
        sheet.put(
            row,
            TITLE,
            Look::Link,
            Content::Link { to: column.at.clone(), text: column.title.clone() },
        );
        sheet.text(row, WORDS, Look::Text, words(view, column));
        // What a person typed is kept, also where it is none of the choices.
        let typed = view.earlier.given.other_answers.get(&column.title).map(String::as_str);
        let chosen = answered(view, column).map(answer_name).or(typed).unwrap_or_default();
        let content = if chosen.is_empty() { Content::Blank } else { Content::Text(chosen.to_owned()) };
        sheet.put(row, ANSWER, Look::Tick, content);
        let options = answer_names(column).into_iter().map(str::to_owned).collect();
        if let Some(cell) = CellRef::new(row, ANSWER) {
            sheet.choices.push(Choice { range: RangeRef::new(cell, cell), options });
        }
    }
    row.saturating_add(2)
}

/// What a person may choose for a column.
pub fn answer_names(column: &AccountColumn) -> Vec<&'static str> {
    column.choices.iter().filter_map(|word| column_of(word)).map(answer_name).collect()
}

fn column_of(word: &str) -> Option<Column> {
    Column::ALL.iter().find(|(_, have)| *have == word).map(|(column, _)| *column)
}

/// What a person has answered about a column.
fn answered(view: &View, column: &AccountColumn) -> Option<Column> {
    view.earlier.given.answers.iter().find(|answer| answer.title == column.title).map(|answer| answer.column)
}

/// What was made of a column, and where it stands.
fn words(view: &View, column: &AccountColumn) -> String {
    let place = across_files::place(view, &column.at);
    let sample =
        column.sample.as_ref().map(|(at, text)| format!("，如 {} “{text}”", at.cell)).unwrap_or_default();
    let role = column_of(&column.role).map(answer_name).unwrap_or_default();
    if let Some(typed) = view.earlier.given.other_answers.get(&column.title) {
        return format!("{place}{sample}：您填的“{typed}”不在可选项中，没有采用，请从右边的下拉框中选择。");
    }
    match (column.fate, column.evidence) {
        (_, Evidence::Answer) => format!("{place}{sample}：已按所选的含义处理。"),
        _ if column.choices.contains(&Column::Debit.word()) => match column.fate {
            Fate::Used => format!("{place}{sample}：推测是明细账的“{role}”，已按此计算合计，请确认。"),
            _ => format!("{place}{sample}：没有采用，可能影响支出合计，说明其含义前不给出明细账合计。"),
        },
        (Fate::Used, _) => format!("{place}{sample}：推测是“{role}”，已按此计算，确认前不定等级。"),
        _ => format!("{place}{sample}：没有采用，像是指标的数值，说明其含义前不定等级。"),
    }
}

/// The rows of the table on a sheet of an earlier run, each with the title that it asks about.
fn rows(sheet: &Sheet) -> Vec<(u32, String)> {
    let last = sheet.last_row().unwrap_or(0);
    let text = |row: u32, col: u32| sheet.at(row, col).shown();
    let Some(heading) = (0..=last).find(|row| text(*row, TITLE).starts_with(HEADING)) else {
        return Vec::new();
    };
    let titled = (heading.saturating_add(2)..=last).map(|row| (row, plain(&text(row, TITLE))));
    titled.take_while(|(_, title)| !title.is_empty()).collect()
}

/// A title as it is known by.
fn plain(title: &str) -> String {
    title.split_whitespace().collect()
}

/// The row and column where is chosen what the column of this title means.
pub(super) fn answer_place(sheet: &Sheet, title: &str) -> Option<(u32, u32)> {
    let wanted = plain(title);
    let row = rows(sheet).into_iter().find(|(_, title)| *title == wanted)?.0;
    Some((row, ANSWER))
}

/// What a person answered on a sheet of an earlier run, and by title what is none of the choices. Two answers about one
/// title that differ are none.
pub(super) fn answers(sheet: &Sheet) -> (Vec<Answered>, BTreeMap<String, String>) {
    let mut other: BTreeMap<String, String> = BTreeMap::new();
    let mut found: BTreeMap<String, Option<Column>> = BTreeMap::new();
    for (row, title) in rows(sheet) {
        let typed = sheet.at(row, ANSWER).shown();
        let Some(column) = answer_column(typed.trim()) else {
            if !typed.trim().is_empty() {
                other.insert(title, typed.trim().chars().take(MAX_ANSWER_CHARS).collect());
            }
            continue;
        };
        found
            .entry(title)
            .and_modify(|have| *have = have.filter(|have| *have == column))
            .or_insert(Some(column));
    }
    let told = found.into_iter().filter_map(|(title, column)| Some((title, column?)));
    (told.map(|(title, column)| Answered { mapping: None, title, column }).collect(), other)
}
