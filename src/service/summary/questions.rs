//! 待确认栏目: the columns of all forms that a person is asked about, one line a title; and how it is read back.

use super::page::{Known, Page};
use crate::base::{CellRef, RangeRef};
use crate::mapping::Column;
use crate::mapping::title::normalise;
use crate::present::{AddedSheet, Choice, Look};
use crate::service::question::{Asked, AskedTitle, MAX_LISTED, column_named, meaning, offered};
use crate::sheet::Sheet;

/// The sheet's name.
pub(in crate::service) const NAME: &str = "待确认栏目";
const QUESTION: &str = "请确认";
const TITLE: &str = "栏目标题";
const ANSWER: &str = "回答";
const STATUS: &str = "状态";
const MAPPING: &str = "映射";
const TITLES: [&str; 10] =
    ["序号", "表的种类", TITLE, "份数", "样例", "本次处理", QUESTION, ANSWER, STATUS, MAPPING];
const WIDTHS: [u16; 10] = [5, 10, 18, 6, 22, 12, 32, 14, 12, 18];
const HEADER: u32 = 2;
const FIRST: u32 = 3;
const ANSWER_COL: u32 = 7;
/// Answered titles that are listed; the mapping files have all of them.
const MAX_ANSWERED: usize = 500;
/// Rows of a summary that are looked at for the column titles, and below them for answers.
const MAX_HEAD: u32 = 20;
const MAX_ROWS: usize = 2_000;
const WAITING: &str = "待确认";
const CONFIRMED: &str = "已确认：";
const AND: char = '；';
/// Around the number by which the newest of several summaries is told.
const NUMBER: (&str, &str) = ("（第", "次汇总）");

/// Builds the sheet; none where nothing is asked.
pub(super) fn build(asked: &Asked, number: u32, known: &mut Known) -> Option<AddedSheet> {
    if asked.lines.is_empty() && asked.others == 0 {
        return None;
    }
    let mut said = String::from(
        "请在“回答”一栏的下拉列表中选择含义，保存后用同样的命令再运行一次 jixiao batch，所有的表即按回答评分。",
    );
    if asked.more > 0 {
        said.push_str(&format!("另有 {} 种标题没有列出（此处只列前 {MAX_LISTED} 种）。", asked.more));
    }
    if asked.others > 0 {
        said.push_str(&format!(
            "另有 {} 栏没有标题，或标题过长、含有“*”“>”，不能按标题确认：请在原表中写明标题后重新提交。",
            asked.others
        ));
    }
    let (before, after) = NUMBER;
    said.push_str(&format!("{before}{number}{after}"));
    let mut page = Page::printed(NAME, (&WIDTHS, 8), &TITLES, &said, known);
    let mut row = FIRST;
    let answered = asked.lines.iter().filter(|line| line.answer.is_some()).take(MAX_ANSWERED);
    for line in asked.lines.iter().filter(|line| line.answer.is_none()).chain(answered) {
        write(&mut page, row, line);
        row = row.saturating_add(1);
    }
    page.filter(HEADER, TITLES.len(), row.saturating_sub(1));
    Some(page.sheet)
}

fn write(page: &mut Page, row: u32, line: &AskedTitle) {
    page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
    page.text(row, 1, Look::Text, line.kind.as_str());
    page.text(row, 2, Look::Text, line.title.as_str());
    page.count(row, 3, line.forms);
    page.text(row, 4, Look::Text, line.samples.join("\n"));
    page.text(row, 5, Look::Text, done(line));
    page.text(row, 6, Look::Text, line.sentence());
    page.text(row, ANSWER_COL, Look::Tick, line.answer.map_or("", meaning));
    page.text(row, 8, if line.answer.is_some() { Look::Text } else { Look::Caution }, status(line));
    page.text(row, 9, Look::Text, line.mapping.as_str());
    if let Some(cell) = CellRef::new(row, ANSWER_COL) {
        let range = RangeRef::new(cell, cell);
        page.sheet.choices.push(Choice { range, options: line.options() });
    }
}

/// What was done with the columns in this run.
fn done(line: &AskedTitle) -> String {
    match (line.answer, line.guess) {
        (Some(_), _) => "按回答处理".to_owned(),
        (None, Some(guess)) => format!("推测是“{}”，已按此计算", meaning(guess)),
        (None, None) => "没有采用".to_owned(),
    }
}

fn status(line: &AskedTitle) -> String {
    let Some(answer) = line.answer else { return WAITING.to_owned() };
    let mut text = format!("{CONFIRMED}{}", meaning(answer));
    match line {
        AskedTitle { forms: 0, .. } => text.push_str(&format!("{AND}本次材料中没有出现")),
        AskedTitle { open: 1.., .. } => {
            text.push_str(&format!("{AND}其中 {} 份仍不能确定，见各结果文件", line.open));
        }
        AskedTitle { .. } => {}
    }
    text
}

/// A line of an earlier summary.
#[derive(Debug)]
pub(in crate::service) struct TypedAnswer {
    pub(in crate::service) mapping: String,
    pub(in crate::service) title: String,
    /// What was confirmed when the summary was written.
    pub(in crate::service) before: Option<Column>,
    /// What stands there now: nothing, a meaning, or a text that is none of those offered.
    pub(in crate::service) now: Result<Option<Column>, String>,
    /// Where.
    pub(in crate::service) cell: CellRef,
}

/// Reads the sheet of an earlier summary: its number, and its lines.
pub(in crate::service) fn read(sheet: &Sheet) -> (u32, Vec<TypedAnswer>) {
    let shown = |row: u32, col: u32| sheet.at(row, col).shown();
    let last = sheet.last_row().unwrap_or_default();
    let number = (0..last.min(MAX_HEAD)).flat_map(|row| sheet.row(row)).find_map(|(_, cell)| {
        let text = cell.shown();
        let (_, rest) = text.rsplit_once(NUMBER.0)?;
        rest.split_once(NUMBER.1)?.0.parse().ok()
    });
    let place = |row: u32, title: &str| {
        let found = sheet.row(row).find(|(_, cell)| normalise(&cell.shown()) == title)?;
        Some(found.0.col())
    };
    // A person may have moved the columns.
    let header = (0..last.min(MAX_HEAD)).find_map(|row| {
        Some((row, place(row, TITLE)?, place(row, ANSWER)?, place(row, STATUS)?, place(row, MAPPING)?))
    });
    let Some((header, title, answer, status, mapping)) = header else {
        return (number.unwrap_or_default(), Vec::new());
    };
    let question = place(header, QUESTION);
    let rows = (header.saturating_add(1)..=last).take(MAX_ROWS);
    let line = |row: u32| {
        let choices = offered(&question.map(|col| shown(row, col)).unwrap_or_default());
        let text = shown(row, answer);
        let now = match text.trim() {
            "" => Ok(None),
            text => column_named(text, &choices).map(Some).ok_or_else(|| text.chars().take(40).collect()),
        };
        let (title, mapping) = (shown(row, title), shown(row, mapping).trim().to_owned());
        let status = shown(row, status);
        let confirmed = status.trim().strip_prefix(CONFIRMED).and_then(|rest| rest.split(AND).next());
        let every: Vec<Column> = Column::ALL.iter().map(|(column, _)| *column).collect();
        let before = confirmed.and_then(|text| column_named(text, &every));
        let cell = CellRef::new(row, answer)?;
        (!normalise(&title).is_empty()).then_some(TypedAnswer { mapping, title, before, now, cell })
    };
    (number.unwrap_or_default(), rows.filter_map(line).collect())
}
