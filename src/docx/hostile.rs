//! What a document may not hold here: what acts by itself (macros, objects of other programs, fields that fetch), what leads
//! out of it, and whole files inside it. All of it is said at once, each at its paragraph.

use std::io::{Read, Seek};

use super::open::{Document, Story, StoryKind, for_word};
use super::place::Place;
use super::tree::{Kind, Tree};
use crate::base::{Error, Result};
use crate::package::part_key;

/// What a relationship leads to that acts, by the last word of its type.
fn active(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "vbaProject" | "wordVbaData" => "宏（VBA）",
        "oleObject" => "嵌入的 OLE 对象",
        "control" | "activeXControlBinary" => "ActiveX 控件",
        "aFChunk" => "嵌入的外部文档（altChunk）",
        "attachedTemplate" => "附加模板",
        "subDocument" => "子文档",
        _ => return None,
    })
}

/// Fields that fetch or run something when they are updated.
const FETCHING: [&str; 11] = [
    "DATABASE",
    "DDE",
    "DDEAUTO",
    "EMBED",
    "IMPORT",
    "INCLUDE",
    "INCLUDEPICTURE",
    "INCLUDETEXT",
    "LINK",
    "MACROBUTTON",
    "RD",
];
/// Faults that are told; a file made to annoy has thousands.
const MAX_TOLD: usize = 50;
/// Faults after which no more are looked for.
const MAX_FOUND: usize = 500;
/// Parts with text beside those of the text itself.
const MAX_HIDDEN: usize = 400;

/// Refuses a main part that is no document: one with macros says so itself.
pub(super) fn check_type(kind: &str) -> Result<()> {
    let lower = kind.to_ascii_lowercase();
    if lower.contains("macroenabled") {
        return Err(refused(&["文档带有宏（.docm）。".to_owned()]));
    }
    if lower.contains("wordprocessingml.template") {
        return Err(Error::input(
            "文件是 Word 模板（.dotx）。",
            "请用 Word 或 WPS 打开，另存为 .docx 后再使用。",
        ));
    }
    if lower.contains("wordprocessingml.document.main") || lower == "application/xml" {
        return Ok(());
    }
    Err(Error::input("不是 Word 文档（.docx）。", "请用 Word 或 WPS 打开，另存为 .docx 后再使用。"))
}

/// Refuses a document that could act or lead elsewhere.
pub(super) fn check<R: Read + Seek>(document: &mut Document<R>) -> Result<()> {
    let mut faults = entries(document);
    let mut hidden: Vec<(StoryKind, String)> = Vec::new();
    relationships(document, &mut faults, &mut hidden)?;
    let mut others = Vec::new();
    for (kind, part) in hidden.into_iter().take(MAX_HIDDEN) {
        others.extend(document.story(kind, &part).map_err(for_word)?);
    }
    for story in document.stories.iter().chain(&others) {
        elements(story, &mut faults);
        fields(story, &mut faults);
    }
    let mut told = std::collections::BTreeSet::new();
    faults.retain(|fault| told.insert(fault.clone()));
    if faults.is_empty() { Ok(()) } else { Err(refused(&faults)) }
}

fn refused(faults: &[String]) -> Error {
    let mut lines: Vec<&str> = faults.iter().take(MAX_TOLD).map(String::as_str).collect();
    let more = format!("……共 {} 处。", faults.len());
    if faults.len() > MAX_TOLD {
        lines.push(&more);
    }
    Error::usage(
        format!("文档中有不能使用的内容：\n{}", lines.join("\n")),
        "请在 Word 或 WPS 中删去上述内容（图片请直接插入，不用链接；域请按 Ctrl+Shift+F9 转为文字），另存为 .docx 后重试。",
    )
}

/// Entries that would be put outside of the folder into which the package is taken apart.
fn entries<R: Read + Seek>(document: &Document<R>) -> Vec<String> {
    let leads_out = |name: &&str| {
        name.starts_with(['/', '\\'])
            || name.contains(':')
            || name.split(['/', '\\']).any(|step| step == "..")
    };
    let out = document.package.names().filter(leads_out).take(MAX_FOUND);
    out.map(|name| format!("压缩包中路径异常的文件：{}。", crate::base::printable(name))).collect()
}

/// Whether a target names something outside of the package, whatever its relationship says.
fn is_elsewhere(target: &str) -> bool {
    let scheme = target.split(['/', '#', '?']).next().unwrap_or_default();
    scheme.contains(':') || target.starts_with("//") || target.starts_with("\\\\")
}

/// What relationships lead to; parts with text that no relationship of the text itself leads to are `hidden`.
fn relationships<R: Read + Seek>(
    document: &mut Document<R>,
    faults: &mut Vec<String>,
    hidden: &mut Vec<(StoryKind, String)>,
) -> Result<()> {
    let names: Vec<String> = document.package.names().map(str::to_owned).collect();
    for name in &names {
        let key = part_key(name);
        if key.ends_with("vbaproject.bin") || key.ends_with("vbadata.xml") {
            faults.push(format!("宏（VBA）：部件 {name}。"));
        }
        let Some(source) = crate::package::parts::source_of(&key) else { continue };
        let rels = document.package.rels(&source).map_err(for_word)?;
        for rel in rels.list() {
            if faults.len() > MAX_FOUND {
                return Ok(());
            }
            let kind = StoryKind::of_relationship(&rel.kind);
            let kind = kind.or((rel.kind == "glossaryDocument").then_some(StoryKind::Glossary));
            if let Some(kind) = kind.filter(|_| !rel.external) {
                let part = crate::package::parts::resolve(&source, &rel.target);
                let has = |have: &str| part_key(have) == part_key(&part);
                if !document.stories.iter().any(|story| has(&story.part))
                    && !hidden.iter().any(|(_, have)| has(have))
                {
                    // What belongs to the building blocks stands in no page of the text.
                    let of_glossary = hidden.iter().any(|(_, have)| part_key(have) == source);
                    hidden.push((if of_glossary { StoryKind::Glossary } else { kind }, part));
                }
            }
            let place = || place_of(&document.stories, &source, &rel.id);
            let external = rel.external || is_elsewhere(&rel.target);
            let link = rel.kind == "hyperlink" && only_linked(&document.stories, &source, &rel.id);
            if let Some(what) = active(&rel.kind) {
                faults.push(format!("{what}：{}。", place()));
            } else if external && !link {
                let target: String = rel.target.chars().take(80).collect();
                faults.push(format!("指向文件之外的内容（{}，{target}）：{}。", rel.kind, place()));
            }
        }
    }
    Ok(())
}

/// Whether a relationship is used by hyperlinks alone.
fn only_linked(stories: &[Story], source: &str, id: &str) -> bool {
    let story = stories.iter().find(|story| part_key(&story.part) == part_key(source));
    story.is_none_or(|story| {
        let tree = &story.tree;
        (0..tree.len()).filter(|at| uses(tree, *at, id)).all(|at| {
            let local = tree.tag(at).local();
            [b"hyperlink".as_slice(), b"hlinkClick", b"hlinkHover", b"hlinkMouseOver"].contains(&local)
        })
    })
}

/// Whether an element names a relationship.
fn uses(tree: &Tree, at: usize, id: &str) -> bool {
    let named = |(name, value): (&[u8], &[u8])| name.contains(&b':') && value == id.as_bytes();
    tree.tag(at).attributes().any(named)
}

/// Where a relationship is used.
fn place_of(stories: &[Story], source: &str, id: &str) -> String {
    let story = stories.iter().find(|story| part_key(&story.part) == part_key(source));
    let used = story.and_then(|story| {
        let at = (0..story.tree.len()).find(|at| uses(&story.tree, *at, id))?;
        Some(Place::of(story, story.tree.paragraph_of(at)?).to_string())
    });
    used.unwrap_or_else(|| format!("部件 {source}"))
}

/// Elements that bring in what is not text.
fn elements(story: &Story, faults: &mut Vec<String>) {
    for at in 0..story.tree.len() {
        if faults.len() > MAX_FOUND {
            return;
        }
        let what = match story.tree.kind(at) {
            Kind::AltChunk => "嵌入的外部文档（altChunk）",
            Kind::Object => "嵌入的对象（OLE、ActiveX）",
            _ => continue,
        };
        // A chunk stands between paragraphs.
        let near =
            story.tree.paragraph_of(at).or_else(|| story.tree.paragraphs().take_while(|p| *p < at).last());
        let place = near.map_or_else(|| story.kind.name().to_owned(), |at| Place::of(story, at).to_string());
        faults.push(format!("{what}：{place}。"));
    }
}

/// A field whose instruction is being read.
struct Field {
    paragraph: Option<usize>,
    instruction: String,
    /// Whether its instruction is over.
    said: bool,
    /// Why its name cannot be known.
    unclear: Option<&'static str>,
}

/// How tracked changes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// As if there were none.
    All,
    /// As if they were accepted.
    Accepted,
    /// As if they were rejected.
    Rejected,
}

impl Reading {
    /// Whether an element stands in the text so read.
    fn has(self, tree: &Tree, at: usize) -> bool {
        let gone = match self {
            Self::All => return true,
            Self::Accepted => Kind::Removed,
            Self::Rejected => Kind::Inserted,
        };
        !tree.around(at).any(|at| tree.kind(at) == gone)
    }
}

impl Field {
    fn new(paragraph: Option<usize>) -> Self {
        Self { paragraph, instruction: String::new(), said: false, unclear: None }
    }

    /// Whether its name is still being read: a formula has none.
    fn is_unnamed(&self) -> bool {
        let begun = self.instruction.trim_start();
        !begun.starts_with('=') && !begun.contains(|c: char| c.is_whitespace() || c == '\\' || c == '"')
    }
}

/// Fields that fetch or act, whichever tracked changes are accepted.
fn fields(story: &Story, faults: &mut Vec<String>) {
    for reading in [Reading::All, Reading::Accepted, Reading::Rejected] {
        fields_as(reading, story, faults);
    }
}

fn fields_as(reading: Reading, story: &Story, faults: &mut Vec<String>) {
    let tree = &story.tree;
    let mut open: Vec<Field> = Vec::new();
    let mut judge = |field: &Field| {
        if faults.len() > MAX_FOUND {
            return;
        }
        if let Some(what) = forbidden(field) {
            let place = field
                .paragraph
                .map_or_else(|| story.kind.name().to_owned(), |at| Place::of(story, at).to_string());
            faults.push(format!("{what}：{place}。"));
        }
    };
    for at in (0..tree.len()).filter(|at| is_of_fields(tree.kind(*at)) && reading.has(tree, *at)) {
        match tree.kind(at) {
            Kind::SimpleField => {
                let instruction = tree.value(at, "instr").unwrap_or_default();
                judge(&Field { instruction, ..Field::new(tree.paragraph_of(at)) });
            }
            Kind::FieldMark => match tree.value(at, "fldCharType").as_deref() {
                Some("begin") => {
                    if let Some(around) = open.last_mut().filter(|field| !field.said && field.is_unnamed()) {
                        around.unclear = Some("域的名称由另一个域产生");
                    }
                    open.push(Field::new(tree.paragraph_of(at)));
                }
                Some("separate") => {
                    if let Some(field) = open.last_mut() {
                        field.said = true;
                    }
                }
                Some("end") => {
                    if let Some(field) = open.pop() {
                        judge(&field);
                    }
                }
                _ => {}
            },
            Kind::Instruction => {
                if let Some(field) = open.last_mut().filter(|field| !field.said) {
                    field.instruction.push_str(&tree.content(at));
                } else {
                    // An instruction outside of any field is taken for one by nobody, and judged all the same.
                    let instruction = tree.content(at);
                    judge(&Field { instruction, ..Field::new(tree.paragraph_of(at)) });
                }
            }
            Kind::Text | Kind::Deleted => {
                let unnamed = open.last_mut().filter(|field| !field.said && field.is_unnamed());
                if let Some(field) = unnamed.filter(|_| !tree.content(at).trim().is_empty()) {
                    field.unclear = Some("域的名称写在普通文字里");
                }
            }
            _ => {}
        }
    }
    for field in &open {
        judge(field);
    }
}

fn is_of_fields(kind: Kind) -> bool {
    matches!(kind, Kind::SimpleField | Kind::FieldMark | Kind::Instruction | Kind::Text | Kind::Deleted)
}

/// What is wrong with a field.
fn forbidden(field: &Field) -> Option<String> {
    if let Some(why) = field.unclear {
        return Some(why.to_owned());
    }
    let word = field.instruction.split_whitespace().next().unwrap_or_default();
    let word = word.split(['\\', '"']).next().unwrap_or_default().to_ascii_uppercase();
    FETCHING.contains(&word.as_str()).then(|| format!("会读取其他文件或运行程序的域（{word}）"))
}
