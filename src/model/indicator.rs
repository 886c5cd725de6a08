//! A third-level indicator as its form has it.

use super::satisfaction::Satisfaction;
use crate::base::{CellAt, Number, Weight, half_width};
use crate::sheet::{Cell, Value};
use crate::words::{self, Class};

use super::standard::{Benchmark, Standard};

/// The content of one cell that a form gives a meaning to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Where it stands in the original file; `None` for a value from the command line.
    pub at: Option<CellAt>,
    /// What the cell holds.
    pub cell: Cell,
}

impl Entry {
    /// A value from the command line.
    pub fn typed(text: &str) -> Self {
        Self { at: None, cell: Cell::text(text) }
    }

    /// Whether there is nothing in the cell.
    pub fn is_blank(&self) -> bool {
        self.cell.is_blank()
    }

    /// The plain number that a person typed: a numeric cell, or a text such as `8`, `８` or `8分`.
    pub fn number(&self) -> Option<Number> {
        match &self.cell.value {
            Value::Number(number) => Some(*number),
            Value::Text(text) => {
                let text: String = text.chars().map(half_width).collect();
                text.trim().trim_end_matches('分').trim().parse().ok()
            }
            _ => None,
        }
    }

    /// The text as a person sees it.
    pub fn shown(&self) -> String {
        self.cell.shown()
    }
}

/// Which source feeds an indicator's actual when the mapping binds it to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Binding {
    /// The ledger's total of the project's spending.
    Ledger,
    /// The share of satisfied answers of the survey.
    Survey,
}

/// A target that does not count, beside the one that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherTarget {
    /// What it is.
    pub entry: Entry,
    /// Whether it is the adjusted one (调整后指标值); else the one that was set first.
    pub adjusted: bool,
    /// Whether the form or the mapping says itself that it does not count; else that is what is usual.
    pub ruled_out: bool,
}

impl OtherTarget {
    /// What the one that counts is called, and what this one, of things called so (指标值, 预算数).
    pub fn names(&self, thing: &str) -> (String, String) {
        let (adjusted, initial) = (format!("调整后{thing}"), format!("年初{thing}"));
        if self.adjusted { (initial, adjusted) } else { (adjusted, initial) }
    }
}

/// Points beyond those of the whole form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Extra {
    /// 附加分, 加分项: earned above them.
    Bonus,
    /// 扣分项: taken off them.
    Penalty,
}

/// A third-level indicator (三级指标): the only level that is scored.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Indicator {
    /// First level (一级指标), filled down; without points and spaces (`产出指标\n(50分)` is `产出指标`).
    pub level1: String,
    /// Second level (二级指标), filled down.
    pub level2: String,
    /// The indicator's name without numbering prefixes (`指标1：`, `★`).
    pub name: String,
    /// The name's cell.
    pub name_entry: Entry,
    /// The points it can earn, if the form says them readably.
    pub weight: Option<Weight>,
    /// The weight's cell.
    pub weight_entry: Option<Entry>,
    /// Whether its points are beyond those of the whole form.
    pub extra: Option<Extra>,
    /// How points are earned (评分标准), if the form has the column and the cell a text.
    pub criterion: Option<Entry>,
    /// The target (指标值).
    pub target: Option<Entry>,
    /// The other target, where the form has one as it was set and one as it was adjusted, and both are filled.
    pub other_target: Option<OtherTarget>,
    /// The target's sign in a column of its own (指标性质).
    pub target_sign: Option<Entry>,
    /// The unit in a column of its own (度量单位).
    pub unit: Option<Entry>,
    /// What its target can be held against (上年值, 行业值); blank cells are kept out.
    pub standards: Vec<Benchmark>,
    /// By which standard its target was set (标准依据).
    pub standard: Option<Entry>,
    /// What is said of its target (指标值说明).
    pub explanation: Option<Entry>,
    /// The actual (实际完成值). Where the form has no column of actuals, the cell that states it.
    pub actual: Option<Entry>,
    /// What the agency itself says was done, where a reviewer's actual stands in a column of its own and counts.
    pub stated_actual: Option<Entry>,
    /// The words of the actual's cell that state it, where the cell says more.
    pub actual_words: Option<String>,
    /// What the evaluator saw (评价情况): the fact that a deduction note quotes.
    pub situation: Option<Entry>,
    /// The score the agency typed (自评得分, or 得分 of a self-evaluation form); never touched.
    pub stated_score: Option<Entry>,
    /// The cell of the score column that is ours to fill (复核分, 评价得分, or a blank 得分).
    pub score: Option<Entry>,
    /// Whether the typed score was converted: its cell holds it on another scale, so that no formula can refer to it.
    pub rescaled: bool,
    /// The completion rate that the form states (完成率).
    pub stated_rate: Option<Entry>,
    /// The difference between the agency's score and the reviewer's that the form states (偏差).
    pub deviation: Option<Entry>,
    /// What the form says that was taken off (扣分).
    pub deduction: Option<Entry>,
    /// A remark (备注), of a form that has no column of actuals.
    pub remark: Option<Entry>,
    /// A person's words on the deduction or deviation (扣分原因, 偏差原因); blank cells are kept for their address.
    pub reason: Option<Entry>,
    /// What proves the actual (佐证材料, 数据来源), where the form has such a column.
    pub evidence: Option<Entry>,
    /// What it may be called as well, where its name may be cut over several rows: it is scored only where all its names
    /// earn the same.
    pub other_names: Vec<String>,
    /// Why what its cells say cannot be taken with certainty, in Chinese, at the finding of the same words; then a person
    /// decides.
    pub doubt: Option<String>,
    /// A source outside the row that feeds the actual.
    pub binding: Option<Binding>,
    /// What the surveys of the submission give for it.
    pub satisfaction: Option<Box<Satisfaction>>,
    /// Whether the target is a ceiling, where that is known from elsewhere than its sign.
    pub cap: Option<bool>,
    /// The rule stated in the mapping's rubric for this indicator (a canonical criterion sentence).
    pub rubric: Option<String>,
    /// What of the row could not be told apart in the header (评分标准 twice): without it nothing is scored.
    pub unclear: Option<&'static str>,
}

impl Indicator {
    /// Whether the agency said what was done and the reviewer has not said what was found.
    pub fn waits_for_reviewer(&self) -> bool {
        let blank = |entry: &Option<Entry>| entry.as_ref().is_none_or(Entry::is_blank);
        self.stated_actual.is_some() && !blank(&self.stated_actual) && blank(&self.actual)
    }

    /// Whether it is about somebody's satisfaction.
    pub fn is_of_satisfaction(&self) -> bool {
        let of = |text: &str| words::of(Class::Satisfaction).within(text);
        match self.binding {
            Some(Binding::Survey) => true,
            Some(Binding::Ledger) => false,
            None => of(&self.name) || of(&self.level2),
        }
    }

    /// Whether nothing says what its points are for: neither target, actual, criterion nor situation.
    pub fn is_bare(&self) -> bool {
        let says = [&self.target, &self.actual, &self.criterion, &self.situation];
        says.into_iter().all(|entry| entry.as_ref().is_none_or(Entry::is_blank))
    }

    /// Whether its cell states a satisfaction: it is filled, and not with a word on where the survey is (见问卷数据).
    pub fn states_actual(&self) -> bool {
        self.actual.as_ref().filter(|entry| !entry.is_blank()).is_some_and(|entry| {
            let text = entry.shown();
            let figures = text.chars().any(|c| c.is_ascii_digit());
            figures || !words::of(Class::SeeSurvey).within(&text)
        })
    }

    /// The target as a person reads it: with sign and unit where they stand in columns of their own (`≧` `24` `所`).
    pub fn target_shown(&self) -> String {
        let part =
            |entry: &Option<Entry>| entry.as_ref().map(Entry::shown).unwrap_or_default().trim().to_owned();
        let target = part(&self.target);
        if target.is_empty() {
            // A target typed as =100% into a spreadsheet is a formula; one that was never calculated shows nothing.
            let formula = self.target.as_ref().and_then(|entry| entry.cell.formula.as_deref());
            return formula.map(|formula| format!("={formula}")).unwrap_or_default();
        }
        format!("{}{target}{}", part(&self.target_sign), self.unit_behind(&target))
    }

    /// The other target as a person reads it, likewise.
    pub fn other_target_shown(&self) -> String {
        let other = self.other_target.as_ref().map(|other| other.entry.clone());
        Self { target: other, other_target: None, ..self.clone() }.target_shown()
    }

    /// The value of a standard for it.
    pub fn benchmark(&self, standard: Standard) -> Option<&Benchmark> {
        self.standards.iter().find(|benchmark| benchmark.standard == standard)
    }

    /// The actual as a person reads it, with the unit of its own column.
    pub fn actual_shown(&self) -> String {
        // 见问卷数据 says no more than a blank cell.
        let counted = self.satisfaction.as_ref().filter(|_| !self.states_actual());
        if let Some(measure) = counted.and_then(|found| found.measure()) {
            return measure.written.clone();
        }
        let words = || self.actual.as_ref().map(Entry::shown).unwrap_or_default().trim().to_owned();
        let actual = self.actual_words.clone().unwrap_or_else(words);
        let unit = self.unit_behind(&actual);
        format!("{actual}{unit}")
    }

    /// The cell that may state the actual where the form has no column of actuals.
    pub fn stand_in(&self) -> Option<&Entry> {
        self.situation.as_ref().or(self.remark.as_ref()).or(self.reason.as_ref())
    }

    /// The unit column's word, where the value is a bare number. One that begins with a digit (1/10万) stands in brackets, or
    /// its digit would be read as one more of the value's.
    fn unit_behind(&self, value: &str) -> String {
        let bare = value.parse::<Number>().is_ok();
        let unit = self.unit.as_ref().filter(|_| bare).map(Entry::shown).unwrap_or_default();
        let unit = unit.trim();
        if unit.starts_with(char::is_numeric) { format!("（{unit}）") } else { unit.to_owned() }
    }

    /// The cell that findings about the indicator as a whole point to: its name.
    pub fn at(&self) -> Option<&CellAt> {
        self.name_entry.at.as_ref()
    }
}
