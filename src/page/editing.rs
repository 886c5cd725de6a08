//! What a reviewer does on the page of a case. Trying something changes nothing: workers say what would come of it. What he
//! decides is typed into the workbook, as he would type it there, and goes the folder's way; it is bound to the return that
//! he saw, so that two reviewers never lose each other's word.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::audit::Act;
use super::case::found;
use super::guard::{Signed, stale};
use super::html::{self, Frame};
use super::report::Case;
use super::{Desk, Shared};
use crate::base::Result;
use crate::pipeline::{Typed, Typing};
use crate::service::register::Return;
use crate::service::uploads::{By, Upload};

/// Fields as a form sends them.
type Fields = Vec<(String, String)>;

/// What is typed on a page, and into which of its cases.
struct Wanted {
    csrf: String,
    /// The case's place on the page.
    case: usize,
    fields: Fields,
}

impl Wanted {
    fn of(fields: Fields) -> Self {
        let value = |name: &str| fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let csrf = value("csrf").unwrap_or_default();
        let case = value("case").and_then(|case| case.parse().ok()).unwrap_or_default();
        Self { csrf, case, fields }
    }

    /// The fields of this name, each with the numbers behind it: `tick-3-1`.
    fn named<'w>(&'w self, name: &'static str) -> impl Iterator<Item = (Vec<usize>, &'w str)> {
        self.fields.iter().filter_map(move |(key, value)| {
            let numbers = key.strip_prefix(name)?.strip_prefix('-')?;
            let numbers = numbers.split('-').map(str::parse).collect::<std::result::Result<_, _>>().ok()?;
            Some((numbers, value.as_str()))
        })
    }

    fn value(&self, name: &'static str, number: usize) -> Option<&str> {
        self.named(name).find(|(numbers, _)| *numbers == [number]).map(|(_, value)| value.trim())
    }

    /// Ticks, as they are chosen.
    fn ticks(&self) -> Vec<Typed> {
        let ticks = self.named("tick").filter_map(|(numbers, value)| {
            let ([indicator, item], "1" | "0") = (numbers.as_slice(), value) else { return None };
            let item = u32::try_from(*item).ok()?;
            Some(Typed::Tick { indicator: *indicator, item, met: value == "1" })
        });
        ticks.collect()
    }

    /// What is tried.
    fn tried(&self) -> Vec<Typed> {
        let one = |numbers: Vec<usize>| numbers.first().copied().unwrap_or(usize::MAX);
        let actual = self.named("actual").map(|(numbers, text)| (one(numbers), text.to_owned()));
        let mut typed: Vec<Typed> =
            actual.map(|(indicator, text)| Typed::Actual { indicator, text }).collect();
        let target = self.named("target").map(|(numbers, text)| (one(numbers), text.to_owned()));
        typed.extend(target.map(|(indicator, text)| Typed::Target { indicator, text }));
        typed.extend(self.ticks());
        typed
    }

    /// What is decided; the reason why it cannot be is for the person.
    fn decided(&self, case: &Case, user: &str) -> std::result::Result<Vec<Typed>, &'static str> {
        let mut typed = self.ticks();
        for (numbers, score) in self.named("score").filter(|(_, score)| !score.trim().is_empty()) {
            let indicator = numbers.first().copied().unwrap_or(usize::MAX);
            let reason = self.value("reason", indicator).filter(|reason| !reason.is_empty());
            let reason = reason.ok_or("改定得分须写明理由，没有执行。")?.to_owned();
            let (score, by) = (score.trim().to_owned(), user.to_owned());
            typed.push(Typed::Score { indicator, score, reason, by });
        }
        for (numbers, text) in self.named("reply").filter(|(_, text)| !text.trim().is_empty()) {
            let finding = numbers.first().and_then(|number| case.findings.get(*number));
            let finding = finding.ok_or("没有这个问题，没有执行。")?;
            let (object, message) = (finding.object.clone(), finding.message.clone());
            typed.push(Typed::Reply { object, message, text: text.trim().to_owned() });
        }
        for (numbers, meaning) in self.named("column").filter(|(_, meaning)| !meaning.trim().is_empty()) {
            let asked = numbers.first().and_then(|number| case.asked().nth(*number));
            let asked = asked.ok_or("没有这个栏目，没有执行。")?;
            typed.push(Typed::Column { title: asked.title.clone(), meaning: meaning.trim().to_owned() });
        }
        if typed.is_empty() { Err("没有填写内容，没有执行。") } else { Ok(typed) }
    }
}

/// The case of a page, and where it stands in its workbook.
fn case_of(found: &Return, place: usize) -> Option<(Case, usize)> {
    let line = found.cases.get(place).filter(|line| line.hosted)?;
    let before = found.cases.iter().take(place).filter(|line| line.hosted).count();
    let case = found.cases_json()?.into_iter().nth(place)?;
    line.total.is_some().then_some(())?;
    Some((serde_json::from_value(case).ok()?, before))
}

/// The workbooks of a return's submission, its own first; `None` where one of its files was not returned.
pub(super) fn files(desk: &Desk, found: &Return, case: &Case) -> Option<Vec<Return>> {
    let mut files = vec![found.clone()];
    if !case.files.is_empty() {
        files.extend(desk.index().beside(found));
    }
    (files.len() >= case.files.len()).then_some(files)
}

/// A case that somebody may try and decide something of.
struct Open {
    wanted: Wanted,
    found: Return,
    case: Case,
    /// Which of the scored cases of its workbook it is.
    number: usize,
    files: Vec<Return>,
}

/// Why it is not opened.
enum Closed {
    /// A page says it.
    Page(Box<Response>),
    /// In words: what, and what to do.
    Said(StatusCode, &'static str, &'static str),
}

/// Opens the case that a form is about, for whoever may review it.
fn opened(desk: &Desk, signed: &Signed, id: &str, wanted: Wanted) -> std::result::Result<Open, Closed> {
    let in_the_workbook = "请下载工作簿，在表中填写后重新上传。";
    if !signed.made(&wanted.csrf) {
        return Err(Closed::Page(Box::new(stale(signed))));
    }
    let found = found(desk, signed, id).map_err(Closed::Page)?;
    if !signed.user.role.reviews() {
        let remedy = "需要复核的，请联系管理员。";
        return Err(Closed::Said(StatusCode::FORBIDDEN, "该用户不能试算和复核。", remedy));
    }
    let closed = |message| Closed::Said(StatusCode::UNPROCESSABLE_ENTITY, message, in_the_workbook);
    let (case, number) =
        case_of(&found, wanted.case).ok_or_else(|| closed("这个项目不能在网页上试算和复核。"))?;
    let files = files(desk, &found, &case)
        .ok_or_else(|| closed("材料中有不是工作簿的文件，不能在网页上试算和复核。"))?;
    Ok(Open { wanted, found, case, number, files })
}

/// Tries something; answers a script.
pub(super) async fn attempt(
    State(desk): State<Shared>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    let Ok(_turn) = desk.tries.acquire().await else {
        return told(StatusCode::SERVICE_UNAVAILABLE, "试算的人太多，请稍后再试。", "");
    };
    tokio::task::block_in_place(|| {
        let open = match opened(&desk, &signed, &id, Wanted::of(fields)) {
            Ok(open) => open,
            Err(Closed::Page(response)) => return *response,
            Err(Closed::Said(status, message, remedy)) => return told(status, message, remedy),
        };
        let typing = Typing { host: 0, case: open.number, typed: open.wanted.tried() };
        let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
        match desk.trials.tried(&open.files.iter().collect::<Vec<_>>(), &typing) {
            Ok(cases) => match said(&cases, &open.case) {
                Some(answer) => html::data(StatusCode::OK, &answer),
                None => told(unprocessable, "改动后没有可以评分的内容。", "请检查填写的内容。"),
            },
            Err(error) => told(unprocessable, &error.to_string(), error.hint()),
        }
    })
}

/// What is said of a try: total, grade, levels, and each indicator's score.
fn said(cases: &[Value], case: &Case) -> Option<Value> {
    let same = |value: &&Value| {
        value.get("score").is_some_and(|score| !score.is_null())
            && value.pointer("/project/name").and_then(Value::as_str) == case.project.name.as_deref()
    };
    let value = cases.iter().find(same)?;
    let shown: Case = serde_json::from_value(value.clone()).ok()?;
    let total = shown.score.as_ref()?;
    let levels = shown.levels.iter().map(|level| json!({"score": level.score, "share": level.share()}));
    let indicators = shown.indicators.iter().map(|one| {
        let steps = one.derivation.as_ref().map(|derivation| &derivation.steps);
        json!({"score": one.score, "weight": one.weight, "note": one.note, "steps": steps})
    });
    Some(json!({
        "total": total.total,
        "full": total.full,
        "grade": total.shown(),
        "levels": levels.collect::<Vec<_>>(),
        "indicators": indicators.collect::<Vec<_>>(),
    }))
}

/// Why nothing can be said.
fn told(status: StatusCode, message: &str, hint: &str) -> Response {
    html::data(status, &json!({"message": message, "hint": hint}))
}

/// Decides something.
pub(super) async fn edit(
    State(desk): State<Shared>,
    signed: Signed,
    Path(id): Path<String>,
    Form(fields): Form<Fields>,
) -> Response {
    let said = |status, message: &str, hint: &str| {
        html::message(status, Frame::of("没有执行", &signed), message, hint)
    };
    let Ok(_turn) = desk.tries.acquire().await else {
        return said(StatusCode::SERVICE_UNAVAILABLE, "没有执行。", "请稍后再试。");
    };
    tokio::task::block_in_place(|| {
        let open = match opened(&desk, &signed, &id, Wanted::of(fields)) {
            Ok(open) => open,
            Err(Closed::Page(response)) => return *response,
            Err(Closed::Said(status, message, remedy)) => return said(status, message, remedy),
        };
        let overtaken = || {
            said(
                StatusCode::CONFLICT,
                "其他人已先作了改动，没有执行。",
                "请返回首页，打开最新的结果后重新操作。",
            )
        };
        let later = desk.index().later(&open.found.id);
        if later.is_some() || desk.uploads.edit_of(&open.found.id).is_some() {
            return overtaken();
        }
        let typed = match open.wanted.decided(&open.case, &signed.user.name) {
            Ok(typed) => typed,
            Err(message) => return said(StatusCode::UNPROCESSABLE_ENTITY, message, "请返回上一页重新填写。"),
        };
        let detail = told_of(&typed, &open.case);
        let typing = Typing { host: 0, case: open.number, typed };
        match hand_in(&desk, &signed, &open.found, &open.files, &typing) {
            Ok(Ok(Some(upload))) => {
                desk.audit.note(&signed.user.name, Act::Edit, &open.found.id.to_string(), &detail);
                tracing::info!(user = signed.user.name, of = %open.found.id, file = upload.name, "edited");
                html::to(&format!("/case/{}", open.found.id))
            }
            Ok(Ok(None)) => overtaken(),
            Ok(Err(fault)) => {
                tracing::error!(cause = %fault, "an edit cannot be kept");
                said(
                    StatusCode::INSUFFICIENT_STORAGE,
                    "没有保存下来。",
                    "请告知系统管理员（磁盘或权限问题）。",
                )
            }
            Err(error) => said(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string(), error.hint()),
        }
    })
}

/// Types it and drops the workbooks in, as one submission.
fn hand_in(
    desk: &Desk,
    signed: &Signed,
    found: &Return,
    files: &[Return],
    typing: &Typing,
) -> Result<std::io::Result<Option<Upload>>> {
    let typed = desk.trials.typed(&files.iter().collect::<Vec<_>>(), typing)?;
    let by = By { user: &signed.user.name, door: signed.user.role.door() };
    let drop_in = || {
        let mut draft = desk.uploads.begin()?;
        for (path, of) in typed.files.iter().zip(files) {
            let mut to = draft.file(of.file.as_deref().unwrap_or(&of.result))?;
            std::io::copy(&mut std::fs::File::open(path)?, &mut to)?;
        }
        draft.finish_edit(by, &found.result, &found.id)
    };
    Ok(drop_in())
}

/// What was decided, as the record tells it.
fn told_of(typed: &[Typed], case: &Case) -> String {
    let name = |at: &usize| case.indicators.get(*at).map(|one| one.name.as_str()).unwrap_or_default();
    let one = |typed: &Typed| match typed {
        Typed::Score { indicator, score, reason, .. } => {
            format!("{}：改定为 {score} 分，理由：{reason}", name(indicator))
        }
        Typed::Tick { indicator, item, met } => {
            format!("{}：第{item}项{}满足", name(indicator), if *met { "" } else { "不" })
        }
        Typed::Reply { message, text, .. } => format!("整改情况：{text}（{message}）"),
        Typed::Column { title, meaning } => format!("栏目“{title}”的含义：{meaning}"),
        Typed::Actual { .. } | Typed::Target { .. } => String::new(),
    };
    typed.iter().map(one).collect::<Vec<_>>().join("；")
}
