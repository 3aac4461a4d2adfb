//! Builds the web page that the program carries. Tells cargo that the snapshot is part of the program, and the tests what
//! they can count on here: the shared data beside the checkout, a disk of their own, a user whose reading can be forbidden,
//! and programs with which the server is tried. Tests that cannot run are ignored, and so counted.

use std::collections::hash_map::DefaultHasher;
use std::ffi::OsStr;
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the page is made of, below `web/`; what else lies there is not looked at.
const PAGE: [&str; 7] = [
    "package.json",
    "package-lock.json",
    "index.html",
    "tsconfig.json",
    "vite.config.ts",
    "public",
    "src",
];

fn main() {
    let here = env!("CARGO_MANIFEST_DIR");
    if std::env::var_os("CARGO_FEATURE_UI").is_some()
        && let Err(why) = page(&Path::new(here).join("../../web"))
    {
        // A build script has no other way to say it.
        println!("cargo::error=the web page could not be built: {why}");
        println!(
            "cargo::error=install Node 20 or later with npm (https://nodejs.org), or name a built page with LYSOEN_WEB_DIST, or build without the page: --no-default-features"
        );
        std::process::exit(1);
    }
    let data = Path::new(here).join("../../../shared/data");
    println!("cargo::rustc-check-cfg=cfg(shared_data)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../../snapshot");
    if data.is_dir() {
        // Watched only where it is: cargo takes a missing path for a changed one and would build anew every time.
        println!("cargo::rerun-if-changed={}", data.join("README.md").display());
        println!("cargo::rustc-cfg=shared_data");
    }
    println!(
        "cargo::rustc-check-cfg=cfg(own_disk, reading_can_be_forbidden, gdal, schemathesis, capparselib, browser)"
    );
    // Whoever installs one of the programs below says so with it, and is asked anew.
    println!("cargo::rerun-if-env-changed=LYSOEN_TOOLS");
    let works = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output();
        output.is_ok_and(|output| output.status.success())
    };
    if works("unshare", &["-rm", "sh", "-c", "mount -t tmpfs -o size=1m none /mnt"]) {
        println!("cargo::rustc-cfg=own_disk");
    }
    if works("ogrinfo", &["--version"]) && works("ogr2ogr", &["--version"]) {
        println!("cargo::rustc-cfg=gdal");
    }
    if works("schemathesis", &["--version"]) {
        println!("cargo::rustc-cfg=schemathesis");
    }
    // Of several Pythons on the path, the first that has what reads warnings.
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let mut pythons = std::env::split_paths(&folders).map(|folder| folder.join("python3").display().to_string());
    if let Some(python) = pythons.find(|python| works(python, &["-c", "import capparselib.parsers, lxml"])) {
        println!("cargo::rustc-cfg=capparselib");
        println!("cargo::rustc-env=LYSOEN_CAPPARSELIB={python}");
    }
    // The page's own tests run where it was built, with what was installed there to build it.
    let built = std::env::var_os("OUT_DIR").is_some_and(|out| Path::new(&out).join("web/node_modules").is_dir());
    if built && works("chromium", &["--version"]) {
        println!("cargo::rustc-cfg=browser");
    }
    let forbidden = ["--bounding-set", "-dac_override,-dac_read_search", "true"];
    let superuser = works("sh", &["-c", "test \"$(id -u)\" = 0"]);
    if cfg!(unix) && (!superuser || works("setpriv", &forbidden)) {
        println!("cargo::rustc-cfg=reading_can_be_forbidden");
    }
}

/// Puts the page into `page/` of the output folder: the one that `LYSOEN_WEB_DIST` names, else one built from `web`. The
/// sources are copied before they are built, so that nothing is written beside them.
fn page(web: &Path) -> io::Result<()> {
    println!("cargo::rerun-if-env-changed=LYSOEN_WEB_DIST");
    let out = PathBuf::from(std::env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("there is no OUT_DIR"))?);
    let page = out.join("page");
    if let Some(built) = std::env::var_os("LYSOEN_WEB_DIST") {
        let built = PathBuf::from(built);
        println!("cargo::rerun-if-changed={}", built.display());
        if !built.join("index.html").is_file() {
            return Err(io::Error::other(format!(
                "LYSOEN_WEB_DIST names {}, which has no index.html",
                built.display()
            )));
        }
        return renewed(&built, &page);
    }
    for part in PAGE.iter().map(|part| web.join(part)).filter(|part| part.exists()) {
        println!("cargo::rerun-if-changed={}", part.display());
    }
    let (lock, all) = (hash(&web.join("package-lock.json"))?, hash(web)?);
    let (copy, done) = (out.join("web"), out.join("page.hash"));
    if page.is_dir() && std::fs::read_to_string(&done).is_ok_and(|known| known == all) {
        return Ok(());
    }
    std::fs::create_dir_all(&copy)?;
    for part in PAGE.iter().filter(|part| web.join(part).exists()) {
        renewed(&web.join(part), &copy.join(part))?;
    }
    let installed = copy.join("installed.hash");
    if !std::fs::read_to_string(&installed).is_ok_and(|known| known == lock) {
        npm(&copy, &["ci", "--no-audit", "--no-fund"])?;
        std::fs::write(&installed, lock)?;
    }
    npm(&copy, &["run", "build"])?;
    renewed(&copy.join("dist"), &page)?;
    std::fs::write(done, all)
}

fn npm(folder: &Path, args: &[&str]) -> io::Result<()> {
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let said = Command::new(program).args(args).current_dir(folder).output();
    let output = said.map_err(|e| io::Error::new(e.kind(), format!("npm could not be run: {e}")))?;
    if output.status.success() {
        return Ok(());
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace('\n', " | ");
    let said = format!("{} {}", text(&output.stdout), text(&output.stderr));
    Err(io::Error::other(format!(
        "`npm {}` ended with {}: {said}",
        args.join(" "),
        output.status
    )))
}

/// Copies a file or folder to where nothing of an older one is left.
fn renewed(from: &Path, to: &Path) -> io::Result<()> {
    if to.is_dir() {
        std::fs::remove_dir_all(to)?;
    }
    if !from.is_dir() {
        return std::fs::copy(from, to).map(|_| ());
    }
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        renewed(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// A hash of the names and contents of a file, or of what the page is made of in a folder.
fn hash(path: &Path) -> io::Result<String> {
    let mut hasher = DefaultHasher::new();
    if path.is_file() {
        std::fs::read(path)?.hash(&mut hasher);
    } else {
        for part in PAGE.iter().map(|part| path.join(part)).filter(|part| part.exists()) {
            feed(&part, &mut hasher)?;
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn feed(path: &Path, hasher: &mut DefaultHasher) -> io::Result<()> {
    path.file_name().map(OsStr::as_encoded_bytes).hash(hasher);
    if path.is_file() {
        std::fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut entries = std::fs::read_dir(path)?
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    entries.iter().try_for_each(|entry| feed(entry, hasher))
}
