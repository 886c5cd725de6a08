//! What a foreign file may cost at most. Every number here answers a known attack or a limit of Excel.

/// Rows of a sheet (Excel's own limit).
pub const MAX_ROWS: u32 = 1_048_576;
/// Columns of a sheet (Excel's own limit: XFD).
pub const MAX_COLUMNS: u32 = 16_384;
/// Characters that a cell or a note can hold (Excel's own limit).
pub const MAX_CELL_CHARS: usize = 32_767;
/// A file larger than this is refused before it is opened.
pub const MAX_FILE_BYTES: u64 = 512 * 1024 * 1024;
/// Entries of a package.
pub const MAX_ENTRIES: usize = 20_000;
/// Uncompressed bytes of all entries together.
pub const MAX_TOTAL_BYTES: u64 = 4 * 1024 * 1024 * 1024;
/// Uncompressed bytes of a part that is read into memory whole (workbook, styles, relationships …).
pub const MAX_PART_BYTES: u64 = 64 * 1024 * 1024;
/// How much larger than its compressed form an entry may claim to be, beyond a free allowance.
pub const MAX_RATIO: u64 = 400;
/// The free allowance: below this size no ratio is refused (small, very repetitive parts are common).
pub const RATIO_FREE_BYTES: u64 = 8 * 1024 * 1024;
/// Elements nested in one another.
pub const MAX_DEPTH: usize = 256;
/// Characters of a criterion, target or actual that are read at all.
pub const MAX_TEXT_CHARS: usize = MAX_CELL_CHARS;
