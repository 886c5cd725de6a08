//! The formats of a rebuilt workbook: what the other one says of a cell's look, or a plain one.

use std::collections::BTreeMap;
use std::rc::Rc;

use rust_xlsxwriter::{
    Color, Format, FormatAlign, FormatBorder, FormatDiagonalBorder, FormatPattern, FormatScript,
    FormatUnderline,
};

use super::double;
use crate::sheet::foreign::dress::{Edge, Font, Look, Rgb};

/// One format for each look and number format.
#[derive(Default)]
pub(super) struct Looks(BTreeMap<Key, Format>);

/// A look, if the file says one, and a number format.
type Key = (Option<Rc<Look>>, Option<Rc<str>>);

impl Looks {
    pub(super) fn of(&mut self, look: Option<&Rc<Look>>, code: Option<&Rc<str>>) -> &Format {
        self.0.entry((look.cloned(), code.cloned())).or_insert_with(|| {
            let base = look.map_or_else(plain, |look| format(look));
            match code {
                Some(code) => base.set_num_format(code.as_ref()),
                None => base,
            }
        })
    }
}

/// Legible, framed, whole: for formats whose looks are not read.
fn plain() -> Format {
    Format::new()
        .set_font_name("宋体")
        .set_font_size(10.5)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
}

/// A font, as a format that says nothing else.
pub(super) fn of_font(font: &Font) -> Format {
    let mut format = Format::new();
    if !font.name.is_empty() {
        format = format.set_font_name(&font.name);
    }
    if font.twips > 0 {
        format = format.set_font_size(double(font.twips, 20));
    }
    if font.bold {
        format = format.set_bold();
    }
    if font.italic {
        format = format.set_italic();
    }
    if font.strike {
        format = format.set_font_strikethrough();
    }
    format = match font.underline {
        1 => format.set_underline(FormatUnderline::Single),
        2 => format.set_underline(FormatUnderline::Double),
        33 => format.set_underline(FormatUnderline::SingleAccounting),
        34 => format.set_underline(FormatUnderline::DoubleAccounting),
        _ => format,
    };
    format = match font.script {
        1 => format.set_font_script(FormatScript::Superscript),
        2 => format.set_font_script(FormatScript::Subscript),
        _ => format,
    };
    match font.colour {
        Some(colour) => format.set_font_color(of_colour(colour)),
        None => format,
    }
}

pub(super) fn of_colour(Rgb(colour): Rgb) -> Color {
    Color::RGB(colour)
}

fn format(look: &Look) -> Format {
    let mut format = filled(bordered(of_font(&look.font), look), look);
    if let Some(across) = across(look.across) {
        format = format.set_align(across);
    }
    if let Some(down) = down(look.down) {
        format = format.set_align(down);
    }
    if look.indent > 0 {
        format = format.set_indent(look.indent);
    }
    // The library's word for letters below one another is 270.
    match look.rotation {
        255 => format = format.set_rotation(270),
        0 => {}
        degrees => format = format.set_rotation(degrees),
    }
    if look.wrap {
        format = format.set_text_wrap();
    }
    if look.shrink {
        format = format.set_shrink();
    }
    if look.unlocked {
        format = format.set_unlocked();
    }
    if look.hidden {
        format = format.set_hidden();
    }
    format
}

fn bordered(format: Format, look: &Look) -> Format {
    let [left, right, top, bottom, diagonal] = look.edges;
    let mut format = format
        .set_border_left(line(left))
        .set_border_right(line(right))
        .set_border_top(line(top))
        .set_border_bottom(line(bottom));
    for (edge, colour) in [
        (left, Format::set_border_left_color as fn(Format, Color) -> Format),
        (right, Format::set_border_right_color),
        (top, Format::set_border_top_color),
        (bottom, Format::set_border_bottom_color),
    ] {
        if let Some(of_edge) = edge.colour.filter(|_| edge.line > 0) {
            format = colour(format, of_colour(of_edge));
        }
    }
    let across = match look.diagonals {
        1 => FormatDiagonalBorder::BorderDown,
        2 => FormatDiagonalBorder::BorderUp,
        3 => FormatDiagonalBorder::BorderUpDown,
        _ => return format,
    };
    if diagonal.line == 0 {
        return format;
    }
    format = format.set_border_diagonal(line(diagonal)).set_border_diagonal_type(across);
    match diagonal.colour {
        Some(colour) => format.set_border_diagonal_color(of_colour(colour)),
        None => format,
    }
}

fn filled(mut format: Format, look: &Look) -> Format {
    let Some(pattern) = pattern(look.pattern) else { return format };
    if pattern == FormatPattern::Solid {
        return match look.fore {
            Some(colour) => format.set_background_color(of_colour(colour)),
            None => format,
        };
    }
    format = format.set_pattern(pattern);
    if let Some(colour) = look.fore {
        format = format.set_foreground_color(of_colour(colour));
    }
    match look.back {
        Some(colour) => format.set_background_color(of_colour(colour)),
        None => format,
    }
}

fn line(edge: Edge) -> FormatBorder {
    match edge.line {
        1 => FormatBorder::Thin,
        2 => FormatBorder::Medium,
        3 => FormatBorder::Dashed,
        4 => FormatBorder::Dotted,
        5 => FormatBorder::Thick,
        6 => FormatBorder::Double,
        7 => FormatBorder::Hair,
        8 => FormatBorder::MediumDashed,
        9 => FormatBorder::DashDot,
        10 => FormatBorder::MediumDashDot,
        11 => FormatBorder::DashDotDot,
        12 => FormatBorder::MediumDashDotDot,
        13 => FormatBorder::SlantDashDot,
        _ => FormatBorder::None,
    }
}

fn across(number: u8) -> Option<FormatAlign> {
    Some(match number {
        1 => FormatAlign::Left,
        2 => FormatAlign::Center,
        3 => FormatAlign::Right,
        4 => FormatAlign::Fill,
        5 => FormatAlign::Justify,
        6 => FormatAlign::CenterAcross,
        7 => FormatAlign::Distributed,
        _ => return None,
    })
}

/// A text at the bottom of its cell is what every cell has.
fn down(number: u8) -> Option<FormatAlign> {
    Some(match number {
        0 => FormatAlign::Top,
        1 => FormatAlign::VerticalCenter,
        3 => FormatAlign::VerticalJustify,
        4 => FormatAlign::VerticalDistributed,
        _ => return None,
    })
}

fn pattern(number: u8) -> Option<FormatPattern> {
    Some(match number {
        1 => FormatPattern::Solid,
        2 => FormatPattern::MediumGray,
        3 => FormatPattern::DarkGray,
        4 => FormatPattern::LightGray,
        5 => FormatPattern::DarkHorizontal,
        6 => FormatPattern::DarkVertical,
        7 => FormatPattern::DarkDown,
        8 => FormatPattern::DarkUp,
        9 => FormatPattern::DarkGrid,
        10 => FormatPattern::DarkTrellis,
        11 => FormatPattern::LightHorizontal,
        12 => FormatPattern::LightVertical,
        13 => FormatPattern::LightDown,
        14 => FormatPattern::LightUp,
        15 => FormatPattern::LightGrid,
        16 => FormatPattern::LightTrellis,
        17 => FormatPattern::Gray125,
        18 => FormatPattern::Gray0625,
        _ => return None,
    })
}
