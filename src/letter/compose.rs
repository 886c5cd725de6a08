//! Documents, each to one department about all its projects of a round: what all kinds share.

use std::collections::BTreeMap;

use crate::base::Score;
use crate::mapping::title::normalise;
use crate::notation::in_print;
use crate::words::{self, Class};

use super::taken::tight;
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
    parts.splice(0..0, [LetterBlock::Flush(format!("{}：", first.agency.as_deref().unwrap_or(OPEN)))]);
    // A letter that asks for an opinion has a number of letters.
    let letter = if first.kind == Kind::Comments { "函" } else { "" };
    let number = settings.number.clone().unwrap_or_else(|| format!("×财绩{letter}"));
    Some(Letter {
        kind: first.kind,
        name: first.kind.name_of(first.evaluated),
        to: first.agency.clone(),
        number: format!("{number}〔　　〕　号（代拟稿，未签发）"),
        title,
        parts: numbered(signed(parts, settings)).into_iter().map(printed).collect(),
        notes: noted(subjects),
    })
}

/// What is said beside a document; of several projects with the project's name.
fn noted(subjects: &[&Subject]) -> Vec<String> {
    let of = |subject: &Subject| {
        if subjects.len() > 1 { format!("{}：", quoted(subject)) } else { String::new() }
    };
    let notes = |subject: &&Subject| {
        let of = of(subject);
        subject.notes.iter().map(|note| format!("{of}{note}")).collect::<Vec<_>>()
    };
    subjects.iter().flat_map(notes).collect()
}

/// A part in the signs of print.
fn printed(part: LetterBlock) -> LetterBlock {
    let sign = |words: String| in_print(&words);
    match part {
        LetterBlock::Heading(words) => LetterBlock::Heading(sign(words)),
        LetterBlock::Attachment(words) => LetterBlock::Attachment(sign(words)),
        LetterBlock::Paragraph(words) => LetterBlock::Paragraph(sign(words)),
        LetterBlock::Flush(words) => LetterBlock::Flush(sign(words)),
        LetterBlock::Right(words) => LetterBlock::Right(sign(words)),
        LetterBlock::Table { titles, rows } => {
            let row = |cells: Vec<String>| cells.into_iter().map(sign).collect();
            LetterBlock::Table { titles, rows: rows.into_iter().map(row).collect() }
        }
    }
}

/// What headings are numbered with.
const NUMBERS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];

/// The headings of the document, and those of each attachment, with their numbers (一、 二、); one alone has none.
fn numbered(parts: Vec<LetterBlock>) -> Vec<LetterBlock> {
    let mut pieces: Vec<Vec<LetterBlock>> = vec![Vec::new()];
    for part in parts {
        match pieces.last_mut() {
            Some(piece) if !matches!(part, LetterBlock::Attachment(_)) => piece.push(part),
            _ => pieces.push(vec![part]),
        }
    }
    let number = |piece: Vec<LetterBlock>| {
        let alone = piece.iter().filter(|part| matches!(part, LetterBlock::Heading(_))).count() < 2;
        let mut numbers = NUMBERS.iter();
        let part = move |part: LetterBlock| match part {
            LetterBlock::Heading(words) if !alone => match numbers.next() {
                Some(number) => LetterBlock::Heading(format!("{number}、{words}")),
                None => LetterBlock::Heading(words),
            },
            other => other,
        };
        piece.into_iter().map(part).collect::<Vec<_>>()
    };
    pieces.into_iter().flat_map(number).collect()
}

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
        // A name that says the year says it for the whole.
        if let ([Some(year)], [only]) = (years.as_slice(), self.subjects)
            && called(only).contains(&format!("{year}年"))
        {
            return String::new();
        }
        match years.as_slice() {
            [Some(year)] => format!("{year}年度"),
            _ => "　　年度".to_owned(),
        }
    }

    /// `某县公路管理站2022年度“农村公路养护”项目`, and of several how many. Who carries one out is named where that is not
    /// the department itself: a project may be of many.
    pub(super) fn projects(&self) -> String {
        match self.subjects {
            [only] => self.only(only, only.unit.as_deref()),
            all => format!("{}{}个项目（名单见附件）", self.year(), all.len()),
        }
    }

    /// The same in a title; what a department spends as a whole has its name there.
    pub(super) fn titled(&self) -> String {
        match self.subjects {
            [only] => {
                let whole = only.agency.as_deref().filter(|_| is_whole(only));
                self.only(only, only.unit.as_deref().or(whole))
            }
            all => format!("{}{}个项目", self.year(), all.len()),
        }
    }

    /// One project with who carries it out and its year, which is said once.
    fn only(&self, only: &Subject, who: Option<&str>) -> String {
        let named = only.year.is_some_and(|year| called(only).contains(&format!("{year}年")));
        let year = if named { String::new() } else { self.year() };
        format!("{}{year}{}", who.unwrap_or_default(), quoted(only))
    }

    /// What reviews of these scores rest on: of what departments spend as a whole the measures for projects say nothing.
    pub(super) fn basis(&self) -> &'static str {
        if self.subjects.iter().any(|subject| is_whole(subject)) { MANAGEMENT } else { EVALUATION }
    }

    /// The title of the last attachment: the only one of a document about one project.
    pub(super) fn last(&self, name: &str) -> String {
        match self.subjects.len() {
            1 => format!("附件　{name}"),
            all => format!("附件{}　{name}", all.saturating_add(1)),
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
            attached.push(LetterBlock::Attachment(format!("附件{number}　{}", called(subject))));
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

/// Whether it is no project, but what a department spends as a whole.
fn is_whole(subject: &Subject) -> bool {
    words::of(Class::WholeDepartments).has(&normalise(called(subject)))
}

/// A project as it is named in a sentence: `“农村公路养护”项目`.
pub(super) fn quoted(subject: &Subject) -> String {
    if is_whole(subject) {
        return "部门整体支出".to_owned();
    }
    let name = called(subject);
    let what = if name.ends_with("项目") { "" } else { "项目" };
    format!("“{name}”{what}")
}

/// The same where several are listed: with who carries it out.
pub(super) fn listed_as(subject: &Subject) -> String {
    let unit = subject.unit.as_ref().map(|unit| format!("（{unit}）")).unwrap_or_default();
    format!("{}{unit}", quoted(subject))
}

/// What an object is called in a table: a sentence ends without its full stop there.
pub(super) fn title_of(object: &str) -> &str {
    object.trim_end_matches('。')
}

/// Objects in a row; such as hold a comma themselves are set apart by more.
pub(super) fn names(objects: &[String]) -> String {
    let names: Vec<&str> = objects.iter().map(|object| title_of(object)).collect();
    let between = if names.iter().any(|name| name.contains(['，', '、'])) { "；" } else { "、" };
    names.join(between)
}

/// Several sentences as one text, with their numbers.
pub(super) fn listed(sentences: &[String]) -> String {
    match sentences {
        [] | [_] => sentences.concat(),
        all => {
            let each = all.iter().zip(1_u32..).map(|(one, number)| format!("（{number}）{one}"));
            each.collect::<Vec<_>>().concat()
        }
    }
}

/// What is to be mended or explained, a row each; `None` where nothing is.
pub(super) fn table<'p>(
    points: impl IntoIterator<Item = &'p Point>,
    titles: [&'static str; 4],
) -> Option<LetterBlock> {
    let row = |point: &Point| {
        let again = if point.again { "（前次已提出）" } else { "" };
        let given = point.given.as_ref().map(|given| said_by_unit(given)).unwrap_or_default();
        let form = point.form.as_ref().map(|form| format!("（{form}）")).unwrap_or_default();
        vec![
            format!("{}{form}", names(&point.objects)),
            format!("{again}{}{given}", listed(&point.facts)),
            tight(&listed(&point.asks)),
        ]
    };
    let rows: Vec<Vec<String>> = points
        .into_iter()
        .zip(1_u32..)
        .map(|(point, number)| [vec![number.to_string()], row(point)].concat())
        .collect();
    (!rows.is_empty()).then(|| LetterBlock::Table { titles: titles.to_vec(), rows })
}

/// What the agency said of it, as a sentence of its own.
pub(super) fn said_by_unit(given: &str) -> String {
    format!("（单位说明：{}。）", given.trim().trim_end_matches(['。', '；', ';', '.']))
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

/// What reviews of scores rest on.
const EVALUATION: &str = "《项目支出绩效评价管理办法》（财预〔2020〕10号）";
/// What reviews of targets rest on.
pub(super) const MANAGEMENT: &str = "《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）";

/// Where somebody signs for a department, a line each: on one line they do not fit a page.
pub(super) fn seal(unit: &str, person: &str) -> [LetterBlock; 3] {
    [
        LetterBlock::Flush(format!("{unit}（盖章）：")),
        LetterBlock::Flush(format!("{person}（签字）：")),
        date(),
    ]
}

fn date() -> LetterBlock {
    LetterBlock::Right("　　　　年　　月　　日".to_owned())
}

/// With what is attached by name, and who signs, before what is attached.
fn signed(parts: Vec<LetterBlock>, settings: &Settings) -> Vec<LetterBlock> {
    let is_attached = |part: &LetterBlock| matches!(part, LetterBlock::Attachment(_));
    let at = parts.iter().position(is_attached).unwrap_or(parts.len());
    let mut signed = parts;
    let attached = signed.split_off(at);
    let mut names = attached.iter().filter_map(|part| match part {
        LetterBlock::Attachment(words) => words.split_once('　').map(|(_, name)| name),
        _ => None,
    });
    let names: Vec<&str> = names.by_ref().collect();
    match names.as_slice() {
        [] => {}
        [only] => signed.push(paragraph(format!("附件：{only}"))),
        all => {
            let listed = all.iter().zip(1_u32..).map(|(name, number)| {
                let lead = if number == 1 { "附件：" } else { "　　　" };
                paragraph(format!("{lead}{number}.{name}"))
            });
            signed.extend(listed);
        }
    }
    signed.push(LetterBlock::Right(
        settings.bureau.clone().unwrap_or_else(|| "（财政部门名称、印章）".to_owned()),
    ));
    signed.push(date());
    // As official papers have it: a note below the date.
    signed.push(paragraph("（联系人：　　　　　　联系电话：　　　　　　　）"));
    signed.extend(attached);
    signed
}
