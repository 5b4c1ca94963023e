//! A set that keeps a fingerprint of each value instead of the value.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

/// A set of byte strings. It keeps 16 bytes of each value, regardless of its length.
///
/// A fingerprint consists of two 64-bit hashes with random keys, so a server cannot construct values
/// with the same fingerprint. The probability that two of 10^9 values have the same one by chance is
/// below 10^-20.
///
/// The hash table has 17 bytes per slot. It is between 7/16 and 7/8 full, so it takes 19 to 39 bytes
/// per value.
#[derive(Default)]
pub(super) struct FingerprintSet {
    hashers: [RandomState; 2],
    fingerprints: HashSet<u128>,
}

impl FingerprintSet {
    fn fingerprint(&self, value: &[u8]) -> u128 {
        let [first, second] = self.hashers.each_ref().map(|hasher| hasher.hash_one(value));
        (u128::from(first) << 64) | u128::from(second)
    }

    /// Adds a value. Returns false if the set already contains it.
    pub(super) fn insert(&mut self, value: &[u8]) -> bool {
        self.fingerprints.insert(self.fingerprint(value))
    }

    /// Returns true if the set contains the value.
    pub(super) fn contains(&self, value: &[u8]) -> bool {
        self.fingerprints.contains(&self.fingerprint(value))
    }
}

impl fmt::Debug for FingerprintSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FingerprintSet")
            .field("len", &self.fingerprints.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contains_inserted_values_only() {
        let mut set = FingerprintSet::default();
        for value in ["", "a", "b", "ab"] {
            assert!(!set.contains(value.as_bytes()));
            assert!(set.insert(value.as_bytes()));
            assert!(set.contains(value.as_bytes()) && !set.insert(value.as_bytes()));
        }
        assert!(!set.contains(b"ba"));
        assert_eq!(format!("{set:?}"), "FingerprintSet { len: 4, .. }");
    }

    #[test]
    fn both_hashes_have_their_own_key() {
        let set = FingerprintSet::default();
        let fingerprint = set.fingerprint(b"cus_1");
        assert_ne!(fingerprint >> 64, fingerprint & u128::from(u64::MAX));
        assert_ne!(fingerprint, FingerprintSet::default().fingerprint(b"cus_1"));
    }

    /// The documentation of streams states this amount.
    #[test]
    fn takes_at_most_40_bytes_per_value() {
        let mut set = FingerprintSet::default();
        for number in 0..100_000_u32 {
            set.insert(&number.to_le_bytes());
            let slots = (set.fingerprints.capacity() * 8).div_ceil(7);
            let bytes = slots.next_power_of_two() * (size_of::<u128>() + 1);
            assert!(
                number < 1000 || bytes <= 40 * (number as usize + 1),
                "{number}"
            );
        }
    }
}
