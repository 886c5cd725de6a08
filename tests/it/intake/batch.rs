//! `jixiao batch` on a day's intake: archives, trees, a roll; what stands in 收件登记表.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jixiao::inner::sheet::{Sheet, Workbook};

use super::unpack::{gbk_zip, locked, seven_zip, zip};
use crate::findings::{LEDGER, SELF};
use crate::person::{Act, edit};
use crate::workbook_pages;

/// A self-evaluation with some places changed.
pub(crate) fn form(changes: &[(&str, &str)]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut page = SELF.1.to_owned();
    for (old, new) in changes {
        assert!(page.contains(old), "{old} stands in the form");
        page = page.replace(old, new);
    }
    fs::read(workbook_pages::write(&[(SELF.0, &page)], folder.path())).expect("the form")
}

/// One of a project of a department.
pub(crate) fn of(project: &str, department: &str) -> Vec<u8> {
    form(&[("农村公路养护", project), ("某县交通运输局", department)])
}

pub(crate) fn page(name: &str, rows: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::read(workbook_pages::write(&[(name, rows)], folder.path())).expect("the workbook")
}

/// The roll.
pub(crate) fn roll(rows: &[&str]) -> Vec<u8> {
    page(
        "项目清单",
        &format!(
            "\n2022年项目清单\n单位：万元\n项目编码 | 项目名称 | 主管部门 | 全年预算数 | 支出数\n{}\n合计 | | | 999 | 888\n",
            rows.join("\n")
        ),
    )
}

pub(crate) fn batch(input: &Path, out: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .env("JIXIAO_KEYS", crate::support::keys())
        .arg("batch")
        .arg(input)
        .arg("--out")
        .arg(out)
        .args(["--jobs", "2"])
        .args(more)
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .output()
        .expect("the program runs")
}

pub(crate) fn said(run: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr))
}

pub(crate) fn sheet(path: &Path, name: &str) -> Sheet {
    let file = fs::File::open(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    let mut workbook = Workbook::open(file).expect("a workbook");
    let info = workbook.sheets().iter().find(|info| info.name == name).expect("the page").clone();
    workbook.read(&info, None).expect("the page")
}

/// The rows of the page of all, by title.
pub(crate) fn rows(out: &Path) -> Vec<BTreeMap<String, String>> {
    let sheet = sheet(&out.join("收件登记表.xlsx"), "全部");
    let titles = (0..20).find(|row| sheet.row(*row).any(|(_, cell)| cell.shown() == "序号")).expect("titles");
    let titled: BTreeMap<u32, String> =
        sheet.row(titles).map(|(at, cell)| (at.col(), cell.shown())).collect();
    (titles + 1..=sheet.last_row().expect("rows"))
        .map(|row| sheet.row(row).map(|(at, cell)| (titled[&at.col()].clone(), cell.shown())).collect())
        .collect()
}

/// `project|file|type|state|mark` of each row.
pub(crate) fn shown(out: &Path) -> Vec<String> {
    let row = |row: BTreeMap<String, String>| {
        let cell = |title: &str| row.get(title).cloned().unwrap_or_default();
        ["项目名称", "文件", "类型", "状态"].map(cell).join("|")
    };
    rows(out).into_iter().map(row).collect()
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let mut all: Vec<String> = fs::read_dir(folder)
        .unwrap_or_else(|cause| panic!("{}: {cause}", folder.display()))
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    all.sort();
    all
}

pub(crate) fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(&path, bytes).expect("a file");
    path
}

/// A day in small: versions, a copy, a stamped copy, a scan alone, a damaged file, a password, Word, three files of one.
pub(crate) fn day() -> Vec<(&'static str, Vec<u8>)> {
    let ledger = page(LEDGER.0, LEDGER.1);
    vec![
        ("交通局/公路.xlsx", of("农村公路养护", "某县交通运输局")),
        ("交通局/公路最终版2.xlsx", form(&[("| 50块 |", "| 40块 |")])),
        ("水利局/渠道.xlsx", of("渠道清淤", "某县水利局")),
        ("水利局/副本/渠道(1).xlsx", of("渠道清淤", "某县水利局")),
        ("水利局/渠道清淤盖章.pdf", b"%PDF-1.4 scan".to_vec()),
        ("水利局/水库除险加固扫描件.jpg", b"\xFF\xD8\xFF scan".to_vec()),
        ("水利局/微信图片_20230105.jpg", b"\xFF\xD8\xFF other".to_vec()),
        ("教育局/校舍/自评.xlsx", of("校舍维修改造", "某县教育局")),
        ("教育局/校舍/账.xlsx", ledger),
        ("教育局/坏.xlsx", b"PK no workbook".to_vec()),
        ("教育局/说明.docx", b"words".to_vec()),
        ("教育局/密.zip", locked(zip(&[("a.xlsx", b"1")]))),
        ("教育局/~$自评.xlsx", b"lock".to_vec()),
        ("外单位.xlsx", of("不在清单的项目", "某县外办")),
        ("__MACOSX/._外单位.xlsx", b"fork".to_vec()),
    ]
}

pub(crate) const ROLL: [&str; 5] = [
    "A01 | 农村公路养护 | 某县交通运输局 | 100 | 95",
    "A02 | 渠道清淤 | 某县水利局 | 120 | 95",
    "A03 | 水库除险加固 | 某县水利局 | 50 | 50",
    "A04 | 校舍维修改造 | 某县教育局 | 100 | 95",
    "A05 | 营养改善计划 | 某县教育局 | 30 | 30",
];

/// What the register must say, whatever the way: the archive's name is left out of paths.
pub(crate) fn expected() -> Vec<String> {
    [
        "农村公路养护|交通局/公路.xlsx|电子表|重复待选",
        "农村公路养护|交通局/公路最终版2.xlsx|电子表|重复待选",
        "校舍维修改造|教育局/校舍/自评.xlsx|电子表|已评分",
        "校舍维修改造|教育局/校舍/账.xlsx|电子表|已评分",
        "营养改善计划|||未报",
        "不在清单的项目|外单位.xlsx|电子表|清单外",
        "渠道清淤|水利局/副本/渠道(1).xlsx|电子表|已评分",
        "渠道清淤|水利局/渠道.xlsx|电子表|已评分",
        "渠道清淤|水利局/渠道清淤盖章.pdf|签章件|已评分",
        "水库除险加固|水利局/水库除险加固扫描件.jpg|图片|待人工录入",
        "|教育局/密.zip|压缩包|待补正",
        "|教育局/坏.xlsx|电子表|待补正",
        "|教育局/说明.docx|Word 文档|待人工录入",
        "|水利局/微信图片_20230105.jpg|图片|待人工录入",
    ]
    .map(str::to_owned)
    .into()
}

pub(crate) fn sorted(mut rows: Vec<String>) -> Vec<String> {
    rows.sort();
    rows
}

#[test]
fn a_day_is_the_same_as_an_archive_and_as_a_tree() {
    let folder = tempfile::tempdir().expect("a folder");
    let day = day();
    let files: Vec<(&str, &[u8])> = day.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let roll = put(folder.path(), "清单.xlsx", &roll(&ROLL));
    let roll = roll.to_str().expect("a path");
    let tree = folder.path().join("tree");
    files.iter().for_each(|(name, bytes)| drop(put(&tree, name, bytes)));
    let whole = put(folder.path(), "全部.zip", &gbk_zip(&files));
    let packed = put(folder.path(), "全部.7z", &seven_zip(&files));
    for (name, input) in [("tree", &tree), ("zip", &whole), ("7z", &packed)] {
        let out = folder.path().join(format!("out-{name}"));
        let run = batch(input, &out, &["--roster", roll]);
        assert_eq!(run.status.code(), Some(3), "{name}: {}", said(&run));
        assert_eq!(sorted(shown(&out)), sorted(expected()), "{name}");
        assert_eq!(
            names(&out),
            ["收件登记表.xlsx", "某县交通运输局", "某县外办", "某县教育局", "某县水利局"],
            "{name}"
        );
        assert_eq!(names(&out.join("某县教育局/校舍维修改造")), ["校舍维修改造（自评）.已评分"]);
        assert_eq!(names(&out.join("某县水利局/渠道清淤")), ["渠道清淤（自评）.已评分.xlsx"]);
        assert_eq!(names(&out.join("某县交通运输局")), ["回执.txt"], "no version is scored");
        let budget = rows(&out).into_iter().find(|row| row.get("项目名称").is_some_and(|p| p == "渠道清淤"));
        let budget = budget.expect("the line");
        assert_eq!(budget["全年预算数与清单差额"], "-200000.00");
        assert!(!budget.contains_key("支出数与清单差额"), "{budget:?}");
    }
}

#[test]
fn a_mark_chooses_a_version_once_and_for_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let tree = folder.path().join("tree");
    put(&tree, "a/公路.xlsx", &of("农村公路养护", "某县交通运输局"));
    put(&tree, "a/公路改.xlsx", &form(&[("| 50块 |", "| 40块 |")]));
    put(&tree, "a/渠道.xlsx", &of("渠道清淤", "某县水利局"));
    let out = folder.path().join("out");
    assert_eq!(batch(&tree, &out, &[]).status.code(), Some(0));
    assert!(!out.join("某县交通运输局/农村公路养护").exists());
    mark(&out.join("收件登记表.xlsx"), "公路改.xlsx");
    let run = batch(&tree, &out, &[]);
    assert_eq!(run.status.code(), Some(1), "{}", said(&run));
    assert_eq!(names(&out.join("某县交通运输局/农村公路养护")), ["农村公路养护（自评）.已评分.xlsx"]);
    assert_eq!(names(&out.join("某县水利局/渠道清淤")), ["渠道清淤（自评）.已评分.xlsx"], "done once");
    let states: Vec<String> = rows(&out).iter().map(|row| row["状态"].clone()).collect();
    assert_eq!(states, ["已评分"; 3]);
    // Again, without anything new: the choice still stands.
    let run = batch(&tree, &out, &[]);
    assert!(said(&run).contains("已评分 2"), "{}", said(&run));
    assert_eq!(names(&out.join("某县交通运输局/农村公路养护")), ["农村公路养护（自评）.已评分.xlsx"]);
    assert_eq!(names(&out), ["收件登记表.xlsx", "某县交通运输局", "某县水利局"]);
}

#[test]
fn a_version_that_comes_after_the_choice_is_asked_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let tree = folder.path().join("tree");
    put(&tree, "a/公路.xlsx", &of("农村公路养护", "某县交通运输局"));
    put(&tree, "a/公路改.xlsx", &form(&[("| 50块 |", "| 40块 |")]));
    let out = folder.path().join("out");
    batch(&tree, &out, &[]);
    mark(&out.join("收件登记表.xlsx"), "公路改.xlsx");
    batch(&tree, &out, &[]);
    put(&tree, "a/公路再改.xlsx", &form(&[("| 50块 |", "| 30块 |")]));
    batch(&tree, &out, &[]);
    let rows = rows(&out);
    assert!(rows.iter().all(|row| row["状态"] == "重复待选"), "{rows:?}");
    let said: String = rows.iter().filter_map(|row| row.get("说明").cloned()).collect();
    assert!(said.contains("选定之后又收到另一份") && said.contains("不作数"), "{said}");
}

/// Puts √ beside a file, on all pages.
pub(crate) fn mark(register: &Path, file: &str) {
    let all = sheet(register, "全部");
    let titles = (0..20).find(|row| all.row(*row).any(|(_, cell)| cell.shown() == "序号")).expect("titles");
    let col = |title: &str| {
        let found = all.row(titles).find(|(_, cell)| cell.shown() == title);
        found.unwrap_or_else(|| panic!("no {title}")).0.col()
    };
    let row =
        (titles + 1..100).find(|row| all.at(*row, col("文件")).shown().ends_with(file)).expect("the row");
    let cell = format!("{}{}", jixiao::inner::base::column_letters(col("采用")), row + 1);
    let folder = tempfile::tempdir().expect("a folder");
    let edited = edit(register, &[Act::Type { sheet: "全部", cell, text: "√" }], folder.path());
    fs::copy(edited, register).expect("the register, saved");
}

#[test]
fn archives_one_after_another_are_as_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let roll = put(folder.path(), "清单.xlsx", &roll(&ROLL));
    let roll = roll.to_str().expect("a path");
    let day = day();
    let mut archives = Vec::new();
    for (number, part) in day.chunks(3).enumerate() {
        let files: Vec<(&str, &[u8])> = part.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        let archive = put(folder.path(), &format!("{number}.zip"), &zip(&files));
        let run = batch(&archive, &out, &["--roster", roll]);
        assert!(run.status.code().is_some_and(|code| code < 4), "{}", said(&run));
        archives.push(archive);
    }
    let plain = |row: String| (0..9).fold(row, |row, n| row.replacen(&format!("|{n}.zip/"), "|", 1));
    let found: Vec<String> = shown(&out).into_iter().map(plain).collect();
    assert_eq!(sorted(found), sorted(expected()));
    // An archive that is gone is still registered, and what was made of it stays.
    fs::remove_file(&archives[0]).expect("it goes");
    let run = batch(&archives[1], &out, &["--roster", roll]);
    assert_eq!(run.status.code(), Some(3), "{}", said(&run));
    assert_eq!(names(&out.join("某县水利局/渠道清淤")), ["渠道清淤（自评）.已评分.xlsx"]);
}

#[test]
fn a_flat_folder_without_anything_twice_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let flat = folder.path().join("in");
    put(&flat, "甲.xlsx", &of("甲项目", "某县交通运输局"));
    put(&flat, "乙.xlsx", &of("乙项目", "某县交通运输局"));
    put(&flat, "照片.jpg", b"\xFF\xD8\xFF");
    let out = folder.path().join("out");
    assert_eq!(batch(&flat, &out, &[]).status.code(), Some(0));
    assert_eq!(names(&out), ["乙.已评分.xlsx", "甲.已评分.xlsx"]);
    // Two versions of one: neither is scored, and the register says so.
    put(&flat, "甲改.xlsx", &form(&[("农村公路养护", "甲项目"), ("| 50块 |", "| 40块 |")]));
    let out = folder.path().join("again");
    let run = batch(&flat, &out, &[]);
    assert_eq!(names(&out), ["乙.已评分.xlsx", "收件登记表.xlsx"], "{}", said(&run));
}

#[test]
fn what_a_killed_batch_left_is_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("in");
    put(&input, "甲.xlsx", &of("甲项目", "某县交通运输局"));
    let out = folder.path().join("out");
    put(&out, ".jixiao-dead/lock", b"");
    put(&out, ".jixiao-dead/unpacked-0/1/a.xlsx", b"a submission");
    put(&out, ".jixiao-else/a.txt", b"nobody knows whose");
    batch(&input, &out, &[]);
    let mut hidden: Vec<String> = fs::read_dir(&out)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with('.'))
        .collect();
    hidden.sort();
    assert_eq!(hidden, [".jixiao", ".jixiao-else"]);
}

#[test]
fn four_savings_of_one_project_are_two_contents() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "东湖区-办公大厅运行维护费-2021";
    for ending in [".xlsx", "-另存.xlsx", ".xls", ".ods"] {
        let file = format!("{name}{ending}");
        let bytes = fs::read(crate::support::workbook(&file)).expect("the workbook");
        put(&folder.path().join("in"), &file, &bytes);
    }
    let out = folder.path().join("out");
    let run = batch(&folder.path().join("in"), &out, &[]);
    // The first was saved without the value of a formula: nobody knows that it is the same.
    let said: Vec<String> = rows(&out).iter().map(|row| row["说明"].clone()).collect();
    assert_eq!(
        said.iter().filter(|said| said.contains("内容相同")).count(),
        2,
        "{said:?} {}",
        crate::intake::batch::said(&run)
    );
    assert!(rows(&out).iter().all(|row| row["状态"] == "重复待选"));
    assert_eq!(names(&out), ["收件登记表.xlsx"]);
}

#[test]
fn archives_with_nothing_in_them_are_said_and_harm_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let tree = folder.path().join("tree");
    let nothing = zip(&[("__MACOSX/._a.xlsx", b"x")]);
    put(&tree, "一.zip", &nothing);
    put(&tree, "二.zip", &nothing);
    put(&tree, "三.zip", &zip(&[("甲.xlsx", &of("甲项目建设", "某县教育局"))]));
    let out = folder.path().join("out");
    let run = batch(&tree, &out, &[]);
    assert_eq!(run.status.code(), Some(3), "{}", said(&run));
    let rows = rows(&out);
    for name in ["一.zip", "二.zip"] {
        let of_it: Vec<_> = rows.iter().filter(|row| row["文件"].contains(name)).collect();
        assert!(of_it.len() == 1 && of_it[0]["说明"].contains("压缩包中没有文件"), "{rows:?}");
    }
    assert!(rows.iter().any(|row| row["项目名称"] == "甲项目建设" && row["状态"] == "已评分"), "{rows:?}");
}

#[test]
fn an_archive_of_a_name_that_came_before_is_called_another_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let (archive, out) = (folder.path().join("报送.zip"), folder.path().join("out"));
    for yuan in ["50块", "40块"] {
        fs::write(&archive, zip(&[("自评.xlsx", &form(&[("| 50块 |", &format!("| {yuan} |"))]))]))
            .expect("a file");
        batch(&archive, &out, &[]);
        fs::remove_file(&archive).expect("it is gone");
        fs::create_dir_all(folder.path().join("其他")).expect("a folder");
    }
    fs::write(&archive, zip(&[("渠道.xlsx", &of("渠道清淤", "某县水利局"))])).expect("a file");
    batch(&archive, &out, &[]);
    let files: Vec<String> = rows(&out).into_iter().map(|row| row["文件"].clone()).collect();
    let distinct: std::collections::BTreeSet<&String> = files.iter().collect();
    assert_eq!(distinct.len(), files.len(), "{files:?}");
}

#[test]
fn an_archive_of_one_project_is_one_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let form = of("农村公路养护", "某县交通运输局");
    let ledger = page(LEDGER.0, LEDGER.1);
    let archive = put(folder.path(), "养护.zip", &zip(&[("自评.xlsx", &form), ("账.xlsx", &ledger)]));
    let out = folder.path().join("out");
    let run = batch(&archive, &out, &[]);
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
    let home = out.join("某县交通运输局/农村公路养护/农村公路养护（自评）.已评分");
    assert_eq!(names(&home), ["自评.已评分.xlsx", "账.已评分.xlsx"]);
}
