//! The page: another door to the folders and the register of the service, for those who do not reach the share.
//!
//! What is uploaded is dropped into the inbox (`service::uploads`) and goes the way of everything that is dropped; what is
//! shown is what the register says. Nothing is scored here. The pages are made on the server and need no script.

#![expect(
    clippy::unused_async,
    reason = "axum wants futures of all that answer, also of those that wait for nothing"
)]

mod access;
mod accounts;
mod api;
pub mod audit;
mod case;
mod cases;
mod documents;
mod doors;
mod editing;
mod guard;
mod html;
mod index;
mod intake;
mod record;
mod report;
mod rules;
mod server;
mod service;
mod sessions;
mod sign_in;
mod uploading;
pub mod users;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;

use crate::service::trial::Trials;
use crate::service::uploads::Uploads;

pub use access::Access;
pub use rules::Rules;
pub use server::Server;

/// Tries and edits that workers are asked at once.
const TRIES: usize = 2;
/// Sign-ins that are checked at once: each takes 19 MiB and a processor.
const CHECKS: usize = 2;

/// What every request needs.
struct Desk {
    access: Access,
    rules: Rules,
    uploads: Uploads,
    users: users::Users,
    sessions: Mutex<sessions::Sessions>,
    index: Mutex<index::Index>,
    book: Mutex<intake::Read>,
    checks: Semaphore,
    trials: Arc<Trials>,
    tries: Semaphore,
    audit: audit::Audit,
}

type Shared = Arc<Desk>;

impl Desk {
    fn new(access: Access, rules: Rules, uploads: Uploads, trials: Arc<Trials>) -> Shared {
        let audit = audit::Audit::at(&uploads.own_folder());
        let users = users::Users::at(&uploads.own_folder(), rules);
        Arc::new(Self {
            access,
            rules,
            index: Mutex::new(index::Index::over(uploads.register())),
            uploads,
            users,
            sessions: Mutex::new(sessions::Sessions::under(rules)),
            book: Mutex::default(),
            checks: Semaphore::new(CHECKS),
            trials,
            tries: Semaphore::new(TRIES),
            audit,
        })
    }

    fn sessions(&self) -> MutexGuard<'_, sessions::Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn book(&self) -> MutexGuard<'_, intake::Read> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an account may be used: it is not blocked, and agencies only where that is set.
    fn may_enter(&self, user: &users::User) -> bool {
        !user.blocked && (self.rules.agencies || user.role != users::Role::Agency)
    }

    fn index(&self) -> MutexGuard<'_, index::Index> {
        self.index.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
