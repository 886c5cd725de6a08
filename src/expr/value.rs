//! What an expression yields.

use std::cmp::Ordering;

use crate::base::Number;

/// A fault that a spreadsheet shows in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorValue {
    /// Division by zero.
    Div0,
    /// A number outside the exact range.
    Num,
    /// An operand of the wrong kind.
    Value,
    /// A reference to nothing.
    Ref,
    /// Nothing found.
    Na,
}

impl ErrorValue {
    /// As a cell shows it and a formula may write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Div0 => "#DIV/0!",
            Self::Num => "#NUM!",
            Self::Value => "#VALUE!",
            Self::Ref => "#REF!",
            Self::Na => "#N/A",
        }
    }
}

/// The value of a cell or of an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// An empty cell: 0, "" or FALSE, as the operation needs.
    Blank,
    /// An exact number.
    Number(Number),
    /// A text.
    Text(String),
    /// TRUE or FALSE.
    Bool(bool),
    /// A fault, which every operation but IFERROR passes on.
    Error(ErrorValue),
}

impl From<Number> for Value {
    fn from(value: Number) -> Self {
        Self::Number(value)
    }
}

impl From<Option<Number>> for Value {
    /// A result outside the exact range is `#NUM!`.
    fn from(value: Option<Number>) -> Self {
        value.map_or(Self::Error(ErrorValue::Num), Self::Number)
    }
}

impl Value {
    /// The number inside, if it is one.
    pub fn as_number(&self) -> Option<Number> {
        match self {
            Self::Number(n) => Some(*n),
            _ => None,
        }
    }

    /// As an operand of arithmetic, the way Excel coerces.
    pub(super) fn to_number(&self) -> Result<Number, ErrorValue> {
        match self {
            Self::Blank => Ok(Number::ZERO),
            Self::Number(n) => Ok(*n),
            Self::Bool(b) => Ok(if *b { Number::ONE } else { Number::ZERO }),
            Self::Text(text) => text.trim().parse().map_err(|_| ErrorValue::Value),
            Self::Error(e) => Err(*e),
        }
    }

    /// As a condition, the way Excel coerces.
    pub(super) fn to_bool(&self) -> Result<bool, ErrorValue> {
        match self {
            Self::Blank => Ok(false),
            Self::Number(n) => Ok(!n.is_zero()),
            Self::Bool(b) => Ok(*b),
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            Self::Text(_) => Err(ErrorValue::Value),
            Self::Error(e) => Err(*e),
        }
    }

    /// As a text operand.
    pub(super) fn to_text(&self) -> Result<String, ErrorValue> {
        match self {
            Self::Blank => Ok(String::new()),
            Self::Number(n) => Ok(n.to_string()),
            Self::Bool(b) => Ok(if *b { "TRUE" } else { "FALSE" }.to_owned()),
            Self::Text(text) => Ok(text.clone()),
            Self::Error(e) => Err(*e),
        }
    }

    /// Excel's order: numbers before texts before booleans; texts without regard to case; a blank is
    /// whatever zero the other side has.
    pub(super) fn compare(&self, other: &Self) -> Result<Ordering, ErrorValue> {
        let empty = Self::Text(String::new());
        let zero = Self::Number(Number::ZERO);
        let no = Self::Bool(false);
        let fill = |blank_side: &Self| match blank_side {
            Self::Text(_) => empty.clone(),
            Self::Bool(_) => no.clone(),
            _ => zero.clone(),
        };
        match (self, other) {
            (Self::Error(e), _) | (_, Self::Error(e)) => Err(*e),
            (Self::Blank, Self::Blank) => Ok(Ordering::Equal),
            (Self::Blank, x) => fill(x).compare(x),
            (x, Self::Blank) => x.compare(&fill(x)),
            (Self::Number(a), Self::Number(b)) => Ok(a.cmp(b)),
            (Self::Text(a), Self::Text(b)) => Ok(a.to_lowercase().cmp(&b.to_lowercase())),
            (Self::Bool(a), Self::Bool(b)) => Ok(a.cmp(b)),
            (Self::Number(_), _) | (Self::Text(_), Self::Bool(_)) => Ok(Ordering::Less),
            (_, Self::Number(_)) | (Self::Bool(_), Self::Text(_)) => Ok(Ordering::Greater),
        }
    }
}
