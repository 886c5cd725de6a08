//! Full-width, look-alike and invisible characters made plain, with the way back to the source kept.

use crate::base::half_width;

/// A text with half-width digits and signs, and for each of its bytes the place it came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Normalised {
    text: String,
    /// For each byte of `text`, the byte offset in the source; one more entry for the end.
    origins: Vec<u32>,
}

impl Normalised {
    /// The plain text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte offset in the source text of byte `at` of the plain text (the end for anything beyond it).
    pub fn origin(&self, at: usize) -> usize {
        let last = self.origins.last().copied().unwrap_or(0);
        usize::try_from(self.origins.get(at).copied().unwrap_or(last)).unwrap_or(usize::MAX)
    }

    /// The words of `source` (the text that was normalised) that bytes `from..to` of the plain text came from.
    pub fn source<'a>(&self, source: &'a str, from: usize, to: usize) -> &'a str {
        source.get(self.origin(from)..self.origin(to)).unwrap_or(source)
    }
}

/// Makes a text plain: half-width digits, letters and signs, one form each of `≥ ≤ = - ~ · /`, spaces for line
/// breaks, nothing invisible. Chinese punctuation (`，。、`) stays: a `，` never separates thousands, except between
/// full-width digits, where it is the full-width `,`.
pub fn normalise(source: &str) -> Normalised {
    let mut text = String::with_capacity(source.len());
    let mut origins = Vec::with_capacity(source.len().saturating_add(1));
    let mut before = '\0';
    let mut rest = source.char_indices();
    while let Some((at, c)) = rest.next() {
        let next = || rest.as_str().chars().next().unwrap_or('\0');
        let plain = match c {
            '，' if is_wide_digit(before) && is_wide_digit(next()) => Some(','),
            _ => plain(c),
        };
        before = c;
        if let Some(plain) = plain {
            text.push(plain);
            let origin = u32::try_from(at).unwrap_or(u32::MAX);
            origins.resize(text.len(), origin);
        }
    }
    origins.push(u32::try_from(source.len()).unwrap_or(u32::MAX));
    Normalised { text, origins }
}

fn is_wide_digit(c: char) -> bool {
    ('０'..='９').contains(&c)
}

/// A text in the signs of print: what was typed as `═100%`, `≧95%` or `>=80%` is `=100%`, `≥95%`, `≥80%` on paper.
pub fn in_print(text: &str) -> String {
    let sign = |typed: char| plain(typed).filter(|sign| matches!(sign, '≥' | '≤' | '=')).unwrap_or(typed);
    let signs: String = text.chars().map(sign).collect();
    signs.replace(">=", "≥").replace("<=", "≤")
}

/// The plain form of a character; `None` for one that shows nothing.
fn plain(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(if c.is_ascii_control() { ' ' } else { c });
    }
    Some(match c {
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'
        | '\u{FEFF}'
        | '\u{FE0E}'
        | '\u{FE0F}' => {
            return None;
        }
        '\u{3000}' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{85}' => {
            ' '
        }
        '≧' | '⩾' | '≽' => '≥',
        '≦' | '⩽' | '≼' => '≤',
        '＝' | '═' | '﹦' => '=',
        '＞' | '﹥' | '›' | '〉' => '>',
        '＜' | '﹤' | '‹' | '〈' => '<',
        '％' | '﹪' | '٪' => '%',
        '—' | '–' | '－' | '−' | '‐' | '‑' | '‒' | '―' | '─' | '━' | '﹣' => '-',
        '～' | '〜' | '∼' | '˜' => '~',
        '•' | '‧' | '・' | '∙' | '⋅' | '･' => '·',
        '∕' | '⁄' => '/',
        '∶' => ':',
        '﹐' => ',',
        '，' => '，',
        _ => half_width(c),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_alike_characters_become_plain() {
        assert_eq!(normalise("≧９５．５％").as_str(), "≥95.5%");
        assert_eq!(normalise("═1").as_str(), "=1");
        assert_eq!(normalise("‹=8次").as_str(), "<=8次");
        assert_eq!(normalise("2020年1月—－11月").as_str(), "2020年1月--11月");
        assert_eq!(normalise("１，２３４，５").as_str(), "1,234,5");
        assert_eq!(normalise("100，200").as_str(), "100，200");
        assert_eq!(normalise("a\u{200B}b\r\nc").as_str(), "ab  c");
    }

    #[test]
    fn every_place_leads_back_to_the_source() {
        let source = "约\u{FEFF}９５％";
        let plain = normalise(source);
        let at = plain.as_str().find("95").unwrap();
        assert_eq!(plain.source(source, at, plain.as_str().len()), "９５％");
        assert_eq!(plain.origin(10_000), source.len());
    }
}
