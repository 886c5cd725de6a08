//! Constant formulas: a target typed as `=100%` into a spreadsheet is a formula of literals, not a text.

use super::numeral::scan_number;
use crate::base::Number;

/// What a formula of literals comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Constant {
    /// Its value, as far as a decimal holds it.
    pub(super) value: Number,
    /// Both parts, when the whole formula is one division.
    pub(super) quotient: Option<(Number, Number)>,
    /// The formula is one literal with a percent sign.
    pub(super) percent: bool,
    /// The most digits shown after a point (of the percentage, for one).
    pub(super) places: u32,
}

/// Why a formula is no constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotConstant {
    /// It has something besides literals, + − × ÷ % and brackets.
    Other,
    /// It divides by zero.
    ZeroDenominator,
}

/// Longer formulas are no typed values.
const MAX_BYTES: usize = 400;
/// Brackets and signs in one another.
const MAX_DEPTH: usize = 20;

/// Whether a formula (without `=`) is only numbers and signs, so that its value is known without calculating cells.
pub fn is_constant_formula(formula: &str) -> bool {
    evaluate(formula).is_ok()
}

/// Evaluates a formula (without its `=`) that consists of literals only, exactly.
pub(super) fn evaluate(formula: &str) -> Result<Constant, NotConstant> {
    if formula.len() > MAX_BYTES {
        return Err(NotConstant::Other);
    }
    let mut reader = Reader { rest: formula.trim(), places: 0 };
    let sum = reader.sum(0)?;
    if !reader.rest.is_empty() {
        return Err(NotConstant::Other);
    }
    let percent = sum.literal && formula.trim_end().ends_with('%');
    Ok(Constant { value: sum.value, quotient: sum.quotient, percent, places: reader.places })
}

/// A value with how it came about.
#[derive(Clone, Copy)]
struct Term {
    value: Number,
    quotient: Option<(Number, Number)>,
    literal: bool,
}

struct Reader<'a> {
    rest: &'a str,
    places: u32,
}

impl Reader<'_> {
    fn take(&mut self, symbols: &[char]) -> Option<char> {
        self.rest = self.rest.trim_start_matches(' ');
        let first = self.rest.chars().next().filter(|c| symbols.contains(c))?;
        self.rest = self.rest.get(first.len_utf8()..)?;
        Some(first)
    }

    fn sum(&mut self, depth: usize) -> Result<Term, NotConstant> {
        if depth > MAX_DEPTH {
            return Err(NotConstant::Other);
        }
        let mut left = self.product(depth)?;
        while let Some(symbol) = self.take(&['+', '-']) {
            let right = self.product(depth)?.value;
            let value = if symbol == '+' { left.value.plus(right) } else { left.value.minus(right) };
            left = Term { value: value.ok_or(NotConstant::Other)?, quotient: None, literal: false };
        }
        Ok(left)
    }

    fn product(&mut self, depth: usize) -> Result<Term, NotConstant> {
        let mut left = self.factor(depth)?;
        while let Some(symbol) = self.take(&['*', '/']) {
            let right = self.factor(depth)?.value;
            if symbol == '*' {
                let value = left.value.times(right).ok_or(NotConstant::Other)?;
                // A quotient times 100% is the same quotient.
                let quotient = left.quotient.filter(|_| right == Number::ONE);
                left = Term { value, quotient, literal: false };
            } else {
                if right.is_zero() {
                    return Err(NotConstant::ZeroDenominator);
                }
                let value = left.value.over(right).ok_or(NotConstant::Other)?;
                let plain = left.quotient.is_none();
                left = Term { value, quotient: plain.then_some((left.value, right)), literal: false };
            }
        }
        Ok(left)
    }

    fn factor(&mut self, depth: usize) -> Result<Term, NotConstant> {
        if self.take(&['-']).is_some() {
            let deeper = depth.saturating_add(1);
            if deeper > MAX_DEPTH {
                return Err(NotConstant::Other);
            }
            let inner = self.factor(deeper)?;
            let value = Number::ZERO.minus(inner.value).ok_or(NotConstant::Other)?;
            return Ok(Term { value, quotient: None, literal: inner.literal });
        }
        if self.take(&['(']).is_some() {
            let inner = self.sum(depth.saturating_add(1))?;
            self.take(&[')']).ok_or(NotConstant::Other)?;
            return self.percents(Term { literal: false, ..inner });
        }
        if !self.rest.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(NotConstant::Other);
        }
        let (numeral, taken) = scan_number(self.rest).ok_or(NotConstant::Other)?;
        let literal = self.rest.get(..taken).unwrap_or_default();
        if literal.contains(',') {
            return Err(NotConstant::Other); // a comma in a formula separates arguments
        }
        self.rest = self.rest.get(taken..).unwrap_or_default();
        self.places = self.places.max(numeral.places);
        self.percents(Term { value: numeral.value, quotient: None, literal: true })
    }

    fn percents(&mut self, mut term: Term) -> Result<Term, NotConstant> {
        while self.take(&['%']).is_some() {
            let value = term.value.over(Number::from(100)).ok_or(NotConstant::Other)?;
            term = Term { value, quotient: None, literal: term.literal };
        }
        Ok(term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_evaluated_exactly_and_nothing_else_is() {
        let value = |formula: &str| evaluate(formula).map(|c| c.value.to_string()).ok();
        assert_eq!(value("100%").as_deref(), Some("1"));
        assert_eq!(value("61.2").as_deref(), Some("61.2"));
        assert_eq!(value("50+30-2*5").as_deref(), Some("70"));
        assert_eq!(value("(1+2)*-3").as_deref(), Some("-9"));
        assert_eq!(evaluate("59.27/61.2").unwrap().quotient.map(|(a, b)| (a.to_string(), b.to_string())), {
            Some(("59.27".to_owned(), "61.2".to_owned()))
        });
        assert!(evaluate("100%").unwrap().percent);
        assert!(!evaluate("50%+50%").unwrap().percent);
        assert_eq!(evaluate("1/0"), Err(NotConstant::ZeroDenominator));
        for other in ["B5/C5", "SUM(1,2)", "1,000", "", "1+", "(1", "\"5\"", "1e5", "2^3", &"(".repeat(300)] {
            assert_eq!(evaluate(other), Err(NotConstant::Other), "{other}");
        }
    }
}
