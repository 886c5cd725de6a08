//! `jixiao key`: the key that signs what we return, and the keys of others whose returns count.

use std::io::Write as _;
use std::path::PathBuf;

use super::config::Config;
use crate::base::{Error, Result};
use crate::returned::Keys;
use crate::service::keyring::{Keyring, public_key};
use crate::settings::Installation;

/// The option that tells where the keys are.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Folder {
    /// 密钥文件夹；不写则为环境变量 `JIXIAO_KEYS` 所指，或设置文件所写，或用户状态目录下的 jixiao/keys
    #[arg(long, value_name = "文件夹")]
    keys: Option<PathBuf>,
}

impl Folder {
    /// The folder. One that is set must be there: where it is away, a new key in its place would be a stranger's.
    fn found(&self, installation: &Installation) -> Result<Option<Keyring>> {
        Keyring::find(self.keys.as_deref(), || installation.there(installation.keys.as_ref()))
    }

    fn keyring(&self, installation: &Installation) -> Result<Keyring> {
        self.found(installation)?.ok_or_else(nowhere)
    }

    /// The folder, which may be yet to be made.
    fn fresh(&self, installation: &Installation) -> Result<Keyring> {
        let set = || Ok(installation.keys.as_ref().map(|place| place.get_ref().clone()));
        Keyring::find(self.keys.as_deref(), set)?.ok_or_else(nowhere)
    }

    /// The keys for reading what comes back. Where no folder can be named, there are none.
    pub(super) fn known(&self, installation: &Installation) -> Result<Keys> {
        self.found(installation)?.map_or_else(|| Ok(Keys::default()), |keyring| keyring.keys())
    }

    /// The keys of the folder that this option names, and none where it names none.
    pub(super) fn told(&self, installation: &Installation) -> Result<Keys> {
        if self.keys.is_some() { self.own(installation) } else { Ok(Keys::default()) }
    }

    /// The keys for returning workbooks: one of our own is made on first use, and said. Where none can be made, what is
    /// returned is not signed, which is said, too.
    pub(super) fn own(&self, installation: &Installation) -> Result<Keys> {
        let known = self.known(installation)?;
        if known.own.is_some() {
            return Ok(known);
        }
        match self.keyring(installation).and_then(|keyring| Ok((keyring.ensured()?, keyring))) {
            Ok(((keys, made), keyring)) => {
                if made {
                    eprintln!(
                        "提示：首次使用，已生成本机密钥，存于“{}”。返回的文件用它签名；请备份该文件夹，不要外传 installation.key。",
                        keyring.folder().display()
                    );
                }
                Ok(keys)
            }
            Err(error) => {
                eprintln!("提醒：{error}返回的文件没有签名，再次提交时其中的记录只作线索。{}", error.hint());
                Ok(known)
            }
        }
    }
}

fn nowhere() -> Error {
    Error::usage("不知道密钥放在哪里：没有用户目录。", "请用 --keys 或环境变量 JIXIAO_KEYS 指定文件夹。")
}

/// Arguments of `jixiao key`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    task: Task,
    #[command(flatten)]
    config: Config,
}

#[derive(Debug, clap::Subcommand)]
enum Task {
    /// 生成本机密钥
    Init {
        #[command(flatten)]
        folder: Folder,
        /// 换用新的密钥；旧密钥签名的文件仍可信
        #[arg(long)]
        replace: bool,
    },
    /// 显示本机公钥和已登记的公钥
    Show {
        #[command(flatten)]
        folder: Folder,
    },
    /// 登记他人的公钥，其签名的返回文件视为可信
    Trust {
        /// 公钥（64 位十六进制），或存有公钥的文件
        #[arg(value_name = "公钥")]
        key: String,
        #[command(flatten)]
        folder: Folder,
    },
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    match args.config.installation().and_then(|installation| serve(&args.task, &installation)) {
        Ok(text) => {
            // A closed pipe is no fault of ours, and there is nobody left to tell.
            let _ = std::io::stdout().write_all(text.as_bytes());
            0
        }
        Err(error) => {
            super::complain("key", &error);
            error.kind().exit_code()
        }
    }
}

fn serve(task: &Task, installation: &Installation) -> Result<String> {
    match task {
        Task::Init { folder, replace } => {
            let keyring = folder.fresh(installation)?;
            if keyring.keys()?.own.is_some() && !replace {
                return Err(Error::usage(
                    "本机已有密钥。",
                    "需要换用新密钥的，请加 --replace；旧密钥的公钥会登记为可信。",
                ));
            }
            keyring.replace()?;
            show(&keyring)
        }
        Task::Show { folder } => show(&folder.keyring(installation)?),
        Task::Trust { key, folder } => {
            let key = public_key(key)?;
            let path = folder.keyring(installation)?.trust(key)?;
            Ok(format!("已登记公钥 {}：{}\n", key.short(), path.display()))
        }
    }
}

fn show(keyring: &Keyring) -> Result<String> {
    let Keys { own, trusted } = keyring.keys()?;
    let own = own.map_or_else(
        || "还没有（首次评分时生成）".to_owned(),
        |own| format!("{}\n  简称      {}", own.public(), own.public().short()),
    );
    let mut text = format!("密钥文件夹  {}\n  本机公钥  {own}\n", keyring.folder().display());
    for key in trusted {
        text.push_str(&format!("  已登记    {key}  {}\n", key.short()));
    }
    Ok(text)
}
