//! `jixiao verify`: is this a workbook that we returned, unaltered in what is ours?

use serde::Serialize;

use super::input::{Input, file_name};
use crate::base::CellAt;
use crate::pipeline;
use crate::returned::Verified;

/// Differences that are listed on the terminal; all are in the JSON.
const MAX_LISTED: usize = 50;

/// Arguments of `jixiao verify`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
}

/// What is said of a file.
#[derive(Debug, Serialize)]
struct Line {
    schema: u8,
    file: String,
    /// Whether it is a workbook that we returned.
    returned: bool,
    /// Whether all that is ours is as we returned it and as scoring again gives it.
    intact: bool,
    /// Cells, notes and sheets of ours.
    cells: usize,
    notes: usize,
    sheets: usize,
    differences: Vec<Difference>,
}

#[derive(Debug, Serialize)]
struct Difference {
    cell: CellAt,
    what: &'static str,
    found: String,
    expected: String,
}

/// Runs and gives the exit code: 0 where all files are ours and unaltered, 1 where one is not.
pub fn run(args: &Args) -> u8 {
    args.input.each(|submission, mappings| {
        let mut sources = submission.sources()?;
        let verified = pipeline::verify(&mut sources, mappings, super::settings(), super::today()?)?;
        let mut code = 0;
        for (file, verified) in submission.files.iter().zip(verified) {
            let line = line(file_name(file), verified);
            code = code.max(u8::from(!line.intact));
            super::show(&line, args.input.json, text);
        }
        Ok(code)
    })
}

fn line(file: String, verified: Option<Verified>) -> Line {
    let returned = verified.is_some();
    let Verified { cells, notes, sheets, mismatches } = verified.unwrap_or_default();
    let intact = returned && mismatches.is_empty();
    let differences = mismatches.into_iter().map(|m| Difference {
        cell: m.at,
        what: m.what,
        found: m.found,
        expected: m.expected,
    });
    Line { schema: 1, file, returned, intact, cells, notes, sheets, differences: differences.collect() }
}

fn text(line: &Line) -> String {
    let Line { file, cells, notes, sheets, .. } = line;
    if !line.returned {
        return format!("{file}\n  不是本软件返回的工作簿，或其中的记录已被删除。\n");
    }
    if line.intact {
        return format!(
            "{file}\n  是本软件返回的工作簿，未被改动：{cells} 个单元格、{notes} 条批注、{sheets} 张附加工作表，与按表中数据重新计算的结果一致。\n"
        );
    }
    let mut text = format!("{file}\n  是本软件返回的工作簿，但有 {} 处不一致：\n", line.differences.len());
    for Difference { cell, what, found, expected } in line.differences.iter().take(MAX_LISTED) {
        text.push_str(&format!("  {cell}  {what}：现为“{found}”，应为“{expected}”\n"));
    }
    if line.differences.len() > MAX_LISTED {
        text.push_str(&format!(
            "  ……其余 {} 处见 --json。\n",
            line.differences.len().saturating_sub(MAX_LISTED)
        ));
    }
    text
}
