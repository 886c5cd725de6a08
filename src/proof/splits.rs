//! Wholes that are told with their parts: the same parts that add up in one place and not in another, parts that are the two
//! halves of a whole, and parts with their sum behind them.

use std::collections::BTreeMap;

use super::found::{Reading, level_name};
use super::near_parts::{has_slipped_part, is_in_other_unit, is_near, is_slipped};
use super::prose::Spot;
use super::quantities::{Quantity, quantities};
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Parts of a whole.
const MAX_PARTS: usize = 12;
/// Parts that are told to make up a whole.
const MIN_PARTS: usize = 3;

/// A whole with its parts behind it.
pub(super) struct Split {
    unit: usize,
    labels: Vec<String>,
    pub(super) whole: Quantity,
    pub(super) parts: Vec<Quantity>,
    /// Whether words say that these are all parts.
    complete: bool,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let mut findings = Vec::new();
    let splits: Vec<Split> = wholes(reading).flat_map(|sentence| splits(reading, sentence)).collect();
    // Labels that add up somewhere are all there are.
    let mut whole: BTreeMap<(Vec<String>, String), usize> = BTreeMap::new();
    for split in splits.iter().filter(|split| adds_up(split)) {
        let count = whole.entry((split.labels.clone(), split.whole.unit.clone())).or_default();
        *count = count.saturating_add(1);
    }
    for split in splits.iter().filter(|split| !adds_up(split)) {
        let unit = &split.whole.unit;
        let known = whole.keys().any(|(labels, of)| {
            *labels == split.labels && (of == unit || are_people(of) && are_people(unit))
        });
        if !known
            && !are_halves(&split.labels)
            && !are_levels(&split.labels)
            && !is_overfull(split)
            && !is_slipped(split)
            && !split.complete
            && !is_in_other_unit(split)
            && !has_slipped_part(split)
        {
            continue;
        }
        let Some(sum) = Number::sum(split.parts.iter().map(|part| part.value)) else { continue };
        let Some(factor) = split.whole.value.over(split.whole.figure.value) else { continue };
        let Some(sum) = sum.over(factor).map(Number::normalize) else { continue };
        let spot = Spot {
            unit: split.unit,
            from: split.whole.figure.from,
            to: split.parts.last().map_or(split.whole.to, |last| last.to),
        };
        let message =
            format!("写的是{}，所列各部分相加为{sum}{}。", split.whole.shown(), split.whole.written);
        findings.push(reading.finding(FindingId::ReportSumDiffers, spot, "合计", message));
    }
    findings.extend(reading.prose.sentences().flat_map(|sentence| sums(reading, sentence)));
    findings
}

/// The sentences with what semicolons set apart in them: parts are listed with these.
fn wholes<'r>(reading: &'r Reading) -> impl Iterator<Item = Spot> + 'r {
    let pieces = |(unit, text): (usize, &'r str)| {
        super::prose::pieces(text, &['。', '!', '?']).map(move |(from, to)| Spot { unit, from, to })
    };
    reading.prose.texts().flat_map(pieces)
}

fn are_people(unit: &str) -> bool {
    words::of(Class::MeasuresOfPeople).has(unit)
}

/// Whether the parts are first levels of indicators, which are told together or not at all.
fn are_levels(labels: &[String]) -> bool {
    labels.len() >= MIN_PARTS
        && labels.iter().all(|label| words::of(Class::FirstLevels).has(&level_name(label)))
}

/// Whether parts are more than their whole, which no parts are that exclude each other: people may be counted in several.
fn is_overfull(split: &Split) -> bool {
    let over =
        Number::sum(split.parts.iter().map(|part| part.value)).is_some_and(|sum| sum > split.whole.value);
    let within = split.parts.iter().all(|part| part.value < split.whole.value);
    let slipped = || {
        split.parts.iter().any(|part| {
            let others = split.parts.iter().filter(|one| one.figure != part.figure).map(|one| one.value);
            let rest = Number::sum(others).and_then(|others| split.whole.value.minus(others));
            let factor = part.value.over(part.figure.value);
            let rest = rest.zip(factor).and_then(|(rest, factor)| rest.over(factor)).map(Number::normalize);
            rest.is_some_and(|rest| is_near(&part.figure.value.normalize().to_string(), &rest.to_string()))
        })
    };
    over && within
        && (slipped()
            || are_kinds(&split.labels)
            || split.parts.len() >= MIN_PARTS && (!are_people(&split.whole.unit) || end_alike(&split.labels)))
}

/// Whether the labels are kinds of one thing, which exclude each other: 街道分馆, 乡镇分馆.
fn are_kinds(labels: &[String]) -> bool {
    let [one, other] = labels else { return false };
    let same = one.chars().rev().zip(other.chars().rev()).take_while(|(a, b)| a == b).count();
    same >= 2 && one != other
}

/// Whether all labels are of one kind by their last character, as those of the offices of a body are: 采编部, 借阅部, 活动部.
fn end_alike(labels: &[String]) -> bool {
    let ends: std::collections::BTreeSet<Option<char>> =
        labels.iter().map(|label| label.chars().next_back()).collect();
    ends.len() == 1
}

fn adds_up(split: &Split) -> bool {
    let sum = Number::sum(split.parts.iter().map(|part| part.value));
    let off = Number::sum(split.parts.iter().map(|part| part.half));
    sum.zip(off).is_none_or(|(sum, off)| {
        let exact = split.parts.iter().all(|part| part.figure.places == split.whole.figure.places);
        let off = if exact && split.whole.figure.places == 0 { Number::ZERO } else { off };
        split.whole.is(sum, off)
    })
}

/// Whether two parts are always the whole: 男, 女.
fn are_halves(labels: &[String]) -> bool {
    let [one, other] = labels else { return false };
    let halves = words::of(Class::HalvesOfWholes);
    halves.iter().any(|pair| {
        pair.split_once('/').is_some_and(|(a, b)| (one == a && other == b) || (one == b && other == a))
    })
}

/// The wholes of a sentence with the parts behind 其中: as many as are listed with names right before them.
fn splits(reading: &Reading, sentence: Spot) -> Vec<Split> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let mut found = Vec::new();
    for (at, word) in text.match_indices("其中") {
        let begin = at.saturating_add(word.len());
        let Some(whole) = whole(reading, sentence, (text, &all), (at, begin)) else { continue };
        let between = text.get(whole.to..at).unwrap_or_default();
        let last = all.iter().rev().find(|one| one.to <= at) == Some(whole);
        if last && between.chars().any(char::is_alphabetic) && between.chars().count() > 6 {
            continue;
        }
        let (labels, parts) = parts(text, &all, begin, whole);
        let shift = |one: &Quantity| shifted(one, sentence.from);
        // 增加1.2万元，增长15%，其中…: the parts may be those of the change.
        let sum = Number::sum(parts.iter().map(|one| one.value));
        let of_change =
            !last && all.iter().any(|one| one.to <= at && one.is_money() && sum == Some(one.value));
        if parts.len() >= 2 && !of_change {
            let parts = parts.iter().map(shift).collect();
            found.push(Split { unit: sentence.unit, labels, whole: shift(whole), parts, complete: false });
        }
    }
    found.extend(of_sources(sentence, text, &all));
    found.extend(of_named(reading, sentence, text, &all));
    found
}

/// The whole that parts are told of: the last quantity before them, or the last in their unit, where changes of it stand between
/// (`支出21万元，比上年减少1万元，下降6%；其中…`).
fn whole<'q>(
    reading: &Reading,
    sentence: Spot,
    (text, all): (&str, &'q [Quantity]),
    (at, begin): (usize, usize),
) -> Option<&'q Quantity> {
    let before = || all.iter().rev().filter(|one| one.to <= at);
    let last = before().next()?;
    let first = all.iter().find(|one| one.figure.from >= begin)?;
    if !last.is_percent() || first.is_percent() {
        return Some(last);
    }
    let changed = |one: &Quantity| {
        let head = text.get(..one.figure.from).unwrap_or_default();
        words::of(Class::ChangeWords).ends(head.trim_end_matches('了'))
    };
    let of_other_time = |one: &Quantity| {
        let from = sentence.from.saturating_add(one.figure.from);
        let told = reading.told.iter().find(|told| told.spot.unit == sentence.unit && told.spot.from == from);
        told.is_none_or(super::bound::Bound::of_other_time)
    };
    let moved = changed(last) && before().skip(1).take_while(|one| one.unit == first.unit).any(changed);
    let mut same = before().skip(1).take_while(|one| one.unit == first.unit);
    let own = same.find(|one| !changed(one) && !of_other_time(one));
    if moved { own } else { Some(last) }
}

/// A whole with where it comes from, which is told whole: `预算合计135万元，资金来源为上级补助54万元、本级资金81万元`.
fn of_sources(sentence: Spot, text: &str, all: &[Quantity]) -> Option<Split> {
    let (at, word) = words::of(Class::LeadsOfSources).find(text)?;
    let begin = at.saturating_add(word.len());
    let whole = all.iter().rev().find(|one| one.to <= at && one.is_money())?;
    let near = text.get(whole.to..at)?.chars().count() <= 3;
    let (labels, parts) = parts(text, all, begin, whole);
    let behind = text.get(parts.last()?.to..)?;
    let closed = behind.is_empty() || behind.starts_with(['，', ';', '。', ')']);
    let shift = |one: &Quantity| shifted(one, sentence.from);
    let own: Vec<Quantity> = parts.iter().map(shift).collect();
    let others = labels.iter().any(|label| words::of(Class::OpenSums).within(label));
    (near && closed && !others && own.len() >= 2).then(|| Split {
        unit: sentence.unit,
        labels,
        whole: shift(whole),
        parts: own,
        complete: true,
    })
}

/// The parts that are listed from a place on, with their labels; none where the list goes on in another manner.
fn parts(text: &str, all: &[Quantity], begin: usize, whole: &Quantity) -> (Vec<String>, Vec<Quantity>) {
    let mut from = begin;
    let (mut parts, mut labels) = (Vec::new(), Vec::new());
    let mut shared = false;
    let behind = all.iter().filter(|one| one.figure.from >= begin && !is_of_label(text, all, one));
    for part in behind.take(MAX_PARTS) {
        let lead = text.get(from..part.figure.from).unwrap_or_default();
        let label = lead.trim_start_matches([':', '，', '、', ';']);
        // A part may have its share behind it: 基本支出522万元，占64.5%.
        if part.is_percent() && !parts.is_empty() && is_share(label) {
            from = part.to;
            shared = true;
            continue;
        }
        // What a semicolon sets apart is no part but behind a share.
        let goes_on = shared && lead.starts_with(';') && !words::of(Class::NotOfParts).within(label);
        let set_apart = parts.is_empty() || lead.starts_with(['、', '，']) || goes_on;
        shared = false;
        let same = part.unit == whole.unit || are_people(&part.unit) && are_people(&whole.unit);
        // 五个部门合计…: what sums the parts up is none of them.
        let sum = words::of(Class::SumsBehind).ends(label);
        // A part in another unit belongs to the list, too: what it comes to is not known.
        if !same && !sum && lead.starts_with('、') {
            return (Vec::new(), Vec::new());
        }
        if !set_apart || !same || sum || label.is_empty() || label.contains(['，', '、', ':', ';']) {
            break;
        }
        from = part.to;
        labels.push(plain_label(label));
        parts.push(part.clone());
    }
    // What is not closed by the end of its list is told further.
    let closed =
        text.get(from..).is_none_or(|rest| rest.is_empty() || rest.starts_with([';', ')', '，', '、']));
    if closed { (labels, parts) } else { (Vec::new(), Vec::new()) }
}

/// Whether words lead to the share of what stands before them: 占, 占比, (占.
fn is_share(label: &str) -> bool {
    words::of(Class::ShareLinks).has(label.trim_start_matches('('))
}

fn shifted(one: &Quantity, by: usize) -> Quantity {
    let figure = super::figures::Figure {
        from: one.figure.from.saturating_add(by),
        to: one.figure.to.saturating_add(by),
        ..one.figure
    };
    Quantity { figure, to: one.to.saturating_add(by), ..one.clone() }
}

/// A whole that the paragraph tells before, and its parts behind its name: 实有在编人员24人；在编人员中，甲部8人、乙部11人、丙部5人.
fn of_named(reading: &Reading, sentence: Spot, text: &str, all: &[Quantity]) -> Option<Split> {
    let at = text.find("中，")?;
    let head = text.get(..at)?;
    let name: String =
        head.rsplit(['，', ';', '。', '(', ')']).next()?.chars().filter(|c| c.is_alphabetic()).collect();
    let named = |one: &&super::bound::Bound| {
        let before = one.sentence.unit == sentence.unit && one.spot.to <= sentence.from.saturating_add(at);
        before && (one.lead.ends_with(&name) || one.behind.starts_with(&name))
    };
    let whole = reading.told.iter().rfind(named).filter(|_| name.chars().count() >= MIN_PARTS)?;
    let (labels, parts) = parts(text, all, at.saturating_add("中，".len()), &whole.one);
    let parts: Vec<Quantity> = parts.iter().map(|part| shifted(part, sentence.from)).collect();
    (parts.len() >= MIN_PARTS).then(|| Split {
        unit: sentence.unit,
        labels,
        whole: shifted(&whole.one, whole.sentence.from),
        parts,
        complete: false,
    })
}

/// Whether a figure is but a part of the label of the one behind it: 1类区14座.
fn is_of_label(text: &str, all: &[Quantity], one: &Quantity) -> bool {
    let next = all.iter().find(|other| other.figure.from >= one.to);
    let between = next.and_then(|next| text.get(one.to..next.figure.from));
    let joined = between.is_some_and(|words| !words.is_empty() && words.chars().all(char::is_alphabetic));
    joined && next.is_some_and(|next| next.unit != one.unit)
}

/// A label without what may stand behind it: 行政编制（政法专项） is 行政, as 行政编制 is.
fn plain_label(label: &str) -> String {
    let mut label = label.split('(').next().unwrap_or(label);
    while let Some(rest) = words::of(Class::TailsOfParts).strip_end(label).filter(|rest| !rest.is_empty()) {
        label = rest;
    }
    label.to_owned()
}

/// Whether two quantities count in one unit: 台件 and 台.
fn is_same_unit(one: &Quantity, other: &Quantity) -> bool {
    let longer = |long: &str, short: &str| !short.is_empty() && long.starts_with(short);
    let counts = !one.is_money() && !one.is_percent() && one.unit != "人次" && other.unit != "人次";
    one.unit == other.unit || counts && (longer(&one.unit, &other.unit) || longer(&other.unit, &one.unit))
}

/// The quantities at the end that are listed one after the other.
fn listed<'q>(text: &str, before: &'q [Quantity]) -> &'q [Quantity] {
    let apart = |pair: &[Quantity]| {
        let [one, other] = pair else { return true };
        !text.get(one.to..other.figure.from).is_some_and(|between| between.starts_with('、'))
    };
    // Only a list that is told as one has an end.
    if before.windows(2).all(apart) {
        return before;
    }
    let from = before.windows(2).rposition(apart).map_or(0, |at| at.saturating_add(1));
    before.get(from..).filter(|own| own.len() >= 2).unwrap_or(before)
}

/// Parts of a sentence with their sum behind them: `个人589人、小微企业23人，合计612人`.
fn sums(reading: &Reading, sentence: Spot) -> Vec<Finding> {
    let text = reading.prose.at(sentence);
    let all = quantities(text);
    let mut findings = Vec::new();
    for (at, total) in all.iter().enumerate() {
        let head = text.get(..total.figure.from).unwrap_or_default();
        let clause = head.rsplit(['，', ';', '、', '(']).next().unwrap_or(head);
        let told = words::of(Class::SumsBehind).has(clause.trim_end_matches(['为', ':', '达']));
        // 计划标准为4,320盏，2021年1,260盏、2022年1,580盏，合计…: what is listed begins behind what is no part of the list.
        let before = listed(text, all.get(..at).unwrap_or_default());
        let same: Vec<&Quantity> = before.iter().filter(|one| is_same_unit(one, total)).collect();
        let largest = same.iter().map(|one| one.value).max();
        // 其中甲30人、乙20人，计50人: what is told of a part of the whole is told whole.
        let inner =
            head.rsplit_once("其中").filter(|(outer, _)| before.iter().all(|one| one.to > outer.len()));
        let open =
            words::of(Class::OpenSums).within(inner.map_or(head, |(_, rest)| rest)) || total.is_percent();
        if !told || open || same.len() < 2 || same.len() != before.len() {
            continue;
        }
        let run = |from: usize| {
            let own = same.get(from..).unwrap_or_default();
            let (sum, off) =
                (Number::sum(own.iter().map(|one| one.value))?, Number::sum(own.iter().map(|one| one.half))?);
            let exact = own.iter().all(|one| one.figure.places == 0) && total.figure.places == 0;
            total.is(sum, if exact && !total.is_money() { Number::ZERO } else { off }).then_some(())
        };
        if (0..same.len()).any(|from| run(from).is_some()) || largest.is_none_or(|most| most >= total.value) {
            continue;
        }
        let Some(sum) = Number::sum(same.iter().map(|one| one.value)) else { continue };
        let Some(factor) = total.value.over(total.figure.value) else { continue };
        let Some(shown) = sum.over(factor).map(Number::normalize) else { continue };
        let spot = Spot {
            unit: sentence.unit,
            from: sentence.from.saturating_add(total.figure.from),
            to: sentence.from.saturating_add(total.to),
        };
        let message = format!("合计写的是{}，所列各项相加为{shown}{}。", total.shown(), total.written);
        findings.push(reading.finding(FindingId::ReportSumDiffers, spot, "合计", message));
    }
    findings
}
