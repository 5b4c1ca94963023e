//! Path templates.

use super::encoded::decoded;

/// Returns the values of the placeholders in a path, or `None` if it does not match the template.
pub fn path_values(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let mut values = Vec::new();
    let mut rest = path;
    let encoded = encoded(template);
    let mut template = encoded.as_str();
    while let Some((literal, after)) = template.split_once('{') {
        rest = rest.strip_prefix(literal)?;
        let (name, after) = after.split_once('}')?;
        let end = match after.chars().next() {
            None => rest.len(),
            // The last occurrence within the segment: values may contain the character.
            Some('/') => rest.find('/')?,
            Some(_) => {
                let literal = after.split('{').next().unwrap_or(after);
                let literal = literal.split('/').next().unwrap_or(literal);
                let segment = rest.split('/').next().unwrap_or(rest);
                segment.rfind(literal)?
            }
        };
        let value = rest.get(..end)?;
        if value.is_empty() || value.contains('/') {
            return None;
        }
        values.push((decoded(name), value.to_owned()));
        rest = rest.get(end..)?;
        template = after;
    }
    (rest == template).then_some(values)
}

/// Encodes the characters that a path cannot contain.
fn encoded(template: &str) -> String {
    let mut text = String::new();
    for byte in template.bytes() {
        match byte {
            b'!'..=b'~' => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// Returns the number of characters of a template outside its placeholders.
pub fn literals(template: &str) -> usize {
    let mut depth = 0_usize;
    let is_literal = |character: char| {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    template
        .chars()
        .map(is_literal)
        .filter(|is_literal| *is_literal)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_match_their_template() {
        let values = |template: &str, path: &str| {
            path_values(template, path).map(|values| {
                values
                    .into_iter()
                    .map(|(_, value)| value)
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(values("/a/{b}", "/a/1"), Some(vec!["1".to_owned()]));
        assert_eq!(values("/a/{b}/c", "/a/1/c"), Some(vec!["1".to_owned()]));
        assert_eq!(
            values("/a/{b}.{c}", "/a/1.2.3").map(|values| values.len()),
            Some(2)
        );
        assert_eq!(values("/a/{b}", "/a/"), None);
        assert_eq!(values("/a/{b}", "/a/1/2"), None);
        assert_eq!(values("/a", "/b"), None);
        assert!(literals("/a/mine") > literals("/a/{id}"));
    }
}
