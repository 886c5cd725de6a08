//! The reference of findings (`docs/findings.md`, `jixiao explain`), generated from the catalogue.

use std::fmt::Write as _;

use crate::mapping::profiles;
use crate::model::{CheckRule, FindingId, Severity};

/// `docs/findings.md`, whole.
pub fn findings() -> String {
    let mut text = String::from(
        "# Findings\n\nEvery fault that jixiao reports, generated from the catalogue in `src/model/finding/`; do not edit.\n\
         `jixiao explain ID` prints one entry in Chinese.\n\n| id | severity | title |\n|---|---|---|\n",
    );
    for id in FindingId::ALL {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| [`{0}`](#{0}) | {1} | {2} |", id.id(), severity(*id), id.title());
    }
    for id in FindingId::ALL {
        let _ = write!(
            text,
            "\n## {}\n\n**{}** · {} · {}\n\n{}\n\n{}\n\nRemedy: {}\n\n{}Source: {}\n{}",
            id.id(),
            severity(*id),
            id.matter().name(),
            id.title(),
            id.doc().replace("\n ", "\n"),
            id.meaning(),
            id.remedy(),
            id.for_operator().map(|words| format!("Operator: {words}\n\n")).unwrap_or_default(),
            id.source(),
            settings(*id)
        );
    }
    text
}

fn severity(id: FindingId) -> &'static str {
    word(id.severity())
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// What the profiles make of a check, and its limits; nothing where it cannot be set.
fn settings(id: FindingId) -> String {
    let Some(means) = profiles::limits().get(&id) else { return String::new() };
    let of_profile = |(name, rule): (&str, &CheckRule)| {
        let limits: Vec<String> = rule.limits.iter().map(ToString::to_string).collect();
        let limits = if limits.is_empty() { String::new() } else { format!(" [{}]", limits.join(", ")) };
        let on = if rule.on { word(rule.severity) } else { "off" };
        format!("`{name}` {on}{limits}")
    };
    let profiles: Vec<String> = profiles::of(id).map(of_profile).collect();
    let mut text = format!("\nProfiles: {}\n", profiles.join(" · "));
    if !means.is_empty() {
        let _ = writeln!(text, "\nLimits: {}", means.join("；"));
    }
    text
}

/// The limits of a check, each with its default, for clerks; nothing where it has none.
fn limits(id: FindingId) -> String {
    let means = profiles::limits().get(&id).map(Vec::as_slice).unwrap_or_default();
    let national = profiles::of(id).next().map(|(_, rule)| rule.limits.as_slice()).unwrap_or_default();
    let limits: Vec<String> =
        means.iter().zip(national).map(|(meaning, limit)| format!("{meaning}：{limit}")).collect();
    if limits.is_empty() { String::new() } else { format!("限度：{}。\n", limits.join("；")) }
}

/// One finding as `jixiao explain` prints it, for clerks: all of it in Chinese.
pub fn explain(id: FindingId) -> String {
    format!(
        "{}（{}，{}，{}）\n\n含义：{}\n怎么办：{}\n{}依据：{}\n{}",
        id.title(),
        id.severity().name(),
        id.matter().name(),
        id.id(),
        id.meaning(),
        id.remedy(),
        id.for_operator().map(|words| format!("系统管理员：{words}\n")).unwrap_or_default(),
        id.source(),
        limits(id)
    )
}
