//! A quick look over a worksheet part for what the cell reader would need a pass of its own for: merged ranges, and
//! whether there is any formula.

use std::collections::HashMap;
use std::io::{Read, Seek};

use memchr::memchr;

use crate::base::RangeRef;
use crate::ooxml::Package;

/// A larger part is a ledger's; it is not held whole for a look.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// What a worksheet part says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Glance {
    /// Merged ranges.
    pub merges: Vec<RangeRef>,
    /// Whether any cell has a formula.
    pub formulas: bool,
}

/// Looks at all worksheets. A sheet that is not in the result has to be read the slow way.
pub(super) fn all<R: Read + Seek>(reader: R) -> HashMap<String, Glance> {
    let mut found = HashMap::new();
    let Ok(mut package) = Package::open(reader) else { return found };
    let sheets: Vec<(String, String)> =
        package.sheets().iter().map(|sheet| (sheet.name.clone(), sheet.part.clone())).collect();
    for (name, part) in sheets {
        let small = package.part_size(&part).is_some_and(|size| size <= MAX_BYTES);
        let bytes = if small { package.read_part(&part).ok().flatten() } else { None };
        found.extend(bytes.and_then(|bytes| look(&bytes)).map(|glance| (name, glance)));
    }
    found
}

/// Looks at a part; `None` where it is not plain enough to be sure: comments or CDATA may hold what looks like an
/// element, other encodings hide them.
fn look(xml: &[u8]) -> Option<Glance> {
    let xml = xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml);
    if xml.first() != Some(&b'<') || xml.get(..64.min(xml.len()))?.contains(&0) {
        return None;
    }
    let mut glance = Glance::default();
    let mut rest = xml;
    while let Some(at) = memchr(b'<', rest) {
        rest = rest.get(at.checked_add(1)?..)?;
        let end = rest.iter().position(|b| matches!(b, b' ' | b'>' | b'/' | b'\t' | b'\r' | b'\n'));
        let name = rest.get(..end?)?;
        let local = name.rsplit(|b| *b == b':').next()?;
        match local {
            [b'!', ..] => return None,
            b"f" => glance.formulas = true,
            b"mergeCell" => glance.merges.push(reference(rest.get(..memchr(b'>', rest)?)?)?),
            _ => {}
        }
    }
    Some(glance)
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
    use super::look;

    #[test]
    fn a_part_is_looked_over() {
        let merges = |xml: &str| {
            let glance = look(xml.as_bytes())?;
            Some((glance.merges.iter().map(ToString::to_string).collect::<Vec<_>>(), glance.formulas))
        };
        let plain = "<worksheet><sheetData><row><c r=\"A1\"><v>1</v></c></row></sheetData>\
                     <mergeCells count=\"2\"><mergeCell ref=\"A1:B2\"/><mergeCell ref='C3:C4' /></mergeCells></worksheet>";
        assert_eq!(merges(plain), Some((vec!["A1:B2".into(), "C3:C4".into()], false)));
        let prefixed = "<x:worksheet><x:c><x:f t=\"shared\" si=\"0\"/></x:c><x:mergeCell ref=\"A1:A2\"></x:mergeCell></x:worksheet>";
        assert_eq!(merges(prefixed), Some((vec!["A1:A2".into()], true)));
        assert_eq!(merges("<a><t>&lt;mergeCell ref=\"A1:A2\"/></t></a>"), Some((vec![], false)));
        assert_eq!(merges("<a><!-- <mergeCell ref=\"A1:A2\"/> --></a>"), None);
        assert_eq!(merges("<a><t><![CDATA[<f>]]></t></a>"), None);
        assert_eq!(merges("<a><mergeCell ref=\"A1:\"/></a>"), None);
        assert_eq!(look(&[0xFF, 0xFE, b'<', 0]), None);
    }
}
