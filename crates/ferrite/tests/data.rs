//! The data folder end to end: nothing twice, nothing lost, one owner, no steps back.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use common::{Console, Folder, Timed, analysis, analyze, ferrite, modbus, pcap, text};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Captures of one network each.
fn captures(folder: &Folder, count: u8) -> Vec<PathBuf> {
    let file = |net: u8| folder.file(&format!("{net}.pcap"), &pcap(&modbus(net, 4, 30, 3)));
    (1..=count).map(file).collect()
}

/// What is known, apart from which input it came from.
fn plant(found: &Value) -> [&Value; 4] {
    let capture = &found["capture"];
    [&capture["packets"], &found["assets"], &found["conversations"], &found["operations"]]
}

#[test]
fn the_same_source_is_stored_once() {
    let folder = Folder::new();
    let files = captures(&folder, 2);
    let data = folder.path("data");
    let more = ["--data", data.to_str().unwrap()];
    let once = analysis(&[&files[0]], &more);
    assert_eq!(once, analysis(&[&files[0]], &[]), "storing changes nothing");
    let renamed = folder.path("renamed.pcap");
    std::fs::copy(&files[0], &renamed).unwrap();
    let output = analyze(&[&renamed], &[&more[..], &["--format", "json"]].concat());
    assert!(text(&output.stderr).contains("renamed.pcap: is in "), "says why it is not read");
    let again: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(again, once);
    let both = analysis(&[&files[1], &files[0]], &more);
    let fresh = analysis(&[&files[0], &files[1]], &[]);
    assert_eq!(plant(&both), plant(&fresh), "one after the other is as good as together");
    assert_eq!(both["capture"]["files"].as_array().unwrap().len(), 2);
}

#[test]
fn standard_input_is_stored() {
    let folder = Folder::new();
    let file = &captures(&folder, 1)[0];
    let data = folder.path("data");
    let output = ferrite()
        .args(["analyze", "-", "--format", "json", "--data"])
        .arg(&data)
        .stdin(std::fs::File::open(file).unwrap())
        .output()
        .unwrap();
    assert!(output.status.success());
    let nothing = folder.file("nothing.pcap", &pcap(&[]));
    let stored = analysis(&[&nothing], &["--data", data.to_str().unwrap()]);
    assert_eq!(plant(&stored), plant(&analysis(&[file], &[])));
}

#[test]
fn a_kill_at_any_moment_loses_nothing_and_doubles_nothing() {
    let folder = Folder::new();
    let files = captures(&folder, 12);
    let data = folder.path("data");
    let store = |file: &Path| {
        let mut command = ferrite();
        command.arg("analyze").arg(file).args(["--format", "json", "--data"]).arg(&data);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    // How long one takes, so that the kills fall all over it.
    let begun = now();
    assert!(store(&files[0]).status().unwrap().success());
    let whole = begun.elapsed();
    let mut killed = 0;
    for (number, file) in (0u32..).zip(&files) {
        for part in [1 + number, 12 - number] {
            let mut child = store(file).spawn().unwrap();
            std::thread::sleep(whole * part / 12);
            // SIGKILL.
            child.kill().unwrap();
            killed += u32::from(child.wait().unwrap().code().is_none());
        }
        assert!(store(file).status().unwrap().success(), "the folder is as good as before");
    }
    assert!(killed >= 8, "{killed} kills came before the end");
    let nothing = folder.file("nothing.pcap", &pcap(&[]));
    let stored = analysis(&[&nothing], &["--data", data.to_str().unwrap()]);
    let paths: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    let fresh = analysis(&paths, &[]);
    assert_eq!(plant(&stored), plant(&fresh));
}

#[expect(clippy::disallowed_methods, reason = "how long a run takes")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

#[test]
fn a_folder_in_use_is_refused() {
    let folder = Folder::new();
    let data = folder.path("data");
    let console = Console::start(ferrite().arg("serve").arg("--data").arg(&data));
    let file = &captures(&folder, 1)[0];
    let output = analyze(&[file], &["--data", data.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let complaint = text(&output.stderr);
    assert!(complaint.contains("another Ferrite uses this data folder"), "{complaint}");
    assert!(complaint.contains("--data"), "says the way out: {complaint}");
    console.stop();
    assert!(analyze(&[file], &["--data", data.to_str().unwrap()]).status.success());
}

#[test]
fn a_folder_of_a_newer_version_is_refused() {
    let folder = Folder::new();
    let data = folder.path("data");
    let file = &captures(&folder, 1)[0];
    let more = ["--data", data.to_str().unwrap()];
    analysis(&[file], &more);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let path = format!("sqlite:{}", data.join("ferrite.db").display());
        let pool = sqlx::SqlitePool::connect(&path).await.unwrap();
        let row = "INSERT INTO _sqlx_migrations \
                   (version, description, success, checksum, execution_time) \
                   VALUES (9999, 'from the future', 1, x'00', 0)";
        sqlx::query(row).execute(&pool).await.unwrap();
        pool.close().await;
    });
    let before = std::fs::read(data.join("ferrite.db")).unwrap();
    let output = analyze(&[file], &more);
    assert_eq!(output.status.code(), Some(1));
    let complaint = text(&output.stderr);
    assert!(complaint.contains("a newer Ferrite wrote this data folder"), "{complaint}");
    assert_eq!(std::fs::read(data.join("ferrite.db")).unwrap(), before, "left alone");
}

#[test]
fn a_file_that_could_not_be_read_may_come_again() {
    let folder = Folder::new();
    let data = folder.path("data");
    let more = ["--data", data.to_str().unwrap()];
    let frames: Vec<Timed> = modbus(1, 1, 2, 3);
    let file = folder.file("a.pcap", b"still being copied");
    assert_eq!(analyze(&[&file], &more).status.code(), Some(1));
    std::fs::write(&file, pcap(&frames)).unwrap();
    let found = analysis(&[&file], &more);
    assert_eq!(found["capture"]["packets"], frames.len());
}
