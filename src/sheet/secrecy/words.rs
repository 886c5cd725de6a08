//! What is a secrecy mark (密级标志) and what only speaks of secrets. Its words are closed to mappings, none of which may drop them.
//!
//! A mark is `秘密★`, `机密★10年`, `绝密★长期`; the level alone where nothing else stands in its place (`机密`, `（秘密）`,
//! `机　密`, `绝密级`), after its label (`密级：机密`), or set apart at either end of a title. `商业秘密`, `保守国家秘密`,
//! `机密级设备采购`, `密级：公开` are none.

use crate::base::half_width;
use crate::base::printable::is_hidden;
use crate::words::{self, Class, Lexicon};

/// The levels, the lowest first.
const LEVELS: [Class; 3] = [Class::SecrecySecret, Class::SecrecyConfidential, Class::SecrecyTop];
/// How stars are typed.
const STARS: [char; 8] = ['★', '☆', '⭐', '✩', '✭', '✮', '⋆', '*'];
/// Ticked boxes.
const TICKS: [char; 7] = ['☑', '√', '■', '✓', '✔', '●', '◉'];
/// What may stand around a level; a box that is not ticked may not.
const AROUND: &str = "()【】[]〔〕《》〈〉「」『』<>\"“”'‘’.。,、:;_-—";
/// Characters of a title; a longer text is prose.
const MAX_TITLE: usize = 80;
/// Characters between a label and its colon.
const MAX_LABEL: usize = 12;

/// Where a text stands, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Among other cells.
    Body,
    /// A title, or in the head of a sheet; a header or footer.
    Head,
}

/// The sign that every level has.
pub(super) const SIGN: &str = "密";

/// Whether a text may hold a mark at all.
pub(super) fn may_be(text: &str) -> bool {
    text.contains(SIGN)
}

/// Whether a text holds a level with a star, which is a mark wherever it stands.
pub(super) fn is_starred(text: &str) -> bool {
    may_be(text) && has_star(&squeezed(text))
}

/// Whether a text holds a mark.
pub(super) fn is_mark(text: &str, place: Place) -> bool {
    if !may_be(text) {
        return false;
    }
    let plain = squeezed(text);
    if is_level(&plain) || has_star(&plain) || is_stated(&plain) {
        return true;
    }
    let alone = || text.split_whitespace().any(|word| is_level(&squeezed(word)));
    place == Place::Head && (is_titled(&plain) || alone())
}

/// Whether the name of a file, a folder or a sheet holds a mark.
pub(super) fn is_marked_name(name: &str) -> bool {
    if !may_be(name) {
        return false;
    }
    let plain = squeezed(name);
    let divides = |c: char| !(c.is_alphanumeric() || STARS.contains(&c));
    let alone = || name.split_whitespace().any(|word| is_level(&squeezed(word)));
    if has_star(&plain) || is_stated(&plain) || alone() {
        return true;
    }
    let words: Vec<&str> = plain.split(divides).collect();
    let before = words.iter().copied().map(Some);
    let mut around = std::iter::once(None).chain(before).zip(words.iter().enumerate());
    around.any(|(before, (at, word))| {
        is_level(word) && !is_spoken(before, word, words.get(at.saturating_add(1)).copied())
    })
}

/// Whether a level among the words of a name is part of a term that dashes only take apart: `商业-秘密-保护`.
fn is_spoken(before: Option<&str>, level: &str, behind: Option<&str>) -> bool {
    let of_others = before.is_some_and(|word| words::of(Class::OtherSecrets).has(word));
    let goes_on = behind.is_some_and(|word| word.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii()));
    of_others && goes_on && plain_level(level).is_some()
}

/// A text without what is not seen, in half-width signs.
fn squeezed(text: &str) -> String {
    let seen = |c: &char| !c.is_whitespace() && !is_hidden(*c) && *c != '\u{fe0f}';
    text.chars().filter(seen).map(half_width).collect()
}

/// A level at the beginning, and what follows it.
fn level(text: &str) -> Option<&str> {
    LEVELS.iter().find_map(|level| words::of(*level).strip(text))
}

/// The places of levels: what stands before each, and behind.
fn levels(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.char_indices().filter_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        Some((before, level(rest)?))
    })
}

/// Whether a text is a level and nothing else: `机密`, `(秘密)`, `【绝密】`, `机密级`, `秘密10年`, `绝密★启用前`.
fn is_level(text: &str) -> bool {
    let bare = text.trim_matches(|c| AROUND.contains(c));
    let Some(rest) = level(bare) else { return false };
    let rest = rest.strip_prefix('级').unwrap_or(rest);
    let rest = rest.strip_prefix(STARS).unwrap_or(rest);
    let rest = rest.trim_start_matches([':', '-', '—', '(']).trim_end_matches(')');
    rest.is_empty() || period(rest).is_some_and(str::is_empty)
}

/// Which of the three levels a text is, with nothing beside it.
pub(super) fn plain_level(text: &str) -> Option<usize> {
    let plain = squeezed(text);
    let name = plain.strip_suffix('级').unwrap_or(&plain);
    LEVELS.iter().position(|level| words::of(*level).has(name))
}

/// What follows a period at the beginning; `None` without one.
fn period(text: &str) -> Option<&str> {
    if let Some(rest) = words::of(Class::SecrecyEnds).strip(text) {
        return Some(rest);
    }
    let digits = |c: char| c.is_ascii_digit() || words::of(Class::WrittenNumbers).has_char(c);
    let rest = text.trim_start_matches(digits);
    let length = text.chars().count().saturating_sub(rest.chars().count());
    if !(1..=4).contains(&length) {
        return None;
    }
    words::of(Class::SecrecyPeriods).strip(rest)
}

/// Whether a level with a star stands somewhere. Several stars are a rating.
fn has_star(text: &str) -> bool {
    levels(text).any(|(before, rest)| {
        let rest = rest.strip_prefix('级').unwrap_or(rest);
        let Some(behind) = rest.strip_prefix(STARS) else { return false };
        // `秘密★级载体` is a kind of thing.
        let kind = behind.strip_prefix('级').filter(|noun| noun.starts_with(char::is_alphabetic));
        let rates = behind.starts_with(STARS) || kind.is_some_and(|noun| period(noun).is_none());
        let timed = period(behind.trim_start_matches([':', '-', '—', '('])).is_some();
        let other = words::of(Class::OtherSecrets).ends(before);
        let spoken = words::of(Class::SpokenSecrets).ends(before);
        !rates && !other && (timed || !spoken)
    })
}

/// Whether a level is stated behind its label: `密级：机密`, `密级及保密期限：秘密10年`, `密级：□公开 ☑秘密`.
fn is_stated(text: &str) -> bool {
    let labelled = words::of(Class::SecrecyLabels).iter().find_map(|label| text.split_once(label));
    let Some((before, rest)) = labelled else { return false };
    // `机密级：…` is a level, not its label.
    if words::of(Class::LevelBeginnings).ends(before) {
        return false;
    }
    let colon = rest.chars().take(MAX_LABEL).position(|c| c == ':');
    let value = match colon {
        Some(_) => rest.split_once(':').map_or("", |(_, value)| value),
        None => rest,
    };
    if levels(value).any(|(before, _)| before.ends_with(TICKS)) {
        return true;
    }
    let Some(behind) = level(value.trim_start_matches(['(', '[', '【', '〔', '"', '“', '_'])) else {
        return false;
    };
    // A list of what could be chosen states nothing; a sentence about levels neither.
    levels(behind).next().is_none() && (colon.is_some() || is_level(value))
}

/// Whether a title begins with a level and a colon (`机密：某项目自评表`), or ends with a dash and a level. What is short is a
/// count or an answer (`机密：0项`, `机密：无`).
fn is_headed(text: &str) -> bool {
    const SHORTEST: usize = 4;
    let is_title = |rest: &str| {
        let bare = rest.trim_start_matches(['-', '—']);
        bare.chars().count() >= SHORTEST
            && !bare.starts_with(|c: char| c.is_ascii_digit())
            && !words::of(Class::SecrecyExplained).begins(bare)
            && !bare.contains([',', '、'])
            && levels(bare).next().is_none()
    };
    let first = level(text).and_then(|rest| rest.strip_prefix(':'));
    let last = text.rsplit_once(['-', '—', '–', '─']).filter(|(before, word)| {
        let before = before.trim_end_matches(['-', '—', '–', '─']);
        let other = |words: &Lexicon| words.ends(before);
        let labelled = words::of(Class::SecrecyLabels).within(before);
        is_level(word)
            && !other(words::of(Class::OtherSecrets))
            && !other(words::of(Class::SpokenSecrets))
            && !labelled
    });
    first.is_some_and(is_title) || last.is_some_and(|(before, _)| is_title(before))
}

/// Whether a title ends, or begins, with a level in brackets, or as [`is_headed`] says.
fn is_titled(text: &str) -> bool {
    const BRACKETS: [(char, char); 5] = [('(', ')'), ('【', '】'), ('[', ']'), ('〔', '〕'), ('《', '》')];
    if text.chars().count() > MAX_TITLE || text.contains(['。', ';']) {
        return false;
    }
    is_headed(text)
        || BRACKETS.iter().any(|(open, close)| {
            let last = text.strip_suffix(*close).and_then(|text| text.rsplit_once(*open));
            let first = text.strip_prefix(*open).and_then(|text| text.split_once(*close));
            last.is_some_and(|(_, word)| is_level(word)) || first.is_some_and(|(word, _)| is_level(word))
        })
}

#[cfg(test)]
mod tests {
    use super::{Place, is_mark, is_marked_name};

    #[test]
    fn marks_are_known_anywhere() {
        for text in [
            "秘密★",
            "机密★10年",
            "绝密★长期",
            "机密☆",
            "机 密 ★ 3 年",
            "绝密★启用前",
            "秘密*5年",
            "机密★二十年",
            "某局文件　机密★",
            "（秘密★1年）XX表",
            "秘密",
            "机　密",
            "绝\n密",
            "（机密）",
            "【绝密】",
            "机密级",
            "秘密10年",
            "机密长期",
            "密级：机密",
            "密级:秘密★10年",
            "密 级： 绝密",
            "密级及保密期限：机密10年",
            "涉密等级：秘密级",
            "密级：□公开　☑秘密　□机密",
            "密级机密",
            "密级：（机密）",
            "編號003 機密★",
            "国家秘密★10年",
            "\u{202e}机\u{200b}密",
        ] {
            assert!(is_mark(text, Place::Body), "{text}");
        }
    }

    #[test]
    fn titles_bear_marks_that_other_cells_do_not() {
        for text in [
            "某项目绩效自评表（机密）",
            "【秘密】某项目",
            "机密　某项目自评表",
            "秘密\n某项目",
            "自评表（秘密10年）",
            "自评表[绝密]",
            "机密：某项目支出绩效自评表",
            "某项目支出绩效自评表——秘密",
            "某项目支出绩效自评表-机密",
        ] {
            assert!(is_mark(text, Place::Head), "{text}");
            assert!(!is_mark(text, Place::Body), "{text}");
        }
    }

    #[test]
    fn words_about_secrets_are_no_marks() {
        for text in [
            "商业秘密",
            "保密费",
            "机密级设备采购",
            "保守国家秘密",
            "密级：无",
            "密级：公开",
            "密级：非密",
            "密级：内部",
            "密级：",
            "密级",
            "商业秘密★",
            "商业秘密★3年",
            "保守国家秘密★",
            "保守国家秘密★★★★☆",
            "涉密人员管理",
            "秘密警察",
            "密级：公开/秘密/机密/绝密",
            "密级（秘密、机密、绝密）：公开",
            "密级：□公开 □秘密 □机密 □绝密",
            "机密级：0项",
            "严密",
            "按秘密、机密、绝密三级管理",
            "泄露机密（秘密）的，扣5分。",
            "密级鉴定",
            "机密文件柜采购数量",
            "绝密级文件管理率（绝密）；达标",
            "密级变更为秘密的文件数",
            "秘密★级载体销毁次数",
            "机密：0项",
            "机密：无",
            "机密：指泄露后造成严重损害的事项",
            "涉密事项保护商业——秘密",
            "等级划分：绝密—机密—秘密",
        ] {
            assert!(!is_mark(text, Place::Head), "{text}");
        }
    }

    #[test]
    fn names_bear_marks() {
        for name in [
            "秘密★某项目.xlsx",
            "某项目（机密）.xlsx",
            "机密-某项目.xls",
            "某项目_秘密",
            "绝密",
            "密级：机密 某项目.xlsx",
            "【秘密】表.csv",
            "秘密10年.xlsx",
            "商业-秘密.xlsx",
            "商业-机密10年-保护.xlsx",
            "自评-机密-终稿.xlsx",
            "机密 自评.xlsx",
        ] {
            assert!(is_marked_name(name), "{name}");
        }
        for name in [
            "商业秘密.xlsx",
            "国家秘密保护经费.xlsx",
            "秘密花园项目.xlsx",
            "机密级设备采购.xlsx",
            "保密.xlsx",
            "涉密设备.xlsx",
            "商业-秘密-保护.xlsx",
        ] {
            assert!(!is_marked_name(name), "{name}");
        }
    }
}
