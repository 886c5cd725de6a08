//! What the words of a title say together in a ledger: first what decides alone (外币, 退款, 状态), then what row it is of,
//! then whose amount it is.

use super::roles::Said;
use super::words::Class;
use super::{Role, Silent, Table, vocabulary};
use crate::mapping::Column;

/// Words of amounts, whoever's they are.
const MONEY: [Class; 6] = [Class::Sumof, Class::Left, Class::Debit, Class::Credit, Class::Pay, Class::Income];
/// Words that change nothing of an amount.
const AROUND: [Class; 5] = [Class::Around, Class::Occur, Class::Sumof, Class::Number, Class::Home];

/// What the cells of a column of the kind may say without changing a total (币种: 人民币).
pub(crate) fn harmless(kind: Silent) -> &'static [String] {
    let class = match kind {
        Silent::Currency => Class::Foreign,
        Silent::State => Class::Flag,
        Silent::Refund => Class::Refund,
        _ => return &[],
    };
    vocabulary(Table::Ledger).map_or(&[], |words| words.harmless(class))
}

/// What the cells of a column of the kind say of a row whose money was not spent (支付状态: 已退回).
pub(crate) fn void(kind: Silent) -> &'static [String] {
    match kind {
        Silent::State | Silent::Refund => vocabulary(Table::Ledger).map_or(&[], |words| words.void()),
        _ => &[],
    }
}

/// Whether a cell says of its row that it may be no spending (已退回, 作废).
pub(crate) fn is_harmful(key: &str) -> bool {
    vocabulary(Table::Ledger).is_some_and(|words| words.is_harmful(key))
}

#[expect(clippy::unnecessary_wraps, reason = "what is told of a title is told as an option")]
fn column(column: Column) -> Option<Role> {
    Some(Role::Column(column))
}

#[expect(clippy::unnecessary_wraps, reason = "what is told of a title is told as an option")]
fn silent(silent: Silent) -> Option<Role> {
    Some(Role::Silent(silent))
}

/// The role of a title.
pub(super) fn role(said: &Said) -> Option<Role> {
    use Class as C;
    match () {
        () if said.has(C::Foreign) => silent(Silent::Currency),
        () if said.has(C::Turn) => column(Column::Direction),
        () if said.has(C::Flag) => silent(if said.has(C::Refund) { Silent::Refund } else { Silent::State }),
        () if said.any(&[C::When, C::Month, C::Span]) => when(said),
        () if said.has(C::Refund) => refund(said),
        () if said.has(C::Text) => column(Column::Summary),
        () if said.has(C::Voucher) => voucher(said),
        () if said.has(C::Economic) => classified(said, Column::Economic),
        () if said.has(C::Function) => silent(Silent::Sort),
        () if said.has(C::Subject) => subject(said),
        () if said.any(&[C::Party, C::Paper, C::Stamp]) => beside(said),
        () if said.has(C::Budgeted) => budgeted(said),
        () if said.has(C::Carried) && said.any(&MONEY) => silent(Silent::Carried),
        () if said.has(C::Amountof) => silent(Silent::Quantity),
        () if said.has(C::Other) => silent(Silent::OtherAmount),
        () if said.any(&[C::Serial, C::Person, C::Basis, C::Attribute, C::Note, C::Number, C::Mark]) => {
            plain(said)
        }
        () if said.has(C::Kind) && said.any(&[C::Cost, C::Pay]) && said.has(C::Work) => {
            column(Column::AccountName)
        }
        () if said.has(C::Kind) => {
            if said.has(C::Cost) {
                column(Column::AccountName)
            } else {
                silent(Silent::Sort)
            }
        }
        () if said.has(C::What) => {
            said.any(&[C::Pay, C::Cost, C::Occur]).then_some(Role::Column(Column::Summary))
        }
        () => amount(said),
    }
}

/// 记账日期, 凭证月份, 核算期间; the day of a contract or of a printout is none of an entry.
fn when(said: &Said) -> Option<Role> {
    use Class as C;
    match () {
        () if said.any(&[C::Stamp, C::Paper, C::Party, C::Refund, C::Person, C::Income]) => {
            silent(Silent::Day)
        }
        () if said.any(&[C::Sumof, C::Left, C::Debit, C::Credit]) => None,
        () if said.has(C::When) => column(Column::Date),
        () if said.has(C::Month) => column(Column::Month),
        () => column(Column::Period),
    }
}

/// 退款金额 changes the total where it holds something; 退款日期, 退款单号 do not.
fn refund(said: &Said) -> Option<Role> {
    use Class as C;
    match () {
        () if said.any(&[C::Serial, C::Number, C::Paper]) && !said.has(C::Sumof) => silent(Silent::Serial),
        () if said.any(&[C::Party, C::Person]) => silent(Silent::Person),
        () => silent(Silent::Refund),
    }
}

/// 凭证类别, 记账凭证编号, 凭证金额.
fn voucher(said: &Said) -> Option<Role> {
    use Class as C;
    match () {
        () if said.any(&[C::Party, C::Person]) => silent(Silent::Person),
        () if said.any(&[C::Basis, C::Attribute, C::Stamp]) => silent(Silent::Sort),
        () if said.any(&MONEY) => amount(said),
        () if said.any(&[C::Mark, C::Kind]) => column(Column::Voucher),
        () if said.any(&[C::Number, C::Serial]) => column(Column::VoucherNumber),
        () if said.only(&[C::Voucher, C::Around, C::Occur]) => column(Column::Voucher),
        () => None,
    }
}

/// The name of a classification, or its code, which no total is of.
fn classified(said: &Said, name: Column) -> Option<Role> {
    if said.has(Class::Serial) { silent(Silent::Serial) } else { column(name) }
}

/// 科目全称, 明细科目编码; 对方科目 is the other side's.
fn subject(said: &Said) -> Option<Role> {
    use Class as C;
    match () {
        () if said.has(C::Party) => silent(Silent::Sort),
        () if said.any(&MONEY) && said.any(&[C::Sumof, C::Left]) => None,
        () if said.any(&[C::Serial, C::Number]) => column(Column::AccountCode),
        () if said.only(&[C::Subject, C::Name, C::Fullname, C::Around, C::Pay, C::Cost, C::Occur]) => {
            column(Column::AccountName)
        }
        () => None,
    }
}

/// 收款人账号, 发票号码, 审核人.
fn beside(said: &Said) -> Option<Role> {
    use Class as C;
    let money = said.any(&[C::Sumof, C::Left, C::Debit, C::Credit]);
    match () {
        () if money => said.has(C::Paper).then_some(Role::Silent(Silent::OtherAmount)),
        () if said.has(C::Party) => silent(Silent::Person),
        () => silent(Silent::Serial),
    }
}

/// 指标金额, 可用余额, 指标编码: what may be spent, not what was.
fn budgeted(said: &Said) -> Option<Role> {
    use Class as C;
    match () {
        () if said.any(&[C::Serial, C::Number]) && !said.has(C::Sumof) => silent(Silent::Serial),
        () if said.any(&[C::Basis, C::Kind, C::Name]) => silent(Silent::Sort),
        () => silent(Silent::Money),
    }
}

/// 序号, 经办人, 附件数, 资金来源.
fn plain(said: &Said) -> Option<Role> {
    use Class as C;
    match () {
        () if said.any(&[C::Sumof, C::Left, C::Debit, C::Credit]) => None,
        () if said.has(C::Person) => silent(Silent::Person),
        () if said.has(C::Serial) => silent(Silent::Serial),
        () if said.any(&[C::Basis, C::Attribute]) => silent(Silent::Sort),
        () if said.has(C::Note) => silent(Silent::Remark),
        () if said.has(C::Mark) => None,
        // 支出数, 收入数.
        () => amount(said),
    }
}

/// Whose amounts they are, or what the project and the expense are called.
fn amount(said: &Said) -> Option<Role> {
    use Class as C;
    let mut plain = AROUND.to_vec();
    let mut only = |more: &[Class]| {
        plain.truncate(AROUND.len());
        plain.extend(more);
        said.only(&plain)
    };
    match () {
        () if said.has(C::Left) => {
            let own = only(&[C::Left, C::Asof]);
            own.then_some(Role::Column(Column::Balance))
        }
        () if said.has(C::Debit) && only(&[C::Debit, C::Voucher]) => column(Column::Debit),
        () if said.has(C::Credit) && only(&[C::Credit, C::Voucher]) => column(Column::Credit),
        () if said.any(&[C::Debit, C::Credit]) => None,
        () if said.has(C::Income) => silent(Silent::Income),
        () if said.has(C::Pay) && only(&[C::Pay, C::Cost, C::Voucher]) => {
            let told = said.any(&[C::Sumof, C::Number]) || said.has(C::Around) && said.last() == Some(C::Pay);
            told.then_some(Role::Column(Column::Amount))
        }
        () if said.has(C::Sumof) => only(&[C::Cost, C::Voucher]).then_some(Role::Column(Column::Amount)),
        () if said.any(&[C::Work, C::Cost]) => named(said),
        () => None,
    }
}

/// 专项资金项目名称; 费用项目 and 费用名称 are what an account is.
fn named(said: &Said) -> Option<Role> {
    use Class as C;
    match () {
        () if said.has(C::Cost) => {
            let told = said.any(&[C::Work, C::Name]) && said.only(&[C::Cost, C::Work, C::Name, C::Around]);
            told.then_some(Role::Column(Column::AccountName))
        }
        () => said.only(&[C::Work, C::Name, C::Around]).then_some(Role::Column(Column::Project)),
    }
}
