//! Changes against another year, where the report tells both amounts: `本年比上年减少0.81万元` beside what was spent in either.

use super::bound::{Bound, clause, of_tables};
use super::found::Reading;
use super::quantities::{Quantity, percent};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a name by which two amounts are of the same thing.
const MIN_NAME: usize = 2;
/// Letters of a clause that says nothing but by how much something changed: 年比上年同期增长.
const MAX_CHANGE: usize = 9;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings: Vec<Finding> = reading.told.iter().filter_map(|told| amount(reading, told)).collect();
    findings.extend(reading.told.iter().filter_map(|told| rate(reading, told)));
    findings
}

/// Whether the words before a figure say that it is by how much something changed.
fn is_change(reading: &Reading, told: &Bound) -> bool {
    let text = reading.prose.at(told.sentence);
    let plain = words::of(Class::ReportFigureLinks).trim_end(clause(text, &told.one));
    words::of(Class::ChangeWords).ends(plain.trim_end_matches('了'))
        || words::of(Class::MoreOrLess).ends(plain)
}

/// Two amounts of one thing in the two years: as one account, or under names that end alike.
fn are_of_one(own: &Bound, base: &Bound) -> bool {
    if own.one.unit != base.one.unit {
        return false;
    }
    let end = |lead: &str| lead.chars().rev().take(MIN_NAME).collect::<String>();
    let long = own.lead.chars().count() >= MIN_NAME && base.lead.chars().count() >= MIN_NAME;
    own.role.is_some() && own.role == base.role || long && end(&own.lead) == end(&base.lead)
}

/// The amounts of the year and of the one before that a change in their paragraph can be meant of, the nearest first; that of
/// the year may stand in another paragraph under the very same name.
fn pair<'r>(reading: &'r Reading, told: &Bound, unit: &str) -> Option<(&'r Bound, &'r Bound)> {
    let fits =
        |one: &&Bound| one.one.unit == unit && !is_change(reading, one) && !one.about() && !one.in_parts;
    let near = |one: &&Bound| one.sentence.unit == told.sentence.unit && one.spot.to <= told.spot.from;
    let before: Vec<&Bound> = reading.told.iter().filter(fits).filter(near).collect();
    let base = before.iter().rev().find(|one| one.of_other_time())?;
    let own = before.iter().rev().find(|one| !one.of_other_time() && are_of_one(one, base));
    let own = own.or_else(|| before.iter().rev().find(|one| stands_before(reading, one, base)));
    let name = words::of(Class::TimesBefore).strip(&base.lead).unwrap_or(&base.lead);
    let only = |is: &dyn Fn(&Bound) -> bool| {
        let mut all = reading.told.iter().filter(fits).filter(|one| !one.of_other_time() && is(one));
        let first = all.next()?;
        all.all(|one| one.one.is_as(&first.one)).then_some(first)
    };
    let long = name.chars().count() > MIN_NAME;
    let named = || only(&|one| long && one.lead == name);
    let in_role = || only(&|one| long && one.role.is_some() && one.role == role(name));
    Some((own.copied().or_else(named).or_else(in_role)?, base))
}

/// Whether an amount stands right before what it is compared with: 1.8万人次，比上年的1.5万人次.
fn stands_before(reading: &Reading, own: &Bound, base: &Bound) -> bool {
    let text = reading.prose.at(base.sentence);
    let between = text.get(own.one.to..base.one.figure.from).filter(|_| own.sentence == base.sentence);
    between.is_some_and(|words| {
        let words = words.trim_start_matches('，');
        self::words::of(Class::BasesOfChange).begins(words) && !words.contains(['，', ';'])
    }) && !own.of_other_time()
}

fn role(name: &str) -> Option<super::accounts::Role> {
    super::accounts::role_of(name).filter(|(_, before)| before.is_empty()).map(|(role, _)| role)
}

/// A change that is told as an amount.
fn amount(reading: &Reading, told: &Bound) -> Option<Finding> {
    let text = reading.prose.at(told.sentence);
    let head = text.get(..told.one.figure.from)?;
    let against = words::of(Class::TimesBefore).within(head) || reading.is_of_other_year(head);
    if told.one.is_percent()
        || told.about()
        || told.is_to_be(reading)
        || !against
        || !is_change(reading, told)
    {
        return None;
    }
    if words::of(Class::ChangesOfSeveral).within(clause(text, &told.one)) {
        return None;
    }
    let (own, base) = pair(reading, told, &told.one.unit)?;
    if let Some(finding) = turned(reading, told, own, base) {
        return Some(finding);
    }
    let exact = own.one.value.minus(base.one.value)?.abs();
    // Any other two amounts of the paragraph may be meant, and any of one thing in two times.
    let off = |one: &Quantity, other: &Quantity| {
        let exact = one.value.minus(other.value).map(Number::abs);
        let allowed = one.half.plus(other.half);
        exact.zip(allowed).is_none_or(|(exact, allowed)| told.one.is(exact, allowed))
    };
    let same: Vec<&Bound> =
        reading.told.iter().filter(|one| one.one.unit == told.one.unit && one.spot != told.spot).collect();
    let near = |one: &Bound| one.sentence.unit == told.sentence.unit;
    let meant = |one: &Bound, base: &Bound| {
        near(one) && near(base) || base.of_other_time() && (are_of_one(one, base) || one.role.is_some())
    };
    let borne = same.iter().any(|base| {
        same.iter().any(|one| one.spot != base.spot && meant(one, base) && off(&one.one, &base.one))
    });
    if borne || of_tables(reading, &told.one).iter().any(|one| off(one, &base.one)) {
        return None;
    }
    let factor = told.one.value.over(told.one.figure.value)?;
    let message = format!(
        "增减额写的是{}，按{}和{}计算为{}{}。",
        told.one.shown(),
        own.one.shown(),
        base.one.shown(),
        exact.over(factor)?.normalize(),
        told.one.written
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, told.spot, "增减额", message))
}

/// A change of the very amount that two amounts have between them, told in the other direction.
fn turned(reading: &Reading, told: &Bound, own: &Bound, base: &Bound) -> Option<Finding> {
    let exact = own.one.value.minus(base.one.value)?;
    let allowed = own.one.half.plus(base.one.half)?;
    let text = reading.prose.at(told.sentence);
    let plain = words::of(Class::ReportFigureLinks).trim_end(clause(text, &told.one));
    let (up, down) = (words::of(Class::ToldToRise).ends(plain), words::of(Class::ToldToFall).ends(plain));
    let same = told.one.is(exact.abs(), allowed);
    if !same || up == down || exact.is_zero() || up != exact.is_negative() {
        return None;
    }
    let message = format!("由{}到{}，增减的方向写反了。", base.one.shown(), own.one.shown());
    Some(reading.finding(FindingId::ReportContradictsItself, told.spot, "增减方向", message))
}

/// A rate right behind a change that is told as an amount, of the one amount of the other time: `上年200万元，本年减少4万元，下降2%`.
fn rate_of_change(reading: &Reading, told: &Bound, amount: &Bound) -> Option<Finding> {
    let near: Vec<&Bound> = reading
        .told
        .iter()
        .filter(|one| one.sentence.unit == told.sentence.unit && one.one.unit == amount.one.unit)
        .collect();
    let base = near
        .iter()
        .rev()
        .find(|one| one.of_other_time() && one.spot.to <= amount.spot.from && !is_change(reading, one))?;
    let rate = |part: Number, base: &Quantity| percent(part, base.value);
    let fits = |exact: Number| told.one.figure.tells(exact);
    let borne = near.iter().any(|base| {
        near.iter().any(|one| {
            let change = one.one.value.minus(base.one.value).map(Number::abs);
            change.and_then(|change| rate(change, &base.one)).is_some_and(fits)
        }) || rate(amount.one.value, &base.one).is_some_and(fits)
            || from_before(&base.one, &amount.one).into_iter().any(fits)
    });
    // The amounts may be told less exactly than the rate.
    let slack = rate(amount.one.half.plus(base.one.half)?, &base.one)?;
    let exact = rate(amount.one.value, &base.one)?;
    if borne || told.one.is(exact, slack) {
        return None;
    }
    let message = format!(
        "增减的比率写的是{}%，按增减额{}和基数{}计算为{}%。",
        told.one.figure.value,
        amount.one.shown(),
        base.one.shown(),
        exact.round(told.one.figure.places.max(2))
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, told.spot, "增减比率", message))
}

/// The rates that a change has of what an amount was before it: 4.82万亩，减少0.55万亩.
fn from_before(now: &Quantity, change: &Quantity) -> Vec<Number> {
    let before = [now.value.plus(change.value), now.value.minus(change.value)];
    let rate = |before: Option<Number>| percent(change.value, before?);
    before.into_iter().filter_map(rate).collect()
}

/// A change that is told as a rate, of a thing whose amounts the report tells for both years, each once.
fn rate(reading: &Reading, told: &Bound) -> Option<Finding> {
    let text = reading.prose.at(told.sentence);
    let several = words::of(Class::ChangesOfSeveral).within(clause(text, &told.one));
    if !told.one.is_percent()
        || told.about()
        || told.is_to_be(reading)
        || several
        || !is_change(reading, told)
    {
        return None;
    }
    let head = text.get(..told.one.figure.from)?;
    // 同比增长: nothing stands between the amount and its change but the words for it.
    let own =
        reading.told.iter().rfind(|one| one.sentence == told.sentence && one.spot.to <= told.spot.from)?;
    let between = head.get(own.one.to..)?;
    let direct = between.chars().filter(|c| *c == '，').count() <= 1 && between.chars().count() <= 10;
    if direct && !own.one.is_percent() && is_change(reading, own) && !own.about() {
        return rate_of_change(reading, told, own);
    }
    if !direct || own.one.is_percent() || own.of_other_time() || own.about() || is_change(reading, own) {
        return between_years(reading, told);
    }
    let named = |one: &&Bound| {
        // Beside each other the same word is of the same thing, however short.
        let beside = one.sentence == own.sentence && !own.lead.is_empty() && one.lead == own.lead;
        let like = own.lead.chars().count() > MIN_NAME && one.lead.ends_with(&own.lead);
        one.of_other_time()
            && one.one.unit == own.one.unit
            && (beside || like)
            && !one.about()
            && is_year_before(reading, one)
    };
    let mut bases = reading.told.iter().filter(named);
    let base = bases.next().filter(|base| !base.one.value.is_zero())?;
    if bases.any(|other| !other.one.is_as(&base.one)) {
        return None;
    }
    of_two(reading, told, own, base)
}

/// A rate of change against the two amounts that it is of, where no two of the report bear it out.
fn of_two(reading: &Reading, told: &Bound, own: &Bound, base: &Bound) -> Option<Finding> {
    let change = |one: &Quantity, base: &Quantity| percent(one.value.minus(base.value)?.abs(), base.value);
    let exact = change(&own.one, &base.one)?;
    let fits = |exact: Number| told.one.figure.tells(exact);
    let same: Vec<&Quantity> =
        reading.told.iter().map(|one| &one.one).filter(|one| one.unit == own.one.unit).collect();
    let borne = same.iter().any(|one| same.iter().any(|base| change(one, base).is_some_and(fits)));
    if borne {
        return None;
    }
    let message = format!(
        "增减的比率写的是{}%，按{}和{}计算为{}%。",
        told.one.figure.value,
        own.one.shown(),
        base.one.shown(),
        exact.round(told.one.figure.places.max(2))
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, told.spot, "增减比率", message))
}

/// A rate that stands apart from the amounts of the two years: `全年支出…。2023年支出1,962万元，2024年比上年增长4%`.
fn between_years(reading: &Reading, told: &Bound) -> Option<Finding> {
    let text = reading.prose.at(told.sentence);
    let plain = clause(text, &told.one);
    let own_year = reading.is_of_other_year(text.get(..told.one.figure.from)?);
    let against = words::of(Class::TimesBefore).within(plain);
    if !against || own_year || told.in_parts {
        return None;
    }
    // What the clause names besides the times is of another thing than the amounts before it.
    let named: String = plain.chars().filter(|c| c.is_alphabetic()).collect();
    let before = |one: &&Bound| one.sentence.unit == told.sentence.unit && one.spot.to <= told.spot.from;
    let last =
        reading.told.iter().filter(before).rfind(|one| one.of_other_time() && !one.one.is_percent())?;
    let (own, base) = pair(reading, told, &last.one.unit)?;
    if named.chars().count() > MAX_CHANGE || own.one.is_percent() || !is_year_before(reading, base) {
        return None;
    }
    of_two(reading, told, own, base)
}

/// Whether a figure is of the year right before the one that is evaluated.
fn is_year_before(reading: &Reading, told: &Bound) -> bool {
    let text = reading.prose.at(told.sentence);
    let head = text.get(..told.one.figure.from).unwrap_or_default();
    let named = super::found::years(head).last().copied();
    let before = reading.year.and_then(|year| year.checked_sub(1));
    named.map_or_else(
        || words::of(Class::TimesBefore).within(clause(text, &told.one)),
        |named| Some(named) == before,
    )
}
