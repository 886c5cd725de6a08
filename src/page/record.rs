//! The record of what accounts did (操作记录), for auditors and operators.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::audit::{AuditLine, Verified};
use super::guard::{Allowed, ReadsRecord};
use super::html::{self, Frame};
use super::{Desk, Shared};
use crate::service::clock::shown;

/// Lines that are shown.
const SHOWN: usize = 200;

/// Whose lines are wanted.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    user: String,
}

struct Row {
    at: String,
    user: String,
    act: &'static str,
    of: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "page/record.html")]
struct Page {
    frame: Frame,
    user: String,
    rows: Vec<Row>,
    lines: usize,
    /// Where the record does not hold.
    broken: Option<String>,
}

fn read(desk: &Desk, wanted: &Wanted) -> (Vec<AuditLine>, Verified) {
    let of_user = |line: &AuditLine| wanted.user.is_empty() || line.user == wanted.user;
    (desk.audit.latest(SHOWN, of_user), desk.audit.verify())
}

/// The page.
pub(super) async fn show(
    State(desk): State<Shared>,
    Allowed { signed, .. }: Allowed<ReadsRecord>,
    Query(wanted): Query<Wanted>,
) -> Response {
    tokio::task::block_in_place(|| {
        let (lines, verified) = read(&desk, &wanted);
        let row = |line: AuditLine| Row {
            at: shown(line.at),
            user: line.user,
            act: line.act.name(),
            of: line.of,
            detail: line.detail,
        };
        let page = Page {
            frame: Frame::of("操作记录", &signed),
            user: wanted.user,
            rows: lines.into_iter().map(row).collect(),
            lines: verified.lines,
            broken: verified.broken.map(|(file, line)| super::audit::broken(&file, line).to_string()),
        };
        html::page(StatusCode::OK, &page)
    })
}

/// The same as data.
pub(super) async fn json(
    State(desk): State<Shared>,
    _: Allowed<ReadsRecord>,
    Query(wanted): Query<Wanted>,
) -> Response {
    let (lines, verified) = tokio::task::block_in_place(|| read(&desk, &wanted));
    let broken = verified.broken.map(|(file, line)| serde_json::json!({"file": file, "line": line}));
    let verified = serde_json::json!({"lines": verified.lines, "broken": broken, "last": verified.last});
    html::data(StatusCode::OK, &serde_json::json!({"verified": verified, "lines": lines}))
}
