//! 不低于上年得满分，达到行业平均水平得满分: what the actual is held against is the value of a standard, not the target.
//!
//! The rule is one that asks the same beside a target, with the value of the standard in the target's place: so there is one
//! code for both. Its formula refers to the standard's own cell.

use crate::base::Weight;
use crate::expr::{Expr, Var};
use crate::model::Standard;
use crate::notation::{Notation, Quantity, Sign};

use crate::words::{self, Class};

use super::applied::Compared;
use super::{Applied, ChecklistItem, Facts, Input, Kind, Known, Refusal, Rule};

/// A rule with the value of a standard in the place of the target.
#[derive(Debug, Clone, PartialEq)]
pub struct Against {
    /// Which standard.
    pub standard: Standard,
    /// The rule, as it is beside a target.
    pub rule: Box<Rule>,
}

impl Against {
    /// What is said of the target, said of the standard.
    fn reworded(&self, text: &str) -> String {
        let names = words::of(Class::TargetNames);
        names.iter().fold(text.to_owned(), |text, word| text.replace(word, self.standard.name()))
    }

    fn refused(&self, refusal: &Refusal) -> Refusal {
        Refusal {
            words: self.reworded(&refusal.words),
            why: self.reworded(&refusal.why),
            hint: self.reworded(&refusal.hint),
            understood: self.reworded(&refusal.understood),
        }
    }

    /// An input by its own name.
    fn var(&self, var: Var) -> Var {
        if var == Var::Target { Var::Standard(self.standard) } else { var }
    }

    fn renamed(&self, expr: &Expr) -> Expr {
        expr.bind(&|var| Expr::Var(self.var(var)))
    }
}

impl Kind for Against {
    fn apply(&self, facts: &Facts) -> Result<Applied, Refusal> {
        let (known, value) = value_of(self.standard, facts)?;
        let actual = facts.actual.and_then(Notation::quantity);
        if let Some(actual) = actual {
            comparable(self.standard, value, actual, facts)?;
        }
        // Which way is better the target's own sign says.
        let sign = facts.target.and_then(Notation::quantity).and_then(|target| target.sign);
        let sign = sign.filter(|sign| !matches!(sign, Sign::Equal | Sign::About));
        let target = Notation::Quantity(Quantity { sign, ..value.clone() });
        let beside = Facts { target: Some(&target), target_text: &known.text, standards: &[], ..*facts };
        let applied = self.rule.apply(&beside).map_err(|refusal| self.refused(&refusal))?;
        let input = |input: Input| Input { var: self.var(input.var), ..input };
        Ok(Applied {
            inputs: applied.inputs.into_iter().map(input).collect(),
            expr: self.renamed(&applied.expr),
            reason: self.renamed(&applied.reason).reworded(&|text| self.reworded(text)),
            // Of the target nothing was asked.
            rate: None,
            failures: applied.failures,
            compared: applied.compared.map(|compared| Compared {
                named: compared.named.map(|named| self.reworded(&named)),
                figures: self.reworded(&compared.figures),
            }),
            score: applied.score,
            laid: applied.laid,
        })
    }

    fn fits(&self, weight: Weight) -> Result<(), Refusal> {
        self.rule.fits(weight)
    }

    fn reading(&self) -> String {
        self.reworded(&self.rule.reading())
    }

    fn family(&self) -> &'static str {
        self.rule.family()
    }

    fn examples(&self, facts: &Facts) -> Vec<String> {
        self.rule.kind().examples(facts)
    }

    fn items(&self) -> &[ChecklistItem] {
        self.rule.items()
    }
}

/// How a person gets a value there.
pub(super) fn asked_for(standard: Standard) -> String {
    let name = standard.name();
    let or = if standard == Standard::LastYear {
        "，或把上年的自评表与本表放进同一个文件夹一起提交"
    } else {
        ""
    };
    format!("请在“{name}”一栏填写数值和单位（没有这一栏的，请增加）{or}；或由评审人员打分。")
}

/// That a criterion asks for the value of a standard that nobody has given.
pub(crate) fn missing(standard: Standard) -> Refusal {
    Refusal::new(standard.name(), "评分标准以它为准，但没有填写", asked_for(standard))
}

/// The value of a standard as a number; what the criterion asks for and nobody has given is refused.
pub(super) fn value_of<'f>(
    standard: Standard,
    facts: &Facts<'f>,
) -> Result<(&'f Known, &'f Quantity), Refusal> {
    let name = standard.name();
    let Some(known) = facts.known(standard) else {
        return Err(missing(standard));
    };
    let value = known.read.as_ref().and_then(Notation::quantity);
    let value = value.filter(|value| value.sign.is_none() && value.fraction.is_none());
    let Some(value) = value else {
        let why = format!("{name}不是一个确定的数，无法比较");
        return Err(Refusal::new(&known.text, why, format!("请把{name}写成数字加单位；或由评审人员打分。")));
    };
    Ok((known, value))
}

/// Whether the actual counts the same as the standard.
pub(super) fn comparable(
    standard: Standard,
    value: &Quantity,
    actual: &Quantity,
    facts: &Facts,
) -> Result<(), Refusal> {
    // A bare figure beside one with a unit may count anything.
    let same = value.unit.comparable(&actual.unit) && value.unit.is_bare() == actual.unit.is_bare();
    if same {
        return Ok(());
    }
    let name = standard.name();
    let why =
        format!("单位与{name}（{}{}）不同，说的可能不是同一件事，没有比较", value.number, value.unit.word);
    let hint = format!("请核对口径，把{name}换算成与实际完成值相同的单位；或由评审人员打分。");
    Err(Refusal::new(facts.actual_text, why, hint))
}
