//! `jixiao.toml`: what an installation is set to. What is said on the command line counts before it.

pub mod file;

use std::fs::File as Bytes;
use std::io::Read as _;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use serde_json::Value;
use toml::Spanned;

use crate::base::{Error, Result};
use crate::mapping::toml_read::{FaultKind, Faults};
use crate::mapping::{self, Checks, reference, render};
use crate::model::Voice;
use crate::model::letter::{self, Days};
use file::File;

/// The file's name where none is told.
pub const NAME: &str = "jixiao.toml";
/// Bytes of a settings file; more is none.
const MAX_BYTES: u64 = 1024 * 1024;

/// A path that was typed in the file: whole, and where it stands there.
pub type TypedPath = Spanned<PathBuf>;

/// The settings of an installation; each is `None` where the file says nothing, or where there is no file.
#[derive(Debug, Clone, Default)]
pub struct Installation {
    /// The file.
    path: PathBuf,
    /// Its text, for showing a fault; `None` where there is no file.
    text: Option<String>,
    /// The folders of the service.
    pub folders: Folders,
    /// Whose word counts.
    pub review: Review,
    /// Where the keys are.
    pub keys: Option<TypedPath>,
    /// Mapping files, or folders of them.
    pub mappings: Vec<TypedPath>,
    /// What the checks are set to, under what a mapping says.
    pub checks: Checks,
    /// What the documents that go out are to say.
    pub letters: letter::Settings,
    /// What work may cost.
    pub limits: Limits,
    /// Accounts of the page.
    pub page: Page,
    /// Where the register of returns is kept.
    pub register: Option<TypedPath>,
    /// How many days returns are kept.
    pub keep_days: Option<NonZeroU32>,
    /// How many days originals are kept in the archive.
    pub archive_days: Option<NonZeroU32>,
    /// How many days it is remembered what is scored.
    pub state_days: Option<NonZeroU32>,
    /// The program that tells the operator, with its arguments.
    pub alert: Vec<String>,
}

/// The folders of the service.
#[derive(Debug, Clone, Default)]
pub struct Folders {
    /// Where submissions are dropped.
    pub inbox: Option<TypedPath>,
    /// Where reviewers drop theirs.
    pub reviewer_inbox: Option<TypedPath>,
    /// Where results go.
    pub outbox: Option<TypedPath>,
    /// Where archive, rejected, processing and state are.
    pub base: Option<TypedPath>,
    /// Where the log goes.
    pub log: Option<TypedPath>,
}

/// Whose word counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Review {
    /// Whether a score that a person typed is taken.
    pub accept_typed_scores: Option<bool>,
    /// Whose scores those are, where no title says it.
    pub voice: Option<Voice>,
    /// Whether a blank column of the agency's own scores is filled.
    pub fill_self_scores: Option<bool>,
}

/// What work may cost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    /// Workers at a time.
    pub jobs: Option<NonZeroU32>,
    /// Seconds a submission.
    pub seconds: Option<NonZeroU32>,
    /// Megabytes of memory.
    pub memory_mb: Option<NonZeroU32>,
    /// Megabytes of a file.
    pub size_mb: Option<NonZeroU32>,
    /// Seconds that a file must not change.
    pub settle_seconds: Option<u32>,
    /// Megabytes of room on a disk below which the operator is told.
    pub free_mb: Option<u32>,
}

/// Accounts of the page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    /// Whether agencies may sign in.
    pub agencies: bool,
    /// The least characters of a password.
    pub password_length: Option<NonZeroU32>,
    /// Minutes without a request after which somebody is signed out.
    pub idle_minutes: Option<NonZeroU32>,
    /// Wrong passwords in a row after which an account is closed for a while.
    pub wrong_passwords: Option<NonZeroU32>,
    /// For how many minutes.
    pub closed_minutes: Option<NonZeroU32>,
}

/// The JSON Schema of the file.
pub fn schema() -> Value {
    mapping::schema_of(File::SHAPE, "jixiao 设置文件")
}

/// The reference of the file as Markdown.
pub fn reference() -> String {
    reference::reference_of(File::SHAPE, "设置文件")
}

impl Installation {
    /// The settings in the file that is told; else in the first of the folders that has one; else none.
    pub fn find(told: Option<&Path>, folders: &[&Path]) -> Result<Self> {
        let there =
            || folders.iter().map(|folder| folder.join(NAME)).find(|file| file.symlink_metadata().is_ok());
        told.map(Path::to_owned).or_else(there).map_or_else(|| Ok(Self::default()), |path| Self::read(&path))
    }

    /// Reads a file, with all its faults.
    fn read(path: &Path) -> Result<Self> {
        let unreadable = |cause: std::io::Error| {
            Error::usage(
                format!("设置文件“{}”无法读取。", path.display()),
                "请检查路径和读取权限；文件应为 UTF-8 文本。",
            )
            .because(cause)
        };
        let path = &std::path::absolute(path).map_err(unreadable)?;
        let mut text = String::new();
        let bytes = Bytes::open(path).map_err(unreadable)?;
        bytes.take(MAX_BYTES).read_to_string(&mut text).map_err(unreadable)?;
        if u64::try_from(text.len()).is_ok_and(|bytes| bytes >= MAX_BYTES) {
            return Err(Error::usage(
                format!("设置文件“{}”过大。", path.display()),
                "请检查是不是写错了文件。",
            ));
        }
        let mut faults = Faults::new(&path.display().to_string(), &text);
        let typed = File::parse(&text, &mut faults);
        let read = Self { path: path.clone(), text: Some(text), ..Self::resolved(&typed, path, &mut faults) };
        sound(faults)?;
        Ok(read)
    }

    fn resolved(typed: &File, path: &Path, faults: &mut Faults) -> Self {
        let folder = path.parent().unwrap_or(path);
        let place = |typed: &Option<Spanned<String>>| {
            typed.as_ref().map(|text| Spanned::new(text.span(), folder.join(text.get_ref())))
        };
        let folders = typed.folders.as_ref().map(|folders| Folders {
            inbox: place(&folders.inbox),
            reviewer_inbox: place(&folders.reviewer_inbox),
            outbox: place(&folders.outbox),
            base: place(&folders.base),
            log: place(&folders.log),
        });
        let files = typed.mappings.iter().flat_map(|mappings| mappings.files.iter().flatten());
        Self {
            folders: folders.unwrap_or_default(),
            review: typed.review.as_ref().map(review).unwrap_or_default(),
            keys: typed.keys.as_ref().and_then(|keys| place(&keys.dir)),
            mappings: files.filter_map(|file| place(&Some(file.clone()))).collect(),
            checks: checked(typed, faults),
            letters: typed.letters.as_ref().map(|letters| lettered(letters, faults)).unwrap_or_default(),
            limits: typed.limits.as_ref().map(|limits| limited(limits, faults)).unwrap_or_default(),
            register: typed.register.as_ref().and_then(|register| place(&register.dir)),
            keep_days: typed
                .register
                .as_ref()
                .and_then(|register| at_least_one(register.keep_days.as_ref(), faults)),
            archive_days: typed
                .keep
                .as_ref()
                .and_then(|keep| at_least_one(keep.archive_days.as_ref(), faults)),
            state_days: typed.keep.as_ref().and_then(|keep| at_least_one(keep.state_days.as_ref(), faults)),
            alert: typed
                .alert
                .iter()
                .flat_map(|alert| alert.command.iter().flatten())
                .map(|part| part.get_ref().clone())
                .collect(),
            page: typed.page.as_ref().map(|page| paged(page, faults)).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// The file that was read, if one was.
    pub fn path(&self) -> Option<&Path> {
        self.text.as_ref().map(|_| self.path.as_path())
    }

    /// The path that is set, which must be there: one mistyped would be made, and nobody would miss the other.
    pub fn there(&self, place: Option<&TypedPath>) -> Result<Option<PathBuf>> {
        let Some(place) = place else { return Ok(None) };
        if place.get_ref().exists() {
            return Ok(Some(place.get_ref().clone()));
        }
        let mut faults =
            Faults::new(&self.path.display().to_string(), self.text.as_deref().unwrap_or_default());
        faults.add(
            FaultKind::Conflict,
            place.span(),
            format!("“{}”不存在", place.get_ref().display()),
            "请改正路径；新设的文件夹请先建立。相对路径从设置文件所在的文件夹算起。",
        );
        sound(faults)?;
        Ok(None)
    }

    /// The mapping files, which must be there.
    pub fn mapping_files(&self) -> Result<Vec<PathBuf>> {
        let there = self.mappings.iter().map(|file| self.there(Some(file)));
        there.filter_map(Result::transpose).collect()
    }
}

/// The faults as an error, if there are any.
fn sound(faults: Faults) -> Result<()> {
    let faults = faults.into_sorted();
    if faults.is_empty() {
        return Ok(());
    }
    let shown = render(&faults, false);
    Err(Error::usage(
        format!("设置文件有 {} 处错误。\n{shown}", faults.len()),
        "请按上面的位置逐处改正；各项的意思见 docs/settings.md。",
    ))
}

fn review(typed: &file::Review) -> Review {
    let flag = |typed: &Option<Spanned<bool>>| typed.as_ref().map(|flag| *flag.get_ref());
    Review {
        accept_typed_scores: flag(&typed.accept_typed_scores),
        voice: typed.voice.as_ref().map(|voice| *voice.get_ref()),
        fill_self_scores: flag(&typed.fill_self_scores),
    }
}

/// By the same rule as a mapping's.
fn checked(typed: &File, faults: &mut Faults) -> Checks {
    let mut checks = Checks::default();
    if let Some(typed) = &typed.checks {
        let typed = mapping::file::Checks {
            span: typed.span.clone(),
            off: typed.mute.clone(),
            broad_categories: typed.broad_categories.clone(),
            over_achieved_percent: typed.over_achieved_percent.clone(),
            over_achieved_at_zero: typed.over_achieved_at_zero.clone(),
            target_below_history_percent: typed.target_below_history_percent.clone(),
            monitoring_month: typed.monitoring_month.clone(),
            monitoring_behind_points: typed.monitoring_behind_points.clone(),
            empty_reasons: typed.empty_reasons.clone(),
            profile: typed.profile.clone(),
            set: typed.set.clone(),
        };
        mapping::checks(&typed, &mut checks, faults);
    }
    if let Some(typed) = &typed.survey {
        mapping::survey_settings(typed, &mut checks.limits.survey, faults);
    }
    checks
}

fn lettered(typed: &file::Letters, faults: &mut Faults) -> letter::Settings {
    let text = |typed: &Option<Spanned<String>>| typed.as_ref().map(|text| text.get_ref().trim().to_owned());
    let mut days = |typed: &Option<Spanned<u32>>| at_least_one(typed.as_ref(), faults).map(NonZeroU32::get);
    letter::Settings {
        choice: typed.kind.as_ref().map(|kind| *kind.get_ref()).unwrap_or_default(),
        bureau: text(&typed.bureau),
        number: text(&typed.number),
        days: Days {
            targets: days(&typed.target_days),
            correction: days(&typed.correction_days),
            comments: days(&typed.comment_days),
            result: days(&typed.rectification_days),
        },
        beside: typed.text_files.as_ref().is_some_and(|wanted| *wanted.get_ref()),
    }
}

fn limited(typed: &file::Limits, faults: &mut Faults) -> Limits {
    Limits {
        jobs: at_least_one(typed.jobs.as_ref(), faults),
        seconds: at_least_one(typed.seconds.as_ref(), faults),
        memory_mb: at_least_one(typed.memory_mb.as_ref(), faults),
        size_mb: at_least_one(typed.size_mb.as_ref(), faults),
        settle_seconds: typed.settle_seconds.as_ref().map(|seconds| *seconds.get_ref()),
        free_mb: typed.free_mb.as_ref().map(|room| *room.get_ref()),
    }
}

fn paged(typed: &file::Page, faults: &mut Faults) -> Page {
    Page {
        agencies: typed.agencies.as_ref().is_some_and(|wanted| *wanted.get_ref()),
        password_length: at_least_one(typed.password_length.as_ref(), faults),
        idle_minutes: at_least_one(typed.idle_minutes.as_ref(), faults),
        wrong_passwords: at_least_one(typed.wrong_passwords.as_ref(), faults),
        closed_minutes: at_least_one(typed.closed_minutes.as_ref(), faults),
    }
}

fn at_least_one(typed: Option<&Spanned<u32>>, faults: &mut Faults) -> Option<NonZeroU32> {
    let number = typed?;
    let found = NonZeroU32::new(*number.get_ref());
    if found.is_none() {
        faults.add(FaultKind::Conflict, number.span(), "这里不能是 0", "请写大于 0 的整数，或删去这一项。");
    }
    found
}
