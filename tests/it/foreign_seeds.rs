//! The seeds of the fuzz targets of the record, the reader and the names, replayed and shaken on stable.

#[path = "../../fuzz/foreign.rs"]
mod targets;

use crate::xlsx::fuzz_seeds::shake;

#[test]
fn record_seeds() {
    shake("record", targets::record, 300);
}

#[test]
fn reader_seeds() {
    shake("reader", targets::reader, 300);
}

#[test]
fn name_seeds() {
    shake("names", targets::names, 1_000);
}
