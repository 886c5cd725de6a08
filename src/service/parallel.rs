//! Several things done at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Does something for each item, `jobs` at a time, in their order, until all are done or one says that it is over. Gives what
/// came of each that was done, and why it was over.
pub(super) fn at_once<T: Sync, R: Send, E: Send>(
    jobs: usize,
    items: &[T],
    one: impl Fn(usize, &T) -> Result<R, E> + Sync,
) -> (Vec<Option<R>>, Option<E>) {
    let made: Mutex<Vec<Option<R>>> = Mutex::new(items.iter().map(|_| None).collect());
    let over: Mutex<Option<E>> = Mutex::new(None);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(items.len()) {
            scope.spawn(|| {
                while over.lock().unwrap_or_else(PoisonError::into_inner).is_none() {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(at) else { return };
                    match one(at, item) {
                        Ok(result) => {
                            let mut made = made.lock().unwrap_or_else(PoisonError::into_inner);
                            if let Some(slot) = made.get_mut(at) {
                                *slot = Some(result);
                            }
                        }
                        Err(why) => {
                            over.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(why);
                        }
                    }
                }
            });
        }
    });
    let made = made.into_inner().unwrap_or_else(PoisonError::into_inner);
    (made, over.into_inner().unwrap_or_else(PoisonError::into_inner))
}
