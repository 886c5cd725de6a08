//! Paths without a command, as the desktop gives them when somebody drops workbooks on the program.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Command, Output};

use jixiao::inner::base::patiently;

use super::support::{MODEL, TWIN, jixiao, keys, workbook};

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), output.stderr.as_slice()].concat()).into_owned()
}

/// The program with this current folder.
fn within(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(args)
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .env("JIXIAO_KEYS", keys())
        .output()
        .expect("the program runs")
}

#[test]
fn a_workbook_without_a_command_is_scored_beside_the_original_as_score_does_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (here, there) = (folder.path().join("甲.xlsx"), folder.path().join("另"));
    fs::copy(workbook(MODEL), &here).expect("a workbook");
    let before = fs::read(&here).expect("the workbook");
    let dropped = jixiao([&here]);
    let scored = jixiao(["score".as_ref(), here.as_os_str(), "--out".as_ref(), there.as_os_str()]);
    assert_eq!(dropped.status.code(), scored.status.code(), "{}", said(&dropped));
    assert!(said(&dropped).contains("总分 87.5"), "{}", said(&dropped));
    let result = |folder: &Path| fs::read(folder.join("甲.已评分.xlsx")).expect("a result");
    assert!(result(folder.path()) == result(&there), "another workbook than score gives");
    assert!(fs::read(&here).expect("the workbook") == before, "the original is touched");
}

#[test]
fn what_came_of_several_is_said_in_a_few_lines_and_the_worst_is_the_exit_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let project = folder.path().join("项目");
    fs::create_dir(&project).expect("a folder");
    fs::copy(workbook(TWIN), project.join("自评表.xlsx")).expect("a workbook");
    fs::copy(workbook(MODEL), folder.path().join("甲.xlsx")).expect("a workbook");
    fs::write(folder.path().join("坏.xlsx"), b"PK\x03\x04 no workbook").expect("a file");
    let output = within(folder.path(), &["甲.xlsx", "坏.xlsx", "项目", "没有.xlsx"]);
    let text = said(&output);
    assert_eq!(output.status.code(), Some(3), "{text}");
    assert!(text.contains("处理完毕：2 份，另有 2 份没有处理。"), "{text}");
    assert!(text.contains("87.5 分（满分 100），等级 良；发现"), "{text}");
    assert!(text.contains("坏.xlsx：") && text.contains("没有.xlsx：文件无法打开。"), "{text}");
    assert!(folder.path().join("甲.已评分.xlsx").is_file(), "{text}");
    assert!(folder.path().join("项目.已评分/自评表.已评分.xlsx").is_file(), "{text}");
}

#[test]
fn a_word_that_is_no_path_is_a_mistyped_command_and_a_command_stays_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let mistyped = within(folder.path(), &["scroe"]);
    assert!(mistyped.status.code() == Some(2) && said(&mistyped).contains("没有“scroe”这个命令"));
    // A file of the command's name, and an option, are none of it.
    fs::write(folder.path().join("score"), b"no workbook").expect("a file");
    assert!(said(&within(folder.path(), &["score"])).contains("缺少：<文件>"));
    fs::copy(workbook(MODEL), folder.path().join("甲.xlsx")).expect("a workbook");
    let option = within(folder.path(), &["甲.xlsx", "--json"]);
    assert_eq!(option.status.code(), Some(2), "{}", said(&option));
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 2, "something was written");
}

#[test]
fn a_whole_disk_is_no_submission() {
    let output = jixiao(["/"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("不能把整个磁盘作为一份材料"), "{}", said(&output));
}

#[test]
fn a_file_that_another_program_holds_is_waited_for_but_not_for_ever() {
    let held = || io::Error::from(io::ErrorKind::ResourceBusy);
    let in_use = |cause: &io::Error| cause.kind() == io::ErrorKind::ResourceBusy;
    let (mut tries, mut waits) = (0, 0);
    let mut after_three = || {
        tries += 1;
        if tries < 4 { Err(held()) } else { Ok(tries) }
    };
    assert_eq!(patiently(&mut after_three, in_use, || waits += 1).expect("it is free at last"), 4);
    assert_eq!(waits, 3);
    let mut waits = 0;
    let never = patiently(|| Err::<(), _>(held()), in_use, || waits += 1);
    assert!(in_use(&never.expect_err("it is never free")) && (1..100).contains(&waits), "{waits}");
    // What is wrong otherwise is not waited for.
    let gone = patiently(
        || Err::<(), _>(io::Error::from(io::ErrorKind::NotFound)),
        in_use,
        || panic!("waited for a file that is not there"),
    );
    assert_eq!(gone.expect_err("it is gone").kind(), io::ErrorKind::NotFound);
}

#[test]
fn a_version_says_what_was_built_where_it_is_asked_to() {
    let plain = said(&jixiao(["--version"]));
    assert!(plain.starts_with(concat!("jixiao ", env!("CARGO_PKG_VERSION"))), "{plain}");
    assert_eq!(plain.lines().count(), 1, "{plain}");
    for args in [&["--version", "--verbose"][..], &["-V", "-v"], &["-vV"], &["-v", "--version"]] {
        let output = jixiao(args);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {text}");
        assert!(text.starts_with(&plain), "{args:?}: {text}");
        let target = format!("{}-", std::env::consts::ARCH);
        for (what, begins) in
            [("目标平台", target.as_str()), ("源码提交", ""), ("附加功能", ""), ("编译程序", "rustc ")]
        {
            let line = text.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix('：'));
            assert!(line.is_some_and(|is| !is.is_empty() && is.starts_with(begins)), "{args:?}: {text}");
        }
    }
}
