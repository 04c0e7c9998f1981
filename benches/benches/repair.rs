//! What a repair costs, by sort of text. Each text is checked before it is measured.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use unbake::Repairer;
use unbake_benches::texts::Source;
use unbake_benches::{Sample, clean_texts, mangled_texts, short_texts};

const BYTES: usize = 64 * 1024;

fn measure(c: &mut Criterion, group: &str, samples: Vec<Sample>) {
    let mut group = c.benchmark_group(group);
    group.sample_size(10);
    for sample in samples {
        sample.check();
        let repairer = Repairer::new();
        group.throughput(Throughput::Bytes(sample.text.len() as u64));
        group.bench_function(&sample.name, |b| {
            b.iter(|| black_box(repairer.repair(black_box(&sample.text))).is_changed())
        });
    }
    group.finish();
}

fn all(c: &mut Criterion) {
    measure(c, "clean", clean_texts(Source::Own, BYTES));
    measure(c, "mangled", mangled_texts(Source::Own, BYTES));
    measure(c, "short", short_texts());
}

criterion_group!(benches, all);
criterion_main!(benches);
