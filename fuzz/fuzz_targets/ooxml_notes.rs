#![no_main]

#[path = "../ooxml.rs"]
mod ooxml;

libfuzzer_sys::fuzz_target!(|data: &[u8]| ooxml::notes(data));
