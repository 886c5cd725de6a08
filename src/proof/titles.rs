//! Titles and numbers of documents: one document with two titles, a title whose words are in another order, numbers in
//! brackets that official documents do not have.

use super::found::Reading;
use super::prose::Spot;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a title that can be told from others.
const MIN_TITLE: usize = 6;
/// Titles that are compared with each other.
const MAX_TITLES: usize = 400;

/// A title as it is cited.
struct Cited {
    /// Its words without blanks, of a notice that issues a document those of the document.
    core: String,
    /// Its words as cited, without blanks.
    whole: String,
    /// The document number behind it.
    number: Option<String>,
    spot: Spot,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let cited: Vec<Cited> =
        reading.prose.texts().flat_map(|(unit, text)| titles(unit, text)).take(MAX_TITLES).collect();
    let mut findings = Vec::new();
    for (at, one) in cited.iter().enumerate() {
        let before = cited.get(..at).unwrap_or_default();
        // The same words are said once.
        if before.iter().any(|other| other.whole == one.whole && other.number == one.number) {
            continue;
        }
        // What is no title that anybody knows is said once, and not of those that are right.
        let others = || before.iter().filter(|other| known(reading, other).is_none());
        findings
            .extend(known(reading, one).or_else(|| others().find_map(|other| against(reading, one, other))));
    }
    findings.extend(reading.prose.texts().filter_map(|(unit, text)| number_form(reading, unit, text)));
    findings
}

/// A title that is nearly that of a document which everybody cites.
fn known(reading: &Reading, one: &Cited) -> Option<Finding> {
    let titles = words::of(Class::KnownTitles);
    if titles.has(&one.core) {
        return None;
    }
    let near = |title: &&str| is_anagram(title, &one.core) || strsim::levenshtein(title, &one.core) == 1;
    let title = titles.iter().find(near)?;
    let message = format!("文件名称《{}》应为《{title}》。", one.core);
    Some(reading.finding(FindingId::ReportTitleWrong, one.spot, title, message))
}

/// A title against one that was cited before.
fn against(reading: &Reading, one: &Cited, other: &Cited) -> Option<Finding> {
    let id = FindingId::ReportTitleWrong;
    let place = reading.prose.where_is(other.spot);
    let both = |how: &str| {
        let message = format!("文件名称此处为《{}》，{place}为《{}》，{how}。", one.whole, other.whole);
        Some(reading.finding(id, one.spot, &one.whole, message))
    };
    if one.core.chars().count() < MIN_TITLE || other.core.chars().count() < MIN_TITLE {
        return None;
    }
    if is_anagram(&one.core, &other.core) {
        return both("文字顺序不同，应是同一文件");
    }
    // What is listed side by side are two documents.
    let listed = one.spot.unit.abs_diff(other.spot.unit) <= 3;
    if !listed && (has_filler(&one.core, &other.core) || has_filler(&other.core, &one.core)) {
        return both("应统一为文件的准确名称");
    }
    let (number, before) = (one.number.as_ref()?, other.number.as_ref()?);
    let contained = one.core.contains(&other.core) || other.core.contains(&one.core);
    // Words of the sentence may stand before a number.
    let same = number.ends_with(before.as_str()) || before.ends_with(number.as_str());
    if same && !contained {
        return both("文号却相同");
    }
    // Notices of one title may be several; a rule has one number.
    let rule = words::of(Class::TitlesOfRules).ends(&one.core)
        || is_slipped(number, before) && one.core.chars().count() > MIN_TITLE;
    if !same && one.core == other.core && rule {
        let message = format!("《{}》的文号此处为{number}，{place}为{before}。", one.core);
        return Some(reading.finding(id, one.spot, &one.core, message));
    }
    None
}

/// Whether two document numbers of one issuer and year have numbers with the same digits in another order, or all but one.
fn is_slipped(one: &str, other: &str) -> bool {
    let split = |text: &str| text.split_once('〕').map(|(head, tail)| (head.to_owned(), tail.to_owned()));
    let (Some((head, own)), Some((before, known))) = (split(one), split(other)) else { return false };
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        chars.sort_unstable();
        chars
    };
    let same = head.ends_with(before.as_str()) || before.ends_with(head.as_str());
    same && own != known && sorted(&own).len() >= 2 && sorted(&own) == sorted(&known)
}

/// Whether two titles have the same characters in another order.
fn is_anagram(one: &str, other: &str) -> bool {
    let sorted = |text: &str| {
        let mut chars: Vec<char> = text.chars().collect();
        chars.sort_unstable();
        chars
    };
    one != other && one.chars().count() >= MIN_TITLE && sorted(one) == sorted(other)
}

/// Whether a title is another with a word more that says nothing.
fn has_filler(long: &str, short: &str) -> bool {
    words::of(Class::TitleFillers).iter().any(|word| {
        long.match_indices(word).any(|(at, word)| {
            let behind = long.get(at.saturating_add(word.len())..).unwrap_or_default();
            long.get(..at).is_some_and(|before| short == format!("{before}{behind}"))
        })
    })
}

/// The titles of a unit.
fn titles(unit: usize, text: &str) -> Vec<Cited> {
    let mut all = Vec::new();
    let mut open: Option<usize> = None;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '《' => {
                depth = depth.saturating_add(1);
                if depth == 1 {
                    open = Some(at);
                }
            }
            '》' => {
                depth = depth.saturating_sub(1);
                let Some(from) = open.filter(|_| depth == 0) else { continue };
                open = None;
                let to = at.saturating_add(c.len_utf8());
                let inside =
                    text.get(from..to).map(|all| all.trim_start_matches('《').trim_end_matches('》'));
                let whole = inside.unwrap_or_default().to_owned();
                let number = number(text.get(to..).unwrap_or_default())
                    .or_else(|| number_before(text.get(..from).unwrap_or_default()));
                all.push(Cited { core: core(&whole), whole, number, spot: Spot { unit, from, to } });
            }
            _ => {}
        }
    }
    all
}

/// The document that a notice issues; else the title.
fn core(title: &str) -> String {
    let inner = title.rsplit(['<', '《', '〈']).next().filter(|inner| inner.len() < title.len());
    let inner = inner.and_then(|inner| inner.split(['>', '》', '〉']).next());
    let core = inner.unwrap_or(title);
    let issued = core.split("关于印发").last().filter(|rest| rest.len() < core.len());
    let core = issued.and_then(|rest| rest.strip_suffix("的通知")).unwrap_or(core);
    core.chars().filter(|c| !matches!(c, '“' | '”' | '"' | ' ' | '、')).collect()
}

/// The document number in brackets behind a title.
fn number(behind: &str) -> Option<String> {
    let inside = behind.strip_prefix('(')?;
    let end = inside.find('号')?;
    plain_number(inside.get(..end)?)
}

/// The document number right before a title: `财预〔2020〕10号《…》`.
fn number_before(head: &str) -> Option<String> {
    let head = head.strip_suffix('号')?;
    let signs = |c: &char| c.is_alphanumeric() || "〔〕[]()【】".contains(*c);
    let length: usize = head.chars().rev().take_while(signs).map(char::len_utf8).sum();
    let number = head.get(head.len().checked_sub(length)?..)?;
    number.contains(['〔', '[', '【']).then(|| plain_number(number)).flatten()
}

/// A document number with the brackets that it is to have.
fn plain_number(number: &str) -> Option<String> {
    let plain = number.chars().count() <= 20
        && number.contains(|c: char| c.is_ascii_digit())
        && !number.contains(['，', '。', ';']);
    let plain_number: String = number
        .chars()
        .map(|c| match c {
            '[' | '(' | '【' => '〔',
            ']' | ')' | '】' => '〕',
            c => c,
        })
        .collect();
    plain.then(|| format!("{plain_number}号"))
}

/// The first document number of a unit whose year stands in other brackets than 〔〕.
fn number_form(reading: &Reading, unit: usize, text: &str) -> Option<Finding> {
    let year = text.match_indices("20").find_map(|(at, _)| {
        let before = text.get(..at)?;
        let open = before.chars().next_back().filter(|c| matches!(c, '[' | '(' | '【'))?;
        let issuer = before.strip_suffix(open)?;
        let named = issuer.chars().rev().take(2).filter(|c| c.is_alphabetic() && !c.is_ascii()).count() == 2;
        let year =
            text.get(at..at.saturating_add(4)).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
        let behind = text.get(at.saturating_add(year.len())..)?;
        let behind = behind.strip_prefix([']', ')', '】'])?;
        let digits = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        (named && digits.len() < behind.len() && digits.starts_with('号')).then(|| {
            let to = text.len().saturating_sub(digits.len()).saturating_add("号".len());
            let name: usize = issuer
                .chars()
                .rev()
                .take(6)
                .take_while(|c| c.is_alphabetic() && !c.is_ascii())
                .map(char::len_utf8)
                .sum();
            Spot { unit, from: issuer.len().saturating_sub(name), to }
        })
    })?;
    let written = reading.prose.at(year).to_owned();
    let message = format!("文号“{written}”的年份应当用六角括号〔〕括起。");
    Some(reading.finding(FindingId::DocumentNumberForm, year, "文号", message))
}
