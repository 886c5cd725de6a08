//! The measures that may be meant, and which of them is.

use std::collections::BTreeSet;

use super::said;
use crate::base::{CellAt, Date, Number};
use crate::model::{
    Case, ChosenBy, Counted, Indicator, Measure, Opinion, Repeated, Satisfaction, SatisfactionPart,
    SatisfiedFrom, SurveyQuestion,
};

/// Places of a share that is not a plain quotient.
const PLACES: u32 = 6;

/// A stated share may be rounded to one part of so many.
const NEAR: u32 = 2_000;

/// A way to make one figure of the questions.
#[derive(Debug, Clone)]
pub(super) struct Way {
    /// What it is called; empty where it is the only one.
    pub(super) name: String,
    pub(super) parts: Vec<SatisfactionPart>,
    /// Whether the answers to all questions are taken together.
    pub(super) pooled: bool,
}

/// The measures of the ways, and which of them is meant.
pub(super) fn choose(
    case: &Case,
    indicator: &Indicator,
    mut ways: Vec<Way>,
    parts: Vec<SatisfactionPart>,
    mut wanting: Option<String>,
) -> Satisfaction {
    let period = said::period(indicator);
    for part in ways.iter_mut().flat_map(|way| &mut way.parts) {
        outside(case, part, period);
    }
    repetitions(case, &mut ways, &mut wanting);
    let told = said::marks(indicator).map(|at| (Counted::Marks, ChosenBy::Criterion(at))).or_else(|| {
        let points = |(points, at)| (Counted::Points(points), ChosenBy::Criterion(at));
        said::points(indicator).map(points)
    });
    let told = told.or_else(|| {
        let from = |(from, at)| (Counted::From(from), ChosenBy::Criterion(at));
        said::from_criterion(indicator).map(from)
    });
    let by_tally = || {
        let (from, at) = stated_rate(case, &ways)?;
        Some((Counted::From(from), ChosenBy::Tally(at)))
    };
    let by_setting =
        || case.checks.limits.survey.satisfied_from.map(|from| (Counted::From(from), ChosenBy::Setting));
    let by_words =
        || said::from_words(indicator).map(|(from, at)| (Counted::From(from), ChosenBy::Words(at)));
    let told = told.or_else(by_setting).or_else(by_tally).or_else(by_words);
    // What the form's own account says is shown beside what else may be meant; what was ruled is not asked again.
    let ruled =
        told.as_ref().filter(|(_, by)| !matches!(by, ChosenBy::Words(_))).map(|(counted, _)| *counted);
    let counts = ruled.map_or_else(|| open_counts(case, &ways), |ruled| vec![ruled]);
    let mut measures = Vec::new();
    for way in &ways {
        for counted in &counts {
            let Some((share, written)) = share(case, way, *counted) else { continue };
            let what = match counted {
                Counted::From(from) => format!("“{}及以上”", from.name()),
                Counted::Marks => "平均分".to_owned(),
                Counted::Points(_) => "各档折算分".to_owned(),
            };
            let name = match (way.name.is_empty(), counts.len()) {
                (true, _) => format!("按{what}"),
                (false, 1) => format!("按{}", way.name),
                (false, _) => format!("按{}{what}", way.name),
            };
            let (parts, pooled, counted) = (way.parts.clone(), way.pooled, *counted);
            measures.push(Measure { counted, pooled, name, parts, share, written });
        }
    }
    let first = measures.first().map(|measure| measure.share.round(PLACES));
    let same = first.is_some() && measures.iter().all(|measure| Some(measure.share.round(PLACES)) == first);
    let chosen = match (&told, &wanting) {
        _ if same => Some((0, told.map_or(ChosenBy::Same, |(_, by)| by))),
        (Some((counted, by)), None) => {
            measures.iter().position(|measure| measure.counted == *counted).map(|at| (at, by.clone()))
        }
        _ => None,
    };
    let wanting = if chosen.is_some() { None } else { wanting };
    Satisfaction { parts, measures, chosen, wanting, period }
}

fn question<'c>(case: &'c Case, part: &SatisfactionPart, at: usize) -> Option<&'c SurveyQuestion> {
    case.surveys.get(part.survey)?.questions.get(at)
}

/// What may be counted where nobody says: from 满意 on, and from each answer below it that was given.
fn open_counts(case: &Case, ways: &[Way]) -> Vec<Counted> {
    let parts = ways.iter().flat_map(|way| &way.parts);
    let questions = parts.flat_map(|part| part.questions.iter().filter_map(|at| question(case, part, *at)));
    let given: BTreeSet<Opinion> =
        questions.flat_map(|question| &question.options).map(|option| option.opinion).collect();
    let counts = |from: &SatisfiedFrom| *from == SatisfiedFrom::Satisfied || given.contains(&from.opinion());
    SatisfiedFrom::ALL.into_iter().filter(counts).map(Counted::From).collect()
}

/// From which answer on the tallies themselves count: where every share that they state is that of one measure alone.
fn stated_rate(case: &Case, ways: &[Way]) -> Option<(SatisfiedFrom, CellAt)> {
    let mut fits: Vec<SatisfiedFrom> = SatisfiedFrom::ALL.to_vec();
    let mut first = None;
    for part in ways.iter().flat_map(|way| &way.parts) {
        let sheet = &case.surveys.get(part.survey)?.sheet;
        for question in part.questions.iter().filter_map(|at| question(case, part, *at)) {
            let (stated, at) = question.rate?;
            first.get_or_insert_with(|| CellAt::new(sheet.clone(), at));
            let near = Number::from(1).over(Number::from(NEAR))?;
            fits.retain(|from| {
                let share = question.counted(Counted::From(*from)).and_then(|(some, all)| some.over(all));
                share.and_then(|share| share.minus(stated)).is_some_and(|far| far.abs() <= near)
            });
        }
    }
    // Measures that no answer tells apart are one.
    let counts = open_counts(case, ways);
    fits.retain(|from| counts.contains(&Counted::From(*from)));
    match fits.as_slice() {
        [only] => Some((*only, first?)),
        _ => None,
    }
}

/// Leaves out the answers from outside of the time that the criterion names.
fn outside(case: &Case, part: &mut SatisfactionPart, period: Option<(Date, Date)>) {
    let (Some((first, last)), Some(survey)) = (period, case.surveys.get(part.survey)) else { return };
    let days = survey.days.iter().filter(|(_, day)| *day < first || *day > last);
    part.without.extend(days.map(|(at, _)| at.row()));
}

/// Doubles the ways where answers may be one person's, and nobody has said what becomes of them.
fn repetitions(case: &Case, ways: &mut Vec<Way>, wanting: &mut Option<String>) {
    let repeated = |part: &SatisfactionPart| -> Vec<u32> {
        let alike = case.surveys.get(part.survey).into_iter().flat_map(|survey| &survey.alike);
        let rows = alike.filter(|alike| alike.at_once).flat_map(|alike| alike.rows.iter().skip(1)).copied();
        rows.filter(|row| !part.without.contains(row)).collect()
    };
    let rows: BTreeSet<(usize, u32)> = ways
        .iter()
        .flat_map(|way| &way.parts)
        .flat_map(|part| repeated(part).into_iter().map(move |row| (part.survey, row)))
        .collect();
    let said = case.checks.limits.survey.repeated;
    if rows.is_empty() || said == Some(Repeated::Counted) {
        return;
    }
    let once = |way: &Way| {
        let parts = way.parts.iter().map(|part| {
            let without = part.without.iter().copied().chain(repeated(part)).collect();
            SatisfactionPart { without, ..part.clone() }
        });
        Way { parts: parts.collect(), ..way.clone() }
    };
    let without: Vec<Way> = ways.iter().map(once).collect();
    if said == Some(Repeated::Once) {
        *ways = without;
        return;
    }
    let named = |way: Way, what: &str| Way { name: format!("{}{what}", way.name), ..way };
    let all = std::mem::take(ways).into_iter().map(|way| named(way, "全部答卷"));
    let without = without.into_iter().map(|way| named(way, "去掉重复的答卷"));
    *ways = all.chain(without).collect();
    let more = format!("有 {} 份答卷疑似重复填写", rows.len());
    *wanting = Some(wanting.take().map_or(more.clone(), |before| format!("{before}；{more}")));
}

/// The share by a way, and how it is written as an actual.
fn share(case: &Case, way: &Way, counted: Counted) -> Option<(Number, String)> {
    let of = |part: &SatisfactionPart, at: &usize| {
        question(case, part, *at)?.without(&part.without).counted(counted)
    };
    let quotient = |(satisfied, all): (Number, Number)| {
        let share = satisfied.over(all)?;
        let people = all != Number::from(1) || satisfied.get().is_integer();
        Some((share, if people { format!("{satisfied}/{all}") } else { rate(share) }))
    };
    if let [part] = way.parts.as_slice() {
        let each: Vec<(Number, Number)> =
            part.questions.iter().map(|at| of(part, at)).collect::<Option<_>>()?;
        if let [one] = each.as_slice() {
            return quotient(*one);
        }
        if way.pooled {
            let satisfied = Number::sum(each.iter().map(|(satisfied, _)| *satisfied))?;
            return quotient((satisfied, Number::sum(each.iter().map(|(_, all)| *all))?));
        }
    }
    let (mut sum, mut weights) = (Number::ZERO, Number::ZERO);
    for part in &way.parts {
        let shares = part.questions.iter().map(|at| {
            let (satisfied, all) = of(part, at)?;
            satisfied.over(all)
        });
        let shares: Vec<Number> = shares.collect::<Option<_>>()?;
        let count = u32::try_from(shares.len()).ok()?;
        let mean = Number::sum(shares)?.over(Number::from(count))?;
        let weight = part.weight.unwrap_or(Number::from(1));
        sum = sum.plus(mean.times(weight)?)?;
        weights = weights.plus(weight)?;
    }
    let share = sum.over(weights)?.round(PLACES);
    Some((share, rate(share)))
}

fn rate(share: Number) -> String {
    let percent = share.times(Number::from(100)).unwrap_or_default();
    format!("{}%", percent.round(PLACES.saturating_sub(2)).normalize())
}
