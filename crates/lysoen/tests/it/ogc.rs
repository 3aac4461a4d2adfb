//! OGC API – Features, asked over HTTP.

use crate::served::Served;

#[test]
fn the_server_answers_in_this_process() {
    let served = Served::shared();
    let status = served.get("/api/v1/status");
    assert_eq!(
        (status.status, status.header("content-type")),
        (200, "application/json")
    );
    served.until_whole();
    let tag = status.header("etag");
    assert_ne!(served.get_with("/api/v1/status", &[("if-none-match", tag)]).status, 304);
}
