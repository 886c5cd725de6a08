// The files of `mappings/words`, read and checked in one place: `build.rs` makes the classes of what it gives, and refuses to
// build where it finds a fault. Its tests are those of this room.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// A class as a file writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typed {
    pub(crate) meaning: String,
    pub(crate) open: Option<Open>,
    pub(crate) words: Vec<String>,
}

/// Which mappings may add words to a class, by the name of the variant in `words::Open`.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Open {
    Case,
    Form,
}

/// A class of a file.
#[derive(Debug)]
pub(crate) struct Class {
    /// The file, without its ending.
    pub(crate) file: String,
    pub(crate) name: String,
    pub(crate) typed: Typed,
}

/// The classes of the files, each file with its name, in the order of the files; or all that is wrong with them.
pub(crate) fn read(files: &[(String, String)]) -> Result<Vec<Class>, Vec<String>> {
    let (mut classes, mut faults) = (Vec::new(), Vec::new());
    let mut names = BTreeSet::new();
    for (file, text) in files {
        let typed = match toml::from_str::<BTreeMap<String, Typed>>(text) {
            Ok(typed) => typed,
            Err(error) => {
                faults.push(format!("{file}: {error}"));
                continue;
            }
        };
        let mut of_file: Vec<(String, Typed)> = typed.into_iter().collect();
        of_file.sort_by_key(|(name, _)| text.find(&format!("[{name}]")));
        for (name, typed) in of_file {
            faults.extend(unsound(&name, &typed));
            if !names.insert(name.clone()) {
                faults.push(format!("{file}: {name} stands in two files"));
            }
            let file = file.trim_end_matches(".toml").to_owned();
            classes.push(Class { file, name, typed });
        }
    }
    if faults.is_empty() { Ok(classes) } else { Err(faults) }
}

/// What is wrong with a class.
fn unsound(name: &str, class: &Typed) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for word in &class.words {
        if word.trim().is_empty() {
            faults.push(format!("{name}: an empty word"));
        } else if !seen.insert(word) {
            faults.push(format!("{name}: {word} stands twice"));
        }
    }
    if class.words.is_empty() {
        faults.push(format!("{name}: no words"));
    }
    if class.meaning.trim().is_empty() {
        faults.push(format!("{name}: no meaning"));
    }
    if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        faults.push(format!("{name}: a name has small letters, digits and -"));
    }
    faults
}
