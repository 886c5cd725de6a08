//! What is still open, as every paper calls it: three words, and what stands in the place of a grade.

/// A score that nobody has given yet.
pub const UNSCORED: &str = "待评分";
/// A score that is there, and that a person has still to decide.
pub const TO_DECIDE: &str = "待核定";
/// A meaning that a person has still to confirm.
pub const ASKED: &str = "待确认";
/// What stands in the place of a grade as long as there is none.
pub const NO_GRADE: &str = "未定级";
/// What stands behind a grade as long as scores that it rests on wait for a decision.
pub const PROVISIONAL: &str = "（暂定）";

/// A grade as every paper shows it.
pub fn grade_shown(grade: Option<&str>, provisional: bool) -> String {
    match grade {
        Some(grade) if provisional => format!("{grade}{PROVISIONAL}"),
        Some(grade) => grade.to_owned(),
        None => NO_GRADE.to_owned(),
    }
}
