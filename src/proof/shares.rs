//! Shares of a whole that are no 100 % together.

use super::figures::{Figure, figures};
use super::found::Reading;
use super::prose::Spot;
use super::quantities::percent;
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
    let mut findings: Vec<Finding> = reading.prose.sentences().filter_map(finding).collect();
    findings.extend(reading.prose.sentences().filter_map(|sentence| respective(reading, sentence)));
    findings
}

/// Parts with their shares behind them in one row, all but one of which fit: `甲3,200万元，乙800万元，分别占80%和20%`.
fn respective(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    let all = super::quantities::quantities(text);
    let word = words::of(Class::SharesInARow).find(text)?;
    let shares: Vec<_> = all.iter().filter(|one| one.figure.from > word.0 && one.is_percent()).collect();
    let before: Vec<_> = all.iter().filter(|one| one.to <= word.0).collect();
    let parts = before.get(before.len().checked_sub(shares.len())?..)?;
    let unit = &parts.first()?.unit;
    if shares.len() < MIN_SHARES || unit == "%" || parts.iter().any(|one| one.unit != *unit) {
        return None;
    }
    let whole = Number::sum(parts.iter().map(|one| one.value)).filter(|whole| !whole.is_zero())?;
    let exact = |part: &Number| percent(*part, whole);
    let wrong: Vec<_> = parts
        .iter()
        .zip(&shares)
        .filter(|(part, share)| {
            let near = share.half.times(Number::from(3));
            exact(&part.value)
                .zip(near)
                .is_none_or(|(exact, near)| share.value.minus(exact).is_none_or(|off| off.abs() > near))
        })
        .collect();
    let [(part, share)] = wrong.as_slice() else { return None };
    let spot = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(share.figure.from),
        to: sentence.from.saturating_add(share.to),
    };
    let shown = exact(&part.value)?.round(share.figure.places.max(2));
    let message = format!("{}所占比例写的是{}，按所列各部分计算为{shown}%。", part.shown(), share.shown());
    Some(reading.finding(FindingId::ReportArithmeticWrong, spot, "占比", message))
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
