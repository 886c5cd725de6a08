//! A case: its result, every point of it explained, what was found, what was reconciled, and what can be kept of it.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::audit::Act;
use super::cases::may_see;
use super::documents::{NO_RECEIPT, Offer, offered};
use super::guard::Signed;
use super::html::{self, Frame};
use super::index::Listed;
use super::report::{Case, Finding, Reply, grave};
use super::{Desk, Shared};
use crate::base::printable_json;
use crate::issue::Fate;
use crate::model::NO_GRADE;
use crate::service::clock::shown;
use crate::service::register::Return;

/// Returns of one project that are listed.
const VERSIONS: usize = 50;

#[derive(Template)]
#[template(path = "page/case.html")]
struct Page {
    frame: Frame,
    id: String,
    file: String,
    at: String,
    /// The latest return of the same, where that is another.
    later: Option<String>,
    /// Whether something typed into this one is on its way.
    edited: bool,
    /// Whether something may be tried and decided here.
    reviews: bool,
    /// The other returns of the same, the latest first.
    versions: Vec<Version>,
    offers: Vec<Offer>,
    chosen: Chosen,
    cases: Vec<Case>,
}

/// Which findings are shown; all where nothing is chosen.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Chosen {
    /// How grave.
    #[serde(default)]
    severity: String,
    /// What became of them since the return before.
    #[serde(default)]
    state: String,
}

impl Chosen {
    fn shows(&self, finding: &Finding) -> bool {
        let is = |wanted: &str, said: &str| wanted.is_empty() || wanted == said;
        is(&self.severity, &finding.severity) && is(&self.state, finding.state.as_deref().unwrap_or_default())
    }
}

impl Page {
    #[expect(clippy::unused_self, reason = "templates ask it of the page")]
    fn severities(&self) -> [(&'static str, &'static str); 3] {
        ["error", "warning", "info"].map(|word| (word, grave(word)))
    }

    #[expect(clippy::unused_self, reason = "templates ask it of the page")]
    fn states(&self) -> [(&'static str, &'static str); 2] {
        [Fate::New, Fate::Open].map(|fate| (fate.word(), fate.name()))
    }
}

/// A return of the same project, before or after this one.
struct Version {
    id: String,
    at: String,
    file: String,
    total: String,
    grade: String,
    /// What became of what was found before it.
    changed: Vec<String>,
    is_this: bool,
}

/// A return that this account may see. Of what it may not see the same is said as of what is not there.
pub(super) fn found(desk: &Desk, signed: &Signed, id: &str) -> Result<Return, Box<Response>> {
    let none = || {
        let frame = Frame::of("没有找到", signed);
        let remedy = "请从项目列表进入；登记保留期满的，已按设置删除。";
        Box::new(html::message(StatusCode::NOT_FOUND, frame, "没有找到这个项目。", remedy))
    };
    let found = id.parse().ok().and_then(|id| desk.index().get(&id)).ok_or_else(none)?;
    if may_see(desk, signed, &found.sha256) { Ok(found) } else { Err(none()) }
}

pub(super) fn unreadable(signed: &Signed) -> Response {
    let frame = Frame::of("无法显示", signed);
    let message = "这个项目的登记无法读取。";
    html::message(StatusCode::INTERNAL_SERVER_ERROR, frame, message, "请下载工作簿查看，并告知系统管理员。")
}

/// The page.
pub(super) async fn show(
    State(desk): State<Shared>,
    signed: Signed,
    Path(id): Path<String>,
    Query(chosen): Query<Chosen>,
) -> Response {
    tokio::task::block_in_place(|| {
        let found = match found(&desk, &signed, &id) {
            Ok(found) => found,
            Err(response) => return *response,
        };
        let Some(cases) = found.cases_as::<Case>() else { return unreadable(&signed) };
        let id = found.id.to_string();
        let later = desk.index().later(&found.id).filter(|later| may_see(&desk, &signed, &later.sha256));
        let edited = later.is_none() && desk.uploads.edit_of(&found.id).is_some();
        let versions = desk.index().versions(&found.id).into_iter();
        let versions = versions.filter(|line| may_see(&desk, &signed, &line.sha256)).take(VERSIONS);
        let offers = offered(&desk, &signed, &found, &cases);
        let title = cases.iter().find_map(|case| case.project.name.clone());
        let page = Page {
            frame: Frame::of(title.as_deref().unwrap_or("项目"), &signed),
            versions: versions.map(|line| version(&desk, line, &id)).collect(),
            offers,
            chosen,
            reviews: signed.user.role.reviews() && later.is_none() && !edited,
            later: later.map(|later| later.id.to_string()),
            edited,
            id,
            file: found.submission,
            at: shown(found.at),
            cases,
        };
        html::page(StatusCode::OK, &page)
    })
}

fn version(desk: &Desk, line: Listed, this: &str) -> Version {
    let found = desk.index().get(&line.id);
    let cases = found.as_ref().and_then(Return::cases_as::<Reply>).unwrap_or_default();
    let answers = cases.into_iter().filter_map(|case| case.answers);
    Version {
        changed: answers.map(|answers| answers.message).collect(),
        is_this: line.id.to_string() == this,
        id: line.id.to_string(),
        at: shown(line.at),
        file: line.submission,
        total: line.total.unwrap_or_default(),
        grade: line.grade.unwrap_or_else(|| NO_GRADE.to_owned()),
    }
}

/// The same as data: the objects of the receipt.
pub(super) async fn json(State(desk): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    tokio::task::block_in_place(|| {
        let found = match found(&desk, &signed, &id) {
            Ok(found) => found,
            Err(response) => return *response,
        };
        let Some(cases) = found.cases_json() else { return unreadable(&signed) };
        let text = printable_json(serde_json::to_string(&cases).unwrap_or_default());
        ([(header::CONTENT_TYPE, "application/json")], text).into_response()
    })
}

/// The workbook as it was returned.
pub(super) async fn workbook(State(desk): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    let found = match tokio::task::block_in_place(|| found(&desk, &signed, &id)) {
        Ok(found) => found,
        Err(response) => return *response,
    };
    let name = found.file.as_deref().unwrap_or(&found.result);
    desk.audit.note(&signed.user.name, Act::Download, &found.id.to_string(), name);
    html::attachment(&found.workbook(), name).await.unwrap_or_else(|| unreadable(&signed))
}

/// Its receipt.
pub(super) async fn receipt(State(desk): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    let found = match tokio::task::block_in_place(|| found(&desk, &signed, &id)) {
        Ok(found) => found,
        Err(response) => return *response,
    };
    let receipt = tokio::task::block_in_place(|| desk.uploads.receipt_of(&found.submission, &found.sha256));
    let Some(path) = receipt else {
        let frame = Frame::of("没有回执", &signed);
        return html::message(StatusCode::NOT_FOUND, frame, NO_RECEIPT.0, NO_RECEIPT.1);
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    desk.audit.note(&signed.user.name, Act::Download, &found.id.to_string(), &name);
    html::attachment(&path, &name).await.unwrap_or_else(|| unreadable(&signed))
}
