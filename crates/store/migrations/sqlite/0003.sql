-- What the user put right, in order; only ever added to. at: seconds since 1970. what: JSON (sayso_types::Correction).
CREATE TABLE corrections (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT,
    what TEXT NOT NULL
);

-- What the regrouping found of reports of which corrections say something else in reports; what it works on.
CREATE TABLE found (
    report INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    copy_of INTEGER,
    share REAL
);
CREATE INDEX found_story ON found (story);
