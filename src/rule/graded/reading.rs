//! The canonical sentence of a rule about one number or one word, which the criterion room parses back to the same rule.

use crate::base::Number;
use crate::notation::{Dimension, Notation};
use crate::rule::award::Side;
use crate::rule::graded::Graded;
use crate::rule::measure::{Measure, Measurement, Subject};
use crate::rule::span::{Amount, Bound, Point, Span, When};
use crate::rule::words::{amount, span};
use crate::rule::{Award, Compared, IndicatorFacts, Rounding};

impl Graded {
    /// What the rate is made of that the conditions are about, where it is made of two numbers.
    pub(in crate::rule) fn compared(&self, on: &Measurement, facts: &IndicatorFacts) -> Option<Compared> {
        let name = match &self.subject {
            Subject::Named(name) => name.as_str(),
            Subject::Unnamed if on.is_share || facts.indicator.is_empty() => "完成率",
            Subject::Unnamed => facts.indicator,
        };
        if on.is_share {
            let actual = facts.actual.and_then(Notation::quantity)?;
            let target = facts.target.and_then(Notation::quantity)?;
            let figures =
                format!("{name}={}{}÷{}{}", actual.number, actual.unit.word, target.number, target.unit.word);
            return Some(Compared { named: Some(format!("{name}=实际完成值÷指标值")), figures });
        }
        let (a, b) = facts.actual.and_then(Notation::quantity)?.fraction?;
        Some(Compared { named: None, figures: format!("{name}={a}÷{b}") })
    }

    /// The canonical sentence.
    pub(in crate::rule) fn sentence(&self) -> String {
        let mut clauses: Vec<String> = Vec::new();
        if let Measure::Lateness(Some(day)) = &self.measure {
            // The deadline is said once, as a base that every condition refers to.
            clauses.push(format!("完成期限为{}年{}月{}日", day.year(), day.month(), day.day()));
        }
        if self.measure == (Measure::Deviation { defined: true }) {
            clauses.push("偏离度=|实际值-目标值|/目标值×100%".to_owned());
        }
        if let Some(definition) = &self.definition {
            clauses.push(definition.text.clone());
        }
        for group in self.states.chunk_by(|a, b| a.award == b.award) {
            // 优、良得满分
            let labels: Vec<&str> = group.iter().map(|state| state.label.as_str()).collect();
            let mut text = format!("实际为“{}”", labels.join("、"));
            if let Some(state) = group.first() {
                text.push_str(&state.award.reading(&self.measure));
            }
            clauses.push(text);
        }
        let subject = match &self.subject {
            Subject::Named(name) => name.as_str(),
            Subject::Unnamed => "",
        };
        // A rule of one general proportion begins with it, as in 按完成比例得分，低于60%得0分。
        let leads = self.otherwise.as_ref().filter(|o| o.award.moves());
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
            text.push_str(&band.award.reading(&self.measure));
            bands.push(text);
        }
        if let Some(rest) = leads {
            let mut text = String::new();
            let unnamed = bands.is_empty() && !named && !subject.is_empty();
            if unnamed && matches!(rest.award, Award::Steps(_) | Award::Line(_)) {
                text.push_str(subject);
            }
            text.push_str(&rest.award.reading(&self.measure));
            match rest.award {
                Award::Rate(_) | Award::Line(_) => clauses.push(text),
                _ => bands.push(text),
            }
        }
        clauses.append(&mut bands);
        if let (None, Some(rest)) = (leads, &self.otherwise) {
            let mut text = "其余情况".to_owned();
            text.push_str(&rest.award.reading(&self.measure));
            clauses.push(text);
        }
        if self.approved {
            clauses.push("经批准延期的视同按时完成".to_owned());
        }
        clauses.extend(self.rounding.map(Rounding::reading));
        let mut sentence = clauses.join("；");
        sentence.push('。');
        sentence
    }

    /// A condition in words.
    pub(in crate::rule) fn when(&self, when: &When) -> String {
        match (&self.measure, when) {
            (Measure::Lateness(_), When::Meets) => "按时完成".to_owned(),
            (Measure::Lateness(_), When::Misses) => "未按时完成".to_owned(),
            (Measure::Lateness(_), When::Within(s)) => {
                let by = |end: &Option<Bound>| match end {
                    Some(Bound { at: Point::Value(a), .. }) => Some(a.unit.dimension.clone()),
                    _ => None,
                };
                if let Some(early) = early(s) {
                    return format!("提前天数{}", span(&early));
                }
                let days = by(&s.upper).or_else(|| by(&s.lower)) == Some(Dimension::Time);
                format!("逾期{}{}", if days { "天数" } else { "时间" }, span(s))
            }
            (Measure::Count(of), When::Within(s)) if of.is_empty() => format!("发现问题数{}", span(s)),
            (Measure::Count(of), When::Within(s)) => format!("发现问题数（{of}）{}", span(s)),
            (Measure::Missing, When::Within(s)) => format!("缺少项数{}", span(s)),
            (Measure::Deviation { .. }, When::Within(s)) => format!("偏离目标值{}", span(s)),
            (_, When::Meets) => "达到目标值".to_owned(),
            (_, When::Misses) => "未达到目标值".to_owned(),
            (_, When::Within(s)) => span(s),
            (_, When::Outside(s)) => match &s.lower {
                Some(Bound { at: Point::Beyond(_, by), .. }) => format!("上下浮动超过{}", amount(by)),
                Some(bound) => format!("不等于{}", bound.at.reading()),
                None => span(s),
            },
        }
    }

    /// The family's name, by its shape.
    pub(in crate::rule) fn name(&self) -> &'static str {
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

/// A stretch of days before the deadline, counted from it.
fn early(span: &Span) -> Option<Span> {
    let before = |bound: &Option<Bound>| match bound {
        Some(Bound { at: Point::Value(amount), .. }) => amount.number.is_negative(),
        _ => false,
    };
    let turned = |bound: &Option<Bound>| match bound {
        Some(Bound { at: Point::Value(amount), inclusive }) => {
            let number = Number::ZERO.minus(amount.number)?;
            Some(Bound { at: Point::Value(Amount { number, ..amount.clone() }), inclusive: *inclusive })
        }
        _ => None,
    };
    (before(&span.lower) || before(&span.upper))
        .then(|| Span { lower: turned(&span.upper), upper: turned(&span.lower) })
}
