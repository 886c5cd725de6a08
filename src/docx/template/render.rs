//! A part filled: what stands where in its bytes. Values are escaped and written once; nothing that came out of a value is
//! looked at again.

mod words;

use std::ops::Range;

use super::check::ANY;
use super::emptied;
use super::plan::{Block, Item, Passage};
use super::texts::applied;
use crate::docx::digest::digest;
use crate::docx::open::Story;
use crate::docx::passage::PASSAGE;
use crate::docx::tree::{Kind, Tree};
use crate::docx::value::{Scope, Value};

/// Bytes in the place of others.
pub(super) type Edit = (Range<u64>, Vec<u8>);

/// Copies that all loops of a part make together; a list in a list in a list grows fast.
const MAX_COPIES: usize = 100_000;
/// Bytes that they make.
const MAX_MADE: usize = 64 * 1024 * 1024;

/// The values at a place: those of the loops around it, the innermost first.
#[derive(Clone, Copy)]
struct Env<'e> {
    scope: &'e Scope,
    /// The values of the copy before, in a loop.
    before: Option<&'e Scope>,
    outer: Option<&'e Env<'e>>,
}

impl<'e> Env<'e> {
    fn get(&self, name: &str) -> Option<&'e Value> {
        self.scope.get(name).or_else(|| self.outer?.get(name))
    }

    /// What the copy before said of a name of the innermost loop.
    fn before(&self, name: &str) -> Option<&'e Value> {
        self.before?.get(name)
    }
}

/// A passage as it was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// What it is called.
    pub(crate) id: String,
    /// The digest of what it says.
    pub(crate) digest: String,
    /// The content of its control.
    pub(crate) content: Vec<u8>,
}

/// Fills a part.
pub(super) struct Renderer<'t> {
    story: &'t Story,
    tree: &'t Tree,
    /// What is left open for a person.
    pub(super) gaps: Vec<String>,
    /// The passages.
    pub(super) passages: Vec<Said>,
    /// Whether more was to be made than any report has.
    pub(super) too_much: bool,
    /// A name that the data should have and has not.
    pub(super) missing: Option<String>,
    copies: usize,
    made: usize,
    /// The next number of a drawing in a copy.
    drawing: u32,
}

impl<'t> Renderer<'t> {
    pub(super) fn new(story: &'t Story) -> Self {
        Self {
            story,
            tree: &story.tree,
            gaps: Vec::new(),
            passages: Vec::new(),
            too_much: false,
            missing: None,
            copies: 0,
            made: 0,
            drawing: 900_000,
        }
    }

    /// The edits of the whole part.
    pub(super) fn part(&mut self, items: &[Item], data: &Scope) -> Vec<Edit> {
        self.edits(items, Env { scope: data, before: None, outer: None }, false)
    }

    /// The edits of some items; `again` in a copy of a loop behind the first.
    fn edits(&mut self, items: &[Item], env: Env<'_>, again: bool) -> Vec<Edit> {
        let mut edits = Vec::new();
        for item in items {
            match item {
                Item::Paragraph(paragraph, roles) => self.paragraph(paragraph, roles, env, &mut edits),
                Item::Control(control) => self.control(control, env, &mut edits),
                Item::Block(block) => {
                    let made = self.block(block, env, again);
                    edits.push((block.whole.clone(), made));
                }
                Item::Passage(passage) => self.passage(passage, env, again, &mut edits),
            }
        }
        emptied::tables(self.tree, items, &mut edits);
        edits
    }

    /// What the elements of a name's value are, and whether it has any: a list's own, of anything else one or none.
    fn elements<'e>(&mut self, env: &Env<'e>, name: &str, negated: bool) -> Vec<Option<&'e Scope>> {
        let any = || name.strip_prefix(ANY).and_then(|list| env.get(list)).map(|list| (list, true));
        let value = env.get(name).map(|value| (value, false)).or_else(any);
        let shown = match value.map(|(value, _)| value) {
            Some(Value::List(list)) if !negated && value.is_some_and(|(_, any)| !any) => {
                return list.iter().map(Some).collect();
            }
            Some(Value::List(list)) => !list.is_empty(),
            Some(Value::Text(text)) => !text.is_empty(),
            Some(Value::Flag(flag)) => *flag,
            Some(Value::Gap(_)) => false,
            None => {
                self.missing = Some(name.to_owned());
                false
            }
        };
        if shown == negated { Vec::new() } else { vec![None] }
    }

    fn block(&mut self, block: &Block, env: Env<'_>, again: bool) -> Vec<u8> {
        let elements = self.elements(&env, &block.name, block.negated);
        let mut out = Vec::new();
        let mut before = None;
        for (number, element) in elements.iter().enumerate() {
            self.copies = self.copies.saturating_add(1);
            if self.copies > MAX_COPIES || self.made > MAX_MADE {
                self.too_much = true;
                return Vec::new();
            }
            let inner = match element {
                Some(scope) => Env { scope, before, outer: Some(&env) },
                None => env,
            };
            let again = again || number > 0;
            let mut edits = self.edits(&block.items, inner, again);
            if again {
                self.make_own(block, &mut edits);
            }
            let made = applied(self.tree, &block.body, edits);
            self.made = self.made.saturating_add(made.len());
            out.extend(made);
            before = *element;
        }
        if !out.is_empty()
            && let Some((head, tail)) = &block.around
        {
            out = [self.tree.bytes(head), out.as_slice(), self.tree.bytes(tail)].concat();
        }
        if block.keeps_paragraph && self.needs_paragraph(block, &out) {
            out.extend(format!("<{}p/>", self.tree.prefix()).into_bytes());
        }
        out
    }

    /// Whether what a block stands in would be left without a paragraph at its end.
    fn needs_paragraph(&self, block: &Block, made: &[u8]) -> bool {
        let inside = self.tree.around(block.place).map(|at| (at, self.tree.kind(at)));
        let holder = inside.into_iter().find(|(at, _)| {
            let range = self.tree.range(*at);
            range.start < block.whole.start && block.whole.end < range.end
        });
        let Some((holder, kind)) = holder else { return false };
        let holds =
            matches!(kind, Kind::Cell | Kind::TextBox | Kind::Note) || self.tree.parent(holder).is_none();
        let paragraph = format!("</{}p>", self.tree.prefix());
        holds && !made.ends_with(paragraph.as_bytes())
    }

    /// In a second copy of a place, what may be in a document only once is taken out or gets a number of its own.
    fn make_own(&mut self, block: &Block, edits: &mut Vec<Edit>) {
        let tree = self.tree;
        for at in tree.within(&block.body) {
            let range = tree.range(at);
            // What a block inside makes has seen to that itself.
            if edits.iter().any(|(other, _)| other.start <= range.start && range.end <= other.end) {
                continue;
            }
            let tag = tree.tag(at);
            let of_control = tree.parent(at).is_some_and(|at| tree.kind(at) == Kind::ControlProperties);
            if tree.kind(at) == Kind::Bookmark || (of_control && tag.local() == b"id") {
                edits.push((range, Vec::new()));
            } else if tag.local() == b"docPr" && tag.raw(b"id").is_some() {
                self.drawing = self.drawing.saturating_add(1);
                edits.push((tree.open(at), tag.with("id", Some(&self.drawing.to_string()))));
            } else if tag.raw(b"w14:paraId").is_some() {
                let without = tag.with("w14:paraId", None);
                let without = crate::package::Tag(&without).with("w14:textId", None);
                edits.push((tree.open(at), without));
            }
        }
    }

    /// A passage with the digest of what it says in its tag.
    fn passage(&mut self, passage: &Passage, env: Env<'_>, again: bool, edits: &mut Vec<Edit>) {
        let inner = self.edits(&passage.items, env, again);
        let content = applied(self.tree, &passage.content, inner);
        let digest = digest(&content);
        let id = self.own_id(named(&passage.id, env));
        let value = format!("{PASSAGE}{id}:{digest}");
        let name = format!("{}val", self.tree.prefix());
        let tag = crate::package::Tag(self.tree.bytes(&passage.tag)).with(&name, Some(&value));
        edits.push((passage.tag.clone(), tag));
        edits.push((passage.content.clone(), content.clone()));
        self.passages.push(Said { id, digest, content });
    }

    /// A name that no passage before has: of indicators of one name each has a passage.
    fn own_id(&self, id: String) -> String {
        let taken = |id: &str| self.passages.iter().any(|said| said.id == id);
        let numbered = (2_u32..).map(|number| format!("{id}~{number}"));
        std::iter::once(id.clone())
            .chain(numbered.take(self.passages.len()))
            .find(|id| !taken(id))
            .unwrap_or(id)
    }

    /// The words of a value.
    fn words(&mut self, name: &str, value: Option<&Value>) -> String {
        match value {
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Gap(what)) => {
                self.gaps.push(what.clone());
                format!("〔待填写：{what}〕")
            }
            // The names were checked: only the data can lack one.
            Some(Value::Flag(_) | Value::List(_)) | None => {
                self.missing = Some(name.to_owned());
                String::new()
            }
        }
    }
}

/// The name of a passage with the values of the names in it, as long as a tag can hold.
fn named(id: &str, env: Env<'_>) -> String {
    const LONGEST: usize = 36;
    let mut out = String::new();
    let mut rest = id;
    while let Some((before, after)) = rest.split_once("{{") {
        out.push_str(before);
        let (name, behind) = after.split_once("}}").unwrap_or((after, ""));
        if let Some(Value::Text(text)) = env.get(name.trim()) {
            out.push_str(text);
        }
        rest = behind;
    }
    out.push_str(rest);
    // A colon stands before the digest.
    out.chars().filter(|sign| *sign != ':').take(LONGEST).collect()
}
