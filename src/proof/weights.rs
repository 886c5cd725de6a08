//! The points of first levels where a report describes its indicators: against the score sheet, against each other.

use super::figures::{Figure, linked};
use super::found::{Reading, level_name};
use super::prose::Spot;
use crate::base::Number;
use crate::model::{Finding, FindingId};
use crate::words::{self, Class};

/// Characters of a level's name.
const MAX_NAME: usize = 12;

/// A level with its points, as a clause says them.
struct Said {
    name: String,
    points: Figure,
    spot: Spot,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    let said = said(reading);
    let mut findings = Vec::new();
    let Some(card) = reading.card() else {
        return against_headings(reading, &said);
    };
    for one in &said {
        let level = level_name(&one.name);
        let own = card.levels.iter().filter(|known| level_name(&known.level1) == level);
        let weights: Vec<Number> = own.map(|known| known.weight.number()).collect();
        if weights.is_empty() {
            continue;
        }
        let Some(sum) = Number::sum(weights).filter(|sum| *sum != one.points.value) else { continue };
        let satisfied =
            card.levels.iter().filter(|known| words::of(Class::Satisfaction).within(&known.level1));
        let both =
            Number::sum(satisfied.map(|known| known.weight.number())).and_then(|other| sum.plus(other));
        let apart = said.iter().any(|other| words::of(Class::Satisfaction).within(&other.name));
        if both == Some(one.points.value) && !apart {
            continue;
        }
        let message = format!("“{}”写的权重是{}分，评分表为{sum}分。", one.name, one.points.value);
        findings.push(reading.finding(FindingId::ReportFigureDiffers, one.spot, &one.name, message));
    }
    findings
}

/// Without a workbook: levels whose points are all told, each once, are 100 together, and each what its heading has.
fn against_headings(reading: &Reading, said: &[Said]) -> Vec<Finding> {
    let of_level = |name: &str| {
        let name = level_name(name);
        let headings = reading.outline.headings.iter().filter(|one| level_name(&one.title) == name);
        let told = || reading.stated.iter().filter(|one| !one.in_table && level_name(&one.name) == name);
        headings.into_iter().find_map(|one| one.points).or_else(|| told().find_map(|one| one.points))
    };
    let mut findings = Vec::new();
    for one in said {
        let differs = of_level(&one.name).filter(|points| points.value != one.points.value);
        // Satisfaction may be told as a part of the benefits in one place and by itself in another.
        let Some(points) = differs.filter(|points| !explained(said, one, points.value)) else { continue };
        let message =
            format!("“{}”此处权重为{}分，指标分析部分为{}分。", one.name, one.points.value, points.value);
        findings.push(reading.finding(FindingId::ReportContradictsItself, one.spot, &one.name, message));
    }
    let names: std::collections::BTreeSet<String> = said.iter().map(|one| level_name(&one.name)).collect();
    if said.len() >= 3
        && names.len() == said.len()
        && let Some(sum) = Number::sum(said.iter().map(|one| one.points.value))
        && sum != Number::from(100)
        && is_all(reading, said)
        && let Some(last) = said.last()
        // What stands in brackets beside points is told once more, by parts.
        && !reading.prose.at(reading.prose.sentence(last.spot)).contains("分(")
    {
        let message = format!("各一级指标的权重合计为{sum}分，不是100分。");
        findings.push(reading.finding(FindingId::ReportSumDiffers, last.spot, "一级指标权重", message));
    }
    findings
}

/// Whether a heading has the points of a level and of another that is told by itself.
fn explained(said: &[Said], one: &Said, heading: Number) -> bool {
    let others = said.iter().filter(|other| other.name != one.name);
    others.into_iter().any(|other| one.points.value.plus(other.points.value) == Some(heading))
}

/// Whether as many levels are told as the report says there are.
fn is_all(reading: &Reading, said: &[Said]) -> bool {
    let last = said.last().map_or(0, |one| one.spot.unit);
    let first = said.first().map_or(0, |one| one.spot.unit);
    // They stand side by side, so that none is passed over.
    let near = last.saturating_sub(first) <= said.len().saturating_mul(2);
    let level = words::of(Class::LevelsCounted).iter().next().unwrap_or_default();
    let counts = [format!("{}个{level}", said.len()), format!("{level}{}个", said.len())];
    near && reading.prose.texts().any(|(_, text)| counts.iter().any(|count| text.contains(count.as_str())))
}

/// Levels that a sentence lists with their points and no word for them, from which on they are taken for a list.
const MIN_LISTED: usize = 3;

/// Where clauses say the points of levels: `决策:占权重15分`, `产出指标权重为35%`, `决策15分、过程15分、产出35分`.
fn said(reading: &Reading) -> Vec<Said> {
    let mut all: Vec<Said> = Vec::new();
    let mut lines: Vec<Said> = Vec::new();
    for sentence in reading.prose.sentences() {
        let text = reading.prose.at(sentence);
        let mut listed = Vec::new();
        for (from, to) in super::prose::pieces(text, &['，', '、']) {
            let Some((one, named)) =
                text.get(from..to).and_then(|clause| clause_of(reading, sentence, from, clause))
            else {
                continue;
            };
            if named { all.push(one) } else { listed.push(one) }
        }
        all.extend(in_order(sentence, text));
        // 得13分 beside them says that they are scores.
        if text.contains('得') {
            continue;
        }
        if listed.len() >= MIN_LISTED {
            all.append(&mut listed);
        } else if listed.len() == 1 {
            lines.append(&mut listed);
        }
    }
    all.extend(in_lines(reading, lines));
    all.sort_by_key(|one| one.spot);
    all
}

/// Levels that are listed in paragraphs one below the other, each with its points: `产出指标（35分），考察…`.
fn in_lines(reading: &Reading, lines: Vec<Said>) -> Vec<Said> {
    let heads = |unit: usize| reading.outline.headings.iter().any(|heading| heading.unit == unit);
    let mut lists: Vec<Vec<Said>> = Vec::new();
    for one in lines.into_iter().filter(|one| !heads(one.spot.unit)) {
        let next = |list: &&mut Vec<Said>| {
            list.last().is_some_and(|last| last.spot.unit.saturating_add(1) == one.spot.unit)
        };
        match lists.last_mut().filter(next) {
            Some(list) => list.push(one),
            None => lists.push(vec![one]),
        }
    }
    lists.into_iter().filter(|list| list.len() >= MIN_LISTED).flatten().collect()
}

/// Points that are told in the order of the levels before them: `按照投入、过程、产出、效果四个一级指标设置，权重依次为15分、25分、35分、25分`.
fn in_order(sentence: Spot, text: &str) -> Vec<Said> {
    let found = || {
        let (at, word) = words::of(Class::PointsInOrder).find(text)?;
        let mut from = at.saturating_add(word.len());
        let mut points = Vec::new();
        while let Some(figure) = super::figures::figure_at(text, from) {
            let behind = text.get(figure.to..)?;
            let rest = behind.strip_prefix(['分', '%'])?;
            points.push(figure);
            let next = rest.strip_prefix(['、', '，', '和']).unwrap_or_default();
            from = text.len().saturating_sub(next.len());
        }
        let head = text.get(..at)?;
        let list = words::of(Class::LeadsOfLists)
            .iter()
            .filter_map(|lead| Some(head.rfind(lead)?.saturating_add(lead.len())));
        let names = list.filter_map(|begin| {
            let pieces = head.get(begin..)?.split('、');
            let names: Vec<String> = pieces
                .map(|piece| {
                    piece
                        .split(|c: char| c.is_ascii_digit() || crate::notation::is_numeral(c) || c == '，')
                        .next()
                        .unwrap_or(piece)
                })
                .map(level_name)
                .collect();
            let known = names.iter().all(|name| words::of(Class::FirstLevels).has(name));
            (known && names.len() == points.len() && names.len() >= MIN_LISTED).then_some(names)
        });
        let names = names.into_iter().next()?;
        let said = names.into_iter().zip(points).map(|(name, points)| Said {
            name,
            points,
            spot: Spot {
                unit: sentence.unit,
                from: sentence.from.saturating_add(points.from),
                to: sentence.from.saturating_add(points.to),
            },
        });
        Some(said.collect::<Vec<_>>())
    };
    found().unwrap_or_default()
}

/// What a clause says, and whether it calls it points.
fn clause_of(reading: &Reading, sentence: Spot, from: usize, clause: &str) -> Option<(Said, bool)> {
    let begins = super::outline::mark(clause).map_or(0, |mark| mark.len);
    let whole = clause.get(begins..)?;
    let body = whole.rsplit("其中").next().unwrap_or(whole).trim_start_matches([':', '为']);
    // 各部分权重为:决策占权重12分: what leads to the list names no level.
    let body =
        body.rsplit_once(':').filter(|(head, _)| !is_level(reading, head)).map_or(body, |(_, rest)| rest);
    let begin = clause.len().saturating_sub(body.len());
    let (name, at, named) = match words::of(Class::PointsWords).find(body) {
        Some((step, word)) => {
            (body.get(..step)?, begin.saturating_add(step).saturating_add(word.len()), true)
        }
        None => {
            let step = body.find(|c: char| c.is_ascii_digit())?;
            (body.get(..step)?, begin.saturating_add(step), false)
        }
    };
    let name = name.trim_end_matches(['占', ':', '的', '为', '(']);
    // 指标体系设投入（15分）: the name stands behind the word that leads to the list.
    let lead = words::of(Class::LeadsOfLists)
        .iter()
        .filter_map(|word| Some(name.rfind(word)?.saturating_add(word.len())));
    let skipped = lead.max().filter(|_| !is_level(reading, name)).unwrap_or(0);
    let (name, begin) = (name.get(skipped..)?, begin.saturating_add(skipped));
    let points = linked(clause, at)?;
    let behind = clause.get(points.to..)?;
    let ends = behind.starts_with('分') || behind.starts_with('%');
    let rest = behind.trim_start_matches(['分', '%', ')']);
    // 效果（25分）四个一级指标: the list ends with its count.
    let counted = behind.starts_with("分)")
        && rest.starts_with(|c: char| crate::notation::is_numeral(c) || c.is_ascii_digit());
    let fits =
        ends && (named || rest.is_empty() || counted) && (2..=MAX_NAME).contains(&name.chars().count());
    let spot = Spot {
        unit: sentence.unit,
        from: sentence.from.saturating_add(from).saturating_add(begin),
        to: sentence.from.saturating_add(from).saturating_add(points.to),
    };
    (fits && is_level(reading, name)).then(|| (Said { name: name.to_owned(), points, spot }, named))
}

/// Whether a name is that of a first level: of the score sheet, else of a heading that has sections below it.
fn is_level(reading: &Reading, name: &str) -> bool {
    let name = level_name(name);
    if let Some(card) = reading.card() {
        return card.levels.iter().any(|level| level_name(&level.level1) == name);
    }
    words::of(Class::FirstLevels).has(&name)
}
