//! An expression as an exact number: what the cached value beside the formula is.

use std::cmp::Ordering;

use crate::base::{CellAt, RangeAt};

use super::functions::call;
use super::{ErrorValue, Expr, Op, Value};

/// Deeper nesting than this is refused with `#NUM!`; formulas end at 64 levels anyway.
const MAX_DEPTH: u16 = 256;

/// Where the values of cells come from.
pub trait Env {
    /// The value of a cell; `Blank` where nothing is.
    fn cell(&self, at: &CellAt) -> Value;

    /// The values of a range, row by row; `None` when it is too large to be read.
    fn range(&self, at: &RangeAt) -> Option<Vec<Value>>;
}

/// An environment without cells: every reference is `#REF!`.
#[derive(Debug, Clone, Copy)]
pub struct NoCells;

impl Env for NoCells {
    fn cell(&self, _: &CellAt) -> Value {
        Value::Error(ErrorValue::Ref)
    }

    fn range(&self, _: &RangeAt) -> Option<Vec<Value>> {
        None
    }
}

/// What the expression yields; an unbound variable is `#REF!`.
pub fn eval(expr: &Expr, env: &impl Env) -> Value {
    Evaluator { env }.value(expr, 0)
}

/// Walks the expression, counting depth.
pub(super) struct Evaluator<'e, E> {
    env: &'e E,
}

impl<E: Env> Evaluator<'_, E> {
    /// The value of an expression at a depth.
    pub(super) fn value(&self, expr: &Expr, depth: u16) -> Value {
        if depth > MAX_DEPTH {
            return Value::Error(ErrorValue::Num);
        }
        let deeper = depth.saturating_add(1);
        match expr {
            Expr::Const(value) => value.clone(),
            Expr::Var(_) => Value::Error(ErrorValue::Ref),
            Expr::Cell(at) => self.env.cell(at),
            Expr::Range(at) => match self.env.range(at).as_deref() {
                Some([single]) => single.clone(),
                Some(_) => Value::Error(ErrorValue::Value),
                None => Value::Error(ErrorValue::Ref),
            },
            Expr::Neg(inner) => match self.value(inner, deeper).to_number() {
                Ok(n) => crate::base::Number::ZERO.minus(n).into(),
                Err(e) => Value::Error(e),
            },
            Expr::Binary(op, a, b) => {
                binary(*op, &self.value(a, deeper), &self.value(b, deeper)).unwrap_or_else(Value::Error)
            }
            Expr::Call(func, args) => call(self, *func, args, deeper).unwrap_or_else(Value::Error),
        }
    }

    /// The values an argument stands for: the cells of a range, or the one value it yields.
    pub(super) fn cells(&self, expr: &Expr, depth: u16) -> Result<Vec<Value>, ErrorValue> {
        match expr {
            Expr::Range(at) => self.env.range(at).ok_or(ErrorValue::Ref),
            Expr::Cell(at) => Ok(vec![self.env.cell(at)]),
            other => Ok(vec![self.value(other, depth)]),
        }
    }
}

fn binary(op: Op, a: &Value, b: &Value) -> Result<Value, ErrorValue> {
    let ordering = |test: fn(Ordering) -> bool| a.compare(b).map(|o| Value::Bool(test(o)));
    match op {
        Op::Add => Ok(a.to_number()?.plus(b.to_number()?).into()),
        Op::Sub => Ok(a.to_number()?.minus(b.to_number()?).into()),
        Op::Mul => Ok(a.to_number()?.times(b.to_number()?).into()),
        Op::Div => {
            let (a, b) = (a.to_number()?, b.to_number()?);
            if b.is_zero() { Err(ErrorValue::Div0) } else { Ok(a.over(b).into()) }
        }
        Op::Concat => {
            let mut text = a.to_text()?;
            text.push_str(&b.to_text()?);
            Ok(Value::Text(text))
        }
        Op::Eq => ordering(Ordering::is_eq),
        Op::Ne => ordering(Ordering::is_ne),
        Op::Lt => ordering(Ordering::is_lt),
        Op::Le => ordering(Ordering::is_le),
        Op::Gt => ordering(Ordering::is_gt),
        Op::Ge => ordering(Ordering::is_ge),
    }
}
