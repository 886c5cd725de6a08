//! The description of the API (`OpenAPI`), made of the table of addresses.

use axum::http::StatusCode;
use axum::response::Response;
use clap::ValueEnum as _;
use serde_json::{Map, Value, json};

use super::doors::{self, Door};
use super::guard::{COOKIE, Signed};
use super::html;
use super::users::Role;

/// What a request to an address is.
pub(super) struct Said {
    summary: &'static str,
    answer: Answer,
    query: &'static [Field],
    body: Vec<Field>,
    /// Whether its body is of several parts, as files are sent.
    parts: bool,
    /// Whether somebody who is not signed in gets it, too.
    open: bool,
}

/// What answers it.
pub(super) enum Answer {
    /// A page.
    Page,
    /// JSON.
    Data(Shape),
    /// A file to be kept.
    File,
    /// Another page is shown, or a script told that it is done.
    Nothing,
    /// A file of our own, of this kind.
    Fixed(&'static str),
}

/// What JSON looks like: an object with these keys at least, or a list of such.
pub(super) struct Shape {
    list: bool,
    keys: &'static [&'static str],
}

impl Shape {
    pub(super) const fn object(keys: &'static [&'static str]) -> Self {
        Self { list: false, keys }
    }

    pub(super) const fn list(keys: &'static [&'static str]) -> Self {
        Self { list: true, keys }
    }

    fn schema(&self) -> Value {
        let mut object = json!({"type": "object"});
        if !self.keys.is_empty() {
            let keys: Map<String, Value> =
                self.keys.iter().map(|key| ((*key).to_owned(), json!({}))).collect();
            object = json!({"type": "object", "required": self.keys, "properties": keys});
        }
        if self.list { json!({"type": "array", "items": object}) } else { object }
    }
}

/// A field of a form or of an address.
#[derive(Clone, Copy)]
pub(super) struct Field {
    name: &'static str,
    about: &'static str,
    kind: Kind,
    needed: bool,
}

/// What stands in a field.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Any text.
    Text,
    /// A number from nothing on.
    Number,
    /// One of these.
    Word(&'static [&'static str]),
    /// The name of a role.
    Role,
    /// Files.
    Files,
}

impl Field {
    pub(super) const fn new(name: &'static str, about: &'static str, kind: Kind) -> Self {
        Self { name, about, kind, needed: true }
    }

    /// The same that may be left out.
    pub(super) const fn or_nothing(self) -> Self {
        Self { needed: false, ..self }
    }

    fn schema(&self) -> Value {
        match self.kind {
            Kind::Text => json!({"type": "string"}),
            Kind::Number => json!({"type": "integer", "minimum": 0}),
            Kind::Word(words) => json!({"type": "string", "enum": words}),
            Kind::Role => {
                let roles: Vec<&str> = Role::value_variants().iter().map(|role| role.name()).collect();
                json!({"type": "string", "enum": roles})
            }
            Kind::Files => json!({"type": "array", "items": {"type": "string", "format": "binary"}}),
        }
    }
}

impl Said {
    pub(super) const fn of(summary: &'static str, answer: Answer) -> Self {
        Self { summary, answer, query: &[], body: Vec::new(), parts: false, open: false }
    }

    /// With these in its address.
    pub(super) fn asking(self, query: &'static [Field]) -> Self {
        Self { query, ..self }
    }

    /// With these in its body.
    pub(super) fn taking(self, body: Vec<Field>) -> Self {
        Self { body, ..self }
    }

    /// Its body is of several parts.
    pub(super) fn by_parts(self) -> Self {
        Self { parts: true, ..self }
    }

    /// For everybody.
    pub(super) fn open(self) -> Self {
        Self { open: true, ..self }
    }

    fn described(&self, path: &str) -> Value {
        let page = || json!({"text/html": {"schema": {"type": "string"}}});
        let done = match &self.answer {
            Answer::Page => json!({"description": "网页", "content": page()}),
            Answer::Data(shape) => {
                json!({"description": "数据", "content": {"application/json": {"schema": shape.schema()}}})
            }
            Answer::File => json!({
                "description": "文件，作为附件",
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }),
            Answer::Nothing => json!({"description": "已完成"}),
            Answer::Fixed(kind) => {
                json!({"description": "文件", "content": {(*kind): {"schema": {"type": "string"}}}})
            }
        };
        let code = if matches!(self.answer, Answer::Nothing) { "204" } else { "200" };
        let otherwise = json!({
            "description": "没有执行：网页（脚本所用的为 JSON）中说明原因和办法",
            "content": {"text/html": {"schema": {"type": "string"}}, "application/json": {"schema": {"type": "object"}}},
        });
        let mut said = json!({
            "summary": self.summary,
            "responses": {code: done, "303": {"description": "转到另一个网页；尚未登录的，转到登录页"}, "default": otherwise},
        });
        let parameters: Vec<Value> = in_path(path).chain(self.query.iter().map(in_query)).collect();
        if let Some(said) = said.as_object_mut() {
            if !parameters.is_empty() {
                said.insert("parameters".to_owned(), Value::Array(parameters));
            }
            if !self.body.is_empty() {
                said.insert("requestBody".to_owned(), self.taken());
            }
            if self.open {
                said.insert("security".to_owned(), json!([]));
            }
        }
        said
    }

    fn taken(&self) -> Value {
        let fields: Map<String, Value> = self
            .body
            .iter()
            .map(|field| {
                let mut schema = field.schema();
                if let Some(schema) = schema.as_object_mut() {
                    schema.insert("description".to_owned(), json!(field.about));
                }
                (field.name.to_owned(), schema)
            })
            .collect();
        let needed: Vec<&str> =
            self.body.iter().filter(|field| field.needed).map(|field| field.name).collect();
        let schema = json!({"type": "object", "properties": fields, "required": needed});
        let kind = if self.parts { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
        json!({"required": true, "content": {kind: {"schema": schema}}})
    }
}

/// The pieces of an address that stand for something.
fn in_path(path: &str) -> impl Iterator<Item = Value> + use<'_> {
    let pieces = path.split('/').filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'));
    pieces.map(|name| {
        let schema = match name {
            "id" => json!({"type": "string", "pattern": "^[0-9a-f]{32}$"}),
            _ => json!({"type": "integer", "minimum": 0}),
        };
        json!({"name": name, "in": "path", "required": true, "schema": schema})
    })
}

fn in_query(field: &Field) -> Value {
    json!({"name": field.name, "in": "query", "required": field.needed, "description": field.about, "schema": field.schema()})
}

fn described(doors: &[Door]) -> Value {
    let paths: Map<String, Value> = doors
        .iter()
        .map(|door| {
            let methods = [("get", &door.get), ("post", &door.post)];
            let methods: Map<String, Value> = methods
                .into_iter()
                .filter_map(|(method, said)| Some((method.to_owned(), said.as_ref()?.described(door.path))))
                .collect();
            (door.path.to_owned(), Value::Object(methods))
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "jixiao serve",
            "version": env!("JIXIAO_VERSION"),
            "description": "绩效评价网页的各个地址。先以 /login 登录，此后每次带上返回的 Cookie；POST 还须带网页中的 csrf。",
        },
        "components": {"securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": COOKIE}}},
        "security": [{"session": []}],
        "paths": paths,
    })
}

/// The description.
pub(super) async fn description(_: Signed) -> Response {
    html::data(StatusCode::OK, &described(&doors::all()))
}
