//! Which way is better: by the target's sign, by the criterion, or by the name.

use crate::notation::direction::{Undecided, decide, names_cap};
use crate::notation::{Notation, Sign, Unit};
use crate::words::Words;

use super::award::Side;
use super::graded::Graded;
use super::measure::{Direction, HINT_TARGET};
use super::span::Point;
use super::{Award, IndicatorFacts, Refusal};

/// Whether the indicator's name says that its target is a ceiling, by the words that hold where no mapping has its
/// own. `unit` is the target's.
pub fn is_cap_name(name: &str, unit: &Unit) -> bool {
    names_cap(name, unit, Words::shipped())
}

/// Why neither a sign nor the name says which way is better: money, time, or a name that speaks of harm and of what is
/// done about it.
pub(super) fn open_direction(name: &str, target: &Notation) -> Option<Undecided> {
    let open = decide(target, name, "", Words::shipped()).err()?;
    matches!(open, Undecided::Money | Undecided::Time | Undecided::MixedName).then_some(open)
}

impl Graded {
    /// Which way is better. A target's sign decides; without one the criterion's own steps, then the name.
    pub(super) fn direction(&self, facts: &IndicatorFacts) -> Result<Direction, Refusal> {
        let target = facts.target.and_then(Notation::quantity);
        let sides: Vec<Side> = self
            .all_awards()
            .filter_map(|award| match award {
                Award::Steps(steps) if steps.from == Point::Target && !steps.adds => Some(steps.side),
                _ => None,
            })
            .collect();
        let hinted = match sides.first() {
            Some(Side::Below) => Some(false),
            Some(Side::Above) => Some(true),
            _ => None,
        };
        let direction = match target.and_then(|t| t.sign) {
            Some(Sign::AtLeast | Sign::MoreThan) => Direction { cap: false, explicit: true, open: None },
            Some(Sign::AtMost | Sign::LessThan) => Direction { cap: true, explicit: true, open: None },
            Some(Sign::About) => {
                let why = "指标值只是约数，无法确定是否完成";
                return Err(Refusal::new(facts.target_text, why, HINT_TARGET));
            }
            Some(Sign::Equal) | None => {
                let zero = target.is_some_and(|t| t.number.is_zero());
                let unit = target.map(|t| t.unit.clone()).unwrap_or_default();
                let by_name = facts.cap.unwrap_or_else(|| zero || is_cap_name(facts.indicator, &unit));
                // 不合格率 that loses points where it falls: one of the two is not what it seems.
                if by_name && hinted == Some(false) {
                    let why = "评分标准的扣分方向与指标名称的含义相反";
                    return Err(Refusal::new(facts.target_text, why, HINT_TARGET));
                }
                // What earns by its completion is to be reached.
                let reached = self.all_awards().any(|award| matches!(award, Award::Rate(_)));
                let said = hinted.is_some() || facts.cap.is_some() || by_name;
                let open = facts.target.filter(|_| !said).and_then(|t| open_direction(facts.indicator, t));
                if reached && open == Some(Undecided::MixedName) {
                    return Err(Refusal::new(
                        facts.target_text,
                        Undecided::MixedName.to_string(),
                        HINT_TARGET,
                    ));
                }
                let open = open.filter(|_| !reached);
                Direction { cap: hinted.unwrap_or(by_name), explicit: false, open }
            }
        };
        if direction.explicit && hinted.is_some_and(|cap| cap != direction.cap) {
            let why = "评分标准的扣分方向与指标值的符号相反";
            return Err(Refusal::new(facts.target_text, why, HINT_TARGET));
        }
        Ok(direction)
    }
}
