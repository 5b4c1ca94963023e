//! The files that make a generated crate publishable.

use crate::support::{customers, root};
use dub_generator::{Config, CrateOptions, GeneratedFile, Unsupported};

/// Generates a crate, next to the manifest that it had before.
fn generate(document: &str, manifest: Option<&str>) -> Vec<GeneratedFile> {
    let config = Config {
        document: document.as_bytes(),
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "acme-links",
        command: "cargo xtask regen",
        unsupported: Unsupported::Reject,
        names: None,
    };
    let options = CrateOptions {
        feature_per_tag: false,
        manifest,
    };
    let generated = dub_generator::generate_crate_with(&config, options);
    generated.unwrap().files
}

fn text<'a>(files: &'a [GeneratedFile], path: &str) -> &'a str {
    let file = files.iter().find(|file| file.path == path);
    &file.unwrap_or_else(|| panic!("{path}")).text
}

/// Returns the section `[package]` of a manifest.
fn package(files: &[GeneratedFile]) -> &str {
    let (_, rest) = text(files, "Cargo.toml").split_once("[package]\n").unwrap();
    rest.split_once("\n\n").unwrap().0
}

#[test]
fn crate_has_what_cargo_publish_requires() {
    let files = generate(&fixture("names_shared_across_tags"), None);
    let package = package(&files);
    for key in ["description", "license", "readme", "documentation"] {
        assert!(package.contains(&format!("\n{key} = \"")), "{package}");
    }
    assert!(package.contains("license = \"MIT OR Apache-2.0\""));
    assert!(text(&files, "LICENSE-MIT").starts_with("MIT License"));
    assert!(text(&files, "LICENSE-APACHE").contains("Apache License"));
    let readme = text(&files, "README.md");
    assert!(readme.contains("\n# acme-links\n"), "{readme}");
    let example = text(&files, "examples/first_program.rs");
    let (_, program) = example.split_once("\n\n").unwrap();
    assert!(readme.contains(program), "{readme}");
    assert!(!readme.contains("dub_sdk") && !readme.contains("dub-sdk"));
}

/// The version, the authors and other values that the generator does not know belong to the crate.
#[test]
fn crate_keeps_the_values_of_its_manifest() {
    let manifest = "# @generated\n\n[package]\nname = \"other\"\nversion = \"2.1.0\"\nauthors = [\n    \
        \"Ada\",\n]\nrepository = \"https://example.com/links\"\nlicense = \"MIT\"\nedition = \"2021\"\n\n[features]\nversion = []\n";
    let files = generate(&customers(), Some(manifest));
    insta::assert_snapshot!(package(&files), @r#"
    name = "acme-links"
    version = "2.1.0"
    description = "A client for the Dub API"
    documentation = "https://docs.rs/acme-links"
    readme = "README.md"
    license = "MIT"
    keywords = ["api", "client", "openapi", "sdk"]
    categories = ["api-bindings", "web-programming::http-client"]
    edition = "2024"
    rust-version = "1.85"
    include = ["/src/**", "/docs/**", "/examples/**", "/README.md", "/CHANGELOG.md", "/LICENSE-*"]
    authors = [
        "Ada",
    ]
    repository = "https://example.com/links"
    "#);
    let readme = text(&files, "README.md");
    assert!(readme.contains("acme-links = \"2.1.0\""), "{readme}");
    let again = generate(&customers(), Some(text(&files, "Cargo.toml")));
    assert_eq!(text(&again, "Cargo.toml"), text(&files, "Cargo.toml"));
}

/// Reads a fixture.
fn fixture(name: &str) -> String {
    let path = root().join(format!("tests/fixtures/accepted/{name}.yaml"));
    std::fs::read_to_string(path).unwrap()
}

/// Returns the first program of a fixture.
fn program(name: &str) -> String {
    let files = generate(&fixture(name), None);
    let example = text(&files, "examples/first_program.rs");
    example.split_once("\n\n").unwrap().1.to_owned()
}

#[test]
fn first_program_sets_the_credentials_and_the_server() {
    insta::assert_snapshot!(program("security_schemes"), @r#"
    use acme_links::AcmeLinks;

    #[tokio::main]
    async fn main() -> Result<(), Box<dyn std::error::Error>> {
        let acme_links = AcmeLinks::builder()
            .key(std::env::var("ACME_LINKS_KEY")?)
            .build()?;
        acme_links.things().list().send().await?;
        Ok(())
    }
    "#);
    insta::assert_snapshot!(program("servers_relative"), @r#"
    use acme_links::AcmeLinks;

    #[tokio::main]
    async fn main() -> Result<(), Box<dyn std::error::Error>> {
        let acme_links = AcmeLinks::builder()
            // Replace this with the URL of the server.
            .server_url("https://api.example.com")
            .build()?;
        acme_links.things().list().send().await?;
        Ok(())
    }
    "#);
}
