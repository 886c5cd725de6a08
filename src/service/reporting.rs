//! Reports of a service: a case whose kind of report has a template in the operator's folder gets one, made by the worker
//! beside its result. Nothing that is dropped is ever taken for a template.

use std::fs::File;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::disk;
use crate::base::{Error, Result};
use crate::narrative::{self, About, Kind};
use crate::pipeline::Seekable;

/// A report that was made, or why it was not.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Reporting {
    /// What its file is called behind the name of the submission, without its ending.
    pub(super) title: String,
    /// Why it is a draft; empty where it is none.
    pub(super) mark: String,
    /// Why there is none, with what to do.
    pub(super) failed: Option<String>,
    /// Where it is; known to who asked for it.
    #[serde(skip)]
    pub(super) made: Option<PathBuf>,
}

/// Where the report of the case of this number goes.
pub(super) fn report_path(out: &Path, number: usize) -> PathBuf {
    out.join(format!("report-{number}.docx"))
}

/// The template of a kind of report.
fn template(folder: &Path, kind: Kind) -> PathBuf {
    folder.join(format!("{}模板.docx", kind.title()))
}

/// What tells one set of templates from another.
pub(super) fn digests(folder: &Path) -> Vec<String> {
    let digest = |kind| disk::sha256(&template(folder, kind)).ok();
    Kind::ALL.into_iter().filter_map(digest).collect()
}

/// Makes the report of a case, where it has a template; what is wrong with that one hinders nothing else.
pub(super) fn make(of: &About<'_>, templates: &Path, out: &Path) -> Option<Reporting> {
    let path = template(templates, Kind::of(of));
    path.is_file().then(|| made(of, Some(&path), out))
}

/// The same for somebody who asks for it: where there is no template of the operator's, on the program's own.
pub(super) fn on_demand(of: &About<'_>, templates: Option<&Path>, out: &Path) -> Reporting {
    let path = templates.map(|folder| template(folder, Kind::of(of))).filter(|path| path.is_file());
    made(of, path.as_deref(), out)
}

fn made(of: &About<'_>, template: Option<&Path>, out: &Path) -> Reporting {
    let kind = Kind::of(of);
    match write(of, kind, template, out) {
        Ok((mark, draft)) => {
            let more = if draft { "（初稿）" } else { "" };
            Reporting { title: format!("{}{more}", kind.title()), mark, failed: None, made: None }
        }
        Err(error) => {
            let _ = std::fs::remove_file(out);
            let why = format!("{error}{}", error.hint());
            Reporting { title: kind.title().to_owned(), mark: String::new(), failed: Some(why), made: None }
        }
    }
}

fn write(of: &About<'_>, kind: Kind, template: Option<&Path>, out: &Path) -> Result<(String, bool)> {
    let failed = |cause: std::io::Error| {
        Error::output("无法写出评价报告。", "请检查磁盘空间和写入权限。").because(cause)
    };
    let template: Box<dyn Seekable> = match template {
        Some(path) => Box::new(File::open(path).map_err(failed)?),
        None => Box::new(Cursor::new(kind.template())),
    };
    let mut file = File::options().create_new(true).read(true).write(true).open(out).map_err(failed)?;
    let written = narrative::write(of, template, &mut file)?;
    file.sync_all().map_err(failed)?;
    Ok((written.draft.words(), written.draft.is_draft()))
}
