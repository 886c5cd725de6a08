//! Which section of a number format is for a number, and whether a cell then shows the number that it holds: its sign, or
//! anything at all.

use super::format::Section;
use super::value::NumberFormat;
use crate::base::Number;

/// A number below nothing that looks like one above it.
const NO_SIGN: &str = "数为负，数字格式却不显示负号，以哪个为准不能确定";
/// A minus of the format's own, where it cannot be told whether it replaces that of the number.
const SIGN_ADDED: &str = "数字格式自带负号，数是正是负不能确定";
/// A number that nobody sees.
const HIDDEN: &str = "有数而被数字格式隐藏，是否有效不能确定";
/// Words in the place of a number.
const WORDS: &str = "有数而被数字格式显示成文字，以哪个为准不能确定";

/// Why a cell may not be taken for the number that it holds, as it is said of the cell.
pub(super) const REASONS: [&str; 4] = [NO_SIGN, SIGN_ADDED, HIDDEN, WORDS];

/// What a format without any code is: some programs give their default style one.
const NO_CODE: &str = "General";

/// The sections of a format, which semicolons part.
pub fn sections(code: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in code.chars() {
        if c == ';' && !quoted && !escaped {
            sections.push(String::new());
            continue;
        }
        quoted ^= c == '"' && !escaped;
        escaped = !escaped && !quoted && is_escape(c);
        if let Some(last) = sections.last_mut() {
            last.push(c);
        }
    }
    sections
}

/// Whether the character behind this one is shown as it is, or is a width.
fn is_escape(c: char) -> bool {
    matches!(c, '\\' | '!' | '_' | '*')
}

/// The section that is for a number: by its condition, else by its sign.
pub fn section_of(code: &str, number: Number) -> String {
    let code = if code.is_empty() { NO_CODE } else { code };
    let sections = sections(code);
    let limits: Vec<Option<Limit>> = sections.iter().map(|section| Limit::of(section)).collect();
    let chosen = chosen(&limits, number);
    chosen.and_then(|chosen| sections.get(chosen).cloned()).unwrap_or_default()
}

/// Which of sections with these conditions is for a number.
fn chosen(limits: &[Option<Limit>], number: Number) -> Option<usize> {
    if limits.iter().any(Option::is_some) {
        let holds = limits.iter().position(|limit| limit.as_ref().is_some_and(|limit| limit.holds(number)));
        return holds.or_else(|| limits.iter().rposition(Option::is_none));
    }
    match limits.len() {
        2.. if number < Number::ZERO => Some(1),
        3.. if number.is_zero() => Some(2),
        _ => Some(0),
    }
}

/// The condition of a section (`[>=10000]`).
#[derive(Debug, Clone)]
struct Limit {
    sign: String,
    bound: Number,
}

impl Limit {
    fn of(section: &str) -> Option<Self> {
        section.split('[').skip(1).find_map(|inner| {
            let inner = inner.split(']').next()?;
            let bound = inner.trim_start_matches(['<', '>', '=']);
            let sign = inner.strip_suffix(bound).filter(|sign| !sign.is_empty())?;
            Some(Self { sign: sign.to_owned(), bound: bound.trim().parse().ok()? })
        })
    }

    fn holds(&self, number: Number) -> bool {
        match self.sign.as_str() {
            "=" => number == self.bound,
            "<>" => number != self.bound,
            "<" => number < self.bound,
            "<=" => number <= self.bound,
            ">" => number > self.bound,
            ">=" => number >= self.bound,
            _ => false,
        }
    }

    /// Whether no number above zero fulfils it.
    fn is_below_zero(&self) -> bool {
        matches!(self.sign.as_str(), "<" | "<=") && self.bound <= Number::ZERO
    }

    /// Whether it leaves only numbers below zero, or zero too, to the sections behind.
    fn is_above_zero(&self) -> bool {
        matches!(self.sign.as_str(), ">" | ">=") && self.bound.is_zero()
    }
}

/// The sections of a format that does not show every number alike.
#[derive(Debug)]
pub(super) struct Sections {
    limits: Vec<Option<Limit>>,
    shown: Vec<Section>,
}

impl Sections {
    /// Of a format; `None` where one meaning holds for all numbers and each shows its own sign, as with most formats.
    pub(super) fn of(code: &str) -> Option<Self> {
        let mut all = sections(if code.is_empty() { NO_CODE } else { code });
        // The last section may be for texts.
        if all.len() > 1 && all.last().is_some_and(|last| last.contains('@')) {
            all.pop();
        }
        all.truncate(3);
        let own = Self {
            limits: all.iter().map(|section| Limit::of(section)).collect(),
            shown: all.iter().map(|section| Section::of(section)).collect(),
        };
        let first = own.shown.first()?.meaning();
        let alike = |number: Number| own.meaning(number) == Ok(first);
        let below = Number::ZERO.minus(Number::ONE)?;
        let plain = own.limits.iter().all(Option::is_none);
        let zero = own.meaning(Number::ZERO).is_ok();
        (!(plain && alike(Number::ONE) && alike(below) && zero)).then_some(own)
    }

    /// What the format makes of a number, or why the cell does not show it.
    pub(super) fn meaning(&self, number: Number) -> Result<NumberFormat, &'static str> {
        let at = chosen(&self.limits, number).ok_or(HIDDEN)?;
        let section = self.shown.get(at).ok_or(HIDDEN)?;
        if !section.shows_numbers() {
            return match section.letters() {
                letters if number.is_zero() && !letters.contains(char::is_alphanumeric) => {
                    Ok(NumberFormat::General)
                }
                letters if letters.trim().is_empty() => Err(HIDDEN),
                _ => Err(WORDS),
            };
        }
        let format = section.meaning();
        match (number < Number::ZERO, self.replaces_the_sign(at)) {
            (true, true) if self.tells_apart(at) => Ok(format.without_sign()),
            (true, true) => Err(NO_SIGN),
            (true, false) if section.is_negative() => Err(SIGN_ADDED),
            // What a percentage with such a sign means nobody can say for certain.
            (false, _) if !number.is_zero() && section.is_negative() && format.is_percent() => {
                Err(SIGN_ADDED)
            }
            _ => Ok(format),
        }
    }

    /// Whether a number is shown in red.
    pub(super) fn is_red(&self, number: Number) -> bool {
        chosen(&self.limits, number).and_then(|at| self.shown.get(at)).is_some_and(Section::is_red)
    }

    /// Whether a section that is for numbers below zero shows them as if they were above it, but for what it writes itself.
    fn replaces_the_sign(&self, at: usize) -> bool {
        if self.limits.iter().all(Option::is_none) {
            return at == 1;
        }
        let limit = |at: usize| self.limits.get(at).and_then(Option::as_ref);
        limit(at).map_or_else(|| at > 0 && limit(0).is_some_and(Limit::is_above_zero), Limit::is_below_zero)
    }

    /// Whether a section writes a minus, brackets, red ink or other letters than the sections beside it.
    fn tells_apart(&self, at: usize) -> bool {
        let Some(own) = self.shown.get(at) else { return false };
        let mut others = self.shown.iter().enumerate().filter(|(other, _)| *other != at);
        own.is_negative()
            || own.letters().contains(['-', '−', '–', '－'])
            || others.all(|(_, other)| {
                own.is_red() && !other.is_red() || own.letters().trim() != other.letters().trim()
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: &str, number: &str) -> Result<NumberFormat, &'static str> {
        let number: Number = number.parse().unwrap();
        Sections::of(code).map_or_else(|| Ok(Section::of(code).meaning()), |all| all.meaning(number))
    }

    #[test]
    fn formats_that_programs_offer_show_every_number_as_it_is() {
        for code in [
            "",
            "General",
            "0.00",
            "0.00_);(0.00)",
            "0.00_ ;[Red]-0.00\\ ",
            "0.00;[Red]0.00",
            "0.00_);[Red]\\(0.00\\)",
            "#,##0.00_);[Red](#,##0.00)",
            "_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ",
            "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)",
            "0.00%",
            "0.0%;-0.0%;0.0%",
            "yyyy\"年\"m\"月\";@",
            "@",
            "G/通用格式",
            "\"借\"#,##0.00;\"贷\"#,##0.00",
        ] {
            assert!(Sections::of(code).is_none(), "{code}");
        }
    }

    #[test]
    fn the_section_of_a_number_says_what_it_means() {
        let scaled = |places, power, unit| NumberFormat::Scaled { places, power, unit, negative: false };
        for (code, number, expected) in [
            ("[>=10000]0!.0,\"万\";0\"人\"", "13000", Ok(scaled(1, 4, "万"))),
            ("[>=10000]0!.0,\"万\";0\"人\"", "500", Ok(NumberFormat::Fixed(0))),
            ("[>=10000]0.00;0.00", "-5000", Ok(NumberFormat::Fixed(2))),
            ("[=0]\"\";General", "-5000", Ok(NumberFormat::General)),
            ("[=0]\"\";General", "0", Ok(NumberFormat::General)),
            ("[<0]0.00;0.00", "-5000", Err(NO_SIGN)),
            ("[<0]-0.00;0.00", "-5000", Ok(NumberFormat::Fixed(2))),
            ("[Red][<0]0.00;0.00", "-5000", Ok(NumberFormat::Fixed(2))),
            ("#,##0.00;#,##0.00", "-5000", Err(NO_SIGN)),
            ("#,##0.00;#,##0.00", "5000", Ok(NumberFormat::Fixed(2))),
            ("¥0.00;¥0.00", "-1", Err(NO_SIGN)),
            ("0%;0%", "-0.93", Err(NO_SIGN)),
            ("-0%", "0.93", Err(SIGN_ADDED)),
            ("-0.00", "-5", Err(SIGN_ADDED)),
            (";;;", "5000", Err(HIDDEN)),
            ("0.00;-0.00;", "0", Ok(NumberFormat::Fixed(2))),
            ("0.00;;", "-1", Err(HIDDEN)),
            ("\"已付\"", "1", Err(WORDS)),
            ("[>100]0;[<50]0", "70", Err(HIDDEN)),
        ] {
            assert_eq!(of(code, number), expected, "{code} {number}");
        }
    }
}
