//! Titles of ledgers, summaries and surveys as packages, banks and clerks write them: each is what it was collected as, or
//! is left to a person. None is another column.
//!
//! The table of what is read stands in the output: `cargo test --test it ledger_titles -- --nocapture`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use jixiao::inner::mapping::compose::{self, Role, Table};
use jixiao::inner::mapping::title::normalise;
use jixiao::inner::mapping::{Column, FormTable, Mapping};

use crate::walk::SHIPPED;

/// Ranks from here on are guesses: only the end of the title was read.
const GUESSED: usize = 2_000_000;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// Read as what it is.
    Used,
    /// Not read, and rightly: it has no part in a total, or a person is asked where its content does.
    Silent,
    /// Read from its end; a person is asked.
    Guessed,
    /// Nothing is made of it; a person is asked where amounts stand below it.
    Unread,
    /// Read as something else.
    Wrong(String),
}

/// What a role may be read as; nothing for what is not read.
fn wanted(table: &str, role: &str) -> &'static [Column] {
    use Column as C;
    match (table, role) {
        ("ledger" | "survey", "date") => &[C::Date],
        ("ledger", "month" | "period") => &[C::Month, C::Period],
        ("ledger", "day") => &[C::Day],
        ("ledger", "voucher" | "voucher_number") => &[C::Voucher, C::VoucherNumber],
        ("ledger", "summary") => &[C::Summary],
        ("ledger", "account_code") => &[C::AccountCode],
        ("ledger", "account_name") => &[C::AccountName],
        ("ledger", "economic") => &[C::Economic, C::AccountName],
        ("ledger", "project") => &[C::Project],
        // One column of amounts is the debit side.
        ("ledger", "debit" | "amount") => &[C::Debit, C::Amount],
        ("ledger", "credit") => &[C::Credit],
        ("ledger", "direction") => &[C::Direction],
        ("ledger", "balance") => &[C::Balance],
        ("summary", "level1") => &[C::Level1],
        ("summary", "level2") => &[C::Level2],
        ("summary", "weight") => &[C::Weight, C::Level2Weight],
        ("summary", "score") => &[C::Score],
        ("summary", "stated") => &[C::StatedScore, C::Score],
        ("survey", "answer") => &[C::Answer],
        // Words that belong to a column which is read from words only.
        ("ledger", "silent") => &[C::Unit],
        ("summary", "silent") => &[C::Reason],
        (_, "silent" | "ask") => &[],
        _ => panic!("{table} has no {role}"),
    }
}

fn mapping(table: &str) -> (usize, &'static Mapping) {
    let name = if table == "summary" { "score-summary" } else { table };
    SHIPPED.all().iter().enumerate().find(|(_, mapping)| mapping.name == name).unwrap()
}

fn outcome(table: &str, role: &str, title: &str) -> Outcome {
    let key = normalise(title);
    let (at, rules) = mapping(table);
    let wanted = wanted(table, role);
    let hits = SHIPPED.index().title(&key);
    let of: Vec<_> = hits.iter().filter(|hit| (hit.mapping, hit.table) == (at, FormTable::Main)).collect();
    let column = |rule: usize| rules.columns_of(FormTable::Main)[rule].column;
    if let Some(hit) = of.iter().find(|hit| wanted.contains(&column(hit.rule))) {
        return if hit.rank >= GUESSED { Outcome::Guessed } else { Outcome::Used };
    }
    let other = of.iter().find(|hit| column(hit.rule) != Column::Other);
    match other {
        Some(hit) if hit.rank < GUESSED => return Outcome::Wrong(column(hit.rule).word().to_owned()),
        Some(_) => return Outcome::Guessed,
        None => {}
    }
    let composed = compose::read(&key, Table::of(rules.kind, FormTable::Main)).map(|read| read.role);
    let silent = !of.is_empty() || matches!(composed, Some(Role::Silent(_)));
    match silent {
        // The day of an answer counts for nothing.
        true if matches!((table, role), (_, "silent" | "ask") | ("survey", "date")) => Outcome::Silent,
        true => Outcome::Wrong("nothing of use".to_owned()),
        false => Outcome::Unread,
    }
}

#[derive(Default)]
struct Count {
    used: usize,
    silent: usize,
    guessed: usize,
    unread: usize,
    wrong: usize,
}

impl Count {
    fn add(&mut self, outcome: &Outcome) {
        *match outcome {
            Outcome::Used => &mut self.used,
            Outcome::Silent => &mut self.silent,
            Outcome::Guessed => &mut self.guessed,
            Outcome::Unread => &mut self.unread,
            Outcome::Wrong(_) => &mut self.wrong,
        } += 1;
    }

    fn all(&self) -> usize {
        self.used + self.silent + self.guessed + self.unread + self.wrong
    }

    fn line(&self, name: &str) -> String {
        let Self { used, silent, guessed, unread, wrong } = self;
        format!("{name:<22}{used:>6}{silent:>8}{guessed:>9}{unread:>8}{wrong:>7}\n")
    }
}

#[test]
fn every_title_of_a_ledger_summary_or_survey_is_what_it_is_or_left_to_a_person() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/ledger-titles.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut tables: BTreeMap<&str, Count> = BTreeMap::new();
    let mut said = String::new();
    for line in text.lines().skip(1) {
        let mut cells = line.split('\t');
        let [table, role, title] = [(); 3].map(|()| cells.next().unwrap());
        let outcome = outcome(table, role, title);
        counts.entry(format!("{table} {role}")).or_default().add(&outcome);
        tables.entry(table).or_default().add(&outcome);
        if !matches!(outcome, Outcome::Used | Outcome::Silent) {
            let _ = writeln!(said, "{table} {role}: {title}: {outcome:?}");
        }
    }
    println!("{said}\ntable and role          used  silent  guessed  unread  wrong");
    counts.iter().for_each(|(role, count)| print!("{}", count.line(role)));
    tables.iter().for_each(|(table, count)| print!("{}", count.line(&format!("= {table}"))));
    for (table, count) in &tables {
        assert_eq!(count.wrong, 0, "{table}\n{said}");
        assert!((count.used + count.silent) * 100 >= count.all() * 85, "{table}\n{said}");
        assert!(count.unread * 100 <= count.all() * 5, "{table}\n{said}");
    }
    assert!(tables["ledger"].all() >= 120 && tables["summary"].all() >= 30 && tables["survey"].all() >= 40);
}
