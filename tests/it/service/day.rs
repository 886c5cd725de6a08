//! A day's intake through the folder service: archives and trees dropped, the register out.

use std::fs;
use std::time::Duration;

use super::{Place, form};
use crate::intake::batch::{ROLL, day, expected, mark, names, of, roll, shown, sorted};
use crate::intake::unpack::{gbk_zip, locked, zip};

pub(super) fn archives(parts: usize) -> Vec<Vec<u8>> {
    let day = day();
    let parts = day.chunks(parts).map(|part| {
        let files: Vec<(&str, &[u8])> = part.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        gbk_zip(&files)
    });
    parts.collect()
}

/// A service whose base folder has the roll.
fn place() -> Place {
    let place = Place::new();
    fs::write(place.at("项目清单.xlsx"), roll(&ROLL)).expect("the roll");
    place
}

/// The register's rows without the archives' names.
fn rows(place: &Place) -> Vec<String> {
    let plain = |row: String| (0..9).fold(row, |row, n| row.replacen(&format!("|{n}.zip/"), "|", 1));
    sorted(shown(&place.at("out")).into_iter().map(plain).collect())
}

fn results_are_as_they_should_be(place: &Place) {
    let out = place.at("out");
    assert_eq!(names(&out.join("某县教育局/校舍维修改造")), ["校舍维修改造（自评）.已评分"]);
    assert_eq!(names(&out.join("某县水利局/渠道清淤")), ["渠道清淤（自评）.已评分.xlsx"]);
    assert_eq!(names(&out.join("某县外办/不在清单的项目")), ["不在清单的项目（自评）.已评分.xlsx"]);
    assert_eq!(names(&out.join("某县交通运输局")), ["回执.txt"], "no version is scored");
}

#[test]
fn an_archive_of_many_projects_is_entered_in_the_register() {
    let (place, archive) = (place(), archives(99).remove(0));
    place.drop("0.zip", &archive);
    let run = place.once(&[]);
    // 坏.xlsx and 密.zip cannot be read.
    assert_eq!(run.status.code(), Some(3), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(rows(&place), sorted(expected()));
    results_are_as_they_should_be(&place);
    assert_eq!(place.names("archive/2026-01-01"), ["0.zip"]);
    let receipt = place.text("out/0.回执.txt");
    assert!(receipt.contains("收件登记表.xlsx") && receipt.contains("重复待选 1"), "{receipt}");
    place.is_tidy();
    // The same again: nothing is made twice.
    place.drop("0.zip", &archive);
    place.once(&[]);
    assert_eq!(rows(&place), sorted(expected()));
    results_are_as_they_should_be(&place);
    assert_eq!(place.names("archive/2026-01-01"), ["0(2).zip", "0.zip"]);
}

#[test]
fn a_receipt_that_a_person_changed_stays_and_the_next_is_renewed() {
    let place = place();
    let (first, changed) = ("out/某县交通运输局/回执.txt", "已电话通知。");
    for (number, archive) in archives(2).iter().enumerate() {
        place.drop(&format!("{number}.zip"), archive);
        place.once(&[]);
        if number == 0 {
            assert_eq!(place.names("out/某县交通运输局"), ["回执.txt"]);
            fs::write(place.at(first), changed).expect("a person's words");
        }
    }
    assert_eq!(place.names("out/某县交通运输局"), ["回执(2).txt", "回执.txt"]);
    assert_eq!(place.text(first), changed);
    assert!(place.text("out/某县交通运输局/回执(2).txt").contains("主管部门：某县交通运输局"));
    place.is_tidy();
}

#[test]
fn archives_one_by_one_are_as_one_and_a_mark_is_heard() {
    let place = place();
    for (number, archive) in archives(3).iter().enumerate() {
        place.drop(&format!("{number}.zip"), archive);
        place.once(&[]);
    }
    assert_eq!(rows(&place), sorted(expected()));
    results_are_as_they_should_be(&place);
    // A clerk marks a version, and drops a copy of the register: what is read now lies in the archive.
    mark(&place.at("out/收件登记表.xlsx"), "公路最终版2.xlsx");
    fs::copy(place.at("out/收件登记表.xlsx"), place.at("in/收件登记表.xlsx")).expect("a copy");
    let run = place.once(&[]);
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    assert_eq!(names(&place.at("out/某县交通运输局/农村公路养护")), ["农村公路养护（自评）.已评分.xlsx"]);
    assert!(rows(&place).contains(&"农村公路养护|交通局/公路最终版2.xlsx|电子表|已评分".to_owned()));
    place.is_tidy();
}

#[test]
fn a_mark_is_heard_where_the_same_came_in_several_archives() {
    let place = Place::new();
    let first = form("丙项目建设");
    let changed = crate::intake::batch::form(&[("农村公路养护", "丙项目建设"), ("| 50块 |", "| 40块 |")]);
    for name in ["一.zip", "二.zip", "三.zip"] {
        place.drop(name, &zip(&[("甲.xlsx", &first), ("甲改.xlsx", &changed), (name, b"x")]));
        place.once(&[]);
    }
    mark(&place.at("out/收件登记表.xlsx"), "甲改.xlsx");
    fs::copy(place.at("out/收件登记表.xlsx"), place.at("in/收件登记表.xlsx")).expect("a copy");
    let run = place.once(&[]);
    let log = String::from_utf8_lossy(&run.stderr);
    assert!(!log.contains("hindered"), "{log}");
    assert!(rows(&place).iter().any(|row| row.contains("甲改.xlsx|电子表|已评分")), "{:?}", rows(&place));
    place.is_tidy();
}

#[test]
fn a_folder_of_many_projects_is_a_day_and_of_one_a_case() {
    let place = Place::new();
    let put = |name: &str, bytes: Vec<u8>| {
        let path = place.at("in").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    };
    put("丙/丙.xlsx", form("丙项目建设"));
    assert_eq!(place.once(&[]).status.code(), Some(0));
    put("一批/甲.xlsx", of("甲项目建设", "某县教育局"));
    put("一批/水利/乙.xlsx", of("乙项目建设", "某县水利局"));
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert!(place.at("out/丙.已评分").is_dir(), "{:?}", place.names("out"));
    assert_eq!(
        shown(&place.at("out")),
        ["甲项目建设|甲.xlsx|电子表|已评分", "乙项目建设|水利/乙.xlsx|电子表|已评分"]
    );
    place.is_tidy();
}

#[test]
fn where_there_is_a_register_single_files_are_entered_too() {
    let place = place();
    place.drop("0.zip", &zip(&[("渠道.xlsx", &of("渠道清淤", "某县水利局"))]));
    place.once(&[]);
    place.drop("公路.xlsx", &of("农村公路养护", "某县交通运输局"));
    place.drop("水库除险加固.pdf", b"%PDF-1.4 scan");
    place.drop("坏.xlsx", b"PK no workbook");
    place.once(&[]);
    let states: Vec<String> = rows(&place).iter().map(|row| row.replace("|电子表|", "|")).collect();
    assert_eq!(
        states,
        [
            "农村公路养护|公路.xlsx|已评分",
            "校舍维修改造|||未报",
            "水库除险加固|水库除险加固.pdf|PDF|待人工录入",
            "渠道清淤|渠道.xlsx|已评分",
            "营养改善计划|||未报",
        ]
    );
    assert_eq!(place.names("rejected"), ["回执数据", "坏.xlsx", "坏.回执.txt"]);
    // A result that comes back is scored as it ever was, and is no version of its project.
    let result = "某县交通运输局/农村公路养护/农村公路养护（自评）.已评分.xlsx";
    fs::copy(place.at("out").join(result), place.at("in/农村公路养护（自评）.已评分.xlsx")).expect("a copy");
    place.once(&[]);
    assert!(
        place.names("out").contains(&"农村公路养护（自评）.已评分.xlsx".to_owned()),
        "{:?}",
        place.names("out")
    );
    assert_eq!(rows(&place).len(), 5);
    place.is_tidy();
}

#[test]
fn an_archive_that_cannot_be_unpacked_is_handed_back() {
    let place = Place::new();
    place.drop("密.zip", &locked(zip(&[("甲.xlsx", b"1")])));
    place.drop("旧.rar", b"Rar!\x1A\x07\x01\0");
    assert_eq!(place.once(&[]).status.code(), Some(3));
    let said = place.text("rejected/密.回执.txt");
    assert!(said.contains("压缩包有密码") && said.contains("去掉密码"), "{said}");
    assert!(place.text("rejected/旧.回执.txt").contains(".rar"), "{:?}", place.names("rejected"));
    assert!(!place.at("out/收件登记表.xlsx").exists());
    place.is_tidy();
}

#[test]
fn an_archive_with_a_secrecy_mark_inside_stays() {
    let place = Place::new();
    place.drop("甲.zip", &zip(&[("a/甲.xlsx", &form("甲项目建设")), ("b/机密★5年.xlsx", b"1")]));
    place.once(&[]);
    assert_eq!(place.names("in"), ["甲.zip"]);
    assert!(place.text("out/甲.回执.txt").contains("密级"));
    assert!(!place.at("out/收件登记表.xlsx").exists());
}

#[test]
fn killed_at_any_moment_a_day_is_entered_whole() {
    let place = place();
    for (number, archive) in archives(3).iter().enumerate() {
        place.drop(&format!("{number}.zip"), archive);
    }
    for kill in 0..12_u64 {
        let mut service = place.start(&[]);
        std::thread::sleep(Duration::from_millis(100 + kill * 97));
        service.0.kill().expect("SIGKILL");
        service.0.wait().expect("it is gone");
    }
    place.once(&[]);
    assert_eq!(place.names("in"), [] as [String; 0]);
    assert_eq!(rows(&place), sorted(expected()));
    results_are_as_they_should_be(&place);
    assert_eq!(place.names("archive/2026-01-01").len(), archives(3).len());
    place.is_tidy();
}
