//! The clauses of a criterion: a condition with its award, steps, a limit, what else holds.

use crate::base::{Date, Number};
use crate::criterion::text::plain::{Segment, offset};
use crate::rule::{Amount, Award, Definition, Line, Partial};

use super::condition::Condition;
use super::kinds::{self, Included, Kind, Rounded};
use super::limit::Limit;
use super::scan::attempt;
use super::steps::StepClause;

/// A clause as written.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Clause {
    /// 满意度≥90%得满分
    Graded { subject: Option<String>, condition: Condition, award: Award },
    /// 达到95%、90%的分别得6分、4分
    Rungs(Vec<(Option<String>, Condition, Award)>),
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
    /// 有结余，但不超过上年结转: a state whose award follows.
    Labelled(String),
    /// 是否按规定公示: 是 and 否 follow.
    Asked,
    /// 到位率=到位资金/预算资金×100%
    Definition { name: String, definition: Definition },
    /// 偏离度=|实际值-目标值|/目标值×100%
    Distance { name: String },
    /// 取绝对值: of the formula before it.
    Absolute,
    /// (x为完成率), (A为实际支出，B为预算): what letters stand for.
    Named(Vec<(char, String)>),
    /// 满分10分
    Weight(Number),
    /// 基准为100%
    Base(Amount),
    /// 之后完成不得分; 年内未完成不得分
    Afterwards { award: Award, year: bool },
    /// 经批准延期的视同按期完成
    Approved,
    /// 未经批准: what follows is about that.
    Unapproved,
    /// 完成期限为2021年12月31日
    Deadline(Date),
    /// 目标值为90%
    Stated(Amount),
    /// (以上含本数，以下不含本数)
    Included(Included),
    /// 得分保留一位小数
    Rounded(Rounded),
    /// 扣完为止: nothing goes below 0 anyway, but what is taken is taken again and again.
    UntilGone,
    /// 最高不超过分值: no more than all points.
    UpToFull,
    /// 评分标准: nothing that changes a score.
    Nothing,
}

/// A clause with the plain text it was read from.
pub(crate) struct Written<'p> {
    pub(crate) kind: &'static Kind,
    pub(crate) clause: Clause,
    pub(crate) text: &'p str,
}

impl Written<'_> {
    /// Whether an award is due behind it: 满意度≥90%，10分.
    fn wants_award(&self) -> bool {
        matches!(self.clause, Clause::When { .. } | Clause::Labelled(_) | Clause::Else(None))
    }
}

/// The clauses of a criterion.
pub(crate) struct Clauses<'p> {
    /// Those that were read.
    pub(crate) all: Vec<Written<'p>>,
    /// The first words that are no clause, where there are any.
    pub(crate) unread: Option<&'p str>,
}

/// What is known beside the text.
#[derive(Clone, Copy, Default)]
pub(crate) struct Given<'c> {
    /// The indicator's name.
    pub(crate) indicator: &'c str,
    /// The target's deadline, to complete dates without a year.
    pub(crate) deadline: Option<Date>,
}

/// Longer segments are prose, not clauses.
const MAX_SEGMENT: usize = 160;

/// Clauses of a criterion; more are no criterion of one indicator.
const MAX_CLAUSES: usize = 64;

/// All clauses of the segments, up to the first words that are none.
pub(crate) fn clauses<'p>(text: &'p str, segments: &[Segment<'p>], given: Given) -> Clauses<'p> {
    let mut all = Vec::new();
    let unread = read_into(&mut all, text, segments, given).err();
    Clauses { all, unread }
}

fn read_into<'p>(
    found: &mut Vec<Written<'p>>,
    text: &'p str,
    segments: &[Segment<'p>],
    given: Given,
) -> Result<(), &'p str> {
    let mut next = 0_usize;
    while let Some(segment) = segments.get(next) {
        next = next.saturating_add(1);
        let mut rest = segment.text;
        if rest.chars().count() > MAX_SEGMENT {
            return Err(rest);
        }
        while !rest.is_empty() {
            // 90%以上得10分、80%-90%得8分
            if found.last().is_some_and(|last| matches!(last.clause, Clause::Graded { .. })) {
                rest = rest.strip_prefix('、').unwrap_or(rest);
            }
            let start = rest;
            let due = found.last().is_some_and(Written::wants_award);
            let Some((kind, clause)) = attempt(&mut rest, |i| kinds::clause(i, given, due)) else {
                // 每降低1个百分点，扣0.5分: the comma stands inside the clause.
                let text = joined(text, start, segments.get(next)).ok_or(start)?;
                rest = text;
                let (kind, clause) = attempt(&mut rest, |i| kinds::clause(i, given, false)).ok_or(start)?;
                if !rest.is_empty() {
                    return Err(start);
                }
                next = next.saturating_add(1);
                found.push(Written { kind, clause, text });
                continue;
            };
            if rest.len() == start.len() || found.len() > MAX_CLAUSES {
                return Err(start);
            }
            let taken = start.len().saturating_sub(rest.len());
            found.push(Written { kind, clause, text: start.get(..taken).unwrap_or(start) });
        }
    }
    Ok(())
}

/// The text from here to the end of the next segment, where only a comma stands between.
fn joined<'p>(text: &'p str, start: &str, next: Option<&Segment>) -> Option<&'p str> {
    let from = offset(text, start);
    let to = offset(text, next?.text).checked_add(next?.text.len())?;
    let whole = text.get(from..to)?;
    let between = whole.get(start.len()..)?;
    (between.starts_with('，') && whole.len() <= MAX_SEGMENT).then_some(whole)
}
