//! `jixiao install` (Windows): the program in a folder of the user's own, and a shortcut to it in the menu 发送到. Nothing of it
//! needs an administrator, and nothing is written into the registry.

use std::path::{Path, PathBuf};

use crate::base::{Error, Result};
use crate::service::child::this_program;

/// What stands in the menu 发送到.
const NAME: &str = "绩效评分.lnk";

/// Arguments of `jixiao install`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// 取消：移去“发送到”中的快捷方式和复制的程序
    #[arg(long)]
    remove: bool,
}

/// Runs and gives the exit code.
pub(super) fn run(args: &Args) -> u8 {
    match if args.remove { remove() } else { install() } {
        Ok(said) => {
            println!("{said}");
            0
        }
        Err(error) => {
            super::complain("install", &error);
            error.kind().exit_code()
        }
    }
}

/// A folder of the user's.
fn folder(variable: &str, below: &[&str]) -> Result<PathBuf> {
    let root = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let root = root.ok_or_else(|| {
        Error::usage(
            format!("没有环境变量 {variable}，不知道用户文件夹在哪里。"),
            "请以普通用户登录后再运行。",
        )
    })?;
    Ok(below.iter().fold(root, |path, name| path.join(name)))
}

fn shortcut() -> Result<PathBuf> {
    Ok(folder("APPDATA", &["Microsoft", "Windows", "SendTo"])?.join(NAME))
}

/// Where the program stays, wherever it was unpacked.
fn home() -> Result<PathBuf> {
    folder("LOCALAPPDATA", &["Programs", "jixiao"])
}

/// Whether the shortcut is there.
pub(super) fn is_done() -> bool {
    shortcut().is_ok_and(|path| path.exists())
}

/// Copies the program and makes the shortcut; what to say of it.
pub(super) fn install() -> Result<String> {
    let (from, home, shortcut) = (this_program()?, home()?, shortcut()?);
    let program = home.join("jixiao.exe");
    std::fs::create_dir_all(&home).map_err(|cause| unwritable(&home, cause))?;
    if dunce::canonicalize(&from).ok() != dunce::canonicalize(&program).ok() {
        std::fs::copy(&from, &program).map_err(|cause| unwritable(&program, cause))?;
    }
    if let Some(menu) = shortcut.parent() {
        std::fs::create_dir_all(menu).map_err(|cause| unwritable(menu, cause))?;
    }
    jixiao_windows::shortcut(&shortcut, &program, "给绩效评价工作簿评分，结果在原文件旁边")
        .map_err(|cause| unwritable(&shortcut, cause))?;
    Ok(format!(
        "已加入右键菜单“发送到”：在工作簿或文件夹上点右键，选“发送到”→“绩效评分”。\n程序已复制到 {}",
        program.display()
    ))
}

fn remove() -> Result<String> {
    let program = home()?.join("jixiao.exe");
    for path in [shortcut()?, program] {
        if path.exists() {
            std::fs::remove_file(&path).map_err(|cause| unwritable(&path, cause))?;
        }
    }
    // Only where nothing else is in it.
    let _ = std::fs::remove_dir(home()?);
    Ok("已取消。".to_owned())
}

fn unwritable(path: &Path, cause: std::io::Error) -> Error {
    Error::output(
        format!("无法写入“{}”。", path.display()),
        "请先关闭正在运行的 jixiao，并检查磁盘空间和写入权限。",
    )
    .because(cause)
}
