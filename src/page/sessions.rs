//! Who is signed in, and who tried in vain. Kept in memory: whoever starts the page anew has everybody sign in again.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use super::rules::Rules;
use super::users::User;
use crate::base::{hexadecimal, sha256_of};

/// After so long somebody is signed out whatever he does.
const LONGEST: Duration = Duration::from_secs(12 * 3_600);
/// Sessions at a time.
const MAX_SESSIONS: usize = 10_000;
/// Bytes of a token.
const TOKEN: usize = 32;

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(super) struct Session {
    /// The account's name.
    pub(super) name: String,
    /// What proved the password: with another, the session is over.
    pub(super) hash: String,
    /// What every form of his carries, so that no other page can send one in his name.
    pub(super) csrf: String,
    begun: Instant,
    seen: Instant,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    rules: Rules,
    /// By the digest of the token, so that how long a look takes says nothing of tokens.
    by_token: HashMap<String, Session>,
    wrong: HashMap<String, (u32, Instant)>,
}

impl Sessions {
    /// Nobody yet.
    pub(super) fn under(rules: Rules) -> Self {
        Self { rules, ..Self::default() }
    }

    /// Signs somebody in: the token for his browser. `None` where there are too many.
    pub(super) fn begin(&mut self, user: &User, now: Instant) -> Option<String> {
        let rules = self.rules;
        self.by_token.retain(|_, session| session.lives(rules, now));
        self.wrong.remove(&user.name);
        if self.by_token.len() >= MAX_SESSIONS {
            return None;
        }
        let (token, csrf) = (token()?, token()?);
        let session =
            Session { name: user.name.clone(), hash: user.hash.clone(), csrf, begun: now, seen: now };
        self.by_token.insert(digest(&token), session);
        Some(token)
    }

    /// Whose token it is, which counts as a sign of life.
    pub(super) fn of(&mut self, token: &str, now: Instant) -> Option<Session> {
        let rules = self.rules;
        let session = self.by_token.get_mut(&digest(token)).filter(|session| session.lives(rules, now))?;
        session.seen = now;
        Some(session.clone())
    }

    /// Signs out.
    pub(super) fn end(&mut self, token: &str) {
        self.by_token.remove(&digest(token));
    }

    /// Whether an account is closed after too many wrong passwords.
    pub(super) fn is_closed(&self, name: &str, now: Instant) -> bool {
        let since = |at: &Instant| now.saturating_duration_since(*at);
        self.wrong
            .get(name)
            .is_some_and(|(count, at)| *count >= self.rules.wrong && since(at) < self.rules.closed)
    }

    /// Counts a wrong password of an account that there is: names that are made up cost nothing.
    pub(super) fn wrong(&mut self, name: &str, now: Instant) {
        let (count, at) = self.wrong.entry(name.to_owned()).or_insert((0, now));
        if now.saturating_duration_since(*at) >= self.rules.closed {
            *count = 0;
        }
        *count = count.saturating_add(1);
        *at = now;
    }
}

impl Session {
    fn lives(&self, rules: Rules, now: Instant) -> bool {
        now.saturating_duration_since(self.seen) < rules.idle
            && now.saturating_duration_since(self.begun) < LONGEST
    }
}

fn token() -> Option<String> {
    let mut random = [0_u8; TOKEN];
    getrandom::fill(&mut random).ok()?;
    Some(hexadecimal(&random))
}

fn digest(token: &str) -> String {
    sha256_of([token])
}

/// Whether two texts are the same, in a time that does not say where they differ.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    digest(a) == digest(b)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Sessions;
    use crate::page::users::{Role, User};

    #[test]
    fn five_wrong_passwords_close_an_account_for_a_while_and_idleness_ends_a_session() {
        let mut sessions = Sessions::default();
        let now = Instant::now();
        let later =
            |minutes: u64| now.checked_add(Duration::from_secs(minutes.saturating_mul(60))).expect("a time");
        for tries in 0..5 {
            assert!(!sessions.is_closed("甲", now), "{tries}");
            sessions.wrong("甲", now);
        }
        assert!(sessions.is_closed("甲", later(14)) && !sessions.is_closed("甲", later(16)));
        assert!(!sessions.is_closed("乙", now));
        let user = User { name: "甲".into(), role: Role::Reviewer, hash: "h".into(), blocked: false };
        let token = sessions.begin(&user, now).expect("a session");
        assert!(!sessions.is_closed("甲", now), "who knows the password has the count back");
        assert!(sessions.of(&token, later(29)).is_some() && sessions.of("else", now).is_none());
        assert!(sessions.of(&token, later(60)).is_none(), "idle for half an hour");
        let token = sessions.begin(&user, now).expect("another");
        for minutes in (0..720).step_by(20) {
            assert!(sessions.of(&token, later(minutes)).is_some());
        }
        assert!(sessions.of(&token, later(720)).is_none(), "twelve hours whatever he does");
        let token = sessions.begin(&user, now).expect("a third");
        sessions.end(&token);
        assert!(sessions.of(&token, now).is_none());
    }
}
