//! What reading a target costs: less than a microsecond for a quantity (median).
//!
//! `cargo bench --bench notation` prints the times and fails when the median is above the limit.

#![allow(clippy::disallowed_types, reason = "a bench prints")]

mod limit;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use criterion::{Criterion, criterion_group};
use jixiao::inner::notation::{Hints, Role, read_text, scan_quantity};

/// What stands in target and actual cells, the usual and the long.
const TEXTS: [&str; 12] = [
    "≥95%",
    "100%",
    "20场",
    "61.2万元",
    "1.2万人",
    "不低于92%",
    "545元/人·月",
    "5个工作日",
    "1,234,567.89元",
    "60%及以上",
    "三场",
    "31260人",
];

fn quantities(c: &mut Criterion) {
    let mut group = c.benchmark_group("scan_quantity");
    for text in TEXTS {
        group.bench_function(text, |b| b.iter(|| scan_quantity(black_box(text))));
    }
    group.finish();
}

fn cells(c: &mut Criterion) {
    let hints = Hints { indicator: "群众满意度", role: Role::Actual, ..Hints::default() };
    let mut group = c.benchmark_group("read_text");
    for text in ["≥95%", "20场", "59.27/61.2", "2021年12月底前", "①√②×③√", "达成预期指标", "未发现问题"]
    {
        group.bench_function(text, |b| b.iter(|| read_text(black_box(text), &hints)));
    }
    group.finish();
}

criterion_group!(benches, quantities, cells);

/// The most that a quantity may take, in the middle of all.
const LIMIT: Duration = Duration::from_micros(1);

fn main() -> ExitCode {
    benches();
    let times = TEXTS.map(|text| limit::of_one(|| scan_quantity(black_box(text))));
    limit::kept("scan_quantity", times.to_vec(), LIMIT)
}
