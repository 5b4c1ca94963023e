//! Words of names in a document: `listCustomers`, `list-customers` and `ListCustomers` are the words
//! `list` and `customers`.

use heck::ToSnakeCase;

/// The properties that hold the items of a response, whatever the items are.
const ENVELOPES: [&str; 17] = [
    "content", "contents", "data", "docs", "edges", "elements", "entries", "hits", "items", "list",
    "nodes", "objects", "payload", "records", "result", "results", "rows",
];

/// Names whose capitals do not begin words, and the plurals of acronyms.
const SPELLINGS: [(&str, &str); 17] = [
    ("APIs", "Apis"),
    ("GitHub", "Github"),
    ("GitLab", "Gitlab"),
    ("GraphQL", "Graphql"),
    ("IDs", "Ids"),
    ("IPs", "Ips"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("LinkedIn", "Linkedin"),
    ("M2M", "M2m"),
    ("OAuth", "Oauth"),
    ("PayPal", "Paypal"),
    ("URIs", "Uris"),
    ("URLs", "Urls"),
    ("YouTube", "Youtube"),
    ("iOS", "Ios"),
    ("macOS", "Macos"),
];

/// Returns a name with the capitals of well-known names and of plurals of acronyms only where words
/// begin: `RedirectUrls` for `RedirectURLs`.
pub fn respell(name: &str) -> std::borrow::Cow<'_, str> {
    let mut name = std::borrow::Cow::Borrowed(name);
    for (spelling, words) in SPELLINGS {
        let mut start = 0;
        while let Some(found) = name.get(start..).and_then(|rest| rest.find(spelling)) {
            let (from, to) = (start + found, start + found + spelling.len());
            let before = name.get(..from).and_then(|text| text.chars().next_back());
            let after = name.get(to..).and_then(|text| text.chars().next());
            let is_capital = spelling.starts_with(char::is_uppercase);
            let begins = !before.is_some_and(|before| match is_capital {
                true => before.is_uppercase(),
                false => before.is_alphabetic(),
            });
            let ends = !after.is_some_and(char::is_lowercase);
            if begins && ends {
                name.to_mut().replace_range(from..to, words);
            }
            start = to;
        }
    }
    name
}

/// Splits a name into its words, in lower case.
pub fn split(name: &str) -> Vec<String> {
    let is_word_char = |c: char| c.is_alphanumeric();
    let spaced: String = respell(name)
        .chars()
        .map(|c| if is_word_char(c) { c } else { ' ' })
        .collect();
    let words = spaced.to_snake_case();
    let words = words.split('_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Returns the words of a name as one, in the singular: equal for `Customers` and `customer`.
pub fn joined_singular(name: &str) -> String {
    singular(&split(name).join("_"))
}

/// Returns the words of a component's name without the suffixes that a tool added: `LinkTag` for
/// `LinkTagSchemaOutput`, `User` for `UserDto`, `Item` for `Item-Output`, `PageResponse` for
/// `PageResponseResponse`.
pub fn without_tool_suffixes(name: &str) -> Vec<String> {
    let mut words = split(name);
    let has_direction = name.ends_with("-Input") || name.ends_with("-Output");
    while let [rest @ .., before, last] = words.as_slice() {
        let is_direction = matches!(last.as_str(), "input" | "output");
        let is_suffix = match last.as_str() {
            "schema" | "dto" => true,
            "response" => before == "response",
            _ => is_direction && (has_direction || before == "schema" || before == "dto"),
        };
        if !is_suffix {
            break;
        }
        let length = rest.len() + 1;
        words.truncate(length);
    }
    words
}

/// Returns true if a property holds the items of a response, such as `data`.
pub fn is_envelope(property: &str) -> bool {
    ENVELOPES.contains(&property.to_lowercase().as_str())
}

/// Returns the singular of an English plural, by the rules needed for tags and arrays.
pub fn singular(plural: &str) -> String {
    let lower = plural.to_lowercase();
    let cut = |count: usize, ending: &str| {
        let stem = plural
            .get(..plural.len().saturating_sub(count))
            .unwrap_or(plural);
        format!("{stem}{ending}")
    };
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    if ends(&["menus"]) {
        cut(1, "")
    } else if lower.len() < 4 || ends(&["ss", "us", "is", "ics", "news", "series", "sms", "always"])
    {
        plural.to_owned()
    } else if ends(&[
        "calves", "halves", "leaves", "loaves", "shelves", "thieves", "wolves",
    ]) {
        cut(3, "f")
    } else if ends(&["knives", "wives"]) {
        cut(3, "fe")
    } else if ends(&["movies", "cookies"]) {
        cut(1, "")
    } else if ends(&["indices", "vertices", "matrices"]) {
        cut(4, if ends(&["matrices"]) { "rix" } else { "ex" })
    } else if ends(&["people"]) {
        cut(5, "erson")
    } else if ends(&["ies"]) {
        cut(3, "y")
    } else if ends(&["sses", "xes", "ches", "shes", "zes", "uses", "iases"])
        && !ends(&[
            "axes", "causes", "houses", "sizes", "clauses", "caches", "prizes",
        ])
    {
        cut(2, "")
    } else if ends(&["s"]) {
        cut(1, "")
    } else {
        plural.to_owned()
    }
}

/// Returns true if two words are the same but for their number.
pub fn is_same(one: &str, other: &str) -> bool {
    one == other || singular(one) == singular(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_names_of_every_style() {
        for name in [
            "listQRCodes",
            "list_qr_codes",
            "List-QR-Codes",
            "list.qr/codes",
            " listQrCodes",
        ] {
            assert_eq!(split(name), ["list", "qr", "codes"], "{name}");
        }
    }

    #[test]
    fn converts_plurals_to_singular() {
        let pairs = [
            ("Customers", "Customer"),
            ("Bounties", "Bounty"),
            ("Addresses", "Address"),
            ("Status", "Status"),
            ("Analytics", "Analytics"),
            ("Boxes", "Box"),
            ("Statuses", "Status"),
            ("Aliases", "Alias"),
            ("Databases", "Database"),
            ("Sizes", "Size"),
            ("Indices", "Index"),
            ("People", "Person"),
            ("Shelves", "Shelf"),
            ("Archives", "Archive"),
            ("Track", "Track"),
        ];
        for (plural, expected) in pairs {
            assert_eq!(singular(plural), expected);
        }
    }
}
