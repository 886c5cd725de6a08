//! An expression as the steps of a calculation: what a person follows who wants to know how a score came about. Every value
//! in a step is what [`eval`] gives for it, so that the last step is the score.

use super::{Expr, Func, NoCells, Op, Value, Var, eval};

/// Steps that are told; a longer calculation is cut.
const MAX_STEPS: usize = 200;
/// Deeper nesting is not told, as it is not computed.
const MAX_DEPTH: u16 = 256;
/// Decimal places of a quotient that are shown: those that a score is rounded to at first.
const PLACES: u32 = 8;
/// What stands for the steps that are left out.
const CUT: &str = "……（其余步骤从略）";

/// An input, as a step names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// What it is called.
    pub name: String,
    /// Its value.
    pub value: Value,
}

/// The steps, in the order in which they are made, and what comes of them. Of branches only the chosen one is told, of what
/// occurs twice the first time.
pub fn steps(expr: &Expr, input: &impl Fn(Var) -> Option<Named>) -> (Vec<String>, Value) {
    let mut walk = Walk { input, lines: Vec::new() };
    let result = walk.of(expr, 0).value;
    if walk.lines.len() > MAX_STEPS {
        walk.lines.truncate(MAX_STEPS);
        walk.lines.push(CUT.to_owned());
    }
    (walk.lines, result)
}

/// What an operation is made with: how it is shown, and what it is.
struct Operand {
    shown: String,
    value: Value,
}

impl From<Value> for Operand {
    fn from(value: Value) -> Self {
        Self { shown: shown(&value), value }
    }
}

struct Walk<'i, F> {
    input: &'i F,
    lines: Vec<String>,
}

impl<F: Fn(Var) -> Option<Named>> Walk<'_, F> {
    fn of(&mut self, expr: &Expr, depth: u16) -> Operand {
        if depth > MAX_DEPTH {
            return Value::Error(super::ErrorValue::Num).into();
        }
        let deeper = depth.saturating_add(1);
        match expr {
            Expr::Const(value) => value.clone().into(),
            Expr::Var(var) => match (self.input)(*var) {
                Some(Named { name, value }) => Operand { shown: format!("{name} {}", shown(&value)), value },
                None => Value::Error(super::ErrorValue::Ref).into(),
            },
            Expr::Cell(_) | Expr::Range(_) => eval(expr, &NoCells).into(),
            Expr::Neg(inner) => {
                let inner = self.of(inner, deeper);
                eval(&Expr::Neg(Box::new(Expr::Const(inner.value))), &NoCells).into()
            }
            Expr::Binary(op, a, b) => {
                let (a, b) = (self.of(a, deeper), self.of(b, deeper));
                let (x, y) = (Expr::Const(a.value), Expr::Const(b.value));
                let value = eval(&Expr::Binary(*op, Box::new(x), Box::new(y)), &NoCells);
                self.tell(&format!("{} {} {}", a.shown, sign(*op), b.shown), &value);
                value.into()
            }
            Expr::Call(func, args) => self.call(*func, args, deeper),
        }
    }

    fn call(&mut self, func: Func, args: &[Expr], depth: u16) -> Operand {
        let branch = match (func, args) {
            (Func::If, [condition, rest @ ..]) => {
                let condition = self.of(condition, depth);
                // Which branch it is the evaluator says, not this.
                let numbers = [condition.value.into_const(), Expr::from(0), Expr::from(1)];
                position(&Expr::call(Func::If, numbers)).map(|at| rest.get(at))
            }
            (Func::Choose, [which, rest @ ..]) => {
                let which = self.of(which, depth);
                let told = which.shown.clone();
                let count = u32::try_from(rest.len()).unwrap_or(u32::MAX);
                let numbers = (0..count).map(Expr::from);
                let numbers = std::iter::once(which.value.into_const()).chain(numbers);
                let at = position(&Expr::call(Func::Choose, numbers));
                if let Some(at) = at {
                    self.lines.push(format!("{told}：取第 {} 档", at.saturating_add(1)));
                }
                at.map(|at| rest.get(at))
            }
            (Func::IfError, [tried, other]) => {
                let before = self.lines.len();
                let tried = self.of(tried, depth);
                if !matches!(tried.value, Value::Error(_)) {
                    return tried;
                }
                self.lines.truncate(before);
                Some(Some(other))
            }
            _ => None,
        };
        if let Some(Some(branch)) = branch {
            return self.of(branch, depth);
        }
        let args: Vec<Operand> = args.iter().map(|arg| self.of(arg, depth)).collect();
        let value = eval(&Expr::call(func, args.iter().map(|arg| Expr::Const(arg.value.clone()))), &NoCells);
        // What changes nothing is no step.
        let same = matches!(func, Func::Round | Func::Int | Func::Sum | Func::ToNumber)
            && args.first().is_some_and(|first| first.value == value);
        if !same {
            self.tell(&words(func, &args), &value);
        }
        value.into()
    }

    fn tell(&mut self, what: &str, value: &Value) {
        let line = match value {
            Value::Bool(_) => format!("{what}：{}", shown(value)),
            Value::Number(number) if *number != number.round(PLACES) => format!("{what} ≈ {}", shown(value)),
            _ => format!("{what} ＝ {}", shown(value)),
        };
        if self.lines.len() <= MAX_STEPS && !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }
}

impl Value {
    fn into_const(self) -> Expr {
        Expr::Const(self)
    }
}

/// A position from 0 that an expression comes to.
fn position(expr: &Expr) -> Option<usize> {
    eval(expr, &NoCells).as_number()?.to_string().parse().ok()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_negative() => format!("({})", number.round(PLACES)),
        Value::Number(number) => number.round(PLACES).to_string(),
        Value::Text(text) => format!("“{text}”"),
        Value::Bool(true) => "成立".to_owned(),
        Value::Bool(false) => "不成立".to_owned(),
        Value::Blank => "空".to_owned(),
        Value::Error(_) => "无法计算".to_owned(),
    }
}

const fn sign(op: Op) -> &'static str {
    match op {
        Op::Add => "＋",
        Op::Sub => "－",
        Op::Mul => "×",
        Op::Div => "÷",
        Op::Concat => "接",
        Op::Eq => "＝",
        Op::Ne => "≠",
        Op::Lt => "＜",
        Op::Le => "≤",
        Op::Gt => "＞",
        Op::Ge => "≥",
    }
}

/// A function's call in words.
fn words(func: Func, args: &[Operand]) -> String {
    let all = || args.iter().map(|arg| arg.shown.as_str()).collect::<Vec<_>>().join("、");
    let first = args.first().map(|arg| arg.shown.as_str()).unwrap_or_default();
    let second = args.get(1).map(|arg| arg.shown.as_str()).unwrap_or_default();
    match func {
        Func::Min => format!("{}中最小的", all()),
        Func::Max => format!("{}中最大的", all()),
        Func::Round => format!("{first} 四舍五入到 {second} 位小数"),
        Func::Int => format!("{first} 只取整数"),
        Func::And => format!("以上条件都成立（{}）", all()),
        Func::Or => format!("以上条件至少一个成立（{}）", all()),
        Func::Not => format!("“{first}”的反面"),
        Func::Sum => format!("{}之和", all()),
        Func::IsNumber => format!("{first} 是数"),
        _ => format!("{}（{}）", func.name(), all()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Number;

    fn input(var: Var) -> Option<Named> {
        let (name, value) = match var {
            Var::Weight => ("分值", "10"),
            Var::Target => ("指标值", "95"),
            Var::Actual => ("实际完成值", "92.4"),
            _ => return None,
        };
        Some(Named { name: name.to_owned(), value: Value::Number(value.parse().expect("a number")) })
    }

    #[test]
    fn a_calculation_is_told_in_the_order_in_which_it_is_made() {
        let (weight, target, actual) =
            (Expr::Var(Var::Weight), Expr::Var(Var::Target), Expr::Var(Var::Actual));
        let short = target.clone().minus(actual.clone());
        let lost = Expr::call(Func::Max, [Expr::from(0), weight.clone().minus(short.over(Expr::from(3)))]);
        let met = actual.at_least(target).choose(weight, lost.round(2));
        let (lines, result) = steps(&met, &input);
        assert_eq!(
            lines,
            [
                "实际完成值 92.4 ≥ 指标值 95：不成立",
                "指标值 95 － 实际完成值 92.4 ＝ 2.6",
                "2.6 ÷ 3 ≈ 0.86666667",
                "分值 10 － 0.86666667 ≈ 9.13333333",
                "0、9.13333333中最大的 ≈ 9.13333333",
                "9.13333333 四舍五入到 2 位小数 ＝ 9.13",
            ]
        );
        assert_eq!(result, Value::Number("9.13".parse().expect("a number")));
    }

    #[test]
    fn what_fails_and_what_is_unknown_is_no_panic_and_no_step() {
        let nothing = Expr::call(Func::IfError, [Expr::from(1).over(Expr::from(0)), Expr::from(7)]);
        assert_eq!(steps(&nothing, &input), (Vec::new(), Value::Number(Number::from(7_u32))));
        let unknown = Expr::Var(Var::Level).plus(Expr::from(1));
        assert!(matches!(steps(&unknown, &input).1, Value::Error(_)));
        let mut deep = Expr::from(1);
        for _ in 0..2_000 {
            deep = deep.plus(Expr::from(1));
        }
        assert!(matches!(steps(&deep, &input).1, Value::Error(_)), "too deep to be computed");
        let long = Expr::call(Func::Sum, (0..300_u32).map(|each| Expr::from(each).times(Expr::from(2))));
        assert_eq!(steps(&long, &input).0.len(), MAX_STEPS.saturating_add(1));
    }
}
