//! A grafted worksheet: strings inline, styles as the host numbers them, no tab selected.

use super::translate_tag;
use crate::base::Result;
use crate::package::dialect::Dialect;
use crate::package::fault::damaged;
use crate::package::xml::{Scanner, Tag, TokenKind, parse_number};
use crate::xlsx::styles::StyleMap;

/// Rewrites the part for its host.
pub(super) fn convert(
    bytes: &[u8],
    strings: &[Vec<u8>],
    styles: &StyleMap,
    dialect: Dialect,
) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len().saturating_mul(2));
    let mut scanner = Scanner::new(bytes);
    // Inside `<v>` of a cell that holds a shared string: its index.
    let mut shared = false;
    let mut index: Option<Vec<u8>> = None;
    while let Some(token) = scanner.next()? {
        let tag = Tag(token.bytes);
        match token.kind {
            TokenKind::Open | TokenKind::Empty => {
                if tag.local() == b"v" && shared {
                    index = Some(Vec::new());
                    continue;
                }
                if tag.local() == b"c" {
                    shared = tag.raw(b"t") == Some(b"s");
                }
                restyle(tag, styles, dialect, &mut out);
            }
            TokenKind::Text => match &mut index {
                Some(digits) => digits.extend(token.bytes),
                None => out.extend(token.bytes),
            },
            TokenKind::Close => match index.take() {
                Some(digits) => {
                    let at = parse_number(&digits).and_then(|n| usize::try_from(n).ok());
                    let string = at.and_then(|n| strings.get(n));
                    out.extend(b"<is>");
                    out.extend(string.ok_or_else(|| damaged("共享字符串缺失"))?);
                    out.extend(b"</is>");
                }
                None => out.extend(token.bytes),
            },
            TokenKind::Other => out.extend(token.bytes),
        }
    }
    Ok(out)
}

/// Writes a tag as the host needs it.
fn restyle(tag: Tag<'_>, styles: &StyleMap, dialect: Dialect, out: &mut Vec<u8>) {
    let mapped = |name: &str, map: &[u32]| {
        let old = tag.number(name)?;
        let new = usize::try_from(old).ok().and_then(|n| map.get(n)).copied().unwrap_or(0);
        (new != old).then(|| tag.with(name, Some(&new.to_string())))
    };
    let changed = match tag.local() {
        b"c" => {
            let renumbered = mapped("s", &styles.xfs);
            match tag.raw(b"t") {
                Some(b"s") => Some(Tag(renumbered.as_deref().unwrap_or(tag.0)).with("t", Some("inlineStr"))),
                _ => renumbered,
            }
        }
        b"row" => mapped("s", &styles.xfs),
        b"col" => mapped("style", &styles.xfs),
        b"cfRule" => mapped("dxfId", &styles.dxfs),
        b"sheetView" => Some(tag.with("tabSelected", None)),
        b"worksheet" => Some(translate_tag(tag, dialect)),
        _ => None,
    };
    out.extend_from_slice(changed.as_deref().unwrap_or(tag.0));
}
