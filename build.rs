//! Puts the commit into `jixiao --version`, where the sources come with their history, and the words of criteria into the
//! grammar, which asks for a class at nearly every character of a criterion: as constants they cost nothing to load.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde::Deserialize;

/// The words of criteria, as data.
const WORDS: &str = "mappings/words/criterion.toml";

/// A class of words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    meaning: String,
    words: Vec<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=.git/HEAD");
    println!("cargo::rerun-if-changed=.git/refs/heads");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={WORDS}");
    println!("cargo::rustc-env=JIXIAO_VERSION={}", version());
    let text = fs::read_to_string(WORDS)?;
    let classes: BTreeMap<String, Class> =
        toml::from_str(&text).map_err(|fault| format!("{WORDS}: {fault}"))?;
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("criterion_words.rs"), constants(&classes))?;
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

/// `step-below` becomes `pub(crate) const STEP_BELOW: &Lexicon`, with its meaning.
fn constants(classes: &BTreeMap<String, Class>) -> String {
    let (mut code, mut all) = (String::new(), String::new());
    for (name, Class { meaning, words }) in classes {
        let mut seen = BTreeSet::new();
        let sound = words.iter().all(|word| !word.trim().is_empty() && seen.insert(word));
        assert!(sound && !words.is_empty(), "{WORDS}: {name}: no words, an empty word, or a word twice");
        assert!(!meaning.trim().is_empty(), "{WORDS}: {name}: no meaning");
        let constant = name.to_uppercase().replace('-', "_");
        let _ = writeln!(code, "#[doc = {meaning:?}]");
        let _ = writeln!(code, "pub(crate) const {constant}: &Lexicon = &Lexicon::new(&{words:?});");
        let _ = write!(all, "Class {{ name: {name:?}, words: {constant} }}, ");
    }
    let _ = writeln!(code, "/// Every class there is.\npub(crate) static CLASSES: &[Class] = &[{all}];");
    code
}
