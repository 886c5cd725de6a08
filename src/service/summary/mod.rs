//! The summary workbook of a batch (汇总表): a row a project, departments, spread of the scores, what was found.

mod departments;
mod deviations;
mod faults;
mod link;
mod page;
mod projects;
mod questions;
mod spread;

use super::answer::{Refusal, Row};
use super::question::Asked;
use super::receipt::Told;
use crate::base::{Date, Result};
use crate::output::sheets;
use crate::present::printable;
pub(super) use link::{Way, leads};
use page::Known;
pub(super) use questions::{NAME as QUESTIONS, TypedAnswer, read as typed_answers};

/// What came of one submission.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its name.
    pub(super) name: String,
    /// Its projects, or why there are none.
    pub(super) outcome: std::result::Result<Vec<Row>, Refusal>,
    /// Where its result is.
    pub(super) result: Option<Way>,
    /// What a receipt says of each of its cases.
    pub(super) receipts: Vec<Told>,
}

impl Entry {
    /// One that could not be scored.
    pub(super) fn refused(name: String, refusal: Refusal) -> Self {
        Self { name, outcome: Err(refusal), result: None, receipts: Vec::new() }
    }
}

/// A project and where it came from.
struct Project<'e> {
    row: &'e Row,
    entry: &'e Entry,
    agency: String,
}

/// Where the projects' table stands, for the formulas of the other sheets.
#[derive(Debug, Clone, Copy)]
struct Span {
    first: u32,
    last: u32,
}

/// Texts that are compared by formulas are no longer than formulas allow.
const MAX_COMPARED: usize = 100;
/// What stands where the form names no department.
const NO_AGENCY: &str = "（未填写）";

/// Builds the workbook; `number` tells the newest of several.
pub(super) fn build(entries: &[Entry], asked: &Asked, number: u32, date: Date) -> Result<Vec<u8>> {
    let mut projects: Vec<Project> = entries
        .iter()
        .flat_map(|entry| {
            entry.outcome.iter().flatten().map(move |row| Project { row, entry, agency: agency(row) })
        })
        .collect();
    projects.sort_by(|a, b| {
        (&a.agency, &a.row.project, &a.entry.name).cmp(&(&b.agency, &b.row.project, &b.entry.name))
    });
    let failed = entries.iter().filter(|entry| entry.outcome.is_err()).count();
    let counted = format!(
        "共 {} 份材料：项目 {} 个，未能评分 {failed} 份。处理日期：{date}。",
        entries.len(),
        projects.len()
    );
    let subtitle = format!("{counted}金额单位：元。");
    let mut known = Known::default();
    let (table, span) = projects::build(&projects, &subtitle, &mut known);
    let mut pages = vec![table];
    pages.extend(questions::build(asked, number, &mut known));
    if let Some(span) = span {
        pages.push(departments::build(&projects, span, &subtitle, &mut known));
        pages.push(spread::build(&projects, span, &subtitle, &mut known));
    }
    pages.extend(deviations::build(&projects, &counted, &mut known));
    pages.extend(faults::build(&projects, &subtitle, &mut known));
    if failed > 0 {
        pages.push(faults::refused(entries, &subtitle, &mut known));
    }
    pages.iter_mut().for_each(printable::sheet);
    sheets::build(&pages)
}

fn agency(row: &Row) -> String {
    let name: String = row.agency.as_deref().unwrap_or_default().trim().chars().take(MAX_COMPARED).collect();
    if name.is_empty() { NO_AGENCY.to_owned() } else { name }
}
