//! Targets and actuals as officials write them. `tests/cases/notation.tsv` holds the cases, each worked out by hand.

mod cells;
mod facts;
mod properties;

use std::fmt::Write as _;

use jixiao::inner::notation::{Hints, Items, Notation, Quantity, Role, Tick, Unread, read_text};

/// A notation in one line, as the case table writes it.
pub(crate) fn show(outcome: &Result<Notation, Unread>) -> String {
    let quantity = |q: &Quantity| match q.fraction {
        Some((a, b)) => format!("{}{a}/{b}", q.sign.map_or("", jixiao::inner::notation::Sign::symbol)),
        None => {
            format!("{}{} {}", q.sign.map_or("", jixiao::inner::notation::Sign::symbol), q.number, q.unit)
        }
    };
    match outcome {
        Err(unread) => format!("refused {:?}", unread.why),
        Ok(Notation::Blank) => "blank".to_owned(),
        Ok(Notation::Quantity(q)) => format!("quantity {}", quantity(q)).trim_end().to_owned(),
        Ok(Notation::Range { low, high }) => format!("range {} .. {}", quantity(low), quantity(high)),
        Ok(Notation::Date(days)) if days.first == days.last => format!("date {}", days.first),
        Ok(Notation::Date(days)) => format!("date {}..{}", days.first, days.last),
        Ok(Notation::Deadline(by)) => format!("by {by}"),
        Ok(Notation::Period(days)) => format!("period {}..{}", days.first, days.last),
        Ok(Notation::Scale(word)) => format!("scale {} {}/{}", word.stem, word.rank, word.of),
        Ok(Notation::ScaleName(_)) => "scale-name".to_owned(),
        Ok(Notation::YesNo(yes)) => if *yes { "yes" } else { "no" }.to_owned(),
        Ok(Notation::Items(items)) => show_items(items),
        Ok(Notation::Status(status)) => match status.rate {
            Some(rate) => format!("status {:?} {rate}", status.word),
            None => format!("status {:?}", status.word),
        },
        Ok(Notation::NothingFound) => "nothing-found".to_owned(),
        Ok(Notation::Text(text)) => format!("text {text}"),
    }
}

fn show_items(items: &Items) -> String {
    let mark = |tick| if tick == Tick::Met { '+' } else { '-' };
    match items {
        Items::Named { ticks, others } => {
            let mut shown = "items".to_owned();
            for (item, tick) in ticks {
                write!(shown, " {item}{}", mark(*tick)).unwrap();
            }
            if let Some(tick) = others {
                write!(shown, " *{}", mark(*tick)).unwrap();
            }
            shown
        }
        Items::CountMet { met, of: Some(of) } => format!("met {met} of {of}"),
        Items::CountMet { met, of: None } => format!("met {met}"),
        Items::CountMissing(missing) => format!("missing {missing}"),
    }
}

/// How the target and actual cells of a list are classified, one a line. The list's header names its columns
/// (`level2`, `indicator`, `target_value`, `actual_value`); a target split over columns has bars between them.
fn classified(text: &str) -> String {
    let mut list = String::new();
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |title: &str| {
            let place = header.iter().position(|have| *have == title);
            place.and_then(|at| cells.get(at).copied()).unwrap_or_default()
        };
        let [category, indicator, target, actual] =
            ["level2", "indicator", "target_value", "actual_value"].map(cell);
        let mut hints = Hints { indicator, category, year: Some(2022), ..Hints::default() };
        let parts: Vec<&str> = target.split('|').collect();
        let read = match parts[..] {
            [sign, value, unit] => {
                hints.sign = Some(sign);
                hints.unit = Some(unit);
                read_text(value, &hints)
            }
            _ => read_text(target, &hints),
        };
        if !target.is_empty() {
            writeln!(list, "target\t{indicator}\t{target}\t{}", show(&read)).unwrap();
        }
        hints.role = Role::Actual;
        hints.target = read.as_ref().ok();
        if !actual.is_empty() {
            writeln!(list, "actual\t{indicator}\t{actual}\t{}", show(&read_text(actual, &hints))).unwrap();
        }
    }
    list
}

#[test]
fn cells_as_counties_write_them_are_classified() {
    insta::assert_snapshot!(classified(include_str!("../../cases/targets.tsv")));
}

/// Prints how the cells of another list are classified, for a person to read:
/// `JIXIAO_TARGETS=list.tsv cargo test --test it a_list_of_cells -- --ignored --nocapture`.
#[test]
#[ignore = "needs a list: JIXIAO_TARGETS=list.tsv"]
fn a_list_of_cells_is_shown() {
    let path = std::env::var_os("JIXIAO_TARGETS").expect("JIXIAO_TARGETS names a list");
    println!("{}", classified(&std::fs::read_to_string(path).expect("the list")));
}

/// The hints of a case: `role=actual target=≥95% name=… sign=≥ unit=% items=4 year=2022`.
fn context(words: &str) -> Vec<(&str, &str)> {
    words.split_whitespace().map(|word| word.split_once('=').unwrap()).collect()
}

/// Reads a case's text with its context.
fn read_case(text: &str, words: &str) -> Result<Notation, Unread> {
    let pairs = context(words);
    let get = |key: &str| pairs.iter().find(|(k, _)| *k == key).map(|(_, value)| *value);
    let mut hints = Hints {
        indicator: get("name").unwrap_or_default(),
        unit: get("unit"),
        items: get("items").map(|n| n.parse().unwrap()),
        year: get("year").map(|year| year.parse().unwrap()),
        ..Hints::default()
    };
    let target = get("target").map(|target| read_text(target, &hints).expect("the case's target reads"));
    hints.sign = get("sign");
    hints.role = if get("role") == Some("actual") { Role::Actual } else { Role::Target };
    hints.target = target.as_ref();
    read_text(text, &hints)
}

#[test]
fn every_case_of_the_table_reads_as_worked_out() {
    let mut wrong = String::new();
    let mut count = 0;
    for line in include_str!("../../cases/notation.tsv").lines().skip(1).filter(|line| !line.starts_with('#'))
    {
        let mut cells = line.split('\t');
        let (Some(text), Some(expected), Some(words)) = (cells.next(), cells.next(), cells.next()) else {
            panic!("a case has three cells: {line}")
        };
        let found = show(&read_case(text, words));
        if found != expected {
            writeln!(wrong, "{text}\t{words}\texpected {expected}\tfound {found}").unwrap();
        }
        count += 1;
    }
    assert_eq!(wrong, "");
    assert!(count >= 150, "{count}");
}
