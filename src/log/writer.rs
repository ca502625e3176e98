//! Writes log lines on a thread of its own: logging never blocks and never fails.

use std::{
    fs::File,
    io::{self, Write},
    os::fd::AsFd,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Duration,
};

use tracing_subscriber::fmt::MakeWriter;

/// Bytes of lines that may wait to be written; further lines are dropped.
const MOST_WAITING: usize = 4 << 20;
const FLUSH_TIME: Duration = Duration::from_secs(1);

/// Accepts lines; cheap to clone.
#[derive(Clone)]
pub(super) struct Lines {
    queue: Sender<Message>,
    counts: Arc<Counts>,
}

#[derive(Default)]
struct Counts {
    /// Bytes of the waiting lines.
    waiting: AtomicUsize,
    /// Dropped lines that were not reported yet.
    lost: AtomicU64,
    /// Dropped lines since the start.
    dropped: AtomicU64,
}

enum Message {
    Line(Vec<u8>),
    /// Answered when all earlier lines are written.
    Flush(Sender<()>),
}

impl Lines {
    /// Bypasses `std::io::stderr`, whose lock would be held as long as a write blocks.
    pub(super) fn to_stderr() -> Self {
        let copy = io::stderr().as_fd().try_clone_to_owned();
        Self::to(copy.map(File::from))
    }

    fn to(out: io::Result<impl Write + Send + 'static>) -> Self {
        let (queue, messages) = mpsc::channel();
        let counts = Arc::new(Counts::default());
        let lines = Self { queue, counts: counts.clone() };
        // Without an output or a thread, all lines are dropped.
        if let Ok(out) = out {
            let thread = thread::Builder::new().name("log".into());
            thread.spawn(move || write(&messages, &counts, out)).ok();
        }
        lines
    }

    pub(super) fn send(&self, line: Vec<u8>) {
        let length = line.len();
        let waiting = self.counts.waiting.fetch_add(length, Ordering::Relaxed) + length;
        if waiting > MOST_WAITING || self.queue.send(Message::Line(line)).is_err() {
            self.counts.waiting.fetch_sub(length, Ordering::Relaxed);
            self.counts.lose();
        }
    }

    /// How many lines were dropped since the start.
    pub(super) fn dropped(&self) -> u64 {
        self.counts.dropped.load(Ordering::Relaxed)
    }

    pub(super) fn flush(&self) {
        let (answer, answered) = mpsc::channel();
        if self.queue.send(Message::Flush(answer)).is_ok() {
            answered.recv_timeout(FLUSH_TIME).ok();
        }
    }
}

impl Counts {
    fn lose(&self) {
        self.lost.fetch_add(1, Ordering::Relaxed);
        self.dropped.fetch_add(1, Ordering::Relaxed);
    }
}

fn write(messages: &Receiver<Message>, counts: &Counts, mut out: impl Write) {
    for message in messages {
        match message {
            Message::Flush(answer) => {
                answer.send(()).ok();
            }
            Message::Line(line) => {
                counts.waiting.fetch_sub(line.len(), Ordering::Relaxed);
                if out.write_all(&line).and_then(|()| out.flush()).is_err() {
                    counts.lose();
                    continue;
                }
                match counts.lost.swap(0, Ordering::Relaxed) {
                    0 => {}
                    lost => tracing::warn!(lost, "log lines dropped"),
                }
            }
        }
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Write for Lines {
    /// Accepts a whole line: each write is one.
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.send(line.to_vec());
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io::{self, Read, Write},
        sync::{Arc, mpsc},
    };

    use super::{Lines, MOST_WAITING, Message, Ordering, write};

    /// Fails like a full disk until the test says otherwise.
    struct Disk(mpsc::Receiver<()>, io::PipeWriter);

    impl Write for Disk {
        fn write(&mut self, line: &[u8]) -> io::Result<usize> {
            if self.0.try_recv() == Err(mpsc::TryRecvError::Empty) {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.1.write(line)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn f02_what_cannot_be_written_is_counted_and_what_comes_later_is_written() {
        let (mut reader, pipe) = io::pipe().unwrap();
        let (room, full) = mpsc::channel();
        let lines = Lines::to(Ok(Disk(full, pipe)));
        lines.send(b"one\n".to_vec());
        lines.send(b"two\n".to_vec());
        lines.flush();
        assert_eq!(lines.counts.lost.load(Ordering::Relaxed), 2);
        drop(room);
        lines.send(b"three\n".to_vec());
        lines.flush();
        assert_eq!(lines.counts.lost.load(Ordering::Relaxed), 0, "told");
        assert_eq!(lines.dropped(), 2, "still counted");
        drop(lines);
        let mut written = String::new();
        reader.read_to_string(&mut written).unwrap();
        assert_eq!(written, "three\n");
    }

    #[test]
    fn how_many_lines_were_dropped_is_told_once_there_is_room() {
        let (queue, messages) = mpsc::channel();
        let lines = Lines { queue, counts: Arc::default() };
        for _ in 0..5 {
            lines.send(vec![b'x'; MOST_WAITING / 4]);
        }
        let (told, unread) = mpsc::channel();
        let (counts, subscriber) =
            (lines.counts.clone(), Lines { queue: told, counts: Arc::default() });
        let Lines { queue, .. } = lines;
        drop(queue);
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(subscriber).finish();
        tracing::subscriber::with_default(log, || write(&messages, &counts, io::sink()));
        let Ok(Message::Line(line)) = unread.recv() else { panic!("nothing was told") };
        let line = String::from_utf8(line).unwrap();
        assert!(line.contains("WARN") && line.ends_with("log lines dropped lost=1\n"), "{line}");
    }

    #[test]
    fn f02_a_reader_that_stands_still_holds_nobody_up_and_little_memory() {
        let (mut reader, pipe) = io::pipe().unwrap();
        let lines = Lines::to(Ok(pipe));
        let line = vec![b'x'; 1 << 16];
        for _ in 0..200 {
            lines.send(line.clone());
        }
        assert!(lines.counts.waiting.load(Ordering::Relaxed) <= MOST_WAITING);
        assert!(lines.counts.lost.load(Ordering::Relaxed) > 100);
        drop(lines);
        let mut written = Vec::new();
        reader.read_to_end(&mut written).unwrap();
        assert!(written.len() <= MOST_WAITING + 2 * line.len(), "{}", written.len());
    }
}
