//! Days, months, quarters and years as forms write them: `2021年12月底`, `2022.11.30`, `三季度末`, `12月31日`.
//!
//! A written date is a stretch of days: `2022年11月` is known to the month only. A comparison is made where every
//! day of the stretch gives the same answer, and nowhere else.

use super::numeral::{scan_number, scan_numeral};
use super::quantity::{from, spaces};
use crate::base::Date;
use crate::words::{Lexicon, Senses, list};

/// A stretch of days, both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Days {
    /// The first day it can be.
    pub first: Date,
    /// The last day it can be; a deadline falls on it.
    pub last: Date,
}

impl Days {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self { first: date, last: date }
    }

    /// From the first day of one to the last of the other, if that runs forward.
    pub fn through(self, end: Self) -> Option<Self> {
        (self.first <= end.first && self.last <= end.last)
            .then_some(Self { first: self.first, last: end.last })
    }
}

/// A date as written; the year may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct When {
    /// The year, when it is written.
    pub year: Option<i16>,
    /// The part of the year.
    pub part: YearPart,
}

/// The part of a year that a date names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum YearPart {
    /// The whole year.
    Year,
    /// 年底, 年末: December.
    YearEnd,
    /// 年初: January.
    YearStart,
    /// 上半年 (1), 下半年 (2).
    Half(u8),
    /// A quarter, 1 to 4.
    Quarter(u8),
    /// The last month of a quarter (三季度末).
    QuarterEnd(u8),
    /// A month, 1 to 12.
    Month(u8),
    /// A third of a month: 上旬 (1), 中旬 (2), 下旬 or 底 (3).
    Third(u8, u8),
    /// A month and a day.
    Day(u8, u8),
}

impl When {
    /// The days meant. `None` when neither the text nor the caller has a year, or no calendar has the day.
    pub fn days(self, year: Option<i16>) -> Option<Days> {
        let year = self.year.or(year)?;
        let day = |month: u8, day: u8| -> Option<Date> {
            Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
        };
        let months = |from: u8, to: u8| -> Option<Days> {
            Some(Days { first: day(from, 1)?, last: day(to, 1)?.last_of_month() })
        };
        match self.part {
            YearPart::Year => months(1, 12),
            YearPart::YearEnd => months(12, 12),
            YearPart::YearStart => months(1, 1),
            YearPart::Half(1) => months(1, 6),
            YearPart::Half(_) => months(7, 12),
            YearPart::Quarter(q) => months(q.checked_mul(3)?.checked_sub(2)?, q.checked_mul(3)?),
            YearPart::QuarterEnd(q) => months(q.checked_mul(3)?, q.checked_mul(3)?),
            YearPart::Month(m) => months(m, m),
            YearPart::Third(m, 1) => Some(Days { first: day(m, 1)?, last: day(m, 10)? }),
            YearPart::Third(m, 2) => Some(Days { first: day(m, 11)?, last: day(m, 20)? }),
            YearPart::Third(m, _) => Some(Days { first: day(m, 21)?, last: day(m, 1)?.last_of_month() }),
            YearPart::Day(m, d) => day(m, d).map(Days::day),
        }
    }
}

/// A date at the start of a plain text, and how many bytes it is. `loose` also takes what may be a number as well
/// (`2022.11`, `11.18`, `20221130`): only where a date is expected.
pub fn scan_date(text: &str, loose: bool) -> Option<(When, usize)> {
    worded(text).or_else(|| dotted(text)).or_else(|| if loose { run_together(text) } else { None })
}

/// Years that a form of this century names.
fn is_year(year: u32) -> bool {
    (1949..=2099).contains(&year)
}

/// A small whole number, digits or Chinese, without sign or commas.
fn whole(text: &str) -> Option<(u32, usize)> {
    let first = text.chars().next()?;
    let (numeral, taken) = if first.is_ascii_digit() {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 8 {
            return None;
        }
        scan_number(text.get(..digits)?)?
    } else {
        scan_numeral(text)?
    };
    Some((u32::try_from(numeral.value.get()).ok()?, taken))
}

fn part_of(value: u32, max: u8) -> Option<u8> {
    u8::try_from(value).ok().filter(|v| (1..=max).contains(v))
}

/// `2021年12月31日`, `2021年底`, `12月底`, `三季度末`, `年底`.
fn worded(text: &str) -> Option<(When, usize)> {
    let mut at;
    let mut year = None;
    if let Some((value, taken)) = whole(text)
        && is_year(value)
        && from(text, spaces(text, taken)).starts_with('年')
    {
        year = Some(i16::try_from(value).ok()?);
        at = spaces(text, taken).checked_add("年".len())?;
        if from(text, at).starts_with('度') {
            at = at.checked_add("度".len())?;
        }
        at = spaces(text, at);
    } else {
        at = list::YEAR_MEANT.longest(text).map_or(0, str::len);
    }
    let named = at > 0;
    match year_part(from(text, at), named) {
        Some((part, taken)) => Some((When { year, part }, at.checked_add(taken)?)),
        None if named && !text.starts_with("年度") => {
            let end = text.get(..at)?.trim_end_matches(' ').len();
            Some((When { year, part: YearPart::Year }, end))
        }
        None => None,
    }
}

/// What names a part of a year by itself.
const YEAR_PARTS: Senses<YearPart> = Senses::new(&[
    (list::YEAR_END, YearPart::YearEnd),
    (list::YEAR_START, YearPart::YearStart),
    (list::YEAR_WITHIN, YearPart::Year),
    (list::HALF_FIRST, YearPart::Half(1)),
    (list::HALF_SECOND, YearPart::Half(2)),
]);

/// What names it behind a year.
const YEAR_ENDS: Senses<YearPart> =
    Senses::new(&[(list::AT_END, YearPart::YearEnd), (list::AT_START, YearPart::YearStart)]);

/// What names a third of a month behind it.
const THIRDS: Senses<u8> = Senses::new(&[
    (list::FIRST_TEN_DAYS, 1),
    (list::AT_START, 1),
    (list::MIDDLE_TEN_DAYS, 2),
    (list::LAST_TEN_DAYS, 3),
    (list::AT_END, 3),
]);

/// What a date begins with that [`scan_date`] reads, where it begins with no number.
pub const DATE_WORDS: [&Lexicon; 7] = [
    list::YEAR_MEANT,
    list::YEAR_END,
    list::YEAR_START,
    list::YEAR_WITHIN,
    list::HALF_FIRST,
    list::HALF_SECOND,
    list::NTH,
];

/// What may follow the year. `named` says that a year stands before it.
fn year_part(text: &str, named: bool) -> Option<(YearPart, usize)> {
    let behind_year = || YEAR_ENDS.longest(text).filter(|_| named);
    if let Some(found) = YEAR_PARTS.longest(text).or_else(behind_year) {
        return Some(found);
    }
    let ordinal = list::NTH.longest(text).map_or(0, str::len);
    let (value, taken) = whole(from(text, ordinal))?;
    let mut at = spaces(text, ordinal.checked_add(taken)?);
    let rest = from(text, at);
    if let Some(after) = list::QUARTER_WORDS.strip(rest) {
        let quarter = part_of(value, 4)?;
        at = text.len().checked_sub(after.len())?;
        return Some(match list::AT_END.longest(after) {
            Some(end) => (YearPart::QuarterEnd(quarter), at.checked_add(end.len())?),
            None => (YearPart::Quarter(quarter), at),
        });
    }
    if ordinal > 0 {
        return None;
    }
    let after = list::MONTH_WORDS.strip(rest)?;
    let month = part_of(value, 12)?;
    at = spaces(text, text.len().checked_sub(after.len())?);
    let rest = from(text, at);
    if let Some((third, taken)) = THIRDS.longest(rest) {
        return Some((YearPart::Third(month, third), at.checked_add(taken)?));
    }
    if let Some((value, taken)) = whole(rest) {
        let end = spaces(text, at.checked_add(taken)?);
        let word = list::DAY_WORDS.longest(from(text, end));
        if let (Some(day), Some(word)) = (part_of(value, 31), word) {
            return Some((YearPart::Day(month, day), end.checked_add(word.len())?));
        }
        return None; // 12月3 breaks off
    }
    Some((YearPart::Month(month), text.len().checked_sub(after.len())?))
}

/// Digits only, and bytes.
fn digits(text: &str) -> Option<(u32, usize)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    if length == 0 || length > 8 { None } else { Some((text.get(..length)?.parse().ok()?, length)) }
}

/// `2022.11.30`, `2022-11-30`, `2022/11/30`, with a time of day behind it or not.
fn dotted(text: &str) -> Option<(When, usize)> {
    let (year, taken) = digits(text)?;
    if taken != 4 || !is_year(year) {
        return None;
    }
    let separator = from(text, taken).chars().next().filter(|c| matches!(c, '.' | '-' | '/'))?;
    let mut at = taken.checked_add(1)?;
    let (month, taken) = digits(from(text, at))?;
    at = at.checked_add(taken)?;
    let rest = from(text, at).strip_prefix(separator)?;
    at = at.checked_add(1)?;
    let (day, taken) = digits(rest)?;
    at = at.checked_add(taken)?;
    if taken > 2 || from(text, at).starts_with(['.', '/', '%']) {
        return None;
    }
    at = at.checked_add(clock(from(text, at)))?;
    if from(text, at).starts_with('日') {
        at = at.checked_add("日".len())?;
    }
    let part = YearPart::Day(part_of(month, 12)?, part_of(day, 31)?);
    Some((When { year: Some(i16::try_from(year).ok()?), part }, at))
}

/// How many bytes the time of day behind a date takes (` 08:30`, `T23:59:59`); it does not change the day.
fn clock(text: &str) -> usize {
    let Some(rest) = text.strip_prefix([' ', 'T']) else { return 0 };
    let mut fields = 0_usize;
    let mut at = 0_usize;
    loop {
        let field = from(rest, at).bytes().take_while(u8::is_ascii_digit).count();
        let most = if fields == 0 { 23 } else { 59 };
        let value: Option<u32> = from(rest, at).get(..field).and_then(|digits| digits.parse().ok());
        if !(1..=2).contains(&field) || value.is_none_or(|value| value > most) {
            return 0;
        }
        at = at.saturating_add(field);
        fields = fields.saturating_add(1);
        if fields == 3 || !from(rest, at).starts_with(':') {
            break;
        }
        at = at.saturating_add(1);
    }
    if fields >= 2 { at.saturating_add(1) } else { 0 }
}

/// `20221130`, `2022.11`, `2022-11`, `11.18`, `11/18`: numbers elsewhere, dates where one is expected.
fn run_together(text: &str) -> Option<(When, usize)> {
    let (value, taken) = digits(text)?;
    let when = |year: u32, part| Some(When { year: Some(i16::try_from(year).ok()?), part });
    if taken == 8 {
        let (year, rest) = (value.checked_div(10_000)?, value.checked_rem(10_000)?);
        let part = YearPart::Day(part_of(rest.checked_div(100)?, 12)?, part_of(rest.checked_rem(100)?, 31)?);
        return if is_year(year) { Some((when(year, part)?, taken)) } else { None };
    }
    from(text, taken).chars().next().filter(|c| matches!(c, '.' | '-' | '/'))?;
    let at = taken.checked_add(1)?;
    let (second, taken_second) = digits(from(text, at))?;
    let end = at.checked_add(taken_second)?;
    if taken_second > 2 {
        return None;
    }
    if taken == 4 && is_year(value) {
        return Some((when(value, YearPart::Month(part_of(second, 12)?))?, end));
    }
    let part = YearPart::Day(part_of(value, 12)?, part_of(second, 31)?);
    Some((When { year: None, part }, end))
}
