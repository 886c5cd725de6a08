//! A batch over what an earlier one has scored: only what is new is scored, and what comes of it is what comes of a run over all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use super::batch::{ROLL, batch, form, names, of, page, put, roll, said};
use crate::findings::{LEDGER, SELF};
use crate::libreoffice::{Cells, cells};
use crate::{lake, support, workbook_pages};

/// A place with its input, results, summary and tables.
struct Place(PathBuf);

impl Place {
    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A run, its summary in a folder of its own.
    fn run(&self, round: &str, more: &[&str]) -> Output {
        let (summary, tables) = (self.at(round).join("汇总表.xlsx"), self.at("lake"));
        let mut args = vec!["--summary", summary.to_str().expect("UTF-8")];
        args.extend(["--export", tables.to_str().expect("UTF-8"), "--export-format", "ndjson"]);
        args.extend(more);
        batch(&self.at("in"), &self.at("out"), &args)
    }

    fn summary(&self, round: &str) -> Cells {
        cells(&self.at(round).join("汇总表.xlsx"))
    }

    /// All rows of all tables by their contents; which run brought them is no matter.
    fn rows(&self) -> BTreeMap<String, Vec<String>> {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for table in lake::TABLES {
            for mut row in lake::rows(&self.at("lake"), table) {
                row.as_object_mut().expect("a row").remove("entry_no");
                let content = row["content"].as_str().expect("a digest").to_owned();
                all.entry(content).or_default().push(format!("{table} {row}"));
            }
        }
        all.values_mut().for_each(|rows| rows.sort());
        all
    }
}

/// A form of a project; each fifth has its ledger in the same workbook.
fn workbook(number: usize, signs: usize) -> Vec<u8> {
    let agency = ["某县交通运输局", "某县水利局", "某县教育局"][number % 3];
    let page = SELF.1.replace("农村公路养护", &format!("项目{number}号")).replace("某县交通运输局", agency);
    let page = page.replace("| 50块 |", &format!("| {signs}块 |"));
    let pages = [(SELF.0, page.as_str()), LEDGER];
    workbook_pages::bytes(if number.is_multiple_of(5) { &pages } else { &pages[..1] }, 0)
}

/// The last form of a project that is handed in: three are changed, one is withdrawn, two come late.
fn last(number: usize) -> Option<Vec<u8>> {
    match number {
        11 => None,
        7 | 19 | 33 => Some(workbook(number, 44)),
        number => Some(workbook(number, 30 + number % 25)),
    }
}

#[test]
fn a_run_over_what_is_new_tells_what_a_run_over_all_tells() {
    let folder = tempfile::tempdir().expect("a folder");
    let (by_steps, at_once) = (Place(folder.path().join("甲")), Place(folder.path().join("乙")));
    let file = |number: usize| format!("in/{number:02}.xlsx");
    for number in 0..40 {
        put(&by_steps.0, &file(number), &workbook(number, 30 + number % 25));
    }
    put(&by_steps.0, "in/坏.xlsx", b"PK no workbook");
    let first = by_steps.run("一", &[]);
    assert_eq!(first.status.code(), Some(3), "{}", said(&first));
    assert!(!said(&first).contains("沿用上次"), "{}", said(&first));
    assert_eq!(names(&by_steps.at("out")).len(), 40);
    for number in 0..42 {
        match last(number) {
            Some(bytes) => {
                put(&by_steps.0, &file(number), &bytes);
                put(&at_once.0, &file(number), &bytes);
            }
            None => fs::remove_file(by_steps.at(&file(number))).expect("it is withdrawn"),
        }
    }
    put(&at_once.0, "in/坏.xlsx", b"PK no workbook");
    let (second, whole) = (by_steps.run("二", &[]), at_once.run("二", &[]));
    assert!(said(&second).contains("沿用上次      36 份"), "{}", said(&second));
    assert!(said(&second).contains("共 42 份材料"), "{}", said(&second));
    assert_eq!((second.status.code(), whole.status.code()), (Some(3), Some(3)));

    // Cell by cell the same, but for the names of the three results beside which the earlier ones stand.
    let (left, right) = (by_steps.summary("二"), at_once.summary("二"));
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    let differing: Vec<(String, String)> = left
        .iter()
        .filter(|(at, cell)| right.get(*at) != Some(cell))
        .map(|(_, (value, _))| format!("{value:?}"))
        .zip(
            right
                .iter()
                .filter(|(at, cell)| left.get(*at) != Some(cell))
                .map(|(_, (value, _))| format!("{value:?}")),
        )
        .collect();
    assert!(differing.len() >= 3, "{differing:?}");
    for (ours, others) in &differing {
        assert!(ours.contains(".已评分(2).xlsx") && ours.replace("(2)", "") == *others, "{ours} {others}");
    }
    let (left, right) = (by_steps.rows(), at_once.rows());
    assert_eq!(right.len(), 42);
    for (content, rows) in &right {
        assert_eq!(left.get(content), Some(rows), "what was scored in steps is what was scored at once");
    }
    // What was handed in before is the past, and is in the tables, too.
    assert_eq!(left.len(), 42 + 4);
    assert_eq!(names(&by_steps.at("out")).len(), 40 + 3 + 2);

    // Once more, and nothing at all is scored.
    let third = by_steps.run("三", &[]);
    assert!(said(&third).contains("沿用上次      41 份"), "{}", said(&third));
    assert_eq!(by_steps.summary("三"), by_steps.summary("二"));
    assert_eq!(names(&by_steps.at("out")).len(), 40 + 3 + 2);
}

/// How many an output says were kept from the last time.
fn kept(run: &Output) -> usize {
    let text = said(run);
    let line =
        text.lines().find_map(|line| line.trim().strip_prefix("沿用上次").map(str::trim).map(str::to_owned));
    line.map_or(0, |line| line.split(' ').next().expect("a number").parse().expect("a number"))
}

#[test]
fn what_a_result_rests_on_has_it_made_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = Place(folder.path().to_owned());
    for number in 0..4 {
        put(&place.0, &format!("in/{number}.xlsx"), &workbook(number, 50));
    }
    place.run("一", &[]);
    let result = place.at("out/1.已评分.xlsx");
    let made = fs::read(&result).expect("the result");
    // One that is gone is made anew, where it was; the same bytes.
    fs::remove_file(&result).expect("it goes");
    let run = place.run("二", &[]);
    assert_eq!(kept(&run), 3, "{}", said(&run));
    assert!(said(&run).contains("1 份材料上次的返回文件已不在原处"), "{}", said(&run));
    assert_eq!(fs::read(&result).expect("the result"), made);

    // One on which a person works stays as it is, and is said.
    let edited = support::retouched(&result, |_, text| text.replace("评分汇总", "评分 汇总"));
    fs::rename(edited, &result).expect("it is saved");
    let theirs = fs::read(&result).expect("their file");
    let run = place.run("三", &[]);
    assert_eq!(kept(&run), 4, "{}", said(&run));
    assert!(said(&run).contains("“1.已评分.xlsx”返回后有人改过，保留原样"), "{}", said(&run));
    assert_eq!(fs::read(&result).expect("their file"), theirs);
    assert_eq!(names(&place.at("out")).len(), 4);
    assert_eq!(place.summary("三"), place.summary("一"));

    // The same cells with other bytes: what is not in cells goes into a result, too.
    let input = place.at("in/2.xlsx");
    let saved = support::retouched(&input, |name, text| match name {
        "xl/workbook.xml" => text.replace("<sheets>", "<sheets >"),
        _ => text,
    });
    fs::rename(saved, &input).expect("it is saved again");
    let run = place.run("四", &[]);
    assert_eq!(kept(&run), 3, "{}", said(&run));
    assert!(place.at("out/2.已评分(2).xlsx").is_file());

    // Other settings, and a wish, do all anew; never over what is there.
    let before: BTreeSet<String> = names(&place.at("out")).into_iter().collect();
    let run = place.run("五", &["--replace-scores"]);
    assert_eq!(kept(&run), 0, "{}", said(&run));
    assert_eq!(kept(&place.run("六", &["--replace-scores"])), 4);
    assert_eq!(kept(&place.run("七", &["--again"])), 0);
    assert_eq!(kept(&place.run("八", &[])), 4);
    let after: BTreeSet<String> = names(&place.at("out")).into_iter().collect();
    assert!(before.is_subset(&after));
    assert_eq!(after.len(), before.len() + 4 + 4);
    assert_eq!(fs::read(&result).expect("their file"), theirs);

    // What another version of the program has made is none of this one's: its records bear another digest.
    for path in lake::files(&place.at("out/.jixiao/results")) {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let (content, _) = name.split_once('-').expect("content and settings");
        fs::rename(&path, path.with_file_name(format!("{content}-0123456789abcdef.json"))).expect("renamed");
    }
    assert_eq!(kept(&place.run("九", &[])), 0);
}

#[test]
fn tables_that_are_wanted_later_bring_no_second_result() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    for number in 0..3 {
        put(&input, &format!("{number}.xlsx"), &workbook(number, 50));
    }
    batch(&input, &out, &[]);
    let tables = folder.path().join("lake");
    let args = ["--export", tables.to_str().expect("UTF-8"), "--export-format", "ndjson"];
    let run = batch(&input, &out, &args);
    assert!(said(&run).contains("数据表：本次写入 3 份材料"), "{}", said(&run));
    assert_eq!(names(&out), ["0.已评分.xlsx", "1.已评分.xlsx", "2.已评分.xlsx"]);
    assert_eq!(lake::rows(&tables, "project").len(), 3);
    assert_eq!(kept(&batch(&input, &out, &args)), 3);
}

/// A folder that was plain and becomes a day: what was scored stays.
#[test]
fn a_register_that_begins_takes_over_what_was_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, out) = (folder.path().join("in"), folder.path().join("out"));
    for number in 0..3 {
        put(&input, &format!("{number}.xlsx"), &workbook(number, 50));
    }
    batch(&input, &out, &[]);
    put(&input, "3.xlsx", &workbook(3, 50));
    put(&input, "3改.xlsx", &workbook(3, 40));
    let run = batch(&input, &out, &[]);
    assert_eq!(kept(&run), 3, "{}", said(&run));
    assert_eq!(names(&out), ["0.已评分.xlsx", "1.已评分.xlsx", "2.已评分.xlsx", "收件登记表.xlsx"]);
}

#[test]
fn a_day_that_goes_on_tells_what_a_day_at_once_tells() {
    let folder = tempfile::tempdir().expect("a folder");
    let (by_steps, at_once) = (Place(folder.path().join("甲")), Place(folder.path().join("乙")));
    let list = put(folder.path(), "清单.xlsx", &roll(&ROLL));
    let args = ["--roster", list.to_str().expect("UTF-8")];
    let ledger = page(LEDGER.0, LEDGER.1);
    let first = [
        ("交通局/公路.xlsx", of("农村公路养护", "某县交通运输局")),
        ("水利局/渠道.xlsx", of("渠道清淤", "某县水利局")),
        ("教育局/校舍/自评.xlsx", of("校舍维修改造", "某县教育局")),
        ("教育局/校舍/账.xlsx", ledger),
    ];
    let changed = (
        "水利局/渠道.xlsx",
        form(&[("农村公路养护", "渠道清淤"), ("某县交通运输局", "某县水利局"), ("| 50块 |", "| 40块 |")]),
    );
    let late = ("外单位.xlsx", of("不在清单的项目", "某县外办"));
    for (name, bytes) in &first {
        put(&by_steps.at("in"), name, bytes);
        put(&at_once.at("in"), name, bytes);
    }
    by_steps.run("一", &args);
    for place in [&by_steps, &at_once] {
        for (name, bytes) in [&changed, &late] {
            put(&place.at("in"), name, bytes);
        }
    }
    let (second, whole) = (by_steps.run("二", &args), at_once.run("二", &args));
    assert_eq!(kept(&second), 2, "{}", said(&second));
    assert_eq!(kept(&whole), 0);
    let bare = |all: Cells| -> BTreeMap<String, String> {
        all.into_iter()
            .map(|(at, (value, _))| (at, format!("{value:?}").replace(".已评分(2)", ".已评分")))
            .collect()
    };
    assert_eq!(bare(by_steps.summary("二")), bare(at_once.summary("二")));
    let register = |place: &Place| bare(cells(&place.at("out/收件登记表.xlsx")));
    assert_eq!(register(&by_steps), register(&at_once));
    let receipt = |place: &Place| fs::read_to_string(place.at("out/某县水利局/回执.txt")).expect("a receipt");
    assert_eq!(receipt(&by_steps).replace("(2)", ""), receipt(&at_once));
}
