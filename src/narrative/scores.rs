//! Points: total and grade, the levels, the indicators.

use super::{About, Draft, analysis, chinese, or_gap, percent, seen, share, shown};
use crate::base::{Number, Score, Weight};
use crate::docx::{Scope, Value};
use crate::model::{GradeBand, Indicator, IndicatorScore, LevelScore, Standard, State};
use crate::score::Source;

/// What stands in the place of points that are not known.
const OPEN: &str = "待定";
/// The same of a single indicator.
const WAITS: &str = "待评分";

pub(super) fn add(of: &About<'_>, draft: &Draft, scope: &mut Scope) {
    let card = &of.scored.card;
    let total = &card.total;
    let settled = draft.is_settled() && total.grade.is_some();
    scope.set("已评定", settled);
    scope.set("满分", total.full.to_string());
    scope.set("总分", or_gap(settled.then(|| total.score.to_string()), "综合得分（指标评完后得出）"));
    scope.set("等级", or_gap(total.grade.clone().filter(|_| settled), "评价等级（指标评完后得出）"));
    scope.set("自评总分", total.stated.map(|total| total.to_string()).unwrap_or_default());
    scope.set("等级标准", bands(&of.case.grades));
    let names = level1(of);
    scope.set("一级列表", names.join("、"));
    scope.set("一级个数", names.len().to_string());
    scope.set("二级个数", card.levels.len().to_string());
    scope.set("三级个数", card.indicators.len().to_string());
    scope.set("采用标准", or_gap(standards(of), "采用的评价标准"));
    scope.set(
        "一级指标",
        names.iter().enumerate().map(|(at, name)| of_level1(of, at, name)).collect::<Vec<_>>(),
    );
    scope.set("二级指标", card.levels.iter().map(of_level2).collect::<Vec<_>>());
    let indicators = card.indicators.iter().zip(1_usize..);
    scope.set(
        "三级指标",
        indicators.map(|(result, number)| of_indicator(of, result, number)).collect::<Vec<_>>(),
    );
    let waiting: Vec<Scope> =
        card.indicators.iter().filter(|result| result.score.is_none()).map(waits).collect();
    scope.set("待评分项数", waiting.len().to_string());
    scope.set("待评分", waiting);
}

/// The first levels in the order of the form.
fn level1(of: &About<'_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for level in &of.scored.card.levels {
        let name = seen(&level.level1);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn bands(grades: &[GradeBand]) -> Vec<Scope> {
    let mut above: Option<Score> = None;
    let mut bands = Vec::new();
    for (number, grade) in grades.iter().enumerate() {
        let last = number.saturating_add(1) == grades.len();
        let said = match above {
            None => format!("综合得分{}（含）—100分为{}", grade.from, grade.name),
            Some(above) if last && grade.from.is_zero() => format!("综合得分{above}分以下为{}", grade.name),
            Some(above) => format!("综合得分{}（含）—{above}分（不含）为{}", grade.from, grade.name),
        };
        above = Some(grade.from);
        bands.push(Scope::default().with("等级", grade.name.as_str()).with("说法", said));
    }
    bands
}

/// The standards that scores stand on: those of which a value was used.
fn standards(of: &About<'_>) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    let mut use_name = |name: &'static str| {
        if !names.contains(&name) {
            names.push(name);
        }
    };
    for input in of.scored.derivations.iter().flat_map(|derivation| &derivation.inputs) {
        match input.source {
            Source::Target => use_name("计划标准"),
            Source::Standard(standard) => use_name(family(standard)),
            Source::Weight | Source::Actual | Source::Item(_) => {}
        }
    }
    (!names.is_empty()).then(|| names.join("、"))
}

/// What reports call a standard.
fn family(standard: Standard) -> &'static str {
    match standard {
        Standard::Industry => "行业标准",
        Standard::Reference => standard.name(),
        _ => "历史标准",
    }
}

/// Points of several levels: sum of weights and of scores, the score only where all of them are whole.
fn sums<'l>(levels: impl Iterator<Item = &'l LevelScore> + Clone) -> (Weight, Option<Score>) {
    let weight = Weight::sum(levels.clone().map(|level| level.weight)).unwrap_or_default();
    let whole = levels.clone().all(|level| level.complete);
    (weight, Score::sum(levels.map(|level| level.score)).filter(|_| whole))
}

/// Sets weight, score and rate.
fn points(into: &mut Scope, weight: Weight, score: Option<Score>) {
    into.set("权重", weight.to_string());
    into.set("得分", score.map_or_else(|| OPEN.to_owned(), |score| score.to_string()));
    let rate = score.and_then(|score| share(score.number(), weight.number()));
    into.set("得分率", rate.map(percent).unwrap_or_default());
}

fn of_level1(of: &About<'_>, at: usize, name: &str) -> Scope {
    const CIRCLED: u32 = 0x2460;
    let levels = of.scored.card.levels.iter().filter(|level| seen(&level.level1) == name);
    let (weight, score) = sums(levels.clone());
    let number = at.saturating_add(1);
    let circled = u32::try_from(at).ok().filter(|at| *at < 20);
    let circled = circled.and_then(|at| char::from_u32(CIRCLED.saturating_add(at)));
    let mut values = Scope::default();
    points(&mut values, weight, score);
    let rate = score.and_then(|score| share(score.number(), weight.number()));
    let decimal = rate.map(|rate: Number| rate.round(4).to_string()).unwrap_or_default();
    values.set("得分率数", decimal);
    values.set("序号", chinese(number));
    values.set("数字", number.to_string());
    values.set("圈号", circled.map_or_else(|| format!("（{number}）"), |sign| sign.to_string()));
    values.set("名称", name);
    let short = name.strip_suffix("指标").filter(|short| !short.is_empty()).unwrap_or(name);
    values.set("简称", short);
    let names: Vec<String> = levels.clone().map(|level| seen(&level.level2)).collect();
    values.set("二级列表", names.join("、"));
    let inner = levels.zip(1_usize..).map(|(level, number)| {
        let mut inner = of_level2(level).with("数字", number.to_string());
        let own = of.scored.card.indicators.iter();
        let own = own.filter(|result| result.level1 == level.level1 && result.level2 == level.level2);
        let own: Vec<Scope> =
            own.zip(1_usize..).map(|(result, number)| of_indicator(of, result, number)).collect();
        inner.set("三级指标", own);
        inner
    });
    values.set("二级指标", inner.collect::<Vec<_>>());
    values
}

fn of_level2(level: &LevelScore) -> Scope {
    let mut values = Scope::default();
    points(&mut values, level.weight, level.complete.then_some(level.score));
    values.with("一级", seen(&level.level1)).with("名称", seen(&level.level2))
}

fn of_indicator(of: &About<'_>, result: &IndicatorScore, number: usize) -> Scope {
    let form = of.case.score_form.as_ref();
    let indicator = form.and_then(|form| of.scored.indicator(form, result));
    let text = |what: Option<String>| Value::Text(what.unwrap_or_default());
    let score = result.score.filter(|_| result.state != State::Pending);
    let off = result.deduction().filter(|off| !off.is_zero() && !off.is_negative());
    let criterion = shown(indicator.and_then(|indicator| indicator.criterion.as_ref()));
    Scope::default()
        .with("数字", number.to_string())
        .with("一级", seen(&result.level1))
        .with("二级", seen(&result.level2))
        .with("名称", seen(&result.name))
        .with("权重", result.weight.to_string())
        .with("评分标准", text(criterion.or_else(|| result.reading.clone())))
        .with("指标值", indicator.map(Indicator::target_shown).map(|shown| seen(&shown)).unwrap_or_default())
        .with("完成值", indicator.map(Indicator::actual_shown).map(|shown| seen(&shown)).unwrap_or_default())
        .with("得分", score.map_or_else(|| WAITS.to_owned(), |score| score.to_string()))
        .with("扣分", off.map(|off| off.to_string()).unwrap_or_default())
        .with("扣分原因", off.map(|_| analysis::why(indicator, result)).unwrap_or_default())
        .with("自评得分", result.stated.map(|stated| stated.to_string()).unwrap_or_default())
        .with("分析", analysis::paragraph(of, indicator, result))
}

fn waits(result: &IndicatorScore) -> Scope {
    Scope::default()
        .with("名称", seen(&result.name))
        .with("权重", result.weight.to_string())
        .with("原因", result.refusal.as_deref().map(seen).unwrap_or_default())
}
