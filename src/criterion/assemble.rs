//! From clauses to one rule: what each step starts from, whose each bound is, what happens elsewhere.

use crate::base::{Number, Weight};
use crate::notation::Unit;
use crate::rule::{
    Amount, Award, Band, Bound, Definition, Graded, Measure, Otherwise, Per, Point, Refusal, Rule, Side,
    Span, StateBand, Steps, Subject, When, Words, is_cap_name,
};

use super::clause::{Clause, Spoken};
use super::condition::{Condition, End, Matter, Shape, Stretch, both, end};
use super::ladder::{Rung, is_fault_unit, nest, points_of, settle_bounds};
use super::plain::Plain;
use super::scan::is_name;
use super::step::{Counts, Limit, StepClause};
use super::{Context, HINT};

/// A step clause with the condition it stands under.
struct Stepping {
    clause: StepClause,
    own: Option<Rung>,
    most: Option<Number>,
    cap: Option<Number>,
    words: String,
}

/// What has been heard so far.
#[derive(Default)]
struct Heard {
    names: Vec<String>,
    matters: Vec<Matter>,
    definition: Option<Definition>,
    rungs: Vec<Rung>,
    states: Vec<StateBand>,
    general: Option<(Award, String)>,
    otherwise: Option<(Award, String)>,
    steps: Option<Stepping>,
    bases: Vec<Amount>,
    score_cap: Option<Number>,
    labels: Vec<(String, Award, String)>,
}

type Read<T> = Result<T, Refusal>;

fn refuse<T>(words: &str, why: &str) -> Read<T> {
    Err(Refusal::new(words, why, HINT))
}

/// Puts the clauses together.
pub(super) fn assemble(plain: &Plain, spoken: &[Spoken], context: &Context) -> Read<Rule> {
    let heard = hear(plain, spoken, context)?;
    build(heard, context, &plain.words(plain.as_str())).map(Rule::Graded)
}

// ---- hearing -------------------------------------------------------------------------------------------------

fn hear(plain: &Plain, spoken: &[Spoken], context: &Context) -> Read<Heard> {
    let mut heard = Heard::default();
    let mut pending: Option<(Condition, String)> = None;
    let mut pending_else: Option<String> = None;
    for part in spoken {
        let words = plain.words(part.text);
        if pending.is_some()
            && !matches!(
                part.clause,
                Clause::Award(_)
                    | Clause::Steps(_)
                    | Clause::Graded { .. }
                    | Clause::When { .. }
                    | Clause::Nothing
            )
        {
            return refuse(&words, "前面的条件没有写明如何得分");
        }
        match &part.clause {
            Clause::Nothing => {}
            Clause::Weight(n) => {
                if context.weight.is_some_and(|w| w.number() != *n) {
                    return refuse(&words, "评分标准写明的满分与指标的分值不一致");
                }
            }
            Clause::Base(amount) => heard.bases.push(amount.clone()),
            Clause::Deadline(day) => heard.matters.push(Matter::Lateness(Some(*day))),
            Clause::Definition { name, definition } => {
                if heard.definition.is_some() {
                    return refuse(&words, "评分标准里有不止一个计算公式");
                }
                heard.names.push(name.clone());
                heard.definition = Some(definition.clone());
            }
            Clause::When { subject, condition } => {
                heard.names.extend(subject.clone());
                let condition = &heard.contrary(condition, &words)?;
                let merged = join(pending.take(), condition, &words)?;
                pending = Some(merged);
            }
            Clause::Graded { subject, condition, award } => {
                heard.names.extend(subject.clone());
                let condition = &heard.contrary(condition, &words)?;
                let (condition, words) = join(pending.take(), condition, &words)?;
                heard.band(&condition, award.clone(), words, part.text)?;
            }
            Clause::Award(award) => {
                if let Some((condition, before)) = pending.take() {
                    let words = format!("{before}，{words}");
                    heard.band(&condition, award.clone(), words, "")?;
                } else if pending_else.take().is_some() {
                    heard.set_otherwise(award.clone(), words)?;
                } else if matches!(award, Award::Rate(_)) && heard.general.is_none() {
                    heard.general = Some((award.clone(), words));
                } else {
                    return refuse(&words, "没有写明在什么情况下这样得分");
                }
            }
            Clause::Else(Some(award)) => heard.set_otherwise(award.clone(), words)?,
            Clause::Else(None) => pending_else = Some(words),
            Clause::State { label, award } => {
                // 优、良得满分: either word earns it.
                let short = label.split('、').all(|word| (1..=MAX_GRADE).contains(&word.chars().count()));
                let labels: Vec<&str> = if short { label.split('、').collect() } else { vec![label] };
                for label in labels {
                    heard.states.push(StateBand {
                        label: label.to_owned(),
                        award: award.clone(),
                        words: Words::new(words.clone()),
                    });
                }
            }
            Clause::Steps(clause) => {
                pending_else = None;
                let own = match pending.take() {
                    Some((condition, before)) => {
                        let matter = condition.matter.clone();
                        heard.matters.push(matter);
                        Some(Rung { shape: condition.shape, award: Award::ZERO, words: before })
                    }
                    None => None,
                };
                heard.names.extend(clause.subject.clone());
                heard.step(clause, own, words)?;
            }
            Clause::Remainder(partial, size) => {
                let Some(steps) = &mut heard.steps else {
                    return refuse(&words, "前面没有按步扣分的规定");
                };
                if steps.clause.partial.is_some_and(|p| p != *partial) || !same_size(&steps.clause.size, size)
                {
                    return refuse(&words, "与前面每次扣分的幅度不一致");
                }
                steps.clause.partial = Some(*partial);
            }
            Clause::Limit(limit) => heard.limit(*limit, &words, context.weight)?,
        }
    }
    if let Some((_, words)) = pending {
        return refuse(&words, "没有写明这种情况如何得分");
    }
    if let Some(words) = pending_else {
        return refuse(&words, "没有写明其余情况如何得分");
    }
    Ok(heard)
}

/// Grade words listed together are short.
const MAX_GRADE: usize = 6;

fn same_size(a: &Amount, b: &Amount) -> bool {
    a.number.times(a.unit.factor) == b.number.times(b.unit.factor) && a.unit.comparable(&b.unit)
}

/// Two conditions, one after the other, that both hold.
fn join(
    before: Option<(Condition, String)>,
    condition: &Condition,
    words: &str,
) -> Read<(Condition, String)> {
    let Some((first, spoken)) = before else { return Ok((condition.clone(), words.to_owned())) };
    let words = format!("{spoken}，{words}");
    match (&first.shape, &condition.shape) {
        (Shape::Within(a), Shape::Within(b)) if first.matter == condition.matter => {
            let Some(stretch) = both(a.clone(), b.clone()) else {
                return refuse(&words, "两个条件合在一起无法识别");
            };
            Ok((Condition { shape: Shape::Within(stretch), ..first }, words))
        }
        _ => refuse(&words, "两个条件合在一起无法识别"),
    }
}

impl Heard {
    /// 达不到的, 超过的: the other side of the one condition before it that earns points.
    fn contrary(&self, condition: &Condition, words: &str) -> Read<Condition> {
        let Shape::Contrary { over } = condition.shape else { return Ok(condition.clone()) };
        let turned = |e: &End| End { at: e.at.clone(), inclusive: !e.inclusive, firm: true, yields: false };
        let paying: Vec<&Rung> = self.rungs.iter().filter(|r| r.award != Award::ZERO).collect();
        let shape = match (paying.as_slice(), over) {
            ([], false) => Shape::Misses,
            ([only], false) if only.shape == Shape::Meets => Shape::Misses,
            ([only], true) if only.shape == Shape::Meets => {
                Shape::Within(Stretch { lower: Some(end(Point::Target, false, true)), ..Stretch::default() })
            }
            ([only], _) => match &only.shape {
                Shape::Within(Stretch { lower: Some(e), upper: None, .. }) if !over => {
                    Shape::Within(Stretch { upper: Some(turned(e)), ..Stretch::default() })
                }
                Shape::Within(Stretch { lower: None, upper: Some(e), .. }) => {
                    Shape::Within(Stretch { lower: Some(turned(e)), ..Stretch::default() })
                }
                _ if over => return refuse(words, "没有写明超过什么"),
                _ => Shape::Misses,
            },
            _ if over => return refuse(words, "没有写明超过什么"),
            _ => Shape::Misses,
        };
        Ok(Condition { shape, ..condition.clone() })
    }

    fn band(&mut self, condition: &Condition, award: Award, words: String, text: &str) -> Read<()> {
        if matches!(condition.shape, Shape::Meets | Shape::Misses) && !text.is_empty() {
            self.labels.push((text.to_owned(), award.clone(), words.clone()));
        }
        self.matters.push(condition.matter.clone());
        self.rungs.push(Rung { shape: condition.shape.clone(), award, words });
        Ok(())
    }

    fn set_otherwise(&mut self, award: Award, words: String) -> Read<()> {
        if let Some((earlier, _)) = &self.otherwise
            && *earlier != award
        {
            return refuse(&words, "其余情况规定了两次");
        }
        self.otherwise = Some((award, words));
        Ok(())
    }

    fn step(&mut self, clause: &StepClause, own: Option<Rung>, words: String) -> Read<()> {
        if self.steps.is_some() {
            return refuse(&words, "有不止一种按步扣分或加分的规定");
        }
        let words = match &own {
            Some(rung) => format!("{}，{words}", rung.words),
            None => words,
        };
        self.steps = Some(Stepping { clause: clause.clone(), own, most: None, cap: None, words });
        Ok(())
    }

    fn limit(&mut self, limit: Limit, words: &str, weight: Option<Weight>) -> Read<()> {
        match (&mut self.steps, limit) {
            (Some(steps), Limit::Take(n)) if !steps.clause.adds => steps.most = Some(n),
            (Some(steps), Limit::Add(n)) if steps.clause.adds => steps.most = Some(n),
            (Some(steps), Limit::Score(n)) if steps.clause.adds => steps.cap = Some(n),
            (_, Limit::Score(n)) if weight.is_some_and(|w| w.number() == n) => {}
            (None, Limit::Score(n)) if weight.is_none() => self.score_cap = Some(n),
            _ => return refuse(words, "与前面的规定对不上"),
        }
        Ok(())
    }
}

// ---- building ------------------------------------------------------------------------------------------------

/// Names that mean the actual itself.
const ACTUAL: &[&str] = &[
    "实际完成值",
    "实际完成数",
    "实际完成量",
    "实际值",
    "完成值",
    "完成数",
    "完成数量",
    "完成量",
    "实际完成",
    "实际支出数",
    "实际支出额",
    "实际支出",
    "实际支付",
    "项目实际支出",
    "项目支出",
    "支出",
    "支出数",
    "支出金额",
    "实际成本",
    "成本",
    "项目成本",
    "项目实际成本",
    "实际投入",
    "实际使用",
    "实际",
    "指标值",
    "指标实际值",
    "指标完成值",
    "指标",
    "本指标",
    "该指标",
    "该项指标",
    "数量",
    "实际数量",
    "比率",
    "比例",
    "比值",
    "得数",
    "结果",
    "数值",
    "实际费用",
    "费用",
    "金额",
    "实际金额",
    "实际数",
    "年度支出",
    "资金支出",
    "项目资金支出",
    "项目",
    "工作",
    "任务",
    "全年",
    "年度",
    "项目总支出",
    "决算数",
    "结算金额",
    "决算金额",
    "结算价",
    "支出总额",
    "各项工作",
    "工程",
    "本项",
    "产出数量",
];

fn build(mut heard: Heard, context: &Context, all: &str) -> Read<Graded> {
    let subject = subject(&heard, all)?;
    to_states(&mut heard);
    ladder_of_cases(&mut heard);
    let measure = measure(&heard, all)?;
    // Only a value can be another one than the name says; faults and days have their own words.
    let subject = if measure == Measure::Value { subject } else { Subject::Unnamed };
    resolve_beyond(&mut heard, &subject)?;
    shares_as_written(&mut heard);
    gated_rate(&mut heard);
    if measure == Measure::Value {
        meets_as_bound(&mut heard);
    }
    exact_tops(&mut heard, context, &subject)?;
    nest(&mut heard.rungs, context.weight);
    settle_bounds(&mut heard.rungs);
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
    }
    for base in &heard.bases {
        check_base(base, &heard, &otherwise)?;
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

/// The one thing that is measured. Two names are two things, unless one is part of the other.
fn subject(heard: &Heard, all: &str) -> Read<Subject> {
    let mut found: Option<&str> = None;
    for name in &heard.names {
        let name = name.trim_start_matches("其中").trim_start_matches("当年").trim_end_matches('的');
        let plain = name.strip_suffix("在").or_else(|| name.strip_suffix("应")).unwrap_or(name);
        if plain.is_empty() || ACTUAL.contains(&plain) {
            continue;
        }
        if !is_name(plain) && found.is_none() {
            found = Some(plain);
            continue;
        }
        match found {
            None => found = Some(plain),
            Some(earlier) if earlier.contains(plain) || plain.contains(earlier) => {}
            Some(earlier) => {
                return refuse(all, &format!("涉及“{earlier}”和“{plain}”，一个实际完成值无法确定得分"));
            }
        }
    }
    Ok(found.map_or(Subject::Unnamed, |name| Subject::Named(name.to_owned())))
}

/// 完成 and 未完成 beside other grade words are grade words themselves.
fn to_states(heard: &mut Heard) {
    if heard.states.is_empty() || heard.steps.is_some() {
        return;
    }
    let all_words = heard.rungs.len() == heard.labels.len()
        && heard.matters.iter().all(|m| matches!(m, Matter::Value | Matter::Lateness(None)));
    if !all_words || heard.labels.is_empty() {
        return;
    }
    let mut states = Vec::new();
    for (text, award, words) in &heard.labels {
        let label: String =
            text.chars().take_while(|c| !matches!(c, '得' | '计' | '记' | '扣' | ':' | '的')).collect();
        let label = label.strip_suffix('不').unwrap_or(&label).to_owned();
        if super::words::TARGET.iter().any(|t| label.contains(t)) || label.is_empty() {
            return;
        }
        states.push(StateBand { label, award: award.clone(), words: Words::new(words.clone()) });
    }
    states.append(&mut heard.states);
    heard.states = states;
    heard.rungs.clear();
    heard.matters.clear();
}

fn measure(heard: &Heard, all: &str) -> Read<Measure> {
    let mut found: Option<Measure> = None;
    let mut nouns: Vec<&str> = Vec::new();
    let mut set = |measure: Measure| -> Read<()> {
        match (&found, &measure) {
            (None, _) | (Some(Measure::Lateness(None)), Measure::Lateness(_)) => found = Some(measure),
            (Some(Measure::Lateness(_)), Measure::Lateness(None)) => {}
            (Some(a), b) if a == b => {}
            _ => return refuse(all, "同时涉及数值、日期或问题数中的几种，一个实际完成值无法确定得分"),
        }
        Ok(())
    };
    for matter in &heard.matters {
        match matter {
            Matter::Value => set(Measure::Value)?,
            Matter::Lateness(day) => set(Measure::Lateness(*day))?,
            Matter::Count(noun) => {
                nouns.push(noun);
                set(Measure::Count)?;
            }
        }
    }
    if let Some(steps) = &heard.steps {
        let late = heard.matters.iter().any(|m| matches!(m, Matter::Lateness(_)));
        let counting = heard.matters.iter().any(|m| matches!(m, Matter::Count(_)));
        let fault = is_fault_unit(&steps.clause.size.unit);
        match steps.clause.counts {
            Counts::Late => set(Measure::Lateness(None))?,
            Counts::Above | Counts::Open if late && super::condition::is_time(&steps.clause.size.unit) => {
                set(Measure::Lateness(None))?;
            }
            Counts::Above | Counts::Open if counting && fault => set(Measure::Count)?,
            Counts::Open
                if fault && heard.matters.is_empty() && !steps.clause.adds && heard.general.is_none() =>
            {
                set(Measure::Count)?;
            }
            Counts::Found => {
                nouns.push(&steps.clause.noun);
                set(Measure::Count)?;
            }
            Counts::Missing => set(Measure::Missing)?,
            _ => set(Measure::Value)?,
        }
    }
    let mut noun = "";
    for other in nouns {
        if noun.is_empty() || other.contains(noun) {
            noun = other;
        } else if !other.is_empty() && !noun.contains(other) && !same_harm(noun, other) {
            return refuse(all, &format!("涉及“{noun}”和“{other}”两种情形，一个实际完成值无法确定得分"));
        }
    }
    Ok(found.unwrap_or_default())
}

/// 违规问题 and 违规行为: the same thing by another general word.
fn same_harm(a: &str, b: &str) -> bool {
    let core = |text: &str| {
        let mut core = text;
        for end in ["问题", "情况", "行为", "现象", "情形", "事件"] {
            core = core.strip_suffix(end).unwrap_or(core);
        }
        core.to_owned()
    };
    let (a, b) = (core(a), core(b));
    a.is_empty() || b.is_empty() || a == b
}

/// Points that conditions of a kind refer to.
fn stretches(rungs: &mut [Rung]) -> impl Iterator<Item = &mut Stretch> {
    rungs.iter_mut().filter_map(|r| match &mut r.shape {
        Shape::Within(s) | Shape::Outside(s) => Some(s),
        _ => None,
    })
}

/// 超过10%: by 10 % of the target where the criterion is about the target, a figure where it is about figures.
fn resolve_beyond(heard: &mut Heard, subject: &Subject) -> Read<()> {
    let own = heard.steps.as_mut().and_then(|s| s.own.as_mut());
    let mut unclear = false;
    let (mut by_target, mut by_figure) = (false, false);
    let mut rungs: Vec<&mut Rung> = heard.rungs.iter_mut().chain(own).collect();
    for rung in &rungs {
        let (Shape::Within(s) | Shape::Outside(s)) = &rung.shape else {
            by_target = true;
            continue;
        };
        for at in [&s.lower, &s.upper].into_iter().flatten() {
            match &at.at {
                Point::Value(_) if s.perhaps_beyond => unclear = true,
                Point::Value(_) => by_figure = true,
                _ => by_target = true,
            }
        }
    }
    if !unclear {
        return Ok(());
    }
    let named_rate = matches!(subject, Subject::Named(name) if ["率", "度", "比例", "比重"].iter().any(|e| name.ends_with(e)));
    for rung in &mut rungs {
        let words = rung.words.clone();
        let (Shape::Within(s) | Shape::Outside(s)) = &mut rung.shape else { continue };
        if !s.perhaps_beyond {
            continue;
        }
        let ratio = [&s.lower, &s.upper]
            .into_iter()
            .flatten()
            .any(|e| matches!(&e.at, Point::Value(a) if a.unit.is_ratio()));
        match (by_target, by_figure) {
            (true, false) if ratio && s.upper.is_none() => {
                if let Some(Point::Value(a)) = s.lower.as_ref().map(|e| e.at.clone())
                    && let Some(lower) = &mut s.lower
                {
                    lower.at = Point::Beyond(Side::Above, a);
                }
            }
            (false, true) => {}
            (false, false) if named_rate || !ratio => {}
            _ => return refuse(&words, "“超过”是指超过这个数，还是比目标值超出这么多，无法确定"),
        }
        s.perhaps_beyond = false;
    }
    Ok(())
}

/// 发现1处扣2分，发现2处扣4分: beside other numbers of cases, the first is a rung and no step.
fn ladder_of_cases(heard: &mut Heard) {
    let counted = |r: &Rung| {
        match &r.shape {
        Shape::Within(s) => [&s.lower, &s.upper].into_iter().flatten().any(|e| {
            matches!(&e.at, Point::Value(a) if !a.number.is_zero() && super::condition::is_count(&a.unit))
        }),
        _ => false,
    }
    };
    if !heard.rungs.iter().any(counted) {
        return;
    }
    let loose = heard.steps.as_ref().is_some_and(|s| {
        !s.clause.each
            && s.own.is_none()
            && s.most.is_none()
            && s.clause.counts == Counts::Found
            && !s.clause.adds
    });
    if loose && let Some(steps) = heard.steps.take() {
        let Per::Points(n) = steps.clause.per else {
            heard.steps = Some(steps);
            return;
        };
        let only = end(Point::Value(steps.clause.size.clone()), true, true);
        let stretch = Stretch { lower: Some(only.clone()), upper: Some(only), ..Stretch::default() };
        heard.matters.push(Matter::Count(steps.clause.noun.clone()));
        heard
            .rungs
            .insert(0, Rung { shape: Shape::Within(stretch), award: Award::Less(n), words: steps.words });
    }
    // 2处扣4分 after it counts the same.
    let counting = heard.matters.iter().any(|m| matches!(m, Matter::Count(_)));
    let all_counted = heard.rungs.iter().all(|r| {
        counted(r) || matches!(&r.shape, Shape::Within(s) if s.upper.as_ref().and_then(|e| figure(&e.at)).is_some_and(Number::is_zero))
    });
    if counting && all_counted {
        for matter in &mut heard.matters {
            if *matter == Matter::Value {
                *matter = Matter::Count(String::new());
            }
        }
    }
}

/// 未达到目标值的按比例得分 beside 低于50%不得分: the floor ends the stretch in which the proportion counts.
fn gated_rate(heard: &mut Heard) {
    let meets = heard.rungs.iter().any(|r| r.shape == Shape::Meets);
    let gates = heard.rungs.iter().any(|r| r.award == Award::ZERO && matches!(r.shape, Shape::Within(_)));
    if !meets || !gates || heard.general.is_some() || heard.otherwise.is_some() {
        return;
    }
    let rate = |r: &Rung| r.shape == Shape::Misses && matches!(r.award, Award::Rate(_));
    if let Some(at) = heard.rungs.iter().position(rate) {
        let rung = heard.rungs.remove(at);
        heard.general = Some((rung.award, rung.words));
    }
}

/// 任务85%及以上 and 不足85%: the figure repeats the share of the target.
fn shares_as_written(heard: &mut Heard) {
    let mut shares: Vec<Number> = Vec::new();
    for s in stretches(&mut heard.rungs) {
        for e in [&s.lower, &s.upper].into_iter().flatten() {
            if let Point::OfTarget(share) = &e.at {
                shares.push(*share);
            }
        }
    }
    let own = heard.steps.as_mut().and_then(|s| s.own.as_mut());
    for rung in heard.rungs.iter_mut().chain(own) {
        let (Shape::Within(s) | Shape::Outside(s)) = &mut rung.shape else { continue };
        for e in [&mut s.lower, &mut s.upper].into_iter().flatten() {
            if let Point::Value(a) = &e.at
                && a.unit.is_ratio()
                && let Some(share) = figure(&e.at).filter(|n| shares.contains(n))
            {
                e.at = Point::OfTarget(share);
            }
        }
    }
}

/// Where a criterion only takes points (少于任务4%以内扣1分，少4%-8%扣3分), nothing is taken on the good side of
/// all its conditions. Gaps between them stay gaps.
fn full_elsewhere(heard: &mut Heard, graded: &Graded) {
    let takes = |r: &Rung| matches!(r.award, Award::Less(_) | Award::LessShare(_)) || r.award == Award::ZERO;
    let some = heard.rungs.iter().any(|r| matches!(r.award, Award::Less(_) | Award::LessShare(_)));
    let nothing_else = heard.otherwise.is_none() && heard.general.is_none() && heard.steps.is_none();
    if !some || !nothing_else || !heard.rungs.iter().all(takes) || !graded.states.is_empty() {
        return;
    }
    let Some((at, below)) = good_side(&heard.rungs) else { return };
    let turned = End { inclusive: !at.inclusive, firm: true, yields: false, at: at.at };
    let stretch = if below {
        Stretch { upper: Some(turned), ..Stretch::default() }
    } else {
        Stretch { lower: Some(turned), ..Stretch::default() }
    };
    let words = heard.rungs.first().map(|r| r.words.clone()).unwrap_or_default();
    heard.rungs.insert(0, Rung { shape: Shape::Within(stretch), award: Award::Full, words });
}

/// The end beyond which no condition of the rungs reaches, and whether the good side is below it.
fn good_side(rungs: &[Rung]) -> Option<(End, bool)> {
    let ends = |lower: bool| -> Option<Vec<(Number, End)>> {
        rungs
            .iter()
            .map(|r| match &r.shape {
                Shape::Within(s) => {
                    let end = if lower { s.lower.clone() } else { s.upper.clone() }?;
                    Some((super::ladder::place(&end.at)?.1, end))
                }
                _ => None,
            })
            .collect()
    };
    match (ends(true), ends(false)) {
        (Some(lowers), None) => lowers.into_iter().min_by_key(|(n, _)| *n).map(|(_, e)| (e, true)),
        (None, Some(uppers)) => uppers.into_iter().max_by_key(|(n, _)| *n).map(|(_, e)| (e, false)),
        _ => None,
    }
}

/// 达到目标值 beside rungs that begin at shares of the target, or at distances from it, is a rung like them.
fn meets_as_bound(heard: &mut Heard) {
    let mut shares = false;
    let mut above = false;
    let mut figures = false;
    for s in stretches(&mut heard.rungs) {
        for e in [&s.lower, &s.upper].into_iter().flatten() {
            match &e.at {
                Point::OfTarget(_) | Point::Beyond(Side::Below, _) => shares = true,
                Point::Beyond(..) => above = true,
                Point::Value(_) => figures = s.upper.is_none() || figures,
                Point::Target => {}
            }
        }
    }
    let floor = (shares || figures) && !above;
    for rung in &mut heard.rungs {
        if rung.shape == Shape::Meets && (floor || above) && !(shares && above) {
            let at = end(Point::Target, true, true);
            let stretch = if floor {
                Stretch { lower: Some(at), ..Stretch::default() }
            } else {
                Stretch { upper: Some(at), ..Stretch::default() }
            };
            rung.shape = Shape::Within(stretch);
        }
    }
}

/// 100%得满分: more than all of it is full points too, where less is worse. No faults is none at all.
fn exact_tops(heard: &mut Heard, context: &Context, subject: &Subject) -> Read<()> {
    let others: Vec<Number> = heard
        .rungs
        .iter()
        .filter(|r| r.award != Award::Full)
        .filter_map(|r| match &r.shape {
            Shape::Within(s) => s.upper.as_ref().or(s.lower.as_ref()),
            _ => None,
        })
        .filter_map(|e| figure(&e.at))
        .collect();
    let rising =
        heard.steps.as_ref().is_some_and(|s| matches!(s.clause.counts, Counts::Above | Counts::Either));
    let named = match subject {
        Subject::Named(name) => is_cap_name(name, &Unit::percent()),
        Subject::Unnamed => false,
    };
    let has_else = heard.otherwise.is_some() || heard.general.is_some();
    for rung in &mut heard.rungs {
        if rung.award != Award::Full
            && points_of(&rung.award, context.weight) != context.weight.map(Weight::number)
        {
            continue;
        }
        let Shape::Within(s) = &mut rung.shape else { continue };
        let (Some(lower), Some(upper)) = (&s.lower, &s.upper) else { continue };
        if lower.at != upper.at {
            continue;
        }
        let Some(at) = figure(&lower.at) else { continue };
        let ratio = matches!(&lower.at, Point::Value(a) if a.unit.is_ratio());
        if ratio && at == Number::ONE && others.iter().all(|o| *o <= at) && !rising {
            if (named || is_cap_name(context.indicator, &Unit::percent())) && has_else {
                return refuse(&rung.words, "只写明了等于100%的情形，低于或高于100%时无法确定");
            }
            s.upper = None;
            if let Some(lower) = &mut s.lower {
                lower.firm = true;
            }
        }
    }
    Ok(())
}

fn figure(point: &Point) -> Option<Number> {
    match point {
        Point::Value(a) => a.number.times(a.unit.factor),
        _ => None,
    }
}

/// Where steps are counted from, and what they are counted down (or up) from.
fn add_steps(
    stepping: Stepping,
    heard: &mut Heard,
    otherwise: &mut Option<(Award, String)>,
    graded: &Graded,
    context: &Context,
) -> Read<()> {
    let Stepping { clause, own, most, cap, words } = stepping;
    let counting = matches!(graded.measure, Measure::Count | Measure::Missing);
    let late = matches!(graded.measure, Measure::Lateness(_));
    let weight = context.weight.map(Weight::number);
    let zero = |award: &Award| *award == Award::ZERO;
    let paying: Vec<usize> =
        heard.rungs.iter().enumerate().filter(|(_, r)| !zero(&r.award)).map(|(at, _)| at).collect();
    if paying.len() > 1 {
        return refuse(&words, "前面已按档次给分，无法确定从哪一档开始按步计算");
    }
    let base_at = paying.first().copied();
    let base_rung = base_at.and_then(|at| heard.rungs.get(at));
    let side = match clause.counts {
        Counts::Below => Side::Below,
        Counts::Either => Side::Either,
        Counts::Open if !counting && !late => match base_rung.map(|r| &r.shape) {
            Some(Shape::Within(Stretch { lower: Some(_), upper: None, .. })) if !clause.adds => Side::Below,
            Some(Shape::Within(Stretch { lower: None, upper: Some(_), .. })) if !clause.adds => Side::Above,
            None if clause.adds && clause.from.is_none() => Side::Above,
            _ => return refuse(&words, "没有写明是高出还是低于"),
        },
        _ => Side::Above,
    };
    let zero_point = || Point::Value(Amount { number: Number::ZERO, unit: Unit::bare() });
    let near = |shape: &Shape| -> Option<Point> {
        match shape {
            Shape::Within(s) if side == Side::Below && !clause.adds => s.lower.as_ref().map(|e| e.at.clone()),
            Shape::Within(s) if clause.adds => s.lower.as_ref().map(|e| e.at.clone()),
            Shape::Within(s) => s.upper.as_ref().map(|e| e.at.clone()),
            Shape::Meets => Some(Point::Target),
            _ => None,
        }
    };
    let far = |shape: &Shape| -> Option<Point> {
        match shape {
            Shape::Within(s) if side == Side::Below => s.upper.as_ref().map(|e| e.at.clone()),
            Shape::Within(s) => s.lower.as_ref().map(|e| e.at.clone()),
            Shape::Misses => Some(Point::Target),
            _ => None,
        }
    };
    let from_base = base_rung.and_then(|r| near(&r.shape));
    let from_own = own.as_ref().and_then(|r| far(&r.shape));
    if own.is_some() && from_own.is_none() {
        return refuse(&words, "前面的条件与按步计算的方向不一致");
    }
    if base_rung.is_some() && from_base.is_none() && !counting {
        return refuse(&words, "前面的条件与按步计算的方向不一致");
    }
    let mut from: Option<Point> = None;
    for candidate in [clause.from.clone(), from_own, from_base].into_iter().flatten() {
        match &from {
            Some(earlier) if !same(earlier, &candidate) => {
                return refuse(&words, "按步计算的起点前后不一致");
            }
            Some(_) => {}
            None => from = Some(candidate),
        }
    }
    let from = match from {
        Some(point) if counting => {
            if figure(&point).is_none_or(|n| !n.is_zero()) {
                return refuse(&words, "按发现的数量扣分，但起点不是0");
            }
            zero_point()
        }
        Some(point) if late && figure(&point).is_some_and(Number::is_zero) => Point::Target,
        Some(point) => point,
        None if counting => zero_point(),
        None if clause.adds && clause.counts == Counts::Open => zero_like(&clause.size),
        None if clause.adds => return refuse(&words, "没有写明从多少开始加分"),
        None => Point::Target,
    };
    if late && (clause.from.is_some() || from != Point::Target) {
        return refuse(&words, "逾期扣分的起点不是规定的日期");
    }
    let base = match base_rung.map(|r| &r.award) {
        None if clause.adds => Some(Number::ZERO),
        None | Some(Award::Full) => None,
        Some(award) => match points_of(award, context.weight) {
            Some(n) if Some(n) == weight => None,
            Some(n) if matches!(award, Award::Points(_)) => Some(n),
            _ => return refuse(&words, "按步计算的基数无法确定"),
        },
    };
    if clause.adds && base.is_none() {
        return refuse(&words, "已得满分，不能再加分");
    }
    if counting && is_bad_count(&clause) {
        return refuse(&words, "按数量扣分的单位无法识别");
    }
    let partial = clause.partial.unwrap_or(context.partial_step);
    let steps = Award::Steps(Box::new(Steps {
        from,
        side,
        size: clause.size.clone(),
        per: clause.per,
        adds: clause.adds,
        base,
        most,
        cap,
        partial,
        words: Words::new(words.clone()),
    }));
    if clause.adds
        && let Some(rung) = base_at.and_then(|at| heard.rungs.get_mut(at))
    {
        rung.award = steps;
        return Ok(());
    }
    if let Some(own) = own {
        // A floor below it (低于60%不得分) ends the stretch in which steps count.
        let mut shape = own.shape;
        if let Shape::Within(s) = &mut shape {
            limit_by_gates(s, side, &heard.rungs);
        }
        heard.rungs.push(Rung { shape, award: steps, words });
        return Ok(());
    }
    if otherwise.is_some() {
        return refuse(&words, "与“其余情况”的规定重复，无法确定适用哪一个");
    }
    *otherwise = Some((steps, words));
    Ok(())
}

/// Ends an open stretch of steps where a rung without points begins.
fn limit_by_gates(s: &mut Stretch, side: Side, rungs: &[Rung]) {
    for gate in rungs.iter().filter(|r| r.award == Award::ZERO) {
        let Shape::Within(g) = &gate.shape else { continue };
        let turned = |e: &End| End { inclusive: !e.inclusive, firm: true, yields: false, at: e.at.clone() };
        match (side, &g.lower, &g.upper) {
            (Side::Below, None, Some(upper)) if s.lower.is_none() => s.lower = Some(turned(upper)),
            (Side::Above, Some(lower), None) if s.upper.is_none() => s.upper = Some(turned(lower)),
            _ => {}
        }
    }
}

fn is_bad_count(clause: &StepClause) -> bool {
    !is_fault_unit(&clause.size.unit)
}

fn zero_like(size: &Amount) -> Point {
    Point::Value(Amount { number: Number::ZERO, unit: size.unit.clone() })
}

fn same(a: &Point, b: &Point) -> bool {
    a == b || matches!((figure(a), figure(b)), (Some(x), Some(y)) if x == y)
}

/// A stated base must be the threshold that the rest of the criterion names.
fn check_base(base: &Amount, heard: &Heard, otherwise: &Option<(Award, String)>) -> Read<()> {
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
        let moving =
            graded.otherwise.as_ref().is_some_and(|o| matches!(o.award, Award::Rate(_) | Award::Steps(_)));
        if !moving {
            return refuse(all, "没有写明在什么情况下得分");
        }
    }
    check_states(graded, context, all)
}

/// Grade words beside figures: only a denial of the thing itself (未制定制度的不得分) can be told from a number.
fn check_states(graded: &Graded, context: &Context, all: &str) -> Read<()> {
    for (at, state) in graded.states.iter().enumerate() {
        if graded.states.iter().take(at).any(|s| s.label == state.label) {
            return refuse(&state.label, "同一情形规定了两次");
        }
        if matches!(state.award, Award::Rate(_) | Award::Steps(_)) {
            return refuse(&state.label, "需要具体数值才能计算得分");
        }
    }
    let numeric = !graded.bands.is_empty()
        || graded.otherwise.as_ref().is_some_and(|o| matches!(o.award, Award::Rate(_) | Award::Steps(_)));
    if graded.states.is_empty() {
        return Ok(());
    }
    if numeric {
        for state in &graded.states {
            let denies = ["未", "无", "没有", "没"].iter().find_map(|no| state.label.strip_prefix(no));
            let end_award = matches!(state.award, Award::Full) || state.award == Award::ZERO;
            let about = denies.is_some_and(|thing| {
                thing.contains("该项")
                    || thing.contains("任务")
                    || shares_pair(thing, all, &state.label)
                    || shares_pair(thing, context.indicator, "")
            });
            if !end_award || !about {
                return refuse(&state.label, "文字情形与数值标准混在一起，无法从一个实际完成值确定得分");
            }
        }
        return Ok(());
    }
    single_state(graded, context, all)
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
