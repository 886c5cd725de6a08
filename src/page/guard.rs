//! What stands before every page: by what name it was called, by what browser, from what page, and by whom.

use std::marker::PhantomData;
use std::time::{Duration, Instant};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::html::{self, Frame};
use super::sessions::is_same;
use super::users::{Role, User};
use super::{Desk, Shared};

/// The cookie with the token.
pub(super) const COOKIE: &str = "jixiao";
/// How long an answer may take; an upload has its own time.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long an upload may take.
pub(super) const UPLOAD_PATIENCE: Duration = Duration::from_secs(30 * 60);
/// The place that uploads go to.
pub(super) const UPLOAD: &str = "/upload";

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub(super) struct Signed {
    pub(super) user: User,
    pub(super) csrf: String,
    pub(super) token: String,
}

impl Signed {
    /// Whether a form that carries this is of a page that was made for him.
    pub(super) fn made(&self, csrf: &str) -> bool {
        is_same(&self.csrf, csrf)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let to_read = parts.method == Method::GET;
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| if to_read { html::to("/login") } else { out() })
    }
}

/// Somebody sends something and is signed in no more.
fn out() -> Response {
    let frame = Frame::outside("请登录");
    html::message(StatusCode::UNAUTHORIZED, frame, "尚未登录，或登录已过期。", "请重新登录后再操作。")
}

/// What a role must allow for a page to be shown.
pub(super) trait Right {
    /// What is said to who has not the right.
    const REFUSAL: &'static str;
    /// Whether a role has it.
    fn is_of(role: Role) -> bool;
}

/// Accounts, mappings and the service.
pub(super) struct KeepsService;

impl Right for KeepsService {
    const REFUSAL: &'static str = "该用户不是管理员。";

    fn is_of(role: Role) -> bool {
        role.keeps_service()
    }
}

/// What came in from everybody.
pub(super) struct SeesAll;

impl Right for SeesAll {
    const REFUSAL: &'static str = "该用户不能查看。";

    fn is_of(role: Role) -> bool {
        role.sees_all()
    }
}

/// The record of what accounts did.
pub(super) struct ReadsRecord;

impl Right for ReadsRecord {
    const REFUSAL: &'static str = "该用户不能查看操作记录。";

    fn is_of(role: Role) -> bool {
        role.reads_record()
    }
}

/// Somebody who is signed in and has a right; others get the refusal as their page.
pub(super) struct Allowed<R> {
    pub(super) signed: Signed,
    right: PhantomData<R>,
}

impl<S: Send + Sync, R: Right> FromRequestParts<S> for Allowed<R> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let signed = Signed::from_request_parts(parts, state).await?;
        if R::is_of(signed.user.role) {
            return Ok(Self { signed, right: PhantomData });
        }
        let frame = Frame::of("不能查看", &signed);
        Err(html::message(StatusCode::FORBIDDEN, frame, R::REFUSAL, "需要的，请联系管理员。"))
    }
}

/// A form that is of no page of ours, or of one that is too old.
pub(super) fn stale(signed: &Signed) -> Response {
    let frame = Frame::of("请重新操作", signed);
    html::message(StatusCode::FORBIDDEN, frame, "网页已过期，没有执行。", "请返回上一页，刷新后重新操作。")
}

/// Looks at a request before anybody answers it.
pub(super) async fn watch(State(desk): State<Shared>, mut request: Request, next: Next) -> Response {
    let mut response = match refused(&desk, &request) {
        Some(refusal) => refusal,
        None => {
            if let Some(signed) = signed(&desk, request.headers()) {
                request.extensions_mut().insert(signed);
            }
            let patience = if request.uri().path() == UPLOAD { UPLOAD_PATIENCE } else { PATIENCE };
            tokio::time::timeout(patience, next.run(request)).await.unwrap_or_else(|_| {
                let frame = Frame::outside("超时");
                html::message(StatusCode::REQUEST_TIMEOUT, frame, "用时太长，已停止。", "请检查网络后重试。")
            })
        }
    };
    response = in_words(response);
    html::say_always(response.headers_mut());
    response
}

/// What the router says of a request that it cannot read, in words.
fn in_words(response: Response) -> Response {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE);
    let is_ours = kind.is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    if is_ours || !status.is_client_error() {
        return response;
    }
    let (message, remedy) = match status {
        StatusCode::PAYLOAD_TOO_LARGE => ("内容太多，没有收下。", "请减少内容后重新操作。"),
        _ => ("请求不完整，或者格式不对，没有执行。", "请返回上一页，刷新后重新操作。"),
    };
    let mut said = html::message(status, Frame::outside("没有执行"), message, remedy);
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        said.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    said
}

fn refused(desk: &Desk, request: &Request) -> Option<Response> {
    let headers = request.headers();
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let host = said(header::HOST).unwrap_or_default();
    if !desk.access.answers_to(host) {
        let frame = Frame::outside("网址不对");
        let message = "网址不对：本服务不在这个名称下提供网页。";
        return Some(html::message(
            StatusCode::MISDIRECTED_REQUEST,
            frame,
            message,
            "请使用管理员告知的网址。",
        ));
    }
    let browser = said(header::USER_AGENT).unwrap_or_default();
    if browser.contains("MSIE ") || browser.contains("Trident/") {
        let frame = Frame::outside("请切换到极速模式");
        let message = "当前是兼容模式，网页不能正常显示。";
        return Some(html::message(StatusCode::OK, frame, message, "请切换到极速模式后刷新。"));
    }
    let sends = !matches!(*request.method(), Method::GET | Method::HEAD);
    let foreign = said(header::ORIGIN).is_some_and(|origin| !desk.access.is_own(origin, host))
        || headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    if sends && foreign {
        let frame = Frame::outside("没有执行");
        let message = "这个操作来自另一个网站，没有执行。";
        return Some(html::message(StatusCode::FORBIDDEN, frame, message, "请从本系统的网页操作。"));
    }
    None
}

fn signed(desk: &Desk, headers: &HeaderMap) -> Option<Signed> {
    let token = token(headers)?;
    let session = desk.sessions().of(token, Instant::now())?;
    // An account that is gone, blocked, or has another password, is nobody's any more.
    let user = desk.users.find(&session.name).filter(|user| user.hash == session.hash)?;
    if !desk.may_enter(&user) {
        return None;
    }
    Some(Signed { user, csrf: session.csrf, token: token.to_owned() })
}

fn token(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == COOKIE).map(|(_, token)| token).next()
}

/// The cookie with this token; an empty one is forgotten at once.
pub(super) fn cookie(desk: &Desk, token: &str) -> String {
    let secure = if desk.access.is_encrypted() { "; Secure" } else { "" };
    let age = if token.is_empty() { "; Max-Age=0" } else { "" };
    format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict{secure}{age}")
}
