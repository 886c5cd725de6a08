//! What register, receipts and program say of a day: nothing is left out, nothing counted twice, nothing contradicts itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::batch::{batch, form, of, page, put, roll, rows, said, sheet};
use super::unpack::{locked, zip};
use crate::findings::LEDGER;

/// The first page: the counts of a department, by their titles.
fn counts(out: &Path, department: &str) -> BTreeMap<String, String> {
    let sheet = sheet(&out.join("收件登记表.xlsx"), "汇总");
    let row = |first: &str| {
        let is_it = |row: &u32| sheet.row(*row).any(|(at, cell)| at.col() == 0 && cell.shown() == first);
        (0..50).find(is_it).unwrap_or_else(|| panic!("no row of {first}"))
    };
    let titles: BTreeMap<u32, String> =
        sheet.row(row("主管部门")).map(|(at, cell)| (at.col(), cell.shown())).collect();
    let counted = sheet.row(row(department));
    counted.map(|(at, cell)| (titles.get(&at.col()).cloned().unwrap_or_default(), cell.shown())).collect()
}

fn receipt(out: &Path, department: &str) -> String {
    fs::read_to_string(out.join(department).join("回执.txt")).expect("the receipt").replace("\r\n", "\n")
}

/// A project with its ledger, a list, a letter, an archive with a password; on the roll another that did not come.
fn mixed(tree: &Path) {
    put(tree, "交通局/公路/自评.xlsx", &of("农村公路养护", "某县交通运输局"));
    put(tree, "交通局/公路/账.xlsx", &page(LEDGER.0, LEDGER.1));
    let list = "\n交通运输局项目自评汇总表\n序号 | 项目名称 | 自评得分 | 等级\n1 | 农村公路养护 | 99 | 优\n2 | 桥梁检测 | 98 | 优\n";
    put(tree, "交通局/自评汇总表.xlsx", &page("汇总", list));
    put(tree, "交通局/来函.docx", b"words");
    put(tree, "交通局/密.zip", &locked(zip(&[("a.xlsx", b"1")])));
}

const DUE: [&str; 2] =
    ["A01 | 农村公路养护 | 某县交通运输局 | 100 | 90", "A02 | 桥梁检测 | 某县交通运输局 | 30 | 30"];

fn is_of(row: &BTreeMap<String, String>, name: &str) -> bool {
    row.get("文件").is_some_and(|file| file.ends_with(name))
}

fn entered(folder: &Path) -> std::path::PathBuf {
    let (tree, out) = (folder.join("tree"), folder.join("out"));
    mixed(&tree);
    let roll = put(folder, "清单.xlsx", &roll(&DUE));
    let run = batch(&tree, &out, &["--roster", roll.to_str().expect("a path")]);
    assert!(run.status.code().is_some_and(|code| code <= 3), "{}", said(&run));
    let told = said(&run);
    assert!(told.contains("已评分 1，未报 1，另有材料 3 件"), "{told}");
    out
}

#[test]
fn what_belongs_to_no_project_is_counted_as_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = entered(folder.path());
    let counts = counts(&out, "某县交通运输局");
    let of = |title: &str| counts.get(title).map_or("", String::as_str);
    let told = ["项目数", "应报", "已报", "已评分", "待补正", "待人工录入", "未报", "另有材料"].map(of);
    assert_eq!(told, ["2", "2", "1", "1", "0", "0", "1", "3"], "{counts:?}");
    let receipt = receipt(&out, "某县交通运输局");
    assert!(receipt.contains("项目共 2 个：已评分 1 个，未报 1 个。\n另有材料 3 件"), "{receipt}");
    for name in ["自评汇总表.xlsx", "来函.docx", "密.zip"] {
        let row = rows(&out).into_iter().find(|row| is_of(row, name)).expect("its row");
        assert_eq!(row["已报"], "—", "{row:?}");
        assert!(receipt.contains(name), "{receipt}");
    }
}

/// What nobody knows whose it is stands in a receipt, too: together they say all that came.
#[test]
fn what_is_of_no_known_department_has_a_receipt() {
    let folder = tempfile::tempdir().expect("a folder");
    let tree = folder.path().join("tree");
    put(&tree, "水利局/渠道.xlsx", &of("渠道清淤", "某县水利局"));
    put(&tree, "教育局/校舍.xlsx", &of("校舍维修", "某县教育局"));
    put(&tree, "林业局/密.zip", &locked(zip(&[("a.xlsx", b"1")])));
    let (out, roll) = (folder.path().join("out"), put(folder.path(), "清单.xlsx", &roll(&DUE)));
    batch(&tree, &out, &["--roster", roll.to_str().expect("a path")]);
    let counts = counts(&out, "主管部门不明");
    assert_eq!((counts["项目数"].as_str(), counts["另有材料"].as_str()), ("0", "1"), "{counts:?}");
    let receipt = receipt(&out, "主管部门不明");
    assert!(receipt.contains("项目共 0 个。\n另有材料 1 件") && receipt.contains("密.zip"), "{receipt}");
}

#[test]
fn of_a_list_there_is_nothing_to_mend() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = entered(folder.path());
    let row = rows(&out).into_iter().find(|row| is_of(row, "自评汇总表.xlsx")).expect("its row");
    assert_eq!(row["状态"], "已登记", "{row:?}");
    assert!(row["说明"].contains("无需补正"), "{row:?}");
    let receipt = receipt(&out, "某县交通运输局");
    let list = receipt.lines().skip_while(|line| !line.contains("自评汇总表.xlsx")).nth(1);
    assert!(list.is_some_and(|line| line.contains("无需补正")), "{receipt}");
}

#[test]
fn a_receipt_counts_what_it_says_and_says_of_which_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let receipt = receipt(&entered(folder.path()), "某县交通运输局");
    assert_eq!(receipt.matches("[错误] 表中支出数为").count(), 1, "{receipt}");
    let errors = receipt.matches("[错误]").count();
    // Beside those of the project, that one was not handed in is told where it stands.
    let missing = receipt.split("【未报】").nth(1).expect("the missing").matches("[错误]").count();
    let own = errors - missing;
    assert!(own > 0 && receipt.contains(&format!("发现问题：错误 {own} 个")), "{own}: {receipt}");
    assert!(!receipt.contains("发现问题：错误 0 个"), "{receipt}");
    assert!(receipt.contains("“公路/自评.xlsx”、“公路/账.xlsx”的处理情况："), "{receipt}");
}

#[test]
fn a_project_that_waits_for_a_persons_score_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let tree = folder.path().join("tree");
    let waits =
        form(&[("明显改善 | 达成年度指标 | 30 | 30", "明显改善 | 居民反映尚可 | 30 | "), ("99.5", "")]);
    put(&tree, "局/a/公路.xlsx", &waits);
    put(&tree, "局/b/渠道.xlsx", &of("渠道清淤", "某县水利局"));
    let out = folder.path().join("out");
    let run = batch(&tree, &out, &[]);
    let note = |name: &str| {
        let row = rows(&out).into_iter().find(|row| row["项目名称"] == name).expect("its row");
        assert_eq!(row["状态"], "已评分", "{}", said(&run));
        row.get("说明").cloned().unwrap_or_default()
    };
    assert!(note("农村公路养护").contains("待评分"), "{}", note("农村公路养护"));
    assert!(!note("渠道清淤").contains("待评分"));
    assert!(receipt(&out, "某县交通运输局").contains("注意：待评分"));
    assert!(!receipt(&out, "某县水利局").contains("注意：待评分"));
}

/// A batch whose folder of records was spoiled before.
fn with_records(spoil: impl Fn(&Path)) -> std::process::Output {
    let folder = tempfile::tempdir().expect("a folder");
    let archive = put(folder.path(), "甲.zip", &zip(&[("甲.xlsx", &of("甲项目建设", "某县教育局"))]));
    let out = folder.path().join("out");
    fs::create_dir_all(out.join(".jixiao")).expect("a folder");
    spoil(&out.join(".jixiao/dropped"));
    batch(&archive, &out, &[])
}

#[test]
fn records_of_earlier_days_are_all_read_or_nothing_is() {
    let many = |count: usize| {
        move |folder: &Path| {
            fs::create_dir(folder).expect("a folder");
            (0..count).for_each(|name| fs::write(folder.join(format!("{name}.json")), b"").expect("a file"));
        }
    };
    let run = with_records(many(2_300));
    assert_eq!(said(&run).matches("以前的收件记录“").count(), 2_300, "{:?}", run.status);
    for spoil in
        [&many(100_001) as &dyn Fn(&Path), &|folder| fs::write(folder, b"no folder").expect("a file")]
    {
        let run = with_records(spoil);
        assert_eq!(run.status.code(), Some(4), "{}", said(&run));
        assert!(said(&run).contains("以前的收件记录"), "{}", said(&run));
    }
}
