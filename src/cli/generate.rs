//! `jixiao generate`: completions and manual pages, from the same description as the command line itself.

use std::path::{Path, PathBuf};

use crate::base::{Error, Result};

/// Arguments of `jixiao generate`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 放在哪个文件夹：jixiao.bash、_jixiao、jixiao.fish、_jixiao.ps1 和 jixiao*.1
    #[arg(value_name = "文件夹")]
    out: PathBuf,
}

/// Runs and gives the exit code.
pub fn run(args: &Args) -> u8 {
    write(&args.out).map_or_else(
        |error| {
            super::complain(&args.out.display().to_string(), &error);
            error.kind().exit_code()
        },
        |()| 0,
    )
}

fn write(out: &Path) -> Result<()> {
    let failed = |cause| Error::output("补全脚本和手册页无法写入。", "请检查路径和写入权限。").because(cause);
    std::fs::create_dir_all(out).map_err(failed)?;
    for shell in [clap_complete::Shell::Bash, clap_complete::Shell::Zsh, clap_complete::Shell::Fish] {
        clap_complete::generate_to(shell, &mut super::command(), "jixiao", out).map_err(failed)?;
    }
    clap_complete::generate_to(clap_complete::Shell::PowerShell, &mut super::command(), "jixiao", out)
        .map_err(failed)?;
    clap_mangen::generate_to(super::command(), out).map_err(failed)
}
