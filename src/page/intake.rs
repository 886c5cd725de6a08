//! What came in (收件登记表), and what is asked about titles (待确认栏目), for all who see all cases.

use std::sync::Arc;
use std::time::SystemTime;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::guard::{Allowed, SeesAll};
use super::html::{self, Frame};
use super::report::Questioned;
use super::{Desk, Shared};
use crate::base::Result;
use crate::service::clock::shown;
use crate::service::intake_book::Shown;
use crate::service::register::{Return, ReturnId};

/// Rows of the register that are shown at once.
const ROWS: usize = 200;
/// Questions that are listed.
const QUESTIONS: usize = 500;
/// What the register is called.
const BOOK: &str = "收件登记表";

/// The register as it was read last: from when the file is, and how long it was.
pub(super) type Read = Option<(Option<SystemTime>, u64, Arc<Shown>)>;

#[derive(Template)]
#[template(path = "page/register.html")]
struct RegisterPage {
    frame: Frame,
    titles: Vec<String>,
    rows: Vec<Vec<String>>,
    count: usize,
    words: String,
    earlier: Option<String>,
    later: Option<String>,
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    words: String,
    #[serde(default)]
    page: String,
}

/// The register; `None` where there is none.
fn book(desk: &Desk) -> Result<Option<Arc<Shown>>> {
    let Some(found) = desk.uploads.book() else { return Ok(None) };
    let mut known = desk.book();
    if let Some((at, length, book)) =
        known.as_ref().filter(|(at, length, _)| (*at, *length) == (found.at, found.length))
    {
        let _ = (at, length);
        return Ok(Some(Arc::clone(book)));
    }
    let book = Arc::new(found.read()?);
    *known = Some((found.at, found.length, Arc::clone(&book)));
    Ok(Some(book))
}

fn wanted_rows<'b>(book: &'b Shown, words: &str) -> Vec<&'b Vec<String>> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let has = |row: &&Vec<String>| {
        let all = row.join(" ").to_lowercase();
        words.iter().all(|word| all.contains(word))
    };
    book.rows.iter().filter(has).collect()
}

/// The page of the register.
pub(super) async fn register(
    State(desk): State<Shared>,
    Allowed { signed, .. }: Allowed<SeesAll>,
    Query(wanted): Query<Wanted>,
) -> Response {
    tokio::task::block_in_place(|| {
        let frame = Frame::of(BOOK, &signed);
        let book = match book(&desk) {
            Ok(book) => book,
            Err(error) => {
                return html::message(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    frame,
                    &error.to_string(),
                    error.hint(),
                );
            }
        };
        let Some(book) = book else {
            let remedy = "放入压缩包、成批的文件夹或应报项目清单后，由程序生成。";
            return html::message(StatusCode::OK, frame, "还没有收件登记表。", remedy);
        };
        let rows = wanted_rows(&book, &wanted.words);
        let number = wanted.page.parse::<usize>().unwrap_or(1).max(1);
        let first = number.saturating_sub(1).saturating_mul(ROWS);
        let place = |number: usize| format!("/register?words={}&page={number}", html::encoded(&wanted.words));
        html::page(
            StatusCode::OK,
            &RegisterPage {
                frame,
                titles: book.titles.clone(),
                count: rows.len(),
                later: (number > 1).then(|| place(number.saturating_sub(1))),
                earlier: (first.saturating_add(ROWS) < rows.len()).then(|| place(number.saturating_add(1))),
                rows: rows.into_iter().skip(first).take(ROWS).cloned().collect(),
                words: wanted.words,
            },
        )
    })
}

/// The same as data, all of it that is looked for.
pub(super) async fn register_json(
    State(desk): State<Shared>,
    _: Allowed<SeesAll>,
    Query(wanted): Query<Wanted>,
) -> Response {
    tokio::task::block_in_place(|| match book(&desk) {
        Ok(book) => {
            let book = book.unwrap_or_default();
            let rows = wanted_rows(&book, &wanted.words);
            html::data(StatusCode::OK, &json!({"titles": book.titles, "rows": rows}))
        }
        Err(error) => {
            let said = json!({"message": error.to_string(), "hint": error.hint()});
            html::data(StatusCode::UNPROCESSABLE_ENTITY, &said)
        }
    })
}

/// What is asked about a title of a return.
#[derive(Debug)]
pub(super) struct Asked {
    title: String,
    cell: String,
    choices: Vec<String>,
}

struct Question {
    id: ReturnId,
    at: String,
    project: String,
    agency: String,
    file: String,
    asked: Arc<Vec<Asked>>,
}

#[derive(Template)]
#[template(path = "page/questions.html")]
struct QuestionsPage {
    frame: Frame,
    questions: Vec<Question>,
    count: usize,
}

/// The latest returns in which something is asked. Each return is read for it once.
fn questions(desk: &Desk) -> Vec<Question> {
    let lines = desk.index().lines(|_| true);
    let mut told: Option<ReturnId> = None;
    let mut found = Vec::new();
    for line in lines {
        if told.as_ref() == Some(&line.id) {
            continue;
        }
        told = Some(line.id.clone());
        let known = desk.index().asked(&line.id);
        let asked = known.unwrap_or_else(|| {
            // Read without holding what all pages wait for.
            let found = desk.index().get(&line.id);
            let cases = found.as_ref().and_then(Return::cases_as::<Questioned>).unwrap_or_default();
            let asked = cases.iter().flat_map(Questioned::asked).map(|column| Asked {
                title: column.title.clone(),
                cell: column.cell.clone().unwrap_or_default(),
                choices: column.choices.clone(),
            });
            desk.index().remember(&line.id, asked.collect())
        });
        if !asked.is_empty() {
            found.push(Question {
                id: line.id,
                at: shown(line.at),
                project: line.project,
                agency: line.agency,
                file: line.submission,
                asked,
            });
        }
    }
    found
}

/// The page of what is asked.
pub(super) async fn asked(State(desk): State<Shared>, Allowed { signed, .. }: Allowed<SeesAll>) -> Response {
    tokio::task::block_in_place(|| {
        let mut questions = questions(&desk);
        let count = questions.len();
        questions.truncate(QUESTIONS);
        html::page(
            StatusCode::OK,
            &QuestionsPage { frame: Frame::of("待确认栏目", &signed), questions, count },
        )
    })
}

/// The same as data.
pub(super) async fn asked_json(State(desk): State<Shared>, _: Allowed<SeesAll>) -> Response {
    tokio::task::block_in_place(|| {
        let all = questions(&desk);
        let all = all.iter().map(|one| {
            let asked = one.asked.iter().map(
                |asked| json!({"title": asked.title, "cell": asked.cell, "choices": asked.choices}),
            );
            json!({
                "link": format!("/case/{}", one.id), "at": one.at, "project": one.project, "agency": one.agency,
                "file": one.file, "columns": asked.collect::<Vec<_>>(),
            })
        });
        html::data(StatusCode::OK, &all.collect())
    })
}
