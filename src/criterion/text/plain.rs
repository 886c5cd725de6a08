//! A criterion made plain: half-width, without spaces and quotation marks, with the way back to its words.

use crate::notation::normalise;

/// A plain text and, for each of its bytes, where it came from.
pub(crate) struct Plain<'s> {
    source: &'s str,
    text: String,
    origins: Vec<usize>,
}

impl<'s> Plain<'s> {
    /// Makes a criterion plain. Line breaks stay as `\n`; `，` separates, `,` only groups digits.
    pub(crate) fn new(source: &'s str) -> Self {
        Self::with(source, false)
    }

    /// The same where spaces separate, if there are any: 达标得5分 未达标不得分.
    pub(crate) fn spaced(source: &'s str) -> Option<Self> {
        let spaced = source.trim().contains([' ', '\u{3000}', '\t']);
        spaced.then(|| Self::with(source, true))
    }

    fn with(source: &'s str, spaces_separate: bool) -> Self {
        let normal = normalise(source);
        let mut text = String::with_capacity(source.len());
        let mut origins = Vec::with_capacity(source.len());
        let mut chars = normal.as_str().char_indices().peekable();
        let mut before = '\0';
        while let Some((at, c)) = chars.next() {
            let origin = normal.origin(at);
            let next = chars.peek().map_or('\0', |(_, c)| *c);
            let typed = source.get(origin..).and_then(|rest| rest.chars().next()).unwrap_or(c);
            let plain = match c {
                ' ' if matches!(typed, '\n' | '\r') => '\n',
                ' ' if spaces_separate && !at_separator(before) && !at_separator(next) => '，',
                ' ' if is_figure(before) && is_figure(next) => ' ',
                ' ' | '“' | '”' | '‘' | '’' | '"' | '「' | '」' | '『' | '』' | '\'' => continue,
                ',' if before.is_ascii_digit() && groups(normal.as_str(), at) => ',',
                ',' => '，',
                '×' | '✕' | '╳' | '✖' => '*',
                '÷' => '/',
                '~' | '∽' | '至' if is_between(before, next) => '-',
                '-' if before == '-' => continue,
                '【' | '〔' => '(',
                '】' | '〕' => ')',
                other => other,
            };
            if plain == '\n' && before == '\n' {
                continue;
            }
            text.push(plain);
            origins.resize(text.len(), origin);
            before = plain;
        }
        origins.push(source.len());
        Self { source, text, origins }
    }

    /// The plain text.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The criterion's own words of a part of the plain text.
    pub(crate) fn words(&self, part: &str) -> String {
        let from = offset(&self.text, part);
        let to = from.saturating_add(part.len());
        if self.text.get(from..to) != Some(part) {
            return part.to_owned(); // a part of the joined text
        }
        let origin = |at: usize| self.origins.get(at).copied().unwrap_or(self.source.len());
        self.source.get(origin(from)..origin(to)).unwrap_or(part).trim().to_owned()
    }
}

/// Where a part of a text begins in it.
pub(crate) fn offset(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}

/// Whether a comma groups digits: three follow it.
fn groups(text: &str, comma: usize) -> bool {
    let after = text.get(comma.saturating_add(1)..).unwrap_or_default();
    let digits = after.chars().take_while(char::is_ascii_digit).count();
    digits == 3
}

/// Whether a space beside the character separates nothing more.
fn at_separator(c: char) -> bool {
    matches!(c, '\0' | ' ' | '，' | ',' | ';' | '。' | ':' | '\n' | '、' | '(' | '.')
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | '%')
}

/// Whether a 至 or ~ stands between two figures.
fn is_between(before: char, next: char) -> bool {
    let ends =
        before.is_ascii_digit() || matches!(before, '%' | ')' | '‰' | '分' | '天' | '元' | '次' | '日');
    ends && (next.is_ascii_digit() || next == '(')
}

/// A stretch between separators.
#[derive(Clone, Copy)]
pub(crate) struct Segment<'p> {
    /// Its text, without the separator.
    pub(crate) text: &'p str,
    /// Whether the separator after it ends a sentence (；。 or a line break), not only a part of one (，).
    pub(crate) ends: bool,
}

/// The stretches between separators; those within brackets do not separate.
pub(crate) fn segments(text: &str) -> Vec<Segment<'_>> {
    let mut found = Vec::new();
    let mut start = 0_usize;
    let mut depth = 0_u32;
    let mut chars = text.char_indices().peekable();
    let mut before = '\0';
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or('\0', |(_, c)| *c);
        let separates = match c {
            '(' | '[' => {
                depth = depth.saturating_add(1);
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            ';' | '。' | '\n' | '！' | '!' | '，' => depth == 0,
            '.' => depth == 0 && !(before.is_ascii_digit() && next.is_ascii_digit()),
            _ => false,
        };
        if separates {
            let text = text.get(start..at).unwrap_or_default();
            if !text.is_empty() {
                found.push(Segment { text, ends: c != '，' });
            } else if c != '，'
                && let Some(last) = found.last_mut()
            {
                last.ends = true;
            }
            start = at.saturating_add(c.len_utf8());
        }
        before = c;
    }
    let rest = text.get(start..).unwrap_or_default();
    if !rest.is_empty() {
        found.push(Segment { text: rest, ends: true });
    }
    found
}
