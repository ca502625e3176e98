//! Which pages may open a socket.

use crate::support::{Server, Socket, TestApp, socket::PROTOCOL};

#[tokio::test]
async fn f4_a_page_of_a_foreign_site_opens_no_socket() {
    let (app, _) = TestApp::with(&["--allowed-origins=https://app.example"]).await;
    let server = Server::start(&app).await;
    let own = format!("https://{}", server.address);
    let insecure = format!("http://{}", server.address);
    let cases = [
        (None, true),
        (Some("https://gateway.example"), true),
        (Some("https://app.example"), true),
        // The same machine by another name.
        (Some(own.as_str()), true),
        (Some("null"), false),
        (Some("https://evil.example"), false),
        (Some("http://gateway.example"), false),
        (Some("https://gateway.example:8080"), false),
        (Some("https://gateway.example.evil.example"), false),
        (Some("https://app.example/"), false),
        (Some(insecure.as_str()), false),
    ];
    for (origin, welcome) in cases {
        let mut headers = vec![("sec-websocket-protocol", PROTOCOL), ("cookie", "a=b")];
        headers.extend(origin.map(|origin| ("origin", origin)));
        let refused = Socket::upgrade(server.address, &headers).await.err();
        assert_eq!(refused, (!welcome).then_some(403), "{origin:?}");
    }
}
