//! `jixiao verify`: is this a workbook that we returned, unaltered in what is ours?

use serde::Serialize;

use super::input::{Input, file_name};
use crate::base::{CellAt, Score, printable, push_line};
use crate::model::Change;
use crate::pipeline;
use crate::returned::{Consequence, Mismatch, Verified, quoted, sentence};

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
struct FileVerdict {
    schema: u8,
    file: String,
    /// Whether it is a workbook that we returned.
    returned: bool,
    /// Whether its record is signed with a key that counts, whole, and this workbook's.
    proved: bool,
    /// Why not.
    unproved: Option<&'static str>,
    /// Whether all that is ours is proved to be as we returned it.
    intact: bool,
    /// The version that wrote it.
    version: String,
    /// Cells, notes and sheets of ours.
    cells: usize,
    notes: usize,
    sheets: usize,
    /// Where ours was altered.
    differences: Vec<Difference>,
    /// What the agency states otherwise than was read then.
    changes: Vec<Changed>,
    /// What follows from that in cells of ours that nobody altered.
    consequences: Vec<Followed>,
    /// What this version would write otherwise.
    otherwise: Vec<Difference>,
}

#[derive(Debug, Serialize)]
struct Difference {
    cell: CellAt,
    what: &'static str,
    found: String,
    expected: Option<String>,
}

impl From<Mismatch> for Difference {
    fn from(Mismatch { at, what, found, expected }: Mismatch) -> Self {
        Self { cell: at, what, found, expected }
    }
}

impl Difference {
    /// What is there and what should be, each after its word; the second only where it is known.
    fn sentence(&self, there: &str, wanted: &str) -> String {
        let Self { cell, what, found, expected } = self;
        let expected = expected.as_ref().map(|expected| format!("，{wanted}{}", quoted(expected)));
        let cell = cell.spoken();
        format!("{cell}  {what}：{there}{}{}", quoted(found), expected.unwrap_or_default())
    }
}

#[derive(Debug, Serialize)]
struct Changed {
    cell: CellAt,
    indicator: Option<String>,
    before: String,
    after: String,
    score_before: Option<String>,
    score_after: Option<String>,
    effect: Option<String>,
    /// The same as a sentence.
    #[serde(skip)]
    sentence: String,
}

impl From<Change> for Changed {
    fn from(change: Change) -> Self {
        let text = |score: Option<Score>| score.map(|score| score.to_string());
        let effect = change.effect().map(|effect| effect.to_string());
        let sentence = sentence(&change);
        let Change { at, indicator, before, after, score_before, score_after } = change;
        let (score_before, score_after) = (text(score_before), text(score_after));
        Self { cell: at, indicator, before, after, score_before, score_after, effect, sentence }
    }
}

#[derive(Debug, Serialize)]
struct Followed {
    cell: CellAt,
    of: Vec<CellAt>,
    found: String,
    expected: Option<String>,
}

impl From<Consequence> for Followed {
    fn from(Consequence { at, of, found, expected }: Consequence) -> Self {
        Self { cell: at, of, found, expected }
    }
}

impl Followed {
    fn sentence(&self) -> String {
        let Self { cell, of, found, expected } = self;
        let of: Vec<String> = of.iter().map(CellAt::spoken).collect();
        let of = if of.is_empty() { "上述填报内容".to_owned() } else { of.join("、") };
        let cell = cell.spoken();
        match expected {
            Some(expected) => {
                format!("{cell}  随{of}的改动：现为{}，重新计算为{}", quoted(found), quoted(expected))
            }
            None => format!("{cell}  随{of}的改动：现为{}，重新评分后不再写在此处", quoted(found)),
        }
    }
}

/// Runs and gives the exit code: 0 where all files are ours, unaltered, and state what was read then; 1 where one is not.
pub fn run(args: &Args) -> u8 {
    args.input.each(|submission, told| {
        let mut sources = submission.sources()?;
        let verified = pipeline::verify(&mut sources, &told.mappings, &told.settings()?, super::today()?)?;
        let mut code = 0;
        for (file, verified) in submission.files.iter().zip(verified) {
            let line = line(file_name(file), verified);
            code = code.max(u8::from(!line.intact || !line.changes.is_empty()));
            super::show(&line, args.input.json, text);
        }
        Ok(code)
    })
}

fn line(file: String, verified: Option<Verified>) -> FileVerdict {
    let returned = verified.is_some();
    let verified = verified.unwrap_or_default();
    let intact = returned && verified.is_intact();
    let Verified { unproved, version, cells, notes, sheets, mismatches, changes, consequences, otherwise } =
        verified;
    FileVerdict {
        schema: 2,
        file,
        returned,
        proved: returned && unproved.is_none(),
        unproved,
        intact,
        version,
        cells,
        notes,
        sheets,
        differences: mismatches.into_iter().map(Difference::from).collect(),
        changes: changes.into_iter().map(Changed::from).collect(),
        consequences: consequences.into_iter().map(Followed::from).collect(),
        otherwise: otherwise.into_iter().map(Difference::from).collect(),
    }
}

fn text(line: &FileVerdict) -> String {
    let FileVerdict { file, cells, notes, sheets, .. } = line;
    if !line.returned {
        return format!("{}\n  不是本软件返回的工作簿，或其中的记录已被删除。\n", printable(file));
    }
    let mut text = String::new();
    push_line(&mut text, file);
    if let Some(why) = line.unproved {
        text.push_str(&format!("  带有本软件的返回记录，但{why}，不能证明内容未被改动。\n"));
    } else if line.intact {
        text.push_str(&format!(
            "  是本软件返回的工作簿，本软件写入的内容未被改动：{cells} 个单元格、{notes} 条批注、{sheets} 张附加工作表。\n"
        ));
    } else {
        text.push_str("  是本软件返回的工作簿，但本软件写入的内容已被改动。\n");
    }
    let difference = |d: &Difference| d.sentence("现为", "应为");
    list(&mut text, "不一致", line.differences.iter().map(difference));
    let changed = |change: &Changed| format!("{}  {}", change.cell, change.sentence);
    list(&mut text, "返回后填报内容有改动", line.changes.iter().map(changed));
    let title = "随上述改动而变（未被人改动，重新评分即一致）";
    list(&mut text, title, line.consequences.iter().map(Followed::sentence));
    if line.intact && line.changes.is_empty() && line.proved {
        text.push_str("  填报内容与评分时读取的一致。\n");
    }
    let version = &line.version;
    let now = |d: &Difference| d.sentence("写入的是", "现在会写");
    let title = format!("写入时的版本为 {version}，按现在的版本和设置会有不同（不影响核验）");
    list(&mut text, &title, line.otherwise.iter().map(now));
    text
}

/// A heading with the number of lines, and the first of them.
fn list(text: &mut String, title: &str, lines: impl ExactSizeIterator<Item = String>) {
    let count = lines.len();
    if count == 0 {
        return;
    }
    push_line(text, &format!("  {title}（{count} 处）："));
    for line in lines.take(MAX_LISTED) {
        push_line(text, &format!("    {line}"));
    }
    if count > MAX_LISTED {
        text.push_str(&format!("    ……其余 {} 处见 --json。\n", count.saturating_sub(MAX_LISTED)));
    }
}
