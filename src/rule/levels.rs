//! Levels of one thing from the best to the worst, as a criterion and an answer name them: 断面水质达到Ⅲ类及以上, 获得国家级或省级表彰.

use crate::words::{Groups, Lexicon, list};

const FAMILIES: [&Groups; 3] = [list::LEVELS_OF_AREA, list::LEVELS_OF_WATER, list::LEVELS_OF_LETTER];

/// What a text says of levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Levels {
    /// Of which family.
    family: usize,
    /// The places that are meant, 0 the best.
    places: Vec<usize>,
    /// The words without them: of what the level is.
    thing: String,
    /// Whether it is one level alone.
    single: bool,
}

/// The levels that a text names, where all are of one family.
pub(crate) fn levels(text: &str) -> Option<Levels> {
    let mut family = None;
    let mut places: Vec<usize> = Vec::new();
    let mut things: Vec<String> = vec![String::new()];
    let mut named = 0_usize;
    let mut ranged = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let Some((of, place, taken)) = level(rest) else {
            // 国家级验收或省级验收
            let behind = rest.get(c.len_utf8()..)?;
            let joins = matches!(c, '及' | '和' | '与') && level(behind).is_some();
            if joins || matches!(c, '或' | '、' | '/') {
                things.push(String::new());
            } else if let Some(thing) = things.last_mut() {
                thing.push(c);
            }
            rest = rest.get(c.len_utf8()..)?;
            continue;
        };
        if family.replace(of).is_some_and(|earlier| earlier != of) {
            return None;
        }
        named = named.saturating_add(1);
        rest = rest.get(taken..)?;
        let worst = FAMILIES.get(of)?.iter().len();
        let before = things.last_mut()?;
        let without = |words: &Lexicon| words.strip_end(before).map(str::to_owned);
        let (lead, range) = if let Some(lead) = without(list::LEVEL_OR_BETTER_THAN) {
            (lead, Some(0..place.saturating_add(1)))
        } else if let Some(lead) = without(list::LEVEL_BETTER_THAN) {
            (lead, Some(0..place))
        } else if let Some(lead) = without(list::LEVEL_WORSE_THAN) {
            (lead, Some(place.saturating_add(1)..worst))
        } else {
            (before.clone(), None)
        };
        *before = lead;
        let behind = if let Some(behind) = list::LEVEL_AND_BETTER.strip(rest) {
            Some((behind, 0..place.saturating_add(1)))
        } else {
            list::LEVEL_AND_WORSE.strip(rest).map(|behind| (behind, place..worst))
        };
        let range = match (range, behind) {
            (Some(_), Some(_)) => return None,
            (Some(range), None) => range,
            (None, Some((behind, range))) => {
                rest = behind;
                range
            }
            (None, None) => place..place.saturating_add(1),
        };
        if rest.starts_with("以下") || rest.starts_with("以上") || range.is_empty() {
            return None;
        }
        ranged |= range.len() > 1;
        places.extend(range);
    }
    places.sort_unstable();
    places.dedup();
    let thing = one_thing(&things)?;
    Some(Levels { family: family?, places, thing, single: named == 1 && !ranged })
}

/// The level that a text begins with: its family, its place, its bytes.
fn level(text: &str) -> Option<(usize, usize, usize)> {
    FAMILIES.iter().enumerate().find_map(|(at, family)| {
        let (group, taken) = family.longest(text)?;
        let place = family.iter().position(|other| std::ptr::eq(other, group))?;
        Some((at, place, taken))
    })
}

/// 通过验收 of 通过验收, 验收: what several names are of, where that is one thing.
fn one_thing(things: &[String]) -> Option<String> {
    let bare = |thing: &String| {
        let mut rest = thing.as_str();
        while let Some(short) = list::LEVEL_REACHED.strip(rest) {
            rest = short;
        }
        while let Some(short) = list::LEVEL_REACHED.strip_end(rest) {
            rest = short;
        }
        rest.to_owned()
    };
    let named: Vec<String> = things.iter().map(bare).filter(|thing| !thing.is_empty()).collect();
    let longest = named.iter().max_by_key(|thing| thing.len()).cloned().unwrap_or_default();
    named.iter().all(|thing| longest.ends_with(thing.as_str())).then_some(longest)
}

impl Levels {
    /// The words without the levels.
    pub(crate) fn thing(&self) -> &str {
        &self.thing
    }

    /// Whether both are of one thing, and no level is of both.
    pub(crate) fn is_beside(&self, other: &Self) -> bool {
        let same = self.thing.ends_with(other.thing.as_str()) || other.thing.ends_with(self.thing.as_str());
        self.family == other.family && same && !self.places.iter().any(|at| other.places.contains(at))
    }

    /// Whether more than a level alone is said, so that only what knows levels can answer it.
    pub(crate) fn is_several(&self) -> bool {
        !self.single
    }

    /// The only level, where it is one.
    pub(super) fn only(&self) -> Option<usize> {
        self.places.first().copied().filter(|_| self.single)
    }

    /// Whether a level of the same family is among these.
    pub(super) fn holds(&self, of: &Self, place: usize) -> bool {
        self.family == of.family && self.places.contains(&place)
    }

    /// Whether several levels may be won of one thing, of which the best counts.
    pub(super) fn is_of_areas(&self) -> bool {
        self.family == 0
    }
}
