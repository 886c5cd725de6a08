//! Standards that a report claims to have used, and that nothing in it or in the score sheet uses.

use super::found::Reading;
use super::prose::Spot;
use crate::check;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Paragraphs on indicators from which on it is certain that nothing uses a standard.
const MIN_INDICATORS: usize = 5;

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let claims = [
        (Class::ClaimsHistory, Class::SignsOfHistory),
        (Class::ClaimsTrade, Class::SignsOfTrade),
        (Class::ClaimsExperience, Class::SignsOfExperience),
    ];
    let finding = |(claim, signs): (Class, Class)| {
        let spot = claimed(reading, claim)?;
        let used = match reading.facts.filter(|facts| facts.scorecard.is_some()) {
            Some(_) if claim == Class::ClaimsExperience => true,
            Some(facts) => check::uses_standard(facts, claim),
            None => indicators(reading) < MIN_INDICATORS,
        };
        let used = used
            || spoken(reading, signs, spot)
            || applied(reading, claim, spot)
            || named(reading, claim, spot);
        (!used).then(|| {
            let name = words::of(claim).iter().next().unwrap_or_default();
            let message = format!("写明采用了{name}，但指标分析和评分标准都没有用到它。");
            reading.finding(FindingId::StandardClaimedNotUsed, spot, name, message)
        })
    };
    claims.into_iter().filter_map(finding).collect()
}

/// The sentence that says that a standard was used; one that explains what it is does not.
fn claimed(reading: &Reading, claim: Class) -> Option<Spot> {
    let of_this = |text: &str| {
        words::of(Class::OfThisEvaluation).within(text) && words::of(Class::ClaimsOfUse).within(text)
    };
    // Where a sentence says which were used, those that name several explain them.
    let decided = reading.prose.sentences().map(|spot| reading.prose.at(spot));
    let decided = decided.into_iter().any(|text| of_this(text) && kinds(text) > 0);
    let is = |spot: &Spot| {
        let text = reading.prose.at(*spot);
        let several = !decided && kinds(text) >= 2 && spot.unit < analysis(reading);
        (of_this(text) || lists(text, claim) || several)
            && words::of(claim).within(text)
            && !words::of(Class::ClaimsDenied).within(text)
    };
    reading.prose.sentences().find(is)
}

/// Whether a text lists the standards of the evaluation: 评价标准为计划标准、历史标准和行业标准.
fn lists(text: &str, claim: Class) -> bool {
    let Some((at, word)) = words::of(Class::StandardsListed).find(text) else { return false };
    let list = text.get(at.saturating_add(word.len())..).unwrap_or_default();
    let list = list.split(['，', ':']).next().unwrap_or(list);
    words::of(claim).within(list)
}

/// How many kinds of standards a sentence names; several are those that were used.
fn kinds(text: &str) -> usize {
    let kinds = [Class::ClaimsHistory, Class::ClaimsTrade, Class::ClaimsPlan, Class::ClaimsExperience];
    kinds.into_iter().filter(|kind| words::of(*kind).within(text)).count()
}

/// Where the analysis of the indicators begins.
fn analysis(reading: &Reading) -> usize {
    let chapter = reading.outline.about(Class::ChapterAnalysis);
    chapter.map_or(usize::MAX, |at| reading.outline.extent(at).start)
}

/// Whether another sentence or a cell of a table names a standard: 按历史标准有所提高.
fn named(reading: &Reading, claim: Class, own: Spot) -> bool {
    let mut others = reading.prose.sentences().filter(|spot| *spot != own);
    let mut cells = reading.grids.iter().flat_map(|grid| &grid.rows).flat_map(|row| row.cells.values());
    // What only lists the standards once more uses none, before the analysis.
    // What explains a standard before the analysis does not use it.
    let begin = analysis(reading);
    others.any(|spot| {
        let text = reading.prose.at(spot);
        words::of(claim).within(text) && (begin == usize::MAX && kinds(text) < 2 || spot.unit >= begin)
    }) || cells.any(|cell| words::of(claim).within(&cell.text))
}

/// Whether another sentence says what was held against such a standard: 体质合格率与上年历史标准比较.
fn applied(reading: &Reading, claim: Class, own: Spot) -> bool {
    let mut others = reading.prose.sentences().filter(|spot| *spot != own);
    others.any(|spot| {
        let text = reading.prose.at(spot);
        words::of(claim).within(text) && words::of(Class::StandardApplied).within(text)
    })
}

/// The indicators that the report scores, in paragraphs or in rows of tables.
fn indicators(reading: &Reading) -> usize {
    let own = reading.stated.iter().filter(|stated| stated.heading.is_some() || stated.in_table);
    own.map(|stated| stated.name.as_str()).collect::<std::collections::BTreeSet<_>>().len()
}

/// Whether the paragraphs on the indicators speak of what such a standard is.
fn spoken(reading: &Reading, signs: Class, claim: Spot) -> bool {
    let own = reading.stated.iter().flat_map(|stated| stated.units.clone());
    let mut told = own.filter(|unit| *unit != claim.unit).map(|unit| reading.prose.text(unit));
    let mut cells = reading.grids.iter().flat_map(|grid| &grid.rows).flat_map(|row| row.cells.values());
    told.any(|text| words::of(signs).within(text)) || cells.any(|cell| words::of(signs).within(&cell.text))
}
