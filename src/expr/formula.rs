//! An expression as a formula for Excel 2010, WPS and LibreOffice.

use super::{Expr, Op, Value};
use crate::base::SheetId;
use crate::base::address::quote_sheet;
use crate::base::printable_cell;

/// Characters of a formula (Excel's own limit).
const MAX_CHARS: usize = 8_192;
/// Levels of nested functions (Excel's own limit).
const MAX_LEVELS: u16 = 64;
/// Characters of a text literal in a formula (Excel's own limit).
pub(super) const MAX_LITERAL: usize = 255;
/// Arguments of a function (Excel's own limit).
const MAX_ARGS: usize = 255;
/// Digits that a double keeps (Excel's own limit); more would not be the number that `eval` used.
const MAX_SIGNIFICANT: usize = 15;

/// Why an expression has no formula. The score is then written as a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormulaError {
    /// Over 8192 characters.
    #[error("the formula is longer than 8192 characters")]
    TooLong,
    /// Over 64 levels.
    #[error("the formula nests deeper than 64 levels")]
    TooDeep,
    /// A literal text over 255 characters, or a function with over 255 arguments.
    #[error("a text or an argument list of the formula is too long")]
    TooLarge,
    /// A literal number over 15 digits.
    #[error("a number of the formula has more than 15 digits")]
    TooPrecise,
    /// A variable was not bound to a cell or constant.
    #[error("a variable of the formula is not bound")]
    Unbound,
}

/// The formula's text without the leading `=`; references into `on_sheet` carry no sheet name.
pub fn formula(expr: &Expr, on_sheet: Option<&str>) -> Result<String, FormulaError> {
    let mut printer = Printer { out: String::new(), on_sheet };
    printer.write(expr, 0, 0)?;
    if printer.out.encode_utf16().count() > MAX_CHARS {
        return Err(FormulaError::TooLong);
    }
    Ok(printer.out)
}

struct Printer<'h> {
    out: String,
    on_sheet: Option<&'h str>,
}

/// How tightly an operator binds; a looser one inside needs parentheses.
const fn strength(op: Op) -> u8 {
    match op {
        Op::Eq | Op::Ne | Op::Lt | Op::Le | Op::Gt | Op::Ge => 1,
        Op::Concat => 2,
        Op::Add | Op::Sub => 3,
        Op::Mul | Op::Div => 4,
    }
}

const SIGN: u8 = 5;

const fn sign(op: Op) -> &'static str {
    match op {
        Op::Add => "+",
        Op::Sub => "-",
        Op::Mul => "*",
        Op::Div => "/",
        Op::Concat => "&",
        Op::Eq => "=",
        Op::Ne => "<>",
        Op::Lt => "<",
        Op::Le => "<=",
        Op::Gt => ">",
        Op::Ge => ">=",
    }
}

impl Printer<'_> {
    /// Writes `expr` where anything that binds looser than `least` needs parentheses.
    fn write(&mut self, expr: &Expr, least: u8, level: u16) -> Result<(), FormulaError> {
        if level > MAX_LEVELS {
            return Err(FormulaError::TooDeep);
        }
        if self.out.len() > MAX_CHARS.saturating_mul(4) {
            return Err(FormulaError::TooLong);
        }
        let deeper = level.saturating_add(1);
        match expr {
            Expr::Const(value) => self.literal(value),
            Expr::Var(_) => Err(FormulaError::Unbound),
            Expr::Cell(at) => {
                self.sheet(&at.sheet);
                self.out.push_str(&at.cell.absolute());
                Ok(())
            }
            Expr::Range(at) => {
                self.sheet(&at.sheet);
                self.out.push_str(&at.range.absolute());
                Ok(())
            }
            Expr::Neg(inner) => self.parenthesised(SIGN < least, |p| {
                p.out.push('-');
                p.write(inner, SIGN.saturating_add(1), deeper)
            }),
            Expr::Binary(op, a, b) => {
                let own = strength(*op);
                self.parenthesised(own < least, |p| {
                    p.write(a, own, deeper)?;
                    p.out.push_str(sign(*op));
                    // The right side is one tighter: a-(b-c), a/(b*c). Of texts it does not matter.
                    let right = if *op == Op::Concat { own } else { own.saturating_add(1) };
                    p.write(b, right, deeper)
                })
            }
            Expr::Call(func, args) => {
                if args.len() > MAX_ARGS {
                    return Err(FormulaError::TooLarge);
                }
                self.out.push_str(func.name());
                self.out.push('(');
                for (at, arg) in args.iter().enumerate() {
                    if at > 0 {
                        self.out.push(',');
                    }
                    self.write(arg, 0, deeper)?;
                }
                self.out.push(')');
                Ok(())
            }
        }
    }

    fn parenthesised(
        &mut self,
        needed: bool,
        inside: impl FnOnce(&mut Self) -> Result<(), FormulaError>,
    ) -> Result<(), FormulaError> {
        if needed {
            self.out.push('(');
        }
        inside(self)?;
        if needed {
            self.out.push(')');
        }
        Ok(())
    }

    fn sheet(&mut self, sheet: &SheetId) {
        if sheet.file.is_some() || self.on_sheet != Some(&sheet.name) {
            self.out.push_str(&quote_sheet(&sheet.to_string()));
            self.out.push('!');
        }
    }

    fn literal(&mut self, value: &Value) -> Result<(), FormulaError> {
        match value {
            Value::Blank => self.out.push_str("\"\""),
            Value::Bool(b) => self.out.push_str(if *b { "TRUE" } else { "FALSE" }),
            Value::Error(e) => self.out.push_str(e.code()),
            Value::Number(n) => {
                let digits = n.to_string();
                let significant =
                    digits.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
                // Zeros at the end of a whole number are no digits a double would lose.
                let zeros = if digits.contains('.') {
                    0
                } else {
                    digits.len().saturating_sub(digits.trim_end_matches('0').len())
                };
                if significant.saturating_sub(zeros) > MAX_SIGNIFICANT {
                    return Err(FormulaError::TooPrecise);
                }
                if n.is_negative() {
                    self.out.push('(');
                    self.out.push_str(&digits);
                    self.out.push(')');
                } else {
                    self.out.push_str(&digits);
                }
            }
            Value::Text(text) => {
                if text.encode_utf16().count() > MAX_LITERAL {
                    return Err(FormulaError::TooLarge);
                }
                self.out.push('"');
                self.out.push_str(&printable_cell(text).replace('"', "\"\""));
                self.out.push('"');
            }
        }
        Ok(())
    }
}
