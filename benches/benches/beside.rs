//! The same texts through other crates, to say what a repair costs in terms that are known.
//!
//! They do other work: `simdutf8` only checks that bytes are UTF-8, `encoding_rs` decodes bytes whose encoding it is
//! told, `chardetng` guesses the encoding of bytes, `plsfix` repairs text and cleans it up besides.

use std::hint::black_box;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use unbake_benches::{PLSFIX_ENCODING_ONLY, check, clean_texts, mangled_texts};

fn beside(c: &mut Criterion) {
    let repairer = unbake::Repairer::new();
    let samples = clean_texts().into_iter().chain(mangled_texts());
    for sample in samples {
        check(&sample);
        let mut group = c.benchmark_group(sample.name);
        group.sample_size(10);
        group.throughput(Throughput::Bytes(sample.text.len() as u64));
        let (text, bytes) = (sample.text.as_str(), sample.text.as_bytes());
        group.bench_function("unbake", |b| {
            b.iter(|| repairer.repair(black_box(text)).is_changed())
        });
        group.bench_function("plsfix", |b| {
            b.iter(|| plsfix::fix_text(black_box(text), Some(&PLSFIX_ENCODING_ONLY)).len())
        });
        group.bench_function("chardetng", |b| {
            b.iter(|| {
                let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
                detector.feed(black_box(bytes), true);
                detector.guess(None, Utf8Detection::Allow)
            });
        });
        group.bench_function("encoding_rs decode", |b| {
            b.iter(|| encoding_rs::UTF_8.decode(black_box(bytes)).0.len())
        });
        group.bench_function("simdutf8", |b| {
            b.iter(|| simdutf8::basic::from_utf8(black_box(bytes)).is_ok())
        });
        group.finish();
    }
}

criterion_group!(benches, beside);
criterion_main!(benches);
