//! What is measured has one name. Two names are two things, unless one is part of the other.

use crate::criterion::grammar::formula::by_name;
use crate::criterion::grammar::scan::is_name;
use crate::criterion::grammar::words::{ACTUAL, MEETS, TARGET};
use crate::criterion::meaning::draft::refuse;
use crate::rule::{Refusal, Subject};
use crate::words::{self, Class, list};

pub(super) fn subject(names: &[String], all: &str) -> Result<Subject, Refusal> {
    let mut found: Option<&str> = None;
    for name in names {
        let name = name.trim_start_matches("其中").trim_start_matches("当年").trim_end_matches('的');
        let plain = name.strip_suffix("在").or_else(|| name.strip_suffix("应")).unwrap_or(name);
        if plain.is_empty() || ACTUAL.has(plain) {
            continue;
        }
        // 实际完成人数/计划人数 is the completion rate, whatever it is called.
        let quotient = plain.split_once('/').and_then(|(first, second)| by_name(first, second, plain).ok());
        // 完成改造小区数占计划数
        let of_plan = plain.rsplit_once('占').is_some_and(|(done, target)| {
            let target = list::SHARE_OF_PLAN_CLOSINGS.strip_end(target).unwrap_or(target);
            TARGET.has(target) && ["完成", "实际", "建成"].iter().any(|word| done.contains(word))
        });
        if of_plan || quotient.is_some_and(|rate| rate.name.is_none()) {
            found = Some("完成率");
            continue;
        }
        if !is_name(plain) && found.is_none() {
            found = Some(plain);
            continue;
        }
        match found {
            None => found = Some(plain),
            // 差异率绝对值≤5% beside 差异率=…: its size alone is held against the bounds.
            Some(earlier) if words::of(Class::AbsoluteValues).strip_end(plain) == Some(earlier) => {
                found = Some(plain);
            }
            Some(earlier) if earlier.contains(plain) || plain.contains(earlier) => {}
            Some(earlier) if is_short_for(earlier, plain, all) => {}
            // 培训人次达到目标值得6分，完成率低于60%不得分: how much of the target was reached.
            Some(earlier) if list::COMPLETION_NAMES.has(plain) && reaches_target(earlier, all) => {
                found = Some(plain);
            }
            Some(earlier) => {
                return refuse(all, &format!("涉及“{earlier}”和“{plain}”，一个实际完成值无法确定得分"));
            }
        }
    }
    Ok(found.map_or(Subject::Unnamed, |name| Subject::Named(name.to_owned())))
}

/// 培训人次达到目标值, 完成目标: an amount of which nothing is said but that it reaches the target.
fn reaches_target(name: &str, all: &str) -> bool {
    let rate = list::RATE_SIGNS.ends(name) || list::COMPLETION_ENDINGS.ends(name);
    let mut said =
        all.match_indices(name).map(|(at, _)| all.get(at.saturating_add(name.len())..).unwrap_or_default());
    let only = said.next().filter(|_| said.next().is_none());
    let reaches = only.and_then(|rest| MEETS.strip(rest)).is_some_and(|rest| TARGET.longest(rest).is_some());
    !rate && reaches
}

/// 户均成本 beside 户均改造成本=总成本/改造户数: what the criterion defines, called shortly.
fn is_short_for(long: &str, short: &str, all: &str) -> bool {
    let ends = |text: &str| -> Option<(Vec<char>, Vec<char>)> {
        let (first, last) = (text.chars().take(2).collect(), text.chars().rev().take(2).collect());
        text.chars().nth(3).map(|_| (first, last))
    };
    let mut rest = long.chars();
    let in_order = short.chars().all(|c| rest.any(|other| other == c));
    let defined = [format!("{long}="), format!("{long}＝")].iter().any(|text| all.contains(text.as_str()));
    defined && in_order && ends(long).is_some() && ends(long) == ends(short)
}
