//! Charts: a series whose name is a placeholder of a list (`{{一级指标:名称:得分率数}}`) shows a value of each of its elements.

use std::io::{Read, Seek};
use std::ops::Range;

use super::open::Document;
use super::value::{Schema, Scope, Shape, Value};
use crate::base::Result;
use crate::package::within;
use crate::package::xml::{Doc, Id, escape_text};

/// A chart with series to fill.
#[derive(Debug)]
pub(crate) struct Chart {
    /// Its part.
    pub(crate) part: String,
    series: Vec<Series>,
}

/// A series to fill.
#[derive(Debug)]
struct Series {
    list: String,
    label: String,
    value: String,
    prefix: String,
    /// Where its name, its categories and its values stand.
    name: Range<u64>,
    labels: Range<u64>,
    values: Range<u64>,
}

/// The charts of a document that are to be filled.
pub(crate) fn read<R: Read + Seek>(
    document: &mut Document<R>,
    schema: &Schema,
    faults: &mut Vec<String>,
) -> Result<Vec<Chart>> {
    let mut charts = Vec::new();
    for part in document.charts.clone() {
        let Some(bytes) = document.package.read_part(&part)? else { continue };
        let doc = Doc::parse(bytes).map_err(|error| within(&part, error))?;
        let mut series = Vec::new();
        find(&doc, doc.root(), &mut |at| {
            let Some(name) = doc.child(at, "tx") else { return };
            let text = doc.text(name);
            let Some(inner) = text.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}")) else {
                return;
            };
            match one(&doc, at, inner, schema) {
                Ok(one) => series.push(one),
                Err(words) => faults.push(format!("图表（{part}）：{words}")),
            }
        });
        if !series.is_empty() {
            charts.push(Chart { part, series });
        }
    }
    Ok(charts)
}

fn find(doc: &Doc, at: Id, found: &mut dyn FnMut(Id)) {
    for child in doc.children(at) {
        if doc.tag(child).local() == b"ser" { found(child) } else { find(doc, child, found) }
    }
}

fn one(doc: &Doc, at: Id, written: &str, schema: &Schema) -> std::result::Result<Series, String> {
    let mut parts = written.split([':', '：']).map(|part| part.trim().to_owned());
    let (Some(list), Some(label), Some(value), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(format!("“{{{{{written}}}}}”应写成“{{{{列表:名称:数值}}}}”"));
    };
    let Some(Shape::List(inner)) = schema.get(&list) else {
        return Err(format!("没有名为“{list}”的列表"));
    };
    for name in [&label, &value] {
        if inner.get(name) != Some(&Shape::Text) {
            return Err(format!("列表“{list}”中没有名为“{name}”的内容"));
        }
    }
    let inside = |local: &str| {
        let element = doc.child(at, local)?;
        Some(doc.open_range(element).end..doc.close_at(element))
    };
    let (Some(name), Some(labels), Some(values)) = (inside("tx"), inside("cat"), inside("val")) else {
        return Err(format!("数据系列“{{{{{written}}}}}”没有分类轴或数值"));
    };
    let prefix = String::from_utf8_lossy(doc.tag(at).prefix()).into_owned();
    let prefix = if prefix.is_empty() { prefix } else { format!("{prefix}:") };
    Ok(Series { list, label, value, prefix, name, labels, values })
}

impl Chart {
    /// What its series show.
    pub(crate) fn edits(&self, data: &Scope) -> Vec<(Range<u64>, Vec<u8>)> {
        self.series.iter().flat_map(|series| series.edits(data)).collect()
    }
}

impl Series {
    fn edits(&self, data: &Scope) -> Vec<(Range<u64>, Vec<u8>)> {
        let Some(Value::List(elements)) = data.get(&self.list) else { return Vec::new() };
        let p = &self.prefix;
        let text = |scope: &Scope, name: &str| match scope.get(name) {
            Some(Value::Text(text)) => text.clone(),
            _ => String::new(),
        };
        let (mut labels, mut values) = (String::new(), String::new());
        for (number, scope) in elements.iter().enumerate() {
            let label = escape_text(&text(scope, &self.label));
            labels.push_str(&format!("<{p}pt idx=\"{number}\"><{p}v>{label}</{p}v></{p}pt>"));
            let value = text(scope, &self.value);
            // A value that is not there leaves a gap in the chart.
            if value.parse::<crate::base::Number>().is_ok() {
                values.push_str(&format!("<{p}pt idx=\"{number}\"><{p}v>{value}</{p}v></{p}pt>"));
            }
        }
        let count = format!("<{p}ptCount val=\"{}\"/>", elements.len());
        let name = escape_text(self.value.trim_end_matches('数'));
        vec![
            (self.name.clone(), format!("<{p}v>{name}</{p}v>").into_bytes()),
            (self.labels.clone(), format!("<{p}strLit>{count}{labels}</{p}strLit>").into_bytes()),
            (
                self.values.clone(),
                format!("<{p}numLit><{p}formatCode>0.0%</{p}formatCode>{count}{values}</{p}numLit>")
                    .into_bytes(),
            ),
        ]
    }
}
