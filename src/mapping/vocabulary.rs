//! `[words]` and `[direction]`: words that a mapping adds to classes of the vocabulary, or drops from those of direction.

use toml::Spanned;
use toml::de::DeValue;

use super::checked::Mapping;
use super::file::{self, File};
use super::toml_read::{
    FaultKind, Faults, KeyShape, Shape, TableShape, Typed, as_table, nearest, unknown_key,
};
use super::words::Kind;
use crate::notation::normalise;
use crate::words::{Class, Open, Words};

/// The table `[words]`: lists of words by the names of their classes.
#[derive(Debug, Clone, Default)]
pub struct WordLists(pub Vec<(Class, Vec<Spanned<String>>)>);

impl Typed for WordLists {
    fn read(node: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Self> {
        let mut lists = Vec::new();
        for (key, value) in as_table(node, faults)? {
            match Class::named(key.get_ref()).filter(|class| class.open().is_some()) {
                Some(class) => lists.extend(Typed::read(value, faults).map(|words| (class, words))),
                None => unknown_key(key, &Class::all_open().map(Class::name).collect::<Vec<_>>(), faults),
            }
        }
        Some(Self(lists))
    }

    fn shape() -> Shape {
        const SHAPE: &TableShape = &TableShape {
            name: "Words",
            doc: "各类用词。写在这里的词加到随程序提供的词里。",
            keys: || {
                let key = |class: Class| KeyShape {
                    name: class.name(),
                    doc: class.meaning(),
                    required: false,
                    shape: <Vec<Spanned<String>>>::shape(),
                };
                Class::all_open().map(key).collect()
            },
        };
        Shape::Table(SHAPE)
    }
}

/// Classes that say opposite things.
const OPPOSED: [(Class, Class); 5] = [
    (Class::FloorSigns, Class::CapSigns),
    (Class::MoneyFloors, Class::MoneyCaps),
    (Class::Caps, Class::Remedies),
    (Class::Caps, Class::Reductions),
    (Class::Times, Class::TimeFloors),
];

/// A word as it is compared: plain, without spaces.
fn plain(word: &Spanned<String>) -> String {
    normalise(word.get_ref()).as_str().replace(' ', "")
}

/// What the tables add to each class, with the name that the table has for it.
fn added(typed: &File) -> Vec<(Class, &'static str, &Spanned<String>)> {
    let own = typed.words.iter().flat_map(|lists| &lists.0);
    let mut added: Vec<_> =
        own.flat_map(|(class, words)| words.iter().map(|word| (*class, class.name(), word))).collect();
    for (name, class, list) in typed.direction.iter().flat_map(of_direction) {
        added.extend(list.iter().flatten().map(|word| (class, name, word)));
    }
    added
}

/// A list of `[direction]`: its name there, the class of its words, and the words where they are typed.
type OfDirection<'t> = (&'static str, Class, &'t Option<Vec<Spanned<String>>>);

/// The lists of `[direction]`, each with its name there and the class of its words.
fn of_direction(typed: &file::Direction) -> [OfDirection<'_>; 11] {
    [
        ("floor_signs", Class::FloorSigns, &typed.floor_signs),
        ("cap_signs", Class::CapSigns, &typed.cap_signs),
        ("cap_categories", Class::CapCategories, &typed.cap_categories),
        ("caps", Class::Caps, &typed.caps),
        ("times", Class::Times, &typed.times),
        ("money_caps", Class::MoneyCaps, &typed.money_caps),
        ("money_floors", Class::MoneyFloors, &typed.money_floors),
        ("neutral", Class::DirectionNeutral, &typed.neutral),
        ("remedies", Class::Remedies, &typed.remedies),
        ("reductions", Class::Reductions, &typed.reductions),
        ("time_floors", Class::TimeFloors, &typed.time_floors),
    ]
}

/// Adds what the tables say to the mapping. A word that says both ways, and a dropped word that is in no list, are faults.
pub(super) fn resolve(typed: &File, mapping: &mut Mapping, faults: &mut Faults) {
    let added = added(typed);
    for (one, other) in OPPOSED {
        let of = |class: Class| added.iter().filter(move |(own, ..)| *own == class);
        for (_, name, word) in of(other) {
            if let Some((_, first, _)) = of(one).find(|(_, _, first)| plain(first) == plain(word)) {
                faults.add(
                    FaultKind::Conflict,
                    word.span(),
                    format!("“{}”同时写在 {first} 和 {name} 里", word.get_ref()),
                    "一个词只能表示一个方向。",
                );
            }
        }
    }
    let only_forms = |class: &Class| mapping.kind == Kind::Case && class.open() == Some(Open::Form);
    for (_, name, word) in added.iter().filter(|(class, ..)| only_forms(class)) {
        faults.add(
            FaultKind::Conflict,
            word.span(),
            format!("项目的补充说明不能补充 {name}：读表时还不知道是哪个项目"),
            "请写在这种表的映射文件里。",
        );
    }
    for (class, _, word) in &added {
        mapping.word_changes.add(*class, plain(word));
    }
    let drop = typed.direction.as_ref().and_then(|direction| direction.drop.as_ref());
    dropped(drop.into_iter().flatten(), mapping, faults);
    mapping.words = Words::with([&mapping.word_changes]);
}

/// Drops words from all classes of direction.
fn dropped<'w>(typed: impl Iterator<Item = &'w Spanned<String>>, mapping: &mut Mapping, faults: &mut Faults) {
    let known = Words::with([&mapping.word_changes]);
    let nothing = file::Direction::default();
    let of_direction = of_direction(&nothing).map(|(_, class, _)| class);
    for word in typed {
        let dropped = plain(word);
        let classes = || of_direction.iter().copied();
        if !classes().any(|class| known.of(class).has(&dropped)) {
            let near = nearest(&dropped, classes().flat_map(|class| known.of(class).iter()));
            faults.add(
                FaultKind::UnknownWord,
                word.span(),
                format!("各个词表中都没有“{}”", word.get_ref()),
                near.map_or_else(|| "请删去这一项。".to_owned(), |near| format!("是否要写“{near}”？")),
            );
        }
        classes().for_each(|class| mapping.word_changes.drop_word(class, dropped.clone()));
    }
}
