//! The text of a report in units that can be searched: a paragraph each, without blanks, with the way back to the words as
//! they stand.
//!
//! A text that was taken from a page breaks its paragraphs into lines of one width; there a unit goes on over the lines,
//! and what only belongs to the page (its number, its header) is left out.

use unicode_width::UnicodeWidthStr as _;

use crate::docx::read::{Block, Document, Paragraph, Table, TextRegion};
use crate::model::Passage;
use crate::notation::normalise;

/// Characters of the words that a finding quotes.
const MAX_QUOTE: usize = 80;
/// Bytes of a unit.
const MAX_UNIT: usize = 9_000;
/// A line of a page has this width at least, in columns, and lines that are as wide but for this much are full.
const LEAST_WIDTH: usize = 30;
const RAGGED: usize = 7;
/// Where sentences and parts of them end.
pub(super) const SENTENCE: [char; 4] = ['。', ';', '!', '?'];
const CLAUSE: [char; 6] = ['。', ';', '!', '?', '，', ':'];

/// A paragraph without blanks.
#[derive(Debug, Default)]
pub(super) struct Unit {
    /// Its text, half-width.
    pub(super) text: String,
    /// For each byte of it, the paragraph and the byte that it came from.
    origins: Vec<(usize, usize)>,
    /// The level of its heading by its style.
    pub(super) level: Option<u8>,
    /// Where it stands.
    pub(super) place: Option<TextRegion>,
    /// Whether it is a line of a table of contents.
    pub(super) contents: bool,
}

/// A place of the text: a unit and bytes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) unit: usize,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The text of a report.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub(super) units: Vec<Unit>,
    pub(super) tables: Vec<Table>,
    paragraphs: Vec<Paragraph>,
    lines: bool,
}

impl Prose {
    pub(super) fn of(document: Document) -> Self {
        let mut prose = Self { lines: document.lines, ..Self::default() };
        for piece in document.pieces {
            match piece {
                Block::Paragraph(paragraph) => prose.paragraphs.push(paragraph),
                Block::Table(table) => {
                    for cell in table.rows.iter().flatten().filter(|cell| is_prose(&cell.text)) {
                        let (number, text) = (cell.number, cell.text.clone());
                        prose.paragraphs.push(Paragraph {
                            number,
                            place: TextRegion::Cell,
                            level: None,
                            text,
                        });
                    }
                    prose.tables.push(table);
                }
            }
        }
        let width = line_width(&prose.paragraphs);
        let kept = kept(&prose.paragraphs, width.is_some());
        let mut goes_on = false;
        for at in kept {
            let Some(paragraph) = prose.paragraphs.get(at) else { continue };
            let fresh = Unit {
                level: paragraph.level,
                place: Some(paragraph.place),
                contents: is_contents(&paragraph.text),
                ..Unit::default()
            };
            if !goes_on || starts_anew(&paragraph.text) {
                prose.units.push(fresh);
            }
            let plain = normalise(&paragraph.text);
            for (from, c) in plain.as_str().char_indices() {
                // Blanks between two numbers keep them apart, as those of a typed table do.
                let c = match c {
                    c if !c.is_whitespace() => c,
                    _ if are_apart(plain.as_str(), from) => '，',
                    _ => continue,
                };
                // What no honest paragraph is as long as goes on in another unit: checks look at pairs of places.
                if prose.units.last().is_some_and(|unit| unit.text.len() >= MAX_UNIT) {
                    prose.units.push(Unit { place: Some(paragraph.place), ..Unit::default() });
                }
                if let Some(unit) = prose.units.last_mut() {
                    unit.text.push(c);
                    unit.origins.resize(unit.text.len(), (at, plain.origin(from)));
                }
            }
            goes_on = width.is_some_and(|width| is_broken(&paragraph.text, width));
        }
        prose
    }

    /// The text of a unit.
    pub(super) fn text(&self, unit: usize) -> &str {
        self.units.get(unit).map_or("", |unit| unit.text.as_str())
    }

    /// The units that are read as sentences, each with its number.
    pub(super) fn texts(&self) -> impl Iterator<Item = (usize, &str)> {
        let read = |unit: &&Unit| unit.place != Some(TextRegion::Margin) && !unit.contents;
        self.units
            .iter()
            .enumerate()
            .filter(move |(_, unit)| read(unit))
            .map(|(at, unit)| (at, unit.text.as_str()))
    }

    /// The sentences of the text.
    pub(super) fn sentences(&self) -> impl Iterator<Item = Spot> + '_ {
        self.texts()
            .flat_map(|(unit, text)| pieces(text, &SENTENCE).map(move |(from, to)| Spot { unit, from, to }))
    }

    /// The words of a spot.
    pub(super) fn at(&self, spot: Spot) -> &str {
        self.text(spot.unit).get(spot.from..spot.to).unwrap_or_default()
    }

    /// The part of a sentence around bytes of a unit.
    pub(super) fn clause(&self, spot: Spot) -> Spot {
        let text = self.text(spot.unit);
        let before = text.get(..spot.from).unwrap_or_default();
        let from = before.char_indices().rev().find(|(_, c)| CLAUSE.contains(c));
        let from = from.map_or(0, |(at, c)| at.saturating_add(c.len_utf8()));
        let behind = text.get(spot.to..).unwrap_or_default();
        let to = behind.find(CLAUSE).map_or(text.len(), |at| spot.to.saturating_add(at));
        Spot { unit: spot.unit, from, to }
    }

    /// The sentence around bytes of a unit.
    pub(super) fn sentence(&self, spot: Spot) -> Spot {
        let text = self.text(spot.unit);
        let before = text.get(..spot.from).unwrap_or_default();
        let from = before.char_indices().rev().find(|(_, c)| SENTENCE.contains(c));
        let from = from.map_or(0, |(at, c)| at.saturating_add(c.len_utf8()));
        let behind = text.get(spot.to..).unwrap_or_default();
        let to = behind.find(SENTENCE).map_or(text.len(), |at| spot.to.saturating_add(at));
        Spot { unit: spot.unit, from, to }
    }

    /// The place of a spot, with the words around it; `of` is what it is of.
    pub(super) fn passage(&self, spot: Spot, of: impl Into<String>) -> Passage {
        let around = self.clause(spot);
        let long = self.at(around).chars().count() > MAX_QUOTE;
        let quoted = if long { spot } else { around };
        let unit = self.units.get(spot.unit);
        let origin = |at: usize| unit.and_then(|unit| unit.origins.get(at)).copied();
        let first = origin(spot.from).or_else(|| origin(0));
        let paragraph = first.and_then(|(at, _)| self.paragraphs.get(at));
        let (number, place) = paragraph.map_or((0, TextRegion::Body), |found| (found.number, found.place));
        let words: String = self.words(quoted).chars().take(MAX_QUOTE).collect();
        Passage { number, place: self.place(number, place), of: of.into(), words }
    }

    /// Where a paragraph is, as a person finds it.
    pub(super) fn place(&self, number: u32, place: TextRegion) -> String {
        let counted = if self.lines { "行" } else { "段" };
        let kind = match place {
            TextRegion::Body => "",
            TextRegion::Cell => "（表中）",
            TextRegion::TextBox => "（文本框）",
            TextRegion::Note => "（脚注、尾注）",
            TextRegion::Margin => "（页眉、页脚）",
        };
        format!("第{number}{counted}{kind}")
    }

    /// The short name of a place, for a message that compares two.
    pub(super) fn where_is(&self, spot: Spot) -> String {
        self.passage(spot, "").place
    }

    /// The words as they stand in the document.
    fn words(&self, spot: Spot) -> String {
        let Some(unit) = self.units.get(spot.unit) else { return String::new() };
        let mut out = String::new();
        let mut begun: Option<(usize, usize)> = None;
        let mut last = (0, 0);
        let mut flush = |begun: Option<(usize, usize)>, last: (usize, usize)| {
            let Some((paragraph, from)) = begun else { return };
            let text = self.paragraphs.get(paragraph).map_or("", |found| found.text.as_str());
            let to = text
                .get(last.1..)
                .and_then(|rest| rest.chars().next())
                .map_or(last.1, |c| last.1.saturating_add(c.len_utf8()));
            out.push_str(text.get(from..to).unwrap_or_default());
        };
        for origin in unit.origins.get(spot.from..spot.to).unwrap_or_default() {
            if begun.is_none_or(|(paragraph, _)| paragraph != origin.0) {
                flush(begun, last);
                begun = Some(*origin);
            }
            last = *origin;
        }
        flush(begun, last);
        out
    }

    /// The paragraphs as they stand, each with its number: for tables that were typed with blanks.
    pub(super) fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }
}

/// Whether a blank is the first of those between two numbers.
fn are_apart(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|head| head.chars().next_back());
    let behind = text.get(at..).and_then(|rest| rest.trim_start().chars().next());
    before.is_some_and(|c| c.is_ascii_digit() || c == '%') && behind.is_some_and(|c| c.is_ascii_digit())
}

/// The pieces of a text between these signs, as bytes of it.
pub(super) fn pieces<'t>(text: &'t str, at: &'static [char]) -> impl Iterator<Item = (usize, usize)> + 't {
    let mut from = 0_usize;
    text.split(at).filter_map(move |piece| {
        let begun = from;
        let to = begun.saturating_add(piece.len());
        let sign = text.get(to..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        from = to.saturating_add(sign);
        (!piece.is_empty()).then_some((begun, to))
    })
}

/// Whether the text of a cell is prose, and not a name or a figure.
fn is_prose(text: &str) -> bool {
    text.contains('。') && text.chars().count() >= 20
}

/// The width of the lines of a text that is broken as on a page; `None` where its paragraphs are whole.
fn line_width(paragraphs: &[Paragraph]) -> Option<usize> {
    let mut widths: Vec<usize> =
        paragraphs.iter().map(|one| one.text.width()).filter(|width| *width >= 20).collect();
    widths.sort_unstable();
    let at = widths.len().saturating_mul(9).checked_div(10)?;
    let width = widths.get(at).copied().filter(|width| (LEAST_WIDTH..=110).contains(width))?;
    // Nearly all lines are no wider: headers of pages may be.
    let most = widths.len().saturating_mul(97).checked_div(100).and_then(|at| widths.get(at));
    if widths.len() < 20 || most.is_some_and(|most| *most > width.saturating_add(RAGGED)) {
        return None;
    }
    let broken = paragraphs.iter().filter(|one| is_broken(&one.text, width)).count();
    (broken.saturating_mul(4) >= widths.len()).then_some(width)
}

/// Whether a line is full and ends within a sentence.
fn is_broken(line: &str, width: usize) -> bool {
    let ends = line.trim_end().ends_with(['。', '；', '！', '？', ';', '：', ':']);
    !ends && line.trim().width() >= width.saturating_sub(RAGGED)
}

/// Whether a line cannot continue the one before it.
fn starts_anew(line: &str) -> bool {
    super::outline::mark(normalise(line).as_str()).is_some()
}

/// Whether a line is one of a table of contents: with a leader, or a page number set apart.
fn is_contents(line: &str) -> bool {
    let line = line.trim_end();
    let head = line.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = head.len() < line.len();
    let leader = ["……", "....", "····", "．．．", "…"].iter().any(|leader| head.trim_end().ends_with(leader));
    numbered && (leader || head.ends_with('\t') || head.ends_with("   "))
}

/// The paragraphs that are of the text: of a broken one, not the numbers of its pages and what is repeated beside them.
fn kept(paragraphs: &[Paragraph], broken: bool) -> Vec<usize> {
    let text = |at: usize| paragraphs.get(at).map_or("", |one| one.text.trim());
    let all = 0..paragraphs.len();
    if !broken {
        return all.collect();
    }
    let is_page = |at: usize| is_page_number(text(at));
    let beside = |at: usize| at.checked_sub(1).is_some_and(is_page) || is_page(at.saturating_add(1));
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for at in all.clone().filter(|at| beside(*at)) {
        let count = counts.entry(text(at)).or_default();
        *count = count.saturating_add(1);
    }
    let repeated = |at: usize| counts.get(text(at)).is_some_and(|count| *count > 1);
    all.clone().filter(|at| !(is_page(*at) || beside(*at) && repeated(*at))).collect()
}

/// `— 13 —`, `- 13 -`, `第 13 页`, `13`.
fn is_page_number(line: &str) -> bool {
    let plain: String = normalise(line).as_str().chars().filter(|c| !c.is_whitespace()).collect();
    let core = plain.trim_matches('-');
    let core = core.strip_prefix('第').and_then(|rest| rest.strip_suffix('页')).unwrap_or(core);
    !core.is_empty() && core.len() <= 4 && core.chars().all(|c| c.is_ascii_digit())
}
