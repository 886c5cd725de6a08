//! What a document may not hold here: what acts by itself (macros, objects of other programs, fields that fetch), what leads
//! out of it, and whole files inside it. All of it is said at once, each at its paragraph.

use std::io::{Read, Seek};

use super::open::{Document, Story, for_word};
use super::place::Place;
use super::tree::Kind;
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
    let mut faults = relationships(document)?;
    for story in &document.stories {
        elements(story, &mut faults);
        fields(story, &mut faults);
    }
    faults.dedup();
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

/// What relationships lead to.
fn relationships<R: Read + Seek>(document: &mut Document<R>) -> Result<Vec<String>> {
    let mut faults = Vec::new();
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
                return Ok(faults);
            }
            let place = || place_of(&document.stories, &source, &rel.id);
            if let Some(what) = active(&rel.kind) {
                faults.push(format!("{what}：{}。", place()));
            } else if rel.external && rel.kind != "hyperlink" {
                let target: String = rel.target.chars().take(80).collect();
                faults.push(format!("指向文件之外的内容（{}，{target}）：{}。", rel.kind, place()));
            }
        }
    }
    Ok(faults)
}

/// Where a relationship is used.
fn place_of(stories: &[Story], source: &str, id: &str) -> String {
    let story = stories.iter().find(|story| part_key(&story.part) == part_key(source));
    let used = story.and_then(|story| {
        let uses = |at: &usize| {
            let tag = story.tree.tag(*at);
            tag.attributes().any(|(name, value)| name.contains(&b':') && value == id.as_bytes())
        };
        let at = (0..story.tree.len()).find(uses)?;
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
    /// Whether another field stands in its instruction.
    nested: bool,
}

/// Fields that fetch or act.
fn fields(story: &Story, faults: &mut Vec<String>) {
    let tree = &story.tree;
    let mut open: Vec<Field> = Vec::new();
    let mut judge = |field: &Field| {
        if faults.len() > MAX_FOUND {
            return;
        }
        if let Some(what) = forbidden(&field.instruction, field.nested) {
            let place = field
                .paragraph
                .map_or_else(|| story.kind.name().to_owned(), |at| Place::of(story, at).to_string());
            faults.push(format!("{what}：{place}。"));
        }
    };
    for at in 0..tree.len() {
        match tree.kind(at) {
            Kind::SimpleField => {
                let instruction = tree.value(at, "instr").unwrap_or_default();
                judge(&Field { paragraph: tree.paragraph_of(at), instruction, said: true, nested: false });
            }
            Kind::FieldMark => match tree.value(at, "fldCharType").as_deref() {
                Some("begin") => {
                    if let Some(around) = open.last_mut().filter(|field| !field.said) {
                        around.nested = true;
                    }
                    let paragraph = tree.paragraph_of(at);
                    open.push(Field { paragraph, instruction: String::new(), said: false, nested: false });
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
                    judge(&Field {
                        paragraph: tree.paragraph_of(at),
                        instruction,
                        said: true,
                        nested: false,
                    });
                }
            }
            _ => {}
        }
    }
    for field in &open {
        judge(field);
    }
}

/// What is wrong with a field of this instruction.
fn forbidden(instruction: &str, nested: bool) -> Option<String> {
    let word = instruction.split_whitespace().next().unwrap_or_default();
    let word = word.split(['\\', '"']).next().unwrap_or_default().to_ascii_uppercase();
    if word.is_empty() {
        // What another field makes of it cannot be known.
        return nested.then(|| "域的名称由另一个域产生".to_owned());
    }
    FETCHING.contains(&word.as_str()).then(|| format!("会读取其他文件或运行程序的域（{word}）"))
}
