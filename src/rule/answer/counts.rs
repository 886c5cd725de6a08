//! How many faults an actual states: 发现2处不合格, 抽查10户，8户符合, 发现隐患6处，已处理4处, 缺3份.

use crate::base::Number;
use crate::model::Laid;
use crate::notation::{Notation, Quantity, Unit};
use crate::words::{self, Class};

use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::super::measure::Measure;
use super::super::{Facts, Refusal};
use super::gravity::{Kind, kind};
use super::parts::{Part, parts};
use super::undone::undone;
use super::{Answer, approximate};

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

const HINT: &str = "请写明扣分的数量；没有的填“0”。";

/// What a count of faults (or of what is missing) is by the words of the actual.
pub(super) fn answer(rule: &Graded, facts: &Facts) -> Result<Option<Answer>, Refusal> {
    let asked = match &rule.measure {
        Measure::Count(of) => of.as_str(),
        _ => "",
    };
    if rule.measure == Measure::Missing {
        return missing(rule, facts);
    }
    let text = plain_words(facts.actual_text);
    // 十余起, 超过20起: all that it may be is tried.
    if approximate::is_so(facts) && !words::of(Class::FaultsOfAKind).within(&text) {
        return Ok(None);
    }
    if is_all_sound(&text) || denies(&text, rule, facts) || is_all_done(&text, rule) {
        return Ok(Some(none()));
    }
    // 无一项不… denies what is denied.
    let twice = ["无一", "没有一", "无1", "没有1"].iter().find_map(|no| text.strip_prefix(no));
    if twice.is_some_and(|rest| rest.contains(['未', '不', '没', '无'])) {
        return Err(Refusal::new(facts.actual_text, "是双重否定，无法确定扣分的数量", HINT));
    }
    if text.starts_with('除') {
        return match except(&text) {
            Some(found) => Ok(Some(number(found))),
            None => Err(Refusal::new(facts.actual_text, "不能确定扣分的数量是多少", HINT)),
        };
    }
    // 存在未按规定公开的情形 where that counts: how many is not said.
    if says_there_is(&text, rule) {
        return Ok(Some(Answer::word("存在")));
    }
    let Some(parts) = parts(facts.actual_text) else { return Ok(None) };
    if parts.iter().all(|part| part.amount.is_none()) {
        return Ok(None);
    }
    let (parts, other) = of_thing(parts, rule, facts)?;
    let parts = match of_kind(parts, asked, facts)? {
        OfKind::These(parts) => parts,
        OfKind::None => return Ok(Some(Answer { laid: Laid::OtherKind, ..none() })),
    };
    if parts.iter().all(|part| part.amount.is_none()) {
        let none_of_it = parts.iter().any(|part| denies(&part.before, rule, facts));
        return Ok(none_of_it.then(none));
    }
    let told: Vec<(Tells, &Part)> = parts.iter().map(|part| (tells(part, asked), part)).collect();
    // 正面报道5次，无负面报道
    let neutral = told.iter().all(|(tells, part)| *tells == Tells::Neutral || part.amount.is_none());
    if neutral && parts.iter().any(|part| denies(&part.before, rule, facts)) {
        return Ok(Some(none()));
    }
    match counted(&told, asked, rule, facts)? {
        // 投诉2起，安全事故1起: what is left of it has no other number.
        None if other => match parts.as_slice() {
            [only] => Ok(only.amount.clone().map(number)),
            _ => Ok(None),
        },
        found => Ok(found),
    }
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
        words::of(Class::Sound).has(rest)
    })
}

/// 不存在, 未发现违规收费: nothing of what the criterion or the indicator names.
fn denies(text: &str, rule: &Graded, facts: &Facts) -> bool {
    let Some(rest) = words::of(Class::FoundNone).strip(text) else { return false };
    let short = rest.strip_suffix("情况").or_else(|| rest.strip_suffix("现象")).unwrap_or(rest);
    let named = rule.all_words().contains(short) || facts.indicator.contains(short);
    // 没有整改 denies what should have been done.
    let act = words::of(Class::Mended).within(rest) || words::of(Class::Sound).within(rest);
    rest.is_empty()
        || (!act && short.chars().nth(1).is_some() && named && !short.contains(['，', '、', '但', '除']))
}

/// 全部按时完成 where what is not done counts.
fn is_all_done(text: &str, rule: &Graded) -> bool {
    let all = ["全部", "均已", "均", "都", "全"].iter().find_map(|all| text.strip_prefix(all));
    all.map(|act| act.trim_start_matches('已')).is_some_and(|act| {
        act.chars().nth(1).is_some()
            && rule.all_words().contains(&format!("未{act}"))
            && !act.contains(['，', '、'])
    })
}

/// 存在未按规定公开的情形, 发生投诉: there is what counts.
fn says_there_is(text: &str, rule: &Graded) -> bool {
    let plain = |text: &str| text.replace(['的', '了', '，'], "");
    let Some(thing) = words::of(Class::FoundSome).strip(text) else { return false };
    let thing = plain(thing);
    let long = thing.chars().nth(1).is_some() && !thing.contains(|c: char| c.is_ascii_digit());
    long && !rule.all_words().contains('且') && plain(&rule.all_words()).contains(&thing)
}

/// 除2处外均合格
fn except(text: &str) -> Option<Quantity> {
    let (amount, taken) = crate::notation::scan_quantity(text.strip_prefix('除')?)?;
    let rest = text.strip_prefix('除')?.get(taken..)?;
    let rest = rest.strip_prefix("以外").or_else(|| rest.strip_prefix('外'))?.trim_start_matches('，');
    let rest = rest.strip_prefix("其余").or_else(|| rest.strip_prefix("其他")).unwrap_or(rest);
    (amount.sign.is_none() && (is_all_sound(rest) || words::of(Class::Sound).has(rest))).then_some(amount)
}

/// The parts about what the criterion or the form counts, and whether others were left out: 投诉2起、安全事故1起 under 投诉.
fn of_thing(parts: Vec<Part>, rule: &Graded, facts: &Facts) -> Result<(Vec<Part>, bool), Refusal> {
    let known = format!("{}{}", rule.all_words(), facts.indicator);
    let things = words::of(Class::FaultsOfAKind);
    // Where problems of any kind count, each of them may.
    if !things.within(&known) || known.contains("问题") {
        return Ok((parts, false));
    }
    let is_other = |part: &Part| {
        let said = part.words();
        let mut named = things.iter().filter(|thing| said.contains(thing)).peekable();
        part.amount.is_some() && named.peek().is_some() && named.all(|thing| !known.contains(thing))
    };
    if let Some(words) = parts.iter().map(Part::words).find(|said| is_of_another(said, &rule.all_words())) {
        let why = format!("写明的是“{words}”，是不是评分标准计数的情形，无法确定");
        return Err(Refusal::new(facts.actual_text, why, HINT));
    }
    let (others, own): (Vec<Part>, Vec<Part>) = parts.into_iter().partition(is_other);
    match others.first() {
        Some(other) if own.is_empty() => {
            let why = format!("写明的是“{}”，不是评分标准计数的情形", other.words());
            Err(Refusal::new(facts.actual_text, why, HINT))
        }
        other => Ok((own, other.is_some())),
    }
}

/// 交通事故 where 安全事故 counts: the thing by another word before it.
fn is_of_another(said: &str, known: &str) -> bool {
    let before = |text: &str, thing: &str| -> Option<String> {
        let (before, _) = text.rsplit_once(thing)?;
        let chars: Vec<char> = before.chars().collect();
        let two: String = chars.get(chars.len().checked_sub(2)?..)?.iter().collect();
        let plain = chars.iter().rev().take(2).all(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
        let verb = [Class::Found, Class::FoundNone, Class::FoundSome, Class::Ranks, Class::Inspected]
            .iter()
            .any(|class| words::of(*class).within(&two));
        (plain && !verb && !is_measure(&two)).then_some(two)
    };
    words::of(Class::FaultsOfAKind).iter().any(|thing| match (before(said, thing), before(known, thing)) {
        (Some(own), Some(asked)) => own != asked && !known.contains(&own),
        _ => false,
    })
}

/// 1起 before the thing is no kind of it.
fn is_measure(two: &str) -> bool {
    let mut chars = two.chars();
    let (first, last) = (chars.next(), chars.next());
    first.is_some_and(|c| c.is_ascii_digit() || crate::notation::is_numeral(c))
        || last
            .is_some_and(|c| matches!(c, '起' | '次' | '件' | '例' | '个' | '处' | '宗' | '有' | '的' | '被'))
}

/// What of an answer is of the kind that is asked for.
enum OfKind {
    /// These parts.
    These(Vec<Part>),
    /// Certainly nothing.
    None,
}

/// What of the parts is of the kind that is asked for; refused where that may be.
fn of_kind(parts: Vec<Part>, asked: &str, facts: &Facts) -> Result<OfKind, Refusal> {
    if asked.is_empty() {
        return Ok(OfKind::These(parts));
    }
    if let [only] = parts.as_slice()
        && kind(asked, &only.words()) == Kind::Other
    {
        return Ok(OfKind::None);
    }
    if let Some(words) = parts.iter().map(Part::words).find(|words| kind(asked, words) == Kind::Unclear) {
        let why = format!("评分标准只计“{asked}”，实际完成值“{words}”没有写明是不是它");
        let hint = format!("请核对认定文件，写明“{asked}”有多少，例如“0”或“1”；或由评审人员打分。");
        return Err(Refusal::new(facts.actual_text, why, hint));
    }
    let (own, others): (Vec<Part>, Vec<Part>) =
        parts.into_iter().partition(|part| kind(asked, &part.words()) == Kind::Same);
    // What is said of it must be said in its own words.
    let named = |part: &Part| part.words().contains(asked);
    match others.first() {
        Some(other) if !own.iter().any(named) => {
            let why = format!("评分标准只计“{asked}”，实际完成值写的是“{}”，不是同一种情形", other.words());
            let hint = format!("请写明“{asked}”有多少，例如“0”或“1”；或由评审人员打分。");
            Err(Refusal::new(facts.actual_text, why, hint))
        }
        _ => Ok(OfKind::These(own)),
    }
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
    let has = |class: Class| words::of(class).within(&words);
    let says = |list: &[&str]| list.iter().any(|word| words.contains(word));
    // 投诉较上年减少2起 says nothing of how many there were.
    let moved = [Class::Risen, Class::Fallen, Class::Slowed, Class::LastYears];
    if moved.iter().any(|class| has(*class) && !words::of(*class).within(asked)) {
        return Tells::Unknown;
    }
    if has(Class::Praised) && !has(Class::Negations) {
        return Tells::Neutral;
    }
    let denied = |class: Class| {
        words::of(class).iter().any(|word| {
            words.split_once(word).is_some_and(|(before, _)| words::of(Class::Negations).within(before))
        })
    };
    // 没有整改2处 is a fault only where what is not mended counts.
    let open = asked.contains(['未', '没']);
    if words.contains(['未', '没']) && !open {
        return Tells::Unknown;
    }
    if denied(Class::Sound)
        || denied(Class::Mended)
        || (says(&["未", "不能", "不", "没有"]) && !has(Class::Inspected))
    {
        return Tells::Fault;
    }
    // 检查发现3处 found them; 检查隐患点位3处 and 整改隐患3处 say what was done about them.
    let found = says(&["发现", "查出", "查实", "出现", "发生", "存在"]);
    let act = has(Class::Mended) || has(Class::Sound) || has(Class::Inspected);
    if found || (has(Class::Faults) && !act) {
        return Tells::Fault;
    }
    let plain = words::of(Class::Found).iter().fold(words.clone(), |text, word| text.replace(word, ""));
    // 按期办复12件 where what is not 按期办复 counts.
    let opposite = asked.split_once(plain.as_str()).is_some_and(|(before, _)| before.ends_with(['未', '没']));
    if opposite && !act && !plain.is_empty() {
        return Tells::Sound;
    }
    if plain.is_empty() || (!act && !asked.is_empty() && asked.contains(plain.as_str())) {
        return Tells::Fault;
    }
    if has(Class::Inspected) {
        return Tells::Looked;
    }
    if has(Class::Sound) {
        return Tells::Sound;
    }
    if has(Class::Mended) { Tells::Mended } else { Tells::Unknown }
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
    let open = asked.contains(['未', '没']) && words::of(Class::Mended).within(asked);
    let all_mended = words.iter().any(|part| {
        words::of(Class::Mended).within(&part.before) && !part.before.contains(['未', '不', '没'])
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
            if !says_open(found) {
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
    is_all_sound(rest)
        || words::of(Class::Sound).has(rest)
        || words::of(Class::Inspected).has(words)
        || (words::of(Class::FoundNone).begins(words)
            && !words.contains("无法")
            && !words::of(Class::Mended).within(words))
}

/// 迟到3人次、早退2人次 where the criterion counts both.
fn is_listed(faults: &[&Part], rule: &Graded) -> bool {
    let words = rule.all_words();
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
fn missing(rule: &Graded, facts: &Facts) -> Result<Option<Answer>, Refusal> {
    let text = plain_words(facts.actual_text);
    let nothing = ["不缺", "无缺", "未缺", "没有缺"].iter().any(|word| text.starts_with(word));
    if (nothing || is_all_sound(&text)) && !text.contains(|c: char| c.is_ascii_digit()) {
        return Ok(Some(missed(&Quantity::new(Number::ZERO, Unit::bare()))));
    }
    let found = parts(facts.actual_text).unwrap_or_default();
    if let Some(number) = listed(&text, rule) {
        return Ok(Some(missed(&Quantity::new(number, Unit::count("项")))));
    }
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
        return Err(Refusal::new(facts.actual_text, why, "请写明缺少多少。"));
    }
    Ok(None)
}

/// 缺合同、付款凭证: so many are named, where things of whichever kind count (每缺1项).
fn listed(text: &str, rule: &Graded) -> Option<Number> {
    let named = lacking(text)?;
    let open = ["等", "部分", "若干", "和", "及", "与", "份", "但", "补"];
    if named.contains(|c: char| c.is_ascii_digit()) || open.iter().any(|word| named.contains(word)) {
        return None;
    }
    let each = ["项", "种", "类"].iter().any(|unit| {
        rule.all_words().contains(&format!("1{unit}")) || rule.all_words().contains(&format!("一{unit}"))
    });
    let things: Vec<&str> = named.split(['、', '，']).collect();
    let whole = things.iter().all(|thing| {
        words::of(Class::Papers).ends(thing)
            && thing.chars().nth(1).is_some()
            && !thing.contains(['齐', '全', '未', '不', '无'])
    });
    (each && whole).then(|| u32::try_from(things.len()).ok().map(Number::from)).flatten()
}

/// So many are missing.
fn missed(amount: &Quantity) -> Answer {
    Answer::number(amount.clone())
}
