//! The sheets we add, built as a workbook of their own with `rust_xlsxwriter`; `xlsx` grafts them.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartAxisTickType, ChartFont, ChartFormat, ChartRange, ChartSolidFill,
    ChartType, Color, ConditionalFormatText, ConditionalFormatTextRule, DataValidation, Format, FormatAlign,
    FormatBorder, Formula, ProtectionOptions, Url, Workbook, Worksheet, XlsxError,
};

use super::paging::{self, pixels_from};
use super::rebuild::clean;
use crate::base::{CellRef, Error, RangeAt, Result};
use crate::expr::{self, Value};
use crate::present::heights::Heights;
use crate::present::{AddedSheet, Axis, BarChart, Content, Look, Tab};
use crate::xlsx::links;

/// How every word begins that stands in the place of a score that is not there yet: 待评分.
const WAITS: &str = "待";
/// A4.
const PAPER_A4: u8 = 9;

fn failed(cause: XlsxError) -> Error {
    Error::internal("附加工作表生成失败").because(cause)
}

/// How hard a workbook is deflated that is taken apart again at once.
const PASSING: u8 = 1;

/// Builds the workbook of all added sheets, as somebody keeps it.
pub fn build(sheets: &[AddedSheet]) -> Result<Vec<u8>> {
    saved(sheets, &mut Workbook::new())
}

/// Builds the same to be grafted onto another workbook, which deflates what it takes over itself.
pub fn build_to_graft(sheets: &[AddedSheet]) -> Result<Vec<u8>> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(PASSING);
    saved(sheets, &mut workbook)
}

fn saved(sheets: &[AddedSheet], workbook: &mut Workbook) -> Result<Vec<u8>> {
    let looks = Looks::new();
    for sheet in sheets {
        let page = workbook.add_worksheet();
        page.set_name(&sheet.name).map_err(failed)?;
        set_up(page, sheet)?;
        let merged: BTreeMap<CellRef, CellRef> = sheet.merges.iter().map(|m| (m.first, m.last)).collect();
        for (at, cell) in &sheet.cells {
            let format = looks.of(cell.look);
            if let Some(last) = merged.get(at) {
                let (row, col) = position(*at);
                let (last_row, last_col) = position(*last);
                page.merge_range(row, col, last_row, last_col, "", format).map_err(failed)?;
            }
            write_cell(page, sheet, *at, &cell.content, format)?;
        }
        for (row, points) in Heights::of(sheet).rows() {
            page.set_row_height(row, points).map_err(failed)?;
        }
        for chart in &sheet.charts {
            insert_chart(page, sheet, chart)?;
        }
    }
    let bytes = workbook.save_to_buffer().map_err(failed)?;
    let mut contents = sheets.iter().flat_map(|sheet| sheet.cells.values()).map(|cell| &cell.content);
    if contents.any(|content| matches!(content, Content::File { .. })) {
        links::unescape(&bytes)
    } else {
        Ok(bytes)
    }
}

fn position(at: CellRef) -> (u32, u16) {
    (at.row(), u16::try_from(at.col()).unwrap_or(u16::MAX))
}

fn set_up(page: &mut Worksheet, sheet: &AddedSheet) -> Result<()> {
    page.set_paper_size(PAPER_A4).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    match paging::of(sheet) {
        Some(paging) => page.set_print_scale(paging.scale).set_page_breaks(&paging.breaks).map_err(failed)?,
        None => page.set_print_fit_to_pages(1, 0),
    };
    // Programs make the footer smaller with the page.
    page.set_footer("&C&12第 &P 页，共 &N 页");
    if let Some(colour) = tab_colour(sheet.tab) {
        page.set_tab_color(Color::from(colour));
    }
    if let Some(last) = sheet.printed_to.and_then(|last| u16::try_from(last).ok()) {
        let last_row = sheet.cells.keys().map(|at| at.row()).max().unwrap_or(0);
        page.set_print_area(0, 0, last_row, last).map_err(failed)?;
    }
    if sheet.landscape {
        page.set_landscape();
    }
    if sheet.very_hidden {
        page.set_very_hidden(true);
    }
    if !sheet.open {
        // What would be ignored is not open for typing; columns can be made wider, and rows filtered.
        page.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            sort: true,
            use_autofilter: true,
            ..ProtectionOptions::default()
        });
    }
    for (col, width) in (0_u16..).zip(&sheet.widths) {
        match width {
            0 => page.set_column_hidden(col),
            width => page.set_column_width(col, *width),
        }
        .map_err(failed)?;
    }
    if let Some((first, last)) = sheet.header_rows {
        page.set_repeat_rows(first, last).map_err(failed)?;
        page.set_freeze_panes(last.saturating_add(1), 0).map_err(failed)?;
    }
    if let Some((first, last)) = sheet.printed_again {
        page.set_repeat_rows(first, last).map_err(failed)?;
    }
    if let Some(filter) = sheet.filter {
        let ((row, col), (last_row, last_col)) = (position(filter.first), position(filter.last));
        page.autofilter(row, col, last_row, last_col).map_err(failed)?;
    }
    let waits = ConditionalFormatText::new()
        .set_rule(ConditionalFormatTextRule::BeginsWith(WAITS.to_owned()))
        .set_format(Format::new().set_background_color(Color::from("FFFF00")));
    for range in &sheet.waiting {
        let ((row, col), (last_row, last_col)) = (position(range.first), position(range.last));
        page.add_conditional_format(row, col, last_row, last_col, &waits).map_err(failed)?;
    }
    for choice in &sheet.choices {
        let options: Vec<&str> = choice.options.iter().map(String::as_str).collect();
        let list = DataValidation::new().allow_list_strings(&options).map_err(failed)?;
        let ((row, col), (last_row, last_col)) = (position(choice.range.first), position(choice.range.last));
        page.add_data_validation(row, col, last_row, last_col, &list).map_err(failed)?;
    }
    Ok(())
}

fn tab_colour(tab: Tab) -> Option<&'static str> {
    match tab {
        Tab::Result => Some("C00000"),
        Tab::Evidence => Some("4472C4"),
        Tab::ToDo => Some("FFC000"),
        Tab::Other => None,
    }
}

fn write_cell(
    page: &mut Worksheet,
    sheet: &AddedSheet,
    at: CellRef,
    content: &Content,
    format: &Format,
) -> Result<()> {
    let (row, col) = position(at);
    match content {
        Content::Blank => page.write_blank(row, col, format),
        Content::Text(text) => page.write_string_with_format(row, col, clean(text), format),
        Content::Number(number) => page.write_with_format(row, col, number.get(), format),
        Content::Formula { expr, value } => {
            let text = expr::formula(expr, Some(&sheet.name)).map_err(Error::internal)?;
            page.write_formula_with_format(row, col, Formula::new(text), format).map_err(failed)?;
            // `Formula::set_result("")` would cache 0: an empty text must be set on the sheet.
            Ok(page.set_formula_result(row, col, cached(value)))
        }
        Content::Typed { text, value } => {
            page.write_formula_with_format(row, col, Formula::new(text), format).map_err(failed)?;
            Ok(page.set_formula_result(row, col, cached(value)))
        }
        Content::File { path, text } => {
            let url = Url::new(format!("file:///{path}{}", links::ESCAPED)).set_text(text);
            page.write_url_with_format(row, col, url, format)
        }
        Content::Link { to, text } => {
            let url = Url::new(format!("internal:{to}")).set_text(clean(text));
            page.write_url_with_format(row, col, url, format)
        }
    }
    .map(|_| ())
    .map_err(failed)
}

/// The value as the library takes it. A text that it would cache as a number or truth value never comes here:
/// our formulas give words such as 待评分 or 良.
fn cached(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Bool(true) => "TRUE".to_owned(),
        Value::Bool(false) => "FALSE".to_owned(),
        Value::Error(error) => error.code().to_owned(),
    }
}

fn insert_chart(page: &mut Worksheet, sheet: &AddedSheet, chart: &BarChart) -> Result<()> {
    let drawing = &chart.drawing;
    let range = |RangeAt { sheet, range }: &RangeAt| {
        let ((row, col), (last_row, last_col)) = (position(range.first), position(range.last));
        ChartRange::new_from_range(&sheet.name, row, col, last_row, last_col)
    };
    // Letters of a chart become smaller with the page, too.
    let mut font = ChartFont::new();
    font.set_size(10);
    let mut bars = Chart::new(ChartType::Bar);
    let mut heading = ChartFont::new();
    heading.set_size(13).set_bold();
    if drawing.title.is_empty() {
        bars.title().set_hidden();
    } else {
        bars.title().set_name(&drawing.title).set_font(&heading);
    }
    // Each told from the next on a copy in grey, too.
    let colours: &[&str] = if drawing.series.len() > 1 { &["BFBFBF", "4472C4"] } else { &["4472C4"] };
    for ((name, values), colour) in drawing.series.iter().zip(colours.iter().cycle()) {
        let series = bars.add_series();
        series.set_name(name.as_str());
        series.set_categories(&range(&drawing.labels));
        series.set_values(&range(values));
        series.set_format(
            ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::from(*colour))),
        );
        series.set_gap(60);
    }
    // Bars are compared by their length.
    let axis = bars.x_axis();
    axis.set_font(&font).set_min(0).set_minor_tick_type(ChartAxisTickType::None);
    match drawing.axis {
        Axis::Numbers => axis,
        Axis::Counts(unit) => axis.set_num_format("0").set_major_unit(unit),
        // Amounts in full would not stand beside each other: 3000000 is shown as 300.0 (万元).
        Axis::Money => axis.set_num_format(r"0\.0,"),
        Axis::Shares => axis.set_num_format("0%").set_max(1).set_major_unit(0.2),
        Axis::SharesBeyond => axis.set_num_format("0%"),
    };
    // The first level at the top, as in the table.
    bars.y_axis().set_reverse().set_font(&font);
    // With the first at the top the values would stand there, too.
    bars.y_axis().set_crossing(ChartAxisCrossing::Max);
    // Programs put the series of a legend in different orders: what each bar is stands above the chart, from the top.
    bars.legend().set_hidden();
    bars.set_width(pixels_from(sheet, chart.at.col())).set_height(drawing.height);
    let (row, col) = position(chart.at);
    page.insert_chart(row, col, &bars).map_err(failed).map(|_| ())
}

/// One format a look.
struct Looks {
    formats: BTreeMap<Look, Format>,
    plain: Format,
}

impl Looks {
    fn new() -> Self {
        let base =
            || Format::new().set_font_name("宋体").set_font_size(10.5).set_align(FormatAlign::VerticalCenter);
        let boxed = || base().set_border(FormatBorder::Thin).set_text_wrap();
        let number = |look: Look| {
            let format = boxed().set_align(FormatAlign::Center).set_num_format(look.number_format());
            (look, format)
        };
        let formats = BTreeMap::from([
            (Look::Title, base().set_font_size(16).set_bold().set_align(FormatAlign::Center).set_text_wrap()),
            (Look::Subtitle, base().set_text_wrap()),
            (
                Look::Header,
                boxed().set_bold().set_align(FormatAlign::Center).set_background_color(Color::from("DDEBF7")),
            ),
            (Look::Section, base().set_bold().set_font_size(12)),
            (Look::Text, boxed().set_align(FormatAlign::Left)),
            (Look::Centre, boxed().set_align(FormatAlign::Center)),
            number(Look::Plain),
            number(Look::Points),
            (Look::Total, number(Look::Total).1.set_bold()),
            (Look::TotalLabel, boxed().set_bold().set_align(FormatAlign::Center)),
            number(Look::Deduction),
            number(Look::Rate),
            number(Look::Money),
            number(Look::Day),
            (Look::Again, boxed().set_align(FormatAlign::Left).set_font_color(Color::from("A6A6A6"))),
            (Look::Link, boxed().set_font_color(Color::from("0563C1")).set_align(FormatAlign::Center)),
            (
                Look::Tick,
                boxed()
                    .set_align(FormatAlign::Center)
                    .set_background_color(Color::from("FFF2CC"))
                    .set_unlocked(),
            ),
            (Look::Input, boxed().set_background_color(Color::from("FFF2CC")).set_unlocked()),
            (Look::Bad, boxed().set_align(FormatAlign::Center).set_background_color(Color::from("F8CBAD"))),
            (
                Look::Caution,
                boxed().set_align(FormatAlign::Center).set_background_color(Color::from("FFE699")),
            ),
            (Look::Remark, base().set_font_color(Color::from("262626")).set_text_wrap()),
        ]);
        Self { formats, plain: Format::new() }
    }

    fn of(&self, look: Look) -> &Format {
        self.formats.get(&look).unwrap_or(&self.plain)
    }
}
