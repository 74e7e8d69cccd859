-- Actors and outlets with all their names, for looking up. Made from tables, never edited.
CREATE TABLE IF NOT EXISTS actor (
  id    TEXT PRIMARY KEY,
  kind  TEXT NOT NULL,      -- person, body, state, outlet
  name  TEXT NOT NULL,
  state TEXT NOT NULL       -- ISO 3166-1 alpha-3, '' where there is none
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS name (
  key      TEXT NOT NULL,   -- names.normal(text)
  skeleton TEXT NOT NULL,   -- of a person's last name, else ''
  initial  TEXT NOT NULL,   -- of the skeleton of a person's first name, '' where there is none
  actor    TEXT NOT NULL REFERENCES actor,
  text     TEXT NOT NULL,
  how      TEXT NOT NULL    -- name, alias, last name, adjective, people, capital, stand-in, domain
);
CREATE INDEX IF NOT EXISTS name_key ON name (key);
CREATE INDEX IF NOT EXISTS name_actor ON name (actor);
CREATE INDEX IF NOT EXISTS name_skeleton ON name (skeleton, initial) WHERE skeleton <> '';

CREATE TABLE IF NOT EXISTS office (
  person TEXT NOT NULL REFERENCES actor,
  role   TEXT NOT NULL,
  title  TEXT NOT NULL,
  body   TEXT NOT NULL,
  state  TEXT NOT NULL,
  at     TEXT NOT NULL,
  since  TEXT,              -- first day that it can have begun, ISO 8601
  until  TEXT               -- last day that it can have lasted
);
CREATE INDEX IF NOT EXISTS office_person ON office (person);
CREATE INDEX IF NOT EXISTS office_seat ON office (role, state, body);
