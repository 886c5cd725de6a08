//! The import law of ARCHITECTURE.md: a room uses only rooms above it in the list.

use std::fs;
use std::path::{Path, PathBuf};

/// Top to bottom as in ARCHITECTURE.md: a room may use itself and what stands before it.
const ROOMS: &[&str] = &[
    "base",
    "words",
    "package",
    "docx",
    "xlsx",
    "sheet",
    "model",
    "notation",
    "expr",
    "rule",
    "criterion",
    "mapping",
    "settings",
    "form",
    "ledger",
    "score",
    "reconcile",
    "check",
    "proof",
    "issue",
    "returned",
    "letter",
    "present",
    "narrative",
    "output",
    "pipeline",
    "export",
    "intake",
    "service",
    "page",
    "scorer",
    "cli",
];

/// These three never use each other.
const PEERS: &[&str] = &["score", "reconcile", "check"];

/// All sources below a folder.
pub(crate) fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// A file has fewer lines.
const LONGEST: usize = 400;

/// A file that nobody can hold in their head hides what it does twice.
#[test]
fn a_source_has_fewer_than_four_hundred_lines() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    for file in files {
        let lines = fs::read_to_string(&file).expect("a source").lines().count();
        assert!(lines < LONGEST, "{} has {lines} lines: split it", file.display());
    }
}

fn room_of(source: &Path, file: &Path) -> String {
    let inside = file.strip_prefix(source).expect("a file of src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The room names after every `crate::` of a text: in `use`, in groups and inline.
fn uses(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for after in text.split("crate::").skip(1) {
        let after = after.trim_start();
        if let Some(group) = after.strip_prefix('{') {
            let mut depth = 1_usize;
            let mut name = String::new();
            let mut names = Vec::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth == 1 => names.push(std::mem::take(&mut name)),
                    _ if depth == 1 => name.push(c),
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            names.push(name);
            found.extend(
                names
                    .iter()
                    .map(|n| n.trim().split("::").next().unwrap_or("").to_owned())
                    .filter(|n| !n.is_empty()),
            );
        } else {
            found.push(after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found
}

fn breaks_of(room: &str, text: &str) -> Vec<String> {
    let rank = |name: &str| ROOMS.iter().position(|r| *r == name);
    let Some(own) = rank(room) else { return Vec::new() };
    uses(text)
        .into_iter()
        .filter(|used| {
            rank(used).is_some_and(|r| r > own)
                || (used != room && PEERS.contains(&room) && PEERS.contains(&used.as_str()))
        })
        .collect()
}

#[test]
fn a_room_uses_only_rooms_above_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    assert!(files.len() > 10, "the sources were found");
    let mut breaks = Vec::new();
    for file in files {
        let room = room_of(&source, &file);
        if room == "lib" || room == "main" {
            continue;
        }
        assert!(ROOMS.contains(&room.as_str()), "room {room} is not in the list");
        let text = fs::read_to_string(&file).expect("a source file");
        let depth = file.strip_prefix(&source).expect("inside src").components().count();
        for climb in 1..6 {
            // `super::` repeated often enough to leave the room would hide a use from this test.
            let leaves = text.contains(&"super::".repeat(climb)) && climb >= depth && depth > 1;
            let module_root =
                file.file_name().is_some_and(|n| n == "mod.rs") && climb + 1 >= depth && depth > 1;
            if leaves
                || (module_root && text.contains(&"super::".repeat(climb)) && !text.contains("mod tests"))
            {
                breaks.push(format!("{}: climbs out of its room", file.display()));
            }
        }
        for used in breaks_of(&room, &text) {
            breaks.push(format!("{}: {room} uses {used}", file.display()));
        }
    }
    assert!(breaks.is_empty(), "{breaks:#?}");
}

/// The rooms inside `criterion`, in the order in which a text goes through them; `checklist` stands beside `meaning`.
const CRITERION: &[&str] = &["text", "grammar", "checklist", "meaning", "assembly"];

/// The room of `criterion` that a file is in, and those it uses that come after its own.
fn breaks_in_criterion(room: &str, text: &str) -> Vec<String> {
    let rank = |name: &str| CRITERION.iter().position(|r| *r == name);
    let own = rank(room);
    let used = text
        .split("crate::criterion::")
        .skip(1)
        .map(|after| after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>());
    used.filter(|used| {
        let beside = [room, used.as_str()] == ["meaning", "checklist"];
        rank(used) > own || beside
    })
    .collect()
}

#[test]
fn a_room_of_criterion_uses_only_those_before_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/criterion");
    let mut breaks = Vec::new();
    for room in CRITERION.iter().filter(|room| source.join(room).is_dir()) {
        let mut files = Vec::new();
        rust_files(&source.join(room), &mut files);
        assert!(!files.is_empty(), "{room}");
        for file in files {
            let text = fs::read_to_string(&file).expect("a source file");
            for used in breaks_in_criterion(room, &text) {
                breaks.push(format!("{}: {room} uses {used}", file.display()));
            }
        }
    }
    assert!(breaks.is_empty(), "{breaks:#?}");
    assert_eq!(breaks_in_criterion("grammar", "use crate::criterion::meaning::draft::Draft;"), ["meaning"]);
    assert_eq!(breaks_in_criterion("meaning", "use crate::criterion::checklist::items;"), ["checklist"]);
    assert!(breaks_in_criterion("meaning", "use crate::criterion::text::plain::Plain;").is_empty());
}

#[test]
fn the_law_sees_a_break() {
    assert_eq!(breaks_of("base", "use crate::model::Case;"), ["model"]);
    assert_eq!(breaks_of("score", "use crate::{base::{Error, Result}, check};"), ["check"]);
    assert_eq!(breaks_of("sheet", "fn f() { crate::form::read() }"), ["form"]);
    assert!(breaks_of("form", "use crate::model::Case;").is_empty());
    assert!(breaks_of("reconcile", "crate::score::run(); crate::reconcile::run()").len() == 1);
}
