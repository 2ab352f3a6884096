//! A PostgreSQL server of a test's own, which it may stop: where `./test` has shown that there can be one.

use std::{path::Path, process::Command};
use tempfile::TempDir;

pub struct Server {
    folder: TempDir,
    address: String,
}

/// `None`, with a word, where no PostgreSQL is there.
pub fn start() -> Option<Server> {
    if std::env::var_os("SAYSO_TEST_POSTGRES").is_none() {
        eprintln!("SAYSO_TEST_POSTGRES is not set: not tested on PostgreSQL");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let address = run("start", folder.path());
    Some(Server { folder, address })
}

fn run(what: &str, folder: &Path) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/tests/postgres.sh");
    let done = Command::new(script).arg(what).arg(folder).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    String::from_utf8(done.stdout).unwrap().trim().to_owned()
}

impl Server {
    /// A new database.
    pub fn database(&self, name: &str) -> String {
        let mut client = postgres::Client::connect(&self.address, postgres::NoTls).unwrap();
        client.batch_execute(&format!("CREATE DATABASE {name}")).unwrap();
        self.address.replace("/postgres?", &format!("/{name}?"))
    }

    /// Cuts every connection, and comes back.
    pub fn restart(&self) {
        run("restart", self.folder.path());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        run("stop", self.folder.path());
    }
}
