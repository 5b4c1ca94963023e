//! Tests of `dub-generator generate --crate-dir`.

use super::{TempDir, generator};

const SHOP: &str = "diff/shop.yaml";

/// Without `--crate-name`, a new crate has the name of its directory.
#[test]
fn a_crate_is_named_after_its_directory_or_its_manifest() {
    let folder = TempDir::new("crate-name");
    let path = folder.join("shop-client");
    let directory = path.to_str().unwrap();
    let generate = ["generate", "--spec", SHOP, "--crate-dir", directory];
    let name = || {
        let manifest = std::fs::read_to_string(path.join("Cargo.toml")).unwrap();
        let mut lines = manifest.lines();
        let name = lines.find(|line| line.starts_with("name = "));
        name.unwrap_or_default().to_owned()
    };
    let created = generator(&generate);
    assert_eq!(
        (created.code, name().as_str()),
        (0, "name = \"shop-client\"")
    );
    let header = std::fs::read_to_string(path.join("src/generated/mod.rs")).unwrap();
    assert!(header.contains("--crate-name shop-client "), "{header}");

    let renamed = generator(&[&generate[..], &["--crate-name", "tools"]].concat());
    assert_eq!((renamed.code, name().as_str()), (0, "name = \"tools\""));
    let again = generator(&[&generate[..], &["--check"]].concat());
    assert_eq!((again.code, name().as_str()), (0, "name = \"tools\""));

    let path = folder.join("Shop 2");
    let directory = path.to_str().unwrap();
    let rejected = generator(&["generate", "--spec", SHOP, "--crate-dir", directory]);
    assert_eq!(rejected.code, 2);
    let message = "error: invalid crate name `Shop 2`: use up to 64 lower-case letters, digits, `-` \
                   and `_`, starting with a letter; choose a name with --crate-name";
    assert_eq!(rejected.err.trim(), message);
    assert!(!path.exists(), "nothing is written");
}

/// The files of the runtime are the same in every crate, so a list of them is of little use.
#[test]
fn lists_a_directory_of_many_new_files_as_one_line() {
    let folder = TempDir::new("crate-files");
    let directory = folder.join("shop");
    let directory = directory.to_str().unwrap();
    let generate = ["generate", "--spec", SHOP, "--crate-dir", directory];
    let created = generator(&generate).err;
    let runtime: Vec<_> = created
        .lines()
        .filter(|line| line.contains("runtime"))
        .collect();
    assert_eq!(runtime.len(), 1, "{created}");
    assert!(
        runtime[0].starts_with("   created  src/runtime ("),
        "{created}"
    );
    assert!(
        created.contains("   created  src/generated/models.rs\n"),
        "{created}"
    );

    std::fs::write(folder.join("shop/src/runtime/mod.rs"), "").unwrap();
    let updated = generator(&generate).err;
    assert!(
        updated.contains("   updated  src/runtime/mod.rs\n"),
        "{updated}"
    );
}
