//! What an operator sets about accounts (`[page]` of the settings).

use std::num::NonZeroU32;
use std::time::Duration;

use crate::settings;

/// Seconds of a minute.
const MINUTE: u64 = 60;

/// The rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Whether agencies may sign in.
    pub(super) agencies: bool,
    /// The least characters of a password.
    pub(super) least: usize,
    /// Without a request for so long somebody is signed out.
    pub(super) idle: Duration,
    /// Wrong passwords in a row after which an account is closed for a while.
    pub(super) wrong: u32,
    /// For how long.
    pub(super) closed: Duration,
}

impl Default for Rules {
    fn default() -> Self {
        Self::of(&settings::Page::default())
    }
}

impl Rules {
    /// As the settings say.
    pub fn of(set: &settings::Page) -> Self {
        let or = |set: Option<NonZeroU32>, usual: u32| set.map_or(usual, NonZeroU32::get);
        let minutes = |set, usual| Duration::from_secs(u64::from(or(set, usual)).saturating_mul(MINUTE));
        Self {
            agencies: set.agencies,
            least: usize::try_from(or(set.password_length, 10)).unwrap_or(usize::MAX),
            idle: minutes(set.idle_minutes, 30),
            wrong: or(set.wrong_passwords, 5),
            closed: minutes(set.closed_minutes, 15),
        }
    }
}
