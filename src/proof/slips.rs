//! Slips of the pen: a rate that two counts of its sentence give but for one digit, or for two digits that changed places. Such
//! a slip is told with certainty even where no word says of what the rate is.

use super::bound::{Bound, place};
use super::figures::Figure;
use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, percent, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Digits of a figure in which a slip can be told from another figure.
const MIN_DIGITS: usize = 3;
/// Quantities before a rate; of more it is not certain which are meant.
const MAX_QUANTITIES: usize = 4;
/// Characters of a name by which two figures are of the same thing.
const MIN_NAME: usize = 3;
/// The same of a rate: the words before it are of many (得分率, 完成率).
const MIN_NAME_OF_RATE: usize = 4;
/// Figures that are compared with each other.
const MAX_FIGURES: usize = 1_500;

/// Whether one figure is another but for one digit, or for two that changed places.
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).count();
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.len() != b.len() || digits(one) < MIN_DIGITS || digits(one) != digits(other) {
        return false;
    }
    let off: Vec<usize> =
        a.iter().zip(&b).enumerate().filter(|(_, (one, other))| one != other).map(|(at, _)| at).collect();
    match off.as_slice() {
        // Of three digits one is another by chance too often.
        [at] => digits(one) > MIN_DIGITS && a.get(*at).is_some_and(char::is_ascii_digit),
        [first, second] => {
            let between = a.get(first.saturating_add(1)..*second).unwrap_or_default();
            let near = between.iter().all(|c| !c.is_ascii_digit());
            near && a.get(*first) == b.get(*second) && a.get(*second) == b.get(*first)
        }
        _ => false,
    }
}

/// Whether one figure is another but for two digits that changed places, wherever they stand: told with certainty only where
/// both are bound to the same counts.
pub(super) fn is_swap(one: &str, other: &str) -> bool {
    let digits = one.chars().filter(char::is_ascii_digit).count();
    let pairs = one.chars().zip(other.chars());
    let off: Vec<(char, char)> = pairs.filter(|(a, b)| a != b).collect();
    let swapped = matches!(off.as_slice(), [(a, b), (c, d)] if a == d && b == c);
    one.len() == other.len() && digits > MIN_DIGITS && swapped
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let all = quantities(text);
        for (at, rate) in all.iter().enumerate().filter(|(_, one)| one.is_percent()) {
            let before = all.get(..at).unwrap_or_default();
            let Some((exact, part, whole)) = slipped(text, before, rate) else { continue };
            // What stands elsewhere under the same name is a rate of other figures.
            let place = place(sentence, rate);
            let own = reading.told.iter().find(|one| one.spot == place);
            let again = own.is_some_and(|own| super::rates::is_told_again(reading, own));
            if again {
                continue;
            }
            let message = format!(
                "写的比率是{}，按同句的{}、{}计算为{exact}%。",
                rate.shown(),
                part.shown(),
                whole.shown()
            );
            findings.push(reading.finding(FindingId::ReportArithmeticWrong, place, "比率", message));
        }
    }
    findings.extend(twice(reading));
    findings
}

/// Figures that stand once, and elsewhere but for a slip: both are told of the same thing, by the same words and qualifiers.
fn twice(reading: &Reading) -> Vec<Finding> {
    let against = |one: &Bound| words::of(Class::ComparedWith).within(&one.lead);
    let told = reading.told.iter().filter(|one| digits(&one.one.figure) > MIN_DIGITS && !against(one));
    let told: Vec<&Bound> = told.take(MAX_FIGURES).collect();
    let mut findings = Vec::new();
    for own in &told {
        let once = told.iter().filter(|other| other.one.is_as(&own.one)).count() == 1;
        if !once || in_tables(reading, &own.one) || of_other_times(reading, own.sentence) {
            continue;
        }
        let like = |other: &&&Bound| {
            other.sentence.unit != own.sentence.unit
                && other.one.written == own.one.written
                && other.qualifiers == own.qualifiers
                && are_of_one(reading, own, other)
                && shown(&other.one.figure, other.one.figure.places)
                    == shown(&other.one.figure, own.one.figure.places)
                && is_certain_slip(&own.one.figure, &other.one.figure)
                && !of_other_times(reading, other.sentence)
        };
        let Some(other) = told.iter().find(like) else { continue };
        // Of two that stand once each the later one is named.
        let also_once = told.iter().filter(|one| one.one.is_as(&other.one)).count() == 1;
        if also_once && !in_tables(reading, &other.one) && other.sentence > own.sentence {
            continue;
        }
        let name = head(own).or_else(|| head(other)).unwrap_or_default();
        let message = format!(
            "“{name}”此处为{}，{}为{}，请核对。",
            own.one.shown(),
            reading.prose.where_is(other.spot),
            other.one.shown()
        );
        findings.push(reading.finding(FindingId::ReportContradictsItself, own.spot, &name, message));
    }
    findings
}

/// Whether two figures are of one noun; what its clause has no words for is of what the sentence names before it.
fn are_of_one(reading: &Reading, own: &Bound, other: &Bound) -> bool {
    let Some(name) = head(other) else { return false };
    match head(own) {
        Some(head) => head == name,
        None => {
            let text = reading.prose.at(own.sentence);
            own.lead.is_empty() && text.get(..own.one.figure.from).is_some_and(|lead| lead.contains(&name))
        }
    }
}

/// What a figure is of: the noun at the end of the words before it, of so many characters that it tells the thing.
fn head(told: &Bound) -> Option<String> {
    let least = if told.one.is_percent() { MIN_NAME_OF_RATE } else { MIN_NAME };
    let from = told.lead.char_indices().rev().nth(least.checked_sub(1)?)?.0;
    told.lead.get(from..).map(str::to_owned)
}

/// Whether a slip is none by chance among all figures of a report: two digits changed places, or one of five is another.
fn is_certain_slip(one: &Figure, other: &Figure) -> bool {
    let (a, b) = (shown(one, one.places), shown(other, other.places));
    let off = a.chars().zip(b.chars()).filter(|(a, b)| a != b).count();
    is_slip(&a, &b) && (off == 2 || digits(one) > MIN_DIGITS.saturating_add(1))
}

fn digits(figure: &Figure) -> usize {
    shown(figure, figure.places).chars().filter(char::is_ascii_digit).count()
}

fn shown(figure: &Figure, places: u32) -> String {
    let places = usize::try_from(places).unwrap_or(0);
    format!("{:.places$}", figure.value.get())
}

/// Whether a table holds a figure.
fn in_tables(reading: &Reading, one: &Quantity) -> bool {
    let rows = reading.grids.iter().flat_map(|grid| &grid.rows);
    rows.flat_map(|row| row.cells.keys().filter_map(|col| row.number(*col)))
        .any(|figure| figure.value == one.figure.value || figure.value == one.value)
}

/// Whether a sentence tells of other years, or of what was to be.
fn of_other_times(reading: &Reading, sentence: Spot) -> bool {
    let text = reading.prose.at(sentence);
    reading.is_of_other_year(text) || words::of(Class::TimesBefore).within(text)
}

/// What a rate would be but for a slip, and of which two quantities before it.
fn slipped<'q>(
    text: &str,
    before: &'q [Quantity],
    rate: &Quantity,
) -> Option<(Number, &'q Quantity, &'q Quantity)> {
    let counts: Vec<&Quantity> = before.iter().filter(|one| !one.is_percent()).collect();
    let lead = text.get(..rate.figure.from)?;
    if counts.len() > MAX_QUANTITIES || rate.figure.places == 0 || words::of(Class::AboutFigures).ends(lead) {
        return None;
    }
    let written = shown(&rate.figure, rate.figure.places);
    let is_change = words::of(Class::ChangeWords).ends(lead.trim_end_matches('为').trim_end_matches('了'));
    let mut slip = None;
    for (at, one) in counts.iter().enumerate() {
        for other in counts.iter().skip(at.saturating_add(1)).filter(|other| other.unit == one.unit) {
            let (part, whole) = if one.value <= other.value { (*one, *other) } else { (*other, *one) };
            let ways = ways(part, whole);
            if ways.iter().any(|exact| rate.figure.is(*exact) || rate.figure.is_cut(*exact)) {
                return None;
            }
            // What is told decides which of them a slip is looked for in.
            let [share, multiple, changes @ ..] = ways.as_slice() else { continue };
            let meant = if is_change {
                changes
            } else if rate.figure.value > Number::from(100) {
                std::slice::from_ref(multiple)
            } else {
                std::slice::from_ref(share)
            };
            for exact in meant {
                let rounded = exact.round(rate.figure.places);
                let right = shown(&Figure { value: rounded, ..rate.figure }, rate.figure.places);
                if is_slip(&written, &right) || is_swap(&written, &right) {
                    slip = Some((rounded, part, whole));
                }
            }
        }
    }
    // 非常满意128份、满意82份: those that are satisfied are both together.
    if slip.is_none() && words::of(Class::ShareScales).within(lead) {
        let whole = counts.iter().max_by_key(|one| one.value).filter(|_| counts.len() > 2)?;
        let parts = counts.iter().filter(|one| one.figure != whole.figure && one.unit == whole.unit);
        let parts: Vec<&&Quantity> = parts.collect();
        for pair in parts.windows(2) {
            let [one, other] = pair else { continue };
            let exact = percent(one.value.plus(other.value)?, whole.value)?;
            if rate.figure.tells(exact) {
                return None;
            }
            let rounded = exact.round(rate.figure.places);
            if is_slip(&written, &shown(&Figure { value: rounded, ..rate.figure }, rate.figure.places)) {
                slip = slip.or(Some((rounded, **one, *whole)));
            }
        }
    }
    slip
}

/// The rates that two counts give: the part of the whole, the rest of it, the whole over the part, and both changes.
fn ways(part: &Quantity, whole: &Quantity) -> Vec<Number> {
    let hundred = Number::from(100);
    let own = [percent(part.value, whole.value), percent(whole.value, part.value)];
    let rest = own.into_iter().flatten().filter_map(|rate| Some(rate.minus(hundred)?.abs()));
    own.into_iter().flatten().chain(rest.collect::<Vec<_>>()).collect()
}
