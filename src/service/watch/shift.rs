//! The loop of the service: it looks, claims, hands out, and waits.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread::Scope;
use std::time::{Duration, Instant};

use super::{FIRST_PAUSE, Options, Renew, Wake};
use crate::base::{Date, Error, ErrorKind, is_in_use, readable_name};
use crate::service::alert::Alert;
use crate::service::claim::{Claim, Instance};
use crate::service::door::Door;
use crate::service::folders::Folders;
use crate::service::handling::{Handler, Held, Served};
use crate::service::retry_wait::{RetryWait, after};
use crate::service::setup::Setup;
use crate::service::state::{self, LastError, Served as ServedFolders};
use crate::service::stop::Stop;
use crate::service::submission::shown;
use crate::service::upkeep;
use crate::service::watched_inbox::WatchedInbox;

/// How often the inbox is looked at whatever the events say.
const RESCAN: Duration = Duration::from_secs(30);
/// How often it is looked at where there are no events.
const POLL: Duration = Duration::from_secs(2);
/// Two looks are at least so far apart, however many events come.
const BREATH: Duration = Duration::from_millis(200);
/// How long a submission that cannot be read now is left alone.
const DEFER: Duration = Duration::from_secs(30);
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// How many times the settling time a single run waits for files that are still moving.
const ONCE_PATIENCE: u32 = 6;

/// The loop's state.
pub(super) struct Shift<'a> {
    pub(super) options: &'a Options,
    /// What `state` says of this service.
    pub(super) served: ServedFolders,
    pub(super) renew: Renew<'a>,
    /// When settings and mappings are looked at again.
    pub(super) renewal: Instant,
    /// Another way to score, which begins when nothing is under way.
    pub(super) renewed: Option<Setup>,
    pub(super) alert: &'a Alert<'a>,
    /// Whether a disk is nearly full.
    pub(super) is_short: bool,
    pub(super) folders: &'a Folders,
    pub(super) instance: &'a Instance,
    pub(super) handler: &'a Handler<'a>,
    pub(super) stop: &'a Stop,
    /// The reviewers' goes first: theirs are few, and agencies' many.
    pub(super) inboxes: Vec<WatchedInbox>,
    pub(super) wake: Sender<Wake>,
    /// What dead services left, and what could not be published; none before its time.
    pub(super) unfinished: VecDeque<(Instant, Claim)>,
    pub(super) retry_wait: RetryWait,
    pub(super) busy: usize,
    /// The day on which what is old was last removed.
    pub(super) tended: Option<Date>,
    pub(super) begun: Instant,
    pub(super) next_look: Instant,
    /// Nothing is begun before.
    pub(super) pause: Option<Instant>,
    pub(super) backoff: Duration,
    pub(super) code: u8,
}

impl<'a> Shift<'a> {
    pub(super) fn work<'s>(mut self, scope: &'s Scope<'s, '_>, woken: &Receiver<Wake>) -> u8
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
                if now >= self.renewal {
                    self.renewal = after(now, RESCAN);
                    self.see_to_it();
                }
                self.take_up();
                if now >= self.next_look {
                    self.tend(scope);
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

    /// Looks whether there is room, and whether settings or mappings are others than before.
    fn see_to_it(&mut self) {
        let places = [self.folders.state.as_path(), self.folders.outbox.as_path()];
        let short = upkeep::short_of_room(places, self.options.least_mb);
        // Once, until there is room again; the count changes all the time, what is to be done does not.
        if !std::mem::replace(&mut self.is_short, !short.is_empty()) {
            for (folder, left) in short {
                tracing::warn!(folder = %folder.display(), left_mb = left, "little room is left on the disk");
                self.alert.tell(&format!("磁盘空间不足：{}", folder.display()));
            }
        }
        if self.options.once {
            return;
        }
        match (self.renew)() {
            Ok(Some(setup)) => self.renewed = Some(setup),
            Ok(None) => {}
            Err(error) => {
                let last = LastError::of(&error, None, self.options.clock.now());
                tracing::error!(error = last.message, "settings or mappings are wrong: those before stay");
                self.alert.tell(&last.message);
                state::remember_error(self.folders, &last);
            }
        }
    }

    /// Scores in another way from now on, once nothing is under way.
    fn take_up(&mut self) {
        if self.busy > 0 {
            return;
        }
        let Some(setup) = self.renewed.take() else { return };
        self.served.way = setup.hash();
        tracing::info!(mappings = setup.mappings.len(), "settings or mappings are read again");
        self.handler.ways.change(&setup, self.folders);
        if let Err(cause) = state::remember_service(self.folders, &self.served) {
            tracing::error!(%cause, "cannot write down how this service scores");
        }
    }

    /// Removes what is old, at the start and once a day, beside the work.
    fn tend<'s>(&mut self, scope: &'s Scope<'s, '_>)
    where
        'a: 's,
    {
        let today = Some(self.options.clock.today());
        let keep = self.options.keep;
        if self.tended == today || !keep.is_limited() {
            return;
        }
        self.tended = today;
        let (folders, register, now) = (self.folders, self.handler.register, self.options.clock.now());
        scope.spawn(move || keep.tidy(folders, register, now));
    }

    /// Looks at the inboxes, and at what dead services left.
    fn look(&mut self, now: Instant) {
        let every = if self.options.poll || self.options.once || self.inboxes.iter().any(|it| it.lost) {
            POLL
        } else {
            RESCAN
        };
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
        for inbox in &mut self.inboxes {
            if inbox.look(now, &self.folders.state).is_err() {
                self.alert.tell(&format!("收件文件夹无法读取（{}）。", inbox.door.name()));
                if self.options.once {
                    self.code = self.code.max(ErrorKind::Output.exit_code());
                }
            }
            if let Some(next) = inbox.settling {
                self.next_look = self.next_look.min(next.max(after(now, BREATH)));
            }
        }
    }

    /// The next claim, if there is work: what dead services left goes first.
    fn next_claim(&mut self, now: Instant) -> Option<Claim> {
        let due = self.unfinished.iter().position(|(due, _)| *due <= now);
        if let Some((_, claim)) = due.and_then(|at| self.unfinished.remove(at)) {
            return Some(claim);
        }
        for inbox in &mut self.inboxes {
            while let Some(name) = inbox.ready.pop_front() {
                match self.instance.take(self.folders, inbox.door, &name) {
                    Ok(Some(claim)) => return Some(claim),
                    // Another service was quicker.
                    Ok(None) => {}
                    Err(cause) => {
                        tracing::error!(file = %name.to_string_lossy(), %cause, in_use = is_in_use(&cause), "cannot be taken");
                        inbox.defer(&name, after(now, DEFER));
                        if self.options.once {
                            self.code = self.code.max(ErrorKind::Output.exit_code());
                        }
                    }
                }
            }
        }
        None
    }

    /// Begins work as long as there is some, and a worker free for it.
    fn hand_out<'s>(&mut self, scope: &'s Scope<'s, '_>, now: Instant)
    where
        'a: 's,
    {
        if self.pause.is_some_and(|until| now < until) || self.renewed.is_some() {
            return;
        }
        while self.busy < self.options.jobs.get() {
            let Some(claim) = self.next_claim(now) else { return };
            self.busy = self.busy.saturating_add(1);
            let (handler, wake) = (self.handler, self.wake.clone());
            scope.spawn(move || {
                let served = catch_unwind(AssertUnwindSafe(|| handler.serve(claim))).unwrap_or_else(|_| {
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
        let soon = after(now, self.options.settle.saturating_mul(ONCE_PATIENCE));
        let moving = |it: &WatchedInbox| patient && it.settling.is_some_and(|due| due <= soon);
        let idle = |it: &WatchedInbox| it.ready.is_empty() && !moving(it);
        let due = self.unfinished.iter().any(|(due, _)| *due <= now);
        self.busy == 0 && self.inboxes.iter().all(idle) && !due
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
            Served::Scored { code } => code,
            Served::Known | Served::Finished | Served::GivenUp => 0,
            Served::Rejected(error) => {
                state::remember_error(self.folders, &error);
                let file = error.file.as_deref().unwrap_or_default();
                self.alert.tell(&format!("“{file}”未能评分，已退回：{}", error.message));
                ErrorKind::Input.exit_code()
            }
            Served::Left(door, name, error) => {
                tracing::warn!(file = error.file, "bears a secrecy mark, left alone in the inbox");
                state::remember_error(self.folders, &error);
                // It is remembered by its looks; should they have changed on the way, it still has to wait.
                let wait = self.retry_wait.wait(&name);
                self.defer(door, &name, wait);
                ErrorKind::Marked.exit_code()
            }
            Served::Returned(door, name) => {
                self.defer(door, &name, DEFER);
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

    /// Leaves a submission alone for a while.
    fn defer(&mut self, door: Door, name: &std::ffi::OsStr, wait: Duration) {
        for inbox in self.inboxes.iter_mut().filter(|it| it.door == door) {
            inbox.defer(name, after(Instant::now(), wait));
        }
    }

    /// All work pauses, for mostly it is the disk; and this submission waits longer than that, for it may be this alone.
    fn hindered(&mut self, held: Held, error: &Error) {
        let now = Instant::now();
        let file = match held {
            Held::Waits(claim) => {
                let name = claim.original().ok().flatten().map(|original| shown(&original));
                let wait = self.retry_wait.wait(claim.note.id.as_ref());
                self.unfinished.push_back((after(now, wait), claim));
                name
            }
            Held::Back(door, name) => {
                let wait = self.retry_wait.wait(&name);
                self.defer(door, &name, wait);
                Some(readable_name(&name))
            }
            Held::Stays => None,
        };
        let last = LastError::of(error, file, self.options.clock.now());
        let pause = self.backoff.as_secs();
        tracing::error!(file = last.file, error = last.message, pause, "work is hindered");
        state::remember_error(self.folders, &last);
        self.alert.tell(&last.message);
        // A single run tries each once and ends.
        if !self.options.once {
            self.pause = Some(after(now, self.backoff));
            self.backoff = self.backoff.saturating_mul(2).min(LONGEST_PAUSE);
        }
    }
}
