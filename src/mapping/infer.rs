//! Drafts a mapping for a form that no mapping reads: what is sure, what is guessed and why, what a person
//! must decide. The draft loads as it is.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::title::normalise;
use super::words::{Column, Kind};
use super::{Mappings, Part};
use crate::base::{CellRef, Number};
use crate::sheet::{Sheet, Value};

/// Characters of a title at most.
const MAX_TITLE_CHARS: usize = 40;
/// Titles that a header row has at least.
const MIN_TITLES: usize = 3;
/// Numbers that a column of points has at least.
const MIN_NUMBERS: usize = 2;
/// Rows below a header that are looked at.
const SAMPLE_ROWS: u32 = 60;

/// A draft for one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The sheet it was drafted from.
    pub sheet: String,
    /// The mapping's text.
    pub toml: String,
}

/// Drafts for the sheets of a workbook that have something like a header.
pub fn infer(sheets: &[Sheet], mappings: &Mappings, name: &str) -> Vec<Draft> {
    let looks: Vec<Look<'_>> =
        sheets.iter().filter(|sheet| sheet.visible).filter_map(|sheet| Look::new(sheet, mappings)).collect();
    let several = looks.len() > 1;
    looks
        .iter()
        .map(|look| {
            let own = if several { format!("{name}-{}", look.sheet.name) } else { name.to_owned() };
            Draft { sheet: look.sheet.name.clone(), toml: look.draft(&own) }
        })
        .collect()
}

/// What a title was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Guess {
    /// A shipped mapping knows the title.
    Known(Column),
    /// Guessed, with the reason.
    Guessed(Column, &'static str),
    /// A person must say.
    Open,
}

struct Title {
    at: CellRef,
    text: String,
    guess: Guess,
}

struct Look<'s> {
    sheet: &'s Sheet,
    kind: Kind,
    heading: Option<String>,
    titles: Vec<Title>,
}

/// Words in a title that speak for a column, in order: the first that is found counts.
const HINTS: &[(&str, Column, &str)] = &[
    ("自评", Column::StatedScore, "标题含“自评”"),
    ("标准", Column::Criterion, "标题含“标准”"),
    ("细则", Column::Criterion, "标题含“细则”"),
    ("原因", Column::Reason, "标题含“原因”"),
    ("措施", Column::Reason, "标题含“措施”"),
    ("实际", Column::Actual, "标题含“实际”"),
    ("完成", Column::Actual, "标题含“完成”"),
    ("执行", Column::Actual, "标题含“执行”"),
    ("目标", Column::Target, "标题含“目标”"),
    ("计划", Column::Target, "标题含“计划”"),
    ("指标值", Column::Target, "标题含“指标值”"),
    ("得分", Column::Score, "标题含“得分”"),
    ("评分", Column::Score, "标题含“评分”"),
    ("分值", Column::Weight, "标题含“分值”"),
    ("权重", Column::Weight, "标题含“权重”"),
    ("满分", Column::Weight, "标题含“满分”"),
    ("单位", Column::Unit, "标题含“单位”"),
    ("一级", Column::Level1, "标题含“一级”"),
    ("二级", Column::Level2, "标题含“二级”"),
    ("指标", Column::Name, "标题含“指标”"),
    ("内容", Column::Name, "标题含“内容”"),
    ("情况", Column::Situation, "标题含“情况”"),
];

impl<'s> Look<'s> {
    fn new(sheet: &'s Sheet, mappings: &Mappings) -> Option<Self> {
        let header = header_row(sheet, mappings)?;
        let cells = leaves(sheet, header);
        let mut titles: Vec<Title> = Vec::new();
        for (at, text) in cells {
            let key = normalise(&text);
            let taken = |column: Column| {
                titles.iter().any(|have: &Title| matches!(have.guess, Guess::Known(c) | Guess::Guessed(c, _) if c == column))
            };
            let guess = match known(mappings, &key) {
                Some(column) => Guess::Known(column),
                None => HINTS
                    .iter()
                    .find(|(word, column, _)| key.contains(word) && !taken(*column))
                    .map_or(Guess::Open, |(_, column, why)| Guess::Guessed(*column, why)),
            };
            titles.push(Title { at, text, guess });
        }
        by_content(sheet, header, &mut titles);
        let heading = heading(sheet, header);
        let mut look = Self { sheet, kind: Kind::SelfEvaluation, heading, titles };
        look.kind = look.kind();
        Some(look)
    }

    fn has(&self, column: Column) -> bool {
        self.titles.iter().any(|title| match title.guess {
            Guess::Known(have) | Guess::Guessed(have, _) => have == column,
            Guess::Open => false,
        })
    }

    fn kind(&self) -> Kind {
        if self.has(Column::Debit) || self.has(Column::Summary) && self.has(Column::Amount) {
            Kind::Ledger
        } else if self.has(Column::Answer) && !self.has(Column::Name) {
            Kind::Survey
        } else if self.has(Column::Criterion) && self.has(Column::Weight) {
            Kind::ScoreSheet
        } else if self.has(Column::Actual) || self.has(Column::Score) || self.has(Column::StatedScore) {
            Kind::SelfEvaluation
        } else {
            Kind::Declaration
        }
    }

    /// The columns by which the form is recognised: of those it has, the ones its kind cannot do without.
    fn required(&self) -> Vec<Column> {
        let wanted: &[Column] = match self.kind {
            Kind::Ledger => &[Column::Summary, Column::Debit],
            Kind::Survey => &[Column::Answer],
            Kind::Declaration => &[Column::Name, Column::Target],
            Kind::ScoreSheet => &[Column::Name, Column::Weight, Column::Criterion],
            _ => &[Column::Name, Column::Actual],
        };
        wanted.to_vec()
    }

    fn draft(&self, name: &str) -> String {
        let kind = self.kind.word();
        let mut out = String::new();
        let _ = writeln!(
            out,
            "# 由 jixiao mapping infer 起草自工作表“{}”。请核对每一处“猜测”，补上“待定”。",
            one_line(&self.sheet.name)
        );
        let _ = writeln!(out, "schema = 1\nname = {}\nkind = \"{kind}\"", quoted(name));
        let _ = writeln!(out, "# 只写与随程序提供的 {kind} 不同的部分\nextends = \"{kind}\"\n\n[recognise]");
        if let Some(heading) = &self.heading {
            let _ = writeln!(out, "titles = [{}]", quoted(heading));
        }
        let required: Vec<String> =
            self.required().iter().map(|column| format!("\"{}\"", column.word())).collect();
        let _ = writeln!(out, "columns = [{}]", required.join(", "));
        for column in self.required().into_iter().filter(|column| !self.has(*column)) {
            let _ = writeln!(
                out,
                "# 待定：没有找到“{}”（{}）一列，表还不能读取。",
                column.chinese(),
                column.word()
            );
        }
        self.write_known(&mut out);
        self.write_guessed(&mut out);
        self.write_open(&mut out);
        out
    }

    fn write_known(&self, out: &mut String) {
        let known: Vec<String> = self
            .titles
            .iter()
            .filter_map(|title| match title.guess {
                Guess::Known(column) => {
                    Some(format!("#   {} “{}” → {}", title.at, one_line(&title.text), column.word()))
                }
                _ => None,
            })
            .collect();
        if !known.is_empty() {
            let _ = writeln!(out, "\n# 已经认识的标题，不必再写：\n{}", known.join("\n"));
        }
    }

    fn write_guessed(&self, out: &mut String) {
        let mut columns: BTreeMap<Column, Vec<(&Title, &str)>> = BTreeMap::new();
        for title in &self.titles {
            if let Guess::Guessed(column, why) = title.guess {
                columns.entry(column).or_default().push((title, why));
            }
        }
        for (column, titles) in columns {
            for (title, why) in &titles {
                let _ = writeln!(out, "\n# 猜测：{}，{why}，当作“{}”。", title.at, column.chinese());
            }
            let texts: Vec<String> = titles.iter().map(|(title, _)| quoted(&one_line(&title.text))).collect();
            let _ =
                writeln!(out, "[[columns]]\nname = \"{}\"\ntitles = [{}]", column.word(), texts.join(", "));
        }
    }

    fn write_open(&self, out: &mut String) {
        let words: Vec<&str> = [
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
        ]
        .map(Column::word)
        .to_vec();
        for title in self.titles.iter().filter(|title| title.guess == Guess::Open) {
            let _ = writeln!(
                out,
                "\n# 待定：{} “{}”是什么？与评分有关的，请去掉下面三行的 # 并填写 name（{}）。\n# [[columns]]\n# name = \"\"\n# titles = [{}]",
                title.at,
                one_line(&title.text),
                words.join("、"),
                quoted(&one_line(&title.text))
            );
        }
    }
}

/// What the shipped mappings take a title for, where they agree on one column.
fn known(mappings: &Mappings, key: &str) -> Option<Column> {
    let hits = mappings.index().title(key);
    let mut columns: Vec<Column> = hits
        .iter()
        .filter(|hit| hit.part == Part::Main)
        .filter_map(|hit| {
            let rule = mappings.get(hit.mapping)?.columns.get(hit.rule)?;
            rule.after.is_none().then_some(rule.column)
        })
        .collect();
    columns.sort();
    columns.dedup();
    match columns.as_slice() {
        [] => None,
        [only] => Some(*only),
        // 备注 in one mapping, something in another: what says most counts.
        several => several.iter().copied().find(|column| *column != Column::Other),
    }
}

/// A column of numbers that add up to 100 is the weight, if none is known.
fn by_content(sheet: &Sheet, header: u32, titles: &mut [Title]) {
    let is = |title: &Title, column: Column| matches!(title.guess, Guess::Known(c) | Guess::Guessed(c, _) if c == column);
    if titles.iter().any(|title| is(title, Column::Weight)) {
        return;
    }
    let sums_to_100 = |col: u32| {
        let numbers: Vec<Number> = (header.saturating_add(1)..=header.saturating_add(SAMPLE_ROWS))
            .filter_map(|row| match sheet.at(row, col).value {
                Value::Number(number) => Some(number),
                _ => None,
            })
            .collect();
        let hundred = Number::from(100);
        // The total row may be among them.
        let twice = Number::from(200);
        numbers.len() >= MIN_NUMBERS && Number::sum(numbers).is_some_and(|sum| sum == hundred || sum == twice)
    };
    if let Some(title) =
        titles.iter_mut().find(|title| title.guess == Guess::Open && sums_to_100(title.at.col()))
    {
        title.guess = Guess::Guessed(Column::Weight, "数值合计为100");
    }
}

/// The row that looks most like a header: many short texts, many known titles, rows of content below.
fn header_row(sheet: &Sheet, mappings: &Mappings) -> Option<u32> {
    let last = sheet.last_row()?;
    let worth = |row: u32| {
        let texts: Vec<String> = sheet.row(row).filter_map(|(_, cell)| title_text(&cell.value)).collect();
        let all = sheet.row(row).count();
        if texts.len() < MIN_TITLES || texts.len() < all {
            return None;
        }
        // 项目名称 is a title in ledgers and a label nearly everywhere.
        let telling = |column: Column| column != Column::Project;
        let known =
            texts.iter().filter(|text| known(mappings, &normalise(text)).is_some_and(telling)).count();
        let filled = (row.saturating_add(1)..=last.min(row.saturating_add(5)))
            .filter(|below| sheet.row(*below).count() >= 2)
            .count();
        (filled > 0).then_some(known.saturating_mul(3).saturating_add(texts.len()))
    };
    (0..=last.min(500))
        .filter_map(|row| Some((worth(row)?, std::cmp::Reverse(row))))
        .max()
        .map(|(_, row)| row.0)
}

fn title_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) if text.trim().chars().count() <= MAX_TITLE_CHARS => Some(text.clone()),
        _ => None,
    }
}

/// The titles of a header row; where one is merged over several columns, those below it.
fn leaves(sheet: &Sheet, header: u32) -> Vec<(CellRef, String)> {
    let mut found: BTreeMap<u32, (CellRef, String)> = BTreeMap::new();
    let mut grouped: Vec<(u32, u32)> = Vec::new();
    for (at, cell) in sheet.row(header) {
        let Some(text) = title_text(&cell.value) else { continue };
        if let Some(range) = sheet.merge_of(at).filter(|range| range.last.col() > range.first.col()) {
            grouped.push((range.first.col(), range.last.col()));
        }
        found.insert(at.col(), (at, text));
    }
    for (at, cell) in sheet.row(header.saturating_add(1)) {
        let under = grouped.iter().any(|(first, last)| (*first..=*last).contains(&at.col()));
        if let Some(text) = title_text(&cell.value).filter(|_| under) {
            found.insert(at.col(), (at, text));
        }
    }
    found.into_values().collect()
}

/// The first text that stands alone in its row above the header.
fn heading(sheet: &Sheet, header: u32) -> Option<String> {
    (0..header).find_map(|row| {
        let mut cells = sheet.row(row);
        match (cells.next(), cells.next()) {
            (Some((_, cell)), None) => title_text(&cell.value).map(|text| normalise(&text)),
            _ => None,
        }
    })
}

fn one_line(text: &str) -> String {
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
