//! An answer that is read in no way, in plainer words: 已更新39辆, 经验收，成活率85%, 18台（已到货）, 3小时20分到达. What says how a
//! number came about, or what was done, is left out where it can change nothing; what cannot be certain of that leaves the
//! answer as it stands.

use crate::notation::{Dimension, Hints, Notation, Role, Unit, read_text, scan_quantity};
use crate::rule::{Measure, Point};
use crate::words::{self, Class, list};

use super::super::facts::plain_words;
use super::super::graded::Graded;
use super::super::{IndicatorFacts, Refusal};
use super::gravity::{Sameness, kind};
use super::relevant::{says_otherwise, year_of};
use super::{Applied, Laid, names};

/// Longer answers are reports.
const MAX_CHARS: usize = 60;

/// Words behind a number are few.
const MAX_BEHIND: usize = 10;

type Way = fn(&Said) -> Option<String>;

/// The ways, each tried until none changes anything.
const WAYS: &[Way] = &[
    without_lead,
    without_remark,
    all_of_it,
    place_among,
    stated_word,
    bare_figure,
    named_fraction,
    own_name,
];

/// More changes of one answer are none of a plain one.
const MOST_TURNS: usize = 4;

struct Said<'s> {
    rule: &'s Graded,
    facts: &'s IndicatorFacts<'s>,
    text: String,
}

/// The score by plainer words; nothing where there are none, or they are read no better.
pub(super) fn score(rule: &Graded, facts: &IndicatorFacts) -> Option<Applied> {
    let whole = plain_words(facts.actual_text);
    if whole.chars().nth(MAX_CHARS).is_some() || matches!(rule.measure, Measure::Lateness(_)) {
        return None;
    }
    let mut said = Said { rule, facts, text: whole };
    let mut turned = false;
    for _ in 0..MOST_TURNS {
        let Some(text) = WAYS.iter().find_map(|way| way(&said)) else { break };
        turned = true;
        said.text = text;
    }
    if !turned {
        return None;
    }
    let actual = read(&said.text, facts);
    let plain = IndicatorFacts { actual: actual.as_ref(), actual_text: &said.text, ..*facts };
    let applied: Result<Applied, Refusal> = rule.by_words(&plain);
    applied.ok().map(|applied| match applied.laid {
        Laid::AsRead => Applied { laid: Laid::ByWords, ..applied },
        _ => applied,
    })
}

fn read(text: &str, facts: &IndicatorFacts) -> Option<Notation> {
    let hints = Hints {
        role: Role::Actual,
        indicator: facts.indicator,
        target: facts.target,
        year: year_of(facts.target),
        ..Hints::default()
    };
    read_text(text, &hints).ok()
}

impl Said<'_> {
    /// All words that the form and the criterion use themselves.
    fn known(&self) -> String {
        plain_words(&format!("{}|{}|{}", self.rule.all_words(), self.facts.indicator, self.facts.target_text))
    }
}

/// 经验收，成活率85%: how it is known.
fn without_lead(said: &Said) -> Option<String> {
    // 平均36分钟 under a time, a rate or a mark, of which each case has one.
    if let Some(rest) = list::ON_AVERAGE.strip(&said.text)
        && let Some((amount, _)) = scan_quantity(rest)
        && (matches!(amount.unit.dimension, Dimension::Time | Dimension::Workdays)
            || amount.unit.is_ratio()
            || amount.unit.word == "分")
        && is_asked_in(said, &amount.unit)
    {
        return Some(rest.to_owned());
    }
    let rest = list::ANSWER_LEADS.strip(&said.text)?;
    let rest = rest.trim_start_matches(['，', ':', '、']);
    (!rest.is_empty()).then(|| rest.to_owned())
}

/// 18台(已到货), 92%(系统统计): where it is from, or that it is settled.
fn without_remark(said: &Said) -> Option<String> {
    let (before, remark) = said.text.strip_suffix(')')?.rsplit_once('(')?;
    (!before.is_empty() && list::ANSWER_REMARKS.has(remark)).then(|| before.to_owned())
}

/// 已全部资助，100%: all of them, and the rate says the same.
fn all_of_it(said: &Said) -> Option<String> {
    let (all, rate) = said.text.split_once('，')?;
    let act = words::of(Class::AllOfThem).strip(all.trim_start_matches('已'))?;
    let whole = matches!(rate, "100%");
    (whole && !says_otherwise(act) && act.chars().count() <= MAX_BEHIND).then(|| rate.to_owned())
}

/// 全市12个县区中列第6位: among how many decides nothing where places are counted from the first.
fn place_among(said: &Said) -> Option<String> {
    let (among, place) = said.text.split_once('中')?;
    let area = list::AREAS.strip(among.strip_prefix('在').unwrap_or(among))?;
    let (count, taken) = scan_quantity(area.trim_start_matches('共'))?;
    let thing = area.trim_start_matches('共').get(taken..)?;
    let placed = list::PLACED.begins(place) || list::PLACED.begins(bare_place(place));
    let plain = count.sign.is_none() && thing.chars().all(char::is_alphabetic);
    let rest = bare_place(place);
    (plain && placed && rest.starts_with('第')).then(|| rest.to_owned())
}

/// 第6位 of 列第6位
fn bare_place(mut place: &str) -> &str {
    while let Some(short) = list::PLACE_VERBS.strip(place) {
        place = short;
    }
    place
}

/// A name without what leads on to its number.
fn bare_label(mut label: &str) -> &str {
    while let Some(short) = list::BEFORE_FIGURES.strip_end(label) {
        label = short;
    }
    label
}

/// 省厅考核结果：良好, 四次考核均为良好: the grade itself, behind what it is the grade of.
fn stated_word(said: &Said) -> Option<String> {
    let labels: Vec<String> = said.rule.states.iter().map(|state| plain_words(&state.label)).collect();
    let text = said.text.as_str();
    if labels.len() < 2 || text.contains(['，', ';', '、', '(']) {
        return None;
    }
    let told = list::TOLD_BY.iter().find_map(|by| text.rsplit_once(by));
    let (lead, word) = told.unwrap_or(("", text));
    let word = list::LEVEL_ENDS.strip_end(word).unwrap_or(word);
    let doubt = [Class::Negations, Class::Hoped, Class::Planned, Class::InPart, Class::LastYears];
    let plain = !doubt.iter().any(|class| words::of(*class).within(lead));
    let own = |label: &str| label == word || label == text;
    // 评为五星 by 五星: of the label that ends so, where no other does.
    let ends = |label: &String| {
        label.strip_suffix(word).is_some_and(|lead| {
            list::GRADED_BY.ends(lead)
                && !words::of(Class::Negations).within(lead)
                && !list::ITEM_JOINS.within(lead)
        })
    };
    let mut hits = labels.iter().filter(|label| own(label)).chain(labels.iter().filter(|label| ends(label)));
    let hit = hits.next().filter(|hit| hits.all(|other| other == *hit))?;
    // 复核等级为良 where all grades are of one sign
    let short = told.is_some() && labels.iter().all(|label| label.chars().nth(1).is_none());
    (plain && (word.chars().nth(1).is_some() || short) && hit != text).then(|| hit.clone())
}

/// 已更新39辆, 建成村卫生室12个, 50分钟到场: a number among words that say only what was done, or what it is of.
fn bare_figure(said: &Said) -> Option<String> {
    if !matches!(said.rule.measure, Measure::Value | Measure::Deviation { .. }) {
        return None;
    }
    let text = said.text.as_str();
    if list::CLAUSE_SIGNS.within(text) {
        return None;
    }
    let digit = |c: char| c.is_ascii_digit();
    let known = said.known();
    let starts = text.char_indices().filter(|(_, c)| digit(*c)).map(|(at, _)| at);
    // 12345热线按时办结率96.5%: a name may begin with a number.
    let mut hits = starts
        .filter(|at| !text.get(..*at).is_some_and(|before| before.ends_with(|c| digit(c) || c == '.')))
        .filter_map(|at| core(said, &known, at));
    let hit = hits.next()?;
    (hits.next().is_none() && hit.len() < text.len()).then_some(hit)
}

/// 860/900万元 of 执行860/900万元 under 预算执行率: one over the other, behind the act of the rate.
fn named_fraction(said: &Said) -> Option<String> {
    let (label, figure) = said.text.split_at_checked(said.text.find(|c: char| c.is_ascii_digit())?)?;
    // 860/900万元: both in the unit behind them.
    let figure = match figure.split_once('/') {
        Some((above, below)) => {
            let (of, taken) = scan_quantity(below)?;
            let plain = taken == below.len() && above.chars().all(|c| c.is_ascii_digit() || c == '.');
            plain.then(|| format!("{above}/{}", of.number))?
        }
        None => return None,
    };
    let Notation::Quantity(read) = read(&figure, said.facts)? else { return None };
    let label = bare_label(list::ACT_LEADS.trim_start(label));
    let act = names(said.rule, said.facts)
        .any(|name| name.strip_suffix('率').is_some_and(|core| core.ends_with(label)));
    let plain = label.chars().nth(1).is_some() && !words::of(Class::Negations).within(label);
    (read.fraction.is_some() && act && plain).then_some(figure)
}

/// 37微克/立方米 of PM2.5年均浓度37微克/立方米: the form's own name, a number of which is none that is asked for.
fn own_name(said: &Said) -> Option<String> {
    let name = plain_words(said.facts.indicator);
    let ends = said.text.char_indices().map(|(at, c)| at.saturating_add(c.len_utf8()));
    let end = ends.rev().find(|end| said.text.get(..*end).is_some_and(|own| name.contains(own)))?;
    let (own, rest) = said.text.split_at_checked(end)?;
    let numbered = own.contains(|c: char| c.is_ascii_digit()) && own.chars().nth(2).is_some();
    let whole = own.ends_with(char::is_alphabetic) && rest.contains(|c: char| c.is_ascii_digit());
    (numbered && whole).then(|| rest.to_owned())
}

/// The number that begins there, where what stands before and behind it says no more.
fn core(said: &Said, known: &str, at: usize) -> Option<String> {
    let (before, rest) = said.text.split_at_checked(at)?;
    let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).rev();
    let (number, behind) = ends.take(MAX_BEHIND.saturating_add(1)).find_map(|end| {
        let (number, behind) = rest.split_at_checked(end)?;
        // 100%准确: 准确 is said of the number.
        let whole = match read(number, said.facts)? {
            Notation::Quantity(q) => q.sign.is_none() && q.fraction.is_none() && !q.unit.is_bare(),
            _ => false,
        };
        whole.then_some((number, behind))
    })?;
    let Some(Notation::Quantity(amount)) = read(number, said.facts) else { return None };
    if behind.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rate = amount.unit.is_ratio();
    let before = bare_label(before);
    // 调查平均得分78.6分: the score of whatever is asked about.
    let before = if amount.unit.word == "分" { list::SCORE_LABELS.trim_start(before) } else { before };
    let named = |label: &str| names(said.rule, said.facts).any(|name| name.contains(label));
    let plain = if rate {
        (before.is_empty() || (named(before) && names_it(before, known))) && behind.is_empty()
    } else {
        is_asked_in(said, &amount.unit) && says_no_more(before, known) && says_no_more(behind, known)
    };
    let narrowed = || {
        let label = format!("{before}{behind}");
        let own = list::PERFORMED.strip(&label).unwrap_or(&label);
        let name = said.facts.indicator;
        !own.is_empty() && list::NARROWS.iter().any(|word| name.contains(word) && !label.contains(word))
    };
    (plain && (rate || !narrowed())).then(|| number.to_owned())
}

/// Whether the target or a figure of the criterion is in such a unit.
fn is_asked_in(said: &Said, unit: &Unit) -> bool {
    let figure = |at: &Point| matches!(at, Point::Value(amount) if amount.unit.comparable(unit));
    let target = said.facts.target.and_then(Notation::unit);
    target.is_some_and(|target| target.comparable(unit)) || said.rule.points().any(figure)
}

/// Whether words stand in the form's own just so, and nothing before them denies them there.
fn names_it(label: &str, known: &str) -> bool {
    let denied = |at: usize| known.get(..at).is_some_and(|before| list::ALL_DENIAL_SIGNS.ends(before));
    let mut hits = known.match_indices(label).peekable();
    let found = hits.peek().is_some() && !hits.any(|(at, _)| denied(at));
    found && label.chars().nth(1).is_some() && kind(known, label) == Sameness::Same
}

/// Whether words are only what was done, and of what.
fn says_no_more(label: &str, known: &str) -> bool {
    let mut rest = label;
    let mut names = String::new();
    while !rest.is_empty() {
        if let Some(short) = list::DEEDS.strip(rest) {
            rest = short;
            continue;
        }
        // The longest stretch of the form's own words.
        let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]).skip(2);
        let Some(end) = ends.filter(|end| rest.get(..*end).is_some_and(|own| known.contains(own))).last()
        else {
            return false;
        };
        let Some((own, short)) = rest.split_at_checked(end) else { return false };
        if !names_it(own, known) {
            return false;
        }
        names.push_str(own);
        rest = short;
    }
    names.is_empty() || kind(known, &names) == Sameness::Same
}
