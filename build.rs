//! Puts into `jixiao --version` what was built, and makes the classes of words of
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

/// Where an archive of the sources says its commit (`.gitattributes`).
const COMMIT: &str = "dist/commit";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/words/data.rs");
    println!("cargo::rerun-if-changed=src/words/shared.rs");
    println!("cargo::rerun-if-changed={WORDS}");
    println!("cargo::rerun-if-changed={COMMIT}");
    let (version, verbose) = versions();
    println!("cargo::rustc-env=JIXIAO_VERSION={version}");
    println!("cargo::rustc-env=JIXIAO_BUILT={verbose}");
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

/// The commit that this is, in full: of an archive of the sources as it was written into it, else of the history.
fn commit() -> Option<String> {
    let archived = fs::read_to_string(COMMIT).ok().map(|text| text.trim().to_owned());
    // In the history it stands as git's word for it, which git replaces where it makes an archive.
    if let Some(commit) = archived.filter(|text| !text.is_empty() && !text.starts_with('$')) {
        return Some(commit);
    }
    // Where HEAD is and has been, of this work tree alone. A file that is missing would count as changed: all would be built
    // each time.
    let asked = git(&["rev-parse", "--git-path", "HEAD", "--git-path", "logs/HEAD"])?;
    for path in asked.lines().filter(|path| Path::new(path).exists()) {
        println!("cargo::rerun-if-changed={path}");
    }
    git(&["rev-parse", "HEAD"])
}

/// What git says.
fn git(args: &[&str]) -> Option<String> {
    let asked = Command::new("git").args(args).output().ok()?;
    let text = String::from_utf8(asked.stdout).ok().filter(|_| asked.status.success())?;
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The version as `--version` says it, and all that `--verbose` adds.
fn versions() -> (String, String) {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let (version, commit) = (variable("CARGO_PKG_VERSION"), commit());
    let short = commit.as_ref().and_then(|commit| commit.get(..10));
    let said = short.map_or_else(|| version.clone(), |short| format!("{version} ({short})"));
    let compiler = Command::new(variable("RUSTC")).arg("--version").output().ok();
    let compiler = compiler.and_then(|output| String::from_utf8(output.stdout).ok()).unwrap_or_default();
    let features: Vec<String> = env::vars()
        .filter_map(|(name, _)| name.strip_prefix("CARGO_FEATURE_").map(str::to_lowercase))
        .filter(|name| name != "default")
        .collect();
    let features = if features.is_empty() { "无".to_owned() } else { features.join("、") };
    let verbose = [
        ("目标平台", variable("TARGET")),
        ("源码提交", commit.unwrap_or_else(|| "不详".to_owned())),
        ("附加功能", features),
        ("编译程序", compiler.trim().to_owned()),
    ];
    // One line: a build script says no more at a time.
    let verbose: Vec<String> = verbose.iter().map(|(what, is)| format!("{what}：{is}")).collect();
    (said, verbose.join("\t"))
}

/// `step-below` becomes `Class::StepBelow` and `list::STEP_BELOW`, each with its meaning; a class of groups only the latter.
fn code(classes: &[data::Class]) -> String {
    let (mut variants, mut lists, mut listed) = (String::new(), String::new(), String::new());
    for data::Class { file, name, typed } in classes {
        let data::Typed { meaning, open, words, groups, .. } = typed;
        let (variant, constant) = (camel(name), name.to_uppercase().replace('-', "_"));
        if !groups.is_empty() {
            let groups: String = groups.iter().map(group).collect();
            let _ = writeln!(
                lists,
                "#[doc = {meaning:?}]\npub(crate) const {constant}: &Groups = &Groups::new({meaning:?}, &[{groups}]);"
            );
            continue;
        }
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
         pub(crate) mod list {{\nuse super::{{Group, Groups, Lexicon}};\n{lists}}}\n\
         /// The classes, in the order of their names in code.\n\
         static LISTED: &[Listed] = &[{listed}];\n"
    )
}

fn group(group: &data::Group) -> String {
    let value = group.number().map_or_else(
        || "None".to_owned(),
        |(digits, places)| format!("Some(({}, {places}))", separated(digits)),
    );
    format!("Group {{ value: {value}, words: const {{ &Lexicon::new(&{:?}) }} }},", group.words)
}

/// A number as code writes it: `10_000`.
fn separated(number: i64) -> String {
    let digits: Vec<char> = number.to_string().chars().collect();
    let threes: Vec<String> = digits.rchunks(3).rev().map(|three| three.iter().collect()).collect();
    threes.join("_")
}

fn camel(name: &str) -> String {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    name.split('-').map(part).collect()
}
