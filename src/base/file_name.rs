//! Names of files: as a person reads them, and as every system we meet can hold them.

use std::borrow::Cow;
use std::ffi::OsStr;

use encoding_rs::GB18030;

use super::printable::is_hidden;

/// What a name may have on every file system we meet: bytes, on Windows UTF-16 units.
pub const MAX_UNITS: usize = 255;
/// Longer endings are no endings.
const MAX_ENDING: usize = 16;

/// The name; where it is no UTF-8, as GB18030, the encoding of archives made on Chinese systems and unpacked elsewhere.
/// What is neither has `�` in it.
pub fn readable_name(name: &OsStr) -> String {
    match name.to_str() {
        Some(name) => name.to_owned(),
        None => readable_bytes(name.as_encoded_bytes()),
    }
}

/// The same of the bytes of a name in an archive.
pub fn readable_bytes(name: &[u8]) -> String {
    if let Ok(name) = std::str::from_utf8(name) {
        return name.to_owned();
    }
    GB18030
        .decode_without_bom_handling_and_without_replacement(name)
        .map_or_else(|| String::from_utf8_lossy(name).into_owned(), Cow::into_owned)
}

/// A name that every system we meet can hold and every program can show: without control characters and their like, none
/// that Windows keeps for itself (`CON`, `NUL.xlsx`) or cuts (an end in a point or a space).
pub fn portable(name: &str) -> String {
    const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];
    let seen: String = name.chars().map(|c| if is_hidden(c) { '_' } else { c }).collect();
    let kept = seen.trim_end_matches(['.', ' ']);
    let device = kept.split('.').next().unwrap_or(kept).trim_end().to_lowercase();
    let port = ["com", "lpt"].iter().find_map(|port| device.strip_prefix(port));
    let is_port =
        port.is_some_and(|rest| rest.chars().count() == 1 && rest.contains(|c: char| c.is_numeric()));
    if RESERVED.contains(&device.as_str()) || is_port || kept.is_empty() {
        return format!("_{kept}");
    }
    kept.to_owned()
}

/// A name for a file or folder of ours, made of foreign text: what parts a path on some system is gone, too, it is never
/// hidden, and no longer than so many units.
pub fn made_of(text: &str, units: usize) -> String {
    let plain =
        |c: char| if matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*') { '_' } else { c };
    let plain: String = text.trim().chars().map(plain).collect();
    let kept = portable(plain.trim_start_matches(['.', '~', ' ']));
    let (stem, ending) = split(&kept);
    // What is cut may end in a point again.
    portable(&fitted(stem, ending, units))
}

/// Stem and ending (with its point).
pub fn split(name: &str) -> (&str, &str) {
    match name.rfind('.') {
        Some(at) if at > 0 && name.len().saturating_sub(at) <= MAX_ENDING => name.split_at(at),
        _ => (name, ""),
    }
}

fn units(c: char) -> usize {
    if cfg!(windows) { c.len_utf16() } else { c.len_utf8() }
}

/// Stem and tail in so many units; a stem that leaves no room for the tail is cut and ends in `…`.
pub fn fitted(stem: &str, tail: &str, most: usize) -> String {
    let length = |text: &str| text.chars().map(units).fold(0, usize::saturating_add);
    let room = most.saturating_sub(length(tail));
    if length(stem) <= room {
        return format!("{stem}{tail}");
    }
    let room = room.saturating_sub(units('…'));
    let mut used = 0_usize;
    let kept: String = stem
        .chars()
        .take_while(|c| {
            used = used.saturating_add(units(*c));
            used <= room
        })
        .collect();
    format!("{kept}…{tail}")
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use super::{made_of, readable_name};

    #[test]
    fn a_name_of_ours_leads_nowhere_else() {
        for (text, name) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            ("C:\\Windows\\a.xlsx", "C__Windows_a.xlsx"),
            ("", "_"),
            ("..", "_"),
            ("~$锁.xlsx", "$锁.xlsx"),
            (" 甲?项目.xlsx ", "甲_项目.xlsx"),
            ("CON", "_CON"),
        ] {
            assert_eq!(made_of(text, 60), name);
        }
        assert!(made_of(&"长".repeat(90), 60).len() <= 60);
        assert!(made_of(&format!("{}.xlsx", "长".repeat(90)), 60).ends_with("….xlsx"));
    }

    #[test]
    fn names_of_other_systems_are_read() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("农村公路养护（秘密★）.xlsx");
        assert_eq!(readable_name(OsStr::from_bytes(&bytes)), "农村公路养护（秘密★）.xlsx");
        assert_eq!(readable_name(OsStr::from_bytes(b"a\xff\xff.xlsx")), "a\u{fffd}\u{fffd}.xlsx");
        assert_eq!(readable_name(OsStr::new("项目.xlsx")), "项目.xlsx");
    }
}
