//! A report written: filled once to see what is left open, and once more with what that makes of it.

use std::io::{Read, Seek, Write};

use super::{About, Draft, fields, schema};
use crate::base::Result;
use crate::docx::Template;

/// A report that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Whether it is a draft, and why.
    pub draft: Draft,
    /// What a person has to fill in.
    pub gaps: Vec<String>,
}

/// Reads a template and finds all that is wrong with it, without a case.
pub fn check_template<R: Read + Seek>(template: R) -> Result<()> {
    Template::open(template, schema()).map(drop)
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
    template.write(&filled, out)?;
    Ok(Written { draft, gaps })
}
