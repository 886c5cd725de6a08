//! The canonical sentence of a rule, which the criterion room parses back to the same rule.

use std::fmt::Write as _;

use crate::base::Number;
use crate::notation::Dimension;

use super::checklist::{Checklist, CountBand, Scheme};
use super::graded::Graded;
use super::line::{Knot, Line};
use super::measure::{Measure, Subject};
use super::span::{Amount, Bound, Point, Span, When};
use super::steps::{Per, Side, Steps};
use super::{Award, Partial, Proportion};

/// Words of a criterion. They explain a rule but do not make it another one: any two are equal.
#[derive(Debug, Clone, Default)]
pub struct Words(String);

impl Words {
    /// No words.
    pub const fn empty() -> Self {
        Self(String::new())
    }

    /// These words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartialEq for Words {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// The mark of an item, counted from 0: ① to ⑳, then （21）.
pub(crate) fn mark(at: usize) -> String {
    u32::try_from(at)
        .ok()
        .filter(|at| *at < 20)
        .and_then(|at| char::from_u32(u32::from('①').saturating_add(at)))
        .map_or_else(|| format!("（{}）", at.saturating_add(1)), String::from)
}

pub(super) fn amount(amount: &Amount) -> String {
    format!("{}{}", amount.number, amount.unit.word)
}

pub(super) fn percent(share: Number) -> String {
    // A share that is no decimal is one part of so many.
    if share.round(8) != share
        && let Some(parts) = Number::ONE.over(share).map(|n| n.round(8))
        && Number::ONE.over(parts) == Some(share)
    {
        return format!("1/{parts}");
    }
    format!("{}%", share.times(Number::from(100)).unwrap_or_default())
}

fn point(at: &Point) -> String {
    match at {
        Point::Value(a) => amount(a),
        Point::Target => "目标值".to_owned(),
        Point::OfTarget(share) => format!("目标值的{}", percent(*share)),
        Point::Beyond(Side::Below, a) => format!("目标值以下{}处", amount(a)),
        Point::Beyond(_, a) => format!("目标值以上{}处", amount(a)),
    }
}

fn lower(bound: &Bound) -> String {
    format!("{}{}", if bound.inclusive { "不低于" } else { "高于" }, point(&bound.at))
}

fn upper(bound: &Bound) -> String {
    format!("{}{}", if bound.inclusive { "不高于" } else { "低于" }, point(&bound.at))
}

impl Point {
    /// The place in words.
    pub(super) fn reading(&self) -> String {
        point(self)
    }
}

impl Span {
    /// The stretch in words.
    pub(super) fn reading(&self) -> String {
        span(self)
    }
}

/// A distance from the target in words: 比目标值低4%（含）至8%（不含）.
fn distance(span: &Span) -> Option<String> {
    let beyond = |end: &Option<Bound>| match end {
        Some(Bound { at: Point::Beyond(side, by), inclusive }) => Some((*side, amount(by), *inclusive)),
        _ => None,
    };
    let belongs = |inclusive: bool| if inclusive { "（含）" } else { "（不含）" };
    let at_target = |end: &Option<Bound>| matches!(end, Some(Bound { at: Point::Target, inclusive: false }));
    let side = beyond(&span.lower).or_else(|| beyond(&span.upper))?.0;
    let (near, far) =
        if side == Side::Below { (&span.upper, &span.lower) } else { (&span.lower, &span.upper) };
    let than = if side == Side::Below { "比目标值低" } else { "比目标值高" };
    match (beyond(near), beyond(far)) {
        (Some((_, a, a_in)), Some((_, b, b_in))) => {
            Some(format!("{than}{a}{}至{b}{}", belongs(a_in), belongs(b_in)))
        }
        (Some((_, a, inclusive)), None) if far.is_none() => {
            Some(format!("{than}{a}{}以上", belongs(inclusive)))
        }
        (None, Some((_, b, inclusive))) if at_target(near) => {
            Some(format!("{than}{b}{}以内", belongs(inclusive)))
        }
        _ => None,
    }
}

fn span(span: &Span) -> String {
    if let Some(distance) = distance(span) {
        return distance;
    }
    match (&span.lower, &span.upper) {
        (Some(a), Some(b)) if a == b => format!("等于{}", point(&a.at)),
        (Some(a), Some(b)) => format!("{}且{}", lower(a), upper(b)),
        (Some(a), None) => lower(a),
        (None, Some(b)) => upper(b),
        (None, None) => "任何情况".to_owned(),
    }
}

fn steps(on: &Steps, measure: &Measure, text: &mut String) {
    // 每举办1期得1分 begins at nothing, which is said by what it is counted from.
    if let Some(base) = on.base.filter(|base| !base.is_zero()) {
        let _ = write!(text, "得基础分{base}分，");
    }
    let (side, sign) = match (on.side, on.adds) {
        (Side::Below, _) => ("降低", if on.adds { "加" } else { "扣" }),
        (Side::Above, true) => ("增加", "加"),
        (Side::Above, false) => ("超出", "扣"),
        (Side::Either, _) => ("偏离", if on.adds { "加" } else { "扣" }),
    };
    let length = amount(&on.size);
    let worth = match on.per {
        Per::Points(n) => format!("{n}分"),
        Per::Share(r) => format!("分值的{}", percent(r.number())),
    };
    if let (Measure::Count(_), Point::Value(free)) = (measure, &on.from)
        && let Some(first) = free.number.plus(Number::ONE).filter(|_| !free.number.is_zero())
    {
        let _ = write!(text, "从第{first}{}起", free.unit.word);
    }
    let _ = match measure {
        Measure::Value => write!(text, "比{}每{side}{length}{sign}{worth}", point(&on.from)),
        Measure::Lateness(_) => write!(text, "每逾期{length}{sign}{worth}"),
        Measure::Count(of) => write!(text, "每发现{length}{of}{sign}{worth}"),
        Measure::Missing => write!(text, "每缺少{length}{sign}{worth}"),
    };
    match on.partial {
        Partial::Proportional => {}
        Partial::Up => {
            let _ = write!(text, "，不足{length}的按{length}计算");
        }
        Partial::Down => {
            let _ = write!(text, "，不足{length}的不计");
        }
    }
    if let Some(most) = on.most {
        let _ = write!(text, "，最多{sign}{most}分");
    }
    if let Some(cap) = on.cap {
        let _ = write!(text, "，最高得{cap}分");
    }
    if !on.adds && on.most.is_none() {
        text.push_str("，扣完为止");
    }
}

fn line(on: &Line, text: &mut String) {
    let knot = |knot: &Knot| {
        let points = knot.points.map_or_else(|| "满分".to_owned(), |n| format!("{n}分"));
        format!("{}得{points}", point(&knot.at))
    };
    let _ = write!(text, "按直线内插法得分（{}，{}）", knot(&on.from), knot(&on.to));
}

fn award(on: &Award, measure: &Measure, text: &mut String) {
    match on {
        Award::Full => text.push_str("得满分"),
        Award::Points(n) => {
            let _ = write!(text, "得{n}分");
        }
        Award::Share(r) => {
            let _ = write!(text, "得分值的{}", percent(r.number()));
        }
        Award::Less(n) => {
            let _ = write!(text, "扣{n}分");
        }
        Award::LessShare(r) => {
            let _ = write!(text, "扣分值的{}", percent(r.number()));
        }
        Award::Rate(Proportion { base: None, rate: None, over: None }) => text.push_str("按完成比例得分"),
        Award::Rate(Proportion { base, rate, over }) => {
            let rate = match (rate, over) {
                (Some(rate), None) => rate.clone(),
                (None, None) => "完成比例".to_owned(),
                (rate, Some(over)) => format!("{}/{}", rate.as_deref().unwrap_or("实际完成值"), amount(over)),
            };
            let base = base.map_or_else(|| "分值".to_owned(), |n| format!("{n}分"));
            let _ = write!(text, "得分={rate}×{base}");
        }
        Award::Steps(s) => steps(s, measure, text),
        Award::Line(on) => line(on, text),
    }
}

impl Graded {
    /// The canonical sentence.
    pub(super) fn reading(&self) -> String {
        let mut clauses: Vec<String> = Vec::new();
        if let Measure::Lateness(Some(day)) = &self.measure {
            // The deadline is said once, as a base that every condition refers to.
            clauses.push(format!("完成期限为{}年{}月{}日", day.year(), day.month(), day.day()));
        }
        if let Some(definition) = &self.definition {
            clauses.push(definition.text.clone());
        }
        for group in self.states.chunk_by(|a, b| a.award == b.award) {
            // 优、良得满分
            let labels: Vec<&str> = group.iter().map(|state| state.label.as_str()).collect();
            let mut text = format!("实际为“{}”", labels.join("、"));
            if let Some(state) = group.first() {
                award(&state.award, &self.measure, &mut text);
            }
            clauses.push(text);
        }
        let subject = match &self.subject {
            Subject::Named(name) => name.as_str(),
            Subject::Unnamed => "",
        };
        // A rule of one general proportion begins with it, as in 按完成比例得分，低于60%得0分。
        let leads = self.otherwise.as_ref().filter(|o| o.award.fixed_expr().is_none());
        let mut named = false;
        let mut bands: Vec<String> = Vec::new();
        for band in &self.bands {
            let mut text = String::new();
            if !named && self.measure == Measure::Value {
                text.push_str(subject);
                named = true;
            }
            text.push_str(&self.when(&band.when));
            if matches!(band.award, Award::Steps(_) | Award::Line(_)) {
                text.push_str("的，");
            }
            award(&band.award, &self.measure, &mut text);
            bands.push(text);
        }
        if let Some(rest) = leads {
            let mut text = String::new();
            let unnamed = bands.is_empty() && !named && !subject.is_empty();
            if unnamed && matches!(rest.award, Award::Steps(_) | Award::Line(_)) {
                text.push_str(subject);
            }
            award(&rest.award, &self.measure, &mut text);
            match rest.award {
                Award::Rate(_) | Award::Line(_) => clauses.push(text),
                _ => bands.push(text),
            }
        }
        clauses.append(&mut bands);
        if let (None, Some(rest)) = (leads, &self.otherwise) {
            let mut text = "其余情况".to_owned();
            award(&rest.award, &self.measure, &mut text);
            clauses.push(text);
        }
        let mut sentence = clauses.join("；");
        sentence.push('。');
        sentence
    }

    /// A condition in words.
    pub(super) fn when(&self, when: &When) -> String {
        match (&self.measure, when) {
            (Measure::Lateness(_), When::Meets) => "按时完成".to_owned(),
            (Measure::Lateness(_), When::Misses) => "未按时完成".to_owned(),
            (Measure::Lateness(_), When::Within(s)) => {
                let by = |end: &Option<Bound>| match end {
                    Some(Bound { at: Point::Value(a), .. }) => Some(a.unit.dimension.clone()),
                    _ => None,
                };
                let days = by(&s.upper).or_else(|| by(&s.lower)) == Some(Dimension::Time);
                format!("逾期{}{}", if days { "天数" } else { "时间" }, span(s))
            }
            (Measure::Count(of), When::Within(s)) if of.is_empty() => format!("发现问题数{}", span(s)),
            (Measure::Count(of), When::Within(s)) => format!("发现问题数（{of}）{}", span(s)),
            (Measure::Missing, When::Within(s)) => format!("缺少项数{}", span(s)),
            (_, When::Meets) => "达到目标值".to_owned(),
            (_, When::Misses) => "未达到目标值".to_owned(),
            (_, When::Within(s)) => span(s),
            (_, When::Outside(s)) => match &s.lower {
                Some(Bound { at: Point::Beyond(_, by), .. }) => format!("上下浮动超过{}", amount(by)),
                Some(bound) => format!("不等于{}", point(&bound.at)),
                None => span(s),
            },
        }
    }

    /// The family's name, by its shape.
    pub(super) fn family(&self) -> &'static str {
        if matches!(self.measure, Measure::Lateness(_)) {
            return "date";
        }
        if self.bands.is_empty() && !self.states.is_empty() {
            return if self.states.len() > 2 { "scale" } else { "binary" };
        }
        let mut ratio = false;
        for award in self.all_awards() {
            match award {
                Award::Steps(s) if s.side == Side::Above && s.from == Point::Target && !s.adds => {
                    return "over-budget";
                }
                Award::Steps(_) => return "per-step",
                Award::Rate(_) | Award::Line(_) => ratio = true,
                _ => {}
            }
        }
        if ratio {
            return "ratio";
        }
        let rungs = self.bands.len().saturating_add(usize::from(self.otherwise.is_some()));
        if rungs > 2 { "ladder" } else { "binary" }
    }
}

fn count(band: &CountBand, items: u32) -> String {
    match (band.at_least, band.at_most) {
        (a, b) if a == b && a == items => "全部符合".to_owned(),
        (a, b) if a == b && a == 0 => "均不符合".to_owned(),
        (a, b) if a == b => format!("符合{a}项"),
        (a, b) if b == items => format!("符合{a}项及以上"),
        (0, b) => format!("符合{b}项及以下"),
        (a, b) => format!("符合{a}至{b}项"),
    }
}

impl Checklist {
    /// The canonical sentence.
    pub(super) fn reading(&self) -> String {
        let items = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        let mut parts = Vec::new();
        for item in &self.items {
            let mut text = format!("{}{}", item.label, item.words);
            if let (Some(points), Scheme::Sum) = (item.points, &self.scheme) {
                let _ = write!(text, "，得{points}分");
            }
            parts.push(text);
        }
        let mut sentence = parts.join("；");
        sentence.push('。');
        let most =
            |most: &Option<Number>| most.map_or_else(|| "扣完为止".to_owned(), |n| format!("最多扣{n}分"));
        let rest = match &self.scheme {
            Scheme::Sum => return sentence,
            Scheme::EachShare(share) => format!("每符合一项得分值的{}", percent(share.number())),
            Scheme::Deduct { per, most: limit } => format!("每有一项不符合扣{per}分，{}", most(limit)),
            Scheme::Cases { per, most: limit, unit } => {
                format!("每发现1{}扣{per}分，{}", unit.word, most(limit))
            }
            Scheme::Bands { bands, otherwise } => {
                let mut clauses: Vec<String> = Vec::new();
                for band in bands {
                    let mut text = count(band, items);
                    award(&band.award, &Measure::Value, &mut text);
                    clauses.push(text);
                }
                if let Some(rest) = otherwise {
                    let mut text = "其余情况".to_owned();
                    award(rest, &Measure::Value, &mut text);
                    clauses.push(text);
                }
                clauses.join("；")
            }
        };
        sentence.push_str(&rest);
        sentence.push('。');
        sentence
    }
}
