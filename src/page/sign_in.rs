//! Signing in and out.

use std::time::Instant;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde::Deserialize;

use super::audit::Act;
use super::guard::{Signed, cookie, stale};
use super::html::{self, Frame};
use super::{Desk, Shared, users};

#[derive(Template)]
#[template(path = "page/login.html")]
struct Page {
    frame: Frame,
    fault: &'static str,
}

/// What is typed.
#[derive(Deserialize)]
pub(super) struct Typed {
    name: String,
    password: String,
}

/// What a form without anything typed carries.
#[derive(Deserialize)]
pub(super) struct Bare {
    csrf: String,
}

/// The form.
pub(super) async fn form(signed: Option<axum::Extension<Signed>>) -> Response {
    if signed.is_some() { html::to("/") } else { show(StatusCode::OK, "") }
}

fn show(status: StatusCode, fault: &'static str) -> Response {
    html::page(status, &Page { frame: Frame::outside("登录"), fault })
}

/// Checks what is typed. Of a wrong name and a wrong password the same is said.
pub(super) async fn enter(State(desk): State<Shared>, Form(typed): Form<Typed>) -> Response {
    // How many are checked at once is limited: each takes memory and a processor.
    let Ok(_turn) = desk.checks.acquire().await else { return busy() };
    // Asked now and not before the turn came: of many guesses that wait together, the first wrong ones close the account.
    let now = Instant::now();
    if desk.sessions().is_closed(&typed.name, now) {
        return show(
            StatusCode::TOO_MANY_REQUESTS,
            "密码连续输错，该用户已暂停登录，请 15 分钟后再试，或联系管理员。",
        );
    }
    let user = desk.users.find(&typed.name);
    let (asked, password) = (user.clone(), typed.password);
    let proved = tokio::task::spawn_blocking(move || users::proves(&password, asked.as_ref())).await;
    match (proved, user) {
        (Ok(true), Some(user)) => match shut_out(&desk, &user) {
            None => welcome(&desk, &user, now),
            Some(why) => show(StatusCode::FORBIDDEN, why),
        },
        (Ok(_), user) => {
            if let Some(user) = user {
                tracing::warn!(user = user.name, "a wrong password");
                desk.audit.note(&user.name, Act::WrongPassword, "", "");
                desk.sessions().wrong(&user.name, now);
            }
            show(StatusCode::UNAUTHORIZED, "用户名或密码不对。")
        }
        (Err(_), _) => busy(),
    }
}

/// Why somebody whose password is right does not come in.
fn shut_out(desk: &Desk, user: &users::User) -> Option<&'static str> {
    if user.blocked {
        return Some("该用户已停用，请联系管理员。");
    }
    (!desk.may_enter(user)).then_some("“单位”用户的登录没有开放，请联系财政部门。")
}

fn busy() -> Response {
    show(StatusCode::SERVICE_UNAVAILABLE, "登录的人太多，请稍后再试。")
}

fn welcome(desk: &Desk, user: &users::User, now: Instant) -> Response {
    let Some(token) = desk.sessions().begin(user, now) else { return busy() };
    tracing::info!(user = user.name, "signs in");
    desk.audit.note(&user.name, Act::SignIn, "", user.role.name());
    with_cookie(html::to("/"), &cookie(desk, &token))
}

/// Signs out.
pub(super) async fn leave(State(desk): State<Shared>, signed: Signed, Form(form): Form<Bare>) -> Response {
    if !signed.made(&form.csrf) {
        return stale(&signed);
    }
    desk.sessions().end(&signed.token);
    desk.audit.note(&signed.user.name, Act::SignOut, "", "");
    with_cookie(html::to("/login"), &cookie(&desk, ""))
}

fn with_cookie(mut response: Response, cookie: &str) -> Response {
    // A token is digits; nothing foreign is in it.
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}
