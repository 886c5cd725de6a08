//! Points in proportion, said once or twice: 按比例得分，得分=执行率÷98%×8分.

use crate::rule::{Award, Proportion, Refusal};

use crate::criterion::grammar::clause::Clause;
use crate::criterion::meaning::draft::{Draft, refuse};

/// 按比例得分, 按执行率计算得分: without a formula.
fn is_plain(rate: &Proportion) -> bool {
    rate.base.is_none() && rate.over.is_none() && rate.least.is_none()
}

/// Whether a formula may say how the points before it are found.
fn is_same(vague: &Proportion, said: &Proportion) -> bool {
    let named = match (&vague.rate, &said.rate) {
        (Some(a), Some(b)) => a.contains(b.as_str()) || b.contains(a.as_str()),
        // 按完成率计分，得分=实际完成面积/计划面积×10
        (Some(a), None) => a == "完成率" || a == "完成比例",
        (None, _) => true,
    };
    is_plain(vague) && named
}

/// Whether a clause gives points in proportion and does not say how.
pub(crate) fn is_vague(clause: &Clause) -> bool {
    let (Clause::Graded { award, .. } | Clause::Award(award) | Clause::Else(Some(award))) = clause else {
        return false;
    };
    matches!(award, Award::Rate(rate) if is_plain(rate))
}

impl Draft {
    /// 按完成率计算得分，得分=完成率×分值: what is said twice is said once, if it is the same.
    pub(crate) fn proportion(
        &mut self,
        said: &Proportion,
        words: String,
        follows: bool,
    ) -> Result<(), Refusal> {
        // 85%-98%按比例得分，得分=执行率÷98%×8: the formula says how what stands before it is found.
        let last = self.rungs.last_mut().filter(|_| follows);
        if let Some(rung) =
            last.filter(|rung| matches!(&rung.award, Award::Rate(rate) if is_same(rate, said)))
        {
            rung.award = Award::Rate(said.clone());
            return Ok(());
        }
        let before = self.otherwise.as_mut().filter(|_| follows);
        if let Some((award, _)) =
            before.filter(|(award, _)| matches!(award, Award::Rate(rate) if is_plain(rate)))
        {
            *award = Award::Rate(said.clone());
            return Ok(());
        }
        if self.rungs.iter().any(|rung| matches!(&rung.award, Award::Rate(rate) if rate != said)) {
            return refuse(&words, "按比例得分规定了两次，前后不一致");
        }
        if let Some((Award::Rate(earlier), _)) = &self.general {
            if earlier != said && !is_same(earlier, said) {
                return refuse(&words, "按比例得分规定了两次，前后不一致");
            }
        } else if self.general.is_some() {
            return refuse(&words, "没有写明在什么情况下这样得分");
        }
        self.general = Some((Award::Rate(said.clone()), words));
        Ok(())
    }
}
