//! Uploads: streamed to disk, and dropped into the inbox once they are whole.

use std::io;

use axum::extract::{Multipart, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tokio::io::AsyncWriteExt as _;

use super::audit::Act;
use super::guard::{Signed, stale};
use super::html::{self, Frame};
use super::{Desk, Shared};
use crate::base::file_name::split;
use crate::service::uploads::{By, Draft};

/// Bytes of a field that is no file.
const MAX_FIELD: usize = 1_000;

/// What stands in the way of an upload.
enum Stop {
    /// The form is of no page that was made for him.
    Stale,
    /// The person can do something about it.
    Said(StatusCode, String),
    /// The disk.
    Disk(io::Error),
}

impl From<io::Error> for Stop {
    fn from(cause: io::Error) -> Self {
        Self::Disk(cause)
    }
}

fn said(status: StatusCode, message: &str) -> Stop {
    Stop::Said(status, message.to_owned())
}

/// Takes what is uploaded.
pub(super) async fn take(
    State(desk): State<Shared>,
    signed: Signed,
    headers: HeaderMap,
    form: Multipart,
) -> Response {
    if !signed.user.role.uploads() {
        let frame = Frame::of("不能上传", &signed);
        return html::message(
            StatusCode::FORBIDDEN,
            frame,
            "该用户不能上传材料。",
            "需要上传的，请联系管理员。",
        );
    }
    let by_script = headers.get(header::ACCEPT).is_some_and(|accepts| accepts == "application/json");
    let (status, message) = match receive(&desk, &signed, form).await {
        Ok(()) if by_script => return StatusCode::NO_CONTENT.into_response(),
        Ok(()) => return html::to("/"),
        Err(Stop::Stale) => return stale(&signed),
        Err(Stop::Said(status, message)) => (status, message),
        Err(Stop::Disk(cause)) => {
            tracing::error!(%cause, "an upload cannot be kept");
            (
                StatusCode::INSUFFICIENT_STORAGE,
                "材料没有保存下来，请告知系统管理员（磁盘或权限问题）。".to_owned(),
            )
        }
    };
    if by_script {
        return html::data(status, &serde_json::json!({"message": message}));
    }
    html::message(status, Frame::of("没有上传", &signed), &message, "请返回上一页重新选择文件。")
}

async fn receive(desk: &Desk, signed: &Signed, mut form: Multipart) -> Result<(), Stop> {
    let mut draft = desk.uploads.begin()?;
    let mut title = String::new();
    let mut made = false;
    let mut left = desk.uploads.size();
    let broken = |_| said(StatusCode::BAD_REQUEST, "上传中断，没有收下。");
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file) = field.file_name().map(str::to_owned) else {
            let mut text = Vec::new();
            while let Some(piece) = field.chunk().await.map_err(broken)? {
                text.extend_from_slice(&piece);
                if text.len() > MAX_FIELD {
                    return Err(said(StatusCode::BAD_REQUEST, "材料名称太长。"));
                }
            }
            let text = String::from_utf8_lossy(&text).into_owned();
            match name.as_str() {
                // It stands before all files: nothing is kept for a stranger.
                "csrf" => made = signed.made(&text),
                "title" => text.trim().clone_into(&mut title),
                _ => {}
            }
            continue;
        };
        if !made {
            return Err(Stop::Stale);
        }
        // A part without a file is a field that was left empty.
        if file.is_empty() {
            continue;
        }
        // A folder comes with the way to each file; which folders they lay in says nothing about a case.
        let plain = file.rsplit(['/', '\\']).next().unwrap_or_default();
        if title.is_empty() && plain != file {
            title = file.split(['/', '\\']).next().unwrap_or_default().to_owned();
        }
        keep(&mut draft, plain, &mut field, &mut left).await?;
    }
    if !made {
        return Err(Stop::Stale);
    }
    if draft.count() == 0 {
        return Err(said(StatusCode::BAD_REQUEST, "没有选择文件。"));
    }
    if title.is_empty() {
        title = draft.first_name().map_or_else(String::new, |name| split(&name).0.to_owned());
    }
    if let Some(name) = draft.ignored(&title) {
        let message =
            format!("“{name}”是临时文件、系统文件或回执的名称，没有收下。请选择原工作簿，或另写材料名称。");
        return Err(Stop::Said(StatusCode::BAD_REQUEST, message));
    }
    let by = By { user: &signed.user.name, door: signed.user.role.door() };
    let upload = tokio::task::block_in_place(|| draft.finish(by, &title))?;
    desk.audit.note(&signed.user.name, Act::Upload, &upload.name, &upload.sha256);
    tracing::info!(user = signed.user.name, file = upload.name, sha256 = upload.sha256, "uploaded");
    Ok(())
}

async fn keep(
    draft: &mut Draft<'_>,
    name: &str,
    field: &mut axum::extract::multipart::Field<'_>,
    left: &mut u64,
) -> Result<(), Stop> {
    let mut file = tokio::fs::File::from_std(draft.file(name)?);
    while let Some(piece) =
        field.chunk().await.map_err(|_| said(StatusCode::BAD_REQUEST, "上传中断，没有收下。"))?
    {
        let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
        let Some(rest) = left.checked_sub(length) else {
            return Err(said(
                StatusCode::PAYLOAD_TOO_LARGE,
                "材料太大，没有收下。请删去与评价无关的内容后重新上传。",
            ));
        };
        *left = rest;
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    Ok(())
}
