//! What a table says of itself, and what the roll says.

use std::fs;

use jixiao::inner::intake::identity::{self, Identity, Stage, TableKind};
use jixiao::inner::intake::roster;
use jixiao::inner::mapping::Mappings;
use jixiao::inner::pipeline::{self, Settings, Source};

use crate::findings::{LEDGER, SELF};
use crate::person::edit;
use crate::workbook_pages;

fn told(pages: &[(&str, &str)]) -> Identity {
    let folder = tempfile::tempdir().expect("a folder");
    of_file(&workbook_pages::write(pages, folder.path()))
}

fn of_file(path: &std::path::Path) -> Identity {
    let reader = fs::File::open(path).expect("the workbook");
    let settings = Settings::default();
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let looked =
        pipeline::look(&mut Source { name, reader }, &Mappings::shipped(), &settings).expect("a look");
    identity::of(&looked)
}

/// A declaration of this title.
fn declaration(title: &str) -> String {
    format!(
        "
{title}
（2022年度）
项目名称 | 360102-农村公路养护 | 项目编码 | 36 0102-22R0001
主管部门 | 301-某县交通运输局 | 实施单位 | 某县公路站
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护公路里程 | ≥120公里
 | | 更换标志牌数量 | ≥50块
"
    )
}

#[test]
fn a_form_says_whose_it_is() {
    let identity = told(&[("申报表", &declaration("项目支出绩效目标申报表"))]);
    let [said] = identity.said.as_slice() else { panic!("{identity:?}") };
    assert_eq!(said.code.as_deref(), Some("36010222R0001"));
    assert_eq!(said.name.as_deref(), Some("农村公路养护"));
    assert_eq!(said.department.as_deref(), Some("某县交通运输局"));
    assert_eq!(said.agency.as_deref(), Some("某县公路站"));
    assert_eq!((said.year, said.stage), (Some(2022), Some(Stage::Declared)));
    assert_eq!(said.parts, [TableKind::Declaration]);
}

#[test]
fn the_stage_stands_in_the_title_or_is_not_known() {
    for (title, stage) in [
        ("项目支出绩效目标申报表", Some(Stage::Declared)),
        ("2022年度项目支出绩效目标批复表", Some(Stage::Approved)),
        ("项目支出绩效目标调整批复表", Some(Stage::Adjusted)),
        ("项目支出绩效目标表", None),
    ] {
        let identity = told(&[("目标", &declaration(title))]);
        assert_eq!(identity.said[0].stage, stage, "{title}");
    }
    assert_eq!(told(&[SELF]).said[0].stage, Some(Stage::Evaluated));
    let beside = told(&[LEDGER]);
    assert!(beside.said.iter().all(|said| said.stage.is_none() && said.is_beside()), "{beside:?}");
}

#[test]
fn what_is_saved_anew_says_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = workbook_pages::write(&[SELF], folder.path());
    let changed = SELF.1.replace("| 50块 |", "| 40块 |");
    assert_ne!(of_file(&first).cells, told(&[(SELF.0, &changed)]).cells);
    // By the same program, and by another.
    let again = folder.path().join("again.xlsx");
    fs::write(&again, workbook_pages::bytes(&[SELF], 1)).expect("the workbook");
    for again in [again, edit(&first, &[], folder.path())] {
        assert_ne!(fs::read(&first).expect("the file"), fs::read(&again).expect("the file"));
        assert!(of_file(&first).cells.is_some_and(|cells| of_file(&again).cells == Some(cells)), "{again:?}");
    }
}

#[test]
fn a_workbook_without_a_form_says_so() {
    let identity = told(&[("值班表", "\n值班表\n日期 | 姓名\n1月1日 | 张三\n")]);
    assert!(identity.said.is_empty() && identity.stranger.is_some());
}

fn roll(rows: &str) -> Result<roster::Roster, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = workbook_pages::write(&[("清单", rows)], folder.path());
    let reader = fs::File::open(&path).expect("the workbook");
    let source = &mut Source { name: "清单.xlsx".to_owned(), reader };
    let sheets = pipeline::sheets(source, &Settings::default()).expect("the sheets");
    roster::read(&sheets, &Mappings::shipped()).map_err(|error| error.to_string())
}

#[test]
fn a_roll_is_read_with_its_units() {
    let roll = roll(
        "
2023年度部门预算项目清单
 | | | 单位：万元
序号 | 项目编码 | 项目名称 | 主管部门 | 单位名称 | 全年预算数（元） | 支出数
1 | 3601R01 | 农村公路养护 | 301-某县交通运输局 | 某县公路站 | 1200000 | 118.5
2 | 3601R02 | 校舍维修 | 302-某县教育局 | 第一小学 | — | 30
 | | 合计 | | | 1200000 | 148.5
",
    )
    .expect("a roll");
    let [road, school] = roll.lines.as_slice() else { panic!("{roll:?}") };
    assert_eq!(
        (road.code.as_deref(), road.name.as_str(), road.year),
        (Some("3601R01"), "农村公路养护", Some(2023))
    );
    assert_eq!(road.department.as_deref(), Some("某县交通运输局"));
    let yuan = |figure: Option<roster::Figure>| figure.map(|figure| figure.yuan.to_string());
    assert_eq!((yuan(road.budget).as_deref(), yuan(school.budget)), (Some("1200000"), None));
    let spent = road.spent.expect("an amount");
    assert_eq!((spent.yuan.to_string(), spent.slack.to_string()), ("1185000".into(), "500".into()));
    assert_eq!(roll.remarks, [] as [String; 0]);
}

#[test]
fn what_a_roll_does_not_say_is_not_guessed() {
    let plain =
        roll("\n项目名称 | 主管部门 | 预算数\n农村公路养护 | 某县交通运输局 | 120\n").expect("a roll");
    assert!(plain.lines[0].budget.is_none() && plain.remarks[0].contains("金额单位"), "{plain:?}");
    let twice = roll("\n项目名称 | 主管部门 | 预算数（万元）\n养护 | 交通局 | 120\n养护 | 交通局 | 30\n")
        .expect("a roll");
    assert_eq!(twice.lines.len(), 1);
    assert!(twice.lines[0].budget.is_none() && twice.remarks[0].contains("多行"), "{twice:?}");
    assert!(roll("\n姓名 | 电话\n张三 | 123\n").is_err_and(|said| said.contains("项目名称")));
}

/// Whatever of a roll is not used is said, with its first row.
#[test]
fn what_of_a_roll_is_not_used_is_said() {
    let roll = roll(
        "
项目编码 | 项目名称 | 主管部门 | 全年预算数（万元） | 支出数（万元） | 支付数（万元） | 单位 | 实施单位
R01 | 农村公路养护 | 交通局 | 1000（暂估） | 95 | 90 | 公路站 | 养护中心
R02 | | 教育局 | 20 | 20 | 20 | |
R03 | 校舍维修 | 教育局 | 见附表 | 20 | 20 | |
R04 | | 教育局 | 30 | 30 | 30 | |
R05 | 桥梁检测 | 交通局 | — | | | |
合计 | | | 约1070 | 165 | 160 | |
注：金额以批复为准 | | | | | | |
",
    )
    .expect("a roll");
    assert_eq!(roll.lines.len(), 3, "{roll:?}");
    assert!(roll.lines.iter().all(|line| line.budget.is_none() && line.spent.is_none()), "{roll:?}");
    let said = |words: &[&str]| {
        let found = roll.remarks.iter().filter(|said| words.iter().all(|word| said.contains(word)));
        assert_eq!(found.count(), 1, "{words:?}: {:?}", roll.remarks);
    };
    said(&["有 2 行", "没有项目名称", "第 3 行"]);
    said(&["“全年预算数（万元）”", "有 2 处", "第 2 行", "1000（暂估）"]);
    said(&["“支出数（万元）”", "“支付数（万元）”", "没有核对"]);
    said(&["“单位”", "“实施单位”", "左起第一栏"]);
    assert_eq!(roll.remarks.len(), 4, "{:?}", roll.remarks);
    assert_eq!(roll.lines[0].agency.as_deref(), Some("公路站"));
}

/// The budget at the beginning of the year is no stand-in for one that is written and cannot be read.
#[test]
fn an_amount_that_cannot_be_read_is_not_replaced() {
    let rows = "\n项目名称 | 年初预算数（元） | 全年预算数（元）\n养护 | 100 | 约120\n清淤 | 100 | —\n";
    let roll = roll(rows).expect("a roll");
    let known: Vec<bool> = roll.lines.iter().map(|line| line.budget.is_some()).collect();
    assert_eq!(known, [false, true], "{roll:?}");
}
