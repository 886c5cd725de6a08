//! How much a piece of an answer is like what one of several rules is about.

use crate::notation::{Quantity, Unit};
use crate::words::{self, Class, list};

use super::Part;
use super::pieces::Piece;
use super::told::denied;
use crate::rule::answer::gravity::{Sameness, is_ranked, kind, unranked};
use crate::rule::measure::{Measure, same_kind};
use crate::rule::{Award, Point, Rule};

/// How much a piece is like a name: the same, one in the other, in parts.
const SAME: u32 = 100;
pub(super) const WITHIN: u32 = 70;
const SPREAD: u32 = 50;
const ALIKE: u32 = 10;
/// The same unit tells two that are alike apart.
const UNIT: u32 = 5;
/// Events are only answered by what names them.
pub(super) const NAMED: u32 = WITHIN;

/// The unit that a rule is about, where it says one.
pub(super) fn unit_of(rule: &Rule) -> Option<Unit> {
    let Rule::Graded(graded) = rule else { return None };
    let step = graded.all_awards().find_map(|award| match award {
        Award::Steps(steps) if graded.measure != Measure::Value => Some(steps.size.unit.clone()),
        _ => None,
    });
    let point = graded.points().find_map(|point| match point {
        Point::Value(amount) if !amount.unit.is_bare() => Some(amount.unit.clone()),
        _ => None,
    });
    step.or(point)
}

/// 查出问题6个 under 未整改问题: how many were found, not how many of them are left.
fn is_found_of_undone(piece: &Piece, part: &Part) -> bool {
    let open = |text: &str| list::UNDONE_SIGNS.within(text);
    let of_undone = part.names.iter().any(|name| open(name) && words::of(Class::Mended).within(name));
    of_undone
        && piece.amount.as_ref().is_some_and(|amount| !amount.number.is_zero())
        && !open(&piece.text)
        && !words::of(Class::Mended).within(&piece.text)
}

/// How much a piece is like what a part is about.
pub(super) fn likeness(piece: &Piece, part: &Part, strict: bool) -> u32 {
    let dated = part.rule.is_dated();
    if piece.dated && !dated {
        return 0;
    }
    if is_found_of_undone(piece, part) {
        return 0;
    }
    let unit = unit_of(&part.rule);
    let fits = piece.amount.as_ref().zip(unit.as_ref()).map(|(amount, unit)| unit_fits(amount, unit));
    if fits == Some(false) {
        return 0;
    }
    let bonus = if fits == Some(true) { UNIT } else { 0 };
    if piece.label.is_empty() {
        return bonus;
    }
    let best = part.names.iter().map(|name| alike(&piece.label, name, strict)).max().unwrap_or_default();
    let rate = piece.amount.as_ref().is_some_and(|amount| amount.unit.is_ratio());
    let denies = |text: &str| list::OPPOSITE_SIGNS_OR_NONE.within(text);
    if best == 0 || (rate && denies(&piece.label) != part.names.iter().any(|name| denies(name))) {
        return 0;
    }
    best.saturating_add(bonus)
}

fn unit_fits(amount: &Quantity, unit: &Unit) -> bool {
    same_kind(&amount.unit, unit) || amount.unit.is_bare()
}

/// How much words are like a name.
pub(super) fn alike(label: &str, name: &str, strict: bool) -> u32 {
    let label = bare(label);
    let name = bare(name);
    if label == name {
        return SAME;
    }
    // 全市排名 is another than 全县排名.
    if area(label).zip(area(name)).is_some_and(|(said, asked)| said != asked) {
        return 0;
    }
    // 省级课题 under 省级: of what it is the level, the indicator does not say here.
    if words::of(Class::Levels).has(name)
        || kind(name, label) != Sameness::Same
        || label.chars().count() < 2
        || name.chars().count() < 2
    {
        return 0;
    }
    // 未发现伪造 under 伪造资料
    if let Some(rest) = denied(label)
        && rest.chars().nth(1).is_some()
        && !is_ranked(name)
        && (name.starts_with(rest) || name.ends_with(rest))
    {
        return WITHIN;
    }
    if strict && is_ranked(name) {
        // 未受到表彰 is about 市级及以上表彰, too; 表彰 without a rank may be.
        let thing = denied(label).filter(|rest| rest.chars().nth(1).is_some());
        if thing.is_some_and(|rest| unranked(name).ends_with(rest)) {
            return WITHIN;
        }
        if !is_ranked(label) {
            return 0;
        }
        // 省级通报表扬 under 省级通报批评: one rank of two things.
        let (own, said) = (unranked(name), unranked(label));
        if !own.is_empty() && !said.is_empty() && !own.contains(&said) && !said.contains(&own) {
            return 0;
        }
    }
    // 重大事故 under 较大及以上事故
    if is_ranked(name) && is_ranked(label) && ends_alike(label, name) {
        return WITHIN;
    }
    if holds(label, name) {
        return WITHIN.saturating_add(u32::try_from(name.chars().count()).unwrap_or_default());
    }
    if holds(name, label) {
        return WITHIN.saturating_add(u32::try_from(label.chars().count()).unwrap_or_default());
    }
    let (short, long) = if label.len() < name.len() { (label, name) } else { (name, label) };
    if short.chars().count() > 2 && is_spread(short, long) {
        return SPREAD;
    }
    match bigrams(label, name) {
        0 => 0,
        common => ALIKE.saturating_add(common.min(SPREAD.saturating_sub(ALIKE).saturating_sub(1))),
    }
}

/// The area that all of is meant: 市 of 全市排名.
fn area(text: &str) -> Option<char> {
    let (_, rest) = text.split_once('全')?;
    rest.chars().next().filter(|c| matches!(c, '国' | '省' | '市' | '县' | '区' | '州' | '镇' | '乡'))
}

/// Words without what only leads to the number.
pub(super) fn bare(text: &str) -> &str {
    let links = words::of(Class::PartLinks);
    let rest = text.trim_matches([':', '：']);
    let mut rest = words::of(Class::PartOpenings)
        .strip(rest)
        .filter(|short| short.chars().nth(1).is_some())
        .unwrap_or(rest);
    while let Some(short) = links.strip_end(rest).filter(|short| !short.is_empty()) {
        rest = short.trim_end_matches([':', '：']);
    }
    rest
}

/// Whether the long text holds the short one, which is not the end of a longer figure.
fn holds(long: &str, short: &str) -> bool {
    long.match_indices(short).any(|(at, _)| {
        let before = long.get(..at).and_then(|text| text.chars().next_back());
        let figure = short.starts_with(|c: char| c.is_ascii_digit());
        !before.is_some_and(|c| matches!(c, '不' | '非') || (figure && c.is_ascii_digit()))
    })
}

/// Whether all signs of the short text stand in the long one, in their order.
fn is_spread(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// Pairs of signs that two texts share.
pub(super) fn bigrams(a: &str, b: &str) -> u32 {
    let chars: Vec<char> = a.chars().collect();
    let pairs = chars.windows(2).filter(|pair| b.contains(&pair.iter().collect::<String>()));
    u32::try_from(pairs.count()).unwrap_or_default()
}

/// Whether two names end with the same word.
pub(super) fn ends_alike(a: &str, b: &str) -> bool {
    let end = |text: &str| -> Vec<char> { text.chars().rev().take(2).collect() };
    a.chars().nth(1).is_some() && end(a) == end(b)
}

/// 一般事件 in 一般网络安全事件: with nothing between its signs but the form's own words.
pub(super) fn spread(short: &str, long: &str, known: &str) -> bool {
    let cuts = short.char_indices().skip(1).map(|(at, _)| short.split_at(at));
    cuts.into_iter().any(|(lead, end)| {
        let between = long.split_once(lead).and_then(|(_, rest)| rest.strip_suffix(end));
        between.is_some_and(|between| !between.is_empty() && known.contains(between))
    })
}
