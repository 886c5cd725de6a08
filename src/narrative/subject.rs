//! Who and what is evaluated, what was to be reached, and what the forms tell of it in words.

use super::{About, or_gap, seen, shown};
use crate::docx::Scope;
use crate::model::Goal;

/// Paragraphs of a project's description that are taken over.
const MAX_TOLD: usize = 60;

pub(super) fn add(of: &About<'_>, scope: &mut Scope) {
    let project = &of.case.project;
    let named = |name: &Option<String>| name.as_deref().map(seen).filter(|name| !name.is_empty());
    let agency = named(&project.agency);
    scope.set("项目名称", or_gap(named(&project.name), "项目名称"));
    scope.set("实施单位", or_gap(named(&project.unit).or_else(|| agency.clone()), "实施单位"));
    scope.set("主管部门", or_gap(agency, "主管部门"));
    scope.set("评价年度", or_gap(project.year.map(|year| year.to_string()), "评价年度"));
    scope.set("委托方", or_gap(of.bureau.map(seen), "委托方"));
    scope.set("总体目标", or_gap(goals(of, false), "总体目标"));
    scope.set("目标完成情况", or_gap(goals(of, true), "总体目标完成情况"));
    scope.set("概况", told(of));
}

/// The goals of the forms as they are written, or what came of them.
fn goals(of: &About<'_>, result: bool) -> Option<String> {
    let mut texts: Vec<String> = Vec::new();
    for goal in of.case.goals.iter().filter(|goal: &&Goal| goal.result == result) {
        // The declaration and the self-evaluation say the same goal.
        if let Some(text) = shown(Some(&goal.entry)).filter(|text| !texts.contains(text)) {
            texts.push(text);
        }
    }
    (!texts.is_empty()).then(|| texts.join("\n"))
}

/// Sentences of the sheets that hold no form.
fn told(of: &About<'_>) -> Vec<Scope> {
    let forms: Vec<_> = of.case.forms.iter().map(|form| &form.sheet).collect();
    let beside = of.case.statements.iter().filter(|statement| !forms.contains(&&statement.at.sheet));
    beside.take(MAX_TOLD).map(|statement| Scope::default().with("文字", seen(&statement.text))).collect()
}
