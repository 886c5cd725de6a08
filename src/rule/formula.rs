//! The equation by which a criterion calculates its rate: names over names.

use crate::base::Number;
use crate::words::{Lexicon, list};

use super::arithmetic::Arithmetic;
use super::graded::Graded;
use super::{Award, Proportion};

/// How the criterion calculates what it measures: 到位率=到位资金/预算资金×100%.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The whole equation.
    pub text: String,
    /// Whether the right side is one figure over another, so that a fraction is the rate.
    pub is_quotient: bool,
}

/// `(本年总额-上年总额)/上年总额`: names with their signs, over names with theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Formula {
    /// Above the line.
    pub(super) above: Vec<Term>,
    /// Below it.
    pub(super) below: Vec<Term>,
}

/// One name of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// The name.
    pub(super) name: String,
    /// Whether it is taken off.
    pub(super) less: bool,
}

impl Graded {
    /// The equation of what is measured, or the quotient that the points are in proportion to.
    pub(super) fn written(&self) -> Option<Definition> {
        let quotient = || {
            self.all_awards().find_map(|award| match award {
                Award::Rate(Proportion { rate: Some(rate), over: None, .. }) if rate.contains('/') => {
                    Some(Definition { text: format!("得分={rate}"), is_quotient: true })
                }
                _ => None,
            })
        };
        self.definition.clone().or_else(quotient)
    }
}

impl Definition {
    /// Its right side, where that is a sum of names over a sum of names.
    pub(super) fn formula(&self) -> Option<Formula> {
        let (_, right) = self.text.split_once('=')?;
        let right = ["*100%", "×100%", "*100", "×100"]
            .iter()
            .find_map(|end| right.strip_suffix(end))
            .unwrap_or(right);
        let right = unwrapped(right);
        let (above, below) = right.rsplit_once('/')?;
        Some(Formula { above: terms(unwrapped(above))?, below: terms(unwrapped(below))? })
    }

    /// Its right side, where that is a formula of names, but no sum over a sum.
    pub(super) fn arithmetic(&self) -> Option<Arithmetic> {
        let (_, right) = self.text.split_once('=')?;
        let right = right.strip_suffix("*100%").or_else(|| right.strip_suffix("×100%")).unwrap_or(right);
        Arithmetic::read(&right.replace('×', "*")).filter(|_| self.formula().is_none())
    }

    /// Whether one of its names is this.
    pub(super) fn names(&self, name: &str) -> bool {
        let of_sums = |formula: Formula| formula.above.iter().chain(&formula.below).any(|t| t.name == name);
        self.formula().map_or_else(|| self.arithmetic().is_some_and(|a| a.names().contains(&name)), of_sums)
    }

    /// Whether it is what was done over what was promised.
    pub(crate) fn is_completion(&self) -> bool {
        let Some(Formula { above, below }) = self.formula().filter(|_| self.is_quotient) else {
            return false;
        };
        let has = |terms: &[Term], words: &Lexicon| matches!(terms, [only] if words.within(&only.name));
        has(&above, list::DONE_TERMS) && has(&below, list::PROMISED_TERMS)
    }
}

/// The text without brackets around the whole of it.
fn unwrapped(text: &str) -> &str {
    let inside = text.strip_prefix(['(', '[']).and_then(|text| text.strip_suffix([')', ']']));
    inside.filter(|inside| is_balanced(inside)).unwrap_or(text)
}

fn is_balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' | '[' => depth = depth.saturating_add(1),
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

fn terms(text: &str) -> Option<Vec<Term>> {
    let mut found = Vec::new();
    let mut less = false;
    for part in text.split_inclusive(['+', '-']) {
        let name = part.trim_end_matches(['+', '-']);
        let figure = name.starts_with(|c: char| c.is_ascii_digit() || c == '|');
        let known = !name.is_empty() && !figure && !name.contains(['/', '*', '×', '[']) && is_balanced(name);
        if !known {
            return None;
        }
        found.push(Term { name: name.to_owned(), less });
        less = part.ends_with('-');
    }
    (!found.is_empty() && is_balanced(text)).then_some(found)
}

/// The sum of terms, each with the value that is found for its name.
pub(super) fn sum(terms: &[Term], value: impl Fn(&str) -> Option<Number>) -> Option<Number> {
    terms.iter().try_fold(Number::ZERO, |total, term| {
        let value = value(&term.name)?;
        if term.less { total.minus(value) } else { total.plus(value) }
    })
}
