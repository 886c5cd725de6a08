//! Tables of a TOML vocabulary: written down once, and from that the type, its reader with all faults, and the shape that
//! the JSON Schema and the reference are made of.

macro_rules! required_key {
    () => {
        false
    };
    (required) => {
        true
    };
}

macro_rules! tables {
    ($($(#[doc = $doc:literal])+ $table:ident {
        $($(#[doc = $key_doc:literal])+ $key:ident: $type:ty $([$required:tt])?,)+
    })+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Default)]
        pub struct $table {
            /// Where the table stands in the text.
            pub span: std::ops::Range<usize>,
            $($(#[doc = $key_doc])+ pub $key: Option<$type>,)+
        }

        impl $table {
            fn from_table(
                table: &toml::de::DeTable<'_>,
                span: std::ops::Range<usize>,
                faults: &mut $crate::mapping::toml_read::Faults,
            ) -> Self {
                use $crate::mapping::toml_read::{self, Typed};
                const KEYS: &[&str] = &[$(stringify!($key),)+];
                let mut read = Self { span: span.clone(), ..Self::default() };
                for (key, value) in table {
                    match key.get_ref().as_ref() {
                        $(stringify!($key) => read.$key = <$type>::read(value, faults),)+
                        _ => toml_read::unknown_key(key, KEYS, faults),
                    }
                }
                $(if $crate::mapping::tables::required_key!($($required)?) && !toml_read::has(table, stringify!($key)) {
                    faults.add(
                        toml_read::FaultKind::MissingKey,
                        span.clone(),
                        concat!("缺少 `", stringify!($key), "`"),
                        format!("它的意思：{}", concat!($($key_doc),+).trim()),
                    );
                })+
                read
            }

            /// The table's shape, for the schema and the reference.
            pub const SHAPE: &'static $crate::mapping::toml_read::TableShape = &$crate::mapping::toml_read::TableShape {
                name: stringify!($table),
                doc: concat!($($doc),+),
                keys: || vec![$($crate::mapping::toml_read::KeyShape {
                    name: stringify!($key),
                    doc: concat!($($key_doc),+).trim_ascii(),
                    required: $crate::mapping::tables::required_key!($($required)?),
                    shape: <$type as $crate::mapping::toml_read::Typed>::shape(),
                },)+],
            };
        }

        impl $crate::mapping::toml_read::Typed for $table {
            fn read(
                node: &toml::Spanned<toml::de::DeValue<'_>>,
                faults: &mut $crate::mapping::toml_read::Faults,
            ) -> Option<Self> {
                let table = $crate::mapping::toml_read::as_table(node, faults)?;
                Some(Self::from_table(table, node.span(), faults))
            }

            fn shape() -> $crate::mapping::toml_read::Shape {
                $crate::mapping::toml_read::Shape::Table(Self::SHAPE)
            }
        }
    )+};
}

pub(crate) use {required_key, tables};
