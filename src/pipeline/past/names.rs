//! Names of indicators in two years: the same one has the same name, every qualifier included.

use crate::mapping::title::normalise;
use crate::model::{Past, PastRow};

/// Characters that two names have in common at least, of ten of the shorter one, to be spoken of together.
const ALIKE_OF_TEN: usize = 6;

/// A name without blanks and width.
pub(super) fn plain(name: &str) -> String {
    normalise(name).trim_start_matches('★').to_owned()
}

/// The row whose name is nearest, where one is near at all.
pub(super) fn nearest<'p>(
    name: &str,
    rows: impl Iterator<Item = (&'p Past, &'p PastRow)>,
) -> Option<(&'p Past, &'p PastRow)> {
    let name = plain(name);
    let near = rows.filter_map(|(past, row)| Some((likeness(&name, &plain(&row.name))?, past, row)));
    near.max_by_key(|(likeness, ..)| *likeness).map(|(_, past, row)| (past, row))
}

/// How many characters stand in both names in the same order; `None` where too few do.
fn likeness(one: &str, other: &str) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before = vec![0_usize; other.len().saturating_add(1)];
    for a in &one {
        let mut row = vec![0_usize];
        let mut last = 0_usize;
        for (b, (up, diagonal)) in other.iter().zip(before.iter().skip(1).zip(&before)) {
            last = if a == b { diagonal.saturating_add(1) } else { (*up).max(last) };
            row.push(last);
        }
        before = row;
    }
    let common = before.last().copied().unwrap_or(0);
    let shorter = one.len().min(other.len());
    (common >= 2 && common.saturating_mul(10) >= shorter.saturating_mul(ALIKE_OF_TEN)).then_some(common)
}
