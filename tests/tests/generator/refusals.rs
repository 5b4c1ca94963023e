//! Documents that are refused, and what a person sees of it. Each fixture has one thing wrong.

use crate::support::refusal;

#[test]
fn refused_documents() {
    insta::glob!("../../fixtures/refused", "*.*", |path| {
        let document = std::fs::read_to_string(path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy();
        insta::assert_snapshot!(refusal(&document, &name));
    });
}
