//! What reading a criterion costs: less than 20 microseconds (median over the kinds).

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
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

fn criteria(c: &mut Criterion) {
    let mut group = c.benchmark_group("read_criterion");
    for (kind, text) in TEXTS {
        let weight = if kind == "checklist" { "2" } else { "10" };
        let context =
            Context { indicator: "某项工作", weight: weight.parse().ok(), ..Context::default() };
        group.bench_function(kind, |b| b.iter(|| read(black_box(text), &context)));
    }
    group.finish();
}

criterion_group!(benches, criteria);
criterion_main!(benches);
