//! A new cell format made from a cell's own and what changes in it.

use super::{Styles, XF, first_tag, reprefix};
use crate::package::xml::{Doc, Splices, Tag, apply};
use crate::xlsx::edits::{Horizontal, Rgb, StylePatch};
use crate::xlsx::refusal::RefusalReason;

impl Styles {
    /// The index of the style that `patch` makes of style `base`.
    pub(crate) fn patch(&mut self, base: u32, patch: &StylePatch) -> Result<u32, RefusalReason> {
        let key = (base, patch.clone());
        if let Some(index) = self.patched.get(&key) {
            return Ok(*index);
        }
        let xf = self.xfs.get(base).map_or_else(|| reprefix(XF.as_bytes(), &self.prefix), <[u8]>::to_vec);
        let tag = first_tag(&xf);
        let mut head = tag.0.to_vec();
        let mut set = |name: &str, value: &str| head = Tag(&head).with(name, Some(value));
        if let Some(fill) = patch.fill {
            let index = self.fills.add(reprefix(solid(fill).as_bytes(), &self.prefix));
            set("fillId", &index.to_string());
            set("applyFill", "1");
        }
        if patch.font_half_points.is_some() || patch.font_color.is_some() {
            let font = self.fonts.get(tag.number("fontId").unwrap_or(0)).map(<[u8]>::to_vec);
            let font = font.unwrap_or_else(|| reprefix(super::FONT.as_bytes(), &self.prefix));
            let index = self.fonts.add(restyle_font(&font, patch, &self.prefix)?);
            set("fontId", &index.to_string());
            set("applyFont", "1");
        }
        if let Some(code) = &patch.number_format {
            let id = self.format(code);
            set("numFmtId", &id.to_string());
            set("applyNumberFormat", "1");
        }
        let aligned = patch.wrap.is_some() || patch.horizontal.is_some();
        if aligned {
            set("applyAlignment", "1");
        }
        let rest = xf.get(tag.0.len()..).unwrap_or_default();
        let mut whole = [head.as_slice(), rest].concat();
        if aligned {
            whole = align(&whole, patch, &self.prefix)?;
        }
        let index = self.add_xf(whole)?;
        self.patched.insert(key, index);
        Ok(index)
    }
}

fn argb(Rgb(red, green, blue): Rgb) -> String {
    format!("FF{red:02X}{green:02X}{blue:02X}")
}

fn solid(color: Rgb) -> String {
    format!(
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"{}\"/><bgColor indexed=\"64\"/></patternFill></fill>",
        argb(color)
    )
}

fn unreadable(_: impl std::fmt::Debug) -> RefusalReason {
    RefusalReason::Unreadable("样式表有误".to_owned())
}

fn splice(bytes: &[u8], mut splices: Splices) -> Result<Vec<u8>, RefusalReason> {
    splices.sort_and_check();
    let mut out = Vec::with_capacity(bytes.len());
    let mut source = bytes;
    apply(&mut source, &splices, &mut out).map_err(unreadable)?;
    Ok(out)
}

/// The font with another size or colour.
fn restyle_font(font: &[u8], patch: &StylePatch, prefix: &str) -> Result<Vec<u8>, RefusalReason> {
    let doc = Doc::parse(font.to_vec()).map_err(unreadable)?;
    let mut splices = Splices::default();
    let mut missing = String::new();
    let mut put = |name: &str, element: String| match doc.child(doc.root(), name) {
        Some(old) => splices.replace(doc.range(old), element),
        None => missing.push_str(&element),
    };
    if let Some(half_points) = patch.font_half_points {
        let whole = half_points.checked_div(2).unwrap_or(0);
        let half = if half_points.is_multiple_of(2) { "" } else { ".5" };
        put("sz", format!("<{prefix}sz val=\"{whole}{half}\"/>"));
    }
    if let Some(color) = patch.font_color {
        put("color", format!("<{prefix}color rgb=\"{}\"/>", argb(color)));
    }
    if !missing.is_empty() {
        // Size and colour stand before the font's name.
        let name = doc.child(doc.root(), "name");
        match name {
            Some(name) => splices.insert(doc.range(name).start, missing),
            None => crate::package::rels::append(&doc, doc.root(), missing.as_bytes(), &mut splices),
        }
    }
    splice(font, splices)
}

/// The cell format with another alignment.
fn align(xf: &[u8], patch: &StylePatch, prefix: &str) -> Result<Vec<u8>, RefusalReason> {
    let doc = Doc::parse(xf.to_vec()).map_err(unreadable)?;
    let mut splices = Splices::default();
    let existing = doc.child(doc.root(), "alignment");
    let mut tag =
        existing.map_or_else(|| format!("<{prefix}alignment/>").into_bytes(), |a| doc.tag(a).0.to_vec());
    if let Some(wrap) = patch.wrap {
        tag = Tag(&tag).with("wrapText", Some(if wrap { "1" } else { "0" }));
    }
    if let Some(horizontal) = patch.horizontal {
        let value = match horizontal {
            Horizontal::Left => "left",
            Horizontal::Center => "center",
            Horizontal::Right => "right",
        };
        tag = Tag(&tag).with("horizontal", Some(value));
    }
    match existing {
        Some(alignment) => splices.replace(doc.open_range(alignment), tag),
        None if doc.tag(doc.root()).is_empty() => {
            crate::package::rels::append(&doc, doc.root(), &tag, &mut splices);
        }
        // It stands before all else in a cell format.
        None => splices.insert(doc.open_range(doc.root()).end, tag),
    }
    splice(xf, splices)
}
