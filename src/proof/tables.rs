//! The tables of a report: cells in their columns, columns by what they hold.

use std::collections::BTreeMap;

use super::figures::{Figure, figure_at};
use super::prose::Prose;
use crate::docx::read::{Paragraph, Table, TextRegion};
use crate::model::Passage;
use crate::notation::normalise;
use crate::words::{self, Class};

/// Lines between the caption of a typed table and its sum.
const MAX_TYPED_ROWS: usize = 80;

/// Lines above a table that are its caption, and their characters.
const MAX_CAPTION_LINES: u32 = 2;
const MAX_CAPTION: usize = 40;
/// Characters of the title of a typed column.
const MAX_HEADER: usize = 14;

/// A cell of a row.
#[derive(Debug, Clone, Default)]
pub(super) struct GridCell {
    /// Its text without blanks, half-width; of a continued cell that of the cell above.
    pub(super) text: String,
    /// Whether it only continues the cell above.
    pub(super) continued: bool,
}

/// A row.
#[derive(Debug, Clone, Default)]
pub(super) struct GridRow {
    pub(super) cells: BTreeMap<u32, GridCell>,
    /// Where it stands.
    pub(super) number: u32,
    pub(super) place: String,
    /// Its words as they stand.
    pub(super) words: String,
}

/// A table.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    /// What stands right above it: its title and its unit.
    pub(super) caption: String,
    /// The titles of its columns.
    pub(super) titles: BTreeMap<u32, String>,
    /// The rows below them.
    pub(super) rows: Vec<GridRow>,
}

impl GridRow {
    pub(super) fn passage(&self, of: &str) -> Passage {
        Passage {
            number: self.number,
            place: self.place.clone(),
            of: of.to_owned(),
            words: self.words.clone(),
        }
    }

    /// The plain number of a cell.
    pub(super) fn number(&self, col: u32) -> Option<Figure> {
        self.cells.get(&col).filter(|cell| !cell.continued).and_then(|cell| number(&cell.text))
    }

    /// The first cell that holds words.
    pub(super) fn label(&self) -> Option<&str> {
        let mut cells = self.cells.values().map(|cell| cell.text.as_str());
        cells.find(|text| !text.is_empty() && number(text).is_none())
    }

    /// The last name before a column.
    pub(super) fn name_before(&self, col: u32) -> Option<(u32, &str)> {
        let before = self.cells.range(..col).rev();
        let mut names = before.map(|(at, cell)| (*at, cell.text.as_str()));
        names.find(|(_, text)| !text.is_empty() && number(text).is_none())
    }

    fn is(&self, class: Class) -> bool {
        self.cells.values().any(|cell| words::of(class).has(cell.text.trim_matches(['(', ')', ':'])))
    }

    /// Whether it adds the rows up.
    pub(super) fn is_sum(&self) -> bool {
        self.is(Class::RowsOfSums)
    }

    /// Whether it adds some of them up.
    pub(super) fn is_part_sum(&self) -> bool {
        // 第一批小计 as well as 小计.
        let sums = words::of(Class::RowsOfPartSums);
        self.cells.values().any(|cell| sums.ends(cell.text.trim_matches(['(', ')', ':'])))
    }
}

impl Grid {
    /// The first column whose title ends with a word of the class.
    pub(super) fn column(&self, class: Class) -> Option<u32> {
        let titled = |title: &str| {
            let plain = title.split('(').next().unwrap_or(title);
            words::of(class).has(plain) || words::of(class).ends(plain)
        };
        self.titles.iter().find(|(_, title)| titled(title)).map(|(col, _)| *col)
    }
}

/// A cell that is a number and nothing else: `7.5`, `7.5分`, `96.84%`.
fn number(text: &str) -> Option<Figure> {
    let figure = figure_at(text, 0)?;
    matches!(text.get(figure.to..)?, "" | "分" | "%").then_some(figure)
}

/// The tables of a report, those that were typed with blanks too.
pub(super) fn grids(prose: &Prose) -> Vec<Grid> {
    let drawn = prose.tables.iter().map(|table| Grid { caption: caption(prose, table), ..drawn(table) });
    drawn.chain(typed(prose)).filter(|grid| !grid.rows.is_empty()).collect()
}

/// The short lines right above a table.
fn caption(prose: &Prose, table: &Table) -> String {
    let first = table.rows.iter().flatten().map(|cell| cell.number).filter(|number| *number > 0).min();
    let first = first.unwrap_or(0);
    let is_above = |line: &&Paragraph| {
        let near = line.number < first && first.saturating_sub(line.number) <= MAX_CAPTION_LINES;
        near && is_caption(line)
    };
    prose.paragraphs().iter().filter(is_above).map(|line| squeezed(&line.text)).collect()
}

fn is_caption(line: &Paragraph) -> bool {
    let short = line.text.chars().count() <= MAX_CAPTION && !line.text.contains('。');
    short && line.place == TextRegion::Body
}

fn drawn(table: &Table) -> Grid {
    let mut grid = Grid::default();
    let mut above: BTreeMap<u32, String> = BTreeMap::new();
    let mut head = true;
    let mut spread = false;
    for (at, row) in table.rows.iter().enumerate() {
        let mut own = GridRow {
            place: format!("表{}第{}行", table.number, at.saturating_add(1)),
            number: row.iter().find(|cell| cell.number > 0).map_or(0, |cell| cell.number),
            words: row
                .iter()
                .map(|cell| cell.text.trim())
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
            ..GridRow::default()
        };
        own.words = own.words.chars().take(80).collect();
        for cell in row {
            let mut text = squeezed(&cell.text);
            if cell.continued {
                text = above.get(&cell.col).cloned().unwrap_or_default();
            }
            above.insert(cell.col, text.clone());
            own.cells.insert(cell.col, GridCell { text, continued: cell.continued });
        }
        let numbers = own.cells.keys().any(|col| own.number(*col).is_some());
        // The head ends with the first row that has a figure, or that lies below a row of titles.
        let titles = own.cells.values().filter(|cell| !cell.text.is_empty()).count() >= 2;
        // A second row of titles lies below titles of several columns, or beside one of two rows.
        let second = at <= 1 && (spread || row.iter().any(|cell| cell.continued));
        spread = row.iter().any(|cell| cell.span > 1);
        if head && !numbers && (grid.titles.is_empty() || second) {
            if titles {
                for (col, cell) in &own.cells {
                    if !cell.text.is_empty() {
                        grid.titles.insert(*col, cell.text.clone());
                    }
                }
            }
            continue;
        }
        head = false;
        grid.rows.push(own);
    }
    grid
}

pub(super) fn squeezed(text: &str) -> String {
    normalise(text).as_str().chars().filter(|c| !c.is_whitespace()).collect()
}

/// Tables that are typed as lines with blanks between the cells: from a line of titles to a line that adds them up. In one of
/// points and scores names may be missing or stand in lines of their own; the figures are the last two.
fn typed(prose: &Prose) -> Vec<Grid> {
    let mut grids = Vec::new();
    let paragraphs = prose.paragraphs();
    let mut at = 0_usize;
    while let Some(line) = paragraphs.get(at) {
        let above = at.checked_sub(1).and_then(|at| paragraphs.get(at));
        at = at.saturating_add(1);
        let scored = is_score_header(&line.text);
        if line.place != TextRegion::Body || !(scored || is_header(&line.text)) {
            continue;
        }
        if let Some(grid) = typed_whole(prose, line, paragraphs.get(at..).unwrap_or_default()) {
            let caption = above.filter(|line| is_caption(line)).map(|line| squeezed(&line.text));
            grids.push(Grid { caption: caption.unwrap_or_default(), ..grid });
            continue;
        }
        if !scored {
            continue;
        }
        let rows: Vec<GridRow> =
            paragraphs.iter().skip(at).take(MAX_TYPED_ROWS).filter_map(|line| row(prose, line)).collect();
        let Some(end) = rows.iter().position(GridRow::is_sum) else { continue };
        let titles = line.text.split_whitespace().rev().take(2).collect::<Vec<_>>();
        let titles =
            titles.into_iter().rev().zip([2, 3]).map(|(title, col)| (col, title.to_owned())).collect();
        let rows = rows.into_iter().take(end.saturating_add(1)).collect();
        grids.push(Grid { titles, rows, ..Grid::default() });
    }
    grids
}

/// A typed table whose lines have a cell for each title: the sum alone may leave out names.
fn typed_whole(prose: &Prose, head: &Paragraph, lines: &[Paragraph]) -> Option<Grid> {
    let cells = |line: &Paragraph| line.text.split_whitespace().map(squeezed).collect::<Vec<String>>();
    let titles = cells(head);
    let mut grid = Grid { titles: (0..).zip(titles.iter().cloned()).collect(), ..Grid::default() };
    for line in lines.iter().take(MAX_TYPED_ROWS) {
        let mut own = cells(line);
        let sum = own.first().is_some_and(|first| words::of(Class::RowsOfSums).has(first));
        while sum && own.len() < titles.len() {
            own.insert(1, String::new());
        }
        if own.len() != titles.len() {
            return None;
        }
        let text = |text: String| GridCell { text, continued: false };
        let row = GridRow {
            cells: (0..).zip(own.into_iter().map(text)).collect(),
            number: line.number,
            place: prose.place(line.number, line.place),
            words: line.text.clone(),
        };
        if !row.cells.keys().any(|col| row.number(*col).is_some()) {
            return None;
        }
        grid.rows.push(row);
        if sum {
            return (titles.len() > 2 && grid.rows.len() > 2).then_some(grid);
        }
    }
    None
}

fn is_score_header(line: &str) -> bool {
    let cells: Vec<String> = line.split_whitespace().map(squeezed).collect();
    let [.., points, score] = cells.as_slice() else { return false };
    words::of(Class::ColumnsOfPoints).has(points) && words::of(Class::ColumnsOfScores).has(score)
}

/// A line of short titles with blanks between them, and no figure.
fn is_header(line: &str) -> bool {
    let cells: Vec<String> = line.split_whitespace().map(squeezed).collect();
    let title = |cell: &String| {
        let short = cell.chars().count() <= MAX_HEADER;
        short && !cell.contains(|c: char| c.is_ascii_digit() || "。，;:".contains(c))
    };
    cells.len() > 2 && cells.iter().all(title)
}

/// A line with one or more names and two figures behind them.
fn row(prose: &Prose, line: &Paragraph) -> Option<GridRow> {
    let cells: Vec<String> = line.text.split_whitespace().map(squeezed).collect();
    let [names @ .., points, score] = cells.as_slice() else { return None };
    number(points)?;
    number(score)?;
    let own = names.last().cloned().unwrap_or_default();
    let texts = [(1, own), (2, points.clone()), (3, score.clone())];
    let cells = texts.into_iter().map(|(col, text)| (col, GridCell { text, continued: false })).collect();
    let place = prose.place(line.number, line.place);
    Some(GridRow { cells, number: line.number, place, words: line.text.clone() })
}
