//! What says of what the criterion is, and decides nothing: 按季度开展绩效运行监控, 应助尽助, 发放问卷统计, 每月至少备份1次 before 全年12次.

use super::{Change, Place};
use crate::criterion::grammar::award::award;
use crate::criterion::grammar::scan::attempt;
use crate::criterion::grammar::words::{HARM, HAZARDS};
use crate::notation::is_numeral;
use crate::words::{self, Class, list};

/// A stretch of words before the rule in which nothing is a condition: no figure, no award, no denial, nothing that is or is not
/// as it should be.
pub(super) fn background(place: &Place) -> Option<Change> {
    let text = place.text();
    // Behind what still waits for its award it may be a second condition.
    let begins = place.before().is_none()
        || place.all.iter().take(place.at).all(|earlier| is_background(earlier.text));
    let waits = text.ends_with(['的', '时', '者', '后', ':']);
    let next = place.behind().filter(|next| begins_rule(next))?;
    // 年度三项重点工作 before 每完成一项得3分: how many there are says the target.
    (begins && !waits && is_background(text) && !next.is_empty()).then_some(Change::Drop)
}

/// 应发尽发 before 100%得5分: that all is done that should be, which the rule says in figures.
pub(super) fn all_that_should(place: &Place) -> Option<Change> {
    let signs: Vec<char> = place.text().chars().collect();
    let [should, act, all, same] = signs.as_slice() else { return None };
    let idiom = *should == '应' && *all == '尽' && act == same;
    let next = place.behind().filter(|next| begins_rule(next))?;
    let rule = next.starts_with('每') || next.contains(|c: char| c.is_ascii_digit());
    (idiom && rule && place.at == 0).then_some(Change::Drop)
}

/// Words in which nothing is a condition.
fn is_background(text: &str) -> bool {
    let decides = says_how(text) || words::of(Class::Demands).within(text) || list::DENIALS.within(text);
    let plain = text.chars().all(|c| c.is_alphabetic() || matches!(c, '、' | '《' | '》' | '/'));
    !decides && plain && text.chars().count() <= MAX_CHARS
}

/// Longer words say more than of what the rule is.
const MAX_CHARS: usize = 24;

/// Whether words are of points, or of when something holds.
fn says_how(text: &str) -> bool {
    let decides = ['得', '扣', '分', '加', '减', '奖', '罚', '是', '否', '若', '如', '当'];
    // 加强管理 adds no points.
    let plain = words::of(Class::NoPoints).iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
    plain.contains(decides)
        || HAZARDS.within(text)
        || HARM.within(text)
        || words::of(Class::Together).within(text)
}

/// Whether a stretch is more than what goes on from the words before it.
fn begins_rule(text: &str) -> bool {
    let mut rest = text;
    let earns = attempt(&mut rest, |i| award(i, true)).is_some();
    !earns && !text.starts_with(['的', '则', '即', '并', '且', '但', '而', '以', '(', '或', '按'])
}

/// 依据上一年度财政检查结果 before 每个问题扣0.5分: from which papers it is known.
pub(super) fn source(place: &Place) -> Option<Change> {
    let text = place.text();
    place.behind().filter(|next| begins_rule(next))?;
    let of = ["依据", "根据", "按照"].iter().find_map(|by| text.strip_prefix(by))?;
    let of = ["计分", "评分", "打分", "得分"].iter().find_map(|end| of.strip_suffix(end)).unwrap_or(of);
    let papers = words::of(Class::SourcePapers).strip_end(of)?;
    let papers =
        words::of(Class::LastYears).iter().fold(papers.to_owned(), |text, year| text.replace(year, ""));
    let plain = papers.chars().all(|c| c.is_alphabetic() || matches!(c, '、' | '《' | '》'));
    let short = text.chars().count() <= MAX_CHARS;
    let decides = says_how(&papers) || list::DENIALS.within(&papers);
    (place.before().is_none() && plain && short && !decides).then_some(Change::Drop)
}

/// 每月至少备份1次 before 全年12次得3分, 每周更新不少于2次 before 全年不少于104次: how often the year's number is made up.
pub(super) fn sample(place: &Place) -> Option<Change> {
    let text = place.text();
    let next = place.behind().filter(|next| words::of(Class::TheYearsNumber).begins(next))?;
    let rest = words::of(Class::EachPeriod).strip(text)?;
    let numeral = |c: char| c.is_ascii_digit() || is_numeral(c);
    let counted =
        rest.find(numeral).and_then(|at| rest.get(at..)).map(|rest| rest.trim_start_matches(numeral));
    // 召开一次工作例会: how often, of what
    let counts = counted.is_some_and(|behind| {
        let thing = behind.strip_prefix(['次', '期', '场', '篇', '天', '轮', '份']);
        thing.is_some_and(|thing| thing.is_empty() || is_background(thing))
    });
    let plain = !text.contains(['得', '扣', '分', '未', '无']) && begins_rule(next);
    (counts && plain && place.before().is_none()).then_some(Change::Drop)
}

/// 按检测座数计分 before 每检测1座得0.2分: that points go by what the next words count.
pub(super) fn scored_by(place: &Place) -> Option<Change> {
    let text = place.text();
    place.behind().filter(|next| next.starts_with('每'))?;
    let of = ["计分", "得分", "给分", "评分", "打分", "赋分", "扣分"]
        .iter()
        .find_map(|verb| text.strip_suffix(verb))?;
    let by = of.strip_prefix("按照").or_else(|| of.strip_prefix('按'))?;
    let plain = by.chars().all(char::is_alphabetic) && by.chars().count() <= MAX_NAME && !says_how(by);
    let share = list::RATE_SIGNS.ends(by) || list::SHARE_WORDS.within(by);
    (plain && !share && !list::DENIALS.within(by)).then_some(Change::Drop)
}

const MAX_NAME: usize = 10;

/// 年度重点工作共8项 before 每完成1项得1.25分: how many there are is no bound where each adds points.
pub(super) fn number_of_all(place: &Place) -> Option<Change> {
    let text = place.text();
    let next = place.behind().filter(|next| next.starts_with('每'))?;
    let (name, count) = text.split_once('共')?;
    let digits =
        count.trim_start_matches(['有', '计', '安', '排']).trim_start_matches(|c: char| c.is_ascii_digit());
    let counted = digits.len() < count.len() && matches!(digits, "项" | "个" | "件" | "次" | "处" | "家");
    let plain = name.chars().all(char::is_alphabetic) && !says_how(name) && !list::DENIALS.within(name);
    let adds = !next.contains(['扣', '减', '少', '未', '缺']) && next.contains(['得', '加', '计']);
    (counted && plain && adds && place.before().is_none()).then_some(Change::Drop)
}
