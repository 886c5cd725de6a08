//! What is written into the agency's forms and what is left: typed scores, the reviewer's column, totals, a score summary,
//! `--replace-scores`; and sheets of ours beside the agency's own of the same name.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use jixiao::inner::sheet::Value;

use crate::findings::{LEDGER, SELF, SHEET, SUMMARY, changed};
use crate::libreoffice::{cells, differences};
use crate::support::{Scored, jixiao, score, workbook};
use crate::workbook_pages::write;

/// A workbook of these pages, scored into the same folder.
fn scored(pages: &[(String, String)], folder: &Path) -> (PathBuf, Scored) {
    let pages: Vec<_> = pages.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
    let file = write(&pages, folder);
    let result = score(&file, &folder.join("结果"));
    (file, result)
}

/// The `<c>` elements of a sheet's part as they stand, by address.
fn elements(file: &Path, part: &str) -> BTreeMap<String, String> {
    let mut archive = zip::ZipArchive::new(File::open(file).expect("the workbook")).expect("a package");
    let mut xml = String::new();
    archive.by_name(part).expect("the part").read_to_string(&mut xml).expect("UTF-8");
    let mut found = BTreeMap::new();
    for piece in xml.split("<c ").skip(1) {
        let open = piece.find('>').expect("a tag's end");
        let end = if piece[..open].ends_with('/') { open + 1 } else { piece.find("</c>").expect("an end") };
        let address = piece.split("r=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an address");
        found.insert(address.to_owned(), piece[..end].to_owned());
    }
    found
}

fn holds_something(element: &str) -> bool {
    element.contains("<v>") || element.contains("<f") || element.contains("<is>")
}

fn number(text: &str) -> Value {
    Value::Number(text.parse().expect("a number"))
}

fn ids(scored: &Scored) -> Vec<String> {
    let findings = scored.json["findings"].as_array().expect("findings");
    findings
        .iter()
        .map(|f| format!("{} {}", f["id"].as_str().unwrap(), f["cell"].as_str().unwrap()))
        .collect()
}

#[test]
fn a_persons_cells_are_the_same_bytes_after_scoring() {
    for (name, part) in [
        ("东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx", "xl/worksheets/sheet1.xml"),
        ("东湖区教体局-课后服务补助-自评-2023.xlsx", "xl/worksheets/sheet1.xml"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let result = score(&workbook(name), folder.path());
        let (before, after) = (elements(&workbook(name), part), elements(&result.path, part));
        let typed: Vec<_> = before.iter().filter(|(_, element)| holds_something(element)).collect();
        assert!(typed.len() > 60, "{name}: {} cells", typed.len());
        for (at, element) in typed {
            assert_eq!(after.get(at), Some(element), "{name} {at}");
        }
    }
}

#[test]
fn of_two_score_columns_only_the_reviewers_is_filled() {
    let pages = changed(
        &[SHEET],
        &[
            ("评价情况 | 得分 | 扣分原因", "评价情况 | 自评分 | 复核分 | 扣分原因"),
            ("养护公路108公里。 | |", "养护公路108公里。 | 60 | |"),
            ("走访沿线各村。 | |", "走访沿线各村。 | 40 | |"),
            ("合计 | | | | | 100 | | | | | |", "合计 | | | | | 100 | | | | | 100 | |"),
        ],
    );
    let folder = tempfile::tempdir().expect("a folder");
    let (file, result) = scored(&pages, folder.path());
    let (before, after) =
        (elements(&file, "xl/worksheets/sheet1.xml"), elements(&result.path, "xl/worksheets/sheet1.xml"));
    for row in 4..=6 {
        assert_eq!(before[&format!("K{row}")], after[&format!("K{row}")], "自评分 K{row}");
        assert!(after[&format!("L{row}")].contains("<f>"), "复核分 L{row}");
    }
    assert_eq!(cells(&result.path)["'评分表'!L6"].0, number("94"));
    assert!(ids(&result).contains(&"stated-score-differs '评分表'!K4".to_owned()), "{:?}", ids(&result));
}

#[test]
fn typed_scores_totals_and_grades_stay_and_are_compared() {
    let pages = changed(
        &[SHEET],
        &[
            ("养护公路108公里。 | |", "养护公路108公里。 | 55 |"),
            ("合计 | | | | | 100 | | | | | |", "合计 | | | | | 100 | | | | | 96 |"),
            ("评价等级 | |", "评价等级 | 良 |"),
        ],
    );
    let folder = tempfile::tempdir().expect("a folder");
    let (file, result) = scored(&pages, folder.path());
    let (before, after) =
        (elements(&file, "xl/worksheets/sheet1.xml"), elements(&result.path, "xl/worksheets/sheet1.xml"));
    for at in ["K4", "K6", "B7"] {
        assert_eq!(before[at], after[at], "{at}");
    }
    let found = ids(&result);
    for wanted in
        ["stated-score-differs '评分表'!K4", "total-differs '评分表'!K6", "grade-differs '评分表'!B7"]
    {
        assert!(found.contains(&wanted.to_owned()), "{wanted}: {found:?}");
    }
    assert_eq!(result.json["score"]["total"], "94");
    assert_eq!(cells(&result.path)["'评分明细'!K6"].0, number("94"), "our total stands on 评分明细");
}

#[test]
fn replaced_scores_are_formulas_and_keep_the_old_value_in_a_note() {
    let pages = changed(
        &[SHEET, SUMMARY],
        &[
            ("养护公路108公里。 | |", "养护公路108公里。 | 55 |"),
            ("合计 | | | | | 100 | | | | | |", "合计 | | | | | 100 | | | | | 96 |"),
            ("评价等级 | |", "评价等级 | 良 |"),
            ("60 | 54", "60 | 55"),
        ],
    );
    let folder = tempfile::tempdir().expect("a folder");
    let (file, _) = scored(&pages, folder.path());
    let replaced = |file: &Path, name: &str| {
        let out = folder.path().join(name);
        let output = jixiao([
            "score".as_ref(),
            file.as_os_str(),
            "--replace-scores".as_ref(),
            "--out".as_ref(),
            out.as_os_str(),
        ]);
        assert!(output.status.code() <= Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        out
    };
    let first = replaced(&file, "替换.xlsx");
    let second = replaced(&first, "再次.xlsx");
    for path in [&first, &second] {
        let all = cells(path);
        for (at, value) in
            [("'评分表'!K4", number("54")), ("'评分表'!K6", number("94")), ("'得分一览表'!D3", number("54"))]
        {
            assert_eq!(all[at], (value, true), "{at} of {}", path.display());
        }
        assert_eq!(all["'评分表'!B7"], (Value::Text("优".to_owned()), true));
        let notes = notes(path);
        for old in ["原填“55”", "原填“96”", "原填“良”"] {
            assert!(notes.contains(old), "{old} is in no note of {}: {notes}", path.display());
        }
        assert_eq!(differences(path), Vec::<String>::new());
    }
}

/// All notes of a workbook, as XML.
fn notes(path: &Path) -> String {
    let mut archive = zip::ZipArchive::new(File::open(path).expect("the workbook")).expect("a package");
    let parts: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    let mut all = String::new();
    for part in parts.iter().filter(|part| part.contains("comments") && part.ends_with(".xml")) {
        archive.by_name(part).expect("the part").read_to_string(&mut all).expect("UTF-8");
    }
    all
}

#[test]
fn a_blank_score_summary_gets_formulas_and_a_typed_one_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let blank =
        changed(&[SHEET, SUMMARY], &[("60 | 54", "60 |"), ("40 | 40\n", "40 |\n"), ("100 | 94", "100 |")]);
    let (_, result) = scored(&blank, folder.path());
    let all = cells(&result.path);
    for (at, value) in [("D3", "54"), ("D4", "40"), ("D5", "94")] {
        assert_eq!(all[&format!("'得分一览表'!{at}")], (number(value), true), "{at}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (file, result) = scored(&changed(&[SHEET, SUMMARY], &[("60 | 54", "60 | 53")]), folder.path());
    assert_eq!(
        elements(&file, "xl/worksheets/sheet2.xml")["D3"],
        elements(&result.path, "xl/worksheets/sheet2.xml")["D3"]
    );
    assert_eq!(ids(&result)[0], "level-score-differs '得分一览表'!D3");
}

#[test]
fn a_sheet_of_the_agency_that_is_called_like_ours_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = [
        ("评分汇总".to_owned(), "我单位历年评分\n2021 | 88".to_owned()),
        ("问题清单".to_owned(), "去年的问题".to_owned()),
    ];
    let pages: Vec<_> = changed(&[SHEET, LEDGER], &[]).into_iter().chain(own).collect();
    let (file, first) = scored(&pages, folder.path());
    let second = score(&first.path, &folder.path().join("再次"));
    for path in [&first.path, &second.path] {
        let all = cells(path);
        assert_eq!(all["'评分汇总'!A1"].0, Value::Text("我单位历年评分".to_owned()));
        assert_eq!(all["'问题清单'!A1"].0, Value::Text("去年的问题".to_owned()));
        assert_eq!(all["'评分汇总(2)'!A1"].0, Value::Text("评分汇总".to_owned()));
        assert!(all.contains_key("'问题清单(2)'!A1") && !all.contains_key("'评分汇总(3)'!A1"));
        assert_eq!(differences(path), Vec::<String>::new());
    }
    let names = |path: &Path| elements(path, "xl/worksheets/sheet3.xml");
    assert_eq!(names(&file), names(&first.path));
}

#[test]
fn each_case_of_a_workbook_has_its_own_sheets() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = changed(
        &[SELF],
        &[("项目名称 | 农村公路养护", "项目名称 | 桥梁加固"), ("50块 | 15 | 15 |", "45块 | 15 | 15 |")],
    );
    let mut pages = changed(&[SELF], &[]);
    pages.extend(other.into_iter().map(|(_, rows)| ("自评表二".to_owned(), rows)));
    let (_, first) = scored(&pages, folder.path());
    let second = score(&first.path, &folder.path().join("再次"));
    for path in [&first.path, &second.path] {
        let all = cells(path);
        for name in ["评分汇总", "评分汇总(2)", "评分明细", "评分明细(2)", "处理说明(2)"]
        {
            assert!(all.contains_key(&format!("'{name}'!A1")), "{name} of {}", path.display());
        }
        assert!(!all.contains_key("'评分汇总(3)'!A1"));
        assert_eq!(differences(path), Vec::<String>::new());
    }
}

#[test]
fn a_sheet_of_ours_that_a_person_renamed_is_written_again_in_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, first) = scored(&changed(&[SELF, LEDGER], &[]), folder.path());
    let renamed = renamed(&first.path, "评分汇总", "汇总给局长", folder.path());
    let second = score(&renamed, &folder.path().join("再次"));
    let all = cells(&second.path);
    assert!(all.contains_key("'汇总给局长'!A1") && !all.contains_key("'评分汇总'!A1"));
    assert_eq!(differences(&second.path), Vec::<String>::new());
}

/// The workbook with a sheet renamed the way a spreadsheet program does it: in the list of sheets and in every formula
/// and name.
fn renamed(file: &Path, from: &str, to: &str, folder: &Path) -> PathBuf {
    let mut archive = zip::ZipArchive::new(File::open(file).expect("the workbook")).expect("a package");
    let path = folder.join("改名.xlsx");
    let mut out = zip::ZipWriter::new(File::create(&path).expect("a file"));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its content");
        let name = entry.name().expect("a name").into_owned();
        if name == "xl/workbook.xml" || name.starts_with("xl/charts/") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            bytes = text
                .replace(&format!("name=\"{from}\""), &format!("name=\"{to}\""))
                .replace(&format!("{from}!"), &format!("{to}!"))
                .replace(&format!("'{from}'!"), &format!("'{to}'!"))
                .into_bytes();
        }
        out.start_file(name, zip::write::SimpleFileOptions::default()).expect("an entry");
        std::io::Write::write_all(&mut out, &bytes).expect("written");
    }
    out.finish().expect("a package");
    path
}
