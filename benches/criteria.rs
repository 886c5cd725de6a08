//! What reading a criterion costs: less than 20 microseconds (median over the kinds of one rule). What holds several rules is
//! read several times, and is printed beside it.
//!
//! `cargo bench --bench criteria` prints the times and fails when the median is above the limit.

#![allow(clippy::expect_used, clippy::disallowed_types, reason = "a bench fails by panicking")]

mod limit;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

use criterion::{Criterion, criterion_group};
use jixiao::inner::criterion::{Context, read};

/// One of each kind, as counties write them.
const TEXTS: [(&str, &str); 9] = [
    ("ratio", "达到指标值得满分，未达到的按完成比例得分。"),
    ("floor", "按完成比例计分，完成率低于60%不得分。"),
    ("ladder", "满意度≥90%得满分；80%（含）-90%得8分；60%（含）-80%得6分；60%以下不得分。"),
    ("steps", "按时办结率100%得满分，每降低1个百分点扣0.5分，扣完为止。"),
    ("budget", "实际支出不超过预算批复数得满分；每超出1%扣1分，扣完为止。"),
    ("count", "无有效投诉得满分，每发生1起扣0.5分，扣完为止。"),
    ("date", "2021年12月31日前完成得满分，每逾期1天扣0.1分，扣完为止。"),
    ("scale", "线上线下同源发布：全部覆盖得满分；部分覆盖得50%；未发布不得分。"),
    (
        "checklist",
        "①符合法律法规；②属于公共财政支持范围；③不重复立项；④依据文件齐全。每项0.5分，缺一项扣0.5分。",
    ),
];

/// What is taken apart, or read in plainer words, before it is a rule.
const SEVERAL: [(&str, &str); 4] = [
    ("levels", "国家级每项3分，省级每项2分，市级每项1分，最高不超过10分。"),
    ("joint", "按时完成得5分，验收合格率达到100%得5分。"),
    ("respectively", "优秀、良好、合格、不合格分别得10分、8分、6分、0分。"),
    ("rewording", "完成率超过90%后每增加1个百分点加0.5分，最多加5分；基础分为5分。"),
];

/// The most that one may take, in the middle of all.
const LIMIT: Duration = Duration::from_micros(20);

fn context(kind: &str) -> Context<'static> {
    let weight = if kind == "checklist" { "2" } else { "10" };
    Context { indicator: "某项工作", weight: weight.parse().ok(), ..Context::default() }
}

fn criteria(c: &mut Criterion) {
    let mut group = c.benchmark_group("read_criterion");
    for (kind, text) in TEXTS.iter().chain(&SEVERAL) {
        let context = context(kind);
        group.bench_function(*kind, |b| b.iter(|| read(black_box(text), &context)));
    }
    group.finish();
}

criterion_group!(benches, criteria);

fn main() -> ExitCode {
    benches();
    let times = TEXTS.map(|(kind, text)| {
        let context = context(kind);
        limit::of_one(|| read(black_box(text), &context))
    });
    limit::kept("read_criterion", times.to_vec(), LIMIT)
}
