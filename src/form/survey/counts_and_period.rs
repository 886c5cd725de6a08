//! What stands around the answers: how many were sent out, came back and count, how many could be asked, and when.

use crate::base::{CellRef, Date};
use crate::form::view::{Item, View};
use crate::mapping::title::normalise;
use crate::model::{SurveyCount, SurveyCounts};
use crate::notation::scan_date;
use crate::sheet::Value;
use crate::words::{self, Class, Lexicon};

/// Characters between a word for all and their number.
const NEAR: usize = 16;
/// Characters of a text that is looked through.
const MAX_CHARS: usize = 400;

/// What is said around a table.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct CountsAndPeriod {
    pub(super) counts: SurveyCounts,
    pub(super) period: Option<(Date, Date)>,
}

/// Reads the cells outside of the tables. The first that says something counts.
pub(super) fn read(view: &View<'_>, tables: &[(u32, u32)]) -> CountsAndPeriod {
    let mut found = CountsAndPeriod::default();
    for (row, items) in view.rows(0, view.last_row()) {
        if tables.iter().any(|(first, last)| (*first..=*last).contains(&row)) {
            continue;
        }
        for item in items.iter().filter(|item| !item.key.is_empty()) {
            cell(view, item, &mut found);
        }
    }
    found
}

fn cell(view: &View<'_>, item: &Item<'_>, found: &mut CountsAndPeriod) {
    let text: String = normalise(&item.cell.shown()).chars().take(MAX_CHARS).collect();
    let value = || {
        let right = view.right_of(view.range(item.at)).and_then(|at| view.item(at))?;
        Some((plain(&right.cell.value)?, right.at))
    };
    let labelled = !text.chars().any(|c| c.is_ascii_digit());
    let take = |class: Class, to: &mut Option<SurveyCount>| {
        if to.is_some() {
            return;
        }
        let told = match labelled {
            false if class == Class::SurveyPopulation => population(&text).map(|number| (number, item.at)),
            true => Some(()).filter(|()| is_label(&text, words::of(class))).and_then(|()| value()),
            false => behind(&text, words::of(class)).map(|number| (number, item.at)),
        };
        *to = told.map(|(number, at)| SurveyCount { number, at });
    };
    take(Class::SurveySent, &mut found.counts.sent);
    take(Class::SurveyReturned, &mut found.counts.returned);
    take(Class::SurveyValid, &mut found.counts.valid);
    take(Class::SurveyPopulation, &mut found.counts.population);
    if found.period.is_none() && words::of(Class::SurveyWhen).within(&text) {
        let value = view.right_of(view.range(item.at)).and_then(|at| view.item(at));
        let more = value.map(|right| normalise(&right.cell.shown())).unwrap_or_default();
        found.period = period(&text).or_else(|| period(&more));
    }
}

/// Whether a text is a label of that number and nothing else: `发放问卷数(份)`.
fn is_label(text: &str, class: &Lexicon) -> bool {
    let Some((at, word)) = class.find(text) else { return false };
    let rest = text.get(at.saturating_add(word.len())..).unwrap_or_default();
    at == 0 && without_between(rest).is_empty()
}

/// The number behind the first of the words that has one: `发放问卷120份`.
pub(super) fn behind(text: &str, class: &Lexicon) -> Option<u32> {
    let mut rest = text;
    while let Some((at, word)) = class.find(rest) {
        rest = rest.get(at.saturating_add(word.len())..)?;
        let number = without_between(rest);
        let digits = number.chars().take_while(char::is_ascii_digit).count();
        let after = number.get(digits..).unwrap_or_default();
        if let Some(found) = number.get(..digits).and_then(|digits| digits.parse().ok())
            && !after.starts_with(['%', '.'])
        {
            return Some(found);
        }
    }
    None
}

/// How many there are in all: `服务对象总数30人`, `全体参训人员(30人)`.
pub(in crate::form) fn population(text: &str) -> Option<u32> {
    let all = || {
        let (at, word) = words::of(Class::SurveyAll).find(text)?;
        let behind: String = text.get(at.saturating_add(word.len())..)?.chars().take(NEAR).collect();
        let start = behind.find(|c: char| c.is_ascii_digit())?;
        let lead = behind.get(..start)?;
        let digits = behind.get(start..)?;
        let end = digits.find(|c: char| !c.is_ascii_digit())?;
        let of_people = words::of(Class::People).begins(digits.get(end..)?);
        let joined = !lead.contains(['，', ',', '。', '；', ';', '%']);
        digits.get(..end)?.parse().ok().filter(|_| of_people && joined)
    };
    behind(text, words::of(Class::SurveyPopulation)).or_else(all)
}

/// What follows the words that may stand between a word and its number.
fn without_between(text: &str) -> &str {
    words::of(Class::SurveyBetween).trim_start(text)
}

/// A whole number, also as a text with 份 or 人 behind it.
pub(super) fn plain(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::Text(text) => words::of(Class::CountedAnswers).trim_end(&normalise(text)).parse().ok(),
        _ => None,
    }
}

/// The first two days of a text: from when to when.
pub(in crate::form) fn period(text: &str) -> Option<(Date, Date)> {
    let mut days = Vec::new();
    let mut year = None;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let taken = scan_date(rest, false).and_then(|(when, taken)| {
            let stretch = when.days(year)?;
            year = year.or(when.year);
            Some((stretch, taken))
        });
        let step = rest.chars().next().map_or(1, char::len_utf8);
        let Some((stretch, taken)) = taken else {
            at = at.saturating_add(step);
            continue;
        };
        days.push(stretch);
        at = at.saturating_add(taken.max(step));
    }
    match days.as_slice() {
        [first, last, ..] if first.first <= last.last => Some((first.first, last.last)),
        [one] if one.first < one.last => Some((one.first, one.last)),
        _ => None,
    }
}

/// The same number, as a cell of a table states it.
pub(super) fn stated(at: CellRef, value: &Value) -> Option<SurveyCount> {
    plain(value).map(|number| SurveyCount { number, at })
}
