//! A document as text: Markdown, which any editor shows and any word processor takes; and beside it as a Word document.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::file::Draft;
use super::letter_docx;
use crate::base::file_name::made_of;
use crate::base::{Error, Result, printable};
use crate::letter::{Letter, LetterBlock};

/// The document as Markdown.
pub fn markdown(letter: &Letter) -> String {
    let mut text = format!("{}\n\n# {}\n", words(&letter.number), words(&letter.title));
    for part in &letter.parts {
        text.push('\n');
        match part {
            LetterBlock::Heading(heading) | LetterBlock::Attachment(heading) => {
                text.push_str(&format!("## {}\n", words(heading)));
            }
            LetterBlock::Paragraph(paragraph) | LetterBlock::Flush(paragraph) => {
                text.push_str(&format!("{}\n", words(paragraph)));
            }
            LetterBlock::Right(right) => {
                text.push_str(&format!("<div align=\"right\">{}</div>\n", words(right)));
            }
            LetterBlock::Table { titles, rows } => {
                text.push_str(&line(titles.iter().map(|title| cell(title))));
                text.push_str(&line(titles.iter().map(|_| "---".to_owned())));
                for row in rows {
                    text.push_str(&line(row.iter().map(|words| cell(words))));
                }
            }
        }
    }
    text
}

fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// What foreign words say, and nothing that they would do to the text around them.
fn words(text: &str) -> String {
    let shown = printable(text);
    let mut safe = String::new();
    for sign in shown.chars() {
        if matches!(sign, '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|') {
            safe.push('\\');
        }
        safe.push(sign);
    }
    safe
}

fn cell(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(words).collect();
    lines.join("<br>")
}

/// Units of a file's name, as far as it is foreign.
const MAX_NAME: usize = 80;

/// What a document's files are called (its department and kind), and what is in them: the text, and the Word document.
pub fn files(letter: &Letter) -> Result<[(String, Vec<u8>); 2]> {
    let name = format!("{}-{}", made_of(letter.department(), MAX_NAME), letter.name);
    Ok([
        (format!("{name}.md"), markdown(letter).into_bytes()),
        (format!("{name}.docx"), letter_docx::bytes(letter)?),
    ])
}

/// Writes documents into a folder, each under its department and kind; a file that is there stays. Gives the names.
pub fn write_all(letters: &[Letter], folder: &Path) -> Result<Vec<PathBuf>> {
    let unwritable = |cause: std::io::Error| {
        let message = format!("无法写入“{}”。", folder.display());
        Error::output(message, "请检查路径、写入权限和磁盘空间。").because(cause)
    };
    fs::create_dir_all(folder).map_err(unwritable)?;
    let mut paths = Vec::new();
    for letter in letters {
        for (name, bytes) in files(letter)? {
            let draft = Draft::begin(folder)?;
            draft.file().write_all(&bytes).map_err(unwritable)?;
            paths.push(draft.publish(&folder.join(name))?);
        }
    }
    Ok(paths)
}
