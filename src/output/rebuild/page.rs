//! A rebuilt sheet as the other format shows and prints it: columns, rows, blank cells, the page, the window.

use rust_xlsxwriter::Worksheet;

use super::looks::{Looks, of_colour};
use super::{Result, double, failed, position};
use crate::base::RangeRef;
use crate::sheet::foreign::dress::{Dress, Page, Style};

/// Characters that a header or a footer can have.
const MAX_PRINTED: usize = 255;

/// Dots at 96 an inch of so many twentieths of a point.
pub(super) fn dots(twips: u32) -> u32 {
    twips.saturating_add(7).checked_div(15).unwrap_or(0)
}

/// Gives the sheet its looks, but for those of cells with a value.
pub(super) fn dress(page: &mut Worksheet, dress: &Dress, looks: &mut Looks) -> Result<()> {
    if let Some(twips) = dress.row_twips {
        page.set_default_row_height_pixels(dots(twips));
    }
    for (at, style) in &dress.blanks {
        let (row, col) = position(*at);
        page.write_blank(row, col, of(looks, style)).map_err(failed)?;
    }
    for (col, column) in &dress.columns {
        let Ok(col) = u16::try_from(*col) else { continue };
        if let Some(pixels) = column.pixels {
            page.set_column_width_pixels(col, pixels).map_err(failed)?;
        }
        if let Some(style) = &column.style {
            page.set_column_format(col, of(looks, style)).map_err(failed)?;
        }
        if column.hidden {
            page.set_column_hidden(col).map_err(failed)?;
        }
    }
    for (row, said) in &dress.rows {
        if let Some(twips) = said.twips.filter(|twips| dress.row_twips != Some(*twips)) {
            page.set_row_height_pixels(*row, dots(twips).max(1)).map_err(failed)?;
        }
        if let Some(style) = &said.style {
            page.set_row_format(*row, of(looks, style)).map_err(failed)?;
        }
        if said.hidden {
            page.set_row_hidden(*row).map_err(failed)?;
        }
    }
    if let Some((row, col)) = dress.frozen {
        page.set_freeze_panes(row, u16::try_from(col).unwrap_or_default()).map_err(failed)?;
    }
    if let Some(zoom) = dress.zoom {
        page.set_zoom(zoom);
    }
    page.set_screen_gridlines(!dress.bare);
    if let Some(colour) = dress.tab {
        page.set_tab_color(of_colour(colour));
    }
    dress.page.as_ref().map_or(Ok(()), |said| print(page, said))
}

fn of<'a>(looks: &'a mut Looks, style: &Style) -> &'a rust_xlsxwriter::Format {
    looks.of(Some(&style.look), style.format.as_ref())
}

fn print(page: &mut Worksheet, said: &Page) -> Result<()> {
    if said.paper > 0 {
        page.set_paper_size(said.paper);
    }
    if said.landscape {
        page.set_landscape();
    }
    if let Some(scale) = said.scale {
        page.set_print_scale(scale);
    }
    if let Some((across, down)) = said.fit {
        page.set_print_fit_to_pages(across, down);
    }
    if let Some(number) = said.first_number {
        page.set_print_first_page_number(number);
    }
    let [left, right, top, bottom, header, footer] = said.margins.map(inches);
    page.set_margins(left, right, top, bottom, header, footer)
        .set_print_center_horizontally(said.centre_across)
        .set_print_center_vertically(said.centre_down)
        .set_print_gridlines(said.gridlines)
        .set_print_headings(said.headings)
        .set_page_order(!said.across_first)
        .set_header(shortened(&said.header))
        .set_footer(shortened(&said.footer));
    if let Some(RangeRef { first, last }) = said.area {
        let ((row, col), (last_row, last_col)) = (position(first), position(last));
        page.set_print_area(row, col, last_row, last_col).map_err(failed)?;
    }
    if let Some((first, last)) = said.repeat_rows {
        page.set_repeat_rows(first, last).map_err(failed)?;
    }
    if let Some((first, last)) = said.repeat_columns {
        let col = |col: u32| u16::try_from(col).unwrap_or(u16::MAX);
        page.set_repeat_columns(col(first), col(last)).map_err(failed)?;
    }
    page.set_page_breaks(&said.row_breaks).map_err(failed)?;
    page.set_vertical_page_breaks(&said.column_breaks).map_err(failed)?;
    Ok(())
}

/// The library leaves a margin as it is where it is told a negative one.
#[expect(clippy::disallowed_types, reason = "the library takes inches as doubles")]
fn inches(thousandths: Option<u32>) -> f64 {
    thousandths.map_or(-1.0, |thousandths| double(thousandths, 1_000))
}

fn shortened(text: &str) -> String {
    text.chars().take(MAX_PRINTED).collect()
}
