//! What a number format says about the meaning of a number: a percentage, a day, a unit of money behind the digits
//! (`0"万元"`), a power of ten that the digits are divided by (`0!.0,`), a sign of its own (`-0.00`).

use super::value::NumberFormat;
use crate::base::half_width;
use crate::words::{self, Class};

/// The point that the digits stand behind.
#[derive(Debug, Default, Clone, Copy)]
enum Point {
    #[default]
    None,
    Real,
    /// A letter that looks like one.
    Letter,
}

/// What is gathered of a section of a format.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Section {
    digits: bool,
    percent: bool,
    point: Point,
    /// Digits behind the point.
    places: u8,
    /// Digits behind a point that is only a letter (`0!.0,`): it moves none.
    pointed: u8,
    /// Commas behind the last digit: each divides by a thousand.
    commas: u8,
    /// The letters and signs before the digits.
    before: String,
    /// The letters behind the digits.
    behind: String,
    /// The bracket that closes behind the last digit, if one does.
    last: Option<char>,
    /// Whether it shows what is typed, a day or a time, or a number without any format.
    text: bool,
    date: bool,
    general: bool,
    red: bool,
}

impl Section {
    /// Reads a section, or the first one of a whole format.
    pub(super) fn of(code: &str) -> Self {
        let first = code.split(';').next().unwrap_or(code).to_lowercase();
        let mut section = Self {
            general: ["general", "通用格式"].iter().any(|word| first.contains(word)),
            ..Self::default()
        };
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                // What is quoted, escaped or bracketed is no sign of a format: 0.00"%" is no percentage.
                '"' => chars.by_ref().take_while(|&c| c != '"').for_each(|c| section.letter(c)),
                '\\' | '!' => {
                    if let Some(letter) = chars.next() {
                        section.letter(letter);
                    }
                }
                '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inner: String = chars.by_ref().take_while(|&c| c != ']').collect();
                    section.red |= ["red", "红色", "color3"].contains(&inner.to_lowercase().as_str());
                }
                ';' => break,
                '%' => section.percent = true,
                '@' => section.text = true,
                'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' if !section.general => {
                    section.date = true;
                }
                '.' => section.point = Point::Real,
                '0' | '#' | '?' => section.digit(),
                ',' if section.digits => section.commas = section.commas.saturating_add(1),
                '-' | '(' | ')' | '$' => section.letter(c),
                _ if !c.is_ascii() && !section.general => section.letter(c),
                _ => {}
            }
        }
        section
    }

    fn digit(&mut self) {
        self.digits = true;
        self.last = None;
        self.commas = 0;
        match self.point {
            Point::Real => self.places = self.places.saturating_add(1),
            Point::Letter => self.pointed = self.pointed.saturating_add(1),
            Point::None => {}
        }
    }

    /// A letter that is shown as it is. Of those before the digits only signs say something, not ¥.
    fn letter(&mut self, letter: char) {
        match letter {
            _ if !self.digits => self.before.push(half_width(letter)),
            ')' | '）' => self.last = Some(')'),
            '.' => self.point = Point::Letter,
            _ if !letter.is_whitespace() => self.behind.push(letter),
            _ => {}
        }
    }

    /// Whether a number above zero is shown with a sign of less: a stroke before it, or brackets around it. Digits behind
    /// other letters (`A-000`) are a code.
    pub(super) fn is_negative(&self) -> bool {
        let signs: String = self.before.chars().filter(|c| !matches!(c, '¥' | '$' | ' ')).collect();
        match signs.as_str() {
            "-" | "−" | "–" => true,
            "(" => self.last == Some(')'),
            _ => false,
        }
    }

    /// Whether it names red ink.
    pub(super) fn is_red(&self) -> bool {
        self.red
    }

    /// Whether a number can be seen in what it shows.
    pub(super) fn shows_numbers(&self) -> bool {
        self.digits || self.text || self.date || self.general
    }

    /// All letters that it shows as they are.
    pub(super) fn letters(&self) -> String {
        format!("{}{}", self.before, self.behind)
    }

    /// What it says of the numbers that it shows.
    pub(super) fn meaning(&self) -> NumberFormat {
        let exact = words::MONEY.into_iter().find_map(|class| {
            words::of(class).longest(&self.behind).filter(|unit| unit.len() == self.behind.len())
        });
        // Of 千户 the scale counts; the unit itself is that of the target.
        let unit = exact
            .or_else(|| words::of(Class::MoneyPer).longest(&self.behind))
            .or_else(|| words::of(Class::Scales).longest(&self.behind))
            .unwrap_or_default();
        let power = self.commas.saturating_mul(3).saturating_add(self.pointed);
        let places = self.places.saturating_add(self.pointed);
        let negative = self.is_negative();
        match (self.digits, self.percent) {
            _ if self.text => NumberFormat::Text,
            _ if self.date => NumberFormat::Date,
            (true, true) => NumberFormat::Percent(self.places),
            (true, false) if power > 0 || !unit.is_empty() || negative => {
                NumberFormat::Scaled { places, power, unit, negative }
            }
            (true, false) => NumberFormat::Fixed(self.places),
            (false, _) => NumberFormat::General,
        }
    }
}

/// What the first section of a number format says about the meaning of a number; [`super::sections`] tells which section is
/// for which number.
pub fn number_format(code: &str) -> NumberFormat {
    Section::of(code).meaning()
}

#[cfg(test)]
mod tests {
    use super::*;
    use NumberFormat::{Fixed, General, Percent, Scaled};

    #[test]
    fn what_is_shown_behind_and_divided_is_part_of_the_value() {
        let scaled = |places, power, unit| Scaled { places, power, unit, negative: false };
        let less = |places, unit| Scaled { places, power: 0, unit, negative: true };
        for (code, expected) in [
            ("General", General),
            ("#,##0.00", Fixed(2)),
            ("_(* #,##0.00_);_(* (#,##0.00)", Fixed(2)),
            ("¥#,##0.00", Fixed(2)),
            ("0.00\"%\"", Fixed(2)),
            ("0.0%", Percent(1)),
            ("0\"人\"", Fixed(0)),
            ("0.0\"千户\"", scaled(1, 0, "千")),
            ("0\"万元\"", scaled(0, 0, "万元")),
            ("0!.0,\"万元/公里\"", scaled(1, 4, "万元/")),
            ("#,##0.00\"元\"", scaled(2, 0, "元")),
            ("#,##0.00元", scaled(2, 0, "元")),
            ("0\\.0,", scaled(1, 4, "")),
            ("0!.0,", scaled(1, 4, "")),
            ("0\".\"00,\"万\"", scaled(2, 5, "万")),
            ("0.00,,", scaled(2, 6, "")),
            ("[>=10000]0!.0,\"万\";0", scaled(1, 4, "万")),
            ("[Red]0\"万元\"", scaled(0, 0, "万元")),
            ("-0.00", less(2, "")),
            ("\"-\"#,##0.00", less(2, "")),
            ("¥\\-#,##0.00", less(2, "")),
            ("(#,##0.00)", less(2, "")),
            ("（#,##0.00）", less(2, "")),
            ("-0\"万元\"", less(0, "万元")),
            ("#,##0.00_);(#,##0.00)", Fixed(2)),
            ("#,##0.00;[Red]-#,##0.00", Fixed(2)),
            ("\"A-\"000", Fixed(0)),
            ("(000)0000-0000", Fixed(0)),
        ] {
            assert_eq!(number_format(code), expected, "{code}");
        }
    }
}
