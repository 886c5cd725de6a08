//! The vocabulary: words of Chinese forms in named classes. They are data (`mappings/words`), and stand in one place.
//!
//! A class is asked of what holds for a case or a mapping ([`Words::of`]), which may have added to it; of the shipped words
//! ([`of`]) where no mapping has a say.

mod class;
mod lexicon;
mod shipped;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use class::Class;
pub use lexicon::Lexicon;
pub use shipped::Open;

/// The shipped words of a class.
pub fn of(class: Class) -> &'static Lexicon {
    &shipped::listed(class).words
}

/// The units of money.
pub const MONEY: [Class; 4] =
    [Class::MoneyYuan, Class::MoneyThousand, Class::MoneyTenThousand, Class::MoneyHundredMillion];

/// What is wrong with the data; a test holds that nothing is.
pub fn faults() -> &'static [String] {
    shipped::faults()
}

impl Class {
    /// What its words mean, in Chinese.
    pub fn meaning(self) -> &'static str {
        &shipped::listed(self).meaning
    }

    /// Which mappings may add to its words; `None`: no mapping.
    pub fn open(self) -> Option<Open> {
        shipped::listed(self).open
    }

    /// The classes that mappings may add to.
    pub fn all_open() -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(|class| class.open().is_some())
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
            (*class, Lexicon::new(of(*class).iter().chain(added).filter(|word| !dropped(word))))
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
}
