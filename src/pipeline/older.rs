//! Files that were returned, and are handed in again though a later return answers them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::files::Placed;
use super::opened::Opened;
use crate::model::{Accepted, Later, Overrides};
use crate::returned::{Earlier, Source};

/// What is known of the latest return of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Latest {
    /// When it was returned, as a person reads it.
    pub at: String,
    /// The name of the result.
    pub name: String,
    /// What stood in it, by the number of the case that it hosts.
    pub cases: Vec<Vec<Accepted>>,
}

/// The latest returns, by the id of an older one.
pub type LatestOf = BTreeMap<String, Latest>;

/// Tells a case of its files that are older returns, and takes over what stood in the latest of its host, of which it is the
/// case of this `number`.
pub(super) fn tell(
    placed: &Placed,
    (files, earlier): (&[Opened<'_>], &Earlier),
    number: usize,
    latest: &LatestOf,
    overrides: &mut Overrides,
) {
    for file in &placed.files {
        let Some(opened) = files.get(*file) else { continue };
        let proved = opened.earlier.source.as_ref().filter(|source| source.is_believed());
        let Some(found) = proved.and_then(|Source { id, .. }| latest.get(id)) else { continue };
        let own = found.cases.get(number).filter(|_| *file == placed.host);
        let accepted = own.cloned().unwrap_or_default();
        if *file == placed.host {
            earlier.take_over(number, &placed.case, &accepted, overrides);
        }
        let (at, name) = (found.at.clone(), found.name.clone());
        overrides.later.push(Later { file: opened.name.as_deref().map(str::to_owned), at, name, accepted });
    }
}
