CREATE TABLE `price_lists` (
	`id` text PRIMARY KEY NOT NULL,
	`edit_key_hash` text NOT NULL,
	`revision` integer NOT NULL,
	`name` text NOT NULL,
	`entries` text NOT NULL,
	`created_at` text NOT NULL,
	`saved_at` text NOT NULL
);
