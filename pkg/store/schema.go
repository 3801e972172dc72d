package store

// steps bring an empty file to today's layout; see sqlite.Open. A step that
// has been released is never edited.
var steps = []string{layout1, layout2, layout3, layout4, layout5, layout6, layout7, layout8, layout9, layout10, layout11, layout12}

// Times are microseconds since 1970 in UTC.
const layout1 = `
CREATE TABLE stories (
	story_id TEXT PRIMARY KEY,
	latest   INTEGER NOT NULL REFERENCES revisions (row)
) WITHOUT ROWID;

-- A revision is a capture that says something new.
CREATE TABLE revisions (
	row          INTEGER PRIMARY KEY AUTOINCREMENT,
	id           TEXT NOT NULL UNIQUE, -- the article's
	story_id     TEXT NOT NULL,
	content_hash TEXT NOT NULL,
	url          TEXT NOT NULL,
	site         TEXT NOT NULL,
	lang         TEXT NOT NULL,
	date         TEXT NOT NULL,
	headline     TEXT NOT NULL,
	record       BLOB NOT NULL -- JSON in zstd
);

-- A sighting is an article that came in, whether it said something new or not.
-- In order, sightings of one row side by side are one version of the story.
CREATE TABLE sightings (
	id         TEXT PRIMARY KEY, -- the article's
	story_id   TEXT NOT NULL,
	visit_id   TEXT NOT NULL, -- the visit that brought it
	fetched_at INTEGER NOT NULL,
	stream_seq INTEGER NOT NULL,
	row        INTEGER NOT NULL REFERENCES revisions (row)
) WITHOUT ROWID;
CREATE INDEX sightings_in_order ON sightings (story_id, fetched_at, stream_seq, id, row);

-- own: the address is the story's own, and a page found there belongs to it;
-- else it only leads there, such as a short link.
CREATE TABLE aliases (
	alias    TEXT PRIMARY KEY, -- a normal URL, or a story ID given up for another
	story_id TEXT NOT NULL,
	own      INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE visits (
	visit_id TEXT PRIMARY KEY,
	url      TEXT NOT NULL,
	site     TEXT NOT NULL,
	first_at INTEGER NOT NULL,
	last_at  INTEGER NOT NULL,
	-- the event that tells where the visit stands
	stage    TEXT NOT NULL,
	attempt  INTEGER NOT NULL,
	outcome  TEXT NOT NULL,
	reason   TEXT NOT NULL,
	detail   TEXT NOT NULL,
	at       INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX visits_by_url ON visits (url);

CREATE TABLE journey (
	visit_id    TEXT NOT NULL,
	stage       TEXT NOT NULL,
	attempt     INTEGER NOT NULL,
	outcome     TEXT NOT NULL,
	reason      TEXT NOT NULL,
	detail      TEXT NOT NULL,
	capture_id  TEXT NOT NULL,
	story_id    TEXT NOT NULL,
	article_id  TEXT NOT NULL,
	at          INTEGER NOT NULL,
	duration_ms INTEGER NOT NULL,
	PRIMARY KEY (visit_id, stage, attempt)
) WITHOUT ROWID;

-- Counts are kept as rows change: counting millions takes seconds.
CREATE TABLE totals (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO totals VALUES ('stories', 0), ('revisions', 0);
CREATE TABLE tallies (
	stage   TEXT NOT NULL,
	outcome TEXT NOT NULL,
	reason  TEXT NOT NULL,
	visits  INTEGER NOT NULL,
	PRIMARY KEY (stage, outcome, reason)
) WITHOUT ROWID;

CREATE TRIGGER story_counted AFTER INSERT ON stories BEGIN
	UPDATE totals SET n = n + 1 WHERE name = 'stories';
END;
CREATE TRIGGER revision_counted AFTER INSERT ON revisions BEGIN
	UPDATE totals SET n = n + 1 WHERE name = 'revisions';
END;
CREATE TRIGGER visit_counted AFTER INSERT ON visits BEGIN
	INSERT INTO tallies VALUES (new.stage, new.outcome, new.reason, 1)
		ON CONFLICT DO UPDATE SET visits = visits + 1;
END;
CREATE TRIGGER visit_recounted AFTER UPDATE OF stage, outcome, reason ON visits BEGIN
	UPDATE tallies SET visits = visits - 1
		WHERE (stage, outcome, reason) = (old.stage, old.outcome, old.reason);
	INSERT INTO tallies VALUES (new.stage, new.outcome, new.reason, 1)
		ON CONFLICT DO UPDATE SET visits = visits + 1;
END;
`

// What happened in which minute, of the last days.
const layout2 = `
CREATE TABLE activity (
	minute  INTEGER NOT NULL, -- since 1970
	stage   TEXT NOT NULL,
	outcome TEXT NOT NULL,
	reason  TEXT NOT NULL,
	n       INTEGER NOT NULL,
	PRIMARY KEY (minute, stage, outcome, reason)
) WITHOUT ROWID;
INSERT INTO activity
	SELECT at / 60000000, stage, outcome, reason, count(*) FROM journey
	WHERE at / 60000000 > strftime('%s', 'now') / 60 - 2880 GROUP BY 1, 2, 3, 4;

CREATE TRIGGER line_counted AFTER INSERT ON journey BEGIN
	INSERT INTO activity VALUES (new.at / 60000000, new.stage, new.outcome, new.reason, 1)
		ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER line_recounted AFTER UPDATE ON journey BEGIN
	UPDATE activity SET n = n - 1
		WHERE (minute, stage, outcome, reason) = (old.at / 60000000, old.stage, old.outcome, old.reason);
	INSERT INTO activity VALUES (new.at / 60000000, new.stage, new.outcome, new.reason, 1)
		ON CONFLICT DO UPDATE SET n = n + 1;
END;
`
