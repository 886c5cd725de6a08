//! The JSON Schema of a TOML vocabulary, for editors (taplo, Even Better TOML), from the vocabulary itself.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::file::File;
use super::toml_read::{Shape, TableShape};

/// The schema of a mapping file.
pub fn schema() -> Value {
    schema_of(File::SHAPE, "jixiao 映射文件")
}

/// The schema of a file of this shape.
pub(crate) fn schema_of(file: &TableShape, title: &str) -> Value {
    let mut definitions: BTreeMap<String, Value> = BTreeMap::new();
    let mut root = table(file, &mut definitions);
    if let Some(root) = root.as_object_mut() {
        root.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        root.insert("title".to_owned(), json!(title));
        root.insert("$defs".to_owned(), json!(definitions));
    }
    root
}

fn table(shape: &TableShape, definitions: &mut BTreeMap<String, Value>) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for key in (shape.keys)() {
        let mut value = of(&key.shape, definitions);
        if let Some(value) = value.as_object_mut() {
            value.insert("description".to_owned(), json!(key.doc));
        }
        if key.required {
            required.push(key.name);
        }
        properties.insert(key.name.to_owned(), value);
    }
    json!({
        "type": "object",
        "description": shape.doc.trim(),
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn of(shape: &Shape, definitions: &mut BTreeMap<String, Value>) -> Value {
    match shape {
        Shape::Text => json!({ "type": "string", "minLength": 1 }),
        Shape::Whole => json!({ "type": "integer", "minimum": 0 }),
        Shape::Decimal => json!({ "type": "number" }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Word(name, words) => {
            let choices: Vec<Value> =
                words.iter().map(|(word, doc)| json!({ "const": word, "description": doc })).collect();
            definitions.entry((*name).to_owned()).or_insert_with(|| json!({ "oneOf": choices }));
            json!({ "$ref": format!("#/$defs/{name}") })
        }
        Shape::List(inner) => json!({ "type": "array", "items": of(inner, definitions) }),
        Shape::Table(shape) => {
            if !definitions.contains_key(shape.name) {
                let value = table(shape, definitions);
                definitions.insert(shape.name.to_owned(), value);
            }
            json!({ "$ref": format!("#/$defs/{}", shape.name) })
        }
    }
}
