//! Placeholders in the text of a paragraph: found across runs, taken apart.

use std::ops::Range;

use crate::docx::tree::{Kind, Tree};

/// What a placeholder asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// `{{总分}}`.
    Slot(String),
    /// `{{一级|合并}}`: in the rows of a loop, cells of the same value become one.
    Merged(String),
    /// `{{#指标}}`; `{{^指标}}` where there is none.
    Open { name: String, negated: bool },
    /// `{{/指标}}`.
    Close(String),
    /// `{{?评价结论}}`: a gap for a person.
    Gap(String),
}

/// A placeholder of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// Where it stands in the paragraph's text.
    pub(super) at: Range<usize>,
    pub(super) what: What,
}

/// A text element of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct TextRun {
    pub(super) node: usize,
    /// What of the paragraph's text it holds.
    pub(super) at: Range<usize>,
}

/// A paragraph with placeholders.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) node: usize,
    pub(super) text: String,
    pub(super) pieces: Vec<TextRun>,
    pub(super) tokens: Vec<Token>,
}

/// The opening signs of a placeholder, as typed on either kind of keyboard.
const OPENS: [&str; 2] = ["{{", "｛｛"];
/// The closing ones.
const CLOSES: [&str; 2] = ["}}", "｝｝"];

impl Paragraph {
    /// The text of a paragraph with its placeholders; of what is wrong with them, `fault` is told.
    pub(super) fn read(tree: &Tree, node: usize, fault: &mut dyn FnMut(String)) -> Self {
        let (mut text, mut pieces) = (String::new(), Vec::new());
        for at in tree.own(node).filter(|at| tree.kind(*at) == Kind::Text && !tree.is_removed(*at)) {
            let begins = text.len();
            text.push_str(&tree.content(at));
            pieces.push(TextRun { node: at, at: begins..text.len() });
        }
        let tokens = tokens(&text, fault);
        Self { node, text, pieces, tokens }
    }

    /// Whether it holds one placeholder and nothing else.
    pub(super) fn is_only(&self, token: &Token) -> bool {
        let around = [self.text.get(..token.at.start), self.text.get(token.at.end..)];
        around.into_iter().flatten().all(|text| text.trim().is_empty())
    }

    /// The text element in which a place of the text stands.
    pub(super) fn piece_at(&self, at: usize) -> Option<usize> {
        self.pieces.iter().position(|piece| piece.at.contains(&at))
    }
}

fn tokens(text: &str, fault: &mut dyn FnMut(String)) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut from = 0;
    let find = |signs: &[&str], from: usize| {
        let rest = text.get(from..).unwrap_or_default();
        let all = signs.iter().filter_map(|sign| Some((rest.find(sign)?, sign.len())));
        all.min().map(|(at, len)| (from.saturating_add(at), len))
    };
    loop {
        let (open, close) = (find(&OPENS, from), find(&CLOSES, from));
        let (Some((start, opens)), Some((end, closes))) = (open, close) else {
            if open.is_some() || close.is_some() {
                fault("占位符没有写完整（{{ 和 }} 须成对，写在同一段里）".to_owned());
            }
            return tokens;
        };
        let inner = start.saturating_add(opens);
        let behind = end.saturating_add(closes);
        if end < inner {
            fault("占位符没有写完整（{{ 和 }} 须成对，写在同一段里）".to_owned());
            from = behind;
            continue;
        }
        let name = text.get(inner..end).unwrap_or_default();
        // `{{{{总分}}`: the innermost signs count.
        let skipped =
            OPENS.iter().filter_map(|sign| Some(name.rfind(sign)?.saturating_add(sign.len()))).max();
        if skipped.is_some() {
            fault(format!("占位符没有写完整：{{{{{name}}}}}"));
            from = behind;
            continue;
        }
        match what(name) {
            Ok(what) => tokens.push(Token { at: start..behind, what }),
            Err(words) => fault(words),
        }
        from = behind;
    }
}

fn what(written: &str) -> Result<What, String> {
    let trimmed = written.trim();
    let named = |rest: &str| {
        let name = rest.trim();
        if name.is_empty() {
            Err(format!("占位符没有名称：{{{{{written}}}}}"))
        } else {
            Ok(name.to_owned())
        }
    };
    let sign = trimmed.chars().next().unwrap_or(' ');
    let rest = trimmed.get(sign.len_utf8()..).unwrap_or_default();
    match sign {
        '#' | '＃' => Ok(What::Open { name: named(rest)?, negated: false }),
        '^' | '＾' => Ok(What::Open { name: named(rest)?, negated: true }),
        '/' | '／' => Ok(What::Close(named(rest)?)),
        '?' | '？' => Ok(What::Gap(named(rest)?)),
        _ => match trimmed.split_once(['|', '｜']) {
            None => Ok(What::Slot(named(trimmed)?)),
            Some((name, how)) if how.trim() == "合并" => Ok(What::Merged(named(name)?)),
            Some((_, how)) => Err(format!("不认识的写法“|{}”：只有“|合并”", how.trim())),
        },
    }
}
