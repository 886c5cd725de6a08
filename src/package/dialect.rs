//! Transitional and strict `OpenXML` differ in namespaces and relationship types, in everything added too.

/// Which of the two a workbook speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// What Excel saves unless told otherwise.
    Transitional,
    /// ISO/IEC 29500 strict.
    Strict,
}

/// Namespaces that differ, transitional first. Longer ones first, so that a prefix never wins.
const PAIRS: [(&str, &str); 3] = [
    ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"),
    ("http://schemas.openxmlformats.org/spreadsheetml/2006/", "http://purl.oclc.org/ooxml/spreadsheetml/"),
    ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/"),
];

impl Dialect {
    /// The namespace of relationship parts, the same in both.
    pub(crate) const PACKAGE_RELS: &'static str =
        "http://schemas.openxmlformats.org/package/2006/relationships";

    /// The dialect whose `SpreadsheetML` has this namespace; drafts of the standard had others.
    pub(crate) fn of_namespace(namespace: &str) -> Option<Self> {
        [Self::Transitional, Self::Strict].into_iter().find(|d| d.main() == namespace)
    }

    /// The namespace of `SpreadsheetML`.
    pub(crate) fn main(self) -> &'static str {
        match self {
            Self::Transitional => "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            Self::Strict => "http://purl.oclc.org/ooxml/spreadsheetml/main",
        }
    }

    /// The namespace of `r:id`.
    pub(crate) fn relationships(self) -> &'static str {
        match self {
            Self::Transitional => "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            Self::Strict => "http://purl.oclc.org/ooxml/officeDocument/relationships",
        }
    }

    /// The full type of a standard relationship.
    pub(crate) fn relationship(self, kind: &str) -> String {
        format!("{}/{kind}", self.relationships())
    }

    /// A transitional namespace or relationship type in this dialect.
    pub(crate) fn translate(self, name: &str) -> String {
        if self == Self::Strict {
            for (transitional, strict) in PAIRS {
                if let Some(rest) = name.strip_prefix(transitional) {
                    return format!("{strict}{rest}");
                }
            }
        }
        name.to_owned()
    }
}
