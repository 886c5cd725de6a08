//! The passes over a draft, one a file. [`PASSES`] is their order, with why each stands where it stands; what a pass may see
//! and what it may change are its parameters.

mod all_done;
mod bare_rates;
mod beyond_target;
mod both_ways;
mod changes;
mod days_taken;
mod deviations;
mod distances;
mod done_in_time;
mod early;
mod exact_tops;
mod full_elsewhere;
mod full_unless_denied;
mod full_when_met;
mod gated_proportion;
mod general_rest;
mod grade_words;
mod included;
mod interpolation;
mod late_cases;
mod later_dates;
mod measure;
mod missing_is_shortfall;
mod named_target;
mod nested_rungs;
mod none_left_over;
mod none_of_those;
mod nothing_left;
mod numbers_of_cases;
mod one_ladder_of_levels;
mod overspent_savings;
mod own_quotients;
mod pass;
mod place_steps;
mod ranking;
mod shared_bounds;
mod shares_of_target;
mod short_by_things;
mod stated_base;
mod subject;
mod target_as_bound;
mod task_as_rate;
mod two_proportions;
mod two_ways_down;
mod undone_cases;
mod whole_target;
mod zero_means_no_faults;

use crate::criterion::reading::deadline;
use crate::rule::{Measure, Side, Subject};

pub(crate) use self::grade_words::label;
pub(crate) use self::pass::{Known, Pass, run_passes};

use self::all_done::all_done;
use self::bare_rates::bare_rates;
use self::beyond_target::beyond_target;
use self::both_ways::both_ways;
use self::changes::{changes, growth};
use self::days_taken::days_taken;
use self::deviations::deviations;
use self::distances::distances;
use self::done_in_time::{done_in_time, never_done};
use self::early::early;
use self::exact_tops::exact_tops;
use self::full_elsewhere::full_elsewhere;
use self::full_unless_denied::full_unless_denied;
use self::full_when_met::full_when_met;
use self::gated_proportion::gated_proportion;
use self::general_rest::general_rest;
use self::grade_words::grade_words;
use self::included::included;
use self::interpolation::interpolation;
use self::late_cases::late_cases;
use self::later_dates::later_dates;
use self::measure::measure;
use self::missing_is_shortfall::missing_is_shortfall;
use self::named_target::named_target;
use self::nested_rungs::nested_rungs;
use self::none_left_over::none_left_over;
use self::none_of_those::none_of_those;
use self::nothing_left::nothing_left;
use self::numbers_of_cases::numbers_of_cases;
use self::one_ladder_of_levels::one_ladder_of_levels;
use self::overspent_savings::overspent_savings;
use self::own_quotients::own_quotients;
use self::place_steps::{View, place_steps};
use self::ranking::ranking;
use self::shared_bounds::shared_bounds;
use self::shares_of_target::shares_of_target;
use self::short_by_things::short_by_things;
use self::stated_base::stated_base;
use self::subject::subject;
use self::target_as_bound::target_as_bound;
use self::task_as_rate::task_as_rate;
use self::two_proportions::two_proportions;
use self::undone_cases::undone_cases;
use self::whole_target::whole_target;
use self::zero_means_no_faults::zero_means_no_faults;

/// The passes, in their order.
#[rustfmt::skip] // a pass a paragraph: name, reason, what it sees and changes
pub(crate) static PASSES: &[Pass] = &[
    Pass {
        name: "以上、以下是否含本数",
        why_here: "界限还和写的一样，没有改写",
        run: |d, _| { included(d.included, &mut d.rungs); Ok(()) },
    },
    Pass {
        name: "偏离指标值多远",
        why_here: "在给事物定名和“超过”之前：数都是偏离的幅度",
        run: |d, _| {
            deviations(d.distance, d.steps.as_mut(), &mut d.names, &mut d.about, &mut d.rungs);
            Ok(())
        },
    },
    Pass {
        name: "增长、持平、下降",
        why_here: "在“超过”和各档互相限定之前：反方向也是一个界限",
        run: |d, _| {
            growth(d.steps.as_ref(), &mut d.states, &mut d.about, &mut d.rungs);
            changes(&d.names, &mut d.states, &mut d.about, &mut d.rungs); Ok(())
        },
    },
    Pass {
        name: "没有结余的，结余率是0",
        why_here: "在各档互相限定之前：没有结余也是一个界限",
        run: |d, _| { none_left_over(&d.names, &mut d.states, &mut d.about, &mut d.rungs); Ok(()) },
    },
    Pass {
        name: "没有完成的件数是缺少的件数",
        why_here: "在确定衡量什么之前：数的是不足，不是发现",
        run: |d, k| {
            undone_cases(k.context.target, k.context.weight, &mut d.states, &d.rungs, &mut d.steps);
            Ok(())
        },
    },
    Pass {
        name: "超过规定天数多久",
        why_here: "在“及时”之前：规定的是天数，不是日期",
        run: |d, _| { days_taken(&d.about, &d.rungs, &mut d.steps); Ok(()) },
    },
    Pass {
        name: "“缺”指不足",
        why_here: "先认清每一步数的是什么，后面才能确定衡量什么",
        run: |d, k| {
            missing_is_shortfall(k.context.target, &mut d.names, &mut d.rungs, &mut d.about, &mut d.steps);
            Ok(())
        },
    },
    Pass {
        name: "数为0、没有都指未发现问题",
        why_here: "在“缺”的含义之后：只有仍按发现的件数扣分的才算",
        run: |d, k| {
            none_of_those(k.context.weight, d.steps.as_ref(), &mut d.states, &mut d.about, &mut d.rungs);
            zero_means_no_faults(d.steps.as_ref(), k.context.weight, &mut d.names, &mut d.about, &mut d.rungs);
            Ok(())
        },
    },
    Pass {
        name: "按时指没有迟报",
        why_here: "在“及时”之前：数的是次数，不是天数",
        run: |d, k| {
            late_cases(k.context.weight, d.steps.as_ref(), &mut d.about, &mut d.rungs);
            Ok(())
        },
    },
    Pass {
        name: "“及时”指按期",
        why_here: "在件数之后：剩下的数值条件才可能是天数",
        run: |d, k| {
            let weight = k.context.weight;
            done_in_time(weight, d.steps.as_ref(), &mut d.states, &mut d.about, &mut d.rungs);
            never_done(&d.about, &mut d.states, &mut d.rungs);
            Ok(())
        },
    },
    Pass {
        name: "后一个日期指逾期天数",
        why_here: "档次的位置还和读到时一样，日期才对得上档次",
        run: |d, k| later_dates(&d.due, deadline(k.context.target), &mut d.about, &mut d.rungs),
    },
    Pass {
        name: "按期到提前的各档为止",
        why_here: "在后面的日期之后：说按期的档次没有写明日期",
        run: |d, _| { early(&d.about, &mut d.rungs); Ok(()) },
    },
    Pass {
        name: "“全部”指达到指标值，差几件就是缺几件",
        why_here: "在“及时”之后：说按期的情形已经不在情形里；在确定衡量什么之前：数的可能是缺少的件数",
        run: |d, k| {
            let (target, weight) = (k.context.target, k.context.weight);
            all_done(target, weight, d.steps.as_mut(), &mut d.states, &mut d.rungs);
            short_by_things((target, weight), &mut d.names, &mut d.about, &mut d.rungs, &mut d.steps);
            Ok(())
        },
    },
    Pass {
        name: "名次",
        why_here: "在给事物定名之前：比率的名称说的不是名次",
        run: |d, k| ranking(k.context, &mut d.names, &mut d.rungs, &mut d.steps),
    },
    Pass {
        name: "核对“全部”与指标值",
        why_here: "达到指标值的档次都已认出，还没有改写",
        run: |d, k| whole_target(k.context.target, &d.rungs),
    },
    Pass {
        name: "“目标值”后面的数",
        why_here: "要和原来的指标值相比；界限改写之前",
        run: |d, k| named_target(k.context.target, k.context.weight, &mut d.rungs, &mut d.steps),
    },
    Pass {
        name: "与目标值之比就是完成比例",
        why_here: "名称还和读到时一样；后面只看是不是完成比例",
        run: |d, k| { own_quotients(k.context.indicator, d); Ok(()) },
    },
    Pass {
        name: "超支指节约率低于0",
        why_here: "名称还没有合并；起点还没有确定",
        run: |d, k| {
            overspent_savings(k.context.indicator, &d.names, &d.rungs, &mut d.steps);
            Ok(())
        },
    },
    Pass {
        name: "衡量的事物",
        why_here: "名称不再变动；“超过”的含义要看它",
        run: |d, k| { d.subject = subject(&d.names, k.all)?; Ok(()) },
    },
    Pass {
        name: "完成任务就是完成率100%",
        why_here: "要看衡量的事物；在“达到指标值”改写成界限之前",
        run: |d, k| {
            task_as_rate(k.context.target, &d.subject, &mut d.rungs, &mut d.steps);
            Ok(())
        },
    },
    Pass {
        name: "比率的界限没有写单位",
        why_here: "要看衡量的事物；件数的档次还没有改写",
        run: |d, k| {
            bare_rates(k.context.target, &d.subject, d.definition.as_ref(), &mut d.rungs, &mut d.steps)
        },
    },
    Pass {
        name: "“完成”也是情形",
        why_here: "在确定衡量什么之前：情形不衡量数值",
        run: |d, k| {
            let target = k.context.target;
            let counted = target.is_none_or(|t| t.quantity().is_some() || t.is_date());
            let rungs = d.rungs.len();
            grade_words(&d.worded, counted, d.steps.as_ref(), &mut d.rungs, &mut d.about, &mut d.states);
            // A word measures nothing, so nothing is named.
            if rungs > 0 && d.rungs.is_empty() { d.subject = Subject::Unnamed; }
            Ok(())
        },
    },
    Pass {
        name: "几处扣几分是一档",
        why_here: "在确定衡量什么之前：件数的档次说明衡量的是件数",
        run: |d, _| { numbers_of_cases(&mut d.steps, &mut d.rungs, &mut d.about); Ok(()) },
    },
    Pass {
        name: "衡量什么",
        why_here: "条件的含义都已认清；名称只对数值有意义",
        run: |d, k| {
            d.measure = measure(&d.about, d.distance, d.steps.as_ref(), d.general.as_ref(), k.all)?;
            if d.measure != Measure::Value { d.subject = Subject::Unnamed; }
            Ok(())
        },
    },
    Pass {
        name: "“超过”指超过这个数还是超出指标值",
        why_here: "要看衡量的事物；界限定下来才能互相比较",
        run: |d, _| beyond_target(&d.subject, &mut d.rungs, &mut d.steps),
    },
    Pass {
        name: "接着偏差写的数也是偏差",
        why_here: "在“超过”之后：哪些是偏差已经认清",
        run: |d, _| { distances(&mut d.rungs); Ok(()) },
    },
    Pass {
        name: "重写的比例仍是指标值的比例",
        why_here: "在“超过”之后：超出指标值的百分比不是它的比例",
        run: |d, k| {
            shares_of_target(k.context.target, &d.subject, &mut d.rungs, &mut d.steps);
            Ok(())
        },
    },
    Pass {
        name: "两个数之间按比例得分的，由人评分",
        why_here: "界限还和写的一样：一头的界限补上另一头以后，就看不出原来写了几头",
        run: |d, _| { two_proportions(&mut d.rungs); Ok(()) },
    },
    Pass {
        name: "按比例得分到不得分的界限为止",
        why_here: "“达到指标值”还没有改写成界限",
        run: |d, _| { gated_proportion(d.otherwise.as_ref(), &mut d.general, &mut d.rungs); Ok(()) },
    },
    Pass {
        name: "“达到指标值”也是一个界限",
        why_here: "指标值的比例都已认出；各档互相限定之前",
        run: |d, k| {
            if d.measure == Measure::Value { target_as_bound(k.context.weight, &mut d.rungs); }
            Ok(())
        },
    },
    Pass {
        name: "得满分的数以上也得满分",
        why_here: "在各档互相限定之前：只有一头的档次才互相限定",
        run: |d, k| {
            let has_else = d.otherwise.is_some() || d.general.is_some();
            // Steps on both sides, one of which goes up.
            let up = d.also.as_ref().filter(|steps| steps.side() == Some(Side::Above) && !steps.clause.adds);
            exact_tops(k.context, &d.subject, up.or(d.steps.as_ref()), has_else, &mut d.rungs)
        },
    },
    Pass {
        name: "各档到上一档为止",
        why_here: "各档的界限都已写定；归属在它之后才看得出",
        run: |d, k| { nested_rungs(&mut d.rungs, k.context.weight); Ok(()) },
    },
    Pass {
        name: "界限归哪一档",
        why_here: "各档的两头都有了",
        run: |d, _| { shared_bounds(&mut d.rungs); Ok(()) },
    },
    Pass {
        name: "两档之间内插",
        why_here: "界限的归属已定，空档才看得出",
        run: |d, _| interpolation(&mut d.between, &mut d.rungs),
    },
    Pass {
        name: "没有条件的得分办法用于其余情况",
        why_here: "在按步计算之前：两者只能有一个",
        run: |d, _| general_rest(d.steps.as_ref(), &mut d.general, &mut d.otherwise),
    },
    Pass {
        name: "高了加、低了扣",
        why_here: "在按步计算之前：两边的步子从同一处算起",
        run: both_ways,
    },
    Pass {
        name: "按步计算的起点",
        why_here: "档次都已定；起点从它们来",
        run: |d, k| {
            let view = View { measure: &d.measure, bases: &d.bases, context: k.context };
            place_steps(view, &mut d.steps, &mut d.rungs, &mut d.otherwise, &mut d.bonus_base)
        },
    },
    Pass {
        name: "没有扣分的得满分",
        why_here: "扣分的步子也已成为一档；其余情况仍没有规定的才补",
        run: |d, _| { full_elsewhere(&d.states, d.otherwise.as_ref(), &mut d.rungs); Ok(()) },
    },
    Pass {
        name: "达到指标值得满分",
        why_here: "在补满分档之后：补了档的不再补其余情况",
        run: |d, _| { full_when_met(&d.rungs, &mut d.otherwise); Ok(()) },
    },
    Pass {
        name: "核对基准",
        why_here: "界限和起点都已定",
        run: |d, _| stated_base(&d.bases, &d.rungs, d.otherwise.as_ref()),
    },
    Pass {
        name: "核对基础分和最高得分",
        why_here: "按步计算用过之后，剩下的就是没有用上的",
        run: |d, k| nothing_left(d.bonus_base, d.score_cap, k.all),
    },
    Pass {
        name: "只写不得分的，其余得满分",
        why_here: "最后：其他规定都没有补上其余情况",
        run: |d, _| { full_unless_denied(&d.states, &d.rungs, &mut d.otherwise); Ok(()) },
    },
    Pass {
        name: "级别是不是同一件事的",
        why_here: "各种情形都已定；只核对，不改写",
        run: |d, _| one_ladder_of_levels(&d.states),
    },
];
