//! A scored form: its indicators, levels, total and budget block, with their cells.

use super::case::{Field, FormKind};
use super::indicator::{Entry, Indicator, OtherTarget};
use super::ledger::MoneyUnit;
use super::scorecard::IndicatorScore;
use super::voice::Voice;
use crate::base::{CellAt, Number, SheetId, Weight};

/// What an execution rate is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateBase {
    /// 年初预算数.
    Budget,
    /// 全年预算数 (A), 调整后预算数.
    Adjusted,
}

/// How the total row of a budget block is scored: as an indicator of these names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Execution {
    /// Level 1.
    pub level1: String,
    /// Level 2.
    pub level2: String,
    /// The indicator's name.
    pub name: String,
    /// Its rule, a criterion.
    pub criterion: String,
}

/// One row of the budget block of a self-evaluation form (年度资金总额, 其中：财政拨款 …).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BudgetBlock {
    /// The row's label.
    pub label: String,
    /// 年初预算数.
    pub budget: Option<Entry>,
    /// 全年预算数 (A) or 调整后预算数.
    pub adjusted: Option<Entry>,
    /// Which of the two the execution rate is of.
    pub base: Option<Entry>,
    /// The other of the two, where both are filled.
    pub other_base: Option<OtherTarget>,
    /// 全年执行数 (B).
    pub spent: Option<Entry>,
    /// 执行率 (B/A) as typed.
    pub rate: Option<Entry>,
    /// 分值; the block's own label where only that states the points.
    pub weight: Option<Entry>,
    /// The points, where a text states them (`预算执行情况（20分）`) and no cell of their own.
    pub points: Option<Weight>,
    /// 得分 as typed.
    pub score: Option<Entry>,
    /// 自评得分 as typed, where the block has a column for the reviewer's score, too.
    pub stated_score: Option<Entry>,
    /// Why the rate is what it is, or the budget was changed (原因), where the block has such a column.
    pub reason: Option<Entry>,
    /// The unit of the block's amounts; `None` when the form states none.
    pub unit: Option<MoneyUnit>,
}

/// A weight or score typed for a level 1 or level 2 in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelRow {
    /// Level 1.
    pub level1: String,
    /// Level 2; `None` when the row is about the level 1.
    pub level2: Option<String>,
    /// Its stated weight.
    pub weight: Weight,
    /// The weight's cell.
    pub entry: Entry,
}

/// A row between the indicators that adds some of them up (小计), or a level's own score.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subtotal {
    /// What it is called.
    pub label: String,
    /// The points it states.
    pub weight: Option<Entry>,
    /// The agency's own score, or the only one.
    pub stated_score: Option<Entry>,
    /// The reviewer's score.
    pub score: Option<Entry>,
    /// What it says that was taken off.
    pub deduction: Option<Entry>,
    /// The cells of the names of the indicators that it adds up.
    pub addends: Vec<CellAt>,
}

/// The 合计 / 总分 row and the grade cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TotalRow {
    /// The total weight's cell.
    pub weight: Option<Entry>,
    /// The agency's own total, where a form has both 自评分 and 复核分.
    pub stated_score: Option<Entry>,
    /// The total score's cell in the column that is ours.
    pub score: Option<Entry>,
    /// What it says that was taken off.
    pub deduction: Option<Entry>,
    /// The grade's cell (评价等级), blank or typed.
    pub grade: Option<Entry>,
}

/// Scores of a voice between the agency's and the last one's: their sum is compared with the total below them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherScores {
    /// The column's title as written.
    pub title: String,
    /// The cells of its scores, one an indicator.
    pub scores: Vec<Entry>,
    /// The cell of their total.
    pub total: Entry,
}

/// A form with indicators that are scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreForm {
    /// Score sheet or self-evaluation.
    pub kind: FormKind,
    /// The sheet.
    pub sheet: SheetId,
    /// Its indicators in the order of the form.
    pub indicators: Vec<Indicator>,
    /// Weights stated at level 1 and level 2.
    pub levels: Vec<LevelRow>,
    /// The total row.
    pub total: TotalRow,
    /// Rows that add up some of the indicators, where it is certain which.
    pub subtotals: Vec<Subtotal>,
    /// Totals stated in the form's head (自评得分), beside that of the total row.
    pub head_totals: Vec<Field>,
    /// Columns of scores that neither are the agency's nor count.
    pub other_scores: Vec<OtherScores>,
    /// Whether it has a column for the agency's own scores and one for the reviewer's.
    pub reviewed: bool,
    /// The budget block's rows, the total row (年度资金总额) first; empty when the form has none.
    pub budget: Vec<BudgetBlock>,
    /// How the block's total row is scored.
    pub execution: Option<Execution>,
    /// The score column's title as written (得分, 复核分), for notes.
    pub score_title: String,
    /// Whose scores that column holds, where its title says so.
    pub score_voice: Option<Voice>,
    /// The 评价情况 column's title as written, for notes.
    pub situation_title: Option<String>,
    /// Where its actuals stand.
    pub actuals: Actuals,
    /// The most that a total may be, where the form says so beside points beyond the whole (总分最高100分).
    pub cap: Option<Weight>,
    /// What the form says the weights add up to, when it says so.
    pub full: Option<Weight>,
    /// Whether rows of it stand somewhere that cannot be read with certainty: what is read is no verdict on the whole.
    pub part_unread: bool,
    /// Whether points are wanting that may stand beside the indicators, unread.
    pub points_unread: bool,
    /// A note below the table that has a rule of its own for missed targets, with its cell.
    pub note_rule: Option<(NoteRule, CellAt)>,
}

/// Where a form's actuals stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Actuals {
    /// In a column of their own.
    #[default]
    Column,
    /// There is no such column; the one of this title (评价情况, 备注, 扣分说明) may state them.
    StandIn(String),
    /// The form has no column that could state them.
    Nowhere,
}

/// Of which missed targets a note says other than the platform's rule how they are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteRule {
    /// Those of which less is better: 指标值 ÷ 实际完成值 of the points.
    Caps,
    /// All.
    Missed,
}

/// The rule of scores for which no form states one.
const PLATFORM: &str = "platform";

impl ScoreForm {
    /// The other target or budget of a result, the one that does not count.
    pub fn other_base(&self, result: &IndicatorScore) -> Option<&OtherTarget> {
        match result.index {
            Some(index) => self.indicators.get(index)?.other_target.as_ref(),
            None => self.budget.first()?.other_base.as_ref(),
        }
    }

    /// Whether a typed score may be right by the other target or budget, which nothing rules out: then a person says which
    /// counts.
    pub fn may_be_right(&self, result: &IndicatorScore) -> bool {
        result.is_by_other() && self.other_base(result).is_some_and(|other| !other.ruled_out)
    }

    /// By how much the agency gave itself less than the rule does, where no reviewer has said that the rule is right: its
    /// points are a person's to decide.
    pub fn gave_less(&self, result: &IndicatorScore) -> Option<Number> {
        let more = result.stated_less().filter(|_| self.has_own_scores())?;
        let row = result.index.and_then(|index| self.indicators.get(index));
        let reviewed = row.and_then(|row| row.score.as_ref()).is_some_and(|entry| entry.number().is_some());
        (!(self.reviewed && reviewed)).then_some(more)
    }

    /// Whether no form says how a result's points are earned, and the rule for such forms decided.
    pub fn is_by_platform(&self, result: &IndicatorScore) -> bool {
        self.note_rule.is_none() && result.rule == Some(PLATFORM)
    }

    /// Whether points came off because a target is exceeded that was not to be, and neither the form nor a rule of the country
    /// says how many: 财预〔2020〕10号 says what a target that is not reached earns, and nothing of this.
    pub fn is_by_convention(&self, result: &IndicatorScore) -> bool {
        let by_target = result.index.is_some() && result.observed.reached.is_none();
        let lost = result.deduction().is_some_and(|points| !points.is_zero());
        let computed = result.state == super::State::Computed;
        computed && by_target && lost && self.is_by_platform(result)
    }

    /// Whether it has scores that the agency gave itself, beside those of a review.
    pub fn has_own_scores(&self) -> bool {
        self.kind == FormKind::SelfEvaluation || self.reviewed
    }

    /// What an indicator is called among all of the form: its name, and where several have it, which of them it is.
    pub fn called(&self, indicator: &Indicator) -> String {
        let before =
            self.indicators.iter().take_while(|other| other.name_entry.at != indicator.name_entry.at);
        match before.filter(|other| other.name == indicator.name).count() {
            0 => indicator.name.clone(),
            before => format!("{}（第{}个）", indicator.name, before.saturating_add(1)),
        }
    }
}
