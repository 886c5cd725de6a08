//! The pool of workers: processes that live for many submissions, one at a time in each. This is the side of
//! those who give them work; `worker` is the other.
//!
//! A worker is told once how submissions are scored, and then gets a line for each and says a line when it is done. It is
//! ended, and another takes its place, when a submission took too long, when it died, and when it says itself that it is
//! spent. Only a worker that has served nothing before can condemn a submission by dying: what an earlier one left behind
//! is nobody's fault.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::answer::{FileAnswer, Made, Refusal, WorkerAnswer};
use super::disk;
use super::older::Known;
use super::reporting::report_path;
use super::setup::Setup;
use super::trying::Trial;
use super::worker::{ANSWER, Job, Outcome, Said, Task, Way, result_path};
use crate::base::{Date, Error, ErrorKind};
use crate::intake::identity::Identity;

/// An answer larger than this is none.
const MAX_ANSWER: u64 = 64 * 1024 * 1024;
/// How much of what a worker complains of on standard error is kept.
const MAX_COMPLAINT: usize = 2_000;
/// The longest line that a worker says.
const MAX_SAID: u64 = 1_000;
/// How much longer than a worker may compute it is waited for: other work shares the machine.
const PATIENCE: u32 = 3;
/// How often somebody who waits asks whether the result is still wanted.
const GLANCE: Duration = Duration::from_millis(20);
/// Windows' name for a process group of its own.
#[cfg(windows)]
const CREATE_NEW_PROCESS_GROUP: u32 = 0x200;

/// Workers that all score in the same way.
pub(super) struct Pool {
    setup: Setup,
    /// Where workers keep what they need for a while; nothing there outlives them.
    scratch: PathBuf,
    idle: Mutex<Vec<Worker>>,
}

/// How a turn ended.
#[derive(Clone, Copy)]
enum Ended {
    /// The worker is done with it, with this exit code.
    Done(u8),
    /// The worker died.
    Died(ExitStatus),
    /// Its time ran out.
    TooLong,
    /// It was no longer wanted.
    Unwanted,
}

/// What came of what a worker was asked.
enum Asked {
    /// It, or its end, told.
    Told(WorkerAnswer),
    /// It is not the file's fault.
    Failed(Error),
    /// It was no longer wanted.
    Unwanted,
}

/// What was read of a file.
#[derive(Debug)]
pub(super) enum Looked {
    /// What it says of itself.
    Known(Box<Identity>),
    /// It cannot be read.
    Refused(Refusal),
    /// It bears a secrecy mark.
    Marked(Refusal),
}

impl Pool {
    /// A pool without a worker yet. `scratch` is a folder of ours that lives as long as the pool.
    pub(super) fn new(setup: Setup, scratch: &Path) -> Self {
        Self { setup, scratch: scratch.to_owned(), idle: Mutex::new(Vec::new()) }
    }

    /// How its workers score.
    pub(super) fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Scores a submission; `out` is a folder of ours that is empty. `known` is what the register knows of returns
    /// of the same.
    pub(super) fn score(
        &self,
        files: &[PathBuf],
        known: &Known,
        out: &Path,
        date: Date,
        unwanted: &dyn Fn() -> bool,
    ) -> Outcome {
        let files = files.iter().map(|file| file.as_os_str().to_owned()).collect();
        let task = Task::Score { files, known: known.clone(), date: date.to_string() };
        match self.ask(task, out, unwanted) {
            Asked::Told(WorkerAnswer::Scored { mut cases, files }) => {
                for (number, case) in cases.iter_mut().enumerate() {
                    if let Some(reporting) = case.reporting.as_mut().filter(|one| one.failed.is_none()) {
                        reporting.made = Some(report_path(out, number));
                    }
                }
                let made = |(number, answer): (usize, Option<FileAnswer>)| {
                    answer.map(|answer| Made { path: result_path(out, number), answer })
                };
                Outcome::Scored(cases, files.into_iter().enumerate().map(made).collect())
            }
            Asked::Told(WorkerAnswer::Refused(refusal)) => Outcome::Refused(refusal),
            Asked::Told(WorkerAnswer::Marked(refusal)) => Outcome::Marked(refusal),
            Asked::Told(_) => Outcome::Failed(out_of_turn()),
            Asked::Failed(error) => Outcome::Failed(error),
            Asked::Unwanted => Outcome::Unwanted,
        }
    }

    /// Asks a file what it says of itself; `out` is a folder of ours that is empty. `Err` without an error is that it is no
    /// longer wanted.
    pub(super) fn look(
        &self,
        file: &Path,
        out: &Path,
        unwanted: &dyn Fn() -> bool,
    ) -> Result<Looked, Option<Error>> {
        match self.ask(Task::Look(file.as_os_str().to_owned()), out, unwanted) {
            Asked::Told(WorkerAnswer::Known(identity)) => Ok(Looked::Known(identity)),
            Asked::Told(WorkerAnswer::Refused(refusal)) => Ok(Looked::Refused(refusal)),
            Asked::Told(WorkerAnswer::Marked(refusal)) => Ok(Looked::Marked(refusal)),
            Asked::Told(_) => Err(Some(out_of_turn())),
            Asked::Failed(error) => Err(Some(error)),
            Asked::Unwanted => Err(None),
        }
    }

    /// Does something with workbooks that were returned, each with its name; what is made stands in `out`, an empty folder
    /// of ours.
    pub(super) fn attempt(
        &self,
        files: Vec<(OsString, String)>,
        known: Known,
        trial: Trial,
        out: &Path,
        date: Date,
    ) -> Result<WorkerAnswer, Error> {
        let task = Task::Try { files, known, trial, date: date.to_string() };
        match self.ask(task, out, &|| false) {
            Asked::Told(answer @ (WorkerAnswer::Tried(_) | WorkerAnswer::Reported(_))) => Ok(answer),
            Asked::Told(WorkerAnswer::Refused(refusal) | WorkerAnswer::Marked(refusal)) => {
                Err(Error::input(refusal.message, refusal.hint))
            }
            Asked::Told(_) | Asked::Unwanted => Err(out_of_turn()),
            Asked::Failed(error) => Err(error),
        }
    }

    fn ask(&self, task: Task, out: &Path, unwanted: &dyn Fn() -> bool) -> Asked {
        let job = Job { out: out.as_os_str().to_owned(), task };
        let failed =
            |cause: std::io::Error| Asked::Failed(Error::internal("无法启动评分进程").because(cause));
        let rested = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(worker) = rested {
            match self.turn(worker, &job, unwanted) {
                Ok((Ended::Died(_), _)) | Err(_) => {
                    tracing::warn!("a worker died that had served others before; a new one gets its work");
                    if let Err(cause) = disk::remove(out).and_then(|()| fs::create_dir(out)) {
                        return failed(cause);
                    }
                }
                Ok((ended, complaint)) => return self.asked(ended, &complaint, out),
            }
        }
        match Worker::start(&self.setup, &self.scratch).and_then(|worker| self.turn(worker, &job, unwanted)) {
            Ok((ended, complaint)) => self.asked(ended, &complaint, out),
            Err(cause) => failed(cause),
        }
    }

    /// Gives a submission to a worker, which goes back to the others if it can serve more. Also what it complained of.
    fn turn(
        &self,
        mut worker: Worker,
        job: &Job,
        unwanted: &dyn Fn() -> bool,
    ) -> std::io::Result<(Ended, String)> {
        worker.give(job)?;
        let patience = Duration::from_secs(self.setup.limits.seconds).saturating_mul(PATIENCE);
        let (ended, spent) = worker.wait(patience, unwanted)?;
        let complaint = worker.complaint();
        if matches!(ended, Ended::Done(_)) && !spent {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        }
        Ok((ended, complaint))
    }

    fn asked(&self, ended: Ended, complaint: &str, out: &Path) -> Asked {
        match ended {
            Ended::Unwanted => Asked::Unwanted,
            Ended::TooLong => Asked::Told(WorkerAnswer::Refused(Refusal {
                message: format!("用时超过 {} 秒，已停止处理。", self.setup.limits.seconds),
                hint: "请用 Excel 或 WPS 打开原文件，删去与评价无关的内容，另存为 .xlsx 后重新提交。"
                    .to_owned(),
            })),
            Ended::Died(status) if was_told_to_end(status) => Asked::Unwanted,
            Ended::Died(status) => {
                let code = status.code().and_then(|code| u8::try_from(code).ok());
                judge(code, &format!("{status}: {complaint}"), out)
            }
            Ended::Done(code) => judge(Some(code), &format!("exit code {code}: {complaint}"), out),
        }
    }
}

/// A worker's process.
struct Worker {
    process: Child,
    /// Held open as long as it shall live: see `worker::member`. `None` once it shall not.
    input: Option<ChildStdin>,
    said: Receiver<String>,
    complaints: Arc<Mutex<Vec<u8>>>,
}

impl Worker {
    fn start(setup: &Setup, scratch: &Path) -> std::io::Result<Self> {
        let mut command = Command::new(&setup.program);
        // A Ctrl-C on the terminal is for the parent, which lets its workers finish.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        #[cfg(windows)]
        std::os::windows::process::CommandExt::creation_flags(&mut command, CREATE_NEW_PROCESS_GROUP);
        let mut process = command
            .args(["worker", "member"])
            .envs(["TMPDIR", "TMP", "TEMP"].map(|name| (name, scratch)))
            // Else the C library sets 64 MiB of addresses aside for each thread, by chance, and what is set aside counts against
            // the limit of memory: the same file would pass one day and fail the next.
            .env("MALLOC_ARENA_MAX", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (tell, said) = mpsc::channel();
        if let Some(output) = process.stdout.take() {
            std::thread::spawn(move || {
                let mut output = BufReader::new(output);
                loop {
                    let mut line = String::new();
                    match output.by_ref().take(MAX_SAID).read_line(&mut line) {
                        Ok(1..) if tell.send(line).is_ok() => {}
                        _ => return,
                    }
                }
            });
        }
        let complaints = Arc::new(Mutex::new(Vec::new()));
        if let Some(output) = process.stderr.take() {
            let kept = Arc::clone(&complaints);
            std::thread::spawn(move || keep(output, &kept));
        }
        let input = process.stdin.take();
        let mut worker = Self { process, input, said, complaints };
        worker.tell(&Way::of(setup))?;
        tracing::info!(process = worker.process.id(), "a worker begins");
        Ok(worker)
    }

    /// Says a line. A child that died already says more by how it died.
    fn tell(&mut self, what: &impl serde::Serialize) -> std::io::Result<()> {
        let line = serde_json::to_string(what)? + "\n";
        if let Some(input) = &mut self.input {
            let _ = input.write_all(line.as_bytes());
        }
        Ok(())
    }

    fn give(&mut self, job: &Job) -> std::io::Result<()> {
        self.complaints.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.tell(job)
    }

    /// Waits until the submission's turn is over; also whether the worker can serve no more.
    fn wait(&mut self, limit: Duration, unwanted: &dyn Fn() -> bool) -> std::io::Result<(Ended, bool)> {
        let begun = Instant::now();
        loop {
            match self.said.recv_timeout(GLANCE) {
                Ok(line) => match serde_json::from_str(&line) {
                    Ok(Said { code, spent }) => return Ok((Ended::Done(code), spent)),
                    // What our own program does not say: something else runs in its place.
                    Err(cause) => return Err(cause.into()),
                },
                Err(RecvTimeoutError::Timeout) if unwanted() => return Ok((Ended::Unwanted, true)),
                Err(RecvTimeoutError::Timeout) if begun.elapsed() > limit => {
                    return Ok((Ended::TooLong, true));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    return Ok((Ended::Died(self.process.wait()?), true));
                }
            }
        }
    }

    fn complaint(&self) -> String {
        let kept = self.complaints.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&kept).trim().to_owned()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Keeps the beginning of what a worker complains of in its submission's turn.
fn keep(mut output: impl Read, kept: &Mutex<Vec<u8>>) {
    let mut piece = [0_u8; 1024];
    while let Ok(read @ 1..) = output.read(&mut piece) {
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MAX_COMPLAINT.saturating_sub(kept.len()).min(read);
        kept.extend_from_slice(piece.get(..room).unwrap_or_default());
    }
}

/// Whose fault the end of a turn was.
fn judge(code: Option<u8>, how: &str, out: &Path) -> Asked {
    let answer: Option<WorkerAnswer> = read(&out.join(ANSWER)).and_then(|a| serde_json::from_slice(&a).ok());
    let hindered = || {
        Error::output("评分进程无法工作。", "请检查磁盘空间、文件夹权限，以及程序是否刚刚升级而服务未重启。")
            .because(how.to_owned())
    };
    if code == Some(ErrorKind::Usage.exit_code()) {
        return Asked::Failed(hindered());
    }
    let own = answer.as_ref().map(|answer| match answer {
        WorkerAnswer::Refused(_) => ErrorKind::Input.exit_code(),
        WorkerAnswer::Marked(_) => ErrorKind::Marked.exit_code(),
        _ => 0,
    });
    match answer {
        Some(answer) if own == code => Asked::Told(answer),
        // Whatever else: if the disk takes no data, it is the disk's fault.
        _ if !disk_is_well(out) => Asked::Failed(hindered()),
        answer => {
            tracing::error!(how, "a worker failed");
            Asked::Told(WorkerAnswer::Refused(match answer {
                Some(WorkerAnswer::Refused(refusal)) => refusal,
                _ => Refusal {
                    message: "读取文件时内存或时间用尽，或文件已损坏，已停止读取。".to_owned(),
                    hint: "请用 Excel 或 WPS 打开原文件，删去与评价无关的内容，另存为 .xlsx 后重新提交。"
                        .to_owned(),
                },
            }))
        }
    }
}

pub(super) fn out_of_turn() -> Error {
    Error::internal("a worker answered what it was not asked")
}

/// Whether somebody ended the worker from outside: a service manager that ends all processes of a service at once.
#[cfg(unix)]
fn was_told_to_end(status: ExitStatus) -> bool {
    const HANGUP: i32 = 1;
    const INTERRUPT: i32 = 2;
    const TERMINATE: i32 = 15;
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    matches!(signal, Some(HANGUP | INTERRUPT | TERMINATE))
}

#[cfg(not(unix))]
fn was_told_to_end(_: ExitStatus) -> bool {
    false
}

fn read(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(MAX_ANSWER).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Whether a folder takes data.
fn disk_is_well(folder: &Path) -> bool {
    let probe = folder.join("probe");
    let well = disk::write_new(&probe, &vec![0_u8; 1024 * 1024]).is_ok();
    let _ = fs::remove_file(&probe);
    well
}
