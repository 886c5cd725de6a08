//! What came of each project of a day.

use std::collections::BTreeMap;

use super::day::Day;
use super::to_score::Work;
use crate::base::Yuan;
use crate::intake::group::named::key;
use crate::intake::group::{Filed, Project, Role, Seen, Unit};
use crate::intake::identity::Stage;
use crate::intake::roster::Figure;
use crate::model::{FindingId, Severity};
use crate::service::answer::{Fault, Row};
use crate::service::intake_book::State;
use crate::service::receipt_case::Told;
use crate::service::summary::Entry;

/// What is said of a table in which nothing is recognised.
const STRANGER: (&str, &str) =
    ("没有认出绩效表格", "请核对是不是项目的申报表、自评表或明细账；确是的，请联系系统管理员补充表样。");

/// What is said of scores that wait.
const WAITING: &str = "待评分：有指标没有得分，未定级，请在结果文件的得分单元格中填写";
/// What is said of a project that has all its scores, and of which something is asked.
const ASKED: &str =
    "待确认：有内容的含义待确认或者指标的得分待核定，未定级，请按结果文件“评分结果单”的说明处理";

/// What came of one case of a project.
pub(in crate::service) struct Case<'s> {
    /// What it was read of.
    pub(in crate::service) unit: &'s Unit,
    pub(in crate::service) row: &'s Row,
    /// What its receipt says.
    pub(in crate::service) told: &'s Told,
}

/// What came of the works, by the files of each.
pub(in crate::service) struct Outcomes<'o> {
    entries: BTreeMap<Vec<usize>, &'o Entry>,
    /// By each file, and whether it is the first of its work.
    by_file: BTreeMap<usize, (&'o Entry, bool)>,
}

impl<'o> Outcomes<'o> {
    pub(in crate::service) fn new(works: &[Work], entries: &[(usize, &'o Entry)]) -> Self {
        let of = |(at, entry): &(usize, &'o Entry)| Some((works.get(*at)?.files.clone(), *entry));
        let entries: BTreeMap<Vec<usize>, &Entry> = entries.iter().filter_map(of).collect();
        let mut by_file = BTreeMap::new();
        for (files, entry) in &entries {
            for file in files {
                by_file.entry(*file).or_insert((*entry, files.first() == Some(file)));
            }
        }
        Self { entries, by_file }
    }

    /// What came of the work that a file is in, and whether it is the first of it.
    pub(in crate::service) fn of_file(&self, file: usize) -> Option<(&'o Entry, bool)> {
        self.by_file.get(&file).copied()
    }

    fn of_project<'s>(&'s self, project: &'s Project) -> impl Iterator<Item = &'o Entry> + 's {
        project.units.iter().filter_map(|unit| self.entries.get(&unit.files).copied())
    }

    /// What came of a project, a case each.
    pub(in crate::service) fn cases<'s>(
        &'s self,
        project: &'s Project,
    ) -> impl Iterator<Item = Case<'s>> + 's {
        let is_own = |row: &Row| {
            let own = row.project.as_deref().map(key);
            own.is_none() || own == project.named.name.as_deref().map(key)
        };
        project.units.iter().filter_map(|unit| Some((unit, *self.entries.get(&unit.files)?))).flat_map(
            move |(unit, entry)| {
                let rows = entry.outcome.as_ref().map(Vec::as_slice).unwrap_or_default();
                let several = rows.len() > 1;
                let cases = rows.iter().zip(&entry.receipts).filter(move |(row, _)| !several || is_own(row));
                cases.map(move |(row, told)| Case { unit, row, told })
            },
        )
    }

    /// The rows of a project.
    pub(in crate::service) fn rows<'s>(&'s self, project: &'s Project) -> impl Iterator<Item = &'s Row> + 's {
        self.cases(project).map(|case| case.row)
    }

    /// What is said of a project that waits for a person's scores or answers.
    pub(in crate::service) fn waiting(&self, project: &Project) -> Option<&'static str> {
        if self.rows(project).any(Row::waits) {
            return Some(WAITING);
        }
        self.rows(project).any(Row::asks).then_some(ASKED)
    }

    /// Why works of a project could not be scored.
    pub(in crate::service) fn refusals<'s>(
        &'s self,
        project: &'s Project,
    ) -> impl Iterator<Item = (&'o str, &'o str)> + 's {
        let refusal = |entry: &'o Entry| entry.outcome.as_ref().err();
        self.of_project(project)
            .filter_map(refusal)
            .map(|refusal| (refusal.message.as_str(), refusal.hint.as_str()))
    }

    /// The state of a project.
    pub(in crate::service) fn state(&self, day: &Day, project: &Project) -> State {
        let withheld = project.units.iter().any(|unit| day.is_withheld(unit));
        let has = |role: Role| project.files.iter().any(|filed| filed.role == role);
        let off_roll = day.roster.is_some() && project.due.is_none();
        if project.files.is_empty() {
            State::Missing
        } else if project.has_rivals() || withheld {
            State::Duplicate
        } else if project.hindered || self.refusals(project).next().is_some() {
            State::Returned
        } else if self.rows(project).any(|row| row.total.is_some()) {
            if off_roll { State::NotListed } else { State::Scored }
        } else if day.is_early(project) {
            if off_roll { State::NotListed } else { State::Returned }
        } else if self.of_project(project).next().is_some() {
            if off_roll { State::NotListed } else { State::Checked }
        } else if has(Role::Typed) {
            State::ByHand
        } else {
            State::Returned
        }
    }
}

/// What the roll says against a project.
#[derive(Debug, Default)]
pub(in crate::service) struct Against {
    /// The form's 全年预算数 less the roll's.
    pub(in crate::service) budget: Option<Yuan>,
    /// The form's 支出数 less the roll's.
    pub(in crate::service) spent: Option<Yuan>,
    /// All of it, as findings.
    pub(in crate::service) faults: Vec<Fault>,
}

impl Day {
    /// Whether only what comes before the evaluation is there, on a day when others hand in theirs.
    pub(in crate::service) fn is_early(&self, project: &Project) -> bool {
        let evaluated =
            |project: &Project| project.files.iter().any(|filed| filed.stage == Some(Stage::Evaluated));
        let form = |filed: &Filed| filed.role == Role::Form;
        project.files.iter().any(form) && !evaluated(project) && self.evaluated
    }

    /// Holds a project against the roll.
    pub(in crate::service) fn against(&self, project: &Project) -> Against {
        let mut against = Against::default();
        let name = project.named.name.as_deref().unwrap_or_default();
        let Some(due) = self.due(project) else {
            if self.roster.is_some() && !project.files.is_empty() {
                let message = format!("“{name}”不在项目清单中。");
                against.faults.push(Fault::of(FindingId::ProjectNotOnRoster, None, message));
            }
            return against;
        };
        if project.files.is_empty() {
            let message = format!("“{name}”在项目清单中，没有收到材料。");
            against.faults.push(Fault::of(FindingId::ProjectNotSubmitted, None, message));
        }
        let stated = project
            .files
            .iter()
            .filter(|filed| filed.role == Role::Form && filed.stage == Some(Stage::Evaluated));
        let stated: Vec<_> = stated.filter_map(|filed| self.said(project, filed.file)).collect();
        let compare = |what: &str, id: FindingId, own: Option<Figure>, due: Option<Figure>| {
            let (own, due) = own.zip(due)?;
            let less = own.less(due)?;
            let message = format!(
                "表中{what}为{}元，项目清单为{}元，相差{}元。",
                grouped(own.yuan),
                grouped(due.yuan),
                grouped(less)
            );
            Some((less, Fault::of(id, None, message)))
        };
        let budget = stated.iter().find_map(|said| said.budget);
        if let Some((less, fault)) =
            compare("全年预算数", FindingId::BudgetDiffersFromRoster, budget, due.budget)
        {
            against.budget = Some(less);
            against.faults.push(fault);
        }
        let spent = stated.iter().find_map(|said| said.spent);
        if let Some((less, fault)) = compare("支出数", FindingId::SpentDiffersFromRoster, spent, due.spent)
        {
            against.spent = Some(less);
            against.faults.push(fault);
        }
        against
    }

    /// Why a file of a project was not read, where it was not.
    pub(in crate::service) fn unread(&self, file: usize) -> Option<(&str, &str)> {
        match &self.received.get(file)?.seen {
            Seen::Unread { message, hint } => Some((message, hint)),
            // What mappings it resembles is nothing for a clerk.
            Seen::Table(identity) => identity.stranger.as_ref().map(|_| STRANGER),
            Seen::Nothing => None,
        }
    }
}

/// An amount with its thousands parted: `-1,234.50`.
fn grouped(yuan: Yuan) -> String {
    let digits = yuan.normalize().in_cents();
    let (sign, plain) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
    let (whole, cents) =
        plain.split_once('.').map_or((plain, String::new()), |(whole, behind)| (whole, format!(".{behind}")));
    let count = whole.len();
    let mut out = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && count.saturating_sub(at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + &cents
}

/// How many findings of a row a person has to look at.
pub(in crate::service) fn counted(faults: &[Fault]) -> usize {
    faults.iter().filter(|fault| fault.severity != Severity::Info).count()
}
