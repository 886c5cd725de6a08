//! What a file says of itself, without scoring it.

use std::io::{Read, Seek};

use super::{Settings, Source};
use super::{files, long_sheets};
use crate::base::Result;
use crate::mapping::Mappings;
use crate::model::Case;
use crate::sheet::Sheet;

/// A file that was looked at.
#[derive(Debug)]
pub struct Looked {
    /// Its cases, or why none was recognised.
    pub cases: Result<Vec<Case>>,
    /// Its sheets, long ones cut.
    pub sheets: Vec<Sheet>,
    /// Whether an earlier run left something in it: then the sheets are not all of it.
    pub comes_back: bool,
}

/// Looks at a file.
pub fn look<R: Read + Seek + Send>(
    source: &mut Source<R>,
    mappings: &Mappings,
    settings: &Settings,
) -> Result<Looked> {
    let mut opened = files::open(std::slice::from_mut(source), settings, &[])?;
    long_sheets::read_to_end(&mut opened)?;
    let sheets: Vec<Sheet> = opened.iter().flat_map(|file| &file.sheets).cloned().collect();
    let comes_back = opened.iter().any(|file| file.earlier.source.is_some());
    let cases = files::recognise(&mut opened, mappings);
    let cases = cases.map(|placed| placed.into_iter().map(|placed| placed.case).collect());
    Ok(Looked { cases, sheets, comes_back })
}
