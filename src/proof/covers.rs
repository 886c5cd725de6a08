//! What a table tells in pairs of a name and a value (项目名称, 评价等级, 综合得分, 预算金额), as those of a cover are, against what the
//! report says.

use super::accounts::{Role, role_of};
use super::bound::of_tables;
use super::figures::figure_at;
use super::found::{Reading, at};
use super::quantities::quantities;
use super::tables::squeezed;
use super::{bands, grade, total};
use crate::base::Score;
use crate::docx::read::Table;
use crate::model::{Finding, FindingId, Passage};
use crate::words::{self, Class};

/// Characters of a name.
const MAX_NAME: usize = 12;
/// Pairs of one report.
const MAX_PAIRS: usize = 400;

/// A name with its value.
pub(super) struct Pair {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) passage: Passage,
}

pub(super) fn check(reading: &Reading) -> Vec<Finding> {
    // With a workbook each is held against that.
    if reading.facts.is_some() {
        return Vec::new();
    }
    let pairs = pairs(reading);
    let graded = pairs.iter().filter_map(|pair| graded(reading, pair));
    let totals = pairs.iter().filter_map(|pair| totalled(reading, pair));
    let amounts = pairs.iter().filter_map(|pair| amounted(reading, pair));
    graded.chain(totals).chain(amounts).collect()
}

/// The pairs of all tables: a cell that is a name, and the next one of its row.
pub(super) fn pairs(reading: &Reading) -> Vec<Pair> {
    let of = |table: &Table| {
        let rows = table.rows.iter().enumerate().flat_map(|(row, cells)| {
            let cells: Vec<(u32, String)> = cells
                .iter()
                .map(|cell| (cell.number, squeezed(&cell.text)))
                .filter(|(_, text)| !text.is_empty())
                .collect();
            let place = format!("表{}第{}行", table.number, row.saturating_add(1));
            let pair = move |pair: &[(u32, String)]| {
                let [(number, name), (_, value)] = pair else { return None };
                let passage = Passage {
                    number: *number,
                    place: place.clone(),
                    of: name.clone(),
                    words: format!("{name} {value}"),
                };
                let short = name.chars().count() <= MAX_NAME;
                short.then(|| Pair { name: name.clone(), value: value.clone(), passage })
            };
            cells.windows(2).filter_map(pair).collect::<Vec<_>>()
        });
        rows.collect::<Vec<_>>()
    };
    reading.prose.tables.iter().flat_map(of).take(MAX_PAIRS).collect()
}

/// A grade against the one that the report says, and the one that its total has.
fn graded(reading: &Reading, pair: &Pair) -> Option<Finding> {
    let grade = words::of(Class::GradesOfReport).longest(&pair.value)?;
    let whole = pair
        .value
        .strip_prefix(grade)
        .is_some_and(|rest| rest.is_empty() || words::of(Class::EndsOfGrades).has(rest));
    if !whole || !words::of(Class::GradeWords).has(&pair.name) {
        return None;
    }
    let (id, message) = match grade::said(reading).first() {
        Some((spot, said)) if !grade::is_same(said, grade) => {
            let place = reading.prose.where_is(*spot);
            (FindingId::ReportContradictsItself, format!("等级此处为“{grade}”，{place}为“{said}”。"))
        }
        Some(_) => return None,
        None => {
            let score = total::decided(reading)?;
            let earned = bands::earned(reading, score.number()).filter(|one| !grade::is_same(one, grade))?;
            let message = format!("写的等级是“{grade}”，按报告所列的档次，{score}分为“{earned}”。");
            (FindingId::ReportGradeDiffers, message)
        }
    };
    Some(at(id, pair.passage.clone(), message))
}

/// A total against the one that the report says.
fn totalled(reading: &Reading, pair: &Pair) -> Option<Finding> {
    let figure = words::of(Class::TotalsOfReport).has(&pair.name).then(|| figure_at(&pair.value, 0))??;
    let whole = pair.value.get(figure.to..).is_some_and(|rest| matches!(rest, "" | "分"));
    let told = Score::new(figure.value.get());
    let decided = total::decided(reading).filter(|score| whole && *score != told)?;
    let message = format!("总分此处为{told}分，报告正文为{decided}分。");
    Some(at(FindingId::ReportContradictsItself, pair.passage.clone(), message))
}

/// An amount of the account of the project against all that the report has for it.
fn amounted(reading: &Reading, pair: &Pair) -> Option<Finding> {
    let (role, before) = role_of(words::of(Class::TailsOfAccounts).trim_end(&pair.name))?;
    let all = quantities(&pair.value);
    let [amount] = all.as_slice() else { return None };
    let roles = [Role::Budget, Role::Adjusted, Role::First, Role::Received, Role::Spent];
    if !amount.is_money() || !roles.contains(&role) || !super::money::is_whole(reading, before) {
        return None;
    }
    let own = reading.told.iter().find(|one| one.is_in_role(role))?;
    let known = reading.told.iter().any(|one| one.one.is_as(amount))
        || of_tables(reading, amount).iter().any(|one| one.is_as(amount));
    (!known).then(|| {
        let place = reading.prose.where_is(own.spot);
        let message = format!("“{}”此处为{}，{place}为{}。", pair.name, amount.shown(), own.one.shown());
        at(FindingId::ReportContradictsItself, pair.passage.clone(), message)
    })
}
