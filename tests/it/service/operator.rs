//! What an operator does with a service: two on one inbox, mappings that change, what was handed back tried again, old things
//! removed, a message where somebody is needed, a backup that is put back.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{Place, form};
use crate::support::workbook;

const MAPPING: &str = "schema = 1\nname = \"own\"\nkind = \"score-sheet\"\nextends = \"score-sheet\"\n";

fn watch(args: &[&str], folder: &Path) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao")).arg("watch").args(args).arg(folder).output();
    let output = output.expect("the program");
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8"))
}

#[test]
fn a_second_service_with_other_settings_is_refused() {
    let place = Place::new();
    let mut first = place.start(&[]);
    place.until("the service", || place.log().contains("service begins"));
    let mapping = place.keys.path().join("own.toml");
    fs::write(&mapping, MAPPING).expect("a mapping");
    let refused = place.once(&["--mapping", mapping.to_str().expect("a path")]);
    let said = String::from_utf8(refused.stderr).expect("UTF-8");
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("另一个服务正在处理这里的材料，评分的设置"), "{said}");
    // One that is told the same serves beside it.
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert_eq!(first.end(), Some(0));
    // The first is gone: the settings may be others.
    let again = place.once(&["--mapping", mapping.to_str().expect("a path")]);
    assert_eq!(again.status.code(), Some(0), "{}", String::from_utf8_lossy(&again.stderr));
}

#[test]
fn a_second_service_of_other_folders_on_one_inbox_is_refused() {
    let place = Place::new();
    let elsewhere = place.at("elsewhere");
    let base = elsewhere.to_str().expect("a path");
    let mut first = place.start(&[]);
    place.until("the service", || place.log().contains("service begins"));
    let refused = place.once(&["--base", base]);
    let said = String::from_utf8(refused.stderr).expect("UTF-8");
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("已有另一个服务在处理，它的归档等文件夹在别处"), "{said}");
    // One of the same folders serves beside it.
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert_eq!(first.end(), Some(0));
    assert_eq!(place.once(&["--base", base]).status.code(), Some(0), "the first is gone");
}

#[test]
fn a_mapping_that_changes_is_read_again_while_the_service_runs() {
    let place = Place::new();
    let mapping = place.keys.path().join("own.toml");
    fs::write(&mapping, MAPPING).expect("a mapping");
    let mut service = place.start(&["--mapping", mapping.to_str().expect("a path")]);
    place.until("the service", || place.log().contains("service begins"));
    fs::write(&mapping, "schema = 1\nname = ").expect("a broken mapping");
    place.until("the fault", || place.log().contains("settings or mappings are wrong"));
    fs::write(&mapping, format!("{MAPPING}# mended\n")).expect("a mapping");
    place.until("the mapping", || place.log().contains("settings or mappings are read again"));
    place.drop("甲.xlsx", &form("甲"));
    place.until("the result", || place.at("out/回执数据/甲.回执.json").exists());
    assert_eq!(service.end(), Some(0), "{}", place.log());
}

#[test]
fn what_was_handed_back_is_tried_again_by_one_command() {
    let place = Place::new();
    place.drop("坏.xlsx", b"no workbook");
    fs::create_dir(place.at("in/材料")).expect("a folder");
    fs::write(place.at("in/材料/坏.xlsx"), b"no workbook either").expect("a file");
    place.once(&[]);
    place.drop("坏.xlsx", b"no workbook, again");
    place.once(&[]);
    assert!(place.names("rejected").contains(&"坏(2).xlsx".to_owned()), "{:?}", place.names("rejected"));
    fs::write(place.at("rejected/私人.xlsx"), b"of a person").expect("a file");
    let (code, said) = watch(&["--retry"], place.base.path());
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("移回收件文件夹：3 份") && said.contains("没有移动：私人.xlsx"), "{said}");
    assert_eq!(place.names("in"), ["坏(2).xlsx", "坏.xlsx", "材料"]);
    assert_eq!(place.names("rejected"), ["私人.xlsx"], "receipts are gone with what they were of");
    // A name that is taken in the inbox stays where it is.
    place.once(&[]);
    place.drop("坏.xlsx", b"another");
    let (code, said) = watch(&["--retry"], &place.at("in"));
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("没有移动：坏.xlsx"), "{said}");
}

#[test]
fn what_is_old_goes_where_the_settings_say_so() {
    let place = Place::new();
    place.drop("甲.xlsx", &form("甲"));
    place.once(&[]);
    assert_eq!(place.names("archive"), ["2026-01-01"]);
    fs::create_dir(place.at("archive/2020-05-01")).expect("a day");
    fs::write(place.at("archive/2020-05-01/旧.xlsx"), b"old").expect("a file");
    fs::create_dir(place.at("archive/另存")).expect("a person's folder");
    let record = "{\"schema\":1,\"source\":\"旧.xlsx\",\"version\":\"0\",\"result\":\"旧\",\"at\":\"2020-05-01T00:00:00Z\"}";
    fs::write(place.at("state/旧.json"), record).expect("a record");
    fs::write(place.at("jixiao.toml"), "[keep]\narchive_days = 365\nstate_days = 365\n").expect("settings");
    place.once(&[]);
    assert_eq!(place.names("archive"), ["2026-01-01", "另存"]);
    assert!(!place.at("state/旧.json").exists());
    assert_eq!(place.status()["scored"], 1, "what is not old stays known");
}

#[test]
fn somebody_is_told_where_room_is_short() {
    let place = Place::new();
    let told = place.keys.path().join("told");
    let settings = format!(
        "[limits]\nfree_mb = 4294967295\n[alert]\ncommand = [\"sh\", \"-c\", 'echo \"$1\" >> {}', \"sh\"]\n",
        told.display()
    );
    fs::write(place.at("jixiao.toml"), settings).expect("settings");
    let mut service = place.start(&[]);
    let said = || fs::read_to_string(&told).unwrap_or_default();
    place.until("the message", || said().lines().count() >= 2);
    assert!(said().contains("磁盘空间不足"), "{}", said());
    let (code, text) = watch(&["--status"], place.base.path());
    assert_eq!(code, Some(1), "{text}");
    assert!(text.contains("磁盘空间不足"), "{text}");
    assert_eq!(service.end(), Some(0));
    assert_eq!(said().lines().count(), 2, "the same is told once: {}", said());
}

#[test]
fn somebody_is_told_of_a_submission_that_is_handed_back() {
    let place = Place::new();
    let told = place.keys.path().join("told");
    let settings =
        format!("[alert]\ncommand = [\"sh\", \"-c\", 'echo \"$1\" >> {}', \"sh\"]\n", told.display());
    fs::write(place.at("jixiao.toml"), settings).expect("settings");
    let mut service = place.start(&[]);
    place.drop("甲.xlsx", &form("甲"));
    place.drop("坏.xlsx", b"no workbook");
    let said = || fs::read_to_string(&told).unwrap_or_default();
    place.until("the message", || said().ends_with('\n'));
    place.until("the result", || place.at("out/回执数据/甲.回执.json").exists());
    assert_eq!(service.end(), Some(0));
    let said = said();
    assert_eq!(said.lines().count(), 1, "what is scored tells nobody: {said}");
    assert!(said.starts_with("“坏.xlsx”未能评分，已退回："), "{said}");
    let why = place.json("rejected/回执数据/坏.回执.json")["message"].as_str().map(str::to_owned);
    assert!(why.is_some_and(|why| said.contains(&why)), "{said}");
}

#[test]
fn two_inputs_of_one_stem_have_results_that_tell_them_apart() {
    let place = Place::new();
    fs::copy(workbook("东湖区-办公大厅运行维护费-2021.xls"), place.at("in/大厅.xls")).expect("copied");
    place.drop("大厅.xlsx", &form("大厅"));
    place.once(&[]);
    let results: Vec<String> =
        place.names("out").into_iter().filter(|name| name.ends_with(".xlsx")).collect();
    assert_eq!(results, ["大厅.xls.已评分.xlsx", "大厅.已评分.xlsx"]);
    assert_eq!(place.json("out/回执数据/大厅.xls.回执.json")["file"], "大厅.xls");
    let receipt = place.text("out/大厅.xls.回执.txt");
    let (lost, grade) =
        (receipt.find("未能带入：").expect("what is lost"), receipt.find("评价等级").expect("a grade"));
    assert!(lost < grade, "what is lost is said first: {receipt}");
}

/// All of a folder, to another.
fn copied(from: &Path, to: &Path) {
    let status = Command::new("cp").arg("-a").arg(format!("{}/.", from.display())).arg(to).status();
    assert!(status.expect("cp").success());
}

#[test]
fn a_backup_that_is_put_back_knows_keys_and_register() {
    let place = Place::new();
    place.drop("甲.xlsx", &form("甲"));
    place.once(&[]);
    let result = fs::read(place.at("out/甲.已评分.xlsx")).expect("the result");
    let users = |args: &[&str], base: &Path| {
        let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .arg("user")
            .args(args)
            .arg("--base")
            .arg(base)
            .output()
            .expect("a command");
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    users(&["add", "张三", "--role", "评价人员"], place.base.path());
    let backup = Place::new();
    copied(place.base.path(), backup.base.path());
    copied(place.keys.path(), backup.keys.path());
    drop(place);
    // Another machine with the backup: the same content is known, the result proves itself, the register has its return.
    backup.once(&[]);
    assert_eq!(backup.status()["returns"], 1);
    assert!(users(&["list"], backup.base.path()).contains("张三"), "users, too");
    backup.drop("又.xlsx", &form("甲"));
    backup.once(&[]);
    fs::write(backup.at("in/甲.已评分.xlsx"), result).expect("dropped again");
    backup.once(&[]);
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["verify", "--json"])
        .arg(backup.at("out/甲.已评分.xlsx"))
        .env("JIXIAO_KEYS", backup.keys.path())
        .output()
        .expect("verified");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(backup.json("out/回执数据/又.回执.json")["verdict"], "scored", "its result is elsewhere now");
}
