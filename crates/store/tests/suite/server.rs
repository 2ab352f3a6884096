//! Databases on a PostgreSQL server, one a test, gone when the test is done.

use postgres::{Client, NoTls};
use std::sync::atomic::{AtomicU32, Ordering};

pub struct Database {
    server: String,
    name: String,
    pub url: String,
}

/// A new database, where there is a server.
pub fn database() -> Option<Database> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let server = std::env::var("SAYSO_TEST_POSTGRES").ok()?;
    let name = format!("suite_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut client = Client::connect(&server, NoTls).expect("the server that SAYSO_TEST_POSTGRES names runs");
    client.batch_execute(&format!("CREATE DATABASE {name} ENCODING 'UTF8' TEMPLATE template0")).unwrap();
    let (head, parameters) = server.split_once('?').unwrap_or((&server, ""));
    let head = &head[..head.find("://").unwrap() + 3 + head.split("://").nth(1).unwrap().find('/').unwrap()];
    let url = format!("{head}/{name}?{parameters}");
    Some(Database { server, name, url })
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Ok(mut client) = Client::connect(&self.server, NoTls) {
            let _ = client.batch_execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}
