//! The system on which an archive was written stands in every record of its directory; what we hand out is the same wherever
//! it was made.

use super::bytes::{put, u16_at, u32_at};

const RECORD: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// The end of the directory, without a comment.
const END_LEN: usize = 22;
const RECORD_LEN: usize = 46;
/// How the format calls Unix.
const UNIX: [u8; 1] = [3];

/// Says of an archive of ours, which has neither a comment nor zip64 records, that it was written on Unix.
pub(crate) fn as_on_unix(archive: &mut [u8]) {
    let Some(end) = archive.len().checked_sub(END_LEN) else { return };
    let found = u32_at(archive, end) == Some(END);
    let start = u32_at(archive, end.saturating_add(16)).filter(|_| found);
    let Some(mut at) = start.and_then(|start| usize::try_from(start).ok()) else { return };
    while u32_at(archive, at) == Some(RECORD) {
        put(archive, at.saturating_add(5), &UNIX);
        let tails =
            [28, 30, 32].map(|tail| usize::from(u16_at(archive, at.saturating_add(tail)).unwrap_or(0)));
        at = tails.into_iter().fold(at.saturating_add(RECORD_LEN), usize::saturating_add);
    }
}

#[cfg(test)]
mod tests {
    use super::as_on_unix;
    use rust_xlsxwriter::Workbook;

    #[test]
    fn an_archive_is_the_same_on_whatever_system_it_was_written() {
        let mut workbook = Workbook::new();
        workbook.add_worksheet();
        let mut whole = workbook.save_to_buffer().expect("a workbook");
        as_on_unix(&mut whole);
        let records: Vec<usize> = whole
            .windows(4)
            .enumerate()
            .filter(|(_, four)| *four == b"PK\x01\x02")
            .map(|(at, _)| at)
            .collect();
        assert!(records.len() > 5, "{records:?}");
        // As Windows writes it.
        let mut other = whole.clone();
        for at in &records {
            other[at + 5] = 0;
        }
        assert!(other != whole);
        as_on_unix(&mut other);
        assert!(other == whole);
        // What is no archive is left alone.
        let mut text = b"no archive, but longer than the end of one".to_vec();
        as_on_unix(&mut text);
        assert_eq!(text, b"no archive, but longer than the end of one");
    }
}
