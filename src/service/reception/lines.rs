//! The register's lines of a day: a project each, and what belongs to none.

use super::day::Day;
use super::results::{Outcomes, counted};
use super::to_score::department;
use crate::intake::group::{Filed, Loose, Project, Role, Why};
use crate::intake::identity::Stage;
use crate::intake::kind::Kind;
use crate::service::intake_book::{Adopted, FileLine, Marks, RegisterLine, State};

/// What a loose file's line is known by.
const LOOSE: &str = "loose ";

/// All lines: projects by department, then what belongs to none.
pub(in crate::service) fn all(day: &Day, outcomes: &Outcomes<'_>, marks: &Marks) -> Vec<RegisterLine> {
    let mut projects: Vec<&Project> = day.grouping.projects.iter().collect();
    // The roll's order stays; what it does not know comes behind it.
    let places = day.places();
    projects.sort_by_cached_key(|project| {
        let place = project.named.department.as_deref().and_then(|own| places.get(own).copied());
        (project.named.department.is_none(), place.is_none(), place, department(project).to_owned())
    });
    let lines = projects.into_iter().map(|project| line(day, project, outcomes, marks));
    let loose = day.grouping.loose.iter().filter(|loose| !matches!(loose.why, Why::Same(_)));
    lines.chain(loose.map(|loose| loose_line(day, loose, marks))).collect()
}

fn line(day: &Day, project: &Project, outcomes: &Outcomes<'_>, marks: &Marks) -> RegisterLine {
    let against = day.against(project);
    let (key, state) = (day.key(project), outcomes.state(day, project));
    let named = &project.named;
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let code = day.due(project).and_then(|due| due.shown_code.clone()).or_else(|| named.code.clone());
    let found: usize = outcomes.rows(project).map(|row| counted(&row.faults)).sum();
    let looked_at = outcomes.rows(project).next().is_some() || !against.faults.is_empty();
    let mut files: Vec<FileLine> =
        project.files.iter().map(|filed| file_line(day, project, filed, outcomes)).collect();
    // What is to be known of the project stands with its first file.
    let refused = outcomes.refusals(project).map(sentences);
    let remind = match state {
        State::Missing => Some(REMIND),
        _ => day.is_early(project).then_some(REMIND_EVALUATION),
    };
    let early = day.is_early(project).then(|| "只收到目标表或监控表，没有自评表".to_owned());
    let withheld = project
        .units
        .iter()
        .any(|unit| day.is_withheld(unit))
        .then(|| "与另一个项目写在同一个文件中，那个项目的版本选定后才能评分".to_owned());
    let waiting = outcomes.waiting(project).map(str::to_owned);
    let said: Vec<String> =
        project.remarks.iter().cloned().chain(refused).chain(withheld).chain(early).chain(waiting).collect();
    if let Some(first) = files.first_mut() {
        let notes = std::iter::once(std::mem::take(&mut first.note)).chain(said);
        first.note = notes.filter(|note| !note.is_empty()).collect::<Vec<_>>().join("；");
    }
    RegisterLine {
        reminder: reminder(marks.reminder(&key), remind),
        key,
        loose: false,
        department: text(&named.department),
        agency: text(&named.agency),
        code: code.unwrap_or_default(),
        project: text(&named.name),
        expected: day.roster.as_ref().map(|_| project.due.is_some()),
        state,
        files,
        budget_difference: against.budget,
        spent_difference: against.spent,
        findings: looked_at.then(|| found.saturating_add(counted(&against.faults))),
    }
}

fn file_line(day: &Day, project: &Project, filed: &Filed, outcomes: &Outcomes<'_>) -> FileLine {
    let received = day.received.get(filed.file);
    let path = |file: usize| day.received.get(file).map(|file| day.shown(file)).unwrap_or_default();
    let result =
        outcomes.of_file(filed.file).and_then(|(entry, first)| entry.result.as_ref().filter(|_| first));
    let unread = || day.unread(filed.file).map(sentences);
    let is_word = received.is_some_and(|file| matches!(file.kind, Kind::Word | Kind::Slides));
    let note = match filed.role {
        Role::Form if project.hindered => "另有一份无法读取；这份就是补正的，请在“采用”栏打“√”".to_owned(),
        Role::Signed if is_word => "没有读取，只作附件登记".to_owned(),
        Role::Form | Role::Beside | Role::Signed => String::new(),
        Role::Unclear => "没有采用".to_owned(),
        Role::Rival => "与另一份内容不同，请选定一份，在“采用”栏打“√”".to_owned(),
        Role::Left => "没有采用：已选定另一份".to_owned(),
        Role::Same(first) => format!("与“{}”内容相同", path(first)),
        Role::Typed => "没有电子表，请人工录入或催报电子表".to_owned(),
        Role::Stranger | Role::Unread => unread().unwrap_or_default(),
    };
    let choices = [Role::Rival, Role::Left, Role::Unclear];
    let hindered = project.hindered && filed.role == Role::Form;
    let chosen_form = matches!(filed.role, Role::Form | Role::Beside) && was_asked(project, filed);
    FileLine {
        name: path(filed.file).to_owned(),
        digest: received.map(|file| file.content().to_owned()).unwrap_or_default(),
        kind: kind(filed.role, received.map_or(Kind::Other, |file| file.kind)).to_owned(),
        stage: filed.stage.map(Stage::name).map(str::to_owned),
        adopted: if choices.contains(&filed.role) || hindered {
            Adopted::Open
        } else if chosen_form {
            Adopted::Taken
        } else {
            Adopted::NotAsked
        },
        goes_with_others: filed.parts.iter().all(|part| part.is_beside()),
        way: result.map(|way| way.link.clone()),
        note,
    }
}

/// What is written in 催报 where nothing came and nobody wrote anything.
const REMIND: &str = "请催报";

/// The same where what comes before the evaluation is there.
const REMIND_EVALUATION: &str = "请催报自评表";

/// What a clerk wrote in 催报; ours goes when something comes.
fn reminder(written: Option<&str>, ours: Option<&str>) -> String {
    let own = |text: &&str| !text.is_empty() && ![REMIND, REMIND_EVALUATION].contains(text);
    written.map(str::trim).filter(own).or(ours).unwrap_or_default().to_owned()
}

/// A message and what to do, in full sentences.
fn sentences((message, hint): (&str, &str)) -> String {
    format!("{}。{hint}", message.trim_end_matches(['。', '.', '；']))
}

/// Whether a form or ledger that is read was chosen among several, or beside one that cannot be read.
fn was_asked(project: &Project, filed: &Filed) -> bool {
    let left = |other: &Filed| {
        let about = other.parts.iter().any(|part| filed.parts.contains(part)) && other.stage == filed.stage;
        (matches!(other.role, Role::Left | Role::Unclear) && about)
            || (filed.role == Role::Form && other.role == Role::Unread)
    };
    project.files.iter().any(left)
}

fn kind(role: Role, kind: Kind) -> &'static str {
    match role {
        Role::Signed if matches!(kind, Kind::Page | Kind::Picture) => "签章件",
        _ => kind.name(),
    }
}

/// Why a file belongs to no project, and what is to be done. Of what cannot be read that is said where it was read.
pub(super) fn why_loose(why: &Why, kind: Kind) -> String {
    match why {
        Why::Nameless if kind.is_table() => "表中没有写项目名称，不能确定属于哪个项目".to_owned(),
        Why::Nameless => "不能确定属于哪个项目，请人工录入或催报电子表".to_owned(),
        Why::Ambiguous(names) => format!("可能属于几个项目（{}），请核实", names.join("、")),
        Why::List => "是项目清单或汇总表，不是项目材料，无需补正".to_owned(),
        Why::NoMaterial => "不是项目材料，没有读取".to_owned(),
        Why::Unread | Why::Same(_) => String::new(),
    }
}

fn loose_line(day: &Day, loose: &Loose, marks: &Marks) -> RegisterLine {
    let received = day.received.get(loose.file);
    let kind = received.map_or(Kind::Other, |file| file.kind);
    let path = received.map(|file| day.shown(file).to_owned()).unwrap_or_default();
    let digest = received.map(|file| file.content().to_owned()).unwrap_or_default();
    // What is not to be had has only its path.
    let key = format!("{LOOSE}{}", if digest.is_empty() { &path } else { &digest });
    let note = match &loose.why {
        Why::Unread => day.unread(loose.file).map(sentences).unwrap_or_default(),
        why => why_loose(why, kind),
    };
    let copies = day.copies(loose).map(|file| FileLine {
        name: day.shown(file).to_owned(),
        digest: file.content().to_owned(),
        kind: file.kind.name().to_owned(),
        note: format!("与“{path}”内容相同"),
        ..FileLine::default()
    });
    let own =
        FileLine { name: path.clone(), digest, kind: kind.name().to_owned(), note, ..FileLine::default() };
    let department = received.and_then(|file| day.department_of(file)).unwrap_or_default();
    RegisterLine {
        reminder: marks.reminder(&key).unwrap_or_default().to_owned(),
        key,
        department,
        loose: true,
        state: match loose.why {
            Why::List => State::Noted,
            _ if kind.is_for_eyes() => State::ByHand,
            _ => State::Returned,
        },
        files: std::iter::once(own).chain(copies).collect(),
        ..RegisterLine::default()
    }
}
