//! The operator's own command, run when the service needs somebody: it sends a message by whatever means the bureau has.

use std::collections::HashMap;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::child;
use crate::base::printable;

/// How long such a command may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// The same is not told again within this time.
const QUIET: Duration = Duration::from_secs(3_600);
/// Different things that are remembered as told.
const MAX_TOLD: usize = 1_000;

/// The command with its arguments; none where nothing is set.
pub(super) struct Alert<'a> {
    command: &'a [String],
    told: Mutex<HashMap<String, Instant>>,
}

impl<'a> Alert<'a> {
    pub(super) fn new(command: &'a [String]) -> Self {
        Self { command, told: Mutex::default() }
    }

    /// Runs the command with what is to be said as its last argument, beside the work.
    pub(super) fn tell(&self, what: &str) {
        let Some((program, arguments)) = self.command.split_first() else { return };
        let now = Instant::now();
        {
            let Ok(mut told) = self.told.lock() else { return };
            told.retain(|_, at| now.duration_since(*at) < QUIET);
            if told.len() >= MAX_TOLD || told.insert(what.to_owned(), now).is_some() {
                return;
            }
        }
        let started = Command::new(program)
            .args(arguments)
            .arg(printable(what).as_ref())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match started {
            Ok(mut child) => {
                std::thread::spawn(move || match child::wait(&mut child, PATIENCE, &|| false) {
                    child::Ended::With(status) if status.success() => {}
                    _ => tracing::error!("the alert command failed"),
                });
            }
            Err(cause) => tracing::error!(%cause, program, "the alert command cannot be run"),
        }
    }
}
