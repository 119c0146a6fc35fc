-- What the MLflow protocol knows besides jobs, their points and their checkpoints. A run of it is a job.

-- A group of runs. One without a location keeps its artifacts with the server.
CREATE TABLE experiments (
  experiment_id {identity},
  name TEXT NOT NULL UNIQUE,
  artifact_location TEXT,
  lifecycle_stage TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, created_at, updated_at)
SELECT 0, 'Default', NULL, 'active', COALESCE(MIN(applied_at), 0), COALESCE(MIN(applied_at), 0) FROM podium_migrations;

CREATE TABLE experiment_tags (
  experiment_id BIGINT NOT NULL REFERENCES experiments (experiment_id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (experiment_id, key)
);

-- What is known of a job as a run. A job without such a row is an active run of the experiment 0.
CREATE TABLE tracked_runs (
  job_id TEXT NOT NULL PRIMARY KEY REFERENCES local_training_jobs (job_id) ON DELETE CASCADE,
  experiment_id BIGINT NOT NULL DEFAULT 0 REFERENCES experiments (experiment_id),
  user_id TEXT NOT NULL DEFAULT '',
  lifecycle_stage TEXT NOT NULL DEFAULT 'active',
  start_time BIGINT,
  end_time BIGINT,
  -- The job whose token opened it: that token may report to it, and nothing of it is the job's.
  beside_job_id TEXT,
  -- 1 where a job's own token has opened it: what that token opens next is a run beside it.
  is_opened INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX tracked_runs_by_experiment ON tracked_runs (experiment_id);

CREATE TABLE run_params (
  job_id TEXT NOT NULL REFERENCES local_training_jobs (job_id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (job_id, key)
);

CREATE TABLE run_tags (
  job_id TEXT NOT NULL REFERENCES local_training_jobs (job_id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (job_id, key)
);

-- Data sets and models that a run took in, and models that it put out (kind dataset, model, output), as they were sent.
CREATE TABLE run_links (
  job_id TEXT NOT NULL REFERENCES local_training_jobs (job_id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  -- In which order they came.
  place BIGINT NOT NULL,
  data TEXT NOT NULL,
  PRIMARY KEY (job_id, kind, name)
);

-- A model that was logged. Where it is a checkpoint that has become ready, its files lie in the run folder of its source run.
CREATE TABLE logged_models (
  model_id TEXT NOT NULL PRIMARY KEY,
  experiment_id BIGINT NOT NULL REFERENCES experiments (experiment_id),
  name TEXT NOT NULL,
  model_type TEXT NOT NULL,
  source_run_id TEXT,
  status TEXT NOT NULL,
  status_message TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  deleted_at BIGINT,
  checkpoint_path TEXT
);
CREATE INDEX logged_models_by_experiment ON logged_models (experiment_id, created_at);
CREATE INDEX logged_models_by_source ON logged_models (source_run_id, checkpoint_path);

CREATE TABLE logged_model_params (
  model_id TEXT NOT NULL REFERENCES logged_models (model_id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model_id, key)
);

CREATE TABLE logged_model_tags (
  model_id TEXT NOT NULL REFERENCES logged_models (model_id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model_id, key)
);
