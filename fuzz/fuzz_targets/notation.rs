//! Any text is read or refused; what is read as a number prints and reads as that number.

#![no_main]

use jixiao::inner::notation::{Hints, Role, read_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for (role, items) in [(Role::Target, None), (Role::Actual, None), (Role::Actual, Some(4))] {
        let hints = Hints { role, items, year: Some(2022), ..Hints::default() };
        let Ok(notation) = read_text(text, &hints) else { continue };
        if let Some(quantity) = notation.quantity() {
            let again = read_text(&quantity.to_string(), &Hints::default()).expect("what was printed reads");
            let again = again.quantity().expect("as a quantity");
            assert_eq!((again.number, &again.unit, again.sign), (quantity.number, &quantity.unit, quantity.sign));
        }
        let named = Hints { indicator: text, sign: Some(text), unit: Some(text), ..hints };
        let _ = read_text(text, &named);
    }
});
