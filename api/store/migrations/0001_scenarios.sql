CREATE TABLE `scenarios` (
	`id` text PRIMARY KEY NOT NULL,
	`edit_key_hash` text NOT NULL,
	`revision` integer NOT NULL,
	`name` text NOT NULL,
	`note` text NOT NULL,
	`calculation` text NOT NULL,
	`input` text NOT NULL,
	`answer` text NOT NULL,
	`engine_version` text NOT NULL,
	`created_at` text NOT NULL,
	`saved_at` text NOT NULL
);
