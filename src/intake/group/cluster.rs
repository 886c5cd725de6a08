//! Which files are of one project: by its code, else by agency, name and year.

use std::collections::{BTreeMap, BTreeSet};

use super::attach::Attach;
use super::named::{Likeness, Named, without_project};
use super::{Loose, Received, Seen, Why};
use crate::intake::identity::Said;
use crate::intake::kind::Kind;
use crate::intake::roster::Roster;

/// A project under construction.
#[derive(Debug, Default)]
pub(super) struct Cluster {
    /// The line of the roll.
    pub(super) due: Option<usize>,
    /// What is said of it: by the roll first.
    pub(super) members: Vec<Named>,
    /// Its tables: the file, and which of the projects that the file is about.
    pub(super) tables: Vec<(usize, usize)>,
    /// Its other files.
    pub(super) others: Vec<usize>,
    pub(super) remarks: Vec<String>,
}

impl Cluster {
    /// The files of its tables.
    pub(super) fn files(&self) -> impl Iterator<Item = usize> + '_ {
        self.tables.iter().map(|(file, _)| *file)
    }

    /// What all say of it.
    pub(super) fn named(&self) -> Named {
        let mut named = Named::default();
        self.members.iter().for_each(|member| named.learn(member));
        named
    }
}

/// All projects under construction.
#[derive(Debug)]
pub(super) struct Clusters<'r> {
    pub(super) received: &'r [Received],
    pub(super) all: Vec<Cluster>,
    pub(super) loose: Vec<Loose>,
    /// The projects of which a member has this code.
    by_code: BTreeMap<String, BTreeSet<usize>>,
    /// Those of which a member may be called so: of tens of thousands few are compared.
    by_name: BTreeMap<String, BTreeSet<usize>>,
}

/// Where a table belongs.
enum Place {
    /// To this project.
    Known(usize),
    /// To one that is new; with what is to be said of it.
    New(Option<String>),
    /// To one of several.
    Several(Vec<usize>),
}

impl<'r> Clusters<'r> {
    /// The projects of the roll, without files.
    pub(super) fn new(received: &'r [Received], roster: Option<&'r Roster>) -> Self {
        let lines = roster.map(|roster| roster.lines.as_slice()).unwrap_or_default();
        let seed = |(line, due): (usize, &_)| Cluster {
            due: Some(line),
            members: vec![Named::from(due)],
            ..Cluster::default()
        };
        let all = lines.iter().enumerate().map(seed).collect();
        let (by_code, by_name) = (BTreeMap::new(), BTreeMap::new());
        let mut clusters = Self { received, all, loose: Vec::new(), by_code, by_name };
        for (at, due) in lines.iter().enumerate() {
            clusters.index(at, &Named::from(due));
        }
        clusters
    }

    /// Has a project found by what is said of it.
    fn index(&mut self, at: usize, named: &Named) {
        if let Some(code) = &named.code {
            self.by_code.entry(code.clone()).or_default().insert(at);
        }
        for name in named.shapes() {
            self.by_name.entry(name).or_default().insert(at);
        }
    }

    /// The projects of a code, in their order.
    fn with_code(&self, code: &str) -> impl Iterator<Item = (usize, &Cluster)> {
        let found = self.by_code.get(code).into_iter().flatten();
        found.filter_map(|at| Some((*at, self.all.get(*at)?)))
    }

    /// The projects that may be called so, in their order; all others are not.
    fn perhaps_called(&self, named: &Named) -> impl Iterator<Item = (usize, &Cluster)> {
        let found: BTreeSet<usize> =
            named.shapes().iter().filter_map(|name| self.by_name.get(name)).flatten().copied().collect();
        found.into_iter().filter_map(|at| Some((at, self.all.get(at)?)))
    }

    fn said(&self, (file, said): (usize, usize)) -> Option<&'r Said> {
        self.received.get(file)?.identity()?.said.get(said)
    }

    /// Places all tables that name their project; those that say most first, so that the order in which files come does
    /// not count.
    pub(super) fn forms(&mut self) {
        let mut tables: Vec<(usize, usize)> = Vec::new();
        for (file, received) in self.received.iter().enumerate() {
            let Seen::Table(identity) = &received.seen else { continue };
            if identity.said.is_empty() && identity.stranger.is_none() {
                self.loose.push(Loose { file, why: Why::List });
            }
            tables.extend((0..identity.said.len()).map(|said| (file, said)));
        }
        let received = self.received;
        let said = |at: &(usize, usize)| received.get(at.0)?.identity()?.said.get(at.1);
        tables.sort_by_cached_key(|at| {
            let says = said(at);
            let named = says.map(Named::from).unwrap_or_default();
            (
                says.is_none_or(Said::is_beside),
                named.code.is_none(),
                named.agency.is_none(),
                named.department.is_none(),
                named.year.is_none(),
                named.key(),
                named.code,
                named.agency,
                named.department,
                received.get(at.0).map(|received| (received.path.clone(), received.sha256.clone())),
                at.1,
            )
        });
        for at in tables {
            self.table(at);
        }
    }

    fn table(&mut self, at: (usize, usize)) {
        let Some(said) = self.said(at) else { return };
        let named = Named::from(said);
        if named.code.is_none() && named.key().is_none() {
            return;
        }
        let place = match self.by_code(&named).unwrap_or_else(|| self.by_name(&named)) {
            // A ledger seldom writes the project as the form does: what lies beside a form is looked at with the rest.
            Place::New(_) if said.is_beside() && self.attach().beside(at.0).is_some() => return,
            place => place,
        };
        match place {
            Place::Known(cluster) => {
                self.index(cluster, &named);
                if let Some(cluster) = self.all.get_mut(cluster) {
                    cluster.remarks.extend(other_code(cluster, &named));
                    cluster.members.push(named);
                    cluster.tables.push(at);
                }
            }
            Place::New(remark) => {
                self.index(self.all.len(), &named);
                self.all.push(Cluster {
                    members: vec![named],
                    tables: vec![at],
                    remarks: remark.into_iter().collect(),
                    ..Cluster::default()
                });
            }
            Place::Several(clusters) => {
                let called = self.names(&clusters);
                self.loose.push(Loose { file: at.0, why: Why::Ambiguous(called) });
            }
        }
    }

    /// By the code; `None` where nobody has it. A code that stands on forms of another name and another agency was copied
    /// along: it tells nothing.
    fn by_code(&self, named: &Named) -> Option<Place> {
        let code = named.code.as_deref()?;
        let with_code = || self.with_code(code);
        with_code().next()?;
        let fits = |cluster: &Cluster| {
            cluster.members.iter().any(|member| {
                member.is_called_as(named)
                    || (member.agencies(named) != Some(Likeness::Other) && years_agree(member, named))
            })
        };
        let fitting: Vec<usize> =
            with_code().filter(|(_, cluster)| fits(cluster)).map(|(at, _)| at).collect();
        let called = |at: &usize| {
            let cluster = self.all.get(*at);
            cluster.is_some_and(|cluster| cluster.members.iter().any(|member| member.is_called_as(named)))
        };
        // Its name may be that of another, whose form the code was copied from.
        if let [only] = fitting.as_slice()
            && !called(only)
            && let Place::Known(other) = self.by_name(&Named { code: None, ..named.clone() })
            && other != *only
        {
            return Some(Place::Several(vec![*only, other]));
        }
        let narrow: Vec<usize> = fitting.iter().copied().filter(called).collect();
        Some(match (fitting.as_slice(), narrow.as_slice()) {
            ([only], _) | (_, [only]) => Place::Known(*only),
            ([], _) => {
                let said = format!(
                    "表中的项目编码“{code}”与另一个项目的相同，但名称、单位或年度对不上，没有算作同一个项目，请核实编码。"
                );
                match self.by_name(&Named { code: None, ..named.clone() }) {
                    Place::New(_) => Place::New(Some(said)),
                    place => place,
                }
            }
            (several, _) => Place::Several(several.to_vec()),
        })
    }

    fn by_name(&self, named: &Named) -> Place {
        // A code that is not on the roll is typed wrong, or the project is another.
        let off_roll = |code: &str| self.with_code(code).all(|(_, cluster)| cluster.due.is_none());
        let codes_agree = |cluster: &Cluster| match &named.code {
            None => true,
            Some(code) if cluster.due.is_some() => off_roll(code),
            Some(_) => cluster.members.iter().all(|member| member.code.is_none()),
        };
        let mut same: Vec<usize> = Vec::new();
        let mut alike: Vec<usize> = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut other_years: Option<String> = None;
        let mut other_agencies: Vec<String> = Vec::new();
        for (at, cluster) in self.perhaps_called(named) {
            let called = cluster.members.iter().any(|member| member.is_called_as(named));
            let years = cluster.members.iter().all(|member| years_agree(member, named));
            if !called || !years || !codes_agree(cluster) {
                other_years = other_years.or_else(|| other_year(cluster, named));
                continue;
            }
            match cluster.members.iter().filter_map(|member| member.agencies(named)).max() {
                Some(Likeness::Same) => same.push(at),
                Some(Likeness::Alike) => alike.push(at),
                None => open.push(at),
                Some(Likeness::Other) => other_agencies.extend(other_agency(cluster)),
            }
        }
        let sure = if same.is_empty() { alike } else { same };
        match (sure.as_slice(), open.as_slice()) {
            ([only], _) | ([], [only]) => Place::Known(*only),
            ([], []) => match self.by_bare_name(named, codes_agree) {
                Some(only) => Place::Known(only),
                None => Place::New(other_years.or_else(|| {
                    (!other_agencies.is_empty()).then(|| {
                        let all = other_agencies.join("、");
                        format!("清单上有同名项目，但单位是{all}，没有算作同一个项目，请核实。")
                    })
                })),
            },
            ([], several) | (several, _) => Place::Several(several.to_vec()),
        }
    }

    /// The only project of the roll that differs by 项目 at the end of its name alone, of the same agency.
    fn by_bare_name(&self, named: &Named, codes_agree: impl Fn(&Cluster) -> bool) -> Option<usize> {
        let bare = |named: &Named| Some(without_project(&named.key()?.0).to_owned());
        let own = bare(named)?;
        let fits = |cluster: &Cluster| {
            let named_so = cluster.members.iter().any(|member| bare(member).as_ref() == Some(&own));
            let agency = cluster.members.iter().filter_map(|member| member.agencies(named)).max();
            named_so
                && agency >= Some(Likeness::Alike)
                && cluster.members.iter().all(|member| years_agree(member, named))
                && codes_agree(cluster)
        };
        let due = self.perhaps_called(named).filter(|(_, cluster)| cluster.due.is_some());
        let mut fitting = due.filter(|(_, cluster)| fits(cluster)).map(|(at, _)| at);
        let only = fitting.next()?;
        fitting.next().is_none().then_some(only)
    }

    pub(super) fn names(&self, clusters: &[usize]) -> Vec<String> {
        let named = clusters.iter().filter_map(|at| self.all.get(*at)).map(Cluster::named);
        named
            .map(|named| {
                let name = named.name.unwrap_or_default();
                match named.agency.or(named.department) {
                    Some(whose) => format!("{name}（{whose}）"),
                    None => name,
                }
            })
            .collect()
    }

    /// What tells where files belong that do not say it.
    pub(super) fn attach(&self) -> Attach<'_> {
        Attach::new(self.received, &self.all)
    }

    /// Places everything else.
    pub(super) fn others(&mut self) {
        let loose = self.loose.iter().map(|loose| loose.file);
        let placed: BTreeSet<usize> = self.all.iter().flat_map(Cluster::files).chain(loose).collect();
        let rest: Vec<usize> = (0..self.received.len()).filter(|file| !placed.contains(file)).collect();
        let mut found: Vec<(usize, Result<usize, Why>)> = Vec::new();
        let attach = self.attach();
        for file in rest {
            let Some(received) = self.received.get(file) else { continue };
            let belongs = match attach.project(file) {
                Ok(Some(cluster)) => Ok(cluster),
                Ok(None) => Err(why(received)),
                Err(several) => Err(Why::Ambiguous(self.names(&several))),
            };
            found.push((file, belongs));
        }
        for (file, belongs) in found {
            match belongs {
                Ok(cluster) => {
                    let Some(cluster) = self.all.get_mut(cluster) else { continue };
                    let said =
                        self.received.get(file).and_then(Received::identity).map_or(0, |id| id.said.len());
                    if said == 1 {
                        cluster.tables.push((file, 0));
                    } else {
                        cluster.others.push(file);
                    }
                }
                Err(why) => self.loose.push(Loose { file, why }),
            }
        }
    }
}

/// Why a file that nothing places belongs nowhere.
fn why(received: &Received) -> Why {
    match &received.seen {
        Seen::Unread { .. } => Why::Unread,
        Seen::Table(identity) if identity.stranger.is_some() => {
            // A note beside the forms is no table.
            if received.kind == Kind::Plain { Why::NoMaterial } else { Why::Unread }
        }
        Seen::Nothing if !received.kind.is_for_eyes() => Why::NoMaterial,
        _ => Why::Nameless,
    }
}

/// Whose a project of the roll is that is called so.
fn other_agency(cluster: &Cluster) -> Option<String> {
    cluster.due?;
    let named = cluster.named();
    Some(format!("“{}”", named.agency.or(named.department)?))
}

/// What is said of a form that is of a project of the roll by all but its code.
fn other_code(cluster: &Cluster, named: &Named) -> Option<String> {
    cluster.due?;
    let (due, own) = (cluster.members.first()?.code.as_ref()?, named.code.as_ref()?);
    (due != own).then(|| format!("表中的项目编码“{own}”与项目清单的“{due}”不同，请核实。"))
}

/// The same of another year.
fn other_year(cluster: &Cluster, named: &Named) -> Option<String> {
    cluster.due?;
    let due = cluster.members.first()?;
    let undated = |named: &Named| Named { year: None, ..named.clone() };
    let (own, year) = (named.year?, due.year?);
    let same = undated(due).is_called_as(&undated(named)) && due.agencies(named) >= Some(Likeness::Alike);
    (same && own != year)
        .then(|| format!("清单上的同名项目是{year}年度的，表中是{own}年度，没有算作同一个项目，请核实。"))
}

fn years_agree(a: &Named, b: &Named) -> bool {
    let year = |named: &Named| named.year.or_else(|| named.key().and_then(|(_, year)| year));
    year(a).zip(year(b)).is_none_or(|(a, b)| a == b)
}
