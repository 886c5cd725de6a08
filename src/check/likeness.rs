//! How much two texts are alike.

/// Characters of a text that are compared; what follows is not looked at.
const MOST: usize = 800;

/// How many characters of both texts stand in both, in the same order: in percent of all.
pub(super) fn likeness(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().take(MOST).collect();
    let other: Vec<char> = other.chars().take(MOST).collect();
    let all = one.len().saturating_add(other.len());
    common(&one, &other).saturating_mul(200).checked_div(all).unwrap_or(0)
}

/// Whether a text is the other one with something put into it.
pub(super) fn is_within(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// The length of the longest row of characters that both have.
fn common(one: &[char], other: &[char]) -> usize {
    let mut above = vec![0_usize; other.len()];
    for c in one {
        let (mut before, mut corner) = (0_usize, 0_usize);
        for (cell, d) in above.iter_mut().zip(other) {
            let up = *cell;
            *cell = if c == d { corner.saturating_add(1) } else { up.max(before) };
            (before, corner) = (*cell, up);
        }
    }
    above.last().copied().unwrap_or(0)
}
