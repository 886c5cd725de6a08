//! The samples of the checks, as data: `tests/checks/*.txt`, each case through the program. `README.md` there says how they are
//! written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::jixiao;
use crate::workbook_pages::bytes;

/// The sheets of a form: their names and rows.
type Pages = Vec<(String, String)>;

/// A case of a check.
struct Case {
    /// The check, how grave it is, and the profile that it is run under.
    id: String,
    severity: String,
    profile: String,
    /// Where it must be found; blank where it must not.
    cell: String,
    pages: Pages,
    /// What it is called where it fails.
    name: String,
}

struct Samples {
    cases: Vec<Case>,
    ids: BTreeSet<String>,
}

static SAMPLES: LazyLock<Samples> = LazyLock::new(read);

/// The checks that have samples here.
pub(crate) fn sampled() -> impl Iterator<Item = &'static str> {
    SAMPLES.ids.iter().map(String::as_str)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks")
}

fn read() -> Samples {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    let texts: Vec<String> = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let sections = || texts.iter().flat_map(|text| text.split("\n== ").skip(1));
    let mut forms: BTreeMap<&str, Pages> = BTreeMap::new();
    for section in sections() {
        let (head, body) = section.split_once('\n').unwrap_or((section, ""));
        if let Some(name) = head.strip_prefix("form ") {
            assert!(forms.insert(name, pages(body)).is_none(), "two forms are called {name}");
        }
    }
    let mut samples = Samples { cases: Vec::new(), ids: BTreeSet::new() };
    for section in sections() {
        let (head, body) = section.split_once('\n').unwrap_or((section, ""));
        if let Some(head) = head.strip_prefix("check ") {
            check(head, body, &forms, &mut samples);
        }
    }
    samples
}

fn pages(body: &str) -> Pages {
    let mut pages = Pages::new();
    for line in body.lines() {
        match line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(name) => pages.push((name.to_owned(), String::new())),
            None => {
                if let Some((_, rows)) = pages.last_mut() {
                    rows.extend([line, "\n"]);
                }
            }
        }
    }
    for (_, rows) in &mut pages {
        *rows = rows.trim_end_matches('\n').to_owned() + "\n";
    }
    pages
}

fn check(head: &str, body: &str, forms: &BTreeMap<&str, Pages>, samples: &mut Samples) {
    let mut words = head.split_whitespace();
    let (id, severity) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
    let rest: Vec<&str> = words.collect();
    let told = |key: &str| rest.iter().position(|word| *word == key).map(|at| rest[at + 1]);
    let (form, profile) = (told("on").unwrap_or("self"), told("profile").unwrap_or_default());
    samples.ids.insert(id.clone());
    let mut kinds = (0, 0);
    let blocks = body.split('\n').fold(Vec::<Vec<&str>>::new(), |mut blocks, line| {
        if line.starts_with("bad ") || line == "good" || line.starts_with("good ") {
            blocks.push(Vec::new());
        }
        if let Some(block) = blocks.last_mut().filter(|_| !line.trim().is_empty()) {
            block.push(line);
        }
        blocks
    });
    for (number, block) in blocks.iter().enumerate() {
        let mut words = block[0].split_whitespace();
        let bad = words.next() == Some("bad");
        let cell = if bad { words.next().expect("a cell").to_owned() } else { String::new() };
        let own: Vec<&str> = words.collect();
        let form = if own.first() == Some(&"on") { own[1] } else { form };
        let mut pages = forms.get(form).unwrap_or_else(|| panic!("{id}: no form {form}")).clone();
        for change in block[1..].chunks(2) {
            let [from, to] = change else { panic!("{id}: a change is two lines: {change:?}") };
            let from = from.strip_prefix("- ").unwrap_or_else(|| panic!("{id}: {from}"));
            let to = to.strip_prefix('+').unwrap_or_else(|| panic!("{id}: {to}"));
            // `+ ` and the text; a text that begins with a bar begins with a blank cell.
            let to = to.strip_prefix(' ').unwrap_or(to).replace("\\n |", "\n |").replace("\\n+", "\n");
            let hit = pages.iter_mut().rev().find(|(_, rows)| rows.contains(from));
            let (_, rows) = hit.unwrap_or_else(|| panic!("{id}: no sheet holds “{from}”"));
            *rows = rows.replacen(from, &to, 1);
        }
        if bad {
            kinds.0 += 1
        } else {
            kinds.1 += 1
        }
        samples.cases.push(Case {
            name: format!("{id} {} {}", if bad { "bad" } else { "good" }, number + 1),
            id: id.clone(),
            severity: severity.clone(),
            profile: profile.to_owned(),
            cell: cell.replacen('!', "'!", 1),
            pages,
        });
    }
    assert!(kinds.0 > 0 && kinds.1 > 0, "{id} has no bad case or no good one");
}

/// What the program finds in the cases of a profile: by case, the ids with severity and cell.
fn found(profile: &str, cases: &[&Case]) -> Vec<Vec<(String, String, String)>> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut args = vec!["check".into(), "--json".into()];
    if !profile.is_empty() {
        let settings = folder.path().join("jixiao.toml");
        std::fs::write(&settings, format!("[checks]\nprofile = \"{profile}\"\n")).expect("settings");
        args.extend(["--config".into(), settings.into_os_string()]);
    }
    for (number, case) in cases.iter().enumerate() {
        let pages: Vec<(&str, &str)> =
            case.pages.iter().map(|(name, rows)| (name.as_str(), rows.as_str())).collect();
        let path = folder.path().join(format!("{number}.xlsx"));
        std::fs::write(&path, bytes(&pages, 0)).expect("a workbook");
        args.push(path.into_os_string());
    }
    let output = jixiao(args);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let mut found: Vec<Vec<(String, String, String)>> = cases.iter().map(|_| Vec::new()).collect();
    for line in text.lines() {
        let json: Value = serde_json::from_str(line).expect("JSON");
        let source = json["source"]["file"].as_str().or_else(|| json["source"].as_str()).unwrap_or_default();
        let stem = Path::new(source).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let number: usize = stem.parse().unwrap_or_else(|_| panic!("{line}"));
        let findings = json["findings"].as_array().unwrap_or_else(|| panic!("{line}"));
        let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        found[number].extend(
            findings.iter().map(|one| (word(&one["id"]), word(&one["severity"]), word(&one["cell"]))),
        );
    }
    found
}

#[test]
fn each_check_finds_its_bad_samples_at_their_cells_and_nothing_in_the_good_ones() {
    let mut profiles: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in &SAMPLES.cases {
        profiles.entry(&case.profile).or_default().push(case);
    }
    let mut wrong = String::new();
    for (profile, cases) in profiles {
        for (case, found) in cases.iter().zip(found(profile, &cases)) {
            let own: Vec<_> = found.iter().filter(|(id, ..)| *id == case.id).collect();
            let cell = format!("'{}", case.cell);
            let right = if case.cell.is_empty() {
                own.is_empty()
            } else {
                own.iter().any(|(_, severity, at)| *severity == case.severity && *at == cell)
            };
            if !right {
                let ids: Vec<String> = found.iter().map(|(id, _, at)| format!("{id} {at}")).collect();
                let _ = writeln!(wrong, "{} {cell}: {own:?} among {ids:?}", case.name);
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(SAMPLES.cases.len() > 150, "only {} cases", SAMPLES.cases.len());
}

/// The forms that samples are made of have no fault themselves.
#[test]
fn the_plain_form_has_no_finding() {
    let plain = SAMPLES.cases.iter().find(|case| case.id == "year-mismatch" && case.cell.is_empty());
    let last = SAMPLES.cases.iter().rfind(|case| case.id == "year-mismatch").or(plain).expect("a case");
    assert_eq!(found("", &[last]), [vec![]]);
}
