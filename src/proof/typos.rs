//! Words that are written with a wrong character: 不底于 for 不低于. A list as data; none of them is ever a word.

use super::found::Reading;
use super::prose::Spot;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (wrong, right) in words::of(Class::WrongWords).iter().filter_map(|pair| pair.split_once('/')) {
        for (unit, text) in reading.prose.texts() {
            let Some(from) = text.find(wrong) else { continue };
            let spot = Spot { unit, from, to: from.saturating_add(wrong.len()) };
            let message = format!("“{wrong}”有错字，应为“{right}”。");
            findings.push(reading.finding(FindingId::ReportContradictsItself, spot, right, message));
        }
    }
    findings
}
