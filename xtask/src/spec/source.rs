//! Reads and writes `spec/SOURCE.toml`, which records the published document and the origin of the
//! imported one, and `spec/SOURCE.etag`.

use dub_generator::GeneratedFile;
use dub_generator::fetch::Url;
use std::io::ErrorKind;
use std::path::Path;
use toml::{Table, Value};

/// The path of the record, relative to the repository root.
pub const SOURCE: &str = "spec/SOURCE.toml";
/// The path of the `ETag` of the imported document. It is a file of its own, because it says nothing
/// to people.
pub const ETAG: &str = "spec/SOURCE.etag";

const HEADER: &str = "\
# The published document, and the origin of spec/dub.yaml. Written by `cargo xtask spec import`, which
# fetches `url`.
";

/// The content of `spec/SOURCE.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// The URL of the published document.
    pub url: Option<String>,
    /// The tags whose operations are imported.
    pub tags: Vec<String>,
    /// The origin of the imported document, if there is one.
    pub origin: Option<Origin>,
}

/// The origin of the imported document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// A file name or a URL.
    pub name: String,
    pub date: String,
    pub sha256: String,
}

impl Source {
    /// Reads the record. It is empty if there is none.
    pub fn read(root: &Path) -> Result<Self, String> {
        match std::fs::read_to_string(root.join(SOURCE)) {
            Ok(text) => Self::parse(&text).map_err(|error| format!("error: {SOURCE}: {error}")),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(format!("error: {SOURCE}: {error}")),
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        let table: Table = text
            .parse()
            .map_err(|error: toml::de::Error| error.to_string())?;
        let origin = match (string(&table, "origin")?, string(&table, "sha256")?) {
            (Some(name), Some(sha256)) => Some(Origin {
                name,
                date: table.get("date").map(plain).unwrap_or_default(),
                sha256,
            }),
            _ => None,
        };
        Ok(Self {
            url: string(&table, "url")?,
            tags: strings(&table, "tags")?,
            origin,
        })
    }

    /// Returns the URL of the published document.
    pub fn url(&self) -> Result<Url, String> {
        match &self.url {
            Some(url) => Url::parse(url).map_err(|error| format!("error: {SOURCE}: {error}")),
            None => Err(format!(
                "error: {SOURCE} has no `url`\nhelp: pass the document, a file or a URL"
            )),
        }
    }

    /// Returns true if the imported document comes from this URL.
    pub fn comes_from(&self, url: &Url) -> bool {
        let is_recorded = self.url().is_ok_and(|recorded| recorded == *url);
        let origin = self.origin.as_ref();
        is_recorded && origin.is_some_and(|origin| origin.name == url.shown())
    }

    /// Returns the file to write.
    pub fn file(&self) -> GeneratedFile {
        let mut text = HEADER.to_owned();
        if let Some(url) = &self.url {
            text += &format!("url = {}\n", quoted(url));
        }
        if let Some(Origin { name, date, sha256 }) = &self.origin {
            let name = quoted(name);
            text += &format!("origin = {name}\ndate = {date}\nsha256 = \"{sha256}\"\n");
        }
        let tags: Vec<String> = self.tags.iter().map(|tag| quoted(tag)).collect();
        text += &format!("tags = [{}]\n", tags.join(", "));
        GeneratedFile {
            path: SOURCE.to_owned(),
            text,
        }
    }
}

/// Reads the `ETag` of the imported document, if it is known.
pub fn etag(root: &Path) -> Option<String> {
    let text = std::fs::read_to_string(root.join(ETAG)).ok()?;
    Some(text.trim().to_owned())
}

fn string(table: &Table, key: &str) -> Result<Option<String>, String> {
    match table.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("`{key}` must be a string")),
    }
}

fn strings(table: &Table, key: &str) -> Result<Vec<String>, String> {
    let error = || format!("`{key}` must be a list of strings");
    let Some(list) = table.get(key) else {
        return Ok(Vec::new());
    };
    let items = list.as_array().ok_or_else(error)?;
    let items = items.iter().map(|item| item.as_str().map(str::to_owned));
    items.collect::<Option<_>>().ok_or_else(error)
}

/// Returns a date without quotes. Records can also have it as a string.
fn plain(date: &Value) -> String {
    match date {
        Value::String(text) => text.clone(),
        Value::Datetime(date) => date.to_string(),
        _ => String::new(),
    }
}

/// Returns a string in quotes. The escapes of JSON are also those of TOML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::{Origin, Source};

    #[test]
    fn record_is_read_as_it_was_written() {
        let mut source = Source {
            url: Some("https://api.dub.co".to_owned()),
            tags: vec!["Customers".to_owned(), "a \"b\" \\ \t".to_owned()],
            origin: None,
        };
        assert_eq!(Source::parse(&source.file().text).unwrap(), source);
        source.origin = Some(Origin {
            name: "dub.json".to_owned(),
            date: "2026-12-01".to_owned(),
            sha256: "12ab".to_owned(),
        });
        assert_eq!(Source::parse(&source.file().text).unwrap(), source);
        assert!(source.file().text.contains("\ndate = 2026-12-01\n"));
        assert_eq!(Source::parse("").unwrap(), Source::default());
    }

    #[test]
    fn edited_record_is_checked() {
        let edited = "url = 'https://a' # here\ntags = [\n  'A',\n]\n";
        assert_eq!(Source::parse(edited).unwrap().tags, ["A"]);
        for (text, expected) in [
            ("url = 1", "`url` must be a string"),
            ("tags = 'A'", "`tags` must be a list of strings"),
            ("tags = [1]", "`tags` must be a list of strings"),
            ("url: a", "TOML parse error at line 1"),
        ] {
            let error = Source::parse(text).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
