//! What is no form to score is named and left alone, on every way in; a sheet that is all but a form keeps the grade open;
//! a form without points is compared and gets no total.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::sheet::Workbook;
use serde_json::Value;

use crate::findings::SELF;
use crate::support::{jixiao, score};
use crate::workbook_pages::{Page, write};

const MONITORING: Page<'_> = (
    "监控表",
    "
项目支出绩效运行监控表 | < | < | < | < | < | <
（2022年度） | < | < | < | < | < | <
项目名称 | 农村公路养护 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况 | 完成目标可能性
产出指标 | 数量指标 | 养护公路里程 | ≥120公里 | 48公里 | 110公里 | 完全不可能
效益指标 | 社会效益指标 | 沿线居民出行条件 | 明显改善 | 未调查 | 明显改善 | 确定能
",
);
const BEFORE: Page<'_> = (
    "评估",
    "
项目事前绩效评估评分表 | < | < | <
项目名称 | 农村公路养护 | < | <
一级指标 | 评估要点 | 分值 | 得分
立项必要性 | 是否符合规划 | 60 | 55
投入经济性 | 测算是否充分 | 40 | 45
",
);
const REVIEW: Page<'_> = (
    "审核",
    "
绩效目标审核表 | < | <
项目名称 | 农村公路养护 | <
审核内容 | 审核要点 | 审核意见
完整性 | 内容是否完整 | 优□ 良☑ 中□ 差□
",
);
const LIST: Page<'_> = (
    "清单",
    "
部门项目支出绩效自评结果汇总表 | < | < | < | <
序号 | 项目名称 | 预算数 | 执行数 | 自评得分
1 | 农村公路养护 | 100 | 95 | 99.5
2 | 桥梁加固 | 80 | 90 | 101
",
);
const POINTLESS: Page<'_> = (
    "自评表",
    "
项目支出绩效目标自评表 | < | < | < | < | <
（2022年度） | < | < | < | < | <
项目名称 | 农村公路养护 | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 全年完成值 | 未完成原因和改进措施
产出指标 | 数量指标 | 养护公路里程 | ≥120公里 | 108公里 | 雨天多
 | 质量指标 | 工程验收合格率 | ≥98% | 99% |
",
);

fn run(command: &str, path: &Path) -> (Vec<Value>, i32, String) {
    let output = jixiao([command.as_ref(), path.as_os_str(), "--json".as_ref()]);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let objects = text.lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect();
    (objects, output.status.code().expect("an exit code"), String::from_utf8(output.stderr).expect("UTF-8"))
}

/// The findings as id and cell.
fn said(report: &Value) -> Vec<(&str, &str)> {
    let all = report["findings"].as_array().expect("findings").iter();
    all.map(|f| (f["id"].as_str().unwrap(), f["cell"].as_str().unwrap_or_default())).collect()
}

fn sheets(path: &Path) -> Vec<String> {
    let workbook = Workbook::open(fs::File::open(path).expect("a file")).expect("a workbook");
    workbook.sheets().iter().filter(|info| info.visible).map(|info| info.name.clone()).collect()
}

/// A folder with files of these pages.
fn folder(files: &[(&str, &[Page<'_>])]) -> (tempfile::TempDir, PathBuf) {
    let base = tempfile::tempdir().expect("a folder");
    let case = base.path().join("材料");
    fs::create_dir(&case).expect("a folder");
    for (name, pages) in files {
        fs::rename(write(pages, base.path()), case.join(name)).expect("a file");
    }
    (base, case)
}

#[test]
fn what_is_not_scored_is_named_and_left_alone() {
    for (page, title) in
        [(MONITORING, "绩效运行监控表"), (BEFORE, "事前绩效评估表"), (REVIEW, "审核表"), (LIST, "项目清单")]
    {
        let place = tempfile::tempdir().expect("a folder");
        let file = write(&[page], place.path());
        let (checked, code, _) = run("check", &file);
        let at = format!("'{}'!A1", page.0);
        assert_eq!((code, said(&checked[0])), (0, vec![("form-not-scored", at.as_str())]), "{title}");
        assert!(checked[0]["findings"][0]["message"].as_str().unwrap().contains(title));
        let scored = score(&file, &place.path().join("out"));
        assert_eq!((scored.code, &scored.json["score"]), (0, &Value::Null), "{title}");
        assert_eq!(scored.json["indicators"], Value::Array(vec![]));
        assert_eq!(fs::read(&scored.path).unwrap(), fs::read(&file).unwrap(), "{title}: not a byte");
        let (reconciled, code, _) = run("reconcile", &file);
        assert_eq!((code, reconciled.len()), (0, 1), "{title}");
    }
}

#[test]
fn beside_a_scored_form_it_changes_nothing_but_that_it_is_named() {
    let place = tempfile::tempdir().expect("a folder");
    let alone = score(&write(&[SELF], place.path()), &place.path().join("a"));
    let pages = [MONITORING, LIST, SELF, BEFORE, REVIEW];
    let beside = score(&write(&pages, place.path()), &place.path().join("b"));
    for key in ["score", "levels", "indicators", "reconciliation", "project"] {
        assert_eq!(alone.json[key], beside.json[key], "{key}");
    }
    assert_eq!(beside.code, alone.code);
    let named: Vec<&str> = said(&beside.json).into_iter().map(|(id, _)| id).collect();
    assert_eq!(named, ["form-not-scored"; 4]);
    // Nothing is written on their sheets, no note either.
    let comments = |path: &Path| {
        let zip = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
        zip.file_names().filter(|name| name.as_ref().unwrap().contains("comments")).count()
    };
    assert_eq!(comments(&beside.path), comments(&alone.path));
    let (checked, code, _) = run("verify", &beside.path);
    assert_eq!(code, 0, "{checked:?}");
}

#[test]
fn one_of_another_file_is_named_where_its_project_is() {
    let two = ("自评表", SELF.1.replace("农村公路养护", "桥梁加固"));
    let two: Page<'_> = (two.0, &two.1);
    let watched = MONITORING.1.replace("农村公路养护", "桥梁加固");
    let (_base, case) =
        folder(&[("一.xlsx", &[SELF]), ("二.xlsx", &[two]), ("监控.xlsx", &[("监控表", &watched)])]);
    let (found, code, _) = run("check", &case);
    assert_eq!(code, 0);
    let named: Vec<_> =
        found.iter().map(|case| (case["project"]["name"].as_str().unwrap(), said(case))).collect();
    let watched = vec![("form-not-scored", "'[监控.xlsx]监控表'!A1")];
    assert_eq!(named, [("农村公路养护", vec![]), ("桥梁加固", watched)]);
}

#[test]
fn batch_and_folder_service_say_that_nothing_was_scored() {
    let place = tempfile::tempdir().expect("a folder");
    let inbox = place.path().join("in");
    fs::create_dir(&inbox).unwrap();
    fs::rename(write(&[MONITORING], place.path()), inbox.join("监控.xlsx")).unwrap();
    let batch =
        jixiao(["batch".as_ref(), inbox.as_os_str(), "--out".as_ref(), place.path().join("b").as_os_str()]);
    let text = String::from_utf8(batch.stdout).unwrap() + &String::from_utf8(batch.stderr).unwrap();
    assert_eq!(batch.status.code(), Some(0), "{text}");
    assert!(text.contains("已评分         0 个项目") && text.contains("没有评分       1 个项目"), "{text}");
    let out = place.path().join("out");
    let watch = jixiao([
        "watch".as_ref(),
        "--once".as_ref(),
        "--settle".as_ref(),
        "0".as_ref(),
        "--inbox".as_ref(),
        inbox.as_os_str(),
        "--outbox".as_ref(),
        out.as_os_str(),
    ]);
    assert_eq!(watch.status.code(), Some(0), "{}", String::from_utf8_lossy(&watch.stderr));
    let receipt = fs::read_to_string(out.join("监控.回执.txt")).unwrap();
    for words in ["处理结果：已处理，没有评分", "是绩效运行监控表", "内容没有改动"]
    {
        assert!(receipt.contains(words), "{words}: {receipt}");
    }
    assert!(!receipt.contains("评分汇总"), "{receipt}");
}

#[test]
fn a_form_without_points_is_compared_and_has_no_total() {
    let place = tempfile::tempdir().expect("a folder");
    let scored = score(&write(&[POINTLESS], place.path()), &place.path().join("out"));
    assert_eq!((scored.code, &scored.json["score"]), (0, &Value::Null));
    assert_eq!(
        said(&scored.json),
        [("criterion-not-read", "'自评表'!C5"), ("target-not-met", "'自评表'!E5")]
    );
    assert_eq!(scored.json["indicators"][0]["actual"], "108公里");
    assert_eq!(scored.json["indicators"][0]["note"], Value::Null);
    assert_eq!(sheets(&scored.path), ["自评表", "问题清单", "复核事项", "处理说明"]);
    let (_, code, said) = run("verify", &scored.path);
    assert_eq!(code, 0, "{said}");
    // Again, from the result: the same sheets, once.
    let again = score(&scored.path, &place.path().join("again"));
    assert_eq!(sheets(&again.path), ["自评表", "问题清单", "复核事项", "处理说明"]);
    let text =
        jixiao(["score".as_ref(), scored.path.as_os_str(), "--out".as_ref(), place.path().as_os_str()]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(!text.contains("总分") && !text.contains("待评分"), "{text}");
}

#[test]
fn a_sheet_all_but_a_form_keeps_the_grade_open_only_where_it_may_be_scored() {
    let grade = |page: Page<'_>| {
        let place = tempfile::tempdir().expect("a folder");
        let (found, _, _) = run("check", &write(&[SELF, page], place.path()));
        let said = said(&found[0]).contains(&("sheet-not-recognised", "'附加'!A1"));
        (found[0]["score"]["grade"].as_str().map(str::to_owned), said)
    };
    let best = Some("优".to_owned());
    assert_eq!(
        grade(("附加", "一级指标 | 二级指标 | 三级指标 | 甲栏 | 得分\n效益 | 社会效益 | 投诉数 | 6 | 5")),
        (None, true)
    );
    // The points of the form are all of it: a list of weights lacks nothing there.
    assert_eq!(
        grade(("附加", "一级指标 | 二级指标 | 三级指标 | 分值 | 甲栏\n效益 | 社会效益 | 投诉数 | 6 | 5")),
        (best.clone(), true)
    );
    assert_eq!(
        grade(("附加", "日期 | 凭证号 | 摘要 | 甲栏\n2022-03-01 | 记-1 | 付款 | 5")),
        (best.clone(), true)
    );
    assert_eq!(grade(("附加", "序号 | 姓名 | 单位 | 日期\n1 | 张某 | 某镇 | 2022-03-01")), (best, false));
}

#[test]
fn a_ledger_that_is_not_read_is_said_to_who_reconciles() {
    let place = tempfile::tempdir().expect("a folder");
    let page = ("账", "支出登记簿\n日期 | 凭证号 | 摘要 | 甲栏\n2022-03-01 | 记-1 | 付款 | 5");
    let (found, _, _) = run("reconcile", &write(&[SELF, page], place.path()));
    assert_eq!(said(&found[0]), [("sheet-not-recognised", "'账'!A2")]);
    // In a file of its own it is said of the file, once.
    let (_base, case) = folder(&[("一.xlsx", &[SELF]), ("账.xlsx", &[page])]);
    let (found, _, _) = run("check", &case);
    assert_eq!(said(&found[0]), [("file-not-recognised", "")]);
}

/// A ledger of one account.
fn ledger(account: &str) -> String {
    format!(
        "项目支出明细账
科目：{account}
日期 | 凭证字号 | 摘要 | 借方金额 | 贷方金额
2022-01-10 | 记-1 | 付款 | 600000 |
2022-12-05 | 记-2 | 付款 | 350000 |"
    )
}

/// What each case reconciled, and what was left out.
fn reconciled(path: &Path) -> Vec<(String, usize, usize)> {
    let (found, _, said) = run("check", path);
    assert!(!found.is_empty(), "{said}");
    let count = |case: &Value, id: &str| {
        case["findings"].as_array().unwrap().iter().filter(|finding| finding["id"] == id).count()
    };
    let one = |case: &Value| {
        let name = case["project"]["name"].as_str().unwrap().to_owned();
        (name, case["reconciliation"].as_array().unwrap().len(), count(case, "form-without-project"))
    };
    found.iter().map(one).collect()
}

#[test]
fn a_ledger_is_the_project_s_that_its_account_line_names() {
    let bridge = SELF.1.replace("农村公路养护", "桥梁加固工程");
    let roads = ledger("7201.01 业务活动费用/农村公路养护");
    let bridges = ledger("7201.02 桥梁加固");
    let nobodys = ledger("7201 业务活动费用");
    let both = format!("{}\n\n{}", ledger("7201.01 农村公路养护"), ledger("7201.02 桥梁加固工程"));
    let of = |road: usize, bridge: usize, left: [usize; 2]| {
        vec![("农村公路养护".to_owned(), road, left[0]), ("桥梁加固工程".to_owned(), bridge, left[1])]
    };
    // In one workbook: by the account, whatever the order of the sheets.
    let place = tempfile::tempdir().expect("a folder");
    let book = |pages: &[Page<'_>]| reconciled(&write(pages, place.path()));
    let second: Page<'_> = ("自评表二", &bridge);
    assert_eq!(book(&[SELF, second, ("账二", &bridges), ("账一", &roads)]), of(1, 1, [0, 0]));
    assert_eq!(book(&[SELF, second, ("账", &bridges)]), of(0, 1, [0, 0]));
    assert_eq!(book(&[SELF, second, ("账", &nobodys)]), of(0, 0, [1, 0]));
    // One ledger with an account of each: nobody can say whose its total is, and both are told.
    assert_eq!(book(&[SELF, second, ("账", &both)]), of(0, 0, [1, 1]));
    // In a folder of two projects: by the account, also against the file it lies in; else by the file.
    let in_folder = |one: &[Page<'_>], two: &[Page<'_>]| {
        let (_base, case) = folder(&[("一.xlsx", one), ("二.xlsx", two)]);
        reconciled(&case)
    };
    assert_eq!(in_folder(&[SELF, ("账", &roads)], &[second, ("账", &bridges)]), of(1, 1, [0, 0]));
    assert_eq!(in_folder(&[SELF, ("账", &bridges)], &[second]), of(0, 1, [0, 0]));
    assert_eq!(in_folder(&[SELF, ("账", &nobodys)], &[second, ("账", &nobodys)]), of(1, 1, [0, 0]));
    assert_eq!(in_folder(&[SELF, second], &[("账", &bridges), ("账一", &nobodys)]), of(0, 1, [1, 0]));
}
