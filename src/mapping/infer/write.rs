//! The draft's text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Guess, Look, Title};
use crate::mapping::words::{Column, Kind};

/// What a person may answer where the draft does not know.
const ANSWERS: [Column; 13] = [
    Column::Level1,
    Column::Level2,
    Column::Name,
    Column::Weight,
    Column::Criterion,
    Column::Sign,
    Column::Target,
    Column::Unit,
    Column::Actual,
    Column::Situation,
    Column::StatedScore,
    Column::Score,
    Column::Reason,
];

impl Look<'_> {
    /// The mapping's text.
    pub(super) fn draft(&self, name: &str) -> String {
        let kind = self.kind.word();
        let mut out = String::new();
        let _ = writeln!(
            out,
            "# 由 jixiao mapping infer 起草自工作表“{}”。请核对每一处“猜测”，补上“待定”。",
            one_line(&self.sheet.name)
        );
        let _ = writeln!(out, "schema = 1\nname = {}", quoted(name));
        let _ = writeln!(out, "# 猜测：{}", self.why());
        let _ = writeln!(out, "kind = \"{kind}\"");
        let _ = writeln!(out, "# 只写与随程序提供的 {kind} 不同的部分\nextends = \"{kind}\"\n\n[recognise]");
        if let Some(heading) = &self.heading {
            let _ = writeln!(out, "titles = [{}]", quoted(heading));
        }
        let required: Vec<String> =
            self.required().iter().map(|column| format!("\"{}\"", column.word())).collect();
        let _ = writeln!(out, "columns = [{}]", required.join(", "));
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
        self.write_known(&mut out);
        self.write_guessed(&mut out);
        self.write_open(&mut out);
        if !self.names_project {
            out.push_str(
                "\n# 待定：没有找到项目名称。表中有的，请去掉下面三行的 # 并填写它的标签。\n# [[fields]]\n# name = \"project\"\n# labels = [\"\"]\n",
            );
        }
        out
    }

    /// Why the form was taken for one of its kind, and what else it may be.
    fn why(&self) -> &'static str {
        match self.kind {
            Kind::Ledger => "有借方或金额，当作明细账。",
            Kind::Survey => "有满意度的回答，当作满意度问卷。",
            Kind::ScoreSheet => {
                "有评分标准和分值，当作评分表；如果由单位自评，请把 kind 和 extends 都改为 self-evaluation。"
            }
            Kind::SelfEvaluation => {
                "有分值、完成值或得分，当作自评表；如果写明评分标准、由评价人打分，请把 kind 和 extends 都改为 score-sheet。"
            }
            _ => {
                "没有找到分值、完成值和得分，当作申报表；如果有，请把 kind 和 extends 都改为 self-evaluation，columns 改为 [\"name\", \"actual\"]。"
            }
        }
    }

    /// A title as the mapping writes it: with the title over it where there are several of its name.
    fn written(&self, title: &Title) -> String {
        let text = one_line(&title.text);
        let twins = self.titles.iter().filter(|other| one_line(&other.text) == text).count();
        match title.group.as_ref().filter(|_| twins > 1) {
            Some(group) => format!("{}>{text}", one_line(group)),
            None => text,
        }
    }

    fn write_known(&self, out: &mut String) {
        let known: Vec<(&Title, Column)> = self
            .titles
            .iter()
            .filter_map(|title| match title.guess {
                Guess::Known(column) => Some((title, column)),
                _ => None,
            })
            .collect();
        if known.is_empty() {
            return;
        }
        let _ = writeln!(out, "\n# 已经认识的标题，不必再写：");
        for (title, column) in &known {
            let several = known.iter().filter(|(_, other)| other == column).count() > 1;
            let note = match column {
                Column::Weight if several => "（有几列，按它左边是哪一级指标区分）",
                Column::Target | Column::Actual | Column::Criterion | Column::Sign | Column::Unit
                    if several =>
                {
                    "（有几列，分不清时不读取）"
                }
                _ => "",
            };
            let _ = writeln!(out, "#   {} “{}” → {}{note}", title.at, one_line(&title.text), column.word());
        }
    }

    fn write_guessed(&self, out: &mut String) {
        let mut columns: BTreeMap<Column, (&Title, &str)> = BTreeMap::new();
        for title in &self.titles {
            if let Guess::Guessed(column, why) = &title.guess {
                columns.insert(*column, (title, why));
            }
        }
        for (column, (title, why)) in columns {
            let _ = writeln!(out, "\n# 猜测：{}，{why}，当作“{}”。", title.at, column.chinese());
            let _ = writeln!(
                out,
                "[[columns]]\nname = \"{}\"\ntitles = [{}]",
                column.word(),
                quoted(&self.written(title))
            );
        }
    }

    fn write_open(&self, out: &mut String) {
        let words = ANSWERS.map(Column::word).join("、");
        for title in &self.titles {
            let Guess::Open(why) = &title.guess else { continue };
            let why = if why.is_empty() { String::new() } else { format!("{why}。") };
            let _ = writeln!(
                out,
                "\n# 待定：{} “{}”是什么？{why}与评分有关的，请去掉下面三行的 # 并填写 name（{words}）。\n# [[columns]]\n# name = \"\"\n# titles = [{}]",
                title.at,
                one_line(&title.text),
                quoted(&self.written(title))
            );
        }
    }
}

/// A text without spaces and line breaks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect()
}

/// A TOML basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
