//! Shares of a whole that are no 100 % together.

use super::figures::{Figure, figures};
use super::found::Reading;
use super::prose::Spot;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Shares below which a list is none.
const MIN_SHARES: usize = 3;
/// Answers of a scale that are too many where they are more than the whole.
const MIN_ANSWERS: usize = 2;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let finding = |sentence: Spot| {
        let text = reading.prose.at(sentence);
        let is_percent = |figure: &&Figure| text.get(figure.to..).is_some_and(|rest| rest.starts_with('%'));
        let all = figures(text);
        let shares: Vec<Figure> = all.iter().filter(is_percent).copied().collect();
        // What the answers come to (满意度为95%) stands behind them.
        let answers =
            shares.iter().copied().filter(|share| answer(text, share).is_some()).collect::<Vec<_>>();
        let of_scale = answers.len() >= MIN_ANSWERS;
        let shares = if of_scale { answers } else { shares };
        let sum = Number::sum(shares.iter().map(|share| share.value))?;
        let off = sum.minus(Number::from(100))?.abs();
        // Each share may be rounded by half of its last place.
        let places = shares.iter().map(|share| share.places).max().unwrap_or(0);
        let count = Number::from(u32::try_from(shares.len()).ok()?);
        let one = Number::new(rust_decimal::Decimal::try_new(1, places).ok()?);
        let allowed = one.times(count)?.over(Number::from(2))?;
        let over = of_scale && sum > Number::from(100) && are_apart(text, &shares);
        if off <= allowed || !(over || shares.len() >= MIN_SHARES && is_whole(text, &shares)) {
            return None;
        }
        let spot = Spot {
            unit: sentence.unit,
            from: sentence.from.saturating_add(shares.first()?.from),
            to: sentence.from.saturating_add(shares.last()?.to),
        };
        let message = format!("所列各部分的比例合计为{sum}%，不是100%。");
        Some(reading.finding(FindingId::ReportSharesNotWhole, spot, "比例", message))
    };
    reading.prose.sentences().filter_map(finding).collect()
}

/// Whether each share is of another answer, and of one question.
fn are_apart(text: &str, shares: &[Figure]) -> bool {
    let mut answers: Vec<Option<String>> = shares.iter().map(|share| answer(text, share)).collect();
    let all = answers.iter().all(Option::is_some);
    answers.sort();
    answers.dedup();
    all && answers.len() == shares.len() && !words::of(Class::SumsOfAnswers).within(text)
}

/// The answer of a survey that a share is of.
fn answer(text: &str, share: &Figure) -> Option<String> {
    let head = text.get(..share.from).unwrap_or_default();
    let mut head = head.rsplit(['，', '、', ':', '%']).next().unwrap_or(head);
    while let Some(shorter) = words::of(Class::ReportFigureLinks).strip_end(head) {
        head = shorter;
    }
    words::of(Class::ShareScales).longest_end(head).map(str::to_owned)
}

/// Whether the shares are certainly those of a whole: each of an answer of one scale that goes to both ends, or shares that end
/// with the rest (其他占5%), or as many as are said to be.
fn is_whole(text: &str, shares: &[Figure]) -> bool {
    // What is told of growth is told in the clause of the shares.
    let first = shares.first().map_or(0, |share| share.from);
    let head = text.get(..first).unwrap_or_default();
    let begin = head.rfind(['，', ';', ':']).unwrap_or(0);
    let told = text.get(begin..).unwrap_or_default();
    if words::of(Class::OfGrowth).iter().filter(|word| *word != "占").any(|word| told.contains(word)) {
        return false;
    }
    let answers: Vec<Option<String>> = shares.iter().map(|share| answer(text, share)).collect();
    if answers.iter().all(Option::is_some) {
        let mut once: Vec<&String> = answers.iter().flatten().collect();
        let satisfied = once.iter().any(|answer| !answer.contains('不') && answer.ends_with("满意"));
        let unsatisfied = once.iter().any(|answer| answer.contains("不满意"));
        once.sort();
        once.dedup();
        return satisfied && unsatisfied && once.len() == shares.len();
    }
    let before = |share: &Figure| text.get(..share.from).unwrap_or_default();
    let told = shares.iter().all(|share| words::of(Class::ShareLinks).ends(before(share)));
    let listed =
        text.contains("分别占") && text.get(shares.first().map_or(0, |share| share.from)..).is_some();
    let rest = shares.last().is_some_and(|share| {
        let head = text.get(..share.from).unwrap_or_default();
        let clause = head.rsplit(['，', ';', '、']).next().unwrap_or(head);
        words::of(Class::ShareRests).within(clause)
    });
    let count = "零一两三四五六七八九".chars().nth(shares.len());
    let counted = count.is_some_and(|count| {
        words::of(Class::ShareUnits).iter().any(|unit| text.contains(&format!("{count}{unit}")))
    });
    (told && rest) || (listed && (rest || counted))
}
