//! Profiles: which checks are wanted, how grave what they find is, and their limits. They are data (`mappings/profiles`);
//! a mapping or an installation takes one and changes single checks of it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use toml::Spanned;

use super::checked::{CheckChange, Checks};
use super::file::{self, CheckRule};
use super::tables::tables;
use super::toml_read::{FaultKind, Faults, MappingFault, document, nearest};
use super::words::Level;
use crate::base::Number;
use crate::model::{CheckRule as Rule, FindingId, Severity};

/// The profile that holds where none is named: every check that can be set stands in it.
pub const NATIONAL: &str = "national";

/// The profiles by name, each after the one that it builds on.
const SHIPPED: &[(&str, &str)] = &[
    (NATIONAL, include_str!("../../mappings/profiles/national.toml")),
    ("strict", include_str!("../../mappings/profiles/strict.toml")),
    ("sichuan", include_str!("../../mappings/profiles/sichuan.toml")),
    ("pidu", include_str!("../../mappings/profiles/pidu.toml")),
];

tables! {
    /// 一套取舍。
    Profile {
        /// 它是谁的。
        title: Spanned<String> [required],
        /// 在哪一套的基础上；不写的，在 national 的基础上。
        extends: Spanned<String>,
        /// 各项检查。
        set: Vec<ProfileRule>,
    }

    /// 一项检查。
    ProfileRule {
        /// 检查（问题编号）。
        check: Spanned<String> [required],
        /// 要不要，默认要。
        on: Spanned<bool>,
        /// 多严重，默认同问题目录。
        severity: Spanned<Level>,
        /// 限度。
        limits: Vec<Spanned<Number>>,
        /// 各个限度的意思，只写在 national 中。
        means: Vec<Spanned<String>>,
    }
}

/// The shipped profiles, read.
struct Shipped {
    profiles: BTreeMap<&'static str, BTreeMap<FindingId, Rule>>,
    means: BTreeMap<FindingId, Vec<String>>,
    faults: Vec<MappingFault>,
}

static READ: LazyLock<Shipped> = LazyLock::new(|| {
    let mut all = Shipped { profiles: BTreeMap::new(), means: BTreeMap::new(), faults: Vec::new() };
    for (name, text) in SHIPPED {
        let mut faults = Faults::new(name, text);
        let typed = document(text, &mut faults, Profile::from_table);
        let extends = typed.extends.as_ref().map_or(NATIONAL, |name| name.get_ref().as_str());
        let mut rules = all.profiles.get(extends).cloned().unwrap_or_default();
        for rule in typed.set.iter().flatten() {
            let means: Vec<String> = rule.means.iter().flatten().map(|text| text.get_ref().clone()).collect();
            let plain = CheckRule {
                span: rule.span.clone(),
                check: rule.check.clone(),
                on: rule.on.clone(),
                severity: rule.severity.clone(),
                limits: rule.limits.clone(),
            };
            let Some(id) = known(plain.check.as_ref(), FindingId::ALL, &mut faults) else { continue };
            if *name == NATIONAL {
                let limits = plain.limits.as_ref().map_or(0, Vec::len);
                let none = Rule { on: true, severity: id.severity(), limits: vec![Number::ZERO; limits] };
                rules.insert(id, none);
                if means.len() != limits {
                    faults.add(FaultKind::Conflict, rule.span.clone(), "每个限度要写一个意思", "");
                }
                all.means.insert(id, means);
            }
            if let Some(change) = change(id, &plain, &rules, &mut faults) {
                apply(id, &change, &mut rules);
            }
        }
        all.profiles.insert(name, rules);
        all.faults.extend(faults.into_sorted());
    }
    all
});

/// What is wrong with the shipped profiles: nothing, as a test holds.
pub fn faults() -> &'static [MappingFault] {
    &READ.faults
}

/// The checks that profiles set, with the meanings of their limits.
pub fn limits() -> &'static BTreeMap<FindingId, Vec<String>> {
    &READ.means
}

/// What the profiles rule of a check, by their names, in their order.
pub fn of(id: FindingId) -> impl Iterator<Item = (&'static str, &'static Rule)> {
    SHIPPED.iter().filter_map(move |(name, _)| Some((*name, READ.profiles.get(name)?.get(&id)?)))
}

/// The checks as a case has them: those of the profile that is said, with what is changed of them.
pub fn rules(said: &Checks) -> BTreeMap<FindingId, Rule> {
    let name = said.profile.as_deref().unwrap_or(NATIONAL);
    let mut rules = READ.profiles.get(name).cloned().unwrap_or_default();
    for (id, change) in &said.set {
        apply(*id, change, &mut rules);
    }
    rules
}

/// Puts what a mapping or a settings file says of profile and checks to what it extends.
pub(super) fn resolve(typed: &file::Checks, to: &mut Checks, faults: &mut Faults) {
    if let Some(name) = &typed.profile {
        let known = || SHIPPED.iter().map(|(name, _)| *name);
        if known().any(|have| have == name.get_ref()) {
            to.profile = Some(name.get_ref().clone());
        } else {
            let names: Vec<&str> = known().collect();
            faults.add(
                FaultKind::UnknownWord,
                name.span(),
                format!("没有名为“{}”的取舍", name.get_ref()),
                format!("可以写：{}。", names.join("、")),
            );
        }
    }
    let Some(national) = READ.profiles.get(NATIONAL) else { return };
    let ids: Vec<FindingId> = national.keys().copied().collect();
    for rule in typed.set.iter().flatten() {
        let Some(id) = known(rule.check.as_ref(), &ids, faults) else { continue };
        if let Some(change) = change(id, rule, national, faults) {
            let lower = to.set.remove(&id).unwrap_or_default();
            to.set.insert(id, change.over(lower));
        }
    }
}

/// The check of this id, which must be one of these.
fn known(check: Option<&Spanned<String>>, ids: &[FindingId], faults: &mut Faults) -> Option<FindingId> {
    let check = check?;
    let found = FindingId::named(check.get_ref()).filter(|id| ids.contains(id));
    if found.is_none() {
        let near = nearest(check.get_ref(), ids.iter().map(|id| id.id()));
        faults.add(
            FaultKind::UnknownWord,
            check.span(),
            format!("没有编号为“{}”而可以调整的检查", check.get_ref()),
            near.map_or_else(String::new, |near| format!("是否要写“{near}”？")),
        );
    }
    found
}

/// What a rule says, where it has as many limits as the check.
fn change(
    id: FindingId,
    rule: &CheckRule,
    rules: &BTreeMap<FindingId, Rule>,
    faults: &mut Faults,
) -> Option<CheckChange> {
    let wanted = rules.get(&id).map_or(0, |rule| rule.limits.len());
    let limits: Option<Vec<Number>> =
        rule.limits.as_ref().map(|limits| limits.iter().map(|limit| *limit.get_ref()).collect());
    if limits.as_ref().is_some_and(|limits| limits.len() != wanted) {
        faults.add(
            FaultKind::Conflict,
            rule.span.clone(),
            format!("“{}”的 limits 要写 {wanted} 个数", id.id()),
            "各个数的意思见 docs/findings.md。",
        );
        return None;
    }
    let severity = rule.severity.as_ref().map(|level| match level.get_ref() {
        Level::Error => Severity::Error,
        Level::Warning => Severity::Warning,
        Level::Info => Severity::Info,
    });
    Some(CheckChange { on: rule.on.as_ref().map(|on| *on.get_ref()), severity, limits })
}

fn apply(id: FindingId, change: &CheckChange, rules: &mut BTreeMap<FindingId, Rule>) {
    let Some(rule) = rules.get_mut(&id) else { return };
    rule.on = change.on.unwrap_or(rule.on);
    rule.severity = change.severity.unwrap_or(rule.severity);
    if let Some(limits) = &change.limits {
        rule.limits.clone_from(limits);
    }
}
