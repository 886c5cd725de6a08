//! What was said must have been used: a bonus needs steps that lead up from its base, a highest score the weight.

use crate::base::Number;
use crate::criterion::meaning::draft::refuse;
use crate::rule::Refusal;

pub(super) fn nothing_left(
    bonus_base: Option<Number>,
    score_cap: Option<Number>,
    all: &str,
) -> Result<(), Refusal> {
    if bonus_base.is_some() {
        return refuse("基础分", "没有写明怎样在基础分上加分");
    }
    if score_cap.is_some() {
        return refuse(all, "规定了最高得分，但没有给出分值");
    }
    Ok(())
}
