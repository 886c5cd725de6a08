//! 处理说明: which file was read, how, and by what; so that the result can be made again.

use super::across_files;
use super::questions;
use super::sheet::{AddedSheet, Content, Look};
use super::view::View;
use crate::base::{CellRef, RangeRef, SheetId};
use crate::model::LocatedForm;
use crate::returned::OurSheet;
use crate::returned::Source;
use crate::returned::sentence;

const WIDTHS: [u16; 3] = [16, 56, 20];

/// Sheets that are named; of more their number is said.
const MAX_NAMED: usize = 20;

/// Builds the sheet.
pub(super) fn build(view: &View) -> AddedSheet {
    let mut sheet = AddedSheet::new(view.names.of(OurSheet::Provenance), &WIDTHS);
    sheet.title(OurSheet::Provenance.heading());
    sheet.across(1, Look::Remark, "本页供存档、核对用，不发给单位。");
    let case = view.case;
    let files = if case.files.is_empty() { std::slice::from_ref(&case.source) } else { &case.files };
    let mut lines: Vec<(String, String)> = Vec::new();
    for file in files {
        lines.push(("来源文件".to_owned(), file.file.clone()));
        lines.push(("来源文件校验码".to_owned(), file.sha256.clone()));
    }
    lines.extend([
        ("软件版本".to_owned(), format!("jixiao {}", view.run.version)),
        ("处理日期".to_owned(), view.run.date.to_string()),
    ]);
    // Where only targets are reviewed, there are no scores.
    let scores = (!case.is_declaration_alone()).then(|| replaced(view.run.replace_scores).to_owned());
    lines.extend(scores.map(|said| ("已填得分".to_owned(), said)));
    lines.extend(case.forms.iter().map(|form| (form.kind.name().to_owned(), located(form))));
    lines.extend(others(view).map(|text| ("其他工作表".to_owned(), text)));
    let kept = if view.run.replace_scores {
        "已填的得分、合计和等级改为计算结果（原值见批注），空白的照填，此外没有改动原有内容，并附加本软件的工作表。"
    } else {
        "没有改动原有内容：只在空白的得分、合计、等级、扣分原因单元格中填写，并附加本软件的工作表。"
    };
    let rules = if case.is_declaration_alone() {
        "材料只有绩效目标，只作审核，没有评分。没有改动原有内容，只附加批注和本软件的工作表。".to_owned()
    } else if case.is_without_points() {
        "表中没有分值，没有评分。没有改动原有内容，只附加批注和本软件的工作表。".to_owned()
    } else {
        format!(
            "{kept}原有工作表的打印设置没有改动，打印前请自行设置。得分均为公式，改动实际完成值后自动重算；显示“待评分（原表已改动）”的，请把本文件交回重新评分。"
        )
    };
    lines.push(("处理方式".to_owned(), rules));
    let mut row = 2_u32;
    for (label, text) in lines {
        sheet.text(row, 0, Look::TotalLabel, label);
        sheet.text(row, 1, Look::Text, text);
        sheet.put(row, 2, Look::Text, Content::Blank);
        sheet.merge_row(row, 1, 2);
        row = row.saturating_add(1);
    }
    let row = questions::table(&mut sheet, view, row.saturating_add(1));
    changes(&mut sheet, view, row);
    sheet
}

/// What a person changed since the run before, each with its cell; nothing where there was none.
fn changes(sheet: &mut AddedSheet, view: &View, row: u32) {
    // A record that proves nothing tells nothing of what was read then.
    if !view.earlier.source.as_ref().is_some_and(Source::is_believed) {
        return;
    }
    sheet.across(row, Look::Section, "与上次处理相比的改动");
    let mut row = row.saturating_add(1);
    if view.changes.is_empty() {
        sheet.across(row, Look::Text, "没有改动。");
    }
    for change in view.changes {
        let text = across_files::place(view, &change.at);
        sheet.put(row, 0, Look::Link, Content::Link { to: change.at.clone(), text });
        sheet.text(row, 1, Look::Text, sentence(change));
        row = row.saturating_add(1);
    }
}

fn replaced(replace: bool) -> &'static str {
    if replace {
        "用计算得分替换，原值记入批注"
    } else {
        "保留不动，与计算得分比较"
    }
}

/// The sheets that hold no form.
fn others(view: &View) -> Option<String> {
    let all = &view.case.other_sheets;
    let read = |sheet: &&SheetId| view.case.statements.iter().any(|statement| statement.at.sheet == **sheet);
    let (told, others): (Vec<&SheetId>, Vec<&SheetId>) = all.iter().partition(read);
    let said = [named(&told, "只取其中的文字核对，不是评分的表"), named(&others, "没有读取")];
    let said: Vec<String> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| format!("{}。原样保留。", said.join("；")))
}

/// Sheets by name, with what is said of them.
fn named(sheets: &[&SheetId], said: &str) -> Option<String> {
    let first = sheets.iter().take(MAX_NAMED).map(|sheet| sheet.spoken()).collect::<Vec<_>>().join("”“");
    let more = if sheets.len() > MAX_NAMED { format!("等{}张", sheets.len()) } else { String::new() };
    (!sheets.is_empty()).then(|| format!("“{first}”{more}{said}"))
}

/// The range of a form down to the last row that is named as skipped.
fn with_skipped(form: &LocatedForm) -> RangeRef {
    let RangeRef { first, last } = form.range;
    let row = form.skipped.iter().map(|(row, _)| *row).fold(last.row(), u32::max);
    CellRef::new(row, last.col()).map_or(form.range, |last| RangeRef::new(first, last))
}

/// Where a form was found and what was skipped in it.
fn located(form: &LocatedForm) -> String {
    let mut text = format!("工作表“{}”{}。", form.sheet.spoken(), with_skipped(form));
    if let Some(sheet) = &form.continues {
        text.push_str(&format!("接续工作表“{}”中的表。", sheet.spoken()));
    }
    let columns: Vec<String> = form
        .columns
        .iter()
        .map(|(title, _, column)| {
            format!("{}列“{}”", crate::base::column_letters(*column), title.replace('\n', ""))
        })
        .collect();
    if !columns.is_empty() {
        text.push_str(&format!("读取的列：{}。", columns.join("、")));
    }
    let skipped: Vec<String> =
        form.skipped.iter().map(|(row, why)| format!("第 {} 行（{why}）", row.saturating_add(1))).collect();
    if !skipped.is_empty() {
        text.push_str(&format!("跳过的行：{}。", skipped.join("、")));
    }
    text
}
