//! Values that the server rejects because of how they begin.

use super::RequestParts;
use crate::runtime::encoding::percent_encoded;

impl RequestParts {
    /// Returns the problem of a query parameter whose value begins with a rejected prefix.
    pub(super) fn rejected_prefix(&self) -> Option<String> {
        let mut rejected = self.operation.rejected_prefixes.iter();
        let rejected = rejected.find(|rejected| {
            // Each byte is encoded on its own, so the encoded prefix is a prefix of the encoded
            // value.
            let prefix = percent_encoded(rejected.prefix);
            let (name, prefix) = (rejected.name, prefix.as_bytes());
            let value = self.query.get(name);
            value.is_some_and(|value| value.starts_with(prefix))
                || self.has_extra_value(name, prefix)
        })?;
        Some(format!(
            "`{}` must not begin with `{}`: {}",
            rejected.name, rejected.prefix, rejected.help
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::operation::{Operation, RejectedPrefix};

    static OPERATION: Operation = Operation {
        rejected_prefixes: &[RejectedPrefix {
            name: "after",
            prefix: "a/",
            help: "pass an id",
        }],
        ..Operation::DEFAULT
    };

    fn check(set: fn(&mut RequestParts)) -> Result<(), String> {
        let mut parts = RequestParts::new(&OPERATION);
        set(&mut parts);
        parts.check(None).map_err(|error| error.to_string())
    }

    #[test]
    fn rejects_values_of_setters_and_extra_values() {
        let message = "`after` must not begin with `a/`: pass an id";
        let rejected: [fn(&mut RequestParts); 3] = [
            |parts| parts.query("after", &"a/1"),
            |parts| parts.extra_query("after", "a/"),
            |parts| {
                parts.extra_query("after", "1");
                parts.extra_query("after", "a/2");
            },
        ];
        for set in rejected {
            assert_eq!(check(set), Err(message.to_owned()));
        }
        let accepted: [fn(&mut RequestParts); 4] = [
            |parts| parts.query("after", &"a"),
            |parts| parts.query("after", &"ba/1"),
            |parts| parts.query("after", &"A/1"),
            |parts| parts.query("before", &"a/1"),
        ];
        for set in accepted {
            assert_eq!(check(set), Ok(()));
        }
    }
}
