//! A rate and its opposite, which must add up: 满意率87%，不满意率13%.

use crate::base::Number;
use crate::words::{self, Class, list};

use super::super::super::Refusal;
use super::super::opposite::OPPOSITES;
use super::super::parts::{AnswerPart, parts};
use super::{Relevant, Said};

const HINT: &str = "请核对两个数，只写评分标准所问的比率。";

pub(super) fn turn(said: &Said) -> Result<Option<Relevant>, Refusal> {
    let found = parts(&said.text).unwrap_or_default();
    let [a, b] = found.as_slice() else { return Ok(None) };
    let (yes, no) = match (denies(b, a), denies(a, b)) {
        (true, false) => (a, b),
        (false, true) => (b, a),
        _ => return Ok(None),
    };
    let rate = |part: &AnswerPart| {
        part.amount
            .clone()
            .filter(|amount| amount.unit.is_ratio() && amount.sign.is_none() && part.after.is_empty())
    };
    let (Some(of_yes), Some(of_no)) = (rate(yes), rate(no)) else { return Ok(None) };
    let core = |part: &AnswerPart| label(part).trim_end_matches(['率', '度']).to_owned();
    let (good, bad) = (core(yes), core(no));
    let asks_no = said.names().any(|name| name.contains(&bad));
    let asks_yes = said.names().any(|name| name.replace(&bad, "").contains(&good));
    if asks_no == asks_yes {
        return Ok(None);
    }
    let sum = of_yes.in_base().and_then(|n| n.plus(of_no.in_base()?));
    if sum != Some(Number::ONE) {
        let why = format!("“{}”与“{}”相加不是100%，无法确定哪个数是对的", label(yes), label(no));
        return said.refuse(why, HINT);
    }
    let asked = if asks_yes { of_yes } else { of_no };
    Ok(Some(Relevant::quantity(asked)))
}

fn label(part: &AnswerPart) -> &str {
    list::BEFORE_FIGURES.trim_end(&part.before)
}

/// Whether one label is the other denied.
fn denies(no: &AnswerPart, yes: &AnswerPart) -> bool {
    let (no, yes) = (label(no), label(yes));
    let plain = words::of(Class::Denials).iter().any(|not| no.replacen(not, "", 1) == yes);
    (plain && !yes.is_empty()) || OPPOSITES.iter().any(|(a, b)| yes.ends_with(a) && no.ends_with(b))
}
