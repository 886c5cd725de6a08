//! 满意度=(非常满意人数×100+满意人数×80+基本满意人数×60)÷有效问卷数: what each answer counts, where the criterion says so.

use crate::base::Number;
use crate::mapping::title::normalise;
use crate::model::{Opinion, OpinionPoints};
use crate::words::{self, Class};

/// Signs of a product.
const TIMES: [char; 2] = ['×', '*'];
/// Signs of a quotient.
const OVER: [char; 2] = ['÷', '/'];
/// Where a formula ends.
const ENDS: [char; 5] = ['。', ';', '；', ',', '，'];

/// What the answers of a text's formula count; `None` where it is none, or not all of it is understood.
pub(super) fn of(text: &str) -> Option<OpinionPoints> {
    let key = normalise(text);
    let (_, formula) = key.split_once('=')?;
    let formula = formula.split(ENDS).next()?;
    let (sum, divided) = match formula.split_once(OVER) {
        Some((sum, _)) => (sum, true),
        None => (formula, false),
    };
    let mut points = OpinionPoints::default();
    let mut terms = 0_u32;
    for term in sum.split('+') {
        let (opinion, number, share) = counted(term)?;
        // So many people times points are no share by themselves.
        if !divided && !share {
            return None;
        }
        points = points.with(opinion, number)?;
        terms = terms.saturating_add(1);
    }
    (terms > 1).then_some(points)
}

/// An answer, what it counts, and whether it is a share that counts so: `非常满意率×100%`, `80×满意人数`.
fn counted(term: &str) -> Option<(Opinion, Number, bool)> {
    let (left, right) = term.trim_matches(['(', ')', '[', ']', '{', '}']).split_once(TIMES)?;
    let number = |text: &str| text.trim_end_matches(['%', '分']).parse::<Number>().ok();
    let (answer, number) =
        number(right).map(|number| (left, number)).or_else(|| Some((right, number(left)?)))?;
    let (at, word) = Opinion::first_in(answer).filter(|(at, _)| *at == 0)?;
    let opinion = Opinion::of(word)?;
    let mut rest = answer.get(at.checked_add(word.len())?..)?;
    let mut share = false;
    while !rest.is_empty() {
        if let Some(behind) = words::of(Class::SharesOfAnswers).strip(rest) {
            (rest, share) = (behind, true);
        } else {
            rest = words::of(Class::OptionFiller).strip(rest)?;
        }
    }
    (!number.is_negative()).then_some((opinion, number, share))
}
