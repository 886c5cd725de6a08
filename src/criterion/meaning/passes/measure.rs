//! What is measured is one thing: a value, days late, faults found or things missing.

use crate::criterion::grammar::condition::{About, is_time};
use crate::criterion::grammar::steps::Counts;
use crate::criterion::grammar::words::HARM;
use crate::criterion::meaning::draft::{Said, StepsDraft, refuse};
use crate::criterion::meaning::rungs::is_fault_unit;
use crate::rule::{Measure, Refusal};

pub(super) fn measure(
    about: &[About],
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
            About::Missing => set(Measure::Missing)?,
            About::Count(noun) => {
                nouns.push(noun);
                set(Measure::Count)?;
            }
        }
    }
    if let Some(steps) = steps {
        let late = about.iter().any(|m| matches!(m, About::Lateness(_)));
        let counting = about.iter().any(|m| matches!(m, About::Count(_)));
        let fault = is_fault_unit(&steps.clause.size.unit);
        match steps.clause.counts {
            Counts::Late => set(Measure::Lateness(None))?,
            Counts::Above | Counts::Open if late && is_time(&steps.clause.size.unit) => {
                set(Measure::Lateness(None))?;
            }
            Counts::Above | Counts::Open if counting && fault => set(Measure::Count)?,
            Counts::Open if fault && about.is_empty() && !steps.clause.adds && general.is_none() => {
                set(Measure::Count)?;
            }
            Counts::Found => {
                nouns.push(&steps.clause.noun);
                set(Measure::Count)?;
            }
            Counts::Missing => set(Measure::Missing)?,
            _ => set(Measure::Value)?,
        }
    }
    if found == Some(Measure::Count) {
        // 一般问题每处扣1分
        let named = steps.and_then(|s| s.clause.subject.as_deref());
        nouns.extend(named.filter(|name| HARM.within(name)));
    }
    let grave = |noun: &&str| GRAVITY.iter().position(|w| noun.contains(w));
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
    Ok(found.unwrap_or_default())
}

/// How grave a fault is: of different gravity they are different things.
const GRAVITY: [&str; 9] = ["特别重大", "重大", "较大", "严重", "一般", "轻微", "轻度", "较小", "死亡"];

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
