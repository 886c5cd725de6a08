//! A document as it is opened: its parts with text, and the refusal of what could act or lead elsewhere.

use std::io::{Read, Seek};

use super::hostile;
use super::tree::Tree;
use crate::base::limits::MAX_PART_BYTES;
use crate::base::{Error, ErrorCode, Result};
use crate::package::parts::resolve;
use crate::package::{Package, part_key};

/// Which part of a document a text stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum StoryKind {
    /// The text itself.
    Body,
    /// 页眉.
    Header,
    /// 页脚.
    Footer,
    /// 脚注.
    Footnotes,
    /// 尾注.
    Endnotes,
    /// 批注.
    Comments,
    /// 构建基块: what Word may put into the text later.
    Glossary,
}

impl StoryKind {
    /// What a clerk calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Body => "正文",
            Self::Header => "页眉",
            Self::Footer => "页脚",
            Self::Footnotes => "脚注",
            Self::Endnotes => "尾注",
            Self::Comments => "批注",
            Self::Glossary => "构建基块",
        }
    }

    /// By the last word of the type of the relationship that leads to it.
    pub(super) fn of_relationship(kind: &str) -> Option<Self> {
        Some(match kind {
            "header" => Self::Header,
            "footer" => Self::Footer,
            "footnotes" => Self::Footnotes,
            "endnotes" => Self::Endnotes,
            "comments" => Self::Comments,
            _ => return None,
        })
    }
}

/// A part with text.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    /// Which part.
    pub(crate) kind: StoryKind,
    /// Its name in the package.
    pub(crate) part: String,
    /// What stands in it.
    pub(crate) tree: Tree,
}

/// An opened document: nothing in it acts or leads out of it but hyperlinks.
#[derive(Debug)]
pub(crate) struct Document<R> {
    pub(crate) package: Package<R>,
    /// Its parts with text, the text itself first.
    pub(crate) stories: Vec<Story>,
    /// Where charts stand.
    pub(crate) charts: Vec<String>,
}

/// The largest document that is opened; the longest honest report with its pictures is some ten megabytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Parts with text.
const MAX_STORIES: usize = 400;

impl<R: Read + Seek> Document<R> {
    /// Opens a document, and refuses it where it could act or lead elsewhere: all of that at once.
    pub(crate) fn open(mut reader: R) -> Result<Self> {
        let size = reader.seek(std::io::SeekFrom::End(0)).map_err(crate::package::reading)?;
        if size > MAX_BYTES {
            return Err(for_word(crate::package::fault::excessive(format_args!("{size} 字节"))));
        }
        let package = Package::open(reader).map_err(for_word)?.ok_or_else(no_document)?;
        let mut document = Self { package, stories: Vec::new(), charts: Vec::new() };
        document.find().map_err(for_word)?;
        hostile::check(&mut document)?;
        Ok(document)
    }

    /// Finds the parts with text.
    fn find(&mut self) -> Result<()> {
        let main = self.package.main_part()?.ok_or_else(no_document)?;
        hostile::check_type(self.package.types().of(&main).unwrap_or_default())?;
        self.add(StoryKind::Body, &main)?;
        let rels = self.package.rels(&main)?;
        let mut listed: Vec<(StoryKind, String)> = Vec::new();
        for rel in rels.list().iter().filter(|rel| !rel.external) {
            let part = resolve(&main, &rel.target);
            if rel.kind == "chart" {
                self.charts.push(part);
            } else if let Some(kind) = StoryKind::of_relationship(&rel.kind) {
                // One part may be named by several relationships.
                if !listed.iter().any(|(_, have)| part_key(have) == part_key(&part)) {
                    listed.push((kind, part));
                }
            }
        }
        if listed.len() > MAX_STORIES {
            return Err(crate::package::fault::excessive("页眉、页脚过多"));
        }
        listed.sort();
        for (kind, part) in listed {
            self.add(kind, &part)?;
        }
        Ok(())
    }

    fn add(&mut self, kind: StoryKind, part: &str) -> Result<()> {
        let story = self.story(kind, part)?;
        self.stories.extend(story);
        Ok(())
    }

    /// Reads a part with text; a relationship may lead to a part that is not there.
    pub(super) fn story(&mut self, kind: StoryKind, part: &str) -> Result<Option<Story>> {
        if self
            .package
            .part_size(part)
            .is_some_and(|size| u64::try_from(size).is_ok_and(|s| s > MAX_PART_BYTES))
        {
            return Err(crate::package::fault::excessive(part));
        }
        let Some(bytes) = self.package.read_part(part)? else { return Ok(None) };
        let tree = Tree::parse(bytes).map_err(|error| crate::package::within(part, error))?;
        Ok(Some(Story { kind, part: part.to_owned(), tree }))
    }
}

/// The remedies of the floor below speak of workbooks.
pub(crate) fn for_word(error: Error) -> Error {
    match error.code() {
        ErrorCode::InputDamaged | ErrorCode::Input => {
            error.advised("请用 Word 或 WPS 打开原文件，另存为 .docx 后再使用。")
        }
        ErrorCode::InputExcessive => {
            error.advised("请确认文件来源；如确为正常文档，请删去无关内容后再使用。")
        }
        _ => error,
    }
}

fn no_document() -> Error {
    Error::input("不是 Word 文档（.docx）。", "请用 Word 或 WPS 打开，另存为 .docx 后再使用。")
}
