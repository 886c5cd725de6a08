//! `jixiao verify` of a workbook in which a sheet of ours was altered: what is said to have stood there stood there, and
//! nothing that follows from the alteration is laid to the program's version.

use std::fs;
use std::path::Path;

use jixiao::inner::xlsx::Content;
use serde_json::{Value as Json, json};

use crate::forged::held;
use crate::libreoffice::cells;
use crate::model_case::edited;
use crate::person::{Act, edit};
use crate::support::{MODEL, jixiao, jixiao_with_keys, keys, retouched, score, score_with_keys, workbook};
use crate::verify::{formula, returned, verify};

const SCORES: &str = "表2 评分表";

fn number(text: &str) -> Content {
    Content::Number(text.parse().expect("a number"))
}

fn text(words: &str) -> Content {
    Content::Text(words.to_owned())
}

/// What is said of altered cells: the cell, what is there, what should be; `—` where that is not said.
fn told(json: &Json) -> Vec<String> {
    let all = json["differences"].as_array().expect("differences");
    let word = |d: &Json, key: &str| d[key].as_str().unwrap_or("—").to_owned();
    all.iter().map(|d| ["cell", "found", "expected"].map(|key| word(d, key)).join(" | ")).collect()
}

/// The same of a workbook that no other version wrote.
fn altered(path: &Path) -> Vec<String> {
    let (code, json) = verify(path);
    assert_eq!((code, &json["otherwise"]), (1, &json!([])), "{json:#}");
    told(&json)
}

#[test]
fn what_stood_in_an_altered_cell_is_what_was_written_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    for (sheet, cell, content, wanted) in [
        ("评分明细", "K16", number("9"), "9 | 3"),
        // A number of the same size: what was lost is the formula.
        ("评分明细", "K16", number("3"), "3 | ='表2 评分表'!$K$16"),
        // The formula of another row.
        ("评分明细", "K16", formula("'表2 评分表'!$K$17", "4"), "4 | 3"),
        ("评分明细", "D16", text("改造完成率"), "改造完成率 | 实体大厅智能化提升改造完成率"),
        ("账务核对", "B22", number("61200"), "61200.00 | 612000.00"),
        ("评分汇总", "A1", text("汇总"), "汇总 | 评分汇总"),
        ("问题清单", "A4", number("9"), "9 | 1"),
        // Where nothing stood, nothing should.
        ("评分汇总", "J3", text("旁注"), "旁注 | "),
        // In the form, too, a formula is told from what it shows.
        (SCORES, "K17", number("3"), "3 | 4"),
    ] {
        let found = altered(&edited(&first.path, &[(sheet, cell, content)]));
        assert_eq!(found, [format!("'{sheet}'!{cell} | {wanted}")]);
    }
    let found = altered(&edited(&first.path, &[(SCORES, "K17", number("4"))]));
    assert!(found[0].starts_with("'表2 评分表'!K17 | 4 | =") && found.len() == 1, "{found:#?}");
}

#[test]
fn a_row_that_was_deleted_is_told_by_what_stood_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    let cut = retouched(&first.path, |name, part| match (name, part.split_once("<row r=\"7\"")) {
        ("xl/worksheets/sheet16.xml", Some((before, rest))) => {
            let (_, after) = rest.split_once("</row>").expect("the end of the row");
            format!("{before}{after}")
        }
        _ => part,
    });
    let before = cells(&first.path);
    // It has no ground in a document or form: its cell in I is blank.
    let wanted = "ABCDEFGH".chars().map(|column| {
        let at = format!("'问题清单'!{column}7");
        format!("{at} |  | {}", held(&before, &at))
    });
    assert_eq!(altered(&cut), wanted.collect::<Vec<_>>());
    let said = jixiao(["verify".as_ref(), cut.as_os_str()]);
    let said = String::from_utf8(said.stdout).expect("UTF-8");
    assert!(said.contains("问题清单A7  本软件写入的内容已被改动：现为空白，应为“4”"), "{said}");
}

#[test]
fn what_cannot_be_told_is_not_offered() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    let all = cells(&first.path);
    let row = (1..40).find(|row| held(&all, &format!("'处理说明'!A{row}")) == "来源文件校验码");
    let cell = format!("B{}", row.expect("the label"));
    // The file that is looked at now is another one than the one that was scored.
    let changed = edited(&first.path, &[("处理说明", &cell, text("另一个"))]);
    assert_eq!(altered(&changed), [format!("'处理说明'!{cell} | 另一个 | —")]);
    let said = jixiao(["verify".as_ref(), changed.as_os_str()]);
    let said = String::from_utf8(said.stdout).expect("UTF-8");
    let line = said.lines().find(|line| line.contains(&cell)).expect("the line");
    assert!(line.ends_with("本软件写入的内容已被改动：现为“另一个”"), "{said}");
}

#[test]
fn beside_a_changed_input_the_formula_is_what_stood_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    let changed = edited(&first.path, &[(SCORES, "I16", number("0.9")), ("评分明细", "K16", number("3"))]);
    // What it would show now is not what it showed then.
    assert_eq!(told(&verify(&changed).1), ["'评分明细'!K16 | 3 | ='表2 评分表'!$K$16"]);
}

#[test]
fn a_sheet_of_ours_with_another_name_and_another_figure_is_still_that_sheet() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    let acts = [
        Act::Rename { from: "评分明细", to: "明细" },
        Act::Number { sheet: "明细", cell: "K16".to_owned(), number: "9" },
    ];
    let found = altered(&edit(&first.path, &acts, folder.path()));
    assert!(found.contains(&"'明细'!K16 | 9 | 3".to_owned()), "{found:#?}");
    // What is worked out from it shows another thing in a program that calculates.
    assert!(found.contains(&"'明细'!K26 | 93.5 | 87.5".to_owned()), "{found:#?}");
}

#[test]
fn what_was_found_of_the_file_as_it_came_is_no_difference_of_versions() {
    let folder = tempfile::tempdir().expect("a folder");
    // A workbook of another format, and one whose record nothing proves: both are findings of that run alone.
    let old = score(&workbook(&MODEL.replace(".xlsx", ".xls")), folder.path());
    let unproved = score_with_keys(&returned(folder.path()).path, folder.path(), &folder.path().join("新钥"));
    for (path, keys) in [(old.path, keys()), (unproved.path, folder.path().join("新钥"))] {
        let output = jixiao_with_keys(&keys, ["verify".as_ref(), path.as_os_str(), "--json".as_ref()]);
        let json: Json = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!((output.status.code(), &json["otherwise"]), (Some(0), &json!([])), "{json:#}");
    }
}

#[test]
fn of_a_record_that_nothing_proves_no_version_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    let changed = edited(&first.path, &[("评分明细", "K16", number("9"))]);
    let others = folder.path().join("别处的钥");
    fs::create_dir_all(&others).expect("a folder");
    let output = jixiao_with_keys(&others, ["verify".as_ref(), changed.as_os_str(), "--json".as_ref()]);
    let json: Json = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&json["proved"], &json["otherwise"]), (&json!(false), &json!([])), "{json:#}");
    assert_eq!(told(&json), ["'评分明细'!K16 | 9 | 3"]);
}
