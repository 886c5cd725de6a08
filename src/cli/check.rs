//! `jixiao check`: findings only; writes no workbook.

use std::fs::File;
use std::path::PathBuf;

use crate::output::text;
use crate::pipeline;

/// Arguments of `jixiao check`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// 要检查的工作簿
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 映射文件，可写多个
    #[arg(long, value_name = "FILE")]
    mapping: Vec<PathBuf>,
    /// 输出 JSON，每个项目一行
    #[arg(long)]
    json: bool,
}

/// Runs and gives the exit code: the highest of what each file came to.
pub fn run(args: &Args) -> u8 {
    super::each(&args.files, &args.mapping, |file, mappings| {
        let outcomes = pipeline::run(
            &mut super::open(file)?,
            mappings,
            super::settings(),
            super::today()?,
            None::<&mut File>,
        )?;
        let reports: Vec<_> = outcomes.iter().map(|outcome| outcome.report(None)).collect();
        for report in &reports {
            super::show(report, args.json, text::findings);
        }
        Ok(super::code_of(&reports))
    })
}
