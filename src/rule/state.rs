//! Grade words: an actual that is one of the words the criterion lists.

use crate::notation::{Notation, scale_word};

use super::facts::plain_words;
use super::{Award, IndicatorFacts, Words};
use crate::words::{Senses, list};

/// A state with its award.
#[derive(Debug, Clone, PartialEq)]
pub struct StateBand {
    /// The state in words (全部覆盖).
    pub label: String,
    /// What it earns.
    pub award: Award,
    /// The criterion's words.
    pub words: Words,
}

/// How what is left stands to what was left the year before: nothing, no more, more.
pub(crate) const CARRIED_OVER: [&str; 3] = ["无结余", "有结余但不超过上年结转", "结余超过上年结转"];

/// What an actual's words are among the states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// The state at this place.
    State(usize),
    /// None of them, certainly.
    None,
}

/// Signs of degree or negation: words that differ by one of these are different states.
const MODIFIERS: &[char] = &[
    '基', '较', '部', '不', '未', '无', '没', '非', '很', '大', '全', '完', '比', '欠', '稍', '更', '最',
    '十', '均', '都', '半', '已', '否', '难', '少', '多', '够', '差', '缺', '反', '拒', '免', '零',
];

/// Which state the actual names; nothing where that is not certain.
pub(super) fn find(states: &[StateBand], has_otherwise: bool, facts: &IndicatorFacts) -> Option<Found> {
    let words = facts.actual_words();
    if words.is_empty() || states.is_empty() {
        return None;
    }
    let labels: Vec<String> = states.iter().map(|s| plain_words(&s.label)).collect();
    // 有得满分，无不得分 under the target 无: the criterion rewards what the target forbids.
    let target = plain_words(facts.target_text);
    let promised = labels.iter().position(|label| *label == target).and_then(|at| states.get(at));
    if promised.is_some_and(|state| state.award == Award::ZERO) {
        return None;
    }
    let only = |test: &dyn Fn(&str) -> bool| {
        let mut hits = labels.iter().enumerate().filter(|(_, label)| test(label));
        match (hits.next(), hits.next()) {
            (Some((at, _)), None) => Some(Found::State(at)),
            _ => None,
        }
    };
    // 未按时到位，但不影响进度 is 未按时到位但不影响进度.
    let bare = |text: &str| text.strip_prefix('已').unwrap_or(text).replace(['，', ',', '但'], "");
    // 全部及时发放 is 及时发放, where that is what the criterion lists.
    let all = |text: &str| list::WHOLLY.strip(text).unwrap_or(text).to_owned();
    only(&|label| label == words)
        .or_else(|| only(&|label| bare(label) == bare(&words)))
        .or_else(|| only(&|label| all(&words) == bare(label)))
        .or_else(|| yes_no(&labels, has_otherwise, facts, &words))
        .or_else(|| {
            // 全部及时发放 is 及时发放, unless the labels themselves tell how much of it.
            let told = labels.iter().any(|label| list::HOW_MUCH_OF_IT.begins(label));
            let all = list::ALL_OF_IT.strip(&words);
            all.filter(|_| !told).and_then(|rest| only(&|label| label == rest))
        })
        .or_else(|| {
            // A subject before the actual's word must be one the form itself names.
            let named = |label: &str| {
                let subject = words.strip_suffix(label).unwrap_or_default();
                facts.indicator.contains(subject) || labels.iter().any(|l| l.starts_with(subject))
            };
            only(&|label| ends_plainly(label, &words) || (ends_plainly(&words, label) && named(label)))
        })
        .or_else(|| only(&|label| same_grade(label, &words)))
        .or_else(|| only(&|label| letter(label).is_some() && letter(label) == letter(&words)))
        .or_else(|| (has_otherwise && is_another(&labels, &words)).then_some(Found::None))
}

/// Whether `long` is `short` after a subject (运行保障有效 / 有效), not after a degree or negation.
fn ends_plainly(long: &str, short: &str) -> bool {
    short.chars().count() > 1
        && long.strip_suffix(short).is_some_and(|before| {
            // 有制度且执行到位 is more than 执行到位.
            !before.is_empty()
                && !before.contains(MODIFIERS)
                && !before.contains(['且', '但', '并', '和', '、'])
        })
}

/// 良 and 良好: one place of one scale, one word the beginning of the other.
fn same_grade(label: &str, words: &str) -> bool {
    let begins = label.starts_with(words) || words.starts_with(label);
    match (scale_word(label), scale_word(words)) {
        (Some(a), Some(b)) => begins && a.stem == b.stem && a.rank == b.rank,
        _ => false,
    }
}

/// B等次 and B: the letter of a grade.
fn letter(text: &str) -> Option<char> {
    let mut rest = list::GRADE_NOUNS.strip_end(text).unwrap_or(text).chars();
    let letter = rest.next().filter(char::is_ascii_alphabetic)?;
    rest.next().is_none().then_some(letter.to_ascii_uppercase())
}

/// 是, 否 and the negation of a label.
fn yes_no(labels: &[String], has_otherwise: bool, facts: &IndicatorFacts, words: &str) -> Option<Found> {
    let answer = match facts.actual {
        Some(Notation::YesNo(yes)) => Some(*yes),
        _ => match words {
            _ if list::ANSWERED_YES.has(words) => Some(true),
            _ if list::ANSWERED_NO.has(words) => Some(false),
            _ => None,
        },
    };
    match labels {
        // 有备案文件得3分，无则0分
        [some, none] if some.starts_with('有') && list::ANSWERED_NONE.has(none) => {
            ANSWERS.of(words).map(Found::State)
        }
        [yes, no] if negates(no, yes) => Some(Found::State(usize::from(!answer?))),
        [only] if has_otherwise && !only.starts_with(NEGATIONS) => {
            if answer == Some(true) {
                Some(Found::State(0))
            } else if answer == Some(false) || negates(words, only) {
                Some(Found::None)
            } else {
                None
            }
        }
        [only] if has_otherwise && negates(only, words) => Some(Found::None),
        _ => None,
    }
}

/// Answers to 有 and 无, by the place of the state that they are.
const ANSWERS: Senses<usize> = Senses::new(&[(list::ANSWERED_SOME, 0), (list::ANSWERED_NONE, 1)]);

const NEGATIONS: &[char] = &['未', '不', '无', '没', '非', '零', '否'];

/// Whether `no` is `yes` with a negation before it, or before its last part (制度未建立 / 制度建立).
fn negates(no: &str, yes: &str) -> bool {
    let bare = yes.strip_prefix('已').or_else(|| yes.strip_prefix('有')).unwrap_or(yes);
    if yes == "是" {
        return no == "否" || no == "不是";
    }
    list::DENIALS.iter().any(|negation| {
        // 未建立 denies 建立长效机制.
        let verb = no.strip_prefix(negation).filter(|verb| verb.chars().count() > 1);
        no == format!("{negation}{bare}")
            || verb
                .is_some_and(|verb| bare.starts_with(verb) && !bare.contains(['且', '但', '并', '和', '、']))
            || no.split_once(negation).is_some_and(|(subject, rest)| {
                !subject.is_empty() && !rest.is_empty() && format!("{subject}{rest}") == bare
            })
    })
}

/// A word of the same scale that the criterion does not list.
fn is_another(labels: &[String], words: &str) -> bool {
    let Some(word) = scale_word(words) else { return false };
    labels.iter().all(|label| {
        scale_word(label).is_some_and(|listed| listed.stem == word.stem && listed.rank != word.rank)
    })
}
