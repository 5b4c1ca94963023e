//! The first line of every generated file, which names the crate and the command that writes it. The
//! runtime has none, because it is the same in every crate.

use crate::GeneratedFile;

/// The text after the comment sign, up to the name of the crate.
const MARK: &str = "@generated for `";

/// Returns true if the text of a file begins with a header.
pub fn is_present(text: &str) -> bool {
    let signs = ["// ", "<!-- ", "# "];
    signs.iter().any(|sign| {
        text.strip_prefix(sign)
            .is_some_and(|rest| rest.starts_with(MARK))
    })
}

/// Returns the command that the header of a file names.
pub fn command(text: &str) -> Option<&str> {
    let header = text.lines().next().filter(|_| is_present(text))?;
    let (_, rest) = header.split_once("` by `")?;
    rest.rsplit_once("` from the OpenAPI document")
        .map(|(command, _)| command)
}

/// Adds the header to a file.
pub fn add(file: GeneratedFile, crate_name: &str, command: &str) -> GeneratedFile {
    // The values of a command can contain any character, but not end the comment.
    let command: String = command
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let command = command.replace("-->", "-- >");
    let header =
        format!("{MARK}{crate_name}` by `{command}` from the OpenAPI document. Do not edit.");
    let header = match file.path.rsplit_once('.') {
        Some((_, "md")) => format!("<!-- {header} -->"),
        Some((_, "toml")) => format!("# {header}"),
        _ => format!("// {header}"),
    };
    GeneratedFile {
        text: format!("{header}\n\n{}", file.text),
        path: file.path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(path: &str, command: &str) -> String {
        let file = GeneratedFile {
            path: path.to_owned(),
            text: "text\n".to_owned(),
        };
        add(file, "links-sdk", command).text
    }

    #[test]
    fn header_is_a_comment_of_the_file_type() {
        assert_eq!(
            header("src/generated/links.rs", "cargo xtask regen"),
            "// @generated for `links-sdk` by `cargo xtask regen` from the OpenAPI document. Do not edit.\n\ntext\n"
        );
        for (path, sign) in [("docs/links.md", "<!-- @"), ("Cargo.toml", "# @")] {
            let text = header(path, "run");
            assert!(text.starts_with(sign), "{text}");
            assert!(is_present(&text));
            assert_eq!(command(&text), Some("run"));
        }
        assert!(!is_present("// Written by hand.\n"));
        assert_eq!(command("// Written by hand.\n"), None);
    }

    #[test]
    fn command_cannot_end_the_comment() {
        let text = header("docs/links.md", "run --tag 'a\nb -->'");
        assert_eq!(
            text.lines().next().map(|line| line.matches("-->").count()),
            Some(1)
        );
        assert_eq!(text.lines().nth(1), Some(""));
    }
}
