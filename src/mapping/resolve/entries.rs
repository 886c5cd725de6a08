//! What a mapping says of single indicators and findings.

use toml::Spanned;

use super::columns::money_unit;
use crate::base::Number;
use crate::criterion;
use crate::mapping::checked::{self, Mapping};
use crate::mapping::file::{self, File};
use crate::mapping::profiles;
use crate::mapping::title::{Pattern, normalise};
use crate::mapping::toml_read::{FaultKind, Faults, nearest};
use crate::mapping::words::{self, Source};
use crate::model::{Binding, CheckLimits, FindingId, PartialStep, SurveySettings};

/// Faults of a stated rule: it must be read for certain whatever the indicator's weight and target are.
fn rubric(indicator: &str, criterion: &Spanned<String>, faults: &mut Faults) {
    let name = indicator.replace('*', "");
    let context = criterion::Context { indicator: &name, ..criterion::Context::default() };
    if let Err(refusal) = criterion::read(criterion.get_ref(), &context) {
        faults.add(
            FaultKind::Unread,
            criterion.span(),
            format!("评分规则没有读懂：{refusal}"),
            "请用规范的句子写，日期写明年份，分项写成“①…，得2分；②…，得3分。”。",
        );
    }
}

pub(super) fn entries(typed: &File, mapping: &mut Mapping, faults: &mut Faults) {
    if let Some(word) = &typed.target_base {
        mapping.adjusted_target_counts = Some(*word.get_ref() == words::TargetBase::Adjusted);
    }
    if let Some(word) = &typed.partial_step {
        mapping.partial_step = Some(match word.get_ref() {
            words::PartialStep::Proportional => PartialStep::Proportional,
            words::PartialStep::Up => PartialStep::Up,
            words::PartialStep::Down => PartialStep::Down,
        });
    }
    for rule in typed.rubric.iter().flatten() {
        let (Some(indicator), Some(criterion)) = (&rule.indicator, &rule.criterion) else { continue };
        rubric(indicator.get_ref(), criterion, faults);
        let origin = faults.origin(&rule.span);
        let indicator = Pattern::new(indicator.get_ref());
        mapping.rubric.push(checked::Rubric { indicator, criterion: criterion.get_ref().clone(), origin });
    }
    for rule in typed.bind.iter().flatten() {
        let (Some(indicator), Some(source)) = (&rule.indicator, &rule.source) else { continue };
        let source = match source.get_ref() {
            Source::Ledger => Binding::Ledger,
            Source::Survey => Binding::Survey,
        };
        let origin = faults.origin(&rule.span);
        mapping.bind.push(checked::Bind { indicator: Pattern::new(indicator.get_ref()), source, origin });
    }
    for rule in typed.aliases.iter().flatten() {
        let (Some(declared), Some(scored)) = (&rule.declared, &rule.scored) else { continue };
        let origin = faults.origin(&rule.span);
        if mapping
            .aliases
            .iter()
            .any(|have| have.origin.file == origin.file && have.declared == *declared.get_ref())
        {
            faults.add(
                FaultKind::Conflict,
                declared.span(),
                format!("“{}”已经有别名", declared.get_ref()),
                "申报表中的一个指标只能对应评分表中的一个指标。",
            );
            continue;
        }
        let (declared, scored) = (declared.get_ref().clone(), scored.get_ref().clone());
        mapping.aliases.push(checked::Alias { declared, scored, origin });
    }
    for rule in typed.amounts.iter().flatten() {
        let (Some(indicator), Some(first)) = (&rule.indicator, &rule.first) else { continue };
        mapping.amounts.push(checked::AmountRule {
            indicator: Pattern::new(indicator.get_ref()),
            first: *first.get_ref(),
            second: rule.second.as_ref().map(|second| *second.get_ref()),
            unit: rule.unit.as_ref().map(|unit| money_unit(*unit.get_ref())),
        });
    }
    if let Some(writable) = &typed.write_back {
        mapping.write_back = Some(writable.iter().map(|word| *word.get_ref()).collect());
    }
}

/// Lists and limits of the child take the place of the parent's; what is off stays off.
pub(crate) fn checks(typed: &file::Checks, to: &mut checked::Checks, faults: &mut Faults) {
    for id in typed.off.iter().flatten() {
        let Some(known) = FindingId::named(id.get_ref()) else {
            let near = nearest(id.get_ref(), FindingId::ALL.iter().map(|known| known.id()));
            faults.add(
                FaultKind::UnknownWord,
                id.span(),
                format!("没有编号为 \"{}\" 的问题", id.get_ref()),
                near.map_or_else(String::new, |near| format!("是否要写 \"{near}\"？")),
            );
            continue;
        };
        to.off.push(known);
    }
    let words =
        |texts: &[Spanned<String>]| texts.iter().map(|text| normalise(text.get_ref())).collect::<Vec<_>>();
    let limit = |typed: &Option<Spanned<Number>>| typed.as_ref().map(|limit| *limit.get_ref());
    to.limits = to.limits.under(&CheckLimits {
        broad_categories: typed.broad_categories.as_deref().map(words).unwrap_or_default(),
        over_achieved_percent: limit(&typed.over_achieved_percent),
        over_achieved_at_zero: limit(&typed.over_achieved_at_zero),
        monitoring_month: limit(&typed.monitoring_month),
        monitoring_behind_points: limit(&typed.monitoring_behind_points),
        target_below_history_percent: limit(&typed.target_below_history_percent),
        empty_reasons: typed.empty_reasons.as_deref().map(words).unwrap_or_default(),
        survey: SurveySettings::default(),
    });
    profiles::resolve(typed, to, faults);
}
