//! What a person answered about titles in earlier summaries: read back before anything is scored, and kept as mapping
//! files beside the summary.

use std::collections::BTreeMap;
use std::fs::{self, File as OpenFile};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::question::{self, Key, meaning};
use super::summary::{QUESTIONS, TypedAnswer, typed_answers};
use super::{disk, names};
use crate::base::{Error, Result, sha256_of};
use crate::mapping::file::{ColumnRule, File};
use crate::mapping::infer::from_answers;
use crate::mapping::toml_read::Faults;
use crate::mapping::{Answered, Column, Mappings};
use crate::output::file::numbered;
use crate::pipeline::{self, Settings, Source};

/// The folder of the mapping files.
pub(super) const FOLDER: &str = "映射";
/// The first line of our files; others in the folder are a person's, and left alone.
const MARK: &str = "# 待确认栏目的回答（由 jixiao batch 写入）";
/// A larger file is none of ours.
const MAX_FILE: u64 = 4 * 1024 * 1024;
/// Files and summaries that are looked at.
const MAX_FILES: usize = 1_000;
const MAX_SUMMARIES: usize = 30;
const MAX_NUMBER: u32 = 10_000;
/// Lines that are said of one run.
const MAX_SAID: usize = 200;

/// What holds for a batch.
#[derive(Debug, Default)]
pub(super) struct Confirmed {
    pub(super) answers: Vec<Answered>,
    /// Files that were written.
    pub(super) written: Vec<PathBuf>,
    /// What an operator must know, in Chinese.
    pub(super) said: Vec<String>,
    /// The number of the next summary.
    pub(super) number: u32,
}

/// A title and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Meaning {
    title: String,
    column: Column,
}

/// The answers in our files.
#[derive(Debug, Default)]
struct Kept {
    answers: BTreeMap<Key, Meaning>,
    /// The file of a mapping, with its text.
    files: BTreeMap<String, (PathBuf, String)>,
}

/// A line of a summary, and which.
struct Stated {
    answer: TypedAnswer,
    /// The summary's file name.
    file: String,
}

impl Stated {
    fn place(&self) -> String {
        format!("“{}”的“{QUESTIONS}”{}", self.file, self.answer.cell)
    }
}

/// Gathers the answers of the summaries of that name and of the mapping files beside them; new ones are written there.
pub(super) fn gather(
    home: &Path,
    summary: Option<&Path>,
    mappings: &Mappings,
    settings: &Settings,
) -> Result<Confirmed> {
    let folder = home.join(FOLDER);
    let mut confirmed = Confirmed::default();
    let kept = keep(&folder, &mut confirmed.said);
    let mut sheets = Vec::new();
    for path in summary.map(|path| earlier(home, path)).unwrap_or_default() {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match read(&path, &file, settings) {
            Ok((number, answer)) => sheets.push((number, file, answer)),
            Err(error) => confirmed
                .said
                .push(format!("汇总表“{file}”无法读取（{error}），其中的回答没有采用。{}", error.hint())),
        }
    }
    sheets.sort_by_key(|(number, file, _)| std::cmp::Reverse((*number, file.clone())));
    confirmed.number = sheets.first().map_or(0, |(number, ..)| *number).saturating_add(1);
    let mut now = kept.answers.clone();
    merge(sheets, mappings, &mut now, &mut confirmed.said);
    if now != kept.answers {
        confirmed.written = write(&folder, &kept, &now, mappings).map_err(|cause| {
            let message = format!("映射文件夹“{}”无法写入，回答没有保存。", folder.display());
            Error::output(message, "请检查路径、写入权限和磁盘空间后重新运行。").because(cause)
        })?;
    }
    confirmed.answers = now
        .into_iter()
        .map(|((mapping, _), meaning)| Answered {
            mapping: Some(mapping),
            title: meaning.title,
            column: meaning.column,
        })
        .collect();
    let more = confirmed.said.len().saturating_sub(MAX_SAID);
    if more > 0 {
        confirmed.said.truncate(MAX_SAID);
        confirmed.said.push(format!("另有 {more} 条类似的说明没有列出。"));
    }
    Ok(confirmed)
}

/// Whether a mapping file is one of ours in the folder of this summary.
pub(super) fn is_kept(home: &Path, name: &str, text: &str) -> bool {
    let folder = Path::new(name).parent().and_then(|folder| dunce::canonicalize(folder).ok());
    text.starts_with(MARK) && folder.is_some() && folder == dunce::canonicalize(home.join(FOLDER)).ok()
}

/// What our files say.
fn keep(folder: &Path, said: &mut Vec<String>) -> Kept {
    let mut kept = Kept::default();
    let Ok(entries) = fs::read_dir(folder) else { return kept };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .take(MAX_FILES)
        .collect();
    paths.sort();
    for path in paths {
        let Some(text) = text(&path).filter(|text| text.starts_with(MARK)) else { continue };
        let shown = path.display().to_string();
        let mut faults = Faults::new(&shown, &text);
        let file = File::parse(&text, &mut faults);
        let Some(name) = file.name.as_ref().filter(|_| faults.into_sorted().is_empty()) else {
            said.push(format!(
                "映射文件“{shown}”有错误，其中的回答没有采用。请用 jixiao mapping check 检查。"
            ));
            continue;
        };
        let name = name.get_ref().clone();
        let parts = [
            file.columns.as_ref(),
            file.budget.as_ref().and_then(|budget| budget.columns.as_ref()),
            file.checklist.as_ref().and_then(|checklist| checklist.columns.as_ref()),
        ];
        for rule in parts.into_iter().flatten().flatten() {
            for (title, column) in answers_of(rule) {
                let key = question::key(&name, &title);
                let have = kept.answers.entry(key).or_insert(Meaning { title, column });
                if have.column != column {
                    said.push(format!(
                        "映射文件“{shown}”对“{}”有两种回答：“{}”和“{}”，采用前一种。",
                        have.title,
                        meaning(have.column),
                        meaning(column)
                    ));
                }
            }
        }
        kept.files.entry(name).or_insert((path, text));
    }
    kept
}

fn answers_of(rule: &ColumnRule) -> Vec<(String, Column)> {
    let Some(column) = rule.name.as_ref().map(|name| *name.get_ref()) else { return Vec::new() };
    rule.titles.iter().flatten().map(|title| (title.get_ref().clone(), column)).collect()
}

fn text(path: &Path) -> Option<String> {
    let mut text = String::new();
    OpenFile::open(path).ok()?.take(MAX_FILE).read_to_string(&mut text).ok()?;
    Some(text)
}

/// The summaries of a name (`a.xlsx`, `a(2).xlsx` …), those that were saved last.
fn earlier(home: &Path, summary: &Path) -> Vec<PathBuf> {
    let Some(name) = summary.file_name() else { return Vec::new() };
    let wanted = home.join(name);
    let mut found: Vec<_> = (1..MAX_NUMBER)
        .map(|number| numbered(&wanted, number))
        .filter_map(|path| {
            let about = fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
            Some((about.modified().ok(), path))
        })
        .collect();
    found.sort();
    found.into_iter().rev().take(MAX_SUMMARIES).map(|(_, path)| path).collect()
}

fn read(path: &Path, file: &str, settings: &Settings) -> Result<(u32, Vec<TypedAnswer>)> {
    let reader = OpenFile::open(path)
        .map_err(|cause| Error::input("文件无法打开", "请检查文件是否被其他程序占用。").because(cause))?;
    let sheets = pipeline::sheets(&mut Source { name: file.to_owned(), reader }, settings)?;
    let sheet = sheets.iter().find(|sheet| sheet.id.name == QUESTIONS);
    Ok(sheet.map(typed_answers).unwrap_or_default())
}

/// Adds what a person answered. Of several summaries the newest comes first. An answer changes what was confirmed when its
/// summary was written; where that is no longer what holds, another answer stands against it, and nobody knows which counts.
fn merge(
    sheets: Vec<(u32, String, Vec<TypedAnswer>)>,
    mappings: &Mappings,
    now: &mut BTreeMap<Key, Meaning>,
    said: &mut Vec<String>,
) {
    let mut lines: BTreeMap<Key, Vec<Vec<Stated>>> = BTreeMap::new();
    for (_, file, answer) in sheets {
        let mut own: BTreeMap<Key, Vec<Stated>> = BTreeMap::new();
        for answer in answer {
            let stated = Stated { file: file.clone(), answer };
            let mapping = stated.answer.mapping.as_str();
            match &stated.answer.now {
                Err(text) => said.push(format!(
                    "{}的回答“{text}”不在可选的含义之中，没有采用。请在下拉列表中选择。",
                    stated.place()
                )),
                Ok(Some(_)) if mappings.all().iter().all(|known| known.name != mapping) => {
                    said.push(format!("{}的回答没有采用：没有名为“{mapping}”的映射。", stated.place()));
                }
                Ok(_) => {
                    own.entry(question::key(mapping, &stated.answer.title)).or_default().push(stated);
                }
            }
        }
        for (key, stated) in own {
            lines.entry(key).or_default().push(stated);
        }
    }
    for (key, summaries) in lines {
        decide_title(&key, &summaries, now, said);
    }
}

/// What the lines about one title come to.
fn decide_title(
    key: &Key,
    summaries: &[Vec<Stated>],
    now: &mut BTreeMap<Key, Meaning>,
    said: &mut Vec<String>,
) {
    let held = now.get(key).map(|meaning| meaning.column);
    let mut confirmed_later: Vec<Option<Column>> = Vec::new();
    let mut open: Vec<(&Stated, Option<Column>)> = Vec::new();
    for lines in summaries {
        for line in lines {
            let answer = line.answer.now.as_ref().ok().copied().flatten();
            // What a later summary shows as confirmed has done its work.
            if answer != line.answer.before && answer != held && !confirmed_later.contains(&answer) {
                open.push((line, answer));
            }
        }
        confirmed_later.extend(lines.iter().map(|line| line.answer.before));
    }
    let Some((first, answer)) = open.first().copied() else { return };
    let agreed = open.iter().all(|(line, other)| *other == answer && line.answer.before == held);
    let title = first.answer.title.trim();
    let shown = |column: Option<Column>| column.map_or("（空白）", meaning);
    if !agreed {
        let mut all: Vec<String> =
            open.iter().map(|(line, column)| format!("{}为“{}”", line.place(), shown(*column))).collect();
        all.extend(held.map(|held| format!("此前已确认为“{}”", meaning(held))));
        said.push(format!(
            "“{title}”一栏的回答互相矛盾，没有采用：{}。请在最新的汇总表中改为一致。",
            all.join("，")
        ));
        return;
    }
    match answer {
        Some(column) => {
            if let Some(held) = held {
                said.push(format!("“{title}”一栏由“{}”改为“{}”。", meaning(held), meaning(column)));
            }
            // As the form has it: a person's program may have wrapped it.
            let title = title.split_whitespace().collect();
            now.insert(key.clone(), Meaning { title, column });
        }
        None => {
            now.remove(key);
            said.push(format!("“{title}”一栏的回答已删去，重新待确认。"));
        }
    }
}

/// Writes the files of the mappings whose answers changed.
fn write(
    folder: &Path,
    kept: &Kept,
    now: &BTreeMap<Key, Meaning>,
    mappings: &Mappings,
) -> std::io::Result<Vec<PathBuf>> {
    fs::create_dir_all(folder)?;
    let of = |answers: &BTreeMap<Key, Meaning>, name: &str| -> Vec<Answered> {
        let own = answers.iter().filter(|((mapping, _), _)| mapping == name);
        own.map(|(_, meaning)| Answered {
            mapping: Some(name.to_owned()),
            title: meaning.title.clone(),
            column: meaning.column,
        })
        .collect()
    };
    let mut written = Vec::new();
    let mut touched: Vec<&String> =
        kept.answers.keys().chain(now.keys()).map(|(mapping, _)| mapping).collect();
    touched.sort();
    touched.dedup();
    for name in touched {
        let (before, answers) = (of(&kept.answers, name), of(now, name));
        if before == answers {
            continue;
        }
        let path = match kept.files.get(name) {
            Some((path, text)) => {
                // What a person wrote into it is not lost.
                if *text != toml(name, &before, mappings) {
                    let aside = |number| path.with_extension(format!("toml.旧{number}"));
                    if let Some(number) = names::free(|number| vec![aside(number)]) {
                        disk::rename_new(path, &aside(number))?;
                    }
                }
                path.clone()
            }
            None => {
                let named = |number| numbered(&folder.join(format!("{}.toml", file_name(name))), number);
                let number = names::free(|number| vec![named(number)])
                    .ok_or_else(|| std::io::Error::other("no free name"))?;
                named(number)
            }
        };
        if answers.is_empty() {
            disk::remove(&path)?;
            continue;
        }
        let text = toml(name, &answers, mappings);
        disk::write_whole(&path, &folder.join(".jixiao-mapping.tmp"), text.as_bytes())?;
        written.push(path);
    }
    Ok(written)
}

/// A mapping's name as a file's.
fn file_name(name: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    let plain: String = name.chars().map(|c| if safe(c) { c } else { '_' }).take(60).collect();
    if plain == name {
        return plain;
    }
    let hash = sha256_of([name]);
    format!("{plain}-{}", hash.get(..8).unwrap_or_default())
}

/// The text of our file for a mapping: the first line says that it is ours, the rest is a mapping like any other.
fn toml(name: &str, answers: &[Answered], mappings: &Mappings) -> String {
    let own: Vec<Answered> =
        answers.iter().map(|answer| Answered { mapping: Some(name.to_owned()), ..answer.clone() }).collect();
    let texts = from_answers(&own, mappings).into_iter().next();
    texts
        .map(|(_, text)| format!("{MARK}\n# 回答在汇总表中修改；自己的映射请另写文件。\n{text}"))
        .unwrap_or_default()
}
