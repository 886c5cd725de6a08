//! Services beside one another: several may serve one inbox, but only in one way.

use std::fs::{File, TryLockError};

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

/// Holds the inboxes for the services of these folders, as long as what it gives lives. Services of other folders would take
/// each other's submissions; they know of one another only by the inbox, so its folder itself is locked, and nothing is put
/// into it. Called by a service that has begun. Where a system or a share locks no folders, nothing is held.
pub(super) fn hold(folders: &Folders) -> Result<Vec<File>> {
    let mut held = Vec::new();
    for (_, inbox) in folders.entrances() {
        let Ok(folder) = File::open(&inbox) else { continue };
        match folder.try_lock() {
            Ok(()) => {}
            // Those of the same folders share it; this one is alive itself.
            Err(TryLockError::WouldBlock) if status::alive(&folders.processing) > 1 => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Error::usage(
                    format!("收件文件夹“{}”已有另一个服务在处理，它的归档等文件夹在别处。", inbox.display()),
                    "请先停止那一个服务，或让两个服务用同一个 --base；要分开处理的，另设收件文件夹。",
                ));
            }
            Err(TryLockError::Error(_)) => continue,
        }
        if folder.lock_shared().is_ok() {
            held.push(folder);
        }
    }
    Ok(held)
}
