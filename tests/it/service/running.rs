//! A service that runs on: copies under way, many files at once, signals, two services, an inbox that goes and comes.
#![cfg(unix)]

use std::fs;
use std::io::Write as _;
use std::time::Duration;

use super::{Place, form, sha256};

#[test]
fn a_slow_copy_is_waited_for() {
    let place = Place::new();
    let bytes = form("慢项目");
    let mut service = place.start(&["--settle", "2"]);
    place.until("the service", || place.log().contains("service begins"));
    let mut slow = fs::File::create(place.at("in/慢.xlsx")).expect("a file");
    for chunk in bytes.chunks(bytes.len() / 5 + 1) {
        slow.write_all(chunk).expect("a part of the copy");
        slow.flush().expect("it is there");
        std::thread::sleep(Duration::from_millis(700));
        assert_eq!(place.names("in"), ["慢.xlsx"], "not taken while it grows");
    }
    drop(slow);
    // A browser's download: another name until it is whole.
    place.drop("下载.xlsx.crdownload", &form("下载")[..100]);
    fs::write(place.at("in/下载.xlsx.crdownload"), form("下载")).expect("the rest");
    fs::rename(place.at("in/下载.xlsx.crdownload"), place.at("in/下载.xlsx")).expect("its name");
    place.until("both results", || {
        place.at("out/慢.已评分.xlsx").exists() && place.at("out/回执数据/下载.回执.json").exists()
    });
    assert_eq!(place.status()["services"], 1);
    assert_eq!(service.end(), Some(0), "{}", place.log());
    assert_eq!(place.results_are_whole(), 2);
    assert_eq!(place.names("rejected"), [] as [String; 0]);
    place.is_tidy();
}

#[test]
fn many_files_at_once_are_all_served() {
    let count: usize = std::env::var("JIXIAO_MANY").ok().and_then(|n| n.parse().ok()).unwrap_or(40);
    let place = Place::new();
    let mut service = place.start(&[]);
    let forms: Vec<Vec<u8>> = (0..count).map(|number| form(&format!("项目{number}"))).collect();
    for (number, bytes) in forms.iter().enumerate() {
        place.drop(&format!("{number}.xlsx"), bytes);
    }
    place.until("all results", || place.status()["scored"].as_u64() == Some(count as u64));
    assert_eq!(service.end(), Some(0));
    assert_eq!(place.results_are_whole(), count);
    for bytes in &forms {
        assert_eq!(place.originals().get(&sha256(bytes)), Some(&1));
    }
    place.is_tidy();
}

#[test]
fn a_signal_finishes_or_puts_back() {
    let place = Place::new();
    for number in 0..20 {
        place.drop(&format!("{number}.xlsx"), &form(&format!("项目{number}")));
    }
    let mut service = place.start(&[]);
    place.until("a first result", || place.names("out").iter().any(|name| name.ends_with(".xlsx")));
    assert_eq!(service.end(), Some(0));
    let done = place.results_are_whole();
    assert_eq!(place.names("in").len() + done, 20, "the rest is where it was");
    assert!(done < 20, "it ended with work left");
    place.is_tidy();
    assert_eq!(place.once(&[]).status.code(), Some(0));
    assert_eq!(place.results_are_whole(), 20);
}

#[test]
fn a_signal_to_all_processes_hands_nothing_back() {
    use std::os::unix::process::CommandExt as _;
    let place = Place::new();
    for number in 0..8 {
        place.drop(&format!("{number}.xlsx"), &form(&format!("项目{number}")));
    }
    let log = fs::File::create(place.at("log")).expect("a log");
    let mut service =
        super::Running(place.command(&[]).process_group(0).stderr(log).spawn().expect("it runs"));
    place.until("work", || place.names("out").iter().any(|name| name.ends_with(".xlsx")));
    let group = format!("-{}", service.0.id());
    let kill = std::process::Command::new("kill").args(["-INT", "--", &group]).status().expect("kill");
    assert!(kill.success());
    assert_eq!(service.0.wait().expect("it ends").code(), Some(0));
    assert_eq!(place.names("rejected"), [] as [String; 0], "{}", place.log());
    assert_eq!(place.names("in").len() + place.results_are_whole(), 8);
    place.is_tidy();
}

#[test]
fn two_services_share_an_inbox() {
    let place = Place::new();
    let mut services = [place.start(&[]), place.start(&["--poll"])];
    let forms: Vec<Vec<u8>> = (0..20).map(|number| form(&format!("项目{number}"))).collect();
    // Some are the same.
    for (number, bytes) in forms.iter().cycle().take(24).enumerate() {
        place.drop(&format!("{number}.xlsx"), bytes);
    }
    place.until("an empty inbox", || {
        let status = place.status();
        status["backlog"] == 0 && status["processing"] == 0
    });
    for service in &mut services {
        assert_eq!(service.end(), Some(0), "{}", place.log());
    }
    assert_eq!(place.results_are_whole(), 20);
    assert_eq!(place.originals().values().sum::<usize>(), 24);
    assert!(!place.log().contains("ERROR"), "{}", place.log());
    place.is_tidy();
}

#[test]
fn an_inbox_that_is_deleted_and_made_again_is_served() {
    for more in [&["--poll"][..], &[]] {
        let place = Place::new();
        let mut service = place.start(more);
        place.drop("前.xlsx", &form("前"));
        place.until("the first", || place.at("out/回执数据/前.回执.json").exists());
        fs::remove_dir(place.at("in")).expect("the inbox goes");
        if more.is_empty() {
            // Gone and back before anybody looked.
            fs::create_dir(place.at("in")).expect("the inbox comes");
        } else {
            place.until("the service to notice", || place.log().contains("cannot be read"));
            fs::create_dir(place.at("in")).expect("the inbox comes");
        }
        place.drop("后.xlsx", &form("后"));
        place.until("the second", || place.at("out/回执数据/后.回执.json").exists());
        assert_eq!(service.end(), Some(0));
        assert_eq!(place.results_are_whole(), 2);
    }
}
