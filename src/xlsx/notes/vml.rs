//! VML drawings, often not well-formed: read by search, edited by splices before the last `</xml>`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::NoteChange;
use crate::base::CellRef;
use crate::package::xml::{Splices, Tag, parse_number};
use crate::xlsx::worksheet::SheetIndex;

const NAMESPACES: &str = "xmlns:v=\"urn:schemas-microsoft-com:vml\" \
     xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\"";
/// Shape ids are handed out in blocks of this size; `idmap` lists a drawing's blocks.
const BLOCK: u32 = 1024;

/// A VML drawing.
pub(crate) struct Vml<'a> {
    bytes: &'a [u8],
}

impl<'a> Vml<'a> {
    /// The drawing, unless its encoding or its end is not understood.
    pub(crate) fn read(bytes: &'a [u8]) -> Option<Self> {
        let vml = Self { bytes };
        (!bytes.contains(&0) && vml.end().is_some()).then_some(vml)
    }

    /// The splices that take away the shapes of notes that go and add those of notes that come.
    pub(crate) fn splices(&self, index: &SheetIndex, changes: &BTreeMap<CellRef, NoteChange>) -> Splices {
        let mut splices = Splices::default();
        for (range, cell) in self.note_shapes() {
            if changes.get(&cell).is_some_and(|c| c.remove) {
                splices.replace(wide(range), "");
            }
        }
        let highest = self.highest_id();
        let mut next = highest.map_or(BLOCK.saturating_add(1), |id| id.saturating_add(1));
        let mut added = String::new();
        if memchr::memmem::find(self.bytes, b"_x0000_t202\"").is_none() || !self.has_shape_type() {
            added.push_str(&shape_type());
        }
        let mut blocks = Vec::new();
        for (cell, change) in changes {
            if let Some(text) = &change.text {
                added.push_str(&shape(next, *cell, text, index));
                blocks.push(next.checked_div(BLOCK).unwrap_or(0));
                next = next.saturating_add(1);
            }
        }
        if blocks.is_empty() {
            return splices;
        }
        self.widen_idmap(&blocks, &mut splices);
        if let Some(end) = self.end() {
            splices.insert(u64::try_from(end).unwrap_or(u64::MAX), added);
        }
        splices
    }

    /// Where the last end tag of the root begins.
    fn end(&self) -> Option<usize> {
        let plain = memchr::memmem::rfind(self.bytes, b"</xml");
        plain.or_else(|| {
            let name = memchr::memmem::rfind(self.bytes, b":xml")?;
            memchr::memmem::rfind(self.bytes.get(..name)?, b"</")
        })
    }

    fn has_shape_type(&self) -> bool {
        self.tags("shapetype").any(|range| {
            let tag = Tag(self.bytes.get(range).unwrap_or_default());
            tag.raw(b"id") == Some(b"_x0000_t202")
        })
    }

    /// The start tags of a local name.
    fn tags(&self, local: &'a str) -> impl Iterator<Item = Range<usize>> + use<'_, 'a> {
        memchr::memchr_iter(b'<', self.bytes).filter_map(move |at| {
            let rest = self.bytes.get(at..)?;
            let head = rest.get(..rest.len().min(64))?;
            if head.starts_with(b"</") || Tag(head).local() != local.as_bytes() {
                return None;
            }
            let end = memchr::memchr(b'>', rest)?;
            Some(at..at.saturating_add(end).saturating_add(1))
        })
    }

    /// The shapes that belong to notes, with their cells.
    fn note_shapes(&self) -> Vec<(Range<usize>, CellRef)> {
        let mut shapes = Vec::new();
        let mut from = 0;
        for open in self.tags("shape") {
            if open.start < from {
                continue;
            }
            let tag = self.bytes.get(open.clone()).unwrap_or_default();
            // A control without content ends in its own tag; what follows is not its inside.
            if Tag(tag).is_empty() {
                continue;
            }
            let close = Tag(tag).end();
            let rest = self.bytes.get(open.end..).unwrap_or_default();
            // Where one shape does not end, none behind it can be told apart either.
            let Some(len) = memchr::memmem::find(rest, &close) else { break };
            from = open.end.saturating_add(len);
            let inner = rest.get(..len).unwrap_or_default();
            let is_note = memchr::memmem::find(inner, b"\"Note\"").is_some();
            let cell = number_in(inner, b"Row").zip(number_in(inner, b"Column"));
            if let Some(cell) = cell.filter(|_| is_note).and_then(|(row, col)| CellRef::new(row, col)) {
                shapes.push((open.start..open.end.saturating_add(len).saturating_add(close.len()), cell));
            }
        }
        shapes
    }

    /// The highest number of a shape id.
    fn highest_id(&self) -> Option<u32> {
        let marks = memchr::memmem::find_iter(self.bytes, b"_x0000_s");
        marks.filter_map(|at| leading_number(self.bytes.get(at.saturating_add(8)..)?)).max()
    }

    /// Adds the blocks of new ids to `idmap` where there is one.
    fn widen_idmap(&self, blocks: &[u32], splices: &mut Splices) {
        let Some(range) = self.tags("idmap").next() else { return };
        let tag = Tag(self.bytes.get(range.clone()).unwrap_or_default());
        let Some(data) = tag.get("data") else { return };
        let mut listed: Vec<u32> = data.split(',').filter_map(|n| n.trim().parse().ok()).collect();
        let before = listed.len();
        for block in blocks {
            if !listed.contains(block) {
                listed.push(*block);
            }
        }
        if listed.len() > before {
            let data: Vec<String> = listed.iter().map(u32::to_string).collect();
            splices.replace(wide(range), tag.with("data", Some(&data.join(","))));
        }
    }
}

/// The highest id block that a drawing uses.
pub(crate) fn highest_block(bytes: &[u8]) -> u32 {
    let vml = Vml { bytes };
    let listed = vml.tags("idmap").filter_map(|range| Tag(bytes.get(range)?).get("data"));
    let listed = listed.filter_map(|d| d.split(',').filter_map(|n| n.trim().parse().ok()).max()).max();
    let used = vml.highest_id().and_then(|id| id.checked_div(BLOCK));
    listed.max(used).unwrap_or(0)
}

/// A new drawing with the notes' shapes, its ids in a block of its own.
pub(crate) fn whole(block: u32, index: &SheetIndex, changes: &BTreeMap<CellRef, NoteChange>) -> Vec<u8> {
    let mut out = format!(
        "<xml {NAMESPACES}><o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout>{}",
        shape_type()
    );
    let mut id = block.saturating_mul(BLOCK).saturating_add(1);
    for (cell, change) in changes {
        if let Some(text) = &change.text {
            out.push_str(&shape(id, *cell, text, index));
            id = id.saturating_add(1);
        }
    }
    out.push_str("</xml>");
    out.into_bytes()
}

fn shape_type() -> String {
    format!(
        "<v:shapetype {NAMESPACES} id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
         path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/>\
         <v:path gradientshapeok=\"t\" o:connecttype=\"rect\"/></v:shapetype>"
    )
}

/// A box beside its cell, sized to its text, hidden until hovered.
fn shape(id: u32, cell: CellRef, text: &str, index: &SheetIndex) -> String {
    let size = BoxSize::of(text);
    format!(
        "<v:shape {NAMESPACES} id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;\
         margin-left:60pt;margin-top:2pt;width:{}px;height:{}px;z-index:1;visibility:hidden\" \
         fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/>\
         <v:shadow on=\"t\" color=\"black\" obscured=\"t\"/><v:path o:connecttype=\"none\"/>\
         <v:textbox style=\"mso-direction-alt:auto\"><div style=\"text-align:left\"></div></v:textbox>\
         <x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor>\
         <x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>",
        size.width,
        size.height,
        size.anchor(cell, index),
        cell.row(),
        cell.col(),
    )
}

/// The size of a note's box in pixels.
struct BoxSize {
    width: u32,
    height: u32,
}

impl BoxSize {
    /// Half-width characters are 6 pixels wide and lines 16 high in the notes' font at 9 points.
    fn of(text: &str) -> Self {
        let units = |line: &str| -> u32 {
            line.chars().fold(0_u32, |sum, c| sum.saturating_add(if c.is_ascii() { 1 } else { 2 }))
        };
        let total = units(text);
        let width = if total > 600 { 420_u32 } else { 250 };
        let per_line = width.saturating_sub(10).checked_div(6).unwrap_or(1).max(1);
        let lines =
            text.lines().fold(0_u32, |sum, line| sum.saturating_add(units(line).div_ceil(per_line).max(1)));
        let height = lines.clamp(2, 45).saturating_mul(16).saturating_add(14);
        Self { width, height }
    }

    /// `left column, offset, top row, offset, right column, offset, bottom row, offset`, in pixels.
    fn anchor(&self, cell: CellRef, index: &SheetIndex) -> String {
        const GAP: u32 = 12;
        let left = cell.col().saturating_add(1);
        let top = cell.row().saturating_sub(1);
        let (right, right_offset) =
            walk(left, GAP.saturating_add(self.width), |col| index.column_pixels(col));
        let (bottom, bottom_offset) = walk(top, GAP.saturating_add(self.height), |row| index.row_pixels(row));
        format!("{left}, {GAP}, {top}, {GAP}, {right}, {right_offset}, {bottom}, {bottom_offset}")
    }
}

/// Goes a distance over lines of different sizes: the line where it ends and the offset in it.
fn walk(from: u32, distance: u32, size: impl Fn(u32) -> u32) -> (u32, u32) {
    const MAX_STEPS: u32 = 100;
    let (mut line, mut left) = (from, distance);
    for _ in 0..MAX_STEPS {
        let size = size(line);
        if left <= size {
            break;
        }
        left = left.saturating_sub(size);
        line = line.saturating_add(1);
    }
    (line, left)
}

/// The number in the first element of a local name.
fn number_in(bytes: &[u8], local: &[u8]) -> Option<u32> {
    let needle = [local, b">"].concat();
    let at = memchr::memmem::find(bytes, &needle)?.checked_add(needle.len())?;
    let rest = bytes.get(at..)?;
    parse_number(rest.get(..memchr::memchr(b'<', rest)?)?)
}

fn leading_number(bytes: &[u8]) -> Option<u32> {
    let end = bytes.iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len());
    parse_number(bytes.get(..end)?)
}

fn wide(range: Range<usize>) -> Range<u64> {
    u64::try_from(range.start).unwrap_or(u64::MAX)..u64::try_from(range.end).unwrap_or(u64::MAX)
}
