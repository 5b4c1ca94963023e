//! Finds the word that was meant by one that does not exist.

/// Longer words are names that were made, not typed; comparing them costs more than it helps.
const MAX_LENGTH: usize = 40;
/// So many candidates of about the right length are compared.
const MAX_CANDIDATES: usize = 500;

/// The candidate that is a slip of the hand away: the nearest, and of equally near ones the first.
pub(super) fn nearest<'c>(
    word: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<&'c str> {
    let word = simplified(word);
    let allowed = match word.len() {
        0..=2 => return None,
        3..=4 => 1,
        5..=8 => 2,
        9..=MAX_LENGTH => 3,
        _ => return None,
    };
    let near = candidates.filter(|candidate| candidate.len().abs_diff(word.len()) <= 2 * allowed);
    let measured = near
        .take(MAX_CANDIDATES)
        .map(|candidate| (distance(&word, &simplified(candidate)), candidate));
    measured
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, near)| near)
}

/// Case and the ways to join words are told apart by nobody who looks for a typing error: `min_items` is `minItems`.
fn simplified(word: &str) -> Vec<char> {
    word.chars()
        .filter(|char| !matches!(char, '_' | '-' | ' ' | '$'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// How many insertions, deletions, replacements and swaps of neighbours lie between two words.
fn distance(one: &[char], other: &[char]) -> usize {
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX / 2);
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let replaced = at(&row, j) + usize::from(a != b);
            let mut best = replaced.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped =
                i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(word: &str) -> Option<&'static str> {
        nearest(
            word,
            [
                "required",
                "readOnly",
                "properties",
                "items",
                "minItems",
                "not",
                "in",
                "$ref",
            ]
            .into_iter(),
        )
    }

    #[test]
    fn slips_are_recognised() {
        assert_eq!(meant("requred"), Some("required"));
        assert_eq!(meant("propertes"), Some("properties"));
        assert_eq!(meant("readonly"), Some("readOnly"));
        assert_eq!(meant("min_items"), Some("minItems"));
        assert_eq!(meant("itmes"), Some("items"));
        assert_eq!(meant("ref"), Some("$ref"));
    }

    #[test]
    fn other_words_are_left_alone() {
        for word in [
            "",
            "no",
            "optional",
            "const",
            "prefixItems",
            "examples",
            "is",
        ] {
            assert_eq!(meant(word), None, "{word}");
        }
    }

    #[test]
    fn long_names_cost_nothing() {
        let long = "x".repeat(100_000);
        assert_eq!(
            nearest(&long, std::iter::repeat_n(long.as_str(), 1000)),
            None
        );
    }

    #[test]
    fn swaps_count_once() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        assert_eq!(distance(&letters("abcd"), &letters("abdc")), 1);
        assert_eq!(distance(&letters("abc"), &letters("")), 3);
    }
}
