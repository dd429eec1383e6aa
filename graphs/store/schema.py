"""The tables. The log (events, texts) is only ever added to; every other table but `vectors` follows from it."""

from __future__ import annotations

APPLICATION = 0x4B_67_62_31  # marks the file as one of these ("Kgb1")
VERSION = 1

LOG = """
CREATE TABLE events (number INTEGER PRIMARY KEY, step INTEGER NOT NULL, kind TEXT NOT NULL, data NOT NULL);
CREATE INDEX events_step ON events (step);
CREATE INDEX undo_events ON events (number) WHERE kind = 'undo';
CREATE TABLE texts (digest TEXT PRIMARY KEY, text TEXT NOT NULL);
"""

# An empty text stands for "nothing is said" in valid_from and valid_to: NULLs would make equal relations differ.
TABLES = """
CREATE TABLE counters (what TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE steps (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, at TEXT NOT NULL, undone INTEGER);
CREATE TABLE notes (step INTEGER NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (step, name))
    WITHOUT ROWID;
CREATE TABLE state (name TEXT PRIMARY KEY, data TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE quarantined (
    event INTEGER PRIMARY KEY, step INTEGER NOT NULL, what TEXT NOT NULL, why TEXT NOT NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL UNIQUE, step INTEGER NOT NULL);
CREATE TABLE copies (id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents (id));
CREATE TABLE entities (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, type TEXT, description TEXT NOT NULL, step INTEGER NOT NULL);
CREATE TABLE names (
    entity INTEGER NOT NULL REFERENCES entities (id), position INTEGER NOT NULL,
    text TEXT NOT NULL, normal TEXT NOT NULL, PRIMARY KEY (entity, position)) WITHOUT ROWID;
CREATE INDEX names_normal ON names (normal);
CREATE INDEX names_text ON names (text);
CREATE TABLE merged (
    id INTEGER PRIMARY KEY, entity INTEGER NOT NULL REFERENCES entities (id), name TEXT NOT NULL);
CREATE INDEX merged_entity ON merged (entity);
CREATE INDEX merged_name ON merged (name);
CREATE TABLE merges (
    event INTEGER PRIMARY KEY, step INTEGER NOT NULL, keep INTEGER NOT NULL, gone INTEGER NOT NULL, why TEXT NOT NULL);
CREATE TABLE relations (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES entities (id), verb TEXT NOT NULL,
    target INTEGER NOT NULL REFERENCES entities (id),
    valid_from TEXT NOT NULL, valid_to TEXT NOT NULL,
    confidence REAL NOT NULL, status TEXT NOT NULL CHECK (status IN ('grounded', 'hypothesis', 'retired')),
    step INTEGER NOT NULL);
CREATE UNIQUE INDEX relations_out ON relations (source, verb, target, valid_from, valid_to);
CREATE INDEX relations_into ON relations (target, verb);
CREATE TABLE joined (id INTEGER PRIMARY KEY, relation INTEGER NOT NULL REFERENCES relations (id));
CREATE INDEX joined_relation ON joined (relation);
CREATE TABLE evidence (
    event INTEGER PRIMARY KEY, relation INTEGER NOT NULL REFERENCES relations (id), step INTEGER NOT NULL,
    quote TEXT NOT NULL, document INTEGER REFERENCES documents (id), "start" INTEGER, "end" INTEGER, call TEXT);
CREATE INDEX evidence_relation ON evidence (relation);
CREATE INDEX evidence_document ON evidence (document);
CREATE VIRTUAL TABLE words USING fts5 (name, aliases, description, tokenize = "unicode61 remove_diacritics 2");
"""

VECTORS = """
CREATE TABLE vectors (kind TEXT NOT NULL, id INTEGER NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (kind, id))
    WITHOUT ROWID;
"""

# what follows from the log, in an order in which rows may be deleted
DERIVED = (
    "words", "evidence", "joined", "relations", "merges", "merged", "names", "entities", "copies", "documents",
    "quarantined", "state", "notes", "steps", "counters",
)  # fmt: skip
