//! The workbook part: sheets and defined names, read and edited.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::package::{DefinedName, SheetState};
use super::worksheet::place_before;
use crate::base::Result;
use crate::package::dialect::Dialect;
use crate::package::fault::damaged;
use crate::package::rels::{Rels, append, prefix_of};
use crate::package::xml::{Doc, Splices, Tag, escape_attr, escape_text};

/// Children of the workbook in schema order (`CT_Workbook`).
const ORDER: &[&str] = &[
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "calcPr",
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
];

/// A sheet's element.
#[derive(Debug, Clone)]
pub(crate) struct SheetPlace {
    pub(crate) name: String,
    pub(crate) state: SheetState,
    /// The id of its relationship.
    pub(crate) rel: String,
    id: u32,
    range: Range<u64>,
}

/// The workbook part.
#[derive(Debug, Clone)]
pub(crate) struct Workbook {
    /// Its name in the package.
    pub(crate) part: String,
    /// Its relationships.
    pub(crate) rels: Rels,
    pub(crate) dialect: Dialect,
    pub(crate) sheets: Vec<SheetPlace>,
    pub(crate) names: Vec<DefinedName>,
    name_ranges: Vec<Range<u64>>,
    pub(crate) locked_structure: bool,
    doc: Doc,
}

/// A sheet to put into the workbook.
#[derive(Debug, Clone)]
pub(crate) struct NewSheet {
    pub(crate) name: String,
    pub(crate) state: SheetState,
    /// The id of its relationship.
    pub(crate) rel: String,
}

/// Changes to the workbook part.
#[derive(Debug, Clone, Default)]
pub(crate) struct WorkbookChanges {
    /// Sheets by position that a new one takes the place of.
    pub(crate) replaced: BTreeMap<usize, NewSheet>,
    /// Sheets by position that go.
    pub(crate) removed: BTreeSet<usize>,
    /// Sheets behind the last.
    pub(crate) appended: Vec<NewSheet>,
    /// Names by position that go.
    pub(crate) names_removed: BTreeSet<usize>,
    /// Names that come; `local_sheet` counts in the new order.
    pub(crate) names_added: Vec<DefinedName>,
    /// Whether Excel shall recalculate everything when it opens the workbook.
    pub(crate) recalculate: bool,
}

impl WorkbookChanges {
    /// The position a sheet will have after the changes; `None` when it goes.
    fn new_position(&self, old: usize) -> Option<usize> {
        if self.removed.contains(&old) {
            return None;
        }
        Some(old.saturating_sub(self.removed.range(..old).count()))
    }
}

impl Workbook {
    /// Reads the part.
    pub(crate) fn read(part: String, bytes: Vec<u8>, rels: Rels) -> Result<Self> {
        let doc = Doc::parse(bytes)?;
        let root = doc.root();
        let prefix = prefix_of(&doc);
        let namespace = match prefix.strip_suffix(':') {
            Some(prefix) => doc.tag(root).get(&format!("xmlns:{prefix}")),
            None => doc.tag(root).get("xmlns"),
        };
        let namespace = namespace.unwrap_or_default();
        let dialect = Dialect::of_namespace(&namespace)
            .ok_or_else(|| damaged(format_args!("命名空间 {namespace} 不是标准的")))?;
        let mut sheets = Vec::new();
        for id in doc.child(root, "sheets").into_iter().flat_map(|s| doc.all(s, "sheet")) {
            let tag = doc.tag(id);
            let state = match tag.raw(b"state") {
                Some(b"hidden") => SheetState::Hidden,
                Some(b"veryHidden") => SheetState::VeryHidden,
                _ => SheetState::Visible,
            };
            sheets.push(SheetPlace {
                name: tag.get("name").unwrap_or_default(),
                state,
                rel: tag.get_prefixed("id").unwrap_or_default(),
                id: tag.number("sheetId").unwrap_or(0),
                range: doc.range(id),
            });
        }
        let (mut names, mut name_ranges) = (Vec::new(), Vec::new());
        for id in doc.child(root, "definedNames").into_iter().flat_map(|s| doc.all(s, "definedName")) {
            let tag = doc.tag(id);
            names.push(DefinedName {
                name: tag.get("name").unwrap_or_default(),
                refers_to: doc.text(id),
                local_sheet: tag.number("localSheetId").and_then(|n| usize::try_from(n).ok()),
                hidden: tag.flag("hidden") == Some(true),
            });
            name_ranges.push(doc.range(id));
        }
        let protection = doc.child(root, "workbookProtection");
        let locked_structure = protection.is_some_and(|p| doc.tag(p).flag("lockStructure") == Some(true));
        Ok(Self { part, rels, dialect, sheets, names, name_ranges, locked_structure, doc })
    }

    /// The positions of the sheets that come: those that take another's place, then those behind the last.
    pub(crate) fn new_sheet_positions(&self, changes: &WorkbookChanges) -> BTreeMap<String, usize> {
        let mut positions = BTreeMap::new();
        for (old, sheet) in &changes.replaced {
            if let Some(at) = changes.new_position(*old) {
                positions.insert(sheet.name.clone(), at);
            }
        }
        let kept = self.sheets.len().saturating_sub(changes.removed.len());
        for (nth, sheet) in changes.appended.iter().enumerate() {
            positions.insert(sheet.name.clone(), kept.saturating_add(nth));
        }
        positions
    }

    /// The splices that make the changes.
    pub(crate) fn splices(&self, changes: &WorkbookChanges) -> Splices {
        let mut splices = Splices::default();
        self.splice_sheets(changes, &mut splices);
        self.splice_names(changes, &mut splices);
        self.splice_active_tab(changes, &mut splices);
        if changes.recalculate {
            self.splice_calculation(&mut splices);
        }
        splices
    }

    fn splice_sheets(&self, changes: &WorkbookChanges, splices: &mut Splices) {
        let mut next_id = self.sheets.iter().map(|s| s.id).max().unwrap_or(0);
        let mut element = |sheet: &NewSheet| {
            next_id = next_id.saturating_add(1);
            let state = match sheet.state {
                SheetState::Visible => "",
                SheetState::Hidden => " state=\"hidden\"",
                SheetState::VeryHidden => " state=\"veryHidden\"",
            };
            format!(
                "<{}sheet xmlns:r=\"{}\" name=\"{}\" sheetId=\"{next_id}\"{state} r:id=\"{}\"/>",
                prefix_of(&self.doc),
                self.dialect.relationships(),
                escape_attr(&sheet.name),
                escape_attr(&sheet.rel),
            )
        };
        for (at, place) in self.sheets.iter().enumerate() {
            if let Some(sheet) = changes.replaced.get(&at) {
                splices.replace(place.range.clone(), element(sheet));
            } else if changes.removed.contains(&at) {
                splices.replace(place.range.clone(), "");
            }
        }
        let appended: String = changes.appended.iter().map(&mut element).collect();
        if let Some(sheets) = self.doc.child(self.doc.root(), "sheets").filter(|_| !appended.is_empty()) {
            append(&self.doc, sheets, appended.as_bytes(), splices);
        }
    }

    fn splice_names(&self, changes: &WorkbookChanges, splices: &mut Splices) {
        for (at, (name, range)) in self.names.iter().zip(&self.name_ranges).enumerate() {
            let local = name.local_sheet.map(|old| changes.new_position(old));
            if changes.names_removed.contains(&at) || local == Some(None) {
                splices.replace(range.clone(), "");
            } else if local.flatten() != name.local_sheet {
                splices.replace(
                    range.clone(),
                    self.name_element(&DefinedName { local_sheet: local.flatten(), ..name.clone() }),
                );
            }
        }
        let added: String = changes.names_added.iter().map(|n| self.name_element(n)).collect();
        if added.is_empty() {
            return;
        }
        let root = self.doc.root();
        if let Some(section) = self.doc.child(root, "definedNames") {
            append(&self.doc, section, added.as_bytes(), splices);
        } else {
            let prefix = prefix_of(&self.doc);
            let whole = format!("<{prefix}definedNames>{added}</{prefix}definedNames>");
            splices.insert(self.place("definedNames"), whole);
        }
    }

    fn name_element(&self, name: &DefinedName) -> String {
        let prefix = prefix_of(&self.doc);
        let local = name.local_sheet.map_or(String::new(), |at| format!(" localSheetId=\"{at}\""));
        let hidden = if name.hidden { " hidden=\"1\"" } else { "" };
        format!(
            "<{prefix}definedName name=\"{}\"{local}{hidden}>{}</{prefix}definedName>",
            escape_attr(&name.name),
            escape_text(&name.refers_to)
        )
    }

    /// The active and the first tab are positions.
    fn splice_active_tab(&self, changes: &WorkbookChanges, splices: &mut Splices) {
        if changes.removed.is_empty() {
            return;
        }
        let views = self.doc.child(self.doc.root(), "bookViews");
        for view in views.into_iter().flat_map(|v| self.doc.children(v)) {
            let old = self.doc.tag(view);
            let mut tag = old.0.to_vec();
            for name in ["activeTab", "firstSheet"] {
                let at = old.number(name).and_then(|n| usize::try_from(n).ok());
                if let Some(at) = at {
                    let moved = changes.new_position(at).unwrap_or(0);
                    tag = Tag(&tag).with(name, Some(&moved.to_string()));
                }
            }
            if tag != old.0 {
                splices.replace(self.doc.open_range(view), tag);
            }
        }
    }

    fn splice_calculation(&self, splices: &mut Splices) {
        if let Some(existing) = self.doc.child(self.doc.root(), "calcPr") {
            let tag = self.doc.tag(existing);
            if tag.flag("fullCalcOnLoad") != Some(true) {
                splices.replace(self.doc.open_range(existing), tag.with("fullCalcOnLoad", Some("1")));
            }
        } else {
            let element = format!("<{}calcPr fullCalcOnLoad=\"1\"/>", prefix_of(&self.doc));
            splices.insert(self.place("calcPr"), element);
        }
    }

    fn place(&self, name: &str) -> u64 {
        let children: Vec<_> = self
            .doc
            .children(self.doc.root())
            .map(|id| {
                (String::from_utf8_lossy(self.doc.tag(id).local()).into_owned(), self.doc.range(id).start)
            })
            .collect();
        let end = self.doc.close_at(self.doc.root());
        place_before(ORDER, children.iter().map(|(n, at)| (n.as_str(), *at)), name, end)
    }
}
