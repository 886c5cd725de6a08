//! The headings of a report: chapters, sections, and the indicators of the analysis with their points.

use super::figures::{Figure, figure_at};
use super::lines;
use super::prose::{Prose, Spot};
use crate::words::{self, Class};

/// Characters of a heading; more are a sentence.
const MAX_TITLE: usize = 40;
/// Headings of a report; more are no outline.
const MAX_HEADINGS: usize = 3_000;

/// What stands before a heading or an item: how deep, and which of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `（1）`, 5 for `①`.
    pub(super) level: u8,
    /// Its number.
    pub(super) number: u32,
    /// Its bytes.
    pub(super) len: usize,
}

/// A heading.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) unit: usize,
    pub(super) level: u8,
    /// Which of its kind; `None` without a mark.
    pub(super) number: Option<u32>,
    /// Its words without mark and points.
    pub(super) title: String,
    /// The points that it states.
    pub(super) points: Option<Figure>,
    /// Where it stands.
    pub(super) spot: Spot,
    /// Whether it is but the name that a paragraph on an indicator begins with.
    pub(super) in_line: bool,
}

/// All headings, in order.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) headings: Vec<Heading>,
    /// The mark of each unit, where it begins with one.
    marks: Vec<Option<Mark>>,
}

impl Outline {
    pub(super) fn of(prose: &Prose) -> Self {
        let mut outline = Self::default();
        let cells = prose.tables.iter().flat_map(|table| &table.rows).flatten();
        let known = cells.map(|cell| super::tables::squeezed(&cell.text)).collect();
        let mut last: Option<u32> = None;
        for (at, unit) in prose.units.iter().enumerate() {
            let found = mark(&unit.text).or_else(|| mark_before_number(&unit.text, last?));
            if let Some(mark) = found.filter(|_| !unit.contents) {
                last = if mark.level == 3 { Some(mark.number) } else { last.filter(|_| mark.level > 3) };
            }
            outline.marks.push(found.filter(|_| !unit.contents));
            let full = outline.headings.len() >= MAX_HEADINGS;
            if full || unit.contents || !matches!(unit.place, Some(crate::docx::read::TextRegion::Body)) {
                continue;
            }
            let whole = heading(at, &unit.text, found, unit.level);
            let above = outline.headings.last().filter(|above| above.unit.saturating_add(1) == at);
            let own = || {
                let plain = found.is_none() && unit.level.is_none();
                lines::heading((at, &unit.text), &known, above).filter(|_| plain)
            };
            let fresh = whole.or_else(own);
            outline.headings.extend(fresh);
        }
        outline
    }

    /// The units that a heading heads: up to the next that is as high.
    pub(super) fn extent(&self, at: usize) -> std::ops::Range<usize> {
        let Some(heading) = self.headings.get(at) else { return 0..0 };
        let behind = self.headings.iter().skip(at.saturating_add(1));
        let next = behind.into_iter().find(|other| other.level <= heading.level);
        heading.unit..next.map_or(self.marks.len(), |next| next.unit)
    }

    /// The headings directly below one: those of the highest level within it.
    pub(super) fn below(&self, at: usize) -> Vec<&Heading> {
        let extent = self.extent(at);
        let inside =
            || self.headings.iter().skip(at.saturating_add(1)).take_while(|one| extent.contains(&one.unit));
        let level = inside().map(|one| one.level).min();
        inside().filter(|one| Some(one.level) == level).collect()
    }

    /// The chapters: headings of the first level, with their places among the headings.
    pub(super) fn chapters(&self) -> impl Iterator<Item = (usize, &Heading)> {
        self.headings.iter().enumerate().filter(|(_, heading)| heading.level == 1)
    }

    /// The part of the text that is about something: the section below a chapter that names it, else the chapter. A section
    /// counts where its chapter is about several things.
    pub(super) fn about(&self, class: Class) -> Option<usize> {
        let names = |heading: &Heading| words::of(class).within(&heading.title);
        let (chapter, _) = self.chapters().filter(|(_, heading)| names(heading)).last()?;
        let extent = self.extent(chapter);
        let section = self.headings.iter().enumerate().skip(chapter.saturating_add(1));
        let mut section = section.take_while(|(_, heading)| extent.contains(&heading.unit));
        Some(section.find(|(_, heading)| heading.level == 2 && names(heading)).map_or(chapter, |(at, _)| at))
    }

    /// How many items a part of the text lists: those with the highest mark within it, numbered from 1, or what is counted in
    /// its sentences (一是, 二是). `None` where nothing says it.
    pub(super) fn items(&self, prose: &Prose, at: usize) -> Option<Vec<usize>> {
        let extent = self.extent(at);
        let inside: Vec<usize> = extent.skip(1).collect();
        let marked = |unit: &usize| self.marks.get(*unit).copied().flatten();
        if let Some(level) = inside.iter().filter_map(|unit| Some(marked(unit)?.level)).min() {
            let items: Vec<usize> = inside
                .iter()
                .copied()
                .filter(|unit| marked(unit).is_some_and(|mark| mark.level == level))
                .collect();
            let in_order = items
                .iter()
                .zip(1_u32..)
                .all(|(unit, number)| marked(unit).is_some_and(|mark| mark.number == number));
            return in_order.then_some(items);
        }
        let counted = words::of(Class::CountedItems);
        let first = counted.iter().next().unwrap_or_default();
        let mut items = Vec::new();
        let mut lists = 0_usize;
        for unit in inside {
            let text = prose.text(unit);
            lists = lists.saturating_add(text.matches(first).count());
            let found = counted.iter().filter(|word| text.contains(*word)).count();
            items.extend(std::iter::repeat_n(unit, found));
        }
        // Of several lists (experience, problems) it is not certain which counts.
        if lists != 1 {
            return None;
        }
        (!items.is_empty()).then_some(items)
    }
}

/// The mark at the beginning of a text.
pub(super) fn mark(text: &str) -> Option<Mark> {
    let text_len = text.len();
    let text = text.trim_start();
    let skipped = text_len.saturating_sub(text.len());
    let chinese = |text: &str| {
        let digits = text.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).collect::<String>();
        let (numeral, _) = crate::notation::scan_numeral(&digits)?;
        let number = u32::try_from(numeral.value.get()).ok()?;
        (digits.chars().count() <= 3).then_some((number, digits.len()))
    };
    let arabic = |text: &str| {
        let len = text.bytes().take_while(u8::is_ascii_digit).count();
        let number = text.get(..len)?.parse().ok()?;
        (1..=2).contains(&len).then_some((number, len))
    };
    let found =
        |level: u8, number: u32, len: usize| Some(Mark { level, number, len: len.saturating_add(skipped) });
    if let Some(inner) = text.strip_prefix(['(', '（']) {
        let open = text.len().saturating_sub(inner.len());
        let read = chinese(inner).map(|it| (2, it)).or_else(|| arabic(inner).map(|it| (4, it)));
        let (level, (number, len)) = read?;
        let close = inner.get(len..)?.chars().next().filter(|c| matches!(c, ')' | '）'))?;
        return found(level, number, open.saturating_add(len).saturating_add(close.len_utf8()));
    }
    if let Some((number, len)) = chinese(text) {
        let sign = text.get(len..)?.chars().next().filter(|c| matches!(c, '、' | '.' | '．'))?;
        return found(1, number, len.saturating_add(sign.len_utf8()));
    }
    if let Some((number, len)) = arabic(text) {
        let rest = text.get(len..)?;
        let sign = rest.chars().next().filter(|c| matches!(c, '、' | '.' | '．'))?;
        // 1.5 is a number, and so is 2.1 before a heading of another manner.
        let runs_on = rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        return if runs_on { None } else { found(3, number, len.saturating_add(sign.len_utf8())) };
    }
    let first = text.chars().next()?;
    let circled = u32::from(first).checked_sub(0x245F).filter(|number| (1..=20).contains(number))?;
    found(5, circled, first.len_utf8())
}

/// The mark of a heading that begins with a number itself (`4. 24小时响应率`, without its blank): the next of its list, and a
/// count with its unit behind it.
fn mark_before_number(text: &str, last: u32) -> Option<Mark> {
    let next = last.checked_add(1)?;
    let sign = format!("{next}.");
    let rest = text.strip_prefix(&sign)?;
    let figure = figure_at(rest, 0).filter(|figure| figure.places == 0)?;
    crate::notation::scan_unit(rest.get(figure.to..)?)?;
    Some(Mark { level: 3, number: next, len: sign.len() })
}

/// The heading that a unit is, or that it begins with.
fn heading(unit: usize, text: &str, mark: Option<Mark>, style: Option<u8>) -> Option<Heading> {
    let begins = mark.map_or(0, |mark| mark.len);
    let rest = text.get(begins..)?;
    let (title, points, len) = title(rest)?;
    let points = points.map(|points| Figure {
        from: points.from.saturating_add(begins),
        to: points.to.saturating_add(begins),
        ..points
    });
    let whole = len == rest.len();
    let level = match (mark, style) {
        (Some(mark), _) => mark.level,
        (None, Some(level)) if whole => level,
        // Without mark and style only points make a heading of a line.
        (None, _) if whole && points.is_some() => 6,
        _ => return None,
    };
    // A sentence that runs on is none, unless what it begins with has points of its own or ends as a title does.
    let ends = rest.get(len..).and_then(|behind| behind.chars().next());
    let set_apart = whole || points.is_some() || (level <= 4 && matches!(ends, Some('。' | ':')));
    let spot = Spot { unit, from: 0, to: begins.saturating_add(len) };
    set_apart.then(|| Heading {
        unit,
        level,
        number: mark.map(|mark| mark.number),
        title,
        points,
        spot,
        in_line: false,
    })
}

/// The words of a title at the beginning of a text, the points behind it, and how many bytes both are.
fn title(text: &str) -> Option<(String, Option<Figure>, usize)> {
    let mut from = 0_usize;
    loop {
        let rest = text.get(from..)?;
        let stop =
            rest.find(['。', ';', ':', '，', '!', '?', '(']).map_or(text.len(), |at| from.saturating_add(at));
        let name = text.get(..stop)?;
        if name.chars().count() > MAX_TITLE || name.is_empty() {
            return None;
        }
        let behind = text.get(stop..)?;
        if !behind.starts_with('(') {
            return Some((name.to_owned(), None, stop));
        }
        let close = behind.find(')').map(|at| at.saturating_add(1))?;
        let inside = behind.get(1..close.saturating_sub(1))?;
        if let Some(points) = points(inside) {
            let inside = stop.saturating_add(1);
            let points = Figure {
                from: points.from.saturating_add(inside),
                to: points.to.saturating_add(inside),
                ..points
            };
            return Some((name.to_owned(), Some(points), stop.saturating_add(close)));
        }
        from = stop.saturating_add(close);
        if from >= text.len() {
            return Some((text.to_owned(), None, text.len()));
        }
    }
}

/// The points that brackets behind a title hold: `2分`, `分值2分`, `权重：15%`, `2分，得1分`.
pub(super) fn points(inside: &str) -> Option<Figure> {
    let lead = words::of(Class::PointsWords).strip(inside).unwrap_or(inside);
    let lead = lead.trim_start_matches(['为', ':', '占']);
    let at = inside.len().saturating_sub(lead.len());
    let figure = figure_at(inside, at)?;
    let unit = inside.get(figure.to..)?;
    let ends = unit.strip_prefix('分').or_else(|| unit.strip_prefix('%'))?;
    (ends.is_empty() || ends.starts_with(['，', '、', ';'])).then_some(figure)
}
