//! The command line's entrance: it only turns the outcome into an exit code.

use std::process::ExitCode;

use clap::Parser as _;

#[derive(clap::Parser)]
enum Command {
    Criterion(jixiao::cli::criterion::Args),
}

fn main() -> ExitCode {
    let Command::Criterion(args) = Command::parse();
    match jixiao::cli::criterion::run(&args, &mut std::io::stdout().lock()) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("{error} {}", error.hint());
            ExitCode::from(error.kind().exit_code())
        }
    }
}
