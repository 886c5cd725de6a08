//! A case's results → rows.

use super::Row;
use super::columns::Table;
use crate::base::{Date, Number, Yuan, sha256_of};
use crate::form::{plain_code, without_telephones};
use crate::issue::{self, KEY, WHOLE};
use crate::mapping::title::normalise;
use crate::model::{AmountKind, FindingId, Indicator, IndicatorScore, Project, Severity, State, SurveyCount};
use crate::notation::{Notation, Row as Cells};
use crate::output::json::Report;
use crate::pipeline::CaseOutcome;
use crate::reconcile::stated;

/// Characters that a goal has at least, for two that are the same to be no chance.
const TELLING: usize = 20;

/// A row under way: values by the name of their column.
struct Making {
    row: Row,
}

impl Making {
    fn new(table: Table) -> Self {
        Self { row: Row { table, values: vec![None; table.columns().len()] } }
    }

    fn put(mut self, column: &str, value: Option<impl ToString>) -> Self {
        if let Some(value) = value {
            self.row.put(column, value.to_string());
        }
        self
    }

    fn set(self, column: &str, value: impl ToString) -> Self {
        self.put(column, Some(value))
    }

    fn done(self) -> Row {
        self.row
    }
}

/// Whose rows are made.
struct Keys<'a> {
    case: usize,
    year: i16,
    agency: Option<&'a str>,
    project: Option<&'a str>,
    key: String,
}

impl Keys<'_> {
    fn begin(&self, table: Table) -> Making {
        Making::new(table)
            .set("case_no", self.case)
            .set("year", self.year)
            .put("agency", self.agency.map(without_telephones))
            .put("project", self.project.map(without_telephones))
            .set("project_key", &self.key)
    }
}

/// The row of a submission as such; `why` where it could not be scored.
pub fn of_file((name, files): (&str, usize), (outcome, cases, why): (&str, usize, Option<&str>)) -> Row {
    let keys = Keys { case: 0, year: 0, agency: None, project: None, key: String::new() };
    keys.begin(Table::File)
        .set("name", without_telephones(name))
        .set("files", files)
        .set("outcome", outcome)
        .set("cases", cases)
        .put("why", why)
        .done()
}

/// What a project is called.
#[derive(Debug, Clone, Copy, Default)]
pub struct Named<'a> {
    /// 项目编码.
    pub code: Option<&'a str>,
    /// 主管部门.
    pub agency: Option<&'a str>,
    /// 实施单位.
    pub unit: Option<&'a str>,
    /// 项目名称.
    pub name: Option<&'a str>,
}

impl<'a> Named<'a> {
    /// What a case says of its project.
    pub fn of(project: &'a Project) -> Self {
        Self {
            code: project.code.as_deref(),
            agency: project.agency.as_deref(),
            unit: project.unit.as_deref(),
            name: project.name.as_deref(),
        }
    }
}

/// What tells a project from all others, from one year and one submission to the next. Codes are copied along, and departments
/// give one name to what several units do: nothing of these tells a project alone.
pub fn project_key(named: &Named<'_>) -> String {
    let said = |text: Option<&str>| text.map(normalise).unwrap_or_default();
    let code = named.code.and_then(plain_code);
    let name = if code.is_some() { String::new() } else { said(named.name) };
    let parts = [code.unwrap_or_default(), said(named.agency), said(named.unit), name];
    sha256_of(parts.iter().map(String::as_str))
}

/// What was found of a case where it lay beside others.
#[derive(Debug)]
pub struct FoundBeside<'a> {
    /// Which case of its submission, from 0.
    pub case: usize,
    /// The project: its year, its department, its name, its key.
    pub of: (Option<i16>, Option<&'a str>, Option<&'a str>),
    /// The project's key.
    pub key: &'a str,
    /// What was found, the how manyth of its kind, and at which cell.
    pub found: (FindingId, usize, Option<&'a str>),
}

/// The row of a finding that no submission shows by itself.
pub fn among_others(it: &FoundBeside<'_>) -> Row {
    let (year, agency, project) = it.of;
    let (id, number, cell) = it.found;
    let case = it.case.saturating_add(1);
    let keys = Keys { case, year: year.unwrap_or(0), agency, project, key: it.key.to_owned() };
    let digest = sha256_of([id.id(), it.key, &number.to_string()]);
    keys.begin(Table::Finding)
        .set("finding_key", digest.chars().take(KEY).collect::<String>())
        .set("id", id.id())
        .set("title", id.title())
        .set("severity", severity(id.severity()))
        .set("matter", id.matter().name())
        .set("object", WHOLE)
        .set("reader", id.reader().word())
        .put("cell", cell)
        .set("scope", "batch")
        .done()
}

/// A project that is due.
#[derive(Debug)]
pub struct Due<'a> {
    /// Which one of the roll, from 0.
    pub number: usize,
    /// The project's key: that of what was handed in, where that is known to be the same.
    pub key: &'a str,
    /// Its year, its department, its name.
    pub of: (Option<i16>, Option<&'a str>, &'a str),
    /// 实施单位 and 项目编码.
    pub unit: Option<&'a str>,
    /// 项目编码.
    pub code: Option<&'a str>,
    /// How it is marked.
    pub mark: Option<&'a str>,
    /// The year that was last looked at again.
    pub looked_at: Option<i16>,
    /// Whether anything of it came.
    pub came: bool,
    /// What it is to cost, and what was spent.
    pub money: (Option<Yuan>, Option<Yuan>),
}

/// The row of a project that is due.
pub fn of_due(due: &Due<'_>) -> Row {
    let (year, agency, project) = due.of;
    let (budget, spent) = due.money;
    let amount = |amount: Option<Yuan>| amount.map(|amount| exact(amount.number()));
    let keys = Keys {
        case: due.number.saturating_add(1),
        year: year.unwrap_or(0),
        agency,
        project: Some(project),
        key: due.key.to_owned(),
    };
    keys.begin(Table::Roll)
        .put("unit", due.unit.map(without_telephones))
        .put("code", due.code)
        .put("mark", due.mark)
        .put("looked_at", due.looked_at)
        .set("came", due.came)
        .put("budget", amount(budget))
        .put("spent", amount(spent))
        .done()
}

/// The rows of one case that was scored that day, the `number`th of its submission from 0; where it comes from is told
/// later ([`Row::from`]).
pub fn of_case(date: Date, number: usize, outcome: &CaseOutcome, report: &Report) -> Vec<Row> {
    let project = &outcome.case.project;
    let key = project_key(&Named::of(project));
    let keys = Keys {
        case: number.saturating_add(1),
        year: project.year.unwrap_or(0),
        agency: project.agency.as_deref(),
        project: project.name.as_deref(),
        key,
    };
    let mut rows = vec![project_row(&keys, date, outcome, report)];
    rows.extend(indicators(&keys, outcome));
    rows.extend(findings(&keys, outcome, report));
    rows.extend(budget(&keys, outcome));
    rows.extend(months(&keys, outcome));
    rows.extend(surveys(&keys, outcome));
    rows
}

fn project_row(keys: &Keys<'_>, date: Date, outcome: &CaseOutcome, report: &Report) -> Row {
    let amounts = stated::collect(&outcome.case);
    let amount = |kind: AmountKind| amounts.iter().find(|stated| stated.kind == kind)?.yuan();
    let ledger = outcome.reconciliation.ledger.as_ref().and_then(|totals| totals.spending);
    // As every paper has it.
    let spent = outcome.reconciliation.borne_out().or_else(|| amount(AmountKind::Spent));
    let count = |severity: Severity| report.findings.iter().filter(|one| one.severity == severity).count();
    let score = report.score.as_ref();
    let goals: Vec<String> = outcome.case.goals.iter().map(|goal| normalise(&goal.entry.shown())).collect();
    let goal_chars = goals.iter().map(|goal| goal.chars().count()).fold(0, usize::saturating_add);
    let goals: Vec<&str> = goals.iter().map(String::as_str).collect();
    // What the money came to is each project's own, however alike two are.
    let results = outcome.scored.iter().flat_map(|scored| &scored.card.indicators);
    let cells: Vec<String> = report
        .indicators
        .iter()
        .zip(results)
        .filter(|(_, result)| result.index.is_some())
        .map(|(one, _)| one)
        .flat_map(|one| [Some(&one.name), one.target.as_ref(), one.actual.as_ref()])
        .map(|text| text.map(|text| normalise(text)).unwrap_or_default())
        .collect();
    keys.begin(Table::Project)
        .put("unit", outcome.case.project.unit.as_deref().map(without_telephones))
        .put("code", outcome.case.project.code.as_deref())
        .put("total", score.map(|score| exact(score.total.number())))
        .put("full_points", score.map(|score| exact(score.full.number())))
        .put("grade", score.and_then(|score| score.grade.as_deref()))
        .put("provisional", score.map(|score| score.provisional))
        .put("grade_by", score.and_then(|score| score.grade_by))
        .put("complete", score.map(|score| score.complete))
        .put("stated_total", score.and_then(|score| score.stated_total).map(|total| exact(total.number())))
        .put("stated_grade", score.and_then(|score| score.stated_grade.as_deref()))
        .set("indicators", report.indicators.len())
        .set("pending", report.indicators.iter().filter(|one| one.state == State::Pending).count())
        .set("errors", count(Severity::Error))
        .set("warnings", count(Severity::Warning))
        .put(
            "budget",
            amount(AmountKind::AdjustedBudget)
                .or_else(|| amount(AmountKind::Budget))
                .map(|amount| exact(amount.number())),
        )
        .put("spent", spent.map(|amount| exact(amount.number())))
        .put("ledger", ledger.map(|amount| exact(amount.number())))
        .set("goal_chars", goal_chars)
        .put("goal_mark", (goal_chars >= TELLING).then(|| sha256_of(goals)))
        .put("form_mark", (!cells.is_empty()).then(|| sha256_of(cells.iter().map(String::as_str))))
        .set("source", without_telephones(&report.source.file))
        .set("scored_on", date)
        .done()
}

fn indicators(keys: &Keys<'_>, outcome: &CaseOutcome) -> Vec<Row> {
    let case = &outcome.case;
    let Some((scored, form)) = outcome.scored.as_ref().zip(case.score_form.as_ref()) else {
        return Vec::new();
    };
    let row = |(at, result): (usize, &IndicatorScore)| {
        let source: Option<&Indicator> = scored.indicator(form, result);
        let cells = source.map(|source| Cells::read(case, source, None, None)).unwrap_or_default();
        let (target, actual) =
            (cells.target().and_then(Notation::quantity), cells.actual().and_then(Notation::quantity));
        let computed = result.overriding.as_ref().and_then(|typed| typed.computed);
        keys.begin(Table::Indicator)
            .set("indicator_no", at.saturating_add(1))
            .put("level1", filled(&result.level1))
            .put("level2", filled(&result.level2))
            .set("name", &result.name)
            .set("weight", exact(result.weight.number()))
            .put("target_sign", target.and_then(|target| target.sign))
            .put("target", target.map(|target| exact(target.number)))
            .put("unit", target.and_then(|target| filled(&target.unit.word)))
            .put("actual", actual.map(|actual| exact(actual.number)))
            .put("actual_unit", actual.and_then(|actual| filled(&actual.unit.word)))
            .put("rate", result.rate.map(|rate| exact(rate.number())))
            .put("met", result.observed.met)
            .put("rule", result.rule)
            .put("score", result.score.map(|score| exact(score.number())))
            .put("deduction", result.deduction().map(|score| exact(score.number())))
            .put("stated_score", result.stated.map(|score| exact(score.number())))
            .put("computed", computed.map(|score| exact(score.number())))
            .set("state", state(result.state))
            .put("cell", result.cell.as_ref())
            .set("execution", result.index.is_none())
            .done()
    };
    scored.card.indicators.iter().enumerate().map(row).collect()
}

fn findings(keys: &Keys<'_>, outcome: &CaseOutcome, report: &Report) -> Vec<Row> {
    let placed = issue::placed(&outcome.case, &outcome.findings);
    let row = |(placed, line): (issue::Placed<'_>, &crate::output::json::FindingLine)| {
        keys.begin(Table::Finding)
            .set("finding_key", &placed.key)
            .set("id", placed.finding.id.id())
            .set("title", placed.finding.id.title())
            .set("severity", severity(placed.finding.severity))
            .set("matter", line.matter)
            .set("object", &placed.object)
            .set("reader", line.reader)
            .put("state", line.state)
            .put("cell", placed.finding.at.as_ref())
            .set("scope", "case")
            .done()
    };
    placed.into_iter().zip(&report.findings).map(row).collect()
}

fn budget(keys: &Keys<'_>, outcome: &CaseOutcome) -> Vec<Row> {
    let amounts = stated::collect(&outcome.case);
    let row = |(at, one): (usize, &stated::Stated)| {
        let kind = match one.kind {
            AmountKind::Budget => "budget",
            AmountKind::AdjustedBudget => "adjusted",
            AmountKind::Received => "received",
            AmountKind::Spent => "spent",
        };
        keys.begin(Table::Budget)
            .set("amount_no", at.saturating_add(1))
            .set("kind", kind)
            .put("amount", one.yuan().map(|amount| exact(amount.number())))
            .set("stated", exact(one.number))
            .set("stated_unit", one.unit.name())
            .put("cell", one.at.as_ref())
            .done()
    };
    amounts.iter().enumerate().map(row).collect()
}

fn months(keys: &Keys<'_>, outcome: &CaseOutcome) -> Vec<Row> {
    // Where the whole cannot be vouched for, neither can its months.
    let totals = outcome.reconciliation.ledger.as_ref().filter(|totals| totals.spending.is_some());
    let row = |month: &crate::model::MonthTotal| {
        let name = month.month.map(|one| format!("{:04}-{:02}", one.year, one.month)).unwrap_or_default();
        keys.begin(Table::LedgerMonth)
            .set("month", name)
            .set("spending", exact(month.spending.number()))
            .done()
    };
    totals.into_iter().flat_map(|totals| &totals.by_month).map(row).collect()
}

fn surveys(keys: &Keys<'_>, outcome: &CaseOutcome) -> Vec<Row> {
    let number = |count: Option<SurveyCount>| count.map(|count| count.number);
    let mut rows = Vec::new();
    for (at, survey) in outcome.case.surveys.iter().enumerate() {
        for (question, one) in survey.questions.iter().enumerate() {
            let row = keys
                .begin(Table::Survey)
                .set("survey_no", at.saturating_add(1))
                .set("question_no", question.saturating_add(1))
                .set("answered", one.answered())
                .set("skipped", one.skipped)
                .put("sent", number(one.counts.sent.or(survey.counts.sent)))
                .put("returned", number(one.counts.returned.or(survey.counts.returned)))
                .put("valid", number(one.counts.valid.or(survey.counts.valid)));
            rows.push(row.done());
        }
    }
    rows
}

/// As a decimal column holds it: eight places, the last rounded as a spreadsheet does.
fn exact(number: Number) -> Number {
    number.round(8)
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

fn state(state: State) -> &'static str {
    match state {
        State::Computed => "computed",
        State::Judged => "judged",
        State::Pending => "pending",
        State::Overridden => "overridden",
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
