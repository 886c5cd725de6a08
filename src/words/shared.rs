// Words that several classes have: a class names those that it contains (`with`), and those that share many words with it and
// mean something else (`beside`). So no list is a second one of another without saying so.

use std::collections::{BTreeMap, BTreeSet};

use super::Class;

/// Classes that share fewer words are no copies of each other.
const MANY: usize = 8;

/// Gives each class the words of those that it names, and says what is wrong with the names.
pub(super) fn put_together(classes: &mut [Class]) -> Vec<String> {
    let own: BTreeMap<String, Own> = classes
        .iter()
        .map(|class| {
            let grouped = class.typed.groups.iter().flat_map(|group| &group.words).cloned().collect();
            let typed = &class.typed;
            let (words, with) = (typed.words.clone(), typed.with.clone());
            (class.name.clone(), Own { words, with, grouped, open: typed.open.is_some() })
        })
        .collect();
    let mut faults = Vec::new();
    let mut contained: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for class in classes.iter_mut() {
        let Some((name, typed)) = own.get_key_value(&class.name) else { continue };
        let mut inside = BTreeSet::new();
        let mut open: Vec<&String> = typed.with.iter().rev().collect();
        while let Some(other) = open.pop() {
            let Some((other, of)) = own.get_key_value(other).filter(|(_, of)| of.grouped.is_empty()) else {
                faults.push(format!("{name}: there is no list {other}"));
                continue;
            };
            if other == name {
                faults.push(format!("{name} contains itself"));
            } else if of.open || typed.open {
                faults.push(format!("{name}: what a mapping adds to {other} would not be in both"));
            } else if inside.insert(other.as_str()) {
                let twice = of.words.iter().find(|word| typed.words.contains(word));
                faults.extend(twice.map(|word| format!("{name}: {word} stands in {other}, too")));
                for word in &of.words {
                    if !class.typed.words.contains(word) {
                        class.typed.words.push(word.clone());
                    }
                }
                open.extend(of.with.iter().rev());
            }
        }
        contained.insert(name, inside);
    }
    faults.extend(undeclared(classes, &own, &contained));
    faults
}

/// A class as it is typed.
struct Own {
    words: Vec<String>,
    with: Vec<String>,
    grouped: Vec<String>,
    open: bool,
}

/// Classes that share many words, half of the smaller one's or more, without a word on it; and words on it where they do not.
fn undeclared(
    classes: &[Class],
    own: &BTreeMap<String, Own>,
    contained: &BTreeMap<&str, BTreeSet<&str>>,
) -> Vec<String> {
    let all: Vec<(&Class, BTreeSet<&str>)> = classes
        .iter()
        .map(|class| {
            let grouped = class.typed.groups.iter().flat_map(|group| &group.words);
            (class, class.typed.words.iter().chain(grouped).map(String::as_str).collect())
        })
        .collect();
    let none = BTreeSet::new();
    let mut faults = Vec::new();
    for (at, (one, words)) in all.iter().enumerate() {
        let inside = contained.get(one.name.as_str()).unwrap_or(&none);
        for (other, others) in all.iter().skip(at).skip(1) {
            let inside_other = contained.get(other.name.as_str()).unwrap_or(&none);
            let named = inside.contains(other.name.as_str()) || inside_other.contains(one.name.as_str());
            // What both have from a third stands in one place.
            let third: BTreeSet<&str> = inside
                .intersection(inside_other)
                .filter_map(|class| own.get(*class))
                .flat_map(|class| class.words.iter().map(String::as_str))
                .collect();
            let shared = words.intersection(others).filter(|word| !third.contains(**word)).count();
            let many = !named && shared >= MANY && shared.saturating_mul(2) >= words.len().min(others.len());
            let said = |a: &Class, b: &Class| a.typed.beside.contains(&b.name);
            let declared = said(one, other) || said(other, one);
            if many && !declared {
                faults.push(format!("{} and {} share {shared} words: with or beside?", one.name, other.name));
            }
            if declared && (named || shared < MANY.div_ceil(2)) {
                faults.push(format!("{} and {} are not beside each other", one.name, other.name));
            }
        }
        let unknown = one.typed.beside.iter().filter(|name| !own.contains_key(*name) || **name == one.name);
        faults.extend(unknown.map(|name| format!("{}: there is no class {name} beside it", one.name)));
    }
    faults
}
