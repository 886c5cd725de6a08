//! The page: another door to the folders and the register of the service, for those who do not reach the share.
//!
//! What is uploaded is dropped into the inbox (`service::uploads`) and goes the way of everything that is dropped; what is
//! shown is what the register says. Nothing is scored here. The pages are made on the server and need no script.

#![expect(
    clippy::unused_async,
    reason = "axum wants futures of all that answer, also of those that wait for nothing"
)]

mod access;
pub mod audit;
mod case;
mod cases;
mod editing;
mod guard;
mod html;
mod index;
mod record;
mod report;
mod server;
mod sessions;
mod sign_in;
mod uploading;
pub mod users;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

use crate::service::trial::Trials;
use crate::service::uploads::Uploads;

pub use access::Access;
pub use server::Server;

/// Tries and edits that workers are asked at once.
const TRIES: usize = 2;
/// Sign-ins that are checked at once: each takes 19 MiB and a processor.
const CHECKS: usize = 2;

/// What every request needs.
struct Desk {
    access: Access,
    uploads: Uploads,
    users: users::Users,
    sessions: Mutex<sessions::Sessions>,
    index: Mutex<index::Index>,
    checks: Semaphore,
    trials: Arc<Trials>,
    tries: Semaphore,
    audit: audit::Audit,
}

type Shared = Arc<Desk>;

impl Desk {
    fn new(access: Access, uploads: Uploads, trials: Arc<Trials>) -> Shared {
        let audit = audit::Audit::at(&uploads.own_folder());
        let users = users::Users::at(&uploads.own_folder());
        Arc::new(Self {
            access,
            index: Mutex::new(index::Index::over(uploads.register())),
            uploads,
            users,
            sessions: Mutex::default(),
            checks: Semaphore::new(CHECKS),
            trials,
            tries: Semaphore::new(TRIES),
            audit,
        })
    }

    fn sessions(&self) -> MutexGuard<'_, sessions::Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn index(&self) -> MutexGuard<'_, index::Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
