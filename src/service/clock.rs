//! The time of day, handed in, so that a run can be made again.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use crate::base::Date;

/// Where the time comes from.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always the same.
    Fixed(Timestamp),
}

impl Clock {
    /// Now.
    pub fn now(self) -> Timestamp {
        match self {
            Self::System => Timestamp::now(),
            Self::Fixed(at) => at,
        }
    }

    /// Today, in China.
    pub fn today(self) -> Date {
        day(self.now())
    }

    /// `2026-01-01 08:00:00`, in China.
    pub(super) fn shown(self) -> String {
        shown(self.now())
    }
}

/// A time as receipts show it, in China.
pub fn shown(at: Timestamp) -> String {
    let at = china(at);
    format!("{} {:02}:{:02}:{:02}", at.date(), at.hour(), at.minute(), at.second())
}

/// The day of a time, in China.
pub fn day(at: Timestamp) -> Date {
    china(at).date()
}

fn china(at: Timestamp) -> jiff::Zoned {
    at.to_zoned(TimeZone::fixed(Offset::constant(8)))
}
