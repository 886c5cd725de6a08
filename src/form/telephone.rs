//! Numbers of telephones in a text that goes where nobody should call from.

use crate::base::half_width;
use crate::words::{self, Class};

/// What stands in the place of a number.
const STRUCK: &str = "（电话略）";
/// Signs of a number with all that parts its digits.
const LONGEST: usize = 24;

/// A text without the numbers of telephones.
pub(crate) fn without_telephones(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let mut plain = String::new();
    let mut at = 0_usize;
    while let Some(sign) = signs.get(at) {
        match number_at(&signs, at, &plain) {
            Some(end) => {
                plain.push_str(STRUCK);
                at = end;
            }
            None => {
                plain.push(*sign);
                at = at.saturating_add(1);
            }
        }
    }
    plain
}

fn is_digit(sign: char) -> bool {
    half_width(sign).is_ascii_digit()
}

/// What may stand between the digits of a number.
fn parts(sign: char) -> bool {
    matches!(half_width(sign), '-' | '(' | ')' | '+' | ' ' | '—' | '–' | '―' | '−')
}

/// The end of a number that begins here, where one does.
fn number_at(signs: &[char], from: usize, before: &str) -> Option<usize> {
    let begins =
        signs.get(from).is_some_and(|sign| is_digit(*sign) || matches!(half_width(*sign), '+' | '('));
    // A code goes on with what stands before it.
    if !begins || before.chars().next_back().is_some_and(|sign| half_width(sign).is_ascii_alphanumeric()) {
        return None;
    }
    let run =
        signs.iter().skip(from).take(LONGEST).take_while(|sign| is_digit(**sign) || parts(**sign)).count();
    // The longest that is one: behind it another number may stand.
    (7..=run).rev().map(|length| from.saturating_add(length)).find(|end| {
        let number = signs.get(from..*end).unwrap_or_default();
        let goes_on = signs.get(*end).is_some_and(|sign| half_width(*sign).is_ascii_alphanumeric());
        let open = number.first().is_some_and(|sign| half_width(*sign) == '(');
        let closed = !open || number.iter().any(|sign| half_width(*sign) == ')');
        closed
            && !goes_on
            && number.last().is_some_and(|sign| is_digit(*sign))
            && is_telephone(number, before)
    })
}

fn is_telephone(number: &[char], before: &str) -> bool {
    let digits: String = number.iter().map(|sign| half_width(*sign)).filter(char::is_ascii_digit).collect();
    let parted = number.iter().any(|sign| parts(*sign));
    let inland = digits.strip_prefix("86").filter(|rest| rest.len() == 11 || parted).unwrap_or(&digits);
    let mobile = inland.len() == 11 && inland.starts_with('1') && !inland.starts_with("10");
    let told = words::of(Class::TelephoneWords).ends(before.trim_end_matches([':', '：', ' ', '（', '(']));
    let apart = parted || told;
    let area = inland.starts_with('0') && (10..=12).contains(&inland.len()) && apart;
    let service = (inland.starts_with("400") || inland.starts_with("800")) && inland.len() == 10 && apart;
    let local = told && (7..=8).contains(&inland.len());
    mobile || area || service || local
}

#[cfg(test)]
mod tests {
    use super::without_telephones;

    #[test]
    fn telephones_are_struck_however_they_are_written_and_nothing_else_is() {
        for number in [
            "13800001234",
            "138-0000-1234",
            "138 0000 1234",
            "+8613800001234",
            "8613800001234",
            "+86 138-0000-1234",
            "0731—82345678",
            "0731-82345678",
            "(0731)82345678",
            "（010）62345678",
            "400-123-4567",
            "１３８００００１２３４",
        ] {
            assert_eq!(without_telephones(&format!("某项目{number}号")), "某项目（电话略）号", "{number}");
        }
        assert_eq!(without_telephones("咨询电话：82345678"), "咨询电话：（电话略）");
        assert_eq!(without_telephones("联系电话 07312345678，2022年"), "联系电话 （电话略），2022年");
        for text in [
            "2022-2023年度公路养护项目",
            "R13800001234",
            "43012013800001234X",
            "20220101",
            "第0012号",
            "1号至12345678号",
            "12345678",
            "2022（1）（2）",
            "0731",
            "10000000000",
        ] {
            assert_eq!(without_telephones(text), text);
        }
    }
}
