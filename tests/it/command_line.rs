//! The command line as a person meets it: everything in Chinese, failures as objects where JSON is asked for, exit codes
//! that a script can act on.

use std::fs;
use std::process::Output;

use serde_json::Value;

use super::support::{MODEL, jixiao, workbook};

/// The commands that a person sees.
const COMMANDS: [&[&str]; 32] = [
    &[],
    &["score"],
    &["check"],
    &["reconcile"],
    &["report"],
    &["criterion"],
    &["mapping"],
    &["mapping", "check"],
    &["mapping", "infer"],
    &["mapping", "show"],
    &["mapping", "schema"],
    &["verify"],
    &["key"],
    &["key", "init"],
    &["key", "show"],
    &["key", "trust"],
    &["batch"],
    &["export"],
    &["watch"],
    &["serve"],
    &["user"],
    &["user", "add"],
    &["user", "password"],
    &["user", "role"],
    &["user", "block"],
    &["user", "admit"],
    &["user", "remove"],
    &["user", "list"],
    &["user", "log"],
    &["worker"],
    &["worker", "stream"],
    &["explain"],
];

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), output.stderr.as_slice()].concat()).into_owned()
}

/// What of the text is no Chinese and no name: options, files, formats and what a person types are names.
fn foreign(text: &str) -> Vec<&str> {
    const NAMES: [&str; 29] = [
        "Parquet",
        "parquet",
        "NDJSON",
        "ndjson",
        "CSV",
        "csv",
        "DuckDB",
        "jixiao",
        "JSON",
        "TSV",
        "MB",
        "UTF",
        "Schema",
        "KEY",
        "KEYS",
        "JIXIAO",
        "toml",
        "xlsx",
        "csv",
        "pub",
        "zip",
        "schema",
        "tsv",
        "Ctrl",
        "archive",
        "rejected",
        "processing",
        "state",
        "weight",
    ];
    let mut words = Vec::new();
    for token in text.split(|c: char| c.is_whitespace() || "，。：；、（）“”<>[]".contains(c)) {
        let is_option = token.starts_with('-');
        let is_name = token.contains(['.', '/', '_']) || !token.is_ascii();
        if !is_option && !is_name {
            words.extend(
                token
                    .split(|c: char| !c.is_ascii_alphabetic())
                    .filter(|word| word.len() > 1 && !NAMES.contains(word)),
            );
        }
    }
    words
}

#[test]
fn help_is_in_chinese_and_has_an_example_for_every_command() {
    let subcommands: Vec<&str> = COMMANDS.iter().filter_map(|command| command.last().copied()).collect();
    for command in COMMANDS {
        let output = jixiao(command.iter().copied().chain(["--help"]));
        let text = said(&output);
        assert_eq!(output.status.code(), Some(0), "{command:?}: {text}");
        for part in ["用法：", "选项：", "示例：", "显示帮助"] {
            assert!(text.contains(part), "{command:?} without {part}: {text}");
        }
        let examples = text.split("示例：").nth(1).unwrap_or_default();
        assert!(examples.contains("jixiao"), "{text}");
        let prose: Vec<&str> = text.split("示例：").next().unwrap_or_default().lines().collect();
        let words: Vec<&str> = prose.iter().flat_map(|line| foreign(line)).collect();
        let rest: Vec<&&str> = words
            .iter()
            .filter(|word| !subcommands.contains(*word))
            .filter(|word| {
                !["indicator", "criterion", "target", "actual", "standard", "total", "differs"]
                    .contains(*word)
            })
            .collect();
        assert!(rest.is_empty(), "{command:?}: {rest:?} in {text}");
    }
}

#[test]
fn the_examples_of_help_are_commands_that_are_understood() {
    for command in COMMANDS {
        let text = said(&jixiao(command.iter().copied().chain(["--help"])));
        for line in
            text.split("示例：").nth(1).unwrap_or_default().lines().filter(|line| line.contains("jixiao"))
        {
            let line = line.split('>').next().unwrap_or_default();
            let args = line.split_whitespace().skip(1).map(str::to_owned);
            let output = jixiao(args.chain(["--help".to_owned()]));
            assert_eq!(output.status.code(), Some(0), "{line}: {}", said(&output));
        }
    }
}

#[test]
fn what_is_wrong_with_the_arguments_is_said_in_chinese() {
    for (args, word) in [
        (vec!["scroe"], "没有“scroe”这个命令"),
        (vec![], "没有写要做什么"),
        (vec!["score"], "缺少：<文件>"),
        (vec!["score", "甲.xlsx", "--aut"], "没有“--aut”这个选项"),
        (vec!["batch", "甲", "--out", "乙", "--jobs", "两个"], "“两个”不能作为“--jobs <个数>”的值"),
        (vec!["watch", "--status"], "后面没有写值"),
        (vec!["score", "甲.xlsx", "--out", "a", "--out", "b"], "只能写一次"),
        (vec!["criterion", "--tsv", "a", "--text", "b"], "不能与"),
        (vec!["key", "trust"], "缺少：<公钥>"),
    ] {
        let output = jixiao(&args);
        let text = said(&output);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {text}");
        assert!(text.starts_with("错误：") && text.contains(word), "{args:?}: {text}");
        assert!(text.contains("怎么办："), "{args:?}: {text}");
        assert!(!text.contains("error") && !text.contains("Usage"), "{args:?}: {text}");
    }
    let near = said(&jixiao(["scor", "甲.xlsx"]));
    assert!(near.contains("可写：score"), "{near}");
}

#[test]
fn a_submission_that_fails_is_an_object_too_where_json_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let broken = folder.path().join("坏.xlsx");
    fs::write(&broken, b"PK\x03\x04 no workbook").expect("a file");
    let model = workbook(MODEL);
    for command in ["check", "score", "reconcile"] {
        let mut args = vec![command.into(), broken.clone().into_os_string()];
        if command == "check" {
            args.push(model.clone().into_os_string());
        }
        args.push("--json".into());
        let output = jixiao(&args);
        let lines: Vec<Value> = String::from_utf8_lossy(&output.stdout)
            .lines()
            .map(|line| serde_json::from_str(line).expect("an object a line"))
            .collect();
        assert_eq!(output.status.code(), Some(3), "{command}");
        assert_eq!(lines.len(), args.len() - 2, "{command}: an object for each submission");
        let failed = &lines[0];
        assert!(failed["source"].as_str().is_some_and(|source| source.ends_with("坏.xlsx")), "{failed}");
        assert_eq!(failed["error"]["code"], "input-damaged", "{failed}");
        for part in ["message", "hint"] {
            assert!(failed["error"][part].as_str().is_some_and(|text| !text.is_empty()), "{failed}");
        }
        assert!(String::from_utf8_lossy(&output.stderr).contains("怎么办"), "a person is told as well");
    }
}

#[test]
fn an_inbox_that_is_not_there_is_a_mistake_and_makes_no_folder() {
    let base = tempfile::tempdir().expect("a folder");
    let (inbox, outbox) = (base.path().join("收件夹"), base.path().join("结果"));
    let args =
        ["watch".as_ref(), "--once".as_ref(), "--inbox".as_ref(), inbox.as_os_str(), "--outbox".as_ref()];
    let output = jixiao(args.into_iter().chain([outbox.as_os_str()]));
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("不存在"), "{}", said(&output));
    assert_eq!(fs::read_dir(base.path()).expect("the folder").count(), 0);
}

#[test]
fn the_status_of_a_service_is_its_exit_code() {
    let base = tempfile::tempdir().expect("a folder");
    let (inbox, outbox) = (base.path().join("in"), base.path().join("out"));
    fs::create_dir(&inbox).expect("an inbox");
    let args =
        ["watch".as_ref(), "--once".as_ref(), "--inbox".as_ref(), inbox.as_os_str(), "--outbox".as_ref()];
    assert_eq!(jixiao(args.into_iter().chain([outbox.as_os_str()])).status.code(), Some(0));
    let status = || jixiao(["watch".as_ref(), "--status".as_ref(), base.path().as_os_str()]).status.code();
    assert_eq!(status(), Some(0), "nothing waits");
    fs::copy(workbook(MODEL), inbox.join("甲.xlsx")).expect("a submission");
    assert_eq!(status(), Some(1), "work waits and no service is there");
}

#[test]
fn completions_and_manual_pages_are_made_from_the_same_description() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = jixiao(["generate".as_ref(), folder.path().as_os_str()]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect(name);
    for name in ["jixiao.bash", "_jixiao", "jixiao.fish", "_jixiao.ps1"] {
        let text = read(name);
        assert!(text.contains("reconcile") && text.contains("replace-scores"), "{name}");
    }
    let page = read("jixiao-score.1");
    assert!(page.contains("replace") && page.contains("用计算得分替换表中已填的得分"), "{page}");
}
