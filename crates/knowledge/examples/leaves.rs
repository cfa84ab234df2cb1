#![allow(missing_docs, clippy::print_stdout)]
use std::io::BufRead;
fn main() {
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let range = knowledge::version::Range::read(&line);
        println!("{}\t{}\t{}", range.class().key(), range.is_conditional(), line);
    }
}
