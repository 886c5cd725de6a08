//! What is earned where one of several measures does not reach its own figure, said of all of them at once.

use crate::base::Number;
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::formula::base_points;
use crate::criterion::grammar::scan::{attempt, figure, word};
use crate::criterion::grammar::words::{LATE, SCORE_VERBS};
use crate::rule::Award;
use crate::words::{self, Class, list};

use super::said_of_each::plainly;

/// 逾期的该节点不得分, 未达到的分项不得分: only what was missed earns nothing.
pub(super) fn is_of_its_part(text: &str) -> bool {
    let Some(mut rest) = words::of(Class::MissedAlone).strip(text).or_else(|| LATE.strip(text)) else {
        return false;
    };
    rest = rest.trim_start_matches(['的', '，']);
    let part = words::of(Class::OfThatPart).strip(rest).unwrap_or(rest);
    list::PART_NOUNS.strip(part).is_some_and(|mut earned| {
        attempt(&mut earned, |i| award(i, true)) == Some(Award::ZERO) && earned.is_empty()
    })
}

/// 达不到目标值的该项不得分, 未达到的按实际值/标准值×3计算得分, 低于标准的: what is said of all that do not reach their own figure, said of one.
pub(super) fn missed(text: &str, own: Number) -> Option<String> {
    if is_of_its_part(text) {
        return Some("其余情况得0分".to_owned());
    }
    let rest = words::of(Class::MissedAlone).strip(text)?;
    let rest = words::of(Class::TheirOwn).strip(rest).unwrap_or(rest);
    let rest = rest.trim_start_matches(['的', '，', '者']);
    if rest.is_empty() {
        return Some(String::new());
    }
    let nothing = plainly(rest)?;
    let mut earned = nothing.as_str();
    if attempt(&mut earned, |i| award(i, true)) == Some(Award::ZERO) && earned.is_empty() {
        return Some("其余情况得0分".to_owned());
    }
    let by = over_their_own(rest, own) || words::of(Class::OverTheirOwn).has(rest);
    by.then(|| "其余情况按完成比例得分".to_owned())
}

/// 该项得分=实际值/标准值*2, 按实际值/标准值*3计算得分: what was reached over what it should be, times the points.
fn over_their_own(text: &str, own: Number) -> bool {
    let text =
        ["该项", "本项", "则", "，"].iter().fold(text, |text, lead| text.strip_prefix(lead).unwrap_or(text));
    let Some(text) = ["得分=", "按照", "按"].iter().find_map(|lead| text.strip_prefix(lead)) else {
        return false;
    };
    let Some((ratio, mut rest)) = text.split_once('*') else { return false };
    let base = attempt(&mut rest, base_points).unwrap_or_else(|| {
        let n = attempt(&mut rest, |i| figure(i).map(|(n, _)| n));
        attempt(&mut rest, word(&["分"]));
        n
    });
    attempt(&mut rest, word(SCORE_VERBS));
    let whole = base.is_none_or(|n| n == own) && rest.is_empty();
    whole && words::of(Class::ActualOverOwn).has(ratio)
}
