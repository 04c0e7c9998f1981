//! What clean-ups cost, beside plsfix with its repair of encodings turned off.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use plsfix::TextFixerConfig;
use unbake::tidy::Tidy;
use unbake_benches::texts::Source;
use unbake_benches::{PLSFIX_ENCODING_ONLY, clean_texts};

/// Of each language.
const BYTES: usize = 64 << 10;

/// A line with something for every rule, and what is to come of it.
const MESSY: (&str, &str) = (
    "“It’s ﬁne”, said &eacute;lise; \u{1b}[1mＷＯＷ\u{1b}[m, cafe\u{301}\0\u{85}\r\n",
    "\"It's fine\", said élise; WOW, café…\n",
);

fn plsfix_without_encoding() -> TextFixerConfig {
    TextFixerConfig {
        unescape_html: Some(true),
        remove_terminal_escapes: true,
        fix_encoding: false,
        fix_c1_controls: true,
        fix_latin_ligatures: true,
        fix_character_width: true,
        uncurl_quotes: true,
        fix_line_breaks: true,
        remove_control_chars: true,
        normalization: Some(plsfix::Normalization::NFC),
        ..PLSFIX_ENCODING_ONLY
    }
}

fn tidy(c: &mut Criterion) {
    let messy = MESSY.0.repeat(1000);
    assert_eq!(Tidy::ftfy().apply(&messy).text(), MESSY.1.repeat(1000));
    let clean = clean_texts(Source::Own, BYTES).into_iter();
    let samples = clean.map(|sample| (sample.name, sample.text));
    for (name, text) in samples.chain([("messy".to_owned(), messy)]) {
        let mut group = c.benchmark_group(format!("tidy {name}"));
        group.sample_size(10);
        group.throughput(Throughput::Bytes(text.len() as u64));
        let text = text.as_str();
        group.bench_function("unbake", |b| {
            b.iter(|| Tidy::ftfy().apply(black_box(text)).is_changed())
        });
        let config = plsfix_without_encoding();
        group.bench_function("plsfix", |b| {
            b.iter(|| plsfix::fix_text(black_box(text), Some(&config)).len())
        });
        group.finish();
    }
}

criterion_group!(benches, tidy);
criterion_main!(benches);
