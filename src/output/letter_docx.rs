//! A document that goes out, as a Word document: the same parts as its text, in a template that an office may change.

use std::io::Cursor;
use std::sync::LazyLock;

use crate::base::{Result, printable};
use crate::docx::{Schema, Scope, Template};
use crate::letter::{Letter, LetterBlock, NUMBER, SCORE};

/// The template.
const TEMPLATE: &[u8] = include_bytes!("../../templates/发文代拟稿.docx");

/// What it may ask for.
const FIELDS: &str = "文号\t文字\t发文字号
标题\t文字\t标题
内容\t列表\t各段
内容.小标题\t文字\t小标题；不是小标题的为空
内容.附件\t文字\t附件的标题；不是附件的开头的为空
内容.正文\t文字\t一段正文；不是正文的为空
内容.顶格\t文字\t顶格的一行；不是这样的为空
内容.落款\t文字\t靠右的一行；不是落款的为空
内容.正文连下\t文字\t与下一段排在同一页的正文；不是这样的为空
内容.顶格连下\t文字\t与下一段排在同一页的顶格的一行；不是这样的为空
内容.落款连下\t文字\t与下一段排在同一页的落款；不是这样的为空
内容.四列\t是否\t是带序号的四列的表
内容.四列事实\t是否\t是末列写事实的四列的表
内容.四列得分\t是否\t是末列为得分的四列的表
内容.五列\t是否\t是五列的表
内容.五列反馈\t是否\t是带序号的五列的表
内容.六列\t是否\t是六列的表
内容.题1\t文字\t表头
内容.题2\t文字\t表头
内容.题3\t文字\t表头
内容.题4\t文字\t表头
内容.题5\t文字\t表头
内容.题6\t文字\t表头
内容.行\t列表\t表的各行
内容.行.列1\t文字\t单元格
内容.行.列2\t文字\t单元格
内容.行.列3\t文字\t单元格
内容.行.列4\t文字\t单元格
内容.行.列5\t文字\t单元格
内容.行.列6\t文字\t单元格
";

fn schema() -> &'static Schema {
    static SCHEMA: LazyLock<Schema> = LazyLock::new(|| Schema::read(FIELDS).unwrap_or_default());
    &SCHEMA
}

/// The name of a title, and of a cell, by its number from 1.
fn column(number: usize) -> Option<(&'static str, &'static str)> {
    Some(match number {
        1 => ("题1", "列1"),
        2 => ("题2", "列2"),
        3 => ("题3", "列3"),
        4 => ("题4", "列4"),
        5 => ("题5", "列5"),
        6 => ("题6", "列6"),
        _ => return None,
    })
}

/// The document.
pub(super) fn bytes(letter: &Letter) -> Result<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    let mut template = Template::open(Cursor::new(TEMPLATE), schema())?;
    let kept = |at: usize| letter.parts.get(at..).is_some_and(stays);
    let parts: Vec<Scope> = letter.parts.iter().enumerate().map(|(at, one)| part(one, kept(at))).collect();
    let scope = Scope::default()
        .with("文号", shown(&letter.number))
        .with("标题", shown(&letter.title))
        .with("内容", parts);
    let filled = template.fill(&scope)?;
    template.write(&filled, None, &mut out)?;
    Ok(out.into_inner())
}

/// Lines of who signs, and when; and before them what they stay on one page with.
const SIGNED: usize = 4;

/// Whether a part stays on one page with the next: who signs never stands alone.
fn stays(parts: &[LetterBlock]) -> bool {
    let next = parts.iter().skip(1).take(SIGNED);
    let here = |part: &&LetterBlock| !matches!(part, LetterBlock::Attachment(_) | LetterBlock::Table { .. });
    next.take_while(here).any(|part| matches!(part, LetterBlock::Right(_)))
}

/// Foreign words on a line.
fn shown(text: &str) -> String {
    printable(text).into_owned()
}

/// Nothing of any kind.
fn empty() -> Scope {
    let texts = Scope::default()
        .with("小标题", "")
        .with("附件", "")
        .with("正文", "")
        .with("顶格", "")
        .with("落款", "")
        .with("正文连下", "")
        .with("顶格连下", "")
        .with("落款连下", "");
    let four = texts.with("四列", false).with("四列事实", false).with("四列得分", false);
    four.with("五列", false).with("五列反馈", false).with("六列", false)
}

/// The table of the template that these columns go into.
fn layout(titles: &[&str]) -> &'static str {
    match titles {
        [NUMBER, _, _, _, _] => "五列反馈",
        [_, _, _, _, _] => "五列",
        [_, _, _, _, _, _] => "六列",
        [NUMBER, ..] => "四列",
        [.., last] if *last == SCORE => "四列得分",
        _ => "四列事实",
    }
}

fn part(part: &LetterBlock, kept: bool) -> Scope {
    let line = |of: &'static str, of_kept: &'static str, words: &str| {
        empty().with(if kept { of_kept } else { of }, shown(words))
    };
    match part {
        LetterBlock::Heading(words) => empty().with("小标题", shown(words)),
        LetterBlock::Attachment(words) => empty().with("附件", shown(words)),
        LetterBlock::Paragraph(words) => line("正文", "正文连下", words),
        LetterBlock::Flush(words) => line("顶格", "顶格连下", words),
        LetterBlock::Right(words) => line("落款", "落款连下", words),
        LetterBlock::Table { titles, rows } => {
            let mut scope = empty();
            scope.set(layout(titles), true);
            for (title, number) in titles.iter().zip(1_usize..) {
                if let Some((name, _)) = column(number) {
                    scope.set(name, *title);
                }
            }
            let row = |cells: &Vec<String>| {
                let mut row = Scope::default();
                for (cell, number) in cells.iter().zip(1_usize..) {
                    if let Some((_, name)) = column(number) {
                        row.set(name, cell.lines().map(shown).collect::<Vec<_>>().join("\n"));
                    }
                }
                row
            };
            scope.with("行", rows.iter().map(row).collect::<Vec<_>>())
        }
    }
}
