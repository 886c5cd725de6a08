//! `jixiao watch`: drop a workbook, receive it scored. The loop that looks, claims, and hands out work.

mod shift;

use std::collections::VecDeque;
use std::io;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::time::{Duration, Instant};

use shift::Shift;

use super::alert::Alert;
use super::beside;
use super::claim::Instance;
use super::clock::Clock;
use super::folders::Folders;
use super::handling::{Handler, Served, Ways};
use super::marked;
use super::register::Register;
use super::retry_wait::RetryWait;
use super::setup::Setup;
use super::state::{self, Served as ServedFolders};
use super::stop::Stop;
use super::upkeep::Keep;
use super::watched_inbox::WatchedInbox;
use crate::base::{Error, ErrorKind, Result};

/// The first pause after something stood in the way; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);

/// What a service is told.
#[derive(Debug)]
pub struct Options {
    /// Where submissions are dropped.
    pub inbox: PathBuf,
    /// Where reviewers drop theirs, if they have an inbox of their own.
    pub reviewer_inbox: Option<PathBuf>,
    /// Where results go.
    pub outbox: PathBuf,
    /// Where archive, rejected, processing and state are; the inbox's parent if not said.
    pub base: Option<PathBuf>,
    /// The folder in which the register is kept; the state folder if not said.
    pub register: Option<PathBuf>,
    /// How long what is kept.
    pub keep: Keep,
    /// Megabytes of room on a disk below which the operator is told.
    pub least_mb: u64,
    /// A command that tells the operator, with its arguments.
    pub alert: Vec<String>,
    /// Workers at a time.
    pub jobs: NonZeroUsize,
    /// How long a file must not change before it is taken.
    pub settle: Duration,
    /// No events of the system: look again and again.
    pub poll: bool,
    /// Serve what is there and end.
    pub once: bool,
    /// Score again what is done already.
    pub again: bool,
    /// How submissions are scored.
    pub setup: Setup,
    /// The time of day.
    pub clock: Clock,
}

/// How submissions are scored from now on, where the settings or the mappings are others than before.
pub type Renew<'r> = &'r mut dyn FnMut() -> Result<Option<Setup>>;

/// What a signal to end does.
pub type OnSignal = Box<dyn FnMut() + Send>;

/// What wakes the loop.
pub(super) enum Wake {
    /// Something happened in the inbox, or a signal came.
    Stir,
    /// A claim is served.
    Done(Served),
}

/// Runs a service until it is told to stop, or once. Gives the exit code. `renew` is asked now and then; `signals` gets what
/// a signal to end does.
pub fn run(options: &Options, renew: Renew<'_>, signals: impl FnOnce(OnSignal) -> Result<()>) -> Result<u8> {
    let reviewers = options.reviewer_inbox.as_deref();
    let folders = Folders::open(&options.inbox, reviewers, &options.outbox, options.base.as_deref())?;
    let failed = |cause: io::Error| {
        Error::new(
            ErrorKind::Output,
            format!("服务无法在“{}”中工作。", folders.processing.display()),
            "请检查磁盘空间、权限，以及该磁盘是否支持文件锁（部分网络共享不支持，请用 --base 指定别处）。",
        )
        .because(cause)
    };
    let home = options.register.clone().unwrap_or_else(|| folders.state.clone());
    let served = ServedFolders {
        inbox: folders.inbox.clone(),
        reviewer_inbox: folders.reviewer_inbox.clone(),
        outbox: folders.outbox.clone(),
        register: Some(home.clone()),
        way: options.setup.hash(),
        least_mb: options.least_mb,
    };
    beside::agree(&folders, &served)?;
    let instance = Instance::begin(&folders).map_err(failed)?;
    let _held = beside::hold(&folders)?;
    let register = Register::open(&home).map_err(failed)?;
    state::remember_service(&folders, &served).map_err(failed)?;
    marked::tidy(&folders).map_err(failed)?;
    let (wake, woken) = mpsc::channel();
    let stop = Arc::new(Stop::default());
    signals(on_signal(Arc::clone(&stop), wake.clone()))?;
    let wakes = (!options.poll && !options.once).then_some(&wake);
    let inbox = |(door, folder)| WatchedInbox::new(door, folder, options.settle, wakes);
    let inboxes: Vec<WatchedInbox> = folders.entrances().into_iter().map(inbox).collect();
    tracing::info!(
        version = env!("JIXIAO_VERSION"),
        inbox = %folders.inbox.display(),
        reviewer_inbox = folders.reviewer_inbox.as_ref().map(|folder| folder.display().to_string()),
        outbox = %folders.outbox.display(),
        jobs = options.jobs,
        events = inboxes.iter().all(WatchedInbox::has_events),
        "service begins"
    );
    let unwanted = || stop.at_once();
    let handler = Handler {
        folders: &folders,
        register: &register,
        ways: Ways::new(&options.setup, &folders),
        clock: options.clock,
        jobs: options.jobs.get(),
        again: options.again,
        unwanted: &unwanted,
    };
    let now = Instant::now();
    let alert = Alert::new(&options.alert);
    let shift = Shift {
        options,
        served,
        renew,
        renewal: now,
        renewed: None,
        alert: &alert,
        is_short: false,
        folders: &folders,
        instance: &instance,
        handler: &handler,
        stop: &stop,
        inboxes,
        wake,
        unfinished: VecDeque::new(),
        retry_wait: RetryWait::new(options.once),
        busy: 0,
        tended: None,
        begun: now,
        next_look: now,
        pause: None,
        backoff: FIRST_PAUSE,
        code: 0,
    };
    let code = std::thread::scope(|scope| shift.work(scope, &woken));
    tracing::info!("service ends");
    Ok(code)
}

fn on_signal(stop: Arc<Stop>, wake: Sender<Wake>) -> OnSignal {
    Box::new(move || {
        stop.raise();
        // Without a loop there is nothing to wake.
        let _ = wake.send(Wake::Stir);
    })
}
