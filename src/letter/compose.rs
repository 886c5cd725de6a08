//! Documents, each to one department about all its projects of a round: what all kinds share.

use std::collections::BTreeMap;

use crate::base::Score;

use super::{
    Days, Kind, Letter, LetterBlock, Point, Settings, Subject, comments, correction, result, targets,
};

/// The documents about these projects: one a department, kind, and who scored.
pub fn compose_all(subjects: &[Subject], settings: &Settings) -> Vec<Letter> {
    let mut of: BTreeMap<(Option<&str>, Kind, bool), Vec<&Subject>> = BTreeMap::new();
    for subject in subjects {
        of.entry((subject.agency.as_deref(), subject.kind, subject.evaluated)).or_default().push(subject);
    }
    of.values().filter_map(|subjects| compose(subjects, settings)).collect()
}

/// The document about these projects of one department, which are all of one kind and scored by the same side; `None`
/// without any.
pub fn compose(subjects: &[&Subject], settings: &Settings) -> Option<Letter> {
    let first = subjects.first()?;
    let of = Round { subjects, days: settings.days };
    let (title, mut parts) = match first.kind {
        Kind::Targets => targets::compose(&of),
        Kind::Correction => correction::compose(&of),
        Kind::Comments => comments::compose(&of),
        Kind::Result => result::compose(&of),
    };
    parts.splice(0..0, [LetterBlock::Paragraph(format!("{}：", first.agency.as_deref().unwrap_or(OPEN)))]);
    let number = settings.number.as_deref().unwrap_or("×财绩");
    Some(Letter {
        kind: first.kind,
        name: first.kind.name_of(first.evaluated),
        to: first.agency.clone(),
        number: format!("{number}〔　　〕　号（代拟稿，未签发）"),
        title,
        parts: signed(parts, settings, &of).into_iter().map(printed).collect(),
    })
}

/// A part in the signs of print: what was typed as `>=` is `≥` on paper.
fn printed(part: LetterBlock) -> LetterBlock {
    let sign = |words: String| words.replace(">=", "≥").replace("<=", "≤");
    match part {
        LetterBlock::Heading(words) => LetterBlock::Heading(sign(words)),
        LetterBlock::Paragraph(words) => LetterBlock::Paragraph(sign(words)),
        LetterBlock::Right(words) => LetterBlock::Right(sign(words)),
        LetterBlock::Table { titles, rows } => {
            let row = |cells: Vec<String>| cells.into_iter().map(sign).collect();
            LetterBlock::Table { titles, rows: rows.into_iter().map(row).collect() }
        }
    }
}

/// When what is wrong with the targets of a year that is over is to be mended.
const LATER: &str = "以后年度申报时，";

/// What the bureau fills in.
pub(super) const OPEN: &str = "　　　　　　";

/// The projects of a document.
pub(super) struct Round<'s> {
    pub(super) subjects: &'s [&'s Subject],
    days: Days,
}

impl Round<'_> {
    /// How long the department has.
    pub(super) fn days(&self) -> String {
        self.subjects.first().map(|first| self.days.said(first.kind)).unwrap_or_default()
    }

    /// Whether the bureau's evaluators scored them.
    pub(super) fn evaluated(&self) -> bool {
        self.subjects.iter().any(|subject| subject.evaluated)
    }

    /// The year, where all are of one.
    pub(super) fn year(&self) -> String {
        let mut years: Vec<Option<i16>> = self.subjects.iter().map(|subject| subject.year).collect();
        years.dedup();
        match years.as_slice() {
            [Some(year)] => format!("{year}年度"),
            _ => "　　年度".to_owned(),
        }
    }

    /// `“农村公路养护”项目`, and of several how many.
    pub(super) fn projects(&self) -> String {
        match self.subjects {
            [only] => quoted(only),
            all => format!("{}个项目（名单见附件）", all.len()),
        }
    }

    /// What a single project comes to in the document itself, of several in an attachment each.
    pub(super) fn each(
        &self,
        of: impl Fn(&Subject) -> Vec<LetterBlock>,
    ) -> (Vec<LetterBlock>, Vec<LetterBlock>) {
        if let [only] = self.subjects {
            return (of(only), Vec::new());
        }
        let mut attached = Vec::new();
        for (number, subject) in (1_u32..).zip(self.subjects) {
            attached.push(LetterBlock::Heading(format!("附件{number}　{}", called(subject))));
            attached.extend(
                subject.unit.as_ref().map(|unit| LetterBlock::Paragraph(format!("实施单位：{unit}"))),
            );
            attached.extend(of(subject));
        }
        (Vec::new(), attached)
    }
}

/// A project's name.
pub(super) fn called(subject: &Subject) -> &str {
    subject.project.as_deref().unwrap_or(OPEN)
}

/// A project as it is named in a sentence: `“农村公路养护”项目`.
pub(super) fn quoted(subject: &Subject) -> String {
    let name = called(subject);
    let what = if name.ends_with("项目") { "" } else { "项目" };
    format!("“{name}”{what}")
}

/// What is to be mended or explained, a row each; `None` where nothing is.
pub(super) fn table(points: &[Point], titles: [&'static str; 4]) -> Option<LetterBlock> {
    let row = |point: &Point| {
        let again = if point.again { "（前次已提出）" } else { "" };
        let given = point.given.as_ref().map(|given| format!("（单位说明：{given}）")).unwrap_or_default();
        let later = if point.later.is_empty() { "" } else { LATER };
        let later = format!("{later}{}", point.later);
        let place = if point.place.is_empty() { String::new() } else { format!("（{}）", point.place) };
        vec![
            format!("{}{place}", point.object),
            format!("{again}{}{given}", point.facts),
            format!("{}{later}", point.remedy),
        ]
    };
    let rows: Vec<Vec<String>> = points
        .iter()
        .zip(1_u32..)
        .map(|(point, number)| [vec![number.to_string()], row(point)].concat())
        .collect();
    (!rows.is_empty()).then(|| LetterBlock::Table { titles: titles.to_vec(), rows })
}

pub(super) fn paragraph(words: impl Into<String>) -> LetterBlock {
    LetterBlock::Paragraph(words.into())
}

pub(super) fn heading(words: &str) -> LetterBlock {
    LetterBlock::Heading(words.to_owned())
}

/// A score that need not be there.
pub(super) fn shown(score: Option<Score>) -> String {
    score.map_or_else(|| "—".to_owned(), |score| score.to_string())
}

/// Where the department signs.
pub(super) fn seal() -> LetterBlock {
    paragraph("单位（盖章）：　　　　　　负责人（签字）：　　　　　　　　　年　　月　　日")
}

/// With who signs before what is attached.
fn signed(parts: Vec<LetterBlock>, settings: &Settings, of: &Round<'_>) -> Vec<LetterBlock> {
    let is_attached =
        |part: &LetterBlock| matches!(part, LetterBlock::Heading(words) if words.starts_with("附"));
    let at = parts.iter().position(is_attached).unwrap_or(parts.len());
    let mut signed = parts;
    let attached = signed.split_off(at);
    let listed: Vec<LetterBlock> = attached
        .iter()
        .filter_map(|part| match part {
            LetterBlock::Heading(words) if words.starts_with("附") => Some(paragraph(words.as_str())),
            _ => None,
        })
        .collect();
    signed.push(paragraph("联系人：　　　　　　联系电话："));
    if of.subjects.len() > 1 {
        signed.extend(listed);
    }
    signed.push(LetterBlock::Right(
        settings.bureau.clone().unwrap_or_else(|| "（财政部门名称、印章）".to_owned()),
    ));
    signed.push(LetterBlock::Right("　　　　年　　月　　日".to_owned()));
    signed.extend(attached);
    signed
}
