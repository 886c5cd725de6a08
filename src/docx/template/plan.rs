//! What is to be filled in a part, taken apart once: paragraphs with placeholders, blocks that are repeated or left out,
//! controls with a name.

use std::cmp::Reverse;
use std::ops::Range;

use super::token::{Paragraph, What};
use crate::docx::open::Story;
use crate::docx::passage::PASSAGE;
use crate::docx::place::Place;
use crate::docx::tree::{Kind, Tree};
use crate::docx::value::Schema;

/// What is wrong in a template, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Fault {
    /// The paragraph.
    pub(crate) place: Place,
    /// What is wrong with it.
    pub(crate) words: String,
}

/// Something to fill.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Paragraph(Paragraph, Vec<Role>),
    Block(Block),
    Control(Control),
    Passage(Passage),
}

/// A passage of ours that a person may write over: what stood there is known by a digest in its tag.
#[derive(Debug, Clone)]
pub(super) struct Passage {
    pub(super) id: String,
    /// The paragraph to point to.
    pub(super) place: usize,
    /// The control.
    pub(super) whole: Range<u64>,
    /// Its `w:tag`.
    pub(super) tag: Range<u64>,
    /// What stands in it.
    pub(super) content: Range<u64>,
    pub(super) items: Vec<Item>,
}

/// What becomes of a placeholder in its paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It is filled.
    Filled,
    /// It opens what ends in the same paragraph, at the token of this number.
    Opens(usize),
    /// It ends that.
    Closes,
    /// It marks a block of rows: nothing stands there.
    Dropped,
}

/// A part that is repeated or left out.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) name: String,
    pub(super) negated: bool,
    /// What it takes the place of.
    pub(super) whole: Range<u64>,
    /// What is repeated.
    pub(super) body: Range<u64>,
    /// A cell or a text box that must not end up without a paragraph.
    pub(super) keeps_paragraph: bool,
    /// What stands around the copies where there are any: the control that they stand in.
    pub(super) around: Option<(Range<u64>, Range<u64>)>,
    /// The paragraph to point to.
    pub(super) place: usize,
    pub(super) items: Vec<Item>,
}

/// A content control with a name.
#[derive(Debug, Clone)]
pub(super) struct Control {
    pub(super) node: usize,
    pub(super) name: String,
    pub(super) place: usize,
}

impl Item {
    /// Where it begins and ends.
    fn range(&self, tree: &Tree) -> Range<u64> {
        match self {
            Self::Paragraph(paragraph, _) => tree.range(paragraph.node),
            Self::Block(block) => block.whole.clone(),
            Self::Control(control) => tree.range(control.node),
            Self::Passage(passage) => passage.whole.clone(),
        }
    }
}

/// How the tag of a control begins whose content is filled.
pub(crate) const CONTROL: &str = "绩效:";
/// The same where it is shown only if there is nothing of the name.
const CONTROL_NONE: &str = "绩效^:";

/// Blocks in one another.
const MAX_NESTED: usize = 20;

/// A placeholder: its paragraph and its number there.
type At = (usize, usize);

/// Takes a part apart.
pub(super) fn plan(story: &Story, schema: &Schema, faults: &mut Vec<Fault>) -> Vec<Item> {
    let tree = &story.tree;
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for node in tree.paragraphs() {
        let mut told = |words: String| faults.push(Fault { place: Place::of(story, node), words });
        let paragraph = Paragraph::read(tree, node, &mut told);
        if !paragraph.tokens.is_empty() {
            paragraphs.push(paragraph);
        }
    }
    let mut roles: Vec<Vec<Role>> =
        paragraphs.iter().map(|paragraph| vec![Role::Filled; paragraph.tokens.len()]).collect();
    let mut gone: Vec<usize> = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    for (open, close) in pairs(story, &paragraphs, faults) {
        let (Some(first), Some(last)) = (paragraphs.get(open.0), paragraphs.get(close.0)) else { continue };
        if open.0 == close.0 {
            set(&mut roles, open, Role::Opens(close.1));
            set(&mut roles, close, Role::Closes);
            continue;
        }
        match block(tree, (first, open.1), (last, close.1)) {
            Ok((block, rows)) => {
                if rows {
                    set(&mut roles, open, Role::Dropped);
                    set(&mut roles, close, Role::Dropped);
                } else {
                    gone.extend([open.0, close.0]);
                }
                items.push(Item::Block(block));
            }
            Err(words) => faults.push(Fault { place: Place::of(story, first.node), words }),
        }
    }
    for (number, (paragraph, roles)) in paragraphs.into_iter().zip(roles).enumerate() {
        if !gone.contains(&number) {
            items.push(Item::Paragraph(paragraph, roles));
        }
    }
    controls(story, schema, &mut items, faults);
    nested(tree, items)
}

fn set(roles: &mut [Vec<Role>], at: At, role: Role) {
    if let Some(place) = roles.get_mut(at.0).and_then(|roles| roles.get_mut(at.1)) {
        *place = role;
    }
}

/// The placeholders that open a block, each with the one that closes it.
fn pairs(story: &Story, paragraphs: &[Paragraph], faults: &mut Vec<Fault>) -> Vec<(At, At)> {
    let mut all: Vec<(usize, usize, At)> = Vec::new();
    for (number, paragraph) in paragraphs.iter().enumerate() {
        for (token_number, token) in paragraph.tokens.iter().enumerate() {
            // In the order in which they are read: a text box stands inside a paragraph.
            let piece = paragraph.piece_at(token.at.start).and_then(|piece| paragraph.pieces.get(piece));
            let node = piece.map_or(paragraph.node, |piece| piece.node);
            all.push((node, token.at.start, (number, token_number)));
        }
    }
    all.sort_unstable();
    let mut open: Vec<(&str, At)> = Vec::new();
    let mut found = Vec::new();
    let mut tell = |at: At, words: String| {
        if let Some(paragraph) = paragraphs.get(at.0) {
            faults.push(Fault { place: Place::of(story, paragraph.node), words });
        }
    };
    for (_, _, at) in all {
        let Some(token) = paragraphs.get(at.0).and_then(|paragraph| paragraph.tokens.get(at.1)) else {
            continue;
        };
        match &token.what {
            What::Open { name, .. } if open.len() >= MAX_NESTED => {
                tell(at, format!("“{{{{#{name}}}}}”之外已有{MAX_NESTED}层，不能再套"));
            }
            What::Open { name, .. } => open.push((name, at)),
            What::Close(name) => match open.iter().rposition(|(have, _)| have == name) {
                Some(place) => {
                    for (other, from) in open.split_off(place.saturating_add(1)) {
                        tell(from, format!("“{{{{#{other}}}}}”没有在“{{{{/{name}}}}}”之前结束"));
                    }
                    if let Some((_, from)) = open.pop() {
                        found.push((from, at));
                    }
                }
                None => tell(at, format!("“{{{{/{name}}}}}”前面没有“{{{{#{name}}}}}”")),
            },
            What::Slot(_) | What::Merged(_) | What::Gap(_) => {}
        }
    }
    for (name, at) in open {
        tell(at, format!("“{{{{#{name}}}}}”没有“{{{{/{name}}}}}”"));
    }
    found.sort_unstable();
    found
}

/// The block between two placeholders of different paragraphs, and whether it is one of rows.
fn block(
    tree: &Tree,
    open: (&Paragraph, usize),
    close: (&Paragraph, usize),
) -> Result<(Block, bool), String> {
    let token = |(paragraph, number): (&Paragraph, usize)| paragraph.tokens.get(number).cloned();
    let (Some(first), Some(last)) = (token(open), token(close)) else { return Err(String::new()) };
    let What::Open { name, negated } = first.what.clone() else { return Err(String::new()) };
    let made = |whole: Range<u64>, body: Range<u64>, keeps_paragraph: bool| Block {
        name: name.clone(),
        negated,
        whole,
        body,
        keeps_paragraph,
        around: None,
        place: open.0.node,
        items: Vec::new(),
    };
    let (from, to) = (open.0.node, close.0.node);
    let parent = tree.parent(from);
    if parent == tree.parent(to) {
        let alone = [(open.0, &first), (close.0, &last)];
        if let Some((paragraph, _)) = alone.iter().find(|(paragraph, token)| !paragraph.is_only(token)) {
            let text: String = paragraph.text.chars().take(30).collect();
            return Err(format!(
                "“{{{{#{name}}}}}”和“{{{{/{name}}}}}”不在同一段的，各自要单独成段（“{text}”）"
            ));
        }
        if [from, to].iter().any(|node| holds_more(tree, *node)) {
            return Err(format!(
                "“{{{{#{name}}}}}”的标记段落里还有图片、分页符、分节符、书签或其他内容，不能删去，请移到另一段"
            ));
        }
        let whole = tree.range(from).start..tree.range(to).end;
        let body = tree.range(from).end..tree.range(to).start;
        let last_child = parent.and_then(|parent| tree.children(parent).last());
        return Ok((made(whole, body, last_child == Some(to)), false));
    }
    let row_of = |node: usize| tree.around(node).find(|at| tree.kind(*at) == Kind::Row);
    let (Some(top), Some(bottom)) = (row_of(from), row_of(to)) else {
        return Err(format!(
            "“{{{{#{name}}}}}”和“{{{{/{name}}}}}”须在同一层：都在正文里、同一单元格里，或同一表格的行里"
        ));
    };
    // A table in a cell: the rows that both stand in are looked for outwards.
    let rows = |node: usize| tree.around(node).filter(|at| tree.kind(*at) == Kind::Row).collect::<Vec<_>>();
    let same = rows(from).into_iter().find_map(|a| {
        let b = rows(to).into_iter().find(|b| tree.parent(*b) == tree.parent(a))?;
        Some((a, b))
    });
    let Some((top, bottom)) = same.or((top == bottom).then_some((top, bottom))) else {
        return Err(format!("“{{{{#{name}}}}}”和“{{{{/{name}}}}}”须在同一表格里"));
    };
    let only = |row: usize, paragraph: &Paragraph, token| {
        let others = tree.inside(row).filter(|at| tree.kind(*at) == Kind::Text);
        let own = |at: &usize| paragraph.pieces.iter().any(|piece| piece.node == *at);
        paragraph.is_only(token)
            && others.into_iter().all(|at| own(&at) || tree.content(at).trim().is_empty())
    };
    let whole = tree.range(top).start..tree.range(bottom).end;
    let mut body = whole.clone();
    if top != bottom {
        // A row of its own for the mark goes with it.
        if only(top, open.0, &first) {
            body.start = tree.range(top).end;
        }
        if only(bottom, close.0, &last) {
            body.end = tree.range(bottom).start;
        }
    }
    Ok((made(whole, body, false), true))
}

/// Whether a paragraph holds what would be lost with it.
fn holds_more(tree: &Tree, paragraph: usize) -> bool {
    // Word sets this bookmark by itself, where somebody wrote last.
    let last_edit: Vec<String> = tree
        .inside(paragraph)
        .filter(|at| tree.value(*at, "name").as_deref() == Some("_GoBack"))
        .filter_map(|at| tree.value(at, "id"))
        .collect();
    tree.inside(paragraph).any(|at| {
        let named = |names: &[&[u8]]| names.contains(&tree.tag(at).local());
        match tree.kind(at) {
            Kind::Section | Kind::NoteReference | Kind::FieldMark | Kind::SimpleField | Kind::TextBox => true,
            Kind::Bookmark => !tree.value(at, "id").is_some_and(|id| last_edit.contains(&id)),
            Kind::Break => matches!(tree.value(at, "type").as_deref(), Some("page" | "column")),
            _ => named(&[b"drawing", b"pict", b"object", b"oMath", b"pageBreakBefore"]),
        }
    })
}

/// Content controls with a name of ours.
fn controls(story: &Story, schema: &Schema, items: &mut Vec<Item>, faults: &mut Vec<Fault>) {
    let tree = &story.tree;
    for node in (0..tree.len()).filter(|at| tree.kind(*at) == Kind::Control) {
        let Some(properties) = tree.child(node, Kind::ControlProperties) else { continue };
        let Some(tag_node) = tree.named(properties, "tag") else { continue };
        let tag = tree.value(tag_node, "val").unwrap_or_default();
        if let (Some(id), Some(content)) = (tag.strip_prefix(PASSAGE), tree.child(node, Kind::ControlContent))
        {
            let (whole, tag) = (tree.range(node), tree.range(tag_node));
            let id = id.split(':').next().unwrap_or_default().to_owned();
            let place = tree.inside(node).find(|at| tree.kind(*at) == Kind::Paragraph);
            let place = tree.paragraph_of(node).or(place).unwrap_or(node);
            items.push(Item::Passage(Passage {
                id,
                place,
                whole,
                tag,
                content: tree.inner(content),
                items: Vec::new(),
            }));
            continue;
        }
        let (name, negated) = match (tag.strip_prefix(CONTROL), tag.strip_prefix(CONTROL_NONE)) {
            (Some(name), _) => (name.trim().to_owned(), false),
            (None, Some(name)) => (name.trim().to_owned(), true),
            (None, None) => continue,
        };
        let within = tree.inside(node).find(|at| tree.kind(*at) == Kind::Paragraph);
        let place = tree.paragraph_of(node).or(within).unwrap_or(node);
        let mut tell = |words: String| faults.push(Fault { place: Place::of(story, place), words });
        let Some(content) = tree.child(node, Kind::ControlContent) else {
            tell(format!("内容控件“{name}”没有内容"));
            continue;
        };
        if tree.named(properties, "dataBinding").is_some() {
            tell(format!("内容控件“{name}”绑定了文档属性，打开时会改回原值"));
            continue;
        }
        let whole = tree.range(node);
        let body = tree.inner(content);
        let around = Some((whole.start..body.start, body.end..whole.end));
        if !negated && !schema.is_block(&name) {
            items.push(Item::Control(Control { node, name, place }));
            continue;
        }
        let keeps_paragraph = tree.parent(node).and_then(|parent| tree.children(parent).last()) == Some(node);
        items.push(Item::Block(Block {
            name,
            negated,
            whole,
            body,
            keeps_paragraph,
            around,
            place,
            items: Vec::new(),
        }));
    }
}

/// Puts what stands inside a block into it.
fn nested(tree: &Tree, mut items: Vec<Item>) -> Vec<Item> {
    // Of blocks over the same rows the outer one was opened first, and stands first.
    items.sort_by_key(|item| {
        let range = item.range(tree);
        (range.start, Reverse(range.end), !matches!(item, Item::Block(_) | Item::Passage(_)))
    });
    let mut out: Vec<Item> = Vec::new();
    for item in items {
        put(tree, &mut out, item);
    }
    out
}

fn put(tree: &Tree, into: &mut Vec<Item>, item: Item) {
    let range = item.range(tree);
    let last = into.iter_mut().rev().find_map(|have| match have {
        Item::Block(Block { whole, items, .. }) | Item::Passage(Passage { whole, items, .. })
            if whole.start <= range.start && range.end <= whole.end =>
        {
            Some(items)
        }
        _ => None,
    });
    match last {
        Some(items) => put(tree, items, item),
        None => into.push(item),
    }
}
