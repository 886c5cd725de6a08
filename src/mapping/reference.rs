//! The references in `docs/mapping.md` and `docs/settings.md`, from the vocabularies themselves.

use std::fmt::Write as _;

use super::file::File;
use super::toml_read::{Shape, TableShape};
use crate::words::Class;

/// The line below which a reference in `docs` is generated.
pub const MARK: &str = "<!-- 以下由程序生成（cargo test），请勿手工修改 -->";

/// The reference of mapping files as Markdown.
pub fn reference() -> String {
    let (mut out, words) = tables(File::SHAPE, "映射文件");
    out.push_str("\n### 随程序提供的词\n\n| 类别 | 意思 | 词 |\n|---|---|---|\n");
    for class in Class::all_open() {
        let words: Vec<&str> = crate::words::of(class).iter().collect();
        let _ = writeln!(out, "| `{}` | {} | {} |", class.name(), class.meaning(), words.join("、"));
    }
    write_words(&mut out, &words);
    out
}

/// The reference of a file of this shape as Markdown.
pub(crate) fn reference_of(file: &'static TableShape, title: &str) -> String {
    let (mut out, words) = tables(file, title);
    write_words(&mut out, &words);
    out
}

/// A list of words, each with its meaning, by the list's name.
type Words = Vec<(&'static str, &'static [(&'static str, &'static str)])>;

/// A file's table and all that it leads to; the lists of words that they name.
fn tables(file: &'static TableShape, title: &str) -> (String, Words) {
    let mut out = String::from("## 参考\n");
    let mut tables: Vec<&'static TableShape> = vec![file];
    let mut words = Words::new();
    let mut next = 0_usize;
    while let Some(shape) = tables.get(next).copied() {
        next = next.saturating_add(1);
        let heading = if next == 1 { title.to_owned() } else { format!("表 {}", shape.name) };
        write_table(&mut out, &heading, shape, &mut tables, &mut words);
    }
    (out, words)
}

fn write_words(out: &mut String, words: &Words) {
    for (name, choices) in words {
        let _ = write!(out, "\n### 词 {name}\n\n| 写法 | 意思 |\n|---|---|\n");
        for (word, doc) in *choices {
            let _ = writeln!(out, "| `{word}` | {doc} |");
        }
    }
}

fn write_table(
    out: &mut String,
    heading: &str,
    shape: &TableShape,
    tables: &mut Vec<&'static TableShape>,
    words: &mut Words,
) {
    let _ = write!(
        out,
        "\n### {heading}\n\n{}\n\n| 项 | 取值 | 必须 | 意思 |\n|---|---|---|---|\n",
        shape.doc.trim()
    );
    for key in (shape.keys)() {
        let must = if key.required { "是" } else { "" };
        let doc = key.doc.replace('|', "\\|");
        let _ = writeln!(out, "| `{}` | {} | {must} | {doc} |", key.name, takes(&key.shape, tables, words));
    }
}

/// What a key takes, and notes the tables and words that it leads to.
fn takes(shape: &Shape, tables: &mut Vec<&'static TableShape>, words: &mut Words) -> String {
    match shape {
        Shape::Text => "文字".to_owned(),
        Shape::Whole => "整数".to_owned(),
        Shape::Decimal => "数字".to_owned(),
        Shape::Flag => "true / false".to_owned(),
        Shape::Word(name, choices) => {
            if !words.iter().any(|(have, _)| have == name) {
                words.push((name, choices));
            }
            format!("词 {name}")
        }
        Shape::List(inner) => format!("列表：{}", takes(inner, tables, words)),
        Shape::Table(table) => {
            if !tables.iter().any(|have| have.name == table.name) {
                tables.push(table);
            }
            format!("表 {}", table.name)
        }
    }
}
