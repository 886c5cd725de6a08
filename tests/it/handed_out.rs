//! What is handed out (`dist`) says the same in all places.

use std::fs;
use std::path::Path;

fn table(path: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).expect("the file").parse().expect("TOML")
}

#[test]
fn a_licence_is_allowed_in_what_is_handed_out_where_it_is_allowed_at_all() {
    let (deny, about) = (table("deny.toml"), table("dist/licences/about.toml"));
    assert_eq!(deny["licenses"]["allow"], about["accepted"]);
}

#[test]
fn the_crates_of_the_project_have_one_version() {
    let (own, windows) = (table("Cargo.toml"), table("crates/windows/Cargo.toml"));
    assert_eq!(own["package"]["version"], windows["package"]["version"]);
    let wanted = &own["target"]["cfg(windows)"]["dependencies"]["jixiao-windows"]["version"];
    assert_eq!(wanted, &windows["package"]["version"]);
    assert_eq!(own["package"]["rust-version"], windows["package"]["rust-version"]);
}
