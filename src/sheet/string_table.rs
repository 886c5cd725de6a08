//! The shared strings part in the form that nearly every program writes, read in large pieces. A single odd string (rich
//! text, phonetics) is read by the general reader alone; a part that is odd as a whole is not read here.

use std::io::Read;

use memchr::memmem;

use super::plain::Unusual;
use super::strings::Strings;
use crate::base::Result;
use crate::package::references_are_sound;

/// Bytes of a piece; it grows for a longer string.
const PIECE: usize = 256 * 1024;
/// The longest string that is read this way.
const MAX_PIECE: usize = 16 * 1024 * 1024;

/// Reads the part; [`Unusual`] where the general reader must. An error is that of reading, or of the limits.
pub(super) fn read(mut part: impl Read) -> Result<std::result::Result<Strings, Unusual>> {
    let mut strings = Strings::default();
    let mut piece: Vec<u8> = Vec::new();
    let mut from = 0_usize;
    let mut begun = false;
    loop {
        let Some(more) = fill(&mut part, &mut piece, &mut from) else { return Ok(Err(Unusual)) };
        let end = match memmem::rfind(&piece, b"</si>").filter(|_| more) {
            Some(end) => end.saturating_add(b"</si>".len()),
            None if more => continue,
            None => piece.len(),
        };
        let whole = piece.get(..end).unwrap_or_default();
        let sound = memchr::memchr(b'&', whole).is_none() || references_are_sound(whole);
        let text = simdutf8::basic::from_utf8(whole).ok().filter(|_| sound);
        let Some(mut text) = text else { return Ok(Err(Unusual)) };
        if !begun {
            let Some(behind) = enter(text) else { return Ok(Err(Unusual)) };
            text = behind;
            begun = true;
        }
        match items(text, &mut strings)? {
            Ok("") if more => {}
            Ok(rest)
                if !more && rest.strip_prefix("</sst>").is_some_and(|rest| rest.trim_ascii().is_empty()) =>
            {
                return Ok(Ok(strings));
            }
            _ => return Ok(Err(Unusual)),
        }
        from = end;
    }
}

/// Drops what was read before `from` and reads a piece's worth behind the rest; `Some(false)` at the end of the part. What
/// cannot be read is for the general reader to say.
fn fill(part: &mut impl Read, piece: &mut Vec<u8>, from: &mut usize) -> Option<bool> {
    piece.copy_within(*from.., 0);
    let mut filled = piece.len().checked_sub(*from)?;
    *from = 0;
    if filled > MAX_PIECE {
        return None;
    }
    piece.resize(filled.saturating_add(PIECE), 0);
    let before = filled;
    while let Some(free) = piece.get_mut(filled..).filter(|free| !free.is_empty()) {
        match part.read(free) {
            Ok(0) => break,
            Ok(read) => filled = filled.saturating_add(read),
            Err(cause) if cause.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
    piece.truncate(filled);
    Some(filled > before)
}

/// Steps into the table; `None` where its head is not plain.
fn enter(text: &str) -> Option<&str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rest = text;
    if let Some(declaration) = text.strip_prefix("<?xml ") {
        let (declaration, behind) = declaration.split_once("?>")?;
        let declared =
            declaration.split_once("encoding=").map(|(_, name)| name.get(1..6).unwrap_or_default());
        if declared.is_some_and(|name| !name.eq_ignore_ascii_case("utf-8")) {
            return None;
        }
        rest = behind.trim_ascii_start();
    }
    let (tag, behind) = rest.strip_prefix("<sst")?.split_once('>')?;
    let plain = tag.starts_with([' ', '\r', '\n', '\t']) || tag.is_empty();
    (plain && !tag.ends_with('/') && !tag.contains('<')).then_some(behind)
}

/// Takes the strings of a piece; what follows them.
fn items<'t>(text: &'t str, strings: &mut Strings) -> Result<std::result::Result<&'t str, Unusual>> {
    let mut rest = text.trim_ascii_start();
    while let Some(item) = rest.strip_prefix("<si>") {
        if let Some((raw, preserve, behind)) = plain(item) {
            strings.push_piece(raw, preserve)?;
            strings.end()?;
            rest = behind;
        } else if let Some(behind) = runs(item, strings)? {
            rest = behind;
        } else {
            let Some(odd) = odd(rest) else { return Ok(Err(Unusual)) };
            let whole = b"<sst>".chain(odd.as_bytes()).chain(&b"</sst>"[..]);
            // What hides tags cannot be cut at one.
            if odd.contains("<!") || strings.append(whole).is_err() {
                return Ok(Err(Unusual));
            }
            rest = rest.get(odd.len()..).unwrap_or_default();
        }
        if !rest.starts_with('<') {
            rest = rest.trim_ascii_start();
        }
    }
    Ok(Ok(rest))
}

/// The strings at the beginning that are not of one piece: a program that writes rich text writes much of it. `None` where one
/// does not end.
fn odd(text: &str) -> Option<&str> {
    let mut rest = text;
    while let Some(item) = rest.strip_prefix("<si>").filter(|item| plain(item).is_none()) {
        rest = item.split_once("</si>")?.1;
    }
    text.get(..text.len().checked_sub(rest.len())?)
}

/// Adds the string of runs at the beginning, as programs write it that give each script a font of its own, and gives what
/// follows it; `None`, and nothing added, where it is not wholly plain.
fn runs<'t>(item: &'t str, strings: &mut Strings) -> Result<Option<&'t str>> {
    let begun = strings.begun();
    let mut rest = item;
    while let Some(run) = rest.strip_prefix("<r>") {
        let Some((raw, preserve, behind)) = run_text(run) else {
            strings.drop_from(begun);
            return Ok(None);
        };
        strings.push_piece(raw, preserve)?;
        rest = behind;
    }
    match rest.strip_prefix("</si>") {
        Some(behind) if rest.len() < item.len() => strings.end().map(|()| Some(behind)),
        _ => {
            strings.drop_from(begun);
            Ok(None)
        }
    }
}

/// The text of a run, whether its spaces count, and what follows the run; `None` where part of it may be struck out.
fn run_text(run: &str) -> Option<(&str, bool, &str)> {
    let text = match run.strip_prefix("<rPr>") {
        Some(properties) => {
            let (properties, behind) =
                properties.split_at_checked(memmem::find(properties.as_bytes(), b"</rPr>")?)?;
            let odd = properties.contains("strike") || properties.contains("<!") || properties.contains("<t");
            behind.strip_prefix("</rPr>").filter(|_| !odd)?
        }
        None => run,
    };
    let (raw, preserve, behind) = content(text)?;
    Some((raw, preserve, behind.strip_prefix("</r>")?))
}

/// The text of a string of one piece, whether its spaces count, and what follows it.
fn plain(item: &str) -> Option<(&str, bool, &str)> {
    let (raw, preserve, behind) = content(item)?;
    // Chinese editions of Excel say of every string how it would be pronounced: not at all.
    let behind = match behind.strip_prefix("<phoneticPr ") {
        Some(tag) => tag.split_once("/>").filter(|(tag, _)| !tag.contains(['<', '>']))?.1,
        None => behind,
    };
    Some((raw, preserve, behind.strip_prefix("</si>")?))
}

/// What a text element at the beginning holds, whether its spaces count, and what follows it.
fn content(text: &str) -> Option<(&str, bool, &str)> {
    let (preserve, inner) = match text.strip_prefix("<t>") {
        Some(inner) => (false, inner),
        None => (true, text.strip_prefix("<t xml:space=\"preserve\">")?),
    };
    let (raw, behind) = inner.split_at_checked(memchr::memchr(b'<', inner.as_bytes())?)?;
    Some((raw, preserve, behind.strip_prefix("</t>")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Read = Option<Vec<(String, bool)>>;

    /// Both readers' strings, each with whether a part of it is struck out; `None` for what the fast one leaves to the other.
    fn both(part: &str) -> (Read, Read) {
        let all = |strings: Strings| {
            (0..).map_while(|at| Some((strings.get(at)?.to_owned(), strings.is_struck(at)))).collect()
        };
        (read(part.as_bytes()).unwrap().ok().map(all), Strings::read(part.as_bytes()).ok().map(all))
    }

    #[test]
    fn both_readers_read_the_same() {
        let long = format!("<si><t>{}</t></si>", "绩效".repeat(PIECE));
        let many = "<si><t>付养护工程款</t></si>\n<si><t xml:space=\"preserve\"> 甲 </t></si>".repeat(20_000);
        for items in [
            "",
            "<si><t>a</t></si>",
            " <si><t> a </t></si>\r\n<si><t xml:space=\"preserve\"> a </t></si>",
            "<si><t>a&amp;b&#10;_x000D_</t></si><si><t>a\rb</t></si>",
            "<si><r><t>甲</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> 乙</t></r></si><si><t>c</t></si>",
            "<si><r><t>甲 </t></r><r><rPr><sz val=\"9\"/></rPr><t>&amp;_x4e00_</t></r></si><si><r><t>a</t></r><phoneticPr/></si>",
            "<si><r><t>1</t></r><r><rPr><strike/></rPr><t>2</t></r></si><si><r><t>b</t></r><r></r></si><si><r><t>c</t></r></si>",
            "<si><t>付款</t><rPh sb=\"0\" eb=\"1\"><t>fu</t></rPh><phoneticPr fontId=\"1\"/></si>",
            "<si><t>付款</t><phoneticPr fontId=\"1\" type=\"noConversion\"/></si><si><t>b</t><phoneticPr></phoneticPr></si>",
            "<si></si><si><t></t></si><si><t/></si>",
            &long,
            &many,
        ] {
            for head in ["", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n", "\u{feff}"]
            {
                let (fast, general) = both(&format!("{head}<sst count=\"1\">{items}</sst>\n"));
                assert!(fast.is_some(), "{items:.200}");
                assert!(fast == general, "{items:.200}");
            }
        }
    }

    #[test]
    fn what_is_odd_is_left_to_the_other_reader() {
        for part in [
            "<x:sst><x:si><x:t>a</x:t></x:si></x:sst>",
            "<sst><si/><si><t>a</t></si></sst>",
            "<sst><si><t><![CDATA[</si>]]></t></si></sst>",
            "<sst><!-- <si><t>a</t></si> --><si><t>b</t></si></sst>",
            "<sst><si><t>a & b</t></si></sst>",
            "<sst><si><t>a</t></si>",
            "<sst><si><t>a</t></si></sst><more/>",
            "<?xml version=\"1.0\" encoding=\"GBK\"?><sst><si><t>a</t></si></sst>",
            "<sst><si><r><t>a</r></si></sst>",
            "<sst><si><t>a</t></si><extLst><ext/></extLst></sst>",
            "<sst/>",
        ] {
            assert_eq!(both(part).0, None, "{part}");
        }
    }
}
