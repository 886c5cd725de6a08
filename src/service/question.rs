//! What a person is asked about the titles of columns, in which words, and the same titles of all forms as one question.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::summary::Entry;
use crate::mapping::title::normalise;
use crate::mapping::{Answered, Column, Mappings};
use crate::model::{Case, Evidence, Fate};

/// Questions that a worker tells of a case; a form of more columns is no form.
const MAX_OF_CASE: usize = 60;
/// Questions that are listed; nobody answers more.
pub(super) const MAX_LISTED: usize = 500;
/// Samples of a question, from different files.
const MAX_SAMPLES: usize = 3;
/// Longer titles are no titles.
const MAX_TITLE: usize = 100;
/// What stands before the meaning that was guessed.
const YES: &str = "是，";
/// What a column is called that has no part in scoring.
const OTHER: &str = "说明文字（不参与评分）";
/// What stands before the meanings in a question, and between them.
const CHOOSE: &str = "含义：";
const OR: &str = "／";

/// A title of a mapping, made comparable.
pub(super) type Key = (String, String);

/// The key of a title.
pub(super) fn key(mapping: &str, title: &str) -> Key {
    (mapping.to_owned(), normalise(title))
}

/// A column of a form: one that is asked about, or one whose title was answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Question {
    /// The mapping that read the form.
    mapping: String,
    /// The title without spaces.
    title: String,
    /// A cell below it with what it shows.
    sample: Option<(String, String)>,
    /// What it was guessed to be.
    guess: Option<String>,
    /// What it may be.
    choices: Vec<String>,
    /// Whether it is open.
    open: bool,
}

/// The questions of a case.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Questions {
    list: Vec<Question>,
    /// Questions that no title can answer, and those beyond the limit.
    others: usize,
}

/// What a case asks, and where the answered titles occur in it.
pub(super) fn of_case(case: &Case, answers: &[Answered]) -> Questions {
    let answered: BTreeSet<Key> = answers
        .iter()
        .map(|answer| key(answer.mapping.as_deref().unwrap_or_default(), &answer.title))
        .collect();
    let mut questions = Questions::default();
    for form in &case.forms {
        for column in &form.account.columns {
            let known = answered.contains(&key(&form.mapping, &column.title));
            if !column.weighty && !known {
                continue;
            }
            if !is_askable(&column.title) || questions.list.len() >= MAX_OF_CASE {
                questions.others = questions.others.saturating_add(usize::from(column.weighty));
                continue;
            }
            let guessed = column.fate == Fate::Used && column.evidence == Evidence::Guess;
            questions.list.push(Question {
                mapping: form.mapping.clone(),
                title: column.title.clone(),
                sample: column.sample.as_ref().map(|(at, text)| (at.to_string(), text.clone())),
                guess: guessed.then(|| column.role.clone()),
                choices: column.choices.iter().map(|word| (*word).to_owned()).collect(),
                open: column.weighty,
            });
        }
    }
    questions
}

/// Whether a title can be told from all others: a mapping reads `*` as anything and `>` as one title above another.
fn is_askable(title: &str) -> bool {
    !normalise(title).is_empty()
        && !title.contains(['*', '>', '＊', '＞'])
        && title.chars().count() <= MAX_TITLE
}

/// A word of the mapping.
pub(super) fn column(word: &str) -> Option<Column> {
    Column::ALL.iter().find(|(_, known)| *known == word).map(|(column, _)| *column)
}

/// What a person reads for what a column holds.
pub(super) fn meaning(column: Column) -> &'static str {
    if column == Column::Other { OTHER } else { column.chinese() }
}

/// What a person chose of these; the guessed one may have 是 before it.
pub(super) fn column_named(text: &str, choices: &[Column]) -> Option<Column> {
    let plain = normalise(text);
    let said = plain.strip_prefix(normalise(YES).as_str()).unwrap_or(&plain);
    choices.iter().copied().find(|column| normalise(meaning(*column)) == said)
}

/// A title as a person is asked about it.
#[derive(Debug)]
pub(super) struct AskedTitle {
    pub(super) mapping: String,
    /// The Chinese name of the mapping.
    pub(super) kind: String,
    pub(super) title: String,
    /// Submissions in which it occurs.
    pub(super) forms: usize,
    /// Submissions in which it is open.
    pub(super) open: usize,
    pub(super) samples: Vec<String>,
    pub(super) guess: Option<Column>,
    pub(super) choices: Vec<Column>,
    /// What a person answered.
    pub(super) answer: Option<Column>,
}

impl AskedTitle {
    /// What can be chosen, as it is shown.
    pub(super) fn options(&self) -> Vec<String> {
        let text = |column: &Column| {
            let yes = if self.guess == Some(*column) { YES } else { "" };
            format!("{yes}{}", meaning(*column))
        };
        self.choices.iter().map(text).collect()
    }

    /// The question.
    pub(super) fn sentence(&self) -> String {
        let guessed = self.guess.map(|guess| format!("推测是“{}”并已按此计算，", meaning(guess)));
        format!(
            "“{}”一栏在{}份表中出现，{}请选择{CHOOSE}{}",
            self.title,
            self.forms,
            guessed.unwrap_or_default(),
            self.options().join(OR)
        )
    }
}

/// The meanings that a question offered; all where it cannot be read any more.
pub(super) fn offered(sentence: &str) -> Vec<Column> {
    let all = || Column::ALL.iter().map(|(column, _)| *column).collect::<Vec<_>>();
    let Some((_, listed)) = sentence.rsplit_once(CHOOSE) else { return all() };
    let every = all();
    listed.split(OR).filter_map(|text| column_named(text, &every)).collect()
}

/// The questions of a batch.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The open ones, the most frequent first, then the answered ones.
    pub(super) lines: Vec<AskedTitle>,
    /// Titles that are not listed.
    pub(super) more: usize,
    /// Columns that no title can answer.
    pub(super) others: usize,
}

impl Asked {
    /// Titles that wait for an answer.
    pub(super) fn open(&self) -> usize {
        self.lines.iter().filter(|line| line.answer.is_none()).count().saturating_add(self.more)
    }

    /// Answered titles that do not occur.
    pub(super) fn gone(&self) -> impl Iterator<Item = &AskedTitle> {
        self.lines.iter().filter(|line| line.forms == 0)
    }
}

/// The same titles of all forms, being put together to one question each.
pub(super) struct Asking<'m> {
    mappings: &'m Mappings,
    lines: BTreeMap<Key, AskedTitle>,
    others: usize,
}

impl<'m> Asking<'m> {
    /// With what is answered; no form has been heard yet.
    pub(super) fn new(answers: &[Answered], mappings: &'m Mappings) -> Self {
        let mut asking = Self { mappings, lines: BTreeMap::new(), others: 0 };
        for answer in answers {
            let mapping = answer.mapping.clone().unwrap_or_default();
            let line = AskedTitle {
                kind: asking.kind(&mapping),
                title: answer.title.clone(),
                forms: 0,
                open: 0,
                samples: Vec::new(),
                guess: None,
                choices: Vec::new(),
                answer: Some(answer.column),
                mapping,
            };
            asking.lines.insert(key(&line.mapping, &line.title), line);
        }
        asking
    }

    /// The Chinese name of a mapping.
    fn kind(&self, name: &str) -> String {
        let mapping = self.mappings.all().iter().find(|mapping| mapping.name == name);
        mapping.map_or_else(|| name.to_owned(), |mapping| mapping.title.clone())
    }

    /// Takes in what the forms of a submission ask.
    pub(super) fn hear(&mut self, entry: &Entry) {
        let mut seen: BTreeMap<Key, bool> = BTreeMap::new();
        for questions in entry.outcome.iter().flatten().map(|row| &row.questions) {
            self.others = self.others.saturating_add(questions.others);
            for question in &questions.list {
                let key = key(&question.mapping, &question.title);
                if !self.lines.contains_key(&key) {
                    let fresh = AskedTitle {
                        mapping: question.mapping.clone(),
                        kind: self.kind(&question.mapping),
                        title: question.title.clone(),
                        forms: 0,
                        open: 0,
                        samples: Vec::new(),
                        guess: question.guess.as_deref().and_then(column),
                        choices: Vec::new(),
                        answer: None,
                    };
                    self.lines.insert(key.clone(), fresh);
                }
                let Some(line) = self.lines.get_mut(&key) else { continue };
                for choice in question.choices.iter().filter_map(|word| column(word)) {
                    if !line.choices.contains(&choice) {
                        line.choices.push(choice);
                    }
                }
                if !seen.contains_key(&key) && line.samples.len() < MAX_SAMPLES {
                    let sample = question.sample.as_ref();
                    line.samples.extend(sample.map(|(at, text)| format!("{} {at}：{text}", entry.name)));
                }
                *seen.entry(key).or_insert(false) |= question.open;
            }
        }
        for (key, open) in seen {
            if let Some(line) = self.lines.get_mut(&key) {
                line.forms = line.forms.saturating_add(1);
                line.open = line.open.saturating_add(usize::from(open));
            }
        }
    }

    /// The questions, the most frequent first.
    pub(super) fn all(self) -> Asked {
        listed(self.lines, self.others)
    }
}

fn listed(lines: BTreeMap<Key, AskedTitle>, others: usize) -> Asked {
    let mut asked = Asked { others, ..Asked::default() };
    let mut lines: Vec<AskedTitle> = lines.into_values().collect();
    // Stable: of equally frequent ones the order of the names stays.
    lines.sort_by_key(|line| std::cmp::Reverse(line.forms));
    let (mut open, mut answered): (Vec<AskedTitle>, Vec<AskedTitle>) =
        lines.into_iter().partition(|line| line.answer.is_none());
    asked.more = open.len().saturating_sub(MAX_LISTED);
    open.truncate(MAX_LISTED);
    for line in open.iter_mut().chain(&mut answered) {
        // Its meaning so far comes first; that it has none is always one of the choices, and the last.
        let first = line.answer.or(line.guess).filter(|column| *column != Column::Other);
        line.choices.retain(|choice| Some(*choice) != first && *choice != Column::Other);
        line.choices.splice(0..0, first);
        line.choices.push(Column::Other);
    }
    asked.lines = open;
    asked.lines.append(&mut answered);
    asked
}
