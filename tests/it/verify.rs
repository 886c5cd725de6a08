//! `jixiao verify`: a workbook as we returned it is intact; whatever is done to what is ours is found at its cell.

use std::fs;
use std::path::Path;

use jixiao::inner::xlsx::{Cached, Content, XlsxPackage};
use serde_json::Value as Json;

use crate::model_case::edited;
use crate::person::{Act, edit};
use crate::support::{MODEL, Scored, jixiao, retouched, score, workbook};

const SCORES: &str = "表2 评分表";

pub(crate) fn verify(path: &Path) -> (i32, Json) {
    let output = jixiao(["verify".as_ref(), path.as_os_str(), "--json".as_ref()]);
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code().expect("an exit code"), json)
}

/// What is said of cells of ours, whatever the agency changed.
fn accusations(json: &Json) -> Vec<String> {
    let all = json["differences"].as_array().expect("differences");
    let word = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    all.iter().map(|d| format!("{} {}", word(&d["cell"]), word(&d["what"]))).collect()
}

/// The cells at which a workbook is not as it should be, with what is said of them.
fn differences(path: &Path) -> Vec<String> {
    let (code, json) = verify(path);
    assert_eq!(json["returned"], true);
    let all = json["differences"].as_array().expect("differences");
    assert_eq!((code, json["intact"].as_bool()), (i32::from(!all.is_empty()), Some(all.is_empty())));
    accusations(&json)
}

pub(crate) fn returned(folder: &Path) -> Scored {
    score(&workbook(MODEL), folder)
}

pub(crate) fn formula(text: &str, value: &str) -> Content {
    Content::Formula { text: text.to_owned(), cached: Cached::Number(value.parse().expect("a number")) }
}

#[test]
fn a_returned_workbook_is_intact_also_after_another_program_saved_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    assert_eq!(differences(&first.path), Vec::<String>::new());
    assert_eq!(differences(&edit(&first.path, &[], folder.path())), Vec::<String>::new());
}

#[test]
fn a_workbook_that_never_came_from_us_is_none_of_ours() {
    let (code, json) = verify(&workbook(MODEL));
    assert_eq!((code, &json["returned"], &json["intact"]), (1, &false.into(), &false.into()));
}

#[test]
fn a_file_that_cannot_be_read_is_refused() {
    let output = jixiao(["verify".as_ref(), workbook("bad").join("截断.xlsx").as_os_str()]);
    let message = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(3), "{message}");
    assert!(message.contains("文件不完整") && message.contains("怎么办"), "{message}");
}

#[test]
fn what_was_done_to_our_cells_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    let altered = edited(
        &first.path,
        &[
            // A number typed over a formula.
            (SCORES, "K7", Content::Number("2".parse().expect("a number"))),
            // A formula of the same shape that counts another cell: 98.6 % of the weight of the row above.
            (
                SCORES,
                "K17",
                formula(
                    "IF(EXACT($G$17,'评分明细'!$F$17),ROUND(ROUND(MAX(MIN(MIN($I$17*$F$16,$F$16),$F$16),0),8),2),\"待评分（原表已改动）\")",
                    "3",
                ),
            ),
            ("评分汇总", "A1", Content::Text("评分汇总（修改）".to_owned())),
        ],
    );
    let found = differences(&altered);
    for wanted in [
        "'表2 评分表'!K7 本软件写入的内容已被改动",
        "'表2 评分表'!K17 本软件写入的内容已被改动",
        "'评分汇总'!A1 本软件写入的内容已被改动",
    ] {
        assert!(found.iter().any(|d| d == wanted), "{wanted} is not in {found:#?}");
    }
}

/// What of our cells follows from changed inputs, with the cells of these.
fn consequences(json: &Json) -> Vec<String> {
    let all = json["consequences"].as_array().expect("consequences");
    let of = |c: &Json| {
        let cells = c["of"].as_array().expect("cells").iter().map(|cell| cell.as_str().unwrap_or_default());
        cells.collect::<Vec<_>>().join(" ")
    };
    let told = |c: &Json| {
        let word = |key: &str| c[key].as_str().unwrap_or("—").to_owned();
        format!("{} {} {} {}", word("cell"), of(c), word("found"), word("expected"))
    };
    all.iter().map(told).collect()
}

#[test]
fn what_follows_from_a_changed_input_is_its_effect_and_no_alteration() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    // The actual is corrected by a program that does not calculate: the old score still stands beside it.
    let altered = edited(&first.path, &[(SCORES, "I16", Content::Number("0.9".parse().expect("a number")))]);
    let (code, json) = verify(&altered);
    assert_eq!((code, &json["intact"]), (1, &true.into()), "{:#?}", json["differences"]);
    let found = consequences(&json);
    for wanted in ["'表2 评分表'!K16 '表2 评分表'!I16 3 2.7", "'表2 评分表'!K26 '表2 评分表'!I16 87.5 87.2"]
    {
        assert!(found.iter().any(|told| told == wanted), "{found:#?}");
    }
    // One that does calculate leaves nothing to say of the scores.
    let number = |cell: &str, number| Act::Number { sheet: SCORES, cell: cell.to_owned(), number };
    let calculated = edit(&first.path, &[number("I16", "0.9")], folder.path());
    let (code, json) = verify(&calculated);
    assert_eq!((code, &json["intact"]), (1, &true.into()), "{:#?}", json["differences"]);
    assert!(!consequences(&json).iter().any(|told| told.contains("!K16")), "{json:#?}");
    // What a person fills in is a person's.
    let replied = edited(&first.path, &[("问题清单", "J4", Content::Text("已补充。".to_owned()))]);
    assert_eq!(differences(&replied), Vec::<String>::new());
}

#[test]
fn no_cell_is_accused_because_rows_of_ours_moved() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    // Another amount of the budget brings one more row to the reconciliation.
    let altered = edited(
        &first.path,
        &[("表1 绩效目标申报表", "C5", Content::Number("99.9".parse().expect("a number")))],
    );
    let (code, json) = verify(&altered);
    assert_eq!((code, &json["differences"]), (1, &Json::Array(vec![])));
    assert_eq!(json["changes"][0]["cell"], "'表1 绩效目标申报表'!C5");
}

#[test]
fn a_result_forged_beside_a_changed_input_is_still_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    // A score that its formula does not give, and an input of another indicator.
    let changed = edited(&first.path, &[(SCORES, "I17", Content::Number("0.9".parse().expect("a number")))]);
    let forged = retouched(&changed, |name, part| match name.ends_with("sheet3.xml") {
        true => {
            let (before, cell) = part.split_once("<c r=\"K16\"").expect("the cell");
            format!("{before}<c r=\"K16\"{}", cell.replacen("<v>3</v>", "<v>9</v>", 1))
        }
        false => part,
    });
    assert_eq!(accusations(&verify(&forged).1), ["'表2 评分表'!K16 内容与重新计算的不同"]);
}

#[test]
fn what_the_ledger_the_survey_and_other_sheets_say_is_compared_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    let changed = |sheet: &str, cell: &str, content: Content| {
        let (code, json) = verify(&edited(&first.path, &[(sheet, cell, content)]));
        let changes = json["changes"].as_array().expect("changes").clone();
        let all: Vec<String> = changes
            .iter()
            .map(|change| {
                ["cell", "before", "after"].map(|key| change[key].as_str().unwrap_or("—")).join(" | ")
            })
            .collect();
        (code, all)
    };
    let number = |text: &str| Content::Number(text.parse().expect("a number"));
    let (code, changes) = changed("项目支出明细账", "F8", number("999999"));
    assert_eq!((code, changes.len()), (1, 1), "{changes:?}");
    assert!(changes[0].contains("明细账支出合计 592668.35 元"), "{changes:?}");
    let text = |words: &str| Content::Text(words.to_owned());
    for (sheet, cell) in [("满意度问卷", "D5"), ("项目概况", "B4")] {
        let (code, changes) = changed(sheet, cell, text("不满意"));
        assert_eq!((code, changes.len()), (1, 1), "{changes:?}");
        assert!(changes[0].starts_with(&format!("'{sheet}'!{cell}")), "{changes:?}");
    }
}

#[test]
fn how_our_sheets_are_shown_is_compared_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = returned(folder.path());
    let (path, format_of_ours) = (first.path.as_path(), styles(&first.path));
    let found = |change: &dyn Fn(&str, &str) -> String| {
        let (code, json) = verify(&retouched(path, |name, part| change(name, &part)));
        assert_eq!(code, 1, "{json:#?}");
        let all = json["differences"].as_array().expect("differences");
        let told = |d: &Json| {
            ["cell", "what", "found", "expected"].map(|key| d[key].as_str().unwrap_or("—")).join(" | ")
        };
        all.iter().map(told).collect::<Vec<_>>()
    };
    let part = |name: &str, wanted: u8| name == format!("xl/worksheets/sheet{wanted}.xml");
    // A format of its own for one cell: on our sheets, and where we wrote into the form.
    let formatted = |code: &'static str, sheet: u8, cell: &'static str| {
        found(&move |name, text| match name {
            "xl/styles.xml" => {
                let format = format!("<numFmt numFmtId=\"299\" formatCode=\"{code}\"/></numFmts>");
                let style = "<xf numFmtId=\"299\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellXfs>";
                text.replacen("</numFmts>", &format, 1).replacen("</cellXfs>", style, 1)
            }
            name if part(name, sheet) => {
                let (before, rest) = text.split_once(&format!("<c r=\"{cell}\" s=\"")).expect("the cell");
                let (_, rest) = rest.split_once('"').expect("its style");
                format!("{before}<c r=\"{cell}\" s=\"{format_of_ours}\"{rest}")
            }
            _ => text.to_owned(),
        })
    };
    const REFORMATTED: &str = "数字格式已被改动，显示的不是原来的内容";
    for (code, sheet, cell, shown, expected) in [
        ("&quot;97.5&quot;", 3, "K26", "#无法读取", "—"),
        ("0&quot;0&quot;", 9, "D16", "880", "87.5"),
        (";;;", 12, "D16", "（不显示）", "绩效目标细化"),
    ] {
        let found = formatted(code, sheet, cell);
        assert_eq!(found.len(), 1, "{code}: {found:#?}");
        let wanted = format!("!{cell} | {REFORMATTED} | {shown} | {expected}");
        assert!(found[0].contains(&wanted), "{wanted} is not {found:#?}");
    }
    assert_eq!(
        found(&|name, text| match part(name, 11) {
            true => text.replacen("<row r=\"7\"", "<row r=\"7\" hidden=\"1\"", 1),
            false => text.to_owned(),
        }),
        ["'评分明细'!A7 | 附加的工作表中有行被隐藏 | 隐藏 | 显示"]
    );
    assert_eq!(
        found(&|name, text| match part(name, 11) {
            true => text.replacen("<col min=\"11\"", "<col hidden=\"1\" min=\"11\"", 1),
            false => text.to_owned(),
        }),
        ["'评分明细'!K3 | 附加的工作表中有列被隐藏 | 隐藏 | 显示"]
    );
    assert_eq!(
        found(&|name, text| match part(name, 11) {
            true => text.replacen("<sheetProtection sheet=\"1\"", "<sheetProtection", 1),
            false => text.to_owned(),
        }),
        ["'评分明细'!A1 | 附加的工作表已被取消保护 | 未保护 | 保护"]
    );
    let redirected = found(&|name, text| match name.contains("charts/chart1") {
        true => text.replace("$F$", "$E$"),
        false => text.to_owned(),
    });
    assert_eq!(redirected.len(), 1, "{redirected:#?}");
    assert!(redirected[0].starts_with("'统计图'!A1 | 图表的数据区域已被改动 | 得分率："), "{redirected:#?}");
}

/// How many styles of cells a workbook has.
fn styles(path: &Path) -> usize {
    let mut package = XlsxPackage::open(fs::File::open(path).expect("the workbook")).expect("a package");
    let styles = package.read_part("xl/styles.xml").expect("readable").expect("styles");
    let styles = String::from_utf8(styles).expect("UTF-8");
    let (_, rest) = styles.split_once("<cellXfs").expect("styles of cells");
    let (inside, _) = rest.split_once("</cellXfs>").expect("their end");
    inside.matches("<xf ").count()
}
