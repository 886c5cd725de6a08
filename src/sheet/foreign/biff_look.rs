//! Looks in an `.xls`: fonts, the palette, and the extended formats that cells, rows and columns name by number.

use std::collections::HashMap;
use std::rc::Rc;

use super::biff::{code_text, counted_text, short_text, u16_at, u32_at};
use super::dress::{Edge, Font, Look, Rgb, Style};

pub(super) const PALETTE: u16 = 0x0092;
pub(super) const XF: u16 = 0x00E0;
pub(super) const FONT: u16 = 0x0031;
pub(super) const FORMAT: u16 = 0x041E;

/// Fonts, formats and extended formats that a workbook may have.
const MAX_FORMATS: usize = 65_536;
/// The extended format that every cell has where nothing says another.
pub(super) const DEFAULT_XF: u16 = 15;

/// The colours 8 to 63 where a workbook brings no palette of its own; those before 8 are the first eight of it.
const COLOURS: [u32; 56] = [
    0x00_0000, 0xFF_FFFF, 0xFF_0000, 0x00_FF00, 0x00_00FF, 0xFF_FF00, 0xFF_00FF, 0x00_FFFF, 0x80_0000,
    0x00_8000, 0x00_0080, 0x80_8000, 0x80_0080, 0x00_8080, 0xC0_C0C0, 0x80_8080, 0x99_99FF, 0x99_3366,
    0xFF_FFCC, 0xCC_FFFF, 0x66_0066, 0xFF_8080, 0x00_66CC, 0xCC_CCFF, 0x00_0080, 0xFF_00FF, 0xFF_FF00,
    0x00_FFFF, 0x80_0080, 0x80_0000, 0x00_8080, 0x00_00FF, 0x00_CCFF, 0xCC_FFFF, 0xCC_FFCC, 0xFF_FF99,
    0x99_CCFF, 0xFF_99CC, 0xCC_99FF, 0xFF_CC99, 0x33_66FF, 0x33_CCCC, 0x99_CC00, 0xFF_CC00, 0xFF_9900,
    0xFF_6600, 0x66_6699, 0x96_9696, 0x00_3366, 0x33_9966, 0x00_3300, 0x33_3300, 0x99_3300, 0x99_3366,
    0x33_3399, 0x33_3333,
];

/// What the globals of a workbook say of looks, record by record.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    fonts: Vec<RawFont>,
    formats: HashMap<u16, String>,
    xfs: Vec<Vec<u8>>,
    palette: Vec<Rgb>,
}

#[derive(Debug, Clone, Default)]
struct RawFont {
    font: Font,
    colour: u16,
}

/// The styles of a workbook by the number of their extended format.
#[derive(Debug, Default)]
pub(super) struct Styles {
    of_xf: Vec<Option<Style>>,
    codes: Vec<Option<Rc<str>>>,
    /// The font of the workbook's normal style.
    pub(super) base: Option<Font>,
    palette: Vec<Rgb>,
}

impl Gathered {
    /// Takes a record of the globals, if it is about looks.
    pub(super) fn take(&mut self, kind: u16, data: &[u8], is_biff8: bool) {
        match kind {
            FORMAT if self.formats.len() < MAX_FORMATS => {
                self.formats.extend(u16_at(data, 0).zip(code_text(data, is_biff8)));
            }
            // Before BIFF8 the rest of the record is laid out otherwise: only its number format is read.
            XF if self.xfs.len() < MAX_FORMATS => {
                self.xfs.push(data.get(..if is_biff8 { 20 } else { 4 }).unwrap_or(data).to_vec());
            }
            FONT if self.fonts.len() < MAX_FORMATS => self.fonts.push(font(data, is_biff8)),
            PALETTE => {
                let colours = data.get(2..).unwrap_or_default().chunks_exact(4).take(COLOURS.len());
                self.palette = colours.filter_map(|rgb| u32_at(rgb, 0)).map(little_endian).collect();
            }
            _ => {}
        }
    }

    /// The styles, once all records were taken.
    pub(super) fn styles(self) -> Styles {
        let palette = if self.palette.is_empty() { COLOURS.map(Rgb).to_vec() } else { self.palette };
        let fonts: Vec<Font> = self
            .fonts
            .into_iter()
            .map(|raw| Font { colour: colour(&palette, raw.colour), ..raw.font })
            .collect();
        // Cells of one look share it.
        let mut looks: std::collections::BTreeSet<Rc<Look>> = std::collections::BTreeSet::new();
        let mut styles = Vec::new();
        let mut codes = Vec::new();
        let mut texts: HashMap<String, Rc<str>> = HashMap::new();
        for xf in &self.xfs {
            let id = u16_at(xf, 2).unwrap_or_default();
            let code = self.formats.get(&id).map(String::as_str).or_else(|| built_in(id));
            let code = code.filter(|code| !code.is_empty() && !code.eq_ignore_ascii_case("general"));
            let code =
                code.map(|code| texts.entry(code.to_owned()).or_insert_with(|| Rc::from(code)).clone());
            let look = look(xf, &fonts, &palette).map(|look| {
                let look = Rc::new(look);
                if !looks.contains(&look) {
                    looks.insert(look.clone());
                }
                looks.get(&look).cloned().unwrap_or(look)
            });
            styles.push(look.map(|look| Style { look, format: code.clone() }));
            codes.push(code);
        }
        let base = styles.first().and_then(|style| Some(style.as_ref()?.look.font.clone()));
        Styles { of_xf: styles, codes, base, palette }
    }
}

impl Styles {
    /// The number format of an extended format.
    pub(super) fn code(&self, xf: u16) -> Option<Rc<str>> {
        self.codes.get(usize::from(xf))?.clone()
    }

    /// What an extended format looks like; `None` where the file is too old for that to be read.
    pub(super) fn style(&self, xf: u16) -> Option<Style> {
        self.of_xf.get(usize::from(xf))?.clone()
    }

    /// A colour by its number.
    pub(super) fn colour(&self, number: u16) -> Option<Rgb> {
        colour(&self.palette, number)
    }
}

/// The bytes of a palette stand red first.
fn little_endian(bytes: u32) -> Rgb {
    Rgb(bytes.swap_bytes().wrapping_shr(8))
}

/// The colour of a number; `None` where it is the program's own.
fn colour(palette: &[Rgb], number: u16) -> Option<Rgb> {
    let at = match number {
        0..=7 => return COLOURS.get(usize::from(number)).copied().map(Rgb),
        8..=63 => number.saturating_sub(8),
        _ => return None,
    };
    palette.get(usize::from(at)).copied()
}

fn font(data: &[u8], is_biff8: bool) -> RawFont {
    let flags = u16_at(data, 2).unwrap_or_default();
    let name = if is_biff8 { short_text(data, 14) } else { counted_text(data, 14, false) };
    let font = Font {
        // A font has a size between 1 and 409 points.
        twips: u32::from(u16_at(data, 0).unwrap_or_default()).min(8_180),
        name: name.unwrap_or_default().chars().filter(|c| !c.is_control()).take(31).collect(),
        bold: u16_at(data, 6).is_some_and(|weight| weight >= 600),
        italic: flags & 2 != 0,
        strike: flags & 8 != 0,
        underline: data.get(10).copied().filter(|line| matches!(line, 1 | 2 | 33 | 34)).unwrap_or(0),
        script: u16_at(data, 8).and_then(|script| u8::try_from(script).ok()).filter(|s| *s <= 2).unwrap_or(0),
        colour: None,
    };
    RawFont { font, colour: u16_at(data, 4).unwrap_or(0x7FFF) }
}

/// An extended format of BIFF8.
fn look(xf: &[u8], fonts: &[Font], palette: &[Rgb]) -> Option<Look> {
    if xf.len() < 20 {
        return None;
    }
    let byte = |at: usize| xf.get(at).copied().unwrap_or_default();
    let bits = |word: u32, from: u32, mask: u32| word.wrapping_shr(from) & mask;
    let small = |word: u32, from: u32, mask: u32| u8::try_from(bits(word, from, mask)).unwrap_or_default();
    let colour = |word: u32, from: u32| {
        u16::try_from(bits(word, from, 0x7F)).ok().and_then(|number| colour(palette, number))
    };
    // There is no font of the number 4.
    let font = match u16_at(xf, 0)? {
        number @ 0..=3 => number,
        number => number.saturating_sub(1),
    };
    let protection = u16_at(xf, 4)?;
    let (sides, more) = (u32_at(xf, 10)?, u32_at(xf, 14)?);
    let fill = u32::from(u16_at(xf, 18)?);
    let edge = |line: u8, colour: Option<Rgb>| {
        if matches!(line, 1..=13) { Edge { line, colour } } else { Edge::default() }
    };
    let pattern = small(more, 26, 0x3F).min(18);
    let turned = byte(7);
    Some(Look {
        font: fonts.get(usize::from(font)).cloned().unwrap_or_default(),
        pattern,
        fore: colour(fill, 0).filter(|_| pattern > 0),
        back: colour(fill, 7).filter(|_| pattern > 0),
        edges: [
            edge(small(sides, 0, 0xF), colour(sides, 16)),
            edge(small(sides, 4, 0xF), colour(sides, 23)),
            edge(small(sides, 8, 0xF), colour(more, 0)),
            edge(small(sides, 12, 0xF), colour(more, 7)),
            edge(small(more, 21, 0xF), colour(more, 14)),
        ],
        diagonals: small(sides, 30, 3),
        across: byte(6) & 7,
        down: byte(6).wrapping_shr(4) & 7,
        indent: byte(8) & 0xF,
        rotation: match turned {
            0..=90 => i16::from(turned),
            91..=180 => 90_i16.saturating_sub(i16::from(turned)),
            255 => 255,
            _ => 0,
        },
        wrap: byte(6) & 8 != 0,
        shrink: byte(8) & 0x10 != 0,
        unlocked: protection & 1 == 0,
        hidden: protection & 2 != 0,
    })
}

/// Excel's built-in formats, by number. Those that depend on the language of the program are dates in Chinese ones.
fn built_in(id: u16) -> Option<&'static str> {
    Some(match id {
        1 => "0",
        2 => "0.00",
        3 | 41 | 42 => "#,##0",
        4 | 43 | 44 => "#,##0.00",
        9 => "0%",
        10 => "0.00%",
        11 => "0.00E+00",
        12 => "# ?/?",
        13 => "# ??/??",
        5 | 6 | 37 | 38 => "#,##0;-#,##0",
        7 | 8 | 39 | 40 => "#,##0.00;-#,##0.00",
        14 | 27..=31 | 36 | 50..=54 | 57 | 58 => "yyyy-mm-dd",
        15 => "d-mmm-yy",
        16 => "d-mmm",
        17 => "mmm-yy",
        18 => "h:mm AM/PM",
        19 => "h:mm:ss AM/PM",
        20 | 32 | 34 | 55 => "h:mm",
        21 | 33 | 35 | 56 => "h:mm:ss",
        22 => "yyyy-mm-dd h:mm",
        45 => "mm:ss",
        46 => "[h]:mm:ss",
        47 => "mm:ss.0",
        48 => "##0.0E+0",
        49 => "@",
        _ => return None,
    })
}
