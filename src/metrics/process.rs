//! What the process takes of its machine, from Linux's `/proc`; elsewhere nothing is told.

use std::fs;

use super::{Family, Kind};

/// Ticks of a second in `/proc/self/stat`: `USER_HZ`, the same on every Linux.
const TICKS: f64 = 100.0;

/// Memory, files and processor time, under the names that all exporters use; `started` is in seconds since 1970.
#[must_use]
pub fn families(started: f64) -> Vec<Family> {
    let gauge = |name: &str, help: &str, value: Option<f64>| {
        value.map(|value| Family::one(name, Kind::Gauge, help, value))
    };
    let cpu = cpu_seconds()
        .map(|value| Family::one("process_cpu_seconds", Kind::Counter, "Processor time.", value));
    let found = [
        cpu,
        gauge("process_resident_memory_bytes", "Resident memory.", resident_bytes()),
        gauge("process_open_fds", "Open file descriptors.", open_files()),
        gauge("process_max_fds", "Most file descriptors that may be open.", most_files()),
        gauge("process_start_time_seconds", "When it started, since 1970.", Some(started)),
    ];
    found.into_iter().flatten().collect()
}

/// User and system time. The second field is the name in brackets, which may hold anything.
fn cpu_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS)
}

fn resident_bytes() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<f64>().ok()? * 1_024.0)
}

fn open_files() -> Option<f64> {
    let files = fs::read_dir("/proc/self/fd").ok()?.count();
    u32::try_from(files).ok().map(f64::from)
}

fn most_files() -> Option<f64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}
