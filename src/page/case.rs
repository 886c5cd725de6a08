//! A case: its result, every point of it explained, what was found, what was reconciled, and what can be kept of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::audit::Act;
use super::cases::may_see;
use super::guard::Signed;
use super::html::{self, Frame};
use super::index::Line;
use super::report::Case;
use super::{Desk, Shared};
use crate::base::printable_json;
use crate::service::clock::shown;
use crate::service::register::Return;

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
    cases: Vec<Case>,
}

/// A return of the same project, before or after this one.
struct Version {
    id: String,
    at: String,
    file: String,
    total: String,
    grade: String,
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

fn unreadable(signed: &Signed) -> Response {
    let frame = Frame::of("无法显示", signed);
    let message = "这个项目的登记无法读取。";
    html::message(StatusCode::INTERNAL_SERVER_ERROR, frame, message, "请下载工作簿查看，并告知系统管理员。")
}

/// The page.
pub(super) async fn show(State(desk): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    tokio::task::block_in_place(|| {
        let found = match found(&desk, &signed, &id) {
            Ok(found) => found,
            Err(response) => return *response,
        };
        let cases: Option<Vec<Case>> = found
            .cases_json()
            .and_then(|cases| cases.into_iter().map(|case| serde_json::from_value(case).ok()).collect());
        let Some(cases) = cases else { return unreadable(&signed) };
        let id = found.id.to_string();
        let later = desk.index().later(&found.id).filter(|later| may_see(&desk, &signed, &later.sha256));
        let edited = later.is_none() && desk.uploads.edit_of(&found.id).is_some();
        let versions = desk.index().versions(&found.id).into_iter();
        let versions = versions.filter(|line| may_see(&desk, &signed, &line.sha256));
        let title = cases.iter().find_map(|case| case.project.name.clone());
        let page = Page {
            frame: Frame::of(title.as_deref().unwrap_or("项目"), &signed),
            versions: versions.map(|line| version(line, &id)).collect(),
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

fn version(line: Line, this: &str) -> Version {
    Version {
        is_this: line.id.to_string() == this,
        id: line.id.to_string(),
        at: shown(line.at),
        file: line.submission,
        total: line.total.unwrap_or_default(),
        grade: line.grade.unwrap_or_else(|| "未定".to_owned()),
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
        let remedy = "成批接收的项目，回执按主管部门汇总在结果文件夹中。";
        return html::message(StatusCode::NOT_FOUND, frame, "没有找到这份材料的回执。", remedy);
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    desk.audit.note(&signed.user.name, Act::Download, &found.id.to_string(), &name);
    html::attachment(&path, &name).await.unwrap_or_else(|| unreadable(&signed))
}
