//! The summary of more projects than a workbook takes: 部门汇总 with a line a department, which leads to the workbook of that
//! department. What is counted here is added up one project at a time.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::departments::grades;
use super::faults::{self, Tallies};
use super::page::{Known, Page, share};
use super::projects;
use super::results::{DUE, Due, MISSING};
use super::{About, Entry, MAX_WHOLE, Way, agency, questions};
use crate::base::file_name::{MAX_UNITS, fitted, made_of};
use crate::base::{Number, Result, Yuan};
use crate::expr::{self, Expr};
use crate::model::{NO_GRADE, Severity, UNSCORED};
use crate::output::sheets;
use crate::present::{AddedSheet, Look, printable};
use crate::service::answer::{Refusal, Row};

const NAME: &str = "部门汇总";
const TITLES: [&str; 12] = [
    "序号",
    "主管部门",
    DUE,
    MISSING,
    "项目数",
    "预算数",
    "支出数",
    "执行率",
    "平均得分（百分制）",
    UNSCORED,
    "错误",
    "提醒",
];
const WIDTHS: [u16; 12] = [5, 20, 7, 7, 7, 18, 18, 9, 9, 7, 7, 7];
const GRADE_WIDTH: u16 = 7;
const FILE: &str = "汇总表";
const FILE_WIDTH: u16 = 40;
const HEADER: u32 = 2;
const FIRST: u32 = 3;
/// Units of a department's name in that of its workbook.
const MAX_DEPARTMENT: usize = 75;
/// What could not be scored is listed up to here, and counted.
const MAX_REFUSED: usize = 10_000;

/// What is added up of a department.
#[derive(Default)]
struct Department {
    /// By the roll: how many are due, and of how many nothing came; `None` without a roll.
    due: Option<(usize, usize)>,
    projects: usize,
    budget: Number,
    spent: Number,
    /// The totals that stand, out of 100: their sum, and how many they are.
    points: Number,
    scored: usize,
    waiting: usize,
    errors: usize,
    warnings: usize,
    grades: BTreeMap<String, usize>,
    /// Its projects' entries, each once.
    entries: Vec<usize>,
    /// Where its workbooks are.
    files: Vec<Way>,
}

impl Department {
    fn add(&mut self, row: &Row) {
        let one = |count: &mut usize, more: usize| *count = count.saturating_add(more);
        let sum = |sum: &mut Number, more: Option<Number>| {
            if let Some(more) = more.and_then(|more| sum.plus(more)) {
                *sum = more;
            }
        };
        one(&mut self.projects, 1);
        sum(&mut self.budget, row.budget.map(Yuan::number));
        sum(&mut self.spent, row.spent.map(Yuan::number));
        let whole =
            row.total.filter(|_| row.complete).zip(row.full).filter(|(_, full)| !full.number().is_zero());
        if let Some((total, full)) = whole {
            let points = projects::points(Expr::from(total.number()), Expr::from(full.number()));
            sum(&mut self.points, expr::eval(&points, &expr::NoCells).as_number());
            one(&mut self.scored, 1);
        }
        one(&mut self.waiting, usize::from(row.is_open()));
        one(&mut self.errors, row.count(Severity::Error));
        one(&mut self.warnings, row.count(Severity::Warning));
        let grade = row.grade.as_deref().unwrap_or(NO_GRADE);
        one(self.grades.entry(grade.to_owned()).or_default(), 1);
    }
}

/// A workbook of a department, or a part of one.
pub(super) struct DepartmentBook {
    pub(super) department: String,
    /// Which entries are in it.
    pub(super) entries: Vec<usize>,
}

impl DepartmentBook {
    /// Its name beside the summary.
    pub(super) fn beside(&self, summary: &Path) -> PathBuf {
        let stem = summary.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let tail = format!(".{}.xlsx", made_of(&self.department, MAX_DEPARTMENT));
        summary.with_file_name(fitted(&stem, &tail, MAX_UNITS))
    }
}

/// All departments.
#[derive(Default)]
pub(super) struct Overview {
    departments: BTreeMap<String, Department>,
    tallies: Tallies,
    refused: Vec<(String, Refusal)>,
    /// Refused ones that are not listed.
    more: usize,
}

impl Overview {
    /// Of what is due nothing is known yet but that.
    pub(super) fn of(due: Option<&Due>) -> Self {
        let department = |(name, count): (&String, &(usize, usize))| {
            (name.clone(), Department { due: Some(*count), ..Department::default() })
        };
        let departments = due.iter().flat_map(|due| due.all()).map(department).collect();
        Self { departments, ..Self::default() }
    }

    /// Takes in what came of a submission.
    pub(super) fn add(&mut self, at: usize, entry: &Entry) {
        match &entry.outcome {
            Ok(rows) => {
                for row in rows {
                    let department = self.departments.entry(agency(row)).or_default();
                    department.add(row);
                    if department.entries.last() != Some(&at) {
                        department.entries.push(at);
                    }
                    self.tallies.add(row);
                }
            }
            Err(refusal) if self.refused.len() < MAX_REFUSED => {
                self.refused.push((entry.name.clone(), refusal.clone()));
            }
            Err(_) => self.more = self.more.saturating_add(1),
        }
    }

    /// How many projects there are.
    pub(super) fn projects(&self) -> usize {
        self.departments.values().map(|department| department.projects).fold(0, usize::saturating_add)
    }

    /// The workbooks that are to be made.
    pub(super) fn parts(&self) -> Vec<DepartmentBook> {
        let parts = |(name, department): (&String, &Department)| {
            let part =
                |entries: &[usize]| DepartmentBook { department: name.clone(), entries: entries.to_vec() };
            department.entries.chunks(MAX_WHOLE).map(part).collect::<Vec<_>>()
        };
        self.departments.iter().flat_map(parts).collect()
    }

    /// A workbook of a department is made.
    pub(super) fn made(&mut self, department: &str, way: Way) {
        if let Some(department) = self.departments.get_mut(department) {
            department.files.push(way);
        }
    }

    /// Builds the workbook.
    pub(super) fn build(self, submissions: usize, about: &About<'_>) -> Result<Vec<u8>> {
        let failed = self.refused.len().saturating_add(self.more);
        let subtitle = format!(
            "共 {submissions} 份材料：项目 {} 个，未能评分 {failed} 份。处理日期：{}。金额单位：元。\
             项目较多，各项目和问题清单在各主管部门的汇总表中（见最后一栏）。",
            self.projects(),
            about.date
        );
        let mut known = Known::default();
        let mut pages = vec![table(&self.departments, &subtitle, &mut known)];
        pages.extend(questions::build(about.asked, about.number, &mut known));
        pages.push(self.tallies.sheet(None, &subtitle, &mut known));
        if failed > 0 {
            let more = match self.more {
                0 => subtitle,
                more => format!("{subtitle}另有 {more} 份没有列出。"),
            };
            let listed = self.refused.iter().map(|(name, refusal)| (name.as_str(), refusal));
            pages.push(faults::refused(listed, &more, &mut known));
        }
        pages.iter_mut().for_each(printable::sheet);
        sheets::build(&pages)
    }
}

/// A line a department, and all of them.
fn table(departments: &BTreeMap<String, Department>, subtitle: &str, known: &mut Known) -> AddedSheet {
    let found = departments.values().flat_map(|department| department.grades.keys());
    let grades = grades(found.map(String::as_str));
    let most = departments.values().map(|department| department.files.len()).max().unwrap_or_default();
    let files: Vec<String> =
        (1..=most).map(|at| if at == 1 { FILE.to_owned() } else { format!("{FILE}（{at}）") }).collect();
    let widths = WIDTHS.into_iter().chain(grades.iter().map(|_| GRADE_WIDTH));
    let widths: Vec<u16> = widths.chain(files.iter().map(|_| FILE_WIDTH)).collect();
    let titles = TITLES.into_iter().chain(grades.iter().map(String::as_str));
    let titles: Vec<&str> = titles.chain(files.iter().map(String::as_str)).collect();
    let mut page = Page::new(NAME, &widths, &titles, subtitle, known);
    let mut row = FIRST;
    let mut all = Department::default();
    for (name, department) in departments {
        page.number(row, 0, Look::Plain, Some(row.saturating_sub(HEADER).into()));
        page.text(row, 1, Look::Text, name.as_str());
        line(&mut page, row, department, &grades);
        for (col, way) in (0_u32..).zip(&department.files) {
            let before = u32::try_from(TITLES.len().saturating_add(grades.len())).unwrap_or(u32::MAX);
            projects::result(&mut page, row, before.saturating_add(col), Some(way));
        }
        all.take_in(department);
        row = row.saturating_add(1);
    }
    page.text(row, 1, Look::TotalLabel, "合计（得分为平均分）");
    line(&mut page, row, &all, &grades);
    page.filter(HEADER, titles.len(), row.saturating_sub(1));
    page.sheet
}

fn line(page: &mut Page, row: u32, department: &Department, grades: &[String]) {
    match department.due {
        Some((due, missing)) => {
            page.count(row, 2, due);
            page.count(row, 3, missing);
        }
        None => [2, 3].into_iter().for_each(|col| page.text(row, col, Look::Centre, "—")),
    }
    page.count(row, 4, department.projects);
    page.number(row, 5, Look::Money, Some(department.budget));
    page.number(row, 6, Look::Money, Some(department.spent));
    let rate = share(page.cell(row, 6), page.cell(row, 5));
    page.formula(row, 7, Look::Rate, rate);
    match u32::try_from(department.scored).ok().filter(|scored| *scored > 0) {
        Some(scored) => {
            let mean = expr::score(Expr::from(department.points).over(scored));
            page.formula(row, 8, Look::Points, mean);
        }
        None => page.text(row, 8, Look::Centre, "—"),
    }
    page.count(row, 9, department.waiting);
    page.count(row, 10, department.errors);
    page.count(row, 11, department.warnings);
    for (col, grade) in (12_u32..).zip(grades) {
        page.count(row, col, department.grades.get(grade).copied().unwrap_or_default());
    }
}

impl Department {
    /// Adds up what another has.
    fn take_in(&mut self, other: &Self) {
        if let Some((due, missing)) = other.due {
            let own = self.due.get_or_insert_default();
            own.0 = own.0.saturating_add(due);
            own.1 = own.1.saturating_add(missing);
        }
        let counts = [
            (&mut self.projects, other.projects),
            (&mut self.scored, other.scored),
            (&mut self.waiting, other.waiting),
            (&mut self.errors, other.errors),
            (&mut self.warnings, other.warnings),
        ];
        for (count, more) in counts {
            *count = count.saturating_add(more);
        }
        let sums = [
            (&mut self.budget, other.budget),
            (&mut self.spent, other.spent),
            (&mut self.points, other.points),
        ];
        for (sum, more) in sums {
            if let Some(more) = sum.plus(more) {
                *sum = more;
            }
        }
        for (grade, count) in &other.grades {
            let own = self.grades.entry(grade.clone()).or_default();
            *own = own.saturating_add(*count);
        }
    }
}
