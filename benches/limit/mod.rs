//! What one call takes at best, and whether the median of several keeps a limit.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// Calls that are measured together.
const CALLS: u32 = 400;
/// How often; the best counts, for a machine that does something else is no slower program.
const RUNS: u32 = 25;

/// What a call takes.
pub(crate) fn of_one<T>(call: impl Fn() -> T) -> Duration {
    let run = || {
        let begun = Instant::now();
        for _ in 0..CALLS {
            let _ = black_box(call());
        }
        begun.elapsed()
    };
    (0..RUNS).map(|_| run()).min().unwrap_or_default().checked_div(CALLS).unwrap_or_default()
}

/// Prints the median, and fails where it is above the limit.
pub(crate) fn kept(name: &str, mut times: Vec<Duration>, limit: Duration) -> ExitCode {
    times.sort();
    let median = times.get(times.len().div_euclid(2)).copied().unwrap_or(Duration::MAX);
    println!("{name}: median {median:?} (limit {limit:?})");
    ExitCode::from(u8::from(median > limit))
}
