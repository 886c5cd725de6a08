//! The reference of findings (`docs/findings.md`, `jixiao explain`), generated from the catalogue.

use std::fmt::Write as _;

use crate::model::FindingId;

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
            "\n## {}\n\n**{}** · {} · {}\n\n{}\n\n{}\n\nRemedy: {}\n\n{}Source: {}\n",
            id.id(),
            severity(*id),
            id.matter().name(),
            id.title(),
            id.doc().replace("\n ", "\n"),
            id.meaning(),
            id.remedy(),
            id.for_operator().map(|words| format!("Operator: {words}\n\n")).unwrap_or_default(),
            id.source()
        );
    }
    text
}

fn severity(id: FindingId) -> &'static str {
    match id.severity() {
        crate::model::Severity::Error => "error",
        crate::model::Severity::Warning => "warning",
        crate::model::Severity::Info => "info",
    }
}

/// One finding as `jixiao explain` prints it, for clerks: all of it in Chinese.
pub fn explain(id: FindingId) -> String {
    format!(
        "{}（{}，{}，{}）\n\n含义：{}\n怎么办：{}\n{}依据：{}\n",
        id.title(),
        id.severity().name(),
        id.matter().name(),
        id.id(),
        id.meaning(),
        id.remedy(),
        id.for_operator().map(|words| format!("系统管理员：{words}\n")).unwrap_or_default(),
        id.source()
    )
}
