//! Accounts of the page: names, roles, and what proves a password. `jixiao user` writes them, the page reads them.

use std::fs::{self, File};
use std::io::{ErrorKind as Io, Read as _, Write as _};
use std::path::{Path, PathBuf};

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use clap::ValueEnum;
use clap::builder::PossibleValue;
use serde::{Deserialize, Serialize};

use super::rules::Rules;
use crate::base::{Error, ErrorKind, Result};
use crate::service::door::Door;

const FILE: &str = "users.json";
/// Held while the file is changed.
const LOCK: &str = "users.lock";
/// Bytes of the file.
const MAX_FILE: u64 = 4 * 1024 * 1024;
/// Accounts.
const MAX_USERS: usize = 5_000;
/// Characters of a name.
const MAX_NAME: usize = 40;
/// Characters of a password, at most; the least is set.
const MAX_PASSWORD: usize = 200;
/// The version of the form of the file.
const SCHEMA: u8 = 1;
/// Letters of a password that the program chooses; none that is easily taken for another. 32 of them, so that every byte
/// chooses evenly.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789+";
/// How many of them at least: 80 bits.
const CHOSEN: usize = 16;

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Sees all cases, hands in.
    Reviewer,
    /// The same, and keeps the service.
    Operator,
    /// Sees all cases, changes nothing.
    Auditor,
    /// Sees what it handed in itself.
    Agency,
}

impl Role {
    /// As a clerk calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reviewer => "评价人员",
            Self::Operator => "管理员",
            Self::Auditor => "审计人员",
            Self::Agency => "单位",
        }
    }

    /// Whether all cases are shown, or only what came through the account.
    pub(super) fn sees_all(self) -> bool {
        self != Self::Agency
    }

    /// Whether anything may be decided: a score put in the place of another, a question answered.
    pub(super) fn reviews(self) -> bool {
        matches!(self, Self::Reviewer | Self::Operator)
    }

    /// Whether the record of what accounts did is shown.
    pub(super) fn reads_record(self) -> bool {
        matches!(self, Self::Auditor | Self::Operator)
    }

    /// Whether accounts, mappings and the service are its matter.
    pub(super) fn keeps_service(self) -> bool {
        self == Self::Operator
    }

    /// By which way comes in what it hands in: what reviewers type counts.
    pub(super) fn door(self) -> Door {
        if self.reviews() { Door::Reviewer } else { Door::Inbox }
    }

    /// Whether anything may be handed in.
    pub(super) fn uploads(self) -> bool {
        self != Self::Auditor
    }
}

impl ValueEnum for Role {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Reviewer, Self::Operator, Self::Auditor, Self::Agency]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// What proves the password: argon2id as a PHC string.
    pub(super) hash: String,
    /// Whether it may not sign in for the time being.
    #[serde(default)]
    pub blocked: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Stored {
    schema: u8,
    users: Vec<User>,
}

/// The file of accounts.
#[derive(Debug, Clone)]
pub struct Users {
    folder: PathBuf,
    rules: Rules,
}

impl Users {
    /// In the page's own folder.
    pub fn at(folder: &Path, rules: Rules) -> Self {
        Self { folder: folder.to_owned(), rules }
    }

    /// All accounts.
    pub fn all(&self) -> Result<Vec<User>> {
        let path = self.folder.join(FILE);
        let unreadable = || {
            Error::usage(
                format!("用户文件“{}”无法读取。", path.display()),
                "请检查读取权限；文件已损坏的，请从备份恢复。",
            )
        };
        let mut text = String::new();
        match File::open(&path).and_then(|file| file.take(MAX_FILE).read_to_string(&mut text)) {
            Ok(_) => {}
            Err(cause) if cause.kind() == Io::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(unreadable().because(cause)),
        }
        let stored: Stored = serde_json::from_str(&text).map_err(|cause| unreadable().because(cause))?;
        if stored.schema == SCHEMA { Ok(stored.users) } else { Err(unreadable()) }
    }

    /// The account of this name.
    pub(super) fn find(&self, name: &str) -> Option<User> {
        let users =
            self.all().inspect_err(|error| tracing::error!(%error, "accounts cannot be read")).ok()?;
        users.into_iter().find(|user| user.name == name)
    }

    /// Adds an account, with a password that is told or chosen here. The password.
    pub fn add(&self, name: &str, role: Role, password: Option<&str>) -> Result<String> {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
        if name.is_empty() || name.chars().count() > MAX_NAME || !name.chars().all(is_plain) {
            return Err(Error::usage(
                format!("“{name}”不能作用户名。"),
                "用户名只用汉字、字母、数字和 . - _ @，最多 40 个字。",
            ));
        }
        let password = decided(name, password, self.rules)?;
        let hash = hashed(&password)?;
        self.change(|users| {
            if users.iter().any(|user| user.name == name) {
                let hint = "要换密码的，请用 jixiao user password；要换角色的，请用 jixiao user role。";
                return Err(Error::usage(format!("用户“{name}”已经有了。"), hint));
            }
            if users.len() >= MAX_USERS {
                return Err(Error::usage("用户太多。", "请删除不再使用的用户。"));
            }
            users.push(User { name: name.to_owned(), role, hash, blocked: false });
            Ok(())
        })?;
        Ok(password)
    }

    /// Gives an account another password, which ends its sessions. The password.
    pub fn renew(&self, name: &str, password: Option<&str>) -> Result<String> {
        let password = decided(name, password, self.rules)?;
        let hash = hashed(&password)?;
        self.change(|users| {
            let user = users.iter_mut().find(|user| user.name == name).ok_or_else(|| unknown(name))?;
            user.hash = hash;
            Ok(())
        })?;
        Ok(password)
    }

    /// Gives an account another role.
    pub fn set_role(&self, name: &str, role: Role) -> Result<()> {
        self.change(|users| {
            users.iter_mut().find(|user| user.name == name).ok_or_else(|| unknown(name))?.role = role;
            Ok(())
        })
    }

    /// Keeps an account from signing in, which ends its sessions; or lets it in again.
    pub fn block(&self, name: &str, blocked: bool) -> Result<()> {
        self.change(|users| {
            users.iter_mut().find(|user| user.name == name).ok_or_else(|| unknown(name))?.blocked = blocked;
            Ok(())
        })
    }

    /// Removes an account, which ends its sessions.
    pub fn remove(&self, name: &str) -> Result<()> {
        self.change(|users| {
            let at = users.iter().position(|user| user.name == name).ok_or_else(|| unknown(name))?;
            users.remove(at);
            Ok(())
        })
    }

    fn change(&self, change: impl FnOnce(&mut Vec<User>) -> Result<()>) -> Result<()> {
        let failed = |cause: std::io::Error| {
            let message = format!("用户文件无法写入文件夹“{}”。", self.folder.display());
            Error::new(ErrorKind::Output, message, "请检查写入权限和磁盘空间。").because(cause)
        };
        fs::create_dir_all(&self.folder).map_err(failed)?;
        let path = self.folder.join(LOCK);
        let guard = File::options().create(true).truncate(false).write(true).open(path).map_err(failed)?;
        guard.lock().map_err(failed)?;
        let mut users = self.all()?;
        change(&mut users)?;
        // A temporary file is its owner's alone from the start.
        let mut draft = tempfile::NamedTempFile::new_in(&self.folder).map_err(failed)?;
        let text =
            serde_json::to_string_pretty(&Stored { schema: SCHEMA, users }).map_err(Error::internal)?;
        draft.write_all(text.as_bytes()).and_then(|()| draft.as_file().sync_all()).map_err(failed)?;
        draft.persist(self.folder.join(FILE)).map_err(|cause| failed(cause.error))?;
        Ok(())
    }
}

fn unknown(name: &str) -> Error {
    Error::usage(format!("没有用户“{name}”。"), "请用 jixiao user list 查看全部用户。")
}

/// The password that is told, if it may be one, or one chosen here.
fn decided(name: &str, told: Option<&str>, rules: Rules) -> Result<String> {
    let Some(told) = told else { return chosen(rules) };
    let (least, most) = (rules.least, MAX_PASSWORD);
    let length = told.chars().count();
    let first = told.chars().next();
    if length < least || length > most || told.contains(name) || told.chars().all(|c| Some(c) == first) {
        return Err(Error::usage(
            "密码不合要求。",
            format!("密码须有 {least} 至 {most} 个字符，不含用户名，不全是同一个字符。"),
        ));
    }
    Ok(told.to_owned())
}

fn chosen(rules: Rules) -> Result<String> {
    let mut random = vec![0_u8; CHOSEN.max(rules.least).min(MAX_PASSWORD)];
    getrandom::fill(&mut random).map_err(Error::internal)?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte & 31)).copied().map(char::from);
    Ok(random.iter().filter_map(letter).collect())
}

fn hashed(password: &str) -> Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(Error::internal)?;
    Ok(hash.to_string())
}

/// Whether a password is that of the account; of no account it takes as long and is false.
pub(super) fn proves(password: &str, user: Option<&User>) -> bool {
    if password.len() > MAX_PROOF {
        return false;
    }
    let Some(user) = user else {
        let _ = Argon2::default().hash_password(password.as_bytes());
        return false;
    };
    let Ok(hash) = PasswordHash::new(&user.hash) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
}

/// Bytes of what is tried as a password.
const MAX_PROOF: usize = 1_024;
