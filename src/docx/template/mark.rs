//! The mark of a draft on every page: where a template has no place for it, it gets one at the top of each header, and a
//! header where a page has none.

use std::io::{Read, Seek};

use crate::base::Result;
use crate::docx::open::{Document, Story, StoryKind};
use crate::docx::tree::{Kind, Tree};
use crate::package::parts::relative;
use crate::package::xml::{Splices, escape_text};
use crate::package::{NewPart, PartEdits};

/// What stands for the mark in a template.
const MARK: &str = "初稿标记";
/// How a mark begins and ends.
const BEGINS: &str = "初稿：尚有";
const ENDS: &str = "，不得报送";

/// The mark of a draft in which this is open.
pub(crate) fn mark(open: &str) -> String {
    format!("{BEGINS}{open}{ENDS}")
}

/// Whether a paragraph is a mark of ours, for every program keeps its words.
pub(super) fn is_mark(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(BEGINS) && text.ends_with(ENDS)
}

/// The content type of a header.
const HEADER: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml";
/// The kinds of pages that have a header of their own.
const PAGES: [&str; 3] = ["default", "first", "even"];

/// Whether a part shows the mark by itself.
fn shows(story: &Story) -> bool {
    let tree = &story.tree;
    let tagged = |at: usize| {
        let name = tree.value(at, "val").unwrap_or_default();
        tree.tag(at).local() == b"tag" && name.contains(MARK)
    };
    tree.paragraphs().map(|at| tree.text(at)).any(|text| text.contains(MARK) || is_mark(&text))
        || (0..tree.len()).any(tagged)
}

/// The mark as a paragraph.
fn paragraph(prefix: &str, words: &str) -> String {
    let p = prefix;
    let words = escape_text(words);
    format!(
        "<{p}p><{p}pPr><{p}jc {p}val=\"center\"/></{p}pPr><{p}r><{p}rPr><{p}b/><{p}color {p}val=\"C00000\"/></{p}rPr>\
         <{p}t xml:space=\"preserve\">{words}</{p}t></{p}r></{p}p>"
    )
}

/// Puts the mark where no header of the template has it.
pub(super) fn add<R: Read + Seek>(
    document: &mut Document<R>,
    edits: &mut PartEdits,
    words: &str,
) -> Result<()> {
    let headers = document.stories.iter().filter(|story| story.kind == StoryKind::Header);
    let mut put: Vec<(String, Splices)> = Vec::new();
    for story in headers.filter(|story| !shows(story)) {
        let tree = &story.tree;
        let mark = paragraph(tree.prefix(), words);
        let mut splices = Splices::default();
        let tag = tree.tag(0);
        if tag.is_empty() {
            splices.replace(tree.open(0), [tag.opened(), mark.into_bytes(), tag.end()].concat());
        } else {
            splices.insert(tree.open(0).end, mark);
        }
        put.push((story.part.clone(), splices));
    }
    let even = match settings_part(document)? {
        Some(bytes) => Tree::parse(bytes).is_ok_and(|tree| {
            (0..tree.len()).any(|at| tree.tag(at).local() == b"evenAndOddHeaders" && is_on(&tree, at))
        }),
        None => false,
    };
    let Some(body) = document.stories.first() else { return Ok(()) };
    let wanting = wanting(&body.tree, even);
    if !wanting.is_empty() {
        let (part, splices) = new_header(document, edits, words, &wanting)?;
        put.push((part, splices));
    }
    for (part, splices) in put {
        edits.splice(&document.package, &part, splices)?;
    }
    Ok(())
}

fn settings_part<R: Read + Seek>(document: &mut Document<R>) -> Result<Option<Vec<u8>>> {
    let Some(main) = document.stories.first().map(|story| story.part.clone()) else { return Ok(None) };
    let rels = document.package.rels(&main)?;
    let part = rels.of_kind("settings").next().map(|rel| crate::package::parts::resolve(&main, &rel.target));
    match part {
        Some(part) => document.package.read_part(&part),
        None => Ok(None),
    }
}

/// Whether a switch is on: it is where nothing says that it is off.
fn is_on(tree: &Tree, at: usize) -> bool {
    !matches!(tree.value(at, "val").as_deref(), Some("0" | "false" | "off"))
}

/// A section, `None` where the text ends without one, and a kind of pages of it for which no header is said.
type Wanting = Vec<(Option<usize>, &'static str)>;

fn wanting(tree: &Tree, even: bool) -> Wanting {
    let mut have: Vec<String> = Vec::new();
    let mut wanting = Vec::new();
    let current = |at: &usize| {
        // What a section was before a change that is tracked stands inside of that.
        tree.kind(*at) == Kind::Section
            && !tree.around(*at).any(|at| tree.tag(at).local().ends_with(b"Change"))
    };
    let sections: Vec<usize> = (0..tree.len()).filter(current).collect();
    for section in &sections {
        let references = tree.children(*section).filter(|at| tree.tag(*at).local() == b"headerReference");
        have.extend(references.map(|at| tree.value(at, "type").unwrap_or_else(|| "default".to_owned())));
        let title = tree.named(*section, "titlePg").is_some_and(|at| is_on(tree, at));
        for page in PAGES {
            let asked = page == "default" || (page == "first" && title) || (page == "even" && even);
            if asked && !have.iter().any(|have| have == page) {
                wanting.push((Some(*section), page));
                have.push(page.to_owned());
            }
        }
    }
    if sections.is_empty() {
        wanting.push((None, "default"));
    }
    wanting
}

/// A header with nothing but the mark, and the references to it.
fn new_header<R: Read + Seek>(
    document: &mut Document<R>,
    edits: &mut PartEdits,
    words: &str,
    wanting: &Wanting,
) -> Result<(String, Splices)> {
    let Document { package, stories, .. } = document;
    let Some(body) = stories.first() else { return Ok((String::new(), Splices::default())) };
    let (tree, main) = (&body.tree, body.part.clone());
    let prefix = tree.prefix();
    let root = tree.tag(0);
    let namespace = root
        .attributes()
        .find(|(name, _)| {
            *name == b"xmlns" || name.strip_prefix(b"xmlns:") == Some(prefix.trim_end_matches(':').as_bytes())
        })
        .map(|(_, value)| String::from_utf8_lossy(value).into_owned())
        .unwrap_or_default();
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = edits.names.free(&format!("{folder}{}header.xml", if folder.is_empty() { "" } else { "/" }));
    let rels = edits.rels_of(package, &main)?;
    let like = rels.list().iter().find(|rel| rel.kind == "styles").map(|rel| rel.full_kind.clone());
    let like = like.unwrap_or_else(|| {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles".to_owned()
    });
    let kind = like.strip_suffix("styles").unwrap_or(&like).to_owned();
    let id = rels.add(&format!("{kind}header"), &relative(&main, &name), false);
    let declared = if prefix.is_empty() {
        "xmlns".to_owned()
    } else {
        format!("xmlns:{}", prefix.trim_end_matches(':'))
    };
    let bytes = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{prefix}hdr {declared}=\"{namespace}\">{}</{prefix}hdr>",
        paragraph(prefix, words)
    );
    edits.add(NewPart { name, bytes: bytes.into_bytes(), kind: Some(HEADER.to_owned()) });
    let kind = kind.trim_end_matches('/');
    let reference = |page: &str| {
        format!("<{prefix}headerReference {prefix}type=\"{page}\" xmlns:r=\"{kind}\" r:id=\"{id}\"/>")
    };
    let mut splices = Splices::default();
    let sections: std::collections::BTreeSet<Option<usize>> =
        wanting.iter().map(|(section, _)| *section).collect();
    for section in sections {
        let own = wanting.iter().filter(|(other, _)| *other == section);
        let text: String = own.map(|(_, page)| reference(page)).collect();
        match section {
            Some(at) if tree.tag(at).is_empty() => {
                let tag = tree.tag(at);
                splices.replace(tree.open(at), [tag.opened(), text.into_bytes(), tag.end()].concat());
            }
            Some(at) => splices.insert(tree.open(at).end, text),
            None => {
                let Some(body) = tree.named(0, "body") else { continue };
                splices.insert(tree.inner(body).end, format!("<{prefix}sectPr>{text}</{prefix}sectPr>"));
            }
        }
    }
    Ok((main, splices))
}
