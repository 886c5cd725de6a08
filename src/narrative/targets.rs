//! What was promised, and whether it was reached.

use super::{About, seen};
use crate::docx::Scope;
use crate::model::{DeclaredStatus, Indicator, IndicatorScore};

/// Where nothing answers.
const NOTHING: &str = "—";

pub(super) fn add(of: &About<'_>, scope: &mut Scope) {
    let (promised, reached) = if of.case.declared.is_empty() { of_form(of) } else { of_declaration(of) };
    scope.set("申报指标", promised);
    scope.set("目标完成", reached);
}

fn promise(indicator: &Indicator) -> Scope {
    Scope::default()
        .with("一级", seen(&indicator.level1))
        .with("二级", seen(&indicator.level2))
        .with("名称", seen(&indicator.name))
        .with("指标值", seen(&indicator.target_shown()))
}

fn reach(number: usize, indicator: &Indicator, actual: String, verdict: &str) -> Scope {
    let actual = if actual.is_empty() { NOTHING.to_owned() } else { actual };
    Scope::default()
        .with("数字", number.to_string())
        .with("名称", seen(&indicator.name))
        .with("指标值", seen(&indicator.target_shown()))
        .with("完成值", actual)
        .with("结论", verdict)
}

/// By the declaration.
fn of_declaration(of: &About<'_>) -> (Vec<Scope>, Vec<Scope>) {
    let promised = of.case.declared.iter().map(|declared| promise(&declared.indicator)).collect();
    let form = of.case.score_form.as_ref();
    let mut reached = Vec::new();
    for (result, number) in of.scored.card.declared.iter().zip(1_usize..) {
        let Some(declared) = of.case.declared.get(result.index) else { continue };
        let matched = result.matched.and_then(|at| form?.indicators.get(at));
        let actual = matched.map(|indicator| seen(&indicator.actual_shown())).unwrap_or_default();
        let verdict = match result.status {
            DeclaredStatus::Unmatched if result.in_words => "由人评定",
            DeclaredStatus::Met => "已完成",
            DeclaredStatus::NotMet => "未完成",
            DeclaredStatus::Unmatched => "无对应",
            DeclaredStatus::NotMeasurable => "不可衡量",
        };
        reached.push(reach(number, &declared.indicator, actual, verdict));
    }
    (promised, reached)
}

/// By a form that says both what was promised and what was done.
fn of_form(of: &About<'_>) -> (Vec<Scope>, Vec<Scope>) {
    let Some(form) = &of.case.score_form else { return (Vec::new(), Vec::new()) };
    let with_target = |result: &&IndicatorScore| {
        result.index.and_then(|at| form.indicators.get(at)).is_some_and(|one| !one.target_shown().is_empty())
    };
    let results: Vec<&IndicatorScore> = of.scored.card.indicators.iter().filter(with_target).collect();
    let indicator = |result: &IndicatorScore| result.index.and_then(|at| form.indicators.get(at));
    let promised = results.iter().filter_map(|result| indicator(result)).map(promise).collect();
    let reached = results.iter().zip(1_usize..).filter_map(|(result, number)| {
        let indicator = indicator(result)?;
        let verdict = match result.observed.met {
            Some(true) => "已完成",
            Some(false) => "未完成",
            None => "由人评定",
        };
        Some(reach(number, indicator, seen(&indicator.actual_shown()), verdict))
    });
    (promised, reached.collect())
}
