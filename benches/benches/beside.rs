//! The same texts through other crates, to say what a repair costs in terms that are known.
//!
//! They do other work: `from_utf8` and `simdutf8` only check that bytes are UTF-8, `encoding_rs` decodes bytes whose
//! encoding it is told, `chardetng` guesses the encoding of bytes, `plsfix` repairs text and cleans it up besides.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use unbake_benches::contenders::{CONTENDERS, run};
use unbake_benches::texts::Source;
use unbake_benches::{clean_texts, mangled_texts, short_texts};

const BYTES: usize = 64 * 1024;

fn beside(c: &mut Criterion) {
    let samples = clean_texts(Source::Own, BYTES).into_iter();
    let samples = samples.chain(mangled_texts(Source::Own, BYTES));
    for sample in samples.chain(short_texts()) {
        sample.check();
        let mut group = c.benchmark_group(&sample.name);
        group.sample_size(10);
        group.throughput(Throughput::Bytes(sample.text.len() as u64));
        for contender in CONTENDERS {
            group.bench_function(contender, |b| {
                b.iter(|| run(contender, black_box(&sample.text)));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, beside);
criterion_main!(benches);
