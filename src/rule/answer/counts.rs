//! How many faults an actual states: 发现2处不合格, 抽查10户，8户符合, 发现隐患6处，已处理4处, 缺3份.

use crate::base::{Number, Ratio};
use crate::model::Laid;
use crate::notation::{Notation, Quantity, Unit};
use crate::words::{self, Class, list};

use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::super::measure::Measure;
use super::super::{IndicatorFacts, Refusal};
use super::fault_words::{is_listed, is_own_word, is_whole_of};
use super::kinds::{OfKind, of_kind, of_thing};
use super::parts::{AnswerPart, parts};
use super::told_none::{
    checked_denial, denies, except, is_all_done, is_all_sound, is_full, is_full_state, is_state_of_all,
    says_there_is,
};
use super::{Answer, approximate, balance, excepted, kinds_listed, missing, of_a_breach, undone};

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

pub(super) const HINT: &str = "请写明扣分的数量；没有的填“0”。";

/// What a count of faults (or of what is missing) is by the words of the actual.
pub(super) fn answer(rule: &Graded, facts: &IndicatorFacts) -> Result<Option<Answer>, Refusal> {
    let asked = match &rule.measure {
        Measure::Count(of) => of.as_str(),
        _ => "",
    };
    if rule.measure == Measure::Missing {
        return missing::answer(rule, facts);
    }
    checked_denial(rule, facts)?;
    let text = plain_words(facts.actual_text);
    of_a_breach::checked(&text, rule, facts)?;
    // 十余起, 超过20起: all that it may be is tried.
    if approximate::is_so(facts) && !words::of(Class::FaultsOfAKind).within(&text) {
        return Ok(None);
    }
    // 100% where 准确率100% is that nothing was found
    let all = facts.actual.and_then(Notation::quantity).and_then(Quantity::ratio).map(Ratio::number);
    if all == Some(Number::ONE) && rule.all_words().contains("100%") {
        return Ok(Some(none()));
    }
    // 是否存在违规: 否
    if list::ASKS_WHETHER.begins(facts.indicator.trim()) {
        if list::ANSWERED_NO.has(&text) || list::ANSWERED_NONE.has(&text) {
            return Ok(Some(none()));
        }
        if list::ANSWERED_YES.has(&text) || list::ANSWERED_SOME.has(&text) {
            return Ok(Some(Answer::word("存在")));
        }
    }
    if is_all_sound(&text) || denies(&text, rule, facts) || is_all_done(&text, rule) || is_full(&text, rule) {
        return Ok(Some(none()));
    }
    // 无一项不… denies what is denied.
    let twice = ["无一", "没有一", "无1", "没有1"].iter().find_map(|no| text.strip_prefix(no));
    if twice.is_some_and(|rest| list::DENIAL_SIGNS.within(rest)) {
        return Err(Refusal::new(facts.actual_text, "是双重否定，无法确定扣分的数量", HINT));
    }
    if let Some(found) = excepted::count(&text, rule) {
        return Ok(Some(number(found)));
    }
    if text.starts_with('除') {
        return match except(&text) {
            Some(found) => Ok(Some(number(found))),
            None => Err(Refusal::new(facts.actual_text, "不能确定扣分的数量是多少", HINT)),
        };
    }
    if let Some(found) = kinds_listed::answer(rule, facts) {
        return Ok(Some(found));
    }
    // 存在未按规定公开的情形 where that counts: how many is not said.
    if says_there_is(&text, rule) {
        return Ok(Some(Answer::word("存在")));
    }
    let Some(parts) = parts(facts.actual_text) else { return Ok(None) };
    // 按时报送，未发现差错: what earns all, and that nothing is wrong.
    let none_wrong = |part: &AnswerPart| denies(&part.before, rule, facts);
    let kept = |part: &AnswerPart| {
        none_wrong(part) || is_full(&part.before, rule) || is_state_of_all(&part.before, rule)
    };
    if parts.iter().all(|part| part.amount.is_none() && kept(part)) && parts.iter().any(none_wrong) {
        return Ok(Some(none()));
    }
    if parts.iter().all(|part| part.amount.is_none()) {
        return Ok(None);
    }
    if undone::is_all(&parts, rule, facts) {
        return Ok(Some(none()));
    }
    if let Some(left) = undone::left(&parts, rule) {
        return Ok(Some(number(left)));
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
    // 监测对象86户，未发生返贫: nothing of what counts, whatever else was counted.
    let apart = |part: &AnswerPart| {
        part.amount.is_some() && tells(part, asked) != Tells::Fault && !is_own_word(part, rule, facts)
    };
    if !asks_open(asked)
        && parts.iter().any(none_wrong)
        && parts.iter().all(|part| none_wrong(part) || apart(part))
    {
        return Ok(Some(none()));
    }
    // 8个问题中2个未整改到位: what is not done of them is told apart.
    let apart = asks_open(asked) && parts.iter().any(|part| part.amount.is_some() && says_open(part));
    let told = |part: &AnswerPart| match tells(part, asked) {
        _ if is_own_word(part, rule, facts) => Tells::Fault,
        Tells::Fault if apart && !says_open(part) => Tells::Looked,
        tells => tells,
    };
    let told: Vec<(Tells, &AnswerPart)> = parts.iter().map(|part| (told(part), part)).collect();
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

/// 未整改: what was found and is not put right counts.
fn asks_open(asked: &str) -> bool {
    list::UNDONE_SIGNS.within(asked)
}

fn none() -> Answer {
    Answer::of(Notation::NothingFound)
}

/// What the words of a part say of its number.
pub(super) fn tells(part: &AnswerPart, asked: &str) -> Tells {
    let mut words = part.words();
    for filler in ["随机", "其中", "已", "均", "了", "的", "全年", "现场", "共", "被", "获", "中"]
    {
        words = words.replace(filler, "");
    }
    if words.is_empty() {
        return Tells::Bare;
    }
    let has = |class: Class| words::of(class).within(&words);
    // 投诉较上年减少2起 says nothing of how many there were.
    let moved = [Class::Risen, Class::Fallen, Class::Slowed, Class::LastYears];
    if moved.iter().any(|class| has(*class) && !words::of(*class).within(asked)) {
        return Tells::Unknown;
    }
    if has(Class::Praised) && !has(Class::Negations) {
        return Tells::Neutral;
    }
    // 化解非正常上访3起 says what was done about them.
    if words::of(Class::Mended).begins(&words) && !list::UNDONE_SIGNS.within(asked) {
        return Tells::Neutral;
    }
    let denied = |class: Class| {
        words::of(class).iter().any(|word| {
            words.split_once(word).is_some_and(|(before, _)| words::of(Class::Negations).within(before))
        })
    };
    // 没有整改2处 is a fault only where what is not mended counts.
    let open = list::UNDONE_SIGNS.within(asked);
    if list::UNDONE_SIGNS.within(&words) && !open {
        return Tells::Unknown;
    }
    if denied(Class::Sound)
        || denied(Class::Mended)
        || (list::CANNOT.within(&words) && !has(Class::Inspected))
    {
        return Tells::Fault;
    }
    // 检查发现3处 found them; 检查隐患点位3处 and 整改隐患3处 say what was done about them.
    let found = list::FOUND_OUT.within(&words);
    let act = has(Class::Mended) || has(Class::Sound) || has(Class::Inspected);
    let plain = words::of(Class::Found).iter().fold(words.clone(), |text, word| text.replace(word, ""));
    // 发现无证经营5起 where 无证经营未查处 counts: all of them, dealt with or not.
    let left = |thing: &str| {
        thing.chars().nth(1).is_some()
            && asked.split_once(thing).is_some_and(|(_, rest)| list::UNDONE_SIGNS.begins(rest))
    };
    if found && open && !list::UNDONE_SIGNS.within(&words) && left(&plain) {
        return Tells::Looked;
    }
    if found || (has(Class::Faults) && !act) {
        return Tells::Fault;
    }
    // 按期办复12件 where what is not 按期办复 counts.
    let opposite =
        asked.split_once(plain.as_str()).is_some_and(|(before, _)| list::UNDONE_SIGNS.ends(before));
    if opposite && !act && !plain.is_empty() {
        return Tells::Sound;
    }
    if plain.is_empty() || (!act && !asked.is_empty() && asked.contains(plain.as_str())) {
        // 136个村 where 村未覆盖 counts: the thing alone says nothing of what was not done.
        let thing_alone = open && !plain.is_empty() && !list::UNDONE_SIGNS.within(&words);
        return if thing_alone { Tells::Looked } else { Tells::Fault };
    }
    // 监理缺位3次 where 监理缺位 counts
    if !asked.is_empty() && plain == asked {
        return Tells::Fault;
    }
    // 应上报12次 where what is not 按时上报 counts: all that there was to do.
    let due = words::of(Class::Planned).strip(&words);
    let due = due.is_some_and(|act| act.chars().nth(1).is_some() && asked.contains(act));
    let handed_over = open && words::of(Class::HandedOver).begins(&words);
    if has(Class::Inspected) || (due && words.starts_with('应')) || handed_over {
        return Tells::Looked;
    }
    if has(Class::Sound) {
        return Tells::Sound;
    }
    if has(Class::Mended) {
        return Tells::Mended;
    }
    // 共办理136件 beside 超期2件
    if list::WHOLES.begins(&part.before) { Tells::Looked } else { Tells::Unknown }
}

fn counted(
    told: &[(Tells, &AnswerPart)],
    asked: &str,
    rule: &Graded,
    facts: &IndicatorFacts,
) -> Result<Option<Answer>, Refusal> {
    let refuse = |why: &str| Err(Refusal::new(facts.actual_text, why.to_owned(), HINT));
    let with = |kind: Tells| {
        told.iter()
            .filter(|(tells, part)| *tells == kind && part.amount.is_some())
            .map(|(_, part)| *part)
            .collect::<Vec<&AnswerPart>>()
    };
    let (faults, looked, sound, mended) =
        (with(Tells::Fault), with(Tells::Looked), with(Tells::Sound), with(Tells::Mended));
    let words: Vec<&AnswerPart> =
        told.iter().filter(|(_, part)| part.amount.is_none()).map(|(_, part)| *part).collect();
    let all_sound = words.iter().any(|part| {
        is_all_sound(&part.before) || is_all_done(&part.before, rule) || denies(&part.before, rule, facts)
    });
    let of = |part: &AnswerPart| part.amount.clone();
    if let Some(found) = balance::fault(told, asked) {
        return Ok(Some(number(found)));
    }
    let whole = with(Tells::Bare);
    // Acts that mend count only where what is not mended does.
    let open = list::UNDONE_SIGNS.within(asked) && words::of(Class::Mended).within(asked);
    let all_mended = words.iter().any(|part| {
        words::of(Class::Mended).within(&part.before) && !part.before.contains(['未', '不', '没'])
    });
    let numbers = told.iter().filter(|(_, part)| part.amount.is_some()).count();
    if numbers == 1 && words.is_empty() && !whole.is_empty() {
        return Ok(None); // 3处, as it stands
    }
    let unknown = |(tells, part): &&(Tells, &AnswerPart)| *tells == Tells::Unknown && part.amount.is_some();
    let unclear: Vec<&(Tells, &AnswerPart)> = told.iter().filter(unknown).collect();
    if let ([(_, whole)], [found], 2) = (unclear.as_slice(), faults.as_slice(), numbers)
        && words.is_empty()
        && is_whole_of(whole, found, rule, facts)
    {
        return Ok(of(found).map(number));
    }
    if !unclear.is_empty() {
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
            if let ([base], [good]) = (looked.as_slice(), sound.as_slice())
                && let Some(left) = difference(base, good)
                && of(only).is_some_and(|said| said.unit == left.unit && said.number != left.number)
            {
                return refuse("写明的几个数互相矛盾");
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
                ([found], [], []) if list::FOUND_OUT.within(&found.words()) => {
                    refuse("没有写明还有多少没有处理完")
                }
                _ => refuse("只写明了检查的数量，没有写明发现多少"),
            }
        }
        ([], []) if sound.is_empty() => refuse("写明的不是扣分的情形，没有写明扣分的数量是多少"),
        // 应救尽救，救助412人次: the very state that earns all, and how many that were.
        ([], _) if words.iter().any(|part| is_full_state(&part.before, rule, facts)) => Ok(Some(none())),
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
fn says_found(part: &AnswerPart) -> bool {
    !says_open(part)
}

/// 未整改1个
fn says_open(part: &AnswerPart) -> bool {
    list::UNDONE_SIGNS.within(&part.words())
}

/// Words beside a number that change nothing: 无其他问题.
fn is_plain(part: &AnswerPart) -> bool {
    let words = part.before.as_str();
    let rest = ["其余", "其他"].iter().find_map(|word| words.strip_prefix(word)).unwrap_or(words);
    is_all_sound(rest)
        || words::of(Class::Sound).has(rest)
        || words::of(Class::Inspected).has(words)
        || (words::of(Class::FoundNone).begins(words)
            && !words.contains("无法")
            && !words::of(Class::Mended).within(words))
}

fn difference(whole: &AnswerPart, part: &AnswerPart) -> Option<Quantity> {
    let (a, b) = (whole.amount.as_ref()?, part.amount.as_ref()?);
    let same = a.unit.comparable(&b.unit) && a.unit.factor == b.unit.factor;
    let number = a.number.minus(b.number).filter(|n| same && !n.is_negative())?;
    Some(Quantity { number, ..a.clone() })
}

fn number(quantity: Quantity) -> Answer {
    if quantity.number.is_zero() {
        return none();
    }
    // 2个月未按时发放: the months are counted as cases are.
    let months = quantity.unit.word == "个月";
    let unit = if months { Unit::count("个月") } else { quantity.unit.clone() };
    Answer::number(Quantity { unit, ..quantity })
}
