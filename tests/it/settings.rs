//! `jixiao.toml`: found, said, overridden by the command line, and refused with every fault at its place.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jixiao::inner::mapping::reference;
use serde_json::Value;
use tempfile::TempDir;

use crate::findings::SELF;
use crate::support::keys;
use crate::workbook_pages;

/// A folder with a form in it.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let form = workbook_pages::write(&[SELF], folder.path());
        fs::rename(form, folder.path().join("自评.xlsx")).expect("the form");
        Self(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.at(name), text).expect("a file");
    }

    /// A command run there.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.args(args).current_dir(self.0.path()).env("SOURCE_DATE_EPOCH", "1767225600");
        command.env("JIXIAO_KEYS", keys());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program runs")
    }

    /// The ids of the findings of the form.
    fn findings(&self, more: &[&str]) -> Vec<String> {
        let output = self.run(&[&["check", "自评.xlsx", "--json"], more].concat());
        let json: Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", said(&output)));
        let all = json["findings"].as_array().expect("findings").iter();
        all.map(|finding| finding["id"].as_str().expect("an id").to_owned()).collect()
    }

    fn finds(&self, id: &str, more: &[&str]) -> bool {
        self.findings(more).iter().any(|found| found == id)
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_file_is_found_said_and_overridden() {
    let home = Home::new();
    let quiet = home.run(&["score", "自评.xlsx", "--out", "无"]);
    assert_eq!((quiet.status.code(), said(&quiet).as_str()), (Some(0), ""), "nothing is said of no file");
    assert!(!home.finds("over-achieved", &[]), "105 % is below what is shipped");
    home.put("jixiao.toml", "[checks]\nover_achieved_percent = 104\n");
    assert!(home.finds("over-achieved", &[]));
    for command in
        [&["score", "--out", "有"][..], &["check"], &["verify"], &["reconcile"], &["mapping", "show"]]
    {
        let output = home.run(&[command, &["自评.xlsx"]].concat());
        assert!(said(&output).contains("jixiao.toml”运行"), "{command:?}: {}", said(&output));
    }
    fs::create_dir(home.at("另处")).expect("a folder");
    home.put("另处/甲.toml", "[checks]\nover_achieved_percent = 104\nmute = [\"over-achieved\"]\n");
    assert!(
        !home.finds("over-achieved", &["--config", "另处/甲.toml"]),
        "the file that is told counts alone"
    );
    let none = home.run(&["check", "自评.xlsx", "--config", "没有.toml"]);
    assert_eq!(none.status.code(), Some(2), "{}", said(&none));
}

#[test]
fn what_a_mapping_says_of_checks_goes_before_what_is_set() {
    let home = Home::new();
    home.put("jixiao.toml", "[checks]\nover_achieved_percent = 104\n");
    let own =
        "schema = 1\nname = \"self-evaluation\"\nextends = \"self-evaluation\"\nkind = \"self-evaluation\"\n";
    home.put("表.toml", &format!("{own}[checks]\nover_achieved_percent = 200\n"));
    assert!(!home.finds("over-achieved", &["--mapping", "表.toml"]));
    home.put("jixiao.toml", "[checks]\nover_achieved_percent = 104\n[mappings]\nfiles = [\"表.toml\"]\n");
    assert!(!home.finds("over-achieved", &[]), "mappings that are set");
    home.put("空.toml", own);
    assert!(home.finds("over-achieved", &["--mapping", "空.toml"]), "those that are told take their place");
}

#[test]
fn a_batch_and_its_workers_are_told() {
    let home = Home::new();
    fs::create_dir(home.at("收")).expect("a folder");
    fs::copy(home.at("自评.xlsx"), home.at("收/自评.xlsx")).expect("a submission");
    let all = || {
        let _ = fs::remove_dir_all(home.at("果"));
        let output = home.run(&["batch", "收", "--out", "果", "--summary", "汇总.xlsx"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let path = home.at("果/自评.已评分.xlsx");
        let again = home.run(&["check", "--json", path.to_str().expect("a path"), "--config", "空.toml"]);
        assert_eq!(again.status.code(), Some(0), "{}", said(&again));
        crate::libreoffice::cells(&path).iter().any(|(at, (value, _))| {
            at.starts_with("'问题清单'") && format!("{value:?}").contains("实际完成值远高于指标值")
        })
    };
    home.put("空.toml", "");
    let plain = all();
    home.put("jixiao.toml", "[checks]\nover_achieved_percent = 104\n");
    let told = all();
    assert_eq!((plain, told), (false, true));
    home.put("jixiao.toml", "[limits]\nmemory_mb = 24\n");
    if cfg!(target_os = "linux") {
        let output = home.run(&["batch", "收", "--out", "果二"]);
        assert_eq!(output.status.code(), Some(3), "too little for a worker");
        let output = home.run(&["batch", "收", "--out", "果三", "--max-memory", "2048"]);
        assert_eq!(output.status.code(), Some(0), "the command line counts");
    }
}

#[test]
fn every_fault_is_said_at_its_place() {
    let home = Home::new();
    home.put(
        "jixiao.toml",
        "[review]\nvoices = \"财政核定\"\nvoice = \"财政\"\naccept_typed_scores = \"是\"\n\n[checks]\n\
         mute = [\"over-achived\"]\n[limits]\njobs = 0\n[letter]\nissuer = \"某县财政局\"\n",
    );
    let output = home.run(&["score", "自评.xlsx"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!home.at("自评.已评分.xlsx").exists(), "nothing is scored");
    let said = said(&output).replace(home.0.path().to_str().expect("a path"), "DIR");
    insta::assert_snapshot!("settings_faults", said);
    home.put("jixiao.toml", "[folders\n");
    let output = home.run(&["check", "自评.xlsx"]);
    assert!(self::said(&output).contains("jixiao.toml:1:"), "{}", self::said(&output));
}

#[test]
fn a_path_that_is_not_there_is_said_at_its_place() {
    let home = Home::new();
    home.put("jixiao.toml", "[mappings]\nfiles = [\"没有.toml\"]\n");
    let output = home.run(&["score", "自评.xlsx"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("jixiao.toml:2:10"), "{}", said(&output));
    home.put("jixiao.toml", "[folders]\ninbox = \"收\"\noutbox = \"果\"\n");
    let score = home.run(&["check", "自评.xlsx"]);
    assert_eq!(
        score.status.code(),
        Some(0),
        "a command that does not use it is not stopped: {}",
        said(&score)
    );
    let watch = home.run(&["watch", "--once"]);
    assert_eq!(watch.status.code(), Some(2));
    assert!(said(&watch).contains("jixiao.toml:2:9") && said(&watch).contains("不存在"), "{}", said(&watch));
    assert!(!home.at("收").exists(), "none is made");
    let unsaid = Home::new().run(&["watch", "--once"]);
    assert_eq!(unsaid.status.code(), Some(2));
    assert!(said(&unsaid).contains("--inbox") && said(&unsaid).contains("[folders]"), "{}", said(&unsaid));
}

#[test]
fn keys_are_where_they_are_set() {
    let home = Home::new();
    home.put("jixiao.toml", "[keys]\ndir = \"钥匙\"\n");
    let without = |args: &[&str]| {
        let state = home.at("用户状态");
        home.command(args).env_remove("JIXIAO_KEYS").env("XDG_STATE_HOME", state).output().expect("it runs")
    };
    let away = without(&["score", "自评.xlsx"]);
    assert_eq!(away.status.code(), Some(2), "no new key in place of one that is away: {}", said(&away));
    assert!(said(&away).contains("jixiao.toml:2:7") && !home.at("用户状态").exists(), "{}", said(&away));
    assert_eq!(without(&["key", "init"]).status.code(), Some(0));
    let secret = fs::read(home.at("钥匙/installation.key")).expect("the key that was made");
    let scored = without(&["score", "自评.xlsx"]);
    assert_eq!(scored.status.code(), Some(0), "{}", said(&scored));
    assert!(!home.at("用户状态").exists());
    let proved = |output: &Output| String::from_utf8_lossy(&output.stdout).contains("写入的内容未被改动");
    assert!(proved(&without(&["verify", "自评.已评分.xlsx"])));
    assert!(!proved(&home.run(&["verify", "自评.已评分.xlsx"])), "the environment goes before the file");
    assert!(
        proved(&home.run(&["verify", "自评.已评分.xlsx", "--keys", "钥匙"])),
        "and the option before both"
    );
    assert_eq!(fs::read(home.at("钥匙/installation.key")).expect("the key"), secret);
}

#[test]
fn a_service_reads_what_stands_beside_its_inbox_first() {
    let home = Home::new();
    for folder in ["别处", "别处/收", "别处/复核", "别处/果", "别处/日志"] {
        fs::create_dir(home.at(folder)).expect("a folder");
    }
    let text = "[folders]\nreviewer_inbox = \"复核\"\noutbox = \"果\"\nlog = \"日志\"\n\
                [limits]\nsettle_seconds = 0\njobs = 1\nsize_mb = 1\n";
    home.put("别处/jixiao.toml", text);
    home.put("jixiao.toml", "[folders]\noutbox = \"不对\"\n");
    fs::copy(home.at("自评.xlsx"), home.at("别处/收/甲.xlsx")).expect("a submission");
    fs::copy(home.at("自评.xlsx"), home.at("别处/复核/乙.xlsx")).expect("a submission");
    fs::write(home.at("别处/收/大.xlsx"), vec![7_u8; 1024 * 1024 + 1]).expect("a large file");
    let run = home.run(&["watch", "--once", "--inbox", "别处/收"]);
    assert_eq!(run.status.code(), Some(3), "the large one: {}", said(&run));
    for name in ["甲", "乙"] {
        assert!(home.at(&format!("别处/果/{name}.已评分.xlsx")).exists(), "{name}: {}", said(&run));
    }
    let log =
        fs::read_dir(home.at("别处/日志")).expect("logs").next().expect("a log").expect("an entry").path();
    let log = fs::read_to_string(log).expect("the log");
    assert!(log.contains("settings") && log.contains("别处/jixiao.toml") && log.contains("jobs=1"), "{log}");
    let run = home.run(&[
        "watch",
        "--once",
        "--config",
        "别处/jixiao.toml",
        "--inbox",
        "别处/收",
        "--outbox",
        "别处/二",
    ]);
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
    assert!(home.at("别处/二").exists(), "what is told on the command line is made");
}

fn document(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

fn up_to_date(name: &str, expected: &str) {
    let path = document(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, expected).expect("the document is written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "docs/{name} is stale: run `UPDATE_DOCS=1 cargo test settings`");
}

#[test]
fn the_documents_are_up_to_date() {
    let schema = serde_json::to_string_pretty(&jixiao::inner::settings::schema()).expect("a schema");
    up_to_date("settings.schema.json", &format!("{schema}\n"));
    let text = fs::read_to_string(document("settings.md")).expect("the document");
    let (tutorial, _) = text.split_once(reference::MARK).expect("the mark");
    up_to_date(
        "settings.md",
        &format!("{tutorial}{}\n\n{}", reference::MARK, jixiao::inner::settings::reference()),
    );
}

#[test]
fn the_example_of_the_document_is_sound() {
    let text = fs::read_to_string(document("settings.md")).expect("the document");
    let example =
        text.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    let home = Home::new();
    for folder in ["in", "review", "out", "keys"] {
        fs::create_dir(home.at(folder)).expect("a folder");
    }
    home.put("county.toml", "schema = 1\nname = \"county\"\nkind = \"common\"\n");
    home.put("jixiao.toml", example);
    let run = home.run(&["watch", "--once"]);
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
}
