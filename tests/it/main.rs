//! Tests through the public door, one binary so that they link once.

#![allow(
    unreachable_pub,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "a test fails by panicking, and its data is its own; clippy.toml's exceptions do not reach helpers"
)]

mod account;
mod anybody;
mod arrangement;

mod budget_block;
mod checks;
mod cluster;
mod command_line;
mod continued;
mod criterion;
mod criterion_hazards;
mod criterion_probes;
mod csv;
mod curves;
mod day;
mod derivation;
mod docs;
mod dropped;
mod expr;
mod extras;
mod findings;
mod folder;
mod foreign_looks;
mod foreign_seeds;
mod forged;
mod formats;
mod forms;
mod golden;
mod handed_out;
mod import_law;
mod infer;
mod intake;
mod intake_book;
mod issues;
mod kinds;
mod lake;
mod lanes;
mod layout;
mod layouts;
mod ledger;
mod ledger_books;
mod ledger_columns;
mod ledger_gen;
mod ledger_headers;
mod ledger_layouts;
mod ledger_oddities;
mod ledger_rows;
mod ledger_states;
mod ledger_titles;
mod letters;
mod libreoffice;
mod long_ledgers;
mod mapping;
mod mapping_words;
mod merged_cells;
mod model_case;
mod notation;
mod odd_editing;
mod odd_forms;
mod odd_parts;
mod odd_readings;
mod odd_sheets;
mod one_voice;
mod other_agencies;
mod overrides;
mod package_parts;
mod page;
mod paper;
mod person;
mod picture;
mod plain_words;
mod platform;
mod profiles;
mod proof;
mod proof_bound;
mod proof_kinds;
mod proof_relations;
mod proof_statements;
mod reasons;
mod recalculated;
mod recipes;
mod reconcile;
mod refusals;
mod report;
mod report_kit;
mod report_templates;
mod report_templates_odd;
mod resubmission;
mod reviewers_cells;
mod reviewers_words;
mod scales;
mod scorer;
mod secrecy;
mod sent_round;
mod service;
mod settings;
mod sheet_stream;
mod sheets;
mod shown_numbers;
mod sign_and_unit;
mod signs;
mod split_rows;
mod standards;
mod summary_pages;
mod support;
mod surveys;
mod synonyms;
mod tables;
mod target_review;
mod titles;
mod unnamed_sheets;
mod verify;
mod verify_altered;
mod walk;
mod whole_path;
mod word_lists;
mod workbook_pages;
mod workbooks;
mod worker_stream;
mod write_back;
mod xlsx;
