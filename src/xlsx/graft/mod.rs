//! Sheets of another workbook, taken over with all that hangs on them.

mod sheet;

use std::collections::BTreeMap;
use std::io::Cursor;

use super::package::{DefinedName, SheetKind, SheetState, XlsxPackage};
use super::refusal::RefusalReason;
use super::styles::Styles;
use crate::base::{Error, Result};
use crate::package::archive::part_key;
use crate::package::dialect::Dialect;
use crate::package::parts::{relative, rels_of, resolve};
use crate::package::rels::Rels;
use crate::package::xml::{Doc, Scanner, Tag, TokenKind};
use crate::package::{NewPart, PartNames};

/// Kinds of parts that can hang on a grafted sheet.
const KINDS: [&str; 8] =
    ["drawing", "chart", "image", "comments", "vmlDrawing", "chartUserShapes", "hyperlink", "table"];

/// A sheet taken over.
#[derive(Debug, Clone)]
pub(crate) struct GraftedSheet {
    pub(crate) name: String,
    pub(crate) state: SheetState,
    pub(crate) part: String,
}

/// Everything to put into the host.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grafted {
    pub(crate) sheets: Vec<GraftedSheet>,
    pub(crate) parts: Vec<NewPart>,
    /// Its defined names; `local_sheet` counts in `sheets`.
    pub(crate) names: Vec<DefinedName>,
}

/// The workbook whose sheets are taken over.
pub(crate) type Source<'a> = XlsxPackage<Cursor<&'a [u8]>>;

/// Opens the graft.
pub(crate) fn open(workbook: &[u8]) -> Result<Source<'_>> {
    XlsxPackage::open(Cursor::new(workbook)).map_err(|e| Error::internal(format_args!("graft: {e}")))
}

/// Reads the graft and numbers its styles and parts as the host needs them.
pub(crate) fn read(
    source: &mut Source<'_>,
    dialect: Dialect,
    styles: &mut Styles,
    names: &mut PartNames,
) -> Result<Result<Grafted, RefusalReason>> {
    let Some(own) = styles_of(source)? else { return Ok(Err(unsupported("没有样式表"))) };
    let map = match styles.graft(&own) {
        Ok(map) => map,
        Err(reason) => return Ok(Err(reason)),
    };
    let strings = shared_strings(source)?;
    let mut grafted = Grafted { names: source.defined_names().to_vec(), ..Grafted::default() };
    for entry in source.sheets().to_vec() {
        if entry.kind != SheetKind::Worksheet {
            return Ok(Err(unsupported("图表页")));
        }
        let mut carrier = Carrier { source, dialect, names, renamed: BTreeMap::new(), parts: Vec::new() };
        let part = match carrier.carry(&entry.part, "worksheet")? {
            Ok(part) => part,
            Err(reason) => return Ok(Err(reason)),
        };
        let Some(sheet) = carrier.parts.iter_mut().find(|p| p.name == part) else { continue };
        sheet.bytes = sheet::convert(&sheet.bytes, &strings, &map, dialect)?;
        grafted.parts.append(&mut carrier.parts);
        grafted.sheets.push(GraftedSheet { name: entry.name, state: entry.state, part });
    }
    Ok(Ok(grafted))
}

fn unsupported(what: &str) -> RefusalReason {
    RefusalReason::Graft(what.to_owned())
}

fn styles_of(source: &mut Source<'_>) -> Result<Option<Styles>> {
    let part = part_of(source, "styles");
    match part.map(|p| source.read_part(&p)).transpose()?.flatten() {
        Some(bytes) => Styles::read(bytes).map(Some),
        None => Ok(None),
    }
}

/// The part that the workbook points to with this kind of relationship.
fn part_of(source: &Source<'_>, kind: &str) -> Option<String> {
    let workbook = &source.workbook;
    workbook.rels.of_kind(kind).next().map(|r| resolve(&workbook.part, &r.target))
}

/// The content of each shared string's element.
fn shared_strings(source: &mut Source<'_>) -> Result<Vec<Vec<u8>>> {
    let part = part_of(source, "sharedStrings");
    let Some(bytes) = part.map(|p| source.read_part(&p)).transpose()?.flatten() else {
        return Ok(Vec::new());
    };
    let doc = Doc::parse(bytes)?;
    Ok(doc.all(doc.root(), "si").map(|id| doc.inner(id).to_vec()).collect())
}

/// Carries a sheet's parts over, each once.
struct Carrier<'a, 's> {
    source: &'a mut Source<'s>,
    dialect: Dialect,
    names: &'a mut PartNames,
    renamed: BTreeMap<String, String>,
    parts: Vec<NewPart>,
}

impl Carrier<'_, '_> {
    /// Carries a part and all it points to; returns its new name.
    fn carry(&mut self, part: &str, kind: &str) -> Result<Result<String, RefusalReason>> {
        if let Some(name) = self.renamed.get(&part_key(part)) {
            return Ok(Ok(name.clone()));
        }
        if kind == "table" {
            return Ok(Err(unsupported("表格对象")));
        }
        let Some(bytes) = self.source.read_part(part)? else {
            return Err(Error::internal(format_args!("graft: no part {part}")));
        };
        let name = self.names.free(part);
        self.renamed.insert(part_key(part), name.clone());
        let content_type = self.source.parts.types().of(part).map(str::to_owned);
        let bytes = if part_key(part).rsplit('.').next() == Some("xml") {
            translate(&bytes, self.dialect)?
        } else {
            bytes
        };
        self.parts.push(NewPart { name: name.clone(), bytes, kind: content_type });
        let rels = self.source.parts.rels(part)?;
        let mut own = Rels::read(None)?;
        for rel in rels.list() {
            if !KINDS.contains(&rel.kind.as_str()) {
                return Ok(Err(unsupported(&rel.kind)));
            }
            let full_kind = self.dialect.translate(&rel.full_kind);
            if rel.external || rel.target.starts_with('#') {
                own.add_as(&rel.id, &full_kind, &rel.target, rel.external);
                continue;
            }
            let target = match self.carry(&resolve(part, &rel.target), &rel.kind)? {
                Ok(target) => target,
                Err(reason) => return Ok(Err(reason)),
            };
            own.add_as(&rel.id, &full_kind, &relative(&name, &target), false);
        }
        if own.is_changed() {
            self.parts.push(NewPart { name: rels_of(&name), bytes: own.whole(), kind: None });
        }
        Ok(Ok(name))
    }
}

/// The part with its namespaces in the host's dialect.
fn translate(bytes: &[u8], dialect: Dialect) -> Result<Vec<u8>> {
    if dialect == Dialect::Transitional {
        return Ok(bytes.to_vec());
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut scanner = Scanner::new(bytes);
    while let Some(token) = scanner.next()? {
        match token.kind {
            TokenKind::Open | TokenKind::Empty => out.extend(translate_tag(Tag(token.bytes), dialect)),
            _ => out.extend(token.bytes),
        }
    }
    Ok(out)
}

/// A start tag with its namespace declarations, and the URIs that name graphic data, in the host's dialect.
fn translate_tag(tag: Tag<'_>, dialect: Dialect) -> Vec<u8> {
    let mut out = tag.0.to_vec();
    for (name, _) in tag.attributes() {
        let name = String::from_utf8_lossy(name).into_owned();
        let value = tag.get(&name).unwrap_or_default();
        let translated = dialect.translate(&value);
        if (name.starts_with("xmlns") || name == "uri") && translated != value {
            out = Tag(&out).with(&name, Some(&translated));
        }
    }
    out
}
