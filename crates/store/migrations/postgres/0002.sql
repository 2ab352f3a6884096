-- Feeds that are watched, by the address that the user gave. place: where it moved for good. due: when it may be asked
-- next, in seconds since 1970. pause: seconds between two requests, as it wishes. gone: it said that it is, for ever.
CREATE TABLE feeds (
    url TEXT PRIMARY KEY,
    place TEXT,
    etag TEXT,
    modified TEXT,
    due BIGINT NOT NULL,
    pause BIGINT,
    failures BIGINT NOT NULL,
    gone BIGINT NOT NULL,
    items BYTEA NOT NULL
);
