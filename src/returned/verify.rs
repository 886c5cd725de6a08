//! Whether a returned workbook is as we returned it: what the record says against what is there, and what the inputs give
//! when they are scored again against the cells that hold the results.

use std::collections::{BTreeMap, BTreeSet};

use super::part::{Part, SheetKey};
use super::record;
use crate::base::{CellAt, CellRef};
use crate::ooxml::NAME_PREFIX;
use crate::sheet::{Cell, Sheet, Value};

/// Places to which results are compared: a program that saves calculates in doubles.
const PLACES: u32 = 9;

/// A workbook as far as it is ours.
#[derive(Debug, Default)]
pub struct Returned {
    /// Its defined names that refer to one cell.
    pub names: BTreeMap<String, CellAt>,
    /// Its sheets, hidden ones too.
    pub sheets: Vec<Sheet>,
    /// Its notes.
    pub notes: BTreeMap<CellAt, String>,
}

/// Something of ours that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// The cell.
    pub at: CellAt,
    /// What is wrong, in Chinese.
    pub what: &'static str,
    /// What is there.
    pub found: String,
    /// What should be there.
    pub expected: String,
}

/// What a verification gave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verified {
    /// How many cells of the agency's sheets are ours.
    pub cells: usize,
    /// How many notes.
    pub notes: usize,
    /// How many added sheets.
    pub sheets: usize,
    /// What differs, by cell.
    pub mismatches: Vec<Mismatch>,
}

impl Returned {
    fn sheet(&self, name: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }

    /// Whether the workbook carries our record.
    pub fn is_returned(&self) -> bool {
        self.sheet(record::NAME).is_some() && self.names.keys().any(|name| name.starts_with(NAME_PREFIX))
    }
}

/// Compares a returned workbook with its own record, and with what scoring it again gives. `None` where it carries no
/// record of ours.
pub fn verify(returned: &Returned, again: &Returned) -> Option<Verified> {
    let lines =
        record::lines(returned.sheet(record::NAME).filter(|_| returned.is_returned())?, &returned.names);
    let mut verified = Verified::default();
    let mut wrong: BTreeMap<CellAt, Mismatch> = BTreeMap::new();
    let mut add = |at: &CellAt, what: &'static str, found: String, expected: String| {
        wrong.entry(at.clone()).or_insert_with(|| Mismatch { at: at.clone(), what, found, expected });
    };
    for line in &lines {
        let at = &line.at;
        match line.kind.as_str() {
            "cell" => {
                verified.cells = verified.cells.saturating_add(1);
                let cell = returned.sheet(&at.sheet).map(|sheet| sheet.get(at.cell));
                let intact = !line.is_gone && cell.is_some_and(|cell| record::found(cell) == line.content);
                if !intact {
                    let found = cell.map(Cell::shown).unwrap_or_default();
                    add(at, "本软件写入的内容已被改动", found, line.shown.clone());
                } else if let (Some(cell), Some(now)) = (cell, again.sheet(&at.sheet))
                    && let Some(d) = differs(cell, now.get(at.cell))
                {
                    add(at, d.what, d.found, d.expected);
                }
            }
            "note" => {
                verified.notes = verified.notes.saturating_add(1);
                let note = returned.notes.get(at).filter(|_| !line.is_gone);
                if note.is_none_or(|note| plain(note) != plain(&line.content)) {
                    let found = note.cloned().unwrap_or_default();
                    add(at, "本软件的批注已被改动或删除", found, line.content.clone());
                }
            }
            "sheet" => {
                verified.sheets = verified.sheets.saturating_add(1);
                let (Some(ours), false) = (returned.sheet(&at.sheet), line.is_gone) else {
                    add(at, "附加的工作表已被删除", String::new(), at.sheet.clone());
                    continue;
                };
                // The list of findings is texts, which have their digests; the account of the run is another one now.
                let key: Option<SheetKey> = line.content.parse().ok();
                if key.is_none_or(|key| matches!(key.part, Part::Issues | Part::Provenance)) {
                    continue;
                }
                let now = again.sheet(&at.sheet);
                let cells = ours.cells().chain(now.into_iter().flat_map(Sheet::cells)).map(|(cell, _)| cell);
                for cell in cells.collect::<BTreeSet<CellRef>>() {
                    let expected = now.map(|now| now.get(cell)).cloned().unwrap_or_default();
                    let counts = [ours.get(cell), &expected].into_iter().any(is_calculated);
                    if let Some(d) = differs(ours.get(cell), &expected).filter(|_| counts) {
                        add(&CellAt::new(at.sheet.clone(), cell), d.what, d.found, d.expected);
                    }
                }
            }
            record::TEXTS => {
                let Some(ours) = returned.sheet(&at.sheet).filter(|_| !line.is_gone) else { continue };
                for (cell, digest) in line.content.split(' ').filter_map(|entry| entry.split_once('=')) {
                    let Ok(cell) = cell.parse::<CellRef>() else { continue };
                    let found = ours.get(cell).shown();
                    if record::digest(&found) != digest {
                        let expected =
                            again.sheet(&at.sheet).map(|now| now.get(cell).shown()).unwrap_or_default();
                        add(&CellAt::new(at.sheet.clone(), cell), "文字已被改动", found, expected);
                    }
                }
            }
            _ => {}
        }
    }
    verified.mismatches = wrong.into_values().collect();
    Some(verified)
}

/// Whether a cell's content is calculated: texts have their digests.
fn is_calculated(cell: &Cell) -> bool {
    cell.formula.is_some() || cell.is_numeric()
}

/// How a cell differs from what scoring again gives.
struct Differs {
    what: &'static str,
    found: String,
    expected: String,
}

fn differs(found: &Cell, expected: &Cell) -> Option<Differs> {
    let formulas = [&found.formula, &expected.formula].map(|formula| formula.as_deref().map(canonical));
    if formulas.first() != formulas.last() {
        let shown =
            |cell: &Cell| cell.formula.as_ref().map_or_else(|| cell.shown(), |formula| format!("={formula}"));
        return Some(Differs {
            what: "公式与重新计算的不同",
            found: shown(found),
            expected: shown(expected),
        });
    }
    let same = match (&found.value, &expected.value) {
        (Value::Number(a), Value::Number(b)) => a.round(PLACES) == b.round(PLACES),
        (Value::Text(a), Value::Text(b)) => plain(a) == plain(b),
        // An empty text is how a formula shows nothing.
        (Value::Text(text), Value::Empty) | (Value::Empty, Value::Text(text)) => text.is_empty(),
        (a, b) => a == b,
    };
    (!same).then(|| Differs {
        what: "内容与重新计算的不同",
        found: found.shown(),
        expected: expected.shown(),
    })
}

fn plain(text: &str) -> String {
    record::plain(text).trim_end().to_owned()
}

/// A formula as every program writes it: without spaces, dollar signs and quotation marks around sheets' names, in
/// capitals. Texts stay as they are.
fn canonical(formula: &str) -> String {
    let mut out = String::new();
    let mut in_text = false;
    for c in formula.chars() {
        match c {
            '"' => {
                in_text = !in_text;
                out.push(c);
            }
            _ if in_text => out.push(c),
            '\'' | '$' => {}
            c if c.is_whitespace() => {}
            c => out.extend(c.to_uppercase()),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn programs_write_one_formula_in_several_ways() {
        let ours = canonical("IF(EXACT($G$5,'评分 明细'!$F$4),round(F5, 2),\"待 重算\")");
        assert_eq!(ours, canonical("IF(EXACT($G$5,评分 明细!$F$4),ROUND(F5,2),\"待 重算\")"));
        assert_ne!(ours, canonical("IF(EXACT($G$5,'评分 明细'!$F$4),ROUND(F6,2),\"待 重算\")"));
        assert_ne!(ours, canonical("IF(EXACT($G$5,'评分 明细'!$F$4),ROUND(F5,2),\"待重算\")"));
    }
}
