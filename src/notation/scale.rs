//! Words of quality and degree, ordered within their family: 优 良 中 差, 健全 / 基本健全 / 不健全.

/// A word on a scale.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ScaleWord {
    /// The word in its plain form (`基本健全`, `较好`).
    pub word: String,
    /// What is graded: `健全`, `覆盖`; the name of the family for word lists (`优良中差`).
    pub stem: String,
    /// The place on the scale, 0 best.
    pub rank: u8,
    /// How many places the scale has.
    pub of: u8,
}

/// Whole families, best first; alternatives of one place are separated by a bar.
const FAMILIES: &[(&str, &[&str])] = &[
    ("优良中差", &["优|优秀|优等", "良|良好|良等", "中|中等|一般|合格", "差|较差|不合格"]),
    ("好差", &["好|很好|非常好", "较好|比较好", "一般", "差|较差|不好"]),
    ("高中低", &["高", "中", "低"]),
    ("高较高", &["高", "较高|比较高", "一般", "较低|低"]),
    ("显著", &["显著|非常显著|十分显著", "较显著|较为显著|比较显著", "一般", "不显著|未见显著"]),
    ("明显", &["明显|非常明显|十分明显", "较明显|较为明显|比较明显", "一般", "不明显"]),
    ("满意", &["非常满意|很满意", "满意|比较满意|较满意", "基本满意|一般", "不满意"]),
    ("大小", &["大|很大", "较大|比较大", "一般", "小|较小"]),
    ("强弱", &["强", "较强|比较强", "一般", "弱|较弱"]),
    ("有效", &["有效", "基本有效", "部分有效", "无效|不有效"]),
    ("恰当", &["恰当", "大体恰当|基本恰当", "不恰当"]),
];

/// Stems that are graded by a prefix: 全部…, 基本…, 部分…, 未…
const STEMS: &[&str] = &[
    "健全",
    "完善",
    "完备",
    "完整",
    "规范",
    "合规",
    "合理",
    "有效",
    "合格",
    "达标",
    "达到",
    "到位",
    "覆盖",
    "符合",
    "清晰",
    "明确",
    "完好",
    "正常",
    "稳定",
    "充分",
    "充足",
    "科学",
    "可行",
    "及时",
    "真实",
    "准确",
    "建立",
    "落实",
    "实现",
    "具备",
    "保障",
    "改善",
    "提升",
    "提高",
    "安全",
    "良好",
    "匹配",
    "公开",
    "公示",
    "一致",
    "建成",
    "发布",
    "制定",
    "建档",
    "验收",
    "通过",
    "整改",
    "解决",
    "掌握",
    "知晓",
    "认可",
    "可持续",
    "持续",
];

/// Prefixes and their place of four: fully, mostly, partly, not.
const PREFIXES: &[(&str, u8)] = &[
    ("全部", 0),
    ("全面", 0),
    ("完全", 0),
    ("均", 0),
    ("已全部", 0),
    ("已", 0),
    ("有", 0),
    ("基本上", 1),
    ("已基本", 1),
    ("基本", 1),
    ("大部分", 1),
    ("较为", 1),
    ("比较", 1),
    ("较", 1),
    ("大体", 1),
    ("部分", 2),
    ("不够", 2),
    ("不太", 2),
    ("欠", 2),
    ("未能", 3),
    ("尚未", 3),
    ("没有", 3),
    ("未", 3),
    ("不", 3),
    ("无", 3),
    ("均未", 3),
    ("均不", 3),
];

/// The word on a scale that the whole plain text is, if it is one. A word that several families have in the same
/// place (一般) belongs to the first; compare words, not ranks, with the steps of a criterion.
pub fn scale_word(text: &str) -> Option<ScaleWord> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > MAX_SCALE_CHARS {
        return None;
    }
    for (family, places) in FAMILIES {
        let found = places.iter().position(|words| words.split('|').any(|word| word == text));
        if let Some(rank) = found {
            return Some(ScaleWord {
                word: text.to_owned(),
                stem: (*family).to_owned(),
                rank: u8::try_from(rank).ok()?,
                of: u8::try_from(places.len()).ok()?,
            });
        }
    }
    let stem_of = |rest: &str| STEMS.iter().find(|stem| **stem == rest).copied();
    let graded =
        |stem: &str, rank| Some(ScaleWord { word: text.to_owned(), stem: stem.to_owned(), rank, of: 4 });
    if let Some(stem) = stem_of(text) {
        return graded(stem, 0);
    }
    PREFIXES
        .iter()
        .filter_map(|(prefix, rank)| Some((stem_of(text.strip_prefix(prefix)?)?, *rank)))
        .find_map(|(stem, rank)| graded(stem, rank))
}

/// No word of a scale is longer.
const MAX_SCALE_CHARS: usize = 10;

/// Whether the text names a whole scale instead of a place on it (`高中低`, `优良中差`).
pub fn is_scale_name(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '、' | '/' | '，' | ',')).collect();
    matches!(
        plain.as_str(),
        "高中低"
            | "优良中差"
            | "优良差"
            | "优良中低差"
            | "好中差"
            | "好坏"
            | "优良合格差"
            | "优良合格不合格"
            | "是否"
            | "有无"
    )
}
