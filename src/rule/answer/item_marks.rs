//! Marks of items in other writing: 1.是；2.是, 一是无；二是有, 符合1、3.

use crate::notation::{is_numeral, scan_numeral};
use crate::words::list;

use super::checklist::number;
use super::tick::met;

/// The answer with ① and its like for the numbers that its clauses begin with; nothing where one of them has none, or another
/// item has it already.
pub(super) fn circled(text: &str, items: usize) -> Option<String> {
    if text.contains(|c| number(c).is_some()) {
        return None;
    }
    behind_a_verdict(text, items).or_else(|| each_led(text, items))
}

/// 符合1、2、5
fn behind_a_verdict(text: &str, items: usize) -> Option<String> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let (said, marks) = text.split_at_checked(at)?;
    met(said)?;
    let marks = marks.strip_suffix('项').unwrap_or(marks);
    let each: Option<Vec<char>> = marks.split('、').map(|mark| circle(mark.parse().ok()?, items)).collect();
    let each = each.filter(|each| each.len() > 1 && is_once(each))?;
    Some(format!("{said}{}", each.into_iter().collect::<String>()))
}

fn each_led(text: &str, items: usize) -> Option<String> {
    let clauses: Vec<&str> = text.split([';', '；']).filter(|clause| !clause.is_empty()).collect();
    let led: Option<Vec<(char, &str)>> = clauses.iter().map(|clause| led(clause, items)).collect();
    let led = led.filter(|led| led.len() > 1)?;
    let marks: Vec<char> = led.iter().map(|(mark, _)| *mark).collect();
    let written = led.iter().map(|(mark, rest)| format!("{mark}{rest}")).collect::<Vec<_>>().join(";");
    is_once(&marks).then_some(written)
}

/// The mark of a clause, and what it says.
fn led(clause: &str, items: usize) -> Option<(char, &str)> {
    let bare = clause.trim_start_matches(['(', '第']);
    let digits = bare.len().saturating_sub(bare.trim_start_matches(|c: char| c.is_ascii_digit()).len());
    let (at, rest) = if digits > 0 {
        (bare.get(..digits)?.parse().ok()?, bare.get(digits..)?)
    } else {
        let taken = bare.len().saturating_sub(bare.trim_start_matches(is_numeral).len());
        let (number, whole) = scan_numeral(bare.get(..taken)?)?;
        (u32::try_from(number.value.get()).ok().filter(|_| whole == taken)?, bare.get(taken..)?)
    };
    let rest = list::BEHIND_MARKS.strip(rest)?;
    let plain = !rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_digit());
    Some((circle(at, items)?, rest)).filter(|_| plain)
}

fn circle(at: u32, items: usize) -> Option<char> {
    let within = at > 0 && usize::try_from(at).is_ok_and(|at| at <= items);
    let mark = u32::from('①').checked_add(at.checked_sub(1)?)?;
    char::from_u32(mark).filter(|mark| within && number(*mark).is_some())
}

fn is_once(marks: &[char]) -> bool {
    marks.iter().enumerate().all(|(at, mark)| !marks.iter().take(at).any(|other| other == mark))
}
