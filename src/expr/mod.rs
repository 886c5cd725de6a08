//! One expression, three readings: [`eval`] over exact decimals, [`formula`] for Excel, [`steps`] for a person who follows it.
//!
//! A rule never computes a number and separately prints a formula: both come from the same [`Expr`]. What it says of a
//! deduction is an [`Expr`] too, a text over the same inputs, so that words and points change together.

mod build;
mod eval;
mod formula;
mod functions;
mod matching;
mod steps;
mod value;

pub use build::{guard, join, score, whole_steps_down, whole_steps_up};
pub use eval::{Env, NoCells, eval};
pub use formula::{FormulaError, formula};
pub use matching::literal;
pub use steps::{Named, steps};
pub use value::{ErrorValue, Value};

/// What a formula gives in the place of a score that a person has still to give.
pub use crate::model::UNSCORED as WAITING;

use crate::base::{CellAt, RangeAt, SheetId};
use crate::model::Standard;

/// A symbolic input of a rule, bound to a constant to evaluate or to a cell to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Var {
    /// The points of the indicator (权重).
    Weight,
    /// The target (指标值) as a number.
    Target,
    /// What the target's number is divided by, where it is written as a quotient.
    TargetBase,
    /// The actual (实际完成值) as a number, or the numerator where it is written as a quotient.
    Actual,
    /// The denominator of an actual written as a quotient (`59.27/61.2`).
    ActualBase,
    /// The value of a standard (上年值, 行业值).
    Standard(Standard),
    /// A checklist item's tick: 1 when the item (counted from 0) is satisfied, else 0.
    Item(u8),
    /// Which grade word of a scale was reached, counted from 1 in the order of the criterion.
    Level,
    /// The points taken off: the weight less the score. Only reasons refer to it.
    Deduction,
    /// An input of one of several rules that score together, counted from 0.
    Part(u8, Slot),
}

/// What an input of one of several rules is: one of those that a rule alone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// [`Var::Target`].
    Target,
    /// [`Var::TargetBase`].
    TargetBase,
    /// [`Var::Actual`].
    Actual,
    /// [`Var::ActualBase`].
    ActualBase,
    /// [`Var::Item`].
    Item(u8),
    /// [`Var::Level`].
    Level,
}

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Op {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `&`
    Concat,
    /// `=`
    Eq,
    /// `<>`
    Ne,
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

/// A function that Excel 2010, WPS and LibreOffice all have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Func {
    /// Smallest number.
    Min,
    /// Largest number.
    Max,
    /// Half away from zero to so many places.
    Round,
    /// Whole number below or equal.
    Int,
    /// Condition, then, else; only the chosen branch is evaluated.
    If,
    /// All true.
    And,
    /// Any true.
    Or,
    /// Negation.
    Not,
    /// Sum; text and blanks of ranges are ignored.
    Sum,
    /// How many numbers.
    Count,
    /// Sum where a criterion holds: range, criterion, summed range.
    SumIf,
    /// Sum where all criteria hold: summed range, then pairs of range and criterion.
    SumIfs,
    /// How many cells meet a criterion.
    CountIf,
    /// How many rows meet all criteria.
    CountIfs,
    /// Sum of products of ranges of the same size.
    SumProduct,
    /// The second argument where the first is an error.
    IfError,
    /// Whether two texts are the same, case included.
    Exact,
    /// The cell of a range at a row and, if given, a column (from 1).
    Index,
    /// The position (from 1) of a value in a range; only the exact kind (third argument 0).
    Match,
    /// The argument at a position (from 1).
    Choose,
    /// Whether it is a number.
    IsNumber,
    /// So many characters of a text from a position (from 1) on.
    Mid,
    /// The number that a text says.
    ToNumber,
    /// A text with every occurrence of one text replaced by another.
    Substitute,
}

impl Func {
    /// The name as formulas write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Min => "MIN",
            Self::Max => "MAX",
            Self::Round => "ROUND",
            Self::Int => "INT",
            Self::If => "IF",
            Self::And => "AND",
            Self::Or => "OR",
            Self::Not => "NOT",
            Self::Sum => "SUM",
            Self::Count => "COUNT",
            Self::SumIf => "SUMIF",
            Self::SumIfs => "SUMIFS",
            Self::CountIf => "COUNTIF",
            Self::CountIfs => "COUNTIFS",
            Self::SumProduct => "SUMPRODUCT",
            Self::IfError => "IFERROR",
            Self::Exact => "EXACT",
            Self::Index => "INDEX",
            Self::Match => "MATCH",
            Self::Choose => "CHOOSE",
            Self::IsNumber => "ISNUMBER",
            Self::Mid => "MID",
            Self::ToNumber => "VALUE",
            Self::Substitute => "SUBSTITUTE",
        }
    }
}

/// A calculation over inputs, cells and ranges.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A literal.
    Const(Value),
    /// An input that is not bound yet.
    Var(Var),
    /// The value of a cell.
    Cell(CellAt),
    /// The values of a bounded range.
    Range(RangeAt),
    /// The opposite number.
    Neg(Box<Expr>),
    /// Two operands.
    Binary(Op, Box<Expr>, Box<Expr>),
    /// A function.
    Call(Func, Vec<Expr>),
}

impl Expr {
    /// The same calculation with every variable replaced by what `with` gives for it: constants to
    /// evaluate, cell references to print.
    #[must_use]
    pub fn bind(&self, with: &impl Fn(Var) -> Expr) -> Expr {
        match self {
            Self::Var(var) => with(*var),
            Self::Const(_) | Self::Cell(_) | Self::Range(_) => self.clone(),
            Self::Neg(inner) => Self::Neg(Box::new(inner.bind(with))),
            Self::Binary(op, a, b) => Self::Binary(*op, Box::new(a.bind(with)), Box::new(b.bind(with))),
            Self::Call(func, args) => Self::Call(*func, args.iter().map(|a| a.bind(with)).collect()),
        }
    }

    /// The same calculation with its own texts said otherwise.
    #[must_use]
    pub fn reworded(&self, how: &impl Fn(&str) -> String) -> Expr {
        match self {
            Self::Const(Value::Text(text)) => Self::Const(Value::Text(how(text))),
            Self::Const(_) | Self::Var(_) | Self::Cell(_) | Self::Range(_) => self.clone(),
            Self::Neg(inner) => Self::Neg(Box::new(inner.reworded(how))),
            Self::Binary(op, a, b) => Self::Binary(*op, Box::new(a.reworded(how)), Box::new(b.reworded(how))),
            Self::Call(func, args) => Self::Call(*func, args.iter().map(|a| a.reworded(how)).collect()),
        }
    }

    /// The same calculation over sheets that `rename` knows; `None` where it does not know one of them.
    #[must_use]
    pub fn moved(&self, rename: &impl Fn(&SheetId) -> Option<SheetId>) -> Option<Expr> {
        Some(match self {
            Self::Const(_) | Self::Var(_) => self.clone(),
            Self::Cell(at) => Self::Cell(CellAt::new(rename(&at.sheet)?, at.cell)),
            Self::Range(at) => Self::Range(RangeAt { sheet: rename(&at.sheet)?, range: at.range }),
            Self::Neg(inner) => Self::Neg(Box::new(inner.moved(rename)?)),
            Self::Binary(op, a, b) => {
                Self::Binary(*op, Box::new(a.moved(rename)?), Box::new(b.moved(rename)?))
            }
            Self::Call(func, args) => {
                Self::Call(*func, args.iter().map(|arg| arg.moved(rename)).collect::<Option<_>>()?)
            }
        })
    }

    /// The variables that the calculation refers to, each once, in order.
    pub fn variables(&self) -> Vec<Var> {
        let mut found = Vec::new();
        self.collect_variables(&mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn collect_variables(&self, found: &mut Vec<Var>) {
        match self {
            Self::Var(var) => found.push(*var),
            Self::Const(_) | Self::Cell(_) | Self::Range(_) => {}
            Self::Neg(inner) => inner.collect_variables(found),
            Self::Binary(_, a, b) => {
                a.collect_variables(found);
                b.collect_variables(found);
            }
            Self::Call(_, args) => args.iter().for_each(|a| a.collect_variables(found)),
        }
    }
}
