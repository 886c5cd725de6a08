//! Grade words with their awards: 部分覆盖得50%, 优（10分）、良（8分）, 优、良、差分别得10分、8分、0分.

use winnow::error::EmptyError;
use winnow::prelude::*;

use crate::notation::scale_word;
use crate::rule::{Award, levels};

use crate::criterion::grammar::award::{award, bracketed};
use crate::criterion::grammar::clause::Clause;
use crate::criterion::grammar::scan::{Input, Outcome, attempt, denies, is_name, lit};
use crate::criterion::grammar::words::{FALLS, MARKS_GIVEN, RISES, STAYS};
use crate::words::{self, Class, Lexicon, list};

/// 部分覆盖得50%, 全量验收:5分, 实际为“是”得满分, 优（10分）、良（8分）
pub(crate) fn state(input: &mut Input<'_>) -> Outcome<Clause> {
    let mut found = Vec::new();
    loop {
        found.push(one_state(input)?);
        if input.is_empty() {
            return Ok(Clause::States(found));
        }
        lit("、").parse_next(input)?;
    }
}

/// A grade word with its award, behind it or in brackets.
fn one_state(input: &mut Input<'_>) -> Outcome<(String, Award)> {
    let text = input.strip_prefix("实际为").unwrap_or(input);
    // 若是，得满分
    let text = ["如果", "若", "如"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .filter(|rest| rest.starts_with(['是', '否']))
        .unwrap_or(text);
    for (at, c) in text.char_indices().skip(1).take(MAX_LABEL) {
        let before = text.get(..at).unwrap_or_default();
        let mut rest = text.get(at..).unwrap_or_default();
        let earned =
            if c == '(' { attempt(&mut rest, bracketed) } else { attempt(&mut rest, |i| award(i, true)) };
        let Some(earned) = earned else { continue };
        // 及时得5分: 时 is part of the word, not 的时候.
        let timely = before.ends_with(['及', '按', '准', '实', '限', '随']);
        if timely && text.get(at..).is_some_and(|after| after.starts_with('时')) {
            continue;
        }
        let label = before
            .rsplit_once(':')
            .map_or(before, |(lead, label)| if is_name(lead) { label } else { before });
        // 较上年持平或下降: either word.
        let either = turns(label);
        let label = either.as_deref().unwrap_or(label);
        if !(is_label(label) || is_grade_of_marks(label)) || !(rest.is_empty() || rest.starts_with('、')) {
            continue;
        }
        // 优秀等次 is 优秀.
        let grade = list::GRADE_NOUNS.strip_end(label).filter(|grade| scale_word(grade).is_some());
        let label = grade.unwrap_or(label);
        *input = rest;
        return Ok((label.to_owned(), earned));
    }
    Err(EmptyError)
}

/// 持平、下降 of 较上年持平或下降.
fn turns(label: &str) -> Option<String> {
    let (a, b) = label.split_once('或')?;
    // 下降不足5%、持平或上升: what stands before it says something, too.
    if a.contains(|c: char| c == '、' || c.is_ascii_digit()) {
        return None;
    }
    let turn = |text: &str| {
        [RISES, FALLS, STAYS].iter().find_map(|words| words.iter().find(|word| text.ends_with(*word)))
    };
    let (turned, b) = (turn(a)?, turn(b).filter(|turn| *turn == b)?);
    // 信访量较上年持平: of what, and since when; 未持平 is another thing.
    let of = a.strip_suffix(turned)?;
    let of = words::of(Class::ChangedSince).strip_end(of).unwrap_or(of);
    let plain = of.is_empty() || (is_name(of) && !denies(of));
    plain.then(|| format!("{turned}、{b}"))
}

/// Labels are short.
const MAX_LABEL: usize = 40;

/// What no grade word contains: figures, comparisons, alternatives, what leaves points to a person.
const NO_LABEL: &Lexicon = &Lexicon::new(&[
    "酌情",
    "视情",
    "每",
    "扣",
    "得分",
    "以上",
    "以下",
    "以内",
    "高于",
    "低于",
    "超过",
    "不足",
    "大于",
    "小于",
    "不少于",
    "不低于",
    "若",
    "如果",
    "除",
    "或",
    "任一",
    "之一",
    "百分",
    "倍",
    "一半",
    "过半",
    "多数",
    "名",
    "其余",
    "其他",
    "否则",
    "按比例",
    "按完成",
    "分值",
    "最高",
    "最低",
    "介于",
    "之间",
    "达到",
    "等于",
    "成以",
    "首次",
    "再次",
    "起每",
    "就高",
    "不重复",
]);

/// 优秀(90分以上), 良好(80分(含)-90分): a grade with the marks that earn it.
fn is_grade_of_marks(text: &str) -> bool {
    let Some((word, marks)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else {
        return false;
    };
    let plain = |c: char| c.is_ascii_digit() || "分以上下及含不足低于达到至-~.()<>≥≤、，且".contains(c);
    // 得分≥90分, 80分≤得分<90分
    let marks = &MARKS_GIVEN.iter().fold(marks.to_owned(), |marks, name| marks.replace(name, ""));
    is_label(word)
        && marks.contains('分')
        && marks.contains(|c: char| c.is_ascii_digit())
        && marks.chars().all(plain)
}

/// 高于上年, 与上年持平: how something stands to a figure that the criterion does not state.
fn stands_to(text: &str) -> bool {
    let known =
        |what: &str| [Class::LastYears, Class::AreaMeans].iter().any(|class| words::of(*class).has(what));
    list::STANDS_TO_UNSTATED.iter().any(|how| text.strip_prefix(how).is_some_and(known))
}

/// 达到Ⅲ类及以上, 获得国家级或省级表彰: levels of a thing, with what names it.
fn is_of_levels(text: &str) -> bool {
    levels(text).is_some_and(|levels| {
        levels.is_several()
            && (levels.thing().is_empty() || (is_word(levels.thing()) && !denies(levels.thing())))
    })
}

pub(crate) fn is_label(text: &str) -> bool {
    stands_to(text) || list::EXPECTED_EFFECTS.has(text) || is_word(text) || is_of_levels(text)
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '、' | '(' | ')' | '√' | '×' | '/'))
        && !NO_LABEL.within(text)
}

/// Grade words listed together are short.
pub(crate) const MAX_GRADE: usize = 6;
