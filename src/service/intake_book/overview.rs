//! 汇总: how many projects of each department are in which state.

use super::key;
use super::pages::{self, FRONT, Page};
use super::{Counts, MAX_PAGES, MAX_ROWS, NO_DEPARTMENT, RegisterLine, State};
use crate::base::{CellRef, Date, Number, printable_cell};
use crate::present::{AddedSheet, Content, Look};

const DEPARTMENT: &str = "主管部门";
const COUNTS: [&str; 3] = ["项目数", "应报", "已报"];
const BEHIND: [&str; 2] = ["另有材料", "问题数"];
const HEADER: u32 = 2;

/// What a row says behind the department, as the titles do.
fn numbers(counts: &Counts) -> Vec<usize> {
    let Counts { projects, expected, received, states, others, findings } = counts;
    [*projects, *expected, *received].into_iter().chain(*states).chain([*others, *findings]).collect()
}

/// Builds the page; the departments stand in the order of their pages, those without one behind them.
pub(super) fn build(lines: &[RegisterLine], pages: &[Page], today: Date) -> Page {
    let mut departments: Vec<(String, Counts)> = Vec::new();
    let total = Counts::of(lines);
    for line in lines {
        let name = pages::department(line);
        let at = departments.iter().position(|(known, _)| *known == name);
        match at.and_then(|at| departments.get_mut(at)) {
            Some((_, own)) => own.add(line),
            None => departments.push((name, Counts::of([line]))),
        }
    }
    let titles: Vec<&str> =
        [DEPARTMENT].into_iter().chain(COUNTS).chain(State::ALL.map(State::name)).chain(BEHIND).collect();
    let shown = titles.iter().map(|title| if *title == DEPARTMENT { 30 } else { 12 });
    // The last is hidden.
    let widths: Vec<u16> = shown.chain([0]).collect();
    let mut sheet = AddedSheet::new(FRONT, &widths);
    sheet.landscape = true;
    sheet.title("收件登记表汇总");
    sheet.across(1, Look::Subtitle, subtitle(lines, &total, &departments, today));
    for (column, title) in (0..).zip(&titles) {
        sheet.text(HEADER, column, Look::Header, *title);
    }
    let mut row = HEADER.saturating_add(1);
    for (name, own) in &departments {
        let page = pages.iter().find(|page| page.department.as_ref() == Some(name));
        let to = page.and_then(|page| page.sheet.address(0, 0));
        match to {
            Some(to) => sheet.put(row, 0, Look::Link, Content::Link { to, text: name.clone() }),
            None => sheet.text(row, 0, Look::Text, name.as_str()),
        }
        counts(&mut sheet, row, own, Look::Plain);
        row = row.saturating_add(1);
    }
    sheet.text(row, 0, Look::TotalLabel, "合计");
    counts(&mut sheet, row, &total, Look::Total);
    sheet.header_rows = Some((HEADER, HEADER));
    seal(&mut sheet, u32::try_from(titles.len()).unwrap_or(u32::MAX));
    Page { sheet, department: None }
}

/// Puts the digest of all cells beside them, so that what a person writes here is seen.
fn seal(sheet: &mut AddedSheet, column: u32) {
    let texts: Vec<(CellRef, String)> = sheet
        .cells
        .iter()
        .map(|(at, cell)| match &cell.content {
            Content::Text(text) | Content::Link { text, .. } => (*at, printable_cell(text).into_owned()),
            Content::Number(number) => (*at, number.to_string()),
            _ => (*at, String::new()),
        })
        .collect();
    let seal = key::front(texts.iter().map(|(at, text)| (*at, text.as_str())));
    sheet.text(HEADER, column, Look::Header, seal);
}

fn counts(sheet: &mut AddedSheet, row: u32, own: &Counts, look: Look) {
    for (column, count) in (1..).zip(numbers(own)) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        sheet.put(row, column, look, Content::Number(Number::from(count)));
    }
}

fn subtitle(lines: &[RegisterLine], total: &Counts, departments: &[(String, Counts)], today: Date) -> String {
    let named = departments.iter().filter(|(name, _)| name != NO_DEPARTMENT).count();
    let files: usize = lines.iter().map(|line| line.files.len()).fold(0, usize::saturating_add);
    let mut said = format!(
        "主管部门 {named} 个，项目 {} 个，没有归入项目的另有材料 {} 件，文件 {files} 个。登记日期：{today}。",
        total.projects, total.others
    );
    let rows: usize = lines.iter().map(|line| line.files.len().max(1)).fold(0, usize::saturating_add);
    if rows > MAX_ROWS {
        said.push_str(&format!("登记共 {rows} 行，只列前 {MAX_ROWS} 行，请分批处理。"));
    }
    if departments.len() > MAX_PAGES {
        said.push_str(&format!("只有前 {MAX_PAGES} 个主管部门单独成页，其余见“{}”。", pages::ALL));
    }
    said
}
