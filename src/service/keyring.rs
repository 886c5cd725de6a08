//! The folder of keys: this installation's own, and under `trust` the public keys of others whose returns count.

use std::fs::{self, File};
use std::io::{ErrorKind as Io, Read as _, Write as _};
use std::path::{Path, PathBuf};

use crate::base::{Error, ErrorCode, ErrorKind, Result};
use crate::returned::{Keys, PublicKey, SecretKey};

/// The folder, where it is told.
const TOLD: &str = "JIXIAO_KEYS";
/// The secret key's file; only its owner may read it.
const SECRET: &str = "installation.key";
/// The public key beside it, to be handed out.
const PUBLIC: &str = "installation.pub";
/// The folder of others' public keys.
const TRUST: &str = "trust";
/// The ending of a public key's file.
const ENDING: &str = "pub";
/// Bytes of a key's file that are read.
const MAX_FILE: u64 = 4_096;
/// Bytes of a secret key.
const KEY: usize = 32;

/// The folder.
#[derive(Debug, Clone)]
pub struct Keyring {
    folder: PathBuf,
}

impl Keyring {
    /// The folder that is told: on the command line, else by the environment, else by what is set, else in the user's folder
    /// of program state. `None` where there is no such folder.
    pub fn find(told: Option<&Path>, set: impl FnOnce() -> Result<Option<PathBuf>>) -> Result<Option<Self>> {
        let by_environment = std::env::var_os(TOLD).filter(|folder| !folder.is_empty());
        let folder = match told.map(Path::to_owned).or(by_environment.map(PathBuf::from)) {
            Some(folder) => Some(folder),
            None => set()?.or_else(state),
        };
        Ok(folder.map(|folder| Self { folder }))
    }

    /// Where the keys are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The keys that are there.
    pub fn keys(&self) -> Result<Keys> {
        let own = match text(&self.folder.join(SECRET))? {
            Some(text) => {
                let broken = || {
                    Error::usage(
                        format!("密钥文件“{}”已损坏。", self.folder.join(SECRET).display()),
                        "请从备份恢复；没有备份的，请移走该文件后运行 jixiao key init 生成新的密钥。",
                    )
                    .coded(ErrorCode::Key)
                };
                Some(text.parse::<SecretKey>().map_err(|cause| broken().because(cause))?)
            }
            None => None,
        };
        Ok(Keys { own, trusted: self.trusted()? })
    }

    /// The public keys under `trust`; a file that holds none is left out.
    fn trusted(&self) -> Result<Vec<PublicKey>> {
        let entries = match fs::read_dir(self.folder.join(TRUST)) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == Io::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(unreadable(&self.folder, cause)),
        };
        let mut keys = Vec::new();
        for entry in entries {
            let path = entry.map_err(|cause| unreadable(&self.folder, cause))?.path();
            if path.extension().is_some_and(|ending| ending == ENDING) {
                keys.extend(text(&path)?.and_then(|text| text.parse::<PublicKey>().ok()));
            }
        }
        keys.sort_unstable();
        Ok(keys)
    }

    /// The keys with one of this installation's own; whether it was made just now.
    pub fn ensured(&self) -> Result<(Keys, bool)> {
        let keys = self.keys()?;
        if keys.own.is_some() {
            return Ok((keys, false));
        }
        let made = self.make()?;
        Ok((self.keys()?, made))
    }

    /// Makes a key where there is none; `false` where another process was faster.
    fn make(&self) -> Result<bool> {
        let failed = |cause: std::io::Error| unwritable(&self.folder, cause);
        let mut random = [0_u8; KEY];
        getrandom::fill(&mut random).map_err(Error::internal)?;
        let secret = SecretKey::of(random);
        make_private(&self.folder).map_err(failed)?;
        // A temporary file is its owner's alone from the start.
        let mut draft = tempfile::NamedTempFile::new_in(&self.folder).map_err(failed)?;
        writeln!(draft, "{}", secret.told()).map_err(failed)?;
        draft.as_file().sync_all().map_err(failed)?;
        match draft.persist_noclobber(self.folder.join(SECRET)) {
            Ok(_) => {
                fs::write(self.folder.join(PUBLIC), format!("{}\n", secret.public())).map_err(failed)?;
                Ok(true)
            }
            Err(cause) if cause.error.kind() == Io::AlreadyExists => Ok(false),
            Err(cause) => Err(failed(cause.error)),
        }
    }

    /// Makes a new key in place of the one that is there, which stays trusted.
    pub fn replace(&self) -> Result<()> {
        if let Some(own) = self.keys()?.own {
            self.trust(own.public())?;
            let failed = |cause| unwritable(&self.folder, cause);
            fs::remove_file(self.folder.join(SECRET)).map_err(failed)?;
        }
        self.make().map(drop)
    }

    /// Takes a public key for one whose returns count.
    pub fn trust(&self, key: PublicKey) -> Result<PathBuf> {
        let failed = |cause| unwritable(&self.folder, cause);
        let folder = self.folder.join(TRUST);
        make_private(&self.folder).map_err(failed)?;
        fs::create_dir_all(&folder).map_err(failed)?;
        let path = folder.join(format!("{}.{ENDING}", key.short()));
        fs::write(&path, format!("{key}\n")).map_err(failed)?;
        Ok(path)
    }
}

/// The public key that a word means: itself, or a file with it.
pub fn public_key(word: &str) -> Result<PublicKey> {
    if let Ok(key) = word.parse() {
        return Ok(key);
    }
    let none = || {
        Error::usage(
            format!("“{word}”不是公钥，也不是公钥文件。"),
            "请写 64 位十六进制的公钥，或写对方 jixiao key show 所示的 installation.pub 文件。",
        )
        .coded(ErrorCode::Key)
    };
    text(Path::new(word))?.ok_or_else(none)?.parse().map_err(|cause| none().because(cause))
}

/// The user's folder of program state.
fn state() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else {
        set("XDG_STATE_HOME").or_else(|| set("HOME").map(|home| home.join(".local/state")))
    };
    state.map(|state| state.join("jixiao").join("keys"))
}

#[cfg(unix)]
fn make_private(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}

/// What a key's file holds, as far as it is read; `None` where there is none.
fn text(path: &Path) -> Result<Option<String>> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(MAX_FILE).read_to_string(&mut text));
    match read {
        Ok(_) => Ok(Some(text)),
        Err(cause) if cause.kind() == Io::NotFound => Ok(None),
        Err(cause) => Err(unreadable(path, cause)),
    }
}

fn unreadable(path: &Path, cause: std::io::Error) -> Error {
    Error::usage(
        format!("密钥“{}”无法读取。", path.display()),
        "请检查读取权限，或用 --keys 指定另一个文件夹。",
    )
    .coded(ErrorCode::Key)
    .because(cause)
}

fn unwritable(folder: &Path, cause: std::io::Error) -> Error {
    let message = format!("密钥无法写入文件夹“{}”。", folder.display());
    Error::new(ErrorKind::Output, message, "请检查写入权限，或用 --keys 指定另一个文件夹。").because(cause)
}
