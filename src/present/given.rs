//! What a person filled in on the sheets that an earlier run added.

use crate::returned::{Earlier, Given, OurSheet, SheetKey};
use crate::sheet::Sheet;

/// Reads it from the sheets as they are now.
pub fn given(earlier: &Earlier, sheets: &[Sheet]) -> Given {
    let mut given = Given::default();
    let changed = earlier.kept.iter().map(|(key, kept)| (key, &kept.name));
    for (SheetKey { part, case }, name) in earlier.sheets.iter().chain(changed) {
        let Some(sheet) = sheets.iter().find(|sheet| sheet.id.name == *name) else { continue };
        match part {
            OurSheet::Issues | OurSheet::Matters => given.replies.extend(super::issues::replies(sheet)),
            OurSheet::Detail => {
                // In earlier versions the ticks stood below the scores.
                take_ticks(&mut given, *case, sheet);
                given.scores.insert(*case, super::overrides::scores(sheet));
            }
            OurSheet::Values => take_ticks(&mut given, *case, sheet),
            OurSheet::Summary => drop(given.grades.insert(*case, super::summary::grade_given(sheet))),
            OurSheet::Provenance => {
                let (told, other) = super::questions::answers(sheet);
                given.answers.extend(told);
                given.other_answers.extend(other);
            }
            OurSheet::Review => drop(given.judgements.insert(*case, super::review::judgements(sheet))),
            OurSheet::Result
            | OurSheet::Charts
            | OurSheet::Targets
            | OurSheet::Accounts
            | OurSheet::Survey
            | OurSheet::Letter => {}
        }
    }
    given
}

/// Takes in what stands in the place of ticks on a sheet.
fn take_ticks(given: &mut Given, case: usize, sheet: &Sheet) {
    let (ticks, others) = super::kept::ticks(sheet);
    given.ticks.entry(case).or_default().extend(ticks);
    given.other_ticks.entry(case).or_default().extend(others);
}
