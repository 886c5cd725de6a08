//! Volumes that cannot stand beside each other: all was settled, and yet more came in; more opinions than cases.

use super::figures::{Figure, figures, linked};
use super::found::Reading;
use super::prose::Spot;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let taken_in = said(reading, Class::VolumesTakenIn);
    let settled = said(reading, Class::VolumesSettled);
    let opinions = said(reading, Class::VolumesOfOpinions);
    let Some((came, place)) = taken_in.iter().copied().max_by_key(|(figure, _)| figure.value) else {
        return Vec::new();
    };
    let id = FindingId::ReportContradictsItself;
    let mut findings = Vec::new();
    let whole = |spot: Spot| {
        let text = reading.prose.text(spot.unit);
        let rate = words::of(Class::RatesSettled).find(text);
        rate.and_then(|(at, word)| linked(text, at.saturating_add(word.len())))
            .is_some_and(|rate| rate.value == Number::from(100))
    };
    for (figure, spot) in &settled {
        let place_name = reading.prose.where_is(place);
        if figure.value > came.value {
            let message = format!("办结{}件，多于{place_name}的办件量{}件。", figure.value, came.value);
            findings.push(reading.finding(id, *spot, "办件量", message));
        } else if figure.value != came.value && whole(*spot) {
            let message = format!(
                "办结{}件而办结率为100%，{place_name}的办件量却是{}件，两处不一致。",
                figure.value, came.value
            );
            findings.push(reading.finding(id, *spot, "办件量", message));
        }
    }
    if let Some((figure, spot)) = opinions.iter().find(|(figure, _)| figure.value > came.value) {
        let place_name = reading.prose.where_is(place);
        let message =
            format!("评价{}条，多于{place_name}的全年办件量{}件，请核实口径。", figure.value, came.value);
        findings.push(reading.finding(id, *spot, "评价数量", message));
    }
    findings
}

/// Where the volume of a whole year is said, without those of parts.
fn said(reading: &Reading, class: Class) -> Vec<(Figure, Spot)> {
    let words = words::of(class);
    let mut all = Vec::new();
    for (unit, text) in reading.prose.texts() {
        let mut at = 0_usize;
        while let Some((step, word)) = text.get(at..).and_then(|rest| words.find(rest)) {
            let from = at.saturating_add(step);
            at = from.saturating_add(word.len());
            let Some(figure) = linked(text, at) else { continue };
            let spot = Spot { unit, from, to: figure.to };
            let clause = reading.prose.clause(spot);
            let lead = text.get(clause.from..from).unwrap_or_default();
            let of_year = reading.prose.at(reading.prose.sentence(spot));
            let is_part = words::of(Class::MoneyOfParts).within(&without_years(lead));
            // 全年 or the year itself says that it is the volume of the year.
            if !is_part && (of_year.contains("年") || figures(lead).is_empty()) {
                all.push((figure, spot));
            }
        }
    }
    all
}

fn without_years(text: &str) -> String {
    text.replace("年度", "").replace("全年", "")
}
