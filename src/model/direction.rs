//! The words that say which way an indicator counts where its target has no sign.

use crate::words::{Class, Lexicon, Words};

macro_rules! lists {
    ($($(#[doc = $doc:literal])+ $list:ident = $class:ident;)+) => {
        /// The words that decide which way an indicator counts.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct DirectionWords {
            $($(#[doc = $doc])+ pub $list: Vec<String>,)+
        }

        impl DirectionWords {
            /// The classes of these words, each with the name that `[direction]` of a mapping has for it.
            pub const CLASSES: &'static [(&'static str, Class)] = &[$((stringify!($list), Class::$class),)+];

            /// Those of a vocabulary.
            pub fn of(words: &Words) -> Self {
                let list = |words: &Lexicon| words.iter().map(str::to_owned).collect();
                Self { $($list: list(words.of(Class::$class)),)+ }
            }
        }
    };
}

lists! {
    /// In a sign column: the more the better.
    floor_signs = FloorSigns;
    /// In a sign column: the less the better.
    cap_signs = CapSigns;
    /// In a category: its indicators are caps.
    cap_categories = CapCategories;
    /// In a name: cost, complaint, error, accident, violation, overrun. The indicator is a cap.
    caps = Caps;
    /// In a name: time needed (办理时间). The indicator is a cap.
    times = Times;
    /// In a name, where the target is money: cost and price. The indicator is a cap. What is spent (资金实际支出) is none by
    /// that word: it may as well be a plan to be carried out.
    money_caps = MoneyCaps;
    /// In a name, where the target is money: income, or money given out. The indicator is a floor, or for a person.
    money_floors = MoneyFloors;
    /// Behind one of the words above, up to the end of the name: they leave it what it is (投诉|次数).
    neutral = DirectionNeutral;
    /// In a name: acting on what `caps` names (处理, 办结). A rate of these is a floor.
    remedies = Remedies;
    /// In a name: bringing down what `caps` names, or what a cost category is about (下降, 节约). A rate is a floor.
    reductions = Reductions;
    /// In a name, where the target is a length of time: time to be reached (使用年限). The indicator is a floor.
    time_floors = TimeFloors;
}

/// The shipped ones.
impl Default for DirectionWords {
    fn default() -> Self {
        Self::of(&Words::default())
    }
}
