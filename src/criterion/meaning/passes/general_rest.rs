//! 按完成比例得分: an award without a condition is what is earned where no condition applies.

use crate::criterion::meaning::draft::{Said, StepsDraft, refuse};
use crate::rule::Refusal;

pub(super) fn general_rest(
    steps: Option<&StepsDraft>,
    general: &mut Option<Said>,
    otherwise: &mut Option<Said>,
) -> Result<(), Refusal> {
    let Some((award, words)) = general.take() else { return Ok(()) };
    if otherwise.is_some() || steps.is_some() {
        return refuse(&words, "与其他规定重复，无法确定适用哪一个");
    }
    *otherwise = Some((award, words));
    Ok(())
}
