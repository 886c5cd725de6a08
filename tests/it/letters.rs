//! The documents that go out: which follows from stage and state, what each says, and what none of them says.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::model::FindingId;

use crate::findings::{LEDGER, SELF, SURVEY, changed};
use crate::libreoffice::cells;
use crate::report_kit::{part, text as text_of};
use crate::support::{MODEL, jixiao, workbook};
use crate::workbook_pages::{Page, write};

const DECLARATION: Page<'_> = (
    "申报表",
    "
项目支出绩效目标申报表
（2023年度）
项目名称 | 农村公路养护
主管部门 | 某县交通运输局
实施单位 | 某县公路管理站
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 养护公路里程 | ≥120
 | | 更换标志牌数量 | ≥50块
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
",
);

/// Runs a command and gives the texts that it wrote into a folder, by name.
fn letters(command: &[&str], files: &[&Path], folder: &Path) -> Vec<(String, String)> {
    letters_and_words(command, files, folder).0
}

/// The same with what the program said.
fn letters_and_words(command: &[&str], files: &[&Path], folder: &Path) -> (Vec<(String, String)>, String) {
    let to = folder.join("文稿");
    let out = folder.join("结果");
    let mut args: Vec<&std::ffi::OsStr> = command.iter().map(AsRef::as_ref).collect();
    args.extend(files.iter().map(|file| file.as_os_str()));
    args.extend(["--out".as_ref(), out.as_os_str(), "--letters-to".as_ref(), to.as_os_str()]);
    let output = jixiao(args);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&output.stderr));
    let mut names: Vec<PathBuf> = fs::read_dir(&to)
        .map(|all| all.map(|entry| entry.expect("a file").path()).collect())
        .unwrap_or_default();
    // Beside each text stands the same as a Word document.
    for path in names.iter().filter(|path| path.extension().is_some_and(|ending| ending == "md")) {
        assert!(path.with_extension("docx").is_file(), "{}", path.display());
    }
    names.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    names.sort();
    let text = |path: &PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, fs::read_to_string(path).expect("a text"))
    };
    (names.iter().map(text).collect(), String::from_utf8_lossy(&output.stderr).into_owned())
}

fn page(pages: &[Page<'_>], changes: &[(&str, &str)], folder: &Path, name: &str) -> PathBuf {
    let pages = changed(pages, changes);
    let pages: Vec<Page<'_>> = pages.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let place = folder.join(name);
    fs::create_dir_all(&place).expect("a folder");
    let path = place.join(format!("{name}.xlsx"));
    fs::rename(write(&pages, &place), &path).expect("a name");
    path
}

/// What came off: a target missed with a reason, one without, and a total that does not add up.
const MISSED: [(&str, &str); 3] = [
    ("≥120公里 | 126公里 | 15 | 15 |", "≥120公里 | 90公里 | 15 | 11.25 | 汛期停工，余下里程次年3月完成"),
    ("≥98% | 99% | 20 | 20 |", "≥98% | 90% | 20 | 20 |"),
    ("| 99.5 |", "| 95.75 |"),
];

/// The same without what a person has to decide.
const DECIDED: [(&str, &str); 4] = [
    MISSED[0],
    MISSED[1],
    MISSED[2],
    ("沿线居民出行条件 | 明显改善 | 达成年度指标", "沿线居民受益率 | ≥80% | 85%"),
];

/// The only workbook of a folder.
fn only_scored(folder: &Path) -> PathBuf {
    let all = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    let mut all = all.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx"));
    all.next().expect("a workbook")
}

fn only(all: Vec<(String, String)>) -> (String, String) {
    let [one] = <[_; 1]>::try_from(all).unwrap_or_else(|all| panic!("one document, not {all:#?}"));
    one
}

#[test]
fn targets_are_answered_without_points() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = page(&[DECLARATION], &[], folder.path(), "申报");
    let (name, text) = only(letters(&["score"], &[&file], folder.path()));
    assert_eq!(name, "某县交通运输局-审核意见.md");
    for word in ["得分", "扣", "评分"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    insta::assert_snapshot!("letter_targets", text);
    // That year is over.
    let all = format!("{:?}", cells(&folder.path().join("结果/申报.已评分.xlsx")));
    assert!(all.contains("2023年度已经结束。审核意见用于目标申报阶段"), "{all}");
    // The same stands in the workbook.
    let all = cells(&folder.path().join("结果/申报.已评分.xlsx"));
    assert!(all.keys().any(|at| at.starts_with("'发文代拟稿'!")), "a sheet");
}

#[test]
fn faults_of_the_form_go_back_before_there_is_a_review() {
    let folder = tempfile::tempdir().expect("a folder");
    let blank = [("≥50块 | 50块 | 15 | 15 |", "≥50块 | | 15 | |"), MISSED[0]];
    let file = page(&[SELF], &blank, folder.path(), "自评");
    let (name, text) = only(letters(&["score"], &[&file], folder.path()));
    assert_eq!(name, "某县交通运输局-退回补正通知单.md");
    let said = text.replace("不涉及对得分的认定", "");
    assert!(!said.contains("扣") && !said.contains("得分"), "{text}");
    insta::assert_snapshot!("letter_correction", text);
}

#[test]
fn a_review_asks_for_comments_with_facts_and_a_slip() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = page(&[SELF], &MISSED, folder.path(), "自评");
    let (name, text) = only(letters(&["score"], &[&file], folder.path()));
    assert_eq!(name, "某县交通运输局-复核意见（征求意见稿）.md");
    // Nobody is asked for what he has said.
    assert!(text.contains("（单位说明：汛期停工，余下里程次年3月完成。）"), "{text}");
    assert!(text.contains("## 一、得分情况") && text.contains("## 二、扣分事项"), "{text}");
    // Each deduction asks for its reason where none is given, the execution of the budget as any other.
    // The row of the budget has no place for a reason, and no list asks for one.
    assert_eq!(text.matches("请说明原因和改进措施。").count(), 1, "{text}");
    insta::assert_snapshot!("letter_comments", text);
}

#[test]
fn the_published_case_is_answered_with_its_result() {
    let folder = tempfile::tempdir().expect("a folder");
    let (name, text) = only(letters(&["score"], &[&workbook(MODEL)], folder.path()));
    assert!(name.ends_with("-评价结果反馈及整改通知.md"), "{name}");
    // The evaluators' own sheet and the rounding of a rate are nobody's but theirs.
    for inner in ["表2", "评分表", "9863432", "592668", "公式"] {
        assert!(!text.contains(inner), "{inner}: {text}");
    }
    assert!(text.contains("项目预算61.2万元，支出59.27万元，执行率96.84%（按未取整的金额计算）。"), "{text}");
    insta::assert_snapshot!("letter_result", text);
}

#[test]
fn nothing_internal_goes_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        page(&[DECLARATION], &[], folder.path(), "申报"),
        page(&[SELF], &MISSED, folder.path(), "自评"),
        workbook("东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx"),
        workbook("东湖区教体局-课后服务补助-自评-2023.xlsx"),
        workbook(MODEL),
    ];
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let all = letters(&["score"], &files, folder.path());
    assert_eq!(all.len(), 5, "one a department and kind");
    for (name, text) in all {
        for id in FindingId::ALL {
            assert!(!text.contains(id.id()), "{name}: {}", id.id());
        }
        for word in ["映射", "软件", "jixiao", "管理员", "工作簿", "平台规则"] {
            assert!(!text.contains(word), "{name}: {word}");
        }
        let asks = name.contains("征求意见稿");
        let number = if asks {
            "×财绩函〔　　〕　号（代拟稿，未签发）"
        } else {
            "×财绩〔　　〕　号（代拟稿，未签发）"
        };
        assert!(text.starts_with(number), "{name}");
        assert!(text.contains("（　　）个工作日") && text.contains("　　　　年　　月　　日"), "{name}");
    }
}

#[test]
fn the_projects_of_a_department_go_into_one_document_with_an_attachment_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let inbox = folder.path().join("收");
    fs::create_dir(&inbox).expect("a folder");
    let other = [("农村公路养护", "农村桥梁加固"), MISSED[0], MISSED[2]];
    for (changes, name) in [(MISSED.to_vec(), "甲"), (other.to_vec(), "乙")] {
        let file = page(&[SELF], &changes, folder.path(), name);
        fs::copy(&file, inbox.join(format!("{name}.xlsx"))).expect("a copy");
    }
    let (name, text) = only(letters(&["batch"], &[&inbox], folder.path()));
    assert_eq!(name, "某县交通运输局-复核意见（征求意见稿）.md");
    for part in
        ["2个项目（名单见附件）", "## 附件1　", "## 附件2　", "“农村桥梁加固”项目", "“农村公路养护”项目"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn settings_and_the_command_line_say_which_document_and_what_stands_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let set = folder.path().join("jixiao.toml");
    let text = "[letters]\nbureau = \"某县财政局\"\nnumber = \"某财绩\"\ncomment_days = 7\n";
    fs::write(&set, text).expect("settings");
    let file = page(&[SELF], &MISSED, folder.path(), "自评");
    let config = set.to_str().expect("a path");
    let (_, text) = only(letters(&["score", "--config", config], &[&file], folder.path()));
    for part in ["某财绩〔　　〕　号", "于收到之日起7个工作日内", ">某县财政局<"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let told = ["score", "--config", config, "--letter", "结果反馈"];
    let place = folder.path().join("二");
    let decided = page(&[SELF], &DECIDED, folder.path(), "已定");
    let (name, _) = only(letters(&told, &[&decided], &place));
    assert!(name.ends_with("-复核结果反馈及整改通知.md"), "{name}");
    let none = letters(&["score", "--letter", "不代拟"], &[&file], &folder.path().join("三"));
    assert_eq!(none, []);
    // A declaration has no points: no document speaks of any, whoever asks.
    let declared = page(&[DECLARATION], &[], folder.path(), "申报");
    let place = folder.path().join("四");
    let (none, said) = letters_and_words(&["score", "--letter", "复核意见"], &[&declared], &place);
    assert_eq!(none, []);
    for part in ["没有代拟复核意见（征求意见稿）：材料中没有自评表", "适用的发文是审核意见"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
}

/// A department's name is foreign: it leads nowhere, and what it holds is no Markdown.
#[test]
fn foreign_names_lead_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let named = [("某县交通运输局", "../../<b>局</b>|*某*"), MISSED[0], MISSED[2]];
    let file = page(&[SELF], &named, folder.path(), "自评");
    // A bar parts cells in the picture of a page.
    let (name, text) = only(letters(&["score"], &[&file], folder.path()));
    assert!(!name.contains('/') && name.ends_with("-复核意见（征求意见稿）.md"), "{name}");
    assert!(text.contains("\\<b\\>局") && !text.contains("<b>"), "{text}");
}

/// Who asks for a document of which there is nothing to say is told so, and which one fits.
#[test]
fn a_document_that_does_not_fit_is_not_written_and_the_person_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = page(&[SELF], &MISSED, folder.path(), "自评");
    let told = ["score", "--letter", "退回补正"];
    let (none, said) = letters_and_words(&told, &[&file], folder.path());
    assert_eq!(none, []);
    let parts = [
        "没有代拟退回补正通知单：“工程验收合格率”的填报需要补正，但不影响开展复核，写入复核意见一并更正，不另退回",
        "适用的发文是复核意见（征求意见稿）",
    ];
    let all = format!("{:?}", cells(&folder.path().join("结果/自评.已评分.xlsx")));
    for part in parts {
        assert!(said.contains(part) && all.contains(part), "{part}: {said}");
    }
    let (none, said) =
        letters_and_words(&["score", "--letter", "审核意见"], &[&file], &folder.path().join("二"));
    assert_eq!(none, []);
    assert!(said.contains("没有代拟审核意见：材料中没有绩效目标申报表"), "{said}");
    // Of many files, too.
    let inbox = folder.path().join("收");
    fs::create_dir(&inbox).expect("a folder");
    fs::copy(&file, inbox.join("自评.xlsx")).expect("a copy");
    let place = folder.path().join("三");
    let out = place.join("结果");
    let args = ["batch", "--letter", "退回补正", "--letters-to"].map(std::ffi::OsStr::new);
    let more = [place.as_os_str(), "--out".as_ref(), out.as_os_str(), inbox.as_os_str()];
    let output = jixiao(args.into_iter().chain(more));
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("“农村公路养护”没有代拟退回补正通知单"), "{said}");
}

/// Points outside the band of the grade that was chosen are nobody's yet: no document confirms them, and no sum holds them.
#[test]
fn a_score_outside_its_band_is_left_to_the_evaluators() {
    let folder = tempfile::tempdir().expect("a folder");
    let outside = [
        ("达成年度指标 | 30 | 30 |", "部分达成年度指标并具有一定效果 | 30 | 27 | 部分路段未完工"),
        ("99.5", "96.5"),
    ];
    let file = page(&[SELF], &outside, folder.path(), "自评");
    let told = ["score", "--letter", "复核意见"];
    let (_, text) = only(letters(&told, &[&file], &folder.path().join("一")));
    for part in [
        "除待评分的“沿线居民出行条件”（30分）外，其余70分复核得分暂计69.5分。除待评分1项（30分）外，其余指标满分70分，\
         自评得分合计69.5分，复核得分合计69.5分",
        "总分和等级待核定后确定。",
        "| 沿线居民出行条件 | 30 | 27 | 所选档次为“部分达成年度指标并具有一定效果”，按财预〔2020〕10号对应\
         18（含）至24（不含）分，填报的27分不在区间内，不予确认（单位说明：部分路段未完工）。\
         请按所选档次在18（含）至24（不含）分内重新评定，或者更正档次并提供相应的佐证材料。\
         逾期未反馈的，由我局在18（含）至24（不含）分内核定。 |",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    for confirmed in ["复核得分96.5分", "27 | 27", "等级为“", "改选档次"] {
        assert!(!text.contains(confirmed), "{confirmed}: {text}");
    }
}

/// What no criterion decides is the bureau's own matter, and no fault of the agency.
#[test]
fn what_no_criterion_decides_is_no_deduction() {
    let folder = tempfile::tempdir().expect("a folder");
    let judged = [("达成年度指标 | 30 | 30", "达成年度指标 | 30 | 26"), ("99.5", "95.5")];
    let file = page(&[SELF], &judged, folder.path(), "自评");
    let (_, text) = only(letters(&["score", "--letter", "复核意见"], &[&file], folder.path()));
    let (before, after) = text.split_once("、待核定的指标").expect("what is to be decided");
    let faults = before.split_once("、扣分事项").expect("faults").1;
    assert!(!faults.contains("沿线居民出行条件"), "{text}");
    assert!(after.contains("| 沿线居民出行条件 | 30 | 26 | 定性指标"), "{text}");
    let said = "除待核定1项（30分）外，其余指标满分70分，自评得分合计69.5分，复核得分合计69.5分";
    assert!(
        before.contains("复核得分暂计95.5分，其中待核定1项（30分），暂计26分：“沿线居民出行条件”（30分）。")
            && before.contains(said),
        "{text}"
    );
    // Why it gave itself less is asked all the same, there and nowhere else.
    assert!(after.contains("自评扣4分，没有说明原因，请说明。 |"), "{text}");
    // The slip says the same, and nothing else does.
    assert!(
        after
            .contains("，除待核定1项（30分）外，复核得分合计69.5分。意见（请打√）：\n\n□无异议\n\n□有异议（"),
        "{text}"
    );
    assert_eq!(text.matches("沿线居民出行条件").count(), 2, "{text}");
    // And what follows for these points where no answer comes.
    assert!(after.contains("待核定的指标，由我局根据已报送的材料核定"), "{text}");
}

/// The words follow who scored: nobody reviewed what evaluators scored, and nobody evaluated what an agency scored itself.
#[test]
fn the_words_follow_who_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("一");
    let (name, text) = only(letters(&["score", "--letter", "复核意见"], &[&workbook(MODEL)], &place));
    assert!(name.ends_with("-评价意见（征求意见稿）.md"), "{name}");
    assert!(!text.contains("自评") && !text.contains("复核"), "{text}");
    assert!(text.contains("| 指标 | 分值 | 评价得分 | 事实和扣分依据 |"), "{text}");
    let file = page(&[SELF], &DECIDED, folder.path(), "自评");
    let place = folder.path().join("二");
    let (_, text) = only(letters(&["score", "--letter", "结果反馈"], &[&file], &place));
    assert!(!text.contains("开展了绩效评价") && !text.contains("评价得分"), "{text}");
    assert!(text.contains("绩效自评复核结果并做好整改工作的通知"), "{text}");
}

/// What the agency added up wrongly and what the review took off are two things, each with its sum.
#[test]
fn an_error_of_addition_is_told_from_what_the_review_took_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = [MISSED[0], MISSED[1], ("| 99.5 |", "| 97 |")];
    let file = page(&[SELF], &wrong, folder.path(), "自评");
    let (_, text) = only(letters(&["score"], &[&file], folder.path()));
    for said in [
        "自评得分97分。各项自评得分合计95.75分，与填报的自评总分不一致，相差1.25分，请核对更正。",
        "自评得分合计65.75分，复核核减1.63分（工程验收合格率1.63分），复核得分合计64.12分",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    // Once is enough.
    assert!(!text.contains("| 总分"), "{text}");
    // Material does not go back for it, nor is that said anywhere but to who asks.
    let told = ["score", "--letter", "退回补正"];
    let (none, said) = letters_and_words(&told, &[&file], &folder.path().join("二"));
    assert_eq!(none, []);
    assert!(said.contains("不影响开展复核"), "{said}");
    // Where it goes back for something else, the total is mended with it, in the agency's own figures.
    let more = [
        ("≥120公里 | 126公里", "≥120公里 | ≥120公里"),
        ("≥50块 | 50块", "≥50块 | ≥50块"),
        ("≥98% | 99%", "≥98% | ≥98%"),
        ("| 99.5 |", "| 97 |"),
    ];
    let file = page(&[SELF], &more, folder.path(), "退回");
    let (_, text) = only(letters(&["score"], &[&file], &folder.path().join("三")));
    assert!(text.contains("填报总分97分，各项填报得分合计99.5分，相差2.5分。"), "{text}");
    // A reason that is missing goes with it, too: all at once, and nothing of points.
    let blank = [("≥50块 | 50块 | 15 | 15 |", "≥50块 | | 15 | |"), ("≥98% | 99%", "≥98% | 90%")];
    let file = page(&[SELF], &blank, folder.path(), "没有原因");
    let (_, text) = only(letters(&["score"], &[&file], &folder.path().join("四")));
    assert!(text.contains("没有达到指标值，没有填写偏差原因。 | 请填写偏差原因和改进措施。 |"), "{text}");
    assert!(!text.contains('扣'), "{text}");
}

/// Who says why and not what is done about it is asked for that alone.
#[test]
fn a_reason_without_measures_is_asked_for_these() {
    let folder = tempfile::tempdir().expect("a folder");
    let bare = [("≥120公里 | 126公里 | 15 | 15 |", "≥120公里 | 90公里 | 15 | 11.25 | 汛期停工"), MISSED[2]];
    let file = page(&[SELF], &bare, folder.path(), "自评");
    let (_, text) = only(letters(&["score"], &[&file], folder.path()));
    assert!(text.contains("（单位说明：汛期停工。）请补充改进措施。"), "{text}");
    assert!(!text.contains("汛期停工）请说明原因"), "{text}");
}

/// What a reviewer asks an agency stands in the comments, however slight a finding it is; what is known to be often no
/// fault does not.
#[test]
fn comments_ask_what_a_reviewer_asks() {
    let folder = tempfile::tempdir().expect("a folder");
    let more = [
        MISSED[0],
        ("年度资金总额 | 100 | 100 | 95", "年度资金总额 | 120 | 100 | 95"),
        ("付标志牌款 | 720102 | 标志牌", "付职工食堂餐费 | 720102 | 餐费"),
        ("服务对象共25人", "服务对象共2500人"),
        ("≥50块 | 50块", "≥20块 | 50块"),
    ];
    let file = page(&[SELF, LEDGER, SURVEY], &more, folder.path(), "自评");
    let (all, said) = letters_and_words(&["score", "--letter", "复核意见"], &[&file], folder.path());
    let (_, text) = only(all);
    for part in [
        "项目支出中列有“餐费”1笔，合计200000元，占账上支出的21.05%。 | 请说明开支依据和范围，核实是否属于基本支出。",
        "统计到答卷25份，少于30份，样本偏少。",
        "逾期未反馈的，对已列明的得分视为无异议",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // Which budget was approved is in the bureau's own files: nobody is asked for it.
    assert!(!text.contains("年初预算数"), "{text}");
    assert!(said.contains("由本局核对：预算执行率按调整后预算数100万元计算"), "{said}");
    // That a target was passed by far is said once, in the more exact words.
    assert_eq!(text.matches("250%").count(), 1, "{text}");
}

/// The targets of a year that is over are not changed any more; before it begins they are.
#[test]
fn targets_of_a_year_that_is_over_are_mended_next_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, over) = only(letters(&["score"], &[&workbook(MODEL)], &folder.path().join("一")));
    let later = over.split_once("、以后年度申报绩效目标时改进的事项").expect("what is for later").1;
    assert!(later.contains("| 请改为“≤”。 |") && later.contains("≥80%"), "{over}");
    // Signs are those of print; nobody is told what the program understood, nor to rectify a year that is over.
    assert!(!over.contains(">=80") && !over.contains("理解"), "{over}");
    let back = over.split_once("## 附件　整改情况反馈表").expect("a table").1;
    assert!(!back.contains("项目预算成本控制数"), "{over}");
    let told = ["score", "--letter", "审核意见"];
    let (none, said) = letters_and_words(&told, &[&workbook(MODEL)], &folder.path().join("二"));
    assert_eq!(none, []);
    assert!(said.contains("没有代拟审核意见：材料中已有自评表或者评分表"), "{said}");
}

/// Where a department signs, there is a place for it; what it must do depends on a conclusion that a person draws.
#[test]
fn each_document_has_what_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let blank = [("≥50块 | 50块 | 15 | 15 |", "≥50块 | | 15 | |")];
    let file = page(&[SELF], &blank, folder.path(), "自评");
    let (_, text) = only(letters(&["score"], &[&file], &folder.path().join("一")));
    let slip = text.split_once("## 附件　退回补正通知单回执").expect("a slip").1;
    assert!(slip.contains("签收单位（盖章）"), "{text}");
    let (_, text) = only(letters(&["score"], &[&workbook(MODEL)], &folder.path().join("二")));
    let table = text.split_once("## 附件　整改情况反馈表").expect("a table").1;
    assert!(table.contains("单位（盖章）"), "{text}");
    let declared = page(&[DECLARATION], &[], folder.path(), "申报");
    let (_, text) = only(letters(&["score"], &[&declared], &folder.path().join("三")));
    assert!(text.contains("（中发〔2018〕34号）"), "{text}");
    let again = text.find("审核结论为“修改后通过”或者“不通过，重新申报”的，请你单位").expect("what to do");
    assert!(text.find("□通过").is_some_and(|conclusion| conclusion < again), "{text}");
}

/// On paper the number stands above the title (GB/T 9704).
#[test]
fn the_number_stands_above_the_title() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = page(&[SELF], &MISSED, folder.path(), "自评");
    only(letters(&["score"], &[&file], folder.path()));
    let path = folder.path().join("文稿/某县交通运输局-复核意见（征求意见稿）.docx");
    let text = text_of(&part(&path, "word/document.xml"));
    let (number, title) =
        (text.find("×财绩函〔"), text.find("关于征求2022年度“农村公路养护”项目绩效自评复核意见的函"));
    assert!(number.zip(title).is_some_and(|(number, title)| number < title), "{text}");
}

/// No remedy asks for another fact, nor tells one trade what to count.
#[test]
fn remedies_ask_for_no_other_facts() {
    for id in FindingId::ALL {
        for word in ["改选", "办件量", "平台规则"] {
            assert!(!id.remedy().contains(word), "{}: {word}", id.id());
        }
    }
}

/// An indicator that the agency scored below its rule is no fault and is not raised: the agency may know why. A name that
/// says 项目 says it once.
#[test]
fn what_was_scored_too_low_is_asked_about() {
    let folder = tempfile::tempdir().expect("a folder");
    let low = [
        ("≥50块 | 50块 | 15 | 15 |", "≥50块 | 50块 | 15 | 12 |"),
        ("| 99.5 |", "| 96.5 |"),
        ("农村公路养护", "农村公路养护项目"),
    ];
    let file = page(&[SELF], &low, folder.path(), "自评");
    let (_, text) = only(letters(&["score"], &[&file], &folder.path().join("一")));
    for part in [
        "| 更换标志牌数量 | 15 | 12 | 指标值“≥50块”，实际完成“50块”，达到指标值；按财预〔2020〕10号，完成指标值的记该指标全部分值，\
         测算为15分，自评12分，少计3分，\
         没有说明原因。请按测算得分更正，或者说明少计得分的依据，核定前暂按测算的15分计列。 |",
        "：“更换标志牌数量”（15分）、“沿线居民出行条件”（30分）。除待核定2项（45分）外，其余指标满分55分",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("核增"), "{text}");
    assert!(!text.contains("经评审认定") && !text.contains("项目”项目"), "{text}");
}

/// A result goes out when it is one: before, it is said why there is none and what fits.
#[test]
fn a_result_goes_out_when_all_of_it_is_decided() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = ["score", "--letter", "结果反馈"];
    let open = page(&[SELF], &MISSED, folder.path(), "未定");
    let (none, said) = letters_and_words(&told, &[&open], &folder.path().join("一"));
    assert_eq!(none, []);
    for part in [
        "没有代拟评价结果反馈及整改通知：“沿线居民出行条件”（30分）待核定，核定之前没有可以发出的结果",
        "适用的发文是复核意见（征求意见稿）",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let decided = page(&[SELF], &DECIDED, folder.path(), "已定");
    let (name, text) = only(letters(&told, &[&decided], &folder.path().join("二")));
    assert!(name.ends_with("-复核结果反馈及整改通知.md"), "{name}");
    for unsettled in ["测算", "待核定", "待评定", "核定的为准", "暂按"] {
        assert!(!text.contains(unsettled), "{unsettled}: {text}");
    }
    let back = text.split_once("## 附件　整改情况反馈表").expect("a table").1;
    assert!(back.contains("| 工程验收合格率90%，低于指标值98%"), "{text}");
    // What is asked still is no matter of rectification, and is not lost.
    let asked = [DECIDED.as_slice(), &[("≥50块 | 50块", "≥20块 | 50块")]].concat();
    let asked = page(&[SELF], &asked, folder.path(), "有疑问");
    let (_, text) = only(letters(&["score"], &[&asked], &folder.path().join("三")));
    assert!(
        text.contains("| 更换标志牌数量 | 15 | 15 | 该指标实际完成“50块”，为指标值“≥20块”的250%"),
        "{text}"
    );
    assert_eq!(text.matches("250%").count(), 1, "{text}");
    let (none, said) = letters_and_words(&told, &[&asked], &folder.path().join("四"));
    assert_eq!(none, []);
    assert!(said.contains("“更换标志牌数量”（15分）待核定"), "{said}");
}

/// A score that rests on a target which cannot be measured is counted as long as nobody has decided, and not as settled.
#[test]
fn a_score_that_cannot_be_worked_out_is_not_settled() {
    let folder = tempfile::tempdir().expect("a folder");
    let vague = [("沿线居民出行条件 | 明显改善 | 达成年度指标", "促进沿线经济发展 | ≥100% | 100%")];
    let file = page(&[SELF], &vague, folder.path(), "自评");
    let (_, text) = only(letters(&["score", "--letter", "复核意见"], &[&file], folder.path()));
    assert!(text.contains("其中待核定1项（30分），暂计30分：“促进沿线经济发展”（30分）"), "{text}");
    assert!(
        text.contains(
            "| 促进沿线经济发展 | 30 | 30 | 该指标不是比率，指标值“≥100%”无从计算，暂按自评得分计列。"
        ),
        "{text}"
    );
    assert_eq!(text.matches("无从计算").count(), 1, "{text}");
}

/// What is to be filled in again is a row each, with what stands there; points of the budget's execution are named where weights
/// do not add up; a document names tables and indicators, no cells.
#[test]
fn what_is_to_be_filled_in_again_is_a_row_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let copied = [
        ("≥120公里 | 126公里 | 15 |", "≥120公里 | ≥120公里 | 25 |"),
        ("≥50块 | 50块", "≥50块 | ≥50块"),
        ("≥98% | 99%", "≥98% | ≥98%"),
    ];
    let sheet = changed(&[SELF], &copied);
    let pages: Vec<Page<'_>> = sheet.iter().map(|(_, text)| ("Sheet1", text.as_str())).collect();
    let file = page(&pages, &[], folder.path(), "自评");
    let (name, text) = only(letters(&["score"], &[&file], folder.path()));
    assert!(name.ends_with("-退回补正通知单.md"), "{name}");
    for part in [
        "| 1 | 养护公路里程（绩效自评表） | （1）该指标的实际完成值“≥120公里”与指标值相同，带有“≥”一类的符号，没有填写实际完成的数。",
        "| 2 | 更换标志牌数量（绩效自评表） | 该指标的实际完成值“≥50块”",
        "| 3 | 工程验收合格率（绩效自评表） | 该指标的实际完成值“≥98%”",
        "预算执行率分值10分与各项指标分值100分合计110分，应为100分，多10分。 | 请调整分值，使合计等于100分，再按",
        // That material goes back is no matter of the national rules: the basis is the bureau's to fill in.
        "根据（　　　　　　），经核对",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("Sheet1") && !text.contains("E8"), "{text}");
}

/// What evaluators took points off for is not listed again beside it; what they accepted is not asked before they agree.
#[test]
fn the_published_case_says_each_matter_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = ["score", "--letter", "复核意见"];
    let (all, said) = letters_and_words(&told, &[&workbook(MODEL)], folder.path());
    let (_, text) = only(all);
    assert_eq!(text.matches("是否按时完成各项工作").count(), 1, "{text}");
    assert!(!text.contains("只设了") && !text.contains("可能"), "{text}");
    assert!(!text.contains("餐费"), "{text}");
    for part in [
        "由本局核对：项目支出中列有“餐费”14笔（不含已冲销的分录及其红字2笔），合计245771元，占账上支出的41.47%。\
         评分表“资金分配合理性”已写明并给满分，是否要求单位说明，请先商定。",
        "“立项程序规范性”得满分，评价情况没有写到③“事前经过必要的论证”",
        "“预算编制科学性”得满分，评价情况没有写到①“预算编制经过科学论证”",
        "按“满意及以上”计80%",
        "账上有1笔分录已用红字冲销",
        "两份不能同时发",
        "核对清楚后再发文",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    // The list that goes to the agency does not ask what is to be settled first.
    let all = format!("{:?}", cells(&only_scored(&folder.path().join("结果"))));
    let list = all.split_once("复核事项").map_or(all.as_str(), |(before, _)| before);
    assert!(all.contains("已写明并给满分") && !all.contains("请说明开支依据和范围"), "{list}");
}

/// What the forms leave open stays open in the document, and is said beside it.
#[test]
fn what_is_open_is_said_beside_the_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = [("（2022年度）\n", ""), ("主管部门 | 某县交通运输局\n", "")];
    let file = page(&[SELF], &open, folder.path(), "自评");
    let (all, said) = letters_and_words(&["score", "--letter", "复核意见"], &[&file], folder.path());
    let (_, text) = only(all);
    assert!(text.contains("关于征求　　年度“农村公路养护”项目") && !text.contains("没有写明"), "{text}");
    assert!(said.contains("表中没有写明年度、主管部门，文中相应留空，发文前请填写。"), "{said}");
    // The sheet has it, too, set apart.
    let all = format!("{:?}", cells(&folder.path().join("结果/自评.已评分.xlsx")));
    assert!(all.contains("经办提示（不是发文内容") && all.contains("没有写明年度、主管部门"), "{all}");
}

/// The department is the one that is called so, not whoever fills the form in.
#[test]
fn a_document_goes_to_the_department_that_is_named_as_such() {
    let folder = tempfile::tempdir().expect("a folder");
    let named = [("（2022年度）\n", "（2022年度）\n部门：某县第一养护所\n")];
    let file = page(&[SELF], &named, folder.path(), "自评");
    let (name, _) = only(letters(&["score", "--letter", "复核意见"], &[&file], folder.path()));
    assert!(name.starts_with("某县交通运输局-"), "{name}");
}

/// Only one document fits: what cannot be reviewed goes back and is not reviewed, what can is not sent back. Who asks for
/// the other one is told why it is not there, and so is who sends out the one that is.
#[test]
fn only_one_document_fits_a_stage() {
    let folder = tempfile::tempdir().expect("a folder");
    let off = page(
        &[SELF],
        &[("≥120公里 | 126公里 | 15 | 15 |", "≥120公里 | 126公里 | 25 | 25 |")],
        folder.path(),
        "超分",
    );
    let (none, said) =
        letters_and_words(&["score", "--letter", "复核意见"], &[&off], &folder.path().join("一"));
    assert_eq!(none, []);
    let why = "没有代拟复核意见（征求意见稿）：填报内容不完整或者不规范，暂不能开展复核，应先退回补正。";
    assert!(said.contains(why) && said.contains("适用的发文是退回补正通知单"), "{said}");
    let (all, said) = letters_and_words(&["score"], &[&off], &folder.path().join("二"));
    assert!(only(all).0.ends_with("-退回补正通知单.md"));
    assert!(said.contains(&format!("经办提示（某县交通运输局，退回补正通知单）：{why}")), "{said}");
    // Of a form of which half of the points rest on what is no actual, little is left to review; of less of them enough is.
    let copied = [
        ("≥120公里 | 126公里", "≥120公里 | ≥120公里"),
        ("≥50块 | 50块", "≥50块 | ≥50块"),
        ("≥98% | 99%", "≥98% | ≥98%"),
    ];
    for (faults, kind) in [(&copied[..], "退回补正通知单"), (&copied[..1], "复核意见（征求意见稿）")]
    {
        let file = page(&[SELF], faults, folder.path(), kind);
        let (all, said) = letters_and_words(&["score"], &[&file], &folder.path().join(format!("三{kind}")));
        let (name, text) = only(all);
        assert!(name.ends_with(&format!("-{kind}.md")), "{name}: {text}");
        if kind.starts_with("复核") {
            // Why it cannot be worked out stands with it, once.
            assert_eq!(text.matches("没有填写实际完成的数").count(), 1, "{text}");
            assert!(
                text.contains("没有填写实际完成的数，暂按单位自评得分计列。请填写实际完成的数"),
                "{text}"
            );
            assert!(
                said.contains("没有代拟退回补正通知单：“养护公路里程”的填报需要补正，但不影响开展复核"),
                "{said}"
            );
        }
    }
}

/// A score that the review has to decide, be it one that the agency gave itself too low or out of its band, hinders no
/// review, whatever else is not filled in well.
#[test]
fn what_the_review_decides_sends_nothing_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let copied = ("≥120公里 | 126公里 | 15 | 15 |", "≥120公里 | ≥120公里 | 15 | 15 |");
    let low = ("≥50块 | 50块 | 15 | 15 |", "≥50块 | 50块 | 15 | 12 |");
    let outside = ("达成年度指标 | 30 | 30 |", "部分达成年度指标并具有一定效果 | 30 | 27 | 部分路段未完工");
    for (number, changes) in [[copied, low], [copied, outside]].iter().enumerate() {
        let file = page(&[SELF], changes, folder.path(), &format!("自评{number}"));
        let (name, text) = only(letters(&["score"], &[&file], &folder.path().join(format!("到{number}"))));
        assert!(name.ends_with("-复核意见（征求意见稿）.md"), "{name}: {text}");
    }
}

/// What is asked can all be done: where weights do not add up, the form's own notes say which are wrong, and nobody is asked
/// to mend the total by the scores that these weights gave.
#[test]
fn weights_and_totals_ask_for_no_contradiction() {
    let folder = tempfile::tempdir().expect("a folder");
    let off = [
        ("≥120公里 | 126公里 | 15 | 15 |", "≥120公里 | 126公里 | 25 | 25 |"),
        (
            "合计 | | | | | 100 | 99.5 |",
            "合计 | | | | | 100 | 99.5 |\n注：1.分值统一设置为：产出指标50分、效益指标30分、满意度指标10分、预算执行率10分。",
        ),
    ];
    let file = page(&[SELF], &off, folder.path(), "自评");
    let (name, text) = only(letters(&["score"], &[&file], folder.path()));
    assert!(name.ends_with("-退回补正通知单.md"), "{name}");
    let said = "表中注明产出指标50分、效益指标30分、满意度指标10分、预算执行率10分，现填产出指标60分。";
    assert!(text.contains(said), "{text}");
    let asked = "请按表注将产出指标调整为50分，使合计等于100分，再按调整后的分值重新填报各项得分和总分。";
    assert!(text.contains(asked), "{text}");
    assert!(!text.contains("按各项得分合计更正总分") && !text.contains("填报总分"), "{text}");
    // Nor does the list of findings ask for it.
    let all = format!("{:?}", cells(&folder.path().join("结果/自评.已评分.xlsx")));
    assert!(all.contains("调整分值后再行更正") && !all.contains("按各项得分合计更正总分"), "{all}");
}

/// Who carries a project out is named where that is not the department; the department by another name is not.
#[test]
fn the_unit_is_named_where_it_is_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let unit = |name: &str| format!("主管部门 | 某县交通运输局\n实施单位 | {name}");
    for (unit_name, named) in
        [("某县第一养护所", true), ("某县交通运输局本级", false), ("某县交通运输局", false)]
    {
        let with = unit(unit_name);
        let changes = [MISSED[0], MISSED[2], ("主管部门 | 某县交通运输局", with.as_str())];
        let file = page(&[SELF], &changes, folder.path(), unit_name);
        let (_, text) = only(letters(&["score"], &[&file], &folder.path().join(format!("到{unit_name}"))));
        let sentence = format!("你单位报送的{unit_name}2022年度“农村公路养护”项目");
        let slip = format!("“农村公路养护”项目（{unit_name}）");
        assert_eq!(text.contains(&sentence) && text.contains(&slip), named, "{text}");
        let title = format!("# 关于征求{unit_name}2022年度“农村公路养护”项目绩效自评复核意见的函");
        assert_eq!(text.contains(&title), named, "{text}");
        assert_eq!(text.contains(unit_name), named || unit_name == "某县交通运输局", "{text}");
    }
}

/// A figure that is doubted decides no points: what it would give is said, and the score waits.
#[test]
fn a_doubted_figure_decides_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let dear = [(
        " | | 更换标志牌数量 | ≥50块 | 50块 | 15 | 15 |",
        " | 成本指标 | 养护单位造价 | ≤0.9万元/公里 | 0.95万元/公里 | 15 | 15 |",
    )];
    let file = page(&[SELF], &dear, folder.path(), "自评");
    let (_, text) = only(letters(&["score"], &[&file], folder.path()));
    for part in [
        "| 养护单位造价 | 15 | 15 | 该指标实际0.95万元/公里，与“养护公路里程”126公里相乘为119.7万元，超过全年执行数95万元。按所填的数，",
        "得分待核定。表中没有写明超出指标值的评分标准，暂按超出的比例计算。请核实单位成本的口径、完成数量和支出；\
         有尚未支付的，请注明。请说明高于指标值的原因和改进措施。 |",
        "总分和等级待核定后确定",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(text.matches("119.7万元").count(), 1, "{text}");
    // Nothing of it is counted, and the slip asks nobody to agree to it.
    let slip = text.split_once("## 附件　复核意见反馈回执").expect("a slip").1;
    assert!(slip.contains("，除待核定2项（45分）外，复核得分合计54.5分"), "{text}");
}

/// What contradicts itself in the material is said to who sends the document out, and not in it.
#[test]
fn contradictions_of_the_material_are_said_beside_the_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let (all, said) = letters_and_words(&["score"], &[&workbook(MODEL)], folder.path());
    let (_, text) = only(all);
    for part in ["7892432", "9863432", "239197", "923500", "152781", "样本偏少", "在“制度执行有效性”中扣2分"]
    {
        assert!(said.contains(part) && !text.contains(part), "{part}: {said}");
    }
    // On a form without such there is none.
    let file = page(&[SELF], &[], folder.path(), "自评");
    let (_, said) = letters_and_words(&["score"], &[&file], &folder.path().join("二"));
    assert!(!said.contains("由本局核对"), "{said}");
}

/// On paper who signs stands never alone, and numbers stand in the middle of their columns.
#[test]
fn who_signs_stays_with_the_text_and_numbers_are_centred() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = page(&[SELF], &MISSED, folder.path(), "自评");
    only(letters(&["score"], &[&file], folder.path()));
    let path = folder.path().join("文稿/某县交通运输局-复核意见（征求意见稿）.docx");
    let document = part(&path, "word/document.xml");
    let paragraph = |words: &str| {
        let at = document.find(words).unwrap_or_else(|| panic!("{words}: {document}"));
        let from = document[..at].rfind("<w:p>").expect("a paragraph");
        &document[from..at]
    };
    // The note of whom to call stands below the date.
    let (day, call) = (document.find("年　　月　　日"), document.find("联系人："));
    assert!(day.zip(call).is_some_and(|(day, call)| day < call), "{document}");
    for kept in ["附件：复核意见反馈回执", "（财政部门名称、印章）", "逾期未反馈的"]
    {
        assert!(paragraph(kept).contains("<w:keepNext/>"), "{kept}: {}", paragraph(kept));
    }
    assert!(!paragraph("得分情况").contains("w:jc"), "a heading");
    let number = paragraph(">11.25<");
    assert!(!number.contains("w:val=\"left\""), "{number}");
    assert!(paragraph("养护公路里程").contains("w:val=\"left\""), "{document}");
}

/// A review says what the reviewer wrote, in documents and in the table of deviations, and no rule that does not hold for it; what
/// the reviewer left blank is no fault of the agency.
#[test]
fn a_review_is_told_in_the_reviewers_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let review: Page<'_> = (
        "自评复核表",
        "
项目支出绩效自评复核表
（2023年度）
项目名称 | 渡口改造
主管部门 | 某县交通运输局
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 分值 | 自评完成值 | 自评得分 | 复核完成值 | 复核得分 | 复核意见
产出指标 | 数量指标 | 改造渡口 | ≥10处 | 30 | 10处 | 30 | 9处 | 27 | 实地核查9处
效益指标 | 社会效益指标 | 群众出行条件 | 明显改善 | 60 | 达成年度指标 | 60 | 达成年度指标 | 58 | 佐证材料不足
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 10 | 93% | 10 | 93% | 10 |
合计 | | | | 100 | | 100 | | 95 |
",
    );
    let inbox = folder.path().join("收");
    fs::create_dir(&inbox).expect("a folder");
    let file = page(&[review], &[], folder.path(), "渡口");
    let (_, text) = only(letters(&["score"], &[&file], &folder.path().join("一")));
    assert!(text.contains("| 群众出行条件 | 60 | 60 | 58 | 佐证材料不足。"), "{text}");
    assert!(text.contains("实地核查9处。对照评分标准：") && !text.contains("超出指标值"), "{text}");
    fs::copy(&file, inbox.join("渡口.xlsx")).expect("a copy");
    let summary = folder.path().join("汇总.xlsx");
    let out = folder.path().join("二");
    let args =
        ["batch".as_ref(), "--summary".as_ref(), summary.as_os_str(), "--out".as_ref(), out.as_os_str()];
    jixiao(args.into_iter().chain([inbox.as_os_str()]));
    let all = cells(&summary);
    for (cell, said) in [("K4", "实地核查9处。对照评分标准："), ("K5", "佐证材料不足。")]
    {
        let found = format!("{:?}", all[&format!("'偏差明细'!{cell}")].0);
        assert!(found.contains(said), "{found}");
    }
    let found = format!("{:?}", all["'偏差表'!A2"].0);
    assert!(!found.contains("金额单位"), "{found}");
    // A row that the reviewer left blank.
    let blank = [("| 93% | 10 | 93% | 10 |", "| 93% | 10 | | |")];
    let file = page(&[review], &blank, folder.path(), "留空");
    let (all, said) = letters_and_words(&["score"], &[&file], &folder.path().join("三"));
    let (name, text) = only(all);
    assert!(name.ends_with("-复核意见（征求意见稿）.md"), "{name}: {text}");
    assert!(text.contains("复核完成值尚未填写，未评定得分。"), "{text}");
    assert!(said.contains("由本局核对：“群众满意度”的复核完成值空着"), "{said}");
}

/// What was only declared may have been changed in the review: who keeps what the self-evaluation says is asked, and not accused.
#[test]
fn what_was_only_declared_accuses_nobody() {
    let folder = tempfile::tempdir().expect("a folder");
    let more = [("养护公路里程 | ≥120\n", "养护公路里程 | ≥150公里\n")];
    let file = page(&[DECLARATION, SELF], &more, folder.path(), "两表");
    let (_, text) = only(letters(&["score"], &[&file], folder.path()));
    assert!(!text.contains("未达到指标值“≥150") && !text.contains("以后年度申报时，未收到"), "{text}");
    // Nor is it settled: what the self-evaluation earns by it counts for now.
    let said = "| 养护公路里程 | 15 | 15 | 该指标的指标值是“≥120公里”，申报表是“≥150公里”，暂按自评得分计列。\
                报送材料中没有绩效目标批复。经批准调整的，请提供批复；没有批准的，请按申报的指标值填报。 |";
    assert!(text.contains(said), "{text}");
    assert!(!text.contains("没有登记"), "{text}");
}

/// What was done too late is said with how late, and what the form does not say of it.
#[test]
fn what_was_late_waits_with_how_late_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let late = [
        (
            " | 质量指标 | 工程验收合格率 | ≥98% | 99% | 20 | 20 |",
            " | 时效指标 | 工程完工时间 | 2022年12月31日前 | 2023年3月20日 | 20 | 18 | 汛期停工",
        ),
        ("| 99.5 |", "| 97.5 |"),
        ("养护公路里程 | ≥120\n", "工程完工时间 | 2022年12月31日前\n"),
    ];
    let file = page(&[DECLARATION, SELF], &late, folder.path(), "逾期");
    let (_, text) = only(letters(&["score"], &[&file], folder.path()));
    let said = "| 工程完工时间 | 20 | 18 | 该指标的指标值是“2022年12月31日前”，实际是“2023年3月20日”，晚了79天\
                （单位说明：汛期停工），暂按单位自评得分计列。表中没有写明逾期怎样扣分。请说明逾期怎样扣分的依据，并提供\
                完成时间和批准延期的材料。 |";
    assert!(text.contains(said), "{text}");
    assert_eq!(text.matches("79天").count(), 1, "{text}");
    assert!(!text.contains("不能与指标值比较"), "{text}");
}

/// A document goes to a department by its name, whatever code stands before it.
#[test]
fn a_department_is_addressed_without_its_code() {
    let folder = tempfile::tempdir().expect("a folder");
    for (label, is_code) in [("主管部门及代码", true), ("主管部门", false)] {
        let coded = format!("{label} | 206 某县交通运输局");
        let file = page(&[DECLARATION], &[("主管部门 | 某县交通运输局", &coded)], folder.path(), label);
        let (name, text) = only(letters(&["score"], &[&file], &folder.path().join(format!("到{label}"))));
        assert_eq!(name == "某县交通运输局-审核意见.md", is_code, "{name}");
        assert_eq!(text.contains("\n某县交通运输局：\n"), is_code, "{text}");
    }
}

/// Nor is a code behind the name part of it; a year is, and so is what is no code.
#[test]
fn a_department_is_addressed_without_the_code_behind_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        ("主管部门及代码 | 某县交通运输局[213]", "某县交通运输局"),
        ("主管部门 | 某县交通运输局【213001】", "某县交通运输局"),
        ("主管部门（单位）名称及编码 | 某县交通运输局（213）", "某县交通运输局"),
        ("主管部门 | 某县交通运输局（本级）", "某县交通运输局（本级）"),
    ];
    for ((cell, called), number) in cases.into_iter().zip(1_u32..) {
        let change = [("主管部门 | 某县交通运输局", cell)];
        let file = page(&[DECLARATION], &change, folder.path(), &format!("申报{number}"));
        let place = folder.path().join(format!("到{number}"));
        let (name, text) = only(letters(&["score"], &[&file], &place));
        assert_eq!(name, format!("{called}-审核意见.md"));
        assert!(text.contains(&format!("\n{called}：\n")), "{text}");
    }
}

/// 单位：万元、分 over a table says in what is counted; 单位：某县第一养护所 says who.
#[test]
fn what_is_counted_in_is_nobodys_name() {
    let folder = tempfile::tempdir().expect("a folder");
    for (unit, is_name) in [
        ("万元、分", false),
        ("万元", false),
        ("元/人", false),
        ("人民币万元、%", false),
        ("某县第一养护所", true),
    ] {
        let line = format!("主管部门 | 某县交通运输局 | 单位：{unit}");
        let changes = [MISSED[0], MISSED[2], ("主管部门 | 某县交通运输局", line.as_str())];
        let name = unit.replace('/', "每");
        let file = page(&[SELF], &changes, folder.path(), &name);
        let (_, text) = only(letters(&["score"], &[&file], &folder.path().join(format!("到{name}"))));
        let who = if is_name { unit } else { "" };
        assert!(text.contains(&format!("# 关于征求{who}2022年度“农村公路养护”项目绩效自评")), "{text}");
        assert_eq!(text.contains("“农村公路养护”项目（某县第一养护所）"), is_name, "{text}");
    }
}

/// What a department spends as a whole is no project, and the measures for projects are no ground for it. What only has the
/// words in its name is one.
#[test]
fn a_department_as_a_whole_is_no_project() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = [
        ("项目支出绩效自评表", "部门整体支出绩效自评表"),
        ("项目名称 | 农村公路养护\n", ""),
        MISSED[0],
        MISSED[2],
    ];
    let file = page(&[SELF], &whole, folder.path(), "整体");
    let (_, text) = only(letters(&["score"], &[&file], &folder.path().join("一")));
    assert!(text.contains("# 关于征求某县交通运输局2022年度部门整体支出绩效自评复核意见的函"), "{text}");
    assert!(text.contains("你单位报送的2022年度部门整体支出绩效自评情况"), "{text}");
    assert!(!text.contains("项目支出绩效评价管理办法") && !text.contains("整体”项目"), "{text}");
    let named = [("农村公路养护", "部门整体搬迁"), MISSED[0], MISSED[2]];
    let file = page(&[SELF], &named, folder.path(), "项目");
    let (_, text) = only(letters(&["score"], &[&file], &folder.path().join("二")));
    assert!(
        text.contains("2022年度“部门整体搬迁”项目") && text.contains("项目支出绩效评价管理办法"),
        "{text}"
    );
}

/// A score sheet that calls itself one of 绩效评价 is an evaluation, though the agency's own points stand beside; one that calls
/// itself a review is none. The year is said once.
#[test]
fn an_evaluation_beside_the_agencys_own_points_is_no_review() {
    let folder = tempfile::tempdir().expect("a folder");
    let sheet = |title: &str| {
        format!(
            "{title}\n项目名称 | 某县2022年度渡口补助资金\n主管部门 | 某县交通运输局\n一级指标 | 二级指标 | 三级指标 | 分值 | 评分标准 | 评价情况 | 自评得分 | 评价得分 | 扣分原因\n产出 | 产出数量 | 维修渡口数 | 60 | 维修≥6处得满分，每少1处扣10分 | 维修5处 | 60 | 50 | 少修1处，扣10分\n效益 | 满意度 | 村民满意度 | 40 | 满意度≥90%得满分，每低1个百分点扣1分 | 满意度92% | 40 | 40 |\n合计 | | | 100 | | | 100 | 90 |"
        )
    };
    for (title, evaluated) in [
        ("某县2022年度渡口补助资金绩效评价评分表", true),
        ("某县2022年度渡口补助资金绩效自评复核评分表", false),
    ] {
        let text = sheet(title);
        let file = page(&[("评分表", &text)], &[], folder.path(), title);
        let place = folder.path().join(format!("到{title}"));
        let command = ["score", "--letter", "复核意见"];
        let (_, text) = only(letters(&command, &[&file], &place));
        if evaluated {
            let place = folder.path().join("结果");
            let (_, text) = only(letters(&["score", "--letter", "结果反馈"], &[&file], &place));
            assert!(
                text.contains("自评得分100分，评价得分90分") && text.contains("，比自评得分低10分"),
                "{text}"
            );
            assert!(!text.contains("复核"), "{text}");
        }
        let (done, other) = ("开展了绩效评价", "绩效自评情况进行了复核");
        assert_eq!((text.contains(done), text.contains(other)), (evaluated, !evaluated), "{text}");
        assert!(!text.contains("2022年度“某县2022年度"), "{text}");
    }
}

/// Targets under review are held against the same measure as those that are scored: a cap is written as one, and what is only
/// about a number promises none.
#[test]
fn targets_under_review_are_read_as_those_that_are_scored() {
    let folder = tempfile::tempdir().expect("a folder");
    let more = [(
        "更换标志牌数量 | ≥50块\n",
        "更换标志牌数量 | 约50块\n | 成本指标 | 项目预算成本控制数 | ＝61.2万元\n",
    )];
    let file = page(&[DECLARATION], &more, folder.path(), "申报");
    let (_, text) = only(letters(&["score"], &[&file], folder.path()));
    assert!(text.contains("指标值“=61.2万元”应为“≤”，按不超过该值掌握。"), "{text}");
    assert!(
        text.contains("指标值“约50块”是约数，没有写明达到多少算完成。 | 请改为确定的数，带上“≥”或者“≤”（如“≥300人次”）。"),
        "{text}"
    );
}
