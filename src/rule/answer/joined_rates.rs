//! Rates of groups that make up all, of which the criterion asks for some together: 非常满意62%，满意25%，不满意13% under 非常满意、满意合计占比.

use crate::base::Number;
use crate::notation::{Quantity, Unit};
use crate::rule::graded::Graded;
use crate::rule::measure::Subject;
use crate::words::list;

use super::super::IndicatorFacts;
use super::parts::parts;

/// What they come to together; nothing where they do not make up all, or one that is asked for is not told.
pub(super) fn sum(rule: &Graded, facts: &IndicatorFacts) -> Option<Quantity> {
    let Subject::Named(name) = &rule.subject else { return None };
    let name = list::JOINED_ENDS.strip_end(name)?;
    let asked: Vec<&str> = name.split(['、', '和', '与', '及']).collect();
    let told: Option<Vec<(String, Number)>> = parts(facts.actual_text)?
        .iter()
        .map(|part| {
            let amount =
                part.amount.as_ref().filter(|amount| amount.unit.is_ratio() && amount.sign.is_none())?;
            let label = part.before.trim_end_matches(['占', '率', '为', ':']).to_owned();
            (part.after.is_empty() && !label.is_empty()).then_some((label, amount.in_base()?))
        })
        .collect();
    let told = told?;
    // Only where they make up all is none of them within another.
    let all = Number::sum(told.iter().map(|(_, share)| *share)) == Some(Number::ONE);
    let of = |name: &&str| {
        let mut hits = told.iter().filter(|(label, _)| label == name);
        hits.next().filter(|_| hits.next().is_none()).map(|(_, share)| *share)
    };
    let shares: Option<Vec<Number>> = asked.iter().map(of).collect();
    let sum = Number::sum(shares.filter(|shares| all && shares.len() > 1)?)?.times(Number::from(100))?;
    Some(Quantity::new(sum, Unit::percent()))
}
