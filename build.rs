//! Puts the commit into `jixiao --version`, where the sources come with their history, and makes the classes of words of
//! `mappings/words`: as constants they cost nothing to load, and what is wrong with them does not build.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

#[path = "src/words/data.rs"]
mod data;

/// The words, as data.
const WORDS: &str = "mappings/words";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=.git/HEAD");
    println!("cargo::rerun-if-changed=.git/refs/heads");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/words/data.rs");
    println!("cargo::rerun-if-changed={WORDS}");
    println!("cargo::rustc-env=JIXIAO_VERSION={}", version());
    let mut files = Vec::new();
    for entry in fs::read_dir(WORDS)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((name, fs::read_to_string(&path)?));
    }
    files.sort();
    let classes = data::read(&files).map_err(|faults| format!("{WORDS}:\n{}", faults.join("\n")))?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("words.rs"), code(&classes))?;
    Ok(())
}

fn version() -> String {
    let commit = Command::new("git")
        .args(["rev-parse", "--short=10", "HEAD"])
        .output()
        .ok()
        .filter(|output| output.status.success())
        .and_then(|output| String::from_utf8(output.stdout).ok())
        .map(|text| text.trim().to_owned())
        .filter(|text| !text.is_empty());
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    commit.map_or_else(|| version.clone(), |commit| format!("{version} ({commit})"))
}

/// `step-below` becomes `Class::StepBelow` and `list::STEP_BELOW`, each with its meaning.
fn code(classes: &[data::Class]) -> String {
    let (mut variants, mut lists, mut listed) = (String::new(), String::new(), String::new());
    for data::Class { file, name, typed } in classes {
        let data::Typed { meaning, open, words } = typed;
        let (variant, constant) = (camel(name), name.to_uppercase().replace('-', "_"));
        let open = open.map_or_else(|| "None".to_owned(), |open| format!("Some(Open::{open:?})"));
        let _ = writeln!(variants, "#[doc = {meaning:?}]\n{variant},");
        let _ = writeln!(
            lists,
            "#[doc = {meaning:?}]\npub(crate) const {constant}: &Lexicon = &Lexicon::new(&{words:?});"
        );
        let _ = writeln!(
            listed,
            "Listed {{ class: Class::{variant}, name: {name:?}, file: {file:?}, meaning: {meaning:?}, open: {open}, \
             words: list::{constant} }},"
        );
    }
    format!(
        "/// A class of words that mean one thing. What it means is said where its words stand, in `{WORDS}`.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\n\
         pub enum Class {{\n{variants}}}\n\
         /// The lists by the names of their classes.\n\
         pub(crate) mod list {{\nuse super::Lexicon;\n{lists}}}\n\
         /// The classes, in the order of their names in code.\n\
         static LISTED: &[Listed] = &[{listed}];\n"
    )
}

fn camel(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    name.split('-').map(part).collect()
}
