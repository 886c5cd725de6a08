//! Which shared texts of an `.xls` are written in more than one font.

use std::collections::HashSet;

/// Texts that are looked at.
const MAX_TEXTS: u32 = 1_000_000;

/// The numbers of such texts in the table of shared texts, which is one record and those that continue it. Stops where the
/// table says what cannot be.
pub(super) fn of(parts: &[&[u8]]) -> HashSet<u32> {
    let mut found = HashSet::new();
    let mut parts =
        Parts { rest: parts.first().copied().unwrap_or_default(), more: parts.get(1..).unwrap_or_default() };
    if parts.skip(8).is_none() {
        return found;
    }
    for number in 0..MAX_TEXTS {
        match parts.text() {
            Some(true) => {
                found.insert(number);
            }
            Some(false) => {}
            None => break,
        }
    }
    found
}

/// What is left of the table.
struct Parts<'a> {
    rest: &'a [u8],
    more: &'a [&'a [u8]],
}

impl Parts<'_> {
    fn byte(&mut self) -> Option<usize> {
        while self.rest.is_empty() {
            self.turn()?;
        }
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(usize::from(*first))
    }

    /// The next record of the table.
    fn turn(&mut self) -> Option<()> {
        let (next, more) = self.more.split_first()?;
        (self.rest, self.more) = (next, more);
        Some(())
    }

    fn number(&mut self, bytes: u32) -> Option<usize> {
        let mut number = 0_usize;
        for at in 0..bytes {
            number |= self.byte()?.wrapping_shl(at.wrapping_mul(8));
        }
        Some(number)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > 0 {
            let taken = bytes.min(self.rest.len());
            self.rest = self.rest.get(taken..)?;
            bytes = bytes.saturating_sub(taken);
            if bytes > 0 {
                self.turn()?;
            }
        }
        Some(())
    }

    /// Passes over a text; whether it has runs of other fonts.
    fn text(&mut self) -> Option<bool> {
        let letters = self.number(2)?;
        let flags = self.byte()?;
        let runs = if flags & 8 != 0 { self.number(2)? } else { 0 };
        let behind = if flags & 4 != 0 { self.number(4)? } else { 0 };
        self.letters(letters, flags & 1 != 0)?;
        self.skip(runs.saturating_mul(4).saturating_add(behind))?;
        Some(runs > 0)
    }

    /// Passes over letters; where a record ends among them, the next one begins with a byte that says how they go on.
    fn letters(&mut self, mut left: usize, mut wide: bool) -> Option<()> {
        while left > 0 {
            if self.rest.is_empty() {
                self.turn()?;
                wide = self.byte()? & 1 != 0;
            }
            let size = if wide { 2 } else { 1 };
            let here = left.min(self.rest.len().div_ceil(size));
            self.rest = self.rest.get(here.saturating_mul(size).min(self.rest.len())..)?;
            left = left.saturating_sub(here);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn texts_in_several_fonts_are_told_over_the_ends_of_records() {
        let head = [0, 0, 0, 0, 3, 0, 0, 0];
        // A plain text cut in its letters and continued in wide ones; one with a run; a plain one.
        let first = [&head[..], &[4, 0, 0, b'a', b'b']].concat();
        let second = [&[1, b'c', 0, b'd', 0, 2, 0, 8, 1, 0, b'e'][..]].concat();
        let third = [&[0, b'f', 1, 0, 5, 0, 1, 0, 0, b'g'][..]].concat();
        let found = of(&[&first, &second, &third]);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [1]);
        assert!(of(&[]).is_empty());
        assert!(of(&[&[0, 0, 0, 0, 9, 9, 9, 9, 255, 255, 8, 255, 255]]).is_empty());
    }
}
