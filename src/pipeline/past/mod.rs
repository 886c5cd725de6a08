//! The years before: what a form does not say of its own past may stand in last year's form, of the same project and the same
//! owner. It is taken with where it comes from, and what it is worth; what differs in scope or owner is not taken, and said.

mod collect;
mod names;

pub use collect::past;

use super::files::Placed;
use crate::criterion;
use crate::model::{Benchmark, Case, Entry, Finding, FindingId, Indicator, Past, PastRow, Standard, Taken};
use crate::words::{self, Class};

/// Fills the cases of a run: from what was told, and from each other's forms.
pub(super) fn fill(placed: &mut [Placed], told: &[Past]) {
    let within: Vec<Past> =
        placed.iter().filter_map(|placed| collect::of_case(&placed.case, &placed.case.source.file)).collect();
    for placed in placed {
        let own =
            |past: &&Past| !(past.file == placed.case.source.file && past.year == placed.case.project.year);
        let all: Vec<&Past> = told.iter().chain(within.iter().filter(own)).collect();
        fill_case(&mut placed.case, &all);
    }
}

/// Fills what one case does not say itself.
fn fill_case(case: &mut Case, all: &[&Past]) {
    let mut findings = Vec::new();
    for standard in [Standard::LastYear, Standard::YearBefore] {
        let of_year: Vec<&Past> =
            all.iter().copied().filter(|past| stands_for(past, case) == Some(standard)).collect();
        let (others, own): (Vec<&Past>, Vec<&Past>) =
            of_year.into_iter().partition(|past| past.is_of_another(&case.project));
        for past in others.iter().filter(|_| own.is_empty()) {
            let message = format!(
                "“{}”中有同名项目，但属于{}，不是本单位的，没有采用其中的{}。",
                past.file,
                past.owner(),
                standard.name()
            );
            findings.push(Finding::new(FindingId::PastOfAnother, place(case), message));
        }
        if !own.is_empty() {
            let year = case.project.year;
            let form = case.score_form.iter_mut().flat_map(|form| form.indicators.iter_mut());
            let declared = case.declared.iter_mut().map(|declared| &mut declared.indicator);
            for indicator in form.chain(declared) {
                fill_indicator(indicator, standard, (&own, year), &mut findings);
            }
        }
    }
    let strangers = all.iter().filter(|past| past.told && stands_for(past, case).is_none());
    findings.extend(strangers.map(|past| {
        let message = format!("“{}”没有采用为上年的数据：{}。", past.file, why_not(past, case));
        Finding::new(FindingId::PastNotTaken, place(case), message)
    }));
    for finding in findings {
        if !case.findings.contains(&finding) {
            case.findings.push(finding);
        }
    }
}

/// Where a case as a whole is spoken of.
fn place(case: &Case) -> Option<crate::base::CellAt> {
    case.score_form.as_ref().and_then(|form| form.indicators.first()?.at().cloned())
}

/// The standard of which a form has the values for a case of the same project: by the years of both.
fn stands_for(past: &Past, case: &Case) -> Option<Standard> {
    if !past.is_of(&case.project) {
        return None;
    }
    match (case.project.year, past.year) {
        (Some(year), Some(before)) => match year.checked_sub(before)? {
            1 => Some(Standard::LastYear),
            2 => Some(Standard::YearBefore),
            _ => None,
        },
        _ => past.told.then_some(Standard::LastYear),
    }
}

fn why_not(past: &Past, case: &Case) -> String {
    if !past.is_of(&case.project) {
        return format!("项目是“{}”，与本表的项目不同", past.project.as_deref().unwrap_or("（没有写明）"));
    }
    match (past.year, case.project.year) {
        (Some(past), Some(year)) => format!("年度是{past}，本表的年度是{year}，不是上一年度"),
        _ => "年度不能确定".to_owned(),
    }
}

/// Fills one indicator, or says why what is nearest was not taken.
fn fill_indicator(
    indicator: &mut Indicator,
    standard: Standard,
    (all, year): (&[&Past], Option<i16>),
    findings: &mut Vec<Finding>,
) {
    if indicator.benchmark(standard).is_some() || indicator.name.is_empty() {
        return;
    }
    let asked = asks(indicator, standard);
    let at =
        || indicator.actual.as_ref().and_then(|entry| entry.at.clone()).or_else(|| indicator.at().cloned());
    let same = |row: &&PastRow| names::plain(&row.name) == names::plain(&indicator.name);
    let found: Vec<(&Past, &PastRow)> =
        all.iter().flat_map(|past| past.rows.iter().filter(same).map(move |row| (*past, row))).collect();
    let mut values: Vec<&str> = found.iter().filter_map(|(_, row)| row.value.as_deref()).collect();
    values.sort_unstable();
    values.dedup();
    match (found.as_slice(), values.as_slice()) {
        ([], _) => {
            let rows = all.iter().flat_map(|past| past.rows.iter().map(move |row| (*past, row)));
            if let Some((past, row)) = asked.then(|| names::nearest(&indicator.name, rows)).flatten() {
                let message = format!(
                    "“{}”中没有同名指标，最接近的是“{}”（{}，{}），名称不同，不能确定是否同一口径，没有采用为“{}”的{}。",
                    past.file,
                    row.name,
                    row.shown,
                    row.cell,
                    indicator.name,
                    standard.name()
                );
                findings.push(Finding::new(FindingId::PastOfOtherScope, at(), message));
            }
        }
        ([(past, row), ..], [only]) => {
            let year = past.year.or_else(|| year.and_then(|year| year.checked_sub(1)).filter(|_| past.told));
            let taken =
                Taken { file: past.file.clone(), cell: row.cell.clone(), year, reviewed: past.reviewed };
            if asked {
                let message =
                    format!("“{}”的{}{only}取自{}。", indicator.name, standard.name(), taken.shown());
                findings.push(Finding::new(FindingId::PastTaken, at(), message));
            }
            indicator.standards.push(Benchmark { standard, entry: Entry::typed(only), taken: Some(taken) });
        }
        ([(past, row), ..], values) if asked => {
            let why = if values.is_empty() {
                format!("其中填写的是“{}”（{}），不是一个确定的数", row.shown, row.cell)
            } else {
                "几处的数不同".to_owned()
            };
            let message =
                format!("“{}”的{}没有采用“{}”中的：{why}。", indicator.name, standard.name(), past.file);
            findings.push(Finding::new(FindingId::PastOfOtherScope, at(), message));
        }
        _ => {}
    }
}

/// Whether the criterion asks for the standard.
fn asks(indicator: &Indicator, standard: Standard) -> bool {
    let text = indicator.rubric.clone().or_else(|| indicator.criterion.as_ref().map(Entry::shown));
    let text = text.unwrap_or_default();
    let changes = standard == Standard::LastYear
        && (words::of(Class::LastYears).within(&text) || text.contains("同比"));
    changes || criterion::standard_of(&text) == Some(standard)
}
