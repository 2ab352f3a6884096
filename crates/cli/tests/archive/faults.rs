//! Faults, each at moments that no one chose. Nothing is lost and nothing is doubled.

use crate::{
    add,
    dump::{assert_same, dump},
    reports, search,
    server::{self, Server},
    text,
};
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// Kills in all, and after how many at most a run is left to end.
const KILLS: (usize, usize) = (200, 10);
const KILLS_OF_POSTGRES: (usize, usize) = (20, 5);

/// Runs to the end; the time that it took.
fn whole(inputs: &Path, db: &str) -> Duration {
    let start = Instant::now();
    let done = add(inputs, db).arg("--quiet").output().unwrap();
    assert!(done.status.success(), "{done:?}");
    start.elapsed()
}

/// Moments within a time: always the same ones (xorshift, Marsaglia 2003).
struct Moments(u64);

impl Moments {
    fn within(&mut self, time: Duration) -> Duration {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        time.mul_f64((self.0 >> 11) as f64 / (1u64 << 53) as f64)
    }
}

/// Kills runs until so many were hit while they were at it: how fast the machine is at that moment decides how many
/// runs that takes, and nothing else.
fn killed_again_and_again(inputs: &Path, (kills, each): (usize, usize), database: impl Fn(usize) -> String) {
    let untouched = database(0);
    let time = whole(inputs, &untouched);
    let expected = dump(&untouched);
    let mut moments = Moments(0x5a15_0005);
    let mut cut_off = 0;
    for round in 1.. {
        let db = database(round);
        for _ in 0..each {
            let mut run = add(inputs, &db).arg("--quiet").stderr(Stdio::null()).spawn().unwrap();
            sleep(moments.within(time));
            // SIGKILL.
            run.kill().unwrap();
            if run.wait().unwrap().success() {
                break;
            }
            cut_off += 1;
        }
        whole(inputs, &db);
        assert_same(&dump(&db), &expected, &format!("round {round}"));
        if cut_off >= kills {
            return;
        }
        assert!(round < 10 * kills, "only {cut_off} of {round} databases were caught at it");
    }
}

#[test]
fn killed_at_any_moment_nothing_is_lost_or_doubled() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = reports(folder.path(), 40);
    killed_again_and_again(&inputs, KILLS, |n| folder.path().join(format!("{n}.db")).display().to_string());
}

#[test]
fn killed_at_any_moment_on_postgresql() {
    let Some(server) = server::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let inputs = reports(folder.path(), 40);
    killed_again_and_again(&inputs, KILLS_OF_POSTGRES, |n| server.database(&format!("killed{n}")));
}

/// The disk is full: a file may grow no further than so many KiB.
#[test]
fn a_full_disk_is_named_and_what_was_cut_off_is_made_up_for() {
    let folder = tempfile::tempdir().unwrap();
    let inputs = reports(folder.path(), 40);
    let path = |name: &str| folder.path().join(name).display().to_string();
    whole(&inputs, &path("whole.db"));
    let expected = dump(&path("whole.db"));
    let mut refused = 0;
    for kib in [0, 60, 200, 400, 700] {
        let db = path(&format!("{kib}.db"));
        let run = add(&inputs, &db);
        let mut limited = Command::new("bash");
        limited.args(["-c", &format!("trap '' XFSZ; ulimit -f {kib}; exec \"$0\" \"$@\"")]);
        let done = limited.arg(run.get_program()).args(run.get_args()).output().unwrap();
        refused += check_full(&done, &db);
        whole(&inputs, &db);
        assert_same(&dump(&db), &expected, &format!("{kib} KiB"));
    }
    assert!(refused > 2, "{refused}");
    small_disk(&inputs, &expected);
}

fn check_full(done: &std::process::Output, db: &str) -> usize {
    let said = text(&done.stderr);
    if done.status.success() {
        return 0;
    }
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains(db), "{said}");
    let told = ["no space left", "cannot be written", "cannot be opened"];
    assert!(told.iter().any(|t| said.contains(t)), "{said}");
    1
}

/// The same on a disk of its own, which root can make.
fn small_disk(inputs: &Path, expected: &str) {
    let disk = tempfile::tempdir().unwrap();
    let mount = |arguments: &[&str]| Command::new("mount").args(arguments).arg(disk.path()).status();
    if !mount(&["-t", "tmpfs", "-o", "size=300k", "tmpfs"]).is_ok_and(|s| s.success()) {
        eprintln!("no disk can be mounted here: a full one is tested by a limit on files alone");
        return;
    }
    let db = disk.path().join("small.db").display().to_string();
    let full = check_full(&add(inputs, &db).output().unwrap(), &db);
    let grown = mount(&["-o", "remount,size=64m"]);
    let found = grown.is_ok_and(|s| s.success()).then(|| {
        whole(inputs, &db);
        dump(&db)
    });
    assert!(Command::new("umount").arg(disk.path()).status().unwrap().success());
    assert_eq!(full, 1);
    assert_same(&found.unwrap(), expected, "a small disk");
}

/// Damage is told with the file and the remedy; that no page makes a panic the store's own tests show.
#[test]
fn a_damaged_database_is_named_with_the_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("news.db").display().to_string();
    let inputs = reports(folder.path(), 20);
    whole(&inputs, &db);
    let mut bytes = fs::read(&db).unwrap();
    bytes[8192..].iter_mut().for_each(|b| *b ^= 0x5a);
    fs::write(&db, bytes).unwrap();
    for done in [search(&db, &["ice"]), add(&inputs, &db).output().unwrap()] {
        let said = text(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{said}");
        assert!(said.contains(&db) && said.contains("damaged") && said.contains(".recover"), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn a_server_that_restarts_costs_a_batch_and_no_more() {
    let Some(server) = server::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let inputs = reports(folder.path(), 60);
    let untouched = server.database("untouched");
    let time = whole(&inputs, &untouched);
    let expected = dump(&untouched);
    let mut moments = Moments(0x5a15_0006);
    let mut cut_off = 0;
    for n in 0..4 {
        let db = server.database(&format!("restarted{n}"));
        cut_off += usize::from(restarted(&server, &inputs, &db, moments.within(time)));
        whole(&inputs, &db);
        assert_same(&dump(&db), &expected, &format!("restart {n}"));
    }
    assert!(cut_off > 0, "every run was done before");
}

/// Whether the run was cut off.
fn restarted(server: &Server, inputs: &Path, db: &str, after: Duration) -> bool {
    let run = add(inputs, db).arg("--quiet").stderr(Stdio::piped()).spawn().unwrap();
    sleep(after);
    server.restart();
    let done = run.wait_with_output().unwrap();
    if done.status.success() {
        return false;
    }
    let said = text(&done.stderr);
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(said.contains("run the same command again") || said.contains("cannot be opened"), "{said}");
    true
}
