#![no_main]

#[path = "../xlsx.rs"]
mod xlsx;

libfuzzer_sys::fuzz_target!(|data: &[u8]| xlsx::styles(data));
