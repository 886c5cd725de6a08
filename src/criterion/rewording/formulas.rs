//! Formulas of a score, as the formula of a rate and a score by it: 得分=(新建数+改造数)/目标总数×分值 is 比率=(新建数+改造数)/目标总数，
//! 得分=比率×分值. So there is one code for what a rate is made of.

use super::{Change, Place};
use crate::criterion::grammar::formula::{base_points, by_name};
use crate::criterion::grammar::scan::{attempt, is_name};
use crate::criterion::grammar::words::{SCORE_NAMES, TARGET};
use crate::words::{self, Class};

/// The name of a rate that the criterion does not name.
const RATE: &str = "比率";

/// 得分=达到预期值的指标数/全部指标数×10分, 得分=(甲数+乙数)/总数×分值
pub(super) fn quotient(place: &Place) -> Option<Change> {
    let text = place.text();
    let right = SCORE_NAMES.strip(text)?.strip_prefix('=')?;
    let (quotient, points) = right.rsplit_once('*')?;
    let quotient = quotient.strip_suffix("*100%").unwrap_or(quotient);
    let mut rest = points;
    attempt(&mut rest, base_points).filter(|_| rest.is_empty())?;
    // Whose own names say that it is the actual over the target is read as that.
    let whole = quotient.strip_prefix('(').and_then(|inside| inside.strip_suffix(')'));
    let quotient = whole.filter(|inside| !inside.contains(['(', ')'])).unwrap_or(quotient);
    let (above, below) = quotient.split_once('/')?;
    let terms = match above.strip_prefix('(').and_then(|inside| inside.strip_suffix(')')) {
        Some(inside) => inside.split('+').collect::<Vec<_>>(),
        None => vec![above],
    };
    let named =
        |name: &&str| is_name(name) && name.chars().nth(1).is_some() && !name.contains(['(', ')', '/']);
    let plain = terms.iter().all(named) && named(&below);
    let alone = place.all.iter().filter(|segment| segment.text.contains('=')).count() == 1;
    // 预算数/实际支出数 turns the rate round: the rate that the form states is another.
    let turned = terms.iter().any(|name| TARGET.has(name) || words::of(Class::PromisedTerms).within(name))
        || words::of(Class::DoneTerms).within(below);
    let read_so = terms.len() == 1 && by_name(above, below, quotient).is_ok();
    (plain && alone && !turned && !read_so)
        .then(|| Change::To(format!("{RATE}={quotient}*100%；得分={RATE}*{points}")))
}
