<<<<<<< HEAD
//! The command line (DESIGN §13): one file a subcommand; the pipeline does the work.

pub mod score;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::base::Error;

/// 绩效评价工作簿自动评分：读申报表、评分表、自评表和明细账，算分、核对、批注，原样返回工作簿。
#[derive(Debug, Parser)]
#[command(name = "jixiao", version = VERSION, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The version with the commit it was built from (`build.rs`).
pub const VERSION: &str = env!("JIXIAO_VERSION");

#[derive(Debug, Subcommand)]
enum Command {
    /// 评分并写回工作簿
    Score(score::Args),
}

/// Runs the command line and gives the exit code (DESIGN §13).
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let code = match &cli.command {
        Command::Score(args) => score::run(args),
    };
    ExitCode::from(code)
}

/// Says an error with its remedy on standard error.
fn complain(subject: &str, error: &Error) {
    eprintln!("错误：{subject}：{error}\n  怎么办：{}", error.hint());
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        eprintln!("  原因：{inner}");
        cause = inner.source();
    }
}
=======
//! Commands.
>>>>>>> criterion
