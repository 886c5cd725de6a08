//! Which earlier return a case answers: the one whose signed record is in its file, the one that the person who runs the
//! program names, or the latest one of the same project that the register has by the same door.

use std::io::{Read, Seek};

use serde::{Deserialize, Serialize};

use super::{CaseOutcome, Settings, Source, files};
use crate::base::{Error, Result};
use crate::issue::{Answered, Before, Way};
use crate::model::{Finding, FindingId, Project};
use crate::returned::{Earlier, Judgements, Reply, Source as Recorded};

/// A return that may be answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prior {
    /// 项目名称.
    pub project: Option<String>,
    /// 主管部门.
    pub agency: Option<String>,
    /// The year.
    pub year: Option<i16>,
    /// Whether it came in as the submission did. What came in otherwise is named to the operator, and held against nothing.
    pub is_owned: bool,
    /// What was found in it.
    pub before: Before,
    /// What persons wrote on our sheets of it: who names the return has it in hand.
    #[serde(skip)]
    pub replies: Vec<Reply>,
    /// What a reviewer filled in on its 审核表.
    #[serde(skip)]
    pub judgements: Option<Judgements>,
}

impl Prior {
    /// Whether it is about a project: the name, and agency and year where both say them.
    fn is_of(&self, project: &Project) -> bool {
        let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let plain = |text: &Option<String>| text.as_deref().map(plain);
        let agencies = plain(&self.agency).zip(plain(&project.agency));
        let years = self.year.zip(project.year);
        plain(&self.project) == plain(&project.name)
            && agencies.is_none_or(|(then, now)| then == now)
            && years.is_none_or(|(then, now)| then == now)
    }
}

/// What a workbook that we returned says of itself, for holding what answers it against it.
pub fn prior<R: Read + Seek + Send>(source: &mut Source<R>, settings: &Settings) -> Result<Vec<Prior>> {
    let name = source.name.clone();
    let opened = files::open(std::slice::from_mut(source), settings, &[])?;
    let earlier = opened.first().map(|file| &file.earlier);
    let proved = |earlier: &&Earlier| earlier.source.as_ref().is_some_and(Recorded::is_believed);
    let Some(earlier) = earlier.filter(proved) else {
        let message = format!("“{name}”不是本软件返回的文件，或者其中的返回记录没有可信的签名。");
        return Err(Error::usage(message, "请用 --answers 指定上次返回、没有另存为其他格式的文件。"));
    };
    let projects = earlier.source.iter().flat_map(|source| &source.about.projects).enumerate();
    let prior = |(case, project): (usize, &Project)| {
        let before = Before { way: Way::Told, name: Some(name.clone()), ..earlier.before(case)? };
        let (project, agency, year) = (project.name.clone(), project.agency.clone(), project.year);
        let given = &earlier.given;
        let (replies, judgements) = (given.replies.clone(), given.judgements.get(&case).cloned());
        Some(Prior { project, agency, year, is_owned: true, before, replies, judgements })
    };
    let priors: Vec<Prior> = projects.filter_map(prior).collect();
    if priors.is_empty() {
        let message = format!("“{name}”是较早版本的软件返回的，没有记下当时的问题。");
        return Err(Error::usage(message, "请人工核对整改情况；本次返回的文件下次可以自动核对。"));
    }
    Ok(priors)
}

/// Holds a case against the return that it answers, if one is known.
pub(super) fn hold(
    outcome: &mut CaseOutcome,
    number: usize,
    earlier: &Earlier,
    settings: &Settings,
    only: bool,
) {
    let priors = || settings.priors.iter().filter(|prior| prior.is_of(&outcome.case.project));
    let told = priors().find(|prior| prior.before.way == Way::Told);
    // One return and one case: who names the return says that it is the same, whatever it is called now.
    let told = told.or_else(|| match settings.priors.as_slice() {
        [named] if only && named.before.way == Way::Told => Some(named),
        _ => None,
    });
    outcome.replies.clone_from(&earlier.given.replies);
    outcome.judgements = earlier.given.judgements.get(&number).cloned();
    if let Some(prior) = told {
        let more = prior.replies.iter().filter(|reply| !earlier.given.replies.contains(reply));
        outcome.replies.extend(more.cloned());
        outcome.judgements = outcome.judgements.take().or_else(|| prior.judgements.clone());
    }
    let recorded = || earlier.before(number);
    let registered = || priors().find(|prior| prior.is_owned).map(|prior| prior.before.clone());
    let before = told.map(|prior| prior.before.clone()).or_else(recorded).or_else(registered);
    let strange = priors().find(|prior| !prior.is_owned).filter(|_| before.is_none());
    if let Some(prior) = strange {
        let name = prior.before.name.as_deref().unwrap_or_default();
        let message =
            format!("登记中有同一项目的返回件“{name}”，但收件的渠道与本次不同，没有当作对它的重新报送。");
        outcome.findings.push(Finding::new(FindingId::PossibleResubmission, None, message));
        outcome.findings = crate::check::in_order(&outcome.case, std::mem::take(&mut outcome.findings));
    }
    outcome.answered = before.map(|before| Answered::new(before, &outcome.case, &outcome.findings));
}
