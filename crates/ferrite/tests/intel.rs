//! `ferrite intel` from keys to verdicts, through the binary.

#![expect(clippy::unwrap_used, reason = "without the binary there is nothing to test")]

use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output};

fn ferrite(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_ferrite")).current_dir(folder).args(args).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// An advisory of our own: a box below V2.0 has a fault.
const ADVISORY: &str = r#"{"document": {"title": "Acme Box", "publisher": {"name": "Acme"},
  "tracking": {"id": "ACME-24-1", "initial_release_date": "2024-01-02T00:00:00Z",
    "current_release_date": "2024-01-03T00:00:00Z"}},
  "product_tree": {"branches": [{"category": "vendor", "name": "Acme GmbH", "branches": [
    {"category": "product_name", "name": "Box 100", "branches": [
      {"category": "product_version_range", "name": "< V2.0",
       "product": {"product_id": "A", "name": "Box 100 < V2.0"}}]}]}]},
  "vulnerabilities": [{"cve": "CVE-2024-0001", "product_status": {"known_affected": ["A"]},
    "remediations": [{"category": "vendor_fix", "details": "Update to V2.0 or later",
      "product_ids": ["A"]}]}]}"#;

/// A web server with a pack, a redirection to it, and a file that does not end.
struct Server {
    address: std::net::SocketAddr,
}

impl Server {
    fn new(pack: Vec<u8>) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // A client that had enough closes early: the error is expected.
                let done = stream.and_then(|mut stream| answer(&mut stream, &pack));
                done.unwrap_or_default();
            }
        });
        Self { address }
    }
}

fn answer(stream: &mut std::net::TcpStream, pack: &[u8]) -> std::io::Result<()> {
    let mut line = String::new();
    let mut lines = BufReader::new(stream.try_clone()?);
    lines.read_line(&mut line)?;
    let mut header = String::new();
    while lines.read_line(&mut header)? > 2 {
        header.clear();
    }
    let end = "Connection: close\r\n\r\n";
    match line.split(' ').nth(1) {
        Some("/pack") => {
            let length = pack.len();
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n{end}")?;
            stream.write_all(pack)
        }
        Some("/moved") => {
            write!(stream, "HTTP/1.1 302 Found\r\nLocation: /pack\r\nContent-Length: 0\r\n{end}")
        }
        Some("/endless") => {
            write!(stream, "HTTP/1.1 200 OK\r\n{end}")?;
            loop {
                stream.write_all(&[0; 8_192])?;
            }
        }
        _ => write!(stream, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n{end}"),
    }
}

#[test]
fn a_site_makes_takes_and_asks_its_own_pack() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("acme.json"), ADVISORY).unwrap();
    std::fs::write(at.join("notice.txt"), "Acme\n\nMay be copied.").unwrap();
    let made = ferrite(at, &["intel", "keygen", "--out", "key"]);
    assert!(made.status.success(), "{}", said(&made));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(at.join("key")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(!ferrite(at, &["intel", "keygen", "--out", "key"]).status.success());
    assert!(ferrite(at, &["intel", "keygen", "--out", "other"]).status.success());
    let pack = |sequence: &str, out: &str| {
        let args =
            ["intel", "pack", "--csaf", "acme.json", "--notice", "notice.txt", "--key", "key"];
        let made = ferrite(at, &[&args[..], &["--sequence", sequence, "--out", out]].concat());
        assert!(made.status.success(), "{}", said(&made));
        assert!(String::from_utf8_lossy(&made.stdout).contains("understood   100.00 %"));
    };
    pack("1000", "new.pack");
    pack("999", "old.pack");
    let update = |file: &str, key: &str, more: &[&str]| {
        let args = ["intel", "update", "--from", file, "--key", key, "--data", "site"];
        ferrite(at, &[&args[..], more].concat())
    };
    let forged = update("new.pack", "other.pub", &[]);
    assert!(!forged.status.success() && said(&forged).contains("signature"));
    assert!(update("new.pack", "key.pub", &[]).status.success());
    let older = update("old.pack", "key.pub", &[]);
    assert!(!older.status.success() && said(&older).contains("--allow-rollback"));
    assert!(update("old.pack", "key.pub", &["--allow-rollback"]).status.success());

    let server = Server::new(std::fs::read(at.join("new.pack")).unwrap());
    let address = |name: &str| format!("http://{}/{name}", server.address);
    let absent = update(&address("absent"), "key.pub", &[]);
    assert!(!absent.status.success() && said(&absent).contains("404"), "{}", said(&absent));
    let endless = update(&address("endless"), "key.pub", &[]);
    assert!(!endless.status.success() && said(&endless).contains("larger than"));
    let forged = update(&address("pack"), "other.pub", &[]);
    assert!(!forged.status.success() && said(&forged).contains("signature"));
    let moved = update(&address("moved"), "key.pub", &[]);
    assert!(moved.status.success(), "{}", said(&moved));
    let other = update("ftp://example.org/pack", "key.pub", &[]);
    assert!(!other.status.success() && said(&other).contains("only https and http"));

    let ask = |firmware: &str| {
        let args = ["intel", "match", "--vendor", "ACME", "--product", "Box 100", "--firmware"];
        let more = [firmware, "--data", "site", "--format", "json"];
        let output = ferrite(at, &[&args[..], &more].concat());
        assert!(output.status.success(), "{}", said(&output));
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        document["verdicts"][0].clone()
    };
    let verdict = ask("V1.9");
    assert_eq!(verdict["advisory"], "ACME-24-1");
    assert_eq!(verdict["cve"], "CVE-2024-0001");
    assert_eq!(verdict["verdict"], "affected");
    assert_eq!(verdict["grade"], "I3");
    assert_eq!(verdict["leaf"], "Box 100: < V2.0");
    assert_eq!(verdict["fixed"], "V2.0");
    assert_eq!(ask("V2.0")["verdict"], "not_affected");
    let notices = ferrite(at, &["intel", "status", "--notices", "--data", "site"]);
    assert!(String::from_utf8_lossy(&notices.stdout).contains("May be copied."));

    // A damaged pack is said and passed over: the program's own facts serve.
    std::fs::write(at.join("site/facts.pack"), b"FERRITE-PACK-1\nnonsense").unwrap();
    let status = ferrite(at, &["intel", "status", "--data", "site", "--format", "json"]);
    assert!(status.status.success() && said(&status).contains("facts.pack"));
    let document: Value = serde_json::from_slice(&status.stdout).unwrap();
    assert!(document["sources"].as_array().unwrap().len() > 3);
}
