//! The vocabulary: words of Chinese forms in named classes. They are data (`mappings/words`), and stand in one place.
//!
//! A class is asked of what holds for a case or a mapping ([`Words::of`]), which may have added to it; of the shipped words
//! ([`of`]) where no mapping has a say.

#[cfg(test)]
mod data;
mod groups;
mod lexicon;
mod senses;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

pub use groups::{Group, Groups};
pub use lexicon::{Beginnings, Lexicon, longest_among};
pub use senses::Senses;

// `Class`, the lists and what is said of them: made by `build.rs`.
include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// Which mappings may add words to a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// A project's, and its forms'.
    Case,
    /// A form's: the words are wanted when a form is read, before its project is known.
    Form,
}

/// A class with its words.
struct Listed {
    class: Class,
    name: &'static str,
    file: &'static str,
    meaning: &'static str,
    open: Option<Open>,
    words: &'static Lexicon,
}

/// The shipped words of a class.
pub fn of(class: Class) -> &'static Lexicon {
    class.listed().map_or(Lexicon::NONE, |listed| listed.words)
}

/// The units of money.
pub const MONEY: [Class; 4] =
    [Class::MoneyYuan, Class::MoneyThousand, Class::MoneyTenThousand, Class::MoneyHundredMillion];

impl Class {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        LISTED.iter().map(|listed| listed.class)
    }

    /// Those of a file of `mappings/words`.
    pub fn of_file(file: &str) -> impl Iterator<Item = Self> {
        LISTED.iter().filter(move |listed| listed.file == file).map(|listed| listed.class)
    }

    /// The class of this name.
    pub fn named(name: &str) -> Option<Self> {
        LISTED.iter().find(|listed| listed.name == name).map(|listed| listed.class)
    }

    fn listed(self) -> Option<&'static Listed> {
        LISTED.get(self as usize)
    }

    /// The name under which the data and a mapping list its words.
    pub fn name(self) -> &'static str {
        self.listed().map_or("", |listed| listed.name)
    }

    /// What its words mean, in Chinese.
    pub fn meaning(self) -> &'static str {
        self.listed().map_or("", |listed| listed.meaning)
    }

    /// Which mappings may add to its words; `None`: no mapping.
    pub fn open(self) -> Option<Open> {
        self.listed().and_then(|listed| listed.open)
    }

    /// The classes that mappings may add to.
    pub fn all_open() -> impl Iterator<Item = Self> {
        Self::all().filter(|class| class.open().is_some())
    }
}

/// What a mapping changes of the words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    added: BTreeMap<Class, Vec<String>>,
    dropped: BTreeMap<Class, Vec<String>>,
}

impl Changes {
    /// Adds a word.
    pub fn add(&mut self, class: Class, word: String) {
        self.added.entry(class).or_default().push(word);
    }

    /// Drops a word, even where another mapping adds it.
    pub fn drop_word(&mut self, class: Class, word: String) {
        self.dropped.entry(class).or_default().push(word);
    }
}

/// The words that hold for a case or a form: the shipped ones with what mappings add, without what they drop.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    changed: Arc<BTreeMap<Class, Lexicon>>,
}

impl Words {
    /// The shipped words.
    pub fn shipped() -> &'static Self {
        static SHIPPED: LazyLock<Words> = LazyLock::new(Words::default);
        &SHIPPED
    }

    /// The shipped words with these changes.
    pub fn with<'c>(changes: impl IntoIterator<Item = &'c Changes>) -> Self {
        let mut all = Changes::default();
        for own in changes {
            for (to, from) in [(&mut all.added, &own.added), (&mut all.dropped, &own.dropped)] {
                for (class, words) in from {
                    to.entry(*class).or_default().extend(words.iter().cloned());
                }
            }
        }
        let classes = all.added.keys().chain(all.dropped.keys());
        let lists = classes.map(|class| {
            let added = all.added.get(class).into_iter().flatten().map(String::as_str);
            let dropped =
                |word: &&str| all.dropped.get(class).is_some_and(|words| words.iter().any(|w| w == word));
            (*class, Lexicon::changed(of(*class).iter().chain(added).filter(|word| !dropped(word))))
        });
        Self { changed: Arc::new(lists.collect()) }
    }

    /// The words of a class.
    pub fn of(&self, class: Class) -> &Lexicon {
        self.changed.get(&class).unwrap_or_else(|| of(class))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_adds_and_drops() {
        let (mut one, mut other) = (Changes::default(), Changes::default());
        one.add(Class::Caps, "库存".to_owned());
        one.add(Class::Caps, "投诉".to_owned());
        other.drop_word(Class::Caps, "成本".to_owned());
        let words = Words::with([&one, &other]);
        let caps: Vec<&str> = words.of(Class::Caps).iter().collect();
        assert!(caps.contains(&"库存") && !caps.contains(&"成本"));
        assert_eq!(caps.len(), of(Class::Caps).iter().count(), "投诉 is there before");
        assert_eq!(words.of(Class::Times), of(Class::Times));
        assert_eq!(Words::with([&Changes::default()]), Words::default());
    }

    #[test]
    fn the_classes_are_listed_in_the_order_of_their_names_in_code() {
        for (at, listed) in LISTED.iter().enumerate() {
            assert_eq!(listed.class as usize, at);
            assert_eq!(Class::named(listed.name), Some(listed.class));
        }
    }

    #[test]
    fn a_fault_of_the_data_is_seen() {
        let files = [
            (
                "a.toml",
                "[caps]\nmeaning = \" \"\nwords = [\"\", \"甲\", \"甲\"]\n[Other]\nmeaning = \"乙\"\nwords = []\n",
            ),
            ("b.toml", "[caps]\nmeaning = 1"),
            ("c.toml", "[caps]\nmeaning = \"丙\"\nopen = \"case\"\nwords = [\"丙\"]\n"),
            (
                "d.toml",
                "[twice]\nmeaning = \"丁\"\ngroups = [{ words = [\"甲\"] }, { words = [\"乙\", \"甲\"] }]\n\
                 [bare]\nmeaning = \"丁\"\ngroups = [{ value = \"1.\", words = [] }, { words = [\"乙\"] }]\n\
                 [both]\nmeaning = \"丁\"\nopen = \"case\"\nwords = [\"甲\"]\ngroups = [{ words = [\"乙\"] }]\n",
            ),
            (
                "e.toml",
                "[sizes]\nmeaning = \"戊\"\ngroups = [{ value = \"0.01\", words = [\"甲\", \"乙\"] }]\n",
            ),
        ];
        let files = files.map(|(name, text)| (name.to_owned(), text.to_owned()));
        let faults = data::read(&files).expect_err("faults");
        for text in [
            "caps: an empty word",
            "caps: 甲 stands twice",
            "caps: no meaning",
            "Other: no words",
            "Other: a name has",
            "b.toml",
            "c.toml: caps stands in two files",
            "twice: 甲 stands twice",
            "bare: no words in a group",
            "bare: a value is a number",
            "bare: a group without a value",
            "both: no words, or both",
            "both: a mapping cannot add",
        ] {
            assert!(faults.iter().any(|fault| fault.contains(text)), "{text} in {faults:?}");
        }
        let sound = data::read(&[files[2].clone(), files[4].clone()]).expect("no fault");
        assert_eq!((sound[0].name.as_str(), sound[0].file.as_str()), ("caps", "c"));
        let data::Typed { meaning, open, words, .. } = &sound[0].typed;
        assert_eq!((meaning.as_str(), &words[..]), ("丙", &["丙".to_owned()][..]));
        assert!(matches!(open, Some(data::Open::Case)));
        let [group] = &sound[1].typed.groups[..] else { panic!("one group") };
        assert_eq!(
            (group.number(), &group.words[..]),
            (Some((1, 2)), &["甲".to_owned(), "乙".to_owned()][..])
        );
    }
}
