//! The answers of a survey against the sheets that hold them: more answers than sheets, or all answers of a scale and fewer.

use super::arithmetic::count_behind;
use super::found::Reading;
use super::prose::Spot;
use super::quantities::{Quantity, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Answers from which on a list is that of a scale.
const MIN_ANSWERS: usize = 3;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    reading.prose.sentences().filter_map(|sentence| of_sentence(reading, sentence)).collect()
}

fn of_sentence(reading: &Reading, sentence: Spot) -> Option<Finding> {
    let text = reading.prose.at(sentence);
    if words::of(Class::SumsOfAnswers).within(text) {
        return None;
    }
    let all = quantities(text);
    let counted = all.iter().filter(|one| words::of(Class::MeasuresOfAnswers).has(&one.unit));
    let answers: Vec<(&str, &Quantity)> = counted.filter_map(|one| Some((answer(text, one)?, one))).collect();
    let mut names: Vec<&str> = answers.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    names.dedup();
    if answers.len() < MIN_ANSWERS || names.len() != answers.len() {
        return None;
    }
    // The sheets of one survey: told once in the paragraph.
    let paragraph = reading.prose.text(sentence.unit);
    let valid = count_behind(paragraph, Class::SheetsValid)?;
    let again = paragraph.get(valid.to..).and_then(|rest| count_behind(rest, Class::SheetsValid));
    let sum = Number::sum(answers.iter().map(|(_, one)| one.value))?;
    let whole =
        names.contains(&"不满意") && names.iter().any(|name| name.ends_with("满意") && !name.contains('不'));
    let differs = sum > valid.value || whole && sum < valid.value;
    if again.is_some() || !differs {
        return None;
    }
    let (first, last) = (answers.first()?.1, answers.last()?.1);
    let spot = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(first.figure.from),
        to: sentence.from.saturating_add(last.to),
    };
    let message = format!("各选项合计为{sum}，有效问卷写的是{}份。", valid.value);
    Some(reading.finding(FindingId::ReportSumDiffers, spot, "问卷", message))
}

/// The answer that a count is of: `“满意”的71人`, `满意71份`.
fn answer<'t>(text: &'t str, one: &Quantity) -> Option<&'t str> {
    let head = text.get(..one.figure.from)?;
    let mut head = words::of(Class::ReportFigureLinks).trim_end(head);
    head = head.trim_end_matches(['的', '有', '”', '"', '」', '(']);
    words::of(Class::ShareScales).longest_end(head)
}
