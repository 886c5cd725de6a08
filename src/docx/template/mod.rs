//! A template and what it is filled with: every placeholder known before a byte is written, everything that is none left as
//! it is.

mod check;
mod emptied;
mod mark;
mod plan;
mod render;
mod texts;
mod token;
mod update;

use std::io::{Read, Seek, Write};

use super::chart;
use super::open::{Document, Story};
use super::value::{Schema, Scope};
use crate::base::{Error, Result, printable};
use crate::package::parts::resolve;
use crate::package::xml::{Splices, text_of};
use crate::package::{PartEdits, write};

use check::Names;
use plan::{Fault, Item};
use render::{Edit, Renderer, Said};

pub(crate) use mark::mark as draft_mark;
pub(crate) use update::Earlier;
pub use update::Updates;

/// Faults that are told.
const MAX_TOLD: usize = 100;

/// A template, taken apart.
#[derive(Debug)]
pub(crate) struct Template<R> {
    document: Document<R>,
    /// What is to be filled, by story.
    plans: Vec<Vec<Item>>,
    charts: Vec<chart::Chart>,
}

/// A template filled, not yet written.
#[derive(Debug, Default)]
pub(crate) struct Filled {
    edits: Vec<(String, Vec<Edit>)>,
    /// What is left open for a person.
    pub(crate) gaps: Vec<String>,
    /// The passages of ours.
    pub(crate) passages: Vec<Said>,
}

impl<R: Read + Seek> Template<R> {
    /// Opens a template; all that is wrong with its placeholders is said at once.
    pub(crate) fn open(reader: R, schema: &Schema) -> Result<Self> {
        let mut document = Document::open(reader)?;
        let mut faults: Vec<Fault> = Vec::new();
        let mut plans = Vec::new();
        for story in &document.stories {
            // A comment is between those who write the template.
            if story.kind == super::StoryKind::Comments {
                plans.push(Vec::new());
                continue;
            }
            let items = plan::plan(story, schema, &mut faults);
            Names::new(schema).check(story, &items, false, &mut faults);
            outside(story, &mut faults);
            plans.push(items);
        }
        let mut words: Vec<String> = Vec::new();
        faults.sort();
        faults.dedup();
        words.extend(faults.iter().map(|fault| format!("{}：{}", fault.place, printable(&fault.words))));
        let charts = chart::read(&mut document, schema, &mut words)?;
        drawn(&mut document, &mut words)?;
        if words.is_empty() {
            return Ok(Self { document, plans, charts });
        }
        let count = words.len();
        if count > MAX_TOLD {
            words.truncate(MAX_TOLD);
            words.push(format!("……共 {count} 处。"));
        }
        Err(Error::usage(
            format!("模板中的占位符有误：\n{}", words.join("\n")),
            "请按上述各段修改模板；可用的占位符可用 jixiao report --list-fields 列出。",
        ))
    }

    /// Whether it has anything to fill.
    pub(crate) fn asks(&self) -> bool {
        !self.charts.is_empty() || self.plans.iter().any(|items| !items.is_empty())
    }

    /// Fills it; the template stays as it is.
    pub(crate) fn fill(&self, data: &Scope) -> Result<Filled> {
        let mut filled = Filled::default();
        for (story, items) in self.document.stories.iter().zip(&self.plans) {
            let mut renderer = Renderer::new(story);
            let edits = renderer.part(items, data);
            if renderer.too_much {
                return Err(Error::usage(
                    "模板的循环生成的内容过多。",
                    "请检查模板中层层相套的循环（{{#…}}）是否写错。",
                ));
            }
            if let Some(name) = renderer.missing {
                return Err(Error::internal(format_args!("no value of {name}")));
            }
            filled.gaps.append(&mut renderer.gaps);
            filled.passages.append(&mut renderer.passages);
            filled.edits.push((story.part.clone(), edits));
        }
        for chart in &self.charts {
            filled.edits.push((chart.part.clone(), chart.edits(data)));
        }
        Ok(filled)
    }

    /// Writes what was filled: all that has no placeholder keeps its bytes. A draft's `mark` stands on every page, where the
    /// template has no place for it, too.
    pub(crate) fn write<W>(&mut self, filled: &Filled, mark: Option<&str>, out: &mut W) -> Result<()>
    where
        W: Read + Write + Seek,
    {
        written(&mut self.document, filled, mark, out)
    }
}

impl<R: Read + Seek> Earlier<R> {
    /// Writes it brought up to date.
    pub(crate) fn write<W>(&mut self, filled: &Filled, mark: Option<&str>, out: &mut W) -> Result<()>
    where
        W: Read + Write + Seek,
    {
        written(&mut self.document, filled, mark, out)
    }
}

fn written<R, W>(document: &mut Document<R>, filled: &Filled, mark: Option<&str>, out: &mut W) -> Result<()>
where
    R: Read + Seek,
    W: Read + Write + Seek,
{
    let mut edits = PartEdits::new(&document.package);
    let gone = edits.drop_signatures(&mut document.package)?;
    edits.take_out(&mut document.package, &gone, "");
    for (part, changes) in &filled.edits {
        let mut splices = Splices::default();
        let mut end = 0;
        let mut sorted: Vec<&Edit> = changes.iter().collect();
        sorted.sort_by_key(|(at, _)| (at.start, at.end));
        for (at, with) in sorted {
            // What stands inside of something that goes goes with it.
            if at.start >= end {
                splices.replace(at.clone(), with.clone());
                end = at.end;
            }
        }
        edits.splice(&document.package, part, splices)?;
    }
    if let Some(words) = mark {
        mark::add(document, &mut edits, words)?;
    }
    let package = &mut document.package;
    let changes = edits.finish(package, gone)?;
    write(package, &changes, out, &mut |_, part| {
        // All that is changed is XML, and must be it still.
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(crate::package::reading)?;
        crate::package::Doc::parse(bytes).map(drop)
    })?;
    Ok(())
}

/// Placeholders where none is filled: in instructions of fields, in text of drawings.
fn outside(story: &Story, faults: &mut Vec<Fault>) {
    use super::tree::Kind;
    let tree = &story.tree;
    for at in 0..tree.len() {
        let told = ["descr", "title", "alt", "tooltip"];
        let tag = tree.tag(at);
        if told
            .iter()
            .filter_map(|name| tag.get(name).or_else(|| tag.get_prefixed(name)))
            .any(|text| is_marked(&text))
        {
            let place = super::Place::of(story, tree.paragraph_of(at).unwrap_or(at));
            let words = "占位符写在替代文字或提示文字里，不会填写".to_owned();
            faults.push(Fault { place, words });
        }
        let what = match tree.kind(at) {
            Kind::Instruction => "占位符写在域代码里，不会填写",
            Kind::Other if tree.tag(at).local() == b"t" => "占位符写在图形的文字里，不会填写，请改用文本框",
            _ => continue,
        };
        if is_marked(&tree.content(at)) {
            let paragraph = tree.paragraph_of(at).unwrap_or(at);
            faults.push(Fault { place: super::Place::of(story, paragraph), words: what.to_owned() });
        }
    }
}

fn is_marked(text: &str) -> bool {
    text.contains("{{") || text.contains("｛｛")
}

/// Placeholders in charts and diagrams, where none is filled.
fn drawn<R: Read + Seek>(document: &mut Document<R>, faults: &mut Vec<String>) -> Result<()> {
    let sources: Vec<String> = document.stories.iter().map(|story| story.part.clone()).collect();
    for source in sources {
        let rels = document.package.rels(&source)?;
        for rel in rels.list().iter().filter(|rel| !rel.external) {
            let what = match rel.kind.as_str() {
                "chart" | "chartEx" => "图表",
                "diagramData" => "SmartArt",
                _ => continue,
            };
            let part = resolve(&source, &rel.target);
            let Some(bytes) = document.package.read_part(&part)? else { continue };
            let text = text_of(&bytes);
            if is_marked(&text) {
                faults.push(format!("{what}（{part}）：占位符写在{what}的文字里，不会填写，请改写在正文中"));
            }
        }
    }
    Ok(())
}
