//! The functions, over exact decimals.

use crate::base::Number;

use super::eval::{Env, Evaluator};
use super::matching::Criterion;
use super::{ErrorValue, Expr, Func, Value};

type Outcome<T = Value> = Result<T, ErrorValue>;

/// The value of a function call.
pub(super) fn call<E: Env>(on: &Evaluator<'_, E>, func: Func, args: &[Expr], depth: u16) -> Outcome {
    let one = |at: usize| args.get(at).map_or(Value::Error(ErrorValue::Value), |a| on.value(a, depth));
    let number = |at: usize| one(at).to_number();
    match func {
        Func::Min => Ok(numbers(on, args, depth)?.into_iter().min().unwrap_or_default().into()),
        Func::Max => Ok(numbers(on, args, depth)?.into_iter().max().unwrap_or_default().into()),
        Func::Sum => Ok(Number::sum(numbers(on, args, depth)?).into()),
        Func::Count => count(numbers_only(on, args, depth)?.len()),
        Func::Round => {
            let places = whole(number(1)?).and_then(|p| u32::try_from(p).ok()).ok_or(ErrorValue::Value)?;
            Ok(number(0)?.round(places).into())
        }
        Func::Int => Ok(number(0)?.floor().into()),
        Func::If => {
            let chosen = if one(0).to_bool()? { 1 } else { 2 };
            Ok(if chosen == 2 && args.len() < 3 { Value::Bool(false) } else { one(chosen) })
        }
        Func::And => Ok(Value::Bool(conditions(on, args, depth)?.into_iter().all(|b| b))),
        Func::Or => Ok(Value::Bool(conditions(on, args, depth)?.into_iter().any(|b| b))),
        Func::Not => Ok(Value::Bool(!one(0).to_bool()?)),
        Func::IfError => Ok(match one(0) {
            Value::Error(_) => one(1),
            value => value,
        }),
        Func::Exact => Ok(Value::Bool(one(0).to_text()? == one(1).to_text()?)),
        Func::Mid => {
            let (from, length) = (whole(number(1)?.floor()), whole(number(2)?.floor()));
            let (Some(from), Some(length)) = (from.and_then(|from| from.checked_sub(1)), length) else {
                return Err(ErrorValue::Value);
            };
            Ok(Value::Text(one(0).to_text()?.chars().skip(from).take(length).collect()))
        }
        Func::ToNumber => Ok(number(0)?.into()),
        Func::Substitute => {
            let (text, old, new) = (one(0).to_text()?, one(1).to_text()?, one(2).to_text()?);
            Ok(Value::Text(if old.is_empty() { text } else { text.replace(&old, &new) }))
        }
        Func::IsNumber => Ok(Value::Bool(matches!(one(0), Value::Number(_)))),
        Func::Choose => match whole(number(0)?.floor()) {
            Some(at) if at >= 1 && at < args.len() => Ok(one(at)),
            _ => Err(ErrorValue::Value),
        },
        Func::SumIf => {
            let criterion = Criterion::new(&one(1));
            let tested = range(on, args, 0, depth)?;
            let summed = if args.len() > 2 { range(on, args, 2, depth)? } else { tested.clone() };
            let hits = tested.iter().zip(&summed).filter(|(cell, _)| criterion.matches(cell));
            total(hits.map(|(_, value)| value))
        }
        Func::SumIfs => {
            let summed = range(on, args, 0, depth)?;
            let hits = rows(on, args.get(1..).unwrap_or_default(), summed.len(), depth)?;
            total(summed.iter().zip(hits).filter(|(_, hit)| *hit).map(|(value, _)| value))
        }
        Func::CountIf | Func::CountIfs => {
            let size = range(on, args, 0, depth)?.len();
            count(rows(on, args, size, depth)?.into_iter().filter(|hit| *hit).count())
        }
        Func::SumProduct => sum_product(on, args, depth),
        Func::Index => index(on, args, depth),
        Func::Match => {
            if args.len() != 3 || !number(2)?.is_zero() {
                return Err(ErrorValue::Value);
            }
            let criterion = Criterion::new(&one(0));
            let cells = range(on, args, 1, depth)?;
            let at = cells.iter().position(|cell| criterion.matches(cell)).ok_or(ErrorValue::Na)?;
            count(at.saturating_add(1))
        }
    }
}

fn count(n: usize) -> Outcome {
    u32::try_from(n).map(|n| Value::Number(n.into())).map_err(|_| ErrorValue::Num)
}

fn whole(n: Number) -> Option<usize> {
    n.to_string().parse().ok()
}

/// Numbers of the arguments: those of ranges, and direct ones coerced.
fn numbers<E: Env>(on: &Evaluator<'_, E>, args: &[Expr], depth: u16) -> Outcome<Vec<Number>> {
    let mut found = Vec::new();
    for arg in args {
        let referred = matches!(arg, Expr::Range(_) | Expr::Cell(_));
        for value in on.cells(arg, depth)? {
            match value {
                Value::Error(e) => return Err(e),
                Value::Number(n) => found.push(n),
                _ if referred => {}
                other => found.push(other.to_number()?),
            }
        }
    }
    Ok(found)
}

/// The arguments that are numbers; others, errors too, are not counted.
fn numbers_only<E: Env>(on: &Evaluator<'_, E>, args: &[Expr], depth: u16) -> Outcome<Vec<Number>> {
    let mut found = Vec::new();
    for arg in args {
        found.extend(on.cells(arg, depth)?.iter().filter_map(Value::as_number));
    }
    Ok(found)
}

fn conditions<E: Env>(on: &Evaluator<'_, E>, args: &[Expr], depth: u16) -> Outcome<Vec<bool>> {
    args.iter().map(|a| on.value(a, depth).to_bool()).collect()
}

fn range<E: Env>(on: &Evaluator<'_, E>, args: &[Expr], at: usize, depth: u16) -> Outcome<Vec<Value>> {
    on.cells(args.get(at).ok_or(ErrorValue::Value)?, depth)
}

/// Which rows meet all pairs of range and criterion.
fn rows<E: Env>(on: &Evaluator<'_, E>, pairs: &[Expr], size: usize, depth: u16) -> Outcome<Vec<bool>> {
    let mut hits = vec![true; size];
    for pair in pairs.chunks(2) {
        let [tested, criterion] = pair else { return Err(ErrorValue::Value) };
        let cells = on.cells(tested, depth)?;
        if cells.len() != size {
            return Err(ErrorValue::Value);
        }
        let criterion = Criterion::new(&on.value(criterion, depth));
        for (hit, cell) in hits.iter_mut().zip(&cells) {
            *hit = *hit && criterion.matches(cell);
        }
    }
    Ok(hits)
}

fn total<'v>(values: impl Iterator<Item = &'v Value>) -> Outcome {
    let mut sum = Number::ZERO;
    for value in values {
        match value {
            Value::Error(e) => return Err(*e),
            Value::Number(n) => sum = sum.plus(*n).ok_or(ErrorValue::Num)?,
            _ => {}
        }
    }
    Ok(sum.into())
}

fn sum_product<E: Env>(on: &Evaluator<'_, E>, args: &[Expr], depth: u16) -> Outcome {
    let mut products: Option<Vec<Number>> = None;
    for arg in args {
        let mut factors = Vec::new();
        for value in on.cells(arg, depth)? {
            match value {
                Value::Error(e) => return Err(e),
                value => factors.push(value.as_number().unwrap_or_default()),
            }
        }
        products = Some(match products {
            None => factors,
            Some(so_far) if so_far.len() == factors.len() => so_far
                .into_iter()
                .zip(factors)
                .map(|(a, b)| a.times(b).ok_or(ErrorValue::Num))
                .collect::<Outcome<_>>()?,
            Some(_) => return Err(ErrorValue::Value),
        });
    }
    Ok(Number::sum(products.unwrap_or_default()).into())
}

fn index<E: Env>(on: &Evaluator<'_, E>, args: &[Expr], depth: u16) -> Outcome {
    let Some(Expr::Range(at)) = args.first() else { return Err(ErrorValue::Value) };
    let position = |n: usize| match args.get(n) {
        Some(arg) => on.value(arg, depth).to_number().map(whole),
        None => Ok(Some(1)),
    };
    let (row, col) = (position(1)?.ok_or(ErrorValue::Value)?, position(2)?.ok_or(ErrorValue::Value)?);
    let (first, last) = (at.range.first, at.range.last);
    let width = usize::try_from(last.col().saturating_sub(first.col())).unwrap_or(0).saturating_add(1);
    // With one index, a single row is walked along its columns.
    let (row, col) = if args.len() == 2 && first.row() == last.row() { (1, row) } else { (row, col) };
    let cells = range(on, args, 0, depth)?;
    if row == 0 || col == 0 || col > width {
        return Err(ErrorValue::Ref);
    }
    let offset = row.saturating_sub(1).saturating_mul(width).saturating_add(col.saturating_sub(1));
    cells.get(offset).cloned().ok_or(ErrorValue::Ref)
}
