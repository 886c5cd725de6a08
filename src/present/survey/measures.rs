//! What each measure gives for each indicator of satisfaction.

use super::super::accounts::put;
use super::super::known_cells::KnownCells;
use super::super::sheet::{AddedSheet, Content, Look};
use super::{Asked, share_column};
use crate::base::Number;
use crate::expr::{Expr, eval};
use crate::model::{ASKED, ChosenBy, Counted, Entry, Indicator, Measure, Satisfaction, SatisfiedFrom};

/// What each measure gives for each indicator, and which is meant.
pub(super) fn measure_rows(
    sheet: &mut AddedSheet,
    book: &mut KnownCells,
    (told, asked): (&[(&Indicator, &Satisfaction)], &[Asked]),
    from: &[SatisfiedFrom],
    first: u32,
) {
    let rows = told.iter().flat_map(|(indicator, found)| {
        found.measures.iter().enumerate().map(move |(at, measure)| (*indicator, *found, at, measure))
    });
    for (row, (indicator, found, at, measure)) in (first..).zip(rows) {
        sheet.text(row, 0, Look::Text, indicator.name.as_str());
        let typed = indicator.actual.as_ref().map(Entry::shown).unwrap_or_default();
        sheet.text(row, 1, Look::Centre, typed);
        sheet.text(row, 2, Look::Text, measure.name.as_str());
        let live = live(sheet, asked, measure, from).filter(|expr| {
            let value = eval(expr, book);
            value.as_number().is_some_and(|n| n.round(6) == measure.share.round(6))
        });
        match live {
            Some(expr) => put(sheet, book, row, 3, Look::Rate, expr),
            None => sheet.put(row, 3, Look::Rate, Content::Number(measure.share.round(12))),
        }
        let (look, word) = match &found.chosen {
            None => (Look::Caution, ASKED),
            Some((chosen, _)) if *chosen == at => (Look::Centre, "是"),
            Some(_) => (Look::Centre, "否"),
        };
        sheet.text(row, 4, look, word);
        let why = match &found.chosen {
            Some((chosen, by)) if *chosen == at => match by {
                ChosenBy::Setting => "按设置".to_owned(),
                ChosenBy::Criterion(cell) => format!("按评分标准（{}）", cell.spoken()),
                ChosenBy::Tally(cell) => format!("按统计表写的满意率（{}）", cell.spoken()),
                ChosenBy::Words(cell) => format!("按表中所写（{}）", cell.spoken()),
                ChosenBy::Same => "各种算法结果相同".to_owned(),
            },
            _ => found.wanting.clone().unwrap_or_default(),
        };
        sheet.text(row, 5, Look::Text, why);
        for column in 6..=8 {
            sheet.put(row, column, Look::Text, Content::Blank);
        }
        sheet.merge_row(row, 5, 8);
    }
}

/// A measure as a formula over the table of shares: the mean of the questions of each part, weighted.
fn live(sheet: &AddedSheet, asked: &[Asked], measure: &Measure, from: &[SatisfiedFrom]) -> Option<Expr> {
    let Counted::From(counted) = measure.counted else { return None };
    let column = share_column(from, counted)?;
    // What leaves answers out is no sum of the tables below.
    if measure.parts.iter().any(|part| !part.without.is_empty()) {
        return None;
    }
    if measure.pooled {
        return pooled(sheet, asked, measure, column);
    }
    let cell = |survey: usize, at: usize| {
        let own = asked.iter().find(|asked| (asked.survey, asked.at) == (survey, at))?;
        sheet.address(own.share, column).map(Expr::Cell)
    };
    let parts = &measure.parts;
    let mut sum: Option<Expr> = None;
    let mut weights = Number::ZERO;
    for part in parts {
        let cells: Vec<Expr> =
            part.questions.iter().map(|at| cell(part.survey, *at)).collect::<Option<_>>()?;
        let count = u32::try_from(cells.len()).ok().filter(|count| *count > 0)?;
        let mean = cells.into_iter().reduce(Expr::plus)?;
        let mean = if count > 1 { mean.over(count) } else { mean };
        let weight = part.weight.unwrap_or(Number::from(1));
        weights = weights.plus(weight)?;
        let own = if parts.len() > 1 { mean.times(weight) } else { mean };
        sum = Some(match sum {
            Some(sum) => sum.plus(own),
            None => own,
        });
    }
    if parts.len() > 1 { Some(sum?.over(weights)) } else { sum }
}

/// All answers to all questions together.
fn pooled(sheet: &AddedSheet, asked: &[Asked], measure: &Measure, column: u32) -> Option<Expr> {
    let [part] = measure.parts.as_slice() else { return None };
    let sum = |column: u32| {
        let cells = part.questions.iter().map(|at| {
            let own = asked.iter().find(|asked| (asked.survey, asked.at) == (part.survey, *at))?;
            sheet.address(own.share, column).map(Expr::Cell)
        });
        cells.collect::<Option<Vec<Expr>>>()?.into_iter().reduce(Expr::plus)
    };
    Some(sum(column.checked_sub(1)?)?.over(sum(2)?))
}
