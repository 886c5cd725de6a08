//! The years before of the same project: the register has them for their owner, and for nobody else who types the name.

use std::fs;

use serde_json::Value;

use super::Place;
use crate::standards::{BEFORE, NOW, year_of};
use crate::support::indicator;

const NAME: &str = "摆渡人次";

fn form(agency: &str, year: u16, rows: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::read(year_of(folder.path(), "form", agency, year, rows)).expect("the form")
}

impl Place {
    /// What comes of a form that is dropped under this name.
    fn dropped(&self, name: &str, bytes: &[u8], day: &str) -> Value {
        self.drop(&format!("{name}.xlsx"), bytes);
        self.serve_on(day, &[]);
        self.json(&format!("out/回执数据/{name}.回执.json"))["cases"][0].clone()
    }
}

fn taken(case: &Value) -> Option<&str> {
    let findings = case["findings"].as_array().expect("findings");
    findings
        .iter()
        .find(|finding| finding["id"] == "past-taken")
        .and_then(|finding| finding["message"].as_str())
}

#[test]
fn last_years_return_is_its_owners_and_nobody_elses() {
    let place = Place::new();
    place.dropped("甲2022", &form("某县交通局", 2022, BEFORE), "2026-01-01");

    // 51000 ÷ 48600 − 1 is 4.938 %.
    let case = place.dropped("甲2023", &form("某县交通局", 2023, NOW), "2026-01-02");
    assert_eq!(indicator(&case, NAME)["score"], "49.94");
    let said = taken(&case).expect("where it comes from");
    assert!(
        said.contains("48600人次") && said.contains("甲2022.已评分.xlsx") && said.contains("未经复核"),
        "{said}"
    );

    // Another agency with a project of the same name.
    let case = place.dropped("乙2023", &form("某县水利局", 2023, NOW), "2026-01-03");
    assert_eq!((&indicator(&case, NAME)["state"], taken(&case)), (&Value::from("pending"), None));

    // The same names typed by whoever came in by another account.
    let returns = fs::read_dir(place.at("state/returns")).expect("the register");
    let notes =
        returns.filter_map(|entry| Some(entry.ok()?.path().join("return.json"))).filter(|note| note.exists());
    for note in notes {
        let mut json: Value = serde_json::from_slice(&fs::read(&note).expect("a note")).expect("JSON");
        let account = json["account"].as_u64().expect("an account");
        json["account"] = Value::from(account + 1);
        fs::write(&note, json.to_string()).expect("written");
    }
    let other = form("某县交通局", 2023, &NOW.replace("5.1万人次", "5.2万人次"));
    let case = place.dropped("丙2023", &other, "2026-01-04");
    assert_eq!((&indicator(&case, NAME)["state"], taken(&case)), (&Value::from("pending"), None));
}
