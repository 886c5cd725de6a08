//! What several things take off the same points: 室温达标率≥98%得8分，每低1个百分点扣1分；发生停暖事件每次扣4分; 检查不少于4次，每少1次扣1分；整改率
//! 100%，每低10个百分点扣1分.

use crate::base::{Number, Weight};
use crate::criterion::Context;
use crate::criterion::checklist::item_points::own_points;
use crate::criterion::text::plain::segments;
use crate::rule::{Joint, Part, Refusal, Rule, Together};
use crate::words::{self, Class, list};

use super::kinds::{Case, case};
use super::names::head;
use super::{Readers, joint, within};

/// The rule of several things; nothing where one of them takes off nothing by steps of its own.
pub(super) fn read(text: &str, context: &Context, readers: Readers) -> Option<Result<Joint, Refusal>> {
    let weight = context.weight.map(Weight::number)?;
    let mut groups: Vec<String> = Vec::new();
    let mut open = String::new();
    for part in segments(text) {
        let ends =
            words::of(Class::GoneOf).iter().fold(part.text.to_owned(), |text, of| text.replace(of, ""));
        if !list::UNTIL_GONE.has(part.text) && !list::UNTIL_GONE.has(&ends) {
            open.push_str(if open.is_empty() { "" } else { "，" });
            open.push_str(part.text);
        }
        if part.ends && !open.is_empty() {
            groups.push(std::mem::take(&mut open));
        }
    }
    if groups.len() < 2 || !open.is_empty() {
        return None;
    }
    let faults: Vec<Option<Case>> =
        groups.iter().map(|group| case(group).filter(|case| !case.adds)).collect();
    let measures = faults.iter().filter(|case| case.is_none()).count();
    let mut parts: Vec<Part> = Vec::new();
    for (group, fault) in groups.iter().zip(faults) {
        let part = match fault {
            Some(case) => of_fault(&case, context, readers)?,
            None => measure(group, weight, measures > 1, context, readers)?,
        };
        // Which of two is meant their names must tell.
        if parts
            .iter()
            .flat_map(|part| &part.names)
            .any(|name| part.names.iter().any(|own| own.contains(name) || name.contains(own)))
        {
            return None;
        }
        parts.push(part);
    }
    (measures > 0).then_some(())?;
    joint(parts, Together::Less).map(Ok)
}

/// 发生停暖事件每次扣4分
fn of_fault(case: &Case, context: &Context, readers: Readers) -> Option<Part> {
    let alone = Context { target: None, ..*context };
    let text = format!("每发现1{}扣{}分，扣完为止", case.unit, case.points);
    let rule = (readers.one)(&text, &within(&case.name, None, &alone)).ok()?;
    Some(Part { names: vec![case.name.clone()], points: None, rule })
}

/// 室温达标率≥98%得8分，每低1个百分点扣1分: what takes nothing off as long as it is reached.
fn measure(group: &str, weight: Number, several: bool, context: &Context, readers: Readers) -> Option<Part> {
    let (bound, steps) = group.split_once('，')?;
    let falls = steps.starts_with('每') && steps.contains('扣') && !steps.contains(['，', '得', '加']);
    let (condition, earned) = match own_points(bound) {
        Some((condition, n)) => (condition, n == weight),
        None => (list::FULL_MARKS_ENDS.strip_end(bound).unwrap_or(bound), true),
    };
    // 检查频次每年不少于4次
    let condition = words::of(Class::EachPeriod)
        .iter()
        .chain(["每年"])
        .fold(condition.to_owned(), |text, period| text.replace(period, ""));
    let condition = condition.trim_end_matches(['的', '，']);
    let (name, _) = head(condition).filter(|(_, figure)| figure.contains(|c: char| c.is_ascii_digit()))?;
    if !falls || !earned {
        return None;
    }
    let text = format!("{condition}得满分，{steps}，扣完为止");
    // Where there are several, the target is of one of them.
    let alone = Context { target: context.target.filter(|_| !several), ..*context };
    let rule = (readers.one)(&text, &within(name, None, &alone)).ok()?;
    let whole = matches!(&rule, Rule::Graded(_)) && rule.decides_all();
    whole.then(|| Part { names: vec![name.to_owned()], points: None, rule })
}
