"""SQL that makes the tables of users, evidence, conversations and sets of records."""

# Quotations outlive the documents, so the evidence list refers to none of their rows.
EVIDENCE = """
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT, place INTEGER NOT NULL, anchor TEXT NOT NULL, section TEXT NOT NULL,
    reference TEXT NOT NULL, note TEXT NOT NULL DEFAULT '', heading TEXT NOT NULL DEFAULT '', removed INTEGER
);
"""
# Conversations outlive the documents: a reply names its quotations by their anchors.
CONVERSATIONS = """
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, used TEXT NOT NULL, removed INTEGER
) WITHOUT ROWID;
CREATE TABLE turns (
    conversation TEXT NOT NULL REFERENCES conversations(id) ON DELETE CASCADE, place INTEGER NOT NULL,
    question TEXT NOT NULL, filters TEXT NOT NULL, reply TEXT, PRIMARY KEY (conversation, place)
) WITHOUT ROWID;
"""
# The audit log outlives the users, so it has their names.
USERS = """
CREATE TABLE users (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, role TEXT NOT NULL, created TEXT NOT NULL, password TEXT,
    disabled INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE, used TEXT NOT NULL,
    expires TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE tokens (
    hash TEXT PRIMARY KEY, user TEXT NOT NULL REFERENCES users(id) ON DELETE CASCADE, name TEXT NOT NULL,
    created TEXT NOT NULL, expires TEXT, revoked TEXT
) WITHOUT ROWID;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, time TEXT NOT NULL, user TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, detail TEXT NOT NULL
);
"""
# Judgements outlive the conversations and the documents.
FEEDBACK = """
CREATE TABLE feedback (
    owner TEXT NOT NULL, conversation TEXT NOT NULL, place INTEGER NOT NULL, question TEXT NOT NULL,
    verdict TEXT NOT NULL, time TEXT NOT NULL, history TEXT NOT NULL, filters TEXT NOT NULL, kind TEXT NOT NULL,
    answer TEXT NOT NULL, cited TEXT NOT NULL, PRIMARY KEY (owner, conversation, place, question)
) WITHOUT ROWID;
"""
OWNERS = """
ALTER TABLE evidence ADD COLUMN owner TEXT NOT NULL DEFAULT '';
"""
# A conversation has the filters that its user chose last, and a set the records that a question may be asked of.
CHOICES = """
ALTER TABLE conversations ADD COLUMN filters TEXT NOT NULL DEFAULT '{}';
CREATE TABLE record_sets (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, records TEXT NOT NULL, removed INTEGER
) WITHOUT ROWID;
"""
