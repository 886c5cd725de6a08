//! By its name an indicator belongs under another level 2.

use crate::check::Facts;
use crate::check::category::{Category, Group};
use crate::check::promise::Promise;
use crate::model::{Finding, FindingId};
use crate::words::Class;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.promises().filter_map(|promise| {
        let belongs = belongs(&promise)?;
        let message = format!(
            "“{}”列在“{}”下，按名称属于{belongs}指标，请核对。",
            promise.name(),
            promise.indicator.level2
        );
        Some(promise.at_name(FindingId::IndicatorInWrongCategory, message))
    });
    findings.collect()
}

/// Where an indicator belongs, when its name says so and it stands elsewhere.
fn belongs(promise: &Promise<'_>) -> Option<&'static str> {
    let stands = Category::of(&promise.indicator.level2, promise.words)?;
    let key = promise.key();
    let ends = |class: Class| promise.words.of(class).ends(&key);
    if promise.names(Class::NamesOfSatisfaction) {
        // 满意度 is where it is set; an indicator of it elsewhere is told.
        let group = promise.group() == Some(Group::Satisfaction);
        return (stands != Category::Satisfaction && !group).then_some("满意度");
    }
    match stands {
        Category::Satisfaction
            if ends(Class::NamesOfCounts)
                && promise.percent().is_none()
                && !promise.names(Class::NamesBesideSatisfaction) =>
        {
            Some("产出或者效益")
        }
        Category::Quantity | Category::Quality | Category::Cost if ends(Class::NamesOfTimeliness) => {
            Some("时效")
        }
        Category::Quantity | Category::Time | Category::Cost if ends(Class::NamesOfQuality) => Some("质量"),
        Category::Quantity | Category::Quality | Category::Time if ends(Class::NamesOfCost) => Some("成本"),
        _ => None,
    }
}
