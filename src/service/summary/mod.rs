//! The summary workbook of a batch (汇总表): a row a project, departments, spread of the scores, what was found.

mod departments;
mod deviations;
mod faults;
mod link;
mod overview;
mod page;
mod projects;
mod public;
mod questions;
mod results;
mod spread;
mod to_mend;

use std::path::{Path, PathBuf};

use super::answer::{Refusal, Row};
use super::question::Asked;
use super::receipt_case::Told;
use crate::base::{Date, Error, Result};
use crate::output::sheets;
use crate::present::printable;
pub(super) use link::{Way, leads};
use overview::Overview;
use page::Known;
pub(super) use questions::{NAME as QUESTIONS, TypedAnswer, read as typed_answers};
pub(super) use results::Due;

/// What came of one submission.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Its name.
    pub(super) name: String,
    /// Its projects, or why there are none.
    pub(super) outcome: std::result::Result<Vec<Row>, Refusal>,
    /// Where its result is.
    pub(super) result: Option<Way>,
    /// What a receipt says of each of its cases.
    pub(super) receipts: Vec<Told>,
}

impl Entry {
    /// One that could not be scored.
    pub(super) fn refused(name: String, refusal: Refusal) -> Self {
        Self { name, outcome: Err(refusal), result: None, receipts: Vec::new() }
    }
}

/// Projects of a workbook at most. One of more takes long to open, and while it is made each of its projects takes about
/// 80 kB of memory: of more a workbook a department is made, and one that leads to them.
pub(super) const MAX_WHOLE: usize = 2_000;

/// What came of all submissions, in their order.
pub(super) enum Entries<'a> {
    /// In memory.
    Here(Vec<Entry>),
    /// Where a run has written it down: so many, each read when it is asked for.
    Kept(usize, &'a dyn Fn(usize) -> Result<Entry>),
}

impl Entries<'_> {
    /// How many there are.
    fn count(&self) -> usize {
        match self {
            Self::Here(all) => all.len(),
            Self::Kept(count, _) => *count,
        }
    }

    /// Looks at each.
    pub(super) fn each(&self, visit: &mut dyn FnMut(usize, &Entry)) -> Result<()> {
        match self {
            Self::Here(all) => all.iter().enumerate().for_each(|(at, entry)| visit(at, entry)),
            Self::Kept(count, read) => {
                for at in 0..*count {
                    visit(at, &read(at)?);
                }
            }
        }
        Ok(())
    }

    /// One of them.
    fn get(&self, at: usize) -> Result<Entry> {
        match self {
            Self::Here(all) => all.get(at).cloned().ok_or_else(|| Error::internal("汇总缺少材料")),
            Self::Kept(_, read) => read(at),
        }
    }

    /// All of them, in memory.
    fn here(self) -> Result<Vec<Entry>> {
        match self {
            Self::Here(all) => Ok(all),
            Self::Kept(count, read) => (0..count).map(read).collect(),
        }
    }
}

/// What a summary says beside what came of the submissions.
pub(super) struct About<'a> {
    /// The titles that a person is asked about.
    pub(super) asked: &'a Asked,
    /// Which summary it is: it tells the newest of several.
    pub(super) number: u32,
    pub(super) date: Date,
    /// What is due, where there is a roll.
    pub(super) due: Option<Due>,
}

/// Builds and writes the summary. `write` puts a workbook there, under this name or one with a number: of many projects those
/// of the departments come before the one that leads to them.
pub(super) fn write(
    entries: Entries<'_>,
    about: &About<'_>,
    path: &Path,
    write: &dyn Fn(&[u8], &Path) -> Result<PathBuf>,
) -> Result<PathBuf> {
    let mut overview = Overview::of(about.due.as_ref());
    entries.each(&mut |at, entry| overview.add(at, entry))?;
    if overview.projects() <= MAX_WHOLE {
        return write(&build(&entries.here()?, about)?, path);
    }
    let home = path.parent().unwrap_or(Path::new(""));
    for part in overview.parts() {
        let mut found: Vec<Entry> = Vec::new();
        for at in &part.entries {
            let mut entry = entries.get(*at)?;
            if let Ok(rows) = &mut entry.outcome {
                rows.retain(|row| agency(row) == part.department);
            }
            found.push(entry);
        }
        let asked = Asked::default();
        let due = about.due.as_ref().map(|due| due.only(&part.department));
        let bytes = build(&found, &About { asked: &asked, due, ..*about })?;
        let written = write(&bytes, &part.beside(path))?;
        overview.made(&part.department, Way::new(home, &written));
    }
    write(&overview.build(entries.count(), about)?, path)
}

/// A project and where it came from.
struct Project<'e> {
    row: &'e Row,
    entry: &'e Entry,
    agency: String,
}

/// Where the projects' table stands, for the formulas of the other sheets.
#[derive(Debug, Clone, Copy)]
struct Span {
    first: u32,
    last: u32,
}

/// Texts that are compared by formulas are no longer than formulas allow.
const MAX_COMPARED: usize = 100;
/// What stands where the form names no department.
const NO_AGENCY: &str = "（未填写）";

/// Builds a workbook of all of them.
fn build(entries: &[Entry], about: &About<'_>) -> Result<Vec<u8>> {
    let mut projects: Vec<Project> = entries
        .iter()
        .flat_map(|entry| {
            entry.outcome.iter().flatten().map(move |row| Project { row, entry, agency: agency(row) })
        })
        .collect();
    projects.sort_by(|a, b| {
        (&a.agency, &a.row.project, &a.entry.name).cmp(&(&b.agency, &b.row.project, &b.entry.name))
    });
    let failed = entries.iter().filter(|entry| entry.outcome.is_err()).count();
    let counted = format!(
        "共 {} 份材料：项目 {} 个，未能评分 {failed} 份。处理日期：{}。",
        entries.len(),
        projects.len(),
        about.date
    );
    let subtitle = format!("{counted}金额单位：元。");
    let mut known = Known::default();
    let (table, span) = projects::build(&projects, &subtitle, &mut known);
    let mut pages = vec![table];
    pages.extend(questions::build(about.asked, about.number, &mut known));
    // Its formulas look at what the deviations say, which stand behind it.
    let deviations = deviations::build(&projects, &counted, &mut known);
    if let Some(span) = span {
        pages.push(departments::build(&projects, span, &subtitle, &mut known));
        let spans = (span, deviations::span(&projects));
        pages.push(results::build(&projects, about.due.as_ref(), spans, &subtitle, &mut known));
        pages.push(spread::build(&projects, span, &subtitle, &mut known));
    }
    pages.extend(deviations);
    pages.extend(faults::build(&projects, &subtitle, &mut known));
    pages.extend(to_mend::build(&projects, &counted, &mut known));
    pages.extend(public::build(&projects, &mut known));
    if failed > 0 {
        let refused =
            entries.iter().filter_map(|entry| Some((entry.name.as_str(), entry.outcome.as_ref().err()?)));
        pages.push(faults::refused(refused, &subtitle, &mut known));
    }
    pages.iter_mut().for_each(printable::sheet);
    sheets::build(&pages)
}

fn agency(row: &Row) -> String {
    department(row.agency.as_deref().unwrap_or_default())
}

/// A department's name as the sheets have it.
fn department(name: &str) -> String {
    let name: String = name.trim().chars().take(MAX_COMPARED).collect();
    if name.is_empty() { NO_AGENCY.to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::{About, Due, Entries, Entry, MAX_WHOLE, write};
    use crate::base::{Date, Result};
    use crate::model::FindingId;
    use crate::service::answer::{Fault, Refusal, Row};
    use crate::service::question::Asked;
    use crate::sheet::Workbook;

    /// A project of one of three departments; each seventh waits, each thousandth submission cannot be read.
    fn entry(number: usize) -> Entry {
        let name = format!("{number:04}.xlsx");
        if number % 1000 == 999 {
            let refusal = Refusal { message: "坏了".to_owned(), hint: "重新提交。".to_owned() };
            return Entry::refused(name, refusal);
        }
        let complete = !number.is_multiple_of(7);
        let fault = Fault::of(FindingId::TotalDiffers, None, "不同".to_owned());
        let row = Row {
            project: Some(format!("项目{number}号")),
            agency: Some(["甲局", "乙局", "丙局"].get(number % 3).copied().unwrap_or_default().to_owned()),
            budget: number.saturating_mul(100).saturating_add(1).to_string().parse().ok(),
            spent: format!("{number}.25").parse().ok(),
            total: format!("{}.{}", (number % 40).saturating_add(60), number % 10).parse().ok(),
            full: (if number.is_multiple_of(2) { "100" } else { "120" }).parse().ok(),
            grade: complete.then(|| ["优", "良"].get(number % 2).copied().unwrap_or_default().to_owned()),
            complete,
            faults: if number.is_multiple_of(5) { vec![fault] } else { Vec::new() },
            ..Row::default()
        };
        Entry { name, outcome: Ok(vec![row]), result: None, receipts: Vec::new() }
    }

    /// The lines of a sheet by the text in their second column, each as what it shows below the titles.
    fn lines(path: &Path, name: &str) -> Result<BTreeMap<String, BTreeMap<String, String>>> {
        let file = fs::File::open(path).map_err(crate::base::Error::internal)?;
        let mut workbook = Workbook::open(file)?;
        let info = workbook.sheets().iter().find(|info| info.name == name).cloned();
        let sheet =
            workbook.read(&info.ok_or_else(|| crate::base::Error::internal("no such sheet"))?, None)?;
        let line = |row: u32| {
            let cells = sheet.row(row).map(|(at, cell)| (sheet.at(2, at.col()).shown(), cell.shown()));
            (sheet.at(row, 1).shown(), cells.collect())
        };
        Ok((3..=sheet.last_row().unwrap_or_default()).map(line).collect())
    }

    #[test]
    fn of_many_projects_each_department_has_a_workbook_and_the_first_adds_up_what_they_say() -> Result<()> {
        let folder = tempfile::tempdir().map_err(crate::base::Error::internal)?;
        let put = |bytes: &[u8], path: &Path| -> Result<PathBuf> {
            fs::write(path, bytes).map_err(crate::base::Error::internal)?;
            Ok(path.to_owned())
        };
        let path = folder.path().join("汇总表.xlsx");
        let read = |at: usize| Ok(entry(at));
        let many = MAX_WHOLE + 100;
        let date: Date = "2026-01-01".parse().map_err(crate::base::Error::internal)?;
        let mut due = Due::default();
        for number in 0..many {
            due.add(["甲局", "乙局", "丙局"].get(number % 3).copied().unwrap_or_default(), number == 5);
        }
        due.add("丁局", true);
        let asked = Asked::default();
        let about = About { asked: &asked, number: 1, date, due: Some(due) };
        write(Entries::Kept(many, &read), &about, &path, &put)?;
        let all = lines(&path, "部门汇总")?;
        assert_eq!(all.len(), 5, "three departments, one of which nothing came, and their sum: {all:?}");
        assert_eq!(all.get("丁局").and_then(|line| line.get("未报送")).map(String::as_str), Some("1"));
        assert!(!folder.path().join("汇总表.丁局.xlsx").exists(), "nothing came of it");
        for department in ["甲局", "乙局", "丙局"] {
            let own = lines(&folder.path().join(format!("汇总表.{department}.xlsx")), "部门汇总")?;
            let (own, told) = (own.get(department), all.get(department));
            let results = lines(&folder.path().join(format!("汇总表.{department}.xlsx")), "自评结果汇总表")?;
            for title in ["应评项目数", "未报送", "执行率", "优", "良"] {
                let of =
                    |line: Option<&BTreeMap<String, String>>| line.and_then(|line| line.get(title).cloned());
                assert!(of(told).is_some_and(|text| !text.is_empty()), "{department} {title}");
                assert_eq!(of(results.get(department)), of(told), "{department} {title}");
            }
            for title in
                ["项目数", "预算数", "支出数", "执行率", "平均得分（百分制）", "优", "良", "未定级", "错误"]
            {
                let of =
                    |line: Option<&BTreeMap<String, String>>| line.and_then(|line| line.get(title).cloned());
                assert!(of(own).is_some_and(|text| !text.is_empty()), "{department} {title}");
                assert_eq!(of(own), of(told), "{department} {title}");
            }
        }
        assert_eq!(lines(&path, "未能评分")?.len(), 2);
        assert!(lines(&path, "常见问题")?.contains_key(FindingId::TotalDiffers.title()));
        // As many as one workbook takes stand in one.
        let path = folder.path().join("一.xlsx");
        write(Entries::Kept(30, &read), &About { due: None, ..about }, &path, &put)?;
        assert!(!folder.path().join("一.甲局.xlsx").exists() && lines(&path, "汇总表").is_ok());
        Ok(())
    }
}
