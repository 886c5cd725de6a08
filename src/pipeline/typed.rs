//! What a person types on the page, typed into the workbook: into the very cells that a person fills in with a spreadsheet
//! program, so that one way of reading and scoring holds for both.

use std::io::{Read, Seek, Write};

use serde::{Deserialize, Serialize};

use super::files::{self, rewind};
use super::opened::{Bytes, Opened};
use super::{Settings, Source, long_sheets};
use crate::base::{CellAt, CellRef, Error, Number, Result};
use crate::mapping::Mappings;
use crate::model::{Case, Entry, Indicator};
use crate::present;
use crate::returned::{OurSheet, SheetKey, record::MAX_ROWS};
use crate::score::Scored;
use crate::sheet::{Cell, NumberFormat, Sheet, Workbook};
use crate::xlsx::{CellEdit, Content, PackageEdits, StylePatch, XlsxPackage};

/// What is typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Typed {
    /// 实际完成值 of an indicator.
    Actual {
        /// The indicator's position on the scorecard.
        indicator: usize,
        /// What is typed.
        text: String,
    },
    /// 指标值 of an indicator.
    Target {
        /// The indicator's position on the scorecard.
        indicator: usize,
        /// What is typed.
        text: String,
    },
    /// A score in the place of the rule's.
    Score {
        /// The indicator's position on the scorecard.
        indicator: usize,
        /// The points.
        score: String,
        /// Why.
        reason: String,
        /// Who says so.
        by: String,
    },
    /// Whether an item of a checklist is met.
    Tick {
        /// The indicator's position on the scorecard.
        indicator: usize,
        /// The item's number, from 1.
        item: u32,
        /// Whether it is met.
        met: bool,
    },
    /// 整改情况 beside a finding.
    Reply {
        /// What the finding is of.
        object: String,
        /// Its words.
        message: String,
        /// What is typed.
        text: String,
    },
    /// What a column means.
    Column {
        /// Its title.
        title: String,
        /// What it means, in a clerk's words.
        meaning: String,
    },
}

/// What is typed, and into which case: the file that hosts it, and its number among that file's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typing {
    /// The file.
    pub host: usize,
    /// The number.
    pub case: usize,
    /// What is typed.
    pub typed: Vec<Typed>,
}

/// Writes each workbook to its place in `outs`, with what is typed. A place that there is not, or that cannot be written
/// into, ends it: nothing is half typed.
pub fn typed<R: Read + Seek + Send, W: Read + Write + Seek>(
    sources: &mut [Source<R>],
    mappings: &Mappings,
    settings: &Settings,
    typing: &Typing,
    outs: &mut [W],
) -> Result<()> {
    let mut opened = files::open(sources, settings, &[])?;
    let placed = long_sheets::cases(&mut opened, mappings)?;
    let mut of_host = placed.into_iter().filter(|placed| placed.host == typing.host);
    let case = of_host.nth(typing.case).ok_or_else(gone)?.case;
    let scored = crate::score::run(&case)?.ok_or_else(gone)?;
    let mut cells: Vec<(usize, String, CellRef, Content)> = Vec::new();
    for one in &typing.typed {
        let mut on = On { opened: &mut opened, case: &case, scored: &scored, typing };
        cells.extend(on.cells(one)?);
    }
    for ((number, file), out) in opened.iter_mut().enumerate().zip(outs) {
        let own = cells.iter().filter(|(of, ..)| *of == number);
        let edit = |(_, sheet, cell, content): &(usize, String, CellRef, Content)| CellEdit {
            sheet: sheet.clone(),
            cell: *cell,
            content: Some(content.clone()),
            style: StylePatch::default(),
        };
        write(file, own.map(edit).collect(), out)?;
    }
    Ok(())
}

/// A case in its files.
struct On<'o, 's> {
    opened: &'o mut [Opened<'s>],
    case: &'o Case,
    scored: &'o Scored,
    typing: &'o Typing,
}

impl On<'_, '_> {
    /// The cells of what is typed: file, sheet as the file calls it, cell, content.
    fn cells(&mut self, typed: &Typed) -> Result<Vec<(usize, String, CellRef, Content)>> {
        match typed {
            Typed::Actual { indicator, text } => self.entry(*indicator, |one| one.actual.as_ref(), text),
            Typed::Target { indicator, text } => self.entry(*indicator, |one| one.target.as_ref(), text),
            Typed::Score { indicator, score, reason, by } => {
                self.indicator(*indicator)?;
                let (host, sheet) = self.ours(OurSheet::Detail)?;
                let score = score.trim().parse::<Number>().map_err(|_| no_score(score))?;
                let contents =
                    [Content::Number(score), Content::Text(reason.clone()), Content::Text(by.clone())];
                let cells = present::override_cells(*indicator).into_iter().zip(contents);
                Ok(cells.filter_map(|(cell, content)| Some((host, sheet.clone(), cell?, content))).collect())
            }
            Typed::Tick { indicator, item, met } => {
                let name = self.called(*indicator)?;
                self.on_ours(&[OurSheet::Values], present::tick_word(*met), |sheet| {
                    present::tick_cell(sheet, &name, *item)
                })
            }
            Typed::Reply { object, message, text } => {
                self.on_ours(&[OurSheet::Issues, OurSheet::Matters], text, |sheet| {
                    present::reply_cell(sheet, object, message)
                })
            }
            Typed::Column { title, meaning } => {
                self.on_ours(&[OurSheet::Provenance], meaning, |sheet| present::answer_cell(sheet, title))
            }
        }
    }

    fn indicator(&self, position: usize) -> Result<&Indicator> {
        let result = self.scored.card.indicators.get(position);
        let form = self.case.score_form.as_ref();
        form.zip(result).and_then(|(form, result)| self.scored.indicator(form, result)).ok_or_else(gone)
    }

    /// What our sheets call an indicator.
    fn called(&self, position: usize) -> Result<String> {
        let indicator = self.indicator(position)?;
        let form = self.case.score_form.as_ref().ok_or_else(gone)?;
        Ok(form.called(indicator))
    }

    /// A cell of the form.
    fn entry(
        &self,
        position: usize,
        which: impl Fn(&Indicator) -> Option<&Entry>,
        text: &str,
    ) -> Result<Vec<(usize, String, CellRef, Content)>> {
        let entry = which(self.indicator(position)?).ok_or_else(no_cell)?;
        let at = entry.at.as_ref().ok_or_else(no_cell)?;
        let (file, sheet) = self.place(at)?;
        Ok(vec![(file, sheet, at.cell, content(text, &entry.cell))])
    }

    fn place(&self, at: &CellAt) -> Result<(usize, String)> {
        let file = files::file_of(self.opened, &at.sheet).ok_or_else(no_cell)?;
        let own = self.opened.get(file).and_then(|opened| opened.own(&at.sheet)).ok_or_else(no_cell)?;
        Ok((file, own.to_owned()))
    }

    /// The name of a sheet of ours, with its file.
    fn ours(&self, part: OurSheet) -> Result<(usize, String)> {
        let host = self.typing.host;
        let key = SheetKey { part, case: self.typing.case };
        let name = self.opened.get(host).and_then(|file| file.earlier.sheets.get(&key));
        Ok((host, name.ok_or_else(|| not_ours(part))?.clone()))
    }

    /// A cell of the first of our sheets that has it.
    fn on_ours(
        &mut self,
        parts: &[OurSheet],
        text: &str,
        find: impl Fn(&Sheet) -> Option<CellRef>,
    ) -> Result<Vec<(usize, String, CellRef, Content)>> {
        for part in parts {
            let Ok((host, name)) = self.ours(*part) else { continue };
            let Some(file) = self.opened.get_mut(host) else { continue };
            if let Some(cell) = read(file, &name)?.as_ref().and_then(&find) {
                return Ok(vec![(host, name, cell, Content::Text(text.to_owned()))]);
            }
        }
        Err(no_cell())
    }
}

/// A sheet of a file, whole.
fn read(file: &mut Opened<'_>, name: &str) -> Result<Option<Sheet>> {
    let Bytes::Workbook(reader) = &mut file.bytes else { return Ok(None) };
    rewind(reader)?;
    let mut workbook = Workbook::sharing(reader, file.shared.clone())?;
    let info = workbook.sheets().iter().find(|info| info.name == name).cloned();
    let Some(info) = info else { return Ok(None) };
    Ok(workbook.read_or_why(&info, Some(MAX_ROWS))?.ok())
}

/// What a cell holds when a person types this into it.
fn content(text: &str, cell: &Cell) -> Content {
    let text = text.trim();
    if text.is_empty() {
        return Content::Blank;
    }
    let hundredth = |digits: &str| digits.trim().parse::<Number>().ok()?.over(Number::from(100));
    let number = match cell.format {
        NumberFormat::Text | NumberFormat::Date | NumberFormat::Scaled { .. } => None,
        NumberFormat::Percent(_) => hundredth(text.trim_end_matches(['%', '％'])),
        NumberFormat::General | NumberFormat::Fixed(_) => text.parse::<Number>().ok(),
    };
    number.map_or_else(|| Content::Text(text.to_owned()), Content::Number)
}

fn write<W: Read + Write + Seek>(file: &mut Opened<'_>, cells: Vec<CellEdit>, out: &mut W) -> Result<()> {
    let Bytes::Workbook(reader) = &mut file.bytes else { return Err(no_cell()) };
    rewind(reader)?;
    if cells.is_empty() {
        let failed = |cause| Error::output("材料无法写出。", "请检查磁盘空间和写入权限。").because(cause);
        return std::io::copy(reader, out).map(drop).map_err(failed);
    }
    let edits = PackageEdits { cells, ..PackageEdits::default() };
    XlsxPackage::open(reader)?.write(&edits, out).map(drop)
}

fn gone() -> Error {
    Error::input("工作簿中没有这个指标。", "请刷新网页后重新操作。")
}

fn no_cell() -> Error {
    Error::input("工作簿中没有可以填写的单元格。", "请下载工作簿，在表中填写后重新上传。")
}

fn not_ours(part: OurSheet) -> Error {
    let message = format!("工作簿中没有“{}”，或其签名无法核实。", part.title());
    Error::input(message, "请下载工作簿，在表中填写后重新上传。")
}

fn no_score(text: &str) -> Error {
    Error::input(format!("“{text}”不是得分。"), "请只填数字，如 7.5。")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_what_a_spreadsheet_program_makes_of_it() {
        let typed = |text: &str, format| content(text, &Cell { format, ..Cell::default() });
        let number = |text: &str| Content::Number(text.parse().expect("a number"));
        assert_eq!(typed(" 92.4 ", NumberFormat::General), number("92.4"));
        assert_eq!(typed("92.4%", NumberFormat::Percent(1)), number("0.924"));
        assert_eq!(typed("92.4", NumberFormat::Percent(1)), number("0.924"));
        assert_eq!(typed("92.4%", NumberFormat::General), Content::Text("92.4%".to_owned()));
        assert_eq!(typed("12", NumberFormat::Text), Content::Text("12".to_owned()));
        assert_eq!(typed("=1+1", NumberFormat::General), Content::Text("=1+1".to_owned()));
        assert_eq!(typed(" ", NumberFormat::General), Content::Blank);
    }
}
