//! What reviewers typed in the place of our scores and of our grade, and what came of it.

use super::Facts;
use crate::base::{CellAt, Score};
use crate::model::{Finding, FindingId, GRADE_LABELS, GradeOverride, Lost, Override, SCORE_LABELS, Verdict};

pub(super) fn check(facts: &Facts) -> Vec<Finding> {
    let Some((_, card)) = facts.scored() else { return Vec::new() };
    let scores = card.indicators.iter().filter_map(|result| {
        let typed = result.overriding.as_ref()?;
        let cell = typed.at.clone().or_else(|| result.cell.clone());
        of_score(&result.name, typed, cell)
    });
    let grade = card.total.overriding.as_ref().and_then(|typed| of_grade(typed, card.total.complete));
    let lost = facts.case.overrides.lost.iter().map(of_lost);
    scores.chain(grade).chain(lost).chain(taken_back(facts)).collect()
}

/// Characters of a person's words that a finding repeats; all of them stand where he wrote them.
const MAX_WORDS: usize = 300;

fn begun(words: &str) -> String {
    let begun: String = words.chars().take(MAX_WORDS).collect();
    if begun.len() < words.len() { format!("{begun}……") } else { begun }
}

/// `（理由：……；改定人：张三）`, as far as they are there.
pub(super) fn because(reason: Option<&str>, by: Option<&str>) -> String {
    let reason = reason.map(|reason| format!("理由：{}", begun(reason.trim_end_matches('。'))));
    let parts: Vec<String> =
        reason.into_iter().chain(by.map(|by| format!("改定人：{}", begun(by)))).collect();
    if parts.is_empty() { String::new() } else { format!("（{}）", parts.join("；")) }
}

fn of_score(name: &str, typed: &Override, at: Option<CellAt>) -> Option<Finding> {
    let Override { typed: text, computed, reason, by, voice, verdict, .. } = typed;
    let because = because(reason.as_deref(), by.as_deref());
    let by_rule = computed.map(|score: Score| format!("按评分标准测算 {score} 分")).unwrap_or_default();
    let by_rule = if by_rule.is_empty() { "评分标准不能自动测算".to_owned() } else { by_rule };
    let (id, message) = match verdict {
        Verdict::Agrees | Verdict::Disputed => return None,
        Verdict::Stands => {
            let message = format!("“{name}”由{}改定为 {text} 分，{by_rule}{because}。", voice.name());
            (FindingId::ScoreOverridden, message)
        }
        Verdict::Draft => {
            let wanted = match (reason, by) {
                (None, None) => "改定理由和改定人",
                (None, _) => "改定理由",
                _ => "改定人",
            };
            let message = format!(
                "“{name}”改为 {text} 分，{by_rule}，没有写{wanted}{because}，先按初稿计入总分，不定等级。"
            );
            (FindingId::OverrideIncomplete, message)
        }
        Verdict::Proposed => {
            let message =
                format!("“{name}”拟改为 {text} 分{because}，{by_rule}，确认前仍按测算得分计算，不定等级。");
            (FindingId::OverrideProposed, message)
        }
        Verdict::Outdated => {
            let message = format!(
                "“{name}”曾改定为 {text} 分{because}，此后指标值、实际完成值、分值或评分标准有变化，{by_rule}，重新确认前按测算得分计算，不定等级。"
            );
            (FindingId::OverrideOutdated, message)
        }
        Verdict::OutOfRange if typed.score.is_some_and(|score| !score.is_negative()) => {
            let message = format!("“{name}”改为 {text} 分，超过可得的分数，没有采用，{by_rule}。");
            (FindingId::ScoreAboveWeight, message)
        }
        Verdict::OutOfRange => (
            FindingId::OverrideUnclear,
            format!("“{name}”改为 {text} 分，不在可打分的范围内，没有采用，{by_rule}。"),
        ),
        Verdict::Contradicted => {
            let message = format!(
                "“{name}”表中填 {text} 分，“评分明细”的改定得分填的是另一个数，都没有采用，{by_rule}。"
            );
            (FindingId::OverrideUnclear, message)
        }
        Verdict::Unreadable if text.starts_with('=') => {
            let message = format!(
                "“{name}”改定得分是公式“{text}”，文件中没有算出数字，没有采用，{by_rule}。请在 Excel 或 WPS 中重新计算并保存，或直接填写得分。"
            );
            (FindingId::OverrideUnclear, message)
        }
        Verdict::Unreadable => {
            let message =
                format!("“{name}”改定得分填“{text}”，不是最多两位小数的数字，没有采用，{by_rule}。");
            (FindingId::OverrideUnclear, message)
        }
    };
    Some(Finding::new(id, at, message))
}

fn of_grade(typed: &GradeOverride, complete: bool) -> Option<Finding> {
    let GradeOverride { typed: text, computed, reason, by, voice, verdict, at, .. } = typed;
    let because = because(reason.as_deref(), by.as_deref());
    let computed = computed.as_deref().map(|grade| format!("按总分对应“{grade}”")).unwrap_or_default();
    let computed = if computed.is_empty() { "按总分尚不能定等级".to_owned() } else { computed };
    let (id, message) = match verdict {
        Verdict::Agrees | Verdict::Disputed => return None,
        Verdict::Stands if complete => (
            FindingId::ScoreOverridden,
            format!("等级由{}改定为“{text}”，{computed}{because}。", voice.name()),
        ),
        Verdict::Stands | Verdict::Draft => {
            let wanted = match (reason, by) {
                (None, None) => "没有写改定理由和改定人",
                (None, _) => "没有写改定理由",
                (_, None) => "没有写改定人",
                _ => "还有指标没有得分",
            };
            (
                FindingId::OverrideIncomplete,
                format!("等级改为“{text}”，{computed}，{wanted}{because}，暂不定等级。"),
            )
        }
        Verdict::Proposed => (
            FindingId::OverrideProposed,
            format!("等级拟改为“{text}”{because}，{computed}，确认前不定等级。"),
        ),
        Verdict::Outdated => (
            FindingId::OverrideOutdated,
            format!("等级曾改定为“{text}”{because}，此后总分有变化，{computed}，重新确认前不定等级。"),
        ),
        Verdict::Contradicted => (
            FindingId::OverrideUnclear,
            format!("等级在表中填“{text}”，“评分汇总”的改定等级填的是另一个，都没有采用，{computed}。"),
        ),
        Verdict::OutOfRange | Verdict::Unreadable => (
            FindingId::OverrideUnclear,
            format!("改定等级填“{text}”，不是评分表的等级，没有采用，{computed}。"),
        ),
    };
    Some(Finding::new(id, at.clone(), message))
}

/// What was typed on our sheets and is taken back on demand.
fn taken_back(facts: &Facts) -> Vec<Finding> {
    let told = &facts.case.overrides;
    if !told.taken_back {
        return Vec::new();
    }
    let rows = facts.indicators().filter_map(|(indicator, result)| {
        let given = told.given.get(&result.anchor(Some(indicator))?)?;
        Some((result.name.as_str(), given.words(SCORE_LABELS)))
    });
    let grade = Some(("评价等级", told.grade.words(GRADE_LABELS))).filter(|_| !told.grade.is_empty());
    let said = rows.chain(grade).map(|(name, words)| {
        let message = format!("“{name}”旁填的{words}已按要求收回，按测算结果计算。");
        Finding::new(FindingId::ScoreOverridden, None, message)
    });
    said.collect()
}

/// What was typed on our sheets and belongs to no indicator.
fn of_lost(lost: &Lost) -> Finding {
    Finding::new(FindingId::OverrideUnclear, None, lost.message())
}
