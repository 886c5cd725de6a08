//! What a run remembers of what it read, so that the next one can say what a person changed since.

use super::text::{digest, fitting, held, plain};
use crate::base::{CellAt, Number, Score};
use crate::issue::PastFinding;
use crate::model::{Bound, Given, LedgerTotals, Loss, Lost, Sums, Voice};
use crate::sheet::{Cell, NumberFormat, Value};

/// What is remembered of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A cell of a person's, with what it held.
    Input,
    /// A tick on 评分明细.
    Tick,
    /// An indicator, at its name's cell, with its score and what that was of.
    Score,
    /// A score or grade that a person put in the place of ours, at the same cell.
    Override,
    /// What a person typed on our sheets that belongs to no indicator.
    Lost,
    /// What the ledgers add up to.
    Ledger,
    /// A finding that is a matter of those who handed the form in; one without content says that all of them follow.
    Finding,
}

impl What {
    const ALL: [Self; 7] =
        [Self::Input, Self::Tick, Self::Score, Self::Override, Self::Lost, Self::Ledger, Self::Finding];

    /// What the record calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Tick => "tick",
            Self::Score => "score",
            Self::Override => "override",
            Self::Lost => "lost",
            Self::Ledger => "ledger",
            Self::Finding => "finding",
        }
    }

    /// The one that the record calls so.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|what| what.word() == word)
    }
}

/// Something remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memory {
    /// What it is.
    pub what: What,
    /// Where it stands.
    pub at: CellAt,
    /// What is compared: the exact content; of an indicator its score, empty while it waits, and a digest of what that is
    /// of; of an override [`told_override`]; of what is lost [`told_lost`]; of
    /// ledgers [`told_ledger`]; of a finding [`told_finding`].
    pub content: String,
    /// What a person saw; of an indicator its name.
    pub shown: String,
    /// The case and indicator it belongs to (`0/5`), or the case alone (`0/`), which an override of the grade has.
    pub label: String,
}

impl Memory {
    /// The same by the sheets' names in one file of the run; `None` where it is about another file. What stands on the
    /// sheets that we add goes with them into the `host`.
    pub fn of_file(&self, file: Option<&str>, host: bool) -> Option<Self> {
        if matches!(self.what, What::Tick | What::Finding) {
            return host.then(|| self.clone());
        }
        let sheet = self.at.sheet.name_in(file)?;
        Some(Self { at: CellAt::new(sheet, self.at.cell), ..self.clone() })
    }
}

/// A cell's content for comparing; the result of a formula, since its text follows other cells.
pub fn exact(cell: &Cell) -> String {
    match &cell.value {
        Value::Text(text) => exact_text(text),
        Value::Number(number) => exact_text(&number.to_string()),
        _ => exact_text(&cell.shown()),
    }
}

/// The same of a text that is about to be written.
pub fn exact_text(text: &str) -> String {
    held(plain(text))
}

/// A cell as a person sees it, but with every digit that its format hides.
pub fn precise(cell: &Cell) -> String {
    let (Value::Number(number), format) = (&cell.value, cell.format) else { return cell.shown() };
    let (exact, sign, places) = match format {
        NumberFormat::Percent(places) => (number.times(Number::from(100)), "%", places),
        NumberFormat::Fixed(places) => (Some(*number), "", places),
        NumberFormat::Scaled { places, unit, .. } => (format.shown_of(*number), unit, places),
        NumberFormat::General | NumberFormat::Date | NumberFormat::Text => return cell.shown(),
    };
    match exact.map(Number::normalize) {
        Some(exact) if exact.get().scale() > u32::from(places) => format!("{exact}{sign}"),
        _ => cell.shown(),
    }
}

/// A score with a digest of what it is of, as it is remembered.
pub fn told_score(score: Option<Score>, basis: &str) -> String {
    format!("{} {basis}", score.map(|score| score.to_string()).unwrap_or_default())
}

/// The score and what it is of; versions before wrote the score alone.
pub(super) fn decoded_score(content: &str) -> (Option<Score>, Option<String>) {
    let (score, basis) = content.split_once(' ').unwrap_or((content, ""));
    let basis = Some(basis.to_owned()).filter(|basis| !basis.is_empty());
    (score.parse().ok().map(Score::new), basis)
}

/// What is remembered of an override.
pub fn told_override(bound: &Bound) -> String {
    let word = |is: bool, word: &'static str| if is { word } else { "-" };
    let stood = word(bound.stood, "stood");
    let (reason, score) = (word(bound.reason_in_form, "in-form"), word(bound.in_form, "in-form"));
    let voice = bound.voice.map_or("-", Voice::name);
    format!("{} {} {stood} {reason} {score} {voice}", bound.said, bound.basis)
}

pub(super) fn decoded_override(content: &str) -> Option<Bound> {
    let mut parts = content.split(' ');
    let (said, basis) = (parts.next()?.to_owned(), parts.next()?.to_owned());
    let (stood, reason_in_form) = (parts.next()? == "stood", parts.next()? == "in-form");
    let in_form = parts.next()? == "in-form";
    let voice = parts.next().and_then(|name| Voice::ALL.into_iter().find(|voice| voice.name() == name));
    Some(Bound { said, basis, stood, in_form, reason_in_form, voice })
}

/// Between the words of what is lost, and of a finding.
const BETWEEN: char = '\u{1f}';
/// Characters of each of these words, as the record holds them.
const MAX_LOST: usize = 6_000;
/// What is lost because nothing proves it, as it is remembered.
const NOT_PROVED: &str = "not-proved";
/// What is lost because its indicator is gone.
const GONE: &str = "gone";

/// What is remembered of what is lost: why, and the words.
pub fn told_lost(lost: &Lost) -> String {
    let Given { value, reason, by, .. } = &lost.given;
    let why = match lost.loss {
        Loss::Gone => GONE,
        Loss::NotProved => NOT_PROVED,
    };
    let words = [why, lost.name.as_deref().unwrap_or_default(), value, reason, by];
    words.map(|words| fitting(words, MAX_LOST)).join(&BETWEEN.to_string())
}

pub(super) fn decoded_lost(content: &str) -> Option<Lost> {
    let mut words = content.split(BETWEEN).map(str::to_owned);
    let loss = match words.next()?.as_str() {
        GONE => Loss::Gone,
        NOT_PROVED => Loss::NotProved,
        _ => return None,
    };
    let name = words.next().filter(|name| !name.is_empty());
    let (value, reason, by) = (words.next()?, words.next()?, words.next()?);
    Some(Lost { name, given: Given { value, reason, by, ..Given::default() }, loss })
}

/// What is remembered of a finding.
pub fn told_finding(past: &PastFinding) -> String {
    let words = [&past.id, &past.object, &past.place, &past.message];
    words.map(|words| fitting(words, MAX_LOST)).join(&BETWEEN.to_string())
}

pub(super) fn decoded_finding(content: &str) -> Option<PastFinding> {
    let mut words = content.split(BETWEEN).map(str::to_owned);
    let (id, object) = (words.next()?, words.next()?);
    Some(PastFinding { id, object, place: words.next()?, message: words.next()? })
}

/// What is remembered of the ledgers: a digest of all that they add up to, and the words for it.
pub fn told_ledger(totals: &LedgerTotals) -> (String, String) {
    let accounts = totals.by_account.iter().map(|account| {
        let Sums { debit, credit, count } = &account.sums;
        format!("{} {} {debit} {credit} {count}", account.code, account.name)
    });
    let months = totals.by_month.iter().map(|month| format!("{:?} {}", month.month, month.spending));
    let spending = totals.spending.map_or_else(|| "不能确定".to_owned(), |spending| format!("{spending} 元"));
    let shown = format!("明细账支出合计 {spending}，分录 {} 笔", totals.entries);
    let all: Vec<String> = std::iter::once(shown.clone()).chain(accounts).chain(months).collect();
    (digest(&all.join("\n")), shown)
}
