//! One file per table: its shape. Its enums are those of the schema too, so their comments are
//! descriptions for clients.

pub mod api_key;
pub mod api_key_request;
pub mod api_key_usage;
pub mod application;
pub mod audit_event;
pub mod daily_count;
pub mod follower;
pub mod job;
pub mod job_event;
pub mod job_text;
pub mod job_type;
pub mod mail_token;
pub mod notice;
pub mod notice_preference;
pub mod outbox;
pub mod pending_event;
pub mod recovery_code;
pub mod refresh_token;
pub mod review;
pub mod review_report;
pub mod session;
pub mod signing_key;
pub mod user;
