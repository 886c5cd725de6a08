//! What the tests share: where the shipped workbooks are.

use std::path::PathBuf;

/// A workbook of the project's `workbooks` folder.
pub(crate) fn workbook(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("workbooks").join(name)
}
