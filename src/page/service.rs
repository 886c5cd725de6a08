//! How the service stands, and by what mappings it reads, for operators; and whether a mapping that is pasted has faults.

use askama::Template;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;

use super::Shared;
use super::guard::{Allowed, KeepsService, Signed, stale};
use super::html::{self, Frame};
use crate::mapping::{self, Mappings, SHIPPED};
use crate::service::status;

#[derive(Template)]
#[template(path = "page/status.html")]
struct StatusPage {
    frame: Frame,
    text: String,
    needs_somebody: bool,
}

/// How it stands.
pub(super) async fn status(
    State(desk): State<Shared>,
    Allowed { signed, .. }: Allowed<KeepsService>,
) -> Response {
    tokio::task::block_in_place(|| match status::read(desk.uploads.base()) {
        Ok(status) => {
            let frame = Frame::of("运行状态", &signed);
            let (text, needs_somebody) = (status.text(), status.needs_somebody());
            html::page(StatusCode::OK, &StatusPage { frame, text, needs_somebody })
        }
        Err(error) => beginning(&signed, &error),
    })
}

/// The same as data.
pub(super) async fn status_json(
    State(desk): State<Shared>,
    Allowed { signed, .. }: Allowed<KeepsService>,
) -> Response {
    tokio::task::block_in_place(|| match status::read(desk.uploads.base()) {
        Ok(status) => html::data(StatusCode::OK, &serde_json::to_value(status).unwrap_or_default()),
        Err(error) => beginning(&signed, &error),
    })
}

/// The page listens before the service has written down what it serves.
fn beginning(signed: &Signed, error: &crate::base::Error) -> Response {
    let frame = Frame::of("运行状态", signed);
    html::message(StatusCode::SERVICE_UNAVAILABLE, frame, &error.to_string(), "服务刚刚启动的，请稍后刷新。")
}

#[derive(Template)]
#[template(path = "page/mappings.html")]
struct MappingsPage {
    frame: Frame,
    shipped: Vec<&'static str>,
    own: Vec<String>,
    text: String,
    /// What was found in the text; `None` where nothing was looked at.
    found: Option<Found>,
}

struct Found {
    count: usize,
    faults: String,
}

/// A text that is pasted.
#[derive(Debug, Deserialize)]
pub(super) struct Pasted {
    csrf: String,
    #[serde(default)]
    text: String,
}

/// The mappings.
pub(super) async fn mappings(
    State(desk): State<Shared>,
    Allowed { signed, .. }: Allowed<KeepsService>,
) -> Response {
    page(&desk, &signed, String::new(), None)
}

fn page(desk: &Shared, signed: &Signed, text: String, found: Option<Found>) -> Response {
    let shipped = SHIPPED.iter().map(|(name, _)| *name).collect();
    let frame = Frame::of("映射文件", signed);
    html::page(StatusCode::OK, &MappingsPage { frame, shipped, own: desk.trials.mappings(), text, found })
}

/// The same as data.
pub(super) async fn mappings_json(State(desk): State<Shared>, _: Allowed<KeepsService>) -> Response {
    let shipped: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).collect();
    html::data(StatusCode::OK, &json!({"shipped": shipped, "own": desk.trials.mappings()}))
}

/// Checks a mapping that is pasted, as `jixiao mapping check` does; nothing is kept of it.
pub(super) async fn check(
    State(desk): State<Shared>,
    Allowed { signed, .. }: Allowed<KeepsService>,
    headers: HeaderMap,
    Form(pasted): Form<Pasted>,
) -> Response {
    if !signed.made(&pasted.csrf) {
        return stale(&signed);
    }
    let by_script = headers.get(header::ACCEPT).is_some_and(|accepts| accepts == "application/json");
    let found = tokio::task::block_in_place(|| {
        let files = [("粘贴的映射.toml".to_owned(), pasted.text.clone())];
        match Mappings::with_files(&files) {
            Ok(_) => Found { count: 0, faults: String::new() },
            Err(faults) => Found { count: faults.len(), faults: mapping::render(&faults, false) },
        }
    });
    if by_script {
        return html::data(StatusCode::OK, &json!({"count": found.count, "faults": found.faults}));
    }
    page(&desk, &signed, pasted.text, Some(found))
}
