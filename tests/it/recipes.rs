//! The recipes of CONTRIBUTING.md work to the letter: what stands there is done to a copy of the sources, which is then
//! built, and its cases are run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::support::jixiao;
use crate::workbook_pages::{Page, write};

/// What each recipe is called.
const RECIPES: [&str; 9] = [
    "A word",
    "A clause",
    "A pass of meaning",
    "A kind of rule",
    "A notation",
    "A rule family",
    "A finding",
    "A form",
    "A column role",
];

/// The tests that the cases of the recipes are of, as filters.
const CASES: [&str; 13] = [
    "grammar::",
    "checks::",
    "criterion::",
    "criterion_probes::",
    "notation::",
    "findings::each",
    "findings::every",
    "docs::",
    "mapping::",
    "walk::",
    "golden::",
    "word_lists::",
    "import_law::",
];

/// Where a recipe's text goes.
#[derive(Debug, PartialEq, Eq)]
enum Place<'t> {
    NewFile,
    AtEnd,
    Behind(&'t str),
    Before(&'t str),
    InsteadOf(&'t str),
}

/// One step of a recipe: the file, the place in it, what to write there.
#[derive(Debug)]
struct Step<'t> {
    file: &'t str,
    place: Place<'t>,
    text: &'t str,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The step that the words before a block tell, as `In `file`, behind `text`:`.
fn told(before: &str) -> Option<(&str, Place<'_>)> {
    let sentence = before.trim_end().strip_suffix("`:")?;
    let (rest, last) = sentence.rsplit_once('`')?;
    if rest.ends_with("ew file ") {
        return Some((last, Place::NewFile));
    }
    if rest.ends_with("t the end of ") {
        return Some((last, Place::AtEnd));
    }
    let (file, how) = rest.rsplit_once('`')?;
    let (lead, file) = file.rsplit_once('`')?;
    let place = match how.split_whitespace().collect::<Vec<_>>().as_slice() {
        [",", "behind"] => Place::Behind(last),
        [",", "before"] => Place::Before(last),
        [",", "instead", "of"] => Place::InsteadOf(last),
        _ => return None,
    };
    lead.trim_end().to_lowercase().ends_with("in").then_some((file, place))
}

/// The steps of a recipe; every block must be one.
fn steps(recipe: &str) -> Vec<Step<'_>> {
    let mut found = Vec::new();
    let mut rest = recipe;
    while let Some((before, after)) = rest.split_once("\n```") {
        let (_, block) = after.split_once('\n').expect("a line that begins the block");
        let (text, next) = block.split_once("```\n").expect("the block's end");
        let (file, place) = told(before).unwrap_or_else(|| panic!("where does this go?\n{text}"));
        found.push(Step { file, place, text });
        rest = next;
    }
    found
}

/// The recipes: name and steps.
fn recipes(document: &str) -> Vec<(&str, Vec<Step<'_>>)> {
    let of_section = |section| {
        let (name, body): (&str, &str) = str::split_once(section, '\n').expect("a heading");
        (name, steps(body))
    };
    document.split("\n### ").skip(1).map(of_section).collect()
}

/// Does one step.
fn follow(step: &Step<'_>, root: &Path) {
    let path = root.join(step.file);
    if step.place == Place::NewFile {
        assert!(!path.exists(), "{} is there", step.file);
        fs::write(&path, step.text).expect("written");
        return;
    }
    let old = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", step.file));
    let mut new = String::new();
    let mut hits = 0;
    for line in old.split_inclusive('\n') {
        let (before, behind) = match step.place {
            Place::Behind(text) if line.contains(text) => (line, step.text),
            Place::Before(text) if line.contains(text) => (step.text, line),
            Place::InsteadOf(text) if line.contains(text) => (step.text, ""),
            _ => {
                new.push_str(line);
                continue;
            }
        };
        hits += 1;
        new.extend([before, behind]);
    }
    match step.place {
        Place::AtEnd => new.push_str(step.text),
        _ => assert_eq!(hits, 1, "lines of {} at {:?}", step.file, step.place),
    }
    fs::write(&path, new).expect("written");
}

/// Copies a file or all files below a folder, but what is built and the history.
fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let name = entry.expect("an entry").file_name();
            if name != "target" && name != ".git" {
                copy(&from.join(&name), &to.join(&name));
            }
        }
    } else {
        fs::copy(from, to).expect("a copy");
    }
}

/// The text of CONTRIBUTING.md.
fn document() -> String {
    fs::read_to_string(root().join("CONTRIBUTING.md")).expect("CONTRIBUTING.md")
}

/// What stays from run to run. Cargo knows a package by where it stands, so the copy always stands at one place.
fn kept() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("recipes")
}

/// Runs cargo in the copy, with a target folder that stays, so that the dependencies are built once.
fn cargo(copy: &Path, args: &[&str], set: Option<&str>) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(copy).env("CARGO_TARGET_DIR", kept().join("target")).args(args);
    if let Some(set) = set {
        cargo.env(set, "1");
    }
    let ran = cargo.output().expect("cargo runs");
    let (said, faults) = (String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "cargo {args:?}:\n{said}\n{faults}");
}

/// Whether all lines of one text stand in another, in their order.
fn keeps(old: &str, new: &str) -> bool {
    let mut lines = new.lines();
    old.lines().all(|line| lines.any(|other| other == line))
}

#[test]
fn what_stands_in_contributing_works_to_the_letter() {
    let document = document();
    let copied = &kept().join("source");
    if copied.exists() {
        fs::remove_dir_all(copied).expect("the copy before is gone");
    }
    copy(root(), copied);
    let recipes = recipes(&document);
    assert_eq!(recipes.iter().map(|(name, _)| *name).collect::<Vec<_>>(), RECIPES);
    for step in recipes.iter().flat_map(|(_, steps)| steps) {
        follow(step, copied);
    }
    let golden = fs::read_to_string(copied.join("tests/golden.txt")).expect("the golden run");
    let test = |filters: &[&str], set| {
        let args = ["test", "--offline", "--locked", "--lib", "--test", "it", "--"];
        cargo(copied, &[&args, filters].concat(), set);
    };
    cargo(copied, &["fmt", "--all", "--check"], None);
    // What the program writes, as each recipe ends.
    test(&["docs::", "mapping::"], Some("UPDATE_DOCS"));
    test(&["golden::"], Some("UPDATE_GOLDEN"));
    test(&CASES, None);
    let after = fs::read_to_string(copied.join("tests/golden.txt")).expect("the golden run");
    assert!(keeps(&golden, &after), "a recipe changes what was read before");
}

/// What needs no build: a mapping file of a recipe, given to the program as it is.
fn scored(mapping: &str, rows: &str) -> Value {
    let document = document();
    let recipes = recipes(&document);
    let step = recipes.iter().flat_map(|(_, steps)| steps).find(|step| step.file == mapping);
    let folder = tempfile::tempdir().expect("a folder");
    let page: Page<'_> = ("考核表", rows);
    let file = write(&[page], folder.path());
    let path = folder.path().join("映射.toml");
    fs::write(&path, step.expect("a step of the recipe").text).expect("a mapping");
    let args =
        ["check".as_ref(), file.as_os_str(), "--json".as_ref(), "--mapping".as_ref(), path.as_os_str()];
    let ran = jixiao(args);
    let text = String::from_utf8(ran.stdout).expect("UTF-8");
    let line = text.lines().next().unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&ran.stderr)));
    serde_json::from_str(line).expect("JSON")
}

#[test]
fn a_mapping_of_a_recipe_needs_no_build() {
    let word = scored(
        "枯黄.toml",
        "
项目支出绩效自评表
项目名称 | 城区绿化
三级指标 | 指标值 | 实际完成值 | 分值 | 得分
苗木枯黄量 | 10株 | 12株 | 60 |
补植树木 | ≥10株 | 12株 | 40 |
",
    );
    assert_eq!(word["indicators"][0]["score"], "48", "{word}");
    let form = scored(
        "mappings/public-works.toml",
        "
民生实事办理情况表
项目名称 | 老旧小区改造
实事名称 | 办理承诺 | 办理结果 | 分值 | 得分
改造楼栋 | ≥12栋 | 9栋 | 60 |
加装电梯 | ≥4部 | 4部 | 40 |
",
    );
    assert_eq!(form["indicators"][0]["score"], "45", "{form}");
}

/// A place must be one, and a block must have one.
#[test]
fn a_step_that_is_not_clear_is_no_step() {
    assert_eq!(told("Some words. In `a.rs`, before `x`:\n"), Some(("a.rs", Place::Before("x"))));
    assert_eq!(told("It stands in\n`a.rs`, instead of `x y`:\n"), Some(("a.rs", Place::InsteadOf("x y"))));
    assert_eq!(told("New file `a.rs`:\n"), Some(("a.rs", Place::NewFile)));
    assert_eq!(told("See `a.rs`:\n"), None);
    assert!(keeps("a\nb\n", "a\nc\nb\n") && !keeps("a\nb\n", "b\na\n"));
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a.rs"), "x\nx\ny\n").expect("written");
    let follows = |place| {
        let step = Step { file: "a.rs", place, text: "z\n" };
        std::panic::catch_unwind(|| follow(&step, folder.path())).is_ok()
    };
    assert!(!follows(Place::Before("x")) && !follows(Place::Behind("w")) && !follows(Place::NewFile));
    assert!(follows(Place::Behind("y")) && follows(Place::AtEnd));
    assert_eq!(fs::read_to_string(folder.path().join("a.rs")).expect("read"), "x\nx\ny\nz\nz\n");
}
