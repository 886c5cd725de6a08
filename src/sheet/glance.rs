//! A quick look over a worksheet part of the plain form: its cells and merged ranges.

use std::collections::HashMap;
use std::io::{Read, Seek};

use memchr::memchr;

use super::grid::Sheet;
use super::margins;
use super::piece::{End, Piece, Progress};
use super::plain::{Context, PlainRow, part};
use super::reader::{SheetInfo, put, put_formula};
use crate::base::RangeRef;
use crate::base::limits::MAX_CELL_CHARS;
use crate::package::unescape;
use crate::xlsx::XlsxPackage;

/// A larger part is a ledger's; it is not held whole for a look. So many bytes hold fewer cells than a form may have.
pub(super) const MAX_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of all parts together that are kept until their sheets are read.
const MAX_KEPT: usize = 32 * 1024 * 1024;

/// What a worksheet part says.
#[derive(Debug)]
struct Glance {
    /// Merged ranges.
    merges: Vec<RangeRef>,
    /// Headers and footers.
    margins: Vec<String>,
    /// Its cells. No formula in it needs another cell to be read.
    plain: Piece,
}

/// What the worksheet parts of a workbook say.
#[derive(Debug, Default)]
pub(super) struct Glances {
    sheets: HashMap<String, Glance>,
}

/// Looks at all worksheets. A sheet that is not in the result has to be read the slow way.
pub(super) fn all<R: Read + Seek>(package: &mut XlsxPackage<R>) -> Glances {
    let mut found = Glances::default();
    let sheets: Vec<(String, String)> =
        package.sheets().iter().map(|sheet| (sheet.name.clone(), sheet.part.clone())).collect();
    let mut free = MAX_KEPT;
    for (name, part) in sheets {
        let kept = package.parts().part_size(&part).filter(|size| *size <= MAX_BYTES.min(free));
        let Some(size) = kept.filter(|_| !found.sheets.contains_key(&name)) else { continue };
        let Some(bytes) = package.read_part(&part).ok().flatten() else { continue };
        if let Some(glance) = glance(bytes) {
            free = free.saturating_sub(size);
            found.sheets.insert(name, glance);
        }
    }
    found
}

impl Glances {
    /// The sheet; `None` where its part is not plain.
    pub(super) fn read(&self, info: &SheetInfo, context: &Context, max_rows: Option<u32>) -> Option<Sheet> {
        let glance = self.sheets.get(&info.name)?;
        let text = glance.plain.text()?;
        let mut sheet = Sheet::new(info.name.clone(), info.visible);
        for (number, cells) in glance.plain.rows() {
            if max_rows.is_some_and(|max| number >= max) {
                sheet.truncated |= !cells.is_empty();
                continue;
            }
            for cell in PlainRow::new(text, glance.plain.escapes, cells, context).values() {
                put(&mut sheet, number, cell);
            }
        }
        let formulas = &glance.plain.formulas;
        for formula in formulas.iter().filter(|formula| max_rows.is_none_or(|max| formula.row < max)) {
            let typed = unescape(part(text, formula.start, formula.end).as_bytes());
            if !typed.is_empty() && typed.len() <= MAX_CELL_CHARS {
                let format = context.look(formula.style).format;
                put_formula(&mut sheet, (formula.row, formula.col), format, typed);
            }
        }
        sheet.merges.clone_from(&glance.merges);
        sheet.margins.clone_from(&glance.margins);
        Some(sheet)
    }
}

/// Looks at a part and keeps its cells, if they are of the plain form.
fn glance(bytes: Vec<u8>) -> Option<Glance> {
    let piece = Piece::default().read(bytes, &mut Progress::default());
    if piece.end != End::Sheet || piece.odd_formulas {
        return None;
    }
    let tail = piece.tail()?;
    Some(Glance { merges: merges(tail)?, margins: margins::of_part(tail), plain: piece })
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
            // Which merges count is not to be told by a look.
            b"AlternateContent" | b"extLst" if memchr::memmem::find(rest, b"mergeCell").is_some() => {
                return None;
            }
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
