-- Who may call. A token is kept as its SHA-256 alone: whoever reads this table can show none of them.
CREATE TABLE tokens (
  name TEXT NOT NULL PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  job_id TEXT REFERENCES local_training_jobs (job_id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT
);
CREATE INDEX tokens_by_job ON tokens (job_id);

-- What browsers' cookies are protected with, here so that every server of this database reads the others' cookies.
CREATE TABLE protection_keys (
  id {identity},
  name TEXT NOT NULL UNIQUE,
  xml TEXT NOT NULL
);
