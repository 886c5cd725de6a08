//! A submission that answers a return: which findings of then are mended, which are there still, which are new.

use std::path::{Path, PathBuf};

use jixiao::inner::xlsx::Content;
use serde_json::Value as Json;

use crate::findings::{SELF, changed};
use crate::issues::{FATE, ISSUES, items, reply, scored, shown};
use crate::libreoffice::cells;
use crate::model_case::edited;
use crate::person::{Act, edit};
use crate::support::{Scored, jixiao, score};
use crate::workbook_pages::{Page, write};

/// A declaration with two targets of which nobody knows what they count.
const DECLARATION: Page<'_> = (
    "申报表",
    "
项目支出绩效目标申报表
（2022年度）
项目名称 | 农村公路养护
主管部门 | 某县交通运输局
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护公路里程 | ≥120
 | | 更换标志牌 | ≥50
 | | 疏通排水沟 | ≥3公里
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
",
);

fn text(words: &str) -> Content {
    Content::Text(words.to_owned())
}

/// What is told of a finding at this cell: new or open.
fn state(of: &Scored, id: &str, cell: &str) -> String {
    let all = of.json["findings"].as_array().expect("findings");
    let found = all.iter().find(|finding| finding["id"] == id && finding["cell"] == cell);
    found.unwrap_or_else(|| panic!("no {id} at {cell}: {all:#?}"))["state"].as_str().unwrap_or("–").to_owned()
}

fn counts(of: &Json) -> [u64; 4] {
    ["closed", "open", "new", "gone"].map(|name| of["answers"][name].as_u64().expect("a count"))
}

#[test]
fn a_declaration_comes_back_with_its_findings_and_is_held_against_them_when_it_is_handed_in_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&write(&[DECLARATION], folder.path()), &folder.path().join("一"));
    assert_eq!((&first.json["score"], &first.json["answers"]), (&Json::Null, &Json::Null));
    assert_eq!(state(&first, "target-unit-missing", "'申报表'!D6"), "–", "nothing is answered yet");
    assert_eq!(items(&cells(&first.path), ISSUES).len(), 2);
    // One is mended, one stays, one is made.
    let acts = [("申报表", "D6", text("≥120公里")), ("申报表", "D8", text("≥3"))];
    let second = score(&edited(&first.path, &acts), &folder.path().join("二"));
    assert_eq!(second.json["answers"]["by"], "record");
    assert_eq!(counts(&second.json), [1, 1, 1, 0], "{:#}", second.json["findings"]);
    assert_eq!(state(&second, "target-unit-missing", "'申报表'!D7"), "open");
    assert_eq!(state(&second, "target-unit-missing", "'申报表'!D8"), "new");
    let settled = &second.json["answers"]["settled"][0];
    assert_eq!((&settled["object"], &settled["state"]), (&"养护公路里程".into(), &"closed".into()));
    let all = cells(&second.path);
    let fates: Vec<String> =
        items(&all, ISSUES).iter().map(|(row, _)| shown(&all, ISSUES, FATE, *row)).collect();
    assert_eq!(fates, ["上次已提出，仍未整改", "本次新发现", "已整改"]);
    assert!(shown(&all, ISSUES, 'A', 2).contains("已整改 1 项，仍未整改 1 项，新发现 1 项"));
    let third = score(&second.path, &folder.path().join("三"));
    assert_eq!(counts(&third.json), [0, 2, 0, 0], "held against the return before, not the first");
    let verified = jixiao(["verify".as_ref(), second.path.as_os_str()]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[test]
fn what_is_gone_with_its_indicator_is_not_said_to_be_mended() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = score(&write(&[DECLARATION], folder.path()), &folder.path().join("一"));
    let without = edit(&first.path, &[Act::DeleteRow { sheet: "申报表", row: 7 }], folder.path());
    let second = score(&without, &folder.path().join("二"));
    assert_eq!(counts(&second.json), [0, 1, 0, 1], "{:#}", second.json["answers"]);
    assert!(second.json["answers"]["message"].as_str().expect("words").contains("无法核对 1 项"));
}

/// Scores a file with `--answers`.
fn answering(file: &Path, old: &Path, folder: &Path) -> (Option<i32>, Option<Json>, String) {
    let args = ["score".as_ref(), file.as_os_str(), "--json".as_ref(), "--answers".as_ref(), old.as_os_str()];
    let output = jixiao(args.into_iter().chain(["--out".as_ref(), folder.as_os_str()]));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let json = text.lines().next().and_then(|line| serde_json::from_str(line).ok());
    (output.status.code(), json, String::from_utf8_lossy(&output.stderr).into_owned())
}

fn pages(changes: &[(&str, &str)], folder: &Path, name: &str) -> PathBuf {
    let pages = changed(&[SELF], changes);
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let place = folder.join(name);
    std::fs::create_dir_all(&place).expect("a folder");
    write(&pages, &place)
}

#[test]
fn a_new_file_is_held_against_the_return_that_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let missed = [("≥120公里 | 126公里", "≥120公里 | 90公里")];
    let old = scored(&[SELF], &missed, folder.path(), "旧");
    // Another figure is the same fault still; the score is right now, and a reason is given.
    let mended = [
        ("≥120公里 | 126公里 | 15 | 15 |", "≥120公里 | 96公里 | 15 | 12 | 汛期停工"),
        ("| 99.5 |", "| 96.5 |"),
    ];
    let new = pages(&mended, folder.path(), "新");
    let (code, json, error) = answering(&new, &old.path, &folder.path().join("果"));
    let json = json.unwrap_or_else(|| panic!("{code:?} {error}"));
    assert_eq!(
        (&json["answers"]["by"], counts(&json)),
        (&"told".into(), [1, 1, 0, 0]),
        "{:#}",
        json["answers"]
    );
    // What the agency wrote beside the findings of then stands beside those of now.
    let (sheet, cell) = reply(&cells(&old.path), "target-not-met");
    let replied = edited(&old.path, &[(sheet, cell.as_str(), text("已安排次年3月完成"))]);
    let (code, json, error) = answering(&new, &replied, &folder.path().join("复"));
    let json = json.unwrap_or_else(|| panic!("{code:?} {error}"));
    let all = cells(Path::new(json["output"].as_str().expect("an output")));
    let (sheet, cell) = reply(&all, "target-not-met");
    assert_eq!(
        all[&format!("'{sheet}'!{cell}")].0,
        jixiao::inner::sheet::Value::Text("已安排次年3月完成".to_owned())
    );
    // What was not returned by us answers nothing; nor does another project.
    let (code, _, error) = answering(&new, &pages(&[], folder.path(), "原"), &folder.path().join("果"));
    assert!(code == Some(2) && error.contains("没有可信的签名"), "{code:?} {error}");
}

/// What has one cause is one item when it is counted, as it is where it is listed: mended in part it is open still.
#[test]
fn as_much_is_told_to_be_open_as_is_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = changed(&[SELF], &[("≥98% | 99% | 20 | 20 |", "≥98% | 90% | 20 | 20 |")]);
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let first = score(&write(&pages, folder.path()), &folder.path().join("一"));
    let acts = [("自评表", "H10", text("个别路段返工，已全部整改"))];
    let second = score(&edited(&first.path, &acts), &folder.path().join("二"));
    let settled = second.json["answers"]["settled"].as_array().expect("a list");
    assert_eq!(settled.len(), 1, "{settled:?}");
    assert_eq!((&settled[0]["id"], &settled[0]["state"]), (&"reason-missing".into(), &"partly".into()));
    let [closed, open, new, gone] = counts(&second.json);
    assert_eq!((closed, gone), (0, 0));
    let all = cells(&second.path);
    let listed = u64::try_from(items(&all, ISSUES).len()).expect("a count");
    assert_eq!(open + new + 1, listed, "{:#}", second.json["answers"]);
    let said = shown(&all, ISSUES, 'A', 2);
    assert!(
        said.contains(&format!("仍未整改 {open} 项（其中 1 项已整改一部分），新发现 {new} 项")),
        "{said}"
    );
}
