//! Time for those who watch: passed in, so that tests need not wait.

use std::{
    sync::{Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Time as it passes, and the date.
pub trait Clock: sayso_fetch::Clock {
    /// Seconds since 1970.
    fn unix(&self) -> i64;
}

/// The machine's own clock, whose waits end when it is stopped.
#[derive(Debug, Default)]
pub struct Machine {
    stopped: Mutex<bool>,
    told: Condvar,
}

impl Machine {
    /// From now on nobody is asked and nothing is waited for. Whether it was stopped already.
    pub fn stop(&self) -> bool {
        let before =
            std::mem::replace(&mut *self.stopped.lock().unwrap_or_else(PoisonError::into_inner), true);
        self.told.notify_all();
        before
    }
}

impl sayso_fetch::Clock for Machine {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn wait(&self, time: Duration) {
        let stopped = self.stopped.lock().unwrap_or_else(PoisonError::into_inner);
        // Whether it was told to stop or the time is over, the wait is.
        drop(self.told.wait_timeout_while(stopped, time, |stopped| !*stopped));
    }

    fn stopped(&self) -> bool {
        *self.stopped.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for Machine {
    fn unix(&self) -> i64 {
        jiff::Timestamp::now().as_second()
    }
}
