//! Words of quality and degree, ordered within their family: 优 良 中 差, 健全 / 基本健全 / 不健全.

use crate::words::{Groups, Senses, list};

/// A word on a scale.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ScaleWord {
    /// The word in its plain form (`基本健全`, `较好`).
    pub word: String,
    /// What is graded: `健全`, `覆盖`; the name of the family for word lists (`优良中差`).
    pub stem: String,
    /// The place on the scale, 0 best.
    pub rank: u8,
    /// How many places the scale has.
    pub of: u8,
}

/// Whole families, each from its best place on.
const FAMILIES: [&Groups; 11] = [
    list::SCALE_QUALITY,
    list::SCALE_GOOD,
    list::SCALE_LEVEL,
    list::SCALE_HEIGHT,
    list::SCALE_MARKED,
    list::SCALE_EVIDENT,
    list::SCALE_SATISFIED,
    list::SCALE_SIZE,
    list::SCALE_STRENGTH,
    list::SCALE_EFFECTIVE,
    list::SCALE_FITTING,
];

/// What stands before a stem, and its place of four: fully, mostly, partly, not.
const DEGREES: Senses<u8> = Senses::new(&[
    (list::GRADED_FULLY, 0),
    (list::GRADED_MOSTLY, 1),
    (list::GRADED_PARTLY, 2),
    (list::GRADED_NOT, 3),
]);

/// The word on a scale that the whole plain text is, if it is one. A word that several families have in the same
/// place (一般) belongs to the first; compare words, not ranks, with the steps of a criterion.
pub fn scale_word(text: &str) -> Option<ScaleWord> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > MAX_SCALE_CHARS {
        return None;
    }
    let word = text.to_owned();
    if let Some((family, (rank, _))) = FAMILIES.iter().find_map(|family| Some((family, family.of(text)?))) {
        let (rank, of) = (u8::try_from(rank).ok()?, u8::try_from(family.iter().len()).ok()?);
        return Some(ScaleWord { word, stem: family.meaning().to_owned(), rank, of });
    }
    let (rank, stem) = if list::GRADED_STEMS.has(text) {
        (0, text)
    } else {
        let (rank, taken) = DEGREES.longest(text)?;
        (rank, text.get(taken..).filter(|stem| list::GRADED_STEMS.has(stem))?)
    };
    Some(ScaleWord { word, stem: stem.to_owned(), rank, of: 4 })
}

/// No word of a scale is longer.
const MAX_SCALE_CHARS: usize = 10;

/// Whether the text names a whole scale instead of a place on it (`高中低`, `优良中差`).
pub fn is_scale_name(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '、' | '/' | '，' | ',')).collect();
    list::SCALE_NAMES.has(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_degree_of_every_stem_is_read_as_what_it_says() {
        let degrees = [list::GRADED_FULLY, list::GRADED_MOSTLY, list::GRADED_PARTLY, list::GRADED_NOT];
        for (rank, before) in (0..).zip(degrees) {
            for (before, stem) in before.iter().flat_map(|b| list::GRADED_STEMS.iter().map(move |s| (b, s))) {
                let text = format!("{before}{stem}");
                let of_family = FAMILIES.iter().any(|family| family.of(&text).is_some());
                // 有效 is a stem by itself, and 基本有效 stands in a family.
                if of_family || list::GRADED_STEMS.has(&text) {
                    continue;
                }
                let read = scale_word(&text).map(|word| (word.stem, word.rank));
                assert_eq!(read, Some((stem.to_owned(), rank)), "{text}");
            }
        }
    }
}
