//! What `jixiao criterion` is told of standards: 上年值=40万人次；行业值=95%.

use crate::base::{Error, Result};
use crate::model::Standard;
use crate::notation::{Hints, Notation, read_text};
use crate::rule::Known;

/// A standard with its value as it was typed.
pub(super) type Told = (Standard, String);

/// Reads what was typed: one standard or several.
pub(super) fn told<'t>(typed: impl IntoIterator<Item = &'t str>) -> Result<Vec<Told>> {
    let parts = typed.into_iter().flat_map(|text| text.split(['；', ';'])).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(one).collect()
}

fn one(text: &str) -> Result<Told> {
    let read = |standard: Standard| {
        let rest = text.strip_prefix(standard.name())?.trim_start();
        let value = rest.strip_prefix(['=', '＝', ':', '：'])?.trim();
        (!value.is_empty()).then(|| (standard, value.to_owned()))
    };
    Standard::ALL.into_iter().find_map(read).ok_or_else(|| {
        let names = Standard::ALL.map(Standard::name).join("、");
        Error::usage(
            format!("“{text}”不是一个标准的值。"),
            format!("请写成“上年值=40万人次”，名称用{names}之一。"),
        )
    })
}

/// The values as they read beside an actual.
pub(super) fn known(told: &[Told], actual: Option<&Notation>, hints: &Hints) -> Vec<Known> {
    let target = actual.filter(|actual| actual.quantity().is_some()).or(hints.target);
    let hints = Hints { target, ..*hints };
    let known = |(standard, text): &Told| Known {
        standard: *standard,
        read: read_text(text, &hints).ok(),
        text: text.clone(),
    };
    told.iter().map(known).collect()
}
