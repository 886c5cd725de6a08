//! What was not done, where all of it should be.

use super::parts::Part;

/// 1个未竣工, 未办结2项: what was not done, where all of it should be.
pub(super) fn undone(part: &Part) -> bool {
    let words = part.words();
    let denied = ["未", "没有", "尚未"].iter().find_map(|no| words.strip_prefix(no));
    denied.is_some_and(|rest| {
        !rest.contains(['未', '不', '无', '没', '已', '，', '、']) && rest.chars().count() <= 4
    })
}
