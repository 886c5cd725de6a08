//! The canonical sentence of a list of items, which the criterion room parses back to the same rule.

use std::fmt::Write as _;

use crate::base::Number;
use crate::rule::checklist::{Checklist, CountBand, Scheme};
use crate::rule::measure::Measure;
use crate::rule::words::percent;

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
    pub(in crate::rule) fn sentence(&self) -> String {
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
        let veto = self.veto();
        let most =
            |most: &Option<Number>| most.map_or_else(|| "扣完为止".to_owned(), |n| format!("最多扣{n}分"));
        let rest = match &self.scheme {
            Scheme::Sum => return format!("{sentence}{veto}"),
            Scheme::EachShare(share) => format!("每符合一项得分值的{}", percent(share.number())),
            Scheme::Deduct { per, most: limit } => format!("每有一项不符合扣{per}分，{}", most(limit)),
            Scheme::Cases { per, most: limit, unit } => {
                format!("每发现1{}扣{per}分，{}", unit.word, most(limit))
            }
            Scheme::Bands { bands, otherwise } => {
                let mut clauses: Vec<String> = Vec::new();
                for band in bands {
                    let mut text = count(band, items);
                    text.push_str(&band.award.reading(&Measure::Value));
                    clauses.push(text);
                }
                if let Some(rest) = otherwise {
                    let mut text = "其余情况".to_owned();
                    text.push_str(&rest.reading(&Measure::Value));
                    clauses.push(text);
                }
                clauses.join("；")
            }
        };
        sentence.push_str(&rest);
        sentence.push('。');
        sentence.push_str(&veto);
        sentence
    }

    /// `②不符合的本指标不得分。`
    fn veto(&self) -> String {
        let of: Vec<&str> = self
            .vetoes
            .iter()
            .filter_map(|at| self.items.get(usize::from(*at)))
            .map(|item| item.label.as_str())
            .collect();
        if of.is_empty() {
            String::new()
        } else {
            format!("{}不符合的本指标不得分。", of.join(""))
        }
    }
}
