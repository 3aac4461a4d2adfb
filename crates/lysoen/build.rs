//! Tells cargo that the snapshot is part of the program, and the tests whether the shared data stand beside the checkout.

use std::path::Path;

fn main() {
    let here = env!("CARGO_MANIFEST_DIR");
    let data = Path::new(here).join("../../../shared/data");
    println!("cargo::rustc-check-cfg=cfg(shared_data)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../snapshot");
    if data.is_dir() {
        // Watched only where it is: cargo takes a missing path for a changed one and would build anew every time.
        println!("cargo::rerun-if-changed={}", data.join("README.md").display());
        println!("cargo::rustc-cfg=shared_data");
    }
}
