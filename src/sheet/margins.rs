//! What is printed above and below a sheet: its headers and footers.

use memchr::memmem;

use crate::package::unescape;

/// Bytes of all headers and footers of a sheet that are looked at; a program takes 255 characters of each.
const MAX_BYTES: usize = 64 * 1024;

/// The texts in what stands behind a worksheet's rows.
pub(super) fn of_part(tail: &[u8]) -> Vec<String> {
    const NAME: &[u8] = b"headerFooter";
    let Some(element) = memmem::find(tail, NAME).and_then(|at| tail.get(at..)) else { return Vec::new() };
    let element = element.get(..MAX_BYTES).unwrap_or(element);
    // Up to its end tag; without one (an empty element) there is no text in it that is ours to read.
    let end = memmem::rfind(element, NAME).filter(|end| *end > 0);
    let Some(element) = end.and_then(|end| element.get(..end)) else { return Vec::new() };
    // Behind each tag stands a text, up to the next; the first piece is the rest of the element's own tag.
    let pieces = element.split(|byte| *byte == b'>').skip(1);
    let texts = pieces.filter_map(|piece| piece.split(|byte| *byte == b'<').next());
    texts.flat_map(|text| sections(&unescape(text))).collect()
}

/// The sections of a header or footer without the codes of their looks.
pub(super) fn sections(text: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '&' {
            sections.last_mut().into_iter().for_each(|section| section.push(c));
            continue;
        }
        match rest.next() {
            Some('L' | 'C' | 'R' | 'l' | 'c' | 'r') => sections.push(String::new()),
            // The name of a font.
            Some('"') => while rest.next().is_some_and(|c| c != '"') {},
            // A colour: six digits, or a theme's with its tint.
            Some('K' | 'k') => {
                for _ in 0..6 {
                    rest.next_if(|c| c.is_ascii_hexdigit() || matches!(c, '+' | '-'));
                }
            }
            Some(c) if c.is_ascii_digit() => while rest.next_if(char::is_ascii_digit).is_some() {},
            Some('&') => sections.last_mut().into_iter().for_each(|section| section.push('&')),
            _ => {}
        }
    }
    sections.retain(|section| !section.trim().is_empty());
    sections
}

#[cfg(test)]
mod tests {
    use super::of_part;

    #[test]
    fn headers_are_read_without_their_codes() {
        let tail = "</sheetData><pageSetup/><x:headerFooter differentOddEven=\"1\"><x:oddHeader>&amp;C&amp;\"宋体,加粗\"&amp;14\
                    机密★10年&amp;R&amp;KFF0000第&amp;P页</x:oddHeader><x:oddFooter>&amp;L&amp;F</x:oddFooter></x:headerFooter>";
        assert_eq!(of_part(tail.as_bytes()), ["机密★10年", "第页"]);
        assert_eq!(of_part(b"</sheetData><headerFooter/><drawing/>"), [] as [&str; 0]);
    }
}
