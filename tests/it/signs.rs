//! Foreign text that a terminal obeys or that nobody sees: it leaves every command as visible signs, on its line.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use jixiao::inner::sheet::{Value, Workbook};
use jixiao::inner::xlsx::XlsxPackage;

use crate::findings::{LEDGER, SELF};
use crate::support::{jixiao, keys};
use crate::workbook_pages;

/// What a project calls itself: colours, a bell, turned text, a forged line, what has no width.
const NAME: &str = "农村\u{1b}[31m公路\u{7}\u{202e}养\u{200b}护\\n判定：已评分\u{9b}2J\u{2066}";
const INDICATOR: &str = "养护\u{1b}]0;x\u{7}公路\u{202e}里程\\n总    分：100";
const SHEET: &str = "自评\u{202e}表";
const FILE: &str = "自评\u{1b}[2J\u{202e}\n判定：已评分\u{7}表";

/// Whether a character is obeyed or unseen.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r'))
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A form and a ledger that say such things wherever they can.
fn hostile(folder: &Path) -> PathBuf {
    let form = SELF.1.replace("农村公路养护", NAME).replace("养护公路里程", INDICATOR);
    // Short of its target: the indicator is named as a deduction, and its score is said to differ.
    let form = form.replace("126公里", "60公里").replace("更换标志牌数量", "更换\u{1b}标志牌\\n得分来源：无");
    let ledger =
        LEDGER.1.replace("养护工程", "养\u{1b}[0m护\u{202e}\\n工程").replace("标志牌", "标\u{7}志牌");
    let written = workbook_pages::write(&[(SHEET, &form), ("账\u{2067}", &ledger)], folder);
    let path = folder.join(format!("{FILE}.xlsx"));
    fs::rename(written, &path).expect("a name");
    path
}

/// Holds that a text says nothing in secret, and that no foreign line begins in it.
fn is_plain(what: &str, text: &[u8]) -> String {
    let text = String::from_utf8(text.to_vec()).expect("UTF-8");
    let hidden: Vec<char> = text.chars().filter(|c| is_hidden(*c)).collect();
    assert_eq!(hidden, [] as [char; 0], "{what}: {text:?}");
    let forged = ["判定：已评分", "总    分：100", "得分来源：无"];
    assert!(
        !text.lines().any(|line| forged.iter().any(|f| line.trim_start().starts_with(f))),
        "{what}: {text}"
    );
    text
}

#[test]
fn no_command_prints_what_is_obeyed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = hostile(folder.path());
    let out = folder.path().join("结\u{1b}果");
    let (file, out) = (file.as_os_str(), out.as_os_str());
    let word = |text: &'static str| std::ffi::OsStr::new(text);
    let mut seen = String::new();
    for command in [
        vec![word("score"), file, word("--out"), out],
        vec![word("score"), file, word("--json"), word("--out"), out],
        vec![word("check"), file],
        vec![word("check"), file, word("--json")],
        vec![word("reconcile"), file],
        vec![word("reconcile"), file, word("--json")],
        vec![word("verify"), file],
        vec![word("verify"), file, word("--json")],
        vec![word("mapping"), word("show"), file],
        vec![word("mapping"), word("infer"), file],
        vec![word("score"), word("没有\u{1b}的\n判定：已评分.xlsx")],
        vec![word("criterion"), word("--text"), word("每\u{1b}低\u{202e}一"), word("--weight"), word("5")],
        vec![
            word("criterion"),
            word("--text"),
            word("每\u{1b}\u{7f}低"),
            word("--weight"),
            word("5"),
            word("--json"),
        ],
    ] {
        let output = jixiao(&command);
        let what = format!("{command:?}");
        seen.push_str(&is_plain(&what, &output.stdout));
        seen.push_str(&is_plain(&what, &output.stderr));
    }
    for sign in ["␛[31m", "␇", "<U+202E>", "<U+200B>", "<U+009B>", "↵判定：已评分", "<U+2067>"] {
        assert!(seen.contains(sign), "{sign} in {seen}");
    }
    // JSON has the text as it is.
    assert!(seen.contains(r"农村\u001b[31m公路\u0007\u202e养\u200b护判定：已评分\u009b2J\u2066"), "{seen}");
}

#[test]
fn what_we_write_into_a_workbook_is_plain() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = hostile(folder.path());
    let out = folder.path().join("out.xlsx");
    let run = jixiao(["score".as_ref(), file.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    assert_eq!(run.status.code(), Some(1), "{}", String::from_utf8_lossy(&run.stderr));
    let own = |name: &str| name == SHEET || name.starts_with('账') || name == "_jixiao";
    let mut workbook = Workbook::open(File::open(&out).expect("the result")).expect("a workbook");
    let mut quoted = false;
    for info in workbook.sheets().to_vec().iter().filter(|info| !own(&info.name)) {
        for (at, cell) in workbook.read(info, None).expect("a sheet").cells() {
            let texts = cell.formula.iter().cloned().chain(match &cell.value {
                Value::Text(text) => Some(text.clone()),
                _ => None,
            });
            for text in texts {
                // A formula names sheets as they are called, and what has no width is shown as it is.
                let bad = |c: char| is_hidden(c) && !matches!(c, '\t' | '\u{200b}');
                let text = text.replace(SHEET, "").replace("账\u{2067}", "");
                assert!(!text.contains(bad), "{} {at}: {text:?}", info.name);
                quoted |= text.contains('␛');
            }
        }
    }
    assert!(quoted, "our sheets quote the form");
    let mut package = XlsxPackage::open(File::open(&out).expect("the result")).expect("a package");
    let notes = package.notes(SHEET).expect("notes");
    assert!(!notes.is_empty());
    for note in notes {
        let text = note.text.replace(SHEET, "");
        assert!(!text.contains(|c: char| is_hidden(c) && c != '\u{200b}'), "{text:?}");
    }
    // What was written is recognised, and nothing of it was altered.
    let verified = jixiao(["verify".as_ref(), out.as_os_str()]);
    let said = is_plain("verify", &verified.stdout);
    assert!(said.contains("未被改动"), "{said}");
}

#[test]
fn receipts_logs_status_and_summaries_are_plain() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for name in ["made", "in"] {
        fs::create_dir(at(name)).expect("a folder");
    }
    let made = hostile(&at("made"));
    fs::copy(&made, at("in").join(made.file_name().expect("a name"))).expect("a copy");
    fs::write(at("in").join("坏\u{1b}[31m\n判定：已评分.xlsx"), "no workbook").expect("a file");
    let run = |args: &[&str], paths: &[(&str, PathBuf)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.args(args).env("JIXIAO_KEYS", keys()).env("SOURCE_DATE_EPOCH", "1767225600");
        for (option, path) in paths {
            command.args([*option]).arg(path);
        }
        command.output().expect("the program runs")
    };
    let batch = run(
        &["batch", at("in").to_str().expect("a path")],
        &[("--out", at("batch")), ("--summary", at("汇总表.xlsx"))],
    );
    is_plain("batch", &batch.stdout);
    is_plain("batch", &batch.stderr);
    let mut summary =
        Workbook::open(File::open(at("汇总表.xlsx")).expect("the summary")).expect("a workbook");
    let mut quoted = false;
    for info in summary.sheets().to_vec() {
        for (at, cell) in summary.read(&info, None).expect("a sheet").cells() {
            if let Value::Text(text) = &cell.value {
                assert!(
                    !text.contains(|c: char| is_hidden(c) && c != '\u{200b}'),
                    "{} {at}: {text:?}",
                    info.name
                );
                quoted |= text.contains("␛[31m");
            }
        }
    }
    assert!(quoted);
    let watch = ["watch", "--once", "--settle", "0"];
    let served = run(&watch, &[("--inbox", at("in")), ("--outbox", at("out"))]);
    let log = is_plain("log", &served.stderr);
    assert!(log.contains(r#"file="坏\u{1b}[31m\n判定：已评分.xlsx""#), "{log}");
    let status = run(&["watch"], &[("--status", folder.path().to_owned())]);
    assert!(is_plain("status", &status.stdout).contains("␛"));
    is_plain("status", &run(&["watch", "--json"], &[("--status", folder.path().to_owned())]).stdout);
    let mut receipts = 0;
    for folder in ["out", "rejected", "out/回执数据", "rejected/回执数据"] {
        for entry in fs::read_dir(at(folder)).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_str().expect("UTF-8").to_owned();
            assert!(!name.contains(|c: char| is_hidden(c) || c == '\n'), "{name:?}");
            if name.contains(".回执") {
                is_plain(&name, &fs::read(&path).expect("a receipt"));
                receipts += 1;
            }
        }
    }
    assert_eq!(receipts, 4);
}
