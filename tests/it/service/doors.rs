//! Two ways into one service: the inbox that everybody shares, and the reviewers' own.

use std::fs;

use super::{Place, form};

const DOORS: [&str; 2] = ["--reviewer-inbox", "review"];

impl Place {
    /// A service with an inbox for reviewers.
    pub(super) fn with_reviewers() -> Self {
        let place = Self::new();
        fs::create_dir(place.at("review")).expect("a folder");
        place
    }

    pub(super) fn reviewers(&self) -> [String; 2] {
        [DOORS[0].to_owned(), self.at(DOORS[1]).to_str().expect("a path").to_owned()]
    }

    fn serve(&self) -> Option<i32> {
        let [option, folder] = self.reviewers();
        self.once(&[&option, &folder]).status.code()
    }

    pub(super) fn review(&self, name: &str, bytes: &[u8]) {
        fs::write(self.at("review").join(name), bytes).expect("a file in the reviewers' inbox");
    }
}

#[test]
fn the_door_is_said_and_is_part_of_what_is_known() {
    let place = Place::with_reviewers();
    let bytes = form("甲");
    place.drop("甲.xlsx", &bytes);
    assert_eq!(place.serve(), Some(0));
    place.review("乙.xlsx", &bytes);
    place.drop("丙.xlsx", &bytes);
    assert_eq!(place.serve(), Some(0));
    place.review("丁.xlsx", &bytes);
    place.review("坏.xlsx", b"no workbook");
    assert_eq!(place.serve(), Some(3));
    let of = |file: &str| {
        let (folder, name) = file.split_once('/').expect("a folder");
        let receipt = place.json(&format!("{folder}/回执数据/{name}.回执.json"));
        (receipt["door"].as_str().map(str::to_owned), receipt["verdict"].as_str().map(str::to_owned))
    };
    let said = |door: &str, verdict: &str| (Some(door.to_owned()), Some(verdict.to_owned()));
    assert_eq!(of("out/甲"), said("inbox", "scored"));
    assert_eq!(of("out/乙"), said("reviewer", "scored"), "the same content, by another door");
    assert_eq!(of("out/丙"), said("inbox", "known"));
    assert_eq!(of("out/丁"), said("reviewer", "known"));
    assert_eq!(of("rejected/坏"), said("reviewer", "rejected"));
    assert!(place.text("out/甲.回执.txt").contains("提交来源：收件文件夹\r\n"));
    assert!(place.text("out/乙.回执.txt").contains("提交来源：复核收件文件夹\r\n"));
    assert!(place.text("rejected/坏.回执.txt").contains("重新放进复核收件文件夹"));
    assert_eq!(place.names("archive/2026-01-01"), ["丁.xlsx", "丙.xlsx", "乙.xlsx", "甲.xlsx"]);
    assert_eq!((place.names("in"), place.names("review")), (vec![], vec![]));
    place.is_tidy();
}

#[test]
fn the_doors_are_two_where_both_count() {
    let place = Place::with_reviewers();
    fs::write(place.at("jixiao.toml"), "[review]\naccept_typed_scores = true\n").expect("the settings");
    place.drop("甲.xlsx", &form("甲"));
    place.review("乙.xlsx", &form("甲"));
    assert_eq!(place.serve(), Some(0));
    for (name, door) in [("甲", "inbox"), ("乙", "reviewer")] {
        let receipt = place.json(&format!("out/回执数据/{name}.回执.json"));
        assert_eq!((&receipt["door"], &receipt["verdict"]), (&door.into(), &"scored".into()));
    }
    fs::write(place.at("jixiao.toml"), "[review]\nvoice = \"第三方初评\"\n").expect("other settings");
    place.drop("丙.xlsx", &form("甲"));
    assert_eq!(place.serve(), Some(0));
    assert_eq!(
        place.json("out/回执数据/丙.回执.json")["verdict"],
        "scored",
        "set otherwise, it is not known"
    );
}

#[cfg(unix)]
#[test]
fn what_cannot_be_served_goes_back_to_its_own_inbox() {
    let place = Place::with_reviewers();
    place.drop("甲.xlsx", &form("甲"));
    place.review("乙.xlsx", &form("乙"));
    let [option, folder] = place.reviewers();
    let command = place.command(&["--once", &option, &folder]);
    let mut limited = std::process::Command::new("sh");
    limited.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""]).arg(command.get_program());
    limited.args(command.get_args()).env("SOURCE_DATE_EPOCH", super::NEW_YEAR);
    limited.env("JIXIAO_KEYS", place.keys.path());
    assert_eq!(limited.output().expect("a limited service").status.code(), Some(4));
    assert_eq!((place.names("in"), place.names("review")), (vec!["甲.xlsx".into()], vec!["乙.xlsx".into()]));
    let status = place.status();
    assert_eq!((&status["backlog"], &status["reviewer_backlog"]), (&1.into(), &1.into()));
    assert_eq!(place.serve(), Some(0));
    assert_eq!(place.json("out/回执数据/乙.回执.json")["door"], "reviewer");
    place.is_tidy();
}

/// The claim says by which door it came, to whoever takes it over: here a service that knows no such door.
#[test]
fn a_claim_keeps_its_door_when_its_service_is_killed() {
    let place = Place::with_reviewers();
    let [option, folder] = place.reviewers();
    let mut kept = 0;
    for number in 0..40 {
        let name = format!("{number}.xlsx");
        place.review(&name, &form(&format!("项目{number}")));
        let mut service = place.start(&[&option, &folder]);
        place.until("the claim", || !place.at("review").join(&name).exists());
        service.0.kill().expect("SIGKILL");
        service.0.wait().expect("it is gone");
        kept += usize::from(!place.at(&format!("out/回执数据/{number}.回执.json")).exists());
        assert_eq!(place.once(&[]).status.code(), Some(0));
        assert_eq!(place.json(&format!("out/回执数据/{number}.回执.json"))["door"], "reviewer");
        if kept == 3 {
            break;
        }
    }
    assert_eq!(kept, 3, "claims that were under way");
    place.is_tidy();
}

#[test]
fn reviewers_do_not_share_the_inbox_of_agencies() {
    let place = Place::with_reviewers();
    for (folder, code) in [("in", 2), ("in/review", 2), ("out", 2), ("archive", 2), ("review", 0)] {
        let folder = place.at(folder);
        let run = place.once(&["--reviewer-inbox", folder.to_str().expect("a path")]);
        assert_eq!(
            run.status.code(),
            Some(code),
            "{}: {}",
            folder.display(),
            String::from_utf8_lossy(&run.stderr)
        );
    }
}
