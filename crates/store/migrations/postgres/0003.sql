-- What the user put right, in order; only ever added to. at: seconds since 1970. what: JSON (sayso_types::Correction).
CREATE TABLE corrections (
    number BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT,
    what TEXT NOT NULL
);

-- What the regrouping found of reports of which corrections say something else in reports; what it works on.
CREATE TABLE found (
    report BIGINT PRIMARY KEY,
    story BIGINT NOT NULL,
    copy_of BIGINT,
    share DOUBLE PRECISION
);
CREATE INDEX found_story ON found (story);
