//! `jixiao worker stream`: the pool of workers for another engine. A line in (`request`), a line out (`answer`), each an object of
//! JSON; a line that cannot be served is answered and the stream goes on, and so it does where a file is the end of a worker.

mod answer;
mod lines;
mod request;

use std::fs;
use std::io::{BufRead, Write};
use std::num::NonZeroUsize;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};

use base64ct::{Base64, Encoding as _};

use super::answer::{CaseAnswer, Made};
use super::clock::Clock;
use super::older::Known;
use super::pool::Pool;
use super::setup::Setup;
use super::submission::{self, Submission, shown};
use super::watch::OnSignal;
use super::worker::{Outcome, unwritten};
use super::{disk, names, receipt, scratch, tables};
use crate::base::file_name::portable;
use crate::base::{Error, ErrorKind, Result, printable_json};
use crate::export::{Origin, Row};
use answer::{About, Answer, Word, Workbook};
use lines::RequestLine;
use request::{Handed, Request, Subject, id_of, wrong};

/// The exit code of a stream that is ended by a signal.
const ENDED: i32 = 130;

/// How a stream serves.
#[derive(Debug)]
pub struct Options {
    /// The folder that paths are below; without it none is followed.
    pub root: Option<PathBuf>,
    /// The folder that returned workbooks are put into, where they are wanted so.
    pub out: Option<PathBuf>,
    /// The region that the submissions are of.
    pub region: String,
    /// The number of the part of the tables that the rows will be in.
    pub entry: u64,
    /// Bytes that a line has at most.
    pub longest: u64,
    /// Workers at a time.
    pub jobs: NonZeroUsize,
    /// How submissions are scored.
    pub setup: Setup,
    /// The time of day.
    pub clock: Clock,
}

/// The JSON Schemas of a line in and of a line out.
pub fn schemas() -> [String; 2] {
    let text = |schema: &schemars::Schema| {
        // A schema made of types has no value that JSON could not hold.
        serde_json::to_string_pretty(schema).unwrap_or_default() + "\n"
    };
    [text(&schemars::schema_for!(Request)), text(&schemars::schema_for!(Answer<'_>))]
}

/// Serves all lines until there are no more. `signals` gets what a signal to end does.
pub fn run(
    options: &Options,
    input: &mut impl BufRead,
    output: impl Write + Send,
    signals: impl FnOnce(OnSignal) -> Result<()>,
) -> Result<()> {
    let root = options.root.as_deref().map(folder).transpose()?;
    if let Some(out) = &options.out {
        fs::create_dir_all(out).map_err(unwritten)?;
    }
    let out = options.out.as_deref().map(folder).transpose()?;
    // Beside the results, so that they get their names by a rename.
    let home = out.clone().unwrap_or_else(std::env::temp_dir);
    let (scratch, lock) = scratch::made_in(&home).map_err(unwritten)?;
    let removed = scratch.path().to_owned();
    signals(Box::new(move || {
        let _ = disk::remove(&removed);
        std::process::exit(ENDED)
    }))?;
    // Rows change no result, so that every worker makes them.
    let setup = Setup { tables: true, ..options.setup.clone() };
    let settings = setup.hash();
    let stream = Stream {
        options,
        root,
        out,
        settings: &settings,
        pool: Pool::new(setup, scratch.path()),
        scratch: scratch.path(),
        served: AtomicU64::new(0),
    };
    let outcome = stream.serve_all(input, output);
    drop(stream);
    drop(lock);
    outcome
}

/// A folder that must be there, by its one absolute name.
fn folder(path: &Path) -> Result<PathBuf> {
    let there = dunce::canonicalize(path).ok().filter(|path| path.is_dir());
    there.ok_or_else(|| {
        Error::usage(format!("没有文件夹“{}”，或无法读取。", path.display()), "请检查路径和权限。")
    })
}

/// A stream under way.
struct Stream<'a> {
    options: &'a Options,
    root: Option<PathBuf>,
    out: Option<PathBuf>,
    settings: &'a str,
    pool: Pool,
    scratch: &'a Path,
    /// How many were begun: each has a folder of its own.
    served: AtomicU64,
}

impl Stream<'_> {
    /// Several lines at a time. No more are read than are served, so that memory holds only these.
    fn serve_all(&self, input: &mut impl BufRead, output: impl Write + Send) -> Result<()> {
        let (give, given) = mpsc::sync_channel(0);
        let (given, output) = (Mutex::new(given), Mutex::new(output));
        let unheard = AtomicBool::new(false);
        let read = std::thread::scope(|scope| {
            for _ in 0..self.options.jobs.get() {
                scope.spawn(|| {
                    while let Some(line) = taken(&given) {
                        if unheard.load(Ordering::Relaxed) {
                            continue;
                        }
                        let mut text = self.answered(&line);
                        text.push('\n');
                        let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
                        if output.write_all(text.as_bytes()).and_then(|()| output.flush()).is_err() {
                            unheard.store(true, Ordering::Relaxed);
                        }
                    }
                });
            }
            let mut outcome = Ok(());
            while !unheard.load(Ordering::Relaxed) {
                match lines::next(input, self.options.longest) {
                    // Those that take lines live as long as this end.
                    Ok(Some(line)) => drop(give.send(line)),
                    Ok(None) => break,
                    Err(cause) => {
                        let error = Error::input("标准输入无法读取。", "请检查调用本程序的一方。");
                        outcome = Err(error.because(cause));
                        break;
                    }
                }
            }
            drop(give);
            outcome
        });
        if unheard.into_inner() {
            return Err(Error::output("答复无法写到标准输出。", "请检查调用本程序的一方是否提前结束。"));
        }
        read
    }

    fn answered(&self, line: &RequestLine) -> String {
        let answer = match line {
            RequestLine::Long(beginning) => {
                let most = self.options.longest;
                let error = wrong(&format!(
                    "这一行超过 {most} 字节，已略过；较大的文件请用 path，或调高 --max-line。"
                ));
                Answer::new(id_of(beginning), self.settings, Word::Unserved).with(&error)
            }
            RequestLine::Whole(line) => match Request::read(line) {
                Ok(request) => self.served(request),
                Err((id, error)) => Answer::new(id, self.settings, Word::Unserved).with(&error),
            },
        };
        // An answer is made of texts alone.
        printable_json(serde_json::to_string(&answer).unwrap_or_default())
    }

    fn served(&self, mut request: Request) -> Answer<'_> {
        let number = self.served.fetch_add(1, Ordering::Relaxed);
        let work = self.scratch.join(number.to_string());
        let id = request.id.clone();
        let answer = Answer::new(Some(id.clone()), self.settings, Word::Scored);
        let answer = self.serve(&mut request, &work, answer);
        let _ = disk::remove(&work);
        answer.unwrap_or_else(|error| Answer::new(Some(id), self.settings, Word::Failed).with(&error))
    }

    fn serve<'a>(&self, request: &mut Request, work: &Path, mut answer: Answer<'a>) -> Result<Answer<'a>> {
        let made = work.join("made");
        fs::create_dir_all(&made).map_err(unwritten)?;
        if request.workbook == Some(Handed::Path) && self.out.is_none() {
            return Err(wrong("启动时没有 --out，工作簿不能按 path 返回。"));
        }
        let path = match request.subject()? {
            Subject::Path(path) => self.below_root(&path)?,
            Subject::Bytes(name, bytes) => dropped(&name, &bytes, work)?,
            Subject::About => {
                answer.outcome = Word::About;
                answer.about = Some(About::this(&self.options.region));
                return Ok(answer);
            }
        };
        let submission = match Submission::at(&path) {
            Err(cause) if disk::is_excess(&cause) => {
                return Ok(answer.handed_back(ErrorKind::Input, submission::excess()));
            }
            submission => submission.map_err(unreadable)?,
        };
        let content = submission.sha256().map_err(unreadable)?;
        answer.content = Some(content.clone());
        let outcome = submission.unread_outcome().unwrap_or_else(|| {
            let today = self.options.clock.today();
            self.pool.score(&submission.files, &Known::default(), &made, today, &|| false)
        });
        let rows = tables::rows_of(&submission, &outcome);
        if request.rows && !rows.is_empty() {
            let origin = Origin {
                content: &content,
                settings: self.settings,
                region: &self.options.region,
                entry: self.options.entry,
            };
            let rows: Vec<Row> = rows.into_iter().map(|row| row.from(origin)).collect();
            answer.rows = Some(answer::by_table(&rows)?);
        }
        match outcome {
            Outcome::Scored(cases, results) => {
                answer.workbooks = match request.workbook {
                    None => Vec::new(),
                    Some(Handed::Base64) => encoded(&submission, results)?,
                    Some(Handed::Path) => self.published(&submission, results, &made)?,
                };
                answer.cases = reports(cases, &submission, &answer.workbooks);
                Ok(answer)
            }
            Outcome::Refused(refusal) => Ok(answer.handed_back(ErrorKind::Input, refusal)),
            Outcome::Marked(refusal) => {
                // Of what bears a mark not even a digest is kept, but in the row of a table that tells what came.
                answer.content = answer.rows.as_ref().map(|_| content);
                Ok(answer.handed_back(ErrorKind::Marked, refusal))
            }
            Outcome::Failed(error) => Err(error),
            Outcome::Unwanted => Err(Error::internal("评分进程被中止")),
        }
    }

    /// A path of a request, where it leads to what is below the root, links followed.
    fn below_root(&self, path: &str) -> Result<PathBuf> {
        let root = self.root.as_ref().ok_or_else(|| wrong("启动时没有 --root，不能按 path 读取。"))?;
        let outside = || wrong("path 须为 --root 之下的相对路径，不得含“..”，也不得经链接指到外面。");
        let relative = Path::new(path);
        let is_plain = relative.components().all(|part| matches!(part, Component::Normal(_)));
        if !is_plain || path.is_empty() {
            return Err(outside());
        }
        let there = dunce::canonicalize(root.join(relative)).map_err(unreadable)?;
        if !there.starts_with(root) || there == *root {
            return Err(outside());
        }
        let kind = there.metadata().map_err(unreadable)?;
        if !kind.is_file() && !kind.is_dir() {
            return Err(wrong("path 不是文件，也不是文件夹。"));
        }
        Ok(there)
    }

    /// Puts the results into the folder of results, under a name that is free there.
    fn published(
        &self,
        submission: &Submission,
        results: Vec<Option<Made>>,
        home: &Path,
    ) -> Result<Vec<Workbook>> {
        let gathered = submission.gathered(results, home).map_err(unwritten)?;
        let (Some(made), Some(out)) = (gathered, &self.out) else { return Ok(Vec::new()) };
        let named = |number: u32| out.join(submission.naming.result(number, &made.ending));
        loop {
            let free = names::free(|number| vec![named(number)]).map(named);
            let to = free.ok_or_else(|| unwritten(std::io::Error::other("no free name")))?;
            match disk::rename_new(&home.join(&made.path), &to) {
                Ok(()) => {
                    disk::sync_folder(out);
                    let name = shown(&to);
                    return Ok(vec![Workbook { path: Some(name.clone()), name, base64: None }]);
                }
                // Another stream was faster.
                Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(cause) => return Err(unwritten(cause)),
            }
        }
    }
}

fn taken(given: &Mutex<Receiver<RequestLine>>) -> Option<RequestLine> {
    given.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn unreadable(cause: std::io::Error) -> Error {
    Error::input("没有这个文件或文件夹，或无法读取。", "请检查路径和读取权限。").because(cause)
}

/// Writes what came in a line into a folder of its own.
fn dropped(name: &str, bytes: &str, work: &Path) -> Result<PathBuf> {
    if name.contains(['/', '\\']) {
        return Err(wrong("name 只能是文件名，不能含文件夹。"));
    }
    let bytes = Base64::decode_vec(bytes).map_err(|_| wrong("bytes 不是标准的 base64。"))?;
    let folder = work.join("in");
    fs::create_dir_all(&folder).map_err(unwritten)?;
    let path = folder.join(portable(name));
    disk::write_new(&path, &bytes).map_err(unwritten)?;
    Ok(path)
}

/// The results in the answer itself.
fn encoded(submission: &Submission, results: Vec<Option<Made>>) -> Result<Vec<Workbook>> {
    let made = submission.files.iter().zip(results).filter_map(|(file, made)| Some((file, made?)));
    let one = |(file, made): (&PathBuf, Made)| {
        let bytes = fs::read(&made.path).map_err(unwritten)?;
        let name = names::result_of(&shown(file), &made.answer.ending);
        Ok(Workbook { name, base64: Some(Base64::encode_string(&bytes)), path: None })
    };
    made.map(one).collect()
}

/// The cases with the name of what is handed over; where nothing is, there is none.
fn reports(
    cases: Vec<CaseAnswer>,
    submission: &Submission,
    workbooks: &[Workbook],
) -> Vec<serde_json::Value> {
    let mut reports: Vec<_> = cases.into_iter().map(|case| case.report).collect();
    match workbooks {
        [] => reports.iter_mut().for_each(|report| report["output"] = serde_json::Value::Null),
        [one] if !submission.is_folder() => receipt::named(&mut reports, &one.name),
        _ => {}
    }
    reports
}
