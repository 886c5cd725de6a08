//! Killed anywhere: every file in exactly one place, every result whole, nothing twice.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use super::{Place, form, sha256};

/// Kills of a usual run; `JIXIAO_KILLS` raises them.
const KILLS: usize = 12;
/// Files in flight.
const FLIGHT: usize = 20;

/// A small generator; its seed is said when the test fails.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
fn killed_at_any_moment_nothing_is_lost_or_done_twice() {
    kill(&Place::with_reviewers(), number("JIXIAO_KILLS").unwrap_or(KILLS));
}

/// Results are copied, then: between the copy and the end of the original there are two.
#[cfg(target_os = "linux")]
#[test]
fn killed_with_the_outbox_on_another_disk_nothing_is_lost_or_done_twice() {
    use std::os::unix::fs::MetadataExt as _;
    let place = Place::with_reviewers();
    let device = |path: &std::path::Path| std::fs::metadata(path).map(|found| found.dev()).ok();
    let memory = std::path::Path::new("/dev/shm");
    if device(memory).is_none() || device(memory) == device(place.base.path()) {
        eprintln!("skipped: there is no other file system to write to");
        return;
    }
    let elsewhere = tempfile::tempdir_in(memory).expect("a folder on another file system");
    std::fs::remove_dir(place.at("out")).expect("no folder");
    std::os::unix::fs::symlink(elsewhere.path(), place.at("out")).expect("a link in its place");
    kill(&place, number("JIXIAO_KILLS").unwrap_or(KILLS / 2));
}

fn kill(place: &Place, kills: usize) {
    let seed = number("JIXIAO_SEED").map_or_else(
        || {
            SystemTime::now()
                .duration_since(SystemTime::UNIX_EPOCH)
                .map_or(1, |now| u64::from(now.subsec_nanos()) | 1)
        },
        |seed| seed as u64,
    );
    eprintln!("JIXIAO_SEED={seed}");
    let mut chance = Chance(seed);
    let doors = place.reviewers();
    let doors = doors.each_ref().map(String::as_str);
    let mut dropped: BTreeMap<String, usize> = BTreeMap::new();
    let mut distinct = 0;
    let mut rejected = 0;
    let mut wave = 0;
    for kill in 0..kills {
        // Not asked of the status: a service that was killed at once has not yet said whom it serves.
        if place.names("in").len() < 4 {
            let twin = form(&format!("项目{wave}"));
            for at in 0..FLIGHT {
                // Two of a wave are the same, one is no workbook.
                let (name, bytes) = match at {
                    0 | 1 => (format!("{wave}-同{at}.xlsx"), twin.clone()),
                    2 => (format!("{wave}-坏.xlsx"), format!("不是工作簿 {wave}").into_bytes()),
                    at => (format!("{wave}-{at}.xlsx"), form(&format!("项目{wave}-{at}"))),
                };
                distinct += usize::from(at > 2 || at == 0);
                rejected += usize::from(at == 2);
                *dropped.entry(sha256(&bytes)).or_insert(0) += 1;
                // Some are the reviewers'.
                if at % 5 == 4 { place.review(&name, &bytes) } else { place.drop(&name, &bytes) }
            }
            wave += 1;
        }
        let mut service = place.start(&doors);
        // Long enough for some work, at a moment that is as likely in one step as in another.
        std::thread::sleep(Duration::from_millis(30 + chance.below(600)));
        service.0.kill().expect("SIGKILL");
        service.0.wait().expect("it is gone");
        if kill % 16 == 0 {
            assert_eq!(place.originals(), dropped, "after kill {kill} of seed {seed}");
        }
    }
    let run = place.once(&doors);
    assert_eq!(run.status.code(), Some(if rejected == 0 { 0 } else { run.status.code().unwrap_or(70) }));
    for inbox in ["in", "review"] {
        assert_eq!(place.names(inbox), [] as [String; 0], "seed {seed}");
    }
    for name in place.names("out/回执数据").iter() {
        let receipt = place.json(&format!("out/回执数据/{name}"));
        let at = receipt["file"].as_str().and_then(|file| file.split(['-', '.']).nth(1));
        let reviewers = at.and_then(|at| at.parse::<usize>().ok()).is_some_and(|at| at % 5 == 4);
        assert_eq!(receipt["door"], if reviewers { "reviewer" } else { "inbox" }, "seed {seed}: {name}");
    }
    assert_eq!(place.originals(), dropped, "seed {seed}");
    for name in place.names("rejected").iter().filter(|name| name.ends_with(".txt")) {
        assert!(name.contains("坏"), "seed {seed}: {}", place.text(&format!("rejected/{name}")));
    }
    assert_eq!(place.results_are_whole(), distinct, "seed {seed}");
    let originals = place.names("rejected").into_iter().filter(|name| name.ends_with(".xlsx")).count();
    assert_eq!(originals, rejected, "seed {seed}");
    assert_eq!(place.status()["backlog"], 0, "seed {seed}");
    place.is_tidy();
    place.register_is_whole();
    eprintln!("{kills} kills, {} files in {wave} waves, {distinct} results", dropped.values().sum::<usize>());
}
