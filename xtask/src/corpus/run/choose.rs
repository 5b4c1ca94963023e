//! The choice of operations for a sample.

use std::collections::HashSet;

/// A generator of numbers that only depend on the seed (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Sorts a list at random.
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let other = usize::try_from(self.next() % (end as u64 + 1)).unwrap_or_default();
            items.swap(end, other);
        }
    }
}

/// Chooses operations: one of each document, then another one of each, until there are enough.
/// Takes and returns the locations of operations, for each document.
pub fn choose(documents: Vec<Vec<String>>, wanted: usize, seed: u64) -> Vec<HashSet<String>> {
    let mut random = Random::new(seed);
    let mut chosen = vec![HashSet::new(); documents.len()];
    let mut order: Vec<(usize, Vec<String>)> = documents.into_iter().enumerate().collect();
    random.shuffle(&mut order);
    for (_, operations) in &mut order {
        random.shuffle(operations);
    }
    let mut left = wanted;
    while left > 0 && order.iter().any(|(_, operations)| !operations.is_empty()) {
        for (document, operations) in &mut order {
            if left > 0
                && let Some(operation) = operations.pop()
                && let Some(chosen) = chosen.get_mut(*document)
            {
                chosen.insert(operation);
                left -= 1;
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(wanted: usize, seed: u64) -> (Vec<usize>, Vec<HashSet<String>>) {
        let operations = |count: usize| {
            (0..count)
                .map(|index| index.to_string())
                .collect::<Vec<_>>()
        };
        let chosen = choose(
            vec![operations(9), operations(1), operations(4)],
            wanted,
            seed,
        );
        (chosen.iter().map(HashSet::len).collect(), chosen)
    }

    #[test]
    fn sample_is_spread_over_the_documents() {
        assert_eq!(sizes(3, 1).0, [1, 1, 1]);
        assert_eq!(sizes(5, 1).0, [2, 1, 2]);
        assert_eq!(sizes(99, 1).0, [9, 1, 4]);
        assert_eq!(sizes(5, 7), sizes(5, 7));
        assert!((0..9).any(|seed| sizes(5, seed) != sizes(5, 7)));
    }
}
