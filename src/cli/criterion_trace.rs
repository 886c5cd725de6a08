//! `jixiao criterion --trace`: how a criterion is read, step by step.

use crate::criterion::{Attempt, Context, trace};

/// The steps in which the text was read. What became of it is told apart from them.
pub(super) fn lines(text: &str, context: &Context) -> Vec<String> {
    let traced = trace(text, context);
    let mut shown = Vec::new();
    of_attempts(&traced.attempts, &mut shown);
    shown
}

/// Ways of reading one text.
fn of_attempts(attempts: &[Attempt], shown: &mut Vec<String>) {
    let several = attempts.len() > 1;
    for (number, attempt) in (1_u32..).zip(attempts) {
        let which = if several { format!("第{number}次，") } else { String::new() };
        shown.push(format!("{which}读作{}", attempt.how));
        of_attempt(attempt, shown);
    }
}

/// The parts of a text, each with the ways in which it was read.
fn of_parts(parts: &[Attempt], shown: &mut Vec<String>) {
    for (number, part) in (1_u32..).zip(parts) {
        let of = if part.of.is_empty() { String::new() } else { format!("（{}）", part.of) };
        let unclear = if part.unclear { "，没有读懂" } else { "" };
        shown.push(format!("  {}{number}{of}{unclear}：{}", part.how, part.text.replace('\n', "⏎")));
        let mut inside = Vec::new();
        of_attempts(&part.parts, &mut inside);
        shown.extend(inside.into_iter().map(|line| format!("    {line}")));
    }
}

fn of_attempt(attempt: &Attempt, shown: &mut Vec<String>) {
    shown.push(format!("  文字：{}", attempt.text.replace('\n', "⏎")));
    list("分段", attempt.segments.iter().cloned(), shown);
    let clauses = attempt.clauses.iter();
    list("分句", clauses.map(|c| format!("{} → {}（{}）", c.words, c.kind, c.yields)), shown);
    if let Some(unread) = &attempt.unread {
        shown.push(format!("  从这里看不懂：{unread}"));
    }
    list("读到的", attempt.collected.iter().cloned(), shown);
    if !attempt.passes.is_empty() {
        shown.push("  逐步确定".to_owned());
    }
    for (number, pass) in (1_u32..).zip(&attempt.passes) {
        shown.push(format!("    {number}. {}（{}）", pass.name, pass.why_here));
        shown.extend(pass.before.iter().map(|line| format!("       原：{line}")));
        shown.extend(pass.after.iter().map(|line| format!("       今：{line}")));
        if pass.before.is_empty() && pass.after.is_empty() {
            shown.push("       文字不变".to_owned());
        }
    }
    if let Some(pass) = attempt.refused_at {
        shown.push(format!("  到这一步不能确定：{pass}"));
    }
    let (before, after) = &attempt.reworded;
    shown.extend(before.iter().map(|words| format!("  原：{words}")));
    shown.extend(after.iter().map(|words| format!("  今：{words}")));
    of_parts(&attempt.parts, shown);
}

fn list(title: &str, lines: impl Iterator<Item = String>, shown: &mut Vec<String>) {
    let mut numbered = (1_u32..).zip(lines).map(|(number, line)| format!("    {number}. {line}")).peekable();
    if numbered.peek().is_some() {
        shown.push(format!("  {title}"));
        shown.extend(numbered);
    }
}
