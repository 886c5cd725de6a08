//! How many faults an actual states: 发现2处不合格, 抽查10户，8户符合, 发现隐患6处，已处理4处, 缺3份.

use crate::base::Number;
use crate::model::Laid;
use crate::notation::{Notation, Quantity, Unit};

use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::super::measure::Measure;
use super::super::{Facts, Refusal, Words};
use super::Answer;
use super::gravity::{Kind, kind};
use super::parts::{Part, parts};
use super::undone::undone;

/// What a part of an answer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tells {
    /// What went wrong.
    Fault,
    /// What was looked at, or asked for in all.
    Looked,
    /// What was found to be as it should.
    Sound,
    /// What was put right.
    Mended,
    /// An act that is no fault, or praise.
    Neutral,
    /// Only a number.
    Bare,
    /// Something else.
    Unknown,
}

const HINT: &str = "请写明扣分的数量，例如“3处”“未发现”；没有的填“0”。";

/// Verbs of finding.
const FOUND: [&str; 13] =
    ["查实", "查出", "发现", "发生", "出现", "存在", "接到", "收到", "产生", "全年", "现场", "共", "有"];
/// What is wrong, in words.
const WRONG: [&str; 52] = [
    "问题",
    "投诉",
    "事故",
    "差错",
    "错误",
    "违规",
    "违纪",
    "违法",
    "故障",
    "举报",
    "纠纷",
    "案件",
    "事件",
    "缺陷",
    "失误",
    "隐患",
    "挪用",
    "截留",
    "虚列",
    "遗漏",
    "损失",
    "缺岗",
    "脱岗",
    "空岗",
    "宕机",
    "漏报",
    "迟报",
    "错报",
    "瞒报",
    "虚报",
    "错发",
    "漏发",
    "迟到",
    "早退",
    "旷工",
    "缺勤",
    "逾期",
    "延误",
    "中断",
    "停机",
    "批评",
    "处罚",
    "上访",
    "超标",
    "超范围",
    "闲置",
    "返工",
    "泄密",
    "垃圾",
    "破损",
    "差评",
    "缺失",
];
const LOOKED: [&str; 12] =
    ["抽查", "抽检", "抽测", "检查", "巡查", "走访", "核查", "排查", "督查", "检测", "随机", "抽取"];
const SOUND: [&str; 9] = ["符合", "合格", "达标", "规范", "完整", "正常使用", "正常", "齐全", "准确"];
const MENDED: [&str; 12] =
    ["整改", "处理", "处置", "办结", "解决", "化解", "修复", "销号", "完成", "公开", "公示", "竣工"];
const PRAISE: [&str; 6] = ["表扬", "表彰", "奖", "接受", "召开", "开展"];
const DENIED: [&str; 6] = ["未", "不", "没", "非", "无", "缺"];

/// What a count of faults (or of what is missing) is by the words of the actual.
pub(super) fn answer(rule: &Graded, facts: &Facts) -> Result<Option<Answer>, Refusal> {
    let asked = match &rule.measure {
        Measure::Count(of) => of.as_str(),
        _ => "",
    };
    if rule.measure == Measure::Missing {
        return missing(facts);
    }
    let text = plain_words(facts.actual_text);
    if is_all_sound(&text) || denies(&text, rule, facts) {
        return Ok(Some(none()));
    }
    // 无一项未完成 is no item.
    let twice = ["无一", "没有一", "无1", "没有1"].iter().find_map(|no| text.strip_prefix(no));
    if twice.is_some_and(|rest| rest.contains(['未', '不', '没', '无'])) {
        return Err(Refusal::new(facts.actual_text, "是双重否定，无法确定扣分的数量", HINT));
    }
    let Some(parts) = parts(facts.actual_text) else { return Ok(None) };
    if parts.iter().all(|part| part.amount.is_none()) {
        return Ok(None);
    }
    if of_kind(&parts, asked, facts)? {
        return Ok(Some(Answer { laid: Laid::OtherKind, ..none() }));
    }
    let told: Vec<(Tells, &Part)> = parts.iter().map(|part| (tells(part, asked), part)).collect();
    counted(&told, asked, rule, facts)
}

fn none() -> Answer {
    Answer::of(Notation::NothingFound)
}

/// 全部合格, 均能正常使用, 以上情况均符合要求: nothing is wrong.
pub(super) fn is_all_sound(text: &str) -> bool {
    let rest = text.strip_prefix("以上情况").or_else(|| text.strip_prefix("经检查")).unwrap_or(text);
    let rest = ["全部", "均能", "均", "都", "全"].iter().find_map(|all| rest.strip_prefix(all));
    rest.is_some_and(|rest| {
        let rest = rest.strip_suffix("要求").unwrap_or(rest);
        SOUND.contains(&rest)
    })
}

/// 不存在, 未发现违规收费: nothing of what the criterion or the indicator names.
fn denies(text: &str, rule: &Graded, facts: &Facts) -> bool {
    const NO: [&str; 9] =
        ["均不存在", "不存在", "未发现", "未发生", "未出现", "没有发现", "没有发生", "没有出现", "没有"];
    let no = NO.iter().find_map(|no| text.strip_prefix(no)).or_else(|| text.strip_prefix('无'));
    let Some(rest) = no else { return false };
    let short = rest.strip_suffix("情况").or_else(|| rest.strip_suffix("现象")).unwrap_or(rest);
    let named = rule_words(rule).contains(short) || facts.indicator.contains(short);
    // 没有整改 denies what should have been done.
    let act = MENDED.iter().chain(&SOUND).any(|word| rest.contains(word));
    rest.is_empty()
        || (!act && short.chars().nth(1).is_some() && named && !short.contains(['，', '、', '但', '除']))
}

/// All words of the criterion that the rule was read from.
fn rule_words(rule: &Graded) -> String {
    let bands = rule.bands.iter().map(|b| &b.words);
    bands.chain(rule.otherwise.iter().map(|o| &o.words)).map(Words::as_str).collect()
}

/// Whether what the actual states is certainly of another kind than is asked; refused where it may be, and where only a
/// part of it is.
fn of_kind(parts: &[Part], asked: &str, facts: &Facts) -> Result<bool, Refusal> {
    if asked.is_empty() {
        return Ok(false);
    }
    if let [only] = parts
        && kind(asked, &only.words()) == Kind::Other
    {
        return Ok(true);
    }
    let said: Vec<String> = parts.iter().map(Part::words).collect();
    for words in &said {
        let why = match kind(asked, words) {
            Kind::Same => continue,
            Kind::Other => format!("评分标准只计“{asked}”，实际完成值写的是“{words}”，不是同一种情形"),
            Kind::Unclear => format!("评分标准只计“{asked}”，实际完成值没有写明是不是它"),
        };
        let hint = format!("请核对认定文件，写明“{asked}”有多少，例如“0”或“1”；或由评审人员打分。");
        return Err(Refusal::new(facts.actual_text, why, hint));
    }
    Ok(false)
}

/// What the words of a part say of its number.
pub(super) fn tells(part: &Part, asked: &str) -> Tells {
    let mut words = part.words();
    for filler in ["随机", "其中", "已", "均", "了", "的", "全年", "现场", "共", "被", "获", "中"]
    {
        words = words.replace(filler, "");
    }
    if words.is_empty() {
        return Tells::Bare;
    }
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    if has(&PRAISE) && !has(&DENIED) {
        return Tells::Neutral;
    }
    let denied = |list: &[&str]| {
        list.iter().any(|word| {
            words.split_once(word).is_some_and(|(before, _)| DENIED.iter().any(|no| before.contains(no)))
        })
    };
    // 没有整改2处 is a fault only where what is not mended counts.
    let open = asked.contains(['未', '没']);
    if words.contains(['未', '没']) && !open {
        return Tells::Unknown;
    }
    if denied(&SOUND) || denied(&MENDED) || (has(&["未", "不能", "不", "没有"]) && !has(&LOOKED)) {
        return Tells::Fault;
    }
    // 检查发现3处 found them; 检查隐患点位3处 and 整改隐患3处 say what was done about them.
    let found = has(&["发现", "查出", "查实", "出现", "发生", "存在"]);
    let act = has(&MENDED) || has(&SOUND) || has(&LOOKED);
    if found || (has(&WRONG) && !act) {
        return Tells::Fault;
    }
    let plain = FOUND.iter().fold(words.clone(), |text, word| text.replace(word, ""));
    // 按期办复12件 where what is not 按期办复 counts.
    let opposite = asked.split_once(plain.as_str()).is_some_and(|(before, _)| before.ends_with(['未', '没']));
    if opposite && !act && !plain.is_empty() {
        return Tells::Sound;
    }
    if plain.is_empty() || (!act && !asked.is_empty() && asked.contains(plain.as_str())) {
        return Tells::Fault;
    }
    if has(&LOOKED) {
        return Tells::Looked;
    }
    if has(&SOUND) {
        return Tells::Sound;
    }
    if has(&MENDED) { Tells::Mended } else { Tells::Unknown }
}

fn counted(
    told: &[(Tells, &Part)],
    asked: &str,
    rule: &Graded,
    facts: &Facts,
) -> Result<Option<Answer>, Refusal> {
    let refuse = |why: &str| Err(Refusal::new(facts.actual_text, why.to_owned(), HINT));
    let with = |kind: Tells| {
        told.iter()
            .filter(|(tells, part)| *tells == kind && part.amount.is_some())
            .map(|(_, part)| *part)
            .collect::<Vec<&Part>>()
    };
    let (faults, looked, sound, mended) =
        (with(Tells::Fault), with(Tells::Looked), with(Tells::Sound), with(Tells::Mended));
    let words: Vec<&Part> =
        told.iter().filter(|(_, part)| part.amount.is_none()).map(|(_, part)| *part).collect();
    let all_sound = words.iter().any(|part| is_all_sound(&part.before));
    let of = |part: &Part| part.amount.clone();
    let whole = with(Tells::Bare);
    // Acts that mend count only where what is not mended does.
    let open = asked.contains(['未', '没']) && MENDED.iter().any(|word| asked.contains(word));
    let all_mended = words.iter().any(|part| {
        MENDED.iter().any(|word| part.before.contains(word)) && !part.before.contains(['未', '不', '没'])
    });
    let numbers = told.iter().filter(|(_, part)| part.amount.is_some()).count();
    if numbers == 1 && words.is_empty() && !whole.is_empty() {
        return Ok(None); // 3处, as it stands
    }
    let unknown = told.iter().any(|(tells, part)| *tells == Tells::Unknown && part.amount.is_some());
    if unknown {
        return refuse("不能确定写明的是不是扣分的数量");
    }
    match (faults.as_slice(), mended.as_slice()) {
        ([found], []) if open && says_found(found) => {
            if all_mended {
                return Ok(Some(none()));
            }
            if words.is_empty() && !says_open(found) {
                return refuse("没有写明还有多少没有处理完");
            }
            Ok(of(found).map(number))
        }
        ([found], [done]) if open && says_found(found) => match difference(found, done) {
            Some(left) => Ok(Some(number(left))),
            None => refuse("已处理的多于发现的，或单位不同"),
        },
        ([only], _) if !open || mended.is_empty() => {
            let others = words.iter().any(|part| !is_plain(part));
            if others && !all_mended {
                return Ok(None);
            }
            Ok(of(only).map(number))
        }
        ([], []) if !looked.is_empty() || !whole.is_empty() => {
            match (looked.as_slice(), whole.as_slice(), sound.as_slice()) {
                (_, _, []) if all_sound => Ok(Some(none())),
                ([base], [], [good]) | ([], [base], [good]) => match difference(base, good) {
                    Some(left) => Ok(Some(number(left))),
                    None => refuse("符合的多于抽查的，或单位不同"),
                },
                _ => refuse("只写明了检查的数量，没有写明发现多少"),
            }
        }
        ([], []) if sound.is_empty() => refuse("写明的不是扣分的情形，没有写明扣分的数量是多少"),
        ([], _) => refuse("写明的是已经做到的数量，没有写明扣分的数量是多少"),
        ([first, rest @ ..], _) if is_listed(&faults, rule) => {
            let mut sum = of(first);
            for part in rest {
                sum = sum.zip(of(part)).and_then(|(a, b)| {
                    let same = a.unit.comparable(&b.unit) && a.unit.factor == b.unit.factor;
                    let number = a.number.plus(b.number).filter(|_| same)?;
                    Some(Quantity { number, ..a })
                });
            }
            Ok(sum.map(number))
        }
        _ => refuse("写明了不止一个数，无法确定扣分的数量是哪一个"),
    }
}

/// 发现隐患6处, 问题6个
fn says_found(part: &Part) -> bool {
    !says_open(part)
}

/// 未整改1个
fn says_open(part: &Part) -> bool {
    part.words().contains(['未', '没'])
}

/// Words beside a number that change nothing: 无其他问题.
fn is_plain(part: &Part) -> bool {
    let words = part.before.as_str();
    let rest = ["其余", "其他"].iter().find_map(|word| words.strip_prefix(word)).unwrap_or(words);
    is_all_sound(rest) || SOUND.contains(&rest) || LOOKED.contains(&words)
}

/// 迟到3人次、早退2人次 where the criterion counts both.
fn is_listed(faults: &[&Part], rule: &Graded) -> bool {
    let words = rule_words(rule);
    faults.iter().all(|part| {
        let name = part.words();
        name.chars().nth(1).is_some() && words.contains(name.as_str())
    })
}

fn difference(whole: &Part, part: &Part) -> Option<Quantity> {
    let (a, b) = (whole.amount.as_ref()?, part.amount.as_ref()?);
    let same = a.unit.comparable(&b.unit) && a.unit.factor == b.unit.factor;
    let number = a.number.minus(b.number).filter(|n| same && !n.is_negative())?;
    Some(Quantity { number, ..a.clone() })
}

fn number(quantity: Quantity) -> Answer {
    if quantity.number.is_zero() {
        return none();
    }
    Answer::number(quantity)
}

/// The text behind a word of lacking.
fn lacking(text: &str) -> Option<&str> {
    const LACKS: [&str; 8] = ["缺失", "缺少", "尚缺", "缺", "漏报", "遗漏", "漏", "少"];
    LACKS.iter().find_map(|word| text.strip_prefix(word))
}

/// 缺3份, 缺少2项, 资料齐全, 不缺项
fn missing(facts: &Facts) -> Result<Option<Answer>, Refusal> {
    let text = plain_words(facts.actual_text);
    let nothing = ["不缺", "无缺", "未缺", "没有缺"].iter().any(|word| text.starts_with(word));
    if (nothing || is_all_sound(&text)) && !text.contains(|c: char| c.is_ascii_digit()) {
        return Ok(Some(missed(&Quantity::new(Number::ZERO, Unit::bare()))));
    }
    let found = parts(facts.actual_text).unwrap_or_default();
    let [only] = found.as_slice() else { return Ok(None) };
    let Some(amount) = only.amount.as_ref().filter(|amount| amount.sign.is_none()) else { return Ok(None) };
    let said = lacking(&only.before).is_some_and(|rest| rest.chars().count() <= 6)
        || (only.before.is_empty() && lacking(&only.after).is_some())
        || undone(only);
    if said {
        return Ok(Some(missed(amount)));
    }
    // 会议纪要缺失份数: the indicator itself counts what is missing.
    let counts =
        ["缺", "漏", "遗失", "未归档", "未建档", "丢失"].iter().any(|word| facts.indicator.contains(word));
    let zero = facts.target.and_then(Notation::quantity).is_none_or(|target| target.number.is_zero());
    if only.words().is_empty() && counts && zero {
        return Ok(Some(missed(amount)));
    }
    let target = facts.target.and_then(Notation::quantity);
    if counts || target.is_some_and(|target| target.number.is_zero()) {
        let why = "实际完成值是现有的数量，还是缺少的数量，无法确定";
        return Err(Refusal::new(facts.actual_text, why, "请写明缺少多少，例如“缺2份”“齐全”。"));
    }
    Ok(None)
}

/// So many are missing.
fn missed(amount: &Quantity) -> Answer {
    Answer::number(amount.clone())
}
