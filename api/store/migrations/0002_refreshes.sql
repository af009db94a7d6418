CREATE TABLE `live_files` (
	`url` text PRIMARY KEY NOT NULL,
	`etag` text,
	`last_modified` text
);
--> statement-breakpoint
CREATE TABLE `refreshed_sources` (
	`run` integer NOT NULL,
	`source` text NOT NULL,
	`outcome` text NOT NULL,
	`detail` text NOT NULL,
	`bytes` integer NOT NULL,
	`rows` integer NOT NULL,
	`added` integer NOT NULL,
	`changed` integer NOT NULL,
	`ended` integer NOT NULL,
	`unchanged` integer NOT NULL,
	`refused` text NOT NULL,
	PRIMARY KEY(`run`, `source`)
);
--> statement-breakpoint
CREATE TABLE `refreshes` (
	`run` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`started_at` text NOT NULL,
	`ended_at` text,
	`generation` integer
);
