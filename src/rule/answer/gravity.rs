//! Words that say which of its kind something is: how grave, of which rank, whether well founded.

use crate::words::{Lexicon, list};

/// Words of one kind in rising order; a later one is more. Of the first it is said how grave something is.
const RANKS: [&Lexicon; 2] = [list::GRAVENESS, list::OFFICES];
/// Words that exclude each other.
const PAIRS: [(&str, &str); 15] = [
    ("无责", "有责"),
    ("无理", "有理"),
    ("非群体性", "群体性"),
    ("个体", "群体性"),
    ("未越级", "越级"),
    ("非责任", "责任"),
    ("非核心", "核心"),
    ("非重大", "重大"),
    ("非关键", "关键"),
    ("非规上", "规上"),
    ("无效", "有效"),
    ("不属实", "属实"),
    ("小微", "规上"),
    ("规下", "规上"),
    ("普通期刊", "核心期刊"),
];

/// Whether something is of the kind that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rule) enum Sameness {
    /// It is, or nothing is said of it.
    Same,
    /// It certainly is not.
    Other,
    /// It may be.
    Unclear,
}

/// What `said` is to `asked` (重大隐患, 较大及以上事故, 有效投诉).
pub(in crate::rule) fn kind(asked: &str, said: &str) -> Sameness {
    for (no, yes) in PAIRS {
        let plainly = |text: &str| text.replace(no, "").contains(yes);
        if (plainly(asked) && said.contains(no) && !plainly(said)) || (asked.contains(no) && plainly(said)) {
            return Sameness::Other;
        }
    }
    let mut found = Sameness::Same;
    // 投诉3起 under 有效投诉: whether they are well founded is not said.
    for (_, yes) in PAIRS {
        if asked.contains(yes)
            && !said.is_empty()
            && !said.contains(yes)
            && !is_ranked_alike(asked, said, [yes])
        {
            found = Sameness::Unclear;
        }
    }
    for (which, ranks) in RANKS.into_iter().enumerate() {
        let Some(at) = rank(asked, ranks) else { continue };
        let above = list::AND_ABOVE.within(asked);
        found = match rank(said, ranks) {
            // 1起安全事故 under 重大安全事故: how grave it was is not said.
            None if said.is_empty() => found,
            // 未受表彰 denies those of any level.
            None if which > 0 && list::DENIED_WHOLE.within(said) => found,
            None if !is_ranked_alike(asked, said, ranks.iter()) => Sameness::Unclear,
            None => found,
            // 市级及以上 holds what counts under 省级及以上, too.
            Some(of) if of < at && said.contains("以上") => Sameness::Unclear,
            Some(of) if of < at => return Sameness::Other,
            Some(of) if of > at && !above => Sameness::Unclear,
            Some(_) => found,
        };
    }
    found
}

/// Whether an answer repeats nothing of the name that the rank stands before.
fn is_ranked_alike<'r>(asked: &str, said: &str, ranks: impl IntoIterator<Item = &'r str>) -> bool {
    let words = ranks.into_iter().chain(list::RANKS_ABOVE.iter());
    let bare = words.fold(asked.to_owned(), |text, word| text.replace(word, ""));
    let chars: Vec<char> = bare.chars().collect();
    !chars.windows(2).any(|pair| said.contains(&pair.iter().collect::<String>()))
}

/// The place of the highest rank that the text names.
fn rank(text: &str, ranks: &Lexicon) -> Option<usize> {
    let text = text
        .replace("全国", "国家级")
        .replace("中央级", "国家级")
        .replace("国家级级", "国家级")
        .replace("非重大", "一般");
    let mut at = None;
    let mut rest = text;
    for (below, word) in (0..ranks.len()).rev().zip(ranks.iter().rev()) {
        if rest.contains(word) {
            at = at.max(Some(below));
            rest = rest.replace(word, "");
        }
    }
    at
}

/// Whether what is said is graver than anything that the asked words name, so that its absence says nothing of the rest.
pub(super) fn is_graver(asked: &str, said: &str) -> bool {
    let [graves, _] = RANKS;
    let lowest = graves.iter().position(|word| asked.contains(word));
    rank(said, graves).is_some_and(|of| lowest.is_none_or(|lowest| of > lowest))
}

/// A text without its ranks.
pub(in crate::rule) fn unranked(text: &str) -> String {
    let words = RANKS.iter().flat_map(|ranks| ranks.iter().rev()).chain(list::RANKS_ABOVE.iter());
    words.fold(text.to_owned(), |text, word| text.replace(word, ""))
}

/// Whether the text names a rank.
pub(crate) fn is_ranked(text: &str) -> bool {
    RANKS.iter().any(|ranks| rank(text, ranks).is_some())
}
