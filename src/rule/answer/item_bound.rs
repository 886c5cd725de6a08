//! An item of a list that asks for a figure, and the figure that answers it: 新增岗位76个 under 新增岗位≥80个.

use crate::notation::{Sign, Tick};

use super::parts::{AnswerPart, parts};
use crate::words::list;

/// Whether the figure of a clause meets the item; nothing where they are not of one thing in one unit.
pub(super) fn told(clause: &str, item: &str) -> Option<Tick> {
    let (said, asked) = (only(clause)?, only(item)?);
    let (own, of) = (said.amount.as_ref()?, asked.amount.as_ref()?);
    let sign = of.sign.filter(|_| own.sign.is_none())?;
    let plain = own.unit.comparable(&of.unit) && own.fraction.is_none() && said.after.is_empty();
    let same = label(&said) == label(&asked) && !label(&said).is_empty();
    let (a, b) = (own.in_base().filter(|_| plain && same && asked.after.is_empty())?, of.in_base()?);
    let met = match sign {
        Sign::AtLeast => a >= b,
        Sign::MoreThan => a > b,
        Sign::AtMost => a <= b,
        Sign::LessThan => a < b,
        _ => return None,
    };
    Some(if met { Tick::Met } else { Tick::NotMet })
}

/// The only figure of words.
fn only(text: &str) -> Option<AnswerPart> {
    let found = parts(text)?;
    match found.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

fn label(part: &AnswerPart) -> &str {
    list::BEFORE_FIGURES.trim_end(list::ALREADY.strip(&part.before).unwrap_or(&part.before))
}
