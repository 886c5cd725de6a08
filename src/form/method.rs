//! The one method by which all indicators of a form are scored, written beside them (得分计算方法) as other forms write it in
//! a note: done is full points, not done is in proportion. It is no criterion of an indicator's own.

use crate::mapping::title::normalise;
use crate::words::{self, Class};

/// The parts of a text between its stops, without the numbers before them.
fn parts(text: &str) -> Vec<String> {
    let key: String = normalise(text);
    let stops = |c: char| matches!(c, ',' | '，' | '。' | ';' | '；' | ':' | '.');
    let parts = key.split(stops).map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit()));
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether a text is that method and nothing else.
pub(super) fn of_indicators(text: &str) -> bool {
    let parts = parts(text);
    let (met, missed) = (words::of(Class::MethodMet), words::of(Class::MethodMissed));
    let graded = |part: &str| words::of(Class::MethodGraded).within(part) && !part.contains('扣');
    let known = |part: &String| met.has(part) || missed.has(part) || graded(part);
    parts.iter().any(|part| part.starts_with('按') && missed.has(part)) && parts.iter().all(known)
}

/// Whether a text says of the execution of the budget what is done anyway.
pub(super) fn of_execution(text: &str) -> bool {
    let parts = parts(text);
    !parts.is_empty() && parts.iter().all(|part| words::of(Class::MethodExecution).has(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_told_from_a_criterion() {
        for text in [
            "完成值达到指标值，记满分；未达到指标值，按B/A或A/B*该指标分值记分。",
            "定量指标计算：完成值达到指标值，记满分；未达到指标值，按B/A*该指标分值记分。\n定性指标计算：根据“三档”原则分别按照指标分值的100-80%（含80%）、80-50%（含50%）、50-0%来记分。",
        ] {
            assert!(of_indicators(text), "{text}");
        }
        for text in [
            "完成值达到指标值，记满分；未达到指标值，不得分。",
            "完成值达到指标值，记满分；未达到指标值，按B/A*该指标分值记分；低于60%不得分。",
            "记满分",
            "",
        ] {
            assert!(!of_indicators(text), "{text}");
        }
        assert!(of_execution("执行率*该指标分值，最高不得超过分值上限。"));
        assert!(!of_execution("执行率*该指标分值，低于80%不得分。"));
        assert!(!of_execution(""));
    }
}
