//! Sets `cfg(shared_data)` where the folder of real input data lies beside the checkout; tests that need it are ignored elsewhere.

use std::path::PathBuf;

fn main() {
    // Asked when the script runs, not when it is compiled: checkouts that share a target folder share its binary.
    let checkout = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .unwrap_or_default();
    let data = checkout.join("../../../shared/data");
    println!("cargo::rustc-check-cfg=cfg(shared_data)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=CARGO_MANIFEST_DIR");
    if data.is_dir() {
        // Watched only where it is: cargo takes a missing path for a changed one and would build anew every time.
        println!("cargo::rerun-if-changed={}", data.join("README.md").display());
        println!("cargo::rustc-cfg=shared_data");
    }
}
