//! What shows only where many projects lie beside each other: a batch that has it and one that has not, a finding each, held in
//! the summary and in the tables.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::batch::{batch, put, said, sheet};
use crate::findings::SELF;
use crate::workbook_pages;

/// A project's form with some words changed.
fn form(name: &str, changes: &[(&str, &str)]) -> Vec<u8> {
    let mut page = SELF.1.replace("农村公路养护", name);
    for (old, new) in changes {
        assert!(page.contains(old), "{old} stands in the form");
        page = page.replace(old, new);
    }
    workbook_pages::bytes(&[(SELF.0, &page)], 0)
}

/// A project whose rows are its own.
fn distinct(number: usize, changes: &[(&str, &str)]) -> Vec<u8> {
    let rows = [
        ("养护公路里程".to_owned(), format!("建成设施{number}处")),
        ("更换标志牌数量".to_owned(), format!("购置设备{number}台")),
        ("工程验收合格率".to_owned(), format!("第{number}批验收合格率")),
        ("沿线居民出行条件".to_owned(), format!("第{number}片居民条件")),
        ("群众满意度".to_owned(), format!("第{number}片群众满意度")),
    ];
    let mut all: Vec<(&str, &str)> = changes.to_vec();
    all.extend(rows.iter().map(|(old, new)| (old.as_str(), new.as_str())));
    form(&format!("第{number}号工程"), &all)
}

/// Each kind of finding that is looked for among projects, with the test that has a batch with it and one without.
const SAMPLES: [(&str, &str); 5] = [
    ("TextOfAnotherProject", "a_text_that_names_another_is_asked_about"),
    ("FormsIdentical", "forms_of_which_four_of_five_rows_are_equal_are_told"),
    ("ProjectSubmittedTwice", "a_project_with_the_code_of_another_is_told"),
    ("AgencyScoresWithoutSpread", "a_department_that_finds_no_difference_among_its_projects_is_told_once"),
    ("ScoreOutlier", "a_score_far_from_those_of_its_department_is_told"),
];

#[test]
fn each_kind_of_finding_among_projects_has_a_batch_with_it_and_one_without() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = crate::lake::files(&root.join("src/service/across"));
    let text: String = sources.iter().map(|path| fs::read_to_string(path).expect("a source")).collect();
    let kinds: BTreeSet<&str> = text
        .split("FindingId::")
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().expect("a name"))
        .collect();
    assert_eq!(kinds, SAMPLES.iter().map(|(kind, _)| *kind).collect::<BTreeSet<_>>());
    let own = fs::read_to_string(root.join("tests/it/intake/across.rs")).expect("this source");
    for (kind, test) in SAMPLES {
        let body = own.split(&format!("fn {test}() {{")).nth(1).and_then(|rest| rest.split("\n}\n").next());
        let body = body.unwrap_or_else(|| panic!("{kind}: no test {test}"));
        assert!(body.matches("= found(").count() >= 2 && body.contains(".is_empty()"), "{kind}: {test}");
    }
}

/// `project: title` of what the summary of a batch says, with the facts. What shows only among projects stands in its tables, too.
fn found(folder: &Path, forms: &[Vec<u8>]) -> Vec<(String, String, String)> {
    let _ = fs::remove_dir_all(folder.join("in"));
    let _ = fs::remove_dir_all(folder.join("out"));
    let _ = fs::remove_dir_all(folder.join("lake"));
    let _ = fs::remove_file(folder.join("s.xlsx"));
    for (number, bytes) in forms.iter().enumerate() {
        put(&folder.join("in"), &format!("{number:02}.xlsx"), bytes);
    }
    let summary = folder.join("s.xlsx");
    let lake = folder.join("lake");
    let [book, tables] = [&summary, &lake].map(|path| path.to_str().expect("UTF-8"));
    let more = ["--summary", book, "--export", tables, "--export-format", "ndjson"];
    let run = batch(&folder.join("in"), &folder.join("out"), &more);
    assert!(run.status.code().is_some_and(|code| code < 2), "{}", said(&run));
    let sheet = sheet(&summary, "汇总表");
    assert_eq!(sheet.at(3, 0).shown(), "1", "projects are listed");
    let all = list(&summary).unwrap_or_default();
    let rows = crate::lake::rows(&lake, "finding");
    let rows = rows.iter().filter(|row| row["scope"] == "batch");
    let text = |row: &serde_json::Value, column: &str| row[column].as_str().unwrap_or_default().to_owned();
    let mut in_tables: Vec<_> = rows.map(|row| (text(row, "project"), text(row, "title"))).collect();
    let titles: BTreeSet<String> = in_tables.iter().map(|(_, title)| title.clone()).collect();
    let mut in_summary: Vec<_> =
        all.iter().map(|(project, title, _)| (project.clone(), title.clone())).collect();
    in_summary.retain(|(_, title)| titles.contains(title));
    in_tables.sort();
    in_summary.sort();
    assert_eq!(in_tables, in_summary);
    all
}

fn list(summary: &Path) -> Option<Vec<(String, String, String)>> {
    let file = fs::File::open(summary).expect("the summary");
    let mut workbook = jixiao::inner::sheet::Workbook::open(file).expect("a workbook");
    let info = workbook.sheets().iter().find(|info| info.name == "问题清单")?.clone();
    let sheet = workbook.read(&info, None).expect("the page");
    let rows = 3..=sheet.last_row().expect("rows");
    Some(
        rows.map(|row| (sheet.at(row, 2).shown(), sheet.at(row, 6).shown(), sheet.at(row, 7).shown()))
            .collect(),
    )
}

/// The projects of which this is said, each with the facts.
fn of<'f>(found: &'f [(String, String, String)], title: &str) -> Vec<(&'f str, &'f str)> {
    found.iter().filter(|line| line.1 == title).map(|line| (line.0.as_str(), line.2.as_str())).collect()
}

const GOAL: (&str, &str) = (
    "一级指标 | 二级指标 | 三级指标 |",
    "年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | <\n^ | 为保障群众出行，由某县水利局组织完成渠道清淤任务 | < | < | 已全部完成清淤任务并通过了验收 | < | < | <\n一级指标 | 二级指标 | 三级指标 |",
);

#[test]
fn a_text_that_names_another_is_asked_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let other = distinct(2, &[("某县交通运输局", "某县水利局")]);
    let all = found(folder.path(), &[distinct(1, &[GOAL]), other.clone()]);
    let told = of(&all, "可能套用了其他单位或项目的文字");
    assert_eq!(told.len(), 1, "{all:?}");
    assert!(told[0].0 == "第1号工程" && told[0].1.contains("“某县水利局”"), "{told:?}");
    // Where its own name stands beside it, both work together; where nobody of that name hands in, nobody is copied.
    let own = GOAL.1.replace("由某县水利局", "由某县交通运输局会同某县水利局");
    let all = found(folder.path(), &[distinct(1, &[(GOAL.0, &own)]), other]);
    assert!(of(&all, "可能套用了其他单位或项目的文字").is_empty(), "{all:?}");
    let all = found(folder.path(), &[distinct(1, &[GOAL]), distinct(2, &[])]);
    assert!(of(&all, "可能套用了其他单位或项目的文字").is_empty(), "{all:?}");
}

#[test]
fn forms_of_which_four_of_five_rows_are_equal_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let title = "两个项目的表几乎相同";
    let all = found(
        folder.path(),
        &[form("甲项目", &[]), form("乙项目", &[("126公里", "127公里")]), distinct(3, &[])],
    );
    let told = of(&all, title);
    assert_eq!(told.iter().map(|line| line.0).collect::<BTreeSet<_>>(), BTreeSet::from(["乙项目", "甲项目"]));
    assert!(told.iter().all(|line| line.1.contains("5 个指标中有 4 个")), "{told:?}");
    let changes = [("126公里", "127公里"), ("99%", "98%")];
    let all = found(folder.path(), &[form("甲项目", &[]), form("乙项目", &changes), distinct(3, &[])]);
    assert!(of(&all, title).is_empty(), "{all:?}");
}

#[test]
fn a_project_with_the_code_of_another_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let title = "同一项目可能提交了两次";
    let coded = |number: usize, code: &str, agency: &str| {
        let code = format!("项目编码 | {code}\n主管部门 | {agency}");
        distinct(number, &[("主管部门 | 某县交通运输局", code.as_str())])
    };
    let all = found(folder.path(), &[coded(1, "R000123", "某县水利局"), coded(2, "R000123", "某县教育局")]);
    assert_eq!(of(&all, title).len(), 2, "{all:?}");
    assert!(of(&all, title)[0].1.contains("项目编码相同"), "{all:?}");
    let all = found(folder.path(), &[coded(1, "R000123", "某县水利局"), coded(2, "R000124", "某县教育局")]);
    assert!(of(&all, title).is_empty(), "{all:?}");
}

#[test]
fn a_department_that_finds_no_difference_among_its_projects_is_told_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let title = "单位自评分没有差异";
    let all = found(folder.path(), &(1..=5).map(|number| distinct(number, &[])).collect::<Vec<_>>());
    let told = of(&all, title);
    assert_eq!(told.len(), 1, "{all:?}");
    assert!(told[0].1.contains("5 个项目中有 5 个自评在 98 分以上"), "{told:?}");
    let lower = [("| ≥50块 | 50块 | 15 | 15 |", "| ≥50块 | 40块 | 15 | 12 |"), ("100 | 99.5", "100 | 96.5")];
    let mut forms: Vec<Vec<u8>> = (1..=4).map(|number| distinct(number, &[])).collect();
    forms.push(distinct(5, &lower));
    let all = found(folder.path(), &forms);
    assert!(of(&all, title).is_empty(), "{all:?}");
}

#[test]
fn a_score_far_from_those_of_its_department_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let title = "得分、执行率或单位成本离群";
    let behind = [("| ≥50块 | 50块 | 15 | 15 |", "| ≥50块 | 5块 | 15 | 1.5 |"), ("100 | 99.5", "100 | 86")];
    let mut forms: Vec<Vec<u8>> = (1..=10).map(|number| distinct(number, &[])).collect();
    forms.push(distinct(11, &behind));
    let all = found(folder.path(), &forms);
    let told = of(&all, title);
    assert_eq!(told.iter().map(|line| line.0).collect::<Vec<_>>(), ["第11号工程"], "{all:?}");
    assert!(told[0].1.contains("得分86分") && told[0].1.contains("11 个项目中"), "{told:?}");
    // Of nine nothing is usual.
    let all = found(folder.path(), &forms[3..]);
    assert!(of(&all, title).is_empty(), "{all:?}");
}
