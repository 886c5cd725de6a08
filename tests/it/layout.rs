//! Builds forms from a description of their layout: the same indicators, arranged as different agencies do.

use jixiao::inner::base::{CellRef, Number, RangeRef};
use jixiao::inner::model::{Case, Entry, Finding, FindingId, Indicator};
use jixiao::inner::sheet::{Cell, Sheet, Value};

/// An indicator of the content that all layouts share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    level1: &'static str,
    points1: &'static str,
    level2: &'static str,
    points2: &'static str,
    name: &'static str,
    sign: &'static str,
    value: &'static str,
    unit: &'static str,
    actual: &'static str,
    weight: &'static str,
    score: &'static str,
    reason: &'static str,
}

const fn row(
    [level1, points1, level2, points2]: [&'static str; 4],
    name: &'static str,
    [sign, value, unit]: [&'static str; 3],
    actual: &'static str,
    [weight, score, reason]: [&'static str; 3],
) -> Row {
    Row { level1, points1, level2, points2, name, sign, value, unit, actual, weight, score, reason }
}

/// What every layout says.
pub(crate) const CONTENT: [Row; 6] = [
    row(["产出指标", "60", "数量指标", "30"], "培训场次", ["≥", "12", "场"], "12场", ["20", "20", ""]),
    row(
        ["产出指标", "60", "数量指标", "30"],
        "培训人数",
        ["≥", "600", "人"],
        "540人",
        ["10", "9", "两场因疫情取消。"],
    ),
    row(["产出指标", "60", "质量指标", "20"], "培训合格率", ["≥", "95", "%"], "96%", ["20", "20", ""]),
    row(
        ["产出指标", "60", "时效指标", "10"],
        "培训计划按期完成率",
        ["=", "100", "%"],
        "100%",
        ["10", "10", ""],
    ),
    row(
        ["效益指标", "20", "社会效益指标", "20"],
        "学员就业能力",
        ["", "有所提升", ""],
        "有所提升",
        ["20", "18", "跟踪时间短。"],
    ),
    row(
        ["满意度指标", "10", "服务对象满意度指标", "10"],
        "学员满意度",
        ["≥", "90", "%"],
        "92%",
        ["10", "10", ""],
    ),
];

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Show {
    Level1,
    Level2,
    Name,
    /// Sign, value and unit in one cell.
    Target,
    Sign,
    Value,
    Unit,
    Actual,
    Weight,
    Level1Points,
    Level2Points,
    /// The agency's score.
    Stated,
    /// A blank score column.
    Blank,
    Reason,
    Criterion,
    /// Something of no concern.
    Remark,
}

/// A row put in at an indicator, with what stands in it.
pub(crate) type Put = (usize, &'static [(Show, &'static str)]);

/// How a level's cell comes again on the rows below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Levels {
    Merged,
    BlankBelow,
    Repeated,
}

/// How labels and values of the head stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    ValueRight,
    ValueBelow,
    OneCell,
}

/// A layout.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) title: &'static str,
    pub(crate) head: Head,
    pub(crate) columns: Vec<(Show, &'static str)>,
    /// A title over the columns from – to (positions), the others reach over both header rows.
    pub(crate) group: Option<(usize, usize, &'static str)>,
    pub(crate) levels: Levels,
    /// How level 1 carries its points: `{}` is the name, `#` the points; `|` before it: one character a line.
    pub(crate) level1: &'static str,
    /// How a name is written: `{}` is the name, `#` its number.
    pub(crate) name: &'static str,
    /// Titles of the budget block in order, for: corner, budget, adjusted, spent, weight, rate, score.
    pub(crate) budget: Option<[&'static str; 7]>,
    /// Rows that are no indicators, put between: text of the name's cell.
    pub(crate) noise: &'static [&'static str],
    pub(crate) subtotals: bool,
    /// Rows right under the header.
    pub(crate) under_header: &'static [&'static [&'static str]],
    pub(crate) total: Option<&'static str>,
    pub(crate) footer: &'static [&'static str],
    /// Rows and columns left blank above and left.
    pub(crate) offset: (u32, u32),
    /// What stands in cells instead: indicator, column, text.
    pub(crate) instead: &'static [(usize, Show, &'static str)],
    /// Rows put in after an indicator, with what stands in them.
    pub(crate) after: &'static [Put],
    /// The same before an indicator.
    pub(crate) before: &'static [Put],
    /// Cells of a column merged from one indicator to another.
    pub(crate) merged: &'static [(Show, usize, usize)],
    /// After which indicators the table goes on: with these lines, and its header again or not.
    pub(crate) breaks: &'static [(usize, &'static [&'static str], bool)],
}

/// The national self-evaluation form.
pub(crate) fn national() -> Layout {
    Layout {
        title: "项目支出绩效自评表",
        head: Head::ValueRight,
        columns: vec![
            (Show::Level1, "一级指标"),
            (Show::Level2, "二级指标"),
            (Show::Name, "三级指标"),
            (Show::Target, "年度指标值"),
            (Show::Actual, "实际完成值"),
            (Show::Weight, "分值"),
            (Show::Stated, "得分"),
            (Show::Reason, "偏差原因分析及改进措施"),
        ],
        group: None,
        levels: Levels::Merged,
        level1: "{}",
        name: "{}",
        budget: Some([
            "项目资金\n（万元）",
            "年初预算数",
            "全年预算数（A）",
            "全年执行数（B）",
            "分值",
            "执行率（B/A）",
            "得分",
        ]),
        noise: &[],
        subtotals: false,
        under_header: &[],
        total: Some("总分"),
        footer: &["填表人：    联系电话："],
        offset: (0, 0),
        instead: &[],
        after: &[],
        before: &[],
        merged: &[],
        breaks: &[],
    }
}

/// The project of all layouts.
pub(crate) const PROJECT: &str = "职业技能培训";
/// Its agency.
pub(crate) const AGENCY: &str = "某区人力资源局";

struct Pen {
    sheet: Sheet,
    row: u32,
    left: u32,
}

impl Pen {
    fn at(&self, row: u32, col: usize) -> CellRef {
        CellRef::new(row, self.left + u32::try_from(col).unwrap()).unwrap()
    }

    fn put(&mut self, col: usize, text: &str) {
        let at = self.at(self.row, col);
        self.sheet.put(at, cell(text));
    }

    fn merge(&mut self, rows: (u32, u32), cols: (usize, usize)) {
        let range = RangeRef::new(self.at(rows.0, cols.0), self.at(rows.1, cols.1));
        if range.first != range.last {
            self.sheet.merges.push(range);
        }
    }

    /// A text alone in its row, merged over the form's width.
    fn wide(&mut self, text: &str, width: usize) {
        self.put(0, text);
        self.merge((self.row, self.row), (0, width - 1));
        self.row += 1;
    }
}

/// A cell as typed: digits become a number, a percentage stays text.
pub(crate) fn cell(text: &str) -> Cell {
    match text.parse::<Number>() {
        Ok(number) => Cell { value: Value::Number(number), ..Cell::default() },
        Err(_) => Cell::text(text),
    }
}

impl Layout {
    /// The sheet that the layout describes.
    pub(crate) fn sheet(&self) -> Sheet {
        self.sheet_of(PROJECT, "Sheet1")
    }

    /// The same of another project, in a sheet of a name.
    pub(crate) fn sheet_of(&self, project: &str, name: &str) -> Sheet {
        let mut pen = Pen { sheet: Sheet::new(name, true), row: self.offset.0, left: self.offset.1 };
        self.draw(&mut pen, project);
        pen.sheet
    }

    /// Several forms one below another.
    pub(crate) fn stacked(&self, projects: &[&str]) -> Sheet {
        let mut pen = Pen { sheet: Sheet::new("全部", true), row: self.offset.0, left: self.offset.1 };
        for project in projects {
            self.draw(&mut pen, project);
            pen.row += 2;
        }
        pen.sheet
    }

    fn draw(&self, pen: &mut Pen, project: &str) {
        let width = self.columns.len();
        pen.wide(self.title, width);
        pen.wide("（2022年度）", width);
        self.draw_head(pen, width, project);
        if let Some(titles) = self.budget {
            draw_budget(pen, titles);
        }
        self.draw_header(pen);
        for texts in self.under_header {
            for (col, text) in texts.iter().enumerate() {
                pen.put(col, text);
            }
            pen.row += 1;
        }
        self.draw_body(pen);
        self.draw_footer(pen, width);
    }

    fn draw_head(&self, pen: &mut Pen, width: usize, project: &str) {
        match self.head {
            Head::ValueRight => {
                for (label, value) in [("项目名称", project), ("主管部门", AGENCY)] {
                    pen.put(0, label);
                    pen.put(1, value);
                    pen.merge((pen.row, pen.row), (1, width - 1));
                    pen.row += 1;
                }
            }
            Head::ValueBelow => {
                for (col, text) in ["项目名称", "主管部门", "项目负责人"].into_iter().enumerate()
                {
                    pen.put(col, text);
                }
                pen.row += 1;
                for (col, text) in [project, AGENCY, "张三"].into_iter().enumerate() {
                    pen.put(col, text);
                }
                pen.row += 1;
            }
            Head::OneCell => {
                pen.wide(&format!("项目名称：{project}        主管部门：{AGENCY}    填报日期："), width);
            }
        }
    }

    fn draw_header(&self, pen: &mut Pen) {
        let top = pen.row;
        let bottom = if self.group.is_some() { top + 1 } else { top };
        if let Some((first, last, title)) = self.group {
            pen.put(first, title);
            pen.merge((top, top), (first, last));
        }
        for (col, (_, title)) in self.columns.iter().enumerate() {
            let inside = self.group.is_some_and(|(first, last, _)| (first..=last).contains(&col));
            if inside {
                let at = pen.at(bottom, col);
                pen.sheet.put(at, Cell::text(*title));
            } else {
                let at = pen.at(top, col);
                pen.sheet.put(at, Cell::text(*title));
                pen.merge((top, bottom), (col, col));
            }
        }
        pen.row = bottom + 1;
    }

    fn draw_body(&self, pen: &mut Pen) {
        let first = pen.row;
        let mut rows: Vec<(u32, usize)> = Vec::new();
        for (number, content) in CONTENT.iter().enumerate() {
            let starts1 = number == 0 || CONTENT[number - 1].level1 != content.level1;
            let starts2 = number == 0 || CONTENT[number - 1].level2 != content.level2 || starts1;
            let mut begins = pen.row;
            for (_, cells) in self.before.iter().filter(|(at, _)| *at == number) {
                self.put_row(pen, cells);
                begins = begins.min(pen.row - 1);
            }
            for (col, (show, _)) in self.columns.iter().enumerate() {
                let text = self.text(*show, content, number, starts1, starts2);
                let instead = self.instead.iter().find(|(at, column, _)| *at == number && column == show);
                let level = matches!(show, Show::Level1 | Show::Level2);
                let row = pen.row;
                pen.row = if level { begins } else { row };
                pen.put(col, instead.map_or(text.as_str(), |(.., text)| text));
                pen.row = row;
            }
            rows.push((begins, number));
            pen.row += 1;
            for (_, cells) in self.after.iter().filter(|(at, _)| *at == number) {
                self.put_row(pen, cells);
            }
            for (_, lines, again) in self.breaks.iter().filter(|(at, ..)| *at == number) {
                for line in *lines {
                    pen.wide(line, self.columns.len());
                }
                if *again {
                    self.draw_header(pen);
                }
            }
            if number == 1 {
                for noise in self.noise {
                    let col = self.columns.iter().position(|(show, _)| *show == Show::Name).unwrap();
                    pen.put(col, noise);
                    pen.row += 1;
                }
            }
            let ends1 = CONTENT.get(number + 1).is_none_or(|next| next.level1 != content.level1);
            if self.subtotals && ends1 {
                pen.put(0, "小计");
                for (col, (show, _)) in self.columns.iter().enumerate() {
                    if *show == Show::Weight {
                        pen.put(col, content.points1);
                    }
                }
                pen.row += 1;
            }
        }
        if self.levels == Levels::Merged {
            self.merge_levels(pen, &rows, first);
        }
        for (show, from, to) in self.merged {
            let col = self.columns.iter().position(|(have, _)| have == show).unwrap();
            // The content stays in the first cell only.
            for (row, _) in &rows[from + 1..=*to] {
                let at = pen.at(*row, col);
                pen.sheet.clear(at);
            }
            pen.merge((rows[*from].0, rows[*to].0), (col, col));
        }
    }

    fn put_row(&self, pen: &mut Pen, cells: &[(Show, &str)]) {
        for (show, text) in cells {
            let col = self.columns.iter().position(|(have, _)| have == show).unwrap();
            pen.put(col, text);
        }
        pen.row += 1;
    }

    fn merge_levels(&self, pen: &mut Pen, rows: &[(u32, usize)], _first: u32) {
        for (col, (show, _)) in self.columns.iter().enumerate() {
            let key: fn(&Row) -> (&str, &str) = match show {
                Show::Level1 | Show::Level1Points => |row| (row.level1, ""),
                Show::Level2 | Show::Level2Points => |row| (row.level1, row.level2),
                _ => continue,
            };
            let mut start = 0;
            for i in 1..=rows.len() {
                let cut = self.breaks.iter().any(|(after, ..)| after + 1 == i);
                let same = !cut && i < rows.len() && key(&CONTENT[rows[i].1]) == key(&CONTENT[rows[start].1]);
                if !same {
                    pen.merge((rows[start].0, rows[i - 1].0), (col, col));
                    start = i;
                }
            }
        }
    }

    fn text(&self, show: Show, row: &Row, number: usize, starts1: bool, starts2: bool) -> String {
        let repeated = self.levels == Levels::Repeated;
        let once = |starts: bool, text: String| if starts || repeated { text } else { String::new() };
        match show {
            Show::Level1 => {
                let text = self.level1.replace("{}", row.level1).replace('#', row.points1);
                // A bar asks for one character a line.
                let upright = |text: &str| text.chars().map(String::from).collect::<Vec<_>>().join("\n");
                once(starts1, text.strip_prefix('|').map_or(text.clone(), upright))
            }
            Show::Level2 => once(starts2, row.level2.to_owned()),
            Show::Level1Points => once(starts1, row.points1.to_owned()),
            Show::Level2Points => once(starts2, row.points2.to_owned()),
            Show::Name => self.name.replace("{}", row.name).replace('#', &(number + 1).to_string()),
            Show::Target => format!("{}{}{}", row.sign, row.value, row.unit),
            Show::Sign if row.sign.is_empty() => "定性".to_owned(),
            Show::Sign => row.sign.to_owned(),
            Show::Value => row.value.to_owned(),
            Show::Unit => row.unit.to_owned(),
            Show::Actual => row.actual.to_owned(),
            Show::Weight => row.weight.to_owned(),
            Show::Stated => row.score.to_owned(),
            Show::Blank => String::new(),
            Show::Reason => row.reason.to_owned(),
            Show::Criterion => "按完成比例得分。".to_owned(),
            Show::Remark => "无".to_owned(),
        }
    }

    fn draw_footer(&self, pen: &mut Pen, width: usize) {
        if let Some(label) = self.total {
            pen.put(0, label);
            for (col, (show, _)) in self.columns.iter().enumerate() {
                match show {
                    Show::Weight => pen.put(col, "100"),
                    Show::Stated => pen.put(col, "97"),
                    _ => {}
                }
            }
            pen.row += 1;
        }
        for text in self.footer {
            pen.wide(text, width);
        }
    }
}

fn draw_budget(pen: &mut Pen, titles: [&str; 7]) {
    let [corner, columns @ ..] = titles;
    let top = pen.row;
    pen.put(0, corner);
    for (i, title) in columns.iter().enumerate() {
        pen.put(i + 2, title);
    }
    let rows = [
        ["年度资金总额", "100", "90", "81", "10", "90%", "9"],
        ["其中：本年财政拨款", "100", "90", "81", "-", "90%", "-"],
        ["      其他资金", "", "", "", "-", "", "-"],
    ];
    for texts in rows {
        pen.row += 1;
        for (i, text) in texts.iter().enumerate() {
            if i == 0 || columns.get(i - 1).is_some_and(|title| !title.is_empty()) {
                pen.put(i + 1, text);
            }
        }
    }
    pen.merge((top, pen.row), (0, 0));
    pen.row += 1;
}

fn shown(entry: Option<&Entry>) -> String {
    entry.map(Entry::shown).unwrap_or_default()
}

/// What an indicator says, in the words of the content.
fn said(indicator: &Indicator) -> String {
    let sign = shown(indicator.target_sign.as_ref()).replace("定性", "");
    let target = format!("{sign}{}{}", shown(indicator.target.as_ref()), shown(indicator.unit.as_ref()));
    let weight = indicator.weight.map(|weight| weight.to_string()).unwrap_or_default();
    let actual = shown(indicator.actual.as_ref());
    let score = shown(indicator.stated_score.as_ref());
    let place = format!("{}|{}|{}", indicator.level1, indicator.level2, indicator.name);
    format!("{place}|{target}|{actual}|{weight}|{score}|{}", shown(indicator.reason.as_ref()))
}

impl Layout {
    fn shows(&self, show: Show) -> bool {
        self.columns.iter().any(|(have, _)| *have == show)
    }

    /// What a case read from the layout must say.
    pub(crate) fn expected(&self) -> Vec<String> {
        let part = |show: Show, text: &str| if self.shows(show) { text.to_owned() } else { String::new() };
        CONTENT
            .iter()
            .map(|row| {
                let target = format!("{}{}{}", row.sign, row.value, row.unit);
                let level1 = part(Show::Level1, row.level1);
                let level2 = part(Show::Level2, row.level2);
                let actual = part(Show::Actual, row.actual);
                let weight = part(Show::Weight, row.weight);
                let score = part(Show::Stated, row.score);
                let reason = part(Show::Reason, row.reason);
                format!("{level1}|{level2}|{}|{target}|{actual}|{weight}|{score}|{reason}", row.name)
            })
            .collect()
    }

    /// Fails where the case does not say what the layout shows.
    pub(crate) fn assert_read(&self, case: &Case) {
        self.assert_read_as(case, PROJECT);
    }

    /// The same for a project of another name.
    pub(crate) fn assert_read_as(&self, case: &Case, project: &str) {
        let indicators: Vec<String> = match &case.score_form {
            Some(form) => form.indicators.iter().map(said).collect(),
            None => case.declared.iter().map(|declared| said(&declared.indicator)).collect(),
        };
        for (found, expected) in indicators.iter().zip(&self.expected()) {
            assert_eq!(found, expected, "{} {:?}", self.title, case.findings);
        }
        assert_eq!(indicators.len(), CONTENT.len(), "{indicators:?} {:?}", case.findings);
        assert_eq!(case.project.name.as_deref(), Some(project));
        assert_eq!(case.project.agency.as_deref(), Some(AGENCY));
        assert_eq!(case.project.year, Some(2022));
        // Rows of template text are said to be such.
        let left = |finding: &&Finding| finding.id != FindingId::TemplateTextLeft || self.noise.is_empty();
        assert_eq!(case.findings.iter().find(left), None);
        let Some(form) = &case.score_form else { return };
        if self.budget.is_some() {
            let total = form.budget.first().unwrap_or_else(|| panic!("a budget block: {self:?}"));
            assert_eq!(total.label, "年度资金总额");
            assert_eq!((shown(total.adjusted.as_ref()).as_str(), form.budget.len()), ("90", 3));
            assert_eq!(shown(total.spent.as_ref()), "81");
            assert_eq!(total.unit.map(jixiao::inner::model::MoneyUnit::name), Some("万元"));
        }
        if self.total.is_some() && self.shows(Show::Weight) {
            assert_eq!(shown(form.total.weight.as_ref()), "100");
        }
        if self.total.is_some() && self.shows(Show::Stated) {
            assert_eq!(shown(form.total.stated_score.as_ref()), "97");
        }
        if self.shows(Show::Blank) {
            assert!(form.indicators.iter().all(|i| i.score.as_ref().is_some_and(Entry::is_blank)));
        }
        if self.level1.contains('#') || self.shows(Show::Level1Points) {
            let points: Vec<(&str, String)> = form
                .levels
                .iter()
                .filter(|level| level.level2.is_none())
                .map(|level| (level.level1.as_str(), level.weight.to_string()))
                .collect();
            let expected = [("产出指标", "60"), ("效益指标", "20"), ("满意度指标", "10")];
            assert_eq!(points, expected.map(|(name, points)| (name, points.to_owned())));
        }
    }
}
