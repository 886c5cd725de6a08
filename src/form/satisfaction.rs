//! Which surveys an indicator of satisfaction is about, and what each measure that may be meant gives. What nobody has said
//! (which answers count, which questions, how much each group) is not chosen here.

use std::collections::BTreeSet;

use super::survey::number_behind;
use crate::base::Number;
use crate::mapping::title::normalise;
use crate::model::{
    Binding, Case, ChosenBy, Entry, Indicator, Measure, OfQuestions, Opinion, Satisfaction, SatisfactionPart,
    SatisfiedFrom, SurveyCount, SurveySettings,
};
use crate::words::{self, Class};

mod said;

/// Places of a share that is not a plain quotient.
const PLACES: u32 = 6;
/// Questions that are asked about one by one.
const MAX_NAMED: usize = 6;

/// Tells each indicator of satisfaction what the surveys give for it.
pub(super) fn bind(case: &mut Case) {
    tell_population(case);
    let Some(form) = &case.score_form else { return };
    let asking: Vec<usize> = (0..form.indicators.len())
        .filter(|at| form.indicators.get(*at).is_some_and(Indicator::is_of_satisfaction))
        .collect();
    let bound = |at: &usize| form.indicators.get(*at).is_some_and(|i| i.binding == Some(Binding::Survey));
    let only: Vec<usize> = asking.iter().copied().filter(bound).collect();
    // Where a mapping says which indicators are the survey's, the others are not.
    let asking = if only.is_empty() { asking } else { only };
    let pools = pools(case);
    let found: Vec<(usize, Satisfaction)> = asking
        .iter()
        .filter_map(|at| {
            let indicator = form.indicators.get(*at)?;
            Some((*at, of(case, indicator, &pools, asking.len())?))
        })
        .collect();
    let Some(form) = &mut case.score_form else { return };
    for (at, satisfaction) in found {
        if let Some(indicator) = form.indicators.get_mut(at) {
            indicator.satisfaction = Some(Box::new(satisfaction));
        }
    }
}

/// How many could be asked, where only the form says so (`全体职工共30人`).
fn tell_population(case: &mut Case) {
    let form = case.score_form.iter().flat_map(|form| &form.indicators);
    let texts = form.filter(|indicator| indicator.is_of_satisfaction()).flat_map(said::texts);
    let told = texts.map(|(_, text)| normalise(&text));
    let told: Vec<u32> =
        told.filter_map(|text| number_behind(&text, words::of(Class::SurveyPopulation))).collect();
    let ([only], [survey]) = (told.as_slice(), case.surveys.as_mut_slice()) else { return };
    if survey.counts.population.is_none() {
        survey.counts.population = Some(SurveyCount { number: *only, at: survey.at });
    }
}

/// Questions that were asked of the same people.
#[derive(Debug, Clone, PartialEq)]
struct Pool {
    survey: usize,
    questions: Vec<usize>,
    /// Who they are, where the sheet tells them apart.
    group: String,
    /// What is known of who they are.
    about: String,
    /// The weight that the sheet states.
    weight: Option<Number>,
    /// Whether they are a part of another pool.
    part: bool,
}

fn pools(case: &Case) -> Vec<Pool> {
    let mut all: Vec<Pool> = Vec::new();
    for (survey, it) in case.surveys.iter().enumerate() {
        let own = all.len();
        for (at, question) in it.questions.iter().enumerate() {
            let group = question.group.clone().unwrap_or_default();
            let part = question.only.is_some();
            let have = all.iter_mut().skip(own).find(|pool| pool.group == group && pool.part == part);
            if let Some(pool) = have {
                pool.questions.push(at);
                pool.weight = pool.weight.or(question.weight);
                continue;
            }
            let about = if group.is_empty() {
                normalise(&format!("{} {}", it.sheet.name, it.title))
            } else {
                group.clone()
            };
            all.push(Pool { survey, questions: vec![at], group, about, weight: question.weight, part });
        }
    }
    all
}

/// Who an indicator says is satisfied: its name without what every such name has.
fn subject(indicator: &Indicator) -> String {
    let mut name = normalise(&indicator.name);
    for word in words::of(Class::SatisfactionAround).iter() {
        name = name.replace(&normalise(word), "");
    }
    name
}

impl Pool {
    fn is_of(&self, subject: &str) -> bool {
        let told = subject.chars().count() >= 2;
        let within = self.group.chars().count() >= 2 && subject.contains(&self.group);
        told && (self.about.contains(subject) || within)
    }

    fn named(&self) -> &str {
        if self.group.is_empty() { &self.about } else { &self.group }
    }
}

/// What the surveys give for an indicator, of which there are so many.
fn of(case: &Case, indicator: &Indicator, pools: &[Pool], indicators: usize) -> Option<Satisfaction> {
    let settings = &case.checks.survey;
    let subject = subject(indicator);
    let whole: Vec<&Pool> = pools.iter().filter(|pool| !pool.part).collect();
    let groups: Vec<&Pool> = pools.iter().filter(|pool| !pool.group.is_empty()).collect();
    let named: Vec<&Pool> = pools.iter().filter(|pool| pool.is_of(&subject)).collect();
    let weighted = |pools: &[&Pool]| weights(indicator, settings, pools);
    let several: Vec<&Pool> = if groups.len() > 1 { groups } else { whole.clone() };
    if indicators == 1
        && several.len() > 1
        && let Some(weights) = weighted(&several)
    {
        let parts = several.into_iter().zip(weights).map(|(pool, weight)| (pool, Some(weight)));
        return Some(measured(case, indicator, &subject, &parts.collect::<Vec<_>>(), false));
    }
    let one = match (named.as_slice(), whole.as_slice()) {
        ([only], _) => Some(*only),
        // The part says more than the whole that holds it.
        (_, _) if named.iter().filter(|pool| pool.part).count() == 1 => {
            named.iter().find(|pool| pool.part).copied()
        }
        (_, [only]) if indicators == 1 || named.contains(only) || asked(case, only, &subject).is_some() => {
            Some(*only)
        }
        _ => None,
    };
    if let Some(pool) = one {
        return Some(measured(case, indicator, &subject, &[(pool, None)], indicators > 1));
    }
    let among: Vec<&Pool> = if named.len() > 1 { named } else { whole };
    if among.is_empty() || indicators > 1 && among.len() < 2 {
        return None;
    }
    if indicators > 1 && !among.iter().any(|pool| pool.is_of(&subject)) {
        return None;
    }
    Some(undecided(case, indicator, &subject, &among))
}

/// The question of several that an indicator's name tells.
fn asked(case: &Case, pool: &Pool, subject: &str) -> Option<usize> {
    if subject.chars().count() < 2 {
        return None;
    }
    let title = |at: &usize| {
        let question = case.surveys.get(pool.survey)?.questions.get(*at)?;
        Some(question.title.contains(subject))
    };
    let mut telling = pool.questions.iter().filter(|at| title(at) == Some(true));
    let one = telling.next().copied();
    one.filter(|_| telling.next().is_none())
}

/// How much each pool counts: as the form says, else the office, else the sheet itself.
fn weights(indicator: &Indicator, settings: &SurveySettings, pools: &[&Pool]) -> Option<Vec<Number>> {
    let names: Vec<&str> = pools.iter().map(|pool| pool.named()).collect();
    let text = said::texts(indicator).map(|(_, text)| text).collect::<Vec<_>>().join("\n");
    let by_form = said::weights(&text, &names);
    let by_office = || -> Option<Vec<Number>> {
        let weight = |pool: &&Pool| {
            let of = |name: &str| pool.named().contains(name) || name.contains(pool.named());
            settings.groups.iter().find(|group| of(&group.group)).map(|group| group.weight)
        };
        pools.iter().map(weight).collect()
    };
    let by_sheet = || pools.iter().map(|pool| pool.weight).collect();
    by_form.or_else(by_office).or_else(by_sheet)
}

/// Ways to make one figure of the questions of the pools, each with what it is called.
type Way = (String, Vec<SatisfactionPart>);

fn part(pool: &Pool, questions: Vec<usize>, weight: Option<Number>) -> SatisfactionPart {
    SatisfactionPart { survey: pool.survey, questions, group: pool.group.clone(), weight }
}

/// The satisfaction of pools that all count.
fn measured(
    case: &Case,
    indicator: &Indicator,
    subject: &str,
    pools: &[(&Pool, Option<Number>)],
    by_name: bool,
) -> Satisfaction {
    let settled = questions(case, indicator);
    let mut wanting = None;
    let mut ways: Vec<Way> = Vec::new();
    let mut parts = Vec::new();
    for (pool, weight) in pools {
        let title = |at: usize| case.surveys.get(pool.survey).and_then(|survey| survey.questions.get(at));
        let overall: Vec<usize> =
            pool.questions.iter().copied().filter(|at| title(*at).is_some_and(|q| q.overall)).collect();
        let told = if by_name { asked(case, pool, subject) } else { None };
        let chosen = match (told, pool.questions.as_slice(), overall.as_slice(), settled) {
            (Some(one), ..) => vec![one],
            (None, [only], ..) => vec![*only],
            (None, .., Some(OfQuestions::Mean)) => pool.questions.clone(),
            (None, _, [only], _) => vec![*only],
            _ => {
                let number = pool.questions.len();
                wanting = Some(format!("问卷有 {number} 道满意度题，没有写明以哪一题为准"));
                if let [_] = pools {
                    for at in pool.questions.iter().take(MAX_NAMED) {
                        let title = title(*at).map(|question| question.title.clone()).unwrap_or_default();
                        ways.push((format!("“{title}”"), vec![part(pool, vec![*at], *weight)]));
                    }
                }
                pool.questions.clone()
            }
        };
        parts.push(part(pool, chosen, *weight));
    }
    let name = if wanting.is_some() { "各题平均" } else { "" };
    ways.push((name.to_owned(), parts.clone()));
    choose(case, indicator, ways, parts, wanting)
}

/// The satisfaction of pools of which nobody has said how they come together.
fn undecided(case: &Case, indicator: &Indicator, subject: &str, pools: &[&Pool]) -> Satisfaction {
    let mut ways = Vec::new();
    let mut parts = Vec::new();
    let mut wanting = None;
    for pool in pools {
        let own = measured(case, indicator, subject, &[(pool, None)], false);
        wanting = wanting.or(own.wanting);
        ways.push((format!("“{}”", pool.named()), own.parts.clone()));
        parts.extend(own.parts);
    }
    let names: Vec<String> = pools.iter().map(|pool| format!("“{}”", pool.named())).collect();
    let groups = pools.iter().all(|pool| !pool.group.is_empty());
    let (what, why) = if groups {
        ("类对象", "没有写明各类的权重")
    } else {
        ("份问卷", "没有写明以哪一份为准、各占多少权重")
    };
    let several = format!("有 {} {what}（{}），{why}", pools.len(), names.join(""));
    choose(case, indicator, ways, parts, Some(wanting.map_or(several.clone(), |more| format!("{several}；{more}"))))
}

/// Which questions count, where the form or the office says so.
fn questions(case: &Case, indicator: &Indicator) -> Option<OfQuestions> {
    let mean = said::texts(indicator).any(|(_, text)| words::of(Class::MeanOfQuestions).within(&text));
    if mean { Some(OfQuestions::Mean) } else { case.checks.survey.questions }
}

/// The share of satisfied answers in the parts.
fn share(case: &Case, parts: &[SatisfactionPart], from: SatisfiedFrom) -> Option<(Number, String)> {
    let of = |part: &SatisfactionPart, at: &usize| case.surveys.get(part.survey)?.questions.get(*at);
    if let [part] = parts
        && let [one] = part.questions.as_slice()
    {
        let (satisfied, all) = of(part, one)?.satisfied(from)?;
        let share = satisfied.over(all)?;
        let people = all != Number::from(1) || satisfied.get().is_integer();
        return Some((share, if people { format!("{satisfied}/{all}") } else { rate(share) }));
    }
    let (mut sum, mut weights) = (Number::ZERO, Number::ZERO);
    for part in parts {
        let shares: Vec<Number> =
            part.questions.iter().map(|at| of(part, at)?.share(from)).collect::<Option<_>>()?;
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

/// The measures of the ways, and which of them is meant.
fn choose(
    case: &Case,
    indicator: &Indicator,
    ways: Vec<Way>,
    parts: Vec<SatisfactionPart>,
    wanting: Option<String>,
) -> Satisfaction {
    let of = |part: &SatisfactionPart, at: &usize| case.surveys.get(part.survey)?.questions.get(*at);
    let all = ways.iter().flat_map(|(_, parts)| parts);
    let given: BTreeSet<Opinion> = all
        .flat_map(|part| part.questions.iter().filter_map(|at| of(part, at)))
        .flat_map(|question| &question.options)
        .map(|option| option.opinion)
        .collect();
    let settings = &case.checks.survey;
    let by_criterion = said::from_criterion(indicator);
    let by_words = said::from_words(indicator);
    let told = by_criterion
        .map(|(from, at)| (from, ChosenBy::Criterion(at)))
        .or_else(|| settings.satisfied_from.map(|from| (from, ChosenBy::Setting)))
        .or_else(|| by_words.map(|(from, at)| (from, ChosenBy::Words(at))));
    let mut thresholds: Vec<SatisfiedFrom> = SatisfiedFrom::ALL
        .into_iter()
        .filter(|from| *from == SatisfiedFrom::Satisfied || given.contains(&from.opinion()))
        .collect();
    // What the form's own account says is shown beside what else may be meant; what was ruled is not asked again.
    let ruled = told.as_ref().filter(|(_, by)| !matches!(by, ChosenBy::Words(_))).map(|(from, _)| *from);
    if let Some(from) = ruled {
        thresholds = vec![from];
    }
    let mut measures = Vec::new();
    for (way, parts) in &ways {
        for from in &thresholds {
            let Some((share, written)) = share(case, parts, *from) else { continue };
            let from_on = format!("“{}及以上”", from.name());
            let name = match (way.is_empty(), thresholds.len()) {
                (true, _) => format!("按{from_on}"),
                (false, 1) => format!("按{way}"),
                (false, _) => format!("按{way}{from_on}"),
            };
            measures.push(Measure { from: *from, name, parts: parts.clone(), share, written });
        }
    }
    let first = measures.first().map(|measure| measure.share.round(PLACES));
    let same = first.is_some() && measures.iter().all(|measure| Some(measure.share.round(PLACES)) == first);
    let chosen = match (&told, &wanting) {
        _ if same => Some((0, told.map_or(ChosenBy::Same, |(_, by)| by))),
        (Some((from, by)), None) => {
            measures.iter().position(|measure| measure.from == *from).map(|at| (at, by.clone()))
        }
        _ => None,
    };
    let wanting = if chosen.is_some() { None } else { wanting };
    Satisfaction { parts, measures, chosen, wanting }
}

/// The words of an indicator that may say how its satisfaction is measured.
fn told(entry: Option<&Entry>) -> Option<String> {
    entry.filter(|entry| !entry.is_blank()).map(Entry::shown)
}
