//! What a finding is of: the indicator, the field or the form whose cell it points to.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::{CellAt, CellRef, SheetId};
use crate::model::{Case, Entry, Finding, FormKind, Indicator, Reader};

/// Of what a finding without a cell is.
pub const WHOLE: &str = "整份材料";
/// The block of the budget, the row of the total with the grade or without one, and the goals of the whole.
const EXECUTION: &str = "预算执行";
const TOTAL: &str = "总分和等级";
const BARE_TOTAL: &str = "总分";
const GOAL: &str = "总体目标";

/// What stands in the cells of a case.
pub(super) struct Objects<'a> {
    case: &'a Case,
    cells: BTreeMap<&'a CellAt, String>,
    /// The indicator of a row.
    rows: BTreeMap<(&'a SheetId, u32), String>,
    /// What was said of why an indicator is as it is.
    reasons: BTreeMap<String, String>,
}

impl<'a> Objects<'a> {
    /// Those of this case.
    pub(super) fn of(case: &'a Case) -> Self {
        let mut all = Self { case, cells: BTreeMap::new(), rows: BTreeMap::new(), reasons: BTreeMap::new() };
        for declared in &case.declared {
            all.indicator(&declared.indicator, &declared.indicator.name);
        }
        if let Some(form) = &case.score_form {
            for indicator in &form.indicators {
                all.indicator(indicator, &form.called(indicator));
            }
            for row in &form.budget {
                let amounts = [&row.budget, &row.adjusted, &row.spent, &row.rate];
                all.put(amounts.into_iter().chain([&row.weight, &row.score, &row.stated_score]), EXECUTION);
            }
            let total = &form.total;
            let name = if total.grade.is_some() { TOTAL } else { BARE_TOTAL };
            let sums = [&total.weight, &total.stated_score, &total.score, &total.deduction, &total.grade];
            all.put(sums, name);
            form.head_totals.iter().for_each(|field| all.entry(&field.entry, name));
            for row in &form.subtotals {
                all.put([&row.weight, &row.stated_score, &row.score, &row.deduction], &row.label);
            }
            for row in &form.levels {
                all.entry(&row.entry, row.level2.as_ref().unwrap_or(&row.level1));
            }
        }
        for row in case.summary.iter().flat_map(|summary| &summary.rows) {
            all.entry(&row.weight, &row.level2);
            all.entry(&row.score, &row.level2);
        }
        for row in case.funds.iter().flatten() {
            all.put([&row.budget, &row.adjusted, &row.spent, &row.rate], EXECUTION);
        }
        case.goals.iter().for_each(|goal| all.entry(&goal.entry, GOAL));
        case.amounts.iter().for_each(|amount| all.entry(&amount.entry, &amount.label));
        case.fields.iter().for_each(|field| all.entry(&field.entry, &field.label));
        all
    }

    fn indicator(&mut self, indicator: &'a Indicator, name: &str) {
        let i = indicator;
        let entries =
            [&i.weight_entry, &i.criterion, &i.target, &i.target_sign, &i.unit, &i.actual, &i.situation];
        let more = [
            &i.stated_score,
            &i.score,
            &i.stated_rate,
            &i.stated_actual,
            &i.deviation,
            &i.deduction,
            &i.remark,
            &i.reason,
        ];
        self.put(entries.into_iter().chain(more), name);
        self.entry(&i.name_entry, name);
        if let Some(reason) = i.reason.as_ref().filter(|entry| !entry.is_blank()) {
            self.reasons.insert(plain(name), reason.shown().trim().to_owned());
        }
        if let Some(at) = i.at() {
            self.rows.entry((&at.sheet, at.cell.row())).or_insert_with(|| plain(name));
        }
    }

    fn put(&mut self, entries: impl IntoIterator<Item = &'a Option<Entry>>, name: &str) {
        entries.into_iter().flatten().for_each(|entry| self.entry(entry, name));
    }

    fn entry(&mut self, entry: &'a Entry, name: &str) {
        if let Some(at) = &entry.at {
            self.cells.entry(at).or_insert_with(|| plain(name));
        }
    }

    /// What a finding is of.
    pub(super) fn of_finding(&self, finding: &Finding) -> String {
        if let Some(passage) = &finding.passage {
            return passage.of.clone();
        }
        let Some(at) = &finding.at else { return WHOLE.to_owned() };
        let named = self.cells.get(at).or_else(|| self.rows.get(&(&at.sheet, at.cell.row())));
        named.cloned().unwrap_or_else(|| match self.form(at) {
            Some(kind) => kind.name().to_owned(),
            None => format!("工作表“{}”", at.sheet.name),
        })
    }

    /// Whose matter a finding is: of what is wrong with the bureau's own form no agency is told.
    pub(super) fn reader(&self, finding: &Finding) -> Reader {
        // A report is an evaluator's, whoever is evaluated.
        if finding.passage.is_some() {
            return Reader::Bureau;
        }
        // Who evaluates asks the people, too.
        let evaluates = self.case.score_form.as_ref().is_some_and(|form| form.kind.is_bureaus());
        let is_own = |kind: FormKind| kind.is_bureaus() || evaluates && kind == FormKind::Survey;
        let own = finding.at.as_ref().and_then(|at| self.form(at)).is_some_and(is_own);
        if own { Reader::Bureau } else { finding.id.reader() }
    }

    /// What the form says of why an object is as it is.
    pub(super) fn reason(&self, object: &str) -> Option<&str> {
        self.reasons.get(object).map(String::as_str)
    }

    /// The form in whose range a cell stands, or whose sheet it is on.
    pub(super) fn form(&self, at: &CellAt) -> Option<FormKind> {
        let on_sheet = || self.case.forms.iter().filter(|form| form.sheet == at.sheet);
        let around = on_sheet().find(|form| form.range.contains(at.cell));
        around.or_else(|| on_sheet().next()).map(|form| form.kind)
    }

    /// Where a finding is said, for reading order: what is about the whole first.
    pub(super) fn place(&self, finding: &Finding) -> Option<(Option<usize>, CellRef)> {
        let at = finding.at.as_ref()?;
        Some((self.case.sheets.iter().position(|sheet| *sheet == at.sheet), at.cell))
    }

    /// What there is in the case.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        let forms = self.case.forms.iter().map(|form| form.kind.name());
        let named = self.cells.values().chain(self.rows.values()).map(String::as_str);
        named.chain(forms).chain([WHOLE]).collect()
    }
}

/// A label without what only sets it off.
fn plain(label: &str) -> String {
    let label: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    label.trim_end_matches(['：', ':']).to_owned()
}
