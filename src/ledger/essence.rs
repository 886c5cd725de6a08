//! What an entry is for, without what says that it corrects another.

use std::borrow::Cow;

use super::label::RowWords;
use crate::words::Class;

/// Words that say of an entry that it corrects another, not what it is for.
const CORRECTIONS: [Class; 4] = [Class::RedEntries, Class::Reversals, Class::DoubleEntries, Class::Slips];

impl RowWords {
    /// The text by which two entries are the same thing: without spaces, remarks in brackets and correction words. Only
    /// for texts that [`may_be_special`]; others are their own essence.
    pub fn essence<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let corrects = |text: &str| CORRECTIONS.iter().any(|class| self.words.of(*class).within(text));
        if !text.contains(['（', '(']) && !text.contains(char::is_whitespace) && !corrects(text) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        let mut depth = 0_u32;
        let mut aside = String::new();
        for c in text.chars().filter(|c| !c.is_whitespace()) {
            match c {
                '（' | '(' => {
                    depth = depth.saturating_add(1);
                    aside.push('(');
                }
                '）' | ')' if depth > 0 => {
                    depth = depth.saturating_sub(1);
                    aside.push(')');
                    if depth == 0 {
                        if !self.says_reversal(&aside) && !self.says_double(&aside) {
                            out.push_str(&aside);
                        }
                        aside.clear();
                    }
                }
                _ if depth > 0 => aside.push(c),
                _ => out.push(c),
            }
        }
        out.push_str(&aside);
        for class in CORRECTIONS {
            for word in self.words.of(class).iter() {
                if out.contains(word) {
                    out = out.replace(word, "");
                }
            }
        }
        Cow::Owned(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    #[test]
    fn the_essence_forgets_corrections() {
        let plain = RowWords::of(Words::shipped()).essence("付5月餐费");
        assert_eq!(RowWords::of(Words::shipped()).essence("付5月餐费（重复入账）"), plain);
        assert_eq!(RowWords::of(Words::shipped()).essence("付5月餐费（红字冲销重复入账）"), plain);
        assert_eq!(RowWords::of(Words::shipped()).essence("冲销付5月餐费"), plain);
        assert_ne!(RowWords::of(Words::shipped()).essence("付5月餐费（张三）"), plain);
    }
}
