//! Serves at `MATURITY_ADDRESS` (127.0.0.1:8080 unless told otherwise) from the SQLite database
//! `MATURITY_DATABASE` (in memory unless told otherwise).

use std::env;
use std::sync::Arc;

use maturity_web::{Store, app};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let address = env::var("MATURITY_ADDRESS").unwrap_or_else(|_| "127.0.0.1:8080".to_owned());
    let database = env::var("MATURITY_DATABASE").ok();
    let store = Store::open(database.as_deref()).map_err(|fault| fault.1)?;
    let listener = tokio::net::TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    let stopped = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    axum::serve(listener, app(Arc::new(store))).with_graceful_shutdown(stopped).await?;
    Ok(())
}
