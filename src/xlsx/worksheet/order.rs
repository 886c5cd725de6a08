//! The order in which `SpreadsheetML` wants children to stand.

use std::ops::Range;

/// Children of a worksheet in schema order (`CT_Worksheet`).
pub(crate) const WORKSHEET: &[&str] = &[
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
];

/// A child of the root: its name (of `mc:AlternateContent`, the name of what it stands for) and place.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// Local name.
    pub(crate) name: String,
    /// The start tag.
    pub(crate) tag: Vec<u8>,
    /// The range of the start tag.
    pub(crate) open: Range<u64>,
    /// The whole element; of consecutive ones of the same name, all of them.
    pub(crate) range: Range<u64>,
    /// Where the end tag begins; behind the start tag when that closes itself.
    pub(crate) close_at: u64,
}

impl Section {
    /// Whether the start tag closes itself.
    pub(crate) fn is_empty(&self) -> bool {
        self.open.end == self.range.end
    }
}

/// Where a new child belongs: before the first that must stand behind it, else at the end.
pub(crate) fn place_before<'a>(
    order: &[&str],
    sections: impl IntoIterator<Item = (&'a str, u64)>,
    name: &str,
    end: u64,
) -> u64 {
    let rank = |name: &str| order.iter().position(|n| *n == name);
    let mine = rank(name);
    sections.into_iter().find(|(other, _)| rank(other) > mine).map_or(end, |(_, at)| at)
}
