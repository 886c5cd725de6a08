//! A CSV file as a sheet: UTF-8 or GB18030, commas, semicolons or tabs, streamed with bounded memory.

use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use encoding_rs::{Decoder, DecoderResult, Encoding, GB18030, UTF_8};

use super::grid::Sheet;
use super::stream::{Row, RowSource, Sink, StreamCell};
use super::value::{Cell, Value};
use crate::base::limits::{MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS};
use crate::base::{CellRef, Error, Result, SheetId};

const CHUNK: usize = 64 * 1024;
/// Bytes of one record; a longer one has a quote that is never closed.
const MAX_RECORD: usize = 4 * 1024 * 1024;
/// Fields of one record.
const MAX_FIELDS: usize = MAX_COLUMNS as usize;

/// A CSV file. Its one sheet has the name it is given.
#[derive(Debug)]
pub struct CsvSource<R> {
    reader: R,
    name: String,
    encoding: &'static Encoding,
    delimiter: u8,
}

impl<R: Read + Seek> CsvSource<R> {
    /// Finds out encoding and delimiter; refuses what is no text.
    pub fn new(mut reader: R, name: impl Into<String>) -> Result<Self> {
        let mut head = Vec::new();
        rewind(&mut reader)?;
        reader.by_ref().take(4).read_to_end(&mut head).map_err(unreadable)?;
        let encoding = match Encoding::for_bom(&head) {
            Some((encoding, _)) => encoding,
            // Text in GB18030 is hardly ever valid UTF-8 by accident, the other way round it is easily.
            None if decodes(&mut reader, UTF_8)? => UTF_8,
            None if decodes(&mut reader, GB18030)? => GB18030,
            None => return Err(no_text()),
        };
        let mut source = Self { reader, name: name.into(), encoding, delimiter: b',' };
        source.delimiter = source.guess_delimiter()?;
        Ok(source)
    }

    /// The first rows as a sheet, for recognising what it is.
    pub fn head(&mut self, max_rows: u32) -> Result<Sheet> {
        let mut sheet = Sheet::new(self.name.clone(), true);
        let own = sheet.id.clone();
        self.rows(&own, 0, &mut |row| {
            if row.number() >= max_rows {
                sheet.truncated = true;
                return Ok(ControlFlow::Break(()));
            }
            for (col, item) in row.items() {
                if let (super::stream::Item::Text(text), Some(at)) = (item, CellRef::new(row.number(), col)) {
                    sheet.put(at, Cell::text(text));
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(sheet)
    }

    /// The delimiter that the first lines have most of.
    fn guess_delimiter(&mut self) -> Result<u8> {
        let mut bytes = Vec::new();
        rewind(&mut self.reader)?;
        self.reader
            .by_ref()
            .take(u64::try_from(CHUNK).unwrap_or(0))
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        let (text, _, _) = self.encoding.decode(&bytes);
        let lines: Vec<&str> = text.lines().take(50).collect();
        let count =
            |delimiter: char| lines.iter().map(|line| line.matches(delimiter).count()).max().unwrap_or(0);
        let found =
            [(',', b','), ('\t', b'\t'), (';', b';')].into_iter().rev().max_by_key(|(c, _)| count(*c));
        Ok(found.map_or(b',', |(_, byte)| byte))
    }
}

impl<R: Read + Seek> RowSource for CsvSource<R> {
    fn rows(&mut self, sheet: &SheetId, first_row: u32, sink: &mut Sink<'_>) -> Result<()> {
        if sheet.name != self.name {
            return Ok(());
        }
        rewind(&mut self.reader)?;
        let mut records = Records::new(self.delimiter);
        let mut decoder = self.encoding.new_decoder_with_bom_removal();
        let mut raw = vec![0_u8; CHUNK];
        let mut row = 0_u32;
        let mut width = Width::default();
        loop {
            let read = self.reader.read(&mut raw).map_err(unreadable)?;
            let last = read == 0;
            let text = decode(&mut decoder, raw.get(..read).unwrap_or_default(), last)?;
            let flow = records.feed(text.as_bytes(), last, &mut |cells, shape| {
                let number = row;
                row = row.saturating_add(1);
                if number >= MAX_ROWS {
                    return Err(too_long());
                }
                if number < first_row || cells.is_empty() {
                    if number.checked_add(1) == Some(first_row) {
                        width = Width { titles: shape.fields, usual: None };
                    }
                    return Ok(ControlFlow::Continue(()));
                }
                let fits = first_row == 0 || width.fits(shape);
                sink(&Row::new(number, cells).fitting(fits))
            })?;
            if last || flow.is_break() {
                return Ok(());
            }
        }
    }
}

/// How a record is divided.
#[derive(Debug, Clone, Copy)]
struct Shape {
    /// Fields, blank ones included.
    fields: usize,
    /// Fields up to the last that is not blank.
    filled: usize,
    /// Whether a field holds what looks like the records behind it: its quote was not closed where it should be.
    runs_on: bool,
}

/// How many fields a row has.
#[derive(Debug, Default)]
struct Width {
    /// As many as there are titles.
    titles: usize,
    /// As many as the first row under them has, remarks apart: programs leave off what is blank in all rows.
    usual: Option<usize>,
}

impl Width {
    /// Whether every field of the record stands under its title.
    fn fits(&mut self, shape: Shape) -> bool {
        const FEW: usize = 3;
        if self.usual.is_none() && shape.filled < FEW {
            return true;
        }
        let usual = *self.usual.get_or_insert(shape.fields);
        shape.fields == usual.min(self.titles) && !shape.runs_on
    }
}

/// Puts records together from pieces of text.
struct Records {
    reader: Reader,
    delimiter: char,
    record: Vec<u8>,
    ends: Vec<usize>,
    filled: usize,
    fields: usize,
    cells: Vec<StreamCell>,
}

type Take<'t> = dyn FnMut(&[StreamCell], Shape) -> Result<ControlFlow<()>> + 't;

impl Records {
    fn new(delimiter: u8) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            delimiter: char::from(delimiter),
            record: vec![0; CHUNK],
            ends: vec![0; 64],
            filled: 0,
            fields: 0,
            cells: Vec::new(),
        }
    }

    fn feed(&mut self, mut text: &[u8], last: bool, take: &mut Take<'_>) -> Result<ControlFlow<()>> {
        if text.is_empty() && !last {
            return Ok(ControlFlow::Continue(()));
        }
        loop {
            let output = self.record.get_mut(self.filled..).unwrap_or_default();
            let ends = self.ends.get_mut(self.fields..).unwrap_or_default();
            let (result, read, written, ended) = self.reader.read_record(text, output, ends);
            text = text.get(read..).unwrap_or_default();
            self.filled = self.filled.saturating_add(written);
            self.fields = self.fields.saturating_add(ended);
            match result {
                ReadRecordResult::InputEmpty if last && text.is_empty() => {
                    // The end is said by feeding nothing once more.
                }
                ReadRecordResult::InputEmpty => return Ok(ControlFlow::Continue(())),
                ReadRecordResult::OutputFull => grow(&mut self.record, MAX_RECORD)?,
                ReadRecordResult::OutputEndsFull => grow(&mut self.ends, MAX_FIELDS)?,
                ReadRecordResult::Record => {
                    if self.finish(take)?.is_break() {
                        return Ok(ControlFlow::Break(()));
                    }
                }
                ReadRecordResult::End => return Ok(ControlFlow::Continue(())),
            }
        }
    }

    fn finish(&mut self, take: &mut Take<'_>) -> Result<ControlFlow<()>> {
        self.cells.clear();
        let mut start = 0;
        let mut shape = Shape { fields: self.fields, filled: 0, runs_on: false };
        for (col, end) in (0_u32..).zip(self.ends.iter().take(self.fields)) {
            let bytes = self.record.get(start..*end).unwrap_or_default();
            start = *end;
            let text = std::str::from_utf8(bytes).map_err(|_| no_text())?;
            let text = unquoted(text);
            if !text.trim().is_empty() && col < MAX_COLUMNS {
                shape.filled = usize::try_from(col).unwrap_or(usize::MAX).saturating_add(1);
                shape.runs_on |= self.runs_on(text);
                let text = text.chars().take(MAX_CELL_CHARS).collect();
                self.cells.push(StreamCell { col, value: Value::Text(text), ..StreamCell::default() });
            }
        }
        shape.runs_on |= self.delimiter == ',' && ends_in_a_split_number(&self.cells);
        (self.filled, self.fields) = (0, 0);
        take(&self.cells, shape)
    }

    /// Whether a field goes on over the end of its line into others.
    fn runs_on(&self, text: &str) -> bool {
        let lines = text.split_once('\n').map_or("", |(_, behind)| behind);
        lines.lines().any(|line| line.matches(self.delimiter).count() > 1)
    }
}

/// Whether a record ends in `507,000`, an amount that nobody put in quotes: as two fields they are 507 and nothing.
fn ends_in_a_split_number(cells: &[StreamCell]) -> bool {
    let [.., begin, end] = cells else { return false };
    let digits = |cell: &StreamCell| match &cell.value {
        Value::Text(text) => Some(text.trim().to_owned()).filter(|t| t.bytes().all(|b| b.is_ascii_digit())),
        _ => None,
    };
    let Some((begins, ends)) = digits(begin).zip(digits(end)) else { return false };
    let beside = begin.col.checked_add(1) == Some(end.col);
    beside
        && (1..=3).contains(&begins.len())
        && !begins.starts_with('0')
        && ends.len() == 3
        && ends.starts_with('0')
}

/// `="5001"`: how programs keep a code from becoming a number; some begin it with an apostrophe or a tab.
fn unquoted(text: &str) -> &str {
    let text = text.trim_matches('\t');
    text.strip_prefix("=\"").and_then(|t| t.strip_suffix('"')).unwrap_or(text).trim_start_matches('\'')
}

fn grow<T: Clone + Default>(buffer: &mut Vec<T>, most: usize) -> Result<()> {
    if buffer.len() >= most {
        return Err(Error::input(
            "CSV 文件中有一行过长，可能是引号没有成对。",
            "请用 Excel 或 WPS 打开核对，另存为 .xlsx 后重新提交。",
        ));
    }
    buffer.resize(buffer.len().saturating_mul(2).min(most), T::default());
    Ok(())
}

/// Decodes a piece; a byte sequence that the encoding does not have is an error, never a replacement character.
fn decode(decoder: &mut Decoder, mut bytes: &[u8], last: bool) -> Result<String> {
    let room = decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(CHUNK);
    let mut text = String::with_capacity(room);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, last);
        bytes = bytes.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => return Ok(text),
            DecoderResult::OutputFull => text.reserve(CHUNK),
            DecoderResult::Malformed(..) => return Err(no_text()),
        }
    }
}

fn decodes<R: Read + Seek>(reader: &mut R, encoding: &'static Encoding) -> Result<bool> {
    rewind(reader)?;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut raw = vec![0_u8; CHUNK];
    loop {
        let read = reader.read(&mut raw).map_err(unreadable)?;
        match decode(&mut decoder, raw.get(..read).unwrap_or_default(), read == 0) {
            Ok(text) if text.contains('\0') => return Ok(false),
            Ok(_) if read == 0 => return Ok(true),
            Ok(_) => {}
            Err(_) => return Ok(false),
        }
    }
}

fn rewind(reader: &mut impl Seek) -> Result<()> {
    reader.seek(SeekFrom::Start(0)).map(|_| ()).map_err(unreadable)
}

fn unreadable(cause: std::io::Error) -> Error {
    Error::input("文件无法读取。", "请检查文件是否仍在原处、磁盘或网络是否正常，然后重试。").because(cause)
}

fn no_text() -> Error {
    Error::input(
        "CSV 文件的文字编码无法识别。",
        "请用 Excel 或 WPS 打开，另存为 .xlsx，或另存为 UTF-8 编码的 CSV。",
    )
}

fn too_long() -> Error {
    Error::input("CSV 文件超过一百万行。", "请按月份或科目拆分后重新提交。")
}
