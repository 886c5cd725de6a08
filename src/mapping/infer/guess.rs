//! What a title may be: by what the shipped mappings know, by its words, by what stands below it. Where two titles may be
//! the same column neither is taken for it.

use super::{Guess, Title, columns};
use crate::base::Number;
use crate::mapping::column::Column;
use crate::mapping::compose::{self, Role};
use crate::mapping::looks::{self, Look, Looks};
use crate::mapping::title::normalise;
use crate::mapping::{COMPOSED, FormTable, GUESSED, Kind, Mappings};
use crate::sheet::{Sheet, Value};
use crate::words::{self, Class};

/// Numbers that a column of points has at least.
const MIN_NUMBERS: usize = 2;
/// Rows below a header that are looked at.
pub(super) const SAMPLE_ROWS: u32 = 60;
/// Characters of a sample that a draft shows.
const SAMPLE_CHARS: usize = 12;
/// Characters of a criterion at least.
const MIN_CRITERION_CHARS: usize = 4;
/// Characters of a unit at most.
const MAX_UNIT_CHARS: usize = 6;

/// Words in a title that speak for a column, in order: the first whose column also fits what stands below counts.
const HINTS: &[(Class, Column)] = &[
    (Class::TitleOwnScore, Column::StatedScore),
    (Class::TitleCriterion, Column::Criterion),
    (Class::TitleStandard, Column::Target),
    (Class::TitleReason, Column::Reason),
    (Class::TitleActual, Column::Actual),
    (Class::TitleTarget, Column::Target),
    (Class::TitleScore, Column::Score),
    (Class::TitleWeight, Column::Weight),
    (Class::TitleUnit, Column::Unit),
    (Class::TitleLevel1, Column::Level1),
    (Class::TitleLevel2, Column::Level2),
    (Class::TitleName, Column::Name),
    (Class::TitleSituation, Column::Situation),
];

/// Says of each title what it may be.
pub(super) fn all(sheet: &Sheet, mappings: &Mappings, titles: &mut [Title]) {
    let bottom = titles.iter().map(|title| title.at.row()).max().unwrap_or(0);
    for title in titles.iter_mut() {
        let key = normalise(&title.text);
        let below = Below::new(sheet, bottom, title.at.col());
        title.guess = known(mappings, &key)
            .or_else(|| silent(&key, FormTable::Main, &below.looks))
            .unwrap_or_else(|| Guess::Open(below.said(&key, FormTable::Main)));
    }
    contradicted(sheet, bottom, titles);
    columns::second_level(titles);
    by_words(sheet, bottom, titles);
    columns::by_content(sheet, bottom, titles);
    by_sum(sheet, bottom, titles);
}

/// Asks about titles whose content says otherwise (考核结果 over points), as they are not read.
fn contradicted(sheet: &Sheet, bottom: u32, titles: &mut [Title]) {
    let told = titles.iter().any(|title| title.guess.column() == Some(Column::Actual));
    for title in titles.iter_mut() {
        let Some(column) = title.guess.column() else { continue };
        let below = Below::new(sheet, bottom, title.at.col());
        let points = matches!(column, Column::Weight | Column::Score | Column::StatedScore);
        if below.looks.contradict(column, told) || points && below.is_text() {
            let said = below.said("", FormTable::Main);
            title.guess = Guess::Open(format!("标题像“{}”，但{said}", column.chinese()));
        }
    }
}

/// By a word of the title, where what stands below bears it out and nothing else claims the column.
fn by_words(sheet: &Sheet, bottom: u32, titles: &mut [Title]) {
    let claims: Vec<Option<(Column, &str)>> = titles
        .iter()
        .map(|title| {
            let open = matches!(title.guess, Guess::Open(_));
            let below = Below::new(sheet, bottom, title.at.col());
            let key = normalise(&title.text);
            let word = |class: Class| words::of(class).iter().find(|word| key.contains(*word));
            let mut hints = HINTS.iter().filter(|(_, column)| below.fits(*column));
            hints.find_map(|(class, column)| Some((*column, word(*class)?))).filter(|_| open)
        })
        .collect();
    let known: Vec<(Column, String)> = titles
        .iter()
        .filter_map(|title| {
            let column = title.guess.column()?;
            Some((column, format!("{}“{}”", title.at, super::write::one_line(&title.text))))
        })
        .collect();
    let places: Vec<String> = titles.iter().map(|title| title.at.to_string()).collect();
    for (title, claim) in titles.iter_mut().zip(&claims) {
        let Some((column, word)) = claim else { continue };
        let same = claims.iter().zip(&places).filter(|(other, _)| other.is_some_and(|(o, _)| o == *column));
        let same: Vec<&str> = same.map(|(_, place)| place.as_str()).collect();
        title.guess = match known.iter().find(|(have, _)| have == column) {
            Some((_, rival)) => Guess::Open(format!("像“{}”，但 {rival}已经是", column.chinese())),
            None if same.len() > 1 => Guess::Open(format!("{} 都像“{}”", same.join("、"), column.chinese())),
            None => Guess::Guessed(*column, format!("标题含“{word}”")),
        };
    }
}

/// What the shipped mappings take a title for, where they agree on one column: by their lists, or by its words.
pub(super) fn known(mappings: &Mappings, key: &str) -> Option<Guess> {
    let hits = mappings.index().title(key);
    let mut columns: Vec<(Column, bool)> = hits
        .iter()
        .filter(|hit| hit.table == FormTable::Main && hit.rank < GUESSED)
        .filter_map(|hit| {
            // No draft is made for forms that are not scored.
            let mapping = mappings.get(hit.mapping).filter(|mapping| !mapping.kind.is_set_aside())?;
            let rule = mapping.columns.get(hit.rule)?;
            // The words of ledgers and surveys say nothing of a form's title.
            let composed = hit.rank >= COMPOSED;
            let foreign = composed && matches!(mapping.kind, Kind::Ledger | Kind::Survey);
            (rule.after.is_none() && !foreign).then_some((rule.column, composed))
        })
        .collect();
    columns.sort();
    columns.dedup();
    // 备注 in one mapping, something in another: what says most counts, and a list more than words (方向 of a ledger).
    let listed = columns.iter().find(|(column, composed)| *column != Column::Other && !composed);
    let telling = listed.or_else(|| columns.iter().find(|(column, _)| *column != Column::Other));
    let (column, composed) = telling.or_else(|| columns.first()).copied()?;
    match (column, compose::read(key, FormTable::Main).map(|read| read.role)) {
        // What kind of silent column it is says more than that it is one.
        (Column::Other, Some(Role::Silent(_))) if composed => None,
        _ if composed => Some(Guess::Words(column)),
        _ => Some(Guess::Known(column)),
    }
}

/// A title whose words, or a column whose content, has no part in scoring.
pub(super) fn silent(key: &str, table: FormTable, looks: &Looks) -> Option<Guess> {
    match compose::read(key, table).filter(|read| read.whole).map(|read| read.role) {
        Some(Role::Silent(kind)) => looks.bears_out(kind).then_some(Guess::Silent(kind, "标题构词")),
        Some(Role::Column(_)) => None,
        None => looks.silent().map(|kind| Guess::Silent(kind, "内容")),
    }
}

/// Whether the cells below the criterion's title say how points are earned.
pub(super) fn has_rules(sheet: &Sheet, titles: &[Title]) -> bool {
    let bottom = titles.iter().map(|title| title.at.row()).max().unwrap_or(0);
    titles.iter().filter(|title| title.guess.column() == Some(Column::Criterion)).any(|title| {
        let looks = Below::new(sheet, bottom, title.at.col()).looks;
        looks.mostly(&[Look::Rule]) || looks.all(&[Look::Rule])
    })
}

/// What stands below a title.
pub(super) struct Below {
    /// Numbers, and texts that begin like one.
    numbers: usize,
    /// The lengths of the other texts.
    texts: Vec<usize>,
    /// What each cell looks like.
    pub looks: Looks,
    /// The first cell that holds something.
    sample: String,
    /// Whether nothing stands there.
    pub blank: bool,
}

impl Below {
    pub(super) fn new(sheet: &Sheet, bottom: u32, col: u32) -> Self {
        let mut below = Self {
            numbers: 0,
            texts: Vec::new(),
            looks: Looks::default(),
            sample: String::new(),
            blank: true,
        };
        for row in bottom.saturating_add(1)..=bottom.saturating_add(SAMPLE_ROWS) {
            let cell = sheet.at(row, col);
            let key = match &cell.value {
                Value::Text(text) => normalise(text),
                _ => String::new(),
            };
            below.looks.0.extend(looks::of(cell, &key));
            match &cell.value {
                Value::Text(_) if !key.is_empty() => {
                    let number = key.starts_with(|c: char| c.is_ascii_digit() || "≥≤><=≧≦-".contains(c));
                    if number {
                        below.numbers = below.numbers.saturating_add(1);
                    } else {
                        below.texts.push(key.chars().count());
                    }
                }
                Value::Empty | Value::Text(_) => continue,
                _ => below.numbers = below.numbers.saturating_add(1),
            }
            if below.blank {
                below.sample = cell.shown().split_whitespace().collect::<String>();
            }
            below.blank = false;
        }
        below
    }

    /// Whether what stands there may be what the column holds.
    fn fits(&self, column: Column) -> bool {
        let texts = self.texts.len();
        let most = |of: usize| of.saturating_mul(2) > texts.saturating_add(self.numbers);
        match column {
            Column::Criterion => most(self.texts.iter().filter(|len| **len >= MIN_CRITERION_CHARS).count()),
            Column::Unit => most(self.texts.iter().filter(|len| **len <= MAX_UNIT_CHARS).count()),
            Column::Name | Column::Level1 | Column::Level2 => most(texts),
            Column::Weight => most(self.numbers),
            // Blank ones are for us to fill.
            Column::Score | Column::StatedScore => texts == 0 || most(self.numbers),
            _ => true,
        }
    }

    /// Whether at least two texts stand there and they are most of it.
    fn is_text(&self) -> bool {
        self.texts.len() >= 2 && self.texts.len() > self.numbers
    }

    /// What speaks for or against a title that nobody knows: what it ends in, and what stands below.
    pub(super) fn said(&self, key: &str, table: FormTable) -> String {
        let end = compose::read(key, table).filter(|read| !read.whole).and_then(|read| match read.role {
            Role::Column(column) => Some(format!("标题的后半截像“{}”，", column.chinese())),
            Role::Silent(_) => None,
        });
        let sample: String = self.sample.chars().take(SAMPLE_CHARS).collect();
        let content = match () {
            () if self.blank => return end.unwrap_or_default() + "下面空白",
            () if self.looks.mostly(&[Look::Rule]) => "评分规则",
            () if self.looks.like_values() => "数值",
            () => "文字",
        };
        format!("{}内容是{content}，如“{sample}”", end.unwrap_or_default())
    }
}

/// A column of numbers that add up to 100 is the weight, if none is known and no other adds up so.
fn by_sum(sheet: &Sheet, bottom: u32, titles: &mut [Title]) {
    if titles.iter().any(|title| title.guess.column() == Some(Column::Weight)) {
        return;
    }
    let sums_to_100 = |col: u32| {
        let numbers: Vec<Number> = (bottom.saturating_add(1)..=bottom.saturating_add(SAMPLE_ROWS))
            .filter_map(|row| match sheet.at(row, col).value {
                Value::Number(number) => Some(number),
                _ => None,
            })
            .collect();
        let hundred = Number::from(100);
        // The total row may be among them.
        let twice = Number::from(200);
        numbers.len() >= MIN_NUMBERS && Number::sum(numbers).is_some_and(|sum| sum == hundred || sum == twice)
    };
    let found: Vec<usize> = titles
        .iter()
        .enumerate()
        .filter(|(_, title)| matches!(title.guess, Guess::Open(_)) && sums_to_100(title.at.col()))
        .map(|(at, _)| at)
        .collect();
    for at in &found {
        let Some(title) = titles.get_mut(*at) else { continue };
        title.guess = if found.len() == 1 {
            Guess::Guessed(Column::Weight, "数值合计为100".to_owned())
        } else {
            Guess::Open("几列的数值合计都是100，分不清哪一列是分值".to_owned())
        };
    }
}
