//! Sheets that are all but a form: which titles are known, what is lacking, and whether the verdict may be wrong without
//! them.

use super::completeness;
use super::divided;
use super::header::Header;
use super::recognise::Shortfall;
use super::view::{Item, View};
use crate::base::{CellAt, SheetId};
use crate::mapping::{Column, FormTable, Kind, Mappings, TableKind, Use};
use crate::model::{Case, Finding, FindingId, Refusal, ScoreForm};

/// Titles that a sheet has at least to be all but a form.
const MIN_KNOWN: usize = 3;
/// What it lacks at most.
const MAX_LACKING: usize = 2;
/// Unknown titles that are named.
const MAX_UNKNOWN: usize = 4;
/// Titles that are named.
const MAX_NAMED: usize = 8;

/// Columns of which such a table has one.
const INDICATORS: &[Column] = &[Column::Level1, Column::Level2, Column::Name];
/// Columns with points that can be earned.
const WEIGHTS: &[Column] = &[Column::Weight, Column::Level1Weight, Column::Level2Weight];
/// Columns with points that were.
const SCORES: &[Column] = &[Column::Score, Column::StatedScore];

/// How near a mapping came to reading something.
#[derive(Debug, Clone)]
pub(super) struct NearMiss {
    /// Which mapping.
    pub mapping: usize,
    /// The sheet.
    pub sheet: SheetId,
    /// Titles found.
    pub found: Vec<String>,
    /// What is wrong with them.
    pub short: Shortfall,
    /// The header that they make.
    pub header: Option<NearHeader>,
}

/// A header that is not enough.
#[derive(Debug, Clone)]
pub(super) struct NearHeader {
    /// Its first title's cell.
    at: CellAt,
    /// What its titles are.
    columns: Vec<(Column, String)>,
    /// Its titles that nothing is known of.
    unknown: Vec<String>,
    /// Those of them under which numbers stand: of a ledger without a column of amounts they may be its parts (多栏账).
    divided: Vec<String>,
    /// Whether it is that of a budget block, which is read only beside its indicators.
    budget: bool,
}

impl NearMiss {
    /// Of a header that a mapping understands in part.
    pub(super) fn of_header(view: &View<'_>, mapping: usize, header: &Header, short: Shortfall) -> Self {
        let found = header.columns.iter().map(|column| column.title.clone()).collect();
        let one_line = |text: &str| text.split_whitespace().collect::<String>();
        let first = header.columns.iter().min_by_key(|column| (column.at.row(), column.at.col()));
        let known = |at| header.columns.iter().any(|column| column.at == at);
        let unknown: Vec<&Item<'_>> =
            view.row(header.bottom).iter().filter(|item| !item.key.is_empty() && !known(item.at)).collect();
        let divided = divided::unknown(view, header).unwrap_or_default();
        let text = |item: &&Item<'_>| one_line(&item.cell.shown());
        let own = first.map(|first| NearHeader {
            at: view.address(first.at),
            columns: header.columns.iter().map(|column| (column.column, one_line(&column.title))).collect(),
            unknown: unknown.iter().map(text).collect(),
            divided: unknown.iter().filter(|item| divided.contains(&item.at.col())).map(text).collect(),
            budget: header.table == FormTable::Budget,
        });
        Self { mapping, sheet: view.sheet.id.clone(), found, short, header: own }
    }
}

impl NearMiss {
    /// The titles among which the amounts of a ledger may be divided, where it has no column of amounts and several of such.
    pub(super) fn divided(&self) -> &[String] {
        let columns = self.header.as_ref().map_or(&[][..], |header| header.divided.as_slice());
        let lacks_amounts = self.short.any.contains(&Column::Amount) && self.short.lacks.is_empty();
        if lacks_amounts && columns.len() > 1 { columns } else { &[] }
    }
}

/// A sheet in which nothing was recognised, though it is all but a form.
#[derive(Debug, Clone)]
pub struct NearSheet {
    /// The sheet.
    pub sheet: SheetId,
    /// Its first title's cell, and what is to be said of it.
    pub finding: Finding,
    /// Whether it has weights.
    weights: bool,
    /// Whether it has scores.
    scores: bool,
    /// Why no total is given of a ledger that is read without it, where it may be a part of one.
    ledger: Option<&'static str>,
}

/// What a sheet is all but, of what came near; `None` where nothing came near enough.
pub(super) fn sheet(mappings: &Mappings, misses: &[NearMiss]) -> Option<NearSheet> {
    let candidates = misses.iter().filter_map(|miss| {
        let header = miss.header.as_ref()?;
        let kind = mappings.get(miss.mapping)?.kind;
        if header.budget {
            return Some((miss, header, header.columns.iter().map(|(column, _)| *column).collect()));
        }
        let table = match kind {
            Kind::Ledger => TableKind::Ledger,
            Kind::Declaration | Kind::SelfEvaluation | Kind::ScoreSheet | Kind::ScoreSummary => {
                TableKind::Indicators
            }
            _ => return None,
        };
        let mut known: Vec<Column> = header.columns.iter().map(|(column, _)| *column).collect();
        known.retain(|column| table.uses(*column, Use::Telling));
        known.sort();
        known.dedup();
        let indicators = kind == Kind::Ledger || known.iter().any(|column| INDICATORS.contains(column));
        let near = known.len() >= MIN_KNOWN && miss.short.count() <= MAX_LACKING && indicators;
        near.then_some((miss, header, known))
    });
    let (miss, header, known) = candidates
        .min_by_key(|(miss, _, known)| (miss.short.count(), std::cmp::Reverse(known.len()), miss.mapping))?;
    let has = |columns: &[Column]| known.iter().any(|column| columns.contains(column));
    let mapping = mappings.get(miss.mapping)?;
    let is_ledger = mapping.kind == Kind::Ledger;
    let names =
        |columns: &[Column]| columns.iter().map(|column| column.chinese()).collect::<Vec<_>>().join("、");
    let titles: Vec<&str> = header
        .columns
        .iter()
        .filter(|(column, _)| known.contains(column))
        .map(|(_, title)| title.as_str())
        .take(MAX_NAMED)
        .collect();
    let title = if header.budget { "预算执行情况表" } else { mapping.title.as_str() };
    let mut message = format!("工作表“{}”像是{title}（有{}），", miss.sheet, titles.join("、"));
    let mut faults = Vec::new();
    if !miss.short.lacks.is_empty() {
        faults.push(format!("没有找到{}", names(&miss.short.lacks)));
    }
    let divided = miss.divided();
    if !divided.is_empty() {
        let columns: Vec<String> = divided.iter().map(|title| format!("“{title}”")).take(MAX_NAMED).collect();
        faults
            .push(format!("金额像是分在{}几栏（多栏账），没有写明每笔金额的“合计”一栏", columns.join("、")));
    } else if !miss.short.any.is_empty() {
        faults.push(format!("没有找到{}中的任何一列", names(&miss.short.any)));
    }
    if !miss.short.excess.is_empty() {
        faults.push(format!("却有{}", names(&miss.short.excess)));
    }
    if header.budget {
        faults.push("没有和绩效指标放在一张工作表里".to_owned());
    }
    message.push_str(&faults.join("，"));
    if !header.unknown.is_empty() && divided.is_empty() {
        let unknown: Vec<String> =
            header.unknown.iter().take(MAX_UNKNOWN).map(|title| format!("“{title}”")).collect();
        message.push_str(&format!("；没有认出的标题：{}", unknown.join("、")));
    }
    message.push_str(if is_ledger {
        "。没有采用，没有用它对账。"
    } else {
        "。没有采用。"
    });
    let finding = Finding::new(FindingId::SheetNotRecognised, Some(header.at.clone()), message);
    Some(NearSheet {
        sheet: miss.sheet.clone(),
        finding,
        weights: has(WEIGHTS),
        scores: has(SCORES),
        ledger: None,
    })
}

impl NearSheet {
    /// A sheet that may be a part of a ledger, for this reason.
    pub(super) fn of_ledger(sheet: SheetId, finding: Finding, why: &'static str) -> Self {
        Self { ledger: Some(why), ..Self::of_nothing_known(sheet, finding) }
    }

    /// A sheet of which nobody knows what it is.
    pub(super) fn of_nothing_known(sheet: SheetId, finding: Finding) -> Self {
        Self { sheet, finding, weights: false, scores: false, ledger: None }
    }

    /// Tells a case of it; without what may be a part of the scoring no grade is given.
    pub fn tell(&self, case: &mut Case) {
        let mut finding = self.finding.clone();
        if self.keep_open(case) {
            finding.message.push_str("表中有分值或得分，可能是评分的一部分，暂不定等级。");
        }
        if let Some((why, ledger)) = self.ledger.zip(case.ledgers.first_mut())
            && ledger.refusal.is_none()
        {
            let at = self.finding.at.clone();
            ledger.refusal =
                Some(Refusal { at, why: format!("工作表“{}”{why}，没有读取", self.sheet) });
        }
        case.findings.push(finding);
    }

    /// Keeps the grade open where the sheet may be a part of the scoring, and says whether it may: it has scores, or
    /// weights while those of the form are not all.
    pub fn keep_open(&self, case: &mut Case) -> bool {
        let Some(form) = &mut case.score_form else { return false };
        let open = self.scores || self.weights && !is_whole(form);
        form.part_unread |= open;
        open
    }
}

/// Whether the points of a form show that all of it was read.
fn is_whole(form: &ScoreForm) -> bool {
    let weights = form.indicators.iter().map(|indicator| indicator.weight);
    completeness::is_whole(weights, std::iter::empty(), form.full, completeness::execution(form))
        == Some(true)
}
