//! What a form's own words say of the measure: from which answer on one is satisfied, and how much each group counts.

use super::{points, told};
use crate::base::{CellAt, Date, Number};
use crate::form::survey;
use crate::mapping::title::normalise;
use crate::model::{Entry, Indicator, OfQuestions, Opinion, OpinionPoints, SatisfiedFrom};
use crate::words::{self, Class};

/// Characters between a group and its weight.
const NEAR: usize = 8;

/// The texts of an indicator that may say something, each with its cell.
pub(super) fn texts(indicator: &Indicator) -> impl Iterator<Item = (Option<CellAt>, String)> + '_ {
    let cells = [&indicator.criterion, &indicator.situation, &indicator.remark, &indicator.reason];
    let rubric = indicator.rubric.iter().map(|text| (None, text.clone()));
    let written = cells.into_iter().flatten();
    rubric.chain(written.filter_map(|entry| Some((entry.at.clone(), told(Some(entry))?))))
}

/// What the criterion rules.
pub(super) fn from_criterion(indicator: &Indicator) -> Option<(SatisfiedFrom, CellAt)> {
    let text = indicator.rubric.clone().or_else(|| told(indicator.criterion.as_ref()))?;
    let at = indicator
        .criterion
        .as_ref()
        .and_then(|entry| entry.at.clone())
        .or_else(|| indicator.at().cloned())?;
    Some((from(&text)?, at))
}

/// What the account of the evaluation says.
pub(super) fn from_words(indicator: &Indicator) -> Option<(SatisfiedFrom, CellAt)> {
    let cells = [&indicator.situation, &indicator.remark, &indicator.reason, &indicator.actual];
    let mut found: Option<(SatisfiedFrom, CellAt)> = None;
    for entry in cells.into_iter().flatten() {
        let Some((from, at)) = said_in(entry) else { continue };
        match &found {
            // Two that differ say nothing.
            Some((before, _)) if *before != from => return None,
            Some(_) => {}
            None => found = Some((from, at)),
        }
    }
    found
}

fn said_in(entry: &Entry) -> Option<(SatisfiedFrom, CellAt)> {
    Some((from(&told(Some(entry))?)?, entry.at.clone()?))
}

/// From which answer on a text counts somebody as satisfied: `基本满意及以上`, `(很满意+满意)人数`, `含基本满意`.
pub(super) fn from(text: &str) -> Option<SatisfiedFrom> {
    let key = normalise(text);
    let mut found: Vec<SatisfiedFrom> = Vec::new();
    let mut rest = key.as_str();
    // Words joined to a sum: the lowest of them counts, too.
    let mut sum: Vec<Opinion> = Vec::new();
    while let Some((at, word)) = Opinion::first_in(rest) {
        let Some((lead, behind)) = rest.split_at_checked(at) else { break };
        let tail = behind.get(word.len()..).unwrap_or_default();
        let opinion = Opinion::of(word)?;
        if !is_joined(lead) || sum.is_empty() {
            found.extend(of_sum(&sum));
            sum.clear();
        }
        sum.push(opinion);
        let included = words::of(Class::OptionIncluded).ends(lead) && opinion < Opinion::Satisfied;
        if included || words::of(Class::OptionUpwards).begins(tail) {
            found.extend(threshold(opinion));
            sum.clear();
        }
        rest = tail;
    }
    found.extend(of_sum(&sum));
    found.dedup();
    match found.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Whether words between two answers only join them: `”人数+“`.
fn is_joined(lead: &str) -> bool {
    let mut rest = lead;
    let mut joined = 0_u32;
    while !rest.is_empty() {
        if let Some(behind) = words::of(Class::OptionJoined).strip(rest) {
            (rest, joined) = (behind, joined.saturating_add(1));
        } else if let Some(behind) = words::of(Class::OptionFiller).strip(rest) {
            rest = behind;
        } else {
            return false;
        }
    }
    joined == 1
}

/// What a sum of answers counts. One that goes down to 不满意 only lists the answers.
fn of_sum(sum: &[Opinion]) -> Option<SatisfiedFrom> {
    let lowest = sum.iter().min()?;
    let highest = sum.iter().max()?;
    if sum.len() > 1 && *highest >= Opinion::Satisfied { threshold(*lowest) } else { None }
}

fn threshold(opinion: Opinion) -> Option<SatisfiedFrom> {
    match opinion {
        Opinion::Satisfied => Some(SatisfiedFrom::Satisfied),
        Opinion::Basic => Some(SatisfiedFrom::Basic),
        Opinion::Neutral => Some(SatisfiedFrom::Neutral),
        Opinion::None | Opinion::Unsatisfied | Opinion::Very => None,
    }
}

/// Which questions count, where the form says so.
pub(super) fn questions(indicator: &Indicator) -> Option<OfQuestions> {
    let says = |class: Class| texts(indicator).any(|(_, text)| words::of(class).within(&normalise(&text)));
    if says(Class::PooledQuestions) {
        return Some(OfQuestions::Pooled);
    }
    says(Class::MeanOfQuestions).then_some(OfQuestions::Mean)
}

/// The number of the question that counts: `以问卷第4题为准`.
pub(super) fn question_number(indicator: &Indicator) -> Option<u32> {
    let number = |text: &str| {
        let (lead, behind) = text.split_once('题')?;
        let (_, digits) = lead.rsplit_once('第')?;
        // Another one named beside it leaves it open.
        if behind.contains('第') { None } else { digits.parse().ok() }
    };
    texts(indicator).find_map(|(_, text)| number(&normalise(&text)))
}

/// The cell of a criterion that counts marks: 平均得分÷5.
pub(super) fn marks(indicator: &Indicator) -> Option<CellAt> {
    let text = normalise(&indicator.rubric.clone().or_else(|| told(indicator.criterion.as_ref()))?);
    let (_, behind) = text.split_once(['÷', '/'])?;
    let of_five = behind.starts_with('5');
    let place = || {
        indicator.criterion.as_ref().and_then(|entry| entry.at.clone()).or_else(|| indicator.at().cloned())
    };
    if of_five && words::of(Class::MeanOfMarks).within(&text) { place() } else { None }
}

/// What each answer counts, where the criterion says so.
pub(super) fn points(indicator: &Indicator) -> Option<(OpinionPoints, CellAt)> {
    let text = indicator.rubric.clone().or_else(|| told(indicator.criterion.as_ref()))?;
    let at = indicator.criterion.as_ref().and_then(|entry| entry.at.clone());
    Some((points::of(&text)?, at.or_else(|| indicator.at().cloned())?))
}

/// From when to when answers count, where the criterion says so.
pub(super) fn period(indicator: &Indicator) -> Option<(Date, Date)> {
    let text = normalise(&indicator.rubric.clone().or_else(|| told(indicator.criterion.as_ref()))?);
    if words::of(Class::SurveyPeriod).within(&text) { survey::period(&text) } else { None }
}

/// How much each group counts, where a text says so of all of them: `服务对象占60%，工作人员占40%`.
pub(super) fn weights(text: &str, groups: &[&str]) -> Option<Vec<Number>> {
    let key = normalise(text);
    let weight = |group: &&str| {
        if group.is_empty() {
            return None;
        }
        let mut places = key.match_indices(*group);
        places.find_map(|(at, _)| {
            let behind = key.get(at.saturating_add(group.len())..)?;
            let near: String = behind.chars().take(NEAR.saturating_add(6)).collect();
            let start = near.find(|c: char| c.is_ascii_digit())?;
            let digits = near.get(start..)?;
            let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
            let number: Number = digits.get(..end)?.parse().ok()?;
            let lead = near.get(..start)?;
            let clean = lead.chars().count() <= NEAR && !lead.contains([',', '，', ';', '。']);
            let share = digits.get(end..)?.starts_with('%') || number < Number::from(1);
            (clean && share && !number.is_zero()).then_some(number)
        })
    };
    groups.iter().map(weight).collect()
}
