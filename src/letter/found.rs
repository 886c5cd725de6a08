//! What a document says of the findings: what is to be mended or explained, each matter once.

use serde::{Deserialize, Serialize};

use super::taken::tight;
use super::{Kind, Said};
use crate::base::CellRef;
use crate::issue::{Answered, Fate, Item, QUESTIONS, SAID_BY, is_of_another_year};
use crate::model::{Finding, FindingId, Matter, Severity};
use crate::returned::Reply;

/// Something to be mended or explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// What it is of; several where the same is said of each.
    pub objects: Vec<String>,
    /// The table in which they stand, by its name.
    pub form: Option<String>,
    /// What is wrong, a sentence each.
    pub facts: Vec<String>,
    /// What to do; nothing is asked for that was given.
    pub asks: Vec<String>,
    /// When, and whether it is certain.
    pub wanted: Wanted,
    /// What the agency said of it.
    pub given: Option<String>,
    /// Whether it was said before.
    pub again: bool,
}

/// What a document says of a finding instead of its own words, and asks for.
pub(super) struct Restated {
    /// What is wrong.
    pub(super) fact: String,
    /// What to do; what its remedy says where it is none.
    pub(super) ask: Option<String>,
}

/// What is wanted of the agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wanted {
    /// That it is mended.
    Mended,
    /// An answer: what is to be mended is certain only then.
    Answer,
    /// That targets are set in another way the next time: those of a year that is over stay as they are.
    Later,
}

/// What a finding asks for is what another asks for, and more exactly: of a name that cannot be measured another indicator.
const ASKED_BY: [(FindingId, FindingId, &str); 1] =
    [(FindingId::NameIsASentence, FindingId::TargetNotMeasurable, "请改用可计量的指标。")];

/// What begins the part of a sentence that asks for something: a document has a column for that.
const ASKING: &str = "，请";

/// Whether a document of this kind speaks of such matters.
pub(super) fn belongs(kind: Kind, item: &Item) -> bool {
    let grave = item.severity != Severity::Info;
    match kind {
        // There are no scores yet.
        Kind::Targets => grave && !matches!(item.matter, Matter::Scores | Matter::Results | Matter::Ledger),
        Kind::Correction => {
            let filled = |finding: &&Finding| is_of_form(finding.id);
            let asked = item.findings.iter().any(|finding| finding.id.is_asked());
            (grave || asked) && (item.findings.iter().any(filled) || is_form(item.matter))
        }
        Kind::Comments | Kind::Result => grave || item.findings.iter().any(|finding| finding.id.is_asked()),
    }
}

/// Whether a matter is one of how a form is filled in.
fn is_form(matter: Matter) -> bool {
    matches!(matter, Matter::Materials | Matter::Form | Matter::Weights)
}

/// The same of findings: a total is filled in by who adds it up, and so are a reason and the place of a scale.
pub(super) fn is_of_form(id: FindingId) -> bool {
    let filled = [FindingId::TotalDiffers, FindingId::ReasonMissing, FindingId::ScoreOutsideBand];
    filled.contains(&id) || is_form(id.matter())
}

/// What is said of these items, but for what `left_out` says of a finding of an item is told elsewhere.
pub(super) fn points(
    kind: Kind,
    items: &[&Item],
    said: Said<'_>,
    left_out: impl Fn(&Item, &Finding) -> bool,
    restated: impl Fn(&Item, &Finding) -> Option<Restated>,
) -> Vec<Point> {
    let mut points = Vec::new();
    for item in items.iter().filter(|item| belongs(kind, item)) {
        let by_other = |finding: &Finding| {
            let by = SAID_BY.iter().find(|(id, _)| *id == finding.id).map(|(_, by)| *by);
            let same = |other: &&&Item| other.object == item.object;
            let says = |other: &&Item| other.findings.iter().any(|one| Some(one.id) == by);
            items.iter().filter(same).any(says)
        };
        let with_points = matches!(kind, Kind::Comments | Kind::Result);
        // Of hints only those are put to the agency that ask it something.
        let told = |finding: &&&Finding| {
            let asked = with_points || kind == Kind::Correction;
            let put = finding.severity != Severity::Info || asked && finding.id.is_asked();
            // Before a review nobody speaks of scores and results.
            let of_form = kind != Kind::Correction || is_of_form(finding.id);
            put && of_form && !left_out(item, finding) && !by_other(finding)
        };
        points.extend(item.findings.iter().filter(told).map(|finding| {
            let point = remark(kind, item, finding, said);
            // What goes back is mended, whatever else would be asked.
            let wanted = if kind == Kind::Correction { Wanted::Mended } else { point.wanted };
            let point = Point { wanted, ..point };
            let Some(Restated { fact, ask }) = restated(item, finding) else { return point };
            Point { facts: vec![fact], asks: ask.map_or(point.asks, |ask| vec![ask]), ..point }
        }));
    }
    // What is to be filled in again is told row by row.
    by_object(alike(points, kind == Kind::Correction))
}

/// What is said of one finding.
fn remark(kind: Kind, item: &Item, finding: &Finding, said: Said<'_>) -> Point {
    let Said { answered, replies, .. } = said;
    let beside = |reply: &&Reply| {
        reply.ids.iter().any(|id| id == finding.id.id())
            && (reply.says(&finding.message) || reply.object == item.object)
    };
    let reply = replies.iter().find(beside).map(|reply| reply.text.trim().to_owned());
    let given = item.given.clone().or(reply).filter(|text| !text.is_empty());
    let alone = Item { findings: vec![finding], ..item.clone() };
    // What was explained is not asked for again; what is wrong in the form is.
    let asked = |remedy: &&str| given.is_none() || !remedy.contains("说明原因");
    let asks: Vec<&str> = alone.remedies().into_iter().filter(asked).collect();
    // The targets of a year that is over are no longer changed.
    let over = matches!(kind, Kind::Comments | Kind::Result) && item.matter == Matter::Targets;
    let later = over && !asks.iter().any(|ask| is_of_another_year(ask));
    Point {
        objects: vec![item.object.clone()],
        form: item.form.map(|form| form.name().to_owned()).filter(|form| *form != item.object),
        facts: vec![fact(&finding.message)],
        wanted: match asks.iter().any(|ask| QUESTIONS.iter().any(|question| ask.starts_with(question))) {
            _ if later => Wanted::Later,
            true => Wanted::Answer,
            false => Wanted::Mended,
        },
        asks: asks.into_iter().map(str::to_owned).collect(),
        again: answered.and_then(|of: &Answered| of.fate(finding)) == Some(Fate::Open),
        given,
    }
}

/// What a finding says, without what it asks for.
pub(super) fn fact(message: &str) -> String {
    let words = message.trim_end_matches('。');
    let asking = words.rfind(ASKING).filter(|at| !words.get(*at..).is_some_and(|rest| rest.contains('。')));
    let words = asking.and_then(|at| words.get(..at)).unwrap_or(words);
    tight(&without_cells(&format!("{words}。")))
}

/// What a finding itself asks for.
pub(super) fn asked_in(message: &str) -> Option<String> {
    let words = message.trim_end_matches('。');
    let at = words.rfind(ASKING)?;
    words.get(at.checked_add("，".len())?..).map(tight)
}

/// A sentence without the cells that it names in brackets: a document has tables and indicators.
fn without_cells(text: &str) -> String {
    let mut pieces = text.split('（');
    let mut all = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece.split_once('）').filter(|(inside, _)| inside.parse::<CellRef>().is_ok()) {
            Some((_, rest)) => all.push_str(rest),
            None => all.push_str(&format!("（{piece}")),
        }
    }
    all
}

/// What is said of several objects in the same words is said once of all of them; with `apart` not where it names what stands
/// in a cell of each.
fn alike(points: Vec<Point>, apart: bool) -> Vec<Point> {
    let mut all: Vec<(bool, Vec<Point>)> = Vec::new();
    // What more is said of one of them stands with what is said of it, and not in two rows.
    let counted = |point: &Point| {
        let same = |other: &&Point| other.objects == point.objects && other.wanted == point.wanted;
        points.iter().filter(same).count()
    };
    let alone: Vec<bool> = points.iter().map(|point| counted(point) == 1).collect();
    for (point, alone) in points.into_iter().zip(alone) {
        let fits = |first: &Point| (!apart || values(first).is_empty()) && are_alike(first, &point);
        let same = |group: &&mut (bool, Vec<Point>)| group.0 && alone && group.1.first().is_some_and(fits);
        match all.iter_mut().find(same) {
            Some((_, group)) => group.push(point),
            None => all.push((alone, vec![point])),
        }
    }
    all.into_iter().filter_map(|(_, group)| together(group)).collect()
}

/// Whether two say the same of two objects, but for what stands in quotes.
fn are_alike(one: &Point, other: &Point) -> bool {
    let bare = |point: &Point| (point.wanted, point.again, point.form.clone());
    let led = |point: &Point| {
        let (object, fact) = (point.objects.first()?, point.facts.first()?);
        let led = fact.strip_prefix('“')?.strip_prefix(object.as_str())?.starts_with('”');
        led.then(|| quotes(fact).0)
    };
    bare(one) == bare(other)
        && one.asks == other.asks
        && one.objects != other.objects
        && one.given.is_none()
        && other.given.is_none()
        && led(one).is_some_and(|words| Some(words) == led(other))
}

/// What stands in quotes behind the object.
fn values(point: &Point) -> Vec<String> {
    point.facts.iter().flat_map(|fact| quotes(fact).1.into_iter().skip(1)).collect()
}

/// Points that are alike as one.
fn together(points: Vec<Point>) -> Option<Point> {
    let of = points.len();
    let quoted: Vec<Vec<String>> =
        points.iter().filter_map(|point| Some(quotes(point.facts.first()?).1)).collect();
    let objects = points.iter().flat_map(|point| point.objects.clone()).collect();
    let first = points.into_iter().next()?;
    if of == 1 {
        return Some(first);
    }
    let (words, _) = quotes(first.facts.first()?);
    let mut fact = String::new();
    for (at, words) in words.iter().enumerate() {
        // The objects lead, in the column before.
        if let Some(slot) = at.checked_sub(2) {
            let mut each: Vec<&str> =
                quoted.iter().filter_map(|of| of.get(slot.checked_add(1)?)).map(String::as_str).collect();
            if each.windows(2).all(|pair| matches!(pair, [one, two] if one == two)) {
                each.truncate(1);
            }
            fact.extend(each.iter().map(|quote| format!("“{quote}”")));
        } else if at == 1 {
            fact.push_str(if of == 2 { "这两个指标" } else { "这些指标" });
        }
        fact.push_str(words);
    }
    Some(Point { objects, facts: vec![fact], ..first })
}

/// The words of a text outside quotes, in pieces, and those inside.
fn quotes(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut outside, mut inside) = (Vec::new(), Vec::new());
    let mut rest = text;
    while let Some((before, (quote, after))) =
        rest.split_once('“').and_then(|(before, after)| Some((before, after.split_once('”')?)))
    {
        outside.push(before.to_owned());
        inside.push(quote.to_owned());
        rest = after;
    }
    outside.push(rest.to_owned());
    (outside, inside)
}

/// What stands in quotes in a text.
pub(super) fn quoted(text: &str) -> Vec<String> {
    quotes(text).1
}

/// What is of one object is said in one place, what is for now apart from what is for later.
fn by_object(points: Vec<Point>) -> Vec<Point> {
    let mut all: Vec<Point> = Vec::new();
    for mut point in points {
        if let [object] = point.objects.as_slice() {
            let lead = format!("“{object}”");
            for fact in &mut point.facts {
                if let Some(rest) = fact.strip_prefix(&lead) {
                    *fact = format!("该指标{rest}");
                }
            }
        }
        let same = |have: &&mut Point| have.objects == point.objects && have.wanted == point.wanted;
        let Some(have) = all.iter_mut().find(same) else {
            all.push(point);
            continue;
        };
        let new = |have: &[String], more: Vec<String>| -> Vec<String> {
            more.into_iter().filter(|one| !have.contains(one)).collect()
        };
        let facts = new(&have.facts, point.facts);
        have.facts.extend(facts);
        let asks = new(&have.asks, point.asks);
        have.asks.extend(asks);
        for (said, by, ask) in ASKED_BY {
            let has = |id: FindingId| have.asks.iter().any(|ask| ask == id.remedy());
            if has(said) && has(by) {
                have.asks.retain(|ask| ask != said.remedy() && ask != by.remedy());
                have.asks.push(ask.to_owned());
            }
        }
        have.given = have.given.take().or(point.given);
        have.again |= point.again;
    }
    all
}
