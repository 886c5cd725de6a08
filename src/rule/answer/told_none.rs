//! Answers to a count of faults that say whether there are any, without a number: 未发现违规收费, 全部合格, 存在未公开的情形.

use crate::notation::Quantity;
use crate::words::{self, Class, list};

use super::super::award::Award;
use super::super::facts::plain_words;
use super::super::graded::{Band, Graded};
use super::super::state::StateBand;
use super::super::{IndicatorFacts, Refusal};
use super::counts::HINT;
use super::gravity::is_graver;
use super::kinds_listed;

/// 未发生重大事故 under 较大及以上事故 or 安全事故: of what is less grave nothing is said.
pub(in crate::rule) fn checked_denial(rule: &Graded, facts: &IndicatorFacts) -> Result<(), Refusal> {
    let text = plain_words(facts.actual_text);
    let graver = |rest: &str| !rest.contains(['，', '、']) && is_graver(&rule.all_words(), rest);
    if words::of(Class::FoundNone).strip(&text).is_some_and(graver) {
        let why = "只说明没有更严重的情形，没有说明评分标准所问的情形有没有";
        return Err(Refusal::new(facts.actual_text, why, HINT));
    }
    if kinds_listed::leaves_some(rule, &text) {
        let why = "只说明了评分标准列出的一部分情形，其余的有没有没有说明";
        return Err(Refusal::new(facts.actual_text, why, HINT));
    }
    Ok(())
}

/// 全部合格, 均能正常使用, 以上情况均符合要求: nothing is wrong.
pub(super) fn is_all_sound(text: &str) -> bool {
    let led = ["以上情况", "经检查", "经核查", "经抽查"].iter().find_map(|lead| text.strip_prefix(lead));
    let rest = led.unwrap_or(text);
    let rest = ["全部", "均已", "均能", "均", "都", "全"].iter().find_map(|all| rest.strip_prefix(all));
    rest.is_some_and(|rest| {
        let rest =
            ["要求", "条件", "规定", "标准"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
        words::of(Class::Sound).has(rest)
    })
}

/// 按时报送 under 按时报送得满分: what earns all points, in the criterion's own words.
pub(super) fn is_full(text: &str, rule: &Graded) -> bool {
    let own = |band: &Band| {
        band.words.as_str().strip_prefix(text).is_some_and(|rest| rest.starts_with(['得', '的', '计', '，']))
    };
    text.chars().nth(2).is_some() && rule.bands.iter().any(|band| band.award == Award::Full && own(band))
}

/// 严格执行 of 严格执行制度规定: the state that earns all points, or how it begins.
pub(super) fn is_state_of_all(text: &str, rule: &Graded) -> bool {
    let own = |state: &StateBand| state.award == Award::Full && state.label.starts_with(text);
    text.chars().nth(3).is_some() && rule.states.iter().any(own)
}

/// 应救尽救: the very state that earns all points.
pub(super) fn is_full_state(text: &str, rule: &Graded, facts: &IndicatorFacts) -> bool {
    let full = |state: &StateBand| state.award.fixed(facts.weight) == Some(facts.weight.number());
    rule.states.iter().any(|state| full(state) && plain_words(&state.label) == text)
}

/// 不存在, 未发现违规收费: nothing of what the criterion or the indicator names.
pub(super) fn denies(text: &str, rule: &Graded, facts: &IndicatorFacts) -> bool {
    let text = list::THROUGHOUT.strip(text).unwrap_or(text);
    let Some(rest) = words::of(Class::FoundNone).strip(text) else { return false };
    let short = ["情况", "现象", "情形"].iter().find_map(|end| rest.strip_suffix(end)).unwrap_or(rest);
    let short = short.strip_suffix('的').unwrap_or(short);
    let words = rule.all_words();
    // 未迟报 where 迟报、漏报 count says nothing of the other.
    let joined =
        |mark: char| words.contains(&format!("{short}{mark}")) || words.contains(&format!("{mark}{short}"));
    if !short.is_empty() && ['、', '或', '/'].into_iter().any(joined) {
        return false;
    }
    // 未发现不规范合同 under 每发现1份合同不规范
    let turned = || {
        short.char_indices().skip(2).any(|(at, _)| {
            let (a, b) = short.split_at(at);
            b.chars().nth(1).is_some() && words.contains(&format!("{b}{a}"))
        })
    };
    // 无错发漏发 where 错发、漏发 count
    let together = |text: &str| text.replace(['、', '或', '和', '及'], "");
    let named = together(&words).contains(&together(short)) || facts.indicator.contains(short) || turned();
    // 没有整改 denies what should have been done.
    // 不规范 is no 规范.
    let plainly = |class: Class| {
        let said =
            |word: &str| rest.split_once(word).is_some_and(|(before, _)| !before.ends_with(['不', '未']));
        words::of(class).iter().any(said)
    };
    let act = plainly(Class::Mended) || plainly(Class::Sound);
    rest.is_empty()
        || (!act && short.chars().nth(1).is_some() && named && !short.contains(['，', '、', '但', '除']))
}

/// 全部按时完成 where what is not done counts.
pub(super) fn is_all_done(text: &str, rule: &Graded) -> bool {
    // 15个项目全部开展自评
    let behind = crate::notation::scan_quantity(text).filter(|_| !text.contains(['，', '、'])).and_then(
        |(_, taken)| {
            let rest = text.get(taken..)?;
            rest.char_indices()
                .take(MAX_THING)
                .find_map(|(at, _)| rest.get(at..).filter(|rest| rest.starts_with("全部")))
        },
    );
    let text = behind.unwrap_or(text);
    let all = ["已全部", "已经全部", "全部", "均已", "均", "都", "全"]
        .iter()
        .find_map(|all| text.strip_prefix(all));
    all.map(|act| act.trim_start_matches('已')).is_some_and(|act| {
        act.chars().nth(1).is_some()
            && rule.all_words().contains(&format!("未{act}"))
            && !act.contains(['，', '、'])
    })
}

/// Names of what was done are short.
const MAX_THING: usize = 6;

/// 存在未按规定公开的情形, 发生投诉: there is what counts.
pub(super) fn says_there_is(text: &str, rule: &Graded) -> bool {
    let plain = |text: &str| text.replace(['的', '了', '，'], "");
    let Some(thing) = words::of(Class::FoundSome).strip(text) else { return false };
    let thing = plain(thing);
    let long = thing.chars().nth(1).is_some() && !thing.contains(|c: char| c.is_ascii_digit());
    long && !rule.all_words().contains('且') && plain(&rule.all_words()).contains(&thing)
}

/// 除2处外均合格
pub(super) fn except(text: &str) -> Option<Quantity> {
    let (amount, taken) = crate::notation::scan_quantity(text.strip_prefix('除')?)?;
    let rest = text.strip_prefix('除')?.get(taken..)?;
    let rest = rest.strip_prefix("以外").or_else(|| rest.strip_prefix('外'))?.trim_start_matches('，');
    let rest = rest.strip_prefix("其余").or_else(|| rest.strip_prefix("其他")).unwrap_or(rest);
    (amount.sign.is_none() && (is_all_sound(rest) || words::of(Class::Sound).has(rest))).then_some(amount)
}
