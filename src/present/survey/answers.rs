//! The answers to each question: how many gave each, counted live where they stand in this workbook.

use super::super::accounts::put;
use super::super::known_cells::{KnownCells, original};
use super::super::sheet::{AddedSheet, Content, Look};
use super::{Asked, number};
use crate::base::{CellAt, CellRef, Number, RangeAt, RangeRef};
use crate::expr::{Env, Expr, Func, Value, eval, literal};
use crate::model::{Opinion, SurveyOption};
use crate::sheet;

/// Spellings of an answer that a formula counts one by one.
const MAX_SPELLINGS: usize = 20;

/// The answers of a question.
pub(super) fn answered(sheet: &mut AddedSheet, book: &mut KnownCells, asked: &Asked) {
    let question = asked.question;
    let last = question.options.len();
    let total = u32::try_from(last).ok().and_then(|rows| asked.answers.checked_add(rows));
    let Some(total) = total else { return };
    for (row, option) in (asked.answers..).zip(&question.options) {
        sheet.text(row, 0, Look::Text, question.title.as_str());
        sheet.text(row, 1, Look::Centre, question.group.as_deref().unwrap_or_default());
        sheet.text(row, 2, Look::Centre, option.text.as_str());
        sheet.text(row, 3, Look::Centre, meaning(option.opinion));
        match (option.count, option.share) {
            (Some(count), _) => {
                let content = counted(asked, option, count);
                if let Some(cell) = sheet.address(row, 4) {
                    book.know(cell, Value::Number(Number::from(count)));
                }
                sheet.put(row, 4, Look::Plain, content);
                let cells = sheet.address(row, 4).zip(sheet.address(total, 4));
                if let Some((own, all)) = cells {
                    let all_known = Value::Number(Number::from(question.answered()));
                    book.know(all.clone(), all_known);
                    put(sheet, book, row, 5, Look::Rate, quotient(Expr::Cell(own), Expr::Cell(all)));
                }
            }
            (None, share) => {
                sheet.text(row, 4, Look::Centre, "未写明");
                let share = share.unwrap_or_default();
                if let Some(cell) = sheet.address(row, 5) {
                    book.know(cell, Value::Number(share));
                }
                sheet.put(row, 5, Look::Rate, Content::Number(share));
            }
        }
    }
    sheet.text(total, 0, Look::Text, question.title.as_str());
    sheet.text(total, 1, Look::Centre, question.group.as_deref().unwrap_or_default());
    sheet.text(total, 2, Look::TotalLabel, "有效回答");
    let skipped = format!("未作答 {} 份", question.skipped);
    sheet.text(total, 3, Look::Centre, if question.skipped > 0 { skipped.as_str() } else { "" });
    let shares_only = question.options.iter().any(|option| option.count.is_none());
    if let Some(sum) = column(sheet, asked.answers, total, 4).filter(|_| !shares_only) {
        put(sheet, book, total, 4, Look::Plain, sum);
    } else {
        sheet.text(total, 4, Look::Centre, "未写明");
    }
    sheet.put(total, 5, Look::Plain, Content::Blank);
}

/// The sum of a column from a row to the one above another.
fn column(sheet: &AddedSheet, first: u32, below: u32, col: u32) -> Option<Expr> {
    let last = below.checked_sub(1).filter(|last| *last >= first)?;
    let (a, b) = CellRef::new(first, col).zip(CellRef::new(last, col))?;
    let range = RangeAt { sheet: sheet.name.clone().into(), range: RangeRef::new(a, b) };
    Some(Expr::call(Func::Sum, [Expr::Range(range)]))
}

/// A share; nothing where nobody answered.
pub(super) fn quotient(of: Expr, all: Expr) -> Expr {
    Expr::call(Func::IfError, [of.over(all), Expr::Const(Value::Text(String::new()))])
}

fn meaning(opinion: Opinion) -> &'static str {
    match opinion {
        Opinion::Very | Opinion::Satisfied => "满意",
        Opinion::Basic => "基本满意",
        Opinion::Neutral => "一般",
        Opinion::Unsatisfied => "不满意",
        Opinion::None => "没有表示满意",
    }
}

/// How many gave an answer: counted live where the answers stand in this workbook.
fn counted(asked: &Asked, option: &SurveyOption, count: u32) -> Content {
    let fixed = number(count);
    let value = Value::Number(Number::from(count));
    let of = |range: RangeRef| RangeAt { sheet: asked.of.sheet.clone(), range };
    if let Some(at) = option.at {
        let place = CellAt::new(asked.of.sheet.clone(), at);
        // A cell that says more than the number is no number to a formula.
        return if option.plain { Content::Formula { expr: Expr::Cell(place), value } } else { fixed };
    }
    let Some(range) = asked.question.answers else { return fixed };
    let criteria = criteria(option);
    if criteria.is_empty() || criteria.len() > MAX_SPELLINGS {
        return fixed;
    }
    let one = |criterion: Value| match &asked.question.only {
        Some((groups, name)) => Expr::call(
            Func::CountIfs,
            [
                Expr::Range(of(range)),
                Expr::Const(criterion),
                Expr::Range(of(*groups)),
                Expr::Const(Value::Text(literal(name))),
            ],
        ),
        None => Expr::call(Func::CountIf, [Expr::Range(of(range)), Expr::Const(criterion)]),
    };
    let Some(expr) = criteria.into_iter().map(one).reduce(Expr::plus) else { return fixed };
    let gives = eval(&expr, &Answers { asked }) == value;
    if gives && crate::expr::formula(&expr, None).is_ok() { Content::Formula { expr, value } } else { fixed }
}

/// What cells hold that count as the answer, each once as programs compare.
fn criteria(option: &SurveyOption) -> Vec<Value> {
    let mut seen: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for (written, _) in &option.written {
        let criterion = match written {
            sheet::Value::Number(number) => Value::Number(*number),
            sheet::Value::Text(text) => match text.trim().parse::<Number>() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Text(literal(text)),
            },
            _ => return Vec::new(),
        };
        let key = match &criterion {
            Value::Text(text) => text.to_lowercase(),
            other => format!("{other:?}"),
        };
        if !seen.contains(&key) {
            seen.push(key);
            all.push(criterion);
        }
    }
    all
}

/// The answers of a question as formulas see them, one spelling as often as it occurs.
#[derive(Clone, Copy)]
struct Answers<'a, 'q> {
    asked: &'a Asked<'q>,
}

impl Env for Answers<'_, '_> {
    fn cell(&self, _: &CellAt) -> Value {
        Value::Blank
    }

    fn range(&self, at: &RangeAt) -> Option<Vec<Value>> {
        let question = self.asked.question;
        let written = question.options.iter().flat_map(|option| &option.written);
        let group =
            question.only.as_ref().filter(|(range, _)| *range == at.range && at.sheet == self.asked.of.sheet);
        let all = written.flat_map(|(value, count)| {
            let value = match group {
                Some((_, name)) => Value::Text(name.clone()),
                None => original(value),
            };
            std::iter::repeat_n(value, usize::try_from(*count).unwrap_or(0))
        });
        (at.sheet == self.asked.of.sheet).then(|| all.collect())
    }
}
