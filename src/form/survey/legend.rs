//! What the numbers of options mean: a question or a note says it, or a sheet of its own does.

use std::collections::BTreeMap;

use crate::base::SheetId;
use crate::form::view::View;
use crate::mapping::title::normalise;
use crate::model::Opinion;
use crate::sheet::{Sheet, Value};
use crate::words::{self, Class};

/// The highest number of an option.
const MOST: u32 = 10;
/// The highest number of a scale of points.
const POINTS: u32 = 5;
/// Numbers that a remark explains at least.
const MIN_REMARK: usize = 3;
/// Cells of a sheet that are looked at.
const MAX_CELLS: usize = 4_000;

/// What each number says, and the words that say it.
pub(super) type Legend = BTreeMap<u32, (Opinion, String)>;

/// A number that a sheet explains: of which question, and what it says.
type Explained = (SheetId, Option<u32>, u32, (Opinion, String));

/// What sheets say of the options of questions.
#[derive(Debug, Default)]
pub(in crate::form) struct Legends {
    /// By file and number of the question; a question of no number is any.
    by_question: Vec<Explained>,
    /// The sheets that explain and hold nothing else.
    sheets: Vec<SheetId>,
}

impl Legends {
    /// Reads the sheets that explain options.
    pub(super) fn find(sheets: &[Sheet]) -> Self {
        let mut found = Self::default();
        for sheet in sheets.iter().filter(|sheet| sheet.visible) {
            let view = View::new(sheet);
            let heads = view.rows(0, view.last_row()).take(3).flat_map(|(_, items)| items);
            let named = words::of(Class::SurveyLegend);
            let told = named.within(&normalise(&sheet.id.name)) || {
                let mut heads = heads.map(|item| item.key.as_str());
                heads.any(|key| words::of(Class::SurveyLegend).has(key))
            };
            let before = found.by_question.len();
            if told {
                found.sheet(&view);
            }
            if found.by_question.len() > before {
                found.sheets.push(sheet.id.clone());
                continue;
            }
            // A remark may explain the marks, too (5分为非常满意，4分为满意…).
            for item in view.rows(0, view.last_row()).flat_map(|(_, items)| items).take(MAX_CELLS) {
                let legend = Some(&item.key).filter(|key| key.contains(|c: char| c.is_ascii_digit()));
                let legend = legend.map(|_| of_text(&item.cell.shown())).unwrap_or_default();
                if legend.len() >= MIN_REMARK {
                    let of = |(number, said)| (sheet.id.clone(), None, number, said);
                    found.by_question.extend(legend.into_iter().map(of));
                }
            }
        }
        found
    }

    fn sheet(&mut self, view: &View<'_>) {
        let rows = view.rows(0, view.last_row()).flat_map(|(_, items)| items);
        for item in rows.take(MAX_CELLS).filter(|item| !item.key.is_empty()) {
            let question = || {
                let left = (0..item.at.col()).filter_map(|col| view.shown(item.at.row(), col));
                left.into_iter().find_map(|left| question_number(&left.cell.value, &left.key))
            };
            let Some(opinion) = Opinion::of(&item.key) else {
                for (number, said) in of_text(&item.key) {
                    self.by_question.push((view.sheet.id.clone(), question(), number, said));
                }
                continue;
            };
            let number = item.at.col().checked_sub(1).and_then(|col| view.shown(item.at.row(), col));
            let number = number.and_then(|left| plain_number(&left.cell.value)).or_else(|| {
                let above = (0..item.at.row()).rev().filter_map(|row| view.shown(row, item.at.col()));
                above.into_iter().find_map(|above| plain_number(&above.cell.value))
            });
            if let Some(number) = number.filter(|number| *number <= MOST) {
                let numbered = question().filter(|_| item.at.col() > 1);
                let said = (opinion, item.key.clone());
                self.by_question.push((view.sheet.id.clone(), numbered, number, said));
            }
        }
    }

    /// Whether a sheet explains options.
    pub(super) fn is_of(&self, sheet: &SheetId) -> bool {
        self.sheets.contains(sheet)
    }

    /// The legend of a question of a sheet in the same file.
    pub(super) fn of(&self, sheet: &SheetId, question: Option<u32>) -> Legend {
        let here = || self.by_question.iter().filter(|(of, ..)| of.file == sheet.file);
        let own = here().filter(|(_, number, ..)| number.is_some() && *number == question);
        let own: Vec<_> = own.collect();
        let general = here().filter(|(_, number, ..)| number.is_none());
        let all: Vec<_> = if own.is_empty() { general.collect() } else { own };
        let mut legend = Legend::new();
        for (_, _, number, said) in all {
            // Two words for one number: nobody knows which.
            if legend.insert(*number, said.clone()).is_some_and(|before| before.0 != said.0) {
                return Legend::new();
            }
        }
        legend
    }
}

/// The number of the question that a cell names: `5`, `5、您对…`, `Q5`, `第5题`.
fn question_number(value: &Value, key: &str) -> Option<u32> {
    if let Value::Number(number) = value {
        return number.to_string().parse().ok();
    }
    let rest = key.trim_start_matches(['Q', 'q', '第']);
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    rest.get(..digits)?.parse().ok()
}

fn plain_number(value: &Value) -> Option<u32> {
    match value {
        Value::Number(number) => number.to_string().parse().ok(),
        Value::Text(text) => normalise(text).trim_end_matches(['分', '.', '、']).parse().ok(),
        _ => None,
    }
}

/// The legend in a text: `1=非常满意，2=满意`, `非常满意（5分）`, `5分为非常满意`.
pub(super) fn of_text(text: &str) -> Legend {
    let key = normalise(text);
    let mut legend = Legend::new();
    let mut rest = key.as_str();
    let mut before = "";
    while let Some((at, word)) = Opinion::first_in(rest) {
        let Some((lead, behind)) = rest.split_at_checked(at) else { break };
        let tail = behind.get(word.len()..).unwrap_or_default();
        before = if before.is_empty() { lead } else { lead.trim_start_matches(',') };
        let said = number_before(before).or_else(|| number_behind(tail));
        if let Some((number, opinion)) = said.zip(Opinion::of(word)) {
            legend.entry(number).or_insert((opinion, word.to_owned()));
        }
        rest = tail;
        before = " ";
    }
    if legend.len() >= 2 { between(legend) } else { Legend::new() }
}

fn number_before(text: &str) -> Option<u32> {
    let text = words::of(Class::LegendBehindNumber).trim_end(text).trim_end_matches('分');
    let digits = text.chars().rev().take_while(char::is_ascii_digit).count();
    text.get(text.len().checked_sub(digits)?..)?.parse().ok().filter(|number| *number <= MOST)
}

fn number_behind(text: &str) -> Option<u32> {
    let text = words::of(Class::LegendBeforeNumber).trim_start(text);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    text.get(..digits)?.parse().ok().filter(|number| *number <= MOST)
}

/// A scale of five of which only the ends are said: what lies between is known from them.
fn between(legend: Legend) -> Legend {
    let ends = legend.get(&1).zip(legend.get(&POINTS)).filter(|_| legend.len() == 2);
    match ends {
        Some((one, five)) if one.0 <= Opinion::Unsatisfied && five.0 >= Opinion::Satisfied => points(),
        Some((one, five)) if five.0 <= Opinion::Unsatisfied && one.0 >= Opinion::Satisfied => {
            let turned = |(number, said): (u32, (Opinion, String))| {
                (POINTS.saturating_add(1).saturating_sub(number), said)
            };
            points().into_iter().map(turned).collect()
        }
        _ => legend,
    }
}

/// Whether the numbers are marks: five is the best, and more are better.
pub(super) fn is_of_marks(legend: &Legend) -> bool {
    let opinions: Vec<Opinion> = legend.values().map(|(opinion, _)| *opinion).collect();
    let rising = opinions.windows(2).all(|pair| pair.first() <= pair.last());
    rising && legend.contains_key(&POINTS) && opinions.first() < opinions.last()
}

/// The points of a scale of five, of which more are better.
pub(super) fn points() -> Legend {
    let said = [
        (1, Opinion::Unsatisfied),
        (2, Opinion::Unsatisfied),
        (3, Opinion::Neutral),
        (4, Opinion::Satisfied),
        (5, Opinion::Very),
    ];
    said.into_iter().map(|(number, opinion)| (number, (opinion, format!("{number}分")))).collect()
}
