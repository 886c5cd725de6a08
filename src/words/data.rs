// The files of `mappings/words`, read and checked in one place: `build.rs` makes the classes of what it gives, and refuses to
// build where it finds a fault. Its tests are those of this room.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

#[path = "shared.rs"]
mod shared;

/// A class as a file writes it: its words, or groups of words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typed {
    pub(crate) meaning: String,
    pub(crate) open: Option<Open>,
    /// Its own words; once all files are read, those of the classes in `with`, too.
    #[serde(default)]
    pub(crate) words: Vec<String>,
    /// Classes whose words are words of this one, too.
    #[serde(default)]
    pub(crate) with: Vec<String>,
    /// Classes that have many of its words and yet mean something else.
    #[serde(default)]
    pub(crate) beside: Vec<String>,
    #[serde(default)]
    pub(crate) groups: Vec<Group>,
}

/// Words of a class that say the same: the ways to write one unit, the words for one place of a scale.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Group {
    /// The number that they stand for, as the file writes it.
    pub(crate) value: Option<String>,
    /// The first is their plain form.
    pub(crate) words: Vec<String>,
}

impl Group {
    /// The number that the words stand for: its digits, and how many of them stand behind the point.
    pub(crate) fn number(&self) -> Option<(i64, u32)> {
        let value = self.value.as_ref()?;
        let (whole, behind) = value.split_once('.').unwrap_or((value, ""));
        let all_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let sound = !whole.is_empty() && all_digits(whole) && all_digits(behind) && !value.ends_with('.');
        let digits = format!("{whole}{behind}").parse().ok().filter(|digits| *digits > 0)?;
        sound.then_some((digits, u32::try_from(behind.len()).ok()?))
    }
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
    if faults.is_empty() {
        faults = shared::put_together(&mut classes);
    }
    if faults.is_empty() { Ok(classes) } else { Err(faults) }
}

/// What is wrong with a class.
fn unsound(name: &str, class: &Typed) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for word in class.words.iter().chain(class.groups.iter().flat_map(|group| &group.words)) {
        if word.trim().is_empty() {
            faults.push(format!("{name}: an empty word"));
        } else if !seen.insert(word) {
            faults.push(format!("{name}: {word} stands twice"));
        }
    }
    if (class.words.is_empty() && class.with.is_empty()) == class.groups.is_empty() {
        faults.push(format!("{name}: no words, or both words and groups"));
    }
    if class.groups.iter().any(|group| group.words.is_empty()) {
        faults.push(format!("{name}: no words in a group"));
    }
    if class.groups.iter().any(|group| group.value.is_some() && group.number().is_none()) {
        faults.push(format!("{name}: a value is a number above zero"));
    }
    let valued = class.groups.iter().filter(|group| group.value.is_some()).count();
    if valued != 0 && valued != class.groups.len() {
        faults.push(format!("{name}: a group without a value"));
    }
    if class.open.is_some() && !class.groups.is_empty() {
        faults.push(format!("{name}: a mapping cannot add to groups"));
    }
    if class.meaning.trim().is_empty() {
        faults.push(format!("{name}: no meaning"));
    }
    if !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        faults.push(format!("{name}: a name has small letters, digits and -"));
    }
    faults
}
