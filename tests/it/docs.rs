//! The generated documents are what the code says. `UPDATE_DOCS=1 cargo test docs` writes them anew.

use std::fs;
use std::path::Path;

use jixiao::inner::model::FindingId;
use jixiao::inner::output::{json, reference};

fn is_current(name: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, generated).expect("the document is written");
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "docs/{name} is stale: run `UPDATE_DOCS=1 cargo test docs`");
}

#[test]
fn the_reference_of_findings_is_current() {
    is_current("findings.md", &reference::findings());
}

#[test]
fn the_schema_of_the_json_is_current() {
    is_current("output.schema.json", &json::schema());
}

#[test]
fn findings_are_sorted_documented_and_named_in_kebab_case() {
    let ids: Vec<&str> = FindingId::ALL.iter().map(|id| id.id()).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
    for id in FindingId::ALL {
        assert!(id.id().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", id.id());
        assert!(!id.doc().is_empty() && !id.title().is_empty() && !id.rule().is_empty(), "{}", id.id());
        assert!(id.remedy().ends_with('。'), "{} has no remedy", id.id());
    }
}
