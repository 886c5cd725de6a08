//! What to do about a criterion that is not read. Whoever fills in the form cannot change it: the score is typed, or the
//! office's mapping says the rule in words that are read.

use crate::base::Number;
use crate::notation::Notation;
use crate::rule::Refusal;

use super::text::marks::marked;
use super::text::plain::Plain;
use super::{Context, HINT, read};

/// The refusal of this criterion with what its reader can do.
pub fn advised(refusal: Refusal, text: &str, context: &Context) -> Refusal {
    if refusal.hint != HINT {
        return refusal;
    }
    let asked = if sample(text, context).is_some() { ASKED } else { "" };
    Refusal { hint: format!("{BY_HAND}{asked}"), ..refusal }
}

/// The line of a mapping by which the operator says a rule for this criterion, with a rule of the kind that the target asks
/// for; `None` where the refusal has a remedy of its own.
pub fn rubric_line(refusal: &Refusal, text: &str, context: &Context) -> Option<String> {
    if !refusal.hint.starts_with(BY_HAND) {
        return None;
    }
    let rule = sample(text, context)?;
    let name = if context.indicator.is_empty() { "指标名称" } else { context.indicator };
    Some(format!(
        "rubric = [{{ indicator = \"{}\", criterion = \"{rule}\" }}]",
        name.replace(['"', '\\', '\n'], "")
    ))
}

const BY_HAND: &str = "评分标准不必改动，请由评审人员在得分栏填写分数。";
/// What a clerk asks the operator for; the line itself is the operator's matter.
const ASKED: &str = "同样的评分标准多次用到的，可把本表交给系统管理员，请其按本单位的标准登记计分规则。";

/// The first sample that is read for this context.
fn sample(text: &str, context: &Context) -> Option<String> {
    samples(text, context).into_iter().find(|rule| read(rule, context).is_ok())
}

/// Rules of the kind that the target asks for, in words that are read.
fn samples(text: &str, context: &Context) -> Vec<String> {
    let mut found = Vec::new();
    let plain = Plain::new(text);
    // What is judged by items can be ticked by items.
    let judged = !matches!(context.target, Some(Notation::Quantity(_) | Notation::Range { .. }));
    if judged
        && marked(plain.as_str()).is_some()
        && let Some(each) = context.weight.and_then(|weight| weight.number().over(Number::from(2)))
    {
        found.push(format!("①制度健全；②执行到位。每项{each}分。"));
    }
    let own = match context.target {
        Some(target) if target.is_date() => "按时完成得满分，每逾期1天扣0.5分，扣完为止",
        Some(Notation::NothingFound) => "每发现1处扣1分，扣完为止",
        Some(Notation::Quantity(target)) if target.number.is_zero() => "每发现1处扣1分，扣完为止",
        Some(Notation::Quantity(target)) if target.unit.is_ratio() => {
            "达到目标值得满分，每降低1个百分点扣0.5分，扣完为止"
        }
        Some(Notation::Quantity(_)) => "达到目标值得满分，未达到的按完成比例得分",
        _ => "每发现1处扣1分，扣完为止",
    };
    found
        .extend([own, "达到目标值得满分，未达到目标值不得分", "每发现1处扣1分，扣完为止"].map(str::to_owned));
    found
}
