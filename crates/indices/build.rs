//! Sets `cfg(shared_data)` where the folder of real input data lies beside the checkout (tests that need it are ignored
//! elsewhere), and tells cargo that the shipped recipes are part of the crate.

use std::path::Path;

fn main() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data");
    println!("cargo::rustc-check-cfg=cfg(shared_data)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../catalog/measures");
    if Path::new(data).is_dir() {
        // Watched only where it is: cargo takes a missing path for a changed one and would build anew every time.
        println!("cargo::rerun-if-changed={data}/README.md");
        println!("cargo::rustc-cfg=shared_data");
    }
}
