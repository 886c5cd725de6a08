//! What a rule gives for the facts.

use crate::base::{Number, Ratio, Score, Weight};
use crate::expr::{Expr, NoCells, Value, Var, eval};
use crate::model::Laid;

/// A normalised value that the formula refers to.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// Which variable of the expression it is.
    pub var: Var,
    /// Its value. A rate is the plain ratio (0.95 for 95 %), an amount stands in the unit it was typed in, a
    /// date is Excel's serial day.
    pub value: Value,
}

/// A part of the criterion that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The criterion's own words, with the item's mark.
    pub clause: String,
    /// Points it cost; those of all failures add up to the deduction.
    pub points: Score,
}

/// What a rate that is compared was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// In words, true whatever the cells hold: 完成率=实际完成值÷指标值. Of a quotient in one cell the cell says it.
    pub named: Option<String>,
    /// In the figures of these facts: 完成率=92个÷100个.
    pub figures: String,
}

/// A score with its derivation.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    /// The values the expression refers to.
    pub inputs: Vec<Input>,
    /// The calculation over those inputs.
    pub expr: Expr,
    /// What is said of the points taken off, over the same inputs and [`Var::Deduction`]: a sentence without its full
    /// stop. It means something only where points are taken off.
    pub reason: Expr,
    /// What `eval` gives for it: rounded to 2 places, within 0…weight.
    pub score: Score,
    /// How much of the target was reached, where that can be said.
    pub rate: Option<Ratio>,
    /// What failed; empty for full points.
    pub failures: Vec<Failure>,
    /// How the actual was laid against the criterion.
    pub laid: Laid,
    /// What the rate is made of that the conditions are about, where it is made of two numbers.
    pub compared: Option<Compared>,
}

impl Applied {
    /// The reason as it reads now; `None` where nothing is taken off, or where it has no value.
    pub fn said(&self) -> Option<String> {
        let lost = Score::sum(self.failures.iter().map(|failure| failure.points))?;
        if lost.is_zero() {
            return None;
        }
        let deduction = Input { var: Var::Deduction, value: lost.number().into() };
        let inputs: Vec<Input> = self.inputs.iter().cloned().chain([deduction]).collect();
        match value(&self.reason, &inputs) {
            Value::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}

/// The points taken off, where there are any.
pub(super) fn lost(weight: Weight, score: Score) -> Option<Score> {
    let lost = Score::new(weight.get()).minus(score)?.round(2);
    Some(lost).filter(|lost| !lost.is_zero() && !lost.is_negative())
}

/// The one clause that all of the deduction is for; none where nothing is taken off.
pub(super) fn failed(clause: &str, weight: Weight, score: Score) -> Vec<Failure> {
    lost(weight, score).into_iter().map(|points| Failure { clause: clause.to_owned(), points }).collect()
}

/// What the score and its reason ask for of these inputs, and of the weight.
pub(super) fn asked(mut inputs: Vec<Input>, weight: Weight, by: [&Expr; 2]) -> Vec<Input> {
    inputs.push(Input { var: Var::Weight, value: weight.number().into() });
    let used = by.map(Expr::variables).concat();
    inputs.retain(|input| used.contains(&input.var));
    inputs
}

/// Why the criterion or its facts could not be read with certainty. All in Chinese, for the clerk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{words}”：{why}")]
pub struct Refusal {
    /// The words in question.
    pub words: String,
    /// What is not certain about them.
    pub why: String,
    /// What the person can do.
    pub hint: String,
    /// What was understood all the same, as a sentence; empty where nothing was.
    pub understood: String,
}

/// Characters of quoted words; the rest is in the cell.
const SHOWN: usize = 60;

impl Refusal {
    /// A refusal of these words.
    pub fn new(words: &str, why: impl Into<String>, hint: impl Into<String>) -> Self {
        let mut shown: String = words.trim().chars().take(SHOWN).collect();
        if shown.len() < words.trim().len() {
            shown.push('…');
        }
        Self { words: shown, why: why.into(), hint: hint.into(), understood: String::new() }
    }

    /// What the person is told behind it: what is certain all the same, and what to do.
    pub fn advice(&self) -> String {
        format!("{}{}", self.understood, self.hint)
    }

    /// The same, with what was understood.
    pub(crate) fn with_understood(self, words: &str) -> Self {
        let mut shown: String = words.chars().take(SHOWN).collect();
        if shown.len() < words.len() {
            shown.push('…');
        }
        Self { understood: format!("可以确定的是：{shown}。"), ..self }
    }
}

/// Every input bound to its value.
fn bound(expr: &Expr, inputs: &[Input]) -> Expr {
    expr.bind(&|var| {
        inputs
            .iter()
            .find(|input| input.var == var)
            .map_or(Expr::Var(var), |input| Expr::Const(input.value.clone()))
    })
}

/// The value of an expression over its inputs.
pub(super) fn value(expr: &Expr, inputs: &[Input]) -> Value {
    eval(&bound(expr, inputs), &NoCells)
}

/// The number that an expression over its inputs yields, or why there is none.
pub(super) fn number(expr: &Expr, inputs: &[Input], words: &str) -> Result<Number, Refusal> {
    match value(expr, inputs) {
        Value::Number(n) => Ok(n),
        Value::Error(crate::expr::ErrorValue::Div0) => {
            Err(Refusal::new(words, "除数（目标值或分母）为0，无法计算", "请核对指标值和实际完成值。"))
        }
        _ => Err(Refusal::new(words, "数值超出可精确计算的范围", "请核对指标值和实际完成值。")),
    }
}

/// The finished score of an expression. A score outside 0…weight would be a fault of the rule and is refused.
pub(super) fn scored(expr: &Expr, inputs: &[Input], weight: Weight, words: &str) -> Result<Score, Refusal> {
    let score = Score::new(number(expr, inputs, words)?.get());
    if score.is_negative() || score.get() > weight.get().max(Score::new(weight.get()).round(2).get()) {
        return Err(Refusal::new(words, "按此标准得出的分数超出0至分值的范围", "请核对评分标准中的分数。"));
    }
    Ok(score)
}
