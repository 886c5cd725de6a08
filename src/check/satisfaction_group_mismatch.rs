//! Those who are asked are not those whom the project serves: an indicator names people of whom nothing else speaks, or no
//! indicator is about those whom a survey asked.

use super::Facts;
use crate::base::CellAt;
use crate::model::{Finding, FindingId, Indicator};
use crate::words::{self, Class};

/// Indicators that say enough of a project.
const TELLING: usize = 4;

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let mut found = strangers(facts);
    let indicators: Vec<&Indicator> = facts.indicators().map(|(indicator, _)| indicator).collect();
    if facts.case.score_form.is_none() {
        return found;
    }
    let used = |survey: usize| {
        let parts = indicators.iter().filter_map(|i| i.satisfaction.as_ref()).flat_map(|found| &found.parts);
        parts.into_iter().any(|part| part.survey == survey)
    };
    for (_, survey) in facts.case.surveys.iter().enumerate().filter(|(at, _)| !used(*at)) {
        let message = format!("问卷“{}”没有唯一对应的满意度指标，没有用来核对。", survey.title);
        let place = CellAt::new(survey.sheet.clone(), survey.at);
        found.push(Finding::new(FindingId::SatisfactionGroupMismatch, Some(place), message));
    }
    found
}

/// Indicators of satisfaction that name people of whom neither project nor goal nor another indicator speaks.
fn strangers(facts: &Facts) -> Vec<Finding> {
    let case = facts.case;
    let Some(name) = &case.project.name else { return Vec::new() };
    let goals: Vec<&str> = case.statements.iter().map(|statement| statement.text.as_str()).collect();
    let all: Vec<&Indicator> = facts.indicators().map(|(indicator, _)| indicator).collect();
    if goals.is_empty() || all.len() < TELLING {
        return Vec::new();
    }
    let asked = all.iter().filter(|indicator| indicator.is_of_satisfaction());
    let found = asked.filter_map(|indicator| {
        let (_, served) = words::of(Class::Served).find(&indicator.name)?;
        let others = all.iter().filter(|other| other.name != indicator.name);
        let spoken = name.contains(served)
            || goals.iter().any(|goal| goal.contains(served))
            || others.clone().any(|other| other.name.contains(served))
            || case.surveys.iter().any(|survey| survey.title.contains(served));
        (!spoken).then(|| {
            let message =
                format!("“{}”问的是{served}，项目名称、目标和其他指标都没有提到{served}。", indicator.name);
            Finding::new(FindingId::SatisfactionGroupMismatch, indicator.at().cloned(), message)
        })
    });
    found.collect()
}
