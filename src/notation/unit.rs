//! Units, and what they measure. Numbers convert only between units of one dimension, exactly.

use std::fmt;

use rust_decimal::Decimal;

use super::units::{Entry, INDEX, value};
use super::width::normalise;
use crate::base::Number;
use crate::words::list;

/// What a unit measures. Only units of one dimension convert into each other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Dimension {
    /// A bare number: the text names no unit.
    #[default]
    Bare,
    /// A rate; its base is the plain ratio (1 is 100 %).
    Ratio,
    /// Money; its base is 元.
    Money,
    /// Things counted, by the measure word in its plainest form (名 is 人).
    Count(String),
    /// Clock and calendar time of fixed length; its base is the second.
    Time,
    /// Working days (工作日), which no calendar here converts into days.
    Workdays,
    /// Calendar months; a year is twelve, a quarter three.
    Months,
    /// Length; its base is the millimetre.
    Length,
    /// Area; its base is a third of a square metre, so that 亩 (2000/3 m²) is whole.
    Area,
    /// Volume; its base is the millilitre.
    Volume,
    /// Mass; its base is the gram.
    Mass,
    /// One dimension per others (元/人·月): the numerator, and the words below the line in order.
    Per(Box<Dimension>, Vec<String>),
}

impl Dimension {
    /// Whether it measures by length, area, volume or mass.
    pub(super) fn is_measured(&self) -> bool {
        matches!(self, Self::Length | Self::Area | Self::Volume | Self::Mass)
    }

    /// Whether it measures things: counted, or by length, area, volume or mass.
    pub fn is_of_things(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Length | Self::Area | Self::Volume | Self::Mass)
    }
}

/// A unit: its dimension, its word, and how many of the dimension's base it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    /// Its plain word, as printed: `%`, `万元`, `人次`, `元/人·月`. Empty for none.
    pub word: String,
    /// One of this unit in the dimension's base.
    pub factor: Number,
}

impl Default for Unit {
    fn default() -> Self {
        Self::bare()
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word)
    }
}

impl Unit {
    /// No unit.
    pub fn bare() -> Self {
        Self { dimension: Dimension::Bare, word: String::new(), factor: Number::ONE }
    }

    /// `%`.
    pub fn percent() -> Self {
        Self { dimension: Dimension::Ratio, word: "%".to_owned(), factor: Number::new(Decimal::new(1, 2)) }
    }

    /// A plain ratio, 1 being 100 %: the unit of a fraction `59.27/61.2`.
    pub fn ratio() -> Self {
        Self { dimension: Dimension::Ratio, word: String::new(), factor: Number::ONE }
    }

    /// 元.
    pub fn yuan() -> Self {
        Self { dimension: Dimension::Money, word: "元".to_owned(), factor: Number::ONE }
    }

    /// 分钟.
    pub(super) fn minutes() -> Self {
        Self { dimension: Dimension::Time, word: "分钟".to_owned(), factor: Number::from(60) }
    }

    /// Places in a ranking (名次), of which fewer is better.
    pub fn place() -> Self {
        Self::count("名次")
    }

    /// Whether it counts places in a ranking.
    pub fn is_place(&self) -> bool {
        matches!(&self.dimension, Dimension::Count(of) if of == "名次")
    }

    /// Things counted by this measure word.
    pub fn count(word: &str) -> Self {
        Self {
            dimension: Dimension::Count(plain_measure(word).to_owned()),
            word: word.to_owned(),
            factor: Number::ONE,
        }
    }

    /// Whether there is no unit.
    pub fn is_bare(&self) -> bool {
        self.dimension == Dimension::Bare
    }

    /// Whether it is a rate.
    pub fn is_ratio(&self) -> bool {
        self.dimension == Dimension::Ratio
    }

    /// Whether it is money (not money per something).
    pub fn is_money(&self) -> bool {
        self.dimension == Dimension::Money
    }

    /// Whether numbers in the two units can be compared: one dimension, or measure words for the same things.
    pub fn comparable(&self, other: &Self) -> bool {
        match (&self.dimension, &other.dimension) {
            (Dimension::Count(a), Dimension::Count(b)) => same_things(a, b),
            (a, b) => a == b,
        }
    }
}

/// A measure word in its plainest form: words that count the same things become one.
fn plain_measure(word: &str) -> &str {
    list::MEASURE_SPELLINGS.of(word).map_or(word, |(_, group)| group.plain())
}

/// Whether two plain measure words count the same things. 个 is the general classifier of things (not of people,
/// occasions or visits); 台套 is either of its halves.
fn same_things(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    a == b
        || (short == "个" && (list::COUNTED_BY_PIECES.has(long) || long.starts_with('个')))
        || (long == "台套" && (short == "台" || short == "套"))
        || (a == "起" && b == "件")
        || (a == "件" && b == "起")
}

/// A multiplier (万, 亿, 百万 …) at the start of a plain text, and how many bytes it is.
pub(super) fn scan_multiplier(text: &str) -> Option<(Number, usize)> {
    list::MULTIPLIERS.longest(text).map(|(group, taken)| (value(group), taken))
}

/// The longest word of units that the text begins with.
fn entry(text: &str) -> Option<&'static Entry> {
    let group = INDEX.get(&text.chars().next()?)?;
    group.iter().find(|entry| text.starts_with(entry.word))
}

/// One unit without a line (`万元`, `人次`), longest first.
fn scan_simple(text: &str) -> Option<(Unit, usize)> {
    let entry = entry(text)?;
    let (dimension, factor) = match entry.sized {
        Some((dimension, factor)) => (dimension.clone(), factor),
        None => (Dimension::Count(entry.plain.to_owned()), Number::ONE),
    };
    // A rate is printed in one way: 95百分比 is 95%.
    let word = if dimension == Dimension::Ratio { entry.plain } else { entry.word };
    Some((Unit { dimension, word: word.to_owned(), factor }, entry.word.len()))
}

/// What may stand below the line: a measure word, a time, a length. Plain form, and bytes.
fn scan_below(text: &str) -> Option<(String, usize)> {
    let entry = entry(text)?;
    let divides = !matches!(entry.sized, Some((Dimension::Ratio | Dimension::Money, _)));
    divides.then(|| (entry.plain.to_owned(), entry.word.len()))
}

/// A unit at the start of a plain text, and how many bytes it is: `%`, `万元`, `人次`, `台(套)`, `元/人·月` (also
/// `元/人*月`, `元/人/月`, `元/(人·月)`, `元每人每月`). The multiplier of `万立方米` is not part of a unit; see
/// [`scan_quantity`](super::scan_quantity).
pub fn scan_unit(text: &str) -> Option<(Unit, usize)> {
    let (top, mut length) = scan_simple(text)?;
    let mut below = Vec::new();
    let after = |at: usize| text.get(at..).unwrap_or("");
    loop {
        let rest = after(length);
        let separators: &[&str] =
            if below.is_empty() { &["/", "每"] } else { &["/", "·", "*", ".", "每", "、"] };
        let Some(separator) = separators.iter().find(|s| rest.starts_with(**s)) else { break };
        let mut at = length.saturating_add(separator.len());
        if below.is_empty() && *separator == "/" && after(at).starts_with('(') {
            let inside = after(at.saturating_add(1));
            let Some((words, taken)) = bracketed(inside) else { break };
            below.extend(words);
            length = at.saturating_add(1).saturating_add(taken);
            continue;
        }
        if after(at).starts_with('每') {
            at = at.saturating_add("每".len());
        }
        let Some((word, taken)) = scan_below(after(at)) else { break };
        below.push(word);
        length = at.saturating_add(taken);
        if below.len() > MAX_BELOW {
            return None;
        }
    }
    Some((per(top, below), length))
}

/// One unit per others; the others in one order, so that 元/人·月 is 元/月/人.
fn per(top: Unit, mut below: Vec<String>) -> Unit {
    if below.is_empty() {
        return top;
    }
    below.sort();
    let word = format!("{}/{}", top.word, below.join("·"));
    Unit { dimension: Dimension::Per(Box::new(top.dimension), below), word, factor: top.factor }
}

/// `每人每月` before a number: the words, and bytes.
pub(super) fn scan_each(text: &str) -> Option<(Vec<String>, usize)> {
    let mut below = Vec::new();
    let mut at = 0_usize;
    while let Some(rest) = text.get(at..)?.strip_prefix('每') {
        let (word, taken) = scan_below(rest)?;
        below.push(word);
        at = at.checked_add("每".len())?.checked_add(taken)?;
        if below.len() > MAX_BELOW {
            return None;
        }
    }
    (!below.is_empty()).then_some((below, at))
}

/// A unit that stands for each of the words: `每年3次` is 3次/年. Only what is counted or paid has such words.
pub(super) fn for_each(unit: Unit, below: Vec<String>) -> Option<Unit> {
    let fits = unit.is_money() || unit.dimension.is_of_things();
    fits.then(|| per(unit, below))
}

/// Nobody divides by more.
const MAX_BELOW: usize = 4;

/// `人·月)`: the words up to the closing bracket, and bytes with it.
fn bracketed(text: &str) -> Option<(Vec<String>, usize)> {
    let mut words = Vec::new();
    let mut at = 0_usize;
    loop {
        let (word, taken) = scan_below(text.get(at..)?)?;
        words.push(word);
        at = at.checked_add(taken)?;
        let next = text.get(at..)?.chars().next()?;
        at = at.checked_add(next.len_utf8())?;
        match next {
            ')' => return Some((words, at)),
            '·' | '*' | '/' | '.' if words.len() < MAX_BELOW => {}
            _ => return None,
        }
    }
}

/// A unit with the multiplier before it (`万立方米`): how a unit column counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Measure {
    /// The unit.
    pub(super) unit: Unit,
    /// What a number in the column is multiplied by.
    pub(super) multiplier: Number,
}

/// A unit with its multiplier at the start of a plain text, and how many bytes it is.
pub(super) fn scan_measure(text: &str) -> Option<(Measure, usize)> {
    let plain =
        |text: &str| scan_unit(text).map(|(unit, taken)| (Measure { unit, multiplier: Number::ONE }, taken));
    let multiplied = || {
        let (multiplier, before) = scan_multiplier(text)?;
        let (unit, taken) = scan_unit(text.get(before..)?)?;
        Some((Measure { unit, multiplier }, before.checked_add(taken)?))
    };
    plain(text).or_else(multiplied)
}

/// Whether a text is nothing but a unit, or several side by side (万元、分), as behind 单位 over a table.
pub fn are_units(text: &str) -> bool {
    let plain = normalise(text);
    let plain: String = plain.as_str().split_whitespace().collect();
    let mut units = plain.split([',', '、', '/', ';']).peekable();
    let whole = |unit: &str| {
        let unit = list::CURRENCY_NAMES.strip(unit).unwrap_or(unit);
        scan_measure(unit).is_some_and(|(_, taken)| taken == unit.len())
    };
    units.peek().is_some() && units.all(whole)
}

/// What a whole unit column says. A word that is no known unit counts things by that word: the column says that it
/// is one. `None` for what cannot be a unit.
pub(super) fn measure(words: &str) -> Option<Measure> {
    if let Some((found, taken)) = scan_measure(words)
        && taken == words.len()
    {
        return Some(found);
    }
    if let Some(rate) = among_so_many(words) {
        return Some(Measure { unit: rate, multiplier: Number::ONE });
    }
    let word_like = words.chars().count() <= MAX_UNIT_CHARS
        && words.chars().all(|c| c.is_alphabetic() || matches!(c, '/' | '(' | ')' | '·' | '²' | '³'));
    if !word_like {
        return None;
    }
    let (multiplier, before) = scan_multiplier(words).unwrap_or((Number::ONE, 0));
    let word = words.get(before..).filter(|word| !word.is_empty())?;
    Some(Measure { unit: Unit::count(word), multiplier })
}

/// 1/10万, 例/10万人: how many there are among so many, which only a unit column can say. Behind a number the one above the
/// line is not printed: 172.6/10万.
fn among_so_many(words: &str) -> Option<Unit> {
    let (group, taken) = list::AMONG_SO_MANY.longest(words)?;
    let word = words.strip_prefix('1').unwrap_or(words);
    let rate = || Unit { dimension: Dimension::Ratio, word: word.to_owned(), factor: value(group) };
    (taken == words.len()).then(rate)
}

/// A longer text in a unit column is no unit.
const MAX_UNIT_CHARS: usize = 8;
