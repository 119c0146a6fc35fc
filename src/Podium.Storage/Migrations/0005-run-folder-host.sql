-- The host that has the run folder, where that is made of uploads: another host's folder of the same name is another one. NULL: the
-- folder is the trainer's, and whoever reaches it may read it.
ALTER TABLE local_training_jobs ADD COLUMN run_folder_host TEXT;
