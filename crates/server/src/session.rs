//! Who may look: a one-time token, an administrator's password, sessions.

use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Argon2, PasswordHash};
use std::collections::{BTreeMap, VecDeque};
use std::io::Read;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a session lives without being used.
const IDLE_MAX: Duration = Duration::from_hours(12);
/// Most sessions at a time; the least used one makes room.
const SESSIONS_MAX: usize = 64;
/// Wrong passwords within a minute before everybody waits.
const FAILURES_MAX: usize = 5;
/// How long wrong passwords count.
const FAILURE_WINDOW: Duration = Duration::from_mins(1);
/// Shortest password.
pub(crate) const PASSWORD_CHARS_MIN: usize = 10;

/// Somebody may not come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessError {
    /// Not the password or token.
    #[error("wrong password or token")]
    Wrong,
    /// Too many wrong passwords.
    #[error("too many wrong passwords: wait a minute")]
    Wait,
    /// The new password is too short.
    #[error("a password has at least {PASSWORD_CHARS_MIN} characters")]
    Short,
    /// The system gives no random numbers or cannot hash.
    #[error("the system cannot make or check a password")]
    System,
}

/// An open session.
struct Opened {
    used: Instant,
    /// Opened with the password; else with the one-time token.
    by_password: bool,
}

struct Inner {
    /// Argon2 hash of the administrator's password.
    password: Option<String>,
    /// The password is the first one, made by the program: it must be changed.
    initial: bool,
    /// Not used yet.
    token: Option<String>,
    sessions: BTreeMap<String, Opened>,
    failures: VecDeque<Instant>,
}

/// Sessions and what opens them.
pub struct Access {
    inner: Mutex<Inner>,
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Access").finish_non_exhaustive()
    }
}

impl Access {
    /// With a stored password hash, where there is one; `initial` says that it must be changed.
    pub fn new(password: Option<String>, initial: bool) -> Self {
        let inner = Inner {
            password,
            initial,
            token: None,
            sessions: BTreeMap::new(),
            failures: VecDeque::new(),
        };
        Self { inner: Mutex::new(inner) }
    }

    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes a token that opens one session.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn issue_token(&self) -> Result<String, AccessError> {
        let token = random_hex()?;
        self.inner().token = Some(token.clone());
        Ok(token)
    }

    /// Makes a first password; returns it and its hash for storing.
    ///
    /// # Errors
    /// When the system gives no random numbers.
    pub fn first_password(&self) -> Result<(String, String), AccessError> {
        let random = random_hex()?;
        let groups: Vec<String> = random
            .as_bytes()
            .chunks(4)
            .take(4)
            .map(|g| String::from_utf8_lossy(g).into())
            .collect();
        let password = groups.join("-");
        let hash = hashed(&password)?;
        let mut inner = self.inner();
        inner.password = Some(hash.clone());
        inner.initial = true;
        Ok((password, hash))
    }

    /// Opens a session with the one-time token; the token is used up.
    ///
    /// # Errors
    /// When it is wrong or used.
    pub fn enter_with_token(&self, token: &str, now: Instant) -> Result<String, AccessError> {
        let mut inner = self.inner();
        let fits = inner.token.as_deref().is_some_and(|own| same(own.as_bytes(), token.as_bytes()));
        if !fits {
            return Err(inner.fail(now));
        }
        inner.token = None;
        inner.open(now, false)
    }

    /// Opens a session with the password.
    ///
    /// # Errors
    /// When it is wrong, or was wrong too often.
    pub fn enter_with_password(&self, given: &str, now: Instant) -> Result<String, AccessError> {
        let hash = {
            let mut inner = self.inner();
            if inner.must_wait(now) {
                return Err(AccessError::Wait);
            }
            inner.password.clone()
        };
        // Hashing takes long on purpose: nobody waits for the lock meanwhile.
        if hash.is_some_and(|hash| verified(given, &hash)) {
            self.inner().open(now, true)
        } else {
            Err(self.inner().fail(now))
        }
    }

    /// The session is open; using it keeps it open.
    pub fn is_open(&self, session: &str, now: Instant) -> bool {
        let mut inner = self.inner();
        inner.sessions.retain(|_, open| now.duration_since(open.used) < IDLE_MAX);
        match inner.sessions.get_mut(session) {
            Some(open) => {
                open.used = now;
                true
            }
            None => false,
        }
    }

    /// Ends a session.
    pub fn leave(&self, session: &str) {
        self.inner().sessions.remove(session);
    }

    /// The session was opened with the first password: that one must be changed before anything
    /// else. Whoever came with the one-time token never saw it.
    pub fn must_change(&self, session: &str) -> bool {
        let inner = self.inner();
        inner.initial && inner.sessions.get(session).is_some_and(|open| open.by_password)
    }

    /// Who uses a session, as a record names them: the administrator, or whoever had the one-time
    /// link that is printed on the machine itself.
    pub fn who(&self, session: &str) -> &'static str {
        let by_password = self.inner().sessions.get(session).is_some_and(|open| open.by_password);
        if by_password { "administrator" } else { "one-time link" }
    }

    /// There is a password.
    pub fn has_password(&self) -> bool {
        self.inner().password.is_some()
    }

    /// Sets another password; all other sessions end. Returns its hash for storing.
    ///
    /// # Errors
    /// When it is too short.
    pub fn change_password(&self, new: &str, session: &str) -> Result<String, AccessError> {
        if new.chars().count() < PASSWORD_CHARS_MIN {
            return Err(AccessError::Short);
        }
        let hash = hashed(new)?;
        let mut inner = self.inner();
        inner.password = Some(hash.clone());
        inner.initial = false;
        inner.sessions.retain(|open, _| open == session);
        Ok(hash)
    }
}

impl Inner {
    fn open(&mut self, now: Instant, by_password: bool) -> Result<String, AccessError> {
        if self.sessions.len() >= SESSIONS_MAX {
            let oldest = self.sessions.iter().min_by_key(|(_, open)| open.used);
            if let Some(oldest) = oldest.map(|(session, _)| session.clone()) {
                self.sessions.remove(&oldest);
            }
        }
        let session = random_hex()?;
        self.sessions.insert(session.clone(), Opened { used: now, by_password });
        Ok(session)
    }

    fn must_wait(&mut self, now: Instant) -> bool {
        self.failures.retain(|at| now.duration_since(*at) < FAILURE_WINDOW);
        self.failures.len() >= FAILURES_MAX
    }

    fn fail(&mut self, now: Instant) -> AccessError {
        if self.must_wait(now) {
            return AccessError::Wait;
        }
        self.failures.push_back(now);
        AccessError::Wrong
    }
}

/// 128 random bits in hexadecimal.
fn random_hex() -> Result<String, AccessError> {
    let mut bytes = [0u8; 16];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut random| random.read_exact(&mut bytes))
        .map_err(|_| AccessError::System)?;
    Ok(bytes.iter().map(|b| format!("{b:02x}")).collect())
}

/// Compares without telling by time where they differ.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |all, (x, y)| all | (x ^ y)) == 0
}

fn hashed(password: &str) -> Result<String, AccessError> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|_| AccessError::System)
}

fn verified(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::disallowed_methods, reason = "a test needs some instant")]
    fn now() -> Instant {
        Instant::now()
    }

    #[test]
    fn a_token_opens_one_session() {
        let access = Access::new(None, false);
        let token = access.issue_token().unwrap();
        let session = access.enter_with_token(&token, now()).unwrap();
        assert!(access.is_open(&session, now()));
        assert_eq!(access.enter_with_token(&token, now()), Err(AccessError::Wrong));
        access.leave(&session);
        assert!(!access.is_open(&session, now()));
    }

    #[test]
    fn the_first_password_must_be_changed() {
        let access = Access::new(None, false);
        let (password, _) = access.first_password().unwrap();
        let session = access.enter_with_password(&password, now()).unwrap();
        let other = access.enter_with_password(&password, now()).unwrap();
        assert!(access.must_change(&session));
        let token = access.issue_token().unwrap();
        let local = access.enter_with_token(&token, now()).unwrap();
        assert!(!access.must_change(&local), "the first password was not used");
        assert_eq!(access.change_password("short", &session), Err(AccessError::Short));
        let hash = access.change_password("a better password", &session).unwrap();
        assert!(!access.must_change(&session));
        assert!(access.is_open(&session, now()) && !access.is_open(&other, now()));
        let again = Access::new(Some(hash), false);
        assert!(again.enter_with_password("a better password", now()).is_ok());
        assert_eq!(again.enter_with_password(&password, now()), Err(AccessError::Wrong));
    }

    #[test]
    fn guessing_is_slowed_down() {
        let access = Access::new(None, false);
        let start = now();
        for _ in 0..FAILURES_MAX {
            assert_eq!(access.enter_with_token("x", start), Err(AccessError::Wrong));
        }
        assert_eq!(access.enter_with_password("x", start), Err(AccessError::Wait));
        let later = start + FAILURE_WINDOW;
        assert_eq!(access.enter_with_password("x", later), Err(AccessError::Wrong));
    }

    #[test]
    fn sessions_end_and_are_limited() {
        let access = Access::new(None, false);
        let start = now();
        let token = access.issue_token().unwrap();
        let first = access.enter_with_token(&token, start).unwrap();
        assert!(!access.is_open(&first, start + IDLE_MAX));
        let mut last = String::new();
        for _ in 0..SESSIONS_MAX + 5 {
            let token = access.issue_token().unwrap();
            last = access.enter_with_token(&token, start).unwrap();
        }
        assert_eq!(access.inner().sessions.len(), SESSIONS_MAX);
        assert!(access.is_open(&last, start));
    }
}
