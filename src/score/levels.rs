//! Level-2 results, the total and the grade: sums of rounded scores, never rounded again.

use crate::base::{Number, Score, Weight};
use crate::model::{GradeBand, IndicatorScore, LevelScore, State, Total};

/// Adds the indicators up to their level 2, in the order of the form.
///
/// Gives `None` when a sum leaves the exact range.
pub(super) fn levels(indicators: &[IndicatorScore]) -> Option<Vec<LevelScore>> {
    let mut levels: Vec<LevelScore> = Vec::new();
    for indicator in indicators {
        let score = indicator.score.unwrap_or_default();
        let open = indicator.state == State::Pending;
        let same =
            |level: &&mut LevelScore| level.level1 == indicator.level1 && level.level2 == indicator.level2;
        if let Some(level) = levels.iter_mut().find(same) {
            level.weight = level.weight.plus(indicator.weight)?;
            level.score = level.score.plus(score)?;
            level.complete = level.complete && !open;
        } else {
            levels.push(LevelScore {
                level1: indicator.level1.clone(),
                level2: indicator.level2.clone(),
                weight: indicator.weight,
                score,
                complete: !open,
            });
        }
    }
    Some(levels)
}

/// The total of all indicators, at most the cap, and its grade, where they are the whole form. What is earned beyond the
/// whole counts, its points do not. Gives `None` when a sum leaves the exact
/// range.
pub(super) fn total(
    indicators: &[IndicatorScore],
    whole: bool,
    cap: Option<Weight>,
    bands: &[GradeBand],
) -> Option<Total> {
    let score = Score::sum(indicators.iter().map(|i| i.score.unwrap_or_default()))?;
    let score = cap.map(|cap| Score::new(cap.get())).filter(|cap| *cap < score).unwrap_or(score);
    let full = Weight::sum(indicators.iter().filter(|i| i.extra.is_none()).map(|i| i.weight))?;
    let complete = whole && !indicators.is_empty() && indicators.iter().all(|i| i.state != State::Pending);
    let grade = if complete { grade(score, full, bands) } else { None };
    Some(Total {
        score,
        full,
        grade,
        provisional: false,
        complete,
        open: false,
        stated: None,
        stated_grade: None,
        overriding: None,
    })
}

/// The grade of a total: the first band, best first, whose lower bound it reaches (bounds included). Bands are out
/// of 100; a form whose weights add up to something else is taken in proportion.
pub fn grade(score: Score, full: Weight, bands: &[GradeBand]) -> Option<String> {
    let out_of_hundred = score.number().times(Number::from(100))?.over(full.number())?.round(8);
    bands.iter().find(|band| out_of_hundred >= band.from.number()).map(|band| band.name.clone())
}

#[cfg(test)]
mod tests {
    use super::grade;
    use crate::model::GradeBand;

    #[test]
    fn a_lower_bound_earns_its_grade_and_anything_below_does_not() {
        let band = |name: &str, from: u32| GradeBand { name: name.to_owned(), from: from.into() };
        let bands = [band("优", 90), band("良", 80), band("中", 60), band("差", 0)];
        let of = |score: &str, full: u32| grade(score.parse().unwrap(), full.into(), &bands).unwrap();
        assert_eq!(
            [of("90", 100), of("89.99", 100), of("80", 100), of("79.99", 100)],
            ["优", "良", "良", "中"]
        );
        assert_eq!([of("60", 100), of("59.99", 100), of("0", 100)], ["中", "差", "差"]);
        assert_eq!(of("81", 90), "优", "bands are out of 100, whatever the weights add up to");
    }
}
