//! Whether the names of a template are known where they stand, each fault at its paragraph.

use super::plan::{Block, Fault, Item, Role};
use super::token::{Paragraph, What};
use crate::docx::open::Story;
use crate::docx::place::Place;
use crate::docx::tree::{Kind, Tree};
use crate::docx::value::{Schema, Shape};

/// Before the name of a list: whether it has any element.
pub(super) const ANY: &str = "有";

/// The lists around a place, the innermost last.
pub(super) struct Names<'s> {
    around: Vec<&'s Schema>,
}

impl<'s> Names<'s> {
    pub(super) fn new(schema: &'s Schema) -> Self {
        Self { around: vec![schema] }
    }

    fn get(&self, name: &str) -> Option<&'s Shape> {
        let get = |name: &str| self.around.iter().rev().find_map(|schema| schema.get(name));
        get(name)
            .or_else(|| matches!(get(name.strip_prefix(ANY)?), Some(Shape::List(_))).then_some(&Shape::Flag))
    }

    /// Checks items and what is in them.
    pub(super) fn check(&mut self, story: &Story, items: &[Item], looped: bool, faults: &mut Vec<Fault>) {
        for item in items {
            match item {
                Item::Paragraph(paragraph, roles) => {
                    if looped {
                        notes(story, paragraph.node, faults);
                    }
                    self.paragraph(story, paragraph, roles, faults);
                }
                Item::Control(control) => {
                    let mut tell =
                        |words| faults.push(Fault { place: Place::of(story, control.place), words });
                    self.slot(&control.name, &mut tell);
                    let texts = story.tree.inside(control.node).any(|at| story.tree.kind(at) == Kind::Text);
                    if !texts {
                        tell(format!("内容控件“{}”里没有文字，请先在其中输入几个字", control.name));
                    }
                }
                Item::Passage(passage) => {
                    for name in names_in(&passage.id) {
                        self.slot(name, &mut |words| {
                            faults.push(Fault { place: Place::of(story, passage.place), words });
                        });
                    }
                    self.check(story, &passage.items, looped, faults);
                }
                Item::Block(block) => self.block(story, block, looped, faults),
            }
        }
    }

    fn block(&mut self, story: &Story, block: &Block, looped: bool, faults: &mut Vec<Fault>) {
        let shape = self.get(&block.name);
        if shape.is_none() {
            let words = self.unknown(&block.name);
            faults.push(Fault { place: Place::of(story, block.place), words });
        }
        let inner = match shape {
            Some(Shape::List(inner)) if !block.negated => Some(inner),
            _ => None,
        };
        if inner.is_some() {
            let tree = &story.tree;
            let within = |at: &usize| {
                let range = tree.range(*at);
                block.body.start <= range.start && range.end <= block.body.end
            };
            for at in tree.paragraphs().filter(within) {
                notes(story, at, faults);
            }
        }
        if let Some(at) = half_a_field(&story.tree, story.tree.within(&block.body)) {
            let paragraph = story.tree.paragraph_of(at).unwrap_or(block.place);
            let words = format!("“{{{{#{}}}}}”之内只有域的一半", block.name);
            faults.push(Fault { place: Place::of(story, paragraph), words });
        }
        self.around.extend(inner);
        self.check(story, &block.items, looped || inner.is_some(), faults);
        if inner.is_some() {
            self.around.pop();
        }
    }

    fn paragraph(&mut self, story: &Story, paragraph: &Paragraph, roles: &[Role], faults: &mut Vec<Fault>) {
        let place = || Place::of(story, paragraph.node);
        // Where the lists end that were entered.
        let mut ends: Vec<usize> = Vec::new();
        for (number, (token, role)) in paragraph.tokens.iter().zip(roles).enumerate() {
            let mut told = Vec::new();
            match (&token.what, role) {
                (_, Role::Dropped) => {}
                (What::Slot(name), _) => self.slot(name, &mut |words| told.push(words)),
                (What::Merged(name), _) => {
                    self.slot(name, &mut |words| told.push(words));
                    let in_cell =
                        story.tree.around(paragraph.node).any(|at| story.tree.kind(at) == Kind::Cell);
                    if !in_cell || self.around.len() < 2 {
                        told.push("“|合并”只能用在表格行的循环中".to_owned());
                    } else if shares_cell(&story.tree, paragraph, roles, number) {
                        told.push("“|合并”的单元格中不能有其他占位符，合并以后看不见".to_owned());
                    }
                }
                (What::Open { name, negated }, Role::Opens(close)) => match self.get(name) {
                    None => told.push(self.unknown(name)),
                    Some(Shape::List(inner)) if !negated => {
                        self.around.push(inner);
                        ends.push(*close);
                        if !is_text_alone(story, paragraph, number, *close) {
                            told.push(format!("同一段里的循环“{{{{#{name}}}}}”中只能有文字"));
                        }
                    }
                    Some(_) => {
                        let inside = between(story, paragraph, number, *close).into_iter();
                        if half_a_field(&story.tree, inside).is_some() {
                            told.push(format!("“{{{{#{name}}}}}”之内只有域的一半"));
                        }
                    }
                },
                (What::Close(_), _) if ends.last() == Some(&number) => {
                    ends.pop();
                    self.around.pop();
                }
                _ => {}
            }
            faults.extend(told.into_iter().map(|words| Fault { place: place(), words }));
        }
    }

    fn slot(&self, name: &str, tell: &mut dyn FnMut(String)) {
        match self.get(name) {
            Some(Shape::Text) => {}
            Some(Shape::Flag) => tell(format!("“{name}”是条件，请写成“{{{{#{name}}}}}……{{{{/{name}}}}}”")),
            Some(Shape::List(_)) => tell(format!("“{name}”是列表，请写成“{{{{#{name}}}}}……{{{{/{name}}}}}”")),
            None => tell(self.unknown(name)),
        }
    }

    /// Says that a name is unknown, and which may be meant.
    fn unknown(&self, name: &str) -> String {
        let known = self.around.iter().flat_map(|schema| schema.iter()).map(|(name, _, _)| name);
        let near = known.map(|known| (strsim::levenshtein(known, name), known)).min();
        let meant = near.filter(|(distance, known)| distance.saturating_mul(2) <= known.chars().count());
        let meant = meant.map(|(_, known)| format!("，是不是“{known}”？")).unwrap_or_default();
        let elsewhere = self.around.first().and_then(|schema| list_of(schema, name));
        match elsewhere {
            Some(list) => format!("“{name}”只能用在“{{{{#{list}}}}}”之内"),
            None => format!("没有名为“{name}”的内容{meant}"),
        }
    }
}

/// The names that the name of a passage is made with.
fn names_in(id: &str) -> impl Iterator<Item = &str> {
    id.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0.trim()))
}

/// The list in which a name is known.
fn list_of<'s>(schema: &'s Schema, name: &str) -> Option<&'s str> {
    schema.iter().find_map(|(list, shape, _)| match shape {
        Shape::List(inner) if inner.get(name).is_some() => Some(list),
        Shape::List(inner) => list_of(inner, name),
        _ => None,
    })
}

/// A note that is referred to twice is in no document.
fn notes(story: &Story, paragraph: usize, faults: &mut Vec<Fault>) {
    if story.tree.own(paragraph).any(|at| story.tree.kind(at) == Kind::NoteReference) {
        let fault = Fault {
            place: Place::of(story, paragraph),
            words: "循环中不能有脚注、尾注和批注".to_owned(),
        };
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }
}

/// Whether a cell that may become one with the cell above holds another placeholder than this: it could not be seen.
fn shares_cell(tree: &Tree, paragraph: &Paragraph, roles: &[Role], number: usize) -> bool {
    let mut own = (0..).zip(roles);
    if own.any(|(other, role)| other != number && *role != Role::Dropped) {
        return true;
    }
    let Some(cell) = tree.around(paragraph.node).find(|at| tree.kind(*at) == Kind::Cell) else {
        return false;
    };
    let others = tree.inside(cell).filter(|at| tree.kind(*at) == Kind::Paragraph && *at != paragraph.node);
    others.into_iter().any(|at| {
        let tokens = Paragraph::read(tree, at, &mut |_| {}).tokens;
        tokens.iter().any(|token| !matches!(token.what, What::Open { .. } | What::Close(_)))
    })
}

/// The mark of a field that begins or ends in these elements and not both: what is repeated or left out breaks it.
fn half_a_field(tree: &Tree, within: impl Iterator<Item = usize>) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    for at in within.filter(|at| tree.kind(*at) == Kind::FieldMark) {
        match tree.value(at, "fldCharType").as_deref() {
            Some("begin") => open.push(at),
            Some("end") if open.pop().is_none() => return Some(at),
            Some("separate") if open.is_empty() => return Some(at),
            _ => {}
        }
    }
    open.first().copied()
}

/// Whether nothing but text stands between two placeholders of a paragraph.
fn is_text_alone(story: &Story, paragraph: &Paragraph, open: usize, close: usize) -> bool {
    between(story, paragraph, open, close).is_empty()
}

/// What stands between two placeholders of a paragraph and is no text: tabs, breaks, pictures.
pub(super) fn between(story: &Story, paragraph: &Paragraph, open: usize, close: usize) -> Vec<usize> {
    let node = |number: usize| {
        let token = paragraph.tokens.get(number)?;
        Some(paragraph.pieces.get(paragraph.piece_at(token.at.start)?)?.node)
    };
    let (Some(from), Some(to)) = (node(open), node(close)) else { return Vec::new() };
    let tree = &story.tree;
    let of_run = |at: &usize| tree.parent(*at).is_some_and(|parent| tree.kind(parent) == Kind::Run);
    let plain = |at: &usize| matches!(tree.kind(*at), Kind::Text | Kind::Properties | Kind::Deleted);
    tree.own(paragraph.node).filter(|at| *at > from && *at < to && of_run(at) && !plain(at)).collect()
}
