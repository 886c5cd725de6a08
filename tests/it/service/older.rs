//! An older return that is handed in again: it is said, and what reviewers decided since stands.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::service::register::{ProjectKey, Register, Return};
use jixiao::inner::sheet::Value as Cell;
use jixiao::inner::xlsx::Content;
use serde_json::Value;

use super::Place;
use crate::findings::{SELF, SHEET, changed};
use crate::libreoffice::cells;
use crate::model_case::edited;
use crate::workbook_pages;

const NAME: &str = "里程完成率";
const DETAIL: &str = "评分明细";

/// The form of a project with this name; a rule gives it 94 points, 54 of them for the indicator that is overridden.
fn form(project: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let named = format!("项目名称：{project}    评价");
    let edits: Vec<(&str, &str)> = [("项目名称：农村公路养护    评价", named.as_str())]
        .into_iter()
        .chain(more.iter().copied())
        .collect();
    let pages = changed(&[SHEET], &edits);
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    fs::read(workbook_pages::write(&pages, folder.path())).expect("the form")
}

/// A returned workbook in which somebody types a score on 评分明细 with reason and name.
fn typed(workbook: &Path, score: &str) -> PathBuf {
    let all = cells(workbook);
    let at = |title: &str| {
        let holds = |value: &Cell| matches!(value, Cell::Text(text) if text == title);
        let found = all.iter().find(|(at, (value, _))| at.starts_with("'评分明细'!") && holds(value));
        let (at, _) = found.unwrap_or_else(|| panic!("no {title}"));
        at.trim_start_matches("'评分明细'!").replace('3', "4")
    };
    let [value, reason, by] = ["改定得分", "改定理由", "改定人"].map(at);
    let text = |words: &str| Content::Text(words.to_owned());
    edited(
        workbook,
        &[
            (DETAIL, value.as_str(), Content::Number(score.parse().expect("a number"))),
            (DETAIL, reason.as_str(), text("现场复核少3公里")),
            (DETAIL, by.as_str(), text("张三")),
        ],
    )
}

impl Place {
    fn of(&self, project: &str) -> Return {
        let key = ProjectKey::of(Some(project), None, Some(2022)).expect("a key");
        Register::at(&self.at("state")).latest(&key).unwrap_or_else(|| panic!("none: {}", self.log()))
    }

    /// What comes of a workbook that is handed in on this day of 2026 by an inbox: its return and its case.
    fn handed_in(&self, workbook: &Path, inbox: &str, day: &str) -> (Return, Value) {
        fs::copy(workbook, self.at(inbox).join("甲.xlsx")).expect("it is dropped");
        let doors = self.reviewers();
        self.serve_on(day, &doors.each_ref().map(String::as_str));
        let entry = self.of("甲项目");
        let case = entry.cases_json().expect("cases").remove(0);
        (entry, case)
    }
}

fn said<'v>(case: &'v Value, id: &str) -> Vec<&'v str> {
    let findings = case["findings"].as_array().expect("findings").iter();
    findings.filter(|finding| finding["id"] == id).filter_map(|finding| finding["message"].as_str()).collect()
}

fn verdict(case: &Value) -> (&str, &str) {
    let rows = case["indicators"].as_array().expect("indicators");
    let row = rows.iter().find(|row| row["name"] == NAME).expect("the indicator");
    (row["override"]["verdict"].as_str().unwrap_or("none"), case["score"]["total"].as_str().expect("a total"))
}

#[test]
fn an_older_return_takes_over_what_stood_in_the_latest() {
    let place = Place::with_reviewers();
    let original = place.at("原件.xlsx");
    fs::write(&original, form("甲项目", &[])).expect("the form");
    let (first, case) = place.handed_in(&original, "in", "2026-01-01");
    assert_eq!((verdict(&case), said(&case, "older-return")), (("none", "94"), vec![]));
    assert_eq!(first.cases[0].accepted, []);
    let (second, case) = place.handed_in(&typed(&first.workbook(), "50"), "review", "2026-01-02");
    assert_eq!((verdict(&case), said(&case, "older-return")), (("stands", "90"), vec![]));
    assert_eq!(second.cases[0].accepted[0].name, NAME);

    // The agency hands in what it got first.
    let (third, case) = place.handed_in(&first.workbook(), "in", "2026-01-03");
    assert_eq!(verdict(&case), ("stands", "90"));
    let told = said(&case, "older-return");
    assert_eq!(
        told,
        [format!(
            "本文件是以前返回过的，2026-01-02 08:00:00 已返回过更新的一份（“{}”）。其中采用的改定继续有效：“{NAME}”50 分（理由：现场复核少3公里；改定人：张三）。",
            second.result
        )]
    );
    assert_eq!(third.parent, Some(first.id.clone()));
    assert_eq!(third.cases[0].accepted, second.cases[0].accepted);
    assert!(place.text("out/甲.回执(3).txt").contains(told[0]));

    // With a figure changed it is open again, and not forgotten.
    let changed =
        edited(&first.workbook(), &[(SHEET.0, "I4", Content::Number("0.95".parse().expect("a number")))]);
    let (fourth, case) = place.handed_in(&changed, "in", "2026-01-04");
    assert_eq!(verdict(&case), ("outdated", "97"));
    assert_eq!(case["score"]["grade"], Value::Null);
    assert!(said(&case, "older-return")[0].contains("2026-01-03 08:00:00"));
    assert!(said(&case, "older-return")[0].contains("须重新确认：“里程完成率”50 分"));
    assert_eq!(fourth.cases[0].accepted, second.cases[0].accepted);

    // The figure as it was: it stands again, though an agency hands it in.
    let point_nine = Content::Number("0.9".parse().expect("a number"));
    let restored = edited(&fourth.workbook(), &[(SHEET.0, "I4", point_nine)]);
    let (_, case) = place.handed_in(&restored, "in", "2026-01-04");
    assert_eq!((verdict(&case), said(&case, "older-return")), (("stands", "90"), vec![]));

    // What is known is looked at again where something was returned since; and is known then.
    let (fifth, case) = place.handed_in(&first.workbook(), "in", "2026-01-05");
    assert_eq!((verdict(&case), said(&case, "older-return").len()), (("stands", "90"), 1));
    let (same, _) = place.handed_in(&first.workbook(), "in", "2026-01-06");
    assert_eq!(same.id, fifth.id);
    assert_eq!(place.json("out/回执数据/甲.回执(7).json")["verdict"], "known");

    // The latest is no older one; one beside it is, though nothing answers it.
    assert_eq!(place.register_later(&fifth), None);
    assert_eq!(place.register_later(&second).map(|later| later.id), Some(fifth.id.clone()));
    let (_, case) = place.handed_in(&fifth.workbook(), "in", "2026-01-07");
    assert_eq!((verdict(&case), said(&case, "older-return")), (("stands", "90"), vec![]));
    // A form that was never returned is nobody's older return.
    place.drop("乙.xlsx", &form("甲项目", &[("养护公路108公里。", "养护108公里。")]));
    place.serve_on("2026-01-08", &[]);
    assert_eq!(said(&place.json("out/回执数据/乙.回执.json")["cases"][0], "older-return"), [] as [&str; 0]);
    place.register_is_whole();
}

#[test]
fn what_a_reviewer_took_back_or_changed_since_goes_before_an_older_return() {
    let place = Place::with_reviewers();
    let original = place.at("原件.xlsx");
    // The agency has a score of its own there, which is no override.
    fs::write(&original, form("甲项目", &[])).expect("the form");
    let (first, _) = place.handed_in(&original, "in", "2026-01-01");
    let (second, case) = place.handed_in(&typed(&first.workbook(), "50"), "review", "2026-01-02");
    assert_eq!(verdict(&case), ("stands", "90"));
    let (third, case) = place.handed_in(&typed(&second.workbook(), "48"), "review", "2026-01-03");
    assert_eq!(verdict(&case), ("stands", "88"));
    let (_, case) = place.handed_in(&second.workbook(), "in", "2026-01-04");
    assert_eq!(verdict(&case), ("stands", "88"), "the later word");
    // An agency's number is a proposal, and does not do away with what was decided.
    let (fifth, case) = place.handed_in(&typed(&first.workbook(), "60"), "in", "2026-01-05");
    assert_eq!(verdict(&case), ("proposed", "94"));
    assert!(said(&case, "older-return")[0].contains("须重新确认：“里程完成率”48 分"));
    assert_eq!(fifth.cases[0].accepted, third.cases[0].accepted, "nor is it forgotten");
    let (_, case) = place.handed_in(&first.workbook(), "in", "2026-01-06");
    assert_eq!(verdict(&case), ("stands", "88"));
    // A number in the form's own cell is another word than that on 评分明细: a person decides.
    let over =
        edited(&first.workbook(), &[(SHEET.0, "K4", Content::Number("60".parse().expect("a number")))]);
    let (_, case) = place.handed_in(&over, "in", "2026-01-07");
    assert_eq!(verdict(&case), ("contradicted", "94"));
    place.register_is_whole();
}

/// A word that was said in a column of another title keeps the voice of that column.
#[test]
fn what_is_taken_over_keeps_the_voice_of_its_column() {
    let place = Place::with_reviewers();
    let original = place.at("原件.xlsx");
    let titled = [("| 得分 | 扣分原因", "| 主管部门审核得分 | 扣分原因")];
    fs::write(&original, form("甲项目", &titled)).expect("the form");
    let (first, _) = place.handed_in(&original, "in", "2026-01-01");
    let beside = typed(&first.workbook(), "50");
    let over = edited(&beside, &[(SHEET.0, "K4", Content::Number("50".parse().expect("a number")))]);
    let decided = |case: &Value| {
        let row = case["indicators"].as_array().expect("indicators").iter().find(|row| row["name"] == NAME);
        row.expect("the indicator")["decided_by"].as_str().unwrap_or("none").to_owned()
    };
    let (second, case) = place.handed_in(&over, "review", "2026-01-02");
    assert_eq!((verdict(&case).0, decided(&case)), ("stands", "主管部门审核".to_owned()));
    let (third, case) = place.handed_in(&first.workbook(), "in", "2026-01-03");
    assert_eq!((verdict(&case).0, decided(&case)), ("stands", "主管部门审核".to_owned()));
    assert_eq!(third.cases[0].accepted[0].voice, second.cases[0].accepted[0].voice);
    // It stands on 评分明细 now, and is still that of the department.
    let (_, case) = place.handed_in(&third.workbook(), "in", "2026-01-04");
    assert_eq!((verdict(&case).0, decided(&case)), ("stands", "主管部门审核".to_owned()));
}

/// What is decided while an older return is scored is looked at before that is published.
#[test]
fn a_decision_that_comes_while_an_older_return_is_scored_is_taken_over() {
    let place = Place::with_reviewers();
    place.drop("甲.xlsx", &form("甲项目", &[]));
    place.serve_on("2026-01-01", &[]);
    let first = place.of("甲项目");
    let (second, _) = place.handed_in(&typed(&first.workbook(), "50"), "review", "2026-01-02");
    // As before it came.
    let away = tempfile::tempdir_in(place.base.path()).expect("a folder");
    let register = place.at("state/returns");
    let of_it: Vec<PathBuf> = ["", ".children", ".projects"]
        .iter()
        .flat_map(|inside| below(&register.join(inside), 2))
        .filter(|path| {
            path.file_name().is_some_and(|n| n.to_string_lossy().ends_with(&second.id.to_string()))
        })
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    assert_eq!(of_it.len(), 3, "{of_it:?}");
    for (number, path) in of_it.iter().enumerate() {
        fs::rename(path, away.path().join(number.to_string())).expect("it goes");
    }
    assert_eq!(place.register_later(&first), None);
    let lock = fs::File::options().write(true).open(register.join(".lock")).expect("the lock");
    lock.lock().expect("nobody publishes");
    fs::copy(first.workbook(), place.at("in/旧.xlsx")).expect("it is dropped");
    let mut service = place.start(&["--once"]);
    let is_scored =
        || below(&place.at("processing"), 4).iter().any(|path| path.ends_with("work/answer.json"));
    place.until("the first answer", is_scored);
    // Nothing shows that the service has looked up what it was told, and waits.
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    for (number, path) in of_it.iter().enumerate() {
        fs::rename(away.path().join(number.to_string()), path).expect("it comes");
    }
    lock.unlock().expect("they publish");
    assert!(service.0.wait().expect("it ends").success(), "{}", place.log());
    let case = &place.json("out/回执数据/旧.回执.json")["cases"][0];
    assert_eq!((verdict(case), said(case, "older-return").len()), (("stands", "90"), 1));
}

/// What is in a folder and in those in it, so many deep.
fn below(folder: &Path, depth: usize) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let all = entries.flat_map(|entry| {
        let path = entry.path();
        let inside = if depth > 1 { below(&path, depth - 1) } else { Vec::new() };
        [vec![path], inside].concat()
    });
    all.collect()
}

impl Place {
    fn register_later(&self, entry: &Return) -> Option<Return> {
        Register::at(&self.at("state")).later(&entry.id)
    }
}

#[test]
fn a_batch_knows_older_returns_by_its_register() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    let register = Register::at(&at("登记"));
    let batch = |workbook: &Path, config: Option<&str>| {
        let _ = fs::remove_dir_all(at("in"));
        fs::create_dir(at("in")).expect("a folder");
        fs::copy(workbook, at("in/甲.xlsx")).expect("a form");
        fs::write(at("jixiao.toml"), config.unwrap_or_default()).expect("the settings");
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .env("JIXIAO_KEYS", crate::support::keys())
            .env("SOURCE_DATE_EPOCH", super::NEW_YEAR)
            .args(["batch", "in", "--out", "out", "--state", "登记"])
            .current_dir(folder.path())
            .output()
            .expect("the program runs");
        assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stderr));
        let key = ProjectKey::of(Some("甲项目"), None, Some(2022)).expect("a key");
        let entry = register.latest(&key).expect("a return");
        let case = entry.cases_json().expect("cases").remove(0);
        (entry, case)
    };
    fs::write(at("原件.xlsx"), form("甲项目", &[])).expect("the form");
    let (first, _) = batch(&at("原件.xlsx"), None);
    let accepts = Some("[review]\naccept_typed_scores = true\n");
    let (_, case) = batch(&typed(&first.workbook(), "50"), accepts);
    assert_eq!(verdict(&case), ("stands", "90"));
    let (_, case) = batch(&first.workbook(), None);
    assert_eq!((verdict(&case), said(&case, "older-return").len()), (("stands", "90"), 1));
}

/// What comes of a self-evaluation of the same project that is typed anew and handed in on this day by an inbox.
fn anew(place: &Place, changes: &[(&str, &str)], inbox: &str, day: &str) -> Value {
    let folder = tempfile::tempdir().expect("a folder");
    let pages = changed(&[SELF], changes);
    let pages: Vec<(&str, &str)> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let file = workbook_pages::write(&pages, folder.path());
    fs::copy(file, place.at(inbox).join("甲.xlsx")).expect("it is dropped");
    let doors = place.reviewers();
    place.serve_on(day, &doors.each_ref().map(String::as_str));
    let key = ProjectKey::of(Some("农村公路养护"), Some("某县交通运输局"), Some(2022)).expect("a key");
    let entry = Register::at(&place.at("state")).latest(&key);
    entry.unwrap_or_else(|| panic!("none: {}", place.log())).cases_json().expect("cases").remove(0)
}

#[test]
fn a_file_typed_anew_is_held_against_the_return_that_came_by_the_same_door() {
    let form = |actual: &'static str, total: &'static str| {
        [("≥120公里 | 126公里 | 15 | 15 |", actual), ("| 99.5 |", total)]
    };
    let missed = form("≥120公里 | 90公里 | 15 | 11.25 |", "| 95.75 |");
    let mended = form("≥120公里 | 96公里 | 15 | 12 | 汛期停工", "| 96.5 |");
    let place = Place::with_reviewers();
    let first = anew(&place, &missed, "in", "2026-01-01");
    assert_eq!(first["answers"], Value::Null);
    let second = anew(&place, &mended, "in", "2026-01-02");
    let counts = ["closed", "open", "new", "gone"].map(|name| second["answers"][name].as_u64());
    assert_eq!(
        (&second["answers"]["by"], counts),
        (&"register".into(), [Some(0), Some(1), Some(0), Some(0)])
    );
    let receipts =
        fs::read_dir(place.at("out")).expect("the outbox").map(|entry| entry.expect("a file").path());
    let texts: Vec<String> = receipts
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .map(|path| fs::read_to_string(path).expect("a receipt"))
        .collect();
    let receipt = texts
        .iter()
        .find(|text| text.contains("已整改 0 项，仍未整改 1 项（其中 1 项已整改一部分），新发现 0 项"));
    // Each finding says what became of it.
    for part in ["[已整改一部分，其余仍未整改] 养护公路里程", "（上次已提出，仍未整改）"]
    {
        assert!(receipt.is_some_and(|text| text.contains(part)), "{part}: {texts:#?}");
    }
    // Reviewers hand in what is the bureau's own.
    let reviewed =
        anew(&place, &[missed[0], missed[1], ("≥50块 | 50块", "≥50块 | 51块")], "review", "2026-01-03");
    assert_eq!(reviewed["answers"]["by"], "register");
    // What comes by the agencies' door does not answer it: the operator is told, and nothing of that return is.
    let strange = anew(&place, &[missed[0], missed[1], ("≥50块 | 50块", "≥50块 | 52块")], "in", "2026-01-04");
    assert_eq!(strange["answers"], Value::Null);
    assert_eq!(said(&strange, "possible-resubmission").len(), 1, "{:#}", strange["findings"]);
}
