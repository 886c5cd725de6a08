//! Every quantity of the text once, bound to what it is of: the words before it and behind it, its time, what narrows it, and
//! what it is in the account of the project. Two figures are of one thing where all of these agree: the checks that hold figures
//! against each other ask here.

use std::collections::BTreeSet;

use super::accounts::{Role, role_of};
use super::captions;
use super::figures::Figure;
use super::found::{Reading, years};
use super::money;
use super::prose::Spot;
use super::quantities::{Quantity, half, quantities};
use super::tables::GridRow;
use crate::base::Number;
use crate::model::MoneyUnit;
use crate::words::{self, Class};

/// Quantities of one report.
const MAX_BOUND: usize = 8_000;
/// Characters of a noun behind a quantity.
const MAX_BEHIND: usize = 6;

/// A quantity with what it is of.
#[derive(Debug)]
pub(super) struct Bound {
    pub(super) one: Quantity,
    /// Where it stands in its unit.
    pub(super) spot: Spot,
    pub(super) sentence: Spot,
    /// The letters of its clause before it, without words that only link.
    pub(super) lead: String,
    /// The letters right behind it.
    pub(super) behind: String,
    time: Time,
    exactness: Exactness,
    /// Whether it stands behind 其中 and is of a part.
    pub(super) in_parts: bool,
    /// What it is in the account of the whole project.
    pub(super) role: Option<Role>,
    /// The words that narrow it.
    pub(super) qualifiers: BTreeSet<String>,
}

/// Which time a quantity is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    /// The year that is evaluated.
    Own,
    /// The same, in a sentence that names another time before it.
    BehindOther,
    /// Another: its own clause says so, or the last year that is named before it.
    Other,
}

/// How exactly a quantity is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exactness {
    Exact,
    /// What stands before it makes it rough: 约.
    Rough,
    /// What stands behind it makes it rough, or a bound: 以上.
    Bounded,
}

impl Bound {
    /// Whether it is of another time than the one that is evaluated.
    pub(super) fn of_other_time(&self) -> bool {
        self.time == Time::Other
    }

    /// Whether anything before it in its sentence is.
    pub(super) fn behind_other_time(&self) -> bool {
        self.time != Time::Own
    }

    /// Whether what stands behind it makes it rough, or a bound.
    pub(super) fn bounded(&self) -> bool {
        self.exactness == Exactness::Bounded
    }

    /// Whether that, or what stands before it, does.
    pub(super) fn about(&self) -> bool {
        self.exactness != Exactness::Exact
    }

    /// Whether its clause, or the heading above it, says that it is to be.
    pub(super) fn is_to_be(&self, reading: &Reading) -> bool {
        let text = reading.prose.at(self.sentence);
        let plans = words::of(Class::PlansOfFigures).within(clause(text, &self.one));
        plans || super::two_values::is_below_plans(reading, self.sentence)
    }

    /// Whether it is an amount of the project in the year that is evaluated.
    pub(super) fn is_in_role(&self, role: Role) -> bool {
        self.role == Some(role) && !self.of_other_time() && !self.about() && !self.in_parts
    }
}

/// All of a report, in order.
pub(super) fn all(reading: &Reading) -> Vec<Bound> {
    reading.prose.sentences().flat_map(|sentence| of_sentence(reading, sentence)).take(MAX_BOUND).collect()
}

/// The words of a clause before a quantity of a text; of the result of a printed calculation those before the calculation.
pub(super) fn clause<'t>(text: &'t str, one: &Quantity) -> &'t str {
    let head = text.get(..one.figure.from).unwrap_or_default();
    let printed = head.ends_with('=').then(|| head.rsplit(['，', ';']).next()).flatten();
    let head = printed.and_then(|part| part.split_once('=')).map_or(head, |(name, _)| name);
    // 执行率（支出/到位）为: what explains the name is no part of it.
    let plain = words::of(Class::ReportFigureLinks).trim_end(head);
    let open = plain.strip_suffix(')').and_then(|inside| inside.rfind('('));
    let head = open.and_then(|at| plain.get(..at)).unwrap_or(head);
    head.rsplit(['，', ';', ':', '、', '(', ')']).next().unwrap_or(head)
}

/// The place of a quantity of a sentence.
pub(super) fn place(sentence: Spot, one: &Quantity) -> Spot {
    Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(one.figure.from),
        to: sentence.from.saturating_add(one.to),
    }
}

/// The numbers of tables as quantities of the unit of another. Those of money are in the unit that their table has, else in 元 or
/// in 万元; points are none.
pub(super) fn of_tables(reading: &Reading, like: &Quantity) -> Vec<Quantity> {
    of_rows(reading, like, |_| true)
}

/// The same, of the rows that add tables up.
pub(super) fn of_sums(reading: &Reading, like: &Quantity) -> Vec<Quantity> {
    of_rows(reading, like, |row| row.is_sum() || row.is_part_sum())
}

fn of_rows(reading: &Reading, like: &Quantity, is: impl Fn(&GridRow) -> bool) -> Vec<Quantity> {
    let amount = |figure: Figure, factor: u32| {
        let factor = Number::from(factor);
        let (value, half) = (figure.value.times(factor)?, half(&figure)?.times(factor)?);
        Some(Quantity { figure, value, half, ..like.clone() })
    };
    let mut all = Vec::new();
    for grid in &reading.grids {
        for (col, title) in &grid.titles {
            let unit = captions::unit(title).or_else(|| captions::unit(&grid.caption)).map(MoneyUnit::factor);
            let scored = grid.column(Class::ColumnsOfPoints).is_some() && unit.is_none();
            let factors = match unit {
                Some(factor) if like.is_money() => vec![factor],
                _ if like.is_money() && scored => Vec::new(),
                _ if like.is_money() => vec![1, 10_000],
                _ => vec![1],
            };
            let figures = grid.rows.iter().filter(|row| is(row)).filter_map(|row| row.number(*col));
            all.extend(figures.flat_map(|figure| {
                factors.iter().filter_map(move |factor| amount(figure, *factor)).collect::<Vec<_>>()
            }));
        }
    }
    all
}

fn of_sentence(reading: &Reading, sentence: Spot) -> Vec<Bound> {
    let text = reading.prose.at(sentence);
    let parts = text.find("其中").unwrap_or(text.len());
    // “三公”经费预算8万元，支出6万元: what a sentence begins with narrows what has no words of its own.
    let mut narrowed = false;
    let mut before = 0_usize;
    let of = |one: Quantity| {
        let head = text.get(..one.figure.from).unwrap_or_default();
        let clause = clause(text, &one);
        let plain = words::of(Class::ReportFigureLinks).trim_end(clause);
        let lead: String = plain.chars().filter(|c| c.is_alphabetic()).collect();
        let lead = lead.strip_prefix("其中").unwrap_or(&lead);
        let lead = lead.trim_start_matches("年度").trim_start_matches('年').to_owned();
        let rest = text.get(one.to..).unwrap_or_default();
        let behind = rest.chars().take_while(|c| c.is_alphabetic()).take(MAX_BEHIND).collect();
        let bounded = words::of(Class::AboutFigures).begins(rest) || rest.starts_with(['-', '~', '/', '每']);
        let exactness = if bounded {
            Exactness::Bounded
        } else if words::of(Class::RoughBefore).ends(head) {
            Exactness::Rough
        } else {
            Exactness::Exact
        };
        let qualifiers = words::of(Class::FigureQualifiers).iter().filter(|word| clause.contains(*word));
        let told = one.is_money().then(|| role_of(plain)).flatten();
        let role = told.and_then(|_| role(reading, plain));
        narrowed |= told.is_some() && role.is_none() && one.figure.from < parts;
        let role = role.filter(|_| !narrowed || told.is_none_or(|(_, before)| !before.is_empty()));
        // 由上年的5万亩降到4万亩: the time of the first is not that of the second.
        let begin = head.len().saturating_sub(clause.len()).max(before);
        let own = head.get(begin..).unwrap_or(clause);
        before = one.to;
        let time = if is_of_other_time(reading, own, head) {
            Time::Other
        } else if reading.is_of_other_year(head) || words::of(Class::TimesBefore).within(head) {
            Time::BehindOther
        } else {
            Time::Own
        };
        Bound {
            spot: place(sentence, &one),
            sentence,
            lead,
            behind,
            time,
            exactness,
            in_parts: one.figure.from > parts,
            role,
            qualifiers: qualifiers.map(str::to_owned).collect(),
            one,
        }
    };
    quantities(text).into_iter().map(of).collect()
}

/// Whether a clause, or else the last year that is named before it, is of another time.
fn is_of_other_time(reading: &Reading, clause: &str, head: &str) -> bool {
    match years(clause).last() {
        Some(named) => reading.year.is_some_and(|own| own != *named),
        None => words::of(Class::TimesBefore).within(clause) || reading.is_of_other_year(head),
    }
}

/// What a clause says that the amount behind it is in the account, where it is the whole project's.
fn role(reading: &Reading, clause: &str) -> Option<Role> {
    let (role, before) = role_of(clause)?;
    let lead = before.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('月');
    let moved = matches!(role, Role::Added | Role::Taken);
    let stage = matches!(role, Role::First | Role::Adjusted) && !words::of(Class::MoneyOfParts).within(lead);
    (moved || stage || money::is_whole(reading, lead)).then_some(role)
}
