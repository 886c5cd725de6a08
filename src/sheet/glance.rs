//! A quick look over a worksheet part: its merged ranges, and its cells where the part is of the plain form. The cell
//! reader behind [`super::reader`] would need a pass for values and formulas and another for styles.

use std::collections::HashMap;
use std::io::{Read, Seek};

use memchr::memchr;

use super::grid::Sheet;
use super::piece::{End, Piece, Progress};
use super::plain::{Context, PlainRow, part};
use super::reader::SheetInfo;
use crate::base::limits::MAX_CELL_CHARS;
use crate::base::{CellRef, RangeRef};
use crate::ooxml::{Package, unescape};

/// A larger part is a ledger's; it is not held whole for a look. So many bytes hold fewer cells than a form may have.
const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of all parts together that are kept until their sheets are read.
const MAX_KEPT: usize = 32 * 1024 * 1024;

/// What a worksheet part says.
#[derive(Debug, Default)]
pub(super) struct Glance {
    /// Merged ranges.
    pub merges: Vec<RangeRef>,
    /// Its cells, where the part is plain and no formula in it needs another cell to be read.
    plain: Option<Piece>,
}

/// What the worksheet parts of a workbook say.
#[derive(Debug, Default)]
pub(super) struct Glances {
    sheets: HashMap<String, Glance>,
    context: Context,
}

/// Looks at all worksheets. A sheet that is not in the result has to be read the slow way.
pub(super) fn all<R: Read + Seek>(reader: R) -> Glances {
    let mut found = Glances::default();
    let Ok(mut package) = Package::open(reader) else { return found };
    let context = Context::read(&mut package).ok();
    let sheets: Vec<(String, String)> =
        package.sheets().iter().map(|sheet| (sheet.name.clone(), sheet.part.clone())).collect();
    let mut free = MAX_KEPT;
    for (name, part) in sheets {
        let small = package.part_size(&part).is_some_and(|size| size <= MAX_BYTES);
        let bytes = if small { package.read_part(&part).ok().flatten() } else { None };
        let Some(bytes) = bytes else { continue };
        let keep = free.checked_sub(bytes.len()).filter(|_| context.is_some());
        if let Some(glance) = glance(bytes, keep.is_some()) {
            free = keep.filter(|_| glance.plain.is_some()).unwrap_or(free);
            found.sheets.insert(name, glance);
        }
    }
    found.context = context.unwrap_or_default();
    found
}

impl Glances {
    /// The merged ranges of a sheet, where its part could be looked at.
    pub(super) fn merges(&self, sheet: &str) -> Option<&[RangeRef]> {
        self.sheets.get(sheet).map(|glance| glance.merges.as_slice())
    }

    /// The sheet; `None` where its part is not plain, or the other reader has to judge one of its cells.
    pub(super) fn read(&self, info: &SheetInfo, max_rows: Option<u32>) -> Option<Sheet> {
        let glance = self.sheets.get(&info.name)?;
        let piece = glance.plain.as_ref()?;
        let text = piece.text()?;
        let mut sheet = Sheet::new(info.name.clone(), info.visible);
        for (number, cells) in piece.rows() {
            if max_rows.is_some_and(|max| number >= max) {
                sheet.truncated |= !cells.is_empty();
                continue;
            }
            for (col, value, format) in PlainRow::new(text, piece.escapes, cells, &self.context).values() {
                let cell = super::Cell { value: value?, format, formula: None };
                sheet.put(CellRef::new(number, col)?, cell);
            }
        }
        for formula in piece.formulas.iter().filter(|formula| max_rows.is_none_or(|max| formula.row < max)) {
            let typed = unescape(part(text, formula.start, formula.end).as_bytes());
            if !typed.is_empty() && typed.len() <= MAX_CELL_CHARS {
                let format = self.context.look(formula.style).format;
                sheet.put_formula(CellRef::new(formula.row, formula.col)?, format, typed);
            }
        }
        sheet.merges.clone_from(&glance.merges);
        Some(sheet)
    }
}

/// Looks at a part, and keeps its cells if that is wanted and they are of the plain form.
fn glance(bytes: Vec<u8>, keep: bool) -> Option<Glance> {
    let alone = |bytes: &[u8]| Some(Glance { merges: merges(bytes)?, plain: None });
    if !keep {
        return alone(&bytes);
    }
    let mut piece = Piece::default().read(bytes, &mut Progress::default());
    if piece.end == End::Sheet && !piece.odd_formulas {
        return Some(Glance { merges: merges(piece.tail()?)?, plain: Some(piece) });
    }
    alone(&piece.take_bytes())
}

/// The merged ranges in XML; `None` where it is not plain enough to be sure: comments or CDATA may hold what looks like an
/// element, other encodings hide them.
fn merges(xml: &[u8]) -> Option<Vec<RangeRef>> {
    let xml = xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml);
    if xml.first() != Some(&b'<') || xml.get(..64.min(xml.len()))?.contains(&0) {
        return None;
    }
    let mut found = Vec::new();
    let mut rest = xml;
    while let Some(at) = memchr(b'<', rest) {
        rest = rest.get(at.checked_add(1)?..)?;
        let end = rest.iter().position(|b| matches!(b, b' ' | b'>' | b'/' | b'\t' | b'\r' | b'\n'));
        let name = rest.get(..end?)?;
        let local = name.rsplit(|b| *b == b':').next()?;
        match local {
            [b'!', ..] => return None,
            b"mergeCell" => found.push(reference(rest.get(..memchr(b'>', rest)?)?)?),
            _ => {}
        }
    }
    Some(found)
}

/// The value of the tag's `ref`.
fn reference(tag: &[u8]) -> Option<RangeRef> {
    let tag = std::str::from_utf8(tag).ok()?;
    let mut parts = tag.split(['"', '\'']);
    // Names and values take turns.
    while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
        if name.split_whitespace().next_back()?.trim_end_matches('=') == "ref" {
            return value.parse().ok();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_part_is_looked_over() {
        let merges = |xml: &str| {
            let found = super::merges(xml.as_bytes())?;
            Some(found.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        let plain = "<worksheet><sheetData><row><c r=\"A1\"><v>1</v></c></row></sheetData>\
                     <mergeCells count=\"2\"><mergeCell ref=\"A1:B2\"/><mergeCell ref='C3:C4' /></mergeCells></worksheet>";
        assert_eq!(merges(plain), Some(vec!["A1:B2".into(), "C3:C4".into()]));
        let prefixed = "<x:worksheet><x:c/><x:mergeCell ref=\"A1:A2\"></x:mergeCell></x:worksheet>";
        assert_eq!(merges(prefixed), Some(vec!["A1:A2".into()]));
        assert_eq!(merges("<a><t>&lt;mergeCell ref=\"A1:A2\"/></t></a>"), Some(vec![]));
        assert_eq!(merges("<a><!-- <mergeCell ref=\"A1:A2\"/> --></a>"), None);
        assert_eq!(merges("<a><t><![CDATA[<f>]]></t></a>"), None);
        assert_eq!(merges("<a><mergeCell ref=\"A1:\"/></a>"), None);
        assert_eq!(super::merges(&[0xFF, 0xFE, b'<', 0]), None);
    }
}
