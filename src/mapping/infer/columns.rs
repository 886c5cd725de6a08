//! What the content of a column says where its title says nothing: levels, criteria, names.

use super::guess::{Below, SAMPLE_ROWS};
use super::{Guess, Title};
use crate::mapping::column::Column;
use crate::mapping::looks::Look;
use crate::mapping::title::normalise;
use crate::sheet::{Sheet, Value};
use crate::words::{self, Class, Lexicon};

/// Of two different titles that may be the first level the right one is the second, where nothing else is: as forms are
/// read.
pub(super) fn second_level(titles: &mut [Title]) {
    let is = |title: &Title, level: Column| title.guess.column() == Some(level);
    if titles.iter().any(|title| is(title, Column::Level2)) {
        return;
    }
    let mut firsts: Vec<&mut Title> = titles.iter_mut().filter(|title| is(title, Column::Level1)).collect();
    if let [one, two] = firsts.as_mut_slice()
        && normalise(&one.text) != normalise(&two.text)
    {
        two.guess = match two.guess {
            Guess::Words(_) => Guess::Words(Column::Level2),
            _ => Guess::Known(Column::Level2),
        };
    }
}

/// What no table of indicators has.
const OF_OTHERS: [Column; 4] = [Column::Answer, Column::Debit, Column::Credit, Column::Summary];

/// Guesses what is open by what stands below it.
pub(super) fn by_content(sheet: &Sheet, bottom: u32, titles: &mut [Title]) {
    let has = |titles: &[Title], column: Column| titles.iter().any(|t| t.guess.column() == Some(column));
    let open = |title: &Title| matches!(title.guess, Guess::Open(_));
    if OF_OTHERS.iter().any(|column| has(titles, *column)) {
        return;
    }
    if !has(titles, Column::Criterion) {
        let rules = |title: &Title| Below::new(sheet, bottom, title.at.col()).looks.mostly(&[Look::Rule]);
        only(titles, |title| open(title) && rules(title), Column::Criterion, "内容是评分规则");
    }
    levels(sheet, bottom, titles);
    let name = has(titles, Column::Name) || has(titles, Column::NameStandIn);
    if !name {
        let distinct = |title: &Title| Texts::new(sheet, bottom, title.at.col()).are_names();
        only(
            titles,
            |title| open(title) && distinct(title),
            Column::Name,
            "每行一个不同的名称，别的列都不像名称",
        );
    }
}

/// Takes the only title of a kind for a column.
fn only(titles: &mut [Title], is: impl Fn(&Title) -> bool, column: Column, why: &str) {
    let mut found: Vec<&mut Title> = titles.iter_mut().filter(|title| is(title)).collect();
    if let [only] = found.as_mut_slice() {
        only.guess = Guess::Guessed(column, why.to_owned());
    }
}

/// The levels: what indicators of a level are called, and at the left of the names texts that stand for several rows.
fn levels(sheet: &Sheet, bottom: u32, titles: &mut [Title]) {
    let col_of = |titles: &[Title], column: Column| {
        titles.iter().find(|title| title.guess.column() == Some(column)).map(|title| title.at.col())
    };
    for (level, words, why) in [
        (Column::Level1, words::of(Class::Level1Names), "内容是产出、效益一类"),
        (Column::Level2, words::of(Class::Level2Names), "内容是数量、质量、社会效益一类"),
    ] {
        if col_of(titles, level).is_none() {
            let called = |title: &Title| Texts::new(sheet, bottom, title.at.col()).are_called(words);
            only(titles, |title| matches!(title.guess, Guess::Open(_)) && called(title), level, why);
        }
    }
    let name = col_of(titles, Column::Name).or_else(|| col_of(titles, Column::NameStandIn));
    let level2 = col_of(titles, Column::Level2);
    let groups = |title: &Title| {
        let col = title.at.col();
        matches!(title.guess, Guess::Open(_))
            && name.is_none_or(|name| col < name)
            && Texts::new(sheet, bottom, col).stand_for_several()
    };
    let found: Vec<u32> = titles.iter().filter(|title| groups(title)).map(|title| title.at.col()).collect();
    let firsts = if col_of(titles, Column::Level1).is_none() { Some(Column::Level1) } else { None };
    let seconds = if level2.is_none() { Some(Column::Level2) } else { None };
    for (col, level) in found.into_iter().zip(firsts.into_iter().chain(seconds)) {
        // The second level stands at the right of the first.
        let first = col_of(titles, Column::Level1);
        let placed = match level {
            Column::Level1 => level2.is_none_or(|level2| col < level2),
            _ => first.is_none_or(|first| first < col),
        };
        if let Some(title) = titles.iter_mut().find(|title| title.at.col() == col).filter(|_| placed) {
            title.guess = Guess::Guessed(level, "在指标名称左边，一格管几行".to_owned());
        }
    }
}

/// The texts of a column.
struct Texts {
    keys: Vec<String>,
    others: usize,
    /// Whether a cell is merged over several rows.
    merged: bool,
}

impl Texts {
    fn new(sheet: &Sheet, bottom: u32, col: u32) -> Self {
        let mut texts = Self { keys: Vec::new(), others: 0, merged: false };
        let last = bottom.saturating_add(SAMPLE_ROWS);
        for row in bottom.saturating_add(1)..=last {
            match &sheet.at(row, col).value {
                Value::Text(text) => texts.keys.push(normalise(text)),
                Value::Empty => {}
                _ => texts.others = texts.others.saturating_add(1),
            }
        }
        texts.keys.retain(|key| !key.is_empty());
        texts.merged = sheet.merges.iter().any(|range| {
            range.first.col() == col
                && range.first.col() == range.last.col()
                && range.first.row() > bottom
                && range.first.row() <= last
                && range.last.row() > range.first.row()
        });
        texts
    }

    fn distinct(&self) -> usize {
        let mut keys = self.keys.clone();
        keys.sort();
        keys.dedup();
        keys.len()
    }

    fn are_called(&self, words: &Lexicon) -> bool {
        let plain = |key: &String| words.has(key.trim_end_matches("指标"));
        let called = self.keys.iter().filter(|key| plain(key)).count();
        called > 0 && called.saturating_mul(2) >= self.keys.len() && self.others == 0
    }

    /// Texts without figures, merged over several rows or repeated.
    fn stand_for_several(&self) -> bool {
        let figures = self.keys.iter().any(|key| key.chars().any(|c| c.is_ascii_digit()));
        let repeated = self.distinct().saturating_mul(2) <= self.keys.len();
        self.others == 0 && self.keys.len() > 1 && !figures && (self.merged || repeated)
    }

    /// Texts that each stand for one row.
    fn are_names(&self) -> bool {
        let figures = self
            .keys
            .iter()
            .filter(|key| key.starts_with(|c: char| c.is_ascii_digit() || "≥≤><=".contains(c)));
        self.others == 0
            && self.keys.len() > 1
            && !self.merged
            && self.distinct() == self.keys.len()
            && figures.count() == 0
    }
}
