//! A question of a sheet of answers, counted.

use super::legend::{self, Legend};
use super::opinion::{self, Answer};
use super::raw::{Table, Titled, rows};
use super::title;
use crate::base::{CellRef, RangeRef};
use crate::form::view::View;
use crate::mapping::Mapping;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId, Opinion, SurveyCounts, SurveyOption, SurveyQuestion};
use crate::sheet::Value;

/// Characters of an answer that is named.
const MAX_NAMED: usize = 12;
/// Digits that an answer which is named has at most: more may be somebody's number.
const MAX_DIGITS: usize = 4;

/// A question with its answers; only those of one group where that is told.
pub(super) fn question(
    view: &View<'_>,
    mapping: &Mapping,
    table: &Table,
    column: &Titled,
    (legend, only): (&Legend, Option<&(RangeRef, String)>),
    mut findings: Option<&mut Vec<Finding>>,
) -> Option<SurveyQuestion> {
    let mut options: Vec<SurveyOption> = Vec::new();
    let mut skipped = 0_u32;
    let mut given: Vec<(u32, usize)> = Vec::new();
    // Of marks the most is the best; numbers of options are none.
    let marks = legend::is_of_marks(legend);
    for row in rows(view, mapping, table) {
        let is_of = |(range, name): &(RangeRef, String)| {
            view.shown(row, range.first.col()).and_then(|item| item.text()) == Some(name.as_str())
        };
        if only.is_some_and(|only| !is_of(only)) {
            continue;
        }
        let item = view.shown(row, column.col).filter(|item| item.at.row() == row);
        let answer = item.map_or(Answer::Skipped, |item| opinion::of(item.cell, mapping));
        let Some(item) = item.filter(|_| answer != Answer::Skipped) else {
            skipped = skipped.saturating_add(1);
            continue;
        };
        let shown = item.cell.shown().trim().to_owned();
        let (opinion, text) = match answer {
            Answer::Known(opinion) => (opinion, shown),
            Answer::Number(number) if !legend.is_empty() => match legend.get(&number) {
                Some((opinion, text)) => (*opinion, text.clone()),
                None => (Opinion::None, shown),
            },
            _ => {
                if let Some(findings) = findings.as_deref_mut() {
                    findings.push(unknown(view, item.at, &shown));
                }
                (Opinion::None, UNKNOWN.to_owned())
            }
        };
        // What somebody wrote of his own is not repeated, in no formula either.
        let written = if text == UNKNOWN { &Value::Empty } else { &item.cell.value };
        let mark = match answer {
            Answer::Number(number) if marks && legend.contains_key(&number) => Some(number),
            _ => None,
        };
        given.push((row, count(&mut options, (opinion, mark), text, written)));
    }
    let mut order: Vec<usize> = (0..options.len()).collect();
    let key = |at: &usize| options.get(*at).map(|o| (std::cmp::Reverse(o.opinion), o.text.clone()));
    order.sort_by_key(key);
    let place = |at: usize| order.iter().position(|old| *old == at).unwrap_or(at);
    let given = given.into_iter().map(|(row, at)| (row, place(at))).collect();
    let options = order.iter().filter_map(|at| options.get(*at).cloned()).collect();
    let key = normalise(&column.title);
    let (number, _) = title::numbered(&key);
    let first = CellRef::new(table.head.saturating_add(1), column.col)?;
    Some(SurveyQuestion {
        title: title::shown(&column.title),
        at: column.at,
        group: only.map(|(_, name)| normalise(name)),
        weight: None,
        counts: SurveyCounts::default(),
        overall: title::is_overall(&column.title),
        answers: Some(RangeRef::new(first, CellRef::new(table.last, column.col)?)),
        only: only.cloned(),
        options,
        skipped,
        number,
        rows: given,
        total: None,
        rate: None,
    })
}

/// What all answers that are no option are called together.
const UNKNOWN: &str = "其他回答";

pub(super) fn question_of(
    view: &View<'_>,
    mapping: &Mapping,
    table: &Table,
    column: &Titled,
    legend: &Legend,
    only: &(RangeRef, String),
) -> Option<SurveyQuestion> {
    let question = question(view, mapping, table, column, (legend, Some(only)), None)?;
    (question.answered() > 0).then_some(question)
}

/// Counts an answer to the option of the same words.
fn count(
    options: &mut Vec<SurveyOption>,
    (opinion, mark): (Opinion, Option<u32>),
    text: String,
    written: &Value,
) -> usize {
    let at = options.iter().position(|option| option.text == text).unwrap_or(options.len());
    if at == options.len() {
        let share = None;
        options.push(SurveyOption {
            text,
            opinion,
            count: Some(0),
            share,
            mark,
            at: None,
            plain: false,
            written: Vec::new(),
        });
    }
    let Some(option) = options.get_mut(at) else { return at };
    option.count = option.count.map(|count| count.saturating_add(1));
    if *written == Value::Empty {
        return at;
    }
    match option.written.iter_mut().find(|(have, _)| have == written) {
        Some((_, count)) => *count = count.saturating_add(1),
        None => option.written.push((written.clone(), 1)),
    }
    at
}

/// An answer that is none of the options. What may be somebody's name or number is not repeated.
fn unknown(view: &View<'_>, at: CellRef, shown: &str) -> Finding {
    let digits = shown.chars().filter(char::is_ascii_digit).count();
    let plain = shown.chars().count() <= MAX_NAMED && digits <= MAX_DIGITS;
    let named =
        if plain { format!("问卷的回答“{shown}”") } else { "问卷的这个回答".to_owned() };
    let message = format!("{named}不在选项中，没有算作满意。");
    Finding::new(FindingId::SurveyAnswerUnknown, Some(view.address(at)), message)
}
