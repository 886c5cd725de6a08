//! `jixiao watch`: drop a workbook, receive it scored. The loop that looks, claims, and hands out work.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::Scope;
use std::time::{Duration, Instant, SystemTime};

use super::claim::{Claim, Instance};
use super::clock::Clock;
use super::desk::{Desk, Held, Served};
use super::events::Events;
use super::folders::Folders;
use super::marked;
use super::patience::Patience;
use super::settle::Inbox;
use super::state::{self, LastError};
use super::stop::Stop;
use super::submission::shown;
use super::worker::Setup;
use crate::base::{Error, ErrorKind, Result, readable_name};

/// How often the inbox is looked at whatever the events say.
const RESCAN: Duration = Duration::from_secs(30);
/// How often it is looked at where there are no events.
const POLL: Duration = Duration::from_secs(2);
/// Two looks are at least so far apart, however many events come.
const BREATH: Duration = Duration::from_millis(200);
/// How long a submission that cannot be read now is left alone.
const DEFER: Duration = Duration::from_secs(30);
/// The first pause after something stood in the way; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// How many times the settling time a single run waits for files that are still moving.
const ONCE_PATIENCE: u32 = 6;

/// What a service is told.
#[derive(Debug)]
pub struct Options {
    /// Where submissions are dropped.
    pub inbox: PathBuf,
    /// Where results go.
    pub outbox: PathBuf,
    /// Where archive, rejected, processing and state are; the inbox's parent if not said.
    pub base: Option<PathBuf>,
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

/// What a signal to end does.
pub type OnSignal = Box<dyn FnMut() + Send>;

/// What wakes the loop.
pub(super) enum Wake {
    /// Something happened in the inbox, or a signal came.
    Stir,
    /// A claim is served.
    Done(Served),
}

/// Runs a service until it is told to stop, or once. Gives the exit code. `signals` gets what a signal to end does.
pub fn run(options: &Options, signals: impl FnOnce(OnSignal) -> Result<()>) -> Result<u8> {
    let folders = Folders::open(&options.inbox, &options.outbox, options.base.as_deref())?;
    let failed = |cause: io::Error| {
        Error::new(
            ErrorKind::Output,
            format!("服务无法在“{}”中工作。", folders.processing.display()),
            "请检查磁盘空间、权限，以及该磁盘是否支持文件锁（部分网络共享不支持，请用 --base 指定别处）。",
        )
        .because(cause)
    };
    let instance = Instance::begin(&folders).map_err(failed)?;
    state::remember_service(&folders).map_err(failed)?;
    marked::tidy(&folders).map_err(failed)?;
    let (wake, woken) = mpsc::channel();
    let stop = Arc::new(Stop::default());
    signals(on_signal(Arc::clone(&stop), wake.clone()))?;
    let events =
        (!options.poll && !options.once).then(|| Events::new(&folders.inbox, wake.clone())).flatten();
    tracing::info!(
        version = env!("JIXIAO_VERSION"),
        inbox = %folders.inbox.display(),
        outbox = %folders.outbox.display(),
        jobs = options.jobs,
        events = events.is_some(),
        "service begins"
    );
    let unwanted = || stop.at_once();
    let desk = Desk {
        folders: &folders,
        setup: &options.setup,
        mapping: options.setup.hash(),
        clock: options.clock,
        again: options.again,
        unwanted: &unwanted,
    };
    let now = Instant::now();
    let shift = Shift {
        options,
        folders: &folders,
        instance: &instance,
        desk: &desk,
        stop: &stop,
        inbox: Inbox::new(&folders.inbox, options.settle),
        events,
        wake,
        ready: VecDeque::new(),
        unfinished: VecDeque::new(),
        patience: Patience::new(options.once),
        busy: 0,
        begun: now,
        next_look: now,
        settling: None,
        pause: None,
        backoff: FIRST_PAUSE,
        lost: false,
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

/// The loop's state.
struct Shift<'a> {
    options: &'a Options,
    folders: &'a Folders,
    instance: &'a Instance,
    desk: &'a Desk<'a>,
    stop: &'a Stop,
    inbox: Inbox,
    events: Option<Events>,
    wake: Sender<Wake>,
    ready: VecDeque<OsString>,
    /// What dead services left, and what could not be published; none before its time.
    unfinished: VecDeque<(Instant, Claim)>,
    patience: Patience,
    busy: usize,
    begun: Instant,
    next_look: Instant,
    /// When the next submission may be at rest.
    settling: Option<Instant>,
    /// Nothing is begun before.
    pause: Option<Instant>,
    backoff: Duration,
    /// Whether the inbox is gone.
    lost: bool,
    code: u8,
}

fn after(now: Instant, wait: Duration) -> Instant {
    // A time that cannot be told is as good as now: one look too many.
    now.checked_add(wait).unwrap_or(now)
}

impl<'a> Shift<'a> {
    fn work<'s>(mut self, scope: &'s Scope<'s, '_>, woken: &Receiver<Wake>) -> u8
    where
        'a: 's,
    {
        loop {
            let now = Instant::now();
            if self.stop.wanted() {
                if self.busy == 0 {
                    break;
                }
            } else {
                if now >= self.next_look {
                    self.look(now);
                }
                self.hand_out(scope, now);
                if self.options.once && self.is_over(now) {
                    break;
                }
            }
            self.wait(woken, now);
        }
        self.code
    }

    /// Looks at the inbox, and at what dead services left.
    fn look(&mut self, now: Instant) {
        let every = if self.options.poll || self.options.once || self.lost { POLL } else { RESCAN };
        self.next_look = after(now, every);
        match self.instance.take_over(self.folders) {
            Ok(claims) => {
                if !claims.is_empty() {
                    tracing::warn!(claims = claims.len(), "taken over from a service that is gone");
                }
                self.unfinished.extend(claims.into_iter().map(|claim| (now, claim)));
            }
            Err(cause) => tracing::error!(%cause, "cannot take over what other services left"),
        }
        match self.inbox.look(now, SystemTime::now()) {
            Ok(look) => {
                if std::mem::take(&mut self.lost) {
                    tracing::info!("the inbox is back");
                    if let Some(events) = &mut self.events {
                        events.arm(&self.folders.inbox);
                    }
                }
                let (state, inbox) = (&self.folders.state, &self.folders.inbox);
                let ready = look.ready.into_iter();
                self.ready = ready.filter(|name| !marked::is_known(state, inbox, name)).collect();
                self.settling = look.next;
                if let Some(next) = look.next {
                    self.next_look = self.next_look.min(next.max(after(now, BREATH)));
                }
            }
            Err(cause) => {
                self.ready.clear();
                self.settling = None;
                if !std::mem::replace(&mut self.lost, true) {
                    tracing::error!(%cause, inbox = %self.folders.inbox.display(), "the inbox cannot be read");
                }
                if self.options.once {
                    self.code = self.code.max(ErrorKind::Output.exit_code());
                }
            }
        }
        if let Some(events) = self.events.as_mut().filter(|events| events.is_broken() && !self.lost) {
            events.arm(&self.folders.inbox);
        }
    }

    /// Begins work as long as there is some, and a worker free for it.
    fn hand_out<'s>(&mut self, scope: &'s Scope<'s, '_>, now: Instant)
    where
        'a: 's,
    {
        if self.pause.is_some_and(|until| now < until) {
            return;
        }
        while self.busy < self.options.jobs.get() {
            let due = self.unfinished.iter().position(|(due, _)| *due <= now);
            let claim = match due.and_then(|at| self.unfinished.remove(at)) {
                Some((_, claim)) => claim,
                None => match self.ready.pop_front() {
                    None => return,
                    Some(name) => match self.instance.take(self.folders, &name) {
                        Ok(Some(claim)) => claim,
                        // Another service was quicker.
                        Ok(None) => continue,
                        Err(cause) => {
                            tracing::error!(file = %name.to_string_lossy(), %cause, "cannot be taken");
                            self.inbox.defer(&name, after(now, DEFER));
                            if self.options.once {
                                self.code = self.code.max(ErrorKind::Output.exit_code());
                            }
                            continue;
                        }
                    },
                },
            };
            self.busy = self.busy.saturating_add(1);
            let (desk, wake) = (self.desk, self.wake.clone());
            scope.spawn(move || {
                let served = catch_unwind(AssertUnwindSafe(|| desk.serve(claim))).unwrap_or_else(|_| {
                    // Its claim stays in processing; the next service takes it over.
                    Served::Hindered(Held::Stays, Error::internal("a thread of the service panicked"))
                });
                // Without a loop there is nobody to tell.
                let _ = wake.send(Wake::Done(served));
            });
        }
    }

    /// Whether a single run is at its end.
    fn is_over(&self, now: Instant) -> bool {
        let patient = now.duration_since(self.begun) < self.options.settle.saturating_mul(ONCE_PATIENCE);
        let moving = self.settling.is_some_and(|due| {
            patient && due <= after(now, self.options.settle.saturating_mul(ONCE_PATIENCE))
        });
        let due = self.unfinished.iter().any(|(due, _)| *due <= now);
        self.busy == 0 && self.ready.is_empty() && !due && !moving
    }

    fn wait(&mut self, woken: &Receiver<Wake>, now: Instant) {
        let mut until = self.next_look;
        if let Some(pause) = self.pause {
            until = if pause > now { until.min(pause) } else { until };
        }
        if self.stop.wanted() {
            until = after(now, POLL);
        }
        let mut next = woken.recv_timeout(until.saturating_duration_since(now));
        loop {
            match next {
                Ok(Wake::Stir) => self.next_look = self.next_look.min(after(now, BREATH)),
                Ok(Wake::Done(served)) => self.note(served),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return,
            }
            next = woken.recv_timeout(Duration::ZERO);
        }
    }

    /// What a served claim means for the loop.
    fn note(&mut self, served: Served) {
        self.busy = self.busy.saturating_sub(1);
        let mut well = true;
        let code = match served {
            Served::Scored { errors } => u8::from(errors),
            Served::Known | Served::Finished | Served::GivenUp => 0,
            Served::Rejected(error) => {
                state::remember_error(self.folders, &error);
                ErrorKind::Input.exit_code()
            }
            Served::Left(name, error) => {
                tracing::warn!(file = error.file, "bears a secrecy mark, left alone in the inbox");
                state::remember_error(self.folders, &error);
                // It is remembered by its looks; should they have changed on the way, it still has to wait.
                let wait = self.patience.wait(&name);
                self.inbox.defer(&name, after(Instant::now(), wait));
                ErrorKind::Marked.exit_code()
            }
            Served::Returned(name) => {
                self.inbox.defer(&name, after(Instant::now(), DEFER));
                0
            }
            Served::Hindered(held, error) => {
                well = false;
                self.hindered(held, &error);
                error.kind().exit_code()
            }
        };
        if well {
            self.pause = None;
            self.backoff = FIRST_PAUSE;
        }
        if self.options.once {
            self.code = self.code.max(code);
        }
    }

    /// All work pauses, for mostly it is the disk; and this submission waits longer than that, for it may be this alone.
    fn hindered(&mut self, held: Held, error: &Error) {
        let now = Instant::now();
        let file = match held {
            Held::Waits(claim) => {
                let name = claim.original().ok().flatten().map(|original| shown(&original));
                let wait = self.patience.wait(claim.note.id.as_ref());
                self.unfinished.push_back((after(now, wait), claim));
                name
            }
            Held::Back(name) => {
                let wait = self.patience.wait(&name);
                self.inbox.defer(&name, after(now, wait));
                Some(readable_name(&name))
            }
            Held::Stays => None,
        };
        let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        tracing::error!(file, %error, cause, pause = self.backoff.as_secs(), "work is hindered");
        let message = if cause.is_empty() { error.to_string() } else { format!("{error}（{cause}）") };
        state::remember_error(self.folders, &LastError { at: self.options.clock.now(), file, message });
        // A single run tries each once and ends.
        if !self.options.once {
            self.pause = Some(after(now, self.backoff));
            self.backoff = self.backoff.saturating_mul(2).min(LONGEST_PAUSE);
        }
    }
}
