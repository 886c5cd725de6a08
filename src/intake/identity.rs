//! What a table says of itself: which project it is about, what it is of it, and what it holds.

use serde::{Deserialize, Serialize};

use super::roster::Figure;
use crate::base::sha256;
use crate::form::plain_code;
use crate::mapping::title::normalise;
use crate::model::{AmountKind, Case, FormKind};
use crate::pipeline::Looked;
use crate::reconcile::stated;
use crate::sheet::Sheet;
use crate::words::{self, Class};

/// What a file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// A digest of all its cells: two files of the same say the same, however they were saved. `None` where not all of it
    /// was looked at; then only equal bytes are the same.
    pub cells: Option<String>,
    /// The projects that it is about, one or several; of a list of projects none.
    pub said: Vec<Said>,
    /// Whether an earlier run left something in it: a workbook that comes back.
    pub comes_back: bool,
    /// Why nothing was recognised in it, and what to do, where nothing was.
    pub stranger: Option<(String, String)>,
}

/// What is said of one project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Said {
    /// 项目编码.
    pub code: Option<String>,
    /// 项目名称.
    pub name: Option<String>,
    /// 主管部门.
    pub department: Option<String>,
    /// 实施单位.
    pub agency: Option<String>,
    /// The budget year.
    pub year: Option<i16>,
    /// Where it stands in the project's year; `None` where the title does not say, or of what is no stage.
    pub stage: Option<Stage>,
    /// The forms.
    pub parts: Vec<TableKind>,
    /// 全年预算数.
    pub budget: Option<Figure>,
    /// 支出数.
    pub spent: Option<Figure>,
}

/// A form, as far as the intake tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableKind {
    /// 绩效目标申报表.
    Declaration,
    /// 绩效运行监控表.
    Monitoring,
    /// 自评表.
    SelfEvaluation,
    /// 评分表.
    ScoreSheet,
    /// 得分一览表.
    ScoreSummary,
    /// 明细账.
    Ledger,
    /// 满意度问卷.
    Survey,
    /// 事前绩效评估表, 审核表.
    Review,
    /// 项目清单.
    ProjectList,
    /// 科目汇总表.
    AccountSummary,
    /// 资金测算表.
    CostEstimate,
}

impl TableKind {
    /// Whether it only goes with a form of its project.
    pub fn is_beside(self) -> bool {
        matches!(self, Self::Ledger | Self::Survey | Self::AccountSummary | Self::CostEstimate)
    }

    /// What a clerk calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Declaration => "绩效目标表",
            Self::Monitoring => "监控表",
            Self::SelfEvaluation => "自评表",
            Self::ScoreSheet => "评分表",
            Self::ScoreSummary => "得分一览表",
            Self::Ledger => "明细账",
            Self::Survey => "调查问卷",
            Self::Review => "评估审核表",
            Self::ProjectList => "项目清单",
            Self::AccountSummary => "科目汇总表",
            Self::CostEstimate => "资金测算表",
        }
    }
}

impl From<FormKind> for TableKind {
    fn from(kind: FormKind) -> Self {
        match kind {
            FormKind::Declaration => Self::Declaration,
            FormKind::SelfEvaluation => Self::SelfEvaluation,
            FormKind::ScoreSheet => Self::ScoreSheet,
            FormKind::ScoreSummary => Self::ScoreSummary,
            FormKind::Ledger => Self::Ledger,
            FormKind::Survey => Self::Survey,
            FormKind::Monitoring => Self::Monitoring,
            FormKind::PreEvaluation | FormKind::Review => Self::Review,
            FormKind::ProjectList => Self::ProjectList,
            FormKind::AccountSummary => Self::AccountSummary,
            FormKind::CostEstimate => Self::CostEstimate,
        }
    }
}

/// A stage of a project's year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// 申报稿.
    Declared,
    /// 批复稿.
    Approved,
    /// 调整批复.
    Adjusted,
    /// 监控.
    Monitored,
    /// 自评.
    Evaluated,
}

impl Stage {
    /// All, in the order of the year.
    pub const ALL: [Self; 5] =
        [Self::Declared, Self::Approved, Self::Adjusted, Self::Monitored, Self::Evaluated];

    /// What a clerk calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Declared => "申报稿",
            Self::Approved => "批复稿",
            Self::Adjusted => "调整批复",
            Self::Monitored => "监控",
            Self::Evaluated => "自评",
        }
    }
}

/// What a file says of itself.
pub fn of(looked: &Looked) -> Identity {
    let all_of_it = !looked.comes_back && !looked.sheets.iter().any(|sheet| sheet.truncated);
    let cells = all_of_it.then(|| cells(&looked.sheets)).flatten();
    let comes_back = looked.comes_back;
    match &looked.cases {
        Ok(cases) => {
            let said = cases.iter().map(said).filter(|said| !said.is_list()).collect();
            Identity { cells, said, comes_back, stranger: None }
        }
        Err(error) => {
            let stranger = Some((error.to_string(), error.hint().to_owned()));
            Identity { cells, said: Vec::new(), comes_back, stranger }
        }
    }
}

impl Said {
    /// Whether it is a list of projects and nothing else.
    fn is_list(&self) -> bool {
        !self.parts.is_empty() && self.parts.iter().all(|part| *part == TableKind::ProjectList)
    }

    /// Whether it only goes with a form of its project.
    pub fn is_beside(&self) -> bool {
        self.parts.iter().all(|part| part.is_beside())
    }
}

fn said(case: &Case) -> Said {
    let mut parts: Vec<TableKind> = case.forms.iter().map(|form| form.kind.into()).collect();
    parts.sort_unstable();
    parts.dedup();
    let amounts = stated::collect(case);
    let amount = |kind: AmountKind| {
        let stated = amounts.iter().find(|stated| stated.kind == kind)?;
        Figure::stated(stated.number, stated.unit, stated.places)
    };
    let project = &case.project;
    Said {
        code: project.code.as_deref().and_then(plain_code),
        name: project.name.clone(),
        department: project.agency.clone(),
        agency: project.unit.clone(),
        year: project.year,
        stage: stage(case, &parts),
        parts,
        budget: amount(AmountKind::AdjustedBudget).or_else(|| amount(AmountKind::Budget)),
        spent: amount(AmountKind::Spent),
    }
}

/// What the forms are; where a declaration stands, its title says, or nobody knows.
fn stage(case: &Case, parts: &[TableKind]) -> Option<Stage> {
    let has = |part: TableKind| parts.contains(&part);
    if has(TableKind::SelfEvaluation) || has(TableKind::ScoreSheet) || has(TableKind::ScoreSummary) {
        return Some(Stage::Evaluated);
    }
    if has(TableKind::Monitoring) {
        return Some(Stage::Monitored);
    }
    let declarations = case.forms.iter().filter(|form| form.kind == FormKind::Declaration);
    let mut stages: Vec<Stage> = declarations
        .filter_map(|form| {
            declared(&normalise(&form.title)).or_else(|| declared(&normalise(&form.sheet.name)))
        })
        .collect();
    stages.dedup();
    match stages.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

fn declared(title: &str) -> Option<Stage> {
    const STAGES: [(Class, Stage); 3] = [
        (Class::StageAdjusted, Stage::Adjusted),
        (Class::StageApproved, Stage::Approved),
        (Class::StageDeclared, Stage::Declared),
    ];
    STAGES.into_iter().find(|(class, _)| words::of(*class).within(title)).map(|(_, stage)| stage)
}

/// A digest of what stands in the cells, each with its place, as a person sees it and as it is stored.
fn cells(sheets: &[Sheet]) -> Option<String> {
    let mut all = String::new();
    for sheet in sheets {
        all.push_str(&format!("{:?}\n", sheet.id));
        for (at, cell) in sheet.cells() {
            // Without a value only the formula tells one from another.
            let formula = cell.formula.as_deref().filter(|_| cell.shown().is_empty());
            all.push_str(&format!("{at} {:?} {:?} {formula:?}\n", cell.value, cell.shown()));
        }
        for (at, why) in &sheet.unread {
            all.push_str(&format!("{at} {why}\n"));
        }
    }
    sha256(&mut all.as_bytes()).ok()
}
