//! What a template is filled with, and what it may ask for.

use std::collections::BTreeMap;

/// The values by their names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope(BTreeMap<&'static str, Value>);

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Words: they are written as they are, never read for placeholders.
    Text(String),
    /// What a person has to write: what it is about. It is shown as a marked gap.
    Gap(String),
    /// Whether something holds.
    Flag(bool),
    /// Several of a kind.
    List(Vec<Scope>),
}

impl Scope {
    /// Sets a value.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        self.0.insert(name, value.into());
    }

    /// The same with a value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.set(name, value);
        self
    }

    /// A value.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.0.iter().map(|(name, value)| (*name, value))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Vec<Scope>> for Value {
    fn from(list: Vec<Scope>) -> Self {
        Self::List(list)
    }
}

/// What a name stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Words.
    Text,
    /// Whether something holds.
    Flag,
    /// Several of a kind, each with values of these names.
    List(Schema),
}

/// The names that a template may use, each with what it stands for and what it means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Schema(Vec<(String, Shape, String)>);

impl Schema {
    /// Reads a table of names, a line each: path (`一级指标.名称`), kind (文字, 是否, 列表), what it means.
    /// The lines of a list stand behind it. `Err` is the line that cannot be read.
    pub fn read(table: &str) -> Result<Self, String> {
        let mut schema = Self::default();
        for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(path), Some(kind), Some(means)) = (columns.next(), columns.next(), columns.next())
            else {
                return Err(line.to_owned());
            };
            let shape = match kind {
                "文字" => Shape::Text,
                "是否" => Shape::Flag,
                "列表" => Shape::List(Self::default()),
                _ => return Err(line.to_owned()),
            };
            let mut at = &mut schema;
            let mut steps: Vec<&str> = path.split('.').collect();
            let name = steps.pop().unwrap_or_default();
            for step in steps {
                let within = at.0.iter_mut().find(|(have, _, _)| have == step);
                let Some((_, Shape::List(inner), _)) = within else { return Err(line.to_owned()) };
                at = inner;
            }
            if at.get(name).is_some() {
                return Err(line.to_owned());
            }
            at.0.push((name.to_owned(), shape, means.to_owned()));
        }
        Ok(schema)
    }

    /// What a name stands for.
    pub fn get(&self, name: &str) -> Option<&Shape> {
        self.0.iter().find(|(have, _, _)| have == name).map(|(_, shape, _)| shape)
    }

    /// Whether a name stands, here or in a list, for what is repeated or left out.
    pub(crate) fn is_block(&self, name: &str) -> bool {
        let name = name.strip_prefix('有').filter(|_| self.get(name).is_none()).unwrap_or(name);
        self.0.iter().any(|(have, shape, _)| match shape {
            Shape::Text => false,
            Shape::Flag => have == name,
            Shape::List(inner) => have == name || inner.is_block(name),
        })
    }

    /// All names with what they stand for and what they mean.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Shape, &str)> {
        self.0.iter().map(|(name, shape, means)| (name.as_str(), shape, means.as_str()))
    }
}
