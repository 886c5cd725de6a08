//! jixiao (绩效): scores the performance workbooks of public spending and hands them back, explained.
//!
//! ```
//! use std::fs::File;
//! use std::io::Cursor;
//!
//! let name = "东湖区-办公大厅运行维护费-2021.xlsx";
//! let reader = File::open(format!("workbooks/{name}"))?;
//! let mut files = [jixiao::Source { name: name.to_owned(), reader }];
//! let mut returned = [Cursor::new(Vec::new())];
//!
//! let reports = jixiao::Scorer::new().score(&mut files, &mut returned)?;
//!
//! let report = &reports[0];
//! let score = report.score.as_ref().expect("the workbook has a score sheet");
//! assert_eq!((score.total.to_string().as_str(), score.grade.as_deref()), ("87.5", Some("良")));
//! // Every point that is missing is explained, and every finding says what to do.
//! let deducted = report.indicators.iter().filter(|indicator| indicator.deduction.is_some_and(|d| !d.is_zero()));
//! assert!(deducted.clone().count() == 4 && deducted.into_iter().all(|indicator| indicator.note.is_some()));
//! assert!(report.findings.iter().all(|finding| !finding.remedy.is_empty()));
//! // The same workbook, annotated.
//! assert!(returned[0].get_ref().starts_with(b"PK"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Other formats than `.xlsx` are read by the `jixiao` program, in processes of its own:
//!
//! ```no_run
//! let scorer = jixiao::Scorer::new().with_worker("/usr/bin/jixiao");
//! let mut files = [jixiao::Source { name: "自评表.ods".into(), reader: std::fs::File::open("自评表.ods")? }];
//! match scorer.check(&mut files) {
//!     Ok(reports) => println!("{}", serde_json::to_string(&reports)?),
//!     Err(error) if error.code() == jixiao::ErrorCode::InputEncrypted => println!("设有密码：{}", error.hint()),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What the parts are and what may use what is in ARCHITECTURE.md.

// With the feature every room is reachable, and the compiler says what nobody uses; without it, what only tests use would
// be called dead.
#![cfg_attr(not(feature = "inner"), allow(dead_code, unreachable_pub, unused_imports))]

mod base;
mod check;
mod cli;
mod criterion;
mod docx;
mod export;
mod expr;
mod form;
mod intake;
mod issue;
mod ledger;
mod letter;
mod mapping;
mod model;
mod narrative;
mod notation;
mod output;
mod package;
mod page;
mod pipeline;
mod present;
mod proof;
mod reconcile;
mod returned;
mod rule;
mod score;
mod scorer;
mod service;
mod settings;
mod sheet;
mod words;
mod xlsx;

pub use base::{Date, Error, ErrorCode, ErrorKind, Number, Ratio, Result, Score, Weight};
pub use model::{FindingId, Severity, SourceId, State};
pub use output::json::Report;
pub use pipeline::Source;
pub use scorer::Scorer;

/// The parts of a [`Report`], an object of which `jixiao score --json` prints a line each.
pub mod report {
    pub use crate::output::json::{
        AccountBlockLine, AccountColumnLine, AccountLine, ChangeLine, Declared, FileLine, FindingLine,
        Indicator, Level, OverrideLine, Project, Reconciled, TotalScore,
    };
}

/// The command line: `jixiao` does nothing else.
#[doc(hidden)]
pub use cli::run as main;

/// The rooms within, for this crate's own tests, benches and fuzz targets; they change without notice.
#[cfg(feature = "inner")]
#[doc(hidden)]
pub mod inner {
    macro_rules! rooms {
        ($($room:ident)*) => { $(pub mod $room { pub use crate::$room::*; })* };
    }

    rooms! {
        base check cli criterion docx export expr form intake issue ledger letter mapping model narrative notation output package page pipeline present
        proof reconcile returned rule score service settings sheet words xlsx
    }
}
