//! Settings as an operator gives them to the program; each is about the program alone, so the database
//! of the tests does not matter.

use std::{fs, path::Path};

use crate::support::{folder, process::run};

/// What `config check` and a start say with these variables; both must refuse.
fn refused(folder: &Path, variables: &[(&str, &str)]) -> String {
    let secret = ("JWT_SECRET", "a secret of tests that is long enough");
    let variables = [&[secret], variables].concat();
    let (is_valid, checked) = run(folder, &variables, &["config", "check"]);
    assert!(!is_valid, "{variables:?} is valid: {checked}");
    let (served, said) = run(folder, &variables, &["migrate"]);
    assert!(!served, "{said}");
    assert_eq!(checked, said, "config check finds what a start finds");
    said
}

#[test]
fn f03_a_url_that_is_none_is_refused_by_name_and_not_repeated() {
    let folder = folder();
    for (name, value) in [
        ("DATABASE_URL", "postgres://fh:canary#ss@127.0.0.1/fh"),
        ("DATABASE_URL", "postgresql://fh:canary#ss@127.0.0.1/fh"),
        // These are URLs, of other hosts: an unescaped character cut the password off.
        ("DATABASE_URL", "postgres://fh:12#canary@127.0.0.1/fh"),
        ("DATABASE_URL", "postgres://fh:12/canary@127.0.0.1/fh"),
        ("DATABASE_URL", "postgres://fh:12?canary@127.0.0.1/fh"),
        ("DATABASE_URL", "postgres://fh:canary@127.0.0.1:99999/fh"),
        ("DATABASE_URL", "postgres://fh:canary@127.0.0.1/fh?sslmode=canary"),
        ("DATABASE_URL", "mysql://fh:canary@127.0.0.1/fh"),
        ("DATABASE_URL", "canary"),
        ("REDIS_URL", "redis://:canary#ss@127.0.0.1/"),
        ("REDIS_URL", "redis://fh:12#canary@127.0.0.1/"),
        ("REDIS_URL", "redis://fh:canary@127.0.0.1/canary"),
        ("REDIS_URL", "http://fh:canary@127.0.0.1/"),
        ("SMTP_URL", "smtps://fh:canary#ss@127.0.0.1"),
        ("SMTP_URL", "smtps://fh:12/canary@127.0.0.1"),
        ("SMTP_URL", "smtp://fh:canary@mail.example.org"),
        ("SMTP_URL", "smtps://fh:%ff-canary@mail.example.org"),
        ("PUBLIC_URL", "https://fh:canary@example.org"),
        ("PUBLIC_URL", "https://fh:canary#ss@example.org"),
        ("PUBLIC_URL", "https://example.org/?canary"),
        ("ALLOWED_ORIGINS", "https://fh:canary@example.org"),
        ("BIND_ADDR", "http://fh:canary@127.0.0.1"),
        ("TRUSTED_PROXIES", "canary"),
        ("LOG_FORMAT", "canary"),
        ("LOG_LEVEL", "canary=canary=canary"),
        ("MAIL_FROM", "canary"),
        ("HTTP_STREAMS", "canary"),
    ] {
        let said = refused(folder.path(), &[(name, value)]);
        assert!(said.contains(name), "{name}={value}: {said}");
        assert!(!said.contains("canary"), "{name}={value}: {said}");
        assert!(!folder.path().join("data").exists(), "nothing was begun");
    }
}

#[test]
fn f03_what_is_typed_wrong_is_not_repeated_and_a_name_close_to_one_of_ours_is() {
    let folder = folder();
    for arguments in [
        &["postgres://fh:canary@127.0.0.1/fh"] as &[&str],
        &["serve", "postgres://fh:canary@127.0.0.1/fh"],
        &["--public-url", "https://fh:canary@"],
        &["--public-url=canary"],
        &["--bind-addr=canary"],
        &["--databse-url=postgres://fh:canary@127.0.0.1/fh"],
        &["--jwt-secret", "two", "words-canary"],
        &["--canary"],
        &["--limit-sockets", "canary"],
        &["--log-format", "canary"],
        &["--database-url", "canary", "--database-url", "canary"],
        &["user", "create", "--admin=canary"],
        &["seed", "--jobs", "canary"],
    ] {
        let (done, said) = run(folder.path(), &[], arguments);
        assert!(!done && said.starts_with("error: "), "{arguments:?}: {said}");
        assert!(!said.contains("canary"), "{arguments:?}: {said}");
    }
    for (typed, meant) in [("--databse-url=x", "--database-url"), ("sevre", "serve")] {
        let (_, said) = run(folder.path(), &[], &[typed]);
        assert!(said.contains(typed.trim_end_matches("=x")) && said.contains(meant), "{said}");
    }
    let secrets = [("PUBLIC_URL", "https://fh:canary@example.org"), ("REDIS_URL", "canary")];
    let (_, help) = run(folder.path(), &secrets, &["--help"]);
    assert!(help.contains("PUBLIC_URL") && !help.contains("canary"), "{help}");
    // A secret may begin like a flag.
    let secret = ["--jwt-secret", "--a secret of tests that is long enough", "config", "check"];
    let (is_valid, said) = run(folder.path(), &[], &secret);
    assert!(is_valid && said.contains("JWT_SECRET                   [secret]  (flag)"), "{said}");
}

#[test]
fn f03_config_check_finds_files_that_a_start_could_not_use() {
    let folder = folder();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    fs::write(data.join("jwt-secret"), "c2hvcnQ=").unwrap();
    let (is_valid, said) = run(folder.path(), &[], &["config", "check"]);
    assert!(!is_valid && said.contains("the secret in data/jwt-secret"), "{said}");
    fs::remove_file(data.join("jwt-secret")).unwrap();
    for (name, value, problem) in [
        ("DATABASE_URL", "sqlite://nowhere/x.db", "the folder nowhere of the file"),
        ("DATABASE_URL", "postgres://h/d?sslrootcert=nowhere", "names a file in sslrootcert"),
        ("DATA_DIR", "manifest", "DATA_DIR manifest cannot be created: it is not a folder"),
    ] {
        fs::write(folder.path().join("manifest"), "{}}").unwrap();
        let said = refused(folder.path(), &[(name, value)]);
        assert!(said.contains(problem), "{said}");
    }
    let said = refused(folder.path(), &[("TRUSTED_DOCUMENTS", "manifest")]);
    assert!(said.contains("TRUSTED_DOCUMENTS manifest cannot be used"), "{said}");
}

#[test]
fn f17_an_empty_variable_is_one_that_is_not_set() {
    let folder = folder();
    let (_, unset) = run(folder.path(), &[], &["config", "check"]);
    let names: Vec<&str> =
        unset.lines().filter_map(|line| line.split_once(' ')).map(|it| it.0).collect();
    let names = &names[..names.len() - 1];
    assert!(names.len() > 50 && names.contains(&"REDIS_URL"), "{unset}");
    let empty: Vec<_> = names.iter().map(|name| (*name, "")).collect();
    let (is_valid, said) = run(folder.path(), &empty, &["config", "check"]);
    assert!(is_valid && said == unset, "{said}");
    let (migrated, said) = run(folder.path(), &empty, &["migrate"]);
    assert!(migrated, "{said}");
    assert!(folder.path().join("data/find-helper.db").exists());
}

#[test]
fn f09_the_database_is_in_the_data_folder_whatever_its_name() {
    let folder = folder();
    for name in ["x", "a b?c%20#d/資料"] {
        let data = folder.path().join(name);
        let variables = [("DATA_DIR", data.to_str().unwrap())];
        let (migrated, said) = run(folder.path(), &variables, &["migrate"]);
        assert!(migrated, "{said}");
        assert!(data.join("find-helper.db").exists() && data.join("jwt-secret").exists());
        let (_, listed) = run(folder.path(), &variables, &["config", "check"]);
        assert!(listed.contains(" sqlite:/"), "{listed}");
    }
    assert!(!folder.path().join("data").exists());
}

#[test]
fn f09_no_empty_database_takes_the_place_of_one_in_the_usual_folder() {
    let folder = folder();
    let (migrated, said) = run(folder.path(), &[], &["migrate"]);
    assert!(migrated, "{said}");
    let said = refused(folder.path(), &[("DATA_DIR", "x")]);
    assert!(said.contains("x/find-helper.db") && said.contains("data/find-helper.db"), "{said}");
    assert!(!folder.path().join("x").exists(), "nothing was begun");
    for url in ["sqlite://x/find-helper.db", "sqlite://data/find-helper.db"] {
        let variables = [("DATA_DIR", "x"), ("DATABASE_URL", url)];
        let (migrated, said) = run(folder.path(), &variables, &["migrate"]);
        assert!(migrated, "whoever names one means it: {said}");
    }
}

#[test]
fn f14_an_sqlite_database_is_a_file_for_every_command() {
    let folder = folder();
    let create = ["user", "create", "--email", "a@example.org", "--name", "Ann"];
    for url in [
        "sqlite:",
        "sqlite://",
        "sqlite://?mode=rwc",
        "sqlite::memory:",
        "sqlite://:memory:",
        "sqlite://x.db?mode=memory",
        "sqlite://file::memory:",
        "sqlite://file:x%3Fmode=memory",
    ] {
        for command in [
            &create as &[&str],
            &["serve"],
            &["migrate"],
            &["seed", "--jobs", "1", "--users", "1"],
            &["api-key", "create", "--email", "a@example.org"],
            &["signing-key", "list"],
            &["config", "check"],
        ] {
            let (done, said) = run(folder.path(), &[("DATABASE_URL", url)], command);
            assert!(!done && said.contains("DATABASE_URL must name a file"), "{url}: {said}");
            assert_eq!(said.lines().count(), 1, "{url}: {said}");
        }
    }
}
