//! What a reviewer of targets sees beside each point: what the forms say themselves that is asked for, and what was found.
//! What only a person can judge is said to be so.

use super::{Item, items};
use crate::base::{CellAt, Number, Weight};
use crate::model::{Case, Entry, Finding, FormKind, Goal, Indicator, MoneyUnit, Reader, ReviewPoint};
use crate::notation::{Notation, Row};

/// Characters of a goal that are shown.
const MAX_GOAL_CHARS: usize = 80;
/// Between what was found.
const BETWEEN: &str = "\n";
/// What stands there where nothing was found.
const NOTHING: &str = "未发现";

/// A point with what is to be seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The point.
    pub point: ReviewPoint,
    /// What the forms say.
    pub facts: String,
    /// What was found, each with its cell.
    pub found: String,
}

/// All points of a review of the targets of a case.
pub fn reviewed(case: &Case, findings: &[Finding]) -> Vec<Seen> {
    let items = items(case, findings);
    let seen = |point| Seen { point, facts: facts(case, point), found: found(case, &items, point) };
    ReviewPoint::ALL.into_iter().map(seen).collect()
}

/// What was found that speaks for a point. Beside a self-evaluation only what is said of the declaration.
fn found(case: &Case, items: &[Item], point: ReviewPoint) -> String {
    let declared = |at: &Option<CellAt>| {
        let of_declaration = |at: &CellAt| {
            let mut forms = case.forms.iter().filter(|form| form.kind == FormKind::Declaration);
            forms.any(|form| form.sheet == at.sheet)
        };
        case.is_declaration_alone() || at.as_ref().is_none_or(of_declaration)
    };
    let own = items.iter().filter(|item| item.reader == Reader::Agency).flat_map(|item| &item.findings);
    let own = own.filter(|finding| finding.id.review_point() == point && declared(&finding.at));
    let line = |finding: &&Finding| match &finding.at {
        Some(at) => {
            format!("{}（{} {}）", finding.message.trim_end_matches('。'), at.sheet.name, at.cell)
        }
        None => finding.message.clone(),
    };
    let lines: Vec<String> = own.map(line).collect();
    if lines.is_empty() { NOTHING.to_owned() } else { lines.join(BETWEEN) }
}

/// What the forms say of a point.
fn facts(case: &Case, point: ReviewPoint) -> String {
    match point {
        ReviewPoint::Complete => complete(case),
        ReviewPoint::Clear => clear(case),
        ReviewPoint::Relevant => relevant(case),
        ReviewPoint::Scientific => scientific(case),
        ReviewPoint::Reasonable => reasonable(case),
        ReviewPoint::Funded => funded(case),
        ReviewPoint::Feasible => feasible(case),
        ReviewPoint::Prepared => "表中没有可以核对的内容，请审核人员对照实施方案和管理制度判断。".to_owned(),
    }
}

fn declared(case: &Case) -> impl Iterator<Item = &Indicator> {
    case.declared.iter().map(|declared| &declared.indicator)
}

fn goals(case: &Case) -> Vec<&Goal> {
    case.goals.iter().filter(|goal| !goal.result && !goal.entry.is_blank()).collect()
}

fn is_filled(entry: Option<&Entry>) -> bool {
    entry.is_some_and(|entry| !entry.is_blank())
}

/// So many of all indicators.
fn counted(case: &Case, of: impl Fn(&Indicator) -> bool) -> usize {
    declared(case).filter(|indicator| of(indicator)).count()
}

fn complete(case: &Case) -> String {
    let project = &case.project;
    let fields = [
        ("项目名称", project.name.is_some()),
        ("主管部门", project.agency.is_some()),
        ("实施单位", project.unit.is_some()),
        ("年度", project.year.is_some()),
    ];
    let open: Vec<&str> = fields.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    let fields = if open.is_empty() {
        "项目名称、主管部门、实施单位、年度均已填写。".to_owned()
    } else {
        format!("没有读到{}。", open.join("、"))
    };
    let (all, filled) =
        (counted(case, |_| true), counted(case, |indicator| is_filled(indicator.target.as_ref())));
    format!("{fields}指标{all}项，填写指标值的{filled}项。")
}

fn clear(case: &Case) -> String {
    let goal = match goals(case).len() {
        0 => "没有读到总体目标。",
        _ => "总体目标已填写。",
    };
    let number = counted(case, |indicator| {
        let row = Row::read(case, indicator, None, None);
        row.target().is_some_and(|target| target.quantity().is_some() || target.is_date())
    });
    let words = counted(case, |indicator| is_filled(indicator.target.as_ref())).saturating_sub(number);
    format!("{goal}指标值为数量或者日期的{number}项，为文字的{words}项。")
}

fn relevant(case: &Case) -> String {
    let judged = "是否符合政策规划、属于部门职能，由审核人员判断。";
    let Some(goal) = goals(case).first().map(|goal| goal.entry.shown()) else { return judged.to_owned() };
    let goal = goal.split_whitespace().collect::<String>();
    let goal = goal.trim_end_matches('。');
    let cut: String = goal.chars().take(MAX_GOAL_CHARS).collect();
    let more = if cut.len() < goal.len() { "……" } else { "" };
    format!("总体目标：“{cut}{more}”。{judged}")
}

fn scientific(case: &Case) -> String {
    let mut levels: Vec<(&str, usize)> = Vec::new();
    for indicator in declared(case) {
        let name = if indicator.level2.is_empty() { &indicator.level1 } else { &indicator.level2 };
        match levels.iter_mut().find(|(have, _)| have == name) {
            Some((_, count)) => *count = count.saturating_add(1),
            None => levels.push((name, 1)),
        }
    }
    let levels: Vec<String> = levels.iter().map(|(name, count)| format!("{name}{count}项")).collect();
    let weights: Option<Vec<_>> = declared(case).map(|indicator| indicator.weight).collect();
    let sum = weights.and_then(Weight::sum);
    let sum = sum.map(|sum| format!("分值合计{sum}分。")).unwrap_or_default();
    format!("{}。{sum}", levels.join("、"))
}

fn reasonable(case: &Case) -> String {
    let beside = counted(case, |indicator| !indicator.standards.is_empty());
    if beside == 0 {
        return "表中没有上年值、行业值等可以比较的数，请审核人员与历史水平、同类项目比较。".to_owned();
    }
    format!("列有上年值、行业值等可以比较的数的指标{beside}项，请审核人员判断指标值是否偏高或者偏低。")
}

fn funded(case: &Case) -> String {
    // In the order of the form, each once: what is stated in one unit is stated in it throughout.
    let mut stated: Vec<String> = Vec::new();
    let mut add = |label: &str, shown: &str, unit: &str| {
        let shown = shown.trim();
        let unit = if shown.parse::<Number>().is_ok() { unit } else { "" };
        let words = format!("{}{shown}{unit}", label.trim());
        if !stated.contains(&words) {
            stated.push(words);
        }
    };
    let amounts = || case.amounts.iter().filter(|amount| !amount.entry.is_blank());
    for amount in amounts() {
        add(&amount.label, &amount.entry.shown(), amount.unit.name());
    }
    let common = amounts().next().map(|amount| amount.unit.name()).unwrap_or_default();
    for row in case.funds.iter().flatten() {
        if let Some(budget) = row.budget.as_ref().filter(|budget| !budget.is_blank()) {
            add(&row.label, &budget.shown(), row.unit.map_or(common, MoneyUnit::name));
        }
    }
    if stated.is_empty() {
        return "表中没有读到资金额，请审核人员对照预算安排判断。".to_owned();
    }
    format!("{}。规模是否合适由审核人员判断。", stated.join("；"))
}

fn feasible(case: &Case) -> String {
    let dated = counted(case, |indicator| {
        Row::read(case, indicator, None, None).target().is_some_and(Notation::is_date)
    });
    let judged = "措施和进度是否可行，由审核人员判断。";
    format!("写明完成日期的指标{dated}项。{judged}")
}
