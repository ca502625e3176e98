//! Creates `web/dist` if it is missing, so that the gateway builds without the web pages.

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=web/dist");
    std::fs::create_dir_all("web/dist")
}
