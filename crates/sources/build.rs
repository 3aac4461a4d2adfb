//! Tells the tests whether the shared data stand beside the checkout, and cargo that the catalog is part of the crate.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(shared_data)");
    println!("cargo::rerun-if-changed=../../../shared/data/README.md");
    println!("cargo::rerun-if-changed=../../catalog");
    println!("cargo::rerun-if-changed=build.rs");
    let here = std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    if std::path::Path::new(&here).join("../../../shared/data").is_dir() {
        println!("cargo::rustc-cfg=shared_data");
    }
}
