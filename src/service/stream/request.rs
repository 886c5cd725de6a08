//! A line in: what another program asks for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::base::{Error, Result};

/// What is asked for: one object a line. Exactly one of `path`, `bytes` (with `name`) and `about` says what of.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    /// Comes back with the answer. Where it stands first it comes back even if the rest of the line cannot be read.
    pub(super) id: Id,
    /// A workbook, or a folder whose files are one case, below the folder of `--root`; its parts are divided by `/`.
    #[serde(default)]
    path: Option<String>,
    /// A workbook itself, in base64.
    #[serde(default)]
    bytes: Option<String>,
    /// The file name of what `bytes` holds, without folders; its ending says what kind of file it is.
    #[serde(default)]
    name: Option<String>,
    /// Asks for nothing but what this program is: its version, its settings, its tables.
    #[serde(default)]
    about: bool,
    /// How the returned workbooks are wanted; without it they are not.
    #[serde(default)]
    pub(super) workbook: Option<Handed>,
    /// Whether rows of tables are wanted, as `batch --export` writes them.
    #[serde(default)]
    pub(super) rows: bool,
}

/// What tells an answer's request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Id {
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
}

/// How a returned workbook is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Handed {
    /// In the answer.
    Base64,
    /// As a file below the folder of `--out`, which the answer names.
    Path,
}

/// What a request is about.
pub(super) enum Subject {
    /// A file or folder below the root.
    Path(String),
    /// A file, by its name and its content in base64.
    Bytes(String, String),
    /// This program.
    About,
}

impl Request {
    /// Reads a line; where it is no request, its id is given if it can be read.
    pub(super) fn read(line: &[u8]) -> Result<Self, (Option<Id>, Error)> {
        serde_json::from_slice(line)
            .map_err(|cause| (id_of(line), wrong(&format!("不是合规的请求（{cause}）。"))))
    }

    /// What it is about, and how the rest is wanted.
    pub(super) fn subject(&mut self) -> Result<Subject> {
        match (self.path.take(), self.bytes.take(), self.name.take(), self.about) {
            (Some(path), None, None, false) => Ok(Subject::Path(path)),
            (None, Some(bytes), Some(name), false) => Ok(Subject::Bytes(name, bytes)),
            (None, None, None, true) => Ok(Subject::About),
            _ => Err(wrong("path、bytes（须同时写 name）、about 三者必须且只能有一个。")),
        }
    }
}

/// A request that is none.
pub(super) fn wrong(what: &str) -> Error {
    Error::usage(format!("请求有误：{what}"), "每行一个 JSON 对象，写法见 docs/stream-request.schema.json。")
}

/// The id of a line that is no request: anywhere in an object, or at the beginning of what is none.
pub(super) fn id_of(line: &[u8]) -> Option<Id> {
    #[derive(Deserialize)]
    struct Identified {
        id: Id,
    }
    if let Ok(Identified { id }) = serde_json::from_slice(line) {
        return Some(id);
    }
    let rest = line.trim_ascii_start().strip_prefix(b"{")?.trim_ascii_start().strip_prefix(b"\"id\"")?;
    let rest = rest.trim_ascii_start().strip_prefix(b":")?;
    serde_json::Deserializer::from_slice(rest).into_iter().next()?.ok()
}
