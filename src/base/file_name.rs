//! Names of files as a person reads them.

use std::borrow::Cow;
use std::ffi::OsStr;

use encoding_rs::GB18030;

/// The name; where it is no UTF-8, as GB18030, the encoding of archives made on Chinese systems and unpacked elsewhere.
/// What is neither has `�` in it.
pub fn readable_name(name: &OsStr) -> String {
    if let Some(name) = name.to_str() {
        return name.to_owned();
    }
    GB18030
        .decode_without_bom_handling_and_without_replacement(name.as_encoded_bytes())
        .map_or_else(|| name.to_string_lossy().into_owned(), Cow::into_owned)
}

#[cfg(all(test, unix))]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    use super::readable_name;

    #[test]
    fn names_of_other_systems_are_read() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("农村公路养护（秘密★）.xlsx");
        assert_eq!(readable_name(OsStr::from_bytes(&bytes)), "农村公路养护（秘密★）.xlsx");
        assert_eq!(readable_name(OsStr::from_bytes(b"a\xff\xff.xlsx")), "a\u{fffd}\u{fffd}.xlsx");
        assert_eq!(readable_name(OsStr::new("项目.xlsx")), "项目.xlsx");
    }
}
