//! The shipped workbooks rearranged as agencies rearrange them: rows and columns put in, columns in another order, sheets
//! renamed, merges undone. The scores are the same.

use std::sync::LazyLock;

use jixiao::inner::form::read_case;
use jixiao::inner::mapping::Mappings;
use jixiao::inner::model::{Case, SourceId};
use jixiao::inner::score;
use jixiao::inner::sheet::Sheet;
use proptest::prelude::*;

use crate::sheets::{insert_column, insert_row, renamed, sheets, swap_columns, unmerged};
use crate::support::{MODEL, workbook};

const BOOKS: [&str; 3] =
    [MODEL, "东湖区水利局-农村饮用水水质提升工程-自评-2022.xlsx", "东湖区教体局-课后服务补助-自评-2023.xlsx"];

/// Columns that mean the same wherever they stand; levels and their weights mean something by their place.
const FREE: [&str; 9] =
    ["target", "actual", "criterion", "situation", "weight", "score", "stated_score", "reason", "unit"];

/// A workbook with the two columns that may change places: sheet, columns, first and last row.
struct Book {
    sheets: Vec<Sheet>,
    swaps: Vec<(usize, u32, u32, u32, u32)>,
    expected: Vec<String>,
}

static READ: LazyLock<Vec<Book>> = LazyLock::new(|| BOOKS.iter().map(|name| book(name)).collect());
static SHIPPED: LazyLock<Mappings> = LazyLock::new(Mappings::shipped);

fn case(sheets: &[Sheet]) -> Case {
    let mut cases = read_case(sheets, &SHIPPED, &SourceId::default()).expect("a case");
    assert_eq!(cases.len(), 1);
    cases.remove(0)
}

/// What each indicator earns, the total and the grade.
fn scores(case: &Case) -> Vec<String> {
    let card = score::run(case).expect("scores").expect("a scored form").card;
    let mut all: Vec<String> = card
        .indicators
        .iter()
        .map(|i| format!("{} {} {} {:?} {:?} {:?}", i.level1, i.level2, i.name, i.weight, i.score, i.state))
        .collect();
    all.push(format!("{:?} {:?} {:?}", card.total.score, card.total.grade, card.total.stated));
    all
}

fn book(name: &str) -> Book {
    let sheets = sheets(&workbook(name));
    let case = case(&sheets);
    let form = case.score_form.as_ref().expect("a scored form");
    let located = case.forms.iter().find(|found| found.sheet == form.sheet).expect("where it stands");
    let at = sheets.iter().position(|sheet| sheet.id == form.sheet).expect("its sheet");
    let top = located.header_rows.0;
    // The row of totals goes with its columns.
    let last = located.taken.iter().max().expect("indicators") + 1;
    let alone = |col: u32| {
        sheets[at].merges.iter().all(|merge| {
            let apart = merge.last.row() < top || merge.first.row() > last;
            let columns = merge.first.col()..=merge.last.col();
            apart || merge.first.col() == merge.last.col() || !columns.contains(&col)
        })
    };
    let free: Vec<u32> = located
        .columns
        .iter()
        .filter(|(_, column, col)| FREE.contains(&column.as_str()) && alone(*col))
        .map(|(.., col)| *col)
        .collect();
    let pairs = free.iter().flat_map(|a| free.iter().map(move |b| (*a, *b))).filter(|(a, b)| a < b);
    let swaps: Vec<_> = pairs.map(|(a, b)| (at, a, b, top, last)).collect();
    Book { expected: scores(&case), sheets, swaps }
}

#[derive(Debug, Clone)]
enum Change {
    Swap(prop::sample::Index),
    Row(prop::sample::Index, u32),
    Column(prop::sample::Index, u32),
    Rename(prop::sample::Index, String),
    Unmerge(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    let any = any::<prop::sample::Index>;
    prop_oneof![
        (any(), 0_u32..2).prop_map(|(sheet, row)| Change::Row(sheet, row)),
        (any(), 0_u32..14).prop_map(|(sheet, col)| Change::Column(sheet, col)),
        (any(), "[a-z]{1,8}").prop_map(|(sheet, name)| Change::Rename(sheet, name)),
        any().prop_map(Change::Unmerge),
    ]
}

/// Columns change places first, while it is known where they stand.
fn changes() -> impl Strategy<Value = Vec<Change>> {
    let swap = any::<prop::sample::Index>().prop_map(Change::Swap);
    (prop::option::of(swap), prop::collection::vec(change(), 0..4))
        .prop_map(|(swap, rest)| swap.into_iter().chain(rest).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_shipped_workbooks_score_the_same(which in 0_usize..3, changes in changes()) {
        let book = &READ[which];
        let mut sheets = book.sheets.clone();
        for change in changes {
            match change {
                Change::Swap(pair) => {
                    // The third has no columns that are free of merges.
                    if !book.swaps.is_empty() {
                        let (at, a, b, top, last) = book.swaps[pair.index(book.swaps.len())];
                        sheets[at] = swap_columns(&sheets[at], a, b, top..=last);
                    }
                }
                Change::Row(at, row) => {
                    let at = at.index(sheets.len());
                    sheets[at] = insert_row(&sheets[at], row);
                }
                Change::Column(at, col) => {
                    let at = at.index(sheets.len());
                    sheets[at] = insert_column(&sheets[at], col);
                }
                Change::Rename(at, name) => {
                    let at = at.index(sheets.len());
                    sheets[at] = renamed(&sheets[at], &format!("{name}{at}"));
                }
                Change::Unmerge(at) => {
                    let at = at.index(sheets.len());
                    sheets[at] = unmerged(&sheets[at]);
                }
            }
        }
        prop_assert_eq!(&scores(&case(&sheets)), &book.expected);
    }
}

/// A blank row put in anywhere, between a header and its first row too, moves rows and nothing else; undone merges take
/// nothing from it.
#[test]
fn a_blank_row_anywhere_changes_no_score() {
    for book in READ.iter() {
        for at in 0..book.sheets.len() {
            for (row, undone) in (0..30).flat_map(|row| [(row, false), (row, true)]) {
                let mut sheets = book.sheets.clone();
                let sheet = if undone { unmerged(&sheets[at]) } else { sheets[at].clone() };
                sheets[at] = insert_row(&sheet, row);
                let cases = read_case(&sheets, &SHIPPED, &SourceId::default()).expect("a case");
                let place = format!("{} row {row}, merges undone: {undone}", sheets[at].id.name);
                assert_eq!(cases.len(), 1, "{place}");
                assert_eq!(scores(&cases[0]), book.expected, "{place}");
            }
        }
    }
}
