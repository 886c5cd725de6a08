//! What is measured is one thing: a value, days late, faults found or things missing.

use crate::criterion::grammar::condition::{About, is_time};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::{HARM, STEP_LATE};
use crate::criterion::meaning::draft::{Said, StepsDraft, refuse};
use crate::criterion::meaning::rungs::is_fault_unit;
use crate::rule::{Measure, Refusal};
use crate::words::list;

pub(super) fn measure(
    about: &[About],
    distance: bool,
    steps: Option<&StepsDraft>,
    general: Option<&Said>,
    all: &str,
) -> Result<Measure, Refusal> {
    let mut found: Option<Measure> = None;
    let mut nouns: Vec<&str> = Vec::new();
    let mut set = |measure: Measure| -> Result<(), Refusal> {
        match (&found, &measure) {
            (None, _) | (Some(Measure::Lateness(None)), Measure::Lateness(_)) => found = Some(measure),
            (Some(Measure::Lateness(_)), Measure::Lateness(None)) => {}
            (Some(a), b) if a == b => {}
            _ => return refuse(all, "同时涉及数值、日期或问题数中的几种，一个实际完成值无法确定得分"),
        }
        Ok(())
    };
    for one in about {
        match one {
            About::Value => set(Measure::Value)?,
            About::Lateness(day) => set(Measure::Lateness(*day))?,
            About::During(_) | About::Since(..) => {
                return refuse(all, "没有写明在这段时间以前完成的如何得分");
            }
            About::Missing => set(Measure::Missing)?,
            About::Deviation => set(Measure::Deviation { defined: distance })?,
            About::Count(noun) => {
                // 发生不得分 behind 未发生重大事故 is about that.
                nouns.extend(Some(noun.as_str()).filter(|noun| !noun.is_empty()));
                set(Measure::Count(String::new()))?;
            }
        }
    }
    if let Some(steps) = steps {
        let late = about.iter().any(|m| matches!(m, About::Lateness(_)));
        let counting = about.iter().any(|m| matches!(m, About::Count(_)));
        let fault = is_fault_unit(&steps.clause.size.unit);
        match steps.clause.counts {
            Counts::Either | Counts::Above | Counts::Open if about.contains(&About::Deviation) => {
                set(Measure::Deviation { defined: distance })?;
            }
            Counts::Late => set(Measure::Lateness(None))?,
            Counts::Above | Counts::Open if late && is_time(&steps.clause.size.unit) => {
                set(Measure::Lateness(None))?;
            }
            Counts::Above | Counts::Open if counting && fault => set(Measure::Count(String::new()))?,
            Counts::Open if fault && about.is_empty() && !steps.clause.adds && general.is_none() => {
                set(Measure::Count(String::new()))?;
            }
            Counts::Found => {
                // 每发生1起 behind 无重大事故 is about that, too.
                nouns.extend(Some(steps.clause.noun.as_str()).filter(|noun| !noun.is_empty()));
                set(Measure::Count(String::new()))?;
            }
            Counts::Missing => set(Measure::Missing)?,
            _ => set(Measure::Value)?,
        }
    }
    if matches!(found, Some(Measure::Count(_))) {
        // 一般问题每处扣1分
        let named = steps.and_then(|s| s.clause.subject.as_deref());
        nouns.extend(named.filter(|name| HARM.within(name)));
    }
    let grave = |noun: &&str| list::GRAVENESS_OF_FAULTS.iter().position(|w| noun.contains(w));
    if nouns.iter().any(|noun| grave(noun) != nouns.first().and_then(grave)) {
        return refuse(all, "不同轻重的问题有不同的规定，一个实际完成值无法确定得分");
    }
    let mut noun = "";
    for other in nouns {
        if noun.is_empty() || other.contains(noun) {
            noun = other;
        } else if !other.is_empty() && !noun.contains(other) && !same_harm(noun, other) {
            return refuse(all, &format!("涉及“{noun}”和“{other}”两种情形，一个实际完成值无法确定得分"));
        }
    }
    // 核心设备每出现1台故障: whose faults count.
    let owner = steps.and_then(|s| s.clause.subject.as_deref()).unwrap_or_default();
    let owner = if is_qualified(owner) && !HARM.within(owner) { owner } else { "" };
    Ok(match found.unwrap_or_default() {
        Measure::Count(_) if !owner.is_empty() => Measure::Count(format!("{owner}{noun}")),
        Measure::Count(_) if is_qualified(noun) => {
            Measure::Count(noun.trim_end_matches(['的', '，']).to_owned())
        }
        other => other,
    })
}

/// Whether the name of what is counted says which of its kind count: 重大隐患, 有效投诉, 问题未整改.
fn is_qualified(noun: &str) -> bool {
    // 标段延期
    let late = STEP_LATE.strip_end(noun).is_some_and(|thing| !thing.is_empty());
    late || list::WHICH_OF_A_KIND.within(noun) || list::UNDONE_SIGNS.within(noun)
}

/// 违规问题 and 违规行为: the same thing by another general word.
fn same_harm(a: &str, b: &str) -> bool {
    let core = |text: &str| {
        let mut core = text;
        for end in ["问题", "情况", "行为", "现象", "情形", "事件"] {
            core = core.strip_suffix(end).unwrap_or(core);
        }
        core.to_owned()
    };
    let (a, b) = (core(a), core(b));
    a.is_empty() || b.is_empty() || a == b
}
