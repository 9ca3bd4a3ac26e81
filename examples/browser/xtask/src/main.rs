//! Builds the page: `cargo run -p xtask` compiles the module, writes its glue and puts everything
//! into one HTML file, which needs nothing beside it.

use std::env;
use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
const NAME: &str = "digital_maturity_browser";

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("this package has a parent")?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);

    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.current_dir(root).args(["build", "--locked", "--release", "--lib", "--target", TARGET]);
    if !build.env("CARGO_TARGET_DIR", &target).status()?.success() {
        return Err(format!("the module was not built; is the target {TARGET} installed?").into());
    }

    // Not a module of JavaScript: browsers load none from disk.
    let compiled = target.join(TARGET).join("release").join(NAME).with_extension("wasm");
    let mut glue = Bindgen::new();
    glue.input_path(compiled).no_modules(true)?.typescript(false);
    glue.remove_name_section(true).remove_producers_section(true);
    let mut glue = glue.generate_output()?;
    let module = glue.wasm_mut().emit_wasm();

    // With the ends of lines that a browser sees, of which the hash is made.
    let read = |file: &str| {
        fs::read_to_string(root.join("page").join(file)).map(|text| text.replace("\r\n", "\n"))
    };
    let script = format!(
        "{}\nconst MODULE = \"{}\";\n{}\n{}",
        glue.js(),
        STANDARD.encode(&module),
        read("sentences.js")?,
        read("page.js")?
    );
    let page = read("index.html")?;
    let page = put(&page, "/* page.css */", &read("page.css")?)?;
    let page = put(&page, "HASH-OF-SCRIPT", &STANDARD.encode(Sha256::digest(&script)))?;
    if script.contains("</script") {
        return Err("the script would end too early".into());
    }
    let page = put(&page, "/* page.js */", &script)?;

    let written = target.join("digital-maturity.html");
    fs::write(&written, &page)?;
    fs::write(target.join(NAME).with_extension("wasm"), &module)?;
    let (module, page) = (module.len(), page.len());
    writeln!(io::stdout(), "{}: {page} bytes, its module {module}", written.display())?;
    Ok(())
}

/// The text with `part` in the one place that is kept for it.
fn put(text: &str, place: &str, part: &str) -> Result<String, String> {
    let (before, after) = text.split_once(place).ok_or_else(|| format!("no place `{place}`"))?;
    Ok([before, part, after].concat())
}
