//! The page in a browser, and the API under a tester of its own document. Both are others' programs.

#[cfg(any(browser, schemathesis))]
use std::process::Command;

use crate::served::Served;

/// The page's own tests: the journeys of its users, wide and on a phone, in light and dark, in both languages, by keyboard
/// alone, and looked through by axe.
#[test]
#[cfg_attr(not(browser), ignore = "Chromium is not installed, or the page was not built here")]
fn the_page_does_in_a_browser_what_its_users_come_for() {
    let served = Served::shared();
    served.until_whole();
    #[cfg(browser)]
    {
        let (own, built) = (
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../web"),
            concat!(env!("OUT_DIR"), "/web"),
        );
        std::fs::remove_dir_all(format!("{built}/e2e")).ok();
        for part in ["e2e", "playwright.config.ts"] {
            let copied = Command::new("cp")
                .args(["-r", &format!("{own}/{part}"), built])
                .status();
            assert!(copied.is_ok_and(|status| status.success()), "{part}");
        }
        let found = Command::new("sh")
            .args(["-c", "command -v chromium"])
            .output()
            .expect("sh");
        let chromium = String::from_utf8_lossy(&found.stdout).into_owned();
        let ran = Command::new("npx")
            .args(["playwright", "test"])
            .current_dir(built)
            .env("BASE_URL", &served.base)
            .env("CHROMIUM", chromium.trim())
            .output()
            .expect("npx");
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&ran.stdout),
            String::from_utf8_lossy(&ran.stderr)
        );
        assert!(ran.status.success(), "{said}");
        assert!(said.contains(" passed"), "no test ran: {said}");
    }
}

/// Requests made up from the document, right and wrong ones: no answer is a fault of the server, and every answer is as the
/// document says.
#[test]
#[cfg_attr(not(schemathesis), ignore = "schemathesis is not installed")]
fn the_api_keeps_what_its_document_promises() {
    let served = Served::shared();
    served.until_whole();
    #[cfg(schemathesis)]
    {
        let checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";
        let ran = Command::new("schemathesis")
            .args(["run", &format!("{}/api/v1/openapi.json", served.base)])
            .args(["--url", &served.base, "--checks", checks])
            .args([
                "--phases",
                "examples,coverage,fuzzing",
                "--max-examples",
                "20",
                "--seed",
                "1",
            ])
            .args([
                "--suppress-health-check",
                "all",
                // With two, Python 3.11's parser fails now and then within its own recursion count.
                "--workers",
                "1",
                "--request-timeout",
                "120",
                "--no-color",
            ])
            .current_dir(served.folder())
            .output()
            .expect("schemathesis");
        let said = format!(
            "{}{}",
            String::from_utf8_lossy(&ran.stdout),
            String::from_utf8_lossy(&ran.stderr)
        );
        assert!(ran.status.success(), "{said}");
    }
}
