//! 批复稿: targets as they were approved. Beside them what was declared before counts no more.

use super::reading::{Content, Reading};
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Whether a form states targets.
fn is_declaration(reading: &Reading) -> bool {
    matches!(reading.content, Content::Declaration(_))
}

/// Whether a form states targets as they were approved: its title says so, or what it stands in is called so.
pub(super) fn is_approved(reading: &Reading) -> bool {
    let file = reading.sheet.file.as_deref().unwrap_or_default();
    let says = |text: &str| {
        let key = normalise(text);
        words::of(Class::ApprovedTargets).within(&key) && !words::of(Class::NotApprovedYet).within(&key)
    };
    is_declaration(reading) && [reading.title.as_str(), &reading.sheet.name, file].into_iter().any(says)
}

/// Whether a form states targets as they were declared.
pub(super) fn is_draft(reading: &Reading) -> bool {
    is_declaration(reading) && !is_approved(reading)
}

/// What is said of targets as they were declared where approved ones were handed in, too.
pub(super) fn superseded(reading: &Reading) -> Finding {
    let message =
        format!("同时收到了批复的绩效目标，按批复的核对；“{}”是申报稿，没有用于核对。", reading.sheet);
    Finding::new(FindingId::DeclarationSuperseded, Some(reading.at.clone()), message)
}
