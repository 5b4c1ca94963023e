//! The processor time of finished child processes. Other load on the machine hardly affects it.

use std::time::Duration;

/// The ticks in a second of the times in `/proc`, which is the same on all Linux machines.
const TICKS: u64 = 100;

/// Returns the processor time of all child processes that have ended so far, with their own
/// children. `None` if the operating system has no `/proc`.
pub fn time_of_children() -> Option<Duration> {
    parse(&std::fs::read_to_string("/proc/self/stat").ok()?)
}

/// Parses the times of waited-for children, in user and in system mode.
fn parse(stat: &str) -> Option<Duration> {
    // The name of the program, in parentheses, can contain spaces.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_ascii_whitespace().skip(13);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    let ticks = ticks()? + ticks()?;
    Some(Duration::from_millis(ticks * 1000 / TICKS))
}

#[cfg(test)]
mod tests {
    use super::parse;
    use std::time::Duration;

    #[test]
    fn parses_times_of_children() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194304 1 2 3 4 11 12 250 50 20 0 1 0 99 0 0";
        assert_eq!(parse(stat), Some(Duration::from_secs(3)));
        assert_eq!(parse("7 (a) S 1"), None);
    }
}
