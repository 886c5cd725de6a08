//! The parts of an answer: each a number with the words around it, or words alone.

use crate::notation::{Quantity, is_numeral, scan_quantity};

use super::super::facts::plain_words;
use crate::words::list;

/// One part of an answer.
#[derive(Debug, Clone)]
pub(super) struct AnswerPart {
    /// The words before the number, or all words where there is none.
    pub(super) before: String,
    /// The number.
    pub(super) amount: Option<Quantity>,
    /// The words behind it.
    pub(super) after: String,
}

impl AnswerPart {
    /// All words, without the number.
    pub(super) fn words(&self) -> String {
        format!("{}{}", self.before, self.after)
    }
}

/// Longer answers are reports.
const MAX_CHARS: usize = 120;

/// The parts of the text; nothing where it is too long, or a part has two numbers.
pub(super) fn parts(text: &str) -> Option<Vec<AnswerPart>> {
    let text = plain_words(text).replace("中有", "，"); // 20份中有3份不规范
    let text = one_over_another(&text).unwrap_or(text);
    if text.is_empty() || text.chars().nth(MAX_CHARS).is_some() {
        return None;
    }
    let mut found = Vec::new();
    for sentence in text.split(['，', ';', '；', '。', '(', ')']).flat_map(commas) {
        if sentence.is_empty() {
            continue;
        }
        let listed: Vec<&str> = sentence.split('、').collect();
        let each = listed.iter().all(|part| part.contains(|c: char| c.is_ascii_digit()));
        for part in if each { listed } else { vec![sentence] } {
            match of(part) {
                Some(part) => found.push(part),
                None => {
                    let (whole, within) = of_a_whole(part)?;
                    let mut all = of(whole)?;
                    // 25项中通过18项
                    if all.words().is_empty() {
                        WHOLE.clone_into(&mut all.before);
                    }
                    found.extend([all, of(within)?]);
                }
            }
        }
    }
    Some(found)
}

/// 规范管理5320人/应管理8800人: two amounts with their names.
fn one_over_another(text: &str) -> Option<String> {
    let (a, b) = text.split_once('/')?;
    let figure = |text: &str| text.contains(|c: char| c.is_ascii_digit());
    let named = b.chars().take(2).all(|c| c.is_alphabetic() && !is_numeral(c)) && b.chars().nth(1).is_some();
    let counted = a.chars().next_back().is_some_and(char::is_alphabetic);
    (named && counted && figure(a) && figure(b) && !b.contains('/')).then(|| format!("{a}，{b}"))
}

/// 126个村中已配备117个村: a whole, and what of it is so.
fn of_a_whole(text: &str) -> Option<(&str, &str)> {
    let plain = |noun: &str| noun.chars().count() <= MAX_NOUN && noun.chars().all(char::is_alphabetic);
    if let Some((whole, within)) = text.split_once('中') {
        let (_, taken) = scan_quantity(whole)?;
        return plain(whole.get(taken..)?).then_some((whole, within));
    }
    // 91户共发放补助182万元: how many they are, and what they have together.
    if let Some((whole, taken)) = scan_quantity(text)
        && whole.unit.dimension.is_of_things()
        && whole.sign.is_none()
        && text.get(taken..).is_some_and(|rest| rest.starts_with('共'))
    {
        return text.split_at_checked(taken);
    }
    // 60个村覆盖40个, 36个子项目验收34个合格: all of them come first, and the same are counted behind the act.
    let (whole, taken) = scan_quantity(text)?;
    let rest = text.get(taken..)?;
    let at = taken.checked_add(rest.find(|c: char| c.is_ascii_digit())?)?;
    let (part, end) = scan_quantity(text.get(at..)?)?;
    let counted = whole.unit.dimension.is_of_things() && whole.unit.word == part.unit.word;
    let behind = text.get(at.checked_add(end)?..)?;
    let short = behind.chars().count() <= MAX_NOUN && behind.chars().all(char::is_alphabetic);
    let ends = short && whole.sign.is_none() && part.sign.is_none();
    let act = text.get(taken..at)?;
    let cut = act_of(act)?;
    let noun = act.get(..cut)?;
    let named = plain(noun) && plain(act) && !list::NOT_SIGNS.within(act) && !list::NOT_SIGNS.within(behind);
    (counted && ends && named).then_some(text.split_at_checked(taken.checked_add(cut)?)?)
}

/// Where the act begins behind a noun: its last two signs, with 按期 or 已 before them.
fn act_of(text: &str) -> Option<usize> {
    let verb = text.char_indices().rev().nth(1).map(|(at, _)| at)?;
    let leads = list::TIMELY.iter().chain(list::ALREADY.iter()).filter_map(|word| text.find(word));
    let at = leads.filter(|at| *at > 0).min().map_or(verb, |at| at.min(verb));
    Some(list::ACT_LEADS.trim_end(text.get(..at)?).len())
}

/// What a whole is called that has no name.
pub(super) const WHOLE: &str = "总数";

/// Names behind a figure are short.
const MAX_NOUN: usize = 6;

/// At half-width commas that stand between no digits (1,150万元 is one number).
pub(super) fn commas(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(',') {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        if !(digit(before.chars().last()) && digit(after.chars().nth(1))) {
            found.push(text.get(from..at).unwrap_or_default());
            from = at.saturating_add(1);
        }
    }
    found.push(text.get(from..).unwrap_or_default());
    found
}

/// Whether a figure has begun before this place of it.
fn within_figure(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit() || c == '.'))
}

fn of(text: &str) -> Option<AnswerPart> {
    let mut bounded = false;
    for (at, c) in text.char_indices() {
        // 两三处 is no 三处.
        let within = text.get(..at).is_some_and(|before| before.ends_with(is_numeral));
        if !c.is_ascii_digit() && (within || !is_numeral(c)) {
            continue;
        }
        let rest = text.get(at..)?;
        // 一次性通过21项: no number of times.
        if list::NUMERALS_IN_WORDS.begins(rest) {
            continue;
        }
        let Some((amount, taken)) = scan_quantity(rest) else { continue };
        let after = rest.get(taken..)?;
        // 年收入10万元以上的村42个: the bound is of the name.
        let bound = list::BOUNDS_IN_NAMES.begins(after)
            || rest.get(..taken).is_some_and(|figure| list::BOUNDS_IN_NAMES.ends(figure));
        if bound && after.contains(|c: char| c.is_ascii_digit()) {
            bounded = true;
            continue;
        }
        // 0万元以上 of 10万元以上
        if bounded && within_figure(text, at) {
            continue;
        }
        if after.contains(|c: char| c.is_ascii_digit()) {
            // 一次办结率85%: the number that is written in signs may be a word of the name.
            if c.is_ascii_digit() || text.contains('中') {
                return None;
            }
            continue;
        }
        let before = text.get(..at)?;
        // 超过95%, 不足3处: the sign belongs to the number.
        let (before, sign) = signed(before);
        let sign = amount.sign.or(sign);
        return Some(AnswerPart {
            before: before.to_owned(),
            amount: Some(Quantity { sign, ..amount }),
            after: after.to_owned(),
        });
    }
    Some(AnswerPart { before: text.to_owned(), amount: None, after: String::new() })
}

/// The words before a number without the sign they end with.
fn signed(before: &str) -> (&str, Option<crate::notation::Sign>) {
    let found = before.char_indices().find_map(|(at, _)| {
        let rest = before.get(at..)?;
        let (sign, taken) = crate::notation::scan_sign(rest)?;
        // 违约1例 is no 约1例.
        let word = rest.chars().nth(1).is_some() || at == 0 || !rest.contains(char::is_alphabetic);
        (taken == rest.len() && word).then_some((before.get(..at)?, Some(sign)))
    });
    found.unwrap_or((before, None))
}
