//! The documents that go out: which follows from stage and state, what each says, and what none of them says.

use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::model::FindingId;

use crate::findings::{SELF, changed};
use crate::libreoffice::cells;
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
    names.iter().map(text).collect()
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
    assert!(!text.contains("扣") && !text.contains("得分"), "{text}");
    insta::assert_snapshot!("letter_correction", text);
}

#[test]
fn a_review_asks_for_comments_with_facts_and_a_slip() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = page(&[SELF], &MISSED, folder.path(), "自评");
    let (name, text) = only(letters(&["score"], &[&file], folder.path()));
    assert_eq!(name, "某县交通运输局-复核意见（征求意见稿）.md");
    // Nobody is asked for what he has said.
    assert!(text.contains("（单位说明：汛期停工，余下里程次年3月完成）"), "{text}");
    assert_eq!(text.matches("请说明原因").count(), 1, "{text}");
    insta::assert_snapshot!("letter_comments", text);
}

#[test]
fn the_published_case_is_answered_with_its_result() {
    let folder = tempfile::tempdir().expect("a folder");
    let (name, text) = only(letters(&["score"], &[&workbook(MODEL)], folder.path()));
    assert!(name.ends_with("-评价结果反馈及整改通知.md"), "{name}");
    // The evaluators' own sheet and the rounding of a rate are nobody's but theirs.
    for inner in ["表2", "评分表", "9863432", "96.84", "公式"] {
        assert!(!text.contains(inner), "{inner}: {text}");
    }
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
        assert!(text.starts_with("×财绩〔　　〕　号（代拟稿，未签发）"), "{name}");
        assert!(text.contains("　　个工作日") && text.contains("　　　　年　　月　　日"), "{name}");
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
    let (name, _) = only(letters(&told, &[&file], &place));
    assert!(name.ends_with("-评价结果反馈及整改通知.md"), "{name}");
    let none = letters(&["score", "--letter", "不代拟"], &[&file], &folder.path().join("三"));
    assert_eq!(none, []);
    // A declaration has no points: no document speaks of any, whoever asks.
    let declared = page(&[DECLARATION], &[], folder.path(), "申报");
    let none = letters(&["score", "--letter", "复核意见"], &[&declared], &folder.path().join("四"));
    assert_eq!(none, []);
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
