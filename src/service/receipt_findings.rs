//! What a receipt says of findings, each with what became of it since the return that is answered.

use crate::base::push_line as line;
use crate::issue::Fate;
use crate::model::{FindingId, Matter, Reader, Severity};
use crate::output::json::{ItemLine, Report};

/// Findings that a receipt names; all of them are in the workbook.
pub(super) const MAX_NAMED: usize = 60;

/// What became of the findings of the return that is answered: how many, and which are there no more.
pub(super) fn answers(text: &mut String, report: &Report) {
    let Some(answers) = &report.answers else { return };
    line(text, &answers.message);
    for settled in answers.settled.iter().take(MAX_NAMED) {
        let state = Fate::of_word(settled.state).map(Fate::name).unwrap_or_default();
        line(text, &format!("  [{state}] {}  {}", settled.object, settled.message.replace('\n', "")));
    }
    more(text, answers.settled.len(), MAX_NAMED, "问题清单");
}

/// What became of scores that a person typed first, then the errors.
pub(super) fn findings(report: &Report) -> String {
    let mut text = String::new();
    // Of what is only said, that a form is not scored is what its sender asks for first. The bureau's own doubts are nobody
    // else's to read; what is wrong is said to whoever sent it.
    let of_person = |id: FindingId| matches!(id.matter(), Matter::Review | Matter::Operation);
    let doubts = |item: &&ItemLine| {
        item.severity == Severity::Warning && item.reader == Reader::Bureau && !of_person(item.id)
    };
    let named = |item: &&ItemLine| {
        item.id == FindingId::FormNotScored
            || item.about_override
            || item.severity != Severity::Info && !doubts(item)
    };
    let mut sorted: Vec<_> = report.items.iter().filter(named).collect();
    sorted.sort_by_key(|item| (!item.about_override, item.severity));
    for (number, item) in (1_u32..).zip(sorted.iter().take(MAX_NAMED)) {
        let place = item.place.as_ref().map(|place| format!("{place}  ")).unwrap_or_default();
        let state = item.fate.map(|fate| format!("（{}）", fate.name())).unwrap_or_default();
        line(&mut text, &format!("  {number}. [{}] {place}{}{state}", item.severity.name(), item.message));
        line(&mut text, &format!("     怎么办：{}", item.remedy));
    }
    more(&mut text, sorted.len(), MAX_NAMED, "问题清单");
    let doubted = report.items.iter().filter(|item| !named(item) && doubts(item)).count();
    if doubted > 0 {
        line(&mut text, &format!("  另有提醒 {doubted} 个由财政部门处理，见结果工作簿的“复核事项”。"));
    }
    let left: Vec<&ItemLine> =
        report.items.iter().filter(|item| !named(item) && item.severity == Severity::Info).collect();
    if !left.is_empty() {
        // What is the bureau's own matter stands on a sheet of its own.
        let on = |reader: Reader| left.iter().any(|item| item.reader == reader);
        let sheets = match (on(Reader::Agency), on(Reader::Bureau)) {
            (true, true) => "“问题清单”和“复核事项”",
            (false, true) => "“复核事项”",
            _ => "“问题清单”",
        };
        let hints = left.len();
        line(
            &mut text,
            &format!("  提示 {hints} 个不影响得分，没有逐个列出，处理意见见结果工作簿的{sheets}。"),
        );
    }
    text
}

/// How many more there are than were named, and where.
pub(super) fn more(text: &mut String, all: usize, shown: usize, sheet: &str) {
    if all > shown {
        line(text, &format!("  其余 {} 项见结果工作簿的“{sheet}”。", all.saturating_sub(shown)));
    }
}
