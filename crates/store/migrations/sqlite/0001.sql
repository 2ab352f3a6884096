-- What was found: the first capture of each report whole, later ones that told nothing new by their digest alone.
CREATE TABLE captures (
    digest BLOB PRIMARY KEY,
    report INTEGER NOT NULL,
    body BLOB
);

-- seq counts arrivals from 1. captured: minutes since 1970. day: days since then. current: no later version of the same address is here. lines: rows of sentences.
CREATE TABLE reports (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    capture BLOB NOT NULL,
    captured INTEGER,
    url TEXT,
    address TEXT,
    outlet TEXT,
    title TEXT NOT NULL,
    published TEXT,
    day INTEGER,
    language TEXT NOT NULL,
    words INTEGER NOT NULL,
    current INTEGER NOT NULL,
    first_line INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    story INTEGER,
    knot INTEGER,
    copy_of INTEGER,
    share REAL
);
CREATE INDEX reports_lines ON reports (first_line, lines);
CREATE INDEX reports_address ON reports (address) WHERE address IS NOT NULL;
CREATE INDEX reports_day ON reports (day) WHERE day IS NOT NULL;
CREATE INDEX reports_story ON reports (story) WHERE story IS NOT NULL;
CREATE INDEX reports_knot ON reports (knot) WHERE knot IS NOT NULL;

-- A cache: what another program version or pack made is made anew from the capture.
CREATE TABLE analyses (
    report INTEGER NOT NULL,
    maker INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (report, maker)
);
CREATE TABLE makers (
    id INTEGER PRIMARY KEY,
    stages TEXT NOT NULL,
    pack TEXT NOT NULL,
    UNIQUE (stages, pack)
);

-- A report's headline (number 0) and sentences, and what is said in each on whose word. Of current reports only.
CREATE TABLE sentences (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL,
    number INTEGER NOT NULL,
    first INTEGER NOT NULL,
    past INTEGER NOT NULL,
    text TEXT NOT NULL,
    says BLOB
);
CREATE VIRTUAL TABLE sentence_index USING fts5 (
    words, outlet, speaker, source, entity, stance, day,
    content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- seq is that of the story's first report, from which its id is made. stale: its account is older than the story.
CREATE TABLE stories (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    stale INTEGER NOT NULL
);
CREATE INDEX stories_stale ON stories (seq) WHERE stale = 1;
CREATE TABLE redirects (
    at INTEGER NOT NULL,
    old TEXT NOT NULL,
    new TEXT NOT NULL,
    why TEXT NOT NULL
);
CREATE INDEX redirects_old ON redirects (old);
CREATE TABLE accounts (
    story INTEGER PRIMARY KEY,
    made_by TEXT NOT NULL,
    body BLOB NOT NULL
);

-- What the regrouping keeps between one report and the next; what the records mean, its stage knows.
CREATE TABLE counts (
    body BLOB NOT NULL
);
CREATE TABLE marks (
    mark INTEGER NOT NULL,
    report INTEGER NOT NULL,
    PRIMARY KEY (mark, report)
) WITHOUT ROWID;
CREATE TABLE traces (
    report INTEGER PRIMARY KEY,
    body BLOB NOT NULL
);
CREATE TABLE posted (
    term INTEGER NOT NULL,
    day INTEGER NOT NULL,
    story INTEGER NOT NULL,
    PRIMARY KEY (term, day, story)
) WITHOUT ROWID;
CREATE TABLE regroupings (
    story INTEGER PRIMARY KEY,
    body BLOB NOT NULL
);
