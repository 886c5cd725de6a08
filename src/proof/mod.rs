//! Proofreading: a report held against its case and against itself. One check a file; a check only looks.
//!
//! A finding that is wrong costs more than one that is missed: a check speaks only where no honest reading of the words makes
//! them right.

mod accounts;
mod again;
mod agencies;
mod aims;
mod arithmetic;
mod averages;
mod bands;
mod bound;
mod captions;
mod changes;
mod chapters;
mod choices;
mod claims;
mod columns;
mod compared;
mod counts;
mod covers;
mod dates;
mod deducted;
mod durations;
mod earned;
mod elsewhere;
mod figures;
mod forms;
mod found;
mod funds;
mod goals;
mod grade;
mod growth;
mod indicators;
mod labelled;
mod levels;
mod likeness;
mod limits;
mod lines;
mod listed;
mod money;
mod named;
mod names;
mod near_parts;
mod nouns;
mod outcomes;
mod outline;
mod phases;
mod portions;
mod priced;
mod problems;
mod products;
mod prose;
mod purse;
mod quantities;
mod rates;
mod reached;
mod rest;
mod results;
mod scope;
mod scores;
mod shares;
mod slips;
mod spelled;
mod splits;
mod staff;
mod standards;
mod stated;
mod sums;
mod tables;
mod targets;
mod tenths;
mod this_part;
mod titles;
mod told;
mod total;
mod two_values;
mod typos;
mod volumes;
mod weights;

use crate::check::Facts;
use crate::docx::read::Document;
use crate::model::Finding;
use found::Reading;
use outline::Outline;
use prose::Prose;

/// A check: a report in, its findings out.
type Check = fn(&Reading) -> Vec<Finding>;

/// The checks, in the order of the alphabet.
const CHECKS: &[Check] = &[
    accounts::check,
    agencies::check,
    again::check,
    aims::check,
    arithmetic::check,
    averages::check,
    bands::check,
    captions::check,
    changes::check,
    chapters::check,
    choices::check,
    claims::check,
    columns::check,
    compared::check,
    counts::check,
    covers::check,
    dates::check,
    deducted::check,
    durations::check,
    earned::check,
    elsewhere::check,
    forms::check,
    funds::check,
    goals::check,
    grade::check,
    growth::check,
    indicators::check,
    labelled::check,
    levels::check,
    likeness::check,
    limits::check,
    listed::check,
    money::check,
    named::check,
    names::check,
    nouns::check,
    outcomes::check,
    phases::check,
    portions::check,
    priced::check,
    problems::check,
    products::check,
    purse::check,
    rates::check,
    reached::check,
    rest::check,
    results::check,
    scope::check,
    scores::check,
    shares::check,
    slips::check,
    spelled::check,
    splits::check,
    staff::check,
    standards::check,
    sums::check,
    targets::check,
    tenths::check,
    titles::check,
    told::check,
    total::check,
    two_values::check,
    typos::check,
    volumes::check,
    weights::check,
];

/// Whether a document is an evaluation report by what it says, whatever its file is called.
pub fn is_report(document: &Document) -> bool {
    let prose = Prose::of(document.clone());
    let outline = Outline::of(&prose);
    chapters::are_of_a_report(&prose, &outline)
}

/// What is wrong with a report, by itself and, where they are given, against the facts of its case; in its order.
pub fn run(document: Document, facts: Option<&Facts>) -> Vec<Finding> {
    let prose = Prose::of(document);
    let outline = Outline::of(&prose);
    let grids = tables::grids(&prose);
    let stated = stated::stated(&prose, &outline, &grids, facts.and_then(|facts| facts.scorecard));
    let year = found::year(&prose, facts);
    let mut reading = Reading { prose, outline, grids, stated, year, facts, told: Vec::new() };
    reading.told = bound::all(&reading);
    let mut findings: Vec<Finding> = CHECKS.iter().flat_map(|check| check(&reading)).collect();
    findings.sort_by_cached_key(|finding| {
        let number = finding.passage.as_ref().map_or(u32::MAX, |passage| passage.number);
        (finding.severity, number, finding.id, finding.message.clone())
    });
    findings.dedup();
    findings
}
