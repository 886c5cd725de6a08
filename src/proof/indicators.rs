//! What a report says of the target or the result of an indicator, in prose and in tables, against the workbook.

use super::figures::{Figure, figures, linked};
use super::found::{Reading, at, plain_name};
use super::prose::Spot;
use super::quantities::percent;
use crate::base::Number;
use crate::check::Facts;
use crate::model::{Entry, Finding, FindingId, Indicator, IndicatorScore};
use crate::notation::scan_quantity;
use crate::words::{self, Class};

/// Characters of a name that can be told from the words around it.
const MIN_NAME: usize = 4;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let Some(facts) = reading.facts else { return Vec::new() };
    let mut findings = tables(reading, facts);
    for (indicator, result) in rows(facts) {
        findings.extend(prose(reading, facts, indicator, result));
    }
    findings
}

/// Each scored indicator with its result, of those whose name is theirs alone.
fn rows<'a>(facts: &Facts<'a>) -> Vec<(&'a Indicator, &'a IndicatorScore)> {
    let form = facts.case.score_form.as_ref();
    let results = facts.scorecard.into_iter().flat_map(|card| &card.indicators);
    let all: Vec<_> =
        results.filter_map(|result| Some((form?.indicators.get(result.index?)?, result))).collect();
    let once = |name: &str| all.iter().filter(|(other, _)| other.name == name).count() == 1;
    all.iter().filter(|(indicator, _)| once(&indicator.name)).copied().collect()
}

/// The rates and counts that stand right behind an indicator's name.
fn prose(reading: &Reading, facts: &Facts, indicator: &Indicator, result: &IndicatorScore) -> Vec<Finding> {
    let name = plain_name(&indicator.name);
    let known = known(facts, indicator, result);
    let mut findings = Vec::new();
    if name.chars().count() < MIN_NAME || known.is_empty() {
        return findings;
    }
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        for (from, _) in text.match_indices(&name) {
            let Some(figure) = linked(text, from.saturating_add(name.len())) else { continue };
            let behind = text.get(figure.to..).unwrap_or_default();
            let lead = text.get(..from).unwrap_or_default();
            let lead = lead.rsplit(['，', ':', '、', '(']).next().unwrap_or(lead);
            let planned = words::of(Class::PlannedFigures);
            let planned =
                planned.iter().filter(|word| word.chars().count() > 1).any(|word| lead.contains(word));
            let is_score = behind.starts_with('分') || behind.starts_with(['-', '~', '/', '*', '年', '月']);
            let about = words::of(Class::AboutFigures).begins(behind);
            let other = text.get(..from).is_some_and(|before| reading.is_of_other_year(before));
            if is_score || about || other || planned || !is_own(lead) || is_among(text, &figure, &known) {
                continue;
            }
            let percent = behind.starts_with('%');
            let actual = indicator.actual_shown();
            let comparable = percent == actual.contains('%') || percent && result.rate.is_some();
            if actual.is_empty() || !comparable {
                continue;
            }
            let spot = Spot {
                unit: sentence.unit,
                from: sentence.from.saturating_add(from),
                to: sentence.from.saturating_add(figure.to),
            };
            let sign = if percent { "%" } else { "" };
            let message =
                format!("“{}”写的是{}{sign}，表中实际完成值为{actual}。", indicator.name, figure.value);
            findings.push(reading.finding(FindingId::ReportFigureDiffers, spot, &indicator.name, message));
        }
    }
    findings
}

/// Whether the words before a name narrow it to nothing but the project.
fn is_own(lead: &str) -> bool {
    let lead = plain_name(lead);
    let mut rest = lead.as_str();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.is_empty() {
            return true;
        }
        match words::of(Class::MoneyLeadIns).strip(rest) {
            Some(shorter) => rest = shorter,
            None => return false,
        }
    }
}

/// Every number that the workbook has for an indicator: its target, what was done, rates of both.
fn known(facts: &Facts, indicator: &Indicator, result: &IndicatorScore) -> Vec<Number> {
    let entries = [&indicator.situation, &indicator.stated_rate, &indicator.reason, &indicator.remark];
    let entries = entries.into_iter().flatten().map(Entry::shown);
    let texts: Vec<String> =
        [indicator.actual_shown(), indicator.target_shown()].into_iter().chain(entries).collect();
    let mut all: Vec<Number> = texts.iter().flat_map(|text| numbers(text)).collect();
    let pairs: Vec<(Number, Number)> =
        all.iter().flat_map(|one| all.iter().map(move |other| (*one, *other))).take(400).collect();
    all.extend(pairs.into_iter().filter_map(|(part, whole)| percent(part, whole)));
    let rates = [result.rate, facts.reconciliation.rate.from_ledger, facts.reconciliation.rate.from_stated];
    all.extend(rates.into_iter().flatten().filter_map(|rate| rate.number().times(Number::from(100))));
    if indicator.satisfaction.is_some() {
        // What a survey comes to by other measures is no matter of the words of a report.
        all.extend(
            indicator
                .satisfaction
                .iter()
                .filter_map(|found| found.measure())
                .flat_map(|found| numbers(&found.written)),
        );
    }
    all
}

/// The numbers of a text, as they stand and with what multiplies them (1.2万人).
fn numbers(text: &str) -> Vec<Number> {
    let plain = crate::notation::normalise(text);
    let text = plain.as_str();
    let mut all = Vec::new();
    for figure in figures(text) {
        all.push(figure.value);
        all.extend(text.get(figure.from..).and_then(scan_quantity).map(|(quantity, _)| quantity.number));
    }
    all
}

fn is_among(text: &str, figure: &Figure, known: &[Number]) -> bool {
    let folded = text.get(figure.from..).and_then(scan_quantity).map(|(quantity, _)| quantity.number);
    known.iter().any(|known| figure.is(*known) || figure.is_cut(*known) || folded == Some(*known))
}

/// The tables that list targets or results by the names of indicators.
fn tables(reading: &Reading, facts: &Facts) -> Vec<Finding> {
    let mut findings = Vec::new();
    let scored = rows(facts);
    for grid in &reading.grids {
        let columns = [
            (grid.column(Class::ColumnsOfTargets), "指标值"),
            (grid.column(Class::ColumnsOfActuals), "实际完成值"),
        ];
        let first = columns.iter().filter_map(|(col, _)| *col).min();
        for row in &grid.rows {
            let Some((_, name)) = first.and_then(|first| row.name_before(first)) else { continue };
            let name = plain_name(name);
            for (col, what) in columns {
                let Some(cell) = col.and_then(|col| row.cells.get(&col)).filter(|cell| !cell.continued)
                else {
                    continue;
                };
                let is_target = what == "指标值";
                let of_scored = scored.iter().filter(|(indicator, _)| plain_name(&indicator.name) == name);
                let shown = of_scored.map(|(indicator, _)| {
                    if is_target { indicator.target_shown() } else { indicator.actual_shown() }
                });
                let declared = facts.case.declared.iter().map(|declared| &declared.indicator);
                let declared = declared
                    .filter(|one| is_target && plain_name(&one.name) == name)
                    .map(Indicator::target_shown);
                let workbook: Vec<String> =
                    shown.chain(declared).filter(|text| !figures(text).is_empty()).collect();
                if let Some(differs) = differing(&cell.text, &workbook) {
                    let message = format!("“{name}”的{what}写的是{}，表中为{differs}。", cell.text);
                    findings.push(at(FindingId::ReportFigureDiffers, row.passage(&name), message));
                }
            }
        }
    }
    findings
}

/// What the workbook has, where a cell has other figures than each of its cells.
fn differing<'w>(cell: &str, workbook: &'w [String]) -> Option<&'w str> {
    let own = numbers(cell);
    if own.is_empty() {
        return None;
    }
    let agrees = |text: &String| {
        let known = numbers(text);
        own.iter().any(|number| known.contains(number))
    };
    if workbook.iter().any(agrees) { None } else { workbook.first().map(String::as_str) }
}
