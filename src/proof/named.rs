//! The amounts and counts of a report by the words that they stand beside, and what follows where each of two or three is told
//! once: a gap between what was to come and what came, what each has on average.

use super::bound::{Bound, place};
use super::found::{Reading, years};
use super::prose::Spot;
use super::quantities::{Quantity, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::notation::Dimension;
use crate::words::{self, Class};

/// Characters of a name that can be told from others.
const MIN_NAME: usize = 3;
/// Characters of what each stands for: 校, 行政村.
const MAX_EACH: usize = 3;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let all = amounts(reading);
    let mut findings = gaps(reading, &all);
    for sentence in reading.prose.sentences() {
        findings.extend(each(reading, sentence, &all));
    }
    findings
}

/// The amounts and counts of sentences that tell of no other time.
fn amounts<'r>(reading: &'r Reading) -> Vec<&'r Bound> {
    let current = |one: &&Bound| {
        let text = reading.prose.at(one.sentence);
        !words::of(Class::TimesBefore).within(text)
            && !years(text).iter().any(|year| reading.year.is_some_and(|own| own != *year))
    };
    reading.told.iter().filter(|one| !one.one.is_percent()).filter(current).collect()
}

/// The one value that a report has for what is called so; `None` where it has none or several.
fn only<'r>(all: &[&'r Bound], is: impl Fn(&Bound) -> bool) -> Option<&'r Bound> {
    let mut found = all.iter().copied().filter(|one| is(one));
    let first = found.next()?;
    found.all(|other| other.one.is_as(&first.one)).then_some(first)
}

fn in_unit(exact: Number, like: &Quantity) -> Option<Number> {
    exact.over(like.value.over(like.figure.value)?)
}

/// What has not come of what was to come, of one that the report names: `县级配套530万元`, `县级配套到位371万元`, `县级配套缺口159万元`.
fn gaps(reading: &Reading, all: &[&Bound]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let received = words::of(Class::AccountsReceived);
    for came in all.iter().filter(|one| one.one.is_money()) {
        let Some(name) = received.strip_end(&came.lead).filter(|name| name.chars().count() >= MIN_NAME)
        else {
            continue;
        };
        let Some(whole) = only(all, |one| one.lead == name && one.one.is_money()) else { continue };
        let Some(exact) = whole.one.value.minus(came.one.value) else { continue };
        let off = whole.one.half.plus(came.one.half).unwrap_or(Number::ZERO);
        let told = all.iter().find(|one| {
            let rest = words::of(Class::RestsTold);
            let named = one.lead.strip_prefix(name).is_some_and(|rest| words::of(Class::RestsTold).has(rest));
            let follows =
                one.sentence == came.sentence && one.one.figure.from > came.one.to && rest.has(&one.lead);
            one.one.is_money() && (named || follows)
        });
        let Some(told) = told.filter(|told| !told.one.is(exact, off)) else { continue };
        let Some(shown) = in_unit(exact, &told.one) else { continue };
        let message = format!(
            "“{name}”应到{}，实到{}，相差{}{}，此处写的是{}。",
            whole.one.shown(),
            came.one.shown(),
            shown.normalize(),
            told.one.written,
            told.one.shown()
        );
        let spot = place(told.sentence, &told.one);
        findings.push(reading.finding(FindingId::ReportArithmeticWrong, spot, name, message));
    }
    findings
}

/// What each has on average of what the sentence counts, where the report counts them elsewhere: `248名，平均每校4名`, 62所学校.
fn each(reading: &Reading, sentence: Spot, all: &[&Bound]) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let own = quantities(text);
    let (at, noun, told) = averaged(text, &own)?;
    if words::of(Class::AboutFigures).begins(text.get(told.to..)?) {
        return None;
    }
    let totals: Vec<&Quantity> =
        own.iter().filter(|one| one.to <= at && one.unit == told.unit && one.value > told.value).collect();
    let [total] = totals.as_slice() else { return None };
    let ends = |lead: &str| lead.ends_with(noun) && !words::of(Class::SignsOfEach).within(lead);
    let counted = |one: &&&Bound| {
        let whole = one.one.figure.places == 0 && one.one.unit != told.unit && !one.one.value.is_zero();
        let count = crate::notation::scan_unit(&one.one.unit)
            .is_some_and(|(unit, _)| matches!(unit.dimension, Dimension::Count(_)));
        // What was planned is not what there was.
        let planned = super::two_values::is_planned(reading, one.sentence);
        whole && count && !planned && (ends(&one.lead) || one.behind.contains(noun) || one.one.unit == noun)
    };
    let inside: Vec<&Quantity> =
        own.iter().filter(|one| one.to <= at && one.unit == noun && one.figure.places == 0).collect();
    let counts: Vec<&Quantity> = match inside.as_slice() {
        [only] => vec![*only],
        // 次, 场 and 处 elsewhere count many things.
        [] if !words::of(Class::CalculationUnits).has(noun) => {
            all.iter().filter(counted).map(|one| &one.one).collect()
        }
        _ => return None,
    };
    let exact = |count: &Quantity| total.value.over(count.value);
    let fits = |count: &&Quantity| {
        let off = exact(count).and_then(|exact| exact.minus(told.value)).map(Number::abs);
        let allowed = total.half.over(count.value).and_then(|half| half.plus(told.half));
        off.zip(allowed).is_none_or(|(off, allowed)| off <= allowed)
    };
    let count = counts.iter().copied().max_by_key(|count| count.value)?;
    // Of several counts it is not certain which is meant.
    let same = counts.iter().all(|other| other.value == count.value);
    if !same || counts.iter().any(fits) {
        return None;
    }
    let shown = in_unit(exact(count)?, told)?.round(told.figure.places.max(2));
    let message = format!(
        "平均每{noun}写的是{}，按{}、{}计算为{shown}{}。",
        told.shown(),
        total.shown(),
        count.shown(),
        told.written
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, place(sentence, told), "平均数", message))
}

/// Where a sentence says what each has: the place, for what each stands, and the figure (`平均每校4名`, `村均20.87万元`,
/// `平均每人次服务5户`).
fn averaged<'t, 'q>(text: &'t str, own: &'q [Quantity]) -> Option<(usize, &'t str, &'q Quantity)> {
    for told in own.iter().filter(|one| !one.is_percent()) {
        let head = words::of(Class::ReportFigureLinks).trim_end(text.get(..told.figure.from)?);
        let clause = head.rsplit(['，', ';', ':', '、', '(', ')']).next()?;
        let begin = head.len().saturating_sub(clause.len());
        if let Some((at, word)) = words::of(Class::EachOnAverage).find(clause) {
            let noun = clause.get(at.saturating_add(word.len())..)?;
            if words::of(Class::SignsOfEach).within(noun) || !noun.chars().all(char::is_alphabetic) {
                continue;
            }
            let measure = crate::notation::scan_unit(noun).map_or(0, |(_, length)| length);
            // 每月2次 is told of no count.
            let counted = word != "每" || !told.is_money() && !words::of(Class::NotAveraged).has(noun);
            let each = if measure > 0 { noun.get(..measure)? } else { noun };
            if counted && (1..=MAX_EACH).contains(&each.chars().count()) && at == 0 {
                return Some((begin, each, told));
            }
        } else if let Some(each) = clause.strip_suffix('均') {
            let known = !words::of(Class::NotAveraged).has(each);
            if known && (1..=2).contains(&each.chars().count()) {
                return Some((begin, each, told));
            }
        }
    }
    None
}
