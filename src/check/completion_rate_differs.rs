//! A typed completion rate (完成率) that target and actual beside it do not give, however it is rounded.

use super::Facts;
use crate::base::{Number, Ratio};
use crate::model::{Entry, Finding, FindingId};
use crate::sheet::{NumberFormat, Value};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let findings = facts.indicators().filter_map(|(indicator, result)| {
        let entry = indicator.stated_rate.as_ref()?;
        let ours = result.rate.or(result.observed.reached)?;
        let stated = stated(entry)?;
        if stated.agrees(ours)? {
            return None;
        }
        let percent = ours.number().times(Number::from(100))?.round(2);
        let message = format!(
            "“{}”的完成率填写为“{}”，按实际完成值“{}”和指标值“{}”计算是 {percent}%。",
            indicator.name,
            entry.shown().trim(),
            indicator.actual_shown(),
            indicator.target_shown()
        );
        Some(Finding::new(FindingId::CompletionRateDiffers, entry.at.clone(), message))
    });
    findings.collect()
}

/// A typed rate: its number, what it is multiplied by to be in percent, and the digits shown behind its point.
struct Stated {
    number: Number,
    /// Whether it says itself that it counts hundredths.
    is_percent: bool,
    places: u32,
}

fn stated(entry: &Entry) -> Option<Stated> {
    match &entry.cell.value {
        Value::Number(number) => match entry.cell.format {
            NumberFormat::Percent(places) => {
                let number = number.times(Number::from(100))?;
                Some(Stated { number, is_percent: true, places: u32::from(places) })
            }
            NumberFormat::Fixed(places) => {
                Some(Stated { number: *number, is_percent: false, places: u32::from(places) })
            }
            _ => {
                Some(Stated { number: *number, is_percent: false, places: number.get().normalize().scale() })
            }
        },
        Value::Text(text) => {
            let text = text.trim();
            let digits = text.strip_suffix(['%', '％']);
            let places = |digits: &str| digits.split_once('.').map_or(0, |(_, rest)| rest.len());
            let number = digits.unwrap_or(text).trim();
            let places = u32::try_from(places(number)).ok()?;
            Some(Stated { number: number.parse().ok()?, is_percent: digits.is_some(), places })
        }
        _ => None,
    }
}

impl Stated {
    /// Whether it is the rate as far as it is shown; without a sign of percent it may be either. What was done beyond the
    /// target may be left out.
    fn agrees(&self, ours: Ratio) -> Option<bool> {
        let hundred = Number::from(100);
        let counts = if ours.number() > Number::ONE { Some(Number::ONE) } else { None };
        for ours in [Some(ours.number()), counts].into_iter().flatten() {
            // A bare 1 is all that was promised; rounded so far, two thirds would be, too.
            let as_ratio = !self.is_percent && (self.places > 0 || ours.round(4) == self.number.round(4));
            if self.near(ours.times(hundred)?)? || (as_ratio && self.near(ours)?) {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Whether it lies within half a unit of its last digit.
    fn near(&self, ours: Number) -> Option<bool> {
        let twice = self.number.minus(ours)?.abs().times(Number::from(2))?;
        let unit = (0..self.places).try_fold(Number::ONE, |unit, _| unit.over(Number::from(10)))?;
        Some(twice.round(8) <= unit)
    }
}
