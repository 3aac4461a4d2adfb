//! Sets `cfg(shared_data)` where the folder of real input data lies beside the checkout, and `cfg(python)` where Python 3 runs;
//! tests that need them are ignored elsewhere.

use std::path::PathBuf;
use std::process::Command;

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
    println!("cargo::rustc-check-cfg=cfg(python)");
    // Whoever installs Python says so with it, and is asked anew.
    println!("cargo::rerun-if-env-changed=LYSOEN_TOOLS");
    let version = Command::new("python3").arg("--version").output();
    if version.is_ok_and(|output| output.status.success()) {
        println!("cargo::rustc-cfg=python");
    }
}
