//! The way from the summary to a result: whatever a file is called, the link leads to that file.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::{Component, Path};

use crate::base::printable::is_hidden;
use crate::base::readable_name;

/// Links of a sheet (Excel's own limit), rounded down.
const MAX_LINKS: u32 = 60_000;
/// Bytes of a link: programs hold 2,079 characters, some count them escaped.
const MAX_LINK: usize = 1_000;

/// Whether a row can have this link.
pub(in crate::service) fn leads(link: &str, row: u32) -> bool {
    link.len() <= MAX_LINK && row <= MAX_LINKS
}

/// A way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Way {
    /// What the result is called.
    pub(super) name: String,
    /// The link, its parts separated by `/`.
    pub(in crate::service) link: String,
}

impl Way {
    /// From a folder to a file; the whole path where there is none.
    pub(in crate::service) fn new(from: &Path, to: &Path) -> Self {
        let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
        let up = if shared > 0 { from.components().skip(shared).count() } else { 0 };
        let up = std::iter::repeat_n("..".to_owned(), up);
        let down = to.components().skip(shared).filter_map(|part| match part {
            // The letter of a drive is no scheme.
            Component::Prefix(drive) => Some(drive.as_os_str().to_string_lossy().into_owned()),
            Component::RootDir => None,
            part => Some(escaped(part.as_os_str())),
        });
        let name = readable_name(to.file_name().unwrap_or_default());
        Self { name, link: up.chain(down).collect::<Vec<_>>().join("/") }
    }
}

/// A name as a part of a link: nothing in it is taken for a scheme, a query, a place within the file or a code. Letters of
/// all scripts stay.
fn escaped(name: &OsStr) -> String {
    const PLAIN: &str = "-._~()!,";
    let Some(text) = name.to_str() else { return codes(name.as_encoded_bytes()) };
    let mut out = String::new();
    for c in text.chars() {
        let stays = if c.is_ascii() { c.is_ascii_alphanumeric() || PLAIN.contains(c) } else { !is_hidden(c) };
        if stays {
            out.push(c);
        } else {
            out.push_str(&codes(c.encode_utf8(&mut [0; 4]).as_bytes()));
        }
    }
    out
}

/// Bytes as codes.
fn codes(bytes: &[u8]) -> String {
    let mut out = String::new();
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(out, "%{byte:02X}");
    }
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::Way;

    #[test]
    fn a_link_leads_to_the_file_of_that_name() {
        let link = |from: &str, to: &str| Way::new(Path::new(from), Path::new(to)).link;
        for (name, part) in [
            ("项目（一） 1.xlsx", "项目（一）%201.xlsx"),
            ("javascript:alert(1).xlsx", "javascript%3Aalert(1).xlsx"),
            ("a#b?c%20d.xlsx", "a%23b%3Fc%2520d.xlsx"),
            ("a\\b|[c]&\"'.xlsx", "a%5Cb%7C%5Bc%5D%26%22%27.xlsx"),
            ("a\u{202e}b.xlsx", "a%E2%80%AEb.xlsx"),
        ] {
            assert_eq!(link("/s/home", &format!("/s/out/{name}")), format!("../out/{part}"));
            assert_eq!(link("/s/out", &format!("/s/out/{name}")), part);
        }
    }
}
