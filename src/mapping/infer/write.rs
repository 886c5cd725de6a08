//! The draft's text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Guess, Look, Title, section};
use crate::base::printable::is_hidden;
use crate::mapping::column::{Column, TableKind, Use};
use crate::mapping::index::FormTable;
use crate::mapping::words::Kind;

impl Look<'_> {
    /// The mapping's text.
    pub(super) fn draft(&self, name: &str) -> String {
        let kind = self.kind.word();
        let mut out = String::new();
        let _ = writeln!(
            out,
            "# 由 jixiao mapping infer 起草自工作表“{}”。请核对每一处“猜测”，补上“待定”。",
            one_line(&self.sheet.id.name)
        );
        let _ = writeln!(out, "schema = 1\nname = {}", quoted(name));
        let _ = writeln!(out, "# 猜测：{}", self.why());
        let _ = writeln!(out, "kind = \"{kind}\"");
        let _ = writeln!(out, "# 只写与随程序提供的 {kind} 不同的部分\nextends = \"{kind}\"\n\n[recognise]");
        if let Some(heading) = &self.heading {
            let _ = writeln!(out, "titles = [{}]", quoted(heading));
        }
        self.write_required(&mut out);
        write_known(&self.titles, FormTable::Main, &mut out);
        write_guessed(&self.titles, FormTable::Main, &mut out);
        self.write_open(&self.titles, FormTable::Main, &mut out);
        if !self.money.is_empty() {
            write_known(&self.money, FormTable::Budget, &mut out);
            write_guessed(&self.money, FormTable::Budget, &mut out);
            self.write_open(&self.money, FormTable::Budget, &mut out);
        }
        if !self.names_project {
            out.push_str(
                "\n# 待定：没有找到项目名称。表中有的，请去掉下面三行的 # 并填写它的标签。\n# [[fields]]\n# name = \"project\"\n# labels = [\"\"]\n",
            );
        }
        out
    }

    /// What the form is recognised by, what is missing for it, and by what else it may be.
    fn write_required(&self, out: &mut String) {
        let _ = writeln!(out, "columns = {}", listed(self.required()));
        let instead: Vec<String> = self.instead().into_iter().map(listed).collect();
        if !instead.is_empty() {
            let _ = writeln!(out, "# 列在 columns 中的，表里必须都有；也可改为 {}。", instead.join("、"));
        }
        for column in self.required().iter().filter(|column| !self.has(**column)) {
            let _ = writeln!(
                out,
                "# 待定：没有找到“{}”（{}）一列，表还不能读取。",
                column.chinese(),
                column.word()
            );
        }
        if !self.any().is_empty() && !self.has_any(self.any()) {
            let any: Vec<String> = self
                .any()
                .iter()
                .map(|column| format!("“{}”（{}）", column.chinese(), column.word()))
                .collect();
            let _ = writeln!(out, "# 待定：{}至少要有一列，表还不能读取。", any.join("、"));
        }
    }

    /// Why the form was taken for one of its kind, and what else it may be.
    fn why(&self) -> &'static str {
        let criteria = self.has(Column::Criterion) && self.has(Column::Weight);
        match self.kind {
            Kind::Ledger => "有借方或金额，当作明细账。",
            Kind::Survey => "有满意度的回答，当作满意度问卷。",
            Kind::ScoreSheet => {
                "有分值和评分标准，标准写的是怎样得分，当作评分表；如果由单位自评，请把 kind 和 extends 都改为 self-evaluation。"
            }
            Kind::SelfEvaluation if criteria => {
                "有分值和评分标准，但标准一列写的不是怎样得分，当作自评表；如果由评价人打分，请把 kind 和 extends 都改为 score-sheet。"
            }
            Kind::SelfEvaluation => {
                "有分值、完成值或得分，当作自评表；如果写明评分标准、由评价人打分，请把 kind 和 extends 都改为 score-sheet。"
            }
            _ => {
                "没有找到分值、完成值和得分，当作申报表；如果有，请把 kind 和 extends 都改为 self-evaluation，columns 改为 [\"name\", \"actual\"]。"
            }
        }
    }

    fn write_open(&self, titles: &[Title], table: FormTable, out: &mut String) {
        let kind = match (table, self.kind) {
            (FormTable::Budget, _) => TableKind::Money,
            (_, Kind::Ledger) => TableKind::Ledger,
            _ => TableKind::Indicators,
        };
        let answers: Vec<Column> = kind.used_for(Use::Asked).collect();
        for title in titles {
            let Guess::Open(why) = &title.guess else { continue };
            let subject = format!("{} “{}”", title.at, one_line(&title.text));
            write_question(&subject, why, &words(&answers), table, &written(titles, title), out);
        }
    }
}

/// A question about a title, with what speaks for and against and the lines that answer it.
pub(super) fn write_question(
    subject: &str,
    why: &str,
    words: &str,
    table: FormTable,
    title: &str,
    out: &mut String,
) {
    let why = if why.is_empty() { String::new() } else { format!("{why}。") };
    let _ = writeln!(
        out,
        "\n# 待定：{subject}是什么？{why}与评分有关的，请去掉下面三行的 # 并填写 name（{words}）。\n# [[{}]]\n# name = \"\"\n# titles = [{}]",
        section(table),
        quoted(title)
    );
}

fn words(columns: &[Column]) -> String {
    columns.iter().map(|column| column.word()).collect::<Vec<_>>().join("、")
}

fn listed(columns: &[Column]) -> String {
    let words: Vec<String> = columns.iter().map(|column| format!("\"{}\"", column.word())).collect();
    format!("[{}]", words.join(", "))
}

/// A title as the mapping writes it: with the title over it where there are several of its name.
fn written(titles: &[Title], title: &Title) -> String {
    let text = one_line(&title.text);
    let twins = titles.iter().filter(|other| one_line(&other.text) == text).count();
    match title.group.as_ref().filter(|_| twins > 1) {
        Some(group) => format!("{}>{text}", one_line(group)),
        None => text,
    }
}

/// The titles that need not be written: those that are known with what says so, and those without a part in scoring.
fn write_known(titles: &[Title], table: FormTable, out: &mut String) {
    let known: Vec<(&Title, String)> = titles
        .iter()
        .enumerate()
        .filter_map(|(at, title)| {
            let said = match &title.guess {
                Guess::Known(Column::Other) => "other（与评分无关）".to_owned(),
                Guess::Known(column) => noted(titles, at, *column, ""),
                Guess::Words(column) => noted(titles, at, *column, "（依据：标题构词）"),
                Guess::Silent(kind, why) => format!("不参与评分：{}（依据：{why}）", kind.chinese()),
                Guess::Guessed(..) | Guess::Open(_) => return None,
            };
            Some((title, said))
        })
        .collect();
    if known.is_empty() {
        return;
    }
    let of = if table == FormTable::Budget { "预算执行表中" } else { "" };
    let _ = writeln!(out, "\n# {of}已经认识的标题，不必再写：");
    for (title, said) in known {
        let _ = writeln!(out, "#   {} “{}” → {said}", title.at, one_line(&title.text));
    }
}

/// A known column, with what tells it from others of its name.
fn noted(titles: &[Title], at: usize, column: Column, evidence: &str) -> String {
    let several = titles.iter().filter(|other| other.guess.column() == Some(column)).count() > 1;
    let left = at.checked_sub(1).and_then(|left| titles.get(left)).and_then(|left| left.guess.column());
    let (column, note) = match (column, left) {
        (Column::Weight, Some(Column::Level1)) if several => (Column::Level1Weight, "（在一级指标右边）"),
        (Column::Weight, Some(Column::Level2)) if several => (Column::Level2Weight, "（在二级指标右边）"),
        (Column::Weight, _) if several => (column, "（有几列，按它左边是哪一级指标区分）"),
        (Column::Target | Column::Actual | Column::Criterion | Column::Sign | Column::Unit, _) if several => {
            (column, "（有几列，分不清时不读取）")
        }
        _ => (column, ""),
    };
    format!("{}{note}{evidence}", column.word())
}

fn write_guessed(titles: &[Title], table: FormTable, out: &mut String) {
    let mut columns: BTreeMap<Column, (&Title, &str)> = BTreeMap::new();
    for title in titles {
        if let Guess::Guessed(column, why) = &title.guess {
            columns.insert(*column, (title, why));
        }
    }
    for (column, (title, why)) in columns {
        let _ = writeln!(
            out,
            "\n# 猜测：{} “{}”，{why}，当作“{}”。",
            title.at,
            one_line(&title.text),
            column.chinese()
        );
        let _ = writeln!(
            out,
            "[[{}]]\nname = \"{}\"\ntitles = [{}]",
            section(table),
            column.word(),
            quoted(&written(titles, title))
        );
    }
}

/// A text without spaces and line breaks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A TOML basic string.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {}
            // Read back it is the same; on a terminal it is seen.
            c if is_hidden(c) => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
