//! From clauses to one rule: what each step starts from, whose each bound is, what happens elsewhere.

use crate::base::{Ratio, Weight};
use crate::notation::{Notation, Quantity};
use crate::rule::{
    Amount, Award, Band, Bound, Graded, Measure, Otherwise, Point, Proportion, Rule, Span, Subject, When,
    Words,
};

use super::Context;
use super::bare_rates::bare_rates;
use super::clause::Spoken;
use super::condition::{End, Shape, Stretch};
use super::distances::distances;
use super::hear::{Heard, Read, hear, refuse};
use super::ladder::{nest, points_of, settle_bounds};
use super::line::interpolate;
use super::named_target::named_target;
use super::places::places;
use super::plain::Plain;
use super::settle::{
    all_done, exact_tops, figure, full_elsewhere, gated_rate, ladder_of_cases, meets_as_bound,
    resolve_beyond, shares_as_written,
};
use super::stepping::add_steps;
use super::subject::{measure, subject, to_states};
use super::turn::turn;

/// Puts the clauses together.
pub(super) fn assemble(plain: &Plain, spoken: &[Spoken], context: &Context) -> Read<Rule> {
    let heard = hear(plain, spoken, context)?;
    let graded = build(heard, context, &plain.words(plain.as_str()))?;
    bare_base(&graded, plain, context)?;
    Ok(Rule::Graded(graded))
}

/// 得分=执行率×10: a figure without 分 is the weight, or something else than points.
fn bare_base(graded: &Graded, plain: &Plain, context: &Context) -> Read<()> {
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
        if bare && context.weight.map(Weight::number) != Some(*n) {
            return refuse(&format!("×{n}"), "公式中的这个数是不是分数，无法确定");
        }
    }
    Ok(())
}

fn build(mut heard: Heard, context: &Context, all: &str) -> Read<Graded> {
    turn(&mut heard, super::deadline(context.target))?;
    all_done(&mut heard, context.weight);
    places(&mut heard, context)?;
    whole_target(&heard, context)?;
    named_target(&mut heard, context)?;
    let subject = subject(&heard, all)?;
    bare_rates(&mut heard, &subject, context)?;
    to_states(&mut heard);
    ladder_of_cases(&mut heard);
    let measure = measure(&heard, all)?;
    // Only a value can be another one than the name says; faults and days have their own words.
    let subject = if measure == Measure::Value { subject } else { Subject::Unnamed };
    resolve_beyond(&mut heard, &subject)?;
    distances(&mut heard);
    shares_as_written(&mut heard);
    gated_rate(&mut heard);
    if measure == Measure::Value {
        meets_as_bound(&mut heard);
    }
    exact_tops(&mut heard, context, &subject)?;
    nest(&mut heard.rungs, context.weight);
    settle_bounds(&mut heard.rungs);
    interpolate(&mut heard)?;
    let mut graded = Graded {
        measure,
        subject,
        definition: heard.definition.clone(),
        states: std::mem::take(&mut heard.states),
        ..Graded::default()
    };
    full_elsewhere(&mut heard, &graded);
    let general = heard.general.take();
    let mut otherwise = heard.otherwise.take();
    if let Some((award, words)) = general {
        if otherwise.is_some() || heard.steps.is_some() {
            return refuse(&words, "与其他规定重复，无法确定适用哪一个");
        }
        otherwise = Some((award, words));
    }
    if let Some(stepping) = heard.steps.take() {
        add_steps(stepping, &mut heard, &mut otherwise, &graded, context)?;
        if otherwise.is_none() {
            full_elsewhere(&mut heard, &graded);
            full_when_met(&heard, &mut otherwise);
        }
    }
    for base in &heard.bases {
        check_base(base, &heard, otherwise.as_ref())?;
    }
    if heard.base.is_some() {
        return refuse("基础分", "没有写明怎样在基础分上加分");
    }
    if heard.score_cap.is_some() {
        return refuse(all, "规定了最高得分，但没有给出分值");
    }
    deny_only(&heard, &graded, &mut otherwise);
    graded.bands = heard
        .rungs
        .into_iter()
        .map(|r| Band { when: when(r.shape), award: r.award, words: Words::new(r.words) })
        .collect();
    graded.otherwise = otherwise.map(|(award, words)| Otherwise { award, words: Words::new(words) });
    check(&graded, context, all)?;
    Ok(graded)
}

/// 全部完成 under a target of 90%: all of it, or as much as the target says?
fn whole_target(heard: &Heard, context: &Context) -> Read<()> {
    let rate = context.target.and_then(Notation::quantity).and_then(Quantity::ratio);
    let Some(rate) = rate.filter(|rate| *rate != Ratio::ONE) else { return Ok(()) };
    for rung in &heard.rungs {
        let says = |words: &[&str]| words.iter().any(|word| rung.words.contains(word));
        match &rung.shape {
            Shape::Meets | Shape::Misses if rate < Ratio::ONE && says(&["全部", "全面"]) => {
                let why = "指标值不是100%，“全部完成”是指全部还是达到指标值，无法确定";
                return refuse(&rung.words, why);
            }
            // 超支不得分: more than the target is not more than the budget.
            Shape::Within(s)
                if [&s.lower, &s.upper].into_iter().flatten().any(|e| e.at == Point::Target)
                    && says(&["超支", "超预算", "超出预算", "超过预算", "超概算"]) =>
            {
                return refuse(&rung.words, "指标值是百分比，超过它不等于超出预算，无法确定");
            }
            _ => {}
        }
    }
    Ok(())
}

/// A stated base must be the threshold that the rest of the criterion names.
fn check_base(base: &Amount, heard: &Heard, otherwise: Option<&(Award, String)>) -> Read<()> {
    let at = base.number.times(base.unit.factor);
    let in_rungs = heard.rungs.iter().any(|r| match &r.shape {
        Shape::Within(s) => [&s.lower, &s.upper].into_iter().flatten().any(|e| figure(&e.at) == at),
        _ => false,
    });
    let in_steps = matches!(otherwise, Some((Award::Steps(s), _)) if figure(&s.from) == at);
    if in_rungs || in_steps {
        Ok(())
    } else {
        refuse("基准", "与评分标准其余部分的界限不一致")
    }
}

/// 未达到目标值的，每低1%扣0.1分: nothing is taken where the target is met.
fn full_when_met(heard: &Heard, otherwise: &mut Option<(Award, String)>) {
    if let [only] = heard.rungs.as_slice()
        && only.shape == Shape::Misses
        && matches!(&only.award, Award::Steps(s) if !s.adds && s.base.is_none())
    {
        *otherwise = Some((Award::Full, only.words.clone()));
    }
}

/// A criterion that only says when there are no points says that there are full points otherwise.
fn deny_only(heard: &Heard, graded: &Graded, otherwise: &mut Option<(Award, String)>) {
    if otherwise.is_none()
        && graded.states.is_empty()
        && let [only] = heard.rungs.as_slice()
        && only.award == Award::ZERO
    {
        *otherwise = Some((Award::Full, only.words.clone()));
    }
}

fn when(shape: Shape) -> When {
    let bound = |e: End| Bound { at: e.at, inclusive: e.inclusive };
    let span = |s: Stretch| Span { lower: s.lower.map(bound), upper: s.upper.map(bound) };
    match shape {
        Shape::Within(s) => When::Within(span(s)),
        Shape::Outside(s) => When::Outside(span(s)),
        Shape::Meets => When::Meets,
        Shape::Misses | Shape::Contrary { .. } => When::Misses,
    }
}

/// What would be no rule, or not certainly one.
fn check(graded: &Graded, context: &Context, all: &str) -> Read<()> {
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
fn two_answers_below(graded: &Graded) -> Read<()> {
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
fn check_states(graded: &Graded, context: &Context, all: &str) -> Read<()> {
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
            let denies = ["未", "无", "没有", "没"].iter().find_map(|no| state.label.strip_prefix(no));
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
            if !end_award || !about || manner {
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
    let denial = ["未", "无", "没", "不", "有"].iter().any(|no| state.label.starts_with(no));
    let all = points_of(&Award::Full, context.weight);
    counted && from_all && points_of(&state.award, context.weight) == all && !denial
}

/// Words with awards that exclude each other: one of them earns full points. Where none does, they may be parts
/// that add up, which one word cannot tell.
fn single_state(graded: &Graded, context: &Context, all: &str) -> Read<()> {
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
