//! plsfix as a filter of JSON lines, for `.ci/compare`: its encoding repair alone, without the clean-ups.
//!
//! Its Python package has no way to turn the clean-ups off.

use std::io::{BufRead, Write};

use unbake_benches::PLSFIX_ENCODING_ONLY;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let request: serde_json::Value = serde_json::from_str(&line?)?;
        let text = request["text"]
            .as_str()
            .ok_or("each line must have a text")?;
        // It panics on some texts: that is no repair.
        let fixed =
            std::panic::catch_unwind(|| plsfix::fix_text(text, Some(&PLSFIX_ENCODING_ONLY)));
        let fixed = fixed.unwrap_or_else(|_| text.to_owned());
        writeln!(out, "{}", serde_json::json!({ "text": fixed }))?;
    }
    Ok(())
}
