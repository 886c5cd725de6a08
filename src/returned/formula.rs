//! Formulas whole, as every program writes them: their references as places of the workbook that was returned.

use std::fmt::Write as _;

use crate::base::{CellAt, CellRef, Number, RangeRef};

/// A piece of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'p> {
    /// A word or sign, in capitals.
    Word(&'p str),
    /// A text between quotation marks, with them.
    Text(&'p str),
    /// A cell.
    Cell(&'p CellAt),
}

/// The formula without spaces, dollar signs and quotation marks around sheets' names, in capitals, every reference with
/// its sheet and as `place` has it. Texts stay as they are. `on_sheet` is the sheet that the formula stands on.
pub(super) fn canonical(formula: &str, on_sheet: &str, place: impl Fn(&CellAt) -> CellAt) -> String {
    let mut out = String::with_capacity(formula.len().saturating_mul(2));
    each(formula, on_sheet, &mut |piece| match piece {
        Piece::Word(text) | Piece::Text(text) => out.push_str(text),
        // Writing to a String cannot fail.
        Piece::Cell(at) => drop(write!(out, "{}", place(at))),
    });
    out
}

/// The cells that a formula refers to, those at the ends of ranges among them.
pub fn references(formula: &str, on_sheet: &str) -> Vec<CellAt> {
    let mut found = Vec::new();
    each(formula, on_sheet, &mut |piece| match piece {
        Piece::Cell(at) => found.push(at.clone()),
        Piece::Word(_) | Piece::Text(_) => {}
    });
    found
}

/// The rectangles that a formula refers to, each with its sheet; a single cell is one of its own.
pub(super) fn ranges(formula: &str, on_sheet: &str) -> Vec<(String, RangeRef)> {
    let mut found: Vec<(String, RangeRef)> = Vec::new();
    let mut goes_on = false;
    each(formula, on_sheet, &mut |piece| {
        if let Piece::Cell(CellAt { sheet, cell }) = piece {
            match found.last_mut().filter(|_| goes_on) {
                Some((first, range)) if *first == sheet.name => *range = RangeRef::new(range.first, *cell),
                _ => found.push((sheet.name.clone(), RangeRef::new(*cell, *cell))),
            }
        }
        goes_on = piece == Piece::Word(":");
    });
    found
}

/// Hands over the pieces of a formula in their order.
fn each(formula: &str, on_sheet: &str, take: &mut dyn FnMut(Piece<'_>)) {
    let mut reader = Reader { on_sheet, take, word: String::new(), sheet: None, before: None };
    let mut chars = formula.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                reader.end(false);
                let mut text = String::from('"');
                for inside in chars.by_ref() {
                    text.push(inside);
                    if inside == '"' {
                        break;
                    }
                }
                reader.hand(Piece::Text(&text));
            }
            '\'' => {
                reader.end(false);
                let mut name = String::new();
                while let Some(inside) = chars.next() {
                    // An apostrophe of the name itself is doubled.
                    if inside == '\'' && chars.next_if_eq(&'\'').is_none() {
                        break;
                    }
                    name.push(inside);
                }
                reader.word = name;
            }
            '!' => reader.sheet = Some(std::mem::take(&mut reader.word)),
            '$' => {}
            c if c.is_alphanumeric()
                || matches!(c, '.' | '_' | '\\' | '?' | '\u{80}'..) && !c.is_whitespace() =>
            {
                reader.word.push(c);
            }
            c => {
                reader.end(c == '(');
                // The second end of a range stands on the sheet of the first.
                let first = if c == ':' { reader.before.take() } else { None };
                if !c.is_whitespace() {
                    let sign = c.to_uppercase().collect::<String>();
                    reader.hand(Piece::Word(&sign));
                }
                reader.sheet = first;
            }
        }
    }
    reader.end(false);
}

struct Reader<'h, 't> {
    on_sheet: &'h str,
    take: &'t mut dyn FnMut(Piece<'_>),
    word: String,
    /// The sheet named before the word.
    sheet: Option<String>,
    /// The sheet of the piece before, where that was a cell.
    before: Option<String>,
}

impl Reader<'_, '_> {
    fn hand(&mut self, piece: Piece<'_>) {
        self.before = match piece {
            Piece::Cell(at) => Some(at.sheet.name.clone()),
            Piece::Word(_) | Piece::Text(_) => None,
        };
        (self.take)(piece);
    }

    /// Ends a word: a reference, or a function's name, a number, a name.
    fn end(&mut self, is_function: bool) {
        let word = std::mem::take(&mut self.word);
        let sheet = self.sheet.take();
        if word.is_empty() && sheet.is_none() {
            return;
        }
        let cell: Option<CellRef> = word.parse().ok().filter(|_| !is_function);
        if let Some(cell) = cell {
            let sheet = sheet.unwrap_or_else(|| self.on_sheet.to_owned());
            self.hand(Piece::Cell(&CellAt::new(sheet, cell)));
            return;
        }
        let number: Option<Number> = word.parse().ok();
        let word = number.map_or_else(|| word.to_uppercase(), |number| number.to_string());
        let sheet = sheet.map(|sheet| format!("{}!", crate::base::quote_sheet(&sheet)));
        self.hand(Piece::Word(&(sheet.unwrap_or_default() + &word)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_is(formula: &str) -> String {
        canonical(formula, "评分表", CellAt::clone)
    }

    #[test]
    fn programs_write_one_formula_in_several_ways() {
        let ours = as_is("IF(EXACT($G$5,'评分 明细'!$F$4),round(F5, 2),\"待 重算\")");
        assert_eq!(ours, as_is("IF(EXACT('评分表'!G5,'评分 明细'!$F$4),ROUND(评分表!F5,2),\"待 重算\")"));
        assert_ne!(ours, as_is("IF(EXACT($G$5,'评分 明细'!$F$4),ROUND(F6,2),\"待 重算\")"));
        assert_ne!(ours, as_is("IF(EXACT($G$5,'评分 明细'!$F$4),ROUND(F5,2),\"待重算\")"));
        assert_ne!(ours, as_is("IF(EXACT($G$5,'评分 明细'!$F$4),ROUND(F5,3),\"待 重算\")"));
        assert_eq!(as_is("LOG10(A1)+0.50"), as_is("log10($A$1) + 0.5"));
    }

    #[test]
    fn a_range_stands_on_one_sheet() {
        assert_eq!(as_is("SUM('明细账'!$F$5:$F$9)"), "SUM('明细账'!F5:'明细账'!F9)");
        assert_eq!(references("SUM(明细账!F5:F9)+A1", "评分表").len(), 3);
        let ranges: Vec<String> = ranges("SUM(明细账!F5:F9)+A1-$B$2", "评分表")
            .into_iter()
            .map(|(sheet, range)| format!("{sheet} {range}"))
            .collect();
        assert_eq!(ranges, ["明细账 F5:F9", "评分表 A1", "评分表 B2"]);
    }

    #[test]
    fn references_follow_their_places() {
        let up = |at: &CellAt| {
            let row = at.cell.row().saturating_sub(1);
            CellAt::new("评分表", at.cell.with_row(row).expect("a row"))
        };
        assert_eq!(canonical("IF(复核!F6=1,F6,\"F6\")", "复核", up), as_is("IF(F5=1,F5,\"F6\")"));
    }
}
