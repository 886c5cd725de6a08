//! A folder whose files are one submission: the same scores and findings as in one workbook, each workbook returned with
//! what is said about it, nothing that leads from one workbook into another.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::sheet::{Value, Workbook};
use serde_json::Value as Json;

use crate::findings::{LEDGER, SELF, SHEET, SUMMARY, changed};
use crate::libreoffice::{cells, differences};
use crate::support::{jixiao, workbook};
use crate::workbook_pages::{Page, write};

/// A declaration that misses an indicator of the score sheet.
const DECLARED: Page<'_> = (
    "申报表",
    "
项目支出绩效目标申报表
（2022年度）
项目名称 | 农村公路养护
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 里程完成率 | 100%
满意度指标 | 服务对象满意度指标 | 养护职工满意度 | ≥90%
",
);

/// Writes each page into a workbook of its own, named after it.
fn apart(pages: &[(String, String)], folder: &Path) {
    for (name, rows) in pages {
        let made = write(&[(name.as_str(), rows.as_str())], folder);
        fs::rename(made, folder.join(format!("{name}.xlsx"))).expect("a file");
    }
}

/// The score sheet with a money line, its summary blank, the declaration and the ledger.
fn pages() -> Vec<(String, String)> {
    changed(
        &[DECLARED, SHEET, SUMMARY, LEDGER],
        &[
            ("评价年度：2022年\n", "评价年度：2022年\n全年执行数（万元） | 94\n"),
            ("60 | 54", "60 |"),
            ("40 | 40\n合计", "40 |\n合计"),
            ("100 | 94", "100 |"),
        ],
    )
}

/// What a command says of a folder or file, as JSON objects, with the exit code.
fn run(command: &str, path: &Path, more: &[&str]) -> (Vec<Json>, i32, String) {
    let args = [command.as_ref(), path.as_os_str(), "--json".as_ref()];
    let output = jixiao(args.into_iter().chain(more.iter().map(AsRef::as_ref)));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let objects = text.lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect();
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    (objects, output.status.code().expect("an exit code"), said)
}

/// Findings without the file in their cell.
fn findings(report: &Json) -> BTreeSet<(String, String)> {
    let all = report["findings"].as_array().expect("findings");
    all.iter()
        .map(|f| {
            let cell = f["cell"].as_str().unwrap_or_default();
            let plain = cell.split_once(']').map_or(cell.to_owned(), |(_, rest)| format!("'{rest}"));
            (f["id"].as_str().expect("an id").to_owned(), plain)
        })
        .collect()
}

fn outputs(report: &Json) -> Vec<PathBuf> {
    let files = report["files"].as_array().expect("files");
    files.iter().filter_map(|file| file["output"].as_str()).map(PathBuf::from).collect()
}

/// The formulas of a workbook.
fn formulas(path: &Path) -> Vec<String> {
    let mut workbook = Workbook::open(fs::File::open(path).expect("a file")).expect("a workbook");
    let mut all = vec![];
    for info in workbook.sheets().to_vec() {
        let sheet = workbook.read(&info, None).expect("a sheet");
        all.extend(sheet.cells().filter_map(|(_, cell)| cell.formula.clone()));
    }
    all
}

#[test]
fn files_of_a_folder_are_one_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let (case, whole) = (folder.path().join("材料"), folder.path().join("合订"));
    fs::create_dir(&case).expect("a folder");
    fs::create_dir(&whole).expect("a folder");
    apart(&pages(), &case);
    let pages = pages();
    let bound: Vec<Page<'_>> = pages.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
    let (one, ..) = run("check", &write(&bound, &whole), &[]);
    let (reports, code, _) = run("score", &case, &[]);
    let [report] = reports.as_slice() else { panic!("one case: {reports:?}") };
    assert_eq!((&report["score"], code), (&one[0]["score"], 1));
    assert_eq!(report["score"]["total"], "94");
    assert_eq!(findings(report), findings(&one[0]));
    assert_eq!(report["reconciliation"], one[0]["reconciliation"]);
    assert_eq!(report["source"]["file"], "评分表.xlsx");
    let at = |id: &str| {
        report["findings"].as_array().unwrap().iter().find(|f| f["id"] == id).unwrap()["cell"].clone()
    };
    assert_eq!(at("declared-without-actual"), "'[申报表.xlsx]申报表'!D6");
    assert_eq!(at("ledger-differs"), "'[评分表.xlsx]评分表'!B3");

    // Beside the folder, each workbook under its own name; the sheets we add once.
    let results = outputs(report);
    let names: Vec<_> =
        results.iter().map(|path| path.strip_prefix(folder.path()).expect("beside")).collect();
    let expected = ["得分一览表", "明细账", "申报表", "评分表"];
    assert_eq!(names, expected.map(|name| PathBuf::from(format!("材料.已评分/{name}.已评分.xlsx"))));
    for path in &results {
        let sheets = cells(path);
        let ours = sheets.keys().any(|at| at.starts_with("'评分明细'!"));
        assert_eq!(ours, path.ends_with("评分表.已评分.xlsx"), "{path:?}");
        assert!(formulas(path).iter().all(|formula| !formula.contains('[')), "{path:?}");
    }
    assert_eq!(differences(&results[3]), Vec::<String>::new());
    // The score summary is in another file: values, with a note that says where from.
    let summary = cells(&results[0]);
    for (at, score) in [("'得分一览表'!D3", "54"), ("'得分一览表'!D4", "40"), ("'得分一览表'!D5", "94")]
    {
        assert_eq!(summary[at], (Value::Number(score.parse().unwrap()), false), "{at}");
    }
    // The ledger has nothing to be said about: it comes back as it is.
    assert_eq!(fs::read(&results[1]).unwrap(), fs::read(case.join("明细账.xlsx")).unwrap());
    let accounts: Vec<String> = cells(&results[3])
        .iter()
        .filter(|(at, _)| at.starts_with("'账务核对'!"))
        .map(|(_, (value, _))| format!("{value:?}"))
        .collect();
    assert!(
        accounts.iter().any(|text| text.contains("明细账在另一个文件：[明细账.xlsx]明细账")),
        "{accounts:?}"
    );
}

const DOCUMENT: &str = "'发文代拟稿'!";

/// What a document says, row by row, whatever the columns.
fn document(cells: &BTreeMap<String, (Value, bool)>) -> BTreeMap<u32, BTreeSet<String>> {
    let mut rows: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for (at, (value, _)) in cells.iter().filter_map(|(at, cell)| Some((at.strip_prefix(DOCUMENT)?, cell))) {
        let row = at.trim_start_matches(|c: char| c.is_ascii_alphabetic()).parse().expect("a row");
        let said = format!("{value:?}").replace(".已评分", "").replace("（前次已提出）", "");
        rows.entry(row).or_default().insert(said);
    }
    rows
}

#[test]
fn a_returned_folder_scores_the_same_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("材料");
    fs::create_dir(&case).expect("a folder");
    apart(&pages(), &case);
    let (first, ..) = run("score", &case, &[]);
    let (second, ..) = run("score", &folder.path().join("材料.已评分"), &[]);
    assert_eq!(first[0]["score"], second[0]["score"]);
    assert_eq!(findings(&first[0]), findings(&second[0]));
    for (a, b) in outputs(&first[0]).iter().zip(outputs(&second[0])) {
        let (a, b) = (cells(a), cells(&b));
        // Files' names and hashes stand on these two; what became of each finding since, on 问题清单.
        let told = ["'问题清单'!A2", "'问题清单'!K", "'处理说明'!", "'_jixiao'!", DOCUMENT];
        let same = |at: &str| !told.iter().any(|cells| at.starts_with(cells));
        let shown = |value: &Option<&(Value, bool)>| format!("{value:?}").replace(".已评分", "");
        let all: BTreeSet<&String> = a.keys().chain(b.keys()).filter(|at| same(at)).collect();
        let differ: Vec<_> = all.into_iter().filter(|at| shown(&a.get(*at)) != shown(&b.get(*at))).collect();
        assert_eq!(differ, Vec::<&String>::new());
        // The document says of what is still so that it was said before; its columns are as wide as their words.
        assert_eq!(document(&a), document(&b));
    }
}

#[test]
fn a_ledger_in_plain_text_is_read_and_not_returned() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("材料");
    fs::create_dir(&case).expect("a folder");
    apart(&changed(&[SELF], &[]), &case);
    let ledger = "支出明细账\n日期,凭证号,摘要,借方金额,贷方金额\n2022-03-01,记-1,付工程款,940000.00,\n2022-09-01,记-2,付尾款,10000.00,\n";
    fs::write(case.join("账.csv"), ledger).expect("a file");
    fs::write(case.join("~$自评表.xlsx"), "a lock").expect("a file");
    fs::write(case.join("说明.pdf"), "no table").expect("a file");
    let out = folder.path().join("结果");
    let (reports, code, said) = run("score", &case, &["--out", out.to_str().unwrap()]);
    assert_eq!((reports.len(), code), (1, 0), "{said}");
    assert!(said.contains("没有读取“说明.pdf”") && !said.contains("~$"), "{said}");
    assert_eq!(reports[0]["reconciliation"][0]["status"], "agrees");
    assert_eq!(reports[0]["reconciliation"][0]["ledger"], "950000");
    assert_eq!(outputs(&reports[0]), [out.join("自评表.已评分.xlsx")]);
    let (again, code, _) = run("reconcile", &case, &[]);
    assert_eq!((&again[0]["ledger"]["spending"], code), (&Json::from("950000"), 0));
}

#[test]
fn a_broken_file_is_named_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("材料");
    fs::create_dir(&case).expect("a folder");
    apart(&changed(&[SELF, LEDGER], &[]), &case);
    let whole = fs::read(case.join("明细账.xlsx")).expect("a file");
    fs::write(case.join("明细账.xlsx"), &whole[..whole.len() / 2]).expect("a file");
    for command in ["score", "check", "reconcile"] {
        let (reports, code, said) = run(command, &case, &[]);
        // What failed is an object in the place of the report.
        assert_eq!((reports.len(), code), (1, 3), "{command}");
        assert!(reports[0]["error"]["message"].as_str().unwrap().contains("明细账.xlsx"), "{reports:?}");
        assert!(said.contains("文件“明细账.xlsx”："), "{said}");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["材料"]);
}

#[test]
fn a_file_without_a_form_is_said_to_be_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("材料");
    fs::create_dir(&case).expect("a folder");
    apart(&changed(&[SELF, ("合同", "合同编号 | 供应商\nHT-1 | 某公司")], &[]), &case);
    let (reports, code, _) = run("check", &case, &[]);
    assert_eq!(code, 0);
    let found = reports[0]["findings"].as_array().unwrap();
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        (&finding["id"], &finding["severity"]),
        (&Json::from("file-not-recognised"), &Json::from("warning"))
    );
    assert!(finding["message"].as_str().unwrap().contains("“合同.xlsx”"), "{finding}");
}

#[test]
fn a_folder_that_is_no_submission_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("材料");
    fs::create_dir(&case).expect("a folder");
    let (_, code, said) = run("score", &case, &[]);
    assert!(code == 3 && said.contains("没有可读取的文件"), "{said}");
    apart(&changed(&[SELF], &[]), &case);
    let (_, code, said) = run("score", &case, &["--out", "a.xlsx"]);
    assert!(code == 2 && said.contains("--out 改为一个文件夹"), "{said}");
    fs::copy(case.join("自评表.xlsx"), case.join("自评表.已评分.xlsx")).expect("a copy");
    let (_, code, said) = run("score", &case, &[]);
    assert!(code == 3 && said.contains("“自评表”和它的评分结果"), "{said}");
}

#[test]
fn files_of_several_projects_are_several_cases() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("材料");
    fs::create_dir(&case).expect("a folder");
    apart(&changed(&[SELF], &[]), &case);
    fs::rename(case.join("自评表.xlsx"), case.join("甲.xlsx")).expect("a file");
    apart(
        &changed(&[SELF], &[("农村公路养护", "乡镇卫生院改造"), ("126公里 | 15 | 15", "60公里 | 15 |")]),
        &case,
    );
    let (reports, ..) = run("score", &case, &[]);
    let of: Vec<_> = reports
        .iter()
        .map(|r| {
            (
                r["project"]["name"].as_str().unwrap(),
                r["source"]["file"].as_str().unwrap(),
                r["files"].as_array().unwrap().len(),
            )
        })
        .collect();
    assert_eq!(of, [("农村公路养护", "甲.xlsx", 1), ("乡镇卫生院改造", "自评表.xlsx", 1)]);
    assert_ne!(reports[0]["output"], reports[1]["output"]);
    assert_eq!(differences(Path::new(reports[1]["output"].as_str().unwrap())), Vec::<String>::new());
}

#[test]
fn other_formats_of_a_folder_come_back_as_xlsx() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(workbook("东湖区-办公大厅运行维护费-2021.ods"), folder.path().join("合订.ods")).expect("a copy");
    fs::write(folder.path().join("联系人.csv"), "姓名,电话\n张三,1\n").expect("a file");
    let out = folder.path().join("结果");
    let (reports, ..) = run("score", folder.path(), &["--out", out.to_str().unwrap()]);
    assert_eq!(reports[0]["score"]["total"], "87.5");
    let messages: Vec<_> = reports[0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["cell"].is_null())
        .map(|f| f["message"].as_str().unwrap())
        .collect();
    assert!(messages.iter().any(|m| m.starts_with("文件“合订.ods”：原文件是 .ods 格式")), "{messages:?}");
    assert!(messages.iter().any(|m| m.contains("文件“联系人.csv”中没有认出")), "{messages:?}");
    assert_eq!(outputs(&reports[0]), [out.join("合订.ods.已评分.xlsx")]);
}

#[test]
fn workbooks_of_every_ending_are_read_in_a_folder() {
    // The content is an .xls, whatever WPS or a person calls it.
    for name in ["合订.et", "合订.xlsm", "合订.XLS"] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::copy(workbook("东湖区-办公大厅运行维护费-2021.xls"), folder.path().join(name)).expect("a copy");
        let (reports, ..) = run("check", folder.path(), &[]);
        assert_eq!(reports[0]["score"]["total"], "87.5", "{name}");
    }
}

/// A ledger or a declaration by itself is half of a case.
#[test]
fn a_lone_ledger_or_declaration_is_told_of_folders() {
    let said = |pages: &[Page<'_>], command: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = write(pages, folder.path());
        let output = jixiao([command.as_ref(), file.as_os_str(), "--json".as_ref()]);
        let json: Json = serde_json::from_slice(&output.stdout).expect("nothing but the object");
        assert_eq!(json["score"].is_null(), !pages.contains(&SELF));
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    for command in ["check", "score"] {
        for (page, word) in [(LEDGER, "只有明细账"), (DECLARED, "只有申报表")] {
            let hint = said(&[page], command);
            assert!(hint.contains(word) && hint.contains("文件夹"), "{command}: {hint}");
        }
        assert_eq!(said(&[DECLARED, SELF], command), "");
        assert_eq!(said(&[SELF], command), "");
    }
    let folder = tempfile::tempdir().expect("a folder");
    write(&[LEDGER], folder.path());
    let (.., said) = run("check", folder.path(), &[]);
    assert!(!said.contains("提示"), "a folder was given: {said}");
}
