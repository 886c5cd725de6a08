//! Puts the forms of a workbook together to cases: one a project.

use super::grades::GradeNote;
use super::group::{Group, group};
use super::names::uncoded;
use super::reading::{self, Content, Reading};
use super::{actuals, amounts, approved, satisfaction};
use crate::base::SheetId;
use crate::mapping::title::normalise;
use crate::mapping::{Checks, Kind, Mapping, Mappings, profiles};
use crate::model::{
    Case, DeclaredTarget, Finding, FindingId, GradeBand, Project, ScoreForm, SourceId, Statement, WriteBack,
};
use crate::words::Words;

/// The cases of the readings. `statements` stand in sheets without a form.
pub(super) fn assemble(
    readings: Vec<Reading>,
    statements: &[Statement],
    mappings: &Mappings,
    sheets: &[SheetId],
    source: &SourceId,
) -> Vec<Case> {
    let groups = group(readings);
    let several = groups.len() > 1;
    groups
        .into_iter()
        .map(|group| {
            let mut case = Case { source: source.clone(), sheets: sheets.to_vec(), ..Case::default() };
            // Sentences outside of forms belong to the workbook's only project.
            if !several {
                case.statements.extend(statements.iter().cloned());
            }
            build(&mut case, group, mappings);
            case
        })
        .collect()
}

fn build(case: &mut Case, group: Group, mappings: &Mappings) {
    let Group { readings, findings } = group;
    case.findings.extend(findings);
    let (asides, readings): (Vec<Reading>, Vec<Reading>) =
        readings.into_iter().partition(|reading| matches!(reading.content, Content::Aside(..)));
    case.project = project(if readings.is_empty() { &asides } else { &readings });
    differing_names(&readings, case);
    differing_years(&readings, case);
    let mut used: Vec<usize> = Vec::new();
    let mut notes = Vec::new();
    let mut named: Vec<usize> = Vec::new();
    case.approved = readings.iter().any(approved::is_approved);
    for reading in readings {
        if !used.contains(&reading.mapping) {
            used.push(reading.mapping);
        }
        if case.approved && approved::is_draft(&reading) {
            case.findings.push(approved::superseded(&reading));
            case.forms.extend(reading.located);
            case.findings.extend(reading.findings);
            continue;
        }
        case.forms.extend(reading.located);
        case.fields.extend(reading.fields);
        case.amounts.extend(reading.amounts);
        case.funds.extend(reading.funds);
        case.statements.extend(reading.statements);
        case.findings.extend(reading.findings);
        case.goals.extend(reading.goals);
        case.bare_levels.extend(reading.bare_levels);
        case.filled_on.extend(reading.filled_on);
        notes.extend(reading.notes);
        match reading.content {
            Content::Score(form) => case.score_form = Some(*form),
            Content::Summary(form) => {
                case.summary.get_or_insert(*form);
            }
            Content::Declaration(targets) => {
                case.declared
                    .extend(targets.into_iter().map(|indicator| DeclaredTarget { indicator, alias: None }));
            }
            Content::Ledger(ledger) => case.ledgers.push(*ledger),
            Content::Survey(survey) => case.surveys.push(*survey),
            Content::Aside(..) => {}
        }
    }
    for aside in asides {
        if let Content::Aside(_, Some(monitored)) = aside.content {
            case.monitored.push(*monitored);
        }
        named.push(aside.mapping);
        case.forms.extend(aside.located);
        case.findings.extend(aside.findings);
    }
    let mut own: Vec<&Mapping> = used.iter().filter_map(|position| mappings.get(*position)).collect();
    own.extend(
        mappings.all().iter().filter(|mapping| mapping.kind == Kind::Case && meant(mapping, &case.project)),
    );
    case.mappings = own.iter().map(|mapping| mapping.name.clone()).collect();
    for mapping in named.iter().filter_map(|position| mappings.get(*position)) {
        if !case.mappings.contains(&mapping.name) {
            case.mappings.push(mapping.name.clone());
        }
    }
    case.grades = grades(&own, &notes, &mut case.findings);
    case.notes = notes;
    let aside: Vec<&Mapping> = named.iter().filter_map(|position| mappings.get(*position)).collect();
    checks(case, &aside);
    apply(case, &own);
    actuals::take(case);
    satisfaction::bind(case);
}

/// Whether a case mapping is about the project.
fn meant(mapping: &Mapping, project: &Project) -> bool {
    let says = |patterns: &[crate::mapping::title::Pattern], text: &Option<String>| {
        text.as_ref().is_some_and(|text| {
            let key = normalise(text);
            patterns.iter().any(|pattern| pattern.matches(&key))
        })
    };
    let asked = &mapping.recognise;
    says(&asked.project, &project.name) && (asked.agency.is_empty() || says(&asked.agency, &project.agency))
}

fn project(readings: &[Reading]) -> Project {
    // The scored form speaks first, the others fill what it does not say.
    let mut ordered: Vec<&Reading> = readings.iter().collect();
    ordered.sort_by_key(|reading| match reading.content {
        Content::Score(_) => 0,
        Content::Declaration(_) => 1,
        Content::Summary(_) => 2,
        Content::Ledger(_) => 3,
        Content::Survey(_) => 4,
        Content::Aside(..) => 5,
    });
    let first = |of: fn(&Reading) -> Option<String>| ordered.iter().find_map(|reading| of(reading));
    Project {
        name: first(|reading| reading.project.as_deref().map(|name| uncoded(name).to_owned())),
        agency: first(|reading| reading.agency.as_deref().map(|name| uncoded(name).to_owned())),
        unit: first(|reading| reading.unit.as_deref().map(|name| uncoded(name).to_owned())),
        code: first(|reading| reading.code.clone()),
        year: year(&ordered),
    }
}

/// The year that the first form states. Ledgers of several years do not say by themselves which one is evaluated.
fn year(ordered: &[&Reading]) -> Option<i16> {
    let is_ledger = |reading: &Reading| matches!(reading.content, Content::Ledger(_));
    let first = ordered.iter().find(|reading| reading.year.is_some())?;
    let other =
        |reading: &&Reading| is_ledger(reading) && reading.year.is_some_and(|y| Some(y) != first.year);
    if is_ledger(first) && ordered.iter().any(other) { None } else { first.year }
}

/// A form that names another project than the case it was taken for.
fn differing_names(readings: &[Reading], case: &mut Case) {
    let Some(name) = case.project.name.as_deref().map(normalise) else { return };
    for reading in readings {
        let like = |own: &String| {
            own.contains(&name) || name.contains(own.as_str()) || reading::shape(own) == reading::shape(&name)
        };
        let Some(own) = reading.project_key().filter(|own| !like(own)) else {
            continue;
        };
        let message = format!(
            "“{}”的项目名称是“{own}”，与本项目“{}”不同，请确认是不是同一个项目。",
            reading.sheet.spoken(),
            case.project.name.as_deref().unwrap_or_default()
        );
        case.findings.push(Finding::new(FindingId::ProjectNameDiffers, Some(reading.at.clone()), message));
    }
}

/// A form that is of another year than the case it was taken for. A ledger's entries say themselves of which year they are.
fn differing_years(readings: &[Reading], case: &mut Case) {
    let Some(year) = case.project.year else { return };
    let is_form = |content: &Content| !matches!(content, Content::Ledger(_) | Content::Survey(_));
    for reading in readings.iter().filter(|reading| is_form(&reading.content)) {
        let Some(own) = reading.year.filter(|own| *own != year) else { continue };
        let message = format!("“{}”是 {own} 年度的，本次评价的是 {year} 年度。", reading.sheet);
        case.findings.push(Finding::new(FindingId::YearMismatch, Some(reading.at.clone()), message));
    }
}

/// A case mapping's bands, else those of a note, else the form mapping's.
fn grades(own: &[&Mapping], notes: &[crate::model::Entry], findings: &mut Vec<Finding>) -> Vec<GradeBand> {
    let stated = own.iter().find(|mapping| mapping.kind == Kind::Case && !mapping.grades.is_empty());
    if let Some(mapping) = stated {
        return mapping.grades.clone();
    }
    let default = own.iter().map(|mapping| &mapping.grades).find(|grades| !grades.is_empty());
    let default = default.cloned().unwrap_or_default();
    for note in notes {
        match super::grades::read(&note.shown(), &default) {
            Some(GradeNote::Bands(bands)) => return bands,
            Some(GradeNote::Unread) => {
                let message = "评价等级的说明没有读懂，按通常的等级划分。".to_owned();
                findings.push(Finding::new(FindingId::GradeNoteNotRead, note.at.clone(), message));
            }
            None => {}
        }
    }
    default
}

/// What the mappings say about single indicators.
fn apply(case: &mut Case, own: &[&Mapping]) {
    let mut unused: Vec<(String, &crate::mapping::Origin)> = Vec::new();
    if let Some(form) = &mut case.score_form {
        for mapping in own {
            for rule in &mapping.rubric {
                let mut used = false;
                for indicator in matching(form, &rule.indicator) {
                    indicator.rubric.get_or_insert_with(|| rule.criterion.clone());
                    used = true;
                }
                if !used {
                    unused.push(("rubric 中的指标在表中没有".to_owned(), &rule.origin));
                }
            }
            for rule in &mapping.bind {
                let mut used = false;
                for indicator in matching(form, &rule.indicator) {
                    indicator.binding.get_or_insert(rule.source);
                    used = true;
                }
                if !used {
                    unused.push(("bind 中的指标在表中没有".to_owned(), &rule.origin));
                }
            }
        }
        let rules: Vec<_> = own.iter().flat_map(|mapping| &mapping.amounts).collect();
        let more = amounts::of_indicators(&form.indicators, &rules, &case.amounts, &mut case.findings);
        case.amounts.extend(more);
    }
    for alias in own.iter().flat_map(|mapping| &mapping.aliases) {
        let declared_key = normalise(&alias.declared);
        let scored_key = normalise(&alias.scored);
        let scored = case.score_form.as_ref().and_then(|form| {
            form.indicators.iter().find(|indicator| normalise(&indicator.name) == scored_key)
        });
        let declared = case.declared.iter_mut().find(|target| {
            let name = normalise(&target.indicator.name);
            name == declared_key || crate::mapping::title::bare(&name) == Some(declared_key.as_str())
        });
        match (declared, scored) {
            (Some(target), Some(scored)) => target.alias = Some(scored.name.clone()),
            (None, _) => unused.push((format!("申报表中没有指标“{}”", alias.declared), &alias.origin)),
            (_, None) => unused.push((format!("评分表中没有指标“{}”", alias.scored), &alias.origin)),
        }
    }
    for (what, origin) in unused {
        let message =
            format!("映射文件 {} 第 {} 行第 {} 列：{what}。", origin.file, origin.line, origin.column);
        case.findings.push(Finding::new(FindingId::MappingEntryUnused, None, message));
    }
    case.write_back = own.iter().filter_map(|mapping| mapping.write_back.as_ref()).next_back().map_or_else(
        WriteBack::default,
        |words| {
            use crate::mapping::words::Writable;
            WriteBack {
                score: words.contains(&Writable::Score),
                reason: words.contains(&Writable::Reason),
                total: words.contains(&Writable::Total),
                grade: words.contains(&Writable::Grade),
                summary: words.contains(&Writable::Summary),
            }
        },
    );
    case.words = Words::with(own.iter().map(|mapping| &mapping.word_changes));
    case.partial_step = own.iter().rev().find_map(|mapping| mapping.partial_step).unwrap_or_default();
    checks(case, own);
}

/// What the checks hold the case against: a case mapping's word, else the form mappings'.
fn checks(case: &mut Case, own: &[&Mapping]) {
    for mapping in own {
        let typed = &mapping.checks;
        for id in &typed.off {
            if !case.muted.contains(id) {
                case.muted.push(*id);
            }
        }
        case.checks.limits = case.checks.limits.under(&typed.limits);
    }
    let said = own.iter().fold(Checks::default(), |lower, mapping| lower.under(&mapping.checks));
    case.checks.rules = profiles::rules(&said);
}

fn matching<'f>(
    form: &'f mut ScoreForm,
    pattern: &'f crate::mapping::title::Pattern,
) -> impl Iterator<Item = &'f mut crate::model::Indicator> {
    form.indicators.iter_mut().filter(|indicator| pattern.matches(&normalise(&indicator.name)))
}
