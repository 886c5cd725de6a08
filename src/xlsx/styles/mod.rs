//! The stylesheet: existing styles keep their indices, new ones are appended, derived from the cell's own.

mod patch;
mod pool;

use std::collections::BTreeMap;

use super::edits::StylePatch;
use super::refusal::RefusalReason;
use super::worksheet::place_before;
use crate::base::Result;
use crate::package::dialect::Dialect;
use crate::package::rels::prefix_of;
use crate::package::xml::{Doc, Splices, Tag, escape_attr};
use pool::Pool;

/// Children of the stylesheet in schema order (`CT_Stylesheet`).
const ORDER: &[&str] = &[
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
];
/// Cell formats that Excel takes (its documented limit is 65,490).
const MAX_XFS: usize = 65_490;
/// The first number format id that is not built in.
const FIRST_CUSTOM_FORMAT: u32 = 164;

const FONT: &str = "<font><sz val=\"11\"/><name val=\"Calibri\"/></font>";
const FILLS: [&str; 2] = [
    "<fill><patternFill patternType=\"none\"/></fill>",
    "<fill><patternFill patternType=\"gray125\"/></fill>",
];
const BORDER: &str = "<border><left/><right/><top/><bottom/><diagonal/></border>";
const XF: &str = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>";

/// The stylesheet and what is appended to it.
#[derive(Debug)]
pub(crate) struct Styles {
    doc: Doc,
    prefix: String,
    fonts: Pool,
    fills: Pool,
    borders: Pool,
    xfs: Pool,
    dxfs: Pool,
    formats: Pool,
    format_ids: BTreeMap<String, u32>,
    next_format: u32,
    has_base_xf: bool,
    patched: BTreeMap<(u32, StylePatch), u32>,
}

/// How the styles of a grafted workbook are numbered in the host.
#[derive(Debug, Clone, Default)]
pub(crate) struct StyleMap {
    /// Cell formats by their index in the graft.
    pub(crate) xfs: Vec<u32>,
    /// Differential formats by their index in the graft.
    pub(crate) dxfs: Vec<u32>,
}

impl Styles {
    /// Reads the stylesheet.
    pub(crate) fn read(bytes: Vec<u8>) -> Result<Self> {
        let doc = Doc::parse(bytes)?;
        let prefix = prefix_of(&doc);
        let plain = |xml: &str| reprefix(xml.as_bytes(), &prefix);
        let mut fonts = Pool::read(&doc, "fonts", vec![plain(FONT)]);
        let mut fills = Pool::read(&doc, "fills", FILLS.iter().map(|f| plain(f)).collect());
        let mut borders = Pool::read(&doc, "borders", vec![plain(BORDER)]);
        let xfs = Pool::read(&doc, "cellXfs", vec![plain(XF)]);
        let style_xfs = Pool::read(&doc, "cellStyleXfs", Vec::new());
        let dxfs = Pool::read(&doc, "dxfs", Vec::new());
        let formats = Pool::read(&doc, "numFmts", Vec::new());
        let mut next_format = FIRST_CUSTOM_FORMAT;
        // Indices that point behind the end must not come alive when something is appended there.
        for xf in xfs.existing().chain(style_xfs.existing()) {
            let tag = first_tag(xf);
            for (pool, name) in [(&mut fonts, "fontId"), (&mut fills, "fillId"), (&mut borders, "borderId")] {
                pool.pad_to(tag.number(name).map_or(0, |n| n.saturating_add(1)));
            }
            next_format = next_format.max(tag.number("numFmtId").unwrap_or(0).saturating_add(1));
        }
        let mut format_ids = BTreeMap::new();
        for format in formats.existing() {
            let tag = first_tag(format);
            if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.get("formatCode")) {
                next_format = next_format.max(id.saturating_add(1));
                format_ids.entry(code).or_insert(id);
            }
        }
        let has_base_xf = style_xfs.existing().next().is_some();
        Ok(Self {
            prefix,
            fonts,
            fills,
            borders,
            xfs,
            dxfs,
            formats,
            format_ids,
            next_format,
            has_base_xf,
            patched: BTreeMap::new(),
            doc,
        })
    }

    /// The stylesheet of a workbook that has none.
    pub(crate) fn empty(dialect: Dialect) -> Result<Self> {
        Self::read(Self::blank(dialect))
    }

    /// The bytes of a stylesheet with the default style only.
    pub(crate) fn blank(dialect: Dialect) -> Vec<u8> {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"{}\">\
             <fonts count=\"1\">{FONT}</fonts><fills count=\"2\">{}{}</fills><borders count=\"1\">{BORDER}</borders>\
             <cellStyleXfs count=\"1\">{XF}</cellStyleXfs><cellXfs count=\"1\">{XF}</cellXfs></styleSheet>",
            dialect.main(),
            FILLS[0],
            FILLS[1],
        )
        .into_bytes()
    }

    /// Takes care that no style index up to `highest`, used by cells, comes alive.
    pub(crate) fn reserve(&mut self, highest: u32) {
        if usize::try_from(highest).is_ok_and(|h| h < MAX_XFS) {
            self.xfs.pad_to(highest.saturating_add(1));
        }
    }

    /// Whether a cell of this style is locked when its sheet is protected; cells are unless said otherwise.
    pub(crate) fn is_locked(&self, style: u32) -> bool {
        let Some(xf) = self.xfs.get(style) else { return true };
        let Ok(doc) = Doc::parse(xf.to_vec()) else { return true };
        let protection = doc.child(doc.root(), "protection");
        protection.and_then(|p| doc.tag(p).flag("locked")).unwrap_or(true)
    }

    /// Takes over all styles of another workbook.
    pub(crate) fn graft(&mut self, other: &Self) -> Result<StyleMap, RefusalReason> {
        let mut map = StyleMap::default();
        for (index, xf) in other.xfs.existing().enumerate() {
            map.xfs.push(if index == 0 { 0 } else { self.graft_xf(other, xf)? });
        }
        for dxf in other.dxfs.existing() {
            let dxf = reprefix(dxf, &self.prefix);
            map.dxfs.push(self.dxfs.add(dxf));
        }
        Ok(map)
    }

    fn graft_xf(&mut self, other: &Self, xf: &[u8]) -> Result<u32, RefusalReason> {
        let tag = first_tag(xf);
        let prefix = self.prefix.clone();
        let carry = |from: &Pool, to: &mut Pool, name: &str| {
            let part = from.get(tag.number(name).unwrap_or(0)).map(|bytes| reprefix(bytes, &prefix));
            part.map_or(0, |bytes| to.add(bytes)).to_string()
        };
        let font = carry(&other.fonts, &mut self.fonts, "fontId");
        let fill = carry(&other.fills, &mut self.fills, "fillId");
        let border = carry(&other.borders, &mut self.borders, "borderId");
        let format = tag.number("numFmtId").unwrap_or(0);
        let code = other.format_ids.iter().find(|(_, id)| **id == format).map(|(code, _)| code.clone());
        let format = code.map_or(format, |code| self.format(&code)).to_string();
        let style = self.has_base_xf.then_some("0");
        let values = [
            ("numFmtId", Some(format.as_str())),
            ("fontId", Some(&font)),
            ("fillId", Some(&fill)),
            ("borderId", Some(&border)),
            ("xfId", style),
        ];
        let head = values.iter().fold(tag.0.to_vec(), |bytes, (name, value)| Tag(&bytes).with(name, *value));
        let rest = xf.get(tag.0.len()..).unwrap_or_default();
        let xf = reprefix(&[head.as_slice(), rest].concat(), &self.prefix);
        self.add_xf(xf)
    }

    fn add_xf(&mut self, xf: Vec<u8>) -> Result<u32, RefusalReason> {
        let index = self.xfs.add(xf);
        if self.xfs.len() > MAX_XFS { Err(RefusalReason::StyleLimit) } else { Ok(index) }
    }

    /// The id of a number format code.
    fn format(&mut self, code: &str) -> u32 {
        let built_in = match code {
            "General" => Some(0),
            "0" => Some(1),
            "0.00" => Some(2),
            "#,##0" => Some(3),
            "#,##0.00" => Some(4),
            "0%" => Some(9),
            "0.00%" => Some(10),
            "@" => Some(49),
            _ => None,
        };
        if let Some(id) = built_in.or(self.format_ids.get(code).copied()) {
            return id;
        }
        let id = self.next_format;
        self.next_format = id.saturating_add(1);
        self.format_ids.insert(code.to_owned(), id);
        let element =
            format!("<{}numFmt numFmtId=\"{id}\" formatCode=\"{}\"/>", self.prefix, escape_attr(code));
        self.formats.add(element.into_bytes());
        id
    }

    /// Whether anything is appended.
    pub(crate) fn is_changed(&self) -> bool {
        [&self.fonts, &self.fills, &self.borders, &self.xfs, &self.dxfs, &self.formats]
            .iter()
            .any(|p| p.grows())
    }

    /// The changes.
    pub(crate) fn splices(&self) -> Splices {
        let mut splices = Splices::default();
        let root = self.doc.root();
        let mut new_sections: Vec<(u64, Vec<u8>)> = Vec::new();
        let end = self.doc.close_at(root);
        let pools = [
            ("numFmts", &self.formats),
            ("fonts", &self.fonts),
            ("fills", &self.fills),
            ("borders", &self.borders),
            ("cellXfs", &self.xfs),
            ("dxfs", &self.dxfs),
        ];
        for (name, pool) in pools.into_iter().filter(|(_, p)| p.grows()) {
            let bytes = pool.appended();
            let count = pool.len().to_string();
            if let Some(section) = self.doc.child(root, name) {
                let tag = self.doc.tag(section).with("count", Some(&count));
                if self.doc.tag(section).is_empty() {
                    let tag = Tag(&tag);
                    let whole = [tag.opened(), bytes, tag.end()].concat();
                    splices.replace(self.doc.range(section), whole);
                } else {
                    splices.replace(self.doc.open_range(section), tag);
                    splices.insert(self.doc.close_at(section), bytes);
                }
            } else {
                let sections: Vec<_> = self
                    .doc
                    .children(root)
                    .map(|id| {
                        (
                            String::from_utf8_lossy(self.doc.tag(id).local()).into_owned(),
                            self.doc.range(id).start,
                        )
                    })
                    .collect();
                let at = place_before(ORDER, sections.iter().map(|(n, at)| (n.as_str(), *at)), name, end);
                let open = format!("<{}{name} count=\"{count}\">", self.prefix);
                let close = Tag(open.as_bytes()).end();
                new_sections.push((at, [open.as_bytes(), &bytes, &close].concat()));
            }
        }
        if self.doc.tag(root).is_empty() {
            let tag = self.doc.tag(root);
            let inner: Vec<u8> = new_sections.into_iter().flat_map(|(_, bytes)| bytes).collect();
            splices.replace(self.doc.range(root), [tag.opened(), inner, tag.end()].concat());
        } else {
            for (at, bytes) in new_sections {
                splices.insert(at, bytes);
            }
        }
        splices
    }
}

/// The start tag at the beginning of an element's bytes.
fn first_tag(element: &[u8]) -> Tag<'_> {
    let mut scanner = crate::package::xml::Scanner::fragment(element);
    let len = match scanner.next() {
        Ok(Some(token)) => token.bytes.len(),
        _ => 0,
    };
    Tag(element.get(..len).unwrap_or_default())
}

/// An element without prefixes, with the host's prefix on all its names.
pub(crate) fn reprefix(element: &[u8], prefix: &str) -> Vec<u8> {
    if prefix.is_empty() {
        return element.to_vec();
    }
    let mut out = Vec::with_capacity(element.len());
    let mut scanner = crate::package::xml::Scanner::fragment(element);
    while let Ok(Some(token)) = scanner.next() {
        let tag = Tag(token.bytes);
        let own = tag.prefix().is_empty() && !tag.name().is_empty();
        match token.kind {
            crate::package::xml::TokenKind::Open | crate::package::xml::TokenKind::Empty if own => {
                out.push(b'<');
                out.extend(prefix.bytes());
                out.extend(token.bytes.get(1..).unwrap_or_default());
            }
            crate::package::xml::TokenKind::Close if own => {
                out.extend(b"</");
                out.extend(prefix.bytes());
                out.extend(token.bytes.get(2..).unwrap_or_default());
            }
            _ => out.extend(token.bytes),
        }
    }
    out
}
