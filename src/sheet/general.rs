//! A worksheet part of any form, read token by token: for what [`super::plain`] does not read. What a cell's content means
//! is decided there all the same.

use std::io::Read;

use super::general_rows::{Rows, Take};
use super::margins;
use super::namespace::Namespaces;
use super::plain::Context;
use crate::base::{Error, RangeRef, Result};
use crate::package::{Scanner, Tag, TokenKind, unescape};

/// What stands behind the rows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// Merged ranges.
    pub merges: Vec<RangeRef>,
    /// Headers and footers.
    pub margins: Vec<String>,
}

/// Reads the rows of a worksheet part until `take` has enough, then what stands behind them, if that is wanted.
pub(super) fn read(
    part: impl Read,
    context: &Context,
    wants_rest: bool,
    take: &mut Take<'_>,
) -> Result<Behind> {
    let mut rows = Rows::new(context);
    let mut scanner = Scanner::new(part);
    let mut behind = Behind::default();
    let mut enough = false;
    let mut inside = Inside::Head;
    let mut in_margins = false;
    // How deep the alternatives begin that the reader is in, if it is in any.
    let mut alternatives: Option<usize> = None;
    while let Some(token) = scanner.next()? {
        let tag = Tag(token.bytes);
        match (token.kind, inside) {
            (TokenKind::Open | TokenKind::Empty, _) if token.depth == 0 => {
                if tag.local() != b"worksheet" {
                    return Err(odd("内容不是工作表"));
                }
                rows.space = Namespaces::of(tag);
            }
            (TokenKind::Open | TokenKind::Empty, Inside::Head | Inside::Tail) => {
                match (token.depth, tag.local()) {
                    (_, b"AlternateContent") if token.kind == TokenKind::Open => {
                        alternatives = alternatives.or(Some(token.depth));
                    }
                    (_, b"sheetData" | b"mergeCells") if alternatives.is_some() => return Err(two_readings()),
                    (1, b"sheetData") if inside == Inside::Tail => return Err(odd("单元格数据出现了两次")),
                    (1, b"sheetData") if !rows.space.has(tag) => return Err(odd("数据中有不认识的内容")),
                    (1, b"sheetData") if token.kind == TokenKind::Open => inside = Inside::Data,
                    (1, b"sheetData") => inside = Inside::Tail,
                    (_, b"headerFooter") => in_margins = token.kind == TokenKind::Open,
                    (2, b"mergeCell") => {
                        let range = tag.get("ref").and_then(|range| range.parse::<RangeRef>().ok());
                        behind.merges.extend(range);
                    }
                    // What stands deeper, in extensions, is no sheet's data, whatever it is called.
                    _ => {}
                }
            }
            (TokenKind::Open | TokenKind::Empty, Inside::Data) if tag.local() == b"AlternateContent" => {
                return Err(two_readings());
            }
            (TokenKind::Close, Inside::Head | Inside::Tail) if alternatives == Some(token.depth) => {
                alternatives = None;
            }
            (TokenKind::Close, Inside::Data) if token.depth == 1 => {
                inside = Inside::Tail;
                enough = enough || rows.flush(take)?.is_break();
                if enough && !wants_rest {
                    return Ok(behind);
                }
            }
            (_, Inside::Data) if !enough => {
                enough = rows.token(token.kind, token.bytes, token.cdata(), take)?.is_break();
                if enough && !wants_rest {
                    return Ok(behind);
                }
            }
            (TokenKind::Close, Inside::Tail) if tag.local() == b"headerFooter" => in_margins = false,
            (TokenKind::Text, Inside::Tail) if in_margins => {
                let plain = |text: &[u8]| String::from_utf8_lossy(text).into_owned();
                let text = token.cdata().map_or_else(|| unescape(token.bytes), plain);
                behind.margins.extend(margins::sections(&text));
            }
            _ => {}
        }
    }
    if inside == Inside::Head {
        return Err(odd("没有单元格数据"));
    }
    Ok(behind)
}

/// Where the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Head,
    Data,
    Tail,
}

pub(super) fn odd(what: &str) -> Error {
    Error::input(
        format!("工作表内容有误（{what}）"),
        "请用 Excel 或 WPS 打开该文件，另存为新的 .xlsx 文件后重新提交。",
    )
}

/// Which of the alternatives counts depends on the program that opens the file.
fn two_readings() -> Error {
    odd("单元格数据放在兼容性标记中，不同软件显示的内容可能不同")
}
