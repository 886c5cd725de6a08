//! The page of all, and one for each department: a row a file, the project's cells in every row of it, so that a filter or
//! an order that a person puts on takes nothing apart.

use std::collections::BTreeSet;

use super::columns::{Column, FIRST, HEADER};
use super::key::Key;
use super::{Adopted, FileLine, MAX_PAGES, MAX_ROWS, NO_DEPARTMENT, RegisterLine, State};
use crate::base::{CellRef, Number, RangeRef, Yuan, printable_cell};
use crate::intake::identity::Stage;
use crate::present::{AddedSheet, Choice, Content, Look, folded, free};
use crate::service::summary::leads;

/// The page of all.
pub(super) const ALL: &str = "全部";
/// The first page.
pub(super) const FRONT: &str = "汇总";
/// What a person puts beside the version that counts.
pub(super) const TICK: &str = "√";
/// UTF-16 units of a sheet's name (Excel's own limit), with room for a number behind it.
const MAX_NAME: usize = 26;
/// Characters of a foreign text in a cell: what is longer is of no use to anybody.
const MAX_TEXT: usize = 1_000;
const HOW: &str = "“重复待选”的项目，请在应采用的版本一行的“采用”栏选√并保存，下次运行时读取（“全部”和各主管部门页改一处即可）；\
                   “催报”栏可自由填写，下次保留。点“状态”打开评分结果。金额单位：元。";

/// A page and the department it is of.
pub(super) struct Page {
    pub(super) sheet: AddedSheet,
    pub(super) department: Option<String>,
}

/// A row: its line with the line's number, its file, and whether the row above is of the same line.
struct Row<'l> {
    number: usize,
    line: &'l RegisterLine,
    file: Option<&'l FileLine>,
    again: bool,
}

/// A department as the register shows it.
pub(super) fn department(line: &RegisterLine) -> String {
    let name = shown(&line.department);
    if name.trim().is_empty() { NO_DEPARTMENT.to_owned() } else { name.trim().to_owned() }
}

/// A foreign text as a cell has it.
fn shown(text: &str) -> String {
    printable_cell(text).chars().take(MAX_TEXT).collect()
}

/// Builds the pages. Of more rows than a person can use the first are shown.
pub(super) fn build(lines: &[RegisterLine]) -> Vec<Page> {
    let rows: Vec<Row> = (1..).zip(lines).flat_map(rows).take(MAX_ROWS).collect();
    let mut taken: BTreeSet<String> = [FRONT, ALL].map(folded).into_iter().collect();
    let all: Vec<&Row> = rows.iter().collect();
    let mut pages = vec![Page { sheet: page(ALL, &all, None), department: None }];
    let mut departments: Vec<String> = Vec::new();
    for row in &rows {
        let name = department(row.line);
        if !departments.contains(&name) {
            departments.push(name);
        }
    }
    for name in departments.into_iter().take(MAX_PAGES) {
        let own: Vec<&Row> = rows.iter().filter(|row| department(row.line) == name).collect();
        let sheet = free(&sheet_name(&name), &taken);
        taken.insert(folded(&sheet));
        pages.push(Page { sheet: page(&sheet, &own, Some(&name)), department: Some(name) });
    }
    pages
}

fn rows((number, line): (usize, &RegisterLine)) -> Vec<Row<'_>> {
    if line.files.is_empty() {
        return vec![Row { number, line, file: None, again: false }];
    }
    let of_file = |(at, file)| Row { number, line, file: Some(file), again: at > 0 };
    (0_usize..).zip(&line.files).map(of_file).collect()
}

/// A department as the name of a sheet: without what Excel does not allow there.
fn sheet_name(department: &str) -> String {
    let allowed = |c: char| match c {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '_',
        c if c.is_control() => ' ',
        c => c,
    };
    let mut name = String::new();
    let mut units = 0_usize;
    for c in department.chars().map(allowed) {
        units = units.saturating_add(c.len_utf16());
        if units > MAX_NAME {
            break;
        }
        name.push(c);
    }
    let name = name.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    // Excel keeps one name for itself.
    match name {
        "" => "_".to_owned(),
        name if name.eq_ignore_ascii_case("history") => format!("{name}_"),
        name => name.to_owned(),
    }
}

fn page(name: &str, rows: &[&Row], department: Option<&str>) -> AddedSheet {
    let hidden = |column: Column| department.is_some() && column == Column::Department;
    let widths = Column::ALL.map(|column| if hidden(column) { 0 } else { column.width() });
    let mut sheet = AddedSheet::new(name, &widths);
    sheet.landscape = true;
    // Rows are sorted; what is changed besides is found when the register is read.
    sheet.open = true;
    let of = department.map(|name| format!("：{name}")).unwrap_or_default();
    sheet.title(&format!("收件登记表{of}"));
    sheet.across(1, Look::Subtitle, HOW);
    for column in Column::ALL {
        sheet.text(HEADER, column.index(), Look::Header, column.title());
    }
    let mut at = FIRST;
    for row in rows {
        write(&mut sheet, at, row, rows.len());
        at = at.saturating_add(1);
    }
    let last = at.saturating_sub(1).max(HEADER);
    let corner = |row: u32, column: Column| CellRef::new(row, column.index());
    // The hidden column is within the filter, so that it is sorted with the others.
    let filter = corner(HEADER, Column::Number).zip(corner(last, Column::Key));
    sheet.filter = filter.map(|(first, last)| RangeRef::new(first, last));
    sheet.header_rows = Some((HEADER, HEADER));
    // In every row, for a choice does not move along when rows are sorted.
    let ticks = corner(FIRST, Column::Adopted).zip(corner(last.max(FIRST), Column::Adopted));
    if let Some((first, last)) = ticks {
        let options = vec![TICK.to_owned()];
        sheet.choices.push(Choice { range: RangeRef::new(first, last), options });
    }
    sheet
}

fn write(sheet: &mut AddedSheet, at: u32, row: &Row, rows: usize) {
    let key = Key::new(row.line, row.file, rows, |column| told(row, column));
    for column in Column::ALL {
        let (look, index) = (look(row, column), column.index());
        let text = if column == Column::Key { key.text() } else { told(row, column) };
        match (column, number(row, column)) {
            (_, Some(number)) => sheet.put(at, index, look, Content::Number(number)),
            (Column::State, _) => match row.file.and_then(|file| file.way.as_ref()) {
                Some(way) if leads(way, at) => {
                    sheet.put(at, index, look, Content::File { path: way.clone(), text });
                }
                _ => sheet.text(at, index, look, text),
            },
            _ => sheet.text(at, index, look, text),
        }
    }
}

/// The number of a cell, where it is one.
fn number(row: &Row, column: Column) -> Option<Number> {
    let count = |count: usize| u32::try_from(count).ok().map(Number::from);
    match column {
        Column::Number => count(row.number),
        Column::Findings => row.line.findings.and_then(count),
        Column::Budget => row.line.budget_difference.map(Yuan::number),
        Column::Spent => row.line.spent_difference.map(Yuan::number),
        _ => None,
    }
}

/// What a cell says.
fn told(row: &Row, column: Column) -> String {
    let line = row.line;
    let file = |part: fn(&FileLine) -> &str| row.file.map(|file| shown(part(file))).unwrap_or_default();
    match column {
        Column::Number | Column::Findings | Column::Budget | Column::Spent => {
            number(row, column).map(|number| number.to_string()).unwrap_or_default()
        }
        Column::Department => department(line),
        Column::Agency => shown(&line.agency),
        Column::Code => shown(&line.code),
        Column::Project => shown(&line.project),
        Column::Expected => line.expected.map_or("—", yes_or_no).to_owned(),
        Column::Received => received(line),
        Column::File => file(|file| &file.name),
        Column::Kind => file(|file| &file.kind),
        Column::Stage => file(|file| file.stage.as_deref().unwrap_or_default()),
        Column::State => line.state.name().to_owned(),
        Column::Adopted => match row.file.map(|file| file.adopted) {
            Some(Adopted::Taken) => TICK.to_owned(),
            _ => String::new(),
        },
        Column::Reminder => shown(&line.reminder),
        Column::Note => file(|file| &file.note),
        Column::Key => String::new(),
    }
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}

/// Whether anything came, and of which stages where they are several, in the order of the year. What belongs to no project
/// is none that came.
fn received(line: &RegisterLine) -> String {
    if line.loose {
        return "—".to_owned();
    }
    let of_year = |stage: &&str| Stage::ALL.iter().position(|known| known.name() == *stage);
    let mut stages: Vec<&str> = line.files.iter().filter_map(|file| file.stage.as_deref()).collect();
    stages.sort_by_key(|stage| (of_year(stage).unwrap_or(usize::MAX), *stage));
    stages.dedup();
    let came = yes_or_no(!line.files.is_empty());
    if stages.len() > 1 { format!("{came}（{}）", shown(&stages.join("、"))) } else { came.to_owned() }
}

fn look(row: &Row, column: Column) -> Look {
    match column {
        Column::Number | Column::Findings => Look::Plain,
        Column::Budget | Column::Spent => Look::Money,
        Column::Adopted => match row.file.map(|file| file.adopted) {
            Some(Adopted::Open | Adopted::Taken) => Look::Tick,
            _ => Look::Centre,
        },
        Column::Reminder => Look::Input,
        Column::State => match row.line.state {
            State::Scored | State::Checked if row.file.is_some_and(|file| file.way.is_some()) => Look::Link,
            State::Scored | State::Checked | State::Noted => Look::Centre,
            State::Returned | State::Missing => Look::Bad,
            State::ByHand | State::Duplicate | State::NotListed => Look::Caution,
        },
        Column::Expected | Column::Received | Column::Kind | Column::Stage => Look::Centre,
        Column::Department | Column::Agency | Column::Code | Column::Project if row.again => Look::Again,
        _ => Look::Text,
    }
}
