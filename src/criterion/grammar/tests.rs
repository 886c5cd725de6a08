//! What is looked at before a parser is tried hides no word that the parser reads.

use super::award;
use super::clause::Given;
use super::condition::{self, condition};
use super::words;
use crate::notation::{DATE_WORDS, RANK_WORDS};

/// Texts that begin with every word of the grammar, before all that conditions and awards go on with.
fn texts() -> Vec<String> {
    let mut begins: Vec<&str> = words::classes().flat_map(|(_, words)| words.iter()).collect();
    begins.extend(DATE_WORDS.iter().chain(&RANK_WORDS).flat_map(|words| words.iter()));
    begins.extend([
        "90%",
        "3天",
        "5分",
        "百分之九十",
        "两次",
        "一半",
        "[80%，90%)",
        "(80%，90%]",
        "2021年",
        "12月",
    ]);
    let mut ends: Vec<String> = [
        "",
        "90%",
        "90%以上",
        "2次",
        "3天",
        "3名",
        "第3名",
        "5分",
        "10%-20%",
        "80%≤x<90%",
        "问题",
        "2次问题",
        "目标值",
        "目标值的80%",
        "目标值10%以上",
        "规定",
        "的得满分",
        "得满分",
        "，",
        "底前完成",
        "12月31日前完成",
        "分值的80%",
        "80%的分值",
        "完成率计分",
        "完成率*分值",
        "完成率乘以分值",
        "比例得分",
        "全部",
    ]
    .map(str::to_owned)
    .into();
    // Every class goes on with a word of every other.
    for (_, words) in words::classes() {
        ends.extend(words.iter().next().map(|word| format!("{word}90%得满分")));
    }
    begins.iter().flat_map(|begin| ends.iter().map(move |end| format!("{begin}{end}"))).collect()
}

#[test]
fn no_condition_is_hidden_by_what_it_begins_with() {
    let mut seen = 0_u32;
    for text in texts() {
        if condition(&mut text.as_str(), Given::default()).is_ok() {
            seen += 1;
            assert!(condition::may_begin(&text), "{text}");
        }
    }
    assert!(seen > 5_000, "{seen} conditions");
}

#[test]
fn no_award_is_hidden_by_what_it_begins_with() {
    let mut seen = 0_u32;
    for text in texts() {
        for after in [true, false] {
            if award::anywhere(&mut text.as_str(), after).is_ok() {
                seen += 1;
                assert!(award::may_begin(&text), "{text}");
            }
        }
    }
    assert!(seen > 2_000, "{seen} awards");
}

/// Only two kinds of conditions begin with a digit; the others are not tried there.
#[test]
fn no_condition_is_hidden_by_its_digit() {
    for text in texts().iter().filter(|text| text.starts_with(|c: char| c.is_ascii_digit())) {
        let by = |parsers| condition::first_of(parsers, &mut text.as_str());
        assert_eq!(by(condition::FIGURED), by(condition::WORDED), "{text}");
    }
}
