//! 审核表: what a reviewer of targets sees beside each point, and what of it is a person's.

use std::fs;
use std::path::Path;

use jixiao::inner::sheet::Value;
use jixiao::inner::xlsx::Content;

use crate::findings::{SELF, changed};
use crate::libreoffice::{Cells, cells, differences};
use crate::model_case::edited;
use crate::support::{Scored, jixiao, score};
use crate::workbook_pages::{Page, write};

/// A declaration with a target that nobody can count and one that is easy.
const DECLARATION: Page<'_> = (
    "申报表",
    "
项目支出绩效目标申报表
（2023年度）
项目名称 | 农村公路养护
主管部门 | 某县交通运输局
年度资金总额（万元） | 100
年度总体目标 | 完成农村公路养护120公里，更换破损标志牌，改善沿线居民出行条件。
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护公路里程 | ≥120
 | | 更换标志牌数量 | ≥50块
 | 时效指标 | 养护完成时间 | 及时完成
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
",
);

const REVIEW: &str = "审核表";

fn text(words: &str) -> Content {
    Content::Text(words.to_owned())
}

/// The text in a cell of the sheet.
fn at(all: &Cells, cell: &str) -> String {
    match all.get(&format!("'{REVIEW}'!{cell}")) {
        Some((Value::Text(words), _)) => words.clone(),
        Some((Value::Number(number), _)) => number.to_string(),
        _ => String::new(),
    }
}

/// The row with this text in a column.
fn row(all: &Cells, column: char, words: &str) -> u32 {
    (1..40).find(|row| at(all, &format!("{column}{row}")) == words).unwrap_or_else(|| panic!("no {words}"))
}

fn first(folder: &Path) -> Scored {
    score(&write(&[DECLARATION], folder), &folder.join("一"))
}

#[test]
fn a_point_shows_what_the_form_says_and_all_that_was_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = first(folder.path());
    let all = cells(&first.path);
    let names: Vec<String> = (4..=11).map(|row| at(&all, &format!("B{row}"))).collect();
    assert_eq!(
        names,
        [
            "规范完整性",
            "明确清晰性",
            "目标相关性",
            "指标科学性",
            "绩效合理性",
            "资金匹配性",
            "实现可能性",
            "条件充分性"
        ]
    );
    let facts = |name: &str| at(&all, &format!("D{}", row(&all, 'B', name)));
    assert!(facts("规范完整性").contains("没有读到实施单位。指标4项，填写指标值的4项。"), "{all:#?}");
    assert!(facts("明确清晰性").contains("指标值为数量或者日期的3项，为文字的1项。"));
    assert!(facts("目标相关性").contains("完成农村公路养护120公里"));
    assert!(facts("指标科学性").contains("数量指标2项、时效指标1项、服务对象满意度指标1项"));
    assert!(facts("资金匹配性").contains("100万元"), "{}", facts("资金匹配性"));
    // Nothing that was found is left out, and each is said once.
    let found: Vec<String> = (4..=11).map(|row| at(&all, &format!("E{row}"))).collect();
    let said = found.join("\n");
    for finding in first.json["findings"].as_array().expect("findings") {
        let message = finding["message"].as_str().expect("a message").trim_end_matches('。');
        assert_eq!(said.matches(message).count(), 1, "{message}: {said}");
    }
    assert!(at(&all, &format!("E{}", row(&all, 'B', "规范完整性"))).contains("（申报表 D"), "{said}");
    // What only a person can say is open.
    for row in 4..=17 {
        for column in ['F', 'G', 'H'] {
            assert_eq!(at(&all, &format!("{column}{row}")), "", "{column}{row}");
        }
    }
}

#[test]
fn what_a_reviewer_filled_in_stays_and_is_asked_for_again_where_something_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = first(folder.path());
    let all = cells(&first.path);
    let conclusion = format!("C{}", row(&all, 'A', "审核结论"));
    let acts = [
        (REVIEW, "F4", text("良")),
        (REVIEW, "G4", Content::Number(8.into())),
        (REVIEW, "G5", Content::Number("8.5".parse().expect("a number"))),
        (REVIEW, "H4", text("里程的单位要补上")),
        (REVIEW, "H6", text("目标与职能相符")),
        (REVIEW, "G11", text("待定")),
        (REVIEW, conclusion.as_str(), text("修改后通过")),
    ];
    let second = score(&edited(&first.path, &acts), &folder.path().join("二"));
    let all = cells(&second.path);
    let kept = |all: &Cells| ["F4", "G4", "G5", "H4", "H6", "G11", &conclusion].map(|cell| at(all, cell));
    let expected = ["良", "8", "8.5", "里程的单位要补上", "目标与职能相符", "待定", "修改后通过"];
    assert_eq!(kept(&all), expected);
    assert_eq!(at(&all, &format!("G{}", row(&all, 'A', "得分合计"))), "16.5");
    assert_eq!(at(&all, "I4"), "", "nothing else is to be seen");
    assert!(at(&all, "I11").contains("得分不是数字"));
    assert_eq!(differences(&second.path), Vec::<String>::new());
    let verified = jixiao(["verify".as_ref(), second.path.as_os_str()]);
    assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
    // The target is mended: what was said of it was said of another.
    let mended = edited(&second.path, &[("申报表", "D8", text("≥120公里"))]);
    let third = score(&mended, &folder.path().join("三"));
    let all = cells(&third.path);
    assert_eq!(kept(&all), expected, "a person's words stay");
    assert!(at(&all, "I4").contains("请重新确认"), "{}", at(&all, "E4"));
    assert_eq!(at(&all, "I6"), "", "of this point nothing changed");
    let hint = format!("I{}", row(&all, 'A', "审核结论"));
    assert!(at(&all, &hint).contains("请重新确认"));
}

/// The document says what the reviewer came to, while that holds, and only where the reviewer's word counts.
#[test]
fn the_document_has_the_reviewers_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = first(folder.path());
    let all = cells(&first.path);
    let conclusion = format!("C{}", row(&all, 'A', "审核结论"));
    let acts = [(REVIEW, "H6", text("目标与职能相符")), (REVIEW, &conclusion, text("修改后通过"))];
    let judged = edited(&first.path, &acts);
    let letter = |file: &Path, name: &str| {
        let to = folder.path().join(name);
        let args = ["score".as_ref(), file.as_os_str(), "--letters-to".as_ref(), to.as_os_str()];
        let output = jixiao(args.into_iter().chain(["--out".as_ref(), folder.path().join("果").as_os_str()]));
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        fs::read_to_string(to.join("某县交通运输局-审核意见.md")).expect("a document")
    };
    let said = letter(&judged, "文稿");
    assert!(said.contains("□通过　☑修改后通过　□不通过"), "{said}");
    assert!(said.contains("目标相关性：目标与职能相符"), "{said}");
    let second = score(&judged, &folder.path().join("二"));
    let mended = edited(&second.path, &[("申报表", "D8", text("≥120公里"))]);
    let said = letter(&mended, "再次");
    assert!(said.contains("□通过　□修改后通过　□不通过"), "what was concluded was of other targets: {said}");
    assert!(said.contains("目标相关性：目标与职能相符"), "{said}");
}

/// The declaration that was returned and reviewed is handed in again with the self-evaluation: the review stays in it.
#[test]
fn a_review_stays_where_a_self_evaluation_comes_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = first(folder.path());
    let judged = edited(&first.path, &[(REVIEW, "H6", text("目标与职能相符"))]);
    let case = folder.path().join("材料");
    fs::create_dir(&case).expect("a folder");
    fs::copy(&judged, case.join("申报表.xlsx")).expect("a copy");
    let pages = changed(&[SELF], &[("（2022年度）", "（2023年度）")]);
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
    fs::rename(write(&pages, folder.path()), case.join("自评表.xlsx")).expect("a file");
    let both = score(&case, &folder.path().join("评"));
    let files = both.json["files"].as_array().expect("files");
    let outputs = files.iter().map(|file| file["output"].as_str().expect("an output"));
    let kept = outputs.map(|path| cells(Path::new(path))).filter(|all| at(all, "H6") == "目标与职能相符");
    assert_eq!(kept.count(), 1, "{:#}", both.json["files"]);
}
