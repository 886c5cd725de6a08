//! The record of what is ours comes with the workbook, and may come from anybody: whatever it says, nothing of a person's
//! is lost on its word, and `verify` takes nothing for ours that is not.

use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};

use jixiao::inner::output::sheets;
use jixiao::inner::present::{AddedSheet, Look};
use jixiao::inner::sheet::{Value, Workbook};
use jixiao::inner::xlsx::{
    CellEdit, Content, Graft, NameEdit, NoteEdit, PackageEdits, StylePatch, XlsxPackage,
};

use crate::findings::{LEDGER, SELF, SHEET, changed};
use crate::libreoffice::{Cells, cells, recalculate};
use crate::model_case::edited;
use crate::person::{Act, edit};
use crate::support::{MODEL, Scored, jixiao, jixiao_with_keys, retouched, score, score_with_keys, workbook};
use crate::workbook_pages::write;

const RECORD: &str = "_jixiao";
/// The columns of a record as versions before the seal wrote it.
const UNSIGNED: [&str; 8] = ["key", "kind", "sheet", "cell", "content", "replaced", "shown", "of"];

type Row = Vec<String>;

/// A row of an unsigned record: kind, sheet, cell, content, what it replaced, what was shown, whose it is.
fn line(number: usize, parts: [&str; 7]) -> Row {
    std::iter::once(format!("_jixiao_{number}")).chain(parts.map(str::to_owned)).collect()
}

fn unsigned(lines: &[[&str; 7]]) -> Vec<Row> {
    let head = UNSIGNED.map(str::to_owned).to_vec();
    let lines = lines.iter().enumerate().map(|(number, parts)| line(number + 1, *parts));
    std::iter::once(head).chain(lines).collect()
}

/// A workbook with this record in it, in place of the one it has, and a name for each line.
fn with_record(file: &Path, rows: &[Row]) -> PathBuf {
    let mut package = XlsxPackage::open(File::open(file).expect("the workbook")).expect("a package");
    let mut sheet = AddedSheet::new(RECORD, &[10]);
    sheet.very_hidden = true;
    let mut names = Vec::new();
    for (row, texts) in (0_u32..).zip(rows) {
        for (column, text) in (0_u32..).zip(texts) {
            sheet.text(row, column, Look::Text, text.as_str());
        }
        let absolute = || Some(texts.get(3)?.parse::<jixiao::inner::base::CellRef>().ok()?.absolute());
        if let Some(cell) = absolute().filter(|_| row > 0) {
            let refers_to = Some(format!("'{}'!{cell}", texts[2]));
            names.push(NameEdit { name: texts[0].clone(), refers_to, hidden: true });
        }
    }
    let there = package.sheets().iter().any(|sheet| sheet.name == RECORD);
    let graft = Graft {
        replace: if there { vec![RECORD.to_owned()] } else { Vec::new() },
        workbook: sheets::build(&[sheet]).expect("a sheet"),
    };
    let edits = PackageEdits { names, graft: Some(graft), ..PackageEdits::default() };
    save(&mut package, &edits, file, "伪造.xlsx")
}

fn save(package: &mut XlsxPackage<File>, edits: &PackageEdits, file: &Path, name: &str) -> PathBuf {
    let mut out = Cursor::new(Vec::new());
    package.write(edits, &mut out).expect("a workbook");
    let copy = file.with_file_name(name);
    fs::write(&copy, out.into_inner()).expect("the copy");
    copy
}

/// The record of a workbook as rows of texts.
fn record_of(file: &Path) -> Vec<Row> {
    let mut workbook = Workbook::open(File::open(file).expect("the workbook")).expect("a workbook");
    let info = workbook.sheets().iter().find(|sheet| sheet.name == RECORD).cloned().expect("a record");
    let sheet = workbook.read(&info, None).expect("the record");
    let last = sheet.last_row().expect("rows");
    (0..=last).map(|row| (0..8).map(|column| sheet.at(row, column).shown()).collect()).collect()
}

/// The workbook with a name that leads elsewhere: that of the record's line which this holds for.
fn redirected(file: &Path, line: impl Fn(&Row) -> bool, to: &str) -> PathBuf {
    let name = record_of(file).into_iter().find(line).expect("the line")[0].clone();
    let mut package = XlsxPackage::open(File::open(file).expect("the workbook")).expect("a package");
    let names = vec![NameEdit { name, refers_to: Some(to.to_owned()), hidden: true }];
    save(&mut package, &PackageEdits { names, ..PackageEdits::default() }, file, "改名称.xlsx")
}

fn notes(file: &Path, sheet: &str) -> Vec<(String, String)> {
    let mut package = XlsxPackage::open(File::open(file).expect("the workbook")).expect("a package");
    let all = package.notes(sheet).expect("notes");
    all.into_iter().map(|note| (note.cell.to_string(), note.text)).collect()
}

fn incoming(pages: &[(String, String)], folder: &Path) -> PathBuf {
    let pages: Vec<_> = pages.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
    write(&pages, folder)
}

fn again(file: &Path, folder: &Path) -> Scored {
    score(file, &folder.join("再次"))
}

fn number(text: &str) -> Content {
    Content::Number(text.parse().expect("a number"))
}

fn text(text: &str) -> Content {
    Content::Text(text.to_owned())
}

/// What a cell of a workbook holds, as text.
pub(crate) fn held(all: &Cells, at: &str) -> String {
    match all.get(at) {
        Some((Value::Text(text), _)) => text.clone(),
        Some((Value::Number(number), _)) => number.to_string(),
        _ => String::new(),
    }
}

fn has(scored: &Scored, id: &str) -> bool {
    scored.json["findings"].as_array().expect("findings").iter().any(|finding| finding["id"] == id)
}

/// The exit code of `verify` and what it says.
fn verify(path: &Path) -> (i32, String) {
    let output = jixiao(["verify".as_ref(), path.as_os_str()]);
    (output.status.code().expect("an exit code"), String::from_utf8(output.stdout).expect("UTF-8"))
}

fn verified(path: &Path) -> serde_json::Value {
    let output = jixiao(["verify".as_ref(), path.as_os_str(), "--json".as_ref()]);
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// A self-evaluation with this record in it, scored: every cell of the agency's holds what it held.
fn keeps_all(pages: &[(String, String)], lines: &[[&str; 7]]) -> (Scored, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = incoming(pages, folder.path());
    let before = cells(&file);
    let scored = again(&with_record(&file, &unsigned(lines)), folder.path());
    let after = cells(&scored.path);
    for (at, content) in &before {
        assert_eq!(after.get(at), Some(content), "{at}");
    }
    assert!(has(&scored, "record-not-proved"), "{}", scored.json["findings"]);
    (scored, folder)
}

#[test]
fn a_typed_score_that_a_forged_line_claims_stays() {
    keeps_all(&changed(&[SELF], &[]), &[["cell", SELF.0, "G8", "15", "", "15", ""]]);
}

#[test]
fn a_typed_name_that_a_forged_line_claims_stays() {
    keeps_all(&changed(&[SELF], &[]), &[["cell", SELF.0, "C8", "养护公路里程", "", "", ""]]);
}

#[test]
fn titles_and_weights_that_forged_lines_claim_stay() {
    let lines = [
        ["cell", SELF.0, "A1", "项目支出绩效自评表", "", "", ""],
        ["cell", SELF.0, "F7", "分值", "", "", ""],
        ["cell", SELF.0, "F8", "15", "", "", ""],
    ];
    keeps_all(&changed(&[SELF], &[]), &lines);
}

#[test]
fn a_persons_formula_that_a_forged_line_claims_stays() {
    let pages = changed(&[SELF], &[("126公里 | 15 | 15 |", "126公里 | 15 | =10+5 -> 15 |")]);
    keeps_all(&pages, &[["cell", SELF.0, "G8", "=10+5", "", "15", ""]]);
}

#[test]
fn a_sheet_that_a_forged_line_claims_stays() {
    let own = ("历年情况".to_owned(), "我单位历年评分\n2021 | 88".to_owned());
    let pages: Vec<_> = changed(&[SELF], &[]).into_iter().chain([own]).collect();
    keeps_all(&pages, &[["sheet", "历年情况", "A1", "detail 0", "", "", ""]]);
}

#[test]
fn a_form_that_a_forged_line_claims_is_still_scored() {
    let (scored, _folder) =
        keeps_all(&changed(&[SELF], &[]), &[["sheet", SELF.0, "A1", "detail 0", "", "", ""]]);
    assert!(scored.json["score"]["total"].is_string(), "{}", scored.json["score"]);
}

#[test]
fn a_note_that_a_forged_line_claims_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = incoming(&changed(&[SELF], &[]), folder.path());
    let mut package = XlsxPackage::open(File::open(&file).expect("the workbook")).expect("a package");
    let cell = "G8".parse().expect("an address");
    let note = NoteEdit { sheet: SELF.0.to_owned(), cell, text: Some("局长已阅".to_owned()), was: None };
    let noted = save(
        &mut package,
        &PackageEdits { notes: vec![note], ..PackageEdits::default() },
        &file,
        "批注.xlsx",
    );
    let noted = retouched(&noted, |_, part| part.replace("<author>jixiao</author>", "<author>局长</author>"));
    let forged = with_record(&noted, &unsigned(&[["note", SELF.0, "G8", "局长已阅", "", "", ""]]));
    let scored = again(&forged, folder.path());
    assert!(notes(&scored.path, SELF.0).contains(&("G8".to_owned(), "局长已阅".to_owned())));
    // The author's name is a word of the workbook, too.
    let ours = retouched(&forged, |_, part| part.replace("<author>局长</author>", "<author>jixiao</author>"));
    let scored = again(&ours, folder.path());
    assert!(notes(&scored.path, SELF.0).contains(&("G8".to_owned(), "局长已阅".to_owned())));
}

#[test]
fn what_a_forged_line_says_was_replaced_is_not_told() {
    let (scored, _folder) =
        keeps_all(&changed(&[SELF], &[]), &[["cell", SELF.0, "G8", "15", "8877", "15", ""]]);
    let told = notes(&scored.path, SELF.0);
    assert!(!told.iter().any(|(_, text)| text.contains("8877")), "{told:?}");
}

#[test]
fn changes_that_forged_lines_claim_are_not_told() {
    let lines = [
        ["input", SELF.0, "E8", "90公里", "", "90公里", "0/0"],
        ["score", SELF.0, "C8", "3", "", "养护公路里程", "0/0"],
    ];
    let (scored, _folder) = keeps_all(&changed(&[SELF], &[]), &lines);
    assert_eq!(scored.json["changes"], serde_json::json!([]));
}

#[test]
fn a_signed_record_of_another_workbook_takes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let reason = held(&cells(&first.path), "'评分表'!L4");
    assert!(!reason.is_empty());
    let other = changed(
        &[SHEET],
        &[
            ("项目名称：农村公路养护", "项目名称：桥梁加固"),
            ("养护公路108公里。 | |", &format!("加固桥梁。 | 54 | {reason}")),
        ],
    );
    let file = incoming(&other, folder.path());
    let scored = again(&with_record(&file, &record_of(&first.path)), folder.path());
    let all = cells(&scored.path);
    assert_eq!([held(&all, "'评分表'!K4"), held(&all, "'评分表'!L4")], ["54".to_owned(), reason]);
    assert!(has(&scored, "record-of-another-workbook"), "{}", scored.json["findings"]);
}

#[test]
fn a_returned_workbook_that_was_given_another_project_is_asked_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let before = cells(&first.path);
    let title = text("项目名称：桥梁加固    评价年度：2022年");
    let renamed = edited(&first.path, &[(SHEET.0, "A2", title)]);
    let scored = again(&renamed, folder.path());
    assert!(has(&scored, "record-of-another-workbook"), "{}", scored.json["findings"]);
    assert_eq!(verify(&renamed).0, 1);
    // What is as we write it now is ours all the same: nothing stands twice, no score of ours is taken for a person's.
    let after = cells(&scored.path);
    assert_eq!(after["'评分表'!K4"], before["'评分表'!K4"]);
    assert!(!has(&scored, "stated-score-differs") && !after.contains_key("'评分明细(2)'!A1"));
}

#[test]
fn a_name_that_leads_to_a_persons_cell_makes_it_none_of_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let reason = held(&cells(&first.path), "'评分表'!L4");
    let copied = edited(&first.path, &[(SHEET.0, "J5", text(&reason)), (SHEET.0, "L4", Content::Blank)]);
    let attacked = redirected(&copied, |row| row[1] == "cell" && row[3] == "L4", "'评分表'!$J$5");
    let scored = again(&attacked, folder.path());
    assert_eq!(held(&cells(&scored.path), "'评分表'!J5"), reason);
}

#[test]
fn a_name_that_leads_to_a_persons_sheet_makes_it_none_of_ours() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = ("历年情况".to_owned(), "我单位历年评分\n2021 | 88".to_owned());
    let pages: Vec<_> = changed(&[SHEET], &[]).into_iter().chain([own]).collect();
    let first = score(&incoming(&pages, folder.path()), folder.path());
    let is_detail = |row: &Row| row[1] == "sheet" && row[4].starts_with("detail 0");
    let scored = again(&redirected(&first.path, is_detail, "'历年情况'!$A$1"), folder.path());
    let all = cells(&scored.path);
    assert_eq!(held(&all, "'历年情况'!A1"), "我单位历年评分");
    assert!(!all.contains_key("'评分明细(2)'!A1"), "a name that lies moves nothing");
}

/// A returned workbook whose record is as `change` leaves it.
fn altered(change: impl Fn(&mut Vec<Row>), cells: &[(&str, &str, Content)]) -> (i32, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    assert_eq!(verify(&first.path).0, 0, "as it was returned it is intact");
    let mut rows = record_of(&first.path);
    change(&mut rows);
    verify(&edited(&with_record(&first.path, &rows), cells))
}

#[test]
fn a_record_without_its_lines_proves_nothing() {
    let raised = [(SHEET.0, "K4", number("60")), (SHEET.0, "K6", number("100"))];
    let (code, said) = altered(|rows| rows.truncate(1), &raised);
    assert_eq!(code, 1, "{said}");
    let (code, said) = altered(|rows| rows.retain(|row| row[3] != "K4" && row[3] != "K6"), &raised);
    assert_eq!(code, 1, "{said}");
    let (code, said) = altered(|rows| rows.retain(|row| row[3] != "L4"), &[]);
    assert!(code == 1 && said.contains("记录"), "{said}");
}

#[test]
fn a_record_in_another_order_proves_nothing() {
    let (code, said) = altered(
        |rows| {
            let last = rows.len() - 1;
            rows.swap(last, last - 1)
        },
        &[],
    );
    assert!(code == 1 && said.contains("记录"), "{said}");
}

#[test]
fn a_record_with_a_line_more_proves_nothing() {
    let more = |rows: &mut Vec<Row>| {
        let next = rows.len();
        rows.push(line(next, ["cell", SHEET.0, "J4", "养护公路108公里。", "", "", ""]));
    };
    let (code, said) = altered(more, &[]);
    assert!(code == 1 && said.contains("记录"), "{said}");
}

#[test]
fn a_record_with_another_word_proves_nothing() {
    let (code, said) =
        altered(|rows| rows.iter_mut().filter(|row| row[3] == "L4").for_each(|row| row[4].push('！')), &[]);
    assert!(code == 1 && said.contains("记录"), "{said}");
}

#[test]
fn a_sheet_of_the_agency_called_like_our_record_stays() {
    for name in ["_jixiao", "_JIXIAO"] {
        let folder = tempfile::tempdir().expect("a folder");
        let own = (name.to_owned(), "备忘\n请勿删除 | 1".to_owned());
        let pages: Vec<_> = changed(&[SHEET], &[]).into_iter().chain([own]).collect();
        let first = score(&incoming(&pages, folder.path()), folder.path());
        let second = again(&first.path, folder.path());
        for scored in [&first, &second] {
            assert_eq!(held(&cells(&scored.path), &format!("'{name}'!A2")), "请勿删除");
            assert_eq!(verify(&scored.path).0, 0);
        }
        assert_eq!(second.json["changes"], serde_json::json!([]));
        assert!(!has(&second, "stated-score-differs") && !has(&second, "record-not-proved"));
    }
}

#[test]
fn a_key_that_was_lost_costs_no_words_and_no_scores() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = [folder.path().join("旧钥"), folder.path().join("新钥")];
    let file = incoming(&changed(&[SHEET], &[]), folder.path());
    let first = score_with_keys(&file, folder.path(), &keys[0]);
    let typed = edited(&first.path, &[(SHEET.0, "K5", number("39")), (SHEET.0, "L5", text("材料不全。"))]);
    let second = score_with_keys(&typed, &folder.path().join("新"), &keys[1]);
    assert!(has(&second, "record-not-proved"), "{}", second.json["findings"]);
    let all = cells(&second.path);
    assert_eq!([held(&all, "'评分表'!K5"), held(&all, "'评分表'!L5")], ["39", "材料不全。"]);
    assert_eq!(second.json["indicators"][0]["score"], "54");
    assert!(second.json["indicators"][0]["stated_score"].is_null(), "our own score is nobody's statement");
    // The old key is trusted: the record is proved again.
    let shown = jixiao_with_keys(&keys[0], ["key", "show"]);
    let public = String::from_utf8(shown.stdout).expect("UTF-8");
    let public = public.split_whitespace().find(|word| word.len() == 64).expect("a public key").to_owned();
    assert_eq!(jixiao_with_keys(&keys[1], ["key", "trust", &public]).status.code(), Some(0));
    let third = score_with_keys(&typed, &folder.path().join("信"), &keys[1]);
    assert!(!has(&third, "record-not-proved"), "{}", third.json["findings"]);
    assert_eq!(held(&cells(&third.path), "'评分表'!K5"), "39");
}

#[test]
fn the_unsigned_record_of_an_older_version_is_a_hint() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let before = cells(&first.path);
    let reason = held(&before, "'评分表'!L4");
    let shape = "=IF(EXACT(#,#),#,\"待评分（原表已改动）\")";
    let mut lines = vec![
        ["cell", SHEET.0, "K4", shape, "", "54", ""],
        ["cell", SHEET.0, "K5", shape, "", "40", ""],
        ["cell", SHEET.0, "K6", shape, "", "94", ""],
        ["cell", SHEET.0, "B7", shape, "", "优", ""],
        ["cell", SHEET.0, "L4", &reason, "", &reason, ""],
        // Forged.
        ["cell", SHEET.0, "J4", "养护公路108公里。", "", "", ""],
    ];
    let keys = ["评分结果单", "评分汇总", "评分明细", "取值表", "问题清单", "处理说明"].into_iter().zip([
        "result 0",
        "summary 0",
        "detail 0",
        "values 0",
        "issues 0",
        "provenance 0",
    ]);
    lines.extend(keys.map(|(name, key)| ["sheet", name, "A1", key, "", "", ""]));
    let scored = again(&with_record(&first.path, &unsigned(&lines)), folder.path());
    let after = cells(&scored.path);
    assert!(has(&scored, "record-not-proved"));
    for at in ["K4", "K5", "K6", "B7", "L4", "J4"].map(|cell| format!("'评分表'!{cell}")) {
        assert_eq!(after.get(&at), before.get(&at), "{at}");
    }
    assert!(!has(&scored, "stated-score-differs"), "our own scores are nobody's statements");
    assert_eq!(scored.json["score"]["total"], "94");
    assert!(!after.contains_key("'评分明细(2)'!A1"), "what is as we write it now is not doubled");
}

#[test]
fn a_changed_text_of_our_account_of_the_run_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let all = cells(&first.path);
    for label in ["来源文件校验码", "软件版本", "处理日期"] {
        let row = (1..40).find(|row| held(&all, &format!("'处理说明'!A{row}")) == label).expect("the label");
        let at = format!("B{row}");
        let (code, said) = verify(&edited(&first.path, &[("处理说明", &at, text("另一个"))]));
        assert!(code == 1 && said.contains(&at), "{label}: {said}");
    }
}

#[test]
fn a_changed_number_of_a_finding_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&workbook(MODEL), folder.path());
    let (code, said) = verify(&edited(&first.path, &[("问题清单", "A4", number("9"))]));
    assert!(code == 1 && said.contains("问题清单"), "{said}");
}

#[test]
fn hidden_and_shown_sheets_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let hidden = retouched(&first.path, |name, part| match name {
        "xl/workbook.xml" => part.replace("name=\"问题清单\"", "name=\"问题清单\" state=\"hidden\""),
        _ => part,
    });
    let (code, said) = verify(&hidden);
    assert!(code == 1 && said.contains("隐藏"), "{said}");
    let shown = retouched(&first.path, |name, part| match name {
        "xl/workbook.xml" => part.replace(" state=\"veryHidden\"", ""),
        _ => part,
    });
    let (code, said) = verify(&shown);
    assert!(code == 1 && said.contains("_jixiao"), "{said}");
}

#[test]
fn number_formats_that_were_reset_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&workbook(MODEL), folder.path());
    let reset = retouched(&first.path, |name, part| match name {
        "xl/styles.xml" => part.replace("0.00%", "General").replace("numFmtId=\"10\"", "numFmtId=\"0\""),
        _ => part,
    });
    let (code, said) = verify(&reset);
    assert!(code == 1 && said.contains("数字格式"), "{said}");
}

#[test]
fn what_the_agency_changed_is_told_with_its_effect() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let raised = edited(&first.path, &[(SHEET.0, "I4", number("0.985"))]);
    let raised = recalculate(&raised, folder.path());
    let (code, said) = verify(&raised);
    assert!(code == 1 && said.contains("I4"), "{said}");
    let json = verified(&raised);
    let changes = json["changes"].as_array().expect("changes");
    assert_eq!(changes.len(), 1, "{json}");
    let change = &changes[0];
    assert_eq!(
        [&change["cell"], &change["before"], &change["after"], &change["effect"]],
        ["'评分表'!I4", "90%", "98.5%", "5.1"]
    );
    assert_eq!(json["intact"], true, "what is ours was not touched: {json}");
}

#[test]
fn what_a_person_wrote_beside_our_tables_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let remarked = edited(&first.path, &[("评分明细", "T4", text("与科室核实过"))]);
    let second = again(&remarked, folder.path());
    let all = cells(&second.path);
    assert!(all.values().any(|(value, _)| *value == Value::Text("与科室核实过".to_owned())));
    assert!(has(&second, "sheet-of-ours-changed"), "{}", second.json["findings"]);
    // The sheet that is a person's now is no form, in this run and the next.
    let third = score(&second.path, &folder.path().join("三"));
    for scored in [&second, &third] {
        assert_eq!(scored.json["score"]["total"], "94");
        let output = cells(&scored.path);
        assert!(output.contains_key("'评分明细(2)'!A1") && !output.contains_key("'评分明细(3)'!A1"));
        assert!(!output.contains_key("'评分汇总(2)'!A1"), "there is one case");
    }
}

#[test]
fn words_that_a_person_added_to_our_note_stay() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let added = retouched(&first.path, |name, part| match name {
        _ if name.contains("comments") => part.replacen("评分时得54分", "已与科室核实。评分时得54分", 1),
        _ => part,
    });
    let second = again(&added, folder.path());
    let all = notes(&second.path, SHEET.0);
    assert!(all.iter().any(|(_, note)| note.contains("已与科室核实。")), "{all:?}");
}

#[test]
fn values_are_told_exactly() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = incoming(&changed(&[SHEET], &[]), folder.path());
    // The agency's cells show no places after the point.
    let styled = |cell: &str| CellEdit {
        sheet: SHEET.0.to_owned(),
        cell: cell.parse().expect("an address"),
        content: None,
        style: StylePatch { number_format: Some("0".to_owned()), ..StylePatch::default() },
    };
    let edits = PackageEdits { cells: vec![styled("K4"), styled("K5")], ..PackageEdits::default() };
    let mut package = XlsxPackage::open(File::open(&file).expect("the workbook")).expect("a package");
    let first = score(&save(&mut package, &edits, &file, "整数.xlsx"), folder.path());
    let typed = [(SHEET.0, "K4", number("0.8")), (SHEET.0, "I5", number("0.9275"))];
    let (_, said) = verify(&edited(&first.path, &typed));
    assert!(said.contains("“0.8”") && said.contains("“92.75%”"), "{said}");
}

#[test]
fn the_key_is_made_on_first_use_and_is_its_owners_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = folder.path().join("密钥");
    let file = incoming(&changed(&[SHEET], &[]), folder.path());
    let run = |keys: &Path| {
        let out = folder.path().join("结果");
        let args = ["score".as_ref(), file.as_os_str(), "--out".as_ref(), out.as_os_str()];
        String::from_utf8(jixiao_with_keys(keys, args).stderr).expect("UTF-8")
    };
    assert!(!keys.exists());
    // What only reads makes no key.
    assert_eq!(jixiao_with_keys(&keys, ["check".as_ref(), file.as_os_str()]).status.code(), Some(0));
    assert!(!keys.exists());
    let said = run(&keys);
    assert!(said.contains("密钥") && said.contains(keys.to_str().expect("UTF-8")), "{said}");
    let secret = keys.join("installation.key");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!((mode(&secret), mode(&keys)), (0o600, 0o700));
    }
    assert_eq!(run(&keys), "", "it is said once");
    let (before, shown) = (fs::read(&secret).expect("a key"), jixiao_with_keys(&keys, ["key", "show"]));
    let text = String::from_utf8(before.clone()).expect("UTF-8");
    assert!(!String::from_utf8_lossy(&shown.stdout).contains(text.trim()), "the secret is never shown");
    assert_eq!(jixiao_with_keys(&keys, ["key", "init"]).status.code(), Some(2), "none is lost by accident");
    assert_eq!(fs::read(&secret).expect("a key"), before);
    // A broken key is refused, not replaced.
    fs::write(&secret, "不是密钥").expect("written");
    assert!(run(&keys).contains("已损坏"));
    assert_eq!(fs::read_to_string(&secret).expect("it stays"), "不是密钥");
}

#[test]
fn a_key_that_was_replaced_is_trusted_further() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = folder.path().join("密钥");
    let first = score_with_keys(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path(), &keys);
    assert_eq!(jixiao_with_keys(&keys, ["key", "init", "--replace"]).status.code(), Some(0));
    let verified = |path: &Path| jixiao_with_keys(&keys, ["verify".as_ref(), path.as_os_str()]).status.code();
    assert_eq!(verified(&first.path), Some(0));
    let second = score_with_keys(&first.path, &folder.path().join("再次"), &keys);
    assert!(!has(&second, "record-not-proved"));
    assert_eq!(verified(&second.path), Some(0));
    // Whoever does not trust the key proves nothing with it.
    assert_eq!(verify(&second.path).0, 1);
}

#[test]
fn a_batch_signs_with_the_same_key() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("in")).expect("a folder");
    incoming(&changed(&[SHEET], &[]), &folder.path().join("in"));
    let (inside, out) = (folder.path().join("in"), folder.path().join("out"));
    let run = jixiao(["batch".as_ref(), inside.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
    let (code, said) = verify(&out.join("样例.已评分.xlsx"));
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_record_that_is_too_large_proves_nothing_and_costs_little() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let mut rows = record_of(&first.path);
    let last = rows.last().expect("a line").clone();
    rows.extend(std::iter::repeat_n(Vec::new(), 99_990));
    rows.push(vec!["_jixiao_99999".to_owned(), last[1].clone()]);
    let scored = again(&with_record(&first.path, &rows), folder.path());
    assert!(has(&scored, "record-not-proved"), "{}", scored.json["findings"]);
}

#[test]
fn rows_that_a_person_inserts_take_ours_along() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET, LEDGER], &[]), folder.path()), folder.path());
    let acts = [
        Act::InsertRow { sheet: SHEET.0, above: 4 },
        Act::InsertRow { sheet: LEDGER.0, above: 5 },
        Act::Rename { from: SHEET.0, to: "评分表（新）" },
    ];
    let moved = edit(&first.path, &acts, folder.path());
    let json = verified(&moved);
    assert_eq!((&json["intact"], &json["differences"]), (&true.into(), &serde_json::json!([])), "{json}");
    let second = again(&moved, folder.path());
    let all = cells(&second.path);
    assert!(all["'评分表（新）'!K5"].1 && !has(&second, "stated-score-differs"));
    assert!(!has(&second, "sheet-of-ours-changed") && !all.contains_key("'评分明细(2)'!A1"));
}

#[test]
fn what_would_be_written_otherwise_now_is_said_and_no_fault_of_the_workbook() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&incoming(&changed(&[SHEET], &[]), folder.path()), folder.path());
    let mapping = folder.path().join("从严.toml");
    let stricter = "schema = 1\nname = \"score-sheet\"\nkind = \"score-sheet\"\nextends = \"score-sheet\"\n\
        [[grades]]\nname = \"优\"\nfrom = 95\n[[grades]]\nname = \"良\"\nfrom = 0\n";
    fs::write(&mapping, stricter).expect("a mapping");
    let args = ["verify".as_ref(), first.path.as_os_str(), "--mapping".as_ref(), mapping.as_os_str()];
    let output = jixiao(args.into_iter().chain(["--json".as_ref()]));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((output.status.code(), &json["intact"]), (Some(0), &true.into()), "{json}");
    let otherwise = json["otherwise"].as_array().expect("a list");
    assert!(otherwise.iter().any(|other| other["cell"] == "'评分表'!B7"), "{json}");
    assert_eq!(json["differences"], serde_json::json!([]));
}
