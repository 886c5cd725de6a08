//! What the words of a title say together in the answers to a questionnaire.

use super::roles::Said;
use super::words::Class;
use super::{Role, Silent};
use crate::mapping::Column;

/// The role of a title: what the answer is, who gave it and when.
pub(super) fn role(said: &Said) -> Option<Role> {
    use Class as C;
    let silent = |silent: Silent| Some(Role::Silent(silent));
    match () {
        () if said.has(C::Respondent) => {
            let plain = said.only(&[C::Respondent, C::Surveyed, C::Filled, C::Number]);
            plain.then_some(Role::Silent(Silent::Respondent))
        }
        () if said.has(C::When) => silent(Silent::Day),
        () if said.has(C::Note) => silent(Silent::Remark),
        () if said.any(&[C::Filled]) => None,
        () if said.has(C::Opinion) || said.has(C::Overall) && said.has(C::Judge) => {
            Some(Role::Column(Column::Answer))
        }
        () => None,
    }
}
