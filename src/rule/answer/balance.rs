//! Counts that make up a whole: 15个项目，14个验收合格，1个不合格; 查出问题8个，已整改到位6个，正在整改2个.
//!
//! That they add up binds each of them: the only one that counts is what the criterion asks for.

use crate::base::Number;
use crate::notation::Quantity;
use crate::words::{self, Class, list};

use super::counts::Tells;
use super::parts::AnswerPart;

/// Fewer are no parts with their whole.
const LEAST: usize = 3;

/// How many of the whole are at fault; nothing where the figures do not add up, or two of them may be it.
pub(super) fn fault(told: &[(Tells, &AnswerPart)], asked: &str) -> Option<Quantity> {
    let figures: Vec<(Tells, &AnswerPart, &Quantity)> = told
        .iter()
        .map(|(tells, part)| part.amount.as_ref().map(|amount| (*tells, *part, amount)))
        .collect::<Option<_>>()?;
    let (_, _, first) = figures.first()?;
    let alike = figures.iter().all(|(_, _, amount)| amount.unit == first.unit && amount.sign.is_none());
    let sum = Number::sum(figures.iter().map(|(_, _, amount)| amount.number))?;
    let (_, _, whole) =
        figures.iter().find(|(_, _, amount)| amount.number.plus(amount.number) == Some(sum))?;
    if figures.len() < LEAST || !alike || sum.is_zero() {
        return None;
    }
    // 正在整改 is what is not 整改到位 yet.
    let open = list::UNDONE_SIGNS.within(asked);
    let counts = |tells: Tells, part: &AnswerPart| {
        tells == Tells::Fault || (open && words::of(Class::Unfinished).within(&part.words()))
    };
    let mut hits =
        figures.iter().filter(|(tells, part, amount)| !std::ptr::eq(*amount, *whole) && counts(*tells, part));
    let (_, _, hit) = hits.next().filter(|_| hits.next().is_none())?;
    Some((*hit).clone())
}
