//! Metrics as Prometheus reads them, in the text format of `OpenMetrics`.

use std::fmt;

use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, MetricEncoder, NoLabelSet, text::encode},
    metrics::MetricType,
    registry::Registry,
};

use super::histogram::Seen;

/// The media type of [`text`].
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What the values of a metric are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Only grows; its name gets the suffix `_total`.
    Counter,
    Gauge,
    Histogram,
}

/// A metric with its values, read at one moment.
#[derive(Debug, Clone)]
pub struct Family {
    name: String,
    kind: Kind,
    help: String,
    samples: Vec<Sample>,
}

#[derive(Debug, Clone)]
struct Sample {
    labels: Vec<(&'static str, String)>,
    value: Value,
}

#[derive(Debug, Clone)]
enum Value {
    Count(u64),
    Number(f64),
    Seen(Seen),
}

impl Family {
    #[must_use]
    pub fn new(name: &str, kind: Kind, help: &str) -> Self {
        Self { name: name.to_owned(), kind, help: help.to_owned(), samples: Vec::new() }
    }

    /// A metric with one value and without labels.
    #[must_use]
    pub fn one(name: &str, kind: Kind, help: &str, value: f64) -> Self {
        let mut family = Self::new(name, kind, help);
        family.number(&[], value);
        family
    }

    pub fn count(&mut self, labels: &[(&'static str, &str)], count: u64) {
        self.add(labels, Value::Count(count));
    }

    pub fn number(&mut self, labels: &[(&'static str, &str)], number: f64) {
        self.add(labels, Value::Number(number));
    }

    pub(super) fn observed(&mut self, labels: &[(&'static str, &str)], seen: Seen) {
        self.add(labels, Value::Seen(seen));
    }

    fn add(&mut self, labels: &[(&'static str, &str)], value: Value) {
        let labels = labels.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        self.samples.push(Sample { labels, value });
    }

    fn encode(&self, encoder: &mut DescriptorEncoder<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Counter => MetricType::Counter,
            Kind::Gauge => MetricType::Gauge,
            Kind::Histogram => MetricType::Histogram,
        };
        let mut metric = encoder.encode_descriptor(&self.name, &self.help, None, kind)?;
        for sample in &self.samples {
            if sample.labels.is_empty() {
                sample.value.encode(self.kind, &mut metric)?;
            } else {
                let labels = sample.labels.as_slice();
                sample.value.encode(self.kind, &mut metric.encode_family(&labels)?)?;
            }
        }
        Ok(())
    }
}

impl Value {
    fn encode(&self, kind: Kind, to: &mut MetricEncoder<'_>) -> fmt::Result {
        match self {
            Self::Count(count) if kind == Kind::Counter => {
                to.encode_counter::<NoLabelSet, _, u64>(count, None)
            }
            Self::Number(number) if kind == Kind::Counter => {
                to.encode_counter::<NoLabelSet, _, u64>(number, None)
            }
            Self::Count(count) => to.encode_gauge(count),
            Self::Number(number) => to.encode_gauge(number),
            Self::Seen(Seen { buckets, seconds, count }) => {
                to.encode_histogram::<NoLabelSet>(*seconds, *count, buckets, None)
            }
        }
    }
}

/// All metrics of a page.
#[derive(Debug)]
struct Page(Vec<Family>);

impl Collector for Page {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|family| family.encode(&mut encoder))
    }
}

/// The text that Prometheus reads.
pub fn text(families: Vec<Family>) -> Result<String, fmt::Error> {
    let mut registry = Registry::default();
    registry.register_collector(Box::new(Page(families)));
    let mut text = String::new();
    encode(&mut text, &registry)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{Family, Kind, text};

    #[test]
    fn a_page_has_each_metric_with_its_values_and_an_end() {
        let mut counter = Family::new("things", Kind::Counter, "Things.");
        counter.count(&[("kind", "a\"b")], 3);
        let gauge = Family::one("age_seconds", Kind::Gauge, "Age.", 1.5);
        insta::assert_snapshot!(text(vec![counter, gauge]).unwrap(), @r##"
        # HELP things Things.
        # TYPE things counter
        things_total{kind="a\"b"} 3
        # HELP age_seconds Age.
        # TYPE age_seconds gauge
        age_seconds 1.5
        # EOF
        "##);
    }
}
