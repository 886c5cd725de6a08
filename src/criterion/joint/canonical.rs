//! The sentence in which a rule of several is shown: 各项得分相加。第1项：验收合格率（5分）：…

use crate::base::Number;
use crate::criterion::Context;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::scan::{attempt, points};
use crate::rule::{Award, CountBand, ELSE_BY, Joint, LEADS, Part, Refusal, Tier, Together, VETO};

use super::{ONE, Readers, Sub, joint, refuse, within};

/// The rule that such a sentence says.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Result<Joint, Refusal>> {
    if let Some(rest) = text.strip_prefix(VETO) {
        return Some(vetoed(rest, context, readers));
    }
    let (at, rest, counter) = LEADS
        .iter()
        .enumerate()
        .find_map(|(at, (lead, counter))| Some((at, text.strip_prefix(lead)?, *counter)))?;
    let unread = || refuse(text, "看不懂这部分文字的意思");
    let (body, tail) = match at {
        4 => match rest.rsplit_once("计分:") {
            Some((body, tail)) => (body, tail),
            None => return Some(unread()),
        },
        _ => (rest, ""),
    };
    let conditions = at == 4;
    let parts = match parts(body, counter, conditions.then_some(ONE), context, readers.one) {
        Ok(parts) => parts,
        Err(refusal) => return Some(Err(refusal)),
    };
    let together = match at {
        0 => Some(Together::Sum),
        1 => Some(Together::Less),
        2 => Some(Together::Kinds { adds: true }),
        3 => Some(Together::Kinds { adds: false }),
        _ => tiers(tail, parts.len()),
    };
    Some(together.and_then(|together| joint(parts, together)).map_or_else(unread, Ok))
}

fn vetoed(text: &str, context: &Context, readers: Readers) -> Result<Joint, Refusal> {
    let lead = ELSE_BY.replace('：', ":");
    let unread = || refuse(text, "看不懂这部分文字的意思");
    let Some((events, base)) = text.split_once(&lead) else { return unread() };
    let rule = (readers.any)(base, context)?;
    let mut all = vec![Part { names: Vec::new(), points: None, rule }];
    let alone = Context { target: None, ..*context };
    all.extend(parts(events, "条", Some(ONE), &alone, readers.one)?);
    joint(all, Together::Veto).map_or_else(unread, Ok)
}

/// The parts behind their numbers.
fn parts(
    text: &str,
    counter: &str,
    points: Option<Number>,
    context: &Context,
    one: &Sub,
) -> Result<Vec<Part>, Refusal> {
    let mark = |n: usize| format!("第{n}{counter}:");
    let Some(mut rest) = text.strip_prefix(&mark(1)) else {
        return refuse(text, "看不懂这部分文字的意思");
    };
    let mut found = Vec::new();
    for n in 2..=Joint::MAX_PARTS.saturating_add(2) {
        let (body, next) = rest.split_once(&mark(n)).map_or((rest, None), |(body, next)| (body, Some(next)));
        found.push(part(body, points, context, one)?);
        match next {
            Some(next) => rest = next,
            None => break,
        }
    }
    Ok(found)
}

/// `验收合格率(5分):…`
fn part(text: &str, points: Option<Number>, context: &Context, one: &Sub) -> Result<Part, Refusal> {
    let Some((names, reading)) = text.split_once(':') else {
        return refuse(text, "看不懂这部分文字的意思");
    };
    let (names, own) = match names.strip_suffix(')').and_then(|names| names.rsplit_once('(')) {
        Some((names, inside)) => match whole_points(inside) {
            Some(own) => (names, Some(own)),
            None => (names, None),
        },
        None => (names, None),
    };
    let names: Vec<String> = names.split('、').map(str::to_owned).collect();
    let own = own.or(points);
    let name = names.first().map_or("", String::as_str);
    let context = if points.is_some() { Context { target: None, ..*context } } else { *context };
    let rule = one(reading, &within(name, own, &context))?;
    Ok(Part { names, points: own, rule })
}

fn whole_points(text: &str) -> Option<Number> {
    let mut rest = text;
    attempt(&mut rest, points).filter(|_| rest.is_empty())
}

/// `第1、2条达到2条得满分;…;其余情况得0分。`
fn tiers(text: &str, count: usize) -> Option<Together> {
    let mut tiers = Vec::new();
    let mut otherwise = None;
    for piece in text.trim_end_matches('。').split([';', '；']) {
        let whole = |mut rest: &str| attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty());
        if let Some(rest) = piece.strip_prefix("其余情况") {
            otherwise = Some(whole(rest)?);
            continue;
        }
        let (of, rest) = piece.strip_prefix('第')?.split_once("条达到")?;
        let (number, rest) = rest.split_once('条')?;
        let of: Option<Vec<usize>> = of
            .split('、')
            .map(|n| n.parse::<usize>().ok()?.checked_sub(1).filter(|at| *at < count))
            .collect();
        let (low, high) = number.split_once(['至', '-']).unwrap_or((number, number));
        let met = CountBand { at_least: low.parse().ok()?, at_most: high.parse().ok()?, award: whole(rest)? };
        tiers.push(Tier { of: of?, met });
    }
    let moves = |award: &Award| award.moves();
    let fixed = !tiers.iter().any(|tier| moves(&tier.met.award)) && !otherwise.as_ref().is_some_and(moves);
    (fixed && !tiers.is_empty()).then_some(Together::Tiers { tiers, otherwise })
}
