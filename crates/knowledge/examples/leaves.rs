#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
fn main() {
    let mut files: Vec<_> = Vec::new();
    let mut dirs = vec![std::path::PathBuf::from(std::env::args().nth(1).unwrap())];
    while let Some(dir) = dirs.pop() {
        for e in std::fs::read_dir(dir).unwrap() {
            let p = e.unwrap().path();
            if p.is_dir() { dirs.push(p) } else { files.push(p) }
        }
    }
    files.sort();
    let (mut n, mut leaves, mut fixes) = (0, 0, 0);
    for f in files {
        match knowledge::advisory::read_csaf(&std::fs::read(&f).unwrap()) {
            Ok((a, c)) => {
                n += 1;
                leaves += a.leaves.len();
                fixes += a
                    .entries
                    .iter()
                    .flat_map(|e| &e.remedies)
                    .filter(|r| !r.versions.is_empty())
                    .count();
                if !c.is_empty() {
                    println!("{} {:?}", a.id, c);
                }
            }
            Err(e) => println!("{} {e}", f.display()),
        }
    }
    println!("{n} {leaves} {fixes}");
}
