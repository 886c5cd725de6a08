//! Satisfaction: what surveys came to.

use super::{About, percent, seen, share};
use crate::base::Number;
use crate::docx::Scope;
use crate::model::{Indicator, SurveyQuestion};

pub(super) fn add(of: &About<'_>, scope: &mut Scope) {
    let indicators = of.case.score_form.as_ref().map(|form| form.indicators.as_slice()).unwrap_or_default();
    let of_satisfaction = indicators.iter().filter(|indicator| indicator.is_of_satisfaction());
    scope.set("满意度", of_satisfaction.filter_map(result).collect::<Vec<_>>());
    let mut questions: Vec<(usize, usize)> = Vec::new();
    for part in indicators.iter().filter_map(|one| one.satisfaction.as_ref()).flat_map(|found| &found.parts) {
        for question in &part.questions {
            if !questions.contains(&(part.survey, *question)) {
                questions.push((part.survey, *question));
            }
        }
    }
    let asked = questions
        .into_iter()
        .filter_map(|(survey, question)| of.case.surveys.get(survey)?.questions.get(question).map(answers));
    scope.set("满意度题", asked.collect::<Vec<_>>());
}

/// What an indicator's satisfaction is, in a sentence.
fn result(indicator: &Indicator) -> Option<Scope> {
    let name = seen(&indicator.name);
    let counted = indicator.satisfaction.as_ref().and_then(|found| found.measure());
    let said = match counted {
        Some(measure) => {
            let people = measure.written.split_once('/');
            let people = people.map(|(of, all)| format!("有效样本{all}人，其中{of}人满意，"));
            format!("{}满意度{}（{}计）。", people.unwrap_or_default(), percent(measure.share), measure.name)
        }
        None => {
            let actual = seen(&indicator.actual_shown());
            if actual.is_empty() {
                return None;
            }
            format!("{name}为{actual}。")
        }
    };
    Some(Scope::default().with("名称", name).with("结果", said))
}

fn answers(question: &SurveyQuestion) -> Scope {
    let all = question.answered();
    let options = question.options.iter().map(|option| {
        let part = match option.count {
            Some(count) => share(Number::from(count), Number::from(all)),
            None => option.share,
        };
        Scope::default()
            .with("答案", seen(&option.text))
            .with("人数", option.count.map(|count| count.to_string()).unwrap_or_default())
            .with("占比", part.map(percent).unwrap_or_default())
    });
    Scope::default()
        .with("题目", seen(&question.title))
        .with("人数", all.to_string())
        .with("选项", options.collect::<Vec<_>>())
}
