-- A job: one run folder, or one stream of reports. Its row is its status; best_* are written by the ranking alone.
CREATE TABLE local_training_jobs (
  job_id TEXT NOT NULL PRIMARY KEY,
  seq BIGINT NOT NULL DEFAULT 0,
  job_name TEXT,
  model_name TEXT,
  model_display_name TEXT,
  dataset_name TEXT,
  dataset_path TEXT,
  output_dir TEXT,
  run_folder TEXT,
  status TEXT NOT NULL,
  strategy TEXT,
  progress DOUBLE PRECISION,
  current_epoch DOUBLE PRECISION,
  total_epochs DOUBLE PRECISION,
  current_step BIGINT,
  total_steps BIGINT,
  loss DOUBLE PRECISION,
  eval_loss DOUBLE PRECISION,
  perplexity DOUBLE PRECISION,
  eval_perplexity DOUBLE PRECISION,
  train_perplexity DOUBLE PRECISION,
  best_eval_loss DOUBLE PRECISION,
  best_epoch INTEGER,
  best_step INTEGER,
  best_checkpoint_path TEXT,
  lowest_eval_loss DOUBLE PRECISION,
  lowest_eval_loss_step BIGINT,
  epochs_without_improvement INTEGER,
  evaluations_since_best INTEGER,
  loss_trend TEXT,
  learning_rate DOUBLE PRECISION,
  grad_norm DOUBLE PRECISION,
  batch_size BIGINT,
  gradient_accumulation_steps BIGINT,
  total_samples BIGINT,
  train_samples BIGINT,
  val_samples BIGINT,
  samples_per_second DOUBLE PRECISION,
  tokens_per_second DOUBLE PRECISION,
  gpu_memory_allocated_gb DOUBLE PRECISION,
  gpu_memory_reserved_gb DOUBLE PRECISION,
  gpu_total_memory_gb DOUBLE PRECISION,
  gpu_utilization_percent DOUBLE PRECISION,
  elapsed_seconds DOUBLE PRECISION,
  remaining_seconds DOUBLE PRECISION,
  created_at BIGINT NOT NULL,
  started_at BIGINT,
  completed_at BIGINT,
  updated_at BIGINT NOT NULL,
  error TEXT,
  warning TEXT,
  warning_code TEXT,
  config TEXT,
  resumed_from_job_id TEXT,
  resume_from_checkpoint TEXT
);
CREATE INDEX local_training_jobs_by_age ON local_training_jobs (created_at, job_id);
CREATE INDEX local_training_jobs_by_status ON local_training_jobs (status, created_at);

-- The runs of a job. What stands before from_step is the parent's; seq is that of the event that told of it. best_* are what the
-- trainer itself kept as its best, as its state file says.
CREATE TABLE job_runs (
  job_id TEXT NOT NULL REFERENCES local_training_jobs (job_id) ON DELETE CASCADE,
  run INTEGER NOT NULL,
  parent_run INTEGER,
  from_step BIGINT,
  seq BIGINT NOT NULL DEFAULT 0,
  best_metric DOUBLE PRECISION,
  best_global_step BIGINT,
  best_checkpoint_step BIGINT,
  PRIMARY KEY (job_id, run)
);

-- One metric of one run.
CREATE TABLE series (
  id {identity},
  job_id TEXT NOT NULL REFERENCES local_training_jobs (job_id) ON DELETE CASCADE,
  run INTEGER NOT NULL,
  key TEXT NOT NULL,
  UNIQUE (job_id, run, key)
);

-- Every point as it came; a value that is NULL is no number. Of several at one step the most trusted source's stands (the
-- lowest), then the one that came last.
CREATE TABLE points (
  series_id BIGINT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
  step BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  source SMALLINT NOT NULL,
  time BIGINT,
  value DOUBLE PRECISION,
  PRIMARY KEY (series_id, step, seq)
) {clustered};

-- Closed stretches of long series, from their beginning on, packed so that they are read fast. They repeat points, and can be made
-- again from them. (Rows as large as these do not belong into the tree of their keys.)
CREATE TABLE point_blocks (
  series_id BIGINT NOT NULL REFERENCES series (id) ON DELETE CASCADE,
  first_step BIGINT NOT NULL,
  last_step BIGINT NOT NULL,
  count INTEGER NOT NULL,
  minimum DOUBLE PRECISION,
  maximum DOUBLE PRECISION,
  data {blob} NOT NULL,
  PRIMARY KEY (series_id, first_step)
);

-- Which entries came when, and over which steps they reach: enough to find what came after one.
CREATE TABLE reports (
  job_id TEXT NOT NULL REFERENCES local_training_jobs (job_id) ON DELETE CASCADE,
  last_seq BIGINT NOT NULL,
  first_seq BIGINT NOT NULL,
  lowest_step BIGINT NOT NULL,
  highest_step BIGINT NOT NULL,
  PRIMARY KEY (job_id, last_seq)
) {clustered};

-- A saved checkpoint. Its row outlives its folder. run is the one that saved it last; those that forked behind its step have it too.
CREATE TABLE checkpoints (
  job_id TEXT NOT NULL REFERENCES local_training_jobs (job_id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  run INTEGER NOT NULL DEFAULT 1,
  step BIGINT NOT NULL,
  epoch DOUBLE PRECISION,
  size_bytes BIGINT,
  state TEXT NOT NULL,
  created_at BIGINT,
  gone_at BIGINT,
  seq BIGINT NOT NULL,
  PRIMARY KEY (job_id, path)
);

-- What happened to a job, for people and for live streams.
CREATE TABLE job_events (
  job_id TEXT NOT NULL REFERENCES local_training_jobs (job_id) ON DELETE CASCADE,
  seq BIGINT NOT NULL,
  kind TEXT NOT NULL,
  time BIGINT NOT NULL,
  actor TEXT,
  data TEXT NOT NULL,
  PRIMARY KEY (job_id, seq)
) {clustered};

-- What the old system called its metrics, as rows of one step.
CREATE VIEW local_training_metrics AS
SELECT
  s.job_id AS job_id,
  p.step AS step,
  MAX(CASE WHEN s.key = 'epoch' THEN p.value END) AS epoch,
  MAX(CASE WHEN s.key = 'loss' THEN p.value END) AS train_loss,
  MAX(CASE WHEN s.key = 'eval_loss' THEN p.value END) AS eval_loss,
  MAX(CASE WHEN s.key = 'learning_rate' THEN p.value END) AS learning_rate,
  MAX(CASE WHEN s.key = 'grad_norm' THEN p.value END) AS grad_norm,
  MAX(CASE WHEN s.key = 'eval_perplexity' THEN p.value END) AS perplexity,
  MAX(CASE WHEN s.key = 'train_perplexity' THEN p.value END) AS train_perplexity,
  MAX(CASE WHEN s.key = 'samples_per_second' THEN p.value END) AS samples_per_second,
  MAX(CASE WHEN s.key = 'tokens_per_second' THEN p.value END) AS tokens_per_second,
  MAX(CASE WHEN s.key = 'gpu_memory_allocated_gb' THEN p.value END) AS gpu_memory_allocated_gb,
  MAX(CASE WHEN s.key = 'gpu_memory_reserved_gb' THEN p.value END) AS gpu_memory_reserved_gb,
  MAX(CASE WHEN s.key = 'gpu_utilization_percent' THEN p.value END) AS gpu_utilization_percent,
  MAX(p.time) AS timestamp
FROM points p
JOIN series s ON s.id = p.series_id
WHERE NOT EXISTS (
  SELECT 1 FROM points better
  WHERE better.series_id = p.series_id AND better.step = p.step
    AND (better.source < p.source OR (better.source = p.source AND better.seq > p.seq))
)
GROUP BY s.job_id, s.run, p.step;
