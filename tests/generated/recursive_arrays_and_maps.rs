//! A map or an array that contains itself is read at every depth, and written unchanged.

use recursive_arrays_and_maps::models::Folders;

#[test]
fn nested_map_is_read_and_written() {
    let text = r#"{"a":{"b":{}},"c":{}}"#;
    let folders: Folders = serde_json::from_str(text).unwrap();
    assert!(
        matches!(&folders, Folders::Map(entries) if entries.len() == 2),
        "{folders:?}"
    );
    assert_eq!(serde_json::to_string(&folders).unwrap(), text);
}
