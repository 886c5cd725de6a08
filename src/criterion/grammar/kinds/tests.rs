//! The table of kinds is as it says: examples are read by their own kind, and which kind a clause is of does not hang on
//! the order of the table but where the table says so.

use std::collections::{BTreeMap, BTreeSet};

use super::{KINDS, Kind, Place};
use crate::criterion::grammar::clause::{Given, clauses};
use crate::criterion::grammar::scan::attempt;
use crate::criterion::text::plain::{Plain, segments};

/// Where the kind stands in the table.
fn place_of(kind: &Kind) -> usize {
    KINDS.iter().position(|other| other.name == kind.name).unwrap()
}

/// Whether the kind takes all of the text.
fn takes(kind: &Kind, text: &str) -> bool {
    let mut rest = text;
    attempt(&mut rest, |i| (kind.parse)(i, Given::default())).is_some() && rest.is_empty()
}

/// Every clause of the tables of criteria, with its kind's place.
fn written() -> BTreeSet<(usize, String)> {
    let mut found = BTreeSet::new();
    for table in ["model", "worked", "refused", "field", "reasons"] {
        let path = format!("{}/tests/criterion/{table}.tsv", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).unwrap();
        for line in text.lines().skip(1).filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let Some(criterion) = cells.get(2) else { continue };
            let plain = Plain::new(criterion);
            let read = clauses(plain.as_str(), &segments(plain.as_str()), Given::default());
            for clause in read.all.iter().filter(|_| read.unread.is_none()) {
                found.insert((place_of(clause.kind), clause.text.to_owned()));
            }
        }
    }
    found
}

#[test]
fn every_example_is_read_by_its_own_kind() {
    let mut names = BTreeSet::new();
    for kind in KINDS {
        assert!(names.insert(kind.name), "two kinds are called {}", kind.name);
        // What stands behind a condition follows one here.
        let behind = kind.place == Place::BehindCondition;
        let mut rest = kind.example;
        let (found, _) =
            attempt(&mut rest, |i| super::clause(i, Given::default(), behind)).expect(kind.example);
        assert_eq!(found.name, kind.name, "{}", kind.example);
        // A kind may leave what shares its award to the clause behind it.
        if !rest.is_empty() {
            attempt(&mut rest, |i| super::clause(i, Given::default(), false)).expect(kind.example);
        }
        assert_eq!(rest, "", "{}", kind.example);
    }
}

#[test]
fn a_clause_is_of_one_kind_but_where_the_table_says_why() {
    let all = written();
    assert!(all.len() > 1_000, "{} clauses", all.len());
    let examples = KINDS.iter().enumerate().map(|(at, kind)| (at, kind.example.to_owned()));
    let mut shared: BTreeMap<(usize, usize), String> = BTreeMap::new();
    for (at, text) in all.into_iter().chain(examples) {
        for (later, kind) in KINDS.iter().enumerate().skip(at + 1) {
            if takes(kind, &text) {
                shared.entry((at, later)).or_insert(text.clone());
            }
        }
    }
    let declared: BTreeSet<(usize, usize)> = KINDS
        .iter()
        .enumerate()
        .flat_map(|(at, kind)| {
            kind.before.iter().map(move |(other, why)| {
                assert!(!why.is_empty(), "{} before {other}: why?", kind.name);
                (at, KINDS.iter().position(|kind| kind.name == *other).expect(other))
            })
        })
        .collect();
    let name = |at: usize| KINDS[at].name;
    let undeclared: Vec<String> = shared
        .iter()
        .filter(|(pair, _)| !declared.contains(pair))
        .map(|((first, later), text)| format!("{} and {}: {text}", name(*first), name(*later)))
        .collect();
    let stale: Vec<String> = declared
        .iter()
        .filter(|pair| !shared.contains_key(pair))
        .map(|(first, later)| format!("{} before {}", name(*first), name(*later)))
        .collect();
    assert!(undeclared.is_empty(), "of two kinds: {undeclared:#?}");
    assert!(stale.is_empty(), "no clause is of both: {stale:#?}");
}
