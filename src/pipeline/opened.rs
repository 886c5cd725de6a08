//! A file of a run, opened: its sheets for recognising, and its bytes for streaming and for writing back.

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::sync::Arc;

use super::comes_back;
use super::files::rewind;
use crate::base::{Result, SheetId};
use crate::model::{Finding, SourceId};
use crate::returned::{Earlier, Keys, Stance};
use crate::sheet::{Behind, CsvSource, RowSource, Shared, Sheet, SheetStream, Sink, Workbook};

/// Bytes that can be read anywhere.
pub(super) trait Stream: Read + Seek + Send {}
impl<T: Read + Seek + Send> Stream for T {}

/// The bytes of a file.
pub(super) enum Bytes<'s> {
    /// An `.xlsx`, as given or rebuilt.
    Workbook(Box<dyn Stream + 's>),
    /// A table in plain text.
    Csv(CsvSource<Box<dyn Stream + 's>>),
}

/// An opened file.
pub(super) struct Opened<'s> {
    pub(super) id: SourceId,
    /// What the run calls it; `None` where it is the run's only file.
    pub(super) name: Option<Arc<str>>,
    /// Its sheets for recognising.
    pub(super) sheets: Vec<Sheet>,
    /// What an earlier run left in it, by its own sheets' names.
    pub(super) earlier: Earlier,
    /// What is to be said of the file itself: made of another format, signed.
    pub(super) findings: Vec<Finding>,
    /// How many of them, at the end, are of its sheets.
    pub(super) of_sheets: usize,
    /// How the name of the returned workbook ends: a workbook with macros is opened only as `.xlsm`.
    pub(super) ending: &'static str,
    pub(super) bytes: Bytes<'s>,
    /// What its sheets share; `None` where nothing can be shared.
    pub(super) shared: Option<Shared>,
    /// Whether a look to the ends of its long sheets brought anything that their heads do not show.
    pub(super) learned: bool,
    /// What stands behind the rows of sheets that were streamed, by the sheets' own names; `None` where that could not
    /// be told.
    pub(super) tails: BTreeMap<String, Option<Behind>>,
}

impl Opened<'_> {
    /// What a sheet of the run is called in this file; `None` for a sheet of another file.
    pub(super) fn own<'n>(&self, sheet: &'n SheetId) -> Option<&'n str> {
        sheet.name_in(self.name.as_deref())
    }

    /// Its sheets for recognising, where nothing else is wanted of it.
    pub(super) fn into_sheets(self) -> Vec<Sheet> {
        self.sheets
    }

    /// Its rows.
    pub(super) fn rows(&mut self) -> Rows<'_> {
        let of = match &mut self.bytes {
            Bytes::Workbook(reader) => {
                let reader: &mut dyn Stream = &mut **reader;
                let stream = match &self.shared {
                    Some(shared) => SheetStream::sharing(reader, shared.clone()),
                    None => SheetStream::new(reader),
                };
                RowsOf::Workbook(stream, &mut self.tails)
            }
            Bytes::Csv(source) => RowsOf::Csv(source),
        };
        Rows(of)
    }

    /// Reads its sheets once more, long ones to their ends. It has no record of an earlier run.
    pub(super) fn read_whole(&mut self) -> Result<()> {
        let Bytes::Workbook(reader) = &mut self.bytes else { return Ok(()) };
        rewind(reader)?;
        let mut workbook = Workbook::sharing(reader, self.shared.clone())?;
        let taken = (&Keys::default(), &Stance::default());
        let (sheets, _, odd) = comes_back::read_sheets(&mut workbook, &BTreeMap::new(), taken, false)?;
        self.sheets = sheets;
        self.findings.truncate(self.findings.len().saturating_sub(self.of_sheets));
        self.of_sheets = odd.len();
        let before = self.findings.len();
        self.findings.extend(odd);
        if let Some(name) = &self.name {
            place_within(&mut self.sheets, self.findings.get_mut(before..).unwrap_or_default(), name);
        }
        Ok(())
    }
}

/// The rows of a file.
pub(super) struct Rows<'o>(RowsOf<'o>);

enum RowsOf<'o> {
    Workbook(SheetStream<&'o mut dyn Stream>, &'o mut BTreeMap<String, Option<Behind>>),
    Csv(&'o mut dyn RowSource),
}

impl RowSource for Rows<'_> {
    fn rows(&mut self, sheet: &SheetId, first_row: u32, sink: &mut Sink<'_>) -> Result<()> {
        match &mut self.0 {
            RowsOf::Workbook(stream, tails) => {
                let read = stream.rows(sheet, first_row, sink);
                let known = tails.entry(sheet.name.clone()).or_default();
                *known = stream.take_behind().or_else(|| known.take());
                read
            }
            RowsOf::Csv(source) => source.rows(sheet, first_row, sink),
        }
    }
}

/// Places the sheets, and the cells of what is said of them, in a file of several.
pub(super) fn place_within(sheets: &mut [Sheet], findings: &mut [Finding], file: &Arc<str>) {
    for sheet in sheets {
        sheet.id.file = Some(file.clone());
    }
    for finding in findings {
        if let Some(at) = &mut finding.at {
            at.sheet.file = Some(file.clone());
        }
        finding.message = format!("文件“{file}”：{}", finding.message);
    }
}
