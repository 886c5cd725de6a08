//! The settings of an installation as an operator types them: the one place that says what they may contain; the reader,
//! the JSON Schema and `docs/settings.md` all come from it.

use toml::Spanned;
use toml::de::DeValue;

use crate::base::Number;
use crate::mapping::file::{CheckRule, Survey};
use crate::mapping::tables::tables;
use crate::mapping::toml_read::{Faults, Shape, Typed, as_word, document};
use crate::model::Voice;
use crate::model::letter::{Choice, Kind};

type Text = Spanned<String>;
type Texts = Vec<Text>;

tables! {
    /// 一台机器（一处安装）的设置。各项都可以不写；命令行上写了的，以命令行为准。相对路径从本文件所在的文件夹算起；写出的文件夹和文件必须已经存在。
    File {
        /// 收件文件夹服务的文件夹。
        folders: Folders,
        /// 谁填的得分算数。
        review: Review,
        /// 给返回的文件签名的密钥。
        keys: Keys,
        /// 映射文件。
        mappings: Mappings,
        /// 检查的取舍：映射文件没有规定的，以此为准。
        checks: Checks,
        /// 满意度问卷的口径和要求：映射文件没有规定的，以此为准。
        survey: Survey,
        /// 发文代拟稿。
        letters: Letters,
        /// 处理一份材料最多用多少时间、内存等。
        limits: Limits,
        /// 返回文件的登记。
        register: Register,
        /// 收件文件夹服务保留多久。
        keep: Keep,
        /// 收件文件夹服务出现问题时通知谁。
        alert: Alert,
        /// 网页（serve）的用户。
        page: Page,
    }

    /// 收件文件夹服务（watch）的文件夹。
    Folders {
        /// 收件文件夹，同 --inbox。
        inbox: Text,
        /// 复核收件文件夹，同 --reviewer-inbox：从这里收到的，表中人工填写的得分算数。
        reviewer_inbox: Text,
        /// 结果文件夹，同 --outbox。
        outbox: Text,
        /// 存放 archive、rejected、processing、state 的文件夹，同 --base。
        base: Text,
        /// 日志文件夹，同 --log。
        log: Text,
    }

    /// 谁填的得分算数。
    Review {
        /// 表中人工填写的得分是否算数。不写的：score、check、verify 算数；batch 和收件文件夹只作建议，复核收件文件夹算数。复核收件文件夹不受此项影响。
        accept_typed_scores: Spanned<bool>,
        /// 标题没有写明的得分是谁评的，默认“财政核定”。
        voice: Spanned<Voice>,
        /// 是否填写空白的“自评得分”一栏，默认 false：自评得分是单位自己的结论。
        fill_self_scores: Spanned<bool>,
    }

    /// 给返回的文件签名的密钥。
    Keys {
        /// 密钥文件夹，同 --keys；环境变量 `JIXIAO_KEYS` 优先于此项。
        dir: Text,
    }

    /// 映射文件。
    Mappings {
        /// 映射文件，同 --mapping；写文件夹则为其中全部 .toml。命令行写了 --mapping 的，不用这里的。
        files: Texts,
    }

    /// 检查的取舍。映射文件写明的，以映射文件为准；不需要的检查两处合并。
    Checks {
        /// 不需要的检查（问题编号，见 docs/findings.md）。
        mute: Texts,
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
        /// 采用哪一套取舍：national（默认：国家规定和算术）、strict（从严）或一个地方的。
        profile: Text,
        /// 个别检查在这一套取舍之上的调整。
        set: Vec<CheckRule>,
    }

    /// 发文代拟稿：审核意见、退回补正通知单、复核意见（征求意见稿）、评价结果反馈及整改通知。没有写的，在文稿中留空。
    Letters {
        /// 代拟哪一种，默认按材料所处的阶段和状态；“不代拟”为都不要。命令行写了 --letter 的，以命令行为准。
        kind: Spanned<Choice>,
        /// 落款的财政部门名称。
        bureau: Text,
        /// 发文字号的机关代字，默认“×财绩”。
        number: Text,
        /// 绩效目标修改后重新报送的期限（工作日）。
        target_days: Spanned<u32>,
        /// 补正材料的期限（工作日）。
        correction_days: Spanned<u32>,
        /// 对复核意见反馈意见的期限（工作日）。
        comment_days: Spanned<u32>,
        /// 报送整改落实情况的期限（工作日）。
        rectification_days: Spanned<u32>,
        /// 为 true 时，文件夹服务（watch）把发文代拟稿另存为文本（.md），放在返回文件旁边；默认只附在返回文件中。
        text_files: Spanned<bool>,
    }

    /// 处理一份材料最多用多少时间、内存等；用于 batch 和 watch。
    Limits {
        /// 同时处理几份材料，同 --jobs。
        jobs: Spanned<u32>,
        /// 一份材料最多多少秒，同 --max-seconds。
        seconds: Spanned<u32>,
        /// 一份材料最多多少 MB 内存，同 --max-memory。
        memory_mb: Spanned<u32>,
        /// 一个文件最大多少 MB，同 --max-size。
        size_mb: Spanned<u32>,
        /// 文件多少秒不再变化才开始处理，同 --settle。
        settle_seconds: Spanned<u32>,
        /// 磁盘剩余少于多少 MB 时提醒（日志、watch --status 和通知命令），默认 1024。
        free_mb: Spanned<u32>,
    }

    /// 收件文件夹服务（watch）保留多久，默认一直保留；服务开始时清理，以后每天清理一次。返回文件的登记见 `[register]` 的 `keep_days`。
    Keep {
        /// 归档（archive）中的原文件保留多少天。
        archive_days: Spanned<u32>,
        /// “已评分”的记录（state）保留多少天；过期后内容相同的文件再次放入，会重新评分。
        state_days: Spanned<u32>,
    }

    /// 收件文件夹服务出现问题（无法工作、磁盘空间不足、收件文件夹无法读取、设置或映射文件有误）时通知谁。
    Alert {
        /// 要运行的程序和参数，说明作为最后一个参数；同一件事一小时内只通知一次，程序最多运行 60 秒。
        command: Texts,
    }

    /// 网页（serve）的用户：谁可以登录，密码和登录的规定。重新启动后生效。
    Page {
        /// 是否允许“单位”用户登录，默认 false。
        agencies: Spanned<bool>,
        /// 密码最少多少个字符，默认 10。
        password_length: Spanned<u32>,
        /// 多少分钟没有操作就退出登录，默认 30。
        idle_minutes: Spanned<u32>,
        /// 密码连续输错多少次就暂停登录，默认 5。
        wrong_passwords: Spanned<u32>,
        /// 暂停登录多少分钟，默认 15。
        closed_minutes: Spanned<u32>,
    }

    /// 返回文件的登记：每个返回的工作簿存一份，写明项目、得分、来源和它答复的是哪一次返回；较早的返回件再次交来时据此认出，沿用此后采用的改定。
    Register {
        /// 登记存放的文件夹，其中的 returns 归程序使用。不写的：watch 存放在 state 中，batch 不登记（同 batch 的 --state）。
        dir: Text,
        /// 登记保留多少天，默认一直保留；每个项目最近一次的不删。服务（或批量评分）开始时清理，服务每天清理一次。
        keep_days: Spanned<u32>,
    }
}

impl File {
    /// Reads a settings text with all its faults.
    pub(super) fn parse(text: &str, faults: &mut Faults) -> Self {
        document(text, faults, Self::from_table)
    }
}

impl Typed for Spanned<Voice> {
    fn read(node: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Self> {
        as_word(node, &Voice::ALL.map(|voice| (voice, voice.name())), faults)
    }

    fn shape() -> Shape {
        const WORDS: &[(&str, &str)] = &[
            (Voice::Agency.name(), "单位自己评的分。"),
            (Voice::Department.name(), "主管部门审核的分。"),
            (Voice::Firm.name(), "第三方机构或专家初评的分。"),
            (Voice::Finance.name(), "财政部门核定的分。"),
        ];
        Shape::Word("Voice", WORDS)
    }
}

impl Typed for Spanned<Choice> {
    fn read(node: &Spanned<DeValue<'_>>, faults: &mut Faults) -> Option<Self> {
        as_word(node, &Choice::ALL.map(|choice| (choice, choice.word())), faults)
    }

    fn shape() -> Shape {
        const WORDS: &[(&str, &str)] = &[
            (Choice::Following.word(), "按材料所处的阶段和状态。"),
            (Kind::Targets.word(), "绩效目标的审核意见，没有得分。"),
            (Kind::Correction.word(), "退回补正通知单：只列填报和材料方面的事项。"),
            (Kind::Comments.word(), "复核意见（征求意见稿）：自评得分、复核得分和扣分依据，附回执。"),
            (Kind::Result.word(), "评价结果反馈及整改通知。"),
            (Choice::Nothing.word(), "都不要。"),
        ];
        Shape::Word("Choice", WORDS)
    }
}
