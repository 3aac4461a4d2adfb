//! Tells cargo that the snapshot is part of the program, and the tests what they can count on here: the shared data beside
//! the checkout, a disk of their own, and a user whose reading can be forbidden. Tests that cannot run are ignored, and so
//! counted.

use std::path::Path;
use std::process::Command;

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
    println!("cargo::rustc-check-cfg=cfg(own_disk, reading_can_be_forbidden)");
    let works = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output();
        output.is_ok_and(|output| output.status.success())
    };
    if works("unshare", &["-rm", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]) {
        println!("cargo::rustc-cfg=own_disk");
    }
    let forbidden = ["--bounding-set", "-dac_override,-dac_read_search", "true"];
    let superuser = works("sh", &["-c", "test \"$(id -u)\" = 0"]);
    if cfg!(unix) && (!superuser || works("setpriv", &forbidden)) {
        println!("cargo::rustc-cfg=reading_can_be_forbidden");
    }
}
