#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| find_helper_fuzz::targets::document(bytes));
