//! Cell edits as splices of the worksheet.

use std::collections::BTreeMap;

use super::index::{SheetIndex, around};
use super::order::{WORKSHEET, place_before};
use super::shared::{Succession, hand_on, succession};
use super::site::{CellSite, RowSite};
use crate::base::limits::MAX_CELL_CHARS;
use crate::base::{CellRef, Number, RangeRef, Result};
use crate::package::fault::damaged;
use crate::package::xml::{Splices, Tag, escape_cell_text, escape_text};
use crate::xlsx::edits::{Cached, Content, StylePatch};
use crate::xlsx::refusal::RefusalReason;

/// The longest formula Excel reads.
const MAX_FORMULA_CHARS: usize = 8192;

/// What an edited cell must read back as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rendered {
    /// The style index.
    pub(crate) style: u32,
    /// The formula.
    pub(crate) formula: Option<String>,
    /// The text of `<v>`.
    pub(crate) value: Option<String>,
    /// The text of `<is>`.
    pub(crate) inline: Option<String>,
}

/// A cell, what it shall hold, and its style index.
type Styled<'a> = (CellRef, &'a Option<Content>, u32);

/// Why a cell cannot be edited, or with `content` its content cannot change, as far as the sheet itself tells.
pub(crate) fn check_cell(index: &SheetIndex, cell: CellRef, content: bool) -> Option<RefusalReason> {
    if index.section("sheetData").is_none() {
        return Some(RefusalReason::Unreadable("没有 sheetData".to_owned()));
    }
    let row = index.rows.get(&cell.row());
    if row.is_some_and(|r| r.ambiguous) {
        return Some(RefusalReason::Ambiguous);
    }
    if !content {
        return None;
    }
    if let Some(reason) = index.refused.get(&cell) {
        return Some(reason.clone());
    }
    let formula = row.and_then(|r| r.cells.get(&cell.col())).and_then(|c| c.formula.as_ref())?;
    match succession(index, cell, formula) {
        Succession::Impossible => Some(RefusalReason::SharedFormula),
        Succession::None | Succession::Heir(_) => None,
    }
}

/// Whether it is longer than a cell can hold.
pub(crate) fn too_long(content: &Content) -> bool {
    let long = |text: &str| text.encode_utf16().count() > MAX_CELL_CHARS;
    match content {
        Content::Text(text) => long(text),
        Content::Formula { text, cached } => {
            text.encode_utf16().count() > MAX_FORMULA_CHARS
                || matches!(cached, Cached::Text(value) if long(value))
        }
        Content::Number(_) | Content::Blank => false,
    }
}

/// What cells shall hold and what changes in their looks.
type CellChanges = BTreeMap<CellRef, (Option<Content>, StylePatch)>;

/// Makes the splices of the sheet's cell edits; the cells are anchors and each occurs once. `heights` are the least heights
/// of their rows, `style` gives the style index that a patch makes of another.
pub(crate) fn render_cells(
    index: &SheetIndex,
    (edits, heights): (&CellChanges, &BTreeMap<u32, u16>),
    mut style: impl FnMut(u32, &StylePatch) -> Result<u32>,
    splices: &mut Splices,
) -> Result<BTreeMap<CellRef, Rendered>> {
    let prefix = index.prefix();
    let mut rendered = BTreeMap::new();
    let mut created: Option<RangeRef> = None;
    let mut rows: BTreeMap<u32, Vec<Styled<'_>>> = BTreeMap::new();
    for (cell, (content, patch)) in edits {
        let (site, base) = site_and_style(index, *cell);
        if site.is_none() {
            let own = RangeRef::new(*cell, *cell);
            created = Some(created.map_or(own, |r| around(r, own)));
        }
        let style = if patch.is_empty() { base } else { style(base, patch)? };
        rows.entry(cell.row()).or_default().push((*cell, content, style));
        rendered.insert(*cell, expected(site, content.as_ref(), style));
    }
    let mut new_rows: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    let data_end = data_end(index)?;
    for (row, cells) in &rows {
        if let Some(site) = index.rows.get(row) {
            edit_row(index, (site, heights.get(row).copied()), cells, &prefix, splices)?;
        } else {
            let at = index.row_gaps.get(row).copied().unwrap_or(data_end);
            let bytes = new_rows.entry(at).or_default();
            let tag = format!("<{prefix}row r=\"{}\">", row.saturating_add(1)).into_bytes();
            bytes.extend(heights.get(row).map_or_else(|| tag.clone(), |points| heightened(&tag, *points)));
            for (cell, content, style) in cells {
                bytes.extend(cell_element(&prefix, *cell, None, content.as_ref(), *style));
            }
            bytes.extend(format!("</{prefix}row>").bytes());
        }
    }
    put_rows(index, new_rows, splices);
    if let Some(created) = created {
        widen_dimension(index, created, splices);
    }
    Ok(rendered)
}

/// Where rows at the end of the data go.
fn data_end(index: &SheetIndex) -> Result<u64> {
    let data = index.section("sheetData").ok_or_else(|| damaged("没有 sheetData"))?;
    Ok(data.close_at)
}

fn put_rows(index: &SheetIndex, rows: BTreeMap<u64, Vec<u8>>, splices: &mut Splices) {
    let empty = index.section("sheetData").filter(|d| d.is_empty());
    for (at, bytes) in rows {
        match empty {
            Some(data) => {
                let tag = Tag(&data.tag);
                let whole = [tag.opened(), bytes, tag.end()].concat();
                splices.replace(data.range.clone(), whole);
            }
            None => splices.insert(at, bytes),
        }
    }
}

fn edit_row(
    index: &SheetIndex,
    (row, height): (&RowSite, Option<u16>),
    cells: &[Styled<'_>],
    prefix: &str,
    splices: &mut Splices,
) -> Result<()> {
    let mut gaps: BTreeMap<u64, Vec<u8>> = BTreeMap::new();
    for (cell, content, style) in cells {
        if let Some(site) = row.cells.get(&cell.col()) {
            edit_cell(index, site, *cell, content.as_ref(), *style, prefix, splices)?;
        } else {
            let at = row.gaps.get(&cell.col()).copied().unwrap_or(row.close_at);
            gaps.entry(at).or_default().extend(cell_element(prefix, *cell, None, content.as_ref(), *style));
        }
    }
    let created = cells.iter().map(|c| c.0.col()).filter(|col| !row.cells.contains_key(col));
    let mut tag = row.tag.clone();
    for col in created {
        tag = widen_spans(&tag, col);
    }
    if let Some(points) = height {
        tag = heightened(&tag, points);
    }
    if Tag(&row.tag).is_empty() && !gaps.is_empty() {
        let bytes: Vec<u8> = gaps.into_values().flatten().collect();
        let tag = Tag(&tag);
        splices.replace(row.open.clone(), [tag.opened(), bytes, tag.end()].concat());
        return Ok(());
    }
    if tag != row.tag {
        splices.replace(row.open.clone(), tag);
    }
    for (at, bytes) in gaps {
        splices.insert(at, bytes);
    }
    Ok(())
}

fn edit_cell(
    index: &SheetIndex,
    site: &CellSite,
    cell: CellRef,
    content: Option<&Content>,
    style: u32,
    prefix: &str,
    splices: &mut Splices,
) -> Result<()> {
    let Some(content) = content else {
        let tag = styled(&site.tag, style);
        if tag != site.tag {
            splices.replace(site.open.clone(), tag);
        }
        return Ok(());
    };
    if let Some(formula) = &site.formula
        && let Succession::Heir(group) = succession(index, cell, formula)
    {
        hand_on(group, cell, &formula.text, splices).ok_or_else(|| damaged("共享公式无法移交"))?;
    }
    splices.replace(site.range.clone(), cell_element(prefix, cell, Some(site), Some(content), style));
    Ok(())
}

/// The tag with the style set; style 0 needs no attribute where there was none.
fn styled(tag: &[u8], style: u32) -> Vec<u8> {
    let current = Tag(tag).number("s").unwrap_or(0);
    if current == style { tag.to_vec() } else { Tag(tag).with("s", Some(&style.to_string())) }
}

fn cell_element(
    prefix: &str,
    cell: CellRef,
    site: Option<&CellSite>,
    content: Option<&Content>,
    style: u32,
) -> Vec<u8> {
    let mut tag = match site {
        Some(site) => site.tag.clone(),
        None => format!("<{prefix}c>").into_bytes(),
    };
    // The type and the references into metadata belong to the old content.
    for gone in ["t", "cm", "vm", "ph"] {
        tag = Tag(&tag).with(gone, None);
    }
    tag = styled(&Tag(&tag).with("r", Some(&cell.to_string())), style);
    let (kind, inner) = match content {
        None | Some(Content::Blank) => return Tag(&Tag(&tag).opened()).closed(),
        Some(Content::Number(number)) => (None, format!("<{prefix}v>{number}</{prefix}v>")),
        Some(Content::Text(text)) => {
            let text = escape_cell_text(text);
            (
                Some("inlineStr"),
                format!("<{prefix}is><{prefix}t xml:space=\"preserve\">{text}</{prefix}t></{prefix}is>"),
            )
        }
        Some(Content::Formula { text, cached }) => {
            let (kind, value) = cached_value(cached);
            let formula = escape_text(text);
            (kind, format!("<{prefix}f>{formula}</{prefix}f><{prefix}v>{value}</{prefix}v>"))
        }
    };
    if let Some(kind) = kind {
        tag = Tag(&tag).with("t", Some(kind));
    }
    [Tag(&tag).opened(), inner.into_bytes(), Tag(&tag).end()].concat()
}

/// The cell type and the text of `<v>`, escaped.
fn cached_value(cached: &Cached) -> (Option<&'static str>, String) {
    match cached {
        Cached::Number(number) => (None, number.to_string()),
        Cached::Text(text) => (Some("str"), escape_cell_text(text)),
        Cached::Bool(value) => (Some("b"), if *value { "1" } else { "0" }.to_owned()),
        Cached::Error(error) => (Some("e"), escape_text(error)),
    }
}

/// What the cell must read back as, before `ST_Xstring` escapes are resolved.
fn expected(site: Option<&CellSite>, content: Option<&Content>, style: u32) -> Rendered {
    let mut rendered = Rendered { style, formula: None, value: None, inline: None };
    let plain = |escaped: &str| crate::package::xml::unescape(escaped.as_bytes());
    match content {
        None => {
            if let Some(site) = site {
                rendered.formula = site.formula.as_ref().map(|f| f.text.clone());
                rendered.value.clone_from(&site.value);
                rendered.inline.clone_from(&site.inline);
            }
        }
        Some(Content::Blank) => {}
        Some(Content::Number(number)) => rendered.value = Some(number.to_string()),
        Some(Content::Text(text)) => rendered.inline = Some(plain(&escape_cell_text(text))),
        Some(Content::Formula { text, cached }) => {
            rendered.formula = Some(plain(&escape_text(text)));
            rendered.value = Some(plain(&cached_value(cached).1));
        }
    }
    rendered
}

/// The style a cell has or inherits.
pub(crate) fn effective_style(index: &SheetIndex, cell: CellRef) -> u32 {
    site_and_style(index, cell).1
}

/// The cell if it is there, and the style it has or inherits: of its row, then of its column.
fn site_and_style(index: &SheetIndex, cell: CellRef) -> (Option<&CellSite>, u32) {
    let row = index.rows.get(&cell.row());
    if let Some(site) = row.and_then(|r| r.cells.get(&cell.col())) {
        return (Some(site), Tag(&site.tag).number("s").unwrap_or(0));
    }
    let of_row =
        row.map(|r| Tag(&r.tag)).filter(|t| t.flag("customFormat") == Some(true)).and_then(|t| t.number("s"));
    let of_column =
        || index.columns.iter().find(|c| (c.first..=c.last).contains(&cell.col())).map(|c| c.style);
    (None, of_row.or_else(of_column).unwrap_or(0))
}

/// The row's tag with at least this height.
fn heightened(tag: &[u8], points: u16) -> Vec<u8> {
    let points = Number::from(u32::from(points));
    let stated: Option<Number> = Tag(tag).get("ht").and_then(|stated| stated.parse().ok());
    if stated.is_some_and(|stated| stated >= points) {
        return tag.to_vec();
    }
    Tag(&Tag(tag).with("ht", Some(&points.to_string()))).with("customHeight", Some("1"))
}

/// The row's tag with a column inside its `spans`, which is a hint that must not be wrong.
fn widen_spans(tag: &[u8], col: u32) -> Vec<u8> {
    let col = col.saturating_add(1);
    let Some(spans) = Tag(tag).get("spans") else { return tag.to_vec() };
    let bounds: Vec<u32> = spans.split([' ', ':']).filter_map(|n| n.parse().ok()).collect();
    let (Some(first), Some(last)) = (bounds.iter().min(), bounds.iter().max()) else { return tag.to_vec() };
    if (*first..=*last).contains(&col) {
        return tag.to_vec();
    }
    Tag(tag).with("spans", Some(&format!("{}:{}", first.min(&col), last.max(&col))))
}

/// Widens the used range that the sheet states, if it states one.
fn widen_dimension(index: &SheetIndex, created: RangeRef, splices: &mut Splices) {
    let Some(section) = index.section("dimension") else { return };
    let Some(stated) = Tag(&section.tag).get("ref").and_then(|r| r.parse::<RangeRef>().ok()) else { return };
    if stated.contains(created.first) && stated.contains(created.last) {
        return;
    }
    let whole = around(stated, created);
    splices.replace(section.open.clone(), Tag(&section.tag).with("ref", Some(&whole.to_string())));
}

/// Where a new child of the worksheet belongs.
pub(crate) fn section_place(index: &SheetIndex, name: &str) -> u64 {
    let sections = index.sections.iter().map(|s| (s.name.as_str(), s.range.start));
    place_before(WORKSHEET, sections, name, index.root_close)
}
