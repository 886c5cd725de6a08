//! Rows that may be pieces of the indicator above or below them: a name, a criterion or a reason cut over several rows.
//!
//! A criterion cut in half earns a wrong score, so an indicator beside such a row is left to a person. A name cut in half
//! is scored where it earns the same whole and cut (`Indicator::other_names`).

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use crate::base::CellRef;
use crate::form::names;
use crate::mapping::Column;
use crate::model::{Entry, FindingId, Indicator};
use crate::sheet::Cell;

/// Rows of pieces beside an indicator that are looked at; more are a list of something else.
const MAX_PIECES: usize = 3;

/// What a person's words stand in: a row that adds to them changes no score.
const WORDS: [Column; 2] = [Column::Situation, Column::Reason];

/// What a score hangs on.
const MEASURES: [Column; 5] = [Column::Criterion, Column::Target, Column::Actual, Column::Sign, Column::Unit];

/// A row of the table as far as pieces are concerned.
#[derive(Debug)]
pub(super) enum BodyLine {
    /// Row and position of an indicator.
    Indicator(IndicatorRow),
    /// A row that is no indicator by itself.
    Piece(LooseRow),
    /// Something else: nothing reaches over it.
    Break,
}

/// An indicator's row.
#[derive(Debug)]
pub(super) struct IndicatorRow {
    row: u32,
    index: usize,
    /// Whether a level begins in it.
    begins: bool,
    /// Whether it may be a piece itself: it has a name and something else, but no points.
    partial: bool,
}

/// A row that is no indicator by itself.
#[derive(Debug)]
pub(super) struct LooseRow {
    row: u32,
    /// Its first cell that counts.
    at: CellRef,
    /// Whether a level begins in it.
    begins: bool,
    /// The name's text, as typed.
    name: Option<String>,
    /// The titles of its cells that a score hangs on.
    measures: Vec<String>,
}

impl Reader<'_, '_> {
    /// Whether a cell of the column begins in the row and holds something.
    fn own(&self, row: u32, column: Column) -> Option<CellRef> {
        self.filled_at(row, column).filter(|at| at.row() == row)
    }

    /// Whether the row has points or a score of its own.
    fn has_points(&self, row: u32) -> bool {
        [Column::Weight, Column::Score, Column::StatedScore].into_iter().any(|c| self.own(row, c).is_some())
    }

    /// Notes that an indicator was taken from the row.
    pub(super) fn took(&mut self, row: u32, begins: bool) {
        let Some(index) = self.body.indicators.len().checked_sub(1) else { return };
        let partial = self.is_partial(row);
        self.lines.push(BodyLine::Indicator(IndicatorRow { row, index, begins, partial }));
    }

    /// Whether an indicator's row may be a piece of another: without points, and without a marker or figures that make it
    /// one of its own.
    fn is_partial(&self, row: u32) -> bool {
        let figure = |column: Column| {
            let text = self.own(row, column).and_then(|at| self.view.item(at)).map(|item| item.cell.shown());
            text.is_some_and(|text| text.chars().any(char::is_numeric))
        };
        let weightless = self.col(Column::Weight).is_some() && self.filled_at(row, Column::Weight).is_none();
        let measured = figure(Column::Target) && figure(Column::Actual);
        weightless && !(measured || self.has_points(row) || self.has_marker(row))
    }

    fn name_text(&self, row: u32) -> Option<String> {
        let at = self.own(row, Column::Name)?;
        self.view.item(at).map(|item| item.cell.shown())
    }

    /// Whether the row's name begins with what numbers it (`指标2：`, `2.`).
    fn has_marker(&self, row: u32) -> bool {
        self.name_text(row).is_some_and(|text| names::is_marked(&text))
    }

    /// A row with a name and nothing else of an indicator. Whether it was noted as a piece.
    pub(super) fn piece_of_name(&mut self, row: u32, at: CellRef, begins: bool) {
        let name = self.name_text(row);
        self.lines.push(BodyLine::Piece(LooseRow { row, at, begins, name, measures: Vec::new() }));
    }

    /// A row without a name, points or score: what stands in it belongs to the indicator above or below. `false` where
    /// there is nothing in it.
    pub(super) fn piece_of_cells(&mut self, row: u32, begins: bool) -> bool {
        if self.has_points(row) {
            return false;
        }
        let own = |column: &Column| self.own(row, *column);
        let Some(at) = MEASURES.iter().chain(&WORDS).filter_map(own).min() else { return false };
        let measures = self.titles(row);
        self.lines.push(BodyLine::Piece(LooseRow { row, at, begins, name: None, measures }));
        true
    }

    /// The titles of the row's own cells that a score hangs on.
    pub(super) fn titles(&self, row: u32) -> Vec<String> {
        let columns = MEASURES.iter().filter(|column| self.own(row, **column).is_some());
        let title = |column: &Column| self.col(*column).map(|found| found.title.split_whitespace().collect());
        columns.filter_map(title).collect()
    }

    /// Puts the pieces to the indicators beside them, once all rows are read.
    pub(super) fn decide_pieces(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let is_piece = |line: &BodyLine| matches!(line, BodyLine::Piece(_));
        let mut start = 0_usize;
        while let Some(first) = lines.iter().skip(start).position(is_piece).map(|n| n.saturating_add(start)) {
            let pieces: Vec<&LooseRow> = lines
                .iter()
                .skip(first)
                .map_while(|line| if let BodyLine::Piece(piece) = line { Some(piece) } else { None })
                .collect();
            start = first.saturating_add(pieces.len());
            let place = |at: Option<usize>| match at.and_then(|at| lines.get(at)) {
                Some(BodyLine::Indicator(place)) => Some(place),
                _ => None,
            };
            let before = self.before_the_page().filter(|_| first == 0);
            let above = place(first.checked_sub(1)).or(before.as_ref());
            let leading = above.is_none() && first == 0;
            if leading {
                self.note_leading(&pieces);
            }
            self.decide_run(&pieces, above, place(Some(start)), leading && self.goes_on);
        }
        self.decide_partial(&lines);
    }

    /// The last indicator above a header that comes again.
    fn before_the_page(&self) -> Option<IndicatorRow> {
        let index = self.first.checked_sub(1).filter(|_| self.goes_on)?;
        let row = self.body.indicators.get(index)?.name_entry.at.as_ref()?.cell.row();
        Some(IndicatorRow { row, index, begins: false, partial: false })
    }

    /// Pieces at the top of a table, which may go on with one of another sheet.
    fn note_leading(&mut self, pieces: &[&LooseRow]) {
        for piece in pieces.iter().take_while(|piece| !piece.begins) {
            let name = self.col(Column::Name).filter(|_| piece.name.is_some());
            let name = name.map(|found| found.title.split_whitespace().collect::<String>());
            let titles: Vec<String> = name.into_iter().chain(piece.measures.iter().cloned()).collect();
            if !titles.is_empty() {
                self.body.leading.push((piece.at, titles.join("、")));
            }
        }
    }

    /// Rows of pieces between two indicators.
    fn decide_run(
        &mut self,
        pieces: &[&LooseRow],
        above: Option<&IndicatorRow>,
        below: Option<&IndicatorRow>,
        leading: bool,
    ) {
        // A piece that begins a level belongs to nothing above it, nor does anything belong below where one begins.
        let tail = pieces.iter().take_while(|piece| !piece.begins).count();
        let of_above: Vec<&LooseRow> =
            pieces.iter().take(tail).filter(|_| above.is_some()).copied().collect();
        let open = below.is_some_and(|below| !below.begins);
        let after = pieces.iter().rposition(|piece| piece.begins).unwrap_or(0);
        let of_below: Vec<&LooseRow> = pieces.iter().skip(after).filter(|_| open).copied().collect();
        let mut homes: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        let mut certain = BTreeSet::new();
        for (own, beside, side, other) in
            [(of_above, above, Side::Above, below), (of_below, below, Side::Below, above)]
        {
            let Some(beside) = beside else { continue };
            let names = self.decide_names(&own, beside, side, other);
            for piece in own {
                if piece.name.is_none() || names.rows.contains(&piece.row) {
                    homes.entry(piece.row).or_default().push(beside.index);
                }
            }
            certain.extend(names.rows.into_iter().filter(|_| names.certain));
        }
        for piece in pieces {
            let homes = homes.remove(&piece.row).unwrap_or_default();
            if certain.contains(&piece.row) {
                self.body.skipped.retain(|(row, _)| *row != piece.row);
                self.skip(piece.row, "上一行指标名称的下半部分");
            } else if !(leading && homes.is_empty()) {
                self.decide_piece(piece, &homes);
            }
        }
    }

    /// Says what a piece may be, and leaves the indicators that it may belong to to a person where a score hangs on it.
    fn decide_piece(&mut self, piece: &LooseRow, homes: &[usize]) {
        let names: Vec<String> =
            homes.iter().filter_map(|index| self.body.indicators.get(*index)).map(called).collect();
        let titles = piece.measures.join("、");
        match &piece.name {
            Some(name) if homes.is_empty() => {
                let name = names::indicator(name);
                let message = format!("“{name}”没有分值，也没有指标值和完成值，没有作为指标。");
                self.find(FindingId::RowWithoutValues, piece.at, message);
            }
            Some(name) => {
                let message = format!(
                    "“{}”这一行只有指标名称，可能是{}名称的一部分，也可能是没有填写的指标，没有单独作为指标。",
                    names::indicator(name),
                    names.join("或")
                );
                self.find(FindingId::TextOverSeveralRows, piece.at, message);
            }
            None if piece.measures.is_empty() && !homes.is_empty() => {
                if let Some(beside) = homes.first() {
                    self.append_words(piece.row, *beside);
                }
            }
            None if homes.is_empty() => {
                self.body.part_unread |= !piece.measures.is_empty();
                let message = "这一行没有指标名称和分值，也不能确定属于哪个指标，没有采用。".to_owned();
                self.find(FindingId::RowWithoutName, piece.at, message);
            }
            None => {
                let message = format!(
                    "这一行没有指标名称和分值，只有{titles}，可能是{}的一部分，由人工判断。",
                    names.join("或")
                );
                self.find(FindingId::TextOverSeveralRows, piece.at, message);
                for index in homes {
                    self.doubt(*index, format!("{titles}可能分在几行（{}）", piece.at));
                }
            }
        }
    }

    /// Leaves an indicator to a person.
    pub(super) fn doubt(&mut self, index: usize, why: String) {
        if let Some(indicator) = self.body.indicators.get_mut(index) {
            indicator.doubt.get_or_insert(why);
        }
    }

    /// Adds the words of a row to those of an indicator.
    pub(super) fn append_words(&mut self, row: u32, beside: usize) {
        for column in WORDS {
            let Some(more) = self.own(row, column).map(|at| self.view.entry_at(at)) else { continue };
            let Some(indicator) = self.body.indicators.get_mut(beside) else { continue };
            let words = match column {
                Column::Situation => &mut indicator.situation,
                _ => &mut indicator.reason,
            };
            match words.as_mut().filter(|words| !words.is_blank()) {
                Some(words) => join(words, &more),
                None => *words = Some(more),
            }
        }
    }

    /// Names that an indicator may have with the rows beside it. Where all around it are numbered (`指标1：`) and the row
    /// is not, the row is a part of the name for certain.
    fn decide_names(
        &mut self,
        pieces: &[&LooseRow],
        beside: &IndicatorRow,
        side: Side,
        other: Option<&IndicatorRow>,
    ) -> Names {
        let mut found = Names::default();
        let below = side == Side::Above;
        let own_marker = self.has_marker(beside.row);
        // What numbers a name stands at its beginning.
        if !below && own_marker {
            return found;
        }
        let ordered: Vec<&&LooseRow> =
            if below { pieces.iter().collect() } else { pieces.iter().rev().collect() };
        let mut longer: Vec<String> = Vec::new();
        for piece in ordered.into_iter().take(MAX_PIECES) {
            let Some(name) = &piece.name else { continue };
            let marked = names::is_marked(name);
            if below && marked {
                break;
            }
            let part = names::indicator(name);
            let so_far = longer.last().cloned().unwrap_or_default();
            longer.push(if below { format!("{so_far}{part}") } else { format!("{part}{so_far}") });
            found.rows.insert(piece.row);
            if marked {
                break;
            }
        }
        let alone = |other: &IndicatorRow| other.begins || self.has_marker(other.row);
        found.certain = below && own_marker && other.is_none_or(alone);
        let Some(indicator) = self.body.indicators.get_mut(beside.index) else { return found };
        match longer.last() {
            Some(whole) if found.certain => indicator.name.push_str(whole),
            _ => with_longer(indicator, &longer, below),
        }
        found
    }

    /// A row with a name and something of an indicator, but without points, beside a whole one.
    fn decide_partial(&mut self, lines: &[BodyLine]) {
        let place = |at: Option<usize>| match at.and_then(|at| lines.get(at)) {
            Some(BodyLine::Indicator(place)) => Some(place),
            _ => None,
        };
        for at in 0..lines.len() {
            let Some(part) = place(Some(at)).filter(|part| part.partial) else { continue };
            let above = place(at.checked_sub(1)).filter(|_| !part.begins);
            let below = place(at.checked_add(1)).filter(|below| !below.begins);
            let wholes: Vec<&IndicatorRow> =
                [above, below].into_iter().flatten().filter(|p| !p.partial).collect();
            let Some(name_at) = self.own(part.row, Column::Name).filter(|_| !wholes.is_empty()) else {
                continue;
            };
            let name = |place: &IndicatorRow| self.body.indicators.get(place.index).map(called);
            let of_part = name(part).unwrap_or_default();
            let names: Vec<String> = wholes.iter().filter_map(|whole| name(whole)).collect();
            let message = format!("{of_part}没有分值，可能是{}的一部分，由人工判断。", names.join("或"));
            self.find(FindingId::TextOverSeveralRows, name_at, message);
            for whole in wholes {
                self.doubt(whole.index, format!("可能与没有分值的一行{of_part}是同一个指标，内容分在几行"));
            }
        }
    }
}

/// An indicator as a message calls it.
fn called(indicator: &Indicator) -> String {
    let row = indicator.name_entry.at.as_ref().map(|at| at.cell.row().saturating_add(1));
    match row.filter(|_| indicator.name.is_empty()) {
        Some(row) => format!("第 {row} 行"),
        None => format!("“{}”", indicator.name),
    }
}

/// Where an indicator stands, seen from the pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Above,
    Below,
}

/// Which rows may be parts of a name, and whether they are.
#[derive(Debug, Default)]
struct Names {
    rows: BTreeSet<u32>,
    certain: bool,
}

/// The names that an indicator may have, with the rows on one side beside those found on the other.
fn with_longer(indicator: &mut Indicator, longer: &[String], behind: bool) {
    let mut known = vec![indicator.name.clone()];
    known.append(&mut indicator.other_names);
    let grown: Vec<String> = known
        .iter()
        .flat_map(|name| {
            longer
                .iter()
                .map(move |more| if behind { format!("{name}{more}") } else { format!("{more}{name}") })
        })
        .collect();
    known.extend(grown);
    indicator.other_names = known.into_iter().filter(|name| *name != indicator.name).collect();
}

/// Words that go on in a cell below; they stand where the first of them stand.
fn join(words: &mut Entry, more: &Entry) {
    words.cell = Cell::text(format!("{}\n{}", words.shown().trim_end(), more.shown().trim_start()));
}
