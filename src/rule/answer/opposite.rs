//! A rate told by its opposite: 不合格率3% under 合格率, 未覆盖8% under 覆盖率.

use crate::base::Number;
use crate::notation::Quantity;
use crate::words::list;

use super::super::IndicatorFacts;
use super::super::graded::Graded;
use super::parts::AnswerPart;
use super::{Answer, names};

/// Names of rates that add up to one.
pub(super) const OPPOSITES: [(&str, &str); 9] = [
    ("准确率", "差错率"),
    ("正确率", "差错率"),
    ("正确率", "错误率"),
    ("准确率", "错误率"),
    ("出勤率", "缺勤率"),
    ("到课率", "缺课率"),
    ("完好率", "损坏率"),
    ("完好率", "破损率"),
    ("成功率", "失败率"),
];

/// 合格率95% under 不合格率 is 5% of it, 未覆盖8% under 覆盖率 is 92%.
pub(super) fn opposite(part: &AnswerPart, rule: &Graded, facts: &IndicatorFacts) -> Option<Answer> {
    let amount = part.amount.as_ref().filter(|amount| amount.unit.is_ratio() && amount.sign.is_none())?;
    let label = part.before.trim_end_matches([':', '为', '是', '达']);
    if !part.after.is_empty() || label.chars().count() < 2 {
        return None;
    }
    // 满意率90% leaves 10% that are not all 不满意: some may hold it for fair.
    if list::SATISFACTION_NAMES.within(label) {
        return None;
    }
    let rate = label.strip_suffix('率').unwrap_or(label);
    let turned = |name: &str| {
        let stem = name.strip_suffix('率').unwrap_or_default();
        let denies = |long: &str, short: &str| {
            list::OPPOSITE_SIGNS.iter().any(|no| long.ends_with(&format!("{no}{short}")) && !short.is_empty())
        };
        let last_two = |text: &str| -> String {
            let chars: Vec<char> = text.chars().collect();
            chars.get(chars.len().saturating_sub(2)..).unwrap_or_default().iter().collect()
        };
        (denies(stem, rate) && label.ends_with('率'))
            || (denies(rate, &last_two(stem)) && !denies(stem, &last_two(stem)))
            || OPPOSITES.iter().any(|(a, b)| {
                (label.ends_with(a) && name.ends_with(b)) || (label.ends_with(b) && name.ends_with(a))
            })
    };
    if !names(rule, facts).filter(|name| !name.is_empty()).all(turned) {
        return None;
    }
    let number = Number::from(1).minus(amount.in_base()?)?.over(amount.unit.factor)?;
    Some(Answer::number(Quantity::new(number, amount.unit.clone())))
}
