//! All qualitative indicators are met, in full, without a word.

use crate::check::Facts;
use crate::check::promise::Promise;
use crate::check::reason_missing::says_nothing;
use crate::model::{Finding, FindingId};
use crate::notation::{Notation, StatusWord};

const ID: FindingId = FindingId::TooManyQualitativeMet;

pub(in crate::check) fn check(facts: &Facts) -> Vec<Finding> {
    let Some(least) = facts.least(ID, 0) else { return Vec::new() };
    let rows = facts.own_rows();
    let worded: Vec<&Promise<'_>> = rows.iter().filter(|row| row.target_in_words().is_some()).collect();
    let silent = |row: &&Promise<'_>| {
        let cells = [&row.indicator.reason, &row.indicator.remark, &row.indicator.evidence];
        let silent = cells.into_iter().flatten().all(|cell| says_nothing(facts, cell));
        row.is_full() && is_done(row) && silent
    };
    let Some(first) = worded.first().filter(|_| worded.len() >= least && worded.iter().all(silent)) else {
        return Vec::new();
    };
    let message = format!("“{}”等 {} 个定性指标都写达成、得满分，没有说明依据。", first.name(), worded.len());
    vec![first.at_actual(ID, message)]
}

fn is_done(row: &Promise<'_>) -> bool {
    matches!(row.row.actual(), Some(Notation::Status(status)) if status.word == StatusWord::Done)
}
