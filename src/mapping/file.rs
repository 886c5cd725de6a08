//! A mapping file as a person types it: nothing is checked yet but that it is our vocabulary.
//!
//! This is the one place that says what a mapping may contain; the reader, the JSON Schema and
//! `docs/mapping.md` all come from it.

use toml::Spanned;

use super::column::Column;
use super::tables::tables;
use super::toml_read::{Faults, document};
use super::vocabulary::WordLists;
use super::words::{
    Base, FieldName, Kind, Level, Money, PartialStep, Questions, Repeated, SatisfiedFrom, Source, TargetBase,
    Unit, Writable,
};
use crate::base::Number;

type Text = Spanned<String>;
type Texts = Vec<Text>;

tables! {
    /// 一份映射文件：说明一种表怎样识别、怎样读。
    File {
        /// 映射文件格式的版本，目前是 1。
        schema: Spanned<u32> [required],
        /// 映射的名称；与随程序提供的映射同名时，取代它。
        name: Text [required],
        /// 表的种类。
        kind: Spanned<Kind> [required],
        /// 给人看的中文名称。
        title: Text,
        /// 在另一份映射的基础上补充：只写与它不同的部分，titles 和 labels 排在它的前面。
        extends: Text,
        /// 怎样认出这种表。
        recognise: Recognise,
        /// 对个别工作表的规定。
        sheets: Vec<SheetRule>,
        /// 标签 → 值的单元格（项目名称、主管部门…）。
        fields: Vec<FieldRule>,
        /// 指标表（或明细账、问卷）的列。
        columns: Vec<ColumnRule>,
        /// 表头最多几行，1 至 4，默认 4。
        header_rows: Spanned<u32>,
        /// 多行表头中，上下两级标题在 titles 里用什么符号连接，默认 ">"。
        header_join: Text,
        /// 同样的标题并排出现两组时（中期目标 | 年度目标），取哪一组：写那一组上方的标题。
        panels: Texts,
        /// 当作空白的单元格内容。
        missing_values: Texts,
        /// 表到此为止的行：行首文字。
        stop_when: Texts,
        /// 不是指标的行。
        rows: Rows,
        /// 自评表上方的预算执行表。
        budget: BudgetTable,
        /// 指标表之前的评分清单（评价内容 | 分值 | 得分）。
        checklist: ChecklistTable,
        /// 表中既有原指标值（年初预算数）又有调整后指标值（全年预算数）时按哪一个评分，默认 "adjusted"；按另一个应得多少分，同时说明。预算的分母另有 [budget] base 的，以它为准。
        target_base: Spanned<TargetBase>,
        /// “每降低1个百分点扣0.5分”一类的评分标准没有写明时，不足一步的怎样计，默认 "proportional"。
        partial_step: Spanned<PartialStep>,
        /// 写明个别指标的评分规则，不再读表中的评分标准。
        rubric: Vec<Rubric>,
        /// 评价等级，从高到低。
        grades: Vec<GradeRule>,
        /// 实际完成值取自别处的指标。
        bind: Vec<Bind>,
        /// 申报表与评分表中名称不同的同一指标。
        aliases: Vec<Alias>,
        /// 在实际完成值中写明金额的指标（59.27/61.2）。
        amounts: Vec<AmountRule>,
        /// 问卷的回答选项，除“满意”“不满意”一类常见的以外（好评、认可…）。
        answers: Texts,
        /// 算作满意的回答；写了的，满意率只按它计算，不再看口径。
        satisfied: Texts,
        /// 满意度问卷的口径和要求。
        survey: Survey,
        /// 指标方向的用词：指标值没有符号时，越多越好还是越少越好。
        direction: Direction,
        /// 表中的用词：本地另有说法的，按类别补充。
        words: WordLists,
        /// 检查的取舍。
        checks: Checks,
        /// 允许填写的空白单元格；不写就是全部。
        write_back: Vec<Spanned<Writable>>,
    }

    /// 怎样认出一种表。
    Recognise {
        /// 表名的写法（可用 *）；不是必须，但使识别更有把握。
        titles: Texts,
        /// 必须有的列。
        columns: Vec<Spanned<Column>>,
        /// 至少要有其中一列。
        any: Vec<Spanned<Column>>,
        /// 不能有的列。
        without: Vec<Spanned<Column>>,
        /// 表名相符时，有其中一列即可认出，不看 columns、any 和 without；只用于只认出、不评分的表。
        titled: Vec<Spanned<Column>>,
        /// 表名中有这些写法的（可用 *），不按表名认出。
        without_titles: Texts,
        /// 标题中紧跟在项目名称后面的词（“甲项目支出绩效自评表”中的“项目支出”）。
        after_project: Texts,
        /// 项目名称（可用 *），只用于 kind = "case"。
        project: Texts,
        /// 主管部门（可用 *），只用于 kind = "case"。
        agency: Texts,
    }

    /// 对个别工作表的规定。
    SheetRule {
        /// 工作表名称（可用 *）。
        names: Texts [required],
        /// 是否读取，默认 true。
        read: Spanned<bool>,
    }

    /// 标签 → 值的单元格：值在标签右边、下边，或与标签同在一格（标签：值）。
    FieldRule {
        /// 它是什么。
        name: Spanned<FieldName> [required],
        /// 标签的各种写法（可用 *）。
        labels: Texts [required],
        /// 金额的单位，标签和表中都没有写时使用。
        unit: Spanned<Unit>,
    }

    /// 一列。
    ColumnRule {
        /// 它是什么。
        name: Spanned<Column> [required],
        /// 标题的各种写法（可用 *；多行表头可写 "上级标题>标题"）；排在前面的优先。
        titles: Texts [required],
        /// 只有紧跟在这一列之后才是（三个“权重”各属于它左边的一级、二级、三级指标）。
        after: Spanned<Column>,
        /// 值的要求。
        constraints: Constraints,
    }

    /// 对一列的值的要求；不符合的是问题。
    Constraints {
        /// 不能空白。
        required: Spanned<bool>,
        /// 最小值。
        minimum: Spanned<Number>,
        /// 最大值。
        maximum: Spanned<Number>,
        /// 只能是这些文字之一。
        one_of: Texts,
    }

    /// 不是指标的行，按行首的文字认出（可用 *）。
    Rows {
        /// 合计、总分。
        total: Texts,
        /// 示例行：指标或上级指标的名称写明是示例，跳过并提示。
        sample: Texts,
        /// 小计：跳过。
        subtotal: Texts,
        /// 评价等级。
        grade: Texts,
        /// 100 分以外的加分（附加分），按指标或上级指标的名称认出。
        bonus: Texts,
        /// 从总分中扣除的分（扣分项），按指标或上级指标的名称认出。
        penalty: Texts,
        /// 加分后总分的上限为 100 分的写法。
        total_cap: Texts,
        /// 备注中更正指标值、实际完成值或得分的写法：有这样的文字和数字的，由人确认。
        correction: Texts,
        /// 备注中说明某项不考核、不计分的写法，由人确认。
        waiver: Texts,
        /// 没有分值时跳过的明细（其中：…）。
        part: Texts,
        /// 只有模板占位文字的名称。
        placeholder: Texts,
        /// 表头下面的填写说明行。
        instruction: Texts,
        /// 表下的注：规定反向指标按“指标值÷实际完成值”得分；没有达到的反向指标留给人打分。
        reverse_note: Texts,
        /// 表下的注：另行规定没有达到指标值的怎样得分；没有达到的指标留给人打分。
        rule_note: Texts,
    }

    /// 自评表上方的预算执行表。
    BudgetTable {
        /// 它的列。
        columns: Vec<ColumnRule>,
        /// 总额一行的写法。
        total: Texts,
        /// 各行的写法，用于判断表到哪里为止。
        labels: Texts,
        /// 执行率以哪个数为分母；不写则按表中标题的字母（执行率(B/A)），没有字母的用全年（调整后）预算数。
        base: Spanned<Base>,
        /// 总额一行怎样评分；不写则不评分。
        execution: ExecutionRule,
    }

    /// 预算执行率作为一个指标：分值、得分取自预算执行表的总额一行。
    ExecutionRule {
        /// 一级指标的名称。
        level1: Text,
        /// 二级指标的名称。
        level2: Text,
        /// 指标的名称。
        name: Text,
        /// 评分规则。
        criterion: Text,
    }

    /// 指标表之前的评分清单。
    ChecklistTable {
        /// 它的列。
        columns: Vec<ColumnRule>,
    }

    /// 一个指标的评分规则。
    Rubric {
        /// 指标名称（可用 *）。
        indicator: Text [required],
        /// 评分规则，用规范的句子写，如 "按完成比例得分，低于60%得0分。"；读取映射时即检查能否读懂。
        criterion: Text [required],
    }

    /// 一个评价等级。
    GradeRule {
        /// 等级名称。
        name: Text [required],
        /// 最低分（含），满分按 100 分计。
        from: Spanned<Number> [required],
    }

    /// 实际完成值取自别处的指标。
    Bind {
        /// 指标名称（可用 *）。
        indicator: Text [required],
        /// 取自哪里。
        source: Spanned<Source> [required],
    }

    /// 申报表与评分表中名称不同的同一指标。
    Alias {
        /// 申报表中的名称。
        declared: Text [required],
        /// 评分表中的名称。
        scored: Text [required],
    }

    /// 在实际完成值中写明金额的指标。
    AmountRule {
        /// 指标名称（可用 *）。
        indicator: Text [required],
        /// “/”前面的（或唯一的）金额是什么。
        first: Spanned<Money> [required],
        /// “/”后面的金额是什么。
        second: Spanned<Money>,
        /// 金额的单位；不写时只有与表中写明单位的同一金额相等才采用。
        unit: Spanned<Unit>,
    }

    /// 指标方向的用词。写在这里的词加到随程序提供的词表里；不要的词写在 drop 里。
    Direction {
        /// 指标性质栏的写法：越多越好。
        floor_signs: Texts,
        /// 指标性质栏的写法：越少越好。
        cap_signs: Texts,
        /// 二级指标名称含有它的，指标值没有符号或为“=”时越少越好。
        cap_categories: Texts,
        /// 指标名称含有它的，越少越好（成本、投诉、差错、事故…）。
        caps: Texts,
        /// 指标名称含有它的，是所需的时间，越少越好（办理时间…）。
        times: Texts,
        /// 指标值是金额时：指标名称含有它的是支出，越少越好。
        money_caps: Texts,
        /// 指标值是金额时：指标名称含有它的是收入，越多越好；发给人的钱由人判断。
        money_floors: Texts,
        /// 跟在以上各词后面也不改变意思的词（投诉“次数”）。
        neutral: Texts,
        /// 对负面事项的处理（投诉“办结”率）：比率越多越好，其他由人判断。
        remedies: Texts,
        /// 使负面事项或成本减少的词（能耗“下降”率）：比率越多越好，其他由人判断。
        reductions: Texts,
        /// 指标值是时长时：指标名称含有它的，越长越好（使用年限…）。
        time_floors: Texts,
        /// 不要的词：从随程序提供的各个词表中去掉。
        drop: Texts,
    }

    /// 检查的取舍。
    Checks {
        /// 不需要的检查（问题编号，见 docs/findings.md）。
        off: Texts,
        /// 一个指标不足以反映的二级指标名称（数量指标…）。
        broad_categories: Texts,
        /// 实际完成值达到指标值的百分之多少，就要说明原因。
        over_achieved_percent: Spanned<Number>,
        /// 指标值为 0 时，实际完成值达到多少，就要说明原因。
        over_achieved_at_zero: Spanned<Number>,
        /// 指标值比上年（没有上年值的，比前三年平均）差百分之多少以上，就要说明原因。
        target_below_history_percent: Spanned<Number>,
        /// 监控表没有写明截至几月底的，按这个月。
        monitoring_month: Spanned<Number>,
        /// 监控表的执行率落后时间进度多少个百分点以上要提醒；不写则不提醒。
        monitoring_behind_points: Spanned<Number>,
        /// 写在原因栏里却等于没写的词。
        empty_reasons: Texts,
        /// 采用哪一套取舍（见 mappings/profiles）：national（默认：国家规定和算术）、strict（从严）或一个地方的。
        profile: Text,
        /// 个别检查在这一套取舍之上的调整。
        set: Vec<CheckRule>,
    }

    /// 一项检查的取舍。只有各套取舍中列出的检查可以调整，算术和读不准的不能。
    CheckRule {
        /// 检查（问题编号，见 docs/findings.md）。
        check: Text [required],
        /// 要不要。
        on: Spanned<bool>,
        /// 多严重。
        severity: Spanned<Level>,
        /// 限度，个数和次序同 docs/findings.md。
        limits: Vec<Spanned<Number>>,
    }

    /// 满意度问卷的口径和要求。
    Survey {
        /// 从哪个回答起算作满意；不写的，评分标准也没有写明时，几种口径一并列出，由人确认。
        satisfied_from: Spanned<SatisfiedFrom>,
        /// 问卷有几道满意度题时怎样计算；不写的，有总体满意度一题的以它为准，没有的由人确认。
        questions: Spanned<Questions>,
        /// 提交时间和网络地址都相同的答卷怎样计；不写的，影响得分的由人确认。
        repeated: Spanned<Repeated>,
        /// 分几类对象调查、合成一个满意度时，各类对象的权重。
        groups: Vec<SurveyGroup>,
        /// 有效问卷少于多少份的提示样本偏少，默认 30。
        least_answers: Spanned<u32>,
        /// 服务对象总数不超过多少、已经全部调查的，不算样本偏少，默认 50。
        whole_population: Spanned<u32>,
        /// 来自同一网络地址、各题回答全部相同的答卷达到几份的提示核实，默认 3。
        alike: Spanned<u32>,
        /// 答题用时少于多少秒的提示核实，默认 10；0 为不查。
        least_seconds: Spanned<u32>,
        /// 评价年度结束后多少个月以内的答卷算在调查期内，默认 12；材料写明调查时间的，以写明的为准。
        months_after: Spanned<u32>,
        /// 填报了满意度的，是否必须附有问卷或写明调查方式，默认 false。
        evidence: Spanned<bool>,
    }

    /// 一类调查对象。
    SurveyGroup {
        /// 这类对象在问卷、统计表或指标中的叫法。
        name: Text [required],
        /// 权重；只看各类之间的比例。
        weight: Spanned<Number> [required],
    }
}

impl File {
    /// Reads a mapping's text; what could be read comes back even when its content has faults.
    pub fn parse(text: &str, faults: &mut Faults) -> Self {
        document(text, faults, Self::from_table)
    }
}
