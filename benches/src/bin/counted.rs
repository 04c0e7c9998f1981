//! One fixed piece of work by name, for `.ci/instructions` to count its instructions.
//!
//! `counted` alone lists the names. Only what runs inside [`counted`] is counted.

use std::hint::black_box;

use unbake_benches::texts::Source;
use unbake_benches::{clean_texts, mangled_texts, short_texts};

fn main() {
    let wanted = std::env::args().nth(1);
    // Long enough that the work outweighs what happens once, and short enough for valgrind.
    let clean = clean_texts(Source::Own, 16 << 10).into_iter();
    let mangled = mangled_texts(Source::Own, 2 << 10).into_iter();
    for sample in clean.chain(mangled).chain(short_texts()) {
        match &wanted {
            None => println!("{}", sample.name),
            Some(name) if *name == sample.name => {
                let times = if sample.text.len() < 100 { 10 } else { 1 };
                counted(&sample.text, times);
            }
            Some(_) => {}
        }
    }
}

#[inline(never)]
fn counted(text: &str, times: usize) {
    for _ in 0..times {
        let _ = black_box(unbake::repair(black_box(text)));
    }
}
