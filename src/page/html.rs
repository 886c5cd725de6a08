//! Answers: pages, attachments, and the few things that every answer says to a browser.

use std::path::Path;

use askama::Template;
use axum::body::Body;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};

use super::guard::Signed;
use super::users::Role;
use crate::base::printable_json;

/// What a browser may load and send, for every page: nothing but our own, and no script within a page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Said with every answer.
pub(super) fn say_always(headers: &mut HeaderMap) {
    let always: [(HeaderName, &'static str); 6] = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, "no-store"),
        // Browsers with two kernels are asked for the newer one.
        (HeaderName::from_static("renderer"), "webkit"),
    ];
    for (name, value) in always {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// The frame of a page.
pub(super) struct Frame {
    /// Its title.
    pub(super) title: String,
    /// The account's name; empty before somebody signs in.
    pub(super) user: String,
    /// Its role, as a clerk calls it.
    pub(super) role: &'static str,
    /// What the forms of the page carry.
    pub(super) csrf: String,
    /// Whether anything may be handed in.
    pub(super) uploads: bool,
    /// The other pages that the account may see: address and name.
    pub(super) tabs: Vec<(&'static str, &'static str)>,
}

impl Frame {
    /// Before somebody signs in.
    pub(super) fn outside(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            user: String::new(),
            role: "",
            csrf: String::new(),
            uploads: false,
            tabs: Vec::new(),
        }
    }

    /// For somebody who is signed in.
    pub(super) fn of(title: &str, signed: &Signed) -> Self {
        Self {
            title: title.to_owned(),
            user: signed.user.name.clone(),
            role: signed.user.role.name(),
            csrf: signed.csrf.clone(),
            uploads: signed.user.role.uploads(),
            tabs: tabs(signed.user.role),
        }
    }
}

fn tabs(role: Role) -> Vec<(&'static str, &'static str)> {
    let all = [
        (role.sees_all(), ("/questions", "待确认栏目")),
        (role.sees_all(), ("/register", "收件登记表")),
        (role.keeps_service(), ("/users", "用户")),
        (role.keeps_service(), ("/mappings", "映射文件")),
        (role.keeps_service(), ("/status", "运行状态")),
        (role.reads_record(), ("/audit", "操作记录")),
    ];
    all.into_iter().filter(|(may, _)| *may).map(|(_, tab)| tab).collect()
}

#[derive(Template)]
#[template(path = "page/message.html")]
struct Said<'m> {
    frame: Frame,
    message: &'m str,
    remedy: &'m str,
}

/// A page.
pub(super) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => {
            let kind = [(header::CONTENT_TYPE, "text/html; charset=utf-8")];
            (status, kind, text).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a page cannot be made");
            (StatusCode::INTERNAL_SERVER_ERROR, "网页出错，请告知系统管理员。").into_response()
        }
    }
}

/// A page that only says something.
pub(super) fn message(status: StatusCode, frame: Frame, message: &str, remedy: &str) -> Response {
    page(status, &Said { frame, message, remedy })
}

/// Data; foreign text in it shows what it hides.
pub(super) fn data(status: StatusCode, value: &serde_json::Value) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (status, kind, printable_json(value.to_string())).into_response()
}

/// To another page.
pub(super) fn to(place: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, place.to_owned())]).into_response()
}

/// A file to be kept, never shown: what a stranger wrote runs in no page of ours.
pub(super) async fn attachment(path: &Path, name: &str) -> Option<Response> {
    let bytes = tokio::fs::read(path).await.ok()?;
    Some(kept(bytes, name))
}

/// The same of bytes.
pub(super) fn kept(bytes: impl Into<Body>, name: &str) -> Response {
    let mut response = Response::new(bytes.into());
    let said = format!("attachment; filename=\"download\"; filename*=UTF-8''{}", encoded(name));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    // Nothing but letters, digits and percent signs are left in it.
    let value = HeaderValue::from_str(&said).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_DISPOSITION, value);
    response
}

/// A text as a header or an address may hold it.
pub(super) fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
