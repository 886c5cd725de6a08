//! What a form's own notes say that its groups of indicators can earn (产出指标50分、效益指标30分 …), beside what they do.

use std::collections::BTreeMap;

use crate::base::{WHOLE, Weight};
use crate::check::Facts;
use crate::check::category::Group;
use crate::check::promise::Promise;
use crate::mapping::title::normalise;
use crate::words::{self, Class};

/// Groups that a note must name to be one on all points.
const LEAST: usize = 2;

/// What can earn points: a group of indicators, or the execution of the budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Earner {
    /// Indicators.
    Of(Group),
    /// The execution of the budget.
    Execution,
}

impl Earner {
    /// What it is called.
    pub(in crate::check) fn name(self) -> &'static str {
        match self {
            Self::Of(Group::Output) => "产出指标",
            Self::Of(Group::Benefit) => "效益指标",
            Self::Of(Group::Satisfaction) => "满意度指标",
            Self::Of(Group::Cost) => "成本指标",
            Self::Execution => "预算执行率",
        }
    }
}

/// The points of each part by the notes; `None` where they say nothing, or not of all points.
pub(in crate::check) fn noted(facts: &Facts) -> Option<BTreeMap<Earner, Weight>> {
    facts.case.notes.iter().find_map(|note| {
        let text = normalise(&note.shown());
        let clauses = text.split(['、', ',', ';', '。', ':', '(', ')']);
        let mut all: BTreeMap<Earner, Weight> = BTreeMap::new();
        for (part, weight) in clauses.filter_map(|clause| clause_of(facts, clause)) {
            if all.insert(part, weight).is_some_and(|before| before != weight) {
                return None;
            }
        }
        let whole = facts.case.score_form.as_ref().and_then(|form| form.full).unwrap_or(Weight::from(WHOLE));
        (all.len() >= LEAST && Weight::sum(all.values().copied()) == Some(whole)).then_some(all)
    })
}

/// `产出指标50分`: what it is of, and the points.
fn clause_of(facts: &Facts, clause: &str) -> Option<(Earner, Weight)> {
    let clause = clause.strip_suffix('分')?;
    let digit = clause.find(|sign: char| sign.is_ascii_digit())?;
    let (name, points) = clause.split_at_checked(digit)?;
    let weight = Weight::new(points.parse().ok()?);
    let words = &facts.case.words;
    let part = if words::of(Class::ExecutionRates).ends(name) {
        Earner::Execution
    } else {
        Earner::Of(Group::of(name, words)?)
    };
    Some((part, weight))
}

/// The points of each part as the form has them; `None` where one is not known.
pub(in crate::check) fn found(facts: &Facts) -> Option<BTreeMap<Earner, Weight>> {
    let mut all: BTreeMap<Earner, Weight> = BTreeMap::new();
    for row in facts.own_rows() {
        let part = Earner::Of(level1_group(&row)?);
        let sum = all.get(&part).copied().unwrap_or_default().plus(row.indicator.weight?)?;
        all.insert(part, sum);
    }
    all.extend(facts.execution().map(|result| (Earner::Execution, result.weight)));
    Some(all)
}

/// What the notes say and what is otherwise in the form: `表中注明产出指标50分 …，现填产出指标70分`; and what is to be changed.
pub(in crate::check) fn differing(facts: &Facts) -> Option<(String, String)> {
    let (noted, found) = (noted(facts)?, found(facts)?);
    let said = |(part, weight): (&Earner, &Weight)| format!("{} {weight} 分", part.name());
    let stated: Vec<String> = noted.iter().map(said).collect();
    let other = || found.iter().filter(|(part, weight)| noted.get(part) != Some(weight));
    let mended =
        other().filter_map(|(part, _)| Some(format!("{}调整为 {} 分", part.name(), noted.get(part)?)));
    let mended: Vec<String> = mended.collect();
    let other: Vec<String> = other().map(said).collect();
    (!mended.is_empty())
        .then(|| (format!("表中注明{}，现填{}", stated.join("、"), other.join("、")), mended.join("、")))
}

/// The group of the level 1: costs below 产出 are a part of it.
pub(in crate::check) fn level1_group(row: &Promise<'_>) -> Option<Group> {
    Group::of(&row.indicator.level1, row.words).or_else(|| row.group())
}
