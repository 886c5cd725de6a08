//! What can be kept of a case beside its workbook: the documents that go out, the evaluation report, the receipt; and where
//! one is not there, why. The documents say what was certain when the workbook was returned; the report is written when
//! somebody asks for it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use super::audit::Act;
use super::case::{found, unreadable};
use super::editing::files;
use super::guard::Signed;
use super::html::{self, Frame};
use super::report::Case;
use super::{Desk, Shared};
use crate::letter::{Drafted, Letter, compose_all};
use crate::narrative::NO_REPORT;
use crate::output::letter;
use crate::service::register::Return;

/// Why there is no receipt.
pub(super) const NO_RECEIPT: (&str, &str) =
    ("没有找到这份材料的回执。", "成批接收的项目，回执按主管部门汇总在结果文件夹中。");
/// What the drafts are called together.
const LETTERS: &str = "发文代拟稿";
const REPORT: &str = "评价报告";
const NOT_KEPT: &str = "这份结果登记时没有留存发文内容，材料重新提交后可以下载。";
/// Why no report can be written here, and what to do.
const NOT_WHOLE: (&str, &str) =
    ("材料中有不是工作簿的文件，不能在网页上生成评价报告。", "请管理员用 jixiao report 对全部材料生成。");

/// Something that is offered, or why it is not.
pub(super) struct Offer {
    pub(super) name: String,
    pub(super) link: Option<String>,
    /// Why it is not there; empty where it is.
    pub(super) why: String,
    /// What is said beside it, to who sends it out.
    pub(super) notes: Vec<String>,
}

impl Offer {
    fn there(name: String, link: String) -> Self {
        Self { name, link: Some(link), why: String::new(), notes: Vec::new() }
    }

    fn absent(name: &str, why: String) -> Self {
        Self { name: name.to_owned(), link: None, why, notes: Vec::new() }
    }
}

/// Whether an account gets what the bureau drafts: what goes out to an agency goes out signed.
fn gets_drafts(signed: &Signed) -> bool {
    signed.user.role.sees_all()
}

/// All of it for a return.
pub(super) fn offered(desk: &Desk, signed: &Signed, found: &Return, cases: &[Case]) -> Vec<Offer> {
    let at = |what: &str| format!("/case/{}/{what}", found.id);
    let mut offers = vec![Offer::there("工作簿".to_owned(), at("workbook"))];
    let receipt = desk.uploads.receipt_of(&found.submission, &found.sha256);
    offers.push(match receipt {
        Some(_) => Offer::there("回执".to_owned(), at("receipt")),
        None => Offer::absent("回执", format!("{}{}", NO_RECEIPT.0, NO_RECEIPT.1)),
    });
    if gets_drafts(signed) {
        offers.extend(letters(desk, found));
        offers.extend(reports(desk, found, cases));
    }
    offers
}

fn letters(desk: &Desk, found: &Return) -> Vec<Offer> {
    let Some(drafted) = found.letters() else { return vec![Offer::absent(LETTERS, NOT_KEPT.to_owned())] };
    let there = composed(desk, &drafted).into_iter().enumerate().map(|(number, letter)| Offer {
        notes: letter.notes.clone(),
        ..Offer::there(
            format!("{}（{}）", letter.name, letter.department()),
            format!("/case/{}/letter/{number}", found.id),
        )
    });
    let mut offers: Vec<Offer> = there.collect();
    let mut reasons: Vec<&str> =
        drafted.iter().filter_map(Drafted::why).filter(|why| !why.is_empty()).collect();
    reasons.dedup();
    offers.extend(reasons.into_iter().map(|why| Offer::absent(LETTERS, why.to_owned())));
    offers
}

fn composed(desk: &Desk, drafted: &[Drafted]) -> Vec<Letter> {
    let subjects: Vec<_> = drafted.iter().filter_map(Drafted::subject).cloned().collect();
    compose_all(&subjects, &desk.trials.letters())
}

fn reports(desk: &Desk, found: &Return, cases: &[Case]) -> Vec<Offer> {
    let scored: Vec<(usize, &Case)> =
        cases.iter().enumerate().filter(|(_, case)| case.score.is_some()).collect();
    if scored.is_empty() {
        return vec![Offer::absent(REPORT, NO_REPORT.0.to_owned())];
    }
    let several = scored.len() > 1;
    let offer = |(place, case): (usize, &Case)| {
        if files(desk, found, case).is_none() {
            return Offer::absent(REPORT, format!("{}{}", NOT_WHOLE.0, NOT_WHOLE.1));
        }
        let of = case.project.name.as_deref().filter(|_| several);
        let of = of.map(|name| format!("（{name}）")).unwrap_or_default();
        Offer::there(format!("{REPORT}{of}"), format!("/case/{}/report/{place}", found.id))
    };
    scored.into_iter().map(offer).collect()
}

/// What is offered, as data.
pub(super) async fn list(State(desk): State<Shared>, signed: Signed, Path(id): Path<String>) -> Response {
    tokio::task::block_in_place(|| {
        let found = match found(&desk, &signed, &id) {
            Ok(found) => found,
            Err(response) => return *response,
        };
        let Some(cases) = found.cases_as::<Case>() else { return unreadable(&signed) };
        let offers = offered(&desk, &signed, &found, &cases);
        let offers = offers.iter().map(|offer| {
            let why = Some(&offer.why).filter(|why| !why.is_empty());
            json!({"name": offer.name, "link": offer.link, "why": why, "notes": offer.notes})
        });
        html::data(StatusCode::OK, &offers.collect())
    })
}

fn absent(signed: &Signed, status: StatusCode, message: &str, remedy: &str) -> Response {
    html::message(status, Frame::of("没有这份文件", signed), message, remedy)
}

/// The return of which somebody wants a draft of the bureau's.
fn draft_of(desk: &Desk, signed: &Signed, id: &str, what: &str) -> Result<Return, Box<Response>> {
    let found = found(desk, signed, id)?;
    if gets_drafts(signed) {
        return Ok(found);
    }
    let message = format!("该用户不能下载{what}。");
    Err(Box::new(absent(signed, StatusCode::FORBIDDEN, &message, "需要的，请联系管理员。")))
}

/// A document that goes out, as a Word document.
pub(super) async fn letter(
    State(desk): State<Shared>,
    signed: Signed,
    Path((id, number)): Path<(String, String)>,
) -> Response {
    tokio::task::block_in_place(|| {
        let found = match draft_of(&desk, &signed, &id, LETTERS) {
            Ok(found) => found,
            Err(response) => return *response,
        };
        let letters = composed(&desk, &found.letters().unwrap_or_default());
        let letter = number.parse::<usize>().ok().and_then(|number| letters.get(number));
        let Some(letter) = letter else {
            return absent(
                &signed,
                StatusCode::NOT_FOUND,
                "没有这份发文代拟稿。",
                "请返回项目网页，刷新后重新下载。",
            );
        };
        match letter::files(letter) {
            Ok([_, (name, bytes)]) => kept(&desk, &signed, &found, &name, bytes),
            Err(error) => {
                absent(&signed, StatusCode::INTERNAL_SERVER_ERROR, &error.to_string(), error.hint())
            }
        }
    })
}

/// The evaluation report of a case.
pub(super) async fn report(
    State(desk): State<Shared>,
    signed: Signed,
    Path((id, place)): Path<(String, String)>,
) -> Response {
    let Ok(_turn) = desk.tries.acquire().await else {
        return absent(&signed, StatusCode::SERVICE_UNAVAILABLE, "没有执行。", "请稍后再试。");
    };
    tokio::task::block_in_place(|| {
        let found = match draft_of(&desk, &signed, &id, REPORT) {
            Ok(found) => found,
            Err(response) => return *response,
        };
        let unprocessable = |(message, remedy): (&str, &str)| {
            absent(&signed, StatusCode::UNPROCESSABLE_ENTITY, message, remedy)
        };
        let cases: Vec<Case> = found.cases_as().unwrap_or_default();
        let scored = |case: &&Case| case.score.is_some();
        let Some(place) =
            place.parse::<usize>().ok().filter(|place| cases.get(*place).as_ref().is_some_and(scored))
        else {
            return absent(&signed, StatusCode::NOT_FOUND, NO_REPORT.0, NO_REPORT.1);
        };
        let Some(case) = cases.get(place) else { return unprocessable(NO_REPORT) };
        let Some(files) = files(&desk, &found, case) else { return unprocessable(NOT_WHOLE) };
        // Of several of one name, which.
        let name = |case: &Case| case.project.name.clone();
        let number = cases.iter().take(place).filter(|one| scored(one) && name(one) == name(case)).count();
        let files: Vec<&Return> = files.iter().collect();
        match desk.trials.report(&files, number, case.project.name.as_deref()) {
            Ok(report) => {
                let stem = crate::base::file_name::split(&found.submission).0.to_owned();
                kept(&desk, &signed, &found, &format!("{stem}.{}.docx", report.title), report.bytes)
            }
            Err(error) => unprocessable((&error.to_string(), error.hint())),
        }
    })
}

fn kept(desk: &Desk, signed: &Signed, found: &Return, name: &str, bytes: Vec<u8>) -> Response {
    desk.audit.note(&signed.user.name, Act::Download, &found.id.to_string(), name);
    html::kept(bytes, name)
}
