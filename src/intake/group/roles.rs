//! What each file is in its project: same content once, of versions none, and what is read together.

use std::collections::{BTreeMap, BTreeSet};

use super::cluster::{Cluster, Clusters};
use super::{Filed, Grouping, Loose, Project, Received, Role, Seen, Unit, Why};
use crate::base::file_name::split;
use crate::intake::identity::{Said, Stage, TableKind};

/// The projects as they are.
pub(super) fn give(clusters: Clusters<'_>, adopted: &BTreeSet<String>) -> Grouping {
    let Clusters { received, all: clusters, mut loose, .. } = clusters;
    // A file of several projects is told with those that are certain.
    let certain: BTreeSet<usize> = clusters.iter().flat_map(Cluster::files).collect();
    loose.retain(|loose| !certain.contains(&loose.file));
    let alone = single_folders(received, &clusters);
    let bench = Bench { received, adopted, alone };
    let mut projects: Vec<Project> = clusters.into_iter().map(|cluster| bench.project(cluster)).collect();
    projects.sort_by_cached_key(|project| {
        let named = &project.named;
        let agency = named.department.clone().or_else(|| named.agency.clone());
        (project.due.is_none(), project.due, agency, named.name.clone(), named.code.clone(), named.year)
    });
    let loose = once(received, loose);
    Grouping { projects, loose }
}

/// Folders, each with the only project that its tables are about.
fn single_folders<'r>(received: &'r [Received], clusters: &[Cluster]) -> BTreeMap<&'r str, usize> {
    let mut found: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, cluster) in clusters.iter().enumerate() {
        for file in cluster.tables.iter().filter_map(|(file, _)| received.get(*file)) {
            found.entry(file.folder()).or_default().insert(at);
        }
    }
    found
        .into_iter()
        .filter_map(|(folder, of)| Some((folder, *of.first().filter(|_| of.len() == 1)?)))
        .collect()
}

/// Each content once.
fn once(received: &[Received], mut loose: Vec<Loose>) -> Vec<Loose> {
    let path = |at: usize| received.get(at).map(|file| file.path.clone());
    loose.sort_by_cached_key(|loose| (path(loose.file), loose.file));
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for loose in &mut loose {
        let Some(sha256) = received.get(loose.file).map(|file| file.sha256.as_str()) else { continue };
        if sha256.is_empty() {
            continue;
        }
        match first.get(sha256) {
            Some(same) => loose.why = Why::Same(*same),
            None => {
                first.insert(sha256, loose.file);
            }
        }
    }
    loose
}

struct Bench<'b> {
    received: &'b [Received],
    adopted: &'b BTreeSet<String>,
    alone: BTreeMap<&'b str, usize>,
}

impl Bench<'_> {
    fn project(&self, cluster: Cluster) -> Project {
        let named = cluster.named();
        let Cluster { due, mut tables, mut others, mut remarks, .. } = cluster;
        let path = |file: usize| self.received.get(file).map(|file| file.path.clone());
        tables.sort_by_cached_key(|(file, _)| (self.rank(*file), path(*file), *file));
        others.sort_by_cached_key(|file| (path(*file), *file));
        let mut files: Vec<Filed> = Vec::new();
        for (file, said) in tables {
            let said = self.said(file, said);
            let beside = said.is_none_or(Said::is_beside);
            files.push(Filed {
                file,
                role: self.same(file, &files).unwrap_or(if beside { Role::Beside } else { Role::Form }),
                stage: said.and_then(|said| said.stage),
                parts: said.map(|said| said.parts.clone()).unwrap_or_default(),
            });
        }
        self.rivals(&mut files, &mut remarks);
        self.unclear(&mut files, &mut remarks);
        let has_form = files.iter().any(|filed| matches!(filed.role, Role::Form | Role::Rival | Role::Left));
        for file in others {
            let role = match (self.same(file, &files), self.received.get(file).map(|file| &file.seen)) {
                (Some(same), _) => same,
                (None, Some(Seen::Unread { .. })) => Role::Unread,
                (None, Some(Seen::Table(_))) => Role::Stranger,
                (None, _) if has_form => Role::Signed,
                (None, _) => Role::Typed,
            };
            files.push(Filed { file, role, stage: None, parts: Vec::new() });
        }
        let declared: Vec<Option<Stage>> = files
            .iter()
            .filter(|filed| filed.role == Role::Form && filed.parts.contains(&TableKind::Declaration))
            .map(|filed| filed.stage)
            .collect();
        if declared.len() > 1 && declared.contains(&None) {
            let said = "有一份绩效目标表的表名没有写明是申报稿、批复稿还是调整批复，请核实。";
            remarks.push(said.to_owned());
        }
        // A person who chose a form knows of the other.
        let chosen = files.iter().any(|filed| filed.role == Role::Form && self.is_adopted(filed.file));
        let hindered = !chosen && files.iter().any(|filed| filed.role == Role::Unread);
        let units = if hindered { Vec::new() } else { self.units(&files) };
        files.sort_by_cached_key(|filed| (path(filed.file), filed.file));
        Project { named, due, files, units, hindered, remarks }
    }

    fn said(&self, file: usize, said: usize) -> Option<&Said> {
        self.received.get(file)?.identity()?.said.get(said)
    }

    /// Of the same content the one is read that this program can write back as it is.
    fn rank(&self, file: usize) -> usize {
        const ENDINGS: [&str; 4] = [".xlsx", ".xlsm", ".xls", ".et"];
        let ending = self.received.get(file).map(|file| split(file.base()).1.to_ascii_lowercase());
        ENDINGS.iter().position(|known| ending.as_deref() == Some(known)).unwrap_or(ENDINGS.len())
    }

    /// The file that came before with the same content.
    fn same(&self, file: usize, before: &[Filed]) -> Option<Role> {
        let content = self.content(file);
        let first = before.iter().find(|filed| !content.is_empty() && self.content(filed.file) == content)?;
        Some(Role::Same(match first.role {
            Role::Same(first) => first,
            _ => first.file,
        }))
    }

    fn content(&self, file: usize) -> &str {
        self.received.get(file).map_or("", Received::content)
    }

    /// Whether a person chose its content.
    fn is_adopted(&self, file: usize) -> bool {
        self.adopted.contains(self.content(file))
    }

    /// Versions: forms of one kind at one stage that differ.
    fn rivals(&self, files: &mut [Filed], remarks: &mut Vec<String>) {
        let all = files.to_vec();
        let forms: Vec<&Filed> = all.iter().filter(|filed| filed.role == Role::Form).collect();
        let versions = |a: &Filed, b: &Filed| {
            a.file != b.file && a.stage == b.stage && a.parts.iter().any(|part| b.parts.contains(part))
        };
        for filed in files.iter_mut().filter(|filed| filed.role == Role::Form) {
            let others: Vec<&Filed> = forms.iter().copied().filter(|other| versions(filed, other)).collect();
            if others.is_empty() {
                continue;
            }
            let own = self.is_adopted(filed.file);
            let chosen = others.iter().filter(|other| self.is_adopted(other.file)).count();
            filed.role = match (own, chosen) {
                (true, 0) => Role::Form,
                (false, 1) => Role::Left,
                _ => Role::Rival,
            };
        }
        let several = files.iter().filter(|filed| filed.role == Role::Rival);
        if several.filter(|filed| self.is_adopted(filed.file)).count() > 1 {
            remarks.push("同一项目有几份打了“√”，只能采用一份，没有采用。".to_owned());
        }
    }

    /// Ledgers and surveys of one kind that differ, other than in a folder of this project alone: parts of one, or versions.
    fn unclear(&self, files: &mut [Filed], remarks: &mut Vec<String>) {
        let all = files.to_vec();
        let beside: Vec<&Filed> = all.iter().filter(|filed| filed.role == Role::Beside).collect();
        for filed in files.iter_mut().filter(|filed| filed.role == Role::Beside) {
            let own = self.folder(filed.file);
            let several = beside.iter().any(|other| {
                let shared = other.parts.iter().any(|part| filed.parts.contains(part));
                let together = self.folder(other.file) == own && self.alone.contains_key(own);
                other.file != filed.file && shared && !together
            });
            if several && !self.is_adopted(filed.file) {
                filed.role = Role::Unclear;
            }
        }
        if files.iter().any(|filed| filed.role == Role::Unclear) {
            let said = "有几份明细账（或问卷），不能确定是各记一部分还是同一份的不同版本，没有采用；要采用的请在“采用”一栏打“√”。";
            remarks.push(said.to_owned());
        }
    }

    fn folder(&self, file: usize) -> &str {
        self.received.get(file).map_or("", Received::folder)
    }

    /// What is read together: the forms of a stage, with the evaluation what lies beside it; in a folder of this project
    /// alone a declaration goes with the evaluation, too.
    fn units(&self, files: &[Filed]) -> Vec<Unit> {
        let of = |stage: Option<Stage>| {
            files.iter().filter(move |filed| filed.role == Role::Form && filed.stage == stage)
        };
        let rivals = |stage: Option<Stage>| {
            files.iter().any(|filed| filed.role == Role::Rival && filed.stage == stage)
        };
        let is_declaration = |filed: &&Filed| filed.parts.contains(&TableKind::Declaration);
        let evaluated: Vec<usize> = of(Some(Stage::Evaluated)).map(|filed| filed.file).collect();
        let declarations: Vec<&Filed> =
            files.iter().filter(|filed| filed.role == Role::Form).filter(is_declaration).collect();
        let together = match declarations.as_slice() {
            [only] if only.stage != Some(Stage::Evaluated) => evaluated.iter().all(|file| {
                let folder = self.folder(*file);
                self.folder(only.file) == folder && self.alone.contains_key(folder)
            }),
            _ => false,
        };
        let together = together && !evaluated.is_empty();
        let mut units = Vec::new();
        let stages = Stage::ALL.into_iter().map(Some).chain([None]);
        for stage in stages.filter(|stage| !rivals(*stage)) {
            let forms = of(stage)
                .filter(|filed| !(together && is_declaration(filed) && stage != Some(Stage::Evaluated)));
            let mut unit: Vec<usize> = forms.map(|filed| filed.file).collect();
            if unit.is_empty() {
                continue;
            }
            if stage == Some(Stage::Evaluated) {
                if together {
                    unit.extend(declarations.iter().map(|filed| filed.file));
                }
                // What is not recognised in a folder of the project alone is said with the case, as it always was.
                let own = |file: usize| {
                    let folder = self.folder(file);
                    self.alone.contains_key(folder)
                        && evaluated.iter().any(|form| self.folder(*form) == folder)
                };
                let beside = files.iter().filter(|filed| {
                    filed.role == Role::Beside || (filed.role == Role::Stranger && own(filed.file))
                });
                unit.extend(beside.map(|filed| filed.file));
            }
            units.push(Unit { files: unit, stage });
        }
        units
    }
}
