//! What is left of a whole: `412个小班中，甲类96个；其余326个`, `编制46名，在职43人，空编5名`. What is told as all the rest is the
//! whole without the parts that stand before it.

use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, half, percent, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters between a word for the rest and its figure.
const MAX_LEAD: usize = 4;
/// Characters between a whole and the word that opens it (412个小班中).
const MAX_NOUN: usize = 10;
/// Parts of a whole.
const MAX_PARTS: usize = 8;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (unit, text) in reading.prose.texts() {
        // A list of parts is told with semicolons.
        for (from, to) in super::prose::pieces(text, &['。', '!', '?']) {
            let sentence = Spot { unit, from, to };
            findings.extend(others(reading, sentence));
            findings.extend(vacant(reading, sentence));
            findings.extend(shared(reading, sentence));
        }
    }
    findings
}

fn head<'t>(text: &'t str, one: &Quantity) -> &'t str {
    let head = text.get(..one.figure.from).unwrap_or_default();
    words::of(Class::ReportFigureLinks).trim_end(head)
}

fn clause<'t>(text: &'t str, one: &Quantity) -> &'t str {
    let head = text.get(..one.figure.from).unwrap_or_default();
    head.rsplit(['，', ';', ':', '、', '(', ')']).next().unwrap_or(head)
}

/// Whether two quantities count the same: people by any word for them.
fn alike(one: &Quantity, other: &Quantity) -> bool {
    let people = |one: &Quantity| words::of(Class::MeasuresOfPeople).has(&one.unit);
    one.unit == other.unit || people(one) && people(other)
}

fn about(text: &str, one: &Quantity) -> bool {
    let words = words::of(Class::AboutFigures);
    words.ends(text.get(..one.figure.from).unwrap_or_default())
        || words.begins(text.get(one.to..).unwrap_or_default())
}

/// Whether what stands behind a figure makes it a bound or a rough one; 其余 before it does not.
fn bounded(text: &str, one: &Quantity) -> bool {
    words::of(Class::AboutFigures).begins(text.get(one.to..).unwrap_or_default())
}

fn told(
    reading: &Reading,
    sentence: Spot,
    rest: &Quantity,
    whole: &Quantity,
    exact: Number,
) -> Option<Finding> {
    let factor = rest.value.over(rest.figure.value)?;
    let shown = exact.over(factor)?.normalize();
    let place = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(rest.figure.from),
        to: sentence.from.saturating_add(rest.to),
    };
    let message =
        format!("写的是{}，{}减去前面所列的部分为{shown}{}。", rest.shown(), whole.shown(), rest.written);
    Some(reading.finding(FindingId::ReportArithmeticWrong, place, "余数", message))
}

/// What is told as all others of a whole that the sentence opens: by 中 behind it, or by a word for the whole before it.
fn others(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let (at, word) = words::of(Class::AllOthers).find(text)?;
    let all = quantities(text);
    let rest = all.iter().find(|one| one.figure.from >= at.saturating_add(word.len()))?;
    let lead = text.get(at.saturating_add(word.len())..rest.figure.from)?;
    let behind = text.get(at.saturating_add(word.len())..)?;
    let once = !words::of(Class::AllOthers).within(behind);
    if rest.is_percent() || lead.chars().count() > MAX_LEAD || lead.contains(['，', '、', ';']) || !once {
        return None;
    }
    let before: Vec<&Quantity> = all.iter().filter(|one| one.to <= at && alike(one, rest)).collect();
    let (first, parts) = before.split_first()?;
    let opened = text.get(first.to..)?;
    let noun: String = opened.chars().take_while(|c| c.is_alphabetic()).take(MAX_NOUN).collect();
    let opens = noun.ends_with('中') && opened.get(noun.len()..).is_some_and(|rest| rest.starts_with('，'))
        || noun.find('中').is_some_and(|at| at > 0);
    let whole = opens || words::of(Class::WholesOfParts).within(clause(text, first));
    if !whole || parts.is_empty() || parts.len() > MAX_PARTS || bounded(text, rest) || about(text, first) {
        return None;
    }
    let sum = Number::sum(parts.iter().map(|part| part.value))?;
    let exact = first.value.minus(sum)?;
    let off = Number::sum(parts.iter().map(|part| part.half)).and_then(|off| off.plus(first.half))?;
    let integral = before.iter().all(|one| one.figure.places == 0 && one.written == rest.written);
    let off = if integral { Number::ZERO } else { off };
    // Parts may be told with parts of their own: any of them may be what was taken away.
    let fits = |taken: Number| first.value.minus(taken).is_some_and(|left| rest.is(left, off));
    let some = (0..parts.len()).any(|from| {
        let run = parts.get(from..).unwrap_or_default();
        (1..=run.len()).any(|to| {
            let run = run.get(..to).unwrap_or_default();
            Number::sum(run.iter().map(|part| part.value)).is_some_and(fits)
        })
    });
    if some || exact < Number::ZERO || parts.iter().any(|part| part.value >= first.value) {
        return None;
    }
    told(reading, sentence, rest, first, exact)
}

/// A word that says by itself of which two amounts it is the difference (空编 of 编制 and 在职).
fn vacant(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    for (at, rest) in all.iter().enumerate() {
        let own = head(text, rest);
        let triples = words::of(Class::RestsOfTwo)
            .iter()
            .filter(|triple| triple.split('/').nth(2).is_some_and(|word| own.ends_with(word)));
        let named = |word: Option<&str>, several: bool| {
            let word = word?;
            let others = all.iter().enumerate().filter(|(other, one)| *other != at && alike(one, rest));
            let found = others.filter(|(_, one)| {
                let clause = clause(text, one);
                clause.contains(word) && !words::of(Class::NotOfParts).within(clause)
            });
            let found: Vec<&Quantity> = found.map(|(_, one)| one).collect();
            match found.as_slice() {
                [only] => Some(*only),
                // A whole may be told with its own parts behind it.
                [_, ..] if several => found.iter().copied().max_by_key(|one| one.value),
                _ => None,
            }
        };
        let mut both = triples.map(|triple| {
            let mut words = triple.split('/');
            (named(words.next(), true), named(words.next(), false))
        });
        let Some((whole, part)) = both.find(|(whole, part)| whole.is_some() && part.is_some()) else {
            continue;
        };
        let (Some(whole), Some(part)) = (whole, part) else { continue };
        if whole.figure == part.figure || about(text, rest) || about(text, whole) || about(text, part) {
            continue;
        }
        let Some(exact) = whole.value.minus(part.value).filter(|exact| *exact >= Number::ZERO) else {
            continue;
        };
        let Some(off) = whole.half.plus(part.half) else { continue };
        let integral = [whole, part].iter().all(|one| one.figure.places == 0 && !one.is_money());
        if !rest.is(exact, if integral { Number::ZERO } else { off }) {
            return told(reading, sentence, rest, whole, exact);
        }
    }
    None
}

/// What was used, its share of the whole and what is left of it: `拨付456万元，占下达资金的95%，尚余24万元`.
fn shared(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let found = all.windows(3).find_map(|three| {
        let [part, rate, rest] = three else { return None };
        let between = text.get(part.to..rate.figure.from)?.trim_start_matches('，');
        let share = between.starts_with('占') && between.ends_with('的') && !between.contains(['，', ';']);
        let left = words::of(Class::RestsTold).ends(head(text, rest))
            || words::of(Class::AccountsLeft).ends(head(text, rest));
        let near = text.get(rate.to..rest.figure.from)?.chars().count() <= MAX_NOUN;
        let same = part.unit == rest.unit && part.is_money() && rate.is_percent();
        (share && left && near && same).then_some((part, rate, rest))
    });
    let (part, rate, rest) = found?;
    let whole = percent(part.value, rate.figure.value)?;
    // As far as the share is written.
    let least = percent(part.value, rate.figure.value.plus(half(&rate.figure)?)?)?;
    let most = percent(part.value, rate.figure.value.minus(half(&rate.figure)?)?)?;
    let (low, high) = (least.minus(part.value)?.minus(rest.half)?, most.minus(part.value)?.plus(rest.half)?);
    if rest.value >= low && rest.value <= high || bounded(text, rest) || about(text, rate) {
        return None;
    }
    let exact = whole.minus(part.value)?;
    let factor = rest.value.over(rest.figure.value)?;
    let place = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(rest.figure.from),
        to: sentence.from.saturating_add(rest.to),
    };
    let message = format!(
        "写的是{}，按{}占{}计算，其余约为{}{}。",
        rest.shown(),
        part.shown(),
        rate.shown(),
        exact.over(factor)?.round(2),
        rest.written
    );
    Some(reading.finding(FindingId::ReportArithmeticWrong, place, "余数", message))
}
