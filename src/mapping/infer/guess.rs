//! What a title may be: by what the shipped mappings know, by its words, by what stands below it. Where two titles may be
//! the same column neither is taken for it.

use super::{Guess, Title};
use crate::base::Number;
use crate::mapping::title::normalise;
use crate::mapping::words::Column;
use crate::mapping::{GUESSED, Mappings, Part};
use crate::sheet::{Sheet, Value};

/// Numbers that a column of points has at least.
const MIN_NUMBERS: usize = 2;
/// Rows below a header that are looked at.
const SAMPLE_ROWS: u32 = 60;
/// Characters of a criterion at least.
const MIN_CRITERION_CHARS: usize = 4;
/// Characters of a unit at most.
const MAX_UNIT_CHARS: usize = 6;

/// Words in a title that speak for a column, in order: the first whose column also fits what stands below counts.
const HINTS: &[(&str, Column)] = &[
    ("自评", Column::StatedScore),
    ("标准", Column::Criterion),
    ("标准", Column::Target),
    ("细则", Column::Criterion),
    ("原因", Column::Reason),
    ("措施", Column::Reason),
    ("实际", Column::Actual),
    ("完成", Column::Actual),
    ("执行", Column::Actual),
    ("目标", Column::Target),
    ("计划", Column::Target),
    ("指标值", Column::Target),
    ("得分", Column::Score),
    ("评分", Column::Score),
    ("分值", Column::Weight),
    ("权重", Column::Weight),
    ("满分", Column::Weight),
    ("单位", Column::Unit),
    ("一级", Column::Level1),
    ("二级", Column::Level2),
    ("指标", Column::Name),
    ("内容", Column::Name),
    ("情况", Column::Situation),
];

/// Says of each title what it may be.
pub(super) fn all(sheet: &Sheet, mappings: &Mappings, titles: &mut [Title]) {
    for title in titles.iter_mut() {
        if let Some(column) = known(mappings, &normalise(&title.text)) {
            title.guess = Guess::Known(column);
        }
    }
    let bottom = titles.iter().map(|title| title.at.row()).max().unwrap_or(0);
    let claims: Vec<Option<(Column, &str)>> = titles
        .iter()
        .map(|title| {
            let open = title.guess.column().is_none();
            let below = Below::new(sheet, bottom, title.at.col());
            let key = normalise(&title.text);
            let mut hints = HINTS.iter().filter(|(word, column)| key.contains(word) && below.fits(*column));
            hints.next().filter(|_| open).map(|(word, column)| (*column, *word))
        })
        .collect();
    for (at, claim) in claims.iter().enumerate() {
        let Some((column, word)) = claim else { continue };
        let rival = titles.iter().find(|other| other.guess == Guess::Known(*column));
        let same = claims
            .iter()
            .zip(titles.iter())
            .filter(|(other, _)| other.is_some_and(|(other, _)| other == *column));
        let same: Vec<String> = same.map(|(_, title)| title.at.to_string()).collect();
        let guess = match rival {
            Some(rival) => Guess::Open(format!(
                "像“{}”，但 {}“{}”已经是",
                column.chinese(),
                rival.at,
                super::write::one_line(&rival.text)
            )),
            None if same.len() > 1 => Guess::Open(format!("{} 都像“{}”", same.join("、"), column.chinese())),
            None => Guess::Guessed(*column, format!("标题含“{word}”")),
        };
        if let Some(title) = titles.get_mut(at) {
            title.guess = guess;
        }
    }
    by_sum(sheet, bottom, titles);
}

/// What the shipped mappings take a title for, where they agree on one column.
pub(super) fn known(mappings: &Mappings, key: &str) -> Option<Column> {
    let hits = mappings.index().title(key);
    let mut columns: Vec<Column> = hits
        .iter()
        .filter(|hit| hit.part == Part::Main && hit.rank < GUESSED)
        .filter_map(|hit| {
            // No draft is made for forms that are not scored.
            let mapping = mappings.get(hit.mapping).filter(|mapping| !mapping.kind.is_set_aside())?;
            let rule = mapping.columns.get(hit.rule)?;
            rule.after.is_none().then_some(rule.column)
        })
        .collect();
    columns.sort();
    columns.dedup();
    match columns.as_slice() {
        [] => None,
        [only] => Some(*only),
        // 备注 in one mapping, something in another: what says most counts.
        several => several.iter().copied().find(|column| *column != Column::Other),
    }
}

/// What stands below a title.
struct Below {
    /// Numbers, and texts that begin like one.
    numbers: usize,
    texts: Vec<usize>,
}

impl Below {
    fn new(sheet: &Sheet, bottom: u32, col: u32) -> Self {
        let mut below = Self { numbers: 0, texts: Vec::new() };
        for row in bottom.saturating_add(1)..=bottom.saturating_add(SAMPLE_ROWS) {
            match &sheet.at(row, col).value {
                Value::Text(text) if !text.trim().is_empty() => {
                    let key = normalise(text);
                    let number = key.starts_with(|c: char| c.is_ascii_digit() || "≥≤><=≧≦-".contains(c));
                    if number {
                        below.numbers = below.numbers.saturating_add(1);
                    } else {
                        below.texts.push(key.chars().count());
                    }
                }
                Value::Empty | Value::Text(_) => {}
                _ => below.numbers = below.numbers.saturating_add(1),
            }
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
        .filter(|(_, title)| title.guess.column().is_none() && sums_to_100(title.at.col()))
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
