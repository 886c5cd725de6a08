//! One clause of a criterion: a condition with its award, steps, a limit, what else holds.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::{Date, Number};
use crate::notation::scan_date;
use crate::rule::{Amount, Award, Definition, Partial, Point};

use super::award::{award, then};
use super::condition::{Around, Condition, End, Matter, Shape, Stretch, can_begin, condition, end, is_count, is_time};
use super::plain::{Segment, offset};
use super::scan::{Input, Outcome, amount, attempt, is_name, lit, points, word};
use super::step::{Limit, StepClause, limit, remainder, step};
use super::words::{ELSE, HARM, NEUTRAL, UNTIL_FULL, UNTIL_GONE};

/// A clause as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Clause {
    /// 满意度≥90%得满分
    Graded { subject: Option<String>, condition: Condition, award: Award },
    /// 低于90%的: what follows says what happens then.
    When { subject: Option<String>, condition: Condition },
    /// 按完成比例得分
    Award(Award),
    /// 每降低1个百分点扣0.5分
    Steps(StepClause),
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
pub(super) struct Spoken<'p> {
    pub(super) clause: Clause,
    pub(super) text: &'p str,
}

/// What clauses are read for.
#[derive(Clone, Copy)]
pub(super) struct Setting<'c> {
    pub(super) indicator: &'c str,
    pub(super) around: Around,
}

/// Longer segments are prose, not clauses.
const MAX_SEGMENT: usize = 160;
/// Names before a condition end within so many characters.
const MAX_SUBJECT: usize = 30;
/// Objects between a figure and its award are short.
const MAX_OBJECT: usize = 6;
/// Clauses of a criterion; more are no criterion of one indicator.
const MAX_CLAUSES: usize = 64;

/// All clauses of the segments; the first words that are none where there are any.
pub(super) fn clauses<'p>(
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
            let due = found.last().is_some_and(|s: &Spoken| {
                matches!(s.clause, Clause::When { .. } | Clause::Else(None))
            });
            if due
                && let Some(earned) = attempt(&mut rest, |i| award(i, true))
            {
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
    for parser in [nothing, weight, base, stated, deadline, otherwise, brackets] {
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

/// 是否按规定公示
fn asked(input: &mut Input<'_>) -> Outcome<Clause> {
    let rest = input.strip_prefix("是否").ok_or(EmptyError)?;
    let question = rest.trim_end_matches([':', '?']);
    if !is_name(question) {
        return Err(EmptyError);
    }
    *input = "";
    Ok(Clause::Asked)
}

/// 优秀、良好、合格、不合格分别得10分、8分、6分、0分
fn respectively(input: &mut Input<'_>) -> Outcome<Clause> {
    let (before, after) = input.split_once("分别").ok_or(EmptyError)?;
    let mut named = before.trim_end_matches('，');
    let ends = ["个等次", "个等级", "个档次", "种情况", "种情形", "等次", "等级", "档次", "档", "级", "类"];
    if let Some(listed) = ends.iter().find_map(|end| named.strip_suffix(end)) {
        named = listed.trim_end_matches(|c: char| "一二三四五六七八九十两".contains(c) || c.is_ascii_digit());
    }
    let listed = named.rsplit_once("分为").map_or(named, |(_, listed)| listed);
    let listed = listed.rsplit_once(':').map_or(listed, |(_, listed)| listed);
    let labels: Vec<&str> = listed.split('、').collect();
    let mut awards = Vec::new();
    for part in after.split('、') {
        let mut rest = part;
        let found = attempt(&mut rest, |i| award(i, true)).or_else(|| {
            let whole = format!("得{part}");
            let mut rest = whole.as_str();
            attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())
        });
        awards.push(found.ok_or(EmptyError)?);
    }
    let short = labels.iter().all(|l| is_label(l) && l.chars().count() <= super::hear::MAX_GRADE);
    if labels.len() < 2 || labels.len() != awards.len() || !short {
        return Err(EmptyError);
    }
    let given = labels.into_iter().map(str::to_owned).zip(awards).collect();
    *input = "";
    Ok(Clause::States(given))
}

fn nothing(input: &mut Input<'_>) -> Outcome<Clause> {
    if attempt(input, word(UNTIL_GONE)).is_some() {
        return Ok(Clause::UntilGone);
    }
    if attempt(input, word(UNTIL_FULL)).is_some() {
        return Ok(Clause::Nothing);
    }
    if attempt(input, no_more_than_all).is_some() {
        return Ok(Clause::Nothing);
    }
    if let Some(n) = attempt(input, no_more_points) {
        return Ok(Clause::Limit(Limit::Score(n)));
    }
    if attempt(input, source).is_some() || attempt(input, chosen).is_some() {
        return Ok(Clause::Nothing);
    }
    word(NEUTRAL).parse_next(input)?;
    if attempt(input, lit(":")).is_some() || input.is_empty() { Ok(Clause::Nothing) } else { Err(EmptyError) }
}

/// 任选其一考核: which thing is measured, and nothing about its points.
fn chosen(input: &mut Input<'_>) -> Outcome<()> {
    lit("任选").parse_next(input)?;
    word(&["其一", "一项", "其中一项"]).parse_next(input)?;
    word(&["进行考核", "考核", "进行评价", "评价"]).parse_next(input)?;
    if input.is_empty() { Ok(()) } else { Err(EmptyError) }
}

/// 根据问卷调查结果, 以统计数据为准: where the figures come from.
fn source(input: &mut Input<'_>) -> Outcome<()> {
    let text = *input;
    word(&["通过", "根据", "依据", "按照", "以", "经"]).parse_next(input)?;
    let ends = ["问卷调查", "满意度调查", "调查", "调查结果", "统计结果", "测评结果", "检测结果", "统计数据", "为准"];
    if is_name(text) && ends.iter().any(|end| input.ends_with(end)) {
        *input = "";
        Ok(())
    } else {
        Err(EmptyError)
    }
}

/// 完成率超过100%的按100%计: a rate earns no more than all points anyway.
fn no_more_than_all(input: &mut Input<'_>) -> Outcome<()> {
    let over = ["超过", "超出", "高于", "大于"];
    let (at, verb) = over.iter().filter_map(|w| input.find(w).map(|at| (at, w))).min().ok_or(EmptyError)?;
    let name = input.get(..at).ok_or(EmptyError)?;
    if !name.is_empty() && !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(at.saturating_add(verb.len())..).ok_or(EmptyError)?;
    let first = amount(input)?;
    opt(word(&["的部分", "的", "时", "者"])).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    word(&["按照", "均按", "按", "以"]).parse_next(input)?;
    let second = amount(input)?;
    word(&["计算", "计分", "计"]).parse_next(input)?;
    let whole = first.number.times(first.unit.factor) == Some(Number::ONE) && first.unit.is_ratio();
    if whole && first == second { Ok(()) } else { Err(EmptyError) }
}

/// 超过6分的按6分计
fn no_more_points(input: &mut Input<'_>) -> Outcome<Number> {
    opt(word(&["得分", "总分"])).parse_next(input)?;
    word(&["超过", "超出", "高于", "大于"]).parse_next(input)?;
    let first = points(input)?;
    opt(word(&["的", "时", "者"])).parse_next(input)?;
    opt(lit("，")).parse_next(input)?;
    word(&["按照", "均按", "按", "以", "计"]).parse_next(input)?;
    let second = points(input)?;
    opt(word(&["计算", "计分", "计"])).parse_next(input)?;
    if first == second { Ok(first) } else { Err(EmptyError) }
}

/// `(扣完为止)`, `(最多扣3分)`: a limit in brackets.
fn brackets(input: &mut Input<'_>) -> Outcome<Clause> {
    lit("(").parse_next(input)?;
    let found = if attempt(input, word(UNTIL_GONE)).is_some() {
        Clause::UntilGone
    } else if let Some((partial, size)) = attempt(input, remainder) {
        Clause::Remainder(partial, size)
    } else {
        Clause::Limit(limit(input)?)
    };
    lit(")").parse_next(input)?;
    Ok(found)
}

/// 满分10分, 本项分值5分
fn weight(input: &mut Input<'_>) -> Outcome<Clause> {
    word(&[
        "本项满分",
        "该项满分",
        "该指标满分",
        "本指标满分",
        "本项分值",
        "该项分值",
        "指标分值",
        "满分",
        "分值",
        "权重",
        "总分",
        "共",
    ])
    .parse_next(input)?;
    opt(word(&["为", ":", "是"])).parse_next(input)?;
    let n = points(input)?;
    opt(lit(":")).parse_next(input)?;
    Ok(Clause::Weight(n))
}

/// 基准为100%
fn base(input: &mut Input<'_>) -> Outcome<Clause> {
    // 以90%为满分
    if let Some(at) = attempt(input, |i| {
        lit("以").parse_next(i)?;
        let at = amount(i)?;
        word(&["为满分标准", "为满分", "得满分"]).parse_next(i)?;
        Ok(at)
    }) {
        let only = end(Point::Value(at), true, false);
        let stretch = Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() };
        let condition = Condition { matter: Matter::Value, shape: Shape::Within(stretch), subject: None };
        return Ok(Clause::Graded { subject: None, condition, award: Award::Full });
    }
    if let Some(at) = attempt(input, |i| {
        lit("以").parse_next(i)?;
        let at = amount(i)?;
        word(&["为标准", "为基准", "为基础"]).parse_next(i)?;
        if i.is_empty() { Ok(at) } else { Err(EmptyError) }
    }) {
        return Ok(Clause::Base(at));
    }
    word(&["基准值为", "基准为", "基准值", "基准"]).parse_next(input)?;
    amount(input).map(Clause::Base)
}

/// 目标值为90%, 年度任务数100个: the target once more, and nothing about it.
fn stated(input: &mut Input<'_>) -> Outcome<Clause> {
    let at = STATED.iter().filter_map(|w| input.find(w).map(|at| (at, w.len()))).min().ok_or(EmptyError)?;
    let name = input.get(..at.0).ok_or(EmptyError)?;
    if !name.is_empty() && !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(at.0.saturating_add(at.1)..).ok_or(EmptyError)?;
    opt(word(&["为", "是", ":", "="])).parse_next(input)?;
    let target = amount(input)?;
    if input.is_empty() { Ok(Clause::Stated(target)) } else { Err(EmptyError) }
}

/// Names of the target that can be nothing else.
const STATED: &[&str] = &["目标值", "指标值", "计划值", "计划数", "任务数", "目标数"];

/// 完成期限为2021年12月31日
fn deadline(input: &mut Input<'_>) -> Outcome<Clause> {
    word(&["完成期限为", "完成时限为", "完成时间为"]).parse_next(input)?;
    let (when, taken) = scan_date(input, false).ok_or(EmptyError)?;
    *input = input.get(taken..).ok_or(EmptyError)?;
    let days = when.days(None).ok_or(EmptyError)?;
    if days.first == days.last { Ok(Clause::Deadline(days.last)) } else { Err(EmptyError) }
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

/// Words of degree and manner: 部分完成 is a state of its own, no 完成 of a 部分.
const DEGREES: &[&str] = &[
    "部分", "基本", "大体", "大致", "全面", "超额", "提前", "及时", "较", "很", "完全", "已", "均", "都",
    "也", "尚", "仍", "几乎", "大多", "多数", "少数", "半", "初步", "逐步", "将", "能", "可", "应", "须",
    "需", "必须",
];

/// Whether a text before a condition can be what it measures.
fn is_subject(text: &str, setting: Setting) -> bool {
    if text.is_empty() || text.chars().any(|c| c.is_ascii_digit()) {
        return text.is_empty();
    }
    if text.ends_with(['得', '计', '记', '给', '扣', '按', '减', '加', '占', '相']) {
        return false;
    }
    if DEGREES.iter().any(|w| text.starts_with(w) || text.ends_with(w)) {
        return false;
    }
    let about = text.ends_with(['约', '近'])
        && !["节约", "履约", "违约", "合约", "预约"].iter().any(|w| text.ends_with(w));
    if about {
        return false;
    }
    let own = setting.indicator.contains(text);
    own || (is_name(text) && !text.replace("非常", "").contains(['不', '未', '没', '无', '非']))
}

/// 若满意度, 如果满意度, 当满意度: the name after the word that leads to a condition.
fn without_if(name: &str) -> &str {
    let other = ["如期", "如实", "如约", "当年", "当地", "当期", "当月", "当季", "当日", "当前"];
    if other.iter().any(|w| name.starts_with(w)) {
        return name;
    }
    ["如果", "若", "如", "当", "凡"].iter().find_map(|w| name.strip_prefix(w)).unwrap_or(name)
}

/// A condition with its award, or alone.
fn graded(input: &mut Input<'_>, setting: Setting) -> Outcome<Clause> {
    let start = *input;
    for (at, c) in start.char_indices().take(MAX_SUBJECT) {
        if !can_begin(c) {
            continue;
        }
        let before = start.get(..at).unwrap_or_default();
        let (lead, name) = before.rsplit_once(':').unwrap_or(("", before));
        let name = without_if(name.strip_suffix("*100%").unwrap_or(name));
        let mut rest = start.get(at..).unwrap_or_default();
        let Some(found) = attempt(&mut rest, |i| condition(i, setting.around)) else { continue };
        // Names are weighed last: most places are no condition anyway.
        if !is_subject(name, setting) || !(lead.is_empty() || is_name(lead)) {
            continue;
        }
        let subject = if name.is_empty() { found.subject.clone() } else { Some(name.to_owned()) };
        if let Some(earned) =
            attempt(&mut rest, |i| award(i, true)).or_else(|| with_object(&found, &mut rest))
        {
            let mut found = found;
            attempt(&mut rest, |i| belonging_behind(&mut found, i));
            *input = rest;
            return Ok(Clause::Graded { subject, condition: found, award: earned });
        }
        then(&mut rest);
        let stepped = {
            let mut ahead = rest;
            attempt(&mut ahead, step).is_some()
        };
        if rest.is_empty() || stepped {
            *input = rest;
            return Ok(Clause::When { subject, condition: found });
        }
    }
    Err(EmptyError)
}

/// 80%以上得10分（含80%）: what the bracket behind the award says of the one bound it names.
fn belonging_behind(found: &mut Condition, input: &mut Input<'_>) -> Outcome<()> {
    lit("(").parse_next(input)?;
    let inside = word(&["不包括", "不包含", "不含", "包括", "包含", "含"]).parse_next(input)?;
    let named = amount(input)?;
    opt(lit("本数")).parse_next(input)?;
    lit(")").parse_next(input)?;
    let belongs = !inside.starts_with('不');
    let Shape::Within(stretch) = &mut found.shape else { return Err(EmptyError) };
    let is_named = |e: &End| match &e.at {
        Point::Value(a) => a.number == named.number && (named.unit.is_bare() || named.unit == a.unit),
        _ => false,
    };
    let mut ends = [&mut stretch.lower, &mut stretch.upper].into_iter().flatten().filter(|e| is_named(e));
    let (Some(bound), None) = (ends.next(), ends.next()) else { return Err(EmptyError) };
    if bound.firm && bound.inclusive != belongs {
        return Err(EmptyError);
    }
    *bound = End { inclusive: belongs, firm: true, yields: false, at: bound.at.clone() };
    Ok(())
}

/// 按期批复设计的得2分, 2小时内到达现场得5分, 完成10个以上项目得5分: what is done stands between the condition and
/// its award.
fn with_object(found: &Condition, rest: &mut Input<'_>) -> Option<Award> {
    let longest = match (&found.matter, &found.shape) {
        (Matter::Lateness(_), Shape::Meets | Shape::Misses) => MAX_SUBJECT,
        (Matter::Value, Shape::Within(s)) => {
            let things = |e: &End| matches!(&e.at, Point::Value(a) if is_time(&a.unit) || is_count(&a.unit));
            let point = s.lower.is_some() && s.upper.is_some() && !s.bare;
            if point || ![&s.lower, &s.upper].into_iter().flatten().all(things) {
                return None;
            }
            MAX_OBJECT
        }
        _ => return None,
    };
    let text = *rest;
    for (at, _) in text.char_indices().skip(1).take(longest) {
        let object = text.get(..at)?;
        let mut ahead = text.get(at..)?;
        let plain = longest > MAX_OBJECT
            || !(HARM.iter().any(|w| object.contains(w)) || object.contains(['未', '不', '无', '没']));
        if plain
            && is_name(object)
            && let Some(earned) = attempt(&mut ahead, |i| award(i, true))
        {
            *rest = ahead;
            return Some(earned);
        }
    }
    None
}

/// 资金到位率=(实际到位资金/预算资金)×100%
fn definition(input: &mut Input<'_>) -> Outcome<Clause> {
    let text = *input;
    let (name, right) = text.split_once('=').ok_or(EmptyError)?;
    let name = name.trim_end_matches("(%)");
    if !is_name(name) || ["得分", "评分", "计分", "分值"].iter().any(|w| name.contains(w)) {
        return Err(EmptyError);
    }
    let mut rest = right;
    let quotient = equation(&mut rest)?;
    if !rest.is_empty() {
        return Err(EmptyError);
    }
    *input = rest;
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

/// 部分覆盖得50%, 全量验收:5分, 实际为“是”得满分, 优（10分）、良（8分）
fn state(input: &mut Input<'_>) -> Outcome<Clause> {
    let mut found = Vec::new();
    loop {
        found.push(one_state(input)?);
        if input.is_empty() {
            return Ok(Clause::States(found));
        }
        lit("、").parse_next(input)?;
    }
}

/// A grade word with its award, behind it or in brackets.
fn one_state(input: &mut Input<'_>) -> Outcome<(String, Award)> {
    let text = input.strip_prefix("实际为").unwrap_or(input);
    for (at, c) in text.char_indices().skip(1).take(MAX_LABEL) {
        let before = text.get(..at).unwrap_or_default();
        let mut rest = text.get(at..).unwrap_or_default();
        let earned = if c == '(' {
            attempt(&mut rest, |i| {
                lit("(").parse_next(i)?;
                let earned = award(i, true)?;
                lit(")").parse_next(i)?;
                Ok(earned)
            })
        } else {
            attempt(&mut rest, |i| award(i, true))
        };
        let Some(earned) = earned else { continue };
        // 及时得5分: 时 is part of the word, not 的时候.
        let timely = before.ends_with(['及', '按', '准', '实', '限', '随']);
        if timely && text.get(at..).is_some_and(|after| after.starts_with('时')) {
            continue;
        }
        let label = before
            .rsplit_once(':')
            .map_or(before, |(lead, label)| if is_name(lead) { label } else { before });
        if !is_label(label) || !(rest.is_empty() || rest.starts_with('、')) {
            continue;
        }
        *input = rest;
        return Ok((label.to_owned(), earned));
    }
    Err(EmptyError)
}

/// Labels are short.
const MAX_LABEL: usize = 40;

/// What no grade word contains: figures, comparisons, alternatives, what leaves points to a person.
const NO_LABEL: &[&str] = &[
    "酌情",
    "视情",
    "每",
    "扣",
    "得分",
    "以上",
    "以下",
    "以内",
    "高于",
    "低于",
    "超过",
    "不足",
    "大于",
    "小于",
    "不少于",
    "不低于",
    "若",
    "如果",
    "除",
    "或",
    "任一",
    "之一",
    "百分",
    "倍",
    "一半",
    "过半",
    "多数",
    "名",
    "其余",
    "其他",
    "否则",
    "按比例",
    "按完成",
    "分值",
    "最高",
    "最低",
    "介于",
    "之间",
    "达到",
    "等于",
    "成以",
];

fn is_label(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '、' | '(' | ')' | '√' | '×' | '/'))
        && !NO_LABEL.iter().any(|w| text.contains(w))
}
