//! What one of several rules is told by the piece that answers it.

use crate::words::{self, Class, list};

use super::Part;
use super::likeness::{WITHIN, alike, bare};
use super::pieces::Piece;
use crate::rule::Rule;
use crate::rule::answer::gravity::{is_ranked, unranked};
use crate::rule::measure::Measure;

/// What a part is told: the value alone where the words beside it are no more than its name.
pub(super) fn answer(piece: &Piece, part: &Part) -> String {
    let label = bare(&piece.label);
    // 甲类完成率 under 甲类项目完成率
    let same = |name: &String| alike(label, name, true) >= WITHIN || name.replacen("项目", "", 1) == label;
    let named = label.is_empty() || part.names.iter().any(same);
    if let Some(text) = by_kind(piece, part) {
        return text;
    }
    let marked = piece.mark.is_some() && label.is_empty();
    if piece.value.is_empty() || piece.many || !(named || marked) || is_other(piece, part) {
        return piece.text.clone();
    }
    piece.value.clone()
}

/// Whether the words beside a number say that it is no actual of the part: 更正错报2处, 累计开展培训6场.
pub(super) fn is_other(piece: &Piece, part: &Part) -> bool {
    let label = bare(&piece.label);
    // 二季度 under 二季度支出进度 is nothing beside the name.
    let whole = part.names.iter().any(|name| name.contains(label));
    let rest = part.names.iter().fold(label.to_owned(), |text, name| text.replacen(bare(name), "", 1));
    // 缺3项指标 is what a part that counts what is missing asks for.
    let missing = matches!(&part.rule, Rule::Graded(rule) if rule.measure == Measure::Missing)
        && list::LACKING.begins(&piece.text);
    !piece.value.is_empty() && !whole && !missing && words::of(Class::NoActual).within(&rest)
}

/// The number of a kind, unless the words beside it say that it is no actual.
pub(super) fn of_kind(piece: &Piece, part: &Part) -> String {
    let rest = part.names.iter().fold(piece.label.clone(), |text, name| text.replace(bare(name), ""));
    let other = words::of(Class::NoActual).within(&rest.replace("以上", ""));
    if other { piece.text.clone() } else { piece.value.clone() }
}

/// What a part that counts, or is about a day, is told in its own words.
fn by_kind(piece: &Piece, part: &Part) -> Option<String> {
    let Rule::Graded(rule) = &part.rule else { return None };
    let is_name = |text: &str| part.names.iter().any(|name| bare(name) == text);
    match &rule.measure {
        // 无错报
        Measure::Count(_) | Measure::Missing if piece.value.is_empty() => {
            denied(&piece.text).filter(|rest| is_name(rest)).map(|_| "未发现".to_owned())
        }
        // 迟报1天, 按时报送
        Measure::Lateness(_) if !piece.dated => match &piece.amount {
            Some(_) if !piece.many && is_name(bare(&piece.label)) => Some(format!("逾期{}", piece.value)),
            None if bare(part.name()) == piece.text => Some("按期完成".to_owned()),
            None if is_turned(bare(part.name()), &piece.text) => Some("按期完成".to_owned()),
            None if undone(&piece.text).is_some_and(|act| is_turned(bare(part.name()), &act)) => {
                Some("未按时完成".to_owned())
            }
            None => denied(&piece.text).filter(|rest| is_name(rest)).map(|_| "按期完成".to_owned()),
            Some(_) => None,
        },
        // 省级下达任务已完成: what is said of the thing that the part names.
        _ if piece.value.is_empty() => {
            // 检查评定合格 under 施工安全检查评定合格, and its opposite.
            let ends_so = |name: &&String| {
                let before = name.strip_suffix(piece.text.as_str());
                before.is_some_and(|before| !list::ALL_DENIAL_SIGNS.ends(before))
            };
            if let Some(name) = part.names.iter().find(ends_so) {
                return Some(name.clone());
            }
            let plain = piece.text.replace(['未', '不'], "");
            if plain.chars().count().saturating_add(1) == piece.text.chars().count()
                && let Some(name) = part.names.iter().find(|name| name.ends_with(&plain))
            {
                return Some(format!("未{name}"));
            }
            let ends = piece.text.char_indices().map(|(at, _)| at).rev();
            let named = |at: &usize| {
                let before = piece.text.get(..*at).unwrap_or_default();
                before.chars().nth(1).is_some() && part.names.iter().any(|name| name.contains(before))
            };
            let told = |at: &usize| piece.text.get(*at..).is_some_and(|rest| rest.chars().nth(1).is_some());
            let at = ends.filter(|at| *at > 0).filter(told).find(named)?;
            piece.text.get(at..).map(|rest| rest.trim_start_matches([':', '：']).to_owned())
        }
        _ => None,
    }
}

/// 部门预算按时公开 of 按时公开部门预算: the same words, the verb behind.
fn is_turned(name: &str, text: &str) -> bool {
    name.len() == text.len() && format!("{name}{name}").contains(text)
}

/// 部门决算按时公开 of 部门决算未按时公开
fn undone(text: &str) -> Option<String> {
    let (before, behind) = text.split_once('未')?;
    (!behind.contains(['未', '不', '无', '没'])).then(|| format!("{before}{behind}"))
}

/// What words deny: 未发生重大事故, 无弄虚作假.
pub(super) fn denied(text: &str) -> Option<&str> {
    words::of(Class::EventDenied).strip(text)
}

/// 无超大班额 beside 大班额: the very name is denied.
pub(super) fn denies_name(piece: &Piece, part: &Part) -> bool {
    piece.amount.is_none()
        && denied(&piece.text).is_some_and(|rest| part.names.iter().any(|name| name == rest))
}

/// Whether a piece says that nothing happened which vetoes: 未发生否决情形.
pub(super) fn clears(piece: &Piece) -> bool {
    let rest = denied(&piece.text);
    rest.is_some_and(|rest| words::of(Class::EventsAtAll).has(rest))
}

/// Whether words are no more than the event with a verb before it: 发生生产安全较大事故, not 上年发生 or 事故已处理.
fn is_occurrence(label: &str, name: &str) -> bool {
    if is_ranked(name) && !is_ranked(label) {
        return false;
    }
    let (said, own) = (unranked(label), unranked(name));
    let mut said = said.as_str();
    if let Some(rest) = words::of(Class::Earned).strip(said).filter(|rest| !rest.is_empty()) {
        said = rest;
    }
    while let Some(rest) = words::of(Class::EventVerbs).strip(said).filter(|rest| !rest.is_empty()) {
        said = rest;
    }
    let said = words::of(Class::EventEnds).strip_end(said).filter(|rest| !rest.is_empty()).unwrap_or(said);
    // 但挪用项目资金用于办公楼维修 is 挪用资金: what it was used for makes it none the less so.
    let clause = words::of(Class::ClauseLinks).strip(said).unwrap_or(said);
    let clause = list::BESIDES.strip(clause).unwrap_or(clause);
    let (deed, _) = clause.split_once("用于").unwrap_or((clause, ""));
    let act = words::of(Class::Misuses).longest(&own).filter(|act| {
        let of = own.strip_prefix(act).unwrap_or_default();
        of.is_empty() || of.ends_with("资金")
    });
    if act.is_some_and(|act| {
        deed.starts_with(act) && deed.ends_with("资金") && !words::of(Class::NoActual).within(deed)
    }) {
        return true;
    }
    // 挪用项目资金 is 挪用.
    if words::of(Class::Misuses).has(&own) && said.starts_with(own.as_str()) {
        return !words::of(Class::NoActual).within(said);
    }
    let before = said.strip_suffix(own.as_str()).or_else(|| own.ends_with(said).then_some(""));
    before.is_some_and(|before| !words::of(Class::NoActual).within(before))
}

/// 已申报国家级表彰未获批: it was asked for, and not won.
fn was_refused(text: &str) -> bool {
    let asked = words::of(Class::NotWon).strip_end(text);
    asked.is_some_and(|asked| words::of(Class::AskedFor).within(asked))
}

/// Whether an event happened, as a count of it would be told; nothing where that is not certain.
pub(super) fn occurred(piece: &Piece, part: &Part) -> Option<String> {
    if let Some(rest) = denied(&piece.text) {
        // 未受到表彰 denies 市级及以上表彰.
        let general = |name: &String| {
            rest.chars().nth(1).is_some() && {
                let bare = unranked(name);
                bare.ends_with(rest) || bare.starts_with(rest)
            }
        };
        let named = part.names.iter().any(|name| rest.contains(bare(name)) || general(name));
        // 无应招未招情形: the denial in the name itself is none of the answer's.
        let beside = part.names.iter().fold(rest.to_owned(), |text, name| text.replacen(bare(name), "", 1));
        let clean = piece.amount.is_none() && !beside.contains(['但', '除', '未', '无', '不']);
        return (named && clean).then(|| "未发生".to_owned());
    }
    if was_refused(&piece.text) && part.names.iter().any(|name| piece.text.contains(bare(name))) {
        return Some("未发生".to_owned());
    }
    if piece.text.contains(['未', '不', '无', '没', '疑', '若', '如'])
        && !part.names.iter().any(|n| list::DENIED_ITEMS.within(n))
    {
        return None;
    }
    if !part.names.iter().any(|name| is_occurrence(&piece.label, bare(name))) {
        return None;
    }
    match &piece.amount {
        Some(amount) if amount.number.is_zero() => Some("未发生".to_owned()),
        Some(amount) if amount.sign.is_none() && !piece.many && !amount.unit.is_ratio() => {
            Some("发生".to_owned())
        }
        Some(_) => None,
        None => Some("发生".to_owned()),
    }
}
