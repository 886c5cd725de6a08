//! How submissions are scored: all that tells one way from another.

use std::path::PathBuf;

use super::child::Limits;
use super::door::Door;
use super::{question, reporting};
use crate::base::{Result, sha256_of};
use crate::letter;
use crate::mapping::{Answered, Checks, Mappings};
use crate::pipeline::Review;
use crate::returned::{Keys, PublicKey, SecretKey};

/// How submissions are scored.
#[derive(Debug, Clone)]
pub struct Setup {
    /// This program.
    pub program: PathBuf,
    /// The user's mapping files: names and texts, read once, so that all submissions are scored alike.
    pub mappings: Vec<(String, String)>,
    /// What the installation's checks are set to; it lies under the mappings.
    pub checks: Checks,
    /// What a person answered about titles; it goes before all mappings.
    pub answers: Vec<Answered>,
    /// Replace scores that a person typed.
    pub replace_scores: bool,
    /// Whose word counts.
    pub review: Review,
    /// What the documents that go out are to say.
    pub letters: letter::Settings,
    /// The way in.
    pub door: Door,
    /// Where templates of reports are, if anywhere: who has one there gets a report.
    pub templates: Option<PathBuf>,
    /// Whether the results are wanted as rows of tables, too. It changes no result.
    pub tables: bool,
    /// What the record of a returned workbook is signed with, and whose records count.
    pub keys: Keys,
    /// What a submission may cost.
    pub limits: Limits,
}

impl Setup {
    /// How what comes in by another door of the same service is scored: by the reviewers' own what they typed counts.
    #[must_use]
    pub(super) fn through(&self, door: Door) -> Self {
        let accepts = self.review.accepts || door == Door::Reviewer;
        Self { door, review: Review { accepts, ..self.review }, ..self.clone() }
    }

    /// The mappings with all that is told beside them, but the answers.
    pub(super) fn mappings(&self) -> Result<Mappings> {
        mappings(&self.mappings, &self.checks)
    }

    /// What tells one way of scoring from another: program, mappings, settings, the door, and whose returns count.
    pub fn hash(&self) -> String {
        let shipped = crate::mapping::SHIPPED.iter().flat_map(|(name, text)| [*name, *text]);
        let own = self.mappings.iter().flat_map(|(name, text)| [name.as_str(), text.as_str()]);
        let Review { accepts, voice, fill_self_scores } = self.review;
        let settings = [
            env!("JIXIAO_VERSION"),
            if self.replace_scores { "replace" } else { "keep" },
            if accepts { "accept" } else { "propose" },
            voice.name(),
            if fill_self_scores { "fill" } else { "leave" },
            self.door.word(),
        ];
        let answers = self
            .answers
            .iter()
            .map(told)
            .flat_map(|(mapping, title, word)| [mapping.unwrap_or_default(), title, word]);
        let ours = self.keys.own.as_ref().map(SecretKey::public);
        let keys = ours.iter().chain(&self.keys.trusted).map(PublicKey::to_string);
        let checks = serde_json::to_string(&self.checks).unwrap_or_default();
        let letters = serde_json::to_string(&self.letters).unwrap_or_default();
        let templates = self.templates.iter().flat_map(|folder| reporting::digests(folder));
        let answers = answers.chain(keys).chain([checks, letters]).chain(templates);
        let answers: Vec<String> = answers.collect();
        let all = settings.into_iter().chain(shipped).chain(own);
        sha256_of(all.chain(answers.iter().map(String::as_str)))
    }
}

/// The mappings that a service or a worker was given.
pub(super) fn mappings(files: &[(String, String)], checks: &Checks) -> Result<Mappings> {
    Mappings::checked(files, checks)
}

/// An answer as the job has it.
pub(super) fn told(answer: &Answered) -> (Option<String>, String, String) {
    (answer.mapping.clone(), answer.title.clone(), answer.column.word().to_owned())
}

/// The answer that a job has so.
pub(super) fn answered((mapping, title, word): (Option<String>, String, String)) -> Option<Answered> {
    Some(Answered { mapping, title, column: question::column(&word)? })
}
