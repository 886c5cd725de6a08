//! The evaluation report: what a case says in it, and the Word document that it is written into. Every figure comes from the
//! results of the case; nothing is worked out a second time but sums and shares of what stands there. What causes, experience
//! and advice are a person says: they are quoted from the cells that hold them, or left as marked gaps.

mod analysis;
mod draft;
mod money;
mod problems;
mod satisfaction;
mod scores;
mod subject;
mod targets;
mod templates;
mod write;

pub use crate::docx::Updates;
pub use draft::Draft;
pub use templates::Kind;
pub use write::{Written, check_template, update, write};

use std::sync::LazyLock;

use crate::base::{Number, Ratio, printable};
use crate::docx::{Schema, Scope, Value};
use crate::model::{Case, Entry, Finding, Reconciliation};
use crate::score::Scored;

/// What a report is about.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its scores.
    pub scored: &'a Scored,
    /// Its money.
    pub reconciliation: &'a Reconciliation,
    /// What was found.
    pub findings: &'a [Finding],
    /// The bureau's name, where it is set.
    pub bureau: Option<&'a str>,
}

/// What is said of material of which no report can be written, and what to do.
pub const NO_REPORT: (&str, &str) = (
    "没有可以写成评价报告的内容：没有找到有分值的评分表或自评表。",
    "请确认材料中有评分表或自评表；分在几个文件里的，请放入同一个文件夹后处理。",
);

/// The names that a template may use, with what they mean: the table as it is written.
pub const FIELDS: &str = include_str!("fields.tsv");

/// The same, taken apart.
pub(crate) fn schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::read(FIELDS).unwrap_or_default());
    &SCHEMA
}

/// What a case says in a report.
pub(crate) fn fields(of: &About<'_>) -> (Scope, Draft) {
    let mut scope = Scope::default();
    let draft = Draft::of(of);
    subject::add(of, &mut scope);
    scores::add(of, &draft, &mut scope);
    targets::add(of, &mut scope);
    money::add(of, &mut scope);
    satisfaction::add(of, &mut scope);
    problems::add(of, &draft, &mut scope);
    draft.mark(&mut scope);
    (scope, draft)
}

/// A text that is foreign: what cannot be seen is shown by signs, lines stay.
fn seen(text: &str) -> String {
    let lines: Vec<String> = text.trim().lines().map(|line| printable(line.trim()).into_owned()).collect();
    lines.join("\n")
}

/// What a cell holds, where it holds anything.
fn shown(entry: Option<&Entry>) -> Option<String> {
    let entry = entry.filter(|entry| !entry.is_blank())?;
    Some(seen(&entry.shown())).filter(|text| !text.is_empty())
}

/// A text, or a gap where there is none.
fn or_gap(text: Option<String>, what: &str) -> Value {
    text.map_or_else(|| Value::Gap(what.to_owned()), Value::Text)
}

/// A share in percent, two places at most.
fn percent(share: Number) -> String {
    crate::model::satisfaction::percent(share)
}

/// A part of a whole as a share.
fn share(part: Number, whole: Number) -> Option<Number> {
    (!whole.is_zero()).then(|| part.over(whole)).flatten()
}

/// A rate in percent.
fn rate(ratio: Ratio) -> String {
    percent(ratio.number())
}

/// `一`, `二` … of a number from 1.
fn chinese(number: usize) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |at: usize| DIGITS.get(at).copied().unwrap_or('零');
    let (tens, ones) = (number.checked_div(10).unwrap_or(0), number.checked_rem(10).unwrap_or(0));
    match (tens, ones) {
        (0, ones) => digit(ones).to_string(),
        (1, 0) => "十".to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (2..=9, 0) => format!("{}十", digit(tens)),
        (2..=9, ones) => format!("{}十{}", digit(tens), digit(ones)),
        _ => number.to_string(),
    }
}

/// A sentence without what ends it.
fn unended(text: &str) -> &str {
    text.trim().trim_end_matches(['。', '；', ';', '，', ','])
}
