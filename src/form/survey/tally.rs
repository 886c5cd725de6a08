//! Tallies: how many gave each answer, the answers side by side (one question or group a row) or below each other (one table
//! for all questions, or one for each as platforms report them).

mod across;
mod down;

use super::counts_and_period;
use super::opinion::{is_telling, opinion};
use super::title;
use crate::base::{CellRef, Number, RangeRef};
use crate::form::view::{Item, View};
use crate::mapping::Mapping;
use crate::mapping::title::{any_matches, normalise};
use crate::model::{Opinion, Survey, SurveyCount, SurveyCounts, SurveyOption, SurveyQuestion, SurveyShape};
use crate::sheet::{NumberFormat, Value};
use crate::words::{self, Class};

/// Answers that a tally has at least.
const MIN_OPTIONS: usize = 2;
/// Questions of a sheet at most.
const MAX_QUESTIONS: usize = 300;
/// Rows above a table in which its question stands.
const ABOVE: u32 = 2;

/// What was read of a sheet.
#[derive(Default)]
struct Found {
    questions: Vec<SurveyQuestion>,
    unused: Vec<String>,
    tables: Vec<(u32, u32)>,
    cells: Vec<CellRef>,
}

/// The tallies of a sheet; `None` where it holds none.
pub(super) fn read(view: &View<'_>, mapping: &Mapping) -> Option<Survey> {
    let mut found = Found::default();
    let mut free = 0_u32;
    let rows: Vec<u32> = view.rows(0, view.last_row()).map(|(row, _)| row).collect();
    for row in rows {
        if row < free || found.questions.len() >= MAX_QUESTIONS {
            continue;
        }
        let last = across::read(view, mapping, row, &mut found)
            .or_else(|| down::read(view, mapping, row, &mut found));
        if let Some(last) = last {
            found.tables.push((row, last));
            free = last.saturating_add(1);
        }
    }
    let first = found.cells.iter().min().copied()?;
    if found.questions.is_empty() {
        return None;
    }
    let rows = found.tables.iter().map(|(_, last)| *last).max()?;
    let top = found.tables.iter().map(|(first, _)| *first).min()?;
    let cols = found.cells.iter().map(|cell| cell.col());
    let around = counts_and_period::read(view, &found.tables);
    let answers = found.questions.iter().map(SurveyQuestion::answered).max().unwrap_or(0);
    let range = RangeRef::new(CellRef::new(top, cols.clone().min()?)?, CellRef::new(rows, cols.max()?)?);
    Some(Survey {
        sheet: view.sheet.id.clone(),
        title: String::new(),
        shape: SurveyShape::Tally,
        platform: None,
        range,
        at: first,
        questions: found.questions,
        unused: found.unused,
        unread: Vec::new(),
        personal: Vec::new(),
        answers,
        counts: around.counts,
        period: around.period,
        days: Vec::new(),
        alike: Vec::new(),
        took: Vec::new(),
    })
}

/// What a cell of a tally states.
#[derive(Clone, Copy)]
enum Figure {
    Count(u32),
    Share(Number),
}

/// `50`, `50份`, `50(33.3%)` are counts; `33.3%` is a share.
fn figure(item: &Item<'_>, of_share: bool) -> Option<Figure> {
    let hundredth = |number: Number| number.over(Number::from(100));
    match &item.cell.value {
        Value::Number(number) => match item.cell.format {
            NumberFormat::Percent(_) => Some(Figure::Share(*number)),
            _ if of_share && *number <= Number::from(1) => Some(Figure::Share(*number)),
            _ if of_share => hundredth(*number).map(Figure::Share),
            _ => counts_and_period::plain(&item.cell.value).map(Figure::Count),
        },
        Value::Text(text) => {
            let key = normalise(text);
            let count = key.split_once('(').map_or(key.as_str(), |(count, _)| count);
            if let Some(share) = key.strip_suffix('%').filter(|_| !key.contains('(')) {
                return share.parse().ok().and_then(hundredth).map(Figure::Share);
            }
            counts_and_period::plain(&Value::Text(count.to_owned())).map(Figure::Count)
        }
        _ => None,
    }
}

fn option(
    view: &View<'_>,
    text: &str,
    at: CellRef,
    figure: Figure,
    mapping: &Mapping,
) -> Option<SurveyOption> {
    let opinion = opinion(&normalise(text), mapping)?;
    let (count, share) = match figure {
        Figure::Count(count) => (Some(count), None),
        Figure::Share(share) => (None, Some(share)),
    };
    let at = view.range(at).first;
    let plain = matches!(view.sheet.get(at).value, Value::Number(_));
    let (text, written) = (text.trim().to_owned(), Vec::new());
    Some(SurveyOption { text, opinion, count, share, mark: None, at: Some(at), plain, written })
}

fn sorted(mut options: Vec<SurveyOption>) -> Vec<SurveyOption> {
    options.sort_by_key(|option| std::cmp::Reverse(option.opinion));
    options
}

fn new_question(title: &str, at: CellRef, options: Vec<SurveyOption>) -> SurveyQuestion {
    SurveyQuestion {
        title: title::shown(title),
        at,
        group: None,
        weight: None,
        counts: SurveyCounts::default(),
        overall: title::is_overall(title),
        answers: None,
        only: None,
        options: sorted(options),
        skipped: 0,
        number: title::numbered(&normalise(title)).0,
        rows: Vec::new(),
        total: None,
        rate: None,
    }
}

/// A share of weight: `60%`, `0.6`, `60`.
fn weight(item: &Item<'_>) -> Option<Number> {
    match &item.cell.value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => normalise(text).trim_end_matches('%').parse().ok(),
        _ => None,
    }
    .filter(|weight: &Number| !weight.is_zero() && !weight.is_negative())
}
