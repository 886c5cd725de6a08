//! A file of a run, opened: its sheets for recognising, and its bytes for streaming and for writing back.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use super::comes_back;
use super::files::rewind;
use crate::base::{Result, in_book, out_of_book, own_sheet};
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
    /// What its sheets are named with; `None` where the run has only this file.
    pub(super) book: Option<String>,
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
    pub(super) fn own<'n>(&self, sheet: &'n str) -> Option<&'n str> {
        own_sheet(self.book.as_deref(), sheet)
    }

    /// Its sheets for recognising, where nothing else is wanted of it.
    pub(super) fn into_sheets(self) -> Vec<Sheet> {
        self.sheets
    }

    /// Its rows, by the sheets' names in the run.
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
        Rows { book: self.book.as_deref(), of }
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
        if let Some(book) = &self.book {
            name_within(&mut self.sheets, self.findings.get_mut(before..).unwrap_or_default(), book);
        }
        Ok(())
    }
}

/// The rows of a file.
pub(super) struct Rows<'o> {
    book: Option<&'o str>,
    of: RowsOf<'o>,
}

enum RowsOf<'o> {
    Workbook(SheetStream<&'o mut dyn Stream>, &'o mut BTreeMap<String, Option<Behind>>),
    Csv(&'o mut dyn RowSource),
}

impl RowSource for Rows<'_> {
    fn rows(&mut self, sheet: &str, first_row: u32, sink: &mut Sink<'_>) -> Result<()> {
        let own = self.book.and_then(|book| out_of_book(book, sheet)).unwrap_or(sheet);
        match &mut self.of {
            RowsOf::Workbook(stream, tails) => {
                let read = stream.rows(own, first_row, sink);
                let known = tails.entry(own.to_owned()).or_default();
                *known = stream.take_behind().or_else(|| known.take());
                read
            }
            RowsOf::Csv(source) => source.rows(own, first_row, sink),
        }
    }
}

/// Names the sheets, and the cells of what is said of them, as those of a file of several.
pub(super) fn name_within(sheets: &mut [Sheet], findings: &mut [Finding], book: &str) {
    for sheet in sheets {
        sheet.name = in_book(book, &sheet.name);
    }
    for finding in findings {
        if let Some(at) = &mut finding.at {
            at.sheet = in_book(book, &at.sheet);
        }
        finding.message = format!("文件“{book}”：{}", finding.message);
    }
}
