//! How a score came about: the expression over its inputs, and which cell each input was read from.

use crate::base::Number;
use crate::expr::{Expr, Named, Slot, Value, Var, steps};
use crate::model::{Benchmark, Entry, Standard};
use crate::rule::{Applied, ChecklistItem};

/// Where an input of a rule comes from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// The weight's cell.
    Weight,
    /// The target's cell.
    Target,
    /// The actual's cell.
    Actual,
    /// The cell of a standard's value.
    Standard(Standard),
    /// An item of a checklist, by position; its tick was read from the actual.
    Item(ChecklistItem),
}

/// What follows the number of a checklist's item.
pub const ITEM_SUFFIX: &str = "项是否满足";

impl Source {
    /// What a clerk calls an input, and what it is of; the latter may be empty.
    pub fn called(&self, var: Var) -> (String, String) {
        let plain = |name: &str| (name.to_owned(), String::new());
        let own = || if *self == Self::Target { "指标值" } else { "实际完成值" };
        match (self, var) {
            (Self::Item(item), Var::Item(at) | Var::Part(_, Slot::Item(at))) => {
                (format!("第{}{ITEM_SUFFIX}", u32::from(at).saturating_add(1)), item.words.clone())
            }
            (Self::Item(item), _) => (own().to_owned(), item.words.clone()),
            (_, Var::Part(at, _)) => {
                (own().to_owned(), format!("第{}项规定", u32::from(at).saturating_add(1)))
            }
            (_, Var::TargetBase) => plain("指标值（总数）"),
            (_, Var::ActualBase) => plain("实际完成值（总数）"),
            (_, Var::Level) => ("实际完成值的档次".to_owned(), "第1档为最好".to_owned()),
            (Self::Weight, _) => plain("分值"),
            (Self::Target | Self::Actual, _) => plain(own()),
            (Self::Standard(standard), _) => plain(standard.name()),
        }
    }
}

/// An input with its value and where it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The variable of the expression.
    pub var: Var,
    /// Its value.
    pub value: Value,
    /// What it is.
    pub source: Source,
    /// The cell it was read from; `None` where the form has none.
    pub entry: Option<Entry>,
    /// Whether how the cell was read hangs on its size: no formula may follow the cell, what it holds next may be read
    /// otherwise.
    pub fixed: bool,
}

/// How an indicator's score came about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Derivation {
    /// The calculation over `inputs`; `None` where no rule gave the score.
    pub expr: Option<Expr>,
    /// What is said of the points taken off, over `inputs` and [`Var::Deduction`]; `None` where no rule gave the score.
    pub reason: Option<Expr>,
    /// Its inputs.
    pub inputs: Vec<Input>,
    /// Items that a clerk can tick because the actual is blank; then `expr` follows the ticks.
    pub ticks: bool,
    /// The criterion the score was read from, to be guarded against later edits.
    pub criterion: Option<Entry>,
    /// What the completion rate is of, in the unit of the actual's input, where the calculation does not ask for the
    /// target.
    pub rate_base: Option<Number>,
}

impl Input {
    /// What a clerk calls it, in one word.
    pub fn name(&self) -> String {
        let (name, of) = self.source.called(self.var);
        match self.var {
            Var::Part(..) => format!("{of}的{name}"),
            _ => name,
        }
    }
}

impl Derivation {
    /// The calculation as steps; `None` where no rule gave a score.
    pub fn steps(&self) -> Option<Vec<String>> {
        let named = |var| {
            let input = self.inputs.iter().find(|input| input.var == var)?;
            Some(Named { name: input.name(), value: input.value.clone() })
        };
        let (mut steps, result) = steps(self.expr.as_ref()?, &named);
        steps.push(format!("得分 ＝ {}", result.as_number()?));
        Some(steps)
    }

    /// The derivation of an applied rule. `entries` gives the cells of weight, target and actual.
    pub(super) fn new(applied: &Applied, items: &[ChecklistItem], entries: &Entries) -> Self {
        let inputs = applied.inputs.iter().filter_map(|input| {
            let (source, entry) = match input.var {
                Var::Weight => (Source::Weight, entries.weight),
                Var::Target | Var::TargetBase | Var::Part(_, Slot::Target | Slot::TargetBase) => {
                    (Source::Target, entries.target)
                }
                Var::Actual | Var::ActualBase | Var::Level | Var::Part(..) => {
                    (Source::Actual, entries.actual)
                }
                // 上年78%，本年81.5%: the actual's own cell says it where no other does.
                Var::Standard(standard) => match entries.of_standard(standard) {
                    Some(entry) => (Source::Standard(standard), Some(entry)),
                    None => (Source::Actual, entries.actual),
                },
                // Not an input: it follows from the score.
                Var::Deduction => return None,
                Var::Item(position) => {
                    (Source::Item(items.get(usize::from(position))?.clone()), entries.actual)
                }
            };
            let fixed = entries.actual_fixed && source == Source::Actual;
            Some(Input { var: input.var, value: input.value.clone(), source, entry: entry.cloned(), fixed })
        });
        Self {
            expr: Some(applied.expr.clone()),
            reason: Some(applied.reason.clone()),
            inputs: inputs.collect(),
            ticks: false,
            criterion: entries.criterion.cloned(),
            rate_base: None,
        }
    }
}

/// The cells an indicator's rule reads.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entries<'a> {
    pub(super) weight: Option<&'a Entry>,
    pub(super) target: Option<&'a Entry>,
    pub(super) actual: Option<&'a Entry>,
    pub(super) criterion: Option<&'a Entry>,
    pub(super) standards: &'a [Benchmark],
    /// Whether formulas must not follow the actual's cell.
    pub(super) actual_fixed: bool,
}

impl<'a> Entries<'a> {
    /// The value of a standard.
    fn of_standard(&self, standard: Standard) -> Option<&'a Entry> {
        self.standards
            .iter()
            .find(|benchmark| benchmark.standard == standard)
            .map(|benchmark| &benchmark.entry)
    }
}
