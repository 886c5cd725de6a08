//! What a document says, paragraph by paragraph and table by table: only for reading, never for writing.
//!
//! Changes that somebody tracked count as accepted; hidden and struck-out words are no text. Both are said.

mod body;
mod numbering;
mod plain;

pub use plain::plain;

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use crate::base::{Error, ErrorCode, Result};
use crate::package::parts::resolve;
use crate::package::xml::Doc;
use crate::package::{Package, within};
use body::Body;
use numbering::Numbering;

/// Paragraphs that are read of a document; a report of four hundred pages has a quarter of it.
pub(super) const MAX_PARAGRAPHS: usize = 40_000;
/// Characters that are read of a document.
pub(super) const MAX_CHARS: usize = 4_000_000;
/// Uncompressed bytes of a part of text.
const MAX_TEXT_PART: usize = 48 * 1024 * 1024;

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextRegion {
    /// In the text itself.
    Body,
    /// In a cell of a table.
    Cell,
    /// In a text box.
    TextBox,
    /// In a footnote or an endnote.
    Note,
    /// In a header or a footer.
    Margin,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Which of the paragraphs that hold something it is, from 1; of a plain text its line.
    pub number: u32,
    /// Where it stands.
    pub place: TextRegion,
    /// The level of its heading by its style, from 1; `None` where its style says nothing.
    pub level: Option<u8>,
    /// What it says, its automatic number included.
    pub text: String,
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// The column that it begins in, from 0.
    pub col: u32,
    /// How many columns it covers.
    pub span: u32,
    /// Whether it only continues the cell above it.
    pub continued: bool,
    /// The number of its first paragraph; 0 where it is blank.
    pub number: u32,
    /// What it says, its paragraphs in lines.
    pub text: String,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Table {
    /// Which of the tables it is, from 1.
    pub number: u32,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph that is in no table.
    Paragraph(Paragraph),
    /// A table; its paragraphs are in its cells.
    Table(Table),
}

/// What a document says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its pieces in reading order; notes, headers and footers behind the text.
    pub pieces: Vec<Block>,
    /// Whether its places are lines of a plain text.
    pub lines: bool,
    /// How it was read, where that is to be said, in Chinese.
    pub remarks: Vec<&'static str>,
}

/// Reads a `.docx`.
pub fn read(mut reader: impl Read + Seek) -> Result<Document> {
    let mut head = [0_u8; 8];
    let mut have = 0;
    while let Some(rest) = head.get_mut(have..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => break,
            Ok(read) => have = have.saturating_add(read),
            Err(cause) => return Err(unreadable().because(cause)),
        }
    }
    reader.rewind().map_err(|cause| unreadable().because(cause))?;
    if head == [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] {
        let hint = "请用 Word 或 WPS 打开，去掉打开密码，另存为 .docx 后再提交。";
        return Err(Error::input("文件设有密码，或是 .doc 旧格式，不能直接读取", hint));
    }
    if !head.starts_with(b"PK") {
        return Err(no_document());
    }
    let mut package = Package::open(reader)?.ok_or_else(no_document)?;
    let main = package.main_part()?.ok_or_else(no_document)?;
    let root = part(&mut package, &main)?.ok_or_else(no_document)?;
    if root.tag(root.root()).local() != b"document" {
        return Err(no_document());
    }
    let rels = package.rels(&main)?;
    let linked =
        |kind: &str| -> Vec<String> { rels.of_kind(kind).map(|rel| resolve(&main, &rel.target)).collect() };
    let mut helper = |kind: &str| -> Result<Option<Doc>> {
        linked(kind).first().map(|name| part(&mut package, name)).transpose().map(Option::flatten)
    };
    let (styles, lists) = (helper("styles")?, helper("numbering")?);
    let mut body = Body::new(Numbering::read(styles.as_ref(), lists.as_ref()));
    body.read(&root, TextRegion::Body)?;
    let notes = ["footnotes", "endnotes"].map(|kind| (kind, TextRegion::Note));
    let margins = ["header", "footer"].map(|kind| (kind, TextRegion::Margin));
    for (kind, place) in notes.into_iter().chain(margins) {
        let mut seen = BTreeSet::new();
        for name in linked(kind) {
            if !seen.insert(name.clone()) {
                continue;
            }
            if let Some(root) = part(&mut package, &name)? {
                body.read(&root, place)?;
            }
        }
    }
    Ok(body.done())
}

/// A part of text, parsed; `None` where it is not there.
fn part<R: Read + Seek>(package: &mut Package<R>, name: &str) -> Result<Option<Doc>> {
    if package.part_size(name).is_some_and(|size| size > MAX_TEXT_PART) {
        return Err(excessive());
    }
    let bytes = package.read_text(name)?;
    bytes.map(|bytes| Doc::parse(bytes).map_err(|error| within(name, error))).transpose()
}

fn unreadable() -> Error {
    Error::input("读取文件失败", "请检查磁盘或网络位置是否可用，然后重试。")
}

fn no_document() -> Error {
    let hint = "请提交 Word 文档（.docx）；其他格式请用 Word 或 WPS 另存为 .docx。";
    Error::input("文件不是 Word 文档（.docx）", hint)
}

pub(super) fn excessive() -> Error {
    let hint = "请确认文件来源；确为正常报告的，请删去无关内容后再提交。";
    Error::input("文档内容异常庞大，已停止读取", hint).coded(ErrorCode::InputExcessive)
}
