//! Makes `web/dist` exist, so that the gateway also builds where the web pages were not built.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=web/dist");
    std::fs::create_dir_all("web/dist")
}
