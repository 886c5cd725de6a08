//! The list: what waits, what became of one's uploads, and every case that one may see.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::guard::Signed;
use super::html::{self, Frame};
use super::index::Listed;
use super::{Desk, Shared};
use crate::model::NO_GRADE;
use crate::service::clock::shown;
use crate::service::register::ReturnId;
use crate::service::uploads::{Fate, Upload};

/// Lines of a page.
const PAGE: usize = 50;
/// Uploads whose fate is told.
const RECENT: usize = 20;
/// What waits that is named.
const NAMED: usize = 50;

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    words: String,
    #[serde(default)]
    agency: String,
    #[serde(default)]
    year: String,
    #[serde(default)]
    page: String,
}

/// An upload with what became of it.
struct Sent {
    name: String,
    at: String,
    state: &'static str,
    is_under_way: bool,
    why: String,
    remedy: String,
    /// The return that came of it.
    case: Option<String>,
}

struct Row {
    link: String,
    project: String,
    agency: String,
    year: String,
    total: String,
    grade: String,
    file: String,
    at: String,
}

#[derive(Template)]
#[template(path = "page/cases.html")]
struct Page {
    frame: Frame,
    size: u64,
    sent: Vec<Sent>,
    waiting: Vec<String>,
    waiting_count: usize,
    /// Whether it is worth looking again soon.
    under_way: bool,
    rows: Vec<Row>,
    count: usize,
    agencies: Vec<String>,
    years: Vec<String>,
    words: String,
    agency: String,
    year: String,
    earlier: Option<String>,
    later: Option<String>,
}

/// Whether an account may see what came of this content: a case belongs to the account that it came through.
pub(super) fn may_see(desk: &Desk, signed: &Signed, sha256: &str) -> bool {
    signed.user.role.sees_all()
        || desk.uploads.all().iter().any(|upload| upload.user == signed.user.name && upload.sha256 == sha256)
}

/// The page.
pub(super) async fn list(
    State(desk): State<Shared>,
    signed: Signed,
    Query(wanted): Query<Wanted>,
) -> Response {
    // Folders are read.
    tokio::task::block_in_place(|| html::page(StatusCode::OK, &page(&desk, &signed, wanted)))
}

/// The same as data: every line that is looked for.
pub(super) async fn json(
    State(desk): State<Shared>,
    signed: Signed,
    Query(wanted): Query<Wanted>,
) -> Response {
    tokio::task::block_in_place(|| {
        let page = page(&desk, &signed, wanted);
        let rows: Vec<serde_json::Value> = page.rows.iter().map(Row::data).collect();
        let sent = page.sent.iter().map(|one| {
            serde_json::json!({"name": one.name, "at": one.at, "state": one.state, "why": one.why, "remedy": one.remedy, "case": one.case})
        });
        let sent: Vec<serde_json::Value> = sent.collect();
        let answer =
            serde_json::json!({"count": page.count, "cases": rows, "uploads": sent, "waiting": page.waiting});
        html::data(StatusCode::OK, &answer)
    })
}

impl Row {
    fn data(&self) -> serde_json::Value {
        serde_json::json!({
            "link": self.link, "project": self.project, "agency": self.agency, "year": self.year,
            "total": self.total, "grade": self.grade, "file": self.file, "at": self.at,
        })
    }
}

fn page(desk: &Desk, signed: &Signed, wanted: Wanted) -> Page {
    let all = desk.uploads.all();
    let own: Vec<&Upload> = all.iter().filter(|upload| upload.user == signed.user.name).collect();
    let sees_all = signed.user.role.sees_all();
    let contents: BTreeSet<&str> = own.iter().map(|upload| upload.sha256.as_str()).collect();
    let mut lines = desk.index().lines(|sha256| sees_all || contents.contains(sha256));
    let uploaded = own.iter().filter(|upload| upload.edits.is_none());
    let recent: Vec<&&Upload> = uploaded.take(RECENT).collect();
    let firsts = desk.index().firsts(&recent.iter().map(|upload| upload.sha256.as_str()).collect());
    let sent: Vec<Sent> =
        recent.iter().map(|upload| sent(desk, upload, firsts.get(&upload.sha256))).collect();
    let waiting = if sees_all { desk.uploads.waiting() } else { Vec::new() };
    let agencies: BTreeSet<String> = lines.iter().map(|line| line.agency.clone()).collect();
    let years: BTreeSet<i16> = lines.iter().filter_map(|line| line.year).collect();
    let plain = |text: &str| text.to_lowercase();
    let words: Vec<String> = wanted.words.split_whitespace().map(plain).collect();
    lines.retain(|line| {
        let all = plain(&format!("{} {} {}", line.project, line.agency, line.submission));
        words.iter().all(|word| all.contains(word))
            && (wanted.agency.is_empty() || line.agency == wanted.agency)
            && (wanted.year.is_empty() || line.year.is_some_and(|year| year.to_string() == wanted.year))
    });
    let count = lines.len();
    let number = wanted.page.parse::<usize>().unwrap_or(1).max(1);
    let first = number.saturating_sub(1).saturating_mul(PAGE);
    let place = |number: usize| {
        let encoded = html::encoded;
        format!(
            "/?words={}&agency={}&year={}&page={number}",
            encoded(&wanted.words),
            encoded(&wanted.agency),
            encoded(&wanted.year)
        )
    };
    Page {
        frame: Frame::of("项目", signed),
        size: desk.uploads.size() >> 20,
        under_way: !waiting.is_empty() || sent.iter().any(|one| one.is_under_way),
        sent,
        waiting_count: waiting.len(),
        waiting: waiting.into_iter().take(NAMED).collect(),
        rows: lines.iter().skip(first).take(PAGE).map(row).collect(),
        count,
        agencies: agencies.into_iter().filter(|agency| !agency.is_empty()).collect(),
        years: years.into_iter().rev().map(|year| year.to_string()).collect(),
        later: (number > 1).then(|| place(number.saturating_sub(1))),
        earlier: (first.saturating_add(PAGE) < count).then(|| place(number.saturating_add(1))),
        words: wanted.words,
        agency: wanted.agency,
        year: wanted.year,
    }
}

/// An upload, with the first return of its content.
fn sent(desk: &Desk, upload: &Upload, first: Option<&ReturnId>) -> Sent {
    let case = first.map(ToString::to_string);
    let fate = if case.is_some() { Fate::Done } else { desk.uploads.fate(upload) };
    let is_under_way = fate == Fate::UnderWay;
    let (state, why, remedy) = match fate {
        Fate::UnderWay => ("正在处理", String::new(), String::new()),
        Fate::Marked => (
            "没有处理",
            "材料标有密级，没有读取，仍在收件文件夹中。".to_owned(),
            "涉密材料请勿在本系统处理，请联系管理员移走。".to_owned(),
        ),
        Fate::Refused(why, remedy) => ("已退回", why, remedy),
        Fate::Done => ("已处理", String::new(), String::new()),
    };
    Sent { name: upload.name.clone(), at: shown(upload.at), state, is_under_way, why, remedy, case }
}

fn row(line: &Listed) -> Row {
    let or = |text: &str, other: &str| if text.is_empty() { other.to_owned() } else { text.to_owned() };
    Row {
        link: format!("/case/{}", line.id),
        project: or(&line.project, "（表中未读到）"),
        agency: line.agency.clone(),
        year: line.year.map(|year| year.to_string()).unwrap_or_default(),
        total: match (&line.total, &line.full) {
            (Some(total), Some(full)) => format!("{total}／{full}"),
            (Some(total), None) => total.clone(),
            _ => "没有评分".to_owned(),
        },
        grade: line.grade.clone().unwrap_or_else(|| NO_GRADE.to_owned()),
        file: line.submission.clone(),
        at: shown(line.at),
    }
}
