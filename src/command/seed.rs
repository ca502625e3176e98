//! Adds realistic data and shows progress.

use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    cli::Seed,
    domain::Services,
    error::{Error, Result},
    log, seed,
};

/// Creates accounts and jobs and prints how to sign in.
pub async fn run(services: &Services, Seed { jobs, users }: Seed) -> Result<()> {
    let mut progress = Progress::new("accounts", users)?;
    let people = seed::people(services, users, |done| progress.at(done)).await?;
    let mut progress = Progress::new("jobs", jobs)?;
    let applications = seed::jobs(services, &people, jobs, |done| progress.at(done)).await?;
    seed::analyze(services).await?;
    super::print(&summary(jobs, users, people.new, applications))
}

fn summary(jobs: u32, users: u32, new: usize, applications: usize) -> String {
    let kept = match usize::try_from(users).unwrap_or(usize::MAX) - new {
        0 => String::new(),
        known => format!("{known} of the accounts existed and were left as they are.\n"),
    };
    let (first, last, password) = (seed::email(1), seed::email(users), seed::PASSWORD);
    format!(
        "{new} accounts, {jobs} jobs and {applications} applications added.\n{kept}\
         Sign in as {first} to {last}, password {password}.\n"
    )
}

/// A progress bar on a terminal, else a line per tenth.
struct Progress {
    name: &'static str,
    total: u64,
    bar: ProgressBar,
    told: u64,
}

impl Progress {
    fn new(name: &'static str, total: u32) -> Result<Self> {
        let total = u64::from(total);
        let style =
            ProgressStyle::with_template("{msg:>8} {wide_bar} {human_pos}/{human_len} {eta}");
        let bar = ProgressBar::new(total).with_style(style.map_err(Error::internal)?);
        Ok(Self { name, total, bar: bar.with_message(name), told: 0 })
    }

    fn at(&mut self, done: usize) {
        let done = u64::try_from(done).unwrap_or(u64::MAX);
        self.bar.set_position(done);
        let tenths = done * 10 / self.total;
        if self.bar.is_hidden() && tenths > self.told {
            log::say(&format!("{}: {done} of {}", self.name, self.total));
            self.told = tenths;
        }
        if done == self.total {
            self.bar.finish();
        }
    }
}
