//! Words of Chinese forms stand in `mappings/words` and nowhere else: a list of them in code would be a second one.
//!
//! A list is an array of two or more Chinese words or signs, words between which a match or a pattern chooses, words that one
//! text is asked for one after the other, or one literal of words with spaces between. What is written for a person to read is
//! none; `tests/word-lists.tsv` lists those arrays, each with the reason why it is no vocabulary. Of a folder whose lists
//! wait to be moved it says how many there are: no more may come, and where there are fewer, the number is to follow.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use jixiao::inner::words::Class;

use crate::import_law::rust_files;

/// A list found in a source: the line that it begins in and its words.
#[derive(Debug, PartialEq, Eq)]
struct List {
    line: usize,
    words: Vec<String>,
}

/// A piece of a source: a literal, or a sign outside of literals and comments.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// A Chinese sign in single quotes.
    Quoted(char),
    Sign(char),
}

/// The pieces of a source, each with its line, without the tests at its end.
fn pieces(source: &str) -> Vec<(usize, Piece)> {
    let source = source.split("\nmod tests ").next().expect("a first part");
    let mut pieces = Vec::new();
    let mut line = 1;
    let mut rest = source.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        match c {
            '\n' => line += 1,
            '/' if source[at..].starts_with("//") => while rest.next_if(|(_, c)| *c != '\n').is_some() {},
            '\'' => {
                // A sign in quotes, unless it is a lifetime.
                let inner = &source[at + 1..];
                let escaped = inner.starts_with('\\');
                if escaped || inner.chars().nth(1) == Some('\'') {
                    let sign = inner.chars().next().filter(|c| is_han(*c));
                    pieces.extend(sign.map(|c| (line, Piece::Quoted(c))));
                    let _ = rest.next();
                    let _ = escaped.then(|| rest.next());
                    while rest.next_if(|(_, c)| *c != '\'').is_some() {}
                    let _ = rest.next();
                }
            }
            '"' => {
                let begins = line;
                let mut text = String::new();
                while let Some((_, c)) = rest.next() {
                    match c {
                        '"' => break,
                        '\\' => text.extend(rest.next().map(|(_, c)| if c == '\n' { ' ' } else { c })),
                        _ => text.push(c),
                    }
                    line += usize::from(c == '\n');
                }
                pieces.push((begins, Piece::Text(text)));
            }
            c if c.is_whitespace() => {}
            c => pieces.push((line, Piece::Sign(c))),
        }
    }
    pieces
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether a literal is a word of a form: what has stops or places to fill in is a message.
fn is_word(text: &str) -> bool {
    text.contains(is_han)
        && text.chars().count() <= 20
        && !text.contains(['。', '，', '；', '！', '？', '{', '\n'])
}

/// Whether a literal is a list by itself: `"成本 控制数 超支"`.
fn is_spaced(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.len() >= 3 && words.iter().all(|word| is_word(word) && word.chars().count() <= 8)
}

/// An open bracket: which it is, and the words directly in it.
struct Open {
    sign: char,
    /// Whether a name stands before it, so that it is a call.
    called: bool,
    line: usize,
    words: Vec<String>,
    /// Words that a match chooses by, and that stood before the last `|` or comma.
    arms: Vec<String>,
    pending: Vec<String>,
}

/// The lists of a source.
fn lists(source: &str) -> Vec<List> {
    let mut found = Vec::new();
    let mut open =
        vec![Open { sign: '{', called: false, line: 1, words: vec![], arms: vec![], pending: vec![] }];
    let mut before = ' ';
    let pieces = pieces(source);
    found.extend(asked_in_turn(&pieces));
    for (at, (line, piece)) in pieces.iter().enumerate() {
        let next = |by: usize| match pieces.get(at + by) {
            Some((_, Piece::Sign(c))) => *c,
            _ => ' ',
        };
        match piece {
            Piece::Text(text) => {
                if is_spaced(text) {
                    found.push(List {
                        line: *line,
                        words: text.split_whitespace().map(str::to_owned).collect(),
                    });
                }
                if is_word(text) {
                    let alternative = before == '|' || next(1) == '|' && next(2) != '|';
                    let arm = next(1) == '=' && next(2) == '>';
                    // Of a tuple in an array the words are the array's.
                    let list = open.iter().rposition(|one| one.sign != '(' || one.called);
                    let list = &mut open[list.expect("the file itself")];
                    if list.sign == '[' {
                        list.words.push(text.clone());
                    }
                    let inner = open.last_mut().expect("the file itself");
                    if inner.pending.is_empty() && inner.arms.is_empty() {
                        inner.line = if inner.sign == '[' { inner.line } else { *line };
                    }
                    if alternative || arm {
                        inner.pending.push(text.clone());
                    }
                    if arm {
                        let words = std::mem::take(&mut inner.pending);
                        inner.arms.extend(words);
                    }
                }
                before = '"';
            }
            Piece::Quoted(c) => {
                let inner = open.last_mut().expect("the file itself");
                if inner.sign == '[' {
                    inner.words.push(c.to_string());
                }
                before = '\'';
            }
            Piece::Sign(c) => {
                match c {
                    '(' | '[' | '{' => open.push(Open {
                        sign: *c,
                        called: before.is_alphanumeric() || matches!(before, '_' | '!' | '>'),
                        line: *line,
                        words: vec![],
                        arms: vec![],
                        pending: vec![],
                    }),
                    ')' | ']' | '}' => {
                        let closed = open.pop().expect("brackets in pairs");
                        for words in [closed.words, closed.arms, closed.pending] {
                            if words.len() > 1 {
                                found.push(List { line: closed.line, words });
                            }
                        }
                    }
                    _ => {}
                }
                before = *c;
            }
        }
    }
    found
}

/// Words that one text is asked for: `text.contains("甲") || text.contains("乙")`.
fn asked_in_turn(pieces: &[(usize, Piece)]) -> Vec<List> {
    const ASKS: [&str; 3] = [".contains(", ".starts_with(", ".ends_with("];
    // Who is asked: what stands before the last of the signs.
    let asked = |signs: &str| ASKS.iter().find_map(|ask| signs.strip_suffix(ask)).map(str::to_owned);
    let mut found: Vec<List> = Vec::new();
    let (mut signs, mut who): (String, Option<String>) = (String::new(), None);
    let mut open: Option<List> = None;
    for (line, piece) in pieces {
        match piece {
            Piece::Sign(c) => signs.push(*c),
            Piece::Quoted(_) => signs.push('\''),
            Piece::Text(text) => {
                let next = signs.strip_prefix(")||").and_then(asked).filter(|next| {
                    !next.is_empty()
                        && who.as_ref().is_some_and(|who| who.ends_with(next.trim_start_matches('!')))
                });
                match (next, &mut open) {
                    (Some(_), Some(list)) if is_word(text) => list.words.push(text.clone()),
                    _ => {
                        found.extend(open.take().filter(|list| list.words.len() > 1));
                        who = asked(&signs);
                        let is = who.is_some() && is_word(text);
                        open = is.then(|| List { line: *line, words: vec![text.clone()] });
                    }
                }
                signs.clear();
            }
        }
    }
    found.extend(open.filter(|list| list.words.len() > 1));
    found
}

/// Arrays that are no vocabulary, by file and first word, and folders that wait, with how many lists are in them.
fn allowed() -> BTreeMap<(String, String), String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/word-lists.tsv");
    let text = fs::read_to_string(file).expect("the list");
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [file, word, reason] = cells[..] else { panic!("three cells: {line}") };
            assert!(!reason.trim().is_empty(), "{line}: no reason");
            ((file.to_owned(), word.to_owned()), reason.to_owned())
        })
        .collect()
}

#[test]
fn no_list_of_words_stands_in_code() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<PathBuf> = Vec::new();
    rust_files(&source, &mut files);
    files.sort();
    let (waiting, known): (BTreeMap<_, _>, BTreeMap<_, _>) =
        allowed().into_iter().partition(|((_, word), _)| word.parse::<usize>().is_ok());
    let waiting: BTreeMap<String, usize> =
        waiting.into_keys().map(|(folder, count)| (folder, count.parse().expect("a number"))).collect();
    let mut unused = known.clone();
    let mut there: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut faults = Vec::new();
    for file in files {
        let name = file.strip_prefix(&source).expect("inside src").to_string_lossy().into_owned();
        let room = name.split(['/', '.']).next().expect("a room").to_owned();
        if room == "words" {
            continue;
        }
        for list in lists(&fs::read_to_string(&file).expect("a source file")) {
            let keys = [(room.clone(), "*".to_owned()), (name.clone(), list.words[0].clone())];
            let told = format!("src/{name}:{}: {}", list.line, list.words.join(" "));
            // The nearest folder that waits.
            let folder =
                name.rmatch_indices('/').map(|(at, _)| &name[..at]).find(|f| waiting.contains_key(*f));
            if let Some(key) = keys.iter().find(|key| known.contains_key(*key)) {
                drop(unused.remove(key));
            } else if let Some(folder) = folder {
                there.entry(folder.to_owned()).or_default().push(told);
            } else {
                faults.push(told);
            }
        }
    }
    assert!(faults.is_empty(), "words belong into mappings/words:\n{}", faults.join("\n"));
    assert!(unused.is_empty(), "tests/word-lists.tsv lists what is not there: {unused:?}");
    for (folder, count) in waiting {
        let lists = there.remove(&folder).unwrap_or_default();
        let told = lists.join("\n");
        assert!(
            lists.len() <= count,
            "{folder} has {}, not {count}: a new list belongs into mappings/words:\n{told}",
            lists.len()
        );
        assert!(
            lists.len() == count && count > 0,
            "{folder} has only {} left: say so in tests/word-lists.tsv",
            lists.len()
        );
    }
}

/// The classes that others contain.
fn contained() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("mappings/words");
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the words") {
        let text = fs::read_to_string(entry.expect("a file").path()).expect("a file of words");
        let lines = text.lines().filter_map(|line| line.strip_prefix("with = ["));
        found.extend(lines.flat_map(|line| line.split('"').skip(1).step_by(2)).map(str::to_owned));
    }
    found
}

/// A mapping's word that nobody asks for would be dropped in silence, and so would a class that nobody uses.
#[test]
fn a_class_that_a_mapping_may_add_to_is_asked_of_the_mapping() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files: Vec<PathBuf> = Vec::new();
    rust_files(&source, &mut files);
    let texts = files.iter().filter(|file| !file.starts_with(source.join("words")));
    let text: String = texts.map(|file| fs::read_to_string(file).expect("a source file")).collect();
    // The names of the sources, and the classes of all that follows a text: each found once, for there are many of both.
    let names: BTreeSet<&str> = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
    let behind = |before: &str| -> BTreeSet<&str> {
        let told = format!("{before}Class::");
        let after = text.split(told.as_str()).skip(1);
        after.map(|rest| &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())]).collect()
    };
    let befores = ["", "words::of(", "words::of(words::", ".of("];
    let found = befores.map(|before| (before, behind(before)));
    let contained = contained();
    for class in Class::all() {
        let name = format!("{class:?}");
        let used = |before: &str| {
            found.iter().any(|(told, classes)| *told == before && classes.contains(name.as_str()))
        };
        // The grammar of criteria names the lists themselves.
        let named = names.contains(class.name().to_uppercase().replace('-', "_").as_str());
        assert!(used("") || named || contained.contains(class.name()), "{class:?} is used by nothing");
        let shipped = used("words::of(") || used("words::of(words::");
        assert!(!(class.open().is_some() && shipped), "{class:?} is open, but the shipped words are asked");
        assert!(
            class.open().is_some() || !used(".of("),
            "{class:?} is closed, but a mapping's words are asked"
        );
    }
}

#[test]
fn a_list_is_seen() {
    let seen = |source: &str| lists(source).into_iter().map(|list| list.words.join(" ")).collect::<Vec<_>>();
    assert_eq!(seen("const A: [&str; 2] = [\"甲\", \"乙\"];"), ["甲 乙"]);
    assert_eq!(seen("const A: &[(&str, u8)] = &[(\"甲\", 1), (\"乙\", 2)];"), ["甲 乙"]);
    assert_eq!(seen("matches!(word, \"甲\" | \"乙\" | \"丙\")"), ["甲 乙 丙"]);
    assert_eq!(seen("match word { \"甲\" => 1, \"乙\" | \"丙\" => 2, _ => 3 }"), ["甲 乙 丙"]);
    assert_eq!(seen("if let '甲' | '\"' = c { vec![\"甲\", \"乙\"] }"), ["甲 乙"]);
    assert_eq!(seen("const A: &str = \"成本 控制数 \\\n   超支\";"), ["成本 控制数 超支"]);
    assert_eq!(seen("text.contains(\"甲\") || text.contains(\"乙\")"), ["甲 乙"]);
    assert_eq!(seen("if a && (text.ends_with(\"甲\") || text.contains(\"乙\")) {}"), ["甲 乙"]);
    assert_eq!(seen("text.trim_end_matches(['甲', '，', '乙'])"), ["甲 乙"]);
    for none in [
        "text.contains(\"甲\") || other.contains(\"乙\")",
        "text.contains(\"甲\") && text.contains(\"乙\")",
        "text.split(['，', '、', '甲'])",
        "Error::input(\"文件无法读取。\", \"请重试。\")",
        "[Error::new(\"甲\"), Error::new(\"乙\")]",
        "// [\"甲\", \"乙\"]\nfn f<'a>(a: &'a str) { [\"甲\"] }",
        "[\"a\", \"甲\"]",
        "fn f() {}\nmod tests { const A: [&str; 2] = [\"甲\", \"乙\"]; }",
    ] {
        assert_eq!(seen(none), [] as [String; 0], "{none}");
    }
}
