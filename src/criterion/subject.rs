//! What is measured: one thing, in one way.

use crate::rule::{Measure, StateBand, Subject, Words};

use super::condition::Matter;
use super::formula::by_name;
use super::hear::{Heard, Read, refuse};
use super::ladder::is_fault_unit;
use super::lexicon::Lexicon;
use super::scan::is_name;
use super::step::Counts;
use super::words::HARM;

/// Names that mean the actual itself.
pub(super) const ACTUAL: &Lexicon = &Lexicon::new(&[
    "实际完成值",
    "实际完成数",
    "实际完成量",
    "实际值",
    "完成值",
    "完成数",
    "完成数量",
    "完成量",
    "完成",
    "实际完成",
    "实际支出数",
    "实际支出额",
    "实际支出",
    "实际支付",
    "项目实际支出",
    "项目支出",
    "支出",
    "支出数",
    "支出金额",
    "实际成本",
    "成本",
    "项目成本",
    "项目实际成本",
    "实际投入",
    "实际使用",
    "实际",
    "指标值",
    "指标实际值",
    "指标完成值",
    "指标",
    "本指标",
    "该指标",
    "该项指标",
    "数量",
    "实际数量",
    "比率",
    "比例",
    "比值",
    "得数",
    "结果",
    "数值",
    "实际费用",
    "费用",
    "金额",
    "实际金额",
    "实际数",
    "年度支出",
    "资金支出",
    "项目资金支出",
    "项目",
    "工作",
    "任务",
    "全年",
    "年度",
    "项目总支出",
    "决算数",
    "结算金额",
    "决算金额",
    "结算价",
    "支出总额",
    "各项工作",
    "工程",
    "本项",
    "产出数量",
]);

/// The one thing that is measured. Two names are two things, unless one is part of the other.
pub(super) fn subject(heard: &Heard, all: &str) -> Read<Subject> {
    let mut found: Option<&str> = None;
    for name in &heard.names {
        let name = name.trim_start_matches("其中").trim_start_matches("当年").trim_end_matches('的');
        let plain = name.strip_suffix("在").or_else(|| name.strip_suffix("应")).unwrap_or(name);
        if plain.is_empty() || ACTUAL.contains(&plain) {
            continue;
        }
        // 实际完成人数/计划人数 is the completion rate, whatever it is called.
        let quotient = plain.split_once('/').and_then(|(first, second)| by_name(first, second, plain).ok());
        if quotient.is_some_and(|rate| rate.name.is_none()) {
            found = Some("完成率");
            continue;
        }
        if !is_name(plain) && found.is_none() {
            found = Some(plain);
            continue;
        }
        match found {
            None => found = Some(plain),
            Some(earlier) if earlier.contains(plain) || plain.contains(earlier) => {}
            Some(earlier) => {
                return refuse(all, &format!("涉及“{earlier}”和“{plain}”，一个实际完成值无法确定得分"));
            }
        }
    }
    Ok(found.map_or(Subject::Unnamed, |name| Subject::Named(name.to_owned())))
}

/// 完成 and 未完成 beside other grade words are grade words themselves.
pub(super) fn to_states(heard: &mut Heard) {
    if heard.states.is_empty() || heard.steps.is_some() {
        return;
    }
    let all_words = heard.rungs.len() == heard.labels.len()
        && heard.matters.iter().all(|m| matches!(m, Matter::Value | Matter::Lateness(None)));
    if !all_words || heard.labels.is_empty() {
        return;
    }
    let mut states = Vec::new();
    for (text, award, words) in &heard.labels {
        let label: String =
            text.chars().take_while(|c| !matches!(c, '得' | '计' | '记' | '扣' | ':' | '的')).collect();
        let label = label.strip_suffix('不').unwrap_or(&label).to_owned();
        if super::words::TARGET.within(&label) || label.is_empty() {
            return;
        }
        states.push(StateBand { label, award: award.clone(), words: Words::new(words.clone()) });
    }
    states.append(&mut heard.states);
    heard.states = states;
    heard.rungs.clear();
    heard.matters.clear();
}

pub(super) fn measure(heard: &Heard, all: &str) -> Read<Measure> {
    let mut found: Option<Measure> = None;
    let mut nouns: Vec<&str> = Vec::new();
    let mut set = |measure: Measure| -> Read<()> {
        match (&found, &measure) {
            (None, _) | (Some(Measure::Lateness(None)), Measure::Lateness(_)) => found = Some(measure),
            (Some(Measure::Lateness(_)), Measure::Lateness(None)) => {}
            (Some(a), b) if a == b => {}
            _ => return refuse(all, "同时涉及数值、日期或问题数中的几种，一个实际完成值无法确定得分"),
        }
        Ok(())
    };
    for matter in &heard.matters {
        match matter {
            Matter::Value => set(Measure::Value)?,
            Matter::Lateness(day) => set(Measure::Lateness(*day))?,
            Matter::Missing => set(Measure::Missing)?,
            Matter::Count(noun) => {
                // 发生不得分 behind 未发生重大事故 is about that.
                nouns.extend(Some(noun.as_str()).filter(|noun| !noun.is_empty()));
                set(Measure::Count(String::new()))?;
            }
        }
    }
    if let Some(steps) = &heard.steps {
        let late = heard.matters.iter().any(|m| matches!(m, Matter::Lateness(_)));
        let counting = heard.matters.iter().any(|m| matches!(m, Matter::Count(_)));
        let fault = is_fault_unit(&steps.clause.size.unit);
        match steps.clause.counts {
            Counts::Late => set(Measure::Lateness(None))?,
            Counts::Above | Counts::Open if late && super::condition::is_time(&steps.clause.size.unit) => {
                set(Measure::Lateness(None))?;
            }
            Counts::Above | Counts::Open if counting && fault => set(Measure::Count(String::new()))?,
            Counts::Open
                if fault && heard.matters.is_empty() && !steps.clause.adds && heard.general.is_none() =>
            {
                set(Measure::Count(String::new()))?;
            }
            Counts::Found => {
                nouns.push(&steps.clause.noun);
                set(Measure::Count(String::new()))?;
            }
            Counts::Missing => set(Measure::Missing)?,
            _ => set(Measure::Value)?,
        }
    }
    if matches!(found, Some(Measure::Count(_))) {
        // 一般问题每处扣1分
        let named = heard.steps.as_ref().and_then(|s| s.clause.subject.as_deref());
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
    // 核心设备每出现1台故障: whose faults count.
    let owner = heard.steps.as_ref().and_then(|s| s.clause.subject.as_deref()).unwrap_or_default();
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
    const KINDS: [&str; 22] = [
        "重大",
        "较大",
        "特大",
        "严重",
        "一般",
        "轻微",
        "轻度",
        "责任",
        "有效",
        "无效",
        "属实",
        "国家级",
        "省级",
        "市级",
        "县级",
        "乡镇级",
        "核心",
        "关键",
        "主要",
        "规上",
        "规模以上",
        "公开",
    ];
    KINDS.iter().any(|kind| noun.contains(kind)) || noun.contains(['未', '没'])
}

/// How grave a fault is: of different gravity they are different things.
const GRAVITY: [&str; 9] = ["特别重大", "重大", "较大", "严重", "一般", "轻微", "轻度", "较小", "死亡"];

/// 违规问题 and 违规行为: the same thing by another general word.
pub(super) fn same_harm(a: &str, b: &str) -> bool {
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
