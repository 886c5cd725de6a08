//! `jixiao watch --retry`: what was handed back goes into its inbox again, after a mapping or the program was mended.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::door::Door;
use super::names::{self, Naming};
use super::{disk, status};
use crate::base::Result;

/// Bytes of a receipt.
const MAX_RECEIPT: u64 = 16 * 1024 * 1024;

/// What became of what stood in `rejected`.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Retried {
    /// Back in an inbox, by name.
    pub moved: Vec<String>,
    /// Still there, with why.
    pub left: Vec<(String, String)>,
}

/// What is read of a receipt.
#[derive(Deserialize)]
struct Receipt {
    file: String,
    door: Door,
}

/// Moves what was handed back into the inboxes it came by, and removes its receipts.
pub fn all(folder: &Path) -> Result<Retried> {
    let (base, served) = status::find(folder)?;
    let rejected = base.join("rejected");
    let mut retried = Retried::default();
    let entries = listed(&rejected);
    // Versions before wrote both receipts into one folder.
    let receipts = listed(&rejected.join(names::FOR_PROGRAMS)).into_iter().chain(entries.iter().cloned());
    let receipts: Vec<PathBuf> = receipts.filter(|path| is_receipt(path)).collect();
    for original in entries.iter().filter(|path| !names::ignored(&name_of(path))) {
        let name = name_of(original);
        let found = receipts.iter().find_map(|path| of(path, original));
        let inbox = match found.as_ref().map(|(receipt, _)| receipt.door) {
            Some(Door::Reviewer) => served.reviewer_inbox.as_ref(),
            Some(_) => Some(&served.inbox),
            // A person put it there, or took its receipt away.
            None => None,
        };
        let Some(inbox) = inbox else {
            retried.left.push((name, "没有对应的回执，不知道是从哪里收到的".to_owned()));
            continue;
        };
        match disk::rename_new(original, &inbox.join(&name)) {
            Ok(()) => {
                for receipt in found.iter().flat_map(|(_, receipts)| receipts) {
                    // One that stays says what no longer holds, and harms nothing.
                    let _ = disk::remove(receipt);
                }
                retried.moved.push(name);
            }
            Err(cause) => retried.left.push((name, format!("不能移回收件文件夹（{cause}）"))),
        }
    }
    // Only where nothing is left in it.
    let _ = fs::remove_dir(rejected.join(names::FOR_PROGRAMS));
    Ok(retried)
}

/// What stands in a folder, by name.
fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn is_receipt(path: &Path) -> bool {
    let name = name_of(path);
    names::ignored(&name) && path.extension().is_some_and(|ending| ending == "json")
}

/// The receipt of this original, with the files it is made of: both have the number of one another.
fn of(json: &Path, original: &Path) -> Option<(Receipt, [PathBuf; 2])> {
    let receipt: Receipt = serde_json::from_slice(&disk::read_small(json, MAX_RECEIPT).ok()?).ok()?;
    let naming = Naming::new(&receipt.file, original.is_dir());
    let number = names::number_of(&naming, &name_of(json))?;
    let for_people = original.with_file_name(naming.receipt(number, "txt"));
    (naming.original(number) == name_of(original)).then(|| (receipt, [json.to_owned(), for_people]))
}
