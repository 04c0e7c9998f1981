//! Relations that hold for every text:
//!
//! - `repair(x).revert() == x`, and so does the patch, written and read again;
//! - `repair(repair(x)) == repair(x)`;
//! - unchanged means borrowed;
//! - an exact edit's chain, run forward, gives the old text;
//! - no input makes the reader of patches panic, and what it reads it writes again.
#![no_main]

use std::borrow::Cow;

use libfuzzer_sys::fuzz_target;
use unbake::repair;
use unbake::repair::Patch;

fuzz_target!(|text: &str| {
    let once = repair(text);
    assert_eq!(once.revert(), text);
    if !once.is_changed() {
        assert!(
            matches!(once.clone().into_text(), Cow::Borrowed(back) if std::ptr::eq(back, text))
        );
    }
    for edit in once.edits() {
        if let (true, Some(chain)) = (edit.is_exact(), edit.cause().chain()) {
            assert_eq!(chain.mangle(edit.after()).as_deref(), Ok(edit.before()));
        }
    }
    assert!(!repair(once.text()).is_changed());

    let patch = once.patch();
    let read: Patch = patch
        .to_string()
        .parse()
        .expect("what was written can be read");
    assert_eq!(read, patch);
    assert_eq!(read.revert(once.text()).as_deref(), Ok(text));

    if let Ok(patch) = text.parse::<Patch>() {
        assert_eq!(patch.to_string().parse(), Ok(patch));
    }
});
