//! A case: one project's forms with their cells, and where its ledgers stand (never their rows).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::account::Account;
use super::check_settings::CheckSettings;
use super::finding::{Finding, FindingId};
use super::indicator::{Entry, Indicator};
use super::ledger::{LedgerLocator, MoneyUnit};
use super::monitored::MonitoredForm;
use super::overriding::Overrides;
use super::scored_form::{BudgetBlock, ScoreForm, TotalRow};
use super::survey::Survey;
use crate::base::{CellAt, RangeRef, Score, SheetId};
use crate::words::Words;

/// Which file a case came from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct SourceId {
    /// File name without its folder.
    pub file: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

/// The kinds of form that are recognised by content: a usual form needs no mapping of its user's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormKind {
    /// 绩效目标申报表.
    Declaration,
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
    /// 绩效运行监控表: recognised, not scored.
    Monitoring,
    /// 事前绩效评估表: recognised, not scored.
    PreEvaluation,
    /// 审核表, 评审表: recognised, not scored.
    Review,
    /// 项目清单, one project a row: recognised, not scored.
    ProjectList,
    /// 科目汇总表, 科目余额表, one account a row: recognised, and no ledger.
    AccountSummary,
    /// 资金测算表, what a budget asks for by quantity and price: recognised, and no ledger.
    CostEstimate,
}

impl FormKind {
    /// What a clerk calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Declaration => "绩效目标申报表",
            Self::SelfEvaluation => "绩效自评表",
            Self::ScoreSheet => "绩效评价评分表",
            Self::ScoreSummary => "得分一览表",
            Self::Ledger => "明细账",
            Self::Survey => "满意度问卷",
            Self::Monitoring => "绩效运行监控表",
            Self::PreEvaluation => "事前绩效评估表",
            Self::Review => "审核表",
            Self::ProjectList => "项目清单",
            Self::AccountSummary => "科目汇总表",
            Self::CostEstimate => "资金测算表",
        }
    }

    /// Whether forms of the kind are the bureau's own, or an evaluator's for it: what is wrong with them is no matter of the
    /// agency's.
    pub fn is_bureaus(self) -> bool {
        matches!(self, Self::ScoreSheet | Self::ScoreSummary | Self::Review | Self::ProjectList)
    }

    /// Whether forms of the kind are recognised and named, but not scored.
    pub fn is_set_aside(self) -> bool {
        matches!(
            self,
            Self::Monitoring
                | Self::PreEvaluation
                | Self::Review
                | Self::ProjectList
                | Self::AccountSummary
                | Self::CostEstimate
        )
    }
}

/// A form found in the workbook: for `mapping show` and 处理说明.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocatedForm {
    /// What it is.
    pub kind: FormKind,
    /// The mapping that read it.
    pub mapping: String,
    /// The sheet.
    pub sheet: SheetId,
    /// Its title as written; empty where it has none.
    pub title: String,
    /// The cells the form covers.
    pub range: RangeRef,
    /// The header rows, zero-based, first and last.
    pub header_rows: (u32, u32),
    /// Which title became which column: (title as written, our column name, zero-based column).
    pub columns: Vec<(String, String, u32)>,
    /// The sheet whose table goes on here, read under its header.
    pub continues: Option<SheetId>,
    /// Zero-based rows that were taken (indicators, summary rows); empty for ledgers and surveys.
    pub taken: Vec<u32>,
    /// Zero-based rows that were skipped, with the reason in Chinese.
    pub skipped: Vec<(u32, String)>,
    /// What became of each of its cells; of a ledger or a survey nothing is told here.
    pub account: Account,
}

/// A label → value cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The label as written.
    pub label: String,
    /// The value's cell.
    pub entry: Entry,
}

/// Who and what is evaluated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Project {
    /// 项目名称, without a code prefix.
    pub name: Option<String>,
    /// 主管部门 or 评价对象, without a code prefix.
    pub agency: Option<String>,
    /// 实施单位, without a code prefix.
    pub unit: Option<String>,
    /// 项目编码: in a cell of its own, or before the project's name.
    pub code: Option<String>,
    /// The budget year.
    pub year: Option<i16>,
}

/// What a stated amount of money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AmountKind {
    /// 年初预算数, 年度资金总额.
    Budget,
    /// 全年预算数 (A), 调整后预算数.
    AdjustedBudget,
    /// 到位资金.
    Received,
    /// 全年执行数 (B), 实际支出.
    Spent,
}

/// A stated amount of money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// What it is.
    pub kind: AmountKind,
    /// The label it stands under.
    pub label: String,
    /// Its cell.
    pub entry: Entry,
    /// The unit the form states for it.
    pub unit: MoneyUnit,
    /// A text amount inside a longer text (`59.27/61.2`): the digits as written; else `None`.
    pub written: Option<String>,
}

/// A row of a 得分一览表.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// Level 1 as written.
    pub level1: String,
    /// Level 2 as written.
    pub level2: String,
    /// The weight's cell.
    pub weight: Entry,
    /// The score's cell.
    pub score: Entry,
}

impl SummaryRow {
    /// The computed level 2 that this row is about. Level names compare without spaces and without the word 指标
    /// (产出指标 is 产出); where the level-2 names are the same under two level 1, the level 1 decides.
    pub fn matches<'a>(&self, levels: &'a [super::LevelScore]) -> Option<&'a super::LevelScore> {
        let plain = |name: &str| name.replace("指标", "").split_whitespace().collect::<String>();
        let same: Vec<_> =
            levels.iter().filter(|level| plain(&level.level2) == plain(&self.level2)).collect();
        match same.as_slice() {
            [only] => Some(only),
            _ => same.into_iter().find(|level| plain(&level.level1) == plain(&self.level1)),
        }
    }
}

/// A 得分一览表.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryForm {
    /// The sheet.
    pub sheet: SheetId,
    /// One row a level 2.
    pub rows: Vec<SummaryRow>,
    /// The total row.
    pub total: TotalRow,
}

/// One row of 表1: what was promised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredTarget {
    /// The indicator as declared (levels, name, target, sign and unit; no weight or score).
    pub indicator: Indicator,
    /// The name of the scored indicator that answers it, by an alias of the mapping.
    pub alias: Option<String>,
}

/// A sentence somewhere in the submission (项目概况, 评价情况).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The text.
    pub text: String,
    /// Its cell.
    pub at: CellAt,
}

/// What a form says of its goal as a whole: what was to be reached, or what of it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Its text.
    pub entry: Entry,
    /// Whether it says what was done.
    pub result: bool,
}

/// A level 2 that a form prints and has no indicator for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BareLevel {
    /// Level 1.
    pub level1: String,
    /// Level 2.
    pub level2: String,
    /// Its cell.
    pub at: CellAt,
}

/// A grade and the lowest total that earns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeBand {
    /// 优, 良, 中, 差.
    pub name: String,
    /// The lowest total out of 100, included.
    pub from: Score,
}

/// What a step counts that is not whole (每降低1个百分点扣0.5分, 1.5 percentage points lower), where the criterion does not
/// say (`partial_step` of the mapping).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PartialStep {
    /// In proportion, as 每降低…扣… means by itself: 1.5 steps.
    #[default]
    Proportional,
    /// As a whole one, as 不足1个百分点的按1个百分点计算 says: 2 steps.
    Up,
    /// Not at all, as 每满 says: 1 step.
    Down,
}

/// Which blank cells of the forms may be filled (`write_back` of the mapping); all of them unless it says less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own that a mapping sets")]
pub struct WriteBack {
    /// 得分.
    pub score: bool,
    /// 扣分原因.
    pub reason: bool,
    /// 合计.
    pub total: bool,
    /// 评价等级.
    pub grade: bool,
    /// 得分一览表.
    pub summary: bool,
}

impl Default for WriteBack {
    fn default() -> Self {
        Self { score: true, reason: true, total: true, grade: true, summary: true }
    }
}

/// One project's forms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Case {
    /// The file: where a case has several, the one with the scored form.
    pub source: SourceId,
    /// All its files, where it has several.
    pub files: Vec<SourceId>,
    /// The project.
    pub project: Project,
    /// The forms found, in the workbook's order.
    pub forms: Vec<LocatedForm>,
    /// Label → value cells, in reading order.
    pub fields: Vec<Field>,
    /// Stated amounts of money.
    pub amounts: Vec<Amount>,
    /// Sources of funds that labelled cells state outside of a budget block, each list with its total first.
    pub funds: Vec<Vec<BudgetBlock>>,
    /// The form whose indicators are scored.
    pub score_form: Option<ScoreForm>,
    /// The score summary.
    pub summary: Option<SummaryForm>,
    /// Declared targets (表1).
    pub declared: Vec<DeclaredTarget>,
    /// Whether they are targets as they were approved (批复稿); else as they were declared.
    pub approved: bool,
    /// Ledgers.
    pub ledgers: Vec<LedgerLocator>,
    /// The surveys.
    pub surveys: Vec<Survey>,
    /// Sentences beside the tables.
    pub statements: Vec<Statement>,
    /// The goals, each with its results behind it.
    pub goals: Vec<Goal>,
    /// Levels without an indicator.
    pub bare_levels: Vec<BareLevel>,
    /// The days on which forms say that they were filled in.
    pub filled_on: Vec<Entry>,
    /// Cells of the sheets beside the forms that are scored (survey, overview): what a run remembers of them. Cut at a limit.
    pub beside: Vec<Entry>,
    /// Grade bands, the best first.
    pub grades: Vec<GradeBand>,
    /// Ticks that a person gave on 评分明细 in an earlier run, by [`ScoreForm::called`]: item (from 1) → met.
    pub ticks: BTreeMap<String, BTreeMap<u32, bool>>,
    /// What stands there and is neither 是 nor 否, likewise.
    pub other_ticks: BTreeMap<String, BTreeMap<u32, String>>,
    /// What reviewers typed in it, where it is a workbook that comes back.
    pub overrides: Overrides,
    /// The names of all sheets of the workbook, in order.
    pub sheets: Vec<SheetId>,
    /// The names of those that hold no form; told by the first case of a file.
    pub other_sheets: Vec<SheetId>,
    /// Which blank cells may be filled.
    pub write_back: WriteBack,
    /// The words that hold for it.
    pub words: Words,
    /// What a step that is not whole counts where its criterion does not say.
    pub partial_step: PartialStep,
    /// What the checks hold it against.
    pub checks: CheckSettings,
    /// Findings that the mapping does not want (`checks.off`).
    pub muted: Vec<FindingId>,
    /// The mappings that took part, for 处理说明.
    pub mappings: Vec<String>,
    /// Monitoring forms: checked, not scored.
    pub monitored: Vec<MonitoredForm>,
    /// Notes below the tables.
    pub notes: Vec<Entry>,
    /// What intake found.
    pub findings: Vec<Finding>,
}

impl Case {
    /// Whether it states targets and nothing of what was done: it is at the stage in which targets are reviewed.
    pub fn is_declaration_alone(&self) -> bool {
        self.score_form.is_none() && !self.declared.is_empty()
    }

    /// Whether its form says what was promised and done, and has no points at all: neither weights nor scores, nor columns
    /// for them. It is compared, not scored.
    pub fn is_without_points(&self) -> bool {
        let Some(form) = &self.score_form else { return false };
        let none = |row: &Indicator| {
            row.weight.is_none()
                && [&row.weight_entry, &row.stated_score, &row.score].into_iter().all(Option::is_none)
        };
        let execution = form.budget.first().is_some_and(|total| {
            total.points.is_some() || total.weight.as_ref().is_some_and(|weight| weight.number().is_some())
        });
        // Where the weights' column could not be told, there is one.
        let unclear = self.findings.iter().any(|finding| finding.id == FindingId::HeaderAmbiguous);
        !form.indicators.is_empty()
            && form.indicators.iter().all(none)
            && form.levels.is_empty()
            && !execution
            && !unclear
    }
}
