//! 资金到位率=(实际到位资金/预算资金)×100%: how a rate is calculated.

use winnow::error::EmptyError;

use super::brackets::told_letters;
use super::{Given, Kind, Place};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, is_name};
use crate::criterion::grammar::words::COUNTING_POINTS;
use crate::rule::{Arithmetic, Definition};

pub(super) const KIND: Kind = Kind {
    name: "计算公式",
    example: "到位率=到位资金/预算资金*100%",
    yields: "比率怎样计算",
    place: Place::Anywhere,
    parse: definition,
    before: &[],
};

pub(super) fn definition(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    // 执行率=A/B*100%(A为实际支出，B为预算): what the letters are follows.
    let whole = *input;
    let told = whole.rfind('(').filter(|at| {
        whole.get(*at..).is_some_and(|mut behind| told_letters(&mut behind).is_ok() && behind.is_empty())
    });
    let (text, behind) = whole.split_at_checked(told.unwrap_or(whole.len())).ok_or(EmptyError)?;
    let (name, right) = text.split_once('=').ok_or(EmptyError)?;
    let name = name.trim_end_matches("(%)");
    if !is_name(name) || ["得分", "评分", "计分", "分值"].iter().any(|w| name.contains(w)) {
        return Err(EmptyError);
    }
    let mut rest = right;
    let quotient = equation(&mut rest).or_else(|_| with_figures(&mut rest))?;
    if !rest.is_empty() {
        return Err(EmptyError);
    }
    *input = behind;
    let definition = Definition { text: text.to_owned(), is_quotient: quotient };
    Ok(Clause::Definition { name: name.to_owned(), definition })
}

/// Names with operators and brackets, at the end ×100%: whether it is one name over another.
fn equation(input: &mut Input<'_>) -> Outcome<bool> {
    let text = *input;
    let body = text.strip_suffix("*100%").or_else(|| text.strip_suffix("×100%")).unwrap_or(text);
    let mut depth = 0_i32;
    let mut operators = 0_usize;
    let mut divisions = 0_usize;
    for part in body.split_inclusive(['+', '-', '*', '/', '(', ')', '[', ']']) {
        let (name, sign) = match part.char_indices().next_back() {
            Some((at, c)) if "+-*/()[]".contains(c) => (part.get(..at).unwrap_or_default(), Some(c)),
            _ => (part, None),
        };
        if !name.is_empty() && !name.chars().all(char::is_alphabetic) && !is_name(name) {
            return Err(EmptyError);
        }
        match sign {
            Some('(' | '[') => depth = depth.saturating_add(1),
            Some(')' | ']') => depth = depth.saturating_sub(1),
            Some('/') => divisions = divisions.saturating_add(1),
            Some(_) => operators = operators.saturating_add(1),
            None => {}
        }
        if depth < 0 {
            return Err(EmptyError);
        }
    }
    if depth != 0 || divisions == 0 {
        return Err(EmptyError);
    }
    *input = "";
    Ok(divisions == 1 && operators == 0)
}

/// (培训完成率+宣传完成率)/2, 满意度*60%+知晓率*40%, 达标天数/365: names with figures.
fn with_figures(input: &mut Input<'_>) -> Outcome<bool> {
    let body = input.strip_suffix("*100%").unwrap_or(input);
    let formula = Arithmetic::read(body).ok_or(EmptyError)?;
    let names = formula.names();
    let plain = names.iter().all(|name| is_name(name) && !COUNTING_POINTS.has(name));
    let figures = body.contains(|c: char| c.is_ascii_digit() || c == '|');
    let joined = names.len() > 1 || body.contains('/');
    if names.is_empty() || !plain || !figures || !joined {
        return Err(EmptyError);
    }
    *input = "";
    Ok(false)
}
