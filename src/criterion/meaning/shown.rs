//! A draft in a person's words, a line for each thing it holds.

use crate::criterion::grammar::condition::{About, Shape};
use crate::criterion::grammar::steps::Counts;
use crate::rule::{Award, Band, Graded, Measure, Otherwise, Rule, Subject, Words};

use super::draft::Draft;
use super::rungs::{Rung, when};

/// What the draft holds.
pub(crate) fn lines(draft: &Draft) -> Vec<String> {
    let mut found = Vec::new();
    if !draft.names.is_empty() {
        found.push(format!("名称：{}", draft.names.join("、")));
    }
    if let Subject::Named(name) = &draft.subject {
        found.push(format!("衡量的事物：{name}"));
    }
    let measure = measure(draft);
    let mut about: Vec<&str> = draft.about.iter().map(about_name).collect();
    about.dedup();
    if !about.is_empty() {
        found.push(format!("条件说的是：{}", about.join("、")));
    }
    if draft.measure != Measure::Value {
        found.push(format!("衡量：{}", measure_name(&draft.measure)));
    }
    if let Some(definition) = &draft.definition {
        found.push(format!("计算公式：{}", definition.text));
    }
    found.extend(draft.rungs.iter().map(|rung| format!("一档：{}", rung_line(rung, &measure))));
    for state in &draft.states {
        let award = award_line(&state.award, &measure);
        found.push(format!("情形：“{}”{award}", state.label));
    }
    let said = |(award, _): &(Award, String)| award_line(award, &measure);
    found.extend(draft.general.iter().map(|general| format!("没有条件的得分办法：{}", said(general))));
    found.extend(draft.between.iter().map(|(_, words)| format!("内插：{words}")));
    if let Some(steps) = &draft.steps {
        found.push(format!("按步计算（数{}）：{}", counts_name(steps.clause.counts), steps.words));
    }
    found.extend(draft.bases.iter().map(|base| format!("基准：{}{}", base.number, base.unit.word)));
    found.extend(draft.bonus_base.iter().map(|n| format!("基础分：{n}分")));
    found.extend(draft.score_cap.iter().map(|n| format!("最高得分：{n}分")));
    found.extend(draft.otherwise.iter().map(|rest| format!("其余情况：{}", said(rest))));
    found
}

/// What is measured, as far as it is known.
fn measure(draft: &Draft) -> Measure {
    let so_far = draft.about.iter().find_map(|about| match about {
        About::Value | About::During(_) | About::Since(..) => None,
        About::Lateness(day) => Some(Measure::Lateness(*day)),
        About::Count(_) => Some(Measure::Count(String::new())),
        About::Missing => Some(Measure::Missing),
        About::Deviation => Some(Measure::Deviation { defined: draft.distance }),
    });
    if draft.measure == Measure::Value { so_far.unwrap_or_default() } else { draft.measure.clone() }
}

fn about_name(about: &About) -> &'static str {
    match about {
        About::Value => "数值",
        About::Lateness(_) | About::During(_) | About::Since(..) => "是否按期",
        About::Count(_) => "发现了多少",
        About::Missing => "缺少多少",
        About::Deviation => "偏离多少",
    }
}

fn measure_name(measure: &Measure) -> &'static str {
    match measure {
        Measure::Value => "数值",
        Measure::Lateness(_) => "逾期多久",
        Measure::Count(_) => "发现的件数",
        Measure::Missing => "缺少的项数",
        Measure::Deviation { .. } => "偏离指标值的幅度",
    }
}

fn counts_name(counts: Counts) -> &'static str {
    match counts {
        Counts::Below => "不足多少",
        Counts::Above => "超出多少",
        Counts::Either => "偏离多少",
        Counts::Outside => "超出区间多少",
        Counts::Late => "逾期多久",
        Counts::Found => "发现的件数",
        Counts::Missing => "缺少的项数",
        Counts::Open => "多少没有写明",
    }
}

/// A sentence of a rule that says nothing else.
fn sentence(rule: Graded) -> String {
    Rule::Graded(rule).reading().trim_end_matches('。').to_owned()
}

fn rung_line(rung: &Rung, measure: &Measure) -> String {
    let open = matches!(&rung.shape, Shape::Within(s) if s.perhaps_beyond);
    let band = Band { when: when(rung.shape.clone()), award: rung.award.clone(), words: Words::empty() };
    let line = sentence(Graded { measure: undated(measure), bands: vec![band], ..Graded::default() });
    if open { format!("{line}（“超过”的含义未定）") } else { line }
}

fn award_line(award: &Award, measure: &Measure) -> String {
    let rest = Otherwise { award: award.clone(), words: Words::empty() };
    let line = sentence(Graded { measure: undated(measure), otherwise: Some(rest), ..Graded::default() });
    line.strip_prefix("其余情况").map_or(line.clone(), str::to_owned)
}

/// Without the deadline, which a rule says in a sentence of its own.
fn undated(measure: &Measure) -> Measure {
    match measure {
        Measure::Lateness(_) => Measure::Lateness(None),
        Measure::Deviation { .. } => Measure::Deviation { defined: false },
        other => other.clone(),
    }
}
