//! Conditions: on a figure, on the target, on the deadline, on what was found.

use winnow::combinator::opt;
use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::base::{Date, Number};
use crate::notation::{Dimension, Unit, date::Part, scan_date};
use crate::rule::{Amount, Point, Side};

use super::scan::{Input, Outcome, amount, attempt, is_name, lit, word};
use super::words::{
    AT, BOTH, EQUAL, HARM, LATE, LOWER_IN, LOWER_OUT, LOWER_OVER, MEETS, MET, MISSED, MISSES, NONE,
    NOT_EQUAL, NOT_OVER, NOT_OVERSPENT, NOT_UNDER, ON_TIME, OVER, OVER_BY, OVERSPENT, SOME, TARGET, UNDER,
    UNDER_BY, UPPER_IN, UPPER_OUT, WITH, WITHOUT,
};

/// One end as written: `firm` where the text itself says whether the point belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct End {
    pub(super) at: Point,
    pub(super) inclusive: bool,
    pub(super) firm: bool,
    /// 以下: it gives way to a bare range that begins here.
    pub(super) yields: bool,
}

/// A stretch as written.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Stretch {
    pub(super) lower: Option<End>,
    pub(super) upper: Option<End>,
    /// Both ends come from one bare range (85%-95%).
    pub(super) bare: bool,
    /// 超过10%: above 10 %, or above the target by 10 %; the rest of the criterion decides.
    pub(super) perhaps_beyond: bool,
}

/// What a condition is about.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Matter {
    /// The measured value.
    Value,
    /// Days after the deadline.
    Lateness(Option<Date>),
    /// What was found.
    Count(String),
}

/// A condition as written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Condition {
    pub(super) matter: Matter,
    pub(super) shape: Shape,
    /// A name that stands inside the condition (85%≤完成率<95%).
    pub(super) subject: Option<String>,
}

/// The shape of a condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shape {
    Within(Stretch),
    Outside(Stretch),
    Meets,
    Misses,
    /// 达不到的, 超过的: what the condition before it is not.
    Contrary {
        over: bool,
    },
}

fn value(shape: Shape) -> Condition {
    Condition { matter: Matter::Value, shape, subject: None }
}

fn within(stretch: Stretch) -> Condition {
    value(Shape::Within(stretch))
}

pub(super) fn end(at: Point, inclusive: bool, firm: bool) -> End {
    End { at, inclusive, firm, yields: false }
}

fn from(at: Point, inclusive: bool, firm: bool) -> Stretch {
    Stretch { lower: Some(end(at, inclusive, firm)), ..Stretch::default() }
}

fn up_to(at: Point, inclusive: bool, firm: bool) -> Stretch {
    Stretch { upper: Some(end(at, inclusive, firm)), ..Stretch::default() }
}

/// What the criterion is read for, as far as conditions need it.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// The target's deadline, to complete dates without a year.
    pub(super) deadline: Option<Date>,
}

/// A condition at the start of the text.
pub(super) fn condition(input: &mut Input<'_>, around: Around) -> Outcome<Condition> {
    let start = *input;
    for parser in
        [two_sided, interval, found, overspent, deviation, of_target, against_target, by_figures, met]
    {
        if let Some(found) = attempt(input, parser) {
            return Ok(also(found, input));
        }
    }
    if let Some(found) = attempt(input, |i| lateness(i, around)) {
        return Ok(found);
    }
    *input = start;
    Err(EmptyError)
}

/// A second condition that must hold as well: 不低于目标值的80%且低于目标值.
fn also(first: Condition, input: &mut Input<'_>) -> Condition {
    let Shape::Within(a) = &first.shape else { return first };
    if first.matter != Matter::Value || (a.lower.is_some() && a.upper.is_some()) {
        return first;
    }
    let second = attempt(input, |i| {
        word(BOTH).parse_next(i)?;
        let second = [of_target, against_target, by_figures]
            .into_iter()
            .find_map(|p| attempt(i, p))
            .ok_or(EmptyError)?;
        match second.shape {
            Shape::Within(b) => both(a.clone(), b).ok_or(EmptyError),
            _ => Err(EmptyError),
        }
    });
    match second {
        Some(stretch) => Condition { shape: Shape::Within(stretch), ..first },
        None => first,
    }
}

/// Whether a condition can begin with this character; spares most places the full attempt.
pub(super) fn can_begin(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '≥' | '≤' | '<' | '>' | '=' | '≠' | '[' | '(' | '≮' | '≯')
        || "大小高低不少多超未达没完满在为等按逾延推滞拖晚规及如准提全足已实介处位控突至应优一二三四五六七八九十百零两差欠目指预计任标定基年责批成绩既设存发出有无查违接收产凡上项概没与较比"
            .contains(c)
}

// ---- figures -------------------------------------------------------------------------------------------------

/// What stands behind a figure about its own belonging: `(含)`, `(不含95%)`.
fn belonging(input: &mut Input<'_>, at: &Amount) -> Outcome<Option<bool>> {
    if attempt(input, word(WITH)).is_some() {
        return Ok(Some(true));
    }
    if attempt(input, word(WITHOUT)).is_some() {
        return Ok(Some(false));
    }
    if let Some(found) = attempt(input, |i| {
        lit("(").parse_next(i)?;
        let inside = word(&["不包括", "不包含", "不含", "包括", "包含", "含"]).parse_next(i)?;
        let repeated = amount(i)?;
        lit(")").parse_next(i)?;
        let same = repeated.number == at.number && (repeated.unit.is_bare() || repeated.unit == at.unit);
        if same { Ok(!inside.starts_with('不')) } else { Err(EmptyError) }
    }) {
        return Ok(Some(found));
    }
    if input.starts_with("(含") || input.starts_with("(不含") { Err(EmptyError) } else { Ok(None) }
}

/// A word behind a figure that makes it an end: 以上, 以下, 以内.
#[derive(Clone, Copy, PartialEq)]
enum After {
    Lower { inclusive: bool, firm: bool },
    Upper { inclusive: bool, firm: bool, yields: bool },
}

fn after(input: &mut Input<'_>, at: &Amount) -> Outcome<(Option<After>, Option<bool>)> {
    let mut belongs = belonging(input, at)?;
    let found = attempt(
        input,
        word(&[
            "及其以上",
            "及以上",
            "或以上",
            "以上",
            "及其以下",
            "及以下",
            "或以下",
            "以下",
            "及以内",
            "以内",
            "之内",
            "以外",
            "内",
            "或更高",
            "或更低",
        ]),
    );
    if let Some(late) = belonging(input, at)? {
        if belongs.is_some_and(|b| b != late) {
            return Err(EmptyError);
        }
        belongs = Some(late);
    }
    let inclusive = belongs.unwrap_or(true);
    let firm = belongs.is_some();
    let side = match found {
        Some("以上") => Some(After::Lower { inclusive, firm }),
        Some("及其以上" | "及以上" | "或以上" | "或更高") if belongs != Some(false) => {
            Some(After::Lower { inclusive: true, firm: true })
        }
        Some(w @ ("以下" | "以内" | "之内" | "内")) => {
            Some(After::Upper { inclusive, firm, yields: w == "以下" && !firm })
        }
        Some("及其以下" | "及以下" | "或以下" | "及以内" | "或更低") if belongs != Some(false) => {
            Some(After::Upper { inclusive: true, firm: true, yields: false })
        }
        Some("以外") if belongs.is_none() => Some(After::Lower { inclusive: false, firm: true }),
        Some(_) => return Err(EmptyError),
        None => None,
    };
    Ok((side, belongs))
}

/// Between the two ends of a range.
fn to(input: &mut Input<'_>) -> Outcome<()> {
    word(&["-", "~", "至", "到", "与"]).parse_next(input).map(|_| ())
}

/// A range as written.
type Range = (Amount, Option<bool>, Amount, Option<bool>);

/// `85%(含)-95%`, `85-95%`, `5至10天`: both ends and what is said of each.
fn range(input: &mut Input<'_>) -> Outcome<Range> {
    let mut low = amount(input)?;
    let low_belongs = belonging(input, &low)?;
    to(input)?;
    let high = amount(input)?;
    let high_belongs = belonging(input, &high)?;
    if low.unit.is_bare() {
        low.unit = high.unit.clone();
    }
    let ascending = match (low.number.times(low.unit.factor), high.number.times(high.unit.factor)) {
        (Some(a), Some(b)) => a < b && low.unit.comparable(&high.unit),
        _ => false,
    };
    if ascending { Ok((low, low_belongs, high, high_belongs)) } else { Err(EmptyError) }
}

fn stretch(range: Range, place: impl Fn(Amount) -> Point) -> Stretch {
    let (low, low_belongs, high, high_belongs) = range;
    Stretch {
        lower: Some(end(place(low), low_belongs.unwrap_or(true), low_belongs.is_some())),
        upper: Some(end(place(high), high_belongs.unwrap_or(false), high_belongs.is_some())),
        bare: true,
        perhaps_beyond: false,
    }
}

fn range_end(input: &mut Input<'_>) {
    attempt(input, word(&["之间", "区间内", "区间", "范围内", "以内", "内"]));
}

/// `在80%(含)-90%之间`, `≥80%且<90%`, `90%以上`, `100%`
fn by_figures(input: &mut Input<'_>) -> Outcome<Condition> {
    opt(word(AT)).parse_next(input)?;
    if let Some(found) = attempt(input, |i| {
        opt(word(&["达到", "为", "达"])).parse_next(i)?;
        let found = range(i)?;
        range_end(i);
        Ok(found)
    }) {
        return Ok(within(stretch(found, Point::Value)));
    }
    if let Some(found) = attempt(input, |i| {
        word(NOT_EQUAL).parse_next(i)?;
        let at = amount(i)?;
        let only = end(Point::Value(at), true, true);
        Ok(Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() })
    }) {
        return Ok(value(Shape::Outside(found)));
    }
    if let Some(found) = attempt(input, |i| {
        word(&["上下浮动超过", "浮动超过", "偏离超过", "偏差超过"]).parse_next(i)?;
        let by = amount(i)?;
        if !by.unit.is_ratio() {
            return Err(EmptyError);
        }
        Ok(Stretch {
            lower: Some(end(Point::Beyond(Side::Below, by.clone()), true, true)),
            upper: Some(end(Point::Beyond(Side::Above, by), true, true)),
            ..Stretch::default()
        })
    }) {
        return Ok(value(Shape::Outside(found)));
    }
    let first = one_sided(input)?;
    let timed = [&first.lower, &first.upper].into_iter().flatten().any(
        |e| matches!(&e.at, Point::Value(a) if is_time(&a.unit) || a.unit.dimension == Dimension::Workdays),
    );
    if timed {
        attempt(input, word(&["办结", "完成", "办理完毕", "到达", "响应", "办理"]));
    }
    let second = attempt(input, |i| {
        opt(word(BOTH)).parse_next(i)?;
        one_sided(i)
    });
    match second {
        Some(second) => both(first, second).map(within).ok_or(EmptyError),
        None => Ok(within(first)),
    }
}

/// Two one-sided conditions that both hold.
pub(super) fn both(a: Stretch, b: Stretch) -> Option<Stretch> {
    let perhaps_beyond = a.perhaps_beyond || b.perhaps_beyond;
    match (a, b) {
        (Stretch { lower: Some(l), upper: None, .. }, Stretch { lower: None, upper: Some(u), .. })
        | (Stretch { lower: None, upper: Some(u), .. }, Stretch { lower: Some(l), upper: None, .. }) => {
            Some(Stretch { lower: Some(l), upper: Some(u), bare: false, perhaps_beyond })
        }
        _ => None,
    }
}

/// What stands before a figure.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    LowerIn,
    LowerOut,
    LowerOver,
    UpperIn,
    UpperOut,
    Equal,
    Nothing,
}

fn before(input: &mut Input<'_>) -> Before {
    let tables: [(&'static [&'static str], Before); 6] = [
        (LOWER_IN, Before::LowerIn),
        (LOWER_OUT, Before::LowerOut),
        (LOWER_OVER, Before::LowerOver),
        (UPPER_IN, Before::UpperIn),
        (UPPER_OUT, Before::UpperOut),
        (EQUAL, Before::Equal),
    ];
    let best = tables
        .iter()
        .filter_map(|(table, kind)| {
            let longest = table.iter().filter(|w| input.starts_with(**w)).map(|w| w.len()).max()?;
            Some((longest, *kind))
        })
        .max_by_key(|(length, _)| *length);
    match best {
        Some((length, kind)) => {
            *input = input.get(length..).unwrap_or_default();
            kind
        }
        None => Before::Nothing,
    }
}

/// One figure with what makes it an end: 不低于90%, 90%以上, 低于60%, 100%.
fn one_sided(input: &mut Input<'_>) -> Outcome<Stretch> {
    let first = before(input);
    // ≥ and its like may follow a verb: 达到≥90%
    let at = amount(input)?;
    let (side, belongs) = after(input, &at)?;
    let place = Point::Value(at);
    let firm_or = |default: bool| (belongs.unwrap_or(default), true);
    match (first, side) {
        (Before::LowerIn, None | Some(After::Lower { .. })) => {
            if belongs == Some(false) {
                Err(EmptyError)
            } else {
                Ok(from(place, true, true))
            }
        }
        (Before::LowerOut, None) => {
            let (inclusive, firm) = firm_or(false);
            Ok(from(place, inclusive, firm))
        }
        (Before::LowerOver, None) => {
            let (inclusive, firm) = firm_or(false);
            Ok(Stretch { perhaps_beyond: true, ..from(place, inclusive, firm) })
        }
        (Before::LowerOver, Some(After::Lower { inclusive, firm })) => {
            // 超过10%以上: whether 10% itself belongs is open, so only (含) or (不含) makes it firm.
            let inclusive = inclusive && firm;
            Ok(Stretch { perhaps_beyond: true, ..from(place, inclusive, firm) })
        }
        (Before::LowerOut, Some(After::Lower { inclusive, firm })) => {
            Ok(from(place, inclusive && firm, firm))
        }
        (Before::UpperIn, None | Some(After::Upper { .. })) => {
            if belongs == Some(false) {
                Err(EmptyError)
            } else {
                Ok(up_to(place, true, true))
            }
        }
        (Before::UpperOut, None) => {
            let (inclusive, firm) = firm_or(false);
            Ok(up_to(place, inclusive, firm))
        }
        (Before::UpperOut, Some(After::Upper { inclusive, firm, .. })) => {
            Ok(up_to(place, inclusive && firm, firm))
        }
        (Before::Nothing | Before::Equal, Some(After::Lower { inclusive, firm })) => {
            Ok(from(place, inclusive, firm))
        }
        (Before::Nothing | Before::Equal, Some(After::Upper { inclusive, firm, yields })) => {
            let upper = End { yields, ..end(place, inclusive, firm) };
            Ok(Stretch { upper: Some(upper), ..Stretch::default() })
        }
        (Before::Nothing, None) if matches!(&place, Point::Value(a) if a.unit.word == "分") => {
            Err(EmptyError)
        }
        (Before::Nothing | Before::Equal, None) if belongs.is_none() => {
            let only = end(place, true, first == Before::Equal);
            Ok(Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() })
        }
        _ => Err(EmptyError),
    }
}

/// `[80%,90%)`, `(80%，90%]`
fn interval(input: &mut Input<'_>) -> Outcome<Condition> {
    let low_in = word(&["[", "("]).parse_next(input)? == "[";
    let mut low = amount(input)?;
    word(&["，", ","]).parse_next(input)?;
    let high = amount(input)?;
    let high_in = word(&["]", ")"]).parse_next(input)? == "]";
    if low.unit.is_bare() {
        low.unit = high.unit.clone();
    }
    if low.unit.comparable(&high.unit) && low.number < high.number {
        Ok(within(Stretch {
            lower: Some(end(Point::Value(low), low_in, true)),
            upper: Some(end(Point::Value(high), high_in, true)),
            ..Stretch::default()
        }))
    } else {
        Err(EmptyError)
    }
}

/// `85%≤x<95%`, `95%>满意度≥85%`
fn two_sided(input: &mut Input<'_>) -> Outcome<Condition> {
    let sign = |i: &mut Input<'_>| word(&["≤", "<=", "=<", "<", "≥", ">=", "=>", ">"]).parse_next(i);
    let mut a = amount(input)?;
    let first = sign(input)?;
    let until = input.find(['≤', '<', '≥', '>', '=']).ok_or(EmptyError)?;
    let name = input.get(..until).ok_or(EmptyError)?;
    if !is_name(name) {
        return Err(EmptyError);
    }
    *input = input.get(until..).ok_or(EmptyError)?;
    let second = sign(input)?;
    let b = amount(input)?;
    if a.unit.is_bare() {
        a.unit = b.unit.clone();
    }
    let (rising, falling) = (|s: &str| s.contains(['≤', '<']), |s: &str| s.contains(['≥', '>']));
    let includes = |s: &str| s.contains(['≤', '≥', '=']);
    let (low, low_in, high, high_in) = if rising(first) && rising(second) {
        (a, includes(first), b, includes(second))
    } else if falling(first) && falling(second) {
        (b, includes(second), a, includes(first))
    } else {
        return Err(EmptyError);
    };
    if !low.unit.comparable(&high.unit) || low.number >= high.number {
        return Err(EmptyError);
    }
    let subject = (!matches!(name, "x" | "X" | "a" | "A" | "p" | "P")).then(|| name.to_owned());
    let stretch = Stretch {
        lower: Some(end(Point::Value(low), low_in, true)),
        upper: Some(end(Point::Value(high), high_in, true)),
        ..Stretch::default()
    };
    Ok(Condition { matter: Matter::Value, shape: Shape::Within(stretch), subject })
}

// ---- the target ----------------------------------------------------------------------------------------------

fn target(input: &mut Input<'_>) -> Outcome<()> {
    word(TARGET).parse_next(input)?;
    Ok(())
}

/// 达到目标值, 未完成年度任务, 低于指标值, 不超过预算
fn against_target(input: &mut Input<'_>) -> Outcome<Condition> {
    let shapes: [(&'static [&'static str], fn() -> Shape); 6] = [
        (MEETS, || Shape::Meets),
        (MISSES, || Shape::Misses),
        (NOT_OVER, || Shape::Within(up_to(Point::Target, true, true))),
        (NOT_UNDER, || Shape::Within(from(Point::Target, true, true))),
        (OVER, || Shape::Within(from(Point::Target, false, true))),
        (UNDER, || Shape::Within(up_to(Point::Target, false, true))),
    ];
    for (table, shape) in shapes {
        let found = attempt(input, |i| {
            word(table).parse_next(i)?;
            opt(word(&["了", "年度", "当年", "既定", "规定的", "规定", "设定的"])).parse_next(i)?;
            target(i)?;
            opt(word(&["要求", "的要求", "以上", "及以上"])).parse_next(i)?;
            if i.starts_with("的")
                && i.get("的".len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            {
                return Err(EmptyError);
            }
            if i.starts_with(|c: char| c.is_ascii_digit()) { Err(EmptyError) } else { Ok(shape()) }
        });
        if let Some(shape) = found {
            return Ok(value(shape));
        }
    }
    if let Some(found) = attempt(input, |i| {
        opt(word(&["控制在", "在"])).parse_next(i)?;
        target(i)?;
        word(&["范围以内", "范围之内", "范围内", "以内", "之内", "内"]).parse_next(i)?;
        Ok(up_to(Point::Target, true, true))
    }) {
        return Ok(within(found));
    }
    Err(EmptyError)
}

/// 完成, 达标, 未完成
fn met(input: &mut Input<'_>) -> Outcome<Condition> {
    if attempt(input, word(MISSED)).is_some() {
        return Ok(value(Shape::Contrary { over: false }));
    }
    if attempt(input, |i| {
        word(&["超过", "超出", "超"]).parse_next(i)?;
        if i.starts_with(['的', '不', '，', '部']) || i.is_empty() { Ok(()) } else { Err(EmptyError) }
    })
    .is_some()
    {
        attempt(input, word(&["部分"]));
        return Ok(value(Shape::Contrary { over: true }));
    }
    word(MET).parse_next(input)?;
    Ok(value(Shape::Meets))
}

/// 未超支, 超支
fn overspent(input: &mut Input<'_>) -> Outcome<Condition> {
    if attempt(input, word(NOT_OVERSPENT)).is_some() {
        return Ok(within(up_to(Point::Target, true, true)));
    }
    word(OVERSPENT).parse_next(input)?;
    if input.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(EmptyError);
    }
    Ok(within(from(Point::Target, false, true)))
}

/// 达到目标值80%(含)以上, 目标值的60%-80%, 低于目标值的80%
fn of_target(input: &mut Input<'_>) -> Outcome<Condition> {
    opt(word(AT)).parse_next(input)?;
    let first = attempt(input, |i| {
        let found = before(i);
        opt(word(&["年度", "了"])).parse_next(i)?;
        if found == Before::Nothing {
            word(MEETS).parse_next(i)?;
        }
        target(i)?;
        Ok(if found == Before::Nothing { Before::LowerIn } else { found })
    });
    let (first, said) = match first {
        Some(found) => (found, true),
        None => {
            target(input)?;
            (Before::Nothing, false)
        }
    };
    let linked = attempt(input, lit("的")).is_some();
    let place = |a: Amount| a.number.times(a.unit.factor).map_or(Point::Target, Point::OfTarget);
    if let Some(found) = attempt(input, range) {
        range_end(input);
        if !found.0.unit.is_ratio() || !matches!(first, Before::LowerIn | Before::Nothing | Before::Equal) {
            return Err(EmptyError);
        }
        return Ok(within(stretch(found, place)));
    }
    let at = amount(input)?;
    let whole = at.number.times(at.unit.factor).filter(|_| at.unit.is_ratio()).ok_or(EmptyError)?;
    let (side, belongs) = after(input, &at)?;
    let half = Number::new("0.5".parse().unwrap_or_default());
    let place = Point::OfTarget(whole);
    let found = match (first, side) {
        (Before::LowerIn, None | Some(After::Lower { .. })) if belongs != Some(false) => {
            from(place, true, true)
        }
        (Before::Nothing | Before::Equal, Some(After::Lower { inclusive, firm })) => {
            from(place, inclusive, firm)
        }
        (Before::Nothing | Before::Equal, Some(After::Upper { inclusive, firm, .. })) => {
            up_to(place, inclusive, firm)
        }
        (Before::LowerIn, Some(After::Upper { inclusive, firm, .. })) if said => {
            up_to(place, inclusive, firm)
        }
        // 低于目标值20%: 20 % of it, or 20 % below it? Only (的), or a share that can be no deviation, decides.
        (Before::UpperOut, None) if linked || whole >= half => up_to(place, belongs.unwrap_or(false), true),
        (Before::UpperIn, None) if linked => up_to(place, true, true),
        (Before::LowerOut | Before::LowerOver, None) if linked && whole >= Number::ONE => {
            from(place, belongs.unwrap_or(false), true)
        }
        _ => return Err(EmptyError),
    };
    Ok(within(found))
}

/// 高于标准10%以内(含), 少于任务4%-8%, 超支5%以上, 低于目标值5个百分点以内
fn deviation(input: &mut Input<'_>) -> Outcome<Condition> {
    let (side, named) = deviates(input)?;
    let start = *input;
    let (low, high) = if let Some((low, low_in, high, high_in)) = attempt(input, range) {
        range_end(input);
        let low = (low, low_in.unwrap_or(true), low_in.is_some());
        (Some(low), Some((high, high_in.unwrap_or(false), high_in.is_some())))
    } else {
        *input = start;
        let at = amount(input)?;
        let (behind, belongs) = after(input, &at)?;
        match behind {
            Some(After::Upper { inclusive, firm, .. }) => (None, Some((at, inclusive, firm))),
            Some(After::Lower { inclusive, firm }) => (Some((at, inclusive, firm)), None),
            None if side == Side::Above && named => {
                let whole = at.number.times(at.unit.factor).unwrap_or_default();
                if at.unit.is_ratio() && whole >= Number::ONE {
                    return Err(EmptyError);
                }
                (Some((at, belongs.unwrap_or(false), true)), None)
            }
            None => return Err(EmptyError),
        }
    };
    let place = |a: Amount| Point::Beyond(side, a);
    let bare = low.is_some() && high.is_some();
    let near = match low {
        Some((a, inclusive, firm)) => end(place(a), inclusive, firm),
        None => end(Point::Target, false, true),
    };
    let far = high.map(|(a, inclusive, firm)| end(place(a), inclusive, firm));
    let (lower, upper) = if side == Side::Above { (Some(near), far) } else { (far, Some(near)) };
    Ok(within(Stretch { lower, upper, bare, perhaps_beyond: false }))
}

/// What a deviation begins with: its side, and whether the target is named.
fn deviates(input: &mut Input<'_>) -> Outcome<(Side, bool)> {
    opt(word(&["比", "较"])).parse_next(input)?;
    if let Some(side) = attempt(input, |i| {
        target(i)?;
        if attempt(i, word(&["高出", "超出", "高", "多"])).is_some() {
            return Ok(Side::Above);
        }
        word(&["降低", "减少", "低", "少"]).parse_next(i)?;
        Ok(Side::Below)
    }) {
        return Ok((side, true));
    }
    for (named, alone, side) in [(OVER, OVER_BY, Side::Above), (UNDER, UNDER_BY, Side::Below)] {
        if attempt(input, |i| {
            word(named).parse_next(i)?;
            target(i)
        })
        .is_some()
        {
            return Ok((side, true));
        }
        if attempt(input, word(alone)).is_some() {
            return Ok((side, false));
        }
    }
    Err(EmptyError)
}

// ---- the deadline --------------------------------------------------------------------------------------------

fn late(matter: Option<Date>, shape: Shape) -> Condition {
    Condition { matter: Matter::Lateness(matter), shape, subject: None }
}

/// 按时完成, 2021年12月31日前完成, 未按时完成, 逾期3天以内
fn lateness(input: &mut Input<'_>, around: Around) -> Outcome<Condition> {
    if attempt(input, word(ON_TIME)).is_some() {
        return Ok(late(None, Shape::Meets));
    }
    if let Some(day) = attempt(input, |i| deadline(i, around)) {
        return Ok(late(day, Shape::Meets));
    }
    word(LATE).parse_next(input)?;
    let days = attempt(input, |i| {
        opt(word(&["天数", "时间"])).parse_next(i)?;
        opt(word(AT)).parse_next(i)?;
        let found = match attempt(i, range) {
            Some(found) => {
                range_end(i);
                stretch(found, Point::Value)
            }
            None => {
                let first = one_sided(i)?;
                let second = attempt(i, |j| {
                    word(BOTH).parse_next(j)?;
                    one_sided(j)
                });
                match second {
                    Some(second) => both(first, second).ok_or(EmptyError)?,
                    None => first,
                }
            }
        };
        let timed = [&found.lower, &found.upper]
            .iter()
            .any(|end| end.as_ref().is_some_and(|e| matches!(&e.at, Point::Value(a) if is_time(&a.unit))));
        if timed { Ok(found) } else { Err(EmptyError) }
    });
    match days {
        Some(mut found) => {
            found.perhaps_beyond = false;
            if found.lower.is_none() {
                // 逾期3天以内: late at all, and by no more.
                let zero = Amount { number: Number::ZERO, unit: day() };
                found.lower = Some(end(Point::Value(zero), false, true));
            }
            opt(word(&["完成"])).parse_next(input)?;
            Ok(late(None, Shape::Within(found)))
        }
        None if input.starts_with(|c: char| c.is_ascii_digit()) => Err(EmptyError),
        None => Ok(late(None, Shape::Misses)),
    }
}

/// The unit that lateness is counted in.
fn day() -> Unit {
    crate::notation::scan_unit("天").map(|(unit, _)| unit).unwrap_or_default()
}

pub(super) fn is_time(unit: &Unit) -> bool {
    unit.dimension == crate::notation::Dimension::Time
}

/// `2021年12月31日前完成`: its day, or `None` where it is the target's.
fn deadline(input: &mut Input<'_>, around: Around) -> Outcome<Option<Date>> {
    opt(word(&["在", "于"])).parse_next(input)?;
    let (when, taken) = scan_date(input, false).ok_or(EmptyError)?;
    let before_month_end = input.get(..taken).is_some_and(|w| w.ends_with(['底', '末']));
    *input = input.get(taken..).ok_or(EmptyError)?;
    let open = matches!(
        when.part,
        Part::Month(_) | Part::Quarter(_) | Part::Half(_) | Part::Year | Part::YearStart | Part::Third(..)
    ) && !before_month_end;
    let inside = word(&["之前", "以前", "前", "内", "底前"]).parse_next(input)? == "内";
    if open && !inside {
        // 10月前: before October, or in it? Only 底 or a day says.
        return Err(EmptyError);
    }
    opt(word(&[
        "全部完成",
        "全面完成",
        "完成",
        "完工",
        "办结",
        "建成",
        "投入使用",
        "竣工",
        "验收",
        "完成验收",
    ]))
    .parse_next(input)?;
    match (when.year, around.deadline) {
        (Some(_), _) => Ok(Some(when.days(None).ok_or(EmptyError)?.last)),
        (None, Some(day)) if when.days(Some(day.year())).is_some_and(|d| d.last == day) => Ok(None),
        _ => Err(EmptyError),
    }
}

// ---- what was found ------------------------------------------------------------------------------------------

fn counted(noun: &str, stretch: Stretch) -> Condition {
    Condition { matter: Matter::Count(noun.to_owned()), shape: Shape::Within(stretch), subject: None }
}

fn none_of() -> Point {
    Point::Value(Amount { number: Number::ZERO, unit: Unit::bare() })
}

/// 无有效投诉, 未发现问题, 发生安全事故, 出现2次及以上, 发现问题数等于0
fn found(input: &mut Input<'_>) -> Outcome<Condition> {
    if let Some(found) = attempt(input, |i| {
        lit("发现问题数").parse_next(i)?;
        by_figures(i)
    }) {
        return Ok(Condition { matter: Matter::Count(String::new()), ..found });
    }
    if let Some(noun) = attempt(input, |i| {
        word(NONE).parse_next(i)?;
        harm(i)
    }) {
        return Ok(counted(noun, up_to(none_of(), true, true)));
    }
    if input.starts_with("有效") {
        return Err(EmptyError); // 有效投诉 is a name
    }
    word(SOME).parse_next(input)?;
    let figures = attempt(input, |i| {
        let found = match attempt(i, range) {
            Some(found) => stretch(found, Point::Value),
            None => one_sided(i)?,
        };
        let counts = [&found.lower, &found.upper]
            .iter()
            .any(|end| end.as_ref().is_some_and(|e| matches!(&e.at, Point::Value(a) if is_count(&a.unit))));
        if counts { Ok(found) } else { Err(EmptyError) }
    });
    match figures {
        Some(mut found) => {
            found.perhaps_beyond = false;
            let noun = attempt(input, |i| harm(i)).unwrap_or_default();
            Ok(counted(noun, found))
        }
        None => {
            let noun = harm(input)?;
            // 发现问题2处以上
            let figures = attempt(input, |i| match attempt(i, range) {
                Some(found) => Ok(stretch(found, Point::Value)),
                None => one_sided(i),
            });
            let mut found = figures.unwrap_or_else(|| from(none_of(), false, true));
            found.perhaps_beyond = false;
            Ok(counted(noun, found))
        }
    }
}

pub(super) fn is_count(unit: &Unit) -> bool {
    matches!(unit.dimension, crate::notation::Dimension::Count(_)) && unit.word != "分"
}

/// A harm's name: up to its last word, before the award.
pub(super) fn harm<'s>(input: &mut Input<'s>) -> Outcome<&'s str> {
    let mut best = None;
    for (at, _) in input.char_indices().take(MAX_HARM) {
        let rest = input.get(at..).unwrap_or_default();
        let Some(name) = HARM.iter().filter(|w| rest.starts_with(**w)).max_by_key(|w| w.len()) else {
            continue;
        };
        let end = at.saturating_add(name.len());
        let noun = input.get(..end).unwrap_or_default();
        if is_name(noun) {
            best = Some(end);
        }
    }
    let end = best.ok_or(EmptyError)?;
    let noun = input.get(..end).ok_or(EmptyError)?;
    *input = input.get(end..).ok_or(EmptyError)?;
    Ok(noun)
}

/// Characters in which the name of a harm ends.
const MAX_HARM: usize = 16;
