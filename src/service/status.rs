//! How a service stands, read off its folders: nothing needs to run for it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::clock;
use super::register::Register;
use super::state::{self, LastError, Served};
use super::{marked, names, upkeep};
use crate::base::{Error, Result, push_line};

/// Counts, last error, backlog.
#[derive(Debug, Serialize)]
pub struct Status {
    /// Where submissions are dropped.
    pub inbox: PathBuf,
    /// Where reviewers drop theirs, if they have an inbox of their own.
    pub reviewer_inbox: Option<PathBuf>,
    /// Where results go.
    pub outbox: PathBuf,
    /// Services that are alive.
    pub services: usize,
    /// Submissions in the inbox; `None` where it cannot be read.
    pub backlog: Option<usize>,
    /// Names of submissions that stay in the inbox because they bear a secrecy mark; they are no backlog.
    pub marked: Vec<String>,
    /// Submissions in the reviewers' inbox; `None` where there is none or it cannot be read.
    pub reviewer_backlog: Option<usize>,
    /// Submissions that a living service works on.
    pub processing: usize,
    /// Submissions that a dead service left; the next one takes them over.
    pub left_over: usize,
    /// Contents that are scored.
    pub scored: usize,
    /// Workbooks that are in the register of returns.
    pub returns: usize,
    /// Submissions that stand in `rejected`.
    pub rejected: usize,
    /// Folders on whose disks there is too little room, with the megabytes that are left.
    pub short_of_room: Vec<(PathBuf, u64)>,
    /// The last thing that went wrong.
    #[serde(serialize_with = "in_china")]
    last_error: Option<LastError>,
}

/// The last thing that went wrong, with its time by the clock of receipts and logs.
#[expect(clippy::ref_option, reason = "serde hands over the field")]
fn in_china<S: serde::Serializer>(
    last: &Option<LastError>,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Line<'a> {
        at: String,
        file: Option<&'a str>,
        message: &'a str,
    }
    let line = last.as_ref().map(|error| Line {
        at: clock::shown(error.at),
        file: error.file.as_deref(),
        message: &error.message,
    });
    line.serialize(serializer)
}

/// The status of the service on a base folder, or on the inbox below it.
pub fn read(folder: &Path) -> Result<Status> {
    let (base, served) = find(folder)?;
    let (mut services, mut processing, mut left_over) = (0_usize, 0_usize, 0_usize);
    for instance in entries(&base.join("processing")).unwrap_or_default() {
        let claims = entries(&instance).unwrap_or_default().iter().filter(|path| path.is_dir()).count();
        if is_alive(&instance) {
            services = services.saturating_add(1);
            processing = processing.saturating_add(claims);
        } else {
            left_over = left_over.saturating_add(claims);
        }
    }
    let count = |folder: &Path, counts: fn(&str) -> bool| {
        let paths = entries(folder)?;
        let names = paths.iter().filter_map(|path| path.file_name()).map(|name| name.to_string_lossy());
        Some(names.filter(|name| counts(name)).count())
    };
    let submission = |name: &str| !names::ignored(name);
    let marked = |inbox: &Path| marked::listed(&base.join("state"), inbox);
    let left = marked(&served.inbox);
    let left_by_reviewers = served.reviewer_inbox.as_deref().map(marked).unwrap_or_default();
    Ok(Status {
        services,
        backlog: count(&served.inbox, submission).map(|all| all.saturating_sub(left.len())),
        reviewer_backlog: served
            .reviewer_inbox
            .as_deref()
            .and_then(|inbox| count(inbox, submission))
            .map(|all| all.saturating_sub(left_by_reviewers.len())),
        marked: left.into_iter().chain(left_by_reviewers).collect(),
        processing,
        left_over,
        scored: count(&base.join("state"), state::is_record).unwrap_or_default(),
        rejected: count(&base.join("rejected"), submission).unwrap_or_default(),
        returns: Register::at(&served.register.unwrap_or_else(|| base.join("state"))).count(),
        last_error: state::last_error(&base.join("state")),
        short_of_room: upkeep::short_of_room([base.as_path(), served.outbox.as_path()], served.least_mb)
            .into_iter()
            .map(|(folder, left)| (folder.to_owned(), left))
            .collect(),
        inbox: served.inbox,
        reviewer_inbox: served.reviewer_inbox,
        outbox: served.outbox,
    })
}

/// The base of a service and what it serves, from its base or from the inbox below it.
pub(super) fn find(folder: &Path) -> Result<(PathBuf, Served)> {
    let folder = dunce::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let parent = folder.parent().map(Path::to_owned);
    let found = std::iter::once(folder.clone()).chain(parent).find_map(|base| {
        let served = state::served(&base.join("state"))?;
        Some((base, served))
    });
    found.ok_or_else(|| {
        Error::usage(
            format!("“{}”不是收件服务的文件夹。", folder.display()),
            "请给出 --base 指定的文件夹；没有指定的，给出收件文件夹或它的上级文件夹。",
        )
    })
}

/// Whether any service lives that works in this folder.
pub(super) fn any_alive(processing: &Path) -> bool {
    alive(processing) > 0
}

/// How many services are alive in this folder.
pub(super) fn alive(processing: &Path) -> usize {
    entries(processing).unwrap_or_default().iter().filter(|instance| is_alive(instance)).count()
}

fn entries(folder: &Path) -> Option<Vec<PathBuf>> {
    fs::read_dir(folder)
        .ok()?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()
        .ok()
}

/// Whether a service holds the lock of its folder.
fn is_alive(instance: &Path) -> bool {
    File::open(instance.join("lock")).is_ok_and(|lock| lock.try_lock_shared().is_err())
}

impl Status {
    /// Whether somebody must see to it: work waits and no service is there to do it, an inbox cannot be read, or a disk is
    /// nearly full. A service that a timer starts is not there in between, and need not be.
    pub fn needs_somebody(&self) -> bool {
        let waiting = [self.backlog, self.reviewer_backlog].into_iter().flatten().any(|count| count > 0);
        let idle = self.services == 0 && (waiting || self.left_over > 0);
        let reviewers = self.reviewer_inbox.is_some() && self.reviewer_backlog.is_none();
        idle || self.backlog.is_none() || reviewers || !self.short_of_room.is_empty()
    }

    /// As a person reads it.
    pub fn text(&self) -> String {
        let waiting = |backlog: Option<usize>| {
            backlog.map_or_else(|| "收件文件夹无法读取".to_owned(), |n| format!("{n} 份"))
        };
        let backlog = waiting(self.backlog);
        let running = match self.services {
            0 => "没有运行".to_owned(),
            n => format!("运行中（{n} 个）"),
        };
        let mut text = String::new();
        push_line(&mut text, &format!("收件文件夹：{}", self.inbox.display()));
        push_line(&mut text, &format!("结果文件夹：{}", self.outbox.display()));
        let rest = format!("服务：{running}\n等待处理：{backlog}\n正在处理：{} 份\n", self.processing);
        text.push_str(&rest);
        if let Some(inbox) = &self.reviewer_inbox {
            let backlog = waiting(self.reviewer_backlog);
            push_line(&mut text, &format!("复核收件文件夹：{}，等待处理：{backlog}", inbox.display()));
        }
        if !self.marked.is_empty() {
            let names = self.marked.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join("、");
            let line = format!(
                "标有密级、未作处理：{} 份（仍在收件文件夹：{names}），请按保密规定处置",
                self.marked.len()
            );
            push_line(&mut text, &line);
        }
        if self.left_over > 0 {
            text.push_str(&format!("中断未完：{} 份（服务启动后自动继续）\n", self.left_over));
        }
        text.push_str(&format!(
            "已评分：{} 份（按内容计）\n已登记：{} 个返回的工作簿\n已退回：{} 份\n",
            self.scored, self.returns, self.rejected
        ));
        for (folder, left) in &self.short_of_room {
            push_line(&mut text, &format!("磁盘空间不足：{}，只剩 {left} MB", folder.display()));
        }
        let last = self.last_error.as_ref().map_or_else(
            || "无".to_owned(),
            |error| {
                let file = error.file.as_ref().map(|file| format!("“{file}”：")).unwrap_or_default();
                format!("{}  {file}{}", clock::shown(error.at), error.message)
            },
        );
        push_line(&mut text, &format!("最近的问题：{last}"));
        text
    }
}
