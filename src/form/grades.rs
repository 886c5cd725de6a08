//! Grade bands that a form's note states: `综合得分90（含）-100分为优，…60分以下为差。`

use crate::base::Score;
use crate::mapping::title::normalise;
use crate::model::GradeBand;
use crate::words::{self, Class};

/// What a note says about grades.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum GradeNote {
    /// The bands, the best first, down to 0.
    Bands(Vec<GradeBand>),
    /// It speaks of grades, but not in bands that can be read.
    Unread,
}

/// The grade bands of a note; `None` where it does not speak of grades.
pub(super) fn read(text: &str, names: &[GradeBand]) -> Option<GradeNote> {
    let key = normalise(text);
    let clauses: Vec<&str> = key
        .split([',', '，', ';', '；', '。', '、'])
        .filter(|clause| grade_of(clause, names).is_some())
        .collect();
    if clauses.len() < 2 {
        return None;
    }
    let mut bands: Vec<GradeBand> = Vec::new();
    for clause in clauses {
        let Some(band) = band(clause, names) else { return Some(GradeNote::Unread) };
        bands.push(band);
    }
    bands.sort_by_key(|band| std::cmp::Reverse(band.from));
    let falling = bands.windows(2).all(|pair| matches!(pair, [high, low] if high.from > low.from));
    let complete = bands.last().is_some_and(|last| last.from.is_zero());
    Some(if falling && complete { GradeNote::Bands(bands) } else { GradeNote::Unread })
}

/// What stands before the last word that says what something is, and what stands behind it.
fn cut(clause: &str) -> Option<(&str, &str)> {
    clause.rsplit_once(|c| c == ':' || words::of(Class::Copulas).has_char(c))
}

/// The grade that a clause ends in: `…为优`, `…评为良好`, `…：中`.
fn grade_of<'n>(clause: &str, names: &'n [GradeBand]) -> Option<&'n str> {
    let (range, grade) = cut(clause)?;
    let digits = range.chars().any(|c| c.is_ascii_digit());
    let grade = grade.trim_matches(['“', '”', '"', '「', '」']);
    let meant = names.iter().map(|band| band.name.as_str()).find(|name| {
        grade
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || words::of(Class::GradeEndings).has(rest))
    });
    meant.filter(|_| digits)
}

/// `90(含)-100分为优`: 优 from 90; `60分以下为差`: 差 from 0.
fn band(clause: &str, names: &[GradeBand]) -> Option<GradeBand> {
    let name = grade_of(clause, names)?.to_owned();
    let (range, _) = cut(clause)?;
    let range = range.trim_start_matches(|c: char| !c.is_ascii_digit());
    let range: String = range.replace('评', "");
    // A bound that is not included cannot be said with bands that begin at their lower bound.
    if range.contains("不含") {
        return None;
    }
    let (low, rest) = number(&range)?;
    let rest = rest.trim_start_matches('分');
    let (included, rest) = match rest.strip_prefix("(含)") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let rest = rest.trim_start_matches('分');
    if let Some(upper) = rest.strip_prefix(['-', '~', '—', '至', '–', '－']) {
        let upper = upper.trim_start_matches(['-', '—']);
        let (high, tail) = number(upper)?;
        // Bands that include their upper bound (80-90（含）) leave the lower one out.
        let tail_ok = matches!(tail.trim_start_matches('分'), "" | "(含)");
        let upper_included = tail.contains("(含)") && high != Score::from(100);
        return (tail_ok && !upper_included && high > low).then_some(GradeBand { name, from: low });
    }
    if words::of(Class::AtLeastEndings).has(rest) {
        return Some(GradeBand { name, from: low });
    }
    let below = !included && words::of(Class::BelowEndings).has(rest);
    below.then_some(GradeBand { name, from: Score::ZERO })
}

fn number(text: &str) -> Option<(Score, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Vec<GradeBand> {
        ["优", "良", "中", "差"].map(|name| GradeBand { name: name.into(), from: Score::ZERO }).into()
    }

    fn bands(text: &str) -> Option<Vec<(String, String)>> {
        match read(text, &names())? {
            GradeNote::Bands(bands) => {
                Some(bands.into_iter().map(|b| (b.name, b.from.to_string())).collect())
            }
            GradeNote::Unread => Some(Vec::new()),
        }
    }

    fn usual() -> Vec<(String, String)> {
        [("优", "90"), ("良", "80"), ("中", "60"), ("差", "0")].map(|(n, f)| (n.into(), f.into())).into()
    }

    #[test]
    fn a_note_states_the_bands() {
        assert_eq!(
            bands("注：综合得分90（含）-100分为优，80（含）-90分为良，60（含）-80分为中，60分以下为差。"),
            Some(usual())
        );
        assert_eq!(bands("90分以上为优秀；80-89分为良好；60-79分为中；60分以下为差"), Some(usual()));
        assert_eq!(
            bands("说明：90分及以上为优、80分（含）至90分为良、60分（含）至80分为中、60分以下为差"),
            Some(usual())
        );
    }

    #[test]
    fn other_notes_say_nothing_of_grades() {
        assert_eq!(bands("注：1.得分一档最高不能超过该指标分值上限。"), None);
        assert_eq!(bands("分别按照该指标对应分值区间100-80%（含）、80-60%（含）、60-0%合理确定得分。"), None);
    }

    #[test]
    fn bands_that_leave_out_their_lower_bound_are_not_guessed() {
        assert_eq!(bands("90（不含）-100分为优，80（不含）-90（含）分为良，60分以下为差"), Some(Vec::new()));
        assert_eq!(bands("90-100分为优，80-90（含）分为良，60分以下为差"), Some(Vec::new()));
        assert_eq!(bands("90-100分为优，80-90分为良"), Some(Vec::new()));
    }
}
