//! How something changed, in words: 较上年增长7%, 与上年持平, 超支2%, 由91%提高到92%, 上年80起，本年76起.

use std::cmp::Ordering;

use crate::base::Number;
use crate::notation::{Quantity, Unit};
use crate::words::{self, Class, list};

use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::super::{IndicatorFacts, Point, Refusal, When};
use super::from_to::{behind_from, from_to};
use super::parts::{AnswerPart, parts};
use super::two_years::{apart, grown, years, years_beside};
use super::{Answer, names};

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Up,
    Level,
    Down,
}

fn way(text: &str) -> Option<Way> {
    if text.contains("负增长") {
        return Some(Way::Down);
    }
    let has = |class: Class| words::of(class).within(text);
    // 低于上年
    if has(Class::LastYears) && !text.contains(|c: char| c.is_ascii_digit()) {
        let stands = |class: Class| {
            words::of(class).iter().any(|how| {
                text.find(how).is_some_and(|at| {
                    text.get(at..).is_some_and(|rest| {
                        words::of(Class::LastYears).begins(rest.strip_prefix(how).unwrap_or_default())
                    })
                })
            })
        };
        match (stands(Class::BoundBelow), stands(Class::BoundAbove)) {
            (true, false) => return Some(Way::Down),
            (false, true) => return Some(Way::Up),
            _ => {}
        }
    }
    let ways =
        [(has(Class::Unchanged), Way::Level), (has(Class::Risen), Way::Up), (has(Class::Fallen), Way::Down)];
    let mut found = ways.iter().filter(|(said, _)| *said);
    match (found.next(), found.next()) {
        (Some((_, way)), None) => Some(*way),
        _ => None,
    }
}

fn money(text: &str) -> Option<Way> {
    let has = |class: Class| words::of(class).within(text);
    match (has(Class::Spared), has(Class::Unchanged), has(Class::OverspentBy)) {
        (true, false, false) => Some(Way::Down),
        (false, true, false) => Some(Way::Level),
        (false, false, true) => Some(Way::Up),
        _ => None,
    }
}

/// Which ways each state of a rule is, where all of them are ways of a change, each once: 增长, 持平或下降, 未减少.
pub(super) fn ways(rule: &Graded) -> Option<Vec<Vec<Way>>> {
    if rule.states.is_empty() || !rule.bands.is_empty() {
        return None;
    }
    let ways: Vec<Vec<Way>> = rule.states.iter().map(|state| ways_of(&state.label)).collect::<Option<_>>()?;
    let all: Vec<Way> = ways.concat();
    let once = all.iter().enumerate().all(|(at, way)| all.iter().take(at).all(|other| other != way));
    once.then_some(ways)
}

/// 持平、下降 are two ways, 未减少 is all but one.
fn ways_of(label: &str) -> Option<Vec<Way>> {
    let one = |text: &str| {
        let said = way(text).filter(|_| !text.contains(|c: char| c.is_ascii_digit()))?;
        let denied = said != Way::Level && list::DENIAL_SIGNS.within(text);
        let rest = [Way::Up, Way::Level, Way::Down].into_iter().filter(|way| *way != said);
        Some(if denied { rest.collect() } else { vec![said] })
    };
    let parts: Vec<Vec<Way>> = label.split(['、', '或']).map(one).collect::<Option<_>>()?;
    Some(parts.concat())
}

/// Whether the rate of a row is of growth; `None` where it is of no change, or not certain which.
pub(super) fn rises(rule: &Graded, facts: &IndicatorFacts) -> Option<bool> {
    match measured(rule, facts)? {
        Measured::Rise => Some(true),
        Measured::Fall => Some(false),
        Measured::Spared | Measured::Overspent => None,
    }
}

/// Whether an indicator is called a change: what is entered for it is that.
pub(in crate::rule) fn is_of_change(name: &str) -> bool {
    let moved = [Class::Risen, Class::Fallen].iter().any(|class| words::of(*class).within(name));
    moved || name.contains("变动") || name.contains("变化") || name.contains("增速")
}

/// The state of a criterion that an actual comes to: 较上年增长2.1% where it lists 增长, 持平 and 下降.
pub(super) fn state(rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    if rule.states.len() < 2 || !rule.bands.is_empty() {
        return None;
    }
    for (read, spent) in [(way as fn(&str) -> Option<Way>, false), (money, true)] {
        let plain = |label: &str| read(label).filter(|_| !label.contains(|c: char| c.is_ascii_digit()));
        let of = |label: &str| if spent { Some(vec![plain(label)?]) } else { ways_of(label) };
        let ways: Option<Vec<Vec<Way>>> = rule.states.iter().map(|state| of(&state.label)).collect();
        let Some(ways) = ways else { continue };
        let all = ways.concat();
        let twice =
            all.iter().enumerate().any(|(at, way)| all.iter().skip(at.saturating_add(1)).any(|w| w == way));
        if twice {
            continue;
        }
        let text = plain_words(facts.actual_text);
        let stated = if (text.contains(['未', '不', '但', '基', '略', '无', '速', '幅', '率'])
            || words::of(Class::Slowed).within(&text))
            && !words::of(Class::Unchanged).within(&text)
            || is_amount_of_a_rate(&text, rule, facts)
        {
            None
        } else {
            read(&text)
        };
        let said = if spent {
            stated.or_else(|| against_target(facts))
        } else {
            stated.or_else(|| two_years(&text))
        };
        let at = ways.iter().position(|ways| said.is_some_and(|said| ways.contains(&said)))?;
        return rule.states.get(at).map(|state| Answer::word(&state.label));
    }
    None
}

/// 债务余额下降4% under 债务率: that an amount fell says nothing of the rate.
fn is_amount_of_a_rate(text: &str, rule: &Graded, facts: &IndicatorFacts) -> bool {
    let moved = [Class::Risen, Class::Fallen, Class::Unchanged];
    let at = moved.iter().filter_map(|class| words::of(*class).find(text)).map(|(at, _)| at).min();
    let said = at.and_then(|at| text.get(..at)).unwrap_or_default();
    let since = words::of(Class::ChangedSince);
    let said = since.strip_end(said).unwrap_or(said);
    let rated = |text: &str| list::RATE_ENDS.within(text) || text.contains('比');
    let labels = rule.states.iter().map(|state| state.label.as_str());
    let of_rate = labels.chain([facts.indicator]).any(rated);
    of_rate && said.chars().nth(2).is_some() && !rated(said) && !facts.indicator.contains(said)
}

/// Which way it is from one number to another.
fn between(from: Number, to: Number) -> Way {
    match to.cmp(&from) {
        Ordering::Less => Way::Down,
        Ordering::Equal => Way::Level,
        Ordering::Greater => Way::Up,
    }
}

/// 96万元 beside 100万元 is spared.
fn against_target(facts: &IndicatorFacts) -> Option<Way> {
    let (target, actual) = (facts.target?.quantity()?, facts.actual?.quantity()?);
    let plain = actual.sign.is_none() && target.unit.is_money() && actual.unit.is_money();
    let (a, t) = (actual.in_base().filter(|_| plain)?, target.in_base()?);
    Some(between(t, a))
}

/// 上年80起，本年76起: the years' own numbers.
fn two_years(text: &str) -> Option<Way> {
    let (before, now) = years(text)?;
    let (a, b) = (before.in_base()?, now.in_base()?);
    before.unit.comparable(&now.unit).then_some(between(a, b))
}

/// What the rate of a row measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measured {
    Rise,
    Fall,
    Spared,
    Overspent,
}

fn measured(rule: &Graded, facts: &IndicatorFacts) -> Option<Measured> {
    let one = |name: &str| {
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let (up, down) = (words::of(Class::Risen).within(name), words::of(Class::Fallen).within(name));
        let rate = list::RATE_OF_CHANGE_ENDS.ends(name)
            || words::of(Class::Risen).ends(name)
            || words::of(Class::Fallen).ends(name);
        let kinds = [
            (has(&["变动", "变化", "增速", "增幅"]) || (up && !down), Measured::Rise),
            (down && !up, Measured::Fall),
            (has(&["节约率", "节支率"]), Measured::Spared),
            (has(&["超支率"]), Measured::Overspent),
        ];
        let mut found = kinds.into_iter().filter(|(said, _)| *said && rate).map(|(_, kind)| kind);
        match (found.next(), found.next()) {
            (Some(kind), None) => Some(kind),
            _ => None,
        }
    };
    let reached = ["完成率", "满意度", "达标率", "达成率"];
    if reached.iter().any(|end| facts.indicator.ends_with(end)) {
        return None;
    }
    let mut kinds = names(rule, facts).filter_map(one);
    let first = kinds.next()?;
    kinds.all(|kind| kind == first).then_some(first)
}

/// 由60%提高到62% under 提高3%: two points, or a thirtieth of it. Both must earn the same.
pub(super) fn either_way(rule: &Graded, facts: &IndicatorFacts) -> Option<Vec<Answer>> {
    let measured = measured(rule, facts)?;
    let text = plain_words(facts.actual_text);
    let by = from_to(&text).filter(|_| !asks_points(rule) && asks_share(rule))?;
    let way = if by.number.is_negative() { Way::Down } else { Way::Up };
    let rest = behind_from(&text)?;
    let (first, _) = crate::notation::scan_quantity(rest)?;
    let share = by.number.over(first.number)?;
    let points = signed(&by, Some(way), measured, true)?;
    let relative = signed(&Quantity::new(share, Unit::ratio()), Some(way), measured, true)?;
    Some(vec![points, relative])
}

/// 提高3%以上: not said whether points are meant.
fn asks_share(rule: &Graded) -> bool {
    let ends = rule.bands.iter().filter_map(|band| match &band.when {
        When::Within(span) | When::Outside(span) => Some([&span.lower, &span.upper]),
        When::Meets | When::Misses => None,
    });
    let asked =
        |at: &Point| matches!(at, Point::Value(amount) if amount.unit.is_ratio() && !amount.number.is_zero());
    ends.flatten().flatten().any(|end| asked(&end.at))
}

/// The rate of a change that the words state, with the sign that the row gives it.
pub(super) fn answer(rule: &Graded, facts: &IndicatorFacts) -> Result<Option<Answer>, Refusal> {
    let Some(measured) = measured(rule, facts) else { return Ok(None) };
    let text = plain_words(facts.actual_text);
    let percent = |number: Number| Some(Answer::number(Quantity::new(number, Unit::percent())));

    if let Some(by) = from_to(&text) {
        return Ok(signed(
            &by,
            Some(if by.number.is_negative() { Way::Down } else { Way::Up }),
            measured,
            true,
        ));
    }
    if let Some(times) = times_of_last_year(&text).filter(|_| measured == Measured::Rise) {
        return Ok(Some(times));
    }
    let points = asks_points(rule);
    if let Some((before, now)) = years(&text) {
        let moved = if points { apart(&before, &now) } else { grown(&before, &now) };
        return Ok(moved.and_then(|rate| {
            let way = if rate.number.is_negative() { Way::Down } else { Way::Up };
            signed(&rate, Some(way), measured, true)
        }));
    }
    let level = words::of(Class::Unchanged).ends(&text) && text.chars().count() <= 8;
    let Some(parts) = parts(&text) else { return Ok(None) };
    if level && parts.iter().all(|part| part.amount.is_none()) {
        return Ok(percent(Number::ZERO));
    }
    let changes: Vec<&AnswerPart> = parts
        .iter()
        .filter(|part| part.amount.is_some() && turn(part, measured, facts.indicator).is_some())
        .collect();
    let [only] = changes.as_slice() else { return Ok(None) };
    let Some(amount) = only.amount.as_ref().filter(|a| a.sign.is_none()) else { return Ok(None) };
    if !only.after.is_empty() {
        return Ok(None);
    }
    if !amount.unit.is_ratio() {
        let why = "写明的是变化的数额，没有写明变化的比率";
        return Err(Refusal::new(facts.actual_text, why, "请写明比率，或写明两年的数。"));
    }
    if points && !amount.unit.word.contains('点') {
        let why = "评分标准说的是百分点，写明的是百分之几，没有写明是哪一种";
        return Err(Refusal::new(facts.actual_text, why, "请写明变化了几个百分点，或写明两年的数。"));
    }
    let way = turn(only, measured, facts.indicator);
    let own = signed(amount, way, measured, false);
    let moved = years_beside(&text).and_then(|(before, now)| {
        let moved = if points { apart(&before, &now) } else { grown(&before, &now) }?;
        let way = if moved.number.is_negative() { Way::Down } else { Way::Up };
        signed(&moved, Some(way), measured, true)
    });
    if let (Some(own), Some(moved)) = (own.as_ref().and_then(rate), moved.as_ref().and_then(rate)) {
        let places = amount.places.saturating_add(2);
        if own.round(places) != moved.round(places) {
            let why = "写明的变化幅度与所列两年的数算出的不相等";
            return Err(Refusal::new(facts.actual_text, why, "请核对实际完成值，只保留正确的数。"));
        }
    }
    Ok(own)
}

/// 为上年的1.6倍: six tenths more than it.
fn times_of_last_year(text: &str) -> Option<Answer> {
    let rest = list::LEADS_TO_A_FIGURE.strip(text)?;
    let rest = words::of(Class::LastYears).strip(rest)?.strip_prefix('的')?;
    let (times, taken) = crate::notation::scan_quantity(rest)?;
    let plain =
        taken == rest.len() && times.sign.is_none() && times.fraction.is_none() && times.unit.is_ratio();
    let number = times.in_base()?.minus(Number::ONE).filter(|_| plain)?;
    Some(Answer::number(Quantity::new(number, Unit::ratio())))
}

/// The rate that an answer comes to, as a share of one.
fn rate(answer: &Answer) -> Option<Number> {
    answer.actual.quantity().and_then(Quantity::in_base)
}

/// 提高3个百分点及以上: the change of a rate is asked for in points of it.
pub(super) fn asks_points(rule: &Graded) -> bool {
    let ends = rule.bands.iter().filter_map(|band| match &band.when {
        When::Within(span) | When::Outside(span) => Some([&span.lower, &span.upper]),
        When::Meets | When::Misses => None,
    });
    let mut units = ends.flatten().flatten().filter_map(|end| match &end.at {
        Point::Value(amount) if !amount.number.is_zero() => Some(amount.unit.word.contains('点')),
        _ => None,
    });
    units.next().is_some_and(|first| first && units.all(|point| point))
}

/// Which way a part says that it went, in the words that fit what is measured. Nothing else may stand there: 增速回落 and
/// 降幅收窄 say how a change changed.
fn turn(part: &AnswerPart, measured: Measured, name: &str) -> Option<Way> {
    const BESIDE: [&str; 7] = ["全年", "本年", "实际", "累计", "，", "成本", "工程"];
    let since = words::of(Class::ChangedSince);
    let rest = part.before.trim_end_matches(['了', ':', '为']);
    let way = |text: &str| {
        let mut rest = text;
        while let Some(after) =
            since.strip(rest).or_else(|| BESIDE.iter().find_map(|word| rest.strip_prefix(word)))
        {
            rest = after;
        }
        let is = |class: Class| words::of(class).has(rest);
        match measured {
            Measured::Rise | Measured::Fall if is(Class::Risen) => Some(Way::Up),
            Measured::Rise | Measured::Fall if is(Class::Fallen) => Some(Way::Down),
            Measured::Spared | Measured::Overspent if is(Class::Spared) => Some(Way::Down),
            Measured::Spared | Measured::Overspent if is(Class::OverspentBy) => Some(Way::Up),
            _ => None,
        }
    };
    // 接待游客增长7% under 接待游客增长率: the name's own words lead to it.
    let led = name.char_indices().filter_map(|(at, _)| rest.strip_prefix(name.get(..at)?));
    led.chain([rest]).find_map(way)
}

fn signed(amount: &Quantity, way: Option<Way>, measured: Measured, own: bool) -> Option<Answer> {
    let plus = match measured {
        Measured::Rise | Measured::Overspent => Way::Up,
        Measured::Fall | Measured::Spared => Way::Down,
    };
    let size = if own { amount.number.abs() } else { amount.number };
    let number = match way? {
        Way::Level => return None,
        way if way == plus => size,
        _ => Number::ZERO.minus(size)?,
    };
    Some(Answer::number(Quantity { number, sign: None, ..amount.clone() }))
}
