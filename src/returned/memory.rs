//! What a run remembers of what it read, so that the next one can say what a person changed since.

use super::text::{held, plain};
use crate::base::{CellAt, Number, own_sheet};
use crate::model::{Indicator, IndicatorScore};
use crate::sheet::{Cell, NumberFormat, Value};

/// What is remembered of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A cell of a person's, with what it held.
    Input,
    /// A tick on 评分明细.
    Tick,
    /// An indicator, at its name's cell, with its score.
    Score,
}

impl What {
    const ALL: [Self; 3] = [Self::Input, Self::Tick, Self::Score];

    /// What the record calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Tick => "tick",
            Self::Score => "score",
        }
    }

    /// The one that the record calls so.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.word() == word)
    }
}

/// Something remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// What it is.
    pub what: What,
    /// Where it stands.
    pub at: CellAt,
    /// What is compared: the exact content; of an indicator its score, empty while it waits.
    pub content: String,
    /// What a person saw; of an indicator its name.
    pub shown: String,
    /// The case and indicator it belongs to (`0/5`), or the case alone (`0/`).
    pub label: String,
}

impl Memory {
    /// The same by the sheets' names in one file of the run; `None` where it is about another file. What stands on the
    /// sheets that we add goes with them into the `host`.
    pub fn of_file(&self, book: Option<&str>, host: bool) -> Option<Self> {
        if self.what == What::Tick {
            return host.then(|| self.clone());
        }
        let sheet = own_sheet(book, &self.at.sheet)?;
        Some(Self { at: CellAt::new(sheet, self.at.cell), ..self.clone() })
    }
}

/// A cell's content for comparing; the result of a formula, since its text follows other cells.
pub fn exact(cell: &Cell) -> String {
    held(match &cell.value {
        Value::Text(text) => plain(text),
        Value::Number(number) => number.to_string(),
        _ => cell.shown(),
    })
}

/// A cell as a person sees it, but with every digit that its format hides.
pub fn precise(cell: &Cell) -> String {
    let (Value::Number(number), format) = (&cell.value, cell.format) else { return cell.shown() };
    let (exact, sign, places) = match format {
        NumberFormat::Percent(places) => (number.times(Number::from(100)), "%", places),
        NumberFormat::Fixed(places) => (Some(*number), "", places),
        NumberFormat::Scaled { places, unit, .. } => (format.shown_of(*number), unit, places),
        NumberFormat::General | NumberFormat::Date | NumberFormat::Text => return cell.shown(),
    };
    match exact.map(Number::normalize) {
        Some(exact) if exact.get().scale() > u32::from(places) => format!("{exact}{sign}"),
        _ => cell.shown(),
    }
}

/// The cell that stands for an indicator: its name's.
pub fn anchor(indicator: Option<&Indicator>, result: &IndicatorScore) -> Option<CellAt> {
    indicator.and_then(|indicator| indicator.at().cloned()).or_else(|| result.cell.clone())
}
