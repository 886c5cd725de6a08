//! Marks in parts that nobody could read as a sheet: their text as it stands, whatever the fault and the encoding.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::words::{self, Place};
use crate::base::half_width;
use crate::package::unescape;
use crate::sheet::margins;
use crate::sheet::strings::cell_text;

/// Bytes of a part that are searched.
pub(super) const MAX_BYTES: u64 = 32 * 1024 * 1024;
/// Encodings that a part may be in, whatever it says of itself.
const ENCODINGS: [&Encoding; 4] = [UTF_8, GB18030, UTF_16LE, UTF_16BE];
/// Tags that part a text from the next, by their local names.
const ENDS: [&str; 9] =
    ["c", "row", "si", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];

/// Whether the bytes of a worksheet hold a mark in any encoding.
pub(super) fn is_marked(bytes: &[u8]) -> bool {
    ENCODINGS.iter().any(|encoding| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        speaks(&text) && cells(&text).any_marked()
    })
}

/// Whether the bytes of a styles part hold a number format that shows a level with a star.
pub(super) fn has_marked_format(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    speaks(&text)
        && text.split("formatCode").skip(1).any(|rest| {
            let value = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '=');
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let value = quote.and_then(|quote| value.split(quote).nth(1)).unwrap_or_default();
            words::is_starred(&shown(&unescape(value.as_bytes())))
        })
}

/// Whether any level can stand in a text: as it is, or as a reference or an escape.
fn speaks(text: &str) -> bool {
    words::may_be(text) || text.contains("&#") || text.contains("_x")
}

/// What a number format writes, without the signs that only place it.
fn shown(code: &str) -> String {
    let (mut out, mut quoted) = (String::new(), false);
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match half_width(c) {
            '"' => quoted = !quoted,
            '\\' | '!' if !quoted => out.extend(rest.next()),
            // The width of the next sign, or that sign as often as it fits.
            '_' | '*' if !quoted => drop(rest.next()),
            _ => out.push(c),
        }
    }
    out
}

/// The texts of a part, cell by cell: each with its pieces.
#[derive(Default)]
struct Cells(Vec<Vec<String>>);

fn cells(text: &str) -> Cells {
    let mut cells = Cells::default();
    let mut cell = Vec::new();
    for piece in text.split('<') {
        let (tag, text) = match piece.strip_prefix("![CDATA[") {
            Some(raw) => ("", raw.split("]]>").next().unwrap_or(raw)),
            None => piece.split_once('>').unwrap_or(("", piece)),
        };
        let name = tag.trim_start_matches('/');
        let name = name.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or(name);
        let local = name.rsplit(':').next().unwrap_or(name);
        if ENDS.contains(&local) {
            cells.add(std::mem::take(&mut cell));
        }
        let text = cell_text(text.as_bytes(), false);
        if !text.is_empty() {
            cell.push(text);
        }
    }
    cells.add(cell);
    cells
}

impl Cells {
    /// Keeps a cell that may hold a mark, or stands between such cells.
    fn add(&mut self, cell: Vec<String>) {
        // Numbers between levels do not part a list of them.
        let is_number = cell.iter().all(|text| text.bytes().all(|b| b.is_ascii_digit()));
        let speaks = words::may_be(&cell.concat());
        if !is_number && (speaks || self.0.last().is_some_and(|last| !last.is_empty())) {
            self.0.push(if speaks { cell } else { Vec::new() });
        }
    }

    /// Whether one holds a mark. All three levels one behind the other are a list to choose from.
    fn any_marked(&self) -> bool {
        let level = |cell: &Vec<String>| words::plain_level(&cell.concat());
        self.0.chunk_by(|one, next| level(one).is_some() && level(next).is_some()).any(|run| {
            let listed = (0..3_usize).all(|which| run.iter().any(|cell| level(cell) == Some(which)));
            !listed && run.iter().any(|cell| is_mark(cell))
        })
    }
}

/// Whether a cell holds a mark, in one of its pieces or in all of them together.
fn is_mark(cell: &[String]) -> bool {
    let whole = cell.concat();
    cell.iter().chain([&whole]).any(|text| {
        words::is_mark(text, Place::Body)
            || text.starts_with('&')
                && margins::sections(text).iter().any(|text| words::is_mark(text, Place::Head))
    })
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::{has_marked_format, is_marked};

    #[test]
    fn text_is_found_whatever_is_wrong_around_it() {
        for part in [
            "<c><is><t>秘密★10年</t></is></c><c r=\"?",
            "<c><is><t>甲 & 乙</t></is></c><c><is><t>机密</t></is></c>",
            "<c><is><r><t>机</t></r><r><t>密★</t></r></is></c>",
            "<c><v>甲</v><v>机密</v></c>",
            "<c><t>&#26426;&#23494;★</t></c>",
            "<c><t>_x673A_密★</t></c>",
            "<c><t><![CDATA[绝密★]]></t></c>",
            "<x:c><x:v>密级：机密</x:v></x:c>",
            "<oddHeader>&amp;C秘密</oddHeader>",
            "<c><v>秘密★",
            "<c><v>秘密</v></c><c><v>机密</v></c>",
        ] {
            assert!(is_marked(part.as_bytes()), "{part}");
            assert!(is_marked(&GB18030.encode(part).0), "{part}");
            let little: Vec<u8> = part.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = part.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert!(is_marked(&little) && is_marked(&big), "{part}");
        }
        for part in [
            "<c><v>商业秘密★</v></c>",
            "<c><v>机密级设备采购</v></c>",
            "<c><v>1</v></c><c><v>秘密</v></c><c><v>2</v></c><c><v>机密</v></c><c><v>3</v></c><c><v>绝密</v></c>",
            "<formula1>\"公开,秘密,机密,绝密\"</formula1>",
        ] {
            assert!(!is_marked(part.as_bytes()), "{part}");
        }
    }

    #[test]
    fn formats_show_marks() {
        let format = |code: &str| has_marked_format(format!("<numFmt formatCode=\"{code}\"/>").as_bytes());
        for code in ["&quot;秘密★&quot;0&quot;年&quot;", "\\机\\密\\★0", "0;&quot;绝密★长期&quot;"]
        {
            assert!(format(code), "{code}");
        }
        for code in ["&quot;秘密&quot;* 0", "&quot;商业秘密★&quot;0", "0.00_);[Red](0.00)"] {
            assert!(!format(code), "{code}");
        }
    }
}
