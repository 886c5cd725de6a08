//! 优秀、良好、合格、不合格分别得10分、8分、6分、0分: grade words, then their points in the same order.

use winnow::error::EmptyError;

use super::{Given, Kind, Place};
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, denies, is_name};
use crate::criterion::grammar::states::{MAX_GRADE, is_label};

pub(super) const KIND: Kind = Kind {
    name: "各等次分别得分",
    example: "优秀、良好、差分别得10分、8分、0分",
    yields: "各情形的得分",
    place: Place::Anywhere,
    parse: respectively,
    before: &[],
};

fn respectively(input: &mut Input<'_>, _: Given) -> Outcome<Clause> {
    let (before, after) = input.split_once("分别").ok_or(EmptyError)?;
    let mut named = before.trim_end_matches('，');
    let ends = ["个等次", "个等级", "个档次", "种情况", "种情形", "等次", "等级", "档次", "档", "级", "类"];
    if let Some(listed) = ends.iter().find_map(|end| named.strip_suffix(end)) {
        named = listed.trim_end_matches(|c: char| "一二三四五六七八九十两".contains(c) || c.is_ascii_digit());
    }
    let (led, listed) = named.rsplit_once("分为").unwrap_or(("", named));
    let (headed, listed) = listed.rsplit_once(':').unwrap_or(("", listed));
    if ![led, headed].iter().all(|lead| lead.is_empty() || (is_name(lead) && !denies(lead))) {
        return Err(EmptyError);
    }
    let labels: Vec<&str> = listed.split('、').collect();
    let mut awards = Vec::new();
    for part in after.split('、') {
        let whole = |text: &str| {
            let mut rest = text;
            attempt(&mut rest, |i| award(i, true)).filter(|_| rest.is_empty())
        };
        awards.push(whole(part).or_else(|| whole(&format!("得{part}"))).ok_or(EmptyError)?);
    }
    let short = labels.iter().all(|l| is_label(l) && l.chars().count() <= MAX_GRADE);
    if labels.len() < 2 || labels.len() != awards.len() || !short {
        return Err(EmptyError);
    }
    let given = labels.into_iter().map(str::to_owned).zip(awards).collect();
    *input = "";
    Ok(Clause::States(given))
}
