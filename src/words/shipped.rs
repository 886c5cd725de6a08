//! The words that come with the program, from `mappings/words`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Class, Lexicon};

/// The files, by subject.
const FILES: &[(&str, &str)] = &[
    ("bodies.toml", include_str!("../../mappings/words/bodies.toml")),
    ("direction.toml", include_str!("../../mappings/words/direction.toml")),
    ("form.toml", include_str!("../../mappings/words/form.toml")),
    ("intake.toml", include_str!("../../mappings/words/intake.toml")),
    ("ledger.toml", include_str!("../../mappings/words/ledger.toml")),
    ("money.toml", include_str!("../../mappings/words/money.toml")),
    ("parts.toml", include_str!("../../mappings/words/parts.toml")),
    ("secrecy.toml", include_str!("../../mappings/words/secrecy.toml")),
    ("value.toml", include_str!("../../mappings/words/value.toml")),
];

/// Which mappings may add words to a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Open {
    /// A project's, and its forms'.
    Case,
    /// A form's: the words are wanted when a form is read, before its project is known.
    Form,
}

/// A class as a file writes it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Typed {
    meaning: String,
    open: Option<Open>,
    words: Vec<String>,
}

/// A class with its words.
pub(super) struct Listed {
    pub(super) meaning: String,
    pub(super) open: Option<Open>,
    pub(super) words: Lexicon,
}

/// All classes, in the order of their names in code, and what is wrong with the data.
struct Shipped {
    classes: Vec<Listed>,
    faults: Vec<String>,
}

// A test holds that the data has no fault; what could be read is used in any case.
static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| read(FILES));

fn read(files: &[(&str, &str)]) -> Shipped {
    let mut faults = Vec::new();
    let mut typed: BTreeMap<String, Typed> = BTreeMap::new();
    for (file, text) in files {
        match toml::from_str::<BTreeMap<String, Typed>>(text) {
            Ok(classes) => {
                for (name, class) in classes {
                    if typed.insert(name.clone(), class).is_some() {
                        faults.push(format!("{file}: {name} stands in two files"));
                    }
                }
            }
            Err(error) => faults.push(format!("{file}: {error}")),
        }
    }
    let classes = Class::ALL.iter().map(|class| {
        let Some(own) = typed.remove(class.name()) else {
            faults.push(format!("{} has no words", class.name()));
            return Listed { meaning: String::new(), open: None, words: Lexicon::EMPTY };
        };
        faults.extend(unsound(class.name(), &own));
        let words = Lexicon::new(own.words.iter().map(String::as_str));
        Listed { meaning: own.meaning, open: own.open, words }
    });
    let classes = classes.collect();
    faults.extend(typed.keys().map(|name| format!("{name} is used by nothing")));
    Shipped { classes, faults }
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
    faults
}

/// A class as it is shipped.
pub(super) fn listed(class: Class) -> &'static Listed {
    static NONE: Listed = Listed { meaning: String::new(), open: None, words: Lexicon::EMPTY };
    SHIPPED.classes.get(class as usize).unwrap_or(&NONE)
}

/// What is wrong with the shipped words.
pub(super) fn faults() -> &'static [String] {
    &SHIPPED.faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_have_no_fault() {
        assert_eq!(faults(), [] as [String; 0]);
    }

    #[test]
    fn a_fault_is_seen() {
        let file = "[caps]\nmeaning = \" \"\nwords = [\"\", \"甲\", \"甲\"]\n[other]\nmeaning = \"乙\"\nwords = []\n";
        let faults = read(&[("a.toml", file), ("b.toml", "[caps]\nmeaning = 1")]).faults;
        let told = |text: &str| faults.iter().any(|fault| fault.contains(text));
        for text in [
            "caps: an empty word",
            "caps: 甲 stands twice",
            "caps: no meaning",
            "other is used by nothing",
            "b.toml",
            "times has no words",
        ] {
            assert!(told(text), "{text} in {faults:?}");
        }
    }
}
