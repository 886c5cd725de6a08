//! One clause of a criterion: a condition with its award, steps, a limit, what else holds.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::{Date, Number};
use crate::rule::{Amount, Award, Definition, Line, Partial};

use crate::criterion::grammar::asides::{
    base, brackets, deadline, forgiven, nothing, placeholder, stated, weight,
};
use crate::criterion::grammar::award::{award, then};
use crate::criterion::grammar::condition::{Around, Condition};
use crate::criterion::grammar::equation::definition;
use crate::criterion::grammar::graded::graded;
use crate::criterion::grammar::limit::{Limit, limit};
use crate::criterion::grammar::line::line;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, lit, word};
use crate::criterion::grammar::states::{asked, respectively, state};
use crate::criterion::grammar::step::{StepClause, remainder, step};
use crate::criterion::grammar::words::ELSE;
use crate::criterion::text::plain::{Segment, offset};

/// A clause as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Clause {
    /// 满意度≥90%得满分
    Graded { subject: Option<String>, condition: Condition, award: Award },
    /// 低于90%的: what follows says what happens then.
    When { subject: Option<String>, condition: Condition },
    /// 按完成比例得分
    Award(Award),
    /// 每降低1个百分点扣0.5分
    Steps(StepClause),
    /// 按直线内插法计分: its ends, where the clause itself names them.
    Line { subject: Option<String>, line: Option<Line> },
    /// 不足1个百分点的按1个百分点计算
    Remainder(Partial, Amount),
    /// 最多扣3分
    Limit(Limit),
    /// 其余不得分
    Else(Option<Award>),
    /// 部分覆盖得50%; 优（10分）、良（8分）
    States(Vec<(String, Award)>),
    /// 是否按规定公示: 是 and 否 follow.
    Asked,
    /// 到位率=到位资金/预算资金×100%
    Definition { name: String, definition: Definition },
    /// (x为完成率): what the conditions measure.
    Named { letter: char, name: String },
    /// 满分10分
    Weight(Number),
    /// 基准为100%
    Base(Amount),
    /// 完成期限为2021年12月31日
    Deadline(Date),
    /// 目标值为90%
    Stated(Amount),
    /// 扣完为止: nothing goes below 0 anyway, but what is taken is taken again and again.
    UntilGone,
    /// 评分标准: nothing that changes a score.
    Nothing,
}

/// A clause with the words it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Spoken<'p> {
    pub(crate) clause: Clause,
    pub(crate) text: &'p str,
}

/// What clauses are read for.
#[derive(Clone, Copy)]
pub(crate) struct Setting<'c> {
    pub(crate) indicator: &'c str,
    pub(crate) around: Around,
}

/// Longer segments are prose, not clauses.
const MAX_SEGMENT: usize = 160;

/// Clauses of a criterion; more are no criterion of one indicator.
const MAX_CLAUSES: usize = 64;

/// All clauses of the segments; the first words that are none where there are any.
pub(crate) fn clauses<'p>(
    text: &'p str,
    segments: &[Segment<'p>],
    setting: Setting,
) -> Result<Vec<Spoken<'p>>, &'p str> {
    let mut found = Vec::new();
    let mut next = 0_usize;
    while let Some(segment) = segments.get(next) {
        next = next.saturating_add(1);
        let mut rest = segment.text;
        if rest.chars().count() > MAX_SEGMENT {
            return Err(rest);
        }
        while !rest.is_empty() {
            // 90%以上得10分、80%-90%得8分
            if found.last().is_some_and(|s: &Spoken| matches!(s.clause, Clause::Graded { .. })) {
                rest = rest.strip_prefix('、').unwrap_or(rest);
            }
            let start = rest;
            // 满意度≥90%，10分: behind a condition of its own, points need no verb.
            let due = found
                .last()
                .is_some_and(|s: &Spoken| matches!(s.clause, Clause::When { .. } | Clause::Else(None)));
            if due && let Some(earned) = attempt(&mut rest, |i| award(i, true)) {
                let taken = start.len().saturating_sub(rest.len());
                let text = start.get(..taken).unwrap_or(start);
                found.push(Spoken { clause: Clause::Award(earned), text });
                continue;
            }
            let Some(clause) = attempt(&mut rest, |i| clause(i, setting)) else {
                // 每降低1个百分点，扣0.5分: the comma stands inside the clause.
                let whole = joined(text, start, segments.get(next)).ok_or(start)?;
                rest = whole;
                let clause = attempt(&mut rest, |i| clause(i, setting)).ok_or(start)?;
                if !rest.is_empty() {
                    return Err(start);
                }
                next = next.saturating_add(1);
                found.push(Spoken { clause, text: whole });
                continue;
            };
            if rest.len() == start.len() || found.len() > MAX_CLAUSES {
                return Err(start);
            }
            let taken = start.len().saturating_sub(rest.len());
            let words = start.get(..taken).unwrap_or(start);
            found.push(Spoken { clause, text: words });
        }
    }
    Ok(found)
}

/// The text from here to the end of the next segment, where only a comma stands between.
fn joined<'p>(text: &'p str, start: &str, next: Option<&Segment>) -> Option<&'p str> {
    let from = offset(text, start);
    let to = offset(text, next?.text).checked_add(next?.text.len())?;
    let whole = text.get(from..to)?;
    let between = whole.get(start.len()..)?;
    (between.starts_with('，') && whole.len() <= MAX_SEGMENT).then_some(whole)
}

fn clause(input: &mut Input<'_>, setting: Setting) -> Outcome<Clause> {
    for parser in [nothing, line, weight, base, stated, deadline, forgiven, otherwise, brackets, placeholder]
    {
        if let Some(found) = attempt(input, parser) {
            return Ok(found);
        }
    }
    if let Some((partial, size)) = attempt(input, remainder) {
        return Ok(Clause::Remainder(partial, size));
    }
    if let Some(found) = attempt(input, limit) {
        return Ok(Clause::Limit(found));
    }
    if let Some(found) = attempt(input, step) {
        return Ok(Clause::Steps(found));
    }
    if let Some(found) = attempt(input, definition) {
        return Ok(found);
    }
    if input.starts_with("实际为")
        && let Some(found) = attempt(input, state)
    {
        return Ok(found);
    }
    if input.contains(':')
        && let Some(found) = attempt(input, |i| award_first(i, setting))
    {
        return Ok(found);
    }
    if let Some(found) = attempt(input, |i| graded(i, setting)) {
        return Ok(found);
    }
    if let Some(found) = attempt(input, |i| award(i, false)) {
        return Ok(Clause::Award(found));
    }
    for parser in [respectively, state, asked] {
        if let Some(found) = attempt(input, parser) {
            return Ok(found);
        }
    }
    Err(EmptyError)
}

/// 得2分:完成率60%-80%
fn award_first(input: &mut Input<'_>, setting: Setting) -> Outcome<Clause> {
    let earned = award(input, true)?;
    lit(":").parse_next(input)?;
    match graded(input, setting)? {
        Clause::When { subject, condition } if input.is_empty() => {
            Ok(Clause::Graded { subject, condition, award: earned })
        }
        _ => Err(EmptyError),
    }
}

fn otherwise(input: &mut Input<'_>) -> Outcome<Clause> {
    word(ELSE).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    if let Some(found) = attempt(input, |i| award(i, true)) {
        return Ok(Clause::Else(Some(found)));
    }
    then(input);
    if input.is_empty() || input.starts_with('每') || input.starts_with('比') {
        Ok(Clause::Else(None))
    } else {
        Err(EmptyError)
    }
}
