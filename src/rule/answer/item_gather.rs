//! What the clauses of an answer say of the items of a list, gathered: each item once, and what is said of the others.

use crate::notation::{Items, Tick};
use crate::words::{self, Class};

/// More clauses are a report.
const MAX_CLAUSES: usize = 12;

/// What was said of the items.
pub(super) struct Gathered {
    ticks: Vec<(u32, Tick)>,
    others: Option<Tick>,
    /// Whether each of them was named.
    whole: bool,
}

/// What one clause says: of items by their places.
pub(super) type Told = Vec<(usize, Tick)>;

/// Gathers what each clause says, and what is said of the rest (其余规范); nothing where a clause is of no item with certainty,
/// or two of them say otherwise of one.
pub(super) fn gather(
    text: &str,
    items: &[String],
    of_rest: impl Fn(&str) -> Option<Tick>,
    of_clause: impl Fn(&str) -> Option<Told>,
) -> Option<Gathered> {
    let clauses: Vec<&str> =
        text.split(['，', ',', ';', '；', '。']).filter(|clause| !clause.is_empty()).collect();
    if clauses.len() > MAX_CLAUSES {
        return None;
    }
    let count = items.len();
    let mut ticks: Vec<Option<Tick>> = vec![None; count];
    let mut others = None;
    let mut strange: Vec<&str> = Vec::new();
    for clause in clauses {
        let clause = words::of(Class::ClauseLinks).strip(clause).unwrap_or(clause);
        let clause = words::of(Class::WithinTheYear).strip(clause).unwrap_or(clause);
        if let Some(rest) = words::of(Class::TheOthers).strip(clause) {
            others = Some(of_rest(rest).filter(|_| others.is_none())?);
            continue;
        }
        let Some(told) = of_clause(clause) else {
            strange.push(clause);
            continue;
        };
        for (at, tick) in told {
            let place = ticks.get_mut(at)?;
            if place.is_some_and(|earlier| earlier != tick) {
                return None;
            }
            *place = Some(tick);
        }
    }
    let named: Vec<(u32, Tick)> =
        (1_u32..).zip(&ticks).filter_map(|(at, tick)| tick.map(|tick| (at, tick))).collect();
    let whole = named.len() == count;
    let missed = named.iter().any(|(_, tick)| *tick == Tick::NotMet);
    let explained = whole && missed && strange.iter().all(|clause| explains(clause, &ticks, items));
    if !strange.is_empty() && !explained {
        return None;
    }
    (!named.is_empty()).then_some(Gathered { ticks: named, others, whole })
}

/// Whether a clause may say why an item is not met: it denies, and is of no item that is met.
fn explains(clause: &str, ticks: &[Option<Tick>], items: &[String]) -> bool {
    let signs: Vec<char> = clause.chars().collect();
    let of = |item: &String| signs.windows(2).any(|pair| item.contains(&pair.iter().collect::<String>()));
    let wrong = words::of(Class::Negations).within(clause) || words::of(Class::Faults).within(clause);
    let doubt = words::of(Class::InPart).within(clause) || words::of(Class::Hoped).within(clause);
    let met = items.iter().zip(ticks).filter(|(_, tick)| **tick == Some(Tick::Met));
    wrong && !doubt && !met.map(|(item, _)| item).any(of)
}

impl Gathered {
    /// Whether all that is named is not met, and nothing is said of the others: what is missing is listed.
    pub(super) fn lists_what_is_missing(&self) -> bool {
        self.others.is_none() && self.ticks.iter().all(|(_, tick)| *tick == Tick::NotMet)
    }

    /// The items, where each of them is told: by its name, or as one of the others.
    pub(super) fn all_told(self) -> Option<Items> {
        (self.whole != self.others.is_some()).then(|| self.named())
    }

    /// The items as far as they are told.
    pub(super) fn named(self) -> Items {
        Items::Named { ticks: self.ticks, others: self.others }
    }
}
