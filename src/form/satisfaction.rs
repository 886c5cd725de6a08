//! Which surveys an indicator of satisfaction is about, and what each measure that may be meant gives. What nobody has said
//! (which answers count, which questions, how much each group) is not chosen here.

use super::survey::population;
use crate::base::Number;
use crate::mapping::title::normalise;
use crate::model::{
    Binding, Case, Entry, Indicator, OfQuestions, Satisfaction, SatisfactionPart, SurveyCount, SurveySettings,
};
use crate::words::{self, Class};
use choice::{Way, choose};

mod choice;
mod points;
mod said;

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
    let told: Vec<u32> = told.filter_map(|text| population(&text)).collect();
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
    let settings = &case.checks.limits.survey;
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

fn part(pool: &Pool, questions: Vec<usize>, weight: Option<Number>) -> SatisfactionPart {
    SatisfactionPart {
        survey: pool.survey,
        questions,
        group: pool.group.clone(),
        weight,
        without: Vec::new(),
    }
}

/// The satisfaction of pools that all count.
fn measured(
    case: &Case,
    indicator: &Indicator,
    subject: &str,
    pools: &[(&Pool, Option<Number>)],
    by_name: bool,
) -> Satisfaction {
    let settled = said::questions(indicator).or(case.checks.limits.survey.questions);
    let named = said::question_number(indicator);
    let mut wanting = None;
    let mut ways: Vec<Way> = Vec::new();
    let mut parts = Vec::new();
    for (pool, weight) in pools {
        let title = |at: usize| case.surveys.get(pool.survey).and_then(|survey| survey.questions.get(at));
        let those = |is: &dyn Fn(&crate::model::SurveyQuestion) -> bool| -> Vec<usize> {
            pool.questions.iter().copied().filter(|at| title(*at).is_some_and(is)).collect()
        };
        let overall = those(&|question| question.overall);
        let numbered = those(&|question| named.is_some() && question.number == named);
        let told = if by_name { asked(case, pool, subject) } else { None };
        let chosen = match (numbered.as_slice(), told, pool.questions.as_slice(), overall.as_slice(), settled)
        {
            ([one], ..) => vec![*one],
            (_, Some(one), ..) => vec![one],
            (_, None, [only], ..) => vec![*only],
            (.., Some(OfQuestions::Mean | OfQuestions::Pooled)) => pool.questions.clone(),
            (_, None, _, [only], _) => vec![*only],
            _ => {
                let number = pool.questions.len();
                wanting = Some(format!("有 {number} 道满意度题，没有写明以哪一题为准"));
                if let [_] = pools {
                    for at in pool.questions.iter().take(MAX_NAMED) {
                        let title = title(*at).map(|question| question.title.clone()).unwrap_or_default();
                        let parts = vec![part(pool, vec![*at], *weight)];
                        ways.push(Way { name: format!("“{title}”"), parts, pooled: false });
                    }
                }
                pool.questions.clone()
            }
        };
        parts.push(part(pool, chosen, *weight));
    }
    let name = if wanting.is_some() { "各题平均" } else { "" };
    let pooled = settled == Some(OfQuestions::Pooled);
    ways.push(Way { name: name.to_owned(), parts: parts.clone(), pooled });
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
        let name = format!("“{}”", pool.named());
        ways.push(Way { name, parts: own.parts.clone(), pooled: false });
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
    let wanting = wanting.map_or(several.clone(), |more| format!("{several}；{more}"));
    choose(case, indicator, ways, parts, Some(wanting))
}

/// The words of an entry.
fn told(entry: Option<&Entry>) -> Option<String> {
    entry.filter(|entry| !entry.is_blank()).map(Entry::shown)
}
