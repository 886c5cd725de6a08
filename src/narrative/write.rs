//! A report written: filled once to see what is left open, and once more with what that makes of it.

use std::io::{Read, Seek, Write};

use super::{About, Draft, fields, schema};
use crate::base::Result;
use crate::docx::{Earlier, Template, Updates};

/// A report that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Whether it is a draft, and why.
    pub draft: Draft,
    /// What a person has to fill in.
    pub gaps: Vec<String>,
    /// What became of the report before, where there is one.
    pub updates: Updates,
}

/// Reads a template and finds all that is wrong with it, without a case; whether it has anything to fill.
pub fn check_template<R: Read + Seek>(template: R) -> Result<bool> {
    Template::open(template, schema()).map(|template| template.asks())
}

/// The mark of a draft, where it is one.
fn mark(draft: Draft) -> Option<String> {
    draft.is_draft().then(|| draft.words())
}

/// Writes the report of a case into its template.
pub fn write<R, W>(of: &About<'_>, template: R, out: &mut W) -> Result<Written>
where
    R: Read + Seek,
    W: Read + Write + Seek,
{
    let mut template = Template::open(template, schema())?;
    let (mut scope, draft) = fields(of);
    let gaps = template.fill(&scope)?.gaps;
    let draft = Draft { gaps: gaps.len(), ..draft };
    draft.mark(&mut scope);
    let filled = template.fill(&scope)?;
    template.write(&filled, mark(draft).as_deref(), out)?;
    Ok(Written { draft, gaps, updates: Updates::default() })
}

/// Brings a report that was written before up to date: what a person wrote in it stays.
pub fn update<R, E, W>(of: &About<'_>, template: R, earlier: E, out: &mut W) -> Result<Written>
where
    R: Read + Seek,
    E: Read + Seek,
    W: Read + Write + Seek,
{
    let template = Template::open(template, schema())?;
    let mut earlier = Earlier::open(earlier, schema())?;
    let (mut scope, draft) = fields(of);
    let (_, _, gaps) = earlier.update(&template.fill(&scope)?, &scope, "");
    let draft = Draft { gaps, ..draft };
    draft.mark(&mut scope);
    let now = template.fill(&scope)?;
    let (filled, updates, _) = earlier.update(&now, &scope, &draft.words());
    earlier.write(&filled, mark(draft).as_deref(), out)?;
    Ok(Written { draft, gaps: Vec::new(), updates })
}
