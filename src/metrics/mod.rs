//! Numbers that the process counts about itself. Counting takes no lock and makes no text, except at the first time
//! of a name; docs/adr/0013 says why.

mod family;
mod histogram;
mod names;
pub mod process;
mod traffic;

pub use self::{
    family::{CONTENT_TYPE, Family, Kind, text},
    histogram::Histogram,
    names::Names,
    traffic::{Ending, Traffic},
};
