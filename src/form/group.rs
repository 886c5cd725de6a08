//! Which forms are of one project: each scored form is a case, the others join the one that they name.

use std::collections::BTreeSet;

use super::reading::{Content, Reading, shape};
use crate::base::SheetId;
use crate::mapping::title::normalise;
use crate::model::{Finding, FindingId};

/// Characters of an account's name that may stand for a project's longer one.
const MIN_ACCOUNT_CHARS: usize = 4;

/// The readings of one project.
pub(super) struct Group {
    pub readings: Vec<Reading>,
    pub findings: Vec<Finding>,
}

/// The readings by project. Forms that are not scored are only named: with their project's case, else in the case of
/// their file, else in the first.
pub(super) fn group(readings: Vec<Reading>) -> Vec<Group> {
    let (asides, readings): (Vec<Reading>, Vec<Reading>) =
        readings.into_iter().partition(|reading| matches!(reading.content, Content::Aside(..)));
    if readings.is_empty() {
        return vec![Group { readings: asides, findings: Vec::new() }];
    }
    let mut groups = of_projects(readings);
    for aside in asides {
        let own = aside.project_key();
        let same = |reading: &Reading| own.is_some() && reading.project_key() == own;
        let beside = |reading: &Reading| reading.sheet.file == aside.sheet.file;
        let named = groups.iter().position(|group| group.readings.iter().any(same));
        let group_of = named.or_else(|| groups.iter().position(|group| group.readings.iter().any(beside)));
        if let Some(group) = groups.get_mut(group_of.unwrap_or(0)) {
            group.readings.push(aside);
        }
    }
    groups
}

/// Each scored form is a case of its own; without one, each declaration. The others join the case whose
/// project they name, or the only one.
fn of_projects(mut readings: Vec<Reading>) -> Vec<Group> {
    name_by_each_other(&mut readings);
    let scored = readings.iter().any(|reading| matches!(reading.content, Content::Score(_)));
    let declared = readings.iter().any(|reading| matches!(reading.content, Content::Declaration(_)));
    let is_core = |reading: &Reading| match reading.content {
        Content::Score(_) => true,
        Content::Declaration(_) => !scored,
        _ => !scored && !declared,
    };
    if !scored && !declared {
        // Only ledgers, surveys or summaries: one case holds them all.
        return vec![Group { readings, findings: Vec::new() }];
    }
    let cores: Vec<Core> = readings.iter().filter(|reading| is_core(reading)).map(Core::new).collect();
    let mut groups: Vec<Group> =
        cores.iter().map(|_| Group { readings: Vec::new(), findings: Vec::new() }).collect();
    let mut all_homes: Vec<Homes> = readings.iter().map(|reading| homes(reading, &cores)).collect();
    keep_sheets_whole(&readings, &mut all_homes);
    let mut lone: Vec<(Reading, Vec<usize>)> = Vec::new();
    let mut core = 0_usize;
    for (reading, homes) in readings.into_iter().zip(all_homes) {
        if is_core(&reading) {
            if let Some(group) = groups.get_mut(core) {
                group.readings.push(reading);
            }
            core = core.saturating_add(1);
            continue;
        }
        match homes {
            Homes::These(homes) => {
                for group_of in homes {
                    if let Some(group) = groups.get_mut(group_of) {
                        group.readings.push(reading.clone());
                    }
                }
            }
            Homes::OneOf(projects) => lone.push((reading, projects)),
        }
    }
    let mut said: BTreeSet<String> = BTreeSet::new();
    let mut declared = lone.iter().filter(|(one, _)| matches!(one.content, Content::Declaration(_)));
    if let (Some((one, _)), None, [core], [group]) =
        (declared.next(), declared.next(), cores.as_slice(), groups.as_mut_slice())
    {
        group.findings.extend(asked(core, one));
    }
    for (reading, projects) in lone {
        if matches!(reading.content, Content::Declaration(_)) {
            groups.push(Group { readings: vec![reading], findings: Vec::new() });
            continue;
        }
        let message = if projects.is_empty() {
            format!("“{}”没有写明属于哪个项目，没有采用。", reading.sheet)
        } else {
            let names = projects.iter().filter_map(|core| cores.get(*core)?.key.as_deref());
            let names: BTreeSet<String> = names.map(|name| format!("“{name}”")).collect();
            let names: Vec<String> = names.into_iter().collect();
            let names = names.join("、");
            format!("“{}”里有几个项目（{names}）的账，分不清哪些分录属于哪个项目，没有采用。", reading.sheet)
        };
        // Parts of one sheet are said once.
        if !said.insert(message.clone()) {
            continue;
        }
        let finding = Finding::new(FindingId::FormWithoutProject, Some(reading.at.clone()), message);
        // Each project that it may be about is told.
        let told = if projects.is_empty() { vec![0] } else { projects };
        for group_of in told {
            if let Some(group) = groups.get_mut(group_of) {
                group.findings.push(finding.clone());
            }
        }
    }
    groups
}

/// A form without a project's name whose title holds the name that another form states has that name.
fn name_by_each_other(readings: &mut [Reading]) {
    let known: Vec<(String, String)> = readings
        .iter()
        .filter_map(|reading| {
            let name = reading.project.clone()?;
            Some((normalise(&name), name))
        })
        .collect();
    for reading in readings.iter_mut().filter(|reading| reading.project.is_none()) {
        let title = normalise(&reading.title);
        let held =
            known.iter().filter(|(key, _)| title.contains(key.as_str())).max_by_key(|(key, _)| key.len());
        reading.project = held.map(|(_, name)| name.clone()).or_else(|| reading.project_in_title.clone());
    }
}

/// A form that is a case of its own.
struct Core {
    /// Its project's name for comparing.
    key: Option<String>,
    sheet: SheetId,
    /// Its project's name as the form states it.
    name: Option<String>,
    agency: Option<String>,
    unit: Option<String>,
    year: Option<i16>,
}

impl Core {
    fn new(reading: &Reading) -> Self {
        Self {
            key: reading.project_key(),
            sheet: reading.sheet.clone(),
            name: reading.project.clone(),
            agency: reading.agency.clone(),
            unit: reading.unit.clone(),
            year: reading.year,
        }
    }

    /// Whether a form may be of the same project, by whose it is and of which year.
    fn may_be_of(&self, reading: &Reading) -> bool {
        let agree = |own: &Option<String>, other: &Option<String>| {
            let both = own.as_deref().map(normalise).zip(other.as_deref().map(normalise));
            // One may have its code before it, or say its county.
            both.is_none_or(|(own, other)| own.contains(&other) || other.contains(&own))
        };
        agree(&self.agency, &reading.agency)
            && agree(&self.unit, &reading.unit)
            && self.year.zip(reading.year).is_none_or(|(own, other)| own == other)
    }

    /// Whether its name differs in no more than signs, and it may be of the same project.
    fn is_near(&self, reading: &Reading) -> bool {
        let shapes = self.name.as_deref().map(shape).zip(reading.project.as_deref().map(shape));
        shapes.is_some_and(|(own, other)| !own.is_empty() && own == other) && self.may_be_of(reading)
    }
}

/// What is asked where one scored form and one declaration of the same agency and year lie together under other names: nobody
/// has held them against each other.
fn asked(core: &Core, declared: &Reading) -> Option<Finding> {
    let (own, other) = (core.name.as_deref()?, declared.project.as_deref()?);
    let message = format!(
        "“{}”的项目名称是“{other}”，与“{}”的“{own}”不同，两张表没有对照。请确认是不是同一个项目；是的，请将名称改为一致后重新提交。",
        declared.sheet, core.sheet
    );
    let asks = core.may_be_of(declared);
    asks.then(|| Finding::new(FindingId::ProjectNameDiffers, Some(declared.at.clone()), message))
}

impl Core {
    fn is_called(&self, name: &str) -> bool {
        self.key.as_deref() == Some(name)
    }
}

/// Where a form belongs.
enum Homes {
    /// To these cores.
    These(Vec<usize>),
    /// Nobody knows; to one of these, or to any where none is named.
    OneOf(Vec<usize>),
}

/// The cores that a reading belongs to.
fn homes(reading: &Reading, cores: &[Core]) -> Homes {
    let those = |test: &dyn Fn(&Core) -> bool| -> Vec<usize> {
        cores.iter().enumerate().filter(|(_, core)| test(core)).map(|(i, _)| i).collect()
    };
    let own = reading.project_key();
    if let Some(own) = &own {
        let same = those(&|core| core.is_called(own));
        if !same.is_empty() {
            return Homes::These(same);
        }
        let near = those(&|core| core.is_near(reading));
        if near.len() == 1 {
            return Homes::These(near);
        }
        // A shortened name holds or is held by the full one.
        let like = those(&|core| {
            core.key.as_ref().is_some_and(|key| key.contains(own.as_str()) || own.contains(key.as_str()))
        });
        if like.len() == 1 {
            return Homes::These(like);
        }
    }
    // What a title was taken to say is no name of a project where no form has it.
    let nameless = own.is_none() || reading.project == reading.project_in_title;
    if nameless {
        let named = named_by_accounts(&reading.account_lines, cores);
        match named.len() {
            0 => {}
            1 => return Homes::These(those(&|core| named.iter().any(|name| core.is_called(name)))),
            _ => return Homes::OneOf(those(&|core| named.iter().any(|name| core.is_called(name)))),
        }
    }
    let only = cores.len() == 1;
    let named_apart = own.is_some() && cores.first().is_some_and(|core| core.key.is_some());
    if only && !(named_apart && matches!(reading.content, Content::Declaration(_))) {
        return Homes::These(vec![0]);
    }
    if own.is_none() {
        // It belongs to the form in the same sheet, or to the only one in the same file, as it would were that given alone.
        let here = those(&|core| core.sheet == reading.sheet);
        let beside = those(&|core| core.sheet.file == reading.sheet.file);
        if let Some(group_of) = [here, beside].into_iter().find(|found| found.len() == 1) {
            return Homes::These(group_of);
        }
    }
    Homes::OneOf(Vec::new())
}

/// A ledger's rows go on to the end of its sheet, so that tables of several projects in one sheet cannot be told apart.
fn keep_sheets_whole(readings: &[Reading], all: &mut [Homes]) {
    let is_ledger = |reading: &Reading| matches!(reading.content, Content::Ledger(_));
    for one in readings.iter().filter(|reading| is_ledger(reading)) {
        let beside = |reading: &Reading| is_ledger(reading) && reading.sheet == one.sheet;
        let homes = || readings.iter().zip(all.iter()).filter(|(reading, _)| beside(reading));
        let mut sets: Vec<&Vec<usize>> = homes()
            .map(|(_, homes)| match homes {
                Homes::These(homes) | Homes::OneOf(homes) => homes,
            })
            // A page that names nobody goes on with the one before.
            .filter(|homes| !homes.is_empty())
            .collect();
        sets.sort();
        sets.dedup();
        if sets.len() < 2 {
            continue;
        }
        let any: BTreeSet<usize> = sets.into_iter().flatten().copied().collect();
        let any: Vec<usize> = any.into_iter().collect();
        for (_, homes) in readings.iter().zip(all.iter_mut()).filter(|(reading, _)| beside(reading)) {
            *homes = Homes::OneOf(any.clone());
        }
    }
}

/// The projects that the account lines of a ledger name.
fn named_by_accounts<'c>(lines: &[String], cores: &'c [Core]) -> BTreeSet<&'c str> {
    let keys: BTreeSet<&str> = cores.iter().filter_map(|core| core.key.as_deref()).collect();
    lines.iter().flat_map(|line| named_by(line, &keys)).collect()
}

/// The projects that one account line names: whole, or by a shorter name that only one of them holds.
fn named_by<'c>(line: &str, keys: &BTreeSet<&'c str>) -> Vec<&'c str> {
    // Brackets and dashes do not count: 公路养护（二期） is 公路养护二期.
    let words = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let whole = words(line);
    let keys: Vec<(&str, String)> = keys.iter().map(|key| (*key, words(key))).collect();
    let held: Vec<&(&str, String)> =
        keys.iter().filter(|(_, key)| !key.is_empty() && whole.contains(key.as_str())).collect();
    if !held.is_empty() {
        // 公路养护 is part of 公路养护二期, which is named.
        let part = |key: &str| held.iter().any(|(_, other)| other != key && other.contains(key));
        return held.iter().filter(|(_, key)| !part(key)).map(|(name, _)| *name).collect();
    }
    let line = normalise(line);
    let last = words(line.rsplit(['/', '\\', '_']).next().unwrap_or(&line));
    let name = last.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let chars = name.chars().count();
    let long = |key: &str| chars.saturating_mul(2) >= key.chars().count();
    let longer = keys.iter().filter(|(_, key)| key.contains(name) && long(key));
    let longer: Vec<&str> = longer.map(|(name, _)| *name).collect();
    if chars >= MIN_ACCOUNT_CHARS && longer.len() == 1 { longer } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_line_names_a_project() {
        let keys = BTreeSet::from(["农村公路养护", "农村公路养护二期", "校舍维修改造工程"]);
        let named = |line: &str| named_by(line, &keys);
        assert_eq!(named("7201 农村公路养护"), ["农村公路养护"]);
        assert_eq!(named("7201.02 农村公路养护（二期）"), ["农村公路养护二期"]);
        assert_eq!(named("5001.01 业务活动费用/农村公路养护二期"), ["农村公路养护二期"]);
        assert_eq!(named("7201-03 校舍维修改造"), ["校舍维修改造工程"]);
        assert_eq!(named("7201 校舍"), [""; 0]);
        assert_eq!(named("7201 农村公路"), [""; 0]);
        assert_eq!(named("7201 办公费"), [""; 0]);
        assert_eq!(named("7201 农村公路养护、校舍维修改造工程").len(), 2);
    }
}
