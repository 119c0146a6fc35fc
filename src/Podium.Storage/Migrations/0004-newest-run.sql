-- The run of which a job speaks, where that is not the one that began last: an older one that has gone on since. NULL: the last.
ALTER TABLE local_training_jobs ADD COLUMN newest_run BIGINT;
