//! The words of a paragraph and of a content control, filled.

use std::ops::Range;

use super::{Edit, Env, Renderer};
use crate::docx::template::check::between;
use crate::docx::template::plan::{Control, Role};
use crate::docx::template::texts::Texts;
use crate::docx::template::token::{Paragraph, What};
use crate::docx::tree::Kind;
use crate::docx::value::Value;
use crate::package::xml::escape_text;

impl Renderer<'_> {
    pub(super) fn control(&mut self, control: &Control, env: Env<'_>, edits: &mut Vec<Edit>) {
        let words = self.words(&control.name, env.get(&control.name));
        let tree = self.tree;
        let mut first = true;
        for at in tree.inside(control.node) {
            match tree.kind(at) {
                Kind::Text => {
                    let words = if std::mem::take(&mut first) { words.as_str() } else { "" };
                    edits.push((tree.range(at), self.text(words)));
                }
                // What was only to be typed over is no placeholder any more.
                Kind::Other if tree.tag(at).local() == b"showingPlcHdr" => {
                    edits.push((tree.range(at), Vec::new()));
                }
                Kind::Other
                    if tree.tag(at).local() == b"rStyle"
                        && tree.value(at, "val").is_some_and(|style| style.starts_with("Placeholder")) =>
                {
                    edits.push((tree.range(at), Vec::new()));
                }
                _ => {}
            }
        }
    }

    /// The edits of the text elements of a paragraph.
    pub(super) fn paragraph(
        &mut self,
        paragraph: &Paragraph,
        roles: &[Role],
        env: Env<'_>,
        edits: &mut Vec<Edit>,
    ) {
        let mut out = Texts {
            pieces: vec![String::new(); paragraph.pieces.len()],
            touched: Vec::new(),
            gone: Vec::new(),
        };
        let all = 0..paragraph.tokens.len();
        self.segment(paragraph, roles, all, 0..paragraph.text.len(), env, None, &mut out);
        for (number, piece) in paragraph.pieces.iter().enumerate() {
            let Some(text) = out.pieces.get(number).filter(|_| out.touched.contains(&number)) else {
                continue;
            };
            edits.push((self.tree.range(piece.node), self.text(text)));
        }
        edits.extend(out.gone.iter().map(|at| (self.tree.range(*at), Vec::new())));
        for token in &paragraph.tokens {
            if let What::Merged(name) = &token.what {
                self.merged(
                    paragraph.node,
                    env.get(name).is_some() && env.get(name) == env.before(name),
                    edits,
                );
            }
        }
    }

    /// Writes a stretch of a paragraph's text; all of it into one text element where it is `into` that one.
    #[expect(
        clippy::too_many_arguments,
        reason = "a stretch is its placeholders and its text, with what stands around it"
    )]
    fn segment(
        &mut self,
        paragraph: &Paragraph,
        roles: &[Role],
        tokens: Range<usize>,
        text: Range<usize>,
        env: Env<'_>,
        into: Option<usize>,
        out: &mut Texts,
    ) {
        let mut at = text.start;
        let mut number = tokens.start;
        while number < tokens.end {
            let Some(token) = paragraph.tokens.get(number) else { break };
            out.copy(paragraph, at..token.at.start, into);
            at = token.at.end;
            out.touch(paragraph, token.at.clone());
            let target = into.or_else(|| paragraph.piece_at(token.at.start));
            match (&token.what, roles.get(number)) {
                (What::Slot(name), _) => {
                    let words = self.words(name, env.get(name));
                    out.push(target, &words);
                }
                (What::Gap(what), _) => {
                    let words = self.words(what, Some(&Value::Gap(what.clone())));
                    out.push(target, &words);
                }
                (What::Merged(name), _) if env.get(name) != env.before(name) => {
                    let words = self.words(name, env.get(name));
                    out.push(target, &words);
                }
                (What::Open { name, negated }, Some(Role::Opens(close))) => {
                    let Some(end) = paragraph.tokens.get(*close) else { break };
                    let elements = self.elements(&env, name, *negated);
                    let (tokens, text) = (number.saturating_add(1)..*close, token.at.end..end.at.start);
                    let mut before = None;
                    for element in &elements {
                        let (inner, into) = match element {
                            Some(scope) => (Env { scope, before, outer: Some(&env) }, target),
                            None => (env, into),
                        };
                        self.segment(paragraph, roles, tokens.clone(), text.clone(), inner, into, out);
                        before = *element;
                    }
                    out.touch(paragraph, text);
                    if elements.is_empty() {
                        out.gone.extend(between(self.story, paragraph, number, *close));
                    }
                    out.touch(paragraph, end.at.clone());
                    (at, number) = (end.at.end, *close);
                }
                _ => {}
            }
            number = number.saturating_add(1);
        }
        out.copy(paragraph, at..text.end, into);
    }

    /// Makes the cell of a paragraph one with the cell above it, or the first of such.
    fn merged(&self, paragraph: usize, with_above: bool, edits: &mut Vec<Edit>) {
        let tree = self.tree;
        let Some(cell) = tree.around(paragraph).find(|at| tree.kind(*at) == Kind::Cell) else { return };
        let prefix = tree.prefix();
        let value = if with_above { String::new() } else { format!(" {prefix}val=\"restart\"") };
        let merge = format!("<{prefix}vMerge{value}/>");
        let Some(properties) = tree.child(cell, Kind::Properties) else {
            let at = tree.open(cell).end;
            edits.push((at..at, format!("<{prefix}tcPr>{merge}</{prefix}tcPr>").into_bytes()));
            return;
        };
        if let Some(have) = tree.named(properties, "vMerge") {
            edits.push((tree.range(have), merge.into_bytes()));
            return;
        }
        // Its place among the properties of a cell is behind these.
        let before: [&[u8]; 4] = [b"cnfStyle", b"tcW", b"gridSpan", b"hMerge"];
        let last = tree.children(properties).filter(|at| before.contains(&tree.tag(*at).local())).last();
        let at = last.map_or_else(|| tree.open(properties).end, |at| tree.range(at).end);
        edits.push((at..at, merge.into_bytes()));
    }

    /// A text element.
    pub(super) fn text(&self, words: &str) -> Vec<u8> {
        let prefix = self.tree.prefix();
        let lines: Vec<String> = words
            .split('\n')
            .map(|line| {
                format!(
                    "<{prefix}t xml:space=\"preserve\">{}</{prefix}t>",
                    escape_text(&line.replace('\t', " "))
                )
            })
            .collect();
        lines.join(&format!("<{prefix}br/>")).into_bytes()
    }
}
