//! What went wrong: deductions by their second level, what is open, what was found. Facts alone: why it came so, and what
//! should be done, a person says.

use super::{About, Draft, analysis, chinese, seen, shown, unended};
use crate::base::Score;
use crate::docx::{Scope, Value};
use crate::issue;
use crate::model::{Agreement, IndicatorScore, Reader, Severity};

pub(super) fn add(of: &About<'_>, draft: &Draft, scope: &mut Scope) {
    let groups = groups(of);
    scope.set("扣分事项", groups);
    scope.set("其他说明", remarks(of, draft));
    scope.set("问题清单", found(of));
}

/// What came off an indicator.
fn off(result: &IndicatorScore) -> Option<Score> {
    result.deduction().filter(|off| !off.is_zero() && !off.is_negative())
}

/// Deductions by second level, what cost most first.
fn groups(of: &About<'_>) -> Vec<Scope> {
    let mut groups: Vec<(&str, &str, Vec<&IndicatorScore>, Score)> = Vec::new();
    for result in &of.scored.card.indicators {
        let Some(points) = off(result) else { continue };
        let same = groups.iter_mut().find(|(a, b, ..)| *a == result.level1 && *b == result.level2);
        match same {
            Some((_, _, results, sum)) => {
                results.push(result);
                *sum = sum.plus(points).unwrap_or(*sum);
            }
            None => groups.push((&result.level1, &result.level2, vec![result], points)),
        }
    }
    // A stable sort: what costs the same stays in the order of the form.
    groups.sort_by_key(|(_, _, _, sum)| std::cmp::Reverse(*sum));
    let one = |((_, level2, results, sum), number): ((&str, &str, Vec<&IndicatorScore>, Score), usize)| {
        let about: Vec<String> = results
            .iter()
            .filter_map(|result| Some(format!("{}，扣{}分", seen(&result.name), off(result)?)))
            .collect();
        let about = about.join("；");
        let named = |what: &str| Value::Gap(format!("{what}（涉及：{about}）"));
        let given: Vec<String> = results.iter().filter_map(|result| given(of, result)).collect();
        let cause = if given.len() == results.len() {
            Value::Text(format!("单位说明的原因：{}", given.concat()))
        } else {
            partly(&given, named("原因分析"))
        };
        let indicators = results.iter().map(|result| of_indicator(of, result)).collect::<Vec<_>>();
        Scope::default()
            .with("序号", chinese(number))
            .with("数字", number.to_string())
            .with("二级", seen(level2))
            .with("扣分", sum.to_string())
            .with("原因", cause)
            .with("建议", named("有关建议"))
            .with("指标", indicators)
            .with("涉及", about.clone())
    };
    groups.into_iter().zip(1_usize..).map(one).collect()
}

/// Some have a cause: it is said, and the gap behind it.
fn partly(given: &[String], gap: Value) -> Value {
    match gap {
        Value::Gap(what) if !given.is_empty() => Value::Gap(format!("{what}；表中已有：{}", given.concat())),
        gap => gap,
    }
}

/// The reason that the form gives, with what it is of.
fn given(of: &About<'_>, result: &IndicatorScore) -> Option<String> {
    let form = of.case.score_form.as_ref()?;
    let reason = shown(of.scored.indicator(form, result)?.reason.as_ref())?;
    Some(format!("{}：{}。", seen(&result.name), unended(&reason)))
}

fn of_indicator(of: &About<'_>, result: &IndicatorScore) -> Scope {
    let form = of.case.score_form.as_ref();
    let indicator = form.and_then(|form| of.scored.indicator(form, result));
    Scope::default()
        .with("名称", seen(&result.name))
        .with("扣分", off(result).map(|off| off.to_string()).unwrap_or_default())
        .with("事实", analysis::why(indicator, result))
}

/// What is open, in a sentence each.
fn remarks(of: &About<'_>, draft: &Draft) -> Vec<Scope> {
    let mut said: Vec<String> = Vec::new();
    for result in of.scored.card.indicators.iter().filter(|result| result.score.is_none()) {
        let why =
            result.refusal.as_deref().map(|why| format!("（{}）", unended(&seen(why)))).unwrap_or_default();
        said.push(format!("指标“{}”（{}分）尚未评分{why}。", seen(&result.name), result.weight));
    }
    for line in of.reconciliation.lines.iter().filter(|line| line.status == Agreement::Differs) {
        said.push(format!(
            "{}填报{}{}，明细账为{}元，相差{}元。",
            seen(&line.name),
            line.stated,
            line.unit.name(),
            line.ledger.in_cents(),
            line.difference.number().abs().in_cents()
        ));
    }
    said.extend(draft.is_open().then(|| "有事项尚待核实，综合得分和评价等级待定。".to_owned()));
    let numbered = said.into_iter().zip(1_usize..);
    numbered
        .map(|(text, number)| Scope::default().with("数字", number.to_string()).with("文字", text))
        .collect()
}

/// What was found, as a reviewer lists it: facts and places.
fn found(of: &About<'_>) -> Vec<Scope> {
    let items = issue::items(of.case, of.findings);
    let told = items.iter().filter(|item| item.reader == Reader::Agency && item.severity != Severity::Info);
    let one = |(item, number): (&issue::Item<'_>, usize)| {
        let mut places: Vec<String> = Vec::new();
        for at in item.findings.iter().filter_map(|finding| finding.at.as_ref()) {
            let place = format!("{} {}", at.sheet.name, at.cell);
            if !places.contains(&place) {
                places.push(place);
            }
        }
        Scope::default()
            .with("数字", number.to_string())
            .with("对象", seen(&item.object))
            .with("类别", item.matter.name())
            .with("位置", seen(&places.join("、")))
            .with("问题", seen(&item.said(|finding| finding.message.as_str()).join("")))
    };
    told.zip(1_usize..).map(one).collect()
}
