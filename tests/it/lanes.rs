//! Every module of tests has one lane, so that no test is left out where lanes are run one by one.

use std::collections::BTreeSet;

const LANES: [&str; 7] = ["quick", "fast", "office", "service", "page", "cluster", "recipes"];

fn modules() -> BTreeSet<&'static str> {
    let lines = include_str!("main.rs").lines();
    lines.filter_map(|line| line.strip_prefix("mod ")?.strip_suffix(';')).collect()
}

#[test]
fn every_module_has_one_lane() {
    let table = include_str!("../lanes.tsv").lines().skip(1).filter(|line| !line.starts_with('#'));
    let rows: Vec<(&str, &str)> = table.map(|line| line.split_once('\t').expect("two columns")).collect();
    let named: BTreeSet<&str> = rows.iter().map(|(module, _)| *module).collect();
    assert_eq!(named, modules());
    assert_eq!(named.len(), rows.len(), "a module has two lanes");
    assert!(rows.iter().all(|(_, lane)| LANES.contains(lane)), "{rows:?}");
}

/// Filters are found anywhere in the name of a test: a lane would run what belongs to another.
#[test]
fn no_name_of_a_module_ends_with_one_of_another_lane() {
    let table = include_str!("../lanes.tsv").lines().skip(1).filter(|line| !line.starts_with('#'));
    let rows: Vec<(&str, &str)> = table.map(|line| line.split_once('\t').expect("two columns")).collect();
    // These run together.
    let lane = |lane| if lane == "quick" { "fast" } else { lane };
    for (module, its) in &rows {
        let twice = rows
            .iter()
            .find(|(other, whose)| other != module && other.ends_with(module) && lane(whose) != lane(its));
        assert_eq!(twice, None, "{module} of {its}");
    }
}

/// The test command runs each of them, and the machine that checks changes calls the test command.
#[test]
fn every_lane_is_run() {
    let command = include_str!("../../test");
    assert!(LANES.iter().chain(&["dist"]).all(|lane| command.contains(&format!("./test {lane} "))));
    let all = command.lines().find(|line| line.trim_start().starts_with("all)")).expect("all lanes");
    assert!(
        all.contains("fast")
            && ["office", "service", "page", "cluster", "recipes"]
                .iter()
                .all(|lane| all.contains(&format!("run {lane}")))
    );
    assert!(command.contains("run quick fast"));
    let checks = include_str!("../../.ci/run");
    let called = checks.lines().filter_map(|line| line.strip_prefix("lane ")?.split_once(' '));
    let called: Vec<(u32, &str)> =
        called.map(|(minutes, lane)| (minutes.parse().expect("minutes"), lane)).collect();
    assert_eq!(
        called.iter().map(|(_, lane)| *lane).collect::<Vec<_>>(),
        ["fast", "office", "service", "page", "cluster", "recipes"]
    );
    assert!(called.iter().map(|(minutes, _)| minutes).sum::<u32>() <= 60);
}
