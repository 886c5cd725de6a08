//! From clauses to one rule, or to what would be none.

use crate::base::Weight;
use crate::criterion::Context;
use crate::criterion::grammar::clause::Written;
use crate::criterion::grammar::kinds::Rounded;
use crate::criterion::meaning::collect;
use crate::criterion::meaning::draft::{Draft, refuse};
use crate::criterion::meaning::passes::{Known, run_passes};
use crate::criterion::meaning::rungs::{Rung, points_of, when};
use crate::criterion::text::plain::Plain;
use crate::criterion::watch::Watch;
use crate::rule::{
    Award, Band, Graded, Measure, Otherwise, Proportion, Refusal, Rounding, Rule, When, Words,
};
use crate::words::list;

/// Puts the clauses together.
pub(crate) fn assemble(
    plain: &Plain,
    clauses: &[Written],
    context: &Context,
    watch: &mut dyn Watch,
) -> Result<Rule, Refusal> {
    let mut draft = collect(plain, clauses, context)?;
    watch.collected(&draft);
    let all = &plain.words(plain.as_str());
    run_passes(&mut draft, Known { context, all }, watch)?;
    let rounding = rounding(draft.rounded, all)?;
    let graded = Graded { rounding, ..finished(draft) };
    if rounding.is_some()
        && !graded.bands.iter().any(|b| b.award.moves())
        && !graded.otherwise.as_ref().is_some_and(|o| o.award.moves())
    {
        return refuse(all, "得分不用计算，无法确定取舍的是什么");
    }
    check(&graded, context, all)?;
    bare_base(&graded, plain, context)?;
    Ok(Rule::Graded(graded))
}

/// 得分=执行率×10: a figure without 分 is the weight, or something else than points.
fn bare_base(graded: &Graded, plain: &Plain, context: &Context) -> Result<(), Refusal> {
    let rest = graded.otherwise.as_ref().map(|o| &o.award);
    for award in graded.bands.iter().map(|b| &b.award).chain(rest) {
        let n = match award {
            Award::Rate(Proportion { base: Some(n), .. }) => n,
            Award::Line(line) => match (&line.from.points, &line.to.points) {
                (Some(n), _) if !n.is_zero() => n,
                (_, Some(n)) => n,
                _ => continue,
            },
            _ => continue,
        };
        let bare = ["*", "乘以", "乘"].iter().any(|times| {
            plain.as_str().split(&format!("{times}{n}")).skip(1).any(|after| !after.starts_with('分'))
        });
        let leads = plain.as_str().split_once(&format!("={n}*")).is_some();
        if (bare || leads) && context.weight.map(Weight::number) != Some(*n) {
            return refuse(&format!("×{n}"), "公式中的这个数是不是分数，无法确定");
        }
    }
    Ok(())
}

/// How points are rounded; two places are what they have anyway.
fn rounding(said: Rounded, all: &str) -> Result<Option<Rounding>, Refusal> {
    match (said.places, said.down) {
        (None, None) | (Some(2), Some(false) | None) => Ok(None),
        (Some(places), Some(false)) => Ok(Some(Rounding::To(places))),
        (Some(1), None) => Ok(Some(Rounding::To(1))),
        (Some(0), Some(true)) => Ok(Some(Rounding::Down)),
        (Some(0), None) => refuse(all, "取整数是四舍五入还是舍去小数，没有写明"),
        _ => refuse(all, "没有写明得分保留到哪一位"),
    }
}

/// The rule that a settled draft is.
fn finished(draft: Draft) -> Graded {
    let band = |rung: Rung| Band { when: when(rung.shape), award: rung.award, words: Words::new(rung.words) };
    Graded {
        measure: draft.measure,
        subject: draft.subject,
        definition: draft.definition,
        states: draft.states,
        bands: draft.rungs.into_iter().map(band).collect(),
        otherwise: draft.otherwise.map(|(award, words)| Otherwise { award, words: Words::new(words) }),
        rounding: None,
        approved: draft.approved,
    }
}

/// What would be no rule, or not certainly one.
fn check(graded: &Graded, context: &Context, all: &str) -> Result<(), Refusal> {
    if graded.bands.is_empty() && graded.states.is_empty() && graded.otherwise.is_none() {
        return refuse(all, "没有写明如何得分");
    }
    if graded.states.is_empty() && graded.bands.is_empty() {
        let moving = graded.otherwise.as_ref().is_some_and(|o| o.award.moves());
        if !moving {
            return refuse(all, "没有写明在什么情况下得分");
        }
    }
    two_answers_below(graded)?;
    check_states(graded, context, all)
}

/// ≥95%得满分，否则不得分；低于95%的每低1个百分点扣1分: what lies below is ruled twice, and the first never applies.
fn two_answers_below(graded: &Graded) -> Result<(), Refusal> {
    let Some(rest) = graded.otherwise.as_ref().filter(|rest| rest.award == Award::ZERO) else {
        return Ok(());
    };
    let within = |band: &Band| match &band.when {
        When::Within(span) => Some((span.lower.clone(), span.upper.clone(), band.award.clone())),
        _ => None,
    };
    let spans: Option<Vec<_>> = graded.bands.iter().map(within).collect();
    let Some([(Some(low), None, _), (None, Some(high), Award::Steps(_))]) = spans.as_deref() else {
        return Ok(());
    };
    if low.at == high.at {
        return refuse(
            rest.words.as_str(),
            "与按步扣分的规定互相矛盾，评分标准里写了两种规定，无法确定适用哪一个",
        );
    }
    Ok(())
}

/// Words for how something is done, beside whether it is.
const MANNERS: [&str; 12] =
    ["及时", "按时", "按期", "按规定", "按要求", "足额", "有效", "规范", "如实", "准确", "完整", "严格"];

/// What is done at all, or not: 未开展 says of any number that it is not there.
const DOINGS: [&str; 6] = ["开展", "实施", "组织", "举办", "执行", "启动"];

/// Grade words beside figures: only a denial of the thing itself (未制定制度的不得分) can be told from a number.
fn check_states(graded: &Graded, context: &Context, all: &str) -> Result<(), Refusal> {
    for (at, state) in graded.states.iter().enumerate() {
        if graded.states.iter().take(at).any(|s| s.label == state.label) {
            return refuse(&state.label, "同一情形规定了两次");
        }
        if state.award.moves() {
            return refuse(&state.label, "需要具体数值才能计算得分");
        }
    }
    let numeric = !graded.bands.is_empty() || graded.otherwise.as_ref().is_some_and(|o| o.award.moves());
    if graded.states.is_empty() {
        return Ok(());
    }
    if numeric && complete_state(graded, context) {
        return Ok(());
    }
    if numeric {
        for state in &graded.states {
            let denies = list::NOT_THERE.iter().find_map(|no| state.label.strip_prefix(no));
            // 未及时发放 denies how it was done, which a number does not tell.
            let manner = denies.is_some_and(|thing| MANNERS.iter().any(|w| thing.contains(w)));
            let end_award = matches!(state.award, Award::Full) || state.award == Award::ZERO;
            let about = denies.is_some_and(|thing| {
                DOINGS.contains(&thing)
                    || thing.contains("该项")
                    || thing.contains("任务")
                    || shares_pair(thing, all, &state.label)
                    || shares_pair(thing, context.indicator, "")
            });
            // 实际为“未完工”得0分: the words themselves say that it is a state.
            let stated = all.contains(&format!("实际为“{}”", state.label));
            if !stated && (!end_award || !about || manner) {
                return refuse(&state.label, "文字情形与数值标准混在一起，无法从一个实际完成值确定得分");
            }
        }
        return Ok(());
    }
    single_state(graded, context, all)
}

/// 资料齐全得满分，每缺少一份扣1分: where faults or what is missing are counted, one word says that there are none.
fn complete_state(graded: &Graded, context: &Context) -> bool {
    let [state] = graded.states.as_slice() else { return false };
    let counted = matches!(graded.measure, Measure::Count(_) | Measure::Missing);
    let from_all = graded
        .otherwise
        .as_ref()
        .is_some_and(|o| matches!(&o.award, Award::Steps(steps) if steps.base.is_none() && !steps.adds));
    // 已整改的差评不扣分 spares some of what is counted.
    let spares = ["不扣分", "不予扣分", "不计"]
        .iter()
        .any(|end| state.words.as_str().trim_end_matches(['。', '；', ';']).ends_with(end))
        && state.label.contains('的');
    let denial = spares || list::NO_OR_SOME.begins(&state.label);
    let all = points_of(&Award::Full, context.weight);
    counted && from_all && points_of(&state.award, context.weight) == all && !denial
}

/// Words with awards that exclude each other: one of them earns full points. Where none does, they may be parts
/// that add up, which one word cannot tell.
fn single_state(graded: &Graded, context: &Context, all: &str) -> Result<(), Refusal> {
    let weight = context.weight;
    let best = graded.states.iter().filter_map(|s| points_of(&s.award, weight)).max();
    let full = graded.states.iter().any(|s| s.award == Award::Full)
        || weight.is_some_and(|w| best == Some(w.number()))
        || (weight.is_none() && graded.states.len() > 1);
    let alone = graded.states.len() == 1 && graded.otherwise.is_none();
    if !full || alone {
        return refuse(all, "没有写明什么情况得满分，或各种情况不是互相排斥的");
    }
    let full_words: Vec<&str> =
        graded.states.iter().filter(|s| s.award == Award::Full).map(|s| s.words.as_str()).collect();
    if full_words.windows(2).any(|pair| pair.first() != pair.last()) {
        return refuse(all, "不止一种情形得满分，无法确定是否要同时满足");
    }
    Ok(())
}

/// Whether two texts share two neighbouring characters, outside the label itself.
fn shares_pair(thing: &str, text: &str, label: &str) -> bool {
    let rest = if label.is_empty() { text.to_owned() } else { text.replacen(label, "", 1) };
    let chars: Vec<char> = thing.chars().collect();
    chars.windows(2).any(|pair| rest.contains(&pair.iter().collect::<String>()))
}
