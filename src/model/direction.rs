//! The words that say which way an indicator counts where its target has no sign.

macro_rules! lists {
    ($($(#[doc = $doc:literal])+ $list:ident = $words:expr;)+) => {
        /// The words that decide which way an indicator counts: the shipped ones by default. A mapping adds to the
        /// lists and drops words (`[direction]`).
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct DirectionWords {
            $($(#[doc = $doc])+ pub $list: Vec<String>,)+
        }

        impl Default for DirectionWords {
            fn default() -> Self {
                Self { $($list: $words.split_whitespace().map(str::to_owned).collect(),)+ }
            }
        }

        impl DirectionWords {
            /// No words at all: what a mapping begins with, for it only adds some.
            pub fn none() -> Self {
                Self { $($list: Vec::new(),)+ }
            }

            /// Every list with its name, in the order of the reference.
            pub fn lists(&self) -> Vec<(&'static str, &Vec<String>)> {
                vec![$((stringify!($list), &self.$list),)+]
            }

            fn lists_mut(&mut self) -> Vec<&mut Vec<String>> {
                vec![$(&mut self.$list,)+]
            }
        }
    };
}

lists! {
    /// In a sign column: the more the better.
    floor_signs = "正向 正向指标";
    /// In a sign column: the less the better.
    cap_signs = "反向 反向指标 负向 负向指标 逆向 逆向指标";
    /// In a category: its indicators are caps.
    cap_categories = "成本";
    /// In a name: cost, complaint, error, accident, violation, overrun. The indicator is a cap.
    caps = CAPS;
    /// In a name: time needed (办理时间). The indicator is a cap.
    times = TIMES;
    /// In a name, where the target is money: cost and price. The indicator is a cap. What is spent (资金实际支出) is none by
    /// that word: it may as well be a plan to be carried out.
    money_caps = MONEY_CAPS;
    /// In a name, where the target is money: income, or money given out. The indicator is a floor, or for a person.
    money_floors = MONEY_FLOORS;
    /// Behind one of the words above, up to the end of the name: they leave it what it is (投诉|次数).
    neutral = NEUTRAL;
    /// In a name: acting on what `caps` names (处理, 办结). A rate of these is a floor.
    remedies = REMEDIES;
    /// In a name: bringing down what `caps` names, or what a cost category is about (下降, 节约). A rate is a floor.
    reductions = REDUCTIONS;
    /// In a name, where the target is a length of time: time to be reached (使用年限). The indicator is a floor.
    time_floors = TIME_FLOORS;
}

const CAPS: &str = "成本 控制数 控制额 控制价 超支 超预算 超概 超标 结转率 结余率 \
    漏报 错报 投诉 举报 上访 信访 纠纷 诉讼 差错 错误 失误 误差 事故 伤亡 死亡 火灾 案件发生 案发 发案 \
    故障 中断 停机 违规 违纪 违法 不合格 缺陷 返工 退件 逾期 延误 拖欠 泄露 泄密 损耗 损失 劣变 \
    浪费 闲置 空置 流失 发病 感染 排放 能耗 \
    成本控制率 费用控制率 费控制率 经费控制率 支出控制率 预算控制率 投资控制率 造价控制率 资金控制率 失业率 辍学率 返贫率 \
    贫困发生率 漏损率 不良率 违约率 坏账率 报废率 患病率 病死率 死淘率 淘汰率 差评率 退货率 超时率 缺勤率 破损率 损坏率 \
    浓度 污染 电耗 水耗 耗电 耗水 耗能 消耗 药占比 住院日 办理环节 申请材料 未办结 积案 刑事案件 超时件 负面舆情 \
    行政复议案件 化肥用量 农药用量 重复率 生师比 恩格尔系数 撂荒 垃圾积存 债务 负债 化肥使用量 农药使用量 化肥施用量 农药施用量 占用面积 积压 欠费 欠缴 犯罪 复发率 再犯率 感染率 \
    噪声 噪音 异味 扬尘 渗漏 塌方 PM2.5 PM10 化学需氧量 氨氮 丢失率 负债率 赤字率 漏诊率 误诊率 肇事率 拥堵率 未达标率 离职率 欠薪 损坏 溢价率";
const TIMES: &str = "时限 用时 耗时 办理时间 办结时间 响应时间 处理时间 等待时间 等候时间 出具时间 到达时间 修复时间 \
    办理时长 办结时长 响应时长 处理时长 等待时长 等候时长 办理周期 审批周期 办理天数 逾期天数";
const MONEY_CAPS: &str = "费 费用 开支 造价 单价 价格 均价 预算";
const MONEY_FLOORS: &str = "收入 增收 产值 税 利润 营业额 销售额 成交额 收益 增加值 引进 招商 争取 筹集 \
    减免 免费 收费 缴费 退费 补贴 补助 发放 奖励 征收 兑付 支付 救助";
const NEUTRAL: &str = "次数 件数 起数 人数 户数 个数 处数 条数 天数 数量 数 量 额 金额 总额 总量 总数 发生 率 比例 比率 占比 \
    比重 事件 事项 问题 情况 现象 行为 案件 控制 费用 费 支出 标准 单价 价格 价 上限 限额 值 程度 时间 时长 天数 预算 \
    人次 批次 面积 次 件 起 及 和 或 、 与 等 的";
const REMEDIES: &str = "处理 办结 处置 查处 整改 解决 回复 答复 修复 恢复 排除 化解 结案 受理 回访 调解 调处 接待 \
    排查 检查 抽查 核查 稽查 督查 督办 监测 检测 巡查 预防 防范 防止 避免 杜绝 演练 培训 宣传 教育 渠道 及时 满意 \
    知晓 达标 合格率 完成率 覆盖 规范 公开 核算 测算 评估 调查 净化 查办 审结 侦破 破案 打击 纠正 追究 整治 治理 \
    取缔 报告 上报 登记 统计 录入 分析 研判 应对 应急 救援 救治 抢修 维修 保险 赔付 理赔 复核 评查 通报 曝光 发现 查获";
const REDUCTIONS: &str = "下降 降低 减少 节约 节省 压减 压缩 缩短 降幅 减排 回收 追缴 挽回";
const TIME_FLOORS: &str = "年限 寿命 学时 课时 培训 服务期 保障期 质保 运行时间 开放";

impl DirectionWords {
    /// Adds the words of the other lists, each once.
    pub fn add(&mut self, other: &Self) {
        for (to, (_, from)) in self.lists_mut().into_iter().zip(other.lists()) {
            for word in from {
                if !to.contains(word) {
                    to.push(word.clone());
                }
            }
        }
    }

    /// Drops a word from every list.
    pub fn drop_word(&mut self, word: &str) {
        for list in self.lists_mut() {
            list.retain(|have| have != word);
        }
    }
}
