//! A small seeded generator of random numbers.

pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number below `end` (SplitMix64).
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((bits ^ (bits >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }

    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// Returns a token of 16 to 64 visible ASCII characters, with many or few special ones.
    pub fn token(&mut self) -> String {
        const SPECIAL: &[u8] = b"\"\\%&;/+<>'#=u25x";
        let length = 16 + self.below(49);
        let is_special = self.below(2) == 0;
        let byte = |random: &mut Self| match is_special && random.below(3) == 0 {
            true => SPECIAL[random.below(SPECIAL.len())],
            false => b'!' + u8::try_from(random.below(94)).unwrap(),
        };
        (0..length).map(|_| char::from(byte(self))).collect()
    }
}
