//! Builds again when the console was: its files are embedded, and no source file names them.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=../../console/dist");
}
