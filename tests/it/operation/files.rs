//! What the program writes is for its own eyes; each is about files, so the database of the tests does
//! not matter.

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::json;

use crate::support::{PASSWORD, Process, folder};

/// The program in a folder where whatever it makes is for everybody, unless it cares.
fn careless(folder: &Path) -> Process {
    let mut command = Command::new("sh");
    command
        .args(["-c", r#"umask 0; exec "$0" "$@""#, env!("CARGO_BIN_EXE_find-helper")])
        .current_dir(folder)
        .env_clear();
    Process::spawn(command)
}

/// All files and folders below a folder, with what others may do with them.
fn modes(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        found.push((path.clone(), fs::metadata(&path).unwrap().permissions().mode() & 0o077));
        if path.is_dir() {
            found.extend(modes(&path));
        }
    }
    found
}

fn register(process: &Process, folder: &Path) {
    let person = json!({ "name": "安安", "email": "ann@example.com", "password": PASSWORD });
    assert!(process.post("/register", &person, "tests").contains("200 OK"));
    let outbox = folder.join("data/outbox");
    while !fs::read_dir(&outbox).is_ok_and(|files| {
        files.filter_map(Result::ok).any(|it| it.path().extension().is_some_and(|it| it == "eml"))
    }) {
        std::thread::yield_now();
    }
}

#[test]
fn s18_no_file_is_for_others_though_its_folder_and_the_umask_allow_it() {
    let folder = folder();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, Permissions::from_mode(0o777)).unwrap();
    let process = careless(folder.path());
    register(&process, folder.path());
    let found = modes(&data);
    for name in ["find-helper.db", "find-helper.db-wal", "find-helper.db-shm", "jwt-secret"] {
        assert!(found.iter().any(|(path, _)| path.ends_with(name)), "{name}: {found:?}");
    }
    assert!(found.iter().all(|(_, others)| *others == 0), "{found:?}");
}

#[test]
fn s18_what_others_could_read_is_taken_from_them_and_told() {
    let folder = folder();
    let first = careless(folder.path());
    register(&first, folder.path());
    drop(first);
    for (path, _) in modes(&folder.path().join("data")) {
        let mode = if path.is_dir() { 0o755 } else { 0o644 };
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
    let second = careless(folder.path());
    let (_, log) = second.terminate();
    for (path, others) in modes(&folder.path().join("data")) {
        // The mails are safe in their folder.
        assert!(others == 0 || path.parent().unwrap().ends_with("outbox"), "{path:?} {others:o}");
    }
    for name in ["find-helper.db", "jwt-secret", "outbox"] {
        let told =
            format!("file was readable by other users; permissions fixed path=data/{name}\n");
        assert_eq!(log.matches(&told).count(), 1, "{name}: {log}");
    }
}
