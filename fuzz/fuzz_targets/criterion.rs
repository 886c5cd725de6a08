//! Any criterion is read or refused; what is read says itself again, and reads as the same rule.

#![no_main]

use jixiao::inner::criterion::{Context, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let context = Context { indicator: "任务完成率", weight: "10".parse().ok(), ..Context::default() };
    if let Ok(rule) = read(text, &context) {
        let reading = rule.reading();
        assert_eq!(read(&reading, &context).as_ref(), Ok(&rule), "{text} → {reading}");
    }
});
