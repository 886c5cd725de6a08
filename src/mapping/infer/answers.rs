//! What people answered about titles, as mapping files: the same answers, to be kept and given to every run.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::section;
use super::write::quoted;
use crate::mapping::answered::Answered;
use crate::mapping::column::Column;
use crate::mapping::title::Pattern;
use crate::mapping::{FormTable, Mapping, Mappings};

/// One mapping file (name, text) for each mapping that an answer speaks of. Read with these files a form is read as with
/// [`Mappings::answered`]. An answer that names no mapping is an answer to all of them.
pub fn from_answers(answers: &[Answered], mappings: &Mappings) -> Vec<(String, String)> {
    let files = mappings.all().iter().filter_map(|mapping| {
        if !mapping.kind.is_form() {
            return None;
        }
        let own: Vec<&Answered> = answers
            .iter()
            .filter(|answer| answer.mapping.as_ref().is_none_or(|name| *name == mapping.name))
            .collect();
        let tables: Vec<String> = [FormTable::Main, FormTable::Budget, FormTable::Checklist]
            .into_iter()
            .map(|table| columns(mapping, table, &own))
            .filter(|text| !text.is_empty())
            .collect();
        (!tables.is_empty()).then(|| (format!("{}.toml", mapping.name), file(mapping, &tables)))
    });
    files.collect()
}

fn file(mapping: &Mapping, tables: &[String]) -> String {
    let name = quoted(&mapping.name);
    format!(
        "# 由 jixiao mapping infer 写成：{}的栏目，由人确认。\nschema = 1\nname = {name}\ntitle = {}\nkind = \"{}\"\n\
         # 只写人确认的栏目，其余与原来的 {} 相同\nextends = {name}\n{}",
        mapping.title,
        quoted(&mapping.title),
        mapping.kind.word(),
        mapping.name,
        tables.concat()
    )
}

/// The answers about one table. Where the mapping gives a title another meaning by what stands at its left, the answer
/// takes the place of that, too.
fn columns(mapping: &Mapping, table: FormTable, answers: &[&Answered]) -> String {
    // A form without such a table has no columns of it.
    if mapping.columns_of(table).is_empty() {
        return String::new();
    }
    let mut titles: Vec<(Pattern, &Answered)> = Vec::new();
    for answer in answers.iter().filter(|answer| answer.is_of(table)) {
        let pattern = Pattern::new(&answer.title);
        // Whoever answers twice means the last answer; the last is preferred.
        titles.retain(|(have, _)| *have != pattern);
        titles.insert(0, (pattern, answer));
    }
    let mut rules: BTreeMap<(Column, Option<Column>), Vec<&str>> = BTreeMap::new();
    for (pattern, answer) in &titles {
        let by_place = mapping.columns_of(table).iter().filter(|rule| rule.titles.contains(pattern));
        let mut places: Vec<Option<Column>> = by_place.map(|rule| rule.after).collect();
        places.push(None);
        places.sort();
        places.dedup();
        for place in places {
            rules.entry((answer.column, place)).or_default().push(&answer.title);
        }
    }
    let mut out = String::new();
    for ((column, after), titles) in rules {
        let titles: Vec<String> = titles.into_iter().map(|title| quoted(title.trim())).collect();
        let _ = writeln!(
            out,
            "\n[[{}]]\nname = \"{}\"\ntitles = [{}]",
            section(table),
            column.word(),
            titles.join(", ")
        );
        if let Some(after) = after {
            let _ = writeln!(out, "after = \"{}\"", after.word());
        }
    }
    out
}
