//! Prints the table of all encodings in Markdown, as it stands in `src/encoding/encodings.md`.
//!
//! ```text
//! cargo run --example encodings
//! ```

use unbake::encoding::Encoding;

fn main() {
    print!("{}", table());
}

/// The table: names from the crate, and what each encoding is for from its documentation.
pub fn table() -> String {
    let mut out = format!(
        "{} encodings. Each is known by its name, its other names and, besides, any label that browsers have for it, in \
         any case and with any punctuation.\n\n\
         | name | `Encoding` | what it is for | other names |\n\
         |---|---|---|---|\n",
        Encoding::ALL.len()
    );
    for encoding in Encoding::ALL {
        let variant = format!("{encoding:?}");
        let aliases: Vec<String> = encoding
            .aliases()
            .iter()
            .map(|alias| format!("`{alias}`"))
            .collect();
        out += &format!(
            "| `{encoding}` | `{variant}` | {} | {} |\n",
            purpose(&variant),
            aliases.join(", ")
        );
    }
    out
}

/// The documentation of a variant of `Encoding`, in one line.
fn purpose(variant: &str) -> String {
    let (_, body) = include_str!("../src/encoding/mod.rs")
        .split_once("pub enum Encoding {")
        .unwrap_or_default();
    let mut purpose = Vec::new();
    for line in body.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            purpose.push(text.trim());
        } else if line.strip_suffix(',') == Some(variant) {
            break;
        } else {
            purpose.clear();
        }
    }
    purpose.join(" ")
}
