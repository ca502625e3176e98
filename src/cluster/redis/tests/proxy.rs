use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

/// A proxy between a replica and Redis that fails on demand.
pub(super) struct Proxy {
    address: SocketAddr,
    faults: Arc<Faults>,
}

#[derive(Default)]
struct Faults {
    closed: AtomicBool,
    mute: AtomicBool,
    open: Mutex<Vec<TcpStream>>,
}

impl Proxy {
    pub(super) fn to(url: &str) -> Self {
        let target: String = url.trim_start_matches("redis://").trim_end_matches('/').into();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let faults = Arc::<Faults>::default();
        let shared = Arc::clone(&faults);
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                if !shared.closed.load(Ordering::SeqCst) {
                    let server = TcpStream::connect(&target).unwrap();
                    let streams = [client.try_clone().unwrap(), server.try_clone().unwrap()];
                    shared.open.lock().unwrap().extend(streams);
                    shared.copy(client.try_clone().unwrap(), server.try_clone().unwrap());
                    shared.copy(server, client);
                }
            }
        });
        Self { address, faults }
    }

    pub(super) fn url(&self) -> String {
        format!("redis://{}/", self.address)
    }

    /// Closes all connections and accepts no new ones.
    pub(super) fn hang_up(&self) {
        self.faults.closed.store(true, Ordering::SeqCst);
        for stream in self.faults.open.lock().unwrap().drain(..) {
            stream.shutdown(Shutdown::Both).ok();
        }
    }

    /// Keeps connections open but forwards nothing.
    pub(super) fn swallow(&self) {
        self.faults.mute.store(true, Ordering::SeqCst);
    }

    pub(super) fn resume(&self) {
        self.faults.closed.store(false, Ordering::SeqCst);
        self.faults.mute.store(false, Ordering::SeqCst);
    }
}

impl Faults {
    fn copy(self: &Arc<Self>, mut from: TcpStream, mut to: TcpStream) {
        let faults = Arc::clone(self);
        std::thread::spawn(move || {
            let mut buffer = [0; 4_096];
            while let Ok(length @ 1..) = from.read(&mut buffer) {
                if !faults.mute.load(Ordering::SeqCst) && to.write_all(&buffer[..length]).is_err() {
                    break;
                }
            }
            to.shutdown(Shutdown::Both).ok();
        });
    }
}
