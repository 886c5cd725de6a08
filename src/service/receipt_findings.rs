//! What a receipt says of findings, each with what became of it since the return that is answered.

use crate::base::push_line as line;
use crate::issue::Fate;
use crate::model::{FindingId, Severity};
use crate::output::json::{FindingLine, Report};

/// Findings that a receipt names; all of them are in the workbook.
pub(super) const MAX_NAMED: usize = 60;

/// What became of the findings of the return that is answered: how many, and which are there no more.
pub(super) fn answers(text: &mut String, report: &Report) {
    let Some(answers) = &report.answers else { return };
    line(text, &answers.message);
    for settled in answers.settled.iter().take(MAX_NAMED) {
        let state = Fate::of_word(settled.state).map(Fate::name).unwrap_or_default();
        line(text, &format!("  [{state}] {}  {}", settled.object, settled.message));
    }
    more(text, answers.settled.len(), MAX_NAMED, "问题清单");
}

/// What became of scores that a person typed first, then the errors.
pub(super) fn findings(report: &Report) -> String {
    let mut text = String::new();
    // Of what is only said, that a form is not scored is what its sender asks for first.
    let named = |f: &&FindingLine| {
        f.severity != Severity::Info || f.id == FindingId::FormNotScored || f.id.is_about_override()
    };
    let mut sorted: Vec<_> = report.findings.iter().filter(named).collect();
    sorted.sort_by_key(|finding| (!finding.id.is_about_override(), finding.severity));
    for (number, finding) in (1_u32..).zip(sorted.iter().take(MAX_NAMED)) {
        let cell = finding.cell.as_ref().map(|cell| format!("{}  ", cell.spoken())).unwrap_or_default();
        let state = finding.state.and_then(Fate::of_word);
        let state = state.map(|state| format!("（{}）", state.name())).unwrap_or_default();
        line(
            &mut text,
            &format!("  {number}. [{}] {cell}{}{state}", finding.severity.name(), finding.message),
        );
        line(&mut text, &format!("     怎么办：{}", finding.remedy));
    }
    more(&mut text, sorted.len(), MAX_NAMED, "问题清单");
    text
}

/// How many more there are than were named, and where.
pub(super) fn more(text: &mut String, all: usize, shown: usize, sheet: &str) {
    if all > shown {
        line(text, &format!("  其余 {} 项见结果工作簿的“{sheet}”。", all.saturating_sub(shown)));
    }
}
