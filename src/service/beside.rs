//! Services beside one another: several may serve one inbox, but only in one way.

use super::folders::Folders;
use super::state::{self, Served};
use super::status;
use crate::base::{Error, Result};

/// Refuses to begin beside a living service that would give the same workbook another score, or bring it elsewhere.
pub(super) fn agree(folders: &Folders, mine: &Served) -> Result<()> {
    if !status::any_alive(&folders.processing) {
        return Ok(());
    }
    let Some(theirs) = state::served(&folders.state) else { return Ok(()) };
    let mut differs = Vec::new();
    if theirs.inbox != mine.inbox || theirs.reviewer_inbox != mine.reviewer_inbox {
        differs.push("收件文件夹");
    }
    if theirs.outbox != mine.outbox {
        differs.push("结果文件夹");
    }
    if theirs.register != mine.register {
        differs.push("登记");
    }
    if theirs.way != mine.way {
        differs.push("评分的设置（版本、映射文件、设置文件或密钥）");
    }
    if differs.is_empty() {
        return Ok(());
    }
    Err(Error::usage(
        format!("另一个服务正在处理这里的材料，{}与本次的不同。", differs.join("、")),
        "请让两个服务的设置一致，或先停止那一个；要分开处理的，另设收件文件夹和 --base。",
    ))
}
