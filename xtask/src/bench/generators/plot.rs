//! Plots of the measured values against the size of the document, as SVG. Both axes are logarithmic.

use super::report::{Results, Run};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
/// The margins around the axes. The names of the lines are on the right.
const LEFT: f64 = 70.0;
const RIGHT: f64 = 150.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 50.0;

/// The colours of the lines, which people with any colour vision can tell apart (Okabe and Ito).
const COLOURS: [&str; 6] = [
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9",
];

/// A plot: its file, its title, the label of the vertical axis, and the value of a run.
type Plot = (
    &'static str,
    &'static str,
    &'static str,
    fn(&Run) -> Option<f64>,
);

const PLOTS: [Plot; 2] = [
    (
        "bench-time.svg",
        "Processor time of a generator run",
        "ms",
        |run| Some(run.processor.unwrap_or(run.time).as_secs_f64() * 1000.0),
    ),
    (
        "bench-memory.svg",
        "Peak memory of a generator run",
        "MiB",
        |run| Some(f64::from(u32::try_from(run.peak?).ok()?) / 1024.0),
    ),
];

/// A line of a plot: the points of a generator, by the size of the document in KiB.
type Line = Vec<(f64, f64)>;

/// Writes the plots to a directory.
pub fn write(directory: &Path, results: &[Results]) -> std::io::Result<()> {
    std::fs::create_dir_all(directory)?;
    for (file, title, unit, value) in PLOTS {
        let svg = plot(title, unit, &lines(results, value));
        std::fs::write(directory.join(file), svg)?;
    }
    Ok(())
}

/// Returns the line of each generator that has a value.
fn lines(results: &[Results], value: fn(&Run) -> Option<f64>) -> Vec<(&'static str, Line)> {
    let mut lines: BTreeMap<usize, (&'static str, Line)> = BTreeMap::new();
    for result in results {
        let size = f64::from(u32::try_from(result.bytes).unwrap_or(u32::MAX)) / 1024.0;
        for (index, (name, run)) in result.runs.iter().enumerate() {
            let value = run.as_ref().ok().and_then(value);
            if let Some(value) = value.filter(|value| *value > 0.0 && size > 0.0) {
                let line = lines.entry(index).or_insert((name, Vec::new()));
                line.1.push((size, value));
            }
        }
    }
    let mut lines: Vec<_> = lines.into_values().collect();
    for (_, line) in &mut lines {
        line.sort_by(|left, right| left.0.total_cmp(&right.0));
    }
    lines
}

/// A logarithmic axis: its values from a power of ten to another, and its positions.
struct Axis {
    /// The exponents of the ends.
    from: i32,
    to: i32,
    start: f64,
    end: f64,
}

impl Axis {
    fn new(values: impl Iterator<Item = f64> + Clone, start: f64, end: f64) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let most = values.fold(f64::NEG_INFINITY, f64::max);
        let exponent = |value: f64| {
            if value.is_finite() {
                value.log10()
            } else {
                0.0
            }
        };
        #[expect(clippy::cast_possible_truncation, reason = "exponents are small")]
        let (from, to) = (exponent(least).floor() as i32, exponent(most).ceil() as i32);
        Self {
            from,
            to: to.max(from + 1),
            start,
            end,
        }
    }

    fn position(&self, value: f64) -> f64 {
        let share = (value.log10() - f64::from(self.from)) / f64::from(self.to - self.from);
        self.start + share * (self.end - self.start)
    }

    /// Returns the values with a label: the powers of ten.
    fn ticks(&self) -> impl Iterator<Item = f64> {
        (self.from..=self.to).map(|exponent| 10_f64.powi(exponent))
    }
}

/// Draws the lines.
fn plot(title: &str, unit: &str, lines: &[(&str, Line)]) -> String {
    let points = lines.iter().flat_map(|(_, line)| line.iter().copied());
    let x = Axis::new(points.clone().map(|(size, _)| size), LEFT, WIDTH - RIGHT);
    let y = Axis::new(points.map(|(_, value)| value), HEIGHT - BOTTOM, TOP);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"{LEFT}\" y=\"22\" font-size=\"15\">{title}</text>\n"
    );
    axes(&mut svg, &x, &y, unit);
    for ((_, line), colour) in lines.iter().zip(COLOURS.iter().cycle()) {
        let points = line.iter().map(|(size, value)| {
            let (x, y) = (x.position(*size), y.position(*value));
            format!("{x:.1},{y:.1}")
        });
        let points: Vec<_> = points.collect();
        // Writing to a string does not fail.
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            points.join(" ")
        );
        for (size, value) in line {
            let (x, y) = (x.position(*size), y.position(*value));
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>"
            );
        }
    }
    legend(&mut svg, lines, &y);
    svg += "</svg>\n";
    svg
}

/// Draws the axes, with a line of the grid and a label at each power of ten.
fn axes(svg: &mut String, x: &Axis, y: &Axis, unit: &str) {
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    for value in x.ticks() {
        let at = x.position(value);
        let _ = writeln!(
            svg,
            "<path d=\"M{at:.1} {TOP}V{bottom}\" stroke=\"#ddd\"/>\
             <text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{value}</text>",
            bottom + 18.0
        );
    }
    for value in y.ticks() {
        let at = y.position(value);
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"#ddd\"/>\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{value}</text>",
            LEFT - 8.0,
            at + 4.0
        );
    }
    let _ = writeln!(
        svg,
        "<path d=\"M{LEFT} {TOP}V{bottom}H{right}\" fill=\"none\" stroke=\"black\"/>\n\
         <text x=\"{}\" y=\"{}\" text-anchor=\"middle\">size of the document, KiB</text>\n\
         <text transform=\"translate(18 {}) rotate(-90)\" text-anchor=\"middle\">{unit}</text>",
        (LEFT + right) / 2.0,
        bottom + 38.0,
        (TOP + bottom) / 2.0
    );
}

/// Writes the name of each line next to its end, in the order of the ends, without overlaps.
fn legend(svg: &mut String, lines: &[(&str, Line)], y: &Axis) {
    let ends = lines.iter().zip(COLOURS.iter().cycle());
    let mut ends: Vec<_> = ends
        .filter_map(|((name, line), colour)| Some((y.position(line.last()?.1), name, colour)))
        .collect();
    ends.sort_by(|left, right| left.0.total_cmp(&right.0));
    let mut free = TOP;
    for (at, name, colour) in ends {
        let at = at.max(free);
        free = at + 16.0;
        let _ = writeln!(
            svg,
            "<text x=\"{}\" y=\"{:.1}\" fill=\"{colour}\">{name}</text>",
            WIDTH - RIGHT + 8.0,
            at + 4.0
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{Axis, plot};

    #[test]
    fn axis_ends_at_powers_of_ten() {
        let axis = Axis::new([41.0, 3900.0].into_iter(), 100.0, 400.0);
        assert!(axis.ticks().eq([10.0, 100.0, 1000.0, 10000.0]));
        assert!((axis.position(100.0) - 200.0).abs() < 1e-9);
        let single = Axis::new([10.0].into_iter(), 0.0, 1.0);
        assert!(single.ticks().eq([10.0, 100.0]));
        assert!(Axis::new([].into_iter(), 0.0, 1.0).ticks().eq([1.0, 10.0]));
    }

    #[test]
    fn plot_has_a_line_and_a_name_for_each_generator() {
        let lines = [
            ("ours", vec![(40.0, 10.0), (400.0, 50.0)]),
            ("theirs", vec![(40.0, 11.0)]),
        ];
        let svg = plot("Time", "ms", &lines);
        assert_eq!(svg.matches("<polyline").count(), 2);
        assert_eq!(svg.matches("<circle").count(), 3);
        for text in [
            ">ours</text>",
            ">theirs</text>",
            ">Time</text>",
            ">ms</text>",
            ">100</text>",
        ] {
            assert!(svg.contains(text), "{text}");
        }
    }
}
