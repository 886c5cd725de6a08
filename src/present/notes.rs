//! The words beside a score: why points came off, or why a person must look.

use crate::model::{Indicator, IndicatorScore, ScoreForm};

/// The deduction note of an indicator: what failed in the criterion's words, the points, and the fact with its cell.
/// `None` where nothing came off.
///
/// `扣1分：②已制定业务管理制度——不满足。未针对项目业务制定管理办法。（评价情况 J13）`
pub fn deduction(form: &ScoreForm, indicator: Option<&Indicator>, result: &IndicatorScore) -> Option<String> {
    let deduction = result.deduction().filter(|deduction| !deduction.is_zero())?;
    let mut note = String::new();
    for failed in &result.notes {
        note.push_str(&format!(
            "扣{}分：{}——{}。",
            failed.points,
            failed.clause.trim_end_matches('。'),
            failed.why.trim_end_matches('。')
        ));
    }
    if result.notes.is_empty() {
        // A typed score above the points takes nothing off.
        let above = Some(deduction.number().abs()).filter(|_| deduction.is_negative());
        let above = above.map(|above| format!("得分超过分值{above}分。"));
        note = above.unwrap_or_else(|| format!("扣{deduction}分。"));
    }
    if let Some(fact) = indicator.and_then(|indicator| situation(form, indicator)) {
        note.push_str(&fact);
    }
    Some(note)
}

/// What the evaluator saw, with its cell: `未针对项目业务制定管理办法。（评价情况 J13）`.
fn situation(form: &ScoreForm, indicator: &Indicator) -> Option<String> {
    let entry = indicator.situation.as_ref().filter(|entry| !entry.is_blank())?;
    let words = entry.shown();
    let words = words.trim();
    let stop = if words.ends_with(['。', '！', '？', '；', '.']) { "" } else { "。" };
    let title = form.situation_title.as_deref().unwrap_or("情况");
    let cell = entry.at.as_ref().map(|at| format!(" {}", at.cell)).unwrap_or_default();
    Some(format!("{words}{stop}（{title}{cell}）"))
}
