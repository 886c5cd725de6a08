//! One indicator: its rule, its inputs, its score; or why a person must look.

use super::derivation::{Derivation, Entries};
use crate::base::{Score, Weight};
use crate::criterion::{self, Context};
use crate::model::{Case, Entry, Indicator, IndicatorScore, Note, ScoreForm, State};
use crate::notation::{self, Hints, Notation, Role};
use crate::rule::{Applied, Facts, Refusal, Rule};

/// The rule of the execution row (财预〔2020〕10号: points in proportion to the rate, at most all of them).
const EXECUTION_RULE: &str = "按完成比例得分。";

/// The results of all indicators, the execution row of the budget block first.
pub(super) fn all(
    case: &Case,
    form: &ScoreForm,
    execution: Option<&Indicator>,
) -> Vec<(IndicatorScore, Derivation)> {
    let execution = execution.map(|indicator| {
        let (result, derivation) = one(case, 0, indicator);
        (IndicatorScore { index: None, ..result }, derivation)
    });
    let rows = form.indicators.iter().enumerate().map(|(index, indicator)| one(case, index, indicator));
    execution.into_iter().chain(rows).collect()
}

/// What was read of an indicator before a rule is applied.
struct Read {
    target: Option<Notation>,
    actual: Option<Notation>,
    refusal: Option<Refusal>,
}

fn one(case: &Case, index: usize, indicator: &Indicator) -> (IndicatorScore, Derivation) {
    let weight = indicator.weight.unwrap_or_default();
    let typed = typed_score(indicator);
    let mut result = IndicatorScore {
        index: Some(index),
        level1: indicator.level1.clone(),
        level2: indicator.level2.clone(),
        name: indicator.name.clone(),
        weight,
        score: None,
        state: State::Pending,
        rate: None,
        rule: None,
        reading: None,
        refusal: None,
        notes: Vec::new(),
        stated: indicator
            .stated_score
            .as_ref()
            .and_then(Entry::number)
            .map(|n| Score::new(n.get()))
            .or(typed),
        cell: [&indicator.score, &indicator.stated_score]
            .into_iter()
            .flatten()
            .find_map(|entry| entry.at.clone()),
    };
    let outcome = match indicator.weight {
        Some(_) => rule_of(indicator, weight).and_then(|rule| {
            result.rule = Some(rule.family());
            result.reading = Some(rule.reading());
            let read = read(case, indicator, &rule);
            apply(indicator, weight, &rule, &read)
        }),
        None => Err(Refusal::new(&indicator.name, "没有读到分值", "请在分值栏填写数字。")),
    };
    let derivation = match outcome {
        Ok((applied, derivation)) => {
            accept(&mut result, &applied);
            derivation
        }
        Err(refusal) => {
            result.refusal = Some(format!("{refusal}。{}", refusal.hint));
            result.score = typed;
            result.state = if typed.is_some() { State::Judged } else { State::Pending };
            Derivation::default()
        }
    };
    (result, derivation)
}

fn accept(result: &mut IndicatorScore, applied: &Applied) {
    result.score = Some(applied.score);
    result.state = State::Computed;
    result.rate = applied.rate;
    result.notes = applied
        .failures
        .iter()
        .map(|failure| Note {
            points: failure.points,
            clause: failure.clause.clone(),
            why: failure.why.clone(),
        })
        .collect();
}

/// The score a person typed where no rule decides: in the column that is ours, or in the only score column.
fn typed_score(indicator: &Indicator) -> Option<Score> {
    let entry = match (&indicator.score, &indicator.stated_score) {
        (Some(ours), _) => ours,
        (None, Some(only)) => only,
        (None, None) => return None,
    };
    entry.number().map(|number| Score::new(number.get()))
}

/// The rule of an indicator: the mapping's rubric, else its own criterion.
fn rule_of(indicator: &Indicator, weight: Weight) -> Result<Rule, Refusal> {
    let written = indicator.criterion.as_ref().map(Entry::shown);
    let text = indicator.rubric.clone().or(written);
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        let why = "没有评分标准，也没有可直接按完成情况计算的指标值";
        return Err(Refusal::new(&indicator.name, why, "请人工打分。"));
    };
    criterion::read(&text, &Context { weight, indicator: &indicator.name })
}

/// Reads target and actual as far as the rule needs them.
fn read(case: &Case, indicator: &Indicator, rule: &Rule) -> Read {
    let sign = indicator.target_sign.as_ref().map(Entry::shown);
    let unit = indicator.unit.as_ref().map(Entry::shown);
    let items = u32::try_from(rule.items().len()).ok().filter(|n| *n > 0);
    let hints = Hints {
        role: Role::Target,
        indicator: &indicator.name,
        category: &indicator.level2,
        sign: sign.as_deref(),
        unit: unit.as_deref(),
        items,
        year: case.project.year,
        target: None,
    };
    let mut refusal = None;
    let mut note = |title: &str, unread: notation::Unread| {
        let why = format!("{title}{}", unread.why.message());
        refusal.get_or_insert(Refusal::new(&unread.words, why, "请更正后重新提交，或人工打分。"));
    };
    let target = indicator.target.as_ref().map(|entry| notation::read(&entry.cell, &hints));
    let target = target.and_then(|read| read.map_err(|unread| note("指标值", unread)).ok());
    let hints = Hints { role: Role::Actual, target: target.as_ref(), ..hints };
    let actual = indicator.actual.as_ref().map(|entry| notation::read(&entry.cell, &hints));
    let actual = actual.and_then(|read| read.map_err(|unread| note("实际完成值", unread)).ok());
    Read { target, actual, refusal }
}

fn apply(
    indicator: &Indicator,
    weight: Weight,
    rule: &Rule,
    read: &Read,
) -> Result<(Applied, Derivation), Refusal> {
    rule.fits(weight)?;
    let text = |entry: &Option<Entry>| entry.as_ref().map(Entry::shown).unwrap_or_default();
    let (target_text, actual_text) = (text(&indicator.target), text(&indicator.actual));
    let facts = Facts {
        indicator: &indicator.name,
        weight,
        target: read.target.as_ref(),
        target_text: &target_text,
        actual: read.actual.as_ref(),
        actual_text: &actual_text,
        cap: None,
    };
    // What could not be read explains a refusal better than the rule that missed it.
    let applied = rule.apply(&facts).map_err(|refusal| read.refusal.clone().unwrap_or(refusal))?;
    let entries = Entries {
        weight: indicator.weight_entry.as_ref(),
        target: indicator.target.as_ref(),
        actual: indicator.actual.as_ref(),
        criterion: indicator.criterion.as_ref(),
    };
    let derivation = Derivation::new(&applied, rule.items(), &entries);
    Ok((applied, derivation))
}

/// The execution row as an indicator: points × (spent ÷ budget), the rate capped at 100 %.
pub(super) fn execution(form: &ScoreForm) -> Option<Indicator> {
    let block = form.budget.first()?;
    let weight = Weight::new(block.weight.as_ref()?.number()?.get());
    let budget =
        block.adjusted.as_ref().filter(|entry| entry.number().is_some()).or(block.budget.as_ref())?;
    Some(Indicator {
        level1: "预算执行".to_owned(),
        level2: "预算执行率".to_owned(),
        name: "预算执行率".to_owned(),
        name_entry: block.rate.clone().unwrap_or_default(),
        weight: Some(weight),
        weight_entry: block.weight.clone(),
        target: Some(budget.clone()),
        actual: Some(block.spent.clone()?),
        unit: Some(Entry::typed(block.unit.name())),
        stated_score: block.score.clone().filter(|entry| !entry.is_blank()),
        score: block.score.clone().filter(Entry::is_blank),
        rubric: Some(EXECUTION_RULE.to_owned()),
        ..Indicator::default()
    })
}
