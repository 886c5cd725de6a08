//! An `.ods`, read sparsely from its `content.xml`: values with their formats, merges, formulas.

use std::collections::HashMap;
use std::io::{Read, Seek};

use super::ods_cell::{CellText, cell};
use super::ods_page::{Window, windows};
use super::ods_style::Styles;
use super::ods_table::{Dressed, Table};
use super::xml::{Element, XmlEvent, XmlEvents};
use super::{Budget, ForeignWorkbook, Loss, damaged, excessive};
use crate::base::limits::{MAX_COLUMNS, MAX_ROWS};
use crate::base::{CellRef, RangeRef, Result};
use crate::package::read_entry;

/// Worksheets that a workbook may have.
const MAX_SHEETS: usize = 1_000;

pub(super) fn read<R: Read + Seek>(reader: &mut R) -> Result<ForeignWorkbook> {
    let mut styles = Styles::default();
    read_entry(reader, "styles.xml", |source| {
        let mut pieces = XmlEvents::new(source);
        while let Some(piece) = pieces.next()? {
            let XmlEvent::Open(element) = piece else { continue };
            if is_group_of_styles(&element) || is_a_root(&element) {
                continue;
            }
            styles.take(&element, &mut pieces)?;
        }
        Ok(())
    })?;
    // What cannot be read of the window says nothing of the content.
    let windows = read_entry(reader, "settings.xml", windows).ok().flatten().unwrap_or_default();
    let workbook = read_entry(reader, "content.xml", |source| {
        let mut content = Content {
            pieces: XmlEvents::new(source),
            styles,
            windows,
            workbook: ForeignWorkbook::default(),
            budget: Budget::default(),
            dressed: Dressed::default(),
        };
        content.run()?;
        if content.styles.unsaid {
            content.workbook.losses.once(Loss::NumberFormats);
        }
        Ok(content.workbook)
    })?;
    workbook.ok_or_else(|| damaged("缺少 content.xml"))
}

fn is_a_root(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "office:document-content" | "office:document-styles" | "office:body" | "office:spreadsheet"
    )
}

fn is_group_of_styles(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "office:automatic-styles" | "office:styles" | "office:master-styles" | "office:font-face-decls"
    )
}

struct Content<R: Read> {
    pieces: XmlEvents<R>,
    styles: Styles,
    windows: HashMap<String, Window>,
    workbook: ForeignWorkbook,
    budget: Budget,
    dressed: Dressed,
}

impl<R: Read> Content<R> {
    fn run(&mut self) -> Result<()> {
        while let Some(piece) = self.pieces.next()? {
            let XmlEvent::Open(element) = piece else { continue };
            match element.name.as_str() {
                _ if is_a_root(&element) || is_group_of_styles(&element) => {}
                "table:table" => self.table(&element)?,
                "style:style" | "style:font-face" => self.styles.take(&element, &mut self.pieces)?,
                name if name.starts_with("number:") => self.styles.take(&element, &mut self.pieces)?,
                "table:content-validations" | "table:named-expressions" | "table:database-ranges" => {
                    let losses = &mut self.workbook.losses;
                    self.pieces.skip(|inside| match inside.name.as_str() {
                        "table:content-validation" => losses.add(Loss::Validation),
                        "table:database-range"
                            if inside.get("table:display-filter-buttons") == Some("true") =>
                        {
                            losses.add(Loss::Filter);
                        }
                        _ => lost(inside, losses),
                    })?;
                }
                "office:scripts" => {
                    let losses = &mut self.workbook.losses;
                    let mut any = false;
                    self.pieces.skip(|inside| any |= inside.name == "office:script")?;
                    if any {
                        losses.add(Loss::Macro);
                    }
                }
                _ => self.pieces.skip(|_| {})?,
            }
        }
        Ok(())
    }

    fn table(&mut self, element: &Element) -> Result<()> {
        if self.workbook.sheets.len() >= MAX_SHEETS {
            return Err(excessive(format_args!("工作表超过 {MAX_SHEETS} 张")));
        }
        let mut table = Table::begin(element, &self.styles);
        if table.has_several_areas {
            self.workbook.losses.add(Loss::PrintAreas);
        }
        if element.get("table:protected") == Some("true") {
            self.workbook.losses.add(Loss::Protection);
        }
        loop {
            match self.pieces.next()? {
                Some(XmlEvent::Open(inside)) => self.part_of_table(&mut table, &inside)?,
                Some(XmlEvent::Close(name)) if name == "table:table" => break,
                Some(XmlEvent::Close(name)) => table.close(&name),
                Some(_) => {}
                None => return Err(damaged("content.xml 不完整")),
            }
        }
        if !table.is_linked {
            let window = self.windows.remove(&table.sheet.name).unwrap_or_default();
            self.workbook.sheets.push(table.end(&window));
        }
        Ok(())
    }

    fn part_of_table(&mut self, table: &mut Table, element: &Element) -> Result<()> {
        match element.name.as_str() {
            // Groups of rows and columns are only brackets around them.
            "table:table-header-rows"
            | "table:table-rows"
            | "table:table-row-group"
            | "table:table-header-columns"
            | "table:table-columns"
            | "table:table-column-group" => {
                table.open(&element.name);
                Ok(())
            }
            "table:table-column" => {
                table.column(element, &mut self.styles, &mut self.dressed)?;
                self.pieces.skip(|_| {})
            }
            "table:table-row" => self.row(table, element),
            "table:table-source" => {
                table.is_linked = true;
                self.pieces.skip(|_| {})
            }
            _ => {
                let losses = &mut self.workbook.losses;
                self.pieces.skip(|inside| lost(inside, losses))
            }
        }
    }

    fn row(&mut self, table: &mut Table, element: &Element) -> Result<()> {
        let repeated = element.count("table:number-rows-repeated")?;
        table.row_looks(element, repeated, &mut self.styles, &mut self.dressed);
        let row_style = element.get("table:default-cell-style-name").map(ToOwned::to_owned);
        let mut col = 0_u32;
        // Cells of this row; a repeated row holds them as often.
        let mut filled = Vec::new();
        let mut blanks = Vec::new();
        loop {
            match self.pieces.next()? {
                Some(XmlEvent::Open(inside)) => {
                    let times = inside.count("table:number-columns-repeated")?;
                    let text = CellText::read(&mut self.pieces, &mut self.workbook.losses)?;
                    if matches!(inside.name.as_str(), "table:table-cell" | "table:covered-table-cell") {
                        let said = inside.get("table:style-name").or(row_style.as_deref());
                        let style =
                            said.map_or_else(|| table.column_style(col).to_owned(), ToOwned::to_owned);
                        let code = self.styles.code(&style);
                        let found = cell(&inside, &text, code, &mut self.workbook.losses);
                        if let (None, Some(said), false) = (&found, said, self.dressed.is_full()) {
                            blanks.extend(table.blanks(col, times, said));
                        }
                        if let Some(mut found) = found {
                            found.look = Some(self.styles.look(&style, text.is_asian()));
                            let all = usize::try_from(times.min(MAX_COLUMNS)).unwrap_or(usize::MAX);
                            self.budget.spend(all)?;
                            filled.extend(
                                (col..col.saturating_add(times)).take(all).map(|c| (c, found.clone())),
                            );
                        }
                        merge(table, &inside, col)?;
                        col = col.saturating_add(times);
                    }
                }
                Some(XmlEvent::Close(name)) if name == "table:table-row" => break,
                Some(_) => {}
                None => return Err(damaged("content.xml 不完整")),
            }
        }
        if !filled.is_empty() {
            let more = usize::try_from(repeated.saturating_sub(1)).unwrap_or(usize::MAX);
            self.budget.spend(filled.len().saturating_mul(more))?;
            for row in table.row..table.row.saturating_add(repeated) {
                for (col, cell) in &filled {
                    let at = CellRef::new(row, *col).ok_or_else(|| excessive("单元格超出 Excel 的范围"))?;
                    table.sheet.cells.insert(at, cell.clone());
                }
            }
        }
        if !self.dressed.blanks(table, &blanks, repeated, &mut self.styles) {
            self.workbook.losses.once(Loss::Blanks);
        }
        table.row = table.row.saturating_add(repeated).min(MAX_ROWS);
        Ok(())
    }
}

/// The merge that a cell begins.
fn merge(table: &mut Table, element: &Element, col: u32) -> Result<()> {
    let rows = element.count("table:number-rows-spanned")?;
    let cols = element.count("table:number-columns-spanned")?;
    if rows == 1 && cols == 1 {
        return Ok(());
    }
    let last = CellRef::new(
        table.row.saturating_add(rows.saturating_sub(1)),
        col.saturating_add(cols.saturating_sub(1)),
    );
    let (Some(first), Some(last)) = (CellRef::new(table.row, col), last) else {
        return Err(excessive("合并单元格超出 Excel 的范围"));
    };
    table.sheet.merges.push(RangeRef::new(first, last));
    Ok(())
}

/// Counts what is not carried.
pub(super) fn lost(element: &Element, losses: &mut super::Losses) {
    match element.name.as_str() {
        "office:annotation" => losses.add(Loss::Note),
        "draw:image" => losses.add(Loss::Picture),
        "draw:object" | "draw:object-ole" => losses.add(Loss::Chart),
        "draw:custom-shape" | "draw:rect" | "draw:line" | "draw:ellipse" | "draw:control" => {
            losses.add(Loss::Shape);
        }
        "calcext:conditional-format" => losses.add(Loss::Conditional),
        "text:a" => losses.add(Loss::Link),
        // Those of the program itself come over with what they serve.
        "table:named-range" | "table:named-expression"
            if !element.get("table:name").is_some_and(|name| name.starts_with("_xlnm.")) =>
        {
            losses.add(Loss::Name);
        }
        _ => {}
    }
}
