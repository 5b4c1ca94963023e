//! JSON pointers to the schema or other object that is being lowered. They allocate only when they
//! are formatted.

use std::fmt;

/// A JSON pointer (RFC 6901): its last token, and the pointer to the parent.
#[derive(Clone, Copy, Debug)]
pub struct Pointer<'a> {
    parent: Option<&'a Pointer<'a>>,
    /// One unescaped token. If there is no parent, a whole pointer, whose tokens are escaped.
    token: &'a str,
}

impl<'a> Pointer<'a> {
    /// Creates a pointer without a parent from a string, such as the target of a reference. The
    /// tokens in the string must be escaped.
    pub fn start(pointer: &'a str) -> Self {
        Self {
            parent: None,
            token: pointer,
        }
    }

    /// Returns the pointer with one more token.
    pub fn child(&'a self, token: &'a str) -> Pointer<'a> {
        Pointer {
            parent: Some(self),
            token,
        }
    }
}

impl fmt::Display for Pointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(parent) = self.parent else {
            return f.write_str(self.token);
        };
        parent.fmt(f)?;
        f.write_str("/")?;
        for character in self.token.chars() {
            match character {
                '~' => f.write_str("~0")?,
                '/' => f.write_str("~1")?,
                other => write!(f, "{other}")?,
            }
        }
        Ok(())
    }
}

impl From<Pointer<'_>> for String {
    fn from(at: Pointer<'_>) -> Self {
        at.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn tokens_are_escaped() {
        let paths = Pointer::start("/paths");
        let path = paths.child("/a~b/{id}");
        assert_eq!(path.child("get").to_string(), "/paths/~1a~0b~1{id}/get");
    }
}
