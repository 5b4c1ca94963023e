//! Lists the files that the generator makes of a document, with their sizes:
//! `cargo run --package dub-generator --example list_files -- spec/customers.yaml`.

use dub_generator::{Config, Unsupported, diagnostic};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("usage: list_files DOCUMENT")?;
    let document = std::fs::read(&path)?;
    let config = Config {
        document: &document,
        files: None,
        overlay: None,
        tags: &[],
        crate_name: "sample",
        command: "list_files",
        unsupported: Unsupported::Skip,
        names: None,
    };
    let generated = dub_generator::generate_crate(&config)
        .map_err(|problems| diagnostic::to_json(&problems, &[&path]).to_string())?;
    for file in generated.files {
        println!("{:>8}  {}", file.text.len(), file.path);
    }
    Ok(())
}
