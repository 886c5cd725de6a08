//! Receipts by department: what was received of whom, what came of it, and what is to be done.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::day::Day;
use super::lines::why_loose;
use super::results::{Case, Outcomes};
use super::to_score::department;
use crate::base::file_name::made_of;
use crate::base::push_line as line;
use crate::base::{sha256, sha256_of};
use crate::intake::group::{Loose, Project, Role, Seen, Why};
use crate::intake::identity::Stage;
use crate::service::answer::Fault;
use crate::service::intake_book::{NO_DEPARTMENT, State};
use crate::service::{disk, names};

/// Units of a folder's name, as those of results.
const MAX_FOLDER: usize = 75;

/// What receipts are called.
const NAME: &str = "回执.txt";
/// Bytes of a record: a digest.
const MAX_RECORD: u64 = 1_000;

/// Where a receipt goes.
pub(in crate::service) struct ReceiptPlace {
    /// Its name: that of an earlier one of ours, or one that is free.
    pub(in crate::service) path: PathBuf,
    /// Where the digests are kept by which it is known as ours the next time; put in place before the receipt itself.
    pub(in crate::service) record: PathBuf,
    /// The digest of the earlier one.
    earlier: Option<String>,
}

/// Where a department's receipt goes, below the folder of results. `records` is the folder of the digests. A receipt that a
/// person changed is left alone, and the next number is ours from then on.
pub(in crate::service) fn place_of(out: &Path, folder: &Path, records: &Path) -> io::Result<ReceiptPlace> {
    let naming = names::Naming::new(NAME, false);
    for number in 1..names::MAX_NUMBERED {
        let own = folder.join(naming.original(number));
        // The first is known by its folder alone.
        let key = if number == 1 { folder } else { own.as_path() };
        let record = records.join(sha256_of([key.to_string_lossy().as_ref()]));
        let path = out.join(&own);
        if path.symlink_metadata().is_err() {
            return Ok(ReceiptPlace { path, record, earlier: None });
        }
        let digests = disk::read_small(&record, MAX_RECORD).unwrap_or_default();
        let earlier = disk::sha256(&path)
            .ok()
            .filter(|now| digests.split(|byte| *byte == b'\n').any(|own| own == now.as_bytes()));
        if earlier.is_some() {
            return Ok(ReceiptPlace { path, record, earlier });
        }
    }
    Err(io::Error::other("no free name"))
}

impl ReceiptPlace {
    /// What is recorded of a receipt: its digest and, for whoever dies before the receipt stands, that of the earlier one.
    pub(in crate::service) fn digests(&self, text: &str) -> io::Result<String> {
        let now = sha256(&mut text.as_bytes())?;
        Ok(self.earlier.iter().cloned().chain([now]).collect::<Vec<_>>().join("\n"))
    }
}

/// The receipts, each with the folder it belongs in, below that of all results.
pub(in crate::service) fn by_department(
    day: &Day,
    outcomes: &Outcomes<'_>,
    at: &str,
) -> Vec<(PathBuf, String)> {
    let mut departments: BTreeMap<String, Handed> = BTreeMap::new();
    for project in &day.grouping.projects {
        departments.entry(department(project).to_owned()).or_default().projects.push(project);
    }
    for own in day.grouping.loose.iter().filter(|own| !matches!(own.why, Why::Same(_))) {
        let department = day.received.get(own.file).and_then(|file| day.department_of(file));
        departments
            .entry(department.unwrap_or_else(|| NO_DEPARTMENT.to_owned()))
            .or_default()
            .loose
            .push(own);
    }
    let folder = |name: &str| PathBuf::from(made_of(name, MAX_FOLDER));
    departments
        .into_iter()
        .map(|(name, handed)| {
            let mut text = text(day, outcomes, (&name, at), &handed);
            papers(&mut text, day, &handed.loose);
            // Notepad of older systems shows a bare line feed as nothing.
            (folder(&name), text.replace('\n', "\r\n"))
        })
        .collect()
}

/// What a department handed in, or owes.
#[derive(Default)]
struct Handed<'d> {
    projects: Vec<&'d Project>,
    /// What belongs to no project.
    loose: Vec<&'d Loose>,
}

fn text(day: &Day, outcomes: &Outcomes<'_>, (name, at): (&str, &str), handed: &Handed) -> String {
    let Handed { projects, loose } = handed;
    let mut text = String::from("\u{feff}绩效评价材料  收件回执\n\n");
    line(&mut text, &format!("主管部门：{name}"));
    line(&mut text, &format!("处理时间：{at}"));
    let states: Vec<(State, &Project)> =
        projects.iter().map(|project| (outcomes.state(day, project), *project)).collect();
    let counts: Vec<String> = State::ALL
        .iter()
        .map(|state| (state, states.iter().filter(|(own, _)| own == state).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| format!("{state} {count} 个"))
        .collect();
    let counts = if counts.is_empty() { String::new() } else { format!("：{}", counts.join("，")) };
    line(&mut text, &format!("项目共 {} 个{counts}。", projects.len()));
    if !loose.is_empty() {
        line(&mut text, &format!("另有材料 {} 件，没有归入项目，列在最后。", loose.len()));
    }
    for state in State::ALL {
        let of: Vec<&Project> =
            states.iter().filter(|(own, _)| *own == state).map(|(_, project)| *project).collect();
        if of.is_empty() {
            continue;
        }
        text.push('\n');
        line(&mut text, &format!("【{state}】{}", what_to_do(state)));
        for (number, project) in (1_u32..).zip(of) {
            one(&mut text, day, outcomes, project, number);
        }
    }
    text
}

/// What lies in the department's folder and belongs to no project.
fn papers(text: &mut String, day: &Day, loose: &[&Loose]) {
    if loose.is_empty() {
        return;
    }
    text.push('\n');
    line(text, "【没有归入项目的材料】请核实属于哪个项目；有密码、不能解压的，请改好后重新提交。");
    for (number, own) in (1_u32..).zip(loose) {
        let Some(file) = day.received.get(own.file) else { continue };
        line(text, &format!("{number}. {}（{}）", day.shown(file), file.kind.name()));
        if let Seen::Unread { message, hint } = &file.seen {
            line(text, &format!("   原因：{message}"));
            line(text, &format!("   怎么办：{hint}"));
        }
        let why = why_loose(&own.why, file.kind);
        if !why.is_empty() {
            line(text, &format!("   提示：{why}"));
        }
        for copy in day.copies(own) {
            line(text, &format!("   内容相同：{}", day.shown(copy)));
        }
    }
}

fn what_to_do(state: State) -> &'static str {
    match state {
        State::Scored => "结果在各项目的文件夹中。",
        State::Checked => "没有评分的表（只有目标表、监控表等），已核对。",
        State::Returned => "请按下面的办法补正后重新提交。",
        State::ByHand => "只收到扫描件、图片或 Word 文档，请提交电子表，或由工作人员录入。",
        State::Duplicate => "同一项目有几份不同的表，请确认以哪份为准。",
        State::NotListed => "不在项目清单中，请核实。",
        State::Missing => "在项目清单中，没有收到材料。",
        State::Noted => "无需处理。",
    }
}

fn one(text: &mut String, day: &Day, outcomes: &Outcomes<'_>, project: &Project, number: u32) {
    let named = &project.named;
    let code = named.code.as_deref().map(|code| format!("（{code}）")).unwrap_or_default();
    let name = named.name.as_deref().unwrap_or("（表中没有写项目名称）");
    line(text, &format!("{number}. {name}{code}"));
    for filed in &project.files {
        let Some(received) = day.received.get(filed.file) else { continue };
        let said = match filed.role {
            Role::Same(_) => "（内容重复）",
            Role::Rival => "（待选）",
            Role::Left | Role::Unclear => "（没有采用）",
            _ => "",
        };
        let stage = filed.stage.map(|stage| format!("，{}", stage.name())).unwrap_or_default();
        line(text, &format!("   文件：{}（{}{stage}）{said}", day.shown(received), received.kind.name()));
        if let (Role::Unread | Role::Stranger, Some((message, hint))) = (filed.role, day.unread(filed.file)) {
            line(text, &format!("     原因：{message}"));
            line(text, &format!("     怎么办：{hint}"));
        }
    }
    for (message, hint) in outcomes.refusals(project) {
        line(text, &format!("   原因：{message}"));
        line(text, &format!("   怎么办：{hint}"));
    }
    let remarks = project.remarks.iter().map(String::as_str).chain(outcomes.waiting(project));
    for remark in remarks {
        line(text, &format!("   注意：{remark}"));
    }
    let against = day.against(project).faults;
    if !against.is_empty() {
        line(text, "   与项目清单核对：");
    }
    for fault in &against {
        line(text, &format!("   [{}] {}", fault.severity.name(), fault.message));
        line(text, &format!("     怎么办：{}", fault.remedy));
    }
    cases(text, day, (project, outcomes), &against);
}

/// What came of a project's cases. What the roll says against it is counted with the one that it is said of.
fn cases(text: &mut String, day: &Day, (project, outcomes): (&Project, &Outcomes<'_>), against: &[Fault]) {
    let cases: Vec<Case> = outcomes.cases(project).collect();
    let is_evaluated = |case: &Case| case.unit.stage == Some(Stage::Evaluated);
    let meant = cases.iter().position(is_evaluated).unwrap_or_default();
    for (at, Case { unit, row, told }) in cases.iter().enumerate() {
        if project.files.len() > 1 {
            let files = unit.files.iter().filter_map(|file| day.received.get(*file));
            let files: Vec<String> = files.map(|file| format!("“{}”", day.shown(file))).collect();
            line(text, &format!("   {}的处理情况：", files.join("、")));
        }
        let besides = if at == meant { against } else { &[] };
        for said in told.text(&row.faults, besides).lines() {
            line(text, &format!("   {said}"));
        }
    }
}
