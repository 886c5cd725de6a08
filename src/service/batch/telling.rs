//! What came of a batch is told: counted, asked about, held against each other, summed up.

use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use super::day::Plan;
use super::scoring::{BatchScoring, Remembered, Served, Task};
use super::{Options, summary_folder, unwritable};
use crate::base::{Error, Result};
use crate::export;
use crate::letter::{self, Letter, Subject};
use crate::mapping::Mappings;
use crate::output::file::Draft;
use crate::output::letter::write_all;
use crate::service::across::Across;
use crate::service::answer::Row;
use crate::service::confirmed::Confirmed;
use crate::service::question::{Asked, Asking};
use crate::service::setup::Setup;
use crate::service::summary::{self, About, Due, Entries, Entry};
use crate::service::tally::Tally;

/// Titles without an occurrence that are named.
const MAX_GONE: usize = 10;
/// Results that a person has worked on which are named.
const MAX_NAMED: usize = 10;

/// What a batch has made, and how.
pub(super) struct Made<'a> {
    pub(super) options: &'a Options,
    pub(super) out: &'a Path,
    pub(super) scoring: &'a BatchScoring<'a>,
    pub(super) tasks: &'a [Task],
    pub(super) setup: &'a Setup,
    pub(super) mappings: &'a Mappings,
}

impl Made<'_> {
    /// Tells all of it.
    pub(super) fn told(
        &self,
        plan: Plan,
        served: Vec<Option<Served>>,
        confirmed: Confirmed,
    ) -> Result<Tally> {
        let done: Vec<(usize, Served)> =
            served.into_iter().enumerate().filter_map(|(at, served)| Some((at, served?))).collect();
        let left = self.tasks.len().saturating_sub(done.len());
        let read = |at: usize| self.read(done.get(at));
        let mut of_day: Vec<(String, export::Row)> = Vec::new();
        let mut due: Option<Due> = None;
        let (entries, mut tally) = match plan {
            // What was cut off tells nothing of the rest: the register stays as it is.
            Plan::Day(planned) if left == 0 => {
                let numbered = done.iter().enumerate().map(|(at, (task, _))| Ok((*task, read(at)?)));
                let numbered = numbered.collect::<Result<_>>()?;
                let finished = planned.finish(self.options, self.out, numbered)?;
                (of_day, due) = (finished.rows, finished.due);
                (Entries::Here(finished.entries), finished.tally)
            }
            _ => {
                let tally = Tally { found: self.tasks.len(), ..Tally::default() };
                (Entries::Kept(done.len(), &read), tally)
            }
        };
        // What shows only where all lie beside each other is found first, and told with each.
        let mut across = Across::default();
        entries.each(&mut |at, entry| across.hear(at, entry))?;
        let found = across.found();
        let told = |at: usize| {
            let mut entry = read(at)?;
            found.add_to(at, &mut entry);
            Ok(entry)
        };
        let entries = match entries {
            Entries::Here(mut all) => {
                all.iter_mut().enumerate().for_each(|(at, entry)| found.add_to(at, entry));
                Entries::Here(all)
            }
            Entries::Kept(count, _) => Entries::Kept(count, &told),
        };
        tally.left = left;
        // Of what was cut off nobody knows what all are.
        if let Some(tables) = self.scoring.tables.filter(|_| left == 0) {
            let tasks: Vec<usize> = done.iter().map(|(task, _)| *task).collect();
            let mut rows = self.found_beside(&entries, &tasks)?;
            rows.extend(of_day);
            tables.replace(rows)?;
        }
        self.sum_up(entries, (tally, due), confirmed)
    }

    /// What was found of projects where they lie beside each other, as rows of tables, each with the content that it is of.
    fn found_beside(&self, entries: &Entries<'_>, tasks: &[usize]) -> Result<Vec<(String, export::Row)>> {
        let mut rows = Vec::new();
        let mut failed = None;
        entries.each(&mut |at, entry| {
            let told = entry.outcome.iter().flatten().enumerate().flat_map(|(case, row)| row.beside(case));
            let told: Vec<export::Row> = told.collect();
            let Some(task) =
                tasks.get(at).and_then(|task| self.tasks.get(*task)).filter(|_| !told.is_empty())
            else {
                return;
            };
            match task.in_tables() {
                Ok(Some(content)) => rows.extend(told.into_iter().map(|row| (content.clone(), row))),
                Ok(None) => {}
                Err(cause) => failed = Some(cause),
            }
        })?;
        match failed {
            Some(cause) => Err(unwritable(self.out)(cause)),
            None => Ok(rows),
        }
    }

    /// What came of a task.
    fn read(&self, done: Option<&(usize, Served)>) -> Result<Entry> {
        let found = match done {
            Some((_, Served::Now(entry))) => Some(entry.as_ref().clone()),
            Some((task, Served::Remembered)) => {
                self.tasks.get(*task).and_then(|task| self.scoring.recalled(task))
            }
            None => None,
        };
        found.ok_or_else(forgotten)
    }

    /// Counts all, and writes summary and documents.
    fn sum_up(
        &self,
        entries: Entries<'_>,
        (mut tally, due): (Tally, Option<Due>),
        confirmed: Confirmed,
    ) -> Result<Tally> {
        let options = self.options;
        let mut asking = Asking::new(&self.setup.answers, self.mappings);
        let is_counted = tally.register.is_some();
        let mut subjects: Vec<Subject> = Vec::new();
        entries.each(&mut |_, entry| {
            if !is_counted {
                tally.add(entry);
            }
            asking.hear(entry);
            if options.letters.is_some() {
                let rows = || entry.outcome.iter().flatten();
                tally.remarks.extend(rows().filter_map(Row::without_letter));
                subjects.extend(rows().filter_map(|row| row.drafted.subject().cloned()));
            }
        })?;
        let remembered = self.scoring.remembered.lock().unwrap_or_else(PoisonError::into_inner);
        tally.kept = remembered.kept;
        tally.remarks.extend(about(&remembered));
        drop(remembered);
        let asked = asking.all();
        tally.questions = asked.open();
        tally.answers = self.setup.answers.len();
        tally.mappings = confirmed.written;
        tally.remarks.extend(confirmed.said);
        tally.remarks.extend(gone(&asked));
        if let Some(folder) = &options.letters {
            let letters = letter::compose_all(&subjects, &self.setup.letters);
            tally.remarks.extend(letters.iter().flat_map(Letter::beside));
            let written = write_all(&letters, folder)?;
            tally.remarks.extend(written.iter().map(|path| format!("发文代拟稿：{}", path.display())));
        }
        if let Some(path) = &options.summary {
            let path = summary_folder(path)?.join(path.file_name().unwrap_or_default());
            let about = About { asked: &asked, number: confirmed.number, date: options.clock.today(), due };
            tally.summary = Some(summary::write(entries, &about, &path, &write_summary)?);
        }
        Ok(tally)
    }
}

/// What is said of results of earlier runs.
fn about(Remembered { gone, edited, .. }: &Remembered) -> Vec<String> {
    let gone = (*gone > 0).then(|| format!("{gone} 份材料上次的返回文件已不在原处，已重新评分、重新返回。"));
    let mut names: Vec<String> = edited.iter().map(|path| format!("“{}”", path.display())).collect();
    names.sort();
    let all = names.len();
    names.truncate(MAX_NAMED);
    let more = if all > names.len() { format!("等 {all} 份") } else { String::new() };
    let edited = (all > 0).then(|| {
        format!(
            "返回文件{}{more}返回后有人改过，保留原样；汇总表中仍是程序上次的结果。要按改过的内容评分，请把它作为材料重新提交。",
            names.join("、")
        )
    });
    [gone, edited].into_iter().flatten().collect()
}

/// What a run remembered is gone before it could be summed up.
fn forgotten() -> Error {
    Error::output(
        "结果文件夹中的记录（.jixiao）在运行中被改动或删除，没有生成汇总表。",
        "请不要改动这个文件夹，再运行一次。",
    )
}

/// Answers about titles that do not occur: they are kept, and said.
fn gone(asked: &Asked) -> Option<String> {
    let titles: Vec<String> = asked.gone().take(MAX_GONE).map(|line| format!("“{}”", line.title)).collect();
    let all = asked.gone().count();
    let more = if all > titles.len() { format!("等 {all} 种") } else { String::new() };
    (all > 0).then(|| format!("已确认的栏目{}{more}在本次材料中没有出现，回答仍然保留。", titles.join("、")))
}

fn write_summary(bytes: &[u8], path: &Path) -> Result<PathBuf> {
    use std::io::Write as _;
    let draft = Draft::begin(&summary_folder(path)?)?;
    draft.file().write_all(bytes).map_err(unwritable(path))?;
    draft.publish(path)
}
