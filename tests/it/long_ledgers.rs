//! A ledger whose sheet is long is recognised by its head and read to its end once: what is said of it is what is said of
//! the same sheet read whole, whatever stands behind its rows.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use jixiao::inner::sheet::Workbook;

use crate::findings::{SHEET, changed};
use crate::support::{jixiao, retouched};
use crate::workbook_pages::write;

const ROWS: usize = 2_400;

const HEADER: &str =
    "日期 | 凭证字号 | 摘要 | 科目编码 | 科目名称 | 借方金额 | 贷方金额 | 方向 | 余额 | 项目名称\n";
/// What its columns mean stands in cells that are merged.
const MERGED: &str = "日期 | 凭证字号 | 摘要 | 科目 | < | 本期发生额 | < | 方向 | 余额 | 项目名称
^ | ^ | ^ | 编码 | 名称 | 借方 | 贷方 | ^ | ^ | ^\n";

/// A ledger of so many entries, each of 10 元, for this project.
fn rows(header: &str, project: impl Fn(usize) -> &'static str) -> String {
    let mut rows = format!("项目支出明细账 | < | < | <\n科目：7201 农村公路养护\n{header}");
    for number in 1..=ROWS {
        let (month, day) = (1 + number * 12 / (ROWS + 1), 1 + number % 28);
        let project = project(number);
        rows.push_str(&format!(
            "2022-{month:02}-{day:02} | 记-{number} | 付工程款{number} | '720101 | 养护工程 | 10 | | 借 | {} | {project}\n",
            number * 10
        ));
    }
    rows
}

/// What is in the sheet beside its rows: its XML is made so.
type Change = fn(String) -> String;

/// The workbook, and the same with a sheet that is too long to be held for a look.
fn short_and_long(rows: &str, change: Change, folder: &Path) -> [PathBuf; 2] {
    let small = write(&[("明细账", rows)], folder);
    let kept = |name: &str, made: PathBuf| {
        let path = folder.join(name).join("账.xlsx");
        fs::create_dir(path.parent().expect("a folder")).expect("a folder");
        fs::rename(made, &path).expect("a file");
        path
    };
    let sheet = |name: &str| name.ends_with("sheet1.xml");
    let short = retouched(&small, |name, text| if sheet(name) { change(text) } else { text });
    let short = kept("short", short);
    let padding = format!("<row note=\"{}\" r=", "x".repeat(2_500));
    let pad = |text: String| change(text).replace("<row r=", &padding);
    let long = retouched(&small, |name, text| if sheet(name) { pad(text) } else { text });
    [short, kept("long", long)]
}

/// What is said of a form and a ledger, or of a ledger alone, without the file's digest.
fn said(files: &[&Path]) -> (String, String, Option<i32>) {
    let output = jixiao(
        ["reconcile".as_ref(), "--json".as_ref()]
            .into_iter()
            .chain(files.iter().map(|file| file.as_os_str())),
    );
    let text = String::from_utf8(output.stdout).expect("UTF-8").replace("/long/", "/short/");
    let mut all = String::new();
    for line in text.lines() {
        let mut object: serde_json::Value = serde_json::from_str(line).expect("a JSON object");
        // What failed is named by its path.
        if let Some(sha256) = object["source"].get_mut("sha256") {
            sha256.take();
        }
        for file in object["files"].as_array_mut().into_iter().flatten() {
            file["sha256"].take();
        }
        all.push_str(&format!("{object}\n"));
    }
    let complaint = String::from_utf8(output.stderr).expect("UTF-8").replace("/long/", "/short/");
    (all, complaint, output.status.code())
}

fn is_begun_only(path: &Path) -> bool {
    let mut workbook = Workbook::open(File::open(path).expect("a file")).expect("a workbook");
    let info = workbook.sheets()[0].clone();
    workbook.head_or_why(&info, 2_000).expect("a file").expect("a sheet").tail_unread
}

#[test]
fn a_long_sheet_says_what_a_short_one_says() {
    let as_is: Change = |text| text;
    let behind: Change =
        |text| text.replace("</sheetData>", "</sheetData><!-- <mergeCell ref=\"A3:A9\"/> -->");
    let comment: Change = |text| text.replace("<row r=\"2300\"", "<!-- a --><row r=\"2300\"");
    let moved: Change =
        |text| text.replace("<row r=\"2310\"", "<row r=\"2500\"").replace("\"F2310\"", "\"F2500\"");
    let twice: Change = |text| text.replace("<row r=\"2310\"", "<row r=\"2309\"");
    let marked: Change = |text| {
        let header = "</sheetData><headerFooter><oddHeader>&amp;C机密★10年</oddHeader></headerFooter>";
        text.replace("</sheetData>", header)
    };
    let one = |_: usize| "农村公路养护";
    let two = |number: usize| if number.is_multiple_of(2) { "农村公路养护" } else { "乡镇卫生院" };
    let none = |number: usize| if number < 2_200 { "农村公路养护" } else { "" };
    let whole = ["24000"].as_slice();
    for (name, rows, change, totals) in [
        ("as it is", rows(HEADER, one), as_is, whole),
        ("merged titles", rows(MERGED, one), as_is, whole),
        ("two projects", rows(HEADER, two), as_is, &["12000"]),
        ("a project with gaps", rows(HEADER, none), as_is, &[]),
        ("a comment behind the rows", rows(HEADER, one), behind, whole),
        ("a comment among the rows", rows(HEADER, one), comment, whole),
        ("a row elsewhere", rows(HEADER, one), moved, &[]),
        ("a row twice", rows(HEADER, one), twice, &[]),
        ("a mark of secrecy behind the rows", rows(HEADER, one), marked, &[]),
        ("no ledger", rows("甲 | 乙 | 丙\n", one), as_is, &[]),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let [short, long] = short_and_long(&rows, change, folder.path());
        assert!(is_begun_only(&long) && !is_begun_only(&short), "{name}");
        let stating =
            changed(&[SHEET], &[("评价年度：2022年\n", "评价年度：2022年\n全年执行数（元） | 23000\n")]);
        let stating: Vec<_> = stating.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
        let form = write(&stating, folder.path());
        let (short_alone, long_alone) = (said(&[&short]), said(&[&long]));
        assert_eq!(short_alone, long_alone, "{name}");
        let (short_told, long_told) = (said(&[&form, &short]), said(&[&form, &long]));
        assert_eq!(short_told, long_told, "{name}");
        for total in totals {
            assert!(long_told.0.contains(&format!("\"spending\":\"{total}\"")), "{name}: {:?}", long_told);
        }
    }
}
