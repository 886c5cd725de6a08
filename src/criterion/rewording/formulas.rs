//! Formulas of a score, as the formula of a rate and a score by it: 得分=(新建数+改造数)/目标总数×分值 is 比率=(新建数+改造数)/目标总数，
//! 得分=比率×分值. So there is one code for what a rate is made of.

use super::{Change, Place};
use crate::base::{Number, Weight};
use crate::criterion::grammar::formula::{base_points, by_name};
use crate::criterion::grammar::scan::{attempt, denies, figure, is_name};
use crate::criterion::grammar::words::{ACTUAL, INTERPOLATED, SCORE_NAMES, TARGET, WEIGHT};
use crate::rule::Arithmetic;
use crate::words::{self, Class, list};

/// The name of a rate that the criterion does not name.
const RATE: &str = "比率";

/// 得分=达到预期值的指标数/全部指标数×10分, 得分=(甲数+乙数)/总数×分值
pub(super) fn quotient(place: &Place) -> Option<Change> {
    let text = place.text();
    let right = SCORE_NAMES.strip(text)?.strip_prefix('=')?;
    let (quotient, points) = right.rsplit_once('*')?;
    let quotient = quotient.strip_suffix("*100%").unwrap_or(quotient);
    let mut rest = points;
    attempt(&mut rest, base_points).filter(|_| rest.is_empty())?;
    // Whose own names say that it is the actual over the target is read as that.
    let whole = quotient.strip_prefix('(').and_then(|inside| inside.strip_suffix(')'));
    let quotient = whole.filter(|inside| !inside.contains(['(', ')'])).unwrap_or(quotient);
    let (above, below) = quotient.split_once('/')?;
    let terms = match above.strip_prefix('(').and_then(|inside| inside.strip_suffix(')')) {
        Some(inside) => inside.split('+').collect::<Vec<_>>(),
        None => vec![above],
    };
    let named =
        |name: &&str| is_name(name) && name.chars().nth(1).is_some() && !name.contains(['(', ')', '/']);
    let plain = terms.iter().all(named) && named(&below);
    let alone = place.all.iter().filter(|segment| segment.text.contains('=')).count() == 1;
    // 预算数/实际支出数 turns the rate round: the rate that the form states is another.
    let turned = terms.iter().any(|name| TARGET.has(name) || words::of(Class::PromisedTerms).within(name))
        || words::of(Class::DoneTerms).within(below);
    let read_so = terms.len() == 1 && by_name(above, below, quotient).is_ok();
    (plain && alone && !turned && !read_so)
        .then(|| Change::To(format!("{RATE}={quotient}*100%；得分={RATE}*{points}")))
}

/// 得分=(培训完成率+宣传完成率)/2×6分, 得分=(1-未拨付数/应拨付数)×分值, 得分=可办率×5-投诉件数×0.1: what is multiplied by the points
/// is a rate of its own; where nothing is, all of it is so much of the weight.
pub(super) fn arithmetic(place: &Place) -> Option<Change> {
    let text = place.text();
    let right = SCORE_NAMES.strip(text)?.strip_prefix('=')?;
    let weight = place.weight?.number();
    let alone = place.all.iter().filter(|segment| segment.text.contains('=')).count() == 1;
    let (rate, points) = multiplied(right, weight).or_else(|| {
        // 得分=可办率*5-投诉件数*0.1: the points themselves, which at their best are the weight.
        let right = right.strip_suffix('分').unwrap_or(right);
        let whole = Arithmetic::read(right).filter(|formula| formula.names().len() > 1);
        let best = whole.and_then(|formula| formula.best()) == Some(weight);
        best.then(|| (format!("({right})/{weight}"), format!("{weight}分")))
    })?;
    let rate = rate.strip_suffix("*100%").unwrap_or(&rate);
    let formula = Arithmetic::read(rate)?;
    let names = formula.names();
    let own = |name: &&str| is_name(name) && !TARGET.has(name) && !ACTUAL.has(name) && !WEIGHT.has(name);
    // A product of one rate and points is read as it stands.
    let simple = matches!(formula, Arithmetic::Name(_));
    let several = names.len() > 1 || rate.contains('/');
    (alone && !simple && several && !names.is_empty() && names.iter().all(own))
        .then(|| Change::To(format!("{RATE}={rate}*100%；得分={RATE}*{points}")))
}

/// What a rate is, and the points that it is multiplied by: (…)×6分, 6×(…).
fn multiplied(right: &str, weight: Number) -> Option<(String, String)> {
    let points = |text: &str| {
        let mut rest = text;
        let found = attempt(&mut rest, base_points).is_some() && rest.is_empty();
        let bare = text.parse::<Number>().is_ok_and(|n| n == weight);
        match (found, bare) {
            (true, _) => Some(text.to_owned()),
            (false, true) => Some(format!("{text}分")),
            (false, false) => None,
        }
    };
    let whole = |text: &str| {
        let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        let bracketed = inside.is_some_and(|inside| Arithmetic::read(inside).is_some());
        match Arithmetic::read(text)? {
            Arithmetic::Sum(_) if !bracketed => None,
            _ => Some(text.to_owned()),
        }
    };
    let behind = right.rsplit_once('*').and_then(|(rate, of)| Some((whole(rate)?, points(of)?)));
    behind.or_else(|| right.split_once('*').and_then(|(of, rate)| Some((whole(rate)?, points(of)?))))
}

/// 群众满意度与企业满意度的平均值≥90%得8分, 取群众、企业两类满意度的平均值，≥90%得8分: the mean, and then the condition.
pub(super) fn mean(place: &Place) -> Option<Change> {
    let (names, rest) = around_mean(place.text())?;
    // 平均值≥90%得8分 behind the rates
    if names.is_empty() {
        let before = place.all.get(..place.at)?;
        let listed = before.iter().any(|earlier| {
            around_mean(earlier.text).is_some_and(|(names, _)| rates_together(names).is_some())
        });
        return (listed && !rest.is_empty()).then(|| Change::To(format!("{RATE}{rest}")));
    }
    let rates = rates_together(names)?;
    let others = place.all.iter().any(|segment| segment.text.contains('=') && segment.text != place.text());
    let scored = words::of(Class::Scored).has(rest);
    let goes_on = place.behind().is_some_and(|next| next.contains('%'));
    if others || ((rest.is_empty() || scored) && !goes_on) {
        return None;
    }
    let formula = format!("{RATE}=({})/{}", rates.join("+"), rates.len());
    let bound = if rest.is_empty() || scored { String::new() } else { format!("；{RATE}{rest}") };
    Some(Change::To(format!("{formula}{bound}")))
}

/// The words before 的平均值, without what leads to them, and those behind it.
fn around_mean(text: &str) -> Option<(&str, &str)> {
    let (at, word) = words::of(Class::MeanOfThem).find(text)?;
    let (names, rest) = (text.get(..at)?, text.get(at.checked_add(word.len())?..)?);
    Some((list::MEAN_LEADS.strip(names).unwrap_or(names), rest))
}

/// 家长、教师、学生满意度, 群众与企业两类满意度: each rate by its whole name.
fn rates_together(names: &str) -> Option<Vec<String>> {
    let listed: Vec<&str> = names.split(['、', '与', '和', '及']).collect();
    let (last, others) = listed.split_last().filter(|(_, others)| !others.is_empty())?;
    let rate = |name: &str| is_name(name) && name.ends_with(['率', '度']) && name.chars().nth(2).is_some();
    if others.iter().all(|name| rate(name)) && rate(last) {
        return Some(listed.iter().map(|name| (*name).to_owned()).collect());
    }
    let count = Number::from(u32::try_from(listed.len()).ok()?);
    let counted = |(at, _): (usize, char)| {
        let mut rest = last.get(at..).filter(|_| at > 0)?;
        attempt(&mut rest, figure).filter(|(n, _)| *n == count)?;
        Some((last.get(..at)?, list::KINDS_COUNTED.strip(rest)?))
    };
    let (own, thing) = last.char_indices().find_map(counted).or_else(|| {
        // As long as the others are, and then what is said of all.
        let length = others.first()?.chars().count();
        let even = others.iter().all(|name| name.chars().count() == length);
        let (at, _) = last.char_indices().nth(length).filter(|_| even)?;
        Some((last.get(..at)?, last.get(at..)?))
    })?;
    let whole: Vec<String> = others.iter().chain([&own]).map(|name| format!("{name}{thing}")).collect();
    let known = thing.chars().nth(1).is_some() && list::RATE_ENDS.ends(thing);
    (known && whole.iter().all(|name| rate(name))).then_some(whole)
}

/// 偏差率=(执行数-预算数)/预算数*100%的绝对值, and 按绝对值计:≤3%得5分 behind it: without the sign.
pub(super) fn absolute(place: &Place) -> Option<Change> {
    let text = place.text();
    let led =
        |text: &str| list::ABSOLUTE.strip(text).map(|rest| rest.trim_start_matches([':', '，']).to_owned());
    if let Some(rest) = led(text) {
        let defined = place
            .at
            .checked_sub(1)
            .and_then(|at| place.all.get(at))
            .is_some_and(|before| unsigned(before.text).is_some());
        return (defined && !rest.is_empty()).then_some(Change::To(rest));
    }
    if let Some(formula) = text.strip_suffix("的绝对值") {
        return unsigned(formula).map(Change::To);
    }
    let next = place.behind().and_then(led).filter(|rest| !rest.is_empty());
    next.and_then(|_| unsigned(text)).map(Change::To)
}

/// 偏差率=|执行数-预算数|/预算数*100%
fn unsigned(text: &str) -> Option<String> {
    let (name, right) = text.split_once('=')?;
    let quotient = right.strip_suffix("*100%").unwrap_or(right);
    let (above, below) = quotient.split_once('/')?;
    let inside = above.strip_prefix('(')?.strip_suffix(')')?;
    let (a, b) = inside.split_once('-')?;
    let named = [name, a, b, below].iter().all(|part| is_name(part) && part.chars().nth(1).is_some());
    named.then(|| format!("{name}=|{a}-{b}|/{below}*100%"))
}

/// 60%-90%之间按线性插值计分:得分=(满意度-60%)/(90%-60%)*10: the line says how.
pub(super) fn interpolated(place: &Place) -> Option<Change> {
    let (before, formula) = place.text().split_once(":得分=")?;
    let before = words::of(Class::Scored).strip_end(before).unwrap_or(before);
    let before = INTERPOLATED.strip_end(before)?.strip_suffix('按')?.trim_end_matches(['，', '的']);
    let signs = ['-', '*', '/'].iter().all(|sign| formula.contains(*sign));
    let line = signs && !list::DENIALS.within(formula);
    line.then(|| {
        Change::To(if before.is_empty() {
            format!("得分={formula}")
        } else {
            format!("{before}的，得分={formula}")
        })
    })
}

/// 得分=6-(85-入住率*100)*0.2, 得分=6-(85%-入住率)*100*0.2: all points less so many for each point of the rate that is wanting.
pub(super) fn less_by_steps(place: &Place) -> Option<Change> {
    let right = SCORE_NAMES.strip(place.text())?.strip_prefix('=')?;
    let (all, rest) = right.strip_suffix('分').unwrap_or(right).split_once("-(")?;
    let all: Number = all.trim_end_matches('分').parse().ok()?;
    let (inside, per) = rest.split_once(")*")?;
    let (bound, name) = inside.split_once('-')?;
    let (bound, name, per) = match (name.strip_suffix("*100"), bound.strip_suffix('%')) {
        (Some(name), None) => (bound, name, per),
        (None, Some(bound)) => (bound, name, per.strip_prefix("100*")?),
        _ => return None,
    };
    let per: Number = per.parse().ok()?;
    let bound: Number = bound.parse().ok()?;
    let rate = is_name(name) && !denies(name) && list::RATE_SIGNS.ends(name);
    let whole = place.weight.map(Weight::number) == Some(all);
    (rate && whole && !per.is_zero() && !per.is_negative())
        .then(|| Change::To(format!("比{bound}%每降低1个百分点扣{per}分")))
}
