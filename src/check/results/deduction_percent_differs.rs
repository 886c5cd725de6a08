//! A remark says another deduction than the scores do.

use super::reviewed::{Reviewed, rows};
use crate::base::Number;
use crate::check::Facts;
use crate::model::{Finding, FindingId};

const ID: FindingId = FindingId::DeductionPercentDiffers;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(slack) = facts.limit(ID, 0) else { return Vec::new() };
    rows(facts).iter().filter_map(|reviewed| differs(reviewed, slack)).collect()
}

fn differs(reviewed: &Reviewed<'_>, slack: Number) -> Option<Finding> {
    let (own, review) = (reviewed.own?.number(), reviewed.review?.number());
    let weight = reviewed.row.weight()?.number();
    let off = own.minus(review)?;
    let (said, percent) = stated(&reviewed.words())?;
    let hundred = Number::from(100);
    let agrees = if percent {
        // Of the points, or of what the agency gave itself: either is said so.
        [own, weight].into_iter().filter(|base| !base.is_zero()).any(|base| {
            let share = off.times(hundred).and_then(|off| off.over(base));
            share.and_then(|share| share.minus(said)).is_some_and(|apart| apart.abs() <= slack)
        }) || weight.minus(review)?.times(hundred)?.over(weight)?.minus(said)?.abs() <= slack
    } else {
        off == said || weight.minus(review)? == said
    };
    (!agrees).then(|| {
        let unit = if percent { "%" } else { " 分" };
        let message = format!(
            "“{}”说明扣 {said}{unit}，自评 {own} 分、复核 {review} 分，实扣 {off} 分。",
            reviewed.row.name()
        );
        reviewed.row.at(reviewed.remark.as_ref(), ID, message)
    })
}

/// The deduction that a remark states, where it states one only: how much, and whether in percent.
fn stated(words: &str) -> Option<(Number, bool)> {
    let mut found = words.match_indices('扣').filter_map(|(at, sign)| {
        let rest = words.get(at.checked_add(sign.len())?..)?.trim_start_matches(['减', '除', '分', ':']);
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number = rest.get(..rest.len().checked_sub(digits.len())?)?.parse().ok()?;
        match digits.chars().next()? {
            '%' => Some((number, true)),
            '分' => Some((number, false)),
            _ => None,
        }
    });
    found.next().filter(|_| found.next().is_none())
}
