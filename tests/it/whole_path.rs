//! The way of one project through all stages, as the bureau and the agency go it: declared, reviewed, approved, evaluated,
//! returned, mended and handed in again, with the document that goes out at each step.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::xlsx::Content;
use serde_json::Value as Json;

use crate::issues::reply;
use crate::libreoffice::cells;
use crate::model_case::edited;
use crate::support::jixiao;
use crate::workbook_pages::{Page, write};

const DECLARED: &str = "
项目支出绩效目标申报表
（2023年度）
项目名称 | 渡口改造
主管部门 | 某县交通运输局
实施单位 | 某县航道站
年度资金总额（万元） | 200
年度总体目标 | 改造渡口6处，安装救生设备24套，方便两岸村民安全过渡。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 改造渡口 | ≥6
 | | 安装救生设备 | ≥24套
 | 时效指标 | 改造完成时间 | 2023年10月31日前
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90%
";

const EVALUATED: &str = "
项目支出绩效自评表
（2023年度）
项目名称 | 渡口改造
主管部门 | 某县交通运输局
实施单位 | 某县航道站
项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
 | 年度资金总额 | 200 | 200 | 190 | 10 | 95% | 9.5
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 改造渡口 | ≥6处 | 5处 | 30 | 25 |
 | | 安装救生设备 | ≥20套 | 20套 | 20 | 20 |
 | 时效指标 | 改造完成时间 | 2023年10月31日前 | 2023年10月20日 | 10 | 10 |
满意度指标 | 服务对象满意度指标 | 村民满意度 | ≥90% | | 30 | |
合计 | | | | | 100 | 64.5 |
";

/// A run of `score`: its one case, and the one document that it wrote.
struct Step {
    json: Json,
    letter: (String, String),
}

fn step(file: &Path, folder: &Path, more: &[&str]) -> Step {
    let to = folder.join("文稿");
    let mut args: Vec<&std::ffi::OsStr> = vec!["score".as_ref(), file.as_os_str(), "--json".as_ref()];
    args.extend(more.iter().map(AsRef::<std::ffi::OsStr>::as_ref));
    args.extend(["--out".as_ref(), folder.as_os_str(), "--letters-to".as_ref(), to.as_os_str()]);
    let output = jixiao(args);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(matches!(output.status.code(), Some(0 | 1)), "{error}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let json = serde_json::from_str(text.lines().next().expect("a case")).expect("JSON");
    let letters = fs::read_dir(&to).expect("documents").map(|entry| entry.expect("a document").path());
    let (mut texts, others): (Vec<_>, Vec<_>) =
        letters.partition(|letter| letter.extension().is_some_and(|ending| ending == "md"));
    let letter = texts.pop().expect("a document");
    assert_eq!(
        (texts, others),
        (Vec::new(), vec![letter.with_extension("docx")]),
        "one document, and it for Word"
    );
    let name = letter.file_stem().expect("a name").to_string_lossy().into_owned();
    Step { json, letter: (name, fs::read_to_string(letter).expect("a text")) }
}

impl Step {
    /// The file that was returned.
    fn path(&self) -> PathBuf {
        PathBuf::from(self.json["output"].as_str().expect("an output"))
    }

    fn ids(&self) -> Vec<&str> {
        let all = self.json["findings"].as_array().expect("findings");
        all.iter().map(|finding| finding["id"].as_str().expect("an id")).collect()
    }

    /// Closed, open and new findings.
    fn counts(&self) -> [u64; 3] {
        ["closed", "open", "new"].map(|name| self.json["answers"][name].as_u64().expect("a count"))
    }

    fn says(&self, kind: &str, parts: &[&str]) {
        let (name, text) = &self.letter;
        assert_eq!(*name, format!("某县交通运输局-{kind}"));
        for part in parts {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}

fn page(name: &str, rows: &str, folder: &Path) -> PathBuf {
    let pages: [Page<'_>; 1] = [(name, rows)];
    let path = folder.join(format!("{name}.xlsx"));
    fs::rename(write(&pages, folder), &path).expect("a name");
    path
}

/// The approved targets and a self-evaluation, as one case.
fn together(approved: &Path, evaluated: &Path, folder: &Path) -> PathBuf {
    fs::create_dir_all(folder).expect("a folder");
    fs::copy(approved, folder.join("批复表.xlsx")).expect("a copy");
    fs::copy(evaluated, folder.join("自评表.xlsx")).expect("a copy");
    folder.to_owned()
}

fn text(words: &str) -> Content {
    Content::Text(words.to_owned())
}

fn number(digits: &str) -> Content {
    Content::Number(digits.parse().expect("a number"))
}

/// Declared and reviewed: what is wrong with a target is said, mended, and found mended.
fn reviewed(folder: &Path) {
    let declared = step(&page("申报表", DECLARED, folder), &folder.join("一"), &[]);
    assert_eq!(declared.ids(), ["target-unit-missing"], "{:#}", declared.json["findings"]);
    assert_eq!(declared.json["score"], Json::Null, "there is nothing to score yet");
    declared.says("审核意见", &["改造渡口", "□通过　□修改后通过"]);
    let review = |cell: &str, words: &str| ("审核表", cell.to_owned(), text(words));
    let all = cells(&declared.path());
    let conclusion = (1..30)
        .find(|row| {
            all.get(&format!("'审核表'!A{row}"))
                .is_some_and(|(value, _)| format!("{value:?}").contains("审核结论"))
        })
        .expect("a conclusion");
    let acts = [review("H4", "请补上计量单位"), review(&format!("C{conclusion}"), "修改后通过")];
    let acts: Vec<(&str, &str, Content)> =
        acts.iter().map(|(sheet, cell, content)| (*sheet, cell.as_str(), content.clone())).collect();
    let judged = step(&edited(&declared.path(), &acts), &folder.join("二"), &[]);
    judged.says("审核意见", &["☑修改后通过", "规范完整性：请补上计量单位"]);
    let mended = edited(&judged.path(), &[("申报表", "D9", text("≥6处"))]);
    let mended = step(&mended, &folder.join("三"), &[]);
    assert_eq!((mended.counts(), mended.ids()), ([1, 0, 0], vec![]), "{:#}", mended.json["findings"]);
    mended.says("审核意见", &["未发现需要修改的事项", "□通过　□修改后通过"]);
}

#[test]
fn a_project_goes_its_way_from_declaration_to_the_second_submission() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    reviewed(folder);

    // Approved, and evaluated with another target and a blank: it goes back before there is a review.
    let rows = DECLARED.replace("≥6\n", "≥6处\n").replace("绩效目标申报表", "绩效目标批复表");
    let approved = page("批复表", &rows, folder);
    let evaluated = page("自评表", EVALUATED, folder);
    let first = step(&together(&approved, &evaluated, &folder.join("初")), &folder.join("四"), &[]);
    let ids = first.ids();
    for id in ["differs-from-approval", "actual-missing", "reason-missing"] {
        assert!(ids.contains(&id), "{id}: {ids:?}");
    }
    assert_eq!(first.json["score"]["complete"], false);
    first.says("退回补正通知单", &["村民满意度"]);
    assert!(!first.letter.1.contains('扣'), "{}", first.letter.1);

    // Handed in again: the blank is filled, the target is the approved one; why a ferry is missing nobody says.
    let acts = [
        ("自评表", "D10", text("≥24套")),
        ("自评表", "E12", text("93%")),
        ("自评表", "G12", number("30")),
        ("自评表", "G13", number("94.5")),
    ];
    let again = together(&approved, &edited(&first.path(), &acts), &folder.join("再"));
    let second = step(&again, &folder.join("五"), &[]);
    assert_eq!(second.json["answers"]["by"], "record");
    let [closed, open, new] = second.counts();
    assert!(closed >= 2 && open >= 1 && new >= 1, "{:#}", second.json["answers"]);
    let score = second.json["score"]["total"].as_str().expect("a total").to_owned();
    second
        .says("复核意见（征求意见稿）", &["改造渡口", "请说明原因和改进措施", &format!("复核得分{score}分")]);

    // The agency answers in 整改情况 and gives its reason; the score stays what it is.
    let all = cells(&second.path());
    let (sheet, cell) = reply(&all, "target-not-met");
    let acts = [
        ("自评表", "H9", text("汛期停工，余下1处次年3月完成")),
        ("自评表", "H10", text("采购流标，余下4套已重新招标")),
        (sheet, cell.as_str(), text("已报进度计划")),
    ];
    let third = together(&approved, &edited(&second.path(), &acts), &folder.join("终"));
    let third = step(&third, &folder.join("六"), &[]);
    assert_eq!(third.json["score"]["total"], score.as_str());
    assert!(!third.ids().contains(&"reason-missing"), "{:?}", third.ids());
    third.says("复核意见（征求意见稿）", &["（单位说明：汛期停工，余下1处次年3月完成。）"]);
    // Nobody is asked twice, and nobody for what the form has no place: the budget's execution.
    let asked = |line: &&str| line.contains("请说明原因和改进措施");
    let asked: Vec<&str> = third.letter.1.lines().filter(asked).collect();
    assert!(asked.is_empty(), "{asked:?}");
    let all = cells(&third.path());
    let (sheet, cell) = reply(&all, "target-not-met");
    assert!(format!("{:?}", all[&format!("'{sheet}'!{cell}")].0).contains("已报进度计划"));

    // What the bureau sends in the end has the score and the table that comes back.
    let case = folder.join("终");
    let last = step(&case, &folder.join("七"), &["--letter", "结果反馈"]);
    last.says("复核结果反馈及整改通知", &[&format!("复核得分{score}分"), "整改情况反馈表", "渡口改造"]);
}
