//! Accounts, for operators: added, given another role or password, blocked and let in again. What an operator cannot do is
//! shut out himself.

use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::Response;
use clap::ValueEnum as _;
use serde::Deserialize;
use serde_json::json;

use super::audit::Act;
use super::guard::{Allowed, KeepsService, Signed, stale};
use super::html::{self, Frame};
use super::users::Role;
use super::{Desk, Shared};
use crate::base::{Error, Result};

#[derive(Template)]
#[template(path = "page/users.html")]
struct Page {
    frame: Frame,
    users: Vec<Row>,
    roles: Vec<&'static str>,
    /// What was done, with a password that is shown once.
    done: String,
    agencies: bool,
}

struct Row {
    name: String,
    role: &'static str,
    blocked: bool,
    is_self: bool,
}

/// What is wanted.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    csrf: String,
    /// `add`, `role`, `password`, `block` or `admit`.
    act: String,
    name: String,
    #[serde(default)]
    role: String,
}

fn rows(desk: &Desk, signed: &Signed) -> Result<Vec<Row>> {
    let all = desk.users.all()?.into_iter().map(|user| Row {
        is_self: user.name == signed.user.name,
        role: user.role.name(),
        blocked: user.blocked,
        name: user.name,
    });
    Ok(all.collect())
}

fn page(desk: &Desk, signed: &Signed, done: String) -> Response {
    let users = match rows(desk, signed) {
        Ok(users) => users,
        Err(error) => return failed(signed, StatusCode::INTERNAL_SERVER_ERROR, &error),
    };
    let roles = Role::value_variants().iter().map(|role| role.name()).collect();
    let frame = Frame::of("用户", signed);
    html::page(StatusCode::OK, &Page { frame, users, roles, done, agencies: desk.rules.agencies })
}

fn failed(signed: &Signed, status: StatusCode, error: &Error) -> Response {
    html::message(status, Frame::of("没有执行", signed), &error.to_string(), error.hint())
}

/// The page.
pub(super) async fn show(
    State(desk): State<Shared>,
    Allowed { signed, .. }: Allowed<KeepsService>,
) -> Response {
    tokio::task::block_in_place(|| page(&desk, &signed, String::new()))
}

/// The same as data.
pub(super) async fn json(
    State(desk): State<Shared>,
    Allowed { signed, .. }: Allowed<KeepsService>,
) -> Response {
    tokio::task::block_in_place(|| match rows(&desk, &signed) {
        Ok(rows) => {
            let rows =
                rows.iter().map(|row| json!({"name": row.name, "role": row.role, "blocked": row.blocked}));
            html::data(StatusCode::OK, &rows.collect())
        }
        Err(error) => failed(&signed, StatusCode::INTERNAL_SERVER_ERROR, &error),
    })
}

/// Changes an account.
pub(super) async fn change(
    State(desk): State<Shared>,
    Allowed { signed, .. }: Allowed<KeepsService>,
    Form(wanted): Form<Wanted>,
) -> Response {
    if !signed.made(&wanted.csrf) {
        return stale(&signed);
    }
    // A password takes memory and a processor.
    let Ok(_turn) = desk.checks.acquire().await else {
        return failed(&signed, StatusCode::SERVICE_UNAVAILABLE, &Error::usage("没有执行。", "请稍后再试。"));
    };
    tokio::task::block_in_place(|| match changed(&desk, &signed, &wanted) {
        Ok((detail, password)) => {
            desk.audit.note(&signed.user.name, Act::Accounts, &wanted.name, &detail);
            tracing::info!(user = signed.user.name, of = wanted.name, detail, "accounts");
            match password {
                Some(password) => page(
                    &desk,
                    &signed,
                    format!("用户“{}”的密码：{password}（只显示这一次，请转告本人）", wanted.name),
                ),
                None => html::to("/users"),
            }
        }
        Err(error) => failed(&signed, StatusCode::UNPROCESSABLE_ENTITY, &error),
    })
}

/// What was done in words, with a new password.
fn changed(desk: &Desk, signed: &Signed, wanted: &Wanted) -> Result<(String, Option<String>)> {
    let role = || {
        let found = Role::value_variants().iter().find(|role| role.name() == wanted.role);
        found.copied().ok_or_else(|| Error::usage("没有选择角色。", "请选择角色后重新操作。"))
    };
    let name = wanted.name.as_str();
    if name == signed.user.name && matches!(wanted.act.as_str(), "role" | "block") {
        return Err(Error::usage("不能停用自己，也不能改自己的角色。", "请由另一位管理员操作。"));
    }
    match wanted.act.as_str() {
        "add" => {
            let role = role()?;
            let password = desk.users.add(name, role, None)?;
            Ok((format!("添加（{}）", role.name()), Some(password)))
        }
        "password" => Ok(("更换密码".to_owned(), Some(desk.users.renew(name, None)?))),
        "role" => {
            let role = role()?;
            desk.users.set_role(name, role)?;
            Ok((format!("角色改为{}", role.name()), None))
        }
        "block" => desk.users.block(name, true).map(|()| ("停用".to_owned(), None)),
        "admit" => desk.users.block(name, false).map(|()| ("恢复".to_owned(), None)),
        _ => Err(Error::usage("没有这个操作。", "请从本系统的网页操作。")),
    }
}
