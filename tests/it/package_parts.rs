//! What a package holds, entry by entry, to compare a returned workbook with the one that came in.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

/// An entry as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub(crate) order: usize,
    pub(crate) method: String,
    pub(crate) crc: u32,
    pub(crate) bytes: Vec<u8>,
}

/// All entries by name.
pub(crate) fn stored(path: &Path) -> BTreeMap<String, Stored> {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).expect("the file")).expect("a package");
    let mut all = BTreeMap::new();
    for order in 0..archive.len() {
        let mut entry = archive.by_index_raw(order).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        let stored = Stored { order, method: entry.compression().to_string(), crc: entry.crc32(), bytes };
        all.insert(entry.name().expect("a name").into_owned(), stored);
    }
    all
}
