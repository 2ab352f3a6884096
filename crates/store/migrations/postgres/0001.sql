-- What was found: the first capture of each report whole, later ones that told nothing new by their digest alone.
CREATE TABLE captures (
    digest BYTEA PRIMARY KEY,
    report BIGINT NOT NULL,
    body BYTEA
);

-- seq counts arrivals from 1. captured: minutes since 1970. day: days since then. current: no later version of the same address is here. lines: rows of sentences.
CREATE TABLE reports (
    seq BIGINT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    capture BYTEA NOT NULL,
    captured BIGINT,
    url TEXT,
    address TEXT,
    outlet TEXT,
    title TEXT NOT NULL,
    published TEXT,
    day BIGINT,
    language TEXT NOT NULL,
    words BIGINT NOT NULL,
    current BIGINT NOT NULL,
    first_line BIGINT NOT NULL,
    lines BIGINT NOT NULL,
    story BIGINT,
    knot BIGINT,
    copy_of BIGINT,
    share DOUBLE PRECISION
);
CREATE INDEX reports_lines ON reports (first_line, lines);
CREATE INDEX reports_address ON reports (address) WHERE address IS NOT NULL;
CREATE INDEX reports_day ON reports (day) WHERE day IS NOT NULL;
CREATE INDEX reports_story ON reports (story) WHERE story IS NOT NULL;
CREATE INDEX reports_knot ON reports (knot) WHERE knot IS NOT NULL;

-- A cache: what another program version or pack made is made anew from the capture.
CREATE TABLE analyses (
    report BIGINT NOT NULL,
    maker BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (report, maker)
);
CREATE TABLE makers (
    id BIGINT PRIMARY KEY,
    stages TEXT NOT NULL,
    pack TEXT NOT NULL,
    UNIQUE (stages, pack)
);

-- A report's headline (number 0) and sentences, and what is said in each on whose word. Of current reports only.
CREATE TABLE sentences (
    id BIGINT PRIMARY KEY,
    report BIGINT NOT NULL,
    number BIGINT NOT NULL,
    first BIGINT NOT NULL,
    past BIGINT NOT NULL,
    text TEXT NOT NULL,
    says BYTEA,
    found_by TSVECTOR NOT NULL
);
CREATE INDEX sentences_found_by ON sentences USING GIN (found_by);

-- seq is that of the story's first report, from which its id is made. stale: its account is older than the story.
CREATE TABLE stories (
    seq BIGINT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    stale BIGINT NOT NULL
);
CREATE INDEX stories_stale ON stories (seq) WHERE stale = 1;
CREATE TABLE redirects (
    at BIGINT NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    why TEXT NOT NULL
);
CREATE INDEX redirects_old ON redirects (old);
CREATE TABLE accounts (
    story BIGINT PRIMARY KEY,
    made_by TEXT NOT NULL,
    body BYTEA NOT NULL
);

-- What the regrouping keeps between one report and the next; what the records mean, its stage knows.
CREATE TABLE counts (
    body BYTEA NOT NULL
);
CREATE TABLE marks (
    mark BIGINT NOT NULL,
    report BIGINT NOT NULL,
    PRIMARY KEY (mark, report)
);
CREATE TABLE traces (
    report BIGINT PRIMARY KEY,
    body BYTEA NOT NULL
);
CREATE TABLE posted (
    term BIGINT NOT NULL,
    day BIGINT NOT NULL,
    story BIGINT NOT NULL,
    PRIMARY KEY (term, day, story)
);
CREATE TABLE regroupings (
    story BIGINT PRIMARY KEY,
    body BYTEA NOT NULL
);
