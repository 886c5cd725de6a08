//! What is printed can be read: LibreOffice prints each sheet that we add, and the letters in the PDF are measured.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use jixiao::inner::base::Number;
use jixiao::inner::returned::OurSheet;
use jixiao::inner::sheet::{Value, Workbook};
use jixiao::inner::xlsx::Content;

use crate::libreoffice::{Cells, cells, recalculate};
use crate::model_case::edited;
use crate::overrides::{grade_row, number, text};
use crate::support::{MODEL, retouched, score, workbook};
use crate::verify::verify;

/// The least size of printed letters in points.
const LEAST: u32 = 8;
const CASES: [&str; 3] =
    [MODEL, "东湖区教体局-课后服务补助-自评-2023.xlsx", "东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx"];

/// The sizes of letters on each page. LibreOffice writes them as they are on paper: `/F1 8.4 Tf`.
fn sizes(pdf: &[u8]) -> Vec<Vec<Number>> {
    let mut pages = Vec::new();
    let starts = memchr_all(pdf, b"stream\r\n").chain(memchr_all(pdf, b"stream\n"));
    let mut starts: Vec<usize> = starts.collect();
    starts.sort_unstable();
    for start in starts {
        let mut text = Vec::new();
        // Fonts and pictures are streams, too, and no text.
        if flate2::read::ZlibDecoder::new(&pdf[start..]).read_to_end(&mut text).is_err() {
            continue;
        }
        let text = String::from_utf8_lossy(&text);
        let words: Vec<&str> = text.split([' ', '\n', '<', '[', '(']).collect();
        let found = words.windows(2).filter(|pair| pair[1] == "Tf").filter_map(|pair| pair[0].parse().ok());
        let found: Vec<Number> = found.collect();
        if !found.is_empty() {
            pages.push(found);
        }
    }
    pages
}

fn memchr_all<'a>(bytes: &'a [u8], what: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    memchr::memmem::find_iter(bytes, what).map(move |at| at + what.len())
}

fn print(file: &Path, folder: &Path) -> Vec<u8> {
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .arg(file)
        .output()
        .expect("LibreOffice (soffice) must be installed: it prints");
    assert!(status.status.success(), "soffice failed: {}", String::from_utf8_lossy(&status.stderr));
    fs::read(folder.join(file.with_extension("pdf").file_name().expect("a name"))).expect("the PDF")
}

#[test]
fn every_sheet_of_ours_is_printed_in_letters_that_can_be_read() {
    for case in CASES {
        let folder = tempfile::tempdir().expect("a folder");
        let scored = score(&workbook(case), folder.path());
        let returned = scored.path;
        let file = fs::File::open(&returned).expect("the workbook");
        let sheets = Workbook::open(file).expect("a workbook").sheets().to_vec();
        let ours = |name: &str| OurSheet::ALL.into_iter().any(|part| part.title() == name);
        let names = sheets.iter().map(|info| info.name.as_str());
        let printed: Vec<&str> = names.filter(|name| ours(name)).collect();
        assert!(printed.len() >= 5, "{printed:?}");
        // The agency's own sheets are as large as the agency prints them.
        let only_ours = retouched(&returned, |part, text| {
            if part != "xl/workbook.xml" {
                return text;
            }
            // The sheet that is shown first is printed, hidden or not.
            let first = sheets.iter().position(|info| ours(&info.name)).expect("a sheet of ours");
            let mut text = text.replace(" state=\"visible\"", "");
            for at in 0..sheets.len() {
                text = text.replace(&format!(" activeTab=\"{at}\""), "");
            }
            text = text.replace("<workbookView ", &format!("<workbookView activeTab=\"{first}\" "));
            for (at, info) in sheets.iter().enumerate().filter(|(_, info)| !ours(&info.name)) {
                let name = format!("name=\"{}\"", info.name);
                if info.visible {
                    text = text.replace(&name, &format!("{name} state=\"hidden\""));
                }
                // A print area is printed, hidden or not.
                let area = format!("name=\"_xlnm.Print_Area\" localSheetId=\"{at}\"");
                text = text.replace(&area, &format!("name=\"area{at}\""));
            }
            text
        });
        let pages = sizes(&print(&only_ours, folder.path()));
        assert!(pages.len() >= printed.len(), "{case}: {} pages of {printed:?}", pages.len());
        for (page, sizes) in (1..).zip(&pages) {
            let least = *sizes.iter().min().expect("a page with letters");
            assert!(
                least >= Number::from(LEAST),
                "{case}: page {page} of {} has letters of {least} points",
                pages.len()
            );
        }
    }
}

fn shown(all: &Cells, cell: &str) -> String {
    match all.get(&format!("'评分结果单'!{cell}")) {
        Some((Value::Text(text), _)) => text.clone(),
        Some((Value::Number(number), _)) => number.to_string(),
        _ => String::new(),
    }
}

/// The row of 评分结果单 that begins so.
fn row(all: &Cells, label: &str) -> u32 {
    (1..200).find(|row| shown(all, &format!("A{row}")) == label).unwrap_or_else(|| panic!("no {label}"))
}

/// The workbook after a person's changes, as LibreOffice calculates it.
fn after(path: &Path, acts: &[(&str, &str, Content)], folder: &Path) -> Cells {
    cells(&recalculate(&edited(path, acts), folder))
}

#[test]
fn the_result_sheet_follows_what_a_person_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("表.xlsx");
    fs::copy(workbook(MODEL), &source).expect("a copy");
    let blank = edited(&source, &[("表2 评分表", "I4", Content::Blank)]);
    let scored = score(&blank, &folder.path().join("结果"));
    let first = cells(&scored.path);
    assert_eq!(shown(&first, "A2"), "测算结果，非正式评价结论");
    assert_eq!(shown(&first, "A6"), "已评98分中得85.5分，尚有1项2分待评。");
    let sum = row(&first, "扣分合计");
    assert_eq!(
        (shown(&first, &format!("E{sum}")), shown(&first, &format!("F{sum}"))),
        ("12.5".into(), "".into())
    );
    assert_eq!(shown(&first, &format!("A{}", sum - 5)), "立项依据充分性", "what waits is listed");
    let signed = row(&first, "\n复核人：\n");
    assert!(shown(&first, &format!("A{}", signed - 1)).contains("□无异议　□有异议（附说明）"));

    // Ticked: all is decided. A score that falls by it is told, though its row was not listed.
    let tick = |row: u32| format!("F{row}");
    let ticks: Vec<String> = (5..9).map(tick).collect();
    let mut acts: Vec<(&str, &str, Content)> =
        ticks.iter().map(|cell| ("取值表", cell.as_str(), text("是"))).collect();
    let ticked = after(&scored.path, &acts, folder.path());
    assert_eq!(shown(&ticked, "A6"), "满分100分，得87.5分。");
    acts[3].2 = text("否");
    let less = after(&scored.path, &acts, folder.path());
    assert_eq!(shown(&less, "A6"), "满分100分，得87分。");
    assert_eq!(shown(&less, &format!("E{sum}")), "13");
    acts[3].2 = text("是");
    acts.push(("表2 评分表", "I16", number("0.5")));
    let more = after(&scored.path, &acts, folder.path());
    assert_eq!(shown(&more, &format!("F{sum}")), "评分以后的改动另扣1.5分，见“评分明细”。");

    // Who decides the grade makes it more than a draft; without a reason he does not.
    acts.pop();
    let rows = ["改定等级", "改定理由", "改定人"].map(|label| grade_row(&first, label));
    let [grade, reason, by] = [("良", 0), ("集体会审", 1), ("李四", 2)]
        .map(|(words, at)| ("评分汇总", rows[at].as_str(), text(words)));
    acts.extend([grade, by]);
    assert_eq!(shown(&after(&scored.path, &acts, folder.path()), "A2"), "测算结果，非正式评价结论");
    acts.push(reason);
    let decided = after(&scored.path, &acts, folder.path());
    assert_eq!(shown(&decided, "A2"), "评价等级由李四确定，理由：集体会审");
}

#[test]
fn the_signatures_are_those_of_the_kind_of_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(CASES[2]), folder.path());
    let all = cells(&scored.path);
    let signed = row(&all, "\n项目负责人：\n");
    let line = ["A", "C", "F"].map(|column| shown(&all, &format!("{column}{signed}")));
    assert_eq!(line, ["\n项目负责人：\n", "\n财务负责人：\n", "\n单位（盖章）：\n"]);
    let said: Vec<String> = (1..=signed).map(|row| shown(&all, &format!("A{row}"))).collect();
    assert!(!said.iter().any(|said| said.contains("被评价单位")), "a self-evaluation hears nobody: {said:?}");
}

#[test]
fn what_is_typed_beside_a_kept_value_is_said_and_the_next_run_keeps_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let scored = score(&workbook(MODEL), folder.path());
    let shut = edited(&scored.path, &[("取值表", "H6", text("自己记的"))]);
    let open = retouched(&shut, |part, text| match part.ends_with("sheet10.xml") {
        true => text.replace("<sheetProtection sheet=\"1\"", "<sheetProtection sheet=\"0\""),
        false => text,
    });
    let (code, json) = verify(&open);
    let told = json["differences"].to_string();
    assert_eq!(code, 1);
    assert!(told.contains("'取值表'!H6") && told.contains("自己记的"), "{told}");
    assert!(told.contains("附加的工作表已被取消保护"), "{told}");
    let again = score(&open, &folder.path().join("再次"));
    let kept = cells(&again.path);
    let kept: Vec<&String> = kept
        .iter()
        .filter(|(_, (value, _))| *value == Value::Text("自己记的".into()))
        .map(|(at, _)| at)
        .collect();
    assert_eq!(kept.len(), 1, "a person's words are kept");
    let said = again.json["findings"].to_string();
    assert!(said.contains("取值表"), "and the run says so: {said}");
}
