//! `project-submitted-twice` and `forms-identical`: what is there more than once.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Seen;
use crate::intake::group::named::key;
use crate::model::FindingId;
use crate::service::answer::Fault;

/// Rows of a form from which on equal ones are no chance.
const MIN_ROWS: usize = 5;
/// The share of equal rows from which on two forms are the same, in percent.
const SAME: usize = 80;
/// Projects with a row in common that are looked at: of more the first will do, for they are all alike.
const MAX_BESIDE: usize = 200;

type Told = ((usize, usize), Fault);

/// Projects with the code of another, or with its name, department and year and another code.
pub(super) fn twice(seen: &[Seen]) -> Vec<Told> {
    let by_code = |one: &Seen| Some((one.code.clone()?, one.year));
    let by_name =
        |one: &Seen| Some((format!("{} {}", key(one.project.as_deref()?), one.agency_key()?), one.year));
    let mut told: BTreeMap<(usize, usize), Fault> = BTreeMap::new();
    for (how, others) in
        [("项目编码", groups(seen, by_code)), ("项目名称、主管部门和年度", groups(seen, by_name))]
    {
        for same in others.iter().filter(|same| same.len() > 1) {
            for one in same {
                // A workbook of several years or stages is one submission.
                let Some(other) = same.iter().find(|other| other.at.0 != one.at.0) else { continue };
                let message = format!("与另一份材料{}的{how}相同。", other.called());
                told.entry(one.at)
                    .or_insert_with(|| Fault::of(FindingId::ProjectSubmittedTwice, None, message));
            }
        }
    }
    told.into_iter().collect()
}

/// Projects that have a key, by it.
fn groups(seen: &[Seen], key: impl Fn(&Seen) -> Option<(String, Option<i16>)>) -> Vec<Vec<&Seen>> {
    let mut groups: BTreeMap<(String, Option<i16>), Vec<&Seen>> = BTreeMap::new();
    for one in seen {
        if let Some(key) = key(one) {
            groups.entry(key).or_default().push(one);
        }
    }
    groups.into_values().collect()
}

/// Projects of which nearly all rows are those of another.
pub(super) fn identical(seen: &[Seen]) -> Vec<Told> {
    let mut with_row: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, one) in seen.iter().enumerate().filter(|(_, one)| one.rows.len() >= MIN_ROWS) {
        let once: HashSet<u64> = one.rows.iter().copied().collect();
        for row in once {
            with_row.entry(row).or_default().push(at);
        }
    }
    let mut told = Vec::new();
    for (at, one) in seen.iter().enumerate().filter(|(_, one)| one.rows.len() >= MIN_ROWS) {
        // Of two forms that are nearly the same one has at most a fifth of rows that the other lacks: so of its rarest rows the
        // other has one.
        let mut rows: Vec<(usize, u64)> =
            one.rows.iter().map(|row| (with_row.get(row).map_or(0, Vec::len), *row)).collect();
        rows.sort_unstable();
        let lacking = one.rows.len().saturating_sub(needed(one.rows.len()));
        let beside = rows.iter().take(lacking.saturating_add(1)).filter_map(|(_, row)| with_row.get(row));
        let others = beside.flat_map(|all| all.iter().filter(|other| **other != at).take(MAX_BESIDE));
        let mut looked: HashSet<usize> = HashSet::new();
        let found = others.filter(|other| looked.insert(**other)).find_map(|other| {
            let other = seen.get(*other)?;
            let most = one.rows.len().max(other.rows.len());
            let equal = equal(&one.rows, &other.rows);
            let differs = one.at.0 != other.at.0 && one.project != other.project;
            (differs && equal >= needed(most)).then_some((other, equal, most))
        });
        if let Some((other, equal, most)) = found {
            let message = format!(
                "与{}相比，{most} 个指标中有 {equal} 个的名称、指标值、完成值和得分完全相同。",
                other.called()
            );
            told.push((one.at, Fault::of(FindingId::FormsIdentical, None, message)));
        }
    }
    told
}

/// How many of so many rows must be equal.
fn needed(rows: usize) -> usize {
    rows.saturating_mul(SAME).div_ceil(100)
}

/// How many rows both have.
fn equal(a: &[u64], b: &[u64]) -> usize {
    let mut left: HashMap<u64, usize> = HashMap::new();
    for row in a {
        let count = left.entry(*row).or_default();
        *count = count.saturating_add(1);
    }
    let has = |row: &&u64| match left.get_mut(*row) {
        Some(count) if *count > 0 => {
            *count = count.saturating_sub(1);
            true
        }
        _ => false,
    };
    b.iter().filter(has).count()
}
