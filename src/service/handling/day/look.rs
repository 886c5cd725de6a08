//! All that a day brings is looked at, and put together with what came before.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Claim, Handler, MEMORY, Scored, Step, Submission, WORK, failed, may_be_register};
use crate::intake::group::{Received, Seen, is_one_case};
use crate::intake::roster::Roster;
use crate::service::answer::Refusal;
use crate::service::disk;
use crate::service::door::Door;
use crate::service::reception::{
    Before, Book, Day, Hands, Material, Memory, Past, find_roll, gather, look, read_roll, tell_apart,
};
use crate::service::register_marks::read_marks_apart;
use crate::service::submission::shown;

impl Handler<'_> {
    /// Looks at all and scores it. The inner `Err` is what becomes of it otherwise; `None` that it is no day.
    pub(super) fn scored(&self, claim: &Claim, original: &Path) -> io::Result<Result<Scored, Option<Step>>> {
        let scratch = claim.folder().join(WORK).join("scratch");
        disk::remove(&claim.folder().join(WORK))?;
        fs::create_dir_all(&scratch)?;
        let way = self.way(claim);
        let hands = Hands { program: &way.pool.setup().program, scratch: &scratch, unwanted: self.unwanted };
        let mut marks = None;
        let mut materials = if may_be_register(original) {
            let read = read_marks_apart(&way.pool.setup().program, original, &scratch, self.unwanted)
                .map_err(failed)?;
            let Some(read) = read else { return Ok(Err(None)) };
            marks = Some(read);
            Vec::new()
        } else {
            match self.materials(claim, original, &hands)? {
                Ok(materials) => materials,
                Err(step) => return Ok(Err(Some(step))),
            }
        };
        let memory = self.folders.state.join(MEMORY);
        let submission = Submission::at(original)?;
        let sha256 = submission.sha256()?;
        let mut past = match Past::read(memory.join("dropped"), &way.hash) {
            Ok(past) => past,
            Err(error) => return Ok(Err(Some(Step::Hold(error)))),
        };
        past.forget(&sha256);
        let (roster, mut remarks) = self.roster();
        let gone: Vec<Received> = past.dropped.iter().flat_map(|it| it.received.iter().cloned()).collect();
        tell_apart(&mut materials, gone.iter().map(|file| file.path.as_str()));
        let before = Before { roster, known: past.known(), gone };
        let own = materials.len();
        let mut day = match look(materials, before, (&way.pool, self.jobs), &hands, &|_| ()) {
            Ok(Some(day)) => day,
            Ok(None) => return Ok(Err(Some(Step::GiveUp))),
            Err(error) => return Ok(Err(Some(Step::Hold(error)))),
        };
        if let Some((message, hint)) = day.marked.iter().find_map(|file| day.unread(*file)) {
            let refusal = Refusal { message: message.to_owned(), hint: hint.to_owned() };
            return Ok(Err(Some(Step::Leave(refusal))));
        }
        // What comes back is compared with what was returned, and what cannot be read is handed back, as ever.
        let elsewhere = |file: &Received| match &file.seen {
            Seen::Table(identity) => identity.comes_back || identity.said.is_empty(),
            Seen::Unread { .. } => true,
            Seen::Nothing => false,
        };
        if let ([only], false) = (day.received.get(..own).unwrap_or_default(), submission.is_folder())
            && !only.path.contains('/')
            && elsewhere(only)
        {
            return Ok(Err(None));
        }
        // A folder of one case goes the way it went before anything was put together: what it is not is told then.
        if submission.is_folder()
            && !Self::keeps_register(claim)
            && is_one_case(day.received.get(..own).unwrap_or_default())
        {
            return Ok(Err(None));
        }
        remarks.extend(past.said.iter().cloned());
        let mut book = Book::read(&claim.note.outbox);
        remarks.append(&mut book.said);
        if let Some(mut marks) = marks {
            // What was changed in a copy is not lost with it: the copy is kept in the archive.
            let refused = std::mem::take(&mut marks.refused);
            remarks.extend(refused.into_iter().filter(|said| !book.marks.refused.contains(said)));
            marks.altered.clear();
            book.marks = marks.over(std::mem::take(&mut book.marks));
        }
        day.choose(&book.marks);
        let memory = Memory::of(memory.join("results"), &claim.note.outbox, &way.hash);
        if !fetch(&mut day, &past, &memory, &hands)? {
            return Ok(Err(Some(Step::GiveUp)));
        }
        day.say_earlier(&memory, true);
        let works = day.works(true);
        let made = match self.make(claim, &works, &memory)? {
            Ok(made) => made,
            Err(step) => return Ok(Err(Some(step))),
        };
        let name = submission.name;
        Ok(Ok(Scored { day, works, made, book, past, memory, own, sha256, name, remarks }))
    }

    /// The files of a submission, or what becomes of it without a look at them.
    fn materials(
        &self,
        claim: &Claim,
        original: &Path,
        hands: &Hands<'_>,
    ) -> io::Result<Result<Vec<Material>, Step>> {
        let mut materials: Vec<Material> = Vec::new();
        match gather(&mut materials, original, &[], hands) {
            Ok(true) => {}
            Ok(false) => return Ok(Err(Step::GiveUp)),
            Err(error) => return Ok(Err(Step::Hold(error))),
        }
        if let Some(refusal) = materials.iter().filter(|it| it.marked).find_map(|it| it.at.as_ref().err()) {
            return Ok(Err(Step::Leave(refusal.clone())));
        }
        if original.is_dir() {
            let name = shown(original);
            for material in &mut materials {
                material.path = format!("{name}/{}", material.path);
            }
        } else if let [Material { at: Err(refusal), path, .. }] = materials.as_slice()
            && !path.contains('/')
        {
            let Refusal { message, hint } = refusal;
            return self.refuse_unread(claim, original, message, hint).map(Err);
        }
        Ok(Ok(materials))
    }

    fn roster(&self) -> (Option<Roster>, Vec<String>) {
        let Some(base) = self.folders.state.parent() else { return (None, Vec::new()) };
        let Some(path) = find_roll(None, &[base]) else { return (None, Vec::new()) };
        let way = self.ways.of(Door::Inbox);
        let read = way.pool.setup().mappings().and_then(|mappings| read_roll(&path, &mappings));
        match read {
            Ok(roster) => {
                let said = roster.remarks.clone();
                (Some(roster), said)
            }
            Err(error) => {
                tracing::error!(%error, "the roll cannot be read");
                (None, vec![format!("项目清单没有采用：{error}{}", error.hint())])
            }
        }
    }
}

/// Unpacks what came earlier, where something of it is to be read now: a person chose it, or what belongs to it came. `false`
/// where that is no longer wanted.
fn fetch(day: &mut Day, past: &Past, memory: &Memory, hands: &Hands<'_>) -> io::Result<bool> {
    let wanted: BTreeSet<String> = day
        .works(true)
        .iter()
        .filter(|work| !work.is_there && memory.find(&work.content, &work.folder).is_none())
        .flat_map(|work| &work.files)
        .filter_map(|file| Some(day.received.get(*file)?.sha256.clone()))
        .filter(|sha256| !sha256.is_empty())
        .collect();
    let mut found: BTreeMap<String, PathBuf> = BTreeMap::new();
    for earlier in &past.dropped {
        let holds = earlier.received.iter().any(|file| wanted.contains(&file.sha256));
        if !holds || !earlier.input.exists() {
            continue;
        }
        let mut materials = Vec::new();
        if !gather(&mut materials, &earlier.input, &[], hands).map_err(failed)? {
            return Ok(false);
        }
        for at in materials.into_iter().filter_map(|material| material.at.ok()) {
            found.insert(disk::sha256(&at)?, at);
        }
    }
    for (received, path) in day.received.iter().zip(&mut day.paths) {
        if path.is_none() {
            *path = found.get(&received.sha256).cloned();
        }
    }
    Ok(true)
}
