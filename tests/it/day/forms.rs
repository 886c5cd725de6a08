//! The workbooks of a day: three layouts of a self-evaluation, a declaration, a ledger, a survey, and the roll.

use super::project::Project;
use crate::workbook_pages::bytes;

/// Layouts of a self-evaluation.
pub(super) const LAYOUTS: usize = 3;

/// A self-evaluation. `done` is what was done, by which two versions differ; `saved` makes another file of the same content.
pub(super) fn evaluation(project: &Project, done: usize, saved: usize) -> Vec<u8> {
    let sheet = ["自评表", "Sheet1", "附件3"][project.number % LAYOUTS];
    bytes(&[(sheet, &page(project, done))], saved)
}

fn page(project: &Project, done: usize) -> String {
    let (name, agency, budget) = (project.written_name(), project.written_agency(), project.budget);
    let (department, code) = (project.written_department(), project.written_code());
    let (spent, met) = (budget * 95 / 100, if done >= 50 { "≥50处" } else { "≥60处" });
    match project.number % LAYOUTS {
        0 => {
            let coded = code.map(|code| format!("项目编码 | {code}\n")).unwrap_or_default();
            format!(
                "
项目支出绩效自评表
（2023年度）
{coded}项目名称 | {name}
主管部门 | {department}
实施单位 | {agency}
项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
 | 年度资金总额 | {budget} | {budget} | {spent} | 10 | 95% | 9.5
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 完成建设处数 | {met} | {done}处 | 30 | 30 |
 | 质量指标 | 验收合格率 | ≥98% | 99% | 20 | 20 |
效益指标 | 社会效益指标 | 群众生产生活条件 | 明显改善 | 达成年度指标 | 30 | 30 |
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90% | 100% | 10 | 10 |
合计 | | | | | 100 | 99.5 |
"
            )
        }
        1 => {
            let coded = code
                .map(|code| format!("项目代码 | {code} | < | < | 年度 | 2023 | < | <\n"))
                .unwrap_or_default();
            format!(
                "
2023年度项目支出绩效自评表 | < | < | < | < | < | < | <
项目名称 | {name} | < | < | < | < | < | <
{coded}主管部门 | {department} | < | < | 实施单位 | {agency} | < | <
项目资金（万元） | | | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分
^ | 年度资金总额： | < | {budget} | {spent} | 10 | 95% | 9.5
^ | 其中：本年财政拨款 | < | {budget} | {spent} | - | | -
一级指标 | 二级指标 | 三级指标 | 分值 | 年度指标值 | 全年实际值 | 得分 | 未完成原因及拟采取的改进措施
产出指标 | 数量指标 | 完成建设处数 | 30 | {met} | {done}处 | 30 |
^ | 质量指标 | 验收合格率 | 20 | ≥98% | 99% | 20 |
效益指标 | 社会效益指标 | 受益群众人数 | 30 | ≥1000人 | 1200人 | 30 |
满意度指标 | 服务对象满意度指标 | 群众满意度 | 10 | ≥90% | 100% | 10 |
总分 | < | < | 100 | | | 99.5 |
"
            )
        }
        _ => {
            let coded = code.map(|code| format!("项目编号 | {code} | | |\n")).unwrap_or_default();
            format!(
                "
部门预算项目绩效自评表
（2023年度）
项目名称 | {name} | | |
{coded}主管部门 | {department} | 实施单位 | {agency}
资金情况（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
年度资金总额 | {budget} | {budget} | {spent} | 10 | 95% | 9.5
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 完成建设处数 | {met} | {done}处 | 60 | 60 |
满意度指标 | 服务对象满意度指标 | 服务对象满意度 | ≥90% | 100% | 30 | 30 |
合计 | | | | | 100 | 99.5 |
"
            )
        }
    }
}

/// The declaration of the same project.
pub(super) fn declaration(project: &Project) -> Vec<u8> {
    let (name, agency, budget) = (project.written_name(), project.written_agency(), project.budget);
    let coded = project.written_code().map(|code| format!("项目编码 | {code}\n")).unwrap_or_default();
    let department = project.written_department();
    let page = format!(
        "
项目支出绩效目标申报表
（2023年度）
项目名称 | {name}
{coded}主管部门 | {department}
实施单位 | {agency}
年度资金总额（万元） | {budget}
一级指标 | 二级指标 | 三级指标 | 指标值
产出指标 | 数量指标 | 完成建设处数 | ≥50处
 | 质量指标 | 验收合格率 | ≥98%
满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥90%
"
    );
    bytes(&[("申报表", &page)], 0)
}

/// The ledger of the same project, which adds up to what was spent.
pub(super) fn ledger(project: &Project) -> Vec<u8> {
    let (name, spent) = (&project.name, project.budget * 95 * 100);
    let page = format!(
        "
项目支出明细账
项目名称：{name}
日期 | 凭证字号 | 摘要 | 科目编码 | 科目名称 | 借方金额 | 贷方金额 | 方向 | 余额
2023-01-10 | 记-1 | 付工程款 | 720101 | 工程 | {spent} | | 借 | {spent}
 | | 本年累计 | | | {spent} | 0 | 借 | {spent}
"
    );
    bytes(&[("明细账", &page)], 0)
}

/// A survey, which names no project.
pub(super) fn survey(project: &Project) -> Vec<u8> {
    let rows: String =
        (1..=5 + project.number % 4).map(|row| format!("{row} | 2023-12-0{row} | 满意\n")).collect();
    bytes(&[("问卷", &format!("序号 | 调查日期 | 总体满意度\n{rows}"))], 0)
}

/// The roll, as a budget system exports it.
pub(super) fn roll(projects: &[Project]) -> Vec<u8> {
    let mut page = String::from(
        "2023年度项目清单\n序号 | 项目编码 | 项目名称 | 主管部门 | 实施单位 | 全年预算数（元） | 支出数（元）\n",
    );
    for (at, project) in projects.iter().filter(|project| project.is_due()).enumerate() {
        let Project { code, name, department, agency, .. } = project;
        let (budget, spent) = (project.rolled_budget(), project.rolled_spent());
        page.push_str(&format!(
            "{} | '{code} | {name} | {department} | {agency} | {budget} | {spent}\n",
            at + 1
        ));
    }
    bytes(&[("项目清单", &page)], 0)
}
