//! The draft for a form that is read: each of its columns with what became of it, the guesses to be confirmed, and the
//! questions. What is only guessed stays a comment: a file that nobody looked at confirms nothing.

use std::fmt::Write as _;

use super::write::{quoted, write_question};
use super::{Draft, section};
use crate::base::column_letters;
use crate::mapping::Mapping;
use crate::mapping::column::Column;
use crate::mapping::index::FormTable;
use crate::model::{Account, AccountColumn, Evidence, Fate};

pub(super) fn draft(mapping: &Mapping, account: &Account, name: &str) -> Draft {
    let columns = &account.columns;
    let asked = |column: &&AccountColumn| is_guessed(column) || column.fate == Fate::Unread;
    let unread = account.blocks.iter().filter(|block| block.fate == Fate::Unread);
    let open =
        columns.iter().any(|column| asked(&column)) || unread.clone().count() > 0 || account.unread > 0;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "# 由 jixiao mapping infer 起草自工作表“{}”。请核对每一处“猜测”，补上“待定”。",
        account.sheet
    );
    let _ = writeln!(out, "schema = 1\nname = {}\nkind = \"{}\"", quoted(name), mapping.kind.word());
    let _ = writeln!(out, "# 只写与 {} 不同的部分\nextends = {}", mapping.name, quoted(&mapping.name));
    let known = columns.iter().filter(|column| !asked(column));
    if known.clone().count() > 0 {
        out.push_str("\n# 已经认识的标题，不必再写：\n");
    }
    for column in known {
        let said = match column.fate {
            Fate::Silent => format!("不参与评分：{}", column.role),
            _ => column.role.clone(),
        };
        let _ = writeln!(out, "#   {} → {said}（依据：{}）", subject(column), column.evidence.chinese());
    }
    for column in columns.iter().filter(|column| is_guessed(column)) {
        let _ = writeln!(
            out,
            "\n# 猜测：{}，只认出标题的后半截，现在按“{}”读取，{}确认前不定等级。是这一列的，请去掉下面三行的 #；不是的，请改写 name。",
            subject(column),
            chinese(&column.role),
            sample(column)
        );
        let _ = writeln!(
            out,
            "# [[{}]]\n# name = \"{}\"\n# titles = [{}]",
            section(table_of(column)),
            column.role,
            quoted(&column.title)
        );
    }
    for column in columns.iter().filter(|column| column.fate == Fate::Unread) {
        if column.title.is_empty() {
            let _ = writeln!(
                out,
                "\n# 待定：{}没有标题，{}没有采用。与评分有关的，请先在表中给它写上标题。",
                subject(column),
                sample(column)
            );
            continue;
        }
        let why = format!(
            "{}没有采用（{}）",
            sample(column),
            if column.weighty { "像指标的数值，不定等级" } else { "文字" }
        );
        write_question(
            &subject(column),
            &why,
            &column.choices.join("、"),
            table_of(column),
            &column.title,
            &mut out,
        );
    }
    if unread.clone().count() > 0 {
        out.push_str("\n# 不在任何一列、没有采用的单元格：\n");
    }
    for block in unread {
        let _ = writeln!(out, "#   {}：{}（{} 个单元格）", block.range, block.reason, block.cells);
    }
    Draft { sheet: account.sheet.clone(), toml: out, open }
}

fn is_guessed(column: &AccountColumn) -> bool {
    column.fate == Fate::Used && column.evidence == Evidence::Guess
}

fn subject(column: &AccountColumn) -> String {
    let title = column.title.as_str();
    match title {
        "" => format!("{}列", column_letters(column.col)),
        _ => format!("{} “{title}”", column.at.cell),
    }
}

fn sample(column: &AccountColumn) -> String {
    column.sample.as_ref().map(|(at, text)| format!("如 {} “{text}”，", at.cell)).unwrap_or_default()
}

fn chinese(word: &str) -> &str {
    Column::ALL.iter().find(|(_, have)| *have == word).map_or(word, |(column, _)| column.chinese())
}

/// The table that a column stands in, by what it may be.
fn table_of(column: &AccountColumn) -> FormTable {
    if column.choices.contains(&Column::Budget.word()) { FormTable::Budget } else { FormTable::Main }
}
