//! Charts: a drawing whose alternative text is `绩效图:一级指标:名称:得分率数` shows, in its first series, a value of each
//! element of a list. The text stays, so that a report that comes back can be brought up to date.

use std::io::{Read, Seek};
use std::ops::Range;

use super::open::Document;
use super::place::Place;
use super::value::{Schema, Scope, Shape, Value};
use crate::base::{Number, Result};
use crate::package::parts::resolve;
use crate::package::within;
use crate::package::xml::{Doc, Id, escape_text};

/// How the alternative text of a chart begins that is filled.
const CHART: &str = "绩效图:";

/// A chart to fill.
#[derive(Debug)]
pub(crate) struct Chart {
    /// Its part.
    pub(crate) part: String,
    list: String,
    label: String,
    value: String,
    prefix: String,
    /// Where its categories and its values stand.
    labels: Range<u64>,
    values: Range<u64>,
}

/// The charts of a document that are to be filled.
pub(crate) fn read<R: Read + Seek>(
    document: &mut Document<R>,
    schema: &Schema,
    faults: &mut Vec<String>,
) -> Result<Vec<Chart>> {
    let Some(body) = document.stories.first() else { return Ok(Vec::new()) };
    let tree = &body.tree;
    let mut asked: Vec<(String, Option<String>, String)> = Vec::new();
    for at in (0..tree.len()).filter(|at| tree.tag(*at).local() == b"docPr") {
        let text = tree.tag(at).get("descr").unwrap_or_default();
        let Some(written) = text.strip_prefix(CHART) else { continue };
        let drawing = tree.parent(at);
        let chart =
            drawing.and_then(|drawing| tree.inside(drawing).find(|at| tree.tag(*at).local() == b"chart"));
        let id = chart.and_then(|chart| tree.tag(chart).get_prefixed("id"));
        let place = tree.paragraph_of(at).map_or_else(String::new, |at| Place::of(body, at).to_string());
        asked.push((written.to_owned(), id, place));
    }
    let main = body.part.clone();
    let rels = document.package.rels(&main)?;
    let mut charts = Vec::new();
    for (written, id, place) in asked {
        let rel = id.and_then(|id| rels.by_id(&id).filter(|rel| !rel.external));
        let part = rel.map(|rel| resolve(&main, &rel.target));
        let bytes = match &part {
            Some(part) => document.package.read_part(part)?,
            None => None,
        };
        let (Some(part), Some(bytes)) = (part, bytes) else {
            faults.push(format!("{place}：“{CHART}{written}”不是图表"));
            continue;
        };
        let doc = Doc::parse(bytes).map_err(|error| within(&part, error))?;
        match one(&doc, &written, schema) {
            Ok((names, prefix, [labels, values])) => {
                let [list, label, value] = names;
                charts.push(Chart { part, list, label, value, prefix, labels, values });
            }
            Err(words) => faults.push(format!("{place}：图表{words}")),
        }
    }
    Ok(charts)
}

type Taken = ([String; 3], String, [Range<u64>; 2]);

fn one(doc: &Doc, written: &str, schema: &Schema) -> std::result::Result<Taken, String> {
    let parts: Vec<String> = written.split([':', '：']).map(|part| part.trim().to_owned()).collect();
    let Ok([list, label, value]) = <[String; 3]>::try_from(parts) else {
        return Err(format!("“{CHART}{written}”应写成“{CHART}列表:名称:数值”"));
    };
    let Some(Shape::List(inner)) = schema.get(&list) else {
        return Err(format!("没有名为“{list}”的列表"));
    };
    for name in [&label, &value] {
        if inner.get(name) != Some(&Shape::Text) {
            return Err(format!("列表“{list}”中没有名为“{name}”的内容"));
        }
    }
    let series = first_series(doc, doc.root()).ok_or_else(|| "没有数据系列".to_owned())?;
    let inside = |local: &str| {
        let element = doc.child(series, local)?;
        Some(doc.open_range(element).end..doc.close_at(element))
    };
    let (Some(labels), Some(values)) = (inside("cat"), inside("val")) else {
        return Err("没有分类轴或数值".to_owned());
    };
    let prefix = String::from_utf8_lossy(doc.tag(series).prefix()).into_owned();
    let prefix = if prefix.is_empty() { prefix } else { format!("{prefix}:") };
    Ok(([list, label, value], prefix, [labels, values]))
}

fn first_series(doc: &Doc, at: Id) -> Option<Id> {
    doc.children(at).find_map(|child| {
        if doc.tag(child).local() == b"ser" { Some(child) } else { first_series(doc, child) }
    })
}

impl Chart {
    /// What it shows.
    pub(crate) fn edits(&self, data: &Scope) -> Vec<(Range<u64>, Vec<u8>)> {
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
            if value.parse::<Number>().is_ok() {
                values.push_str(&format!("<{p}pt idx=\"{number}\"><{p}v>{value}</{p}v></{p}pt>"));
            }
        }
        let count = format!("<{p}ptCount val=\"{}\"/>", elements.len());
        let numbers = format!("<{p}numLit><{p}formatCode>0.0%</{p}formatCode>{count}{values}</{p}numLit>");
        vec![
            (self.labels.clone(), format!("<{p}strLit>{count}{labels}</{p}strLit>").into_bytes()),
            (self.values.clone(), numbers.into_bytes()),
        ]
    }
}
