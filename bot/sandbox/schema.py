"""The tables of the sandbox. Telegram objects are kept as JSON, what is searched by is a column."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (
    id INTEGER PRIMARY KEY,
    first_name TEXT NOT NULL,
    last_name TEXT,
    username TEXT,
    language_code TEXT NOT NULL,
    phone_number TEXT NOT NULL,
    color TEXT NOT NULL,
    started INTEGER NOT NULL DEFAULT 0,
    blocked INTEGER NOT NULL DEFAULT 0,
    last_read INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS groups (
    id INTEGER PRIMARY KEY,
    title TEXT NOT NULL,
    bot_present INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS members (
    group_id INTEGER NOT NULL REFERENCES groups (id),
    person_id INTEGER NOT NULL REFERENCES people (id),
    PRIMARY KEY (group_id, person_id)
);
CREATE TABLE IF NOT EXISTS messages (
    message_id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id INTEGER NOT NULL,
    sender_id INTEGER NOT NULL,
    date INTEGER NOT NULL,
    body TEXT NOT NULL,
    reply_keyboard INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0,
    inline_message_id TEXT UNIQUE,
    reaction TEXT
);
CREATE INDEX IF NOT EXISTS messages_by_chat ON messages (chat_id, message_id);
CREATE TABLE IF NOT EXISTS keyboards (
    chat_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL,
    markup TEXT NOT NULL,
    PRIMARY KEY (chat_id, person_id)
);
CREATE TABLE IF NOT EXISTS pins (
    chat_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (chat_id, message_id)
);
CREATE TABLE IF NOT EXISTS updates (
    update_id INTEGER PRIMARY KEY AUTOINCREMENT,
    date INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS media (
    media_id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS files (
    file_id TEXT PRIMARY KEY,
    file_unique_id TEXT NOT NULL,
    media_id INTEGER NOT NULL REFERENCES media (media_id),
    file_path TEXT NOT NULL UNIQUE,
    file_size INTEGER NOT NULL,
    mime_type TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS callback_queries (
    id TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL,
    date REAL NOT NULL,
    answered INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS inline_queries (
    id TEXT PRIMARY KEY,
    person_id INTEGER NOT NULL,
    query TEXT NOT NULL,
    "offset" TEXT NOT NULL,
    date REAL NOT NULL,
    answer TEXT,
    cached_until REAL NOT NULL DEFAULT 0,
    personal INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS commands (
    scope TEXT NOT NULL,
    language_code TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (scope, language_code)
);
CREATE TABLE IF NOT EXISTS outside (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    body TEXT NOT NULL
);
"""
