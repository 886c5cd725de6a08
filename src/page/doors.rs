//! Every address of the page, with what answers it and what is said of it: the routes and the description of the API are
//! made of the same table, so that none is missing from either.

use axum::extract::DefaultBodyLimit;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Router, http::header};

use super::api::{self, Answer, Field, Kind, Said, Shape};
use super::{
    Shared, accounts, case, cases, documents, editing, guard, intake, record, service, sign_in, uploading,
};

/// Bytes of a form without files.
const MAX_FORM: usize = 64 * 1024;
/// Bytes of a mapping that is pasted, as a form carries it.
const MAX_PASTED: usize = 1024 * 1024;
/// Bytes around the files of an upload.
const AROUND: u64 = 1024 * 1024;

const STYLE: &str = include_str!("../../templates/page/style.css");
const SCRIPT: &str = include_str!("../../templates/page/page.js");

/// An address.
pub(super) struct Door {
    pub(super) path: &'static str,
    router: MethodRouter<Shared>,
    /// What a GET is, and what a POST is.
    pub(super) get: Option<Said>,
    pub(super) post: Option<Said>,
}

/// The routes, with how many bytes an upload may have.
pub(super) fn router(size: u64) -> Router<Shared> {
    let size = usize::try_from(size.saturating_add(AROUND)).unwrap_or(usize::MAX);
    all().into_iter().fold(Router::new(), |router, door| {
        let most = match door.path {
            guard::UPLOAD => size,
            "/mappings" => MAX_PASTED,
            _ => MAX_FORM,
        };
        router.route(door.path, door.router.layer(DefaultBodyLimit::max(most)))
    })
}

fn shown(path: &'static str, router: MethodRouter<Shared>, said: Said) -> Door {
    Door { path, router, get: Some(said), post: None }
}

fn sent(path: &'static str, router: MethodRouter<Shared>, said: Said) -> Door {
    Door { path, router, get: None, post: Some(said) }
}

const CSRF: Field = Field::new("csrf", "网页表单中的校验值；在任何一个网页中可以读到。", Kind::Text);
const CASE: Field = Field::new("case", "材料中的第几个项目，从 0 起。", Kind::Number);
const WORDS: Field = Field::new("words", "查找的词，以空格分开。", Kind::Text).or_nothing();
const PAGE: Field = Field::new("page", "第几页，从 1 起。", Kind::Number).or_nothing();
const WANTED: &[Field] = &[
    WORDS,
    Field::new("agency", "主管部门。", Kind::Text).or_nothing(),
    Field::new("year", "年度。", Kind::Number).or_nothing(),
    PAGE,
];
const CHOSEN: &[Field] = &[
    Field::new("severity", "只列这种程度的问题。", Kind::Word(&["", "error", "warning", "info"]))
        .or_nothing(),
    Field::new("state", "只列这种整改情况的问题。", Kind::Word(&["", "new", "open"])).or_nothing(),
];
const LOOKED: &[Field] = &[WORDS, PAGE];
const USER: &[Field] = &[Field::new("user", "只列这个用户的操作。", Kind::Text).or_nothing()];

/// All of them.
pub(super) fn all() -> Vec<Door> {
    cases_of_the_list().into_iter().chain(one_case()).chain(keeping()).chain(around()).collect()
}

fn cases_of_the_list() -> [Door; 4] {
    let rows = Shape::object(&["count", "cases", "uploads", "waiting"]);
    let files = [
        CSRF,
        Field::new("title", "几个文件合称什么，可不填。", Kind::Text).or_nothing(),
        Field::new("files", "一个项目的全部文件，或一个压缩包。", Kind::Files),
    ];
    [
        shown(
            "/",
            get(cases::list),
            Said::of("项目列表：上传、查找、正在处理的和已处理的", Answer::Page).asking(WANTED),
        ),
        shown("/json", get(cases::json), Said::of("项目列表", Answer::Data(rows)).asking(WANTED)),
        sent(
            guard::UPLOAD,
            post(uploading::take),
            Said::of("上传一个项目的材料", Answer::Nothing).taking(files.to_vec()).by_parts(),
        ),
        shown("/login", get(sign_in::form).post(sign_in::enter), Said::of("登录页", Answer::Page).open())
            .also(
                Said::of("登录：成功的返回 Cookie", Answer::Nothing)
                    .taking(vec![
                        Field::new("name", "用户名。", Kind::Text),
                        Field::new("password", "密码。", Kind::Text),
                    ])
                    .open(),
            ),
    ]
}

fn one_case() -> [Door; 9] {
    let tried = vec![
        CSRF,
        CASE,
        Field::new("actual-0", "第 1 个指标的实际完成值；其他指标依次为 actual-1 等。", Kind::Text)
            .or_nothing(),
        Field::new("target-0", "第 1 个指标的指标值。", Kind::Text).or_nothing(),
        Field::new("tick-0-1", "第 1 个指标第 1 项是否满足。", Kind::Word(&["", "0", "1"])).or_nothing(),
    ];
    let decided = vec![
        CSRF,
        CASE,
        Field::new("tick-0-1", "第 1 个指标第 1 项是否满足。", Kind::Word(&["", "0", "1"])).or_nothing(),
        Field::new("score-0", "第 1 个指标的改定得分；须同时写 reason-0。", Kind::Text).or_nothing(),
        Field::new("reason-0", "改定理由。", Kind::Text).or_nothing(),
        Field::new("reply-0", "第 1 个问题的整改情况。", Kind::Text).or_nothing(),
        Field::new("column-0", "第 1 个待确认栏目的含义。", Kind::Text).or_nothing(),
    ];
    let totals = Shape::object(&["total", "full", "grade", "levels", "indicators"]);
    let offers = Shape::list(&["name", "link", "why", "notes"]);
    [
        shown(
            "/case/{id}",
            get(case::show),
            Said::of("一次返回：结果、指标、问题、对账、改动", Answer::Page).asking(CHOSEN),
        ),
        shown(
            "/case/{id}/json",
            get(case::json),
            Said::of("一次返回（同 jixiao score --json）", Answer::Data(Shape::list(&[]))),
        ),
        shown("/case/{id}/workbook", get(case::workbook), Said::of("返回的工作簿", Answer::File)),
        shown("/case/{id}/receipt", get(case::receipt), Said::of("回执", Answer::File)),
        shown(
            "/case/{id}/documents",
            get(documents::list),
            Said::of("可以下载什么，没有的是为什么", Answer::Data(offers)),
        ),
        shown(
            "/case/{id}/letter/{number}",
            get(documents::letter),
            Said::of("发文代拟稿（.docx）", Answer::File),
        ),
        shown(
            "/case/{id}/report/{number}",
            get(documents::report),
            Said::of("评价报告（.docx）", Answer::File),
        ),
        sent(
            "/case/{id}/try",
            post(editing::attempt),
            Said::of("试算：不保存", Answer::Data(totals)).taking(tried),
        ),
        sent(
            "/case/{id}/edit",
            post(editing::edit),
            Said::of("复核：改定得分、逐项选择、整改情况、栏目含义", Answer::Nothing).taking(decided),
        ),
    ]
}

fn keeping() -> [Door; 12] {
    let account = vec![
        CSRF,
        Field::new(
            "act",
            "做什么：添加、改角色、换密码、停用、恢复。",
            Kind::Word(&["add", "role", "password", "block", "admit"]),
        ),
        Field::new("name", "用户名。", Kind::Text),
        Field::new("role", "角色。", Kind::Role).or_nothing(),
    ];
    let pasted = vec![CSRF, Field::new("text", "映射文件的内容。", Kind::Text)];
    let book = Shape::object(&["titles", "rows"]);
    let asked = Shape::list(&["link", "at", "project", "agency", "file", "columns"]);
    [
        shown("/questions", get(intake::asked), Said::of("待确认栏目", Answer::Page)),
        shown("/questions/json", get(intake::asked_json), Said::of("待确认栏目", Answer::Data(asked))),
        shown("/register", get(intake::register), Said::of("收件登记表", Answer::Page).asking(LOOKED)),
        shown(
            "/register/json",
            get(intake::register_json),
            Said::of("收件登记表", Answer::Data(book)).asking(LOOKED),
        ),
        shown("/users", get(accounts::show).post(accounts::change), Said::of("用户", Answer::Page))
            .also(Said::of("添加、停用用户，改角色，换密码", Answer::Page).taking(account)),
        shown(
            "/users/json",
            get(accounts::json),
            Said::of("用户", Answer::Data(Shape::list(&["name", "role", "blocked"]))),
        ),
        shown(
            "/mappings",
            get(service::mappings).post(service::check),
            Said::of("正在使用的映射文件", Answer::Page),
        )
        .also(Said::of("检查粘贴的映射文件：不保存", Answer::Page).taking(pasted)),
        shown(
            "/mappings/json",
            get(service::mappings_json),
            Said::of("正在使用的映射文件", Answer::Data(Shape::object(&["shipped", "own"]))),
        ),
        shown("/status", get(service::status), Said::of("运行状态", Answer::Page)),
        shown(
            "/status/json",
            get(service::status_json),
            Said::of("运行状态（同 jixiao watch --status --json）", Answer::Data(Shape::object(&[]))),
        ),
        shown("/audit", get(record::show), Said::of("操作记录", Answer::Page).asking(USER)),
        shown(
            "/audit/json",
            get(record::json),
            Said::of("操作记录", Answer::Data(Shape::object(&["verified", "lines"]))).asking(USER),
        ),
    ]
}

fn around() -> [Door; 4] {
    [
        sent("/logout", post(sign_in::leave), Said::of("退出登录", Answer::Nothing).taking(vec![CSRF])),
        shown(
            "/api/openapi.json",
            get(api::description),
            Said::of("本说明", Answer::Data(Shape::object(&["openapi", "info", "paths"]))),
        ),
        shown(
            "/style.css",
            get(|| fixed(STYLE, "text/css; charset=utf-8")),
            Said::of("样式", Answer::Fixed("text/css")).open(),
        ),
        shown(
            "/page.js",
            get(|| fixed(SCRIPT, "text/javascript; charset=utf-8")),
            Said::of("脚本", Answer::Fixed("text/javascript")).open(),
        ),
    ]
}

impl Door {
    /// What may be sent to a page that is shown, too.
    fn also(self, said: Said) -> Self {
        Self { post: Some(said), ..self }
    }
}

async fn fixed(text: &'static str, kind: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}
