//! Faults as annotated source lines: where, what, and the nearest valid word.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::toml_read::MappingFault;

/// Faults that are shown; nobody reads more, and each is looked for from the beginning of its file.
const SHOWN: usize = 100;

/// The faults, one after another, as a person reads them.
pub fn render(faults: &[MappingFault], colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut blocks: Vec<String> = faults.iter().take(SHOWN).map(|fault| one(fault, &renderer)).collect();
    let more = faults.len().saturating_sub(SHOWN);
    if more > 0 {
        blocks.push(format!("另有 {more} 处错误没有列出，请先改正以上各处。"));
    }
    blocks.join("\n\n")
}

fn one(fault: &MappingFault, renderer: &Renderer) -> String {
    let snippet = Snippet::source(fault.source.as_ref())
        .path(fault.file.as_str())
        .annotation(AnnotationKind::Primary.span(whole(fault)));
    let title = Level::ERROR.with_name("错误").primary_title(fault.message.as_str());
    let mut report = vec![title.element(snippet)];
    if !fault.hint.is_empty() {
        report.push(Group::with_title(Level::HELP.with_name("提示").secondary_title(fault.hint.as_str())));
    }
    renderer.render(&report)
}

/// The fault's span within the text and on whole characters.
fn whole(fault: &MappingFault) -> std::ops::Range<usize> {
    let text = fault.source.as_ref();
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = floor(fault.span.start);
    // A table's span may reach over its lines; its first line says enough.
    let end = floor(fault.span.end.max(start));
    let line_end =
        text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| start.saturating_add(at));
    start..end.min(line_end)
}
