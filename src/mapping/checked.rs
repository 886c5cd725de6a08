//! A mapping as the later rooms see it: complete, consistent, with what it inherits filled in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::title::Pattern;
use super::words::{FieldName, Kind, Money, Writable};
use crate::base::Number;
use crate::model::{
    Binding, CheckLimits, Execution, FindingId, GradeBand, MoneyUnit, PartialStep, RateBase, Severity,
};
use crate::words::{Changes, Words};

/// Where an entry of a mapping stands, for findings about it: file, line, column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Origin {
    /// The mapping file's name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One kind of form: how it is recognised and read.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// Its name.
    pub name: String,
    /// Its Chinese title.
    pub title: String,
    /// What kind of form it reads.
    pub kind: Kind,
    /// How it is recognised.
    pub recognise: Recognise,
    /// Rules for single sheets.
    pub sheets: Vec<SheetRule>,
    /// Label → value cells.
    pub fields: Vec<FieldRule>,
    /// The columns of the form's table.
    pub columns: Vec<ColumnRule>,
    /// The budget block above it.
    pub budget: Budget,
    /// The columns of a scored checklist above it.
    pub checklist: Vec<ColumnRule>,
    /// Header rows at most.
    pub header_rows: u32,
    /// What joins the levels of a title in a pattern.
    pub header_join: String,
    /// Which of two groups side by side is read.
    pub panels: Vec<Pattern>,
    /// Cell texts (normalised) that count as blank.
    pub missing_values: Vec<String>,
    /// Rows that end the table.
    pub stop_when: Vec<Pattern>,
    /// Rows that are no indicators.
    pub rows: Rows,
    /// What a step that is not whole counts; `None` says nothing.
    pub partial_step: Option<PartialStep>,
    /// Whether an adjusted target or budget counts; `None` says nothing: it does.
    pub adjusted_target_counts: Option<bool>,
    /// Stated rules.
    pub rubric: Vec<Rubric>,
    /// Grade bands, the best first.
    pub grades: Vec<GradeBand>,
    /// Actuals from elsewhere.
    pub bind: Vec<Bind>,
    /// Declared names and the scored names that answer them.
    pub aliases: Vec<Alias>,
    /// Amounts stated in actuals.
    pub amounts: Vec<AmountRule>,
    /// Answers of a survey beside those that everybody knows.
    pub answers: Vec<String>,
    /// Those that count as satisfied.
    pub satisfied: Vec<String>,
    /// What it adds to the shipped words, and drops.
    pub word_changes: Changes,
    /// The words that hold for its forms.
    pub words: Words,
    /// What the checks hold a form against.
    pub checks: Checks,
    /// What may be filled; `None`: everything.
    pub write_back: Option<Vec<Writable>>,
}

/// The budget block of a self-evaluation form.
#[derive(Debug, Clone, Default)]
pub struct Budget {
    /// Its columns.
    pub columns: Vec<ColumnRule>,
    /// Its total row.
    pub total: Vec<Pattern>,
    /// Its rows.
    pub labels: Vec<Pattern>,
    /// What the execution rate is of; `None`: what the form says.
    pub base: Option<RateBase>,
    /// How its total row is scored; `None`: not at all.
    pub execution: Option<Execution>,
}

/// What the checks hold a form against; `None` and empty lists say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Checks {
    /// Findings that are not wanted.
    pub off: Vec<FindingId>,
    /// Words and limits.
    pub limits: CheckLimits,
    /// The profile that is taken.
    pub profile: Option<String>,
    /// What single checks are set to on top of it.
    pub set: BTreeMap<FindingId, CheckChange>,
}

/// What is changed of one check; `None` leaves what there is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CheckChange {
    /// Whether it is wanted.
    pub on: Option<bool>,
    /// How grave what it finds is.
    pub severity: Option<Severity>,
    /// Its limits, all of them.
    pub limits: Option<Vec<Number>>,
}

impl CheckChange {
    /// This, and what it does not say as the other has it.
    #[must_use]
    pub fn over(self, lower: Self) -> Self {
        Self {
            on: self.on.or(lower.on),
            severity: self.severity.or(lower.severity),
            limits: self.limits.or(lower.limits),
        }
    }
}

impl Checks {
    /// These, where the upper ones say nothing; what either does not want is not wanted.
    #[must_use]
    pub fn under(&self, upper: &Self) -> Self {
        let mut set = self.set.clone();
        for (id, change) in &upper.set {
            let lower = set.remove(id).unwrap_or_default();
            set.insert(*id, change.clone().over(lower));
        }
        Self {
            off: self.off.iter().chain(&upper.off).copied().collect(),
            limits: self.limits.under(&upper.limits),
            profile: upper.profile.clone().or_else(|| self.profile.clone()),
            set,
        }
    }
}

/// How a form is recognised.
#[derive(Debug, Clone, Default)]
pub struct Recognise {
    /// Its titles.
    pub titles: Vec<Pattern>,
    /// Columns that must be there.
    pub columns: Vec<Column>,
    /// Columns of which one must be there.
    pub any: Vec<Column>,
    /// Columns that must not be there.
    pub without: Vec<Column>,
    /// Columns of which one is enough under one of the titles, for a form that is set aside; one to be scored is recognised under
    /// its titles only where any stand here.
    pub titled: Vec<Column>,
    /// Titles that are another form's all the same.
    pub without_titles: Vec<Pattern>,
    /// Words that follow the project's name in a title, normalised.
    pub after_project: Vec<String>,
    /// Project names, for a case mapping.
    pub project: Vec<Pattern>,
    /// Agencies, for a case mapping.
    pub agency: Vec<Pattern>,
}

/// A rule for single sheets.
#[derive(Debug, Clone)]
pub struct SheetRule {
    /// Names of the sheets.
    pub names: Vec<Pattern>,
    /// Whether they are read.
    pub read: bool,
}

/// A label → value cell.
#[derive(Debug, Clone)]
pub struct FieldRule {
    /// What it says.
    pub name: FieldName,
    /// Its labels.
    pub labels: Vec<Pattern>,
    /// The unit where the form states none.
    pub unit: Option<MoneyUnit>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct ColumnRule {
    /// What it holds.
    pub column: Column,
    /// Its titles, the preferred first.
    pub titles: Vec<Pattern>,
    /// How many of them the mapping itself writes; the others are inherited.
    pub own: usize,
    /// Whether a person named its own titles: in a mapping of the user's, or in answer to a question. What a person said is
    /// not held against the content of the column.
    pub told: bool,
    /// The column it must follow.
    pub after: Option<Column>,
    /// What its values must satisfy.
    pub constraints: Constraints,
}

impl ColumnRule {
    /// Whether a person said that the title at this place of its list is this column.
    pub fn is_told(&self, rank: usize) -> bool {
        self.told && rank < self.own
    }
}

/// What a column's values must satisfy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Constraints {
    /// Not blank.
    pub required: bool,
    /// At least.
    pub minimum: Option<Number>,
    /// At most.
    pub maximum: Option<Number>,
    /// One of these.
    pub one_of: Vec<String>,
}

impl Constraints {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Rows that are no indicators, by the text they begin with.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// 合计.
    pub total: Vec<Pattern>,
    /// 填写示例: a row that only shows how to fill in the form.
    pub sample: Vec<Pattern>,
    /// 小计.
    pub subtotal: Vec<Pattern>,
    /// 评价等级.
    pub grade: Vec<Pattern>,
    /// 附加分.
    pub bonus: Vec<Pattern>,
    /// 扣分项.
    pub penalty: Vec<Pattern>,
    /// 总分最高100分.
    pub total_cap: Vec<Pattern>,
    /// 核实, 应为: what a remark that corrects a figure says.
    pub correction: Vec<Pattern>,
    /// 不予考核: what a remark says that takes an indicator out.
    pub waiver: Vec<Pattern>,
    /// 其中.
    pub part: Vec<Pattern>,
    /// Template text.
    pub placeholder: Vec<Pattern>,
    /// Instructions under the header.
    pub instruction: Vec<Pattern>,
    /// Notes with a rule of their own for missed caps.
    pub reverse_note: Vec<Pattern>,
    /// Notes with a rule of their own for missed targets.
    pub rule_note: Vec<Pattern>,
}

/// A stated rule.
#[derive(Debug, Clone)]
pub struct Rubric {
    /// The indicators.
    pub indicator: Pattern,
    /// The canonical sentence.
    pub criterion: String,
    /// Where it stands.
    pub origin: Origin,
}

/// An actual from elsewhere.
#[derive(Debug, Clone)]
pub struct Bind {
    /// The indicators.
    pub indicator: Pattern,
    /// The source.
    pub source: Binding,
    /// Where it stands.
    pub origin: Origin,
}

/// Two names of one indicator.
#[derive(Debug, Clone)]
pub struct Alias {
    /// In the declaration.
    pub declared: String,
    /// In the score form.
    pub scored: String,
    /// Where it stands.
    pub origin: Origin,
}

/// Amounts stated in an actual.
#[derive(Debug, Clone)]
pub struct AmountRule {
    /// The indicators.
    pub indicator: Pattern,
    /// The amount before the slash, or the only one.
    pub first: Money,
    /// The amount behind the slash.
    pub second: Option<Money>,
    /// Its unit.
    pub unit: Option<MoneyUnit>,
}
