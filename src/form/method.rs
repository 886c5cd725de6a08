//! The one method by which all indicators of a form are scored, written beside them (得分计算方法) as other forms write it in
//! a note: done is full points, not done is in proportion. It is no criterion of an indicator's own.

use crate::mapping::title::normalise;

/// What a method begins with, and how it is said that the target was met.
const MET: [&str; 12] = [
    "完成值达到指标值",
    "达到指标值",
    "达到年度指标值",
    "完成指标值的",
    "定量指标",
    "定量指标计算",
    "若为定量指标",
    "若为定性指标",
    "定性指标",
    "定性指标计算",
    "记满分",
    "得满分",
];
/// How it is said what a missed target earns.
const MISSED: [&str; 8] = [
    "未达到指标值",
    "未达到的",
    "未完成的",
    "按B/A或A/B*该指标分值记分",
    "按B/A*该指标分值记分",
    "按B/A或A/B*该指标分值计分",
    "按完成值与指标值的比例记分",
    "按完成值与指标值的比例得分",
];
/// How it is said that what is no number is scored by three grades.
const GRADED: [&str; 2] = ["根据“三档”原则", "分为三档"];
/// How it is said that the rate of execution times the points is the score.
const EXECUTION: [&str; 8] = [
    "执行率*该指标分值",
    "执行率*分值",
    "执行率×该指标分值",
    "执行率×分值",
    "预算执行率×分值",
    "最高不得超过分值上限",
    "最高不超过分值上限",
    "得分=执行率×分值",
];

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
    let graded = |part: &str| GRADED.iter().any(|words| part.contains(words)) && !part.contains('扣');
    let known = |part: &String| {
        MET.contains(&part.as_str()) || MISSED.contains(&part.as_str()) || graded(part.as_str())
    };
    parts.iter().any(|part| part.starts_with('按') && MISSED.contains(&part.as_str()))
        && parts.iter().all(known)
}

/// Whether a text says of the execution of the budget what is done anyway.
pub(super) fn of_execution(text: &str) -> bool {
    let parts = parts(text);
    !parts.is_empty() && parts.iter().all(|part| EXECUTION.contains(&part.as_str()))
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
