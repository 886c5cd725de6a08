//! What a mapping or an installation says of surveys.

use toml::Spanned;

use crate::mapping::checked::Mapping;
use crate::mapping::file::{self, File};
use crate::mapping::title::normalise;
use crate::mapping::toml_read::{FaultKind, Faults, nearest};
use crate::mapping::words as typed;
use crate::model::{GroupWeight, OfQuestions, Opinion, Repeated, SatisfiedFrom, SurveySettings};
use crate::words;

/// The answers that a mapping adds, those it counts as satisfied, and what it says of surveys.
pub(super) fn survey(typed: &File, mapping: &mut Mapping, faults: &mut Faults) {
    let words = |texts: &Option<Vec<Spanned<String>>>| -> Option<Vec<String>> {
        texts.as_ref().map(|texts| texts.iter().map(|text| normalise(text.get_ref())).collect())
    };
    if let Some(answers) = words(&typed.answers) {
        mapping.answers = answers;
    }
    if let Some(satisfied) = words(&typed.satisfied) {
        mapping.satisfied = satisfied;
    }
    if let Some(typed) = &typed.survey {
        settings(typed, &mut mapping.checks.limits.survey, faults);
    }
    let shipped = Opinion::ANSWERS.into_iter().flat_map(|(class, _)| words::of(class).iter());
    let known: Vec<&str> = mapping.answers.iter().map(String::as_str).chain(shipped).collect();
    for text in typed.satisfied.iter().flatten() {
        if !known.contains(&normalise(text.get_ref()).as_str()) {
            let near = nearest(text.get_ref(), known.iter().copied());
            faults.add(
                FaultKind::Conflict,
                text.span(),
                format!("answers 中没有“{}”", text.get_ref()),
                near.map_or_else(String::new, |near| format!("是否要写“{near}”？")),
            );
        }
    }
}

/// What a table says of surveys, over what is said already.
pub(crate) fn settings(typed: &file::Survey, to: &mut SurveySettings, faults: &mut Faults) {
    let count = |typed: &Option<Spanned<u32>>| typed.as_ref().map(|number| *number.get_ref());
    let groups = typed.groups.iter().flatten().filter_map(|group| {
        let (name, weight) = group.name.as_ref().zip(group.weight.as_ref())?;
        if weight.get_ref().is_negative() || weight.get_ref().is_zero() {
            let message = "权重须大于 0".to_owned();
            faults.add(FaultKind::Conflict, weight.span(), message, "不计入的对象不必列出。");
            return None;
        }
        Some(GroupWeight { group: normalise(name.get_ref()), weight: *weight.get_ref() })
    });
    let said = SurveySettings {
        satisfied_from: typed.satisfied_from.as_ref().map(|from| match from.get_ref() {
            typed::SatisfiedFrom::Satisfied => SatisfiedFrom::Satisfied,
            typed::SatisfiedFrom::Basic => SatisfiedFrom::Basic,
            typed::SatisfiedFrom::Neutral => SatisfiedFrom::Neutral,
        }),
        questions: typed.questions.as_ref().map(|questions| match questions.get_ref() {
            typed::Questions::Overall => OfQuestions::Overall,
            typed::Questions::Mean => OfQuestions::Mean,
            typed::Questions::Pooled => OfQuestions::Pooled,
        }),
        repeated: typed.repeated.as_ref().map(|repeated| match repeated.get_ref() {
            typed::Repeated::Counted => Repeated::Counted,
            typed::Repeated::Once => Repeated::Once,
        }),
        groups: groups.collect(),
        least_answers: count(&typed.least_answers),
        whole_population: count(&typed.whole_population),
        alike: count(&typed.alike),
        least_seconds: count(&typed.least_seconds),
        months_after: count(&typed.months_after),
        evidence: typed.evidence.as_ref().map(|flag| *flag.get_ref()),
    };
    *to = to.under(&said);
}
