//! What a database needs to take the tables in, and the dictionary of their columns.

use super::SCHEMA;
use super::columns::{Column, Holds, Table};

/// A database whose words are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `DuckDB`.
    DuckDb,
    /// `ClickHouse`.
    ClickHouse,
    /// `PostgreSQL`.
    PostgreSql,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::DuckDb, Self::ClickHouse, Self::PostgreSql];

    /// How its files are called.
    pub fn name(self) -> &'static str {
        match self {
            Self::DuckDb => "duckdb",
            Self::ClickHouse => "clickhouse",
            Self::PostgreSql => "postgresql",
        }
    }

    fn kind(self, holds: Holds) -> &'static str {
        match (self, holds) {
            (Self::DuckDb, Holds::Text) => "VARCHAR",
            (Self::PostgreSql, Holds::Text) => "text",
            (Self::ClickHouse, Holds::Text) => "String",
            (Self::DuckDb, Holds::Integer) => "BIGINT",
            (Self::PostgreSql, Holds::Integer) => "bigint",
            (Self::ClickHouse, Holds::Integer) => "Int64",
            (Self::DuckDb, Holds::Decimal) => "DECIMAL(38,8)",
            (Self::PostgreSql, Holds::Decimal) => "numeric(38,8)",
            (Self::ClickHouse, Holds::Decimal) => "Decimal(38,8)",
            (Self::DuckDb, Holds::Date) => "DATE",
            (Self::PostgreSql, Holds::Date) => "date",
            (Self::ClickHouse, Holds::Date) => "Date32",
            (Self::DuckDb, Holds::Truth) => "BOOLEAN",
            (Self::PostgreSql, Holds::Truth) => "boolean",
            (Self::ClickHouse, Holds::Truth) => "Bool",
        }
    }

    fn column(self, column: &Column) -> String {
        let kind = self.kind(column.holds);
        match (self, column.always) {
            (Self::ClickHouse, true) => format!("{} {kind}", column.name),
            (Self::ClickHouse, false) => format!("{} Nullable({kind})", column.name),
            (_, true) => format!("{} {kind} NOT NULL", column.name),
            (_, false) => format!("{} {kind}", column.name),
        }
    }
}

/// The statements that make the tables.
pub fn ddl(dialect: Dialect) -> String {
    let mut text = format!("-- The tables of `jixiao export`, version {SCHEMA}, for {}.\n", dialect.name());
    for table in Table::ALL {
        let columns: Vec<String> =
            table.columns().iter().map(|column| format!("  {}", dialect.column(column))).collect();
        text.push_str(&format!("\nCREATE TABLE {} (\n{}\n)", table.name(), columns.join(",\n")));
        if dialect == Dialect::ClickHouse {
            text.push_str("\nENGINE = MergeTree ORDER BY (region, year, project_key, content, case_no)");
        }
        text.push_str(";\n");
    }
    text
}

/// The dictionary, in Chinese.
pub fn dictionary() -> String {
    let mut text = format!(
        "# 数据表字典\n\n\
         由程序生成，表结构第 {SCHEMA} 版。`jixiao batch … --export 文件夹` 和 `jixiao export` 写出这些表。\n\
         “必有”的列每行都有值；其他列不能确定时为空，不以 0 代替。金额单位为元，小数保留 8 位，均为精确十进制数。\n\
         自由填写的长文字（目标、原因、自评结论等）和问卷答案不写入这些表。\n"
    );
    for table in Table::ALL {
        text.push_str(&format!(
            "\n## {}\n\n{}。\n\n| 列 | 类型 | 必有 | 含义 |\n|---|---|---|---|\n",
            table.name(),
            table.means()
        ));
        for column in table.columns() {
            let always = if column.always { "是" } else { "" };
            text.push_str(&format!(
                "| `{}` | {} | {always} | {} |\n",
                column.name,
                named(column.holds),
                column.means
            ));
        }
    }
    text
}

fn named(holds: Holds) -> &'static str {
    match holds {
        Holds::Text => "文本",
        Holds::Integer => "整数",
        Holds::Decimal => "小数(38,8)",
        Holds::Date => "日期",
        Holds::Truth => "是否",
    }
}
