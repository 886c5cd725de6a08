//! The words that titles are composed of, as `mappings/titles.toml` lists them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::Table;

/// What a word of a title says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Class {
    Initial,
    Adjusted,
    Annual,
    Midterm,
    Past,
    Lastyear,
    Yearbefore,
    Threeyears,
    Mean,
    Industry,
    Reference,
    Period,
    Plan,
    Done,
    Did,
    Thing,
    Indicator,
    Goal,
    Task,
    Value,
    State,
    Name,
    Level1,
    Level2,
    Level3,
    Weight,
    Points,
    Minus,
    #[serde(rename = "self")]
    Own,
    Review,
    Criterion,
    Reason,
    Situation,
    Unit,
    Sign,
    Kind,
    Explain,
    Basis,
    Rate,
    Factor,
    Serial,
    Person,
    Day,
    Remark,
    Money,
    Amount,
    Spent,
    Arrived,
    Change,
    Sum,
    Answer,
    When,
    Month,
    Span,
    Stamp,
    Voucher,
    Mark,
    Number,
    Text,
    What,
    Subject,
    Fullname,
    Economic,
    Function,
    Cost,
    Work,
    Around,
    Occur,
    Pay,
    Income,
    Debit,
    Credit,
    Turn,
    Sumof,
    Home,
    Foreign,
    Left,
    Asof,
    Carried,
    Budgeted,
    Refund,
    Other,
    Amountof,
    Flag,
    Party,
    Paper,
    Attribute,
    Note,
    Opinion,
    Overall,
    Judge,
    Surveyed,
    Filled,
    Respondent,
}

/// The words of a class, with what they mean.
#[derive(Debug, Deserialize)]
pub(super) struct Listed {
    #[serde(rename = "meaning")]
    _meaning: String,
    /// The tables whose titles they are words of.
    #[serde(default = "of_forms")]
    pub(super) tables: Vec<Tables>,
    pub(super) words: Vec<String>,
    /// Contents with which such a column of a ledger changes no total.
    #[serde(default)]
    harmless: Vec<String>,
    /// Contents with which a row of such a column is no spending for certain.
    #[serde(default)]
    void: Vec<String>,
    /// Contents that say of a row that it may be no spending, in whatever column.
    #[serde(default)]
    harmful: Vec<String>,
}

fn of_forms() -> Vec<Tables> {
    vec![Tables::Form]
}

/// Tables whose titles share their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Tables {
    /// Tables of indicators, of money beside them, of scores.
    Form,
    Ledger,
    Survey,
}

/// The words of some tables by what they say, and the longest in characters.
#[derive(Default)]
pub(super) struct Vocabulary {
    pub(super) words: HashMap<String, Class>,
    pub(super) longest: usize,
    harmless: HashMap<Class, Vec<String>>,
    void: Vec<String>,
    harmful: HashSet<String>,
}

impl Vocabulary {
    /// What cells of a column of the class may say without changing a total.
    pub(super) fn harmless(&self, class: Class) -> &[String] {
        self.harmless.get(&class).map_or(&[], Vec::as_slice)
    }

    /// What a column of states says of a row that is no spending.
    pub(super) fn void(&self) -> &[String] {
        &self.void
    }

    /// Whether a cell says of its row that it may be no spending.
    pub(super) fn is_harmful(&self, key: &str) -> bool {
        self.harmful.contains(key)
    }
}

static VOCABULARIES: LazyLock<HashMap<Tables, Vocabulary>> = LazyLock::new(|| {
    // A test holds that the file is sound; a fault in it would leave titles unread, which is said at each of them.
    let classes: HashMap<Class, Listed> =
        toml::from_str(include_str!("../../../mappings/titles.toml")).unwrap_or_default();
    let mut all: HashMap<Tables, Vocabulary> = HashMap::new();
    for (class, list) in classes {
        for tables in list.tables {
            let own = all.entry(tables).or_default();
            own.words.extend(list.words.iter().map(|word| (word.clone(), class)));
            own.harmless.insert(class, list.harmless.clone());
            own.void.extend(list.void.iter().cloned());
            own.harmful.extend(list.harmful.iter().cloned());
        }
    }
    for own in all.values_mut() {
        own.longest = own.words.keys().map(|word| word.chars().count()).max().unwrap_or(0);
    }
    all
});

/// The words of a table's titles.
pub(super) fn vocabulary(table: Table) -> Option<&'static Vocabulary> {
    let tables = match table {
        Table::Form(_) | Table::Summary => Tables::Form,
        Table::Ledger => Tables::Ledger,
        Table::Survey => Tables::Survey,
    };
    VOCABULARIES.get(&tables)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_sound_and_each_stands_once_in_the_titles_of_a_table() {
        let text = include_str!("../../../mappings/titles.toml");
        let classes: HashMap<Class, Listed> = toml::from_str(text).unwrap();
        let mut seen: HashMap<(Tables, &str), Class> = HashMap::new();
        for (class, list) in &classes {
            for word in &list.words {
                for tables in &list.tables {
                    assert_eq!(seen.insert((*tables, word), *class), None, "{word} stands twice");
                }
                assert_eq!(crate::mapping::title::normalise(word), *word);
            }
        }
    }
}
