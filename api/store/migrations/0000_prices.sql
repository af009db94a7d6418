CREATE TABLE `generations` (
	`generation` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`version` text NOT NULL,
	`prices_as_of` text,
	`published` integer DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE `gpu_offers` (
	`generation` integer NOT NULL,
	`offer` integer NOT NULL,
	`seller` text NOT NULL,
	`instance` text NOT NULL,
	`gpu` text,
	`gpu_name` text NOT NULL,
	`gpu_count` real NOT NULL,
	`vcpu_count` real,
	`memory_gb` real,
	`local_ssd_gb` real,
	`region` text,
	`zone` text,
	`pricing` text NOT NULL,
	`term_months` integer,
	`amount_per_hour` text,
	`amount_per_month` text,
	`amount_upfront` text,
	`usd_per_hour` real,
	`usd_per_gpu_hour` real,
	`operating_system` text,
	`minimum_gpu_count` real,
	`interconnect` text,
	`egress_included` integer,
	`availability` text,
	`currency` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_from_basis` text NOT NULL,
	`valid_until` text,
	`source` integer NOT NULL,
	`conflict_set` text,
	PRIMARY KEY(`generation`, `offer`)
);
--> statement-breakpoint
CREATE INDEX `gpu_offers_by_gpu` ON `gpu_offers` (`generation`,lower("gpu"));--> statement-breakpoint
CREATE INDEX `gpu_offers_by_instance` ON `gpu_offers` (`generation`,lower("instance"));--> statement-breakpoint
CREATE TABLE `model_names` (
	`generation` integer NOT NULL,
	`name` text NOT NULL,
	`model` text NOT NULL,
	PRIMARY KEY(`generation`, `name`)
);
--> statement-breakpoint
CREATE TABLE `price_points` (
	`generation` integer NOT NULL,
	`offer` integer NOT NULL,
	`position` integer NOT NULL,
	`listing` text NOT NULL,
	`seller` text NOT NULL,
	`served_model` text NOT NULL,
	`base_model` text,
	`model_rule` text,
	`open_weights` integer,
	`kind` text NOT NULL,
	`service_tier` text NOT NULL,
	`region_scope` text NOT NULL,
	`region` text,
	`quantisation` text,
	`window_from` text,
	`window_until` text,
	`window_days` text,
	`cached_tokens_reported` text,
	`deprecated` integer NOT NULL,
	`meter` text NOT NULL,
	`amount` text NOT NULL,
	`unit` text NOT NULL,
	`unit_size` real NOT NULL,
	`usd_per_million_tokens` real,
	`tier_dimension` text NOT NULL,
	`tier_from` integer NOT NULL,
	`tier_from_inclusive` integer NOT NULL,
	`tier_to` integer,
	`tier_mode` text NOT NULL,
	`list_amount` text,
	`currency` text NOT NULL,
	`valid_from` text NOT NULL,
	`valid_from_basis` text NOT NULL,
	`valid_until` text,
	`source` integer NOT NULL,
	`conflict_set` text,
	PRIMARY KEY(`generation`, `offer`, `position`)
);
--> statement-breakpoint
CREATE INDEX `price_points_by_model` ON `price_points` (`generation`,lower("base_model"));--> statement-breakpoint
CREATE INDEX `price_points_by_served_model` ON `price_points` (`generation`,lower("served_model"));--> statement-breakpoint
CREATE INDEX `price_points_by_listing` ON `price_points` (`generation`,`listing`);--> statement-breakpoint
CREATE TABLE `sources` (
	`generation` integer NOT NULL,
	`source` integer NOT NULL,
	`publisher` text NOT NULL,
	`path` text NOT NULL,
	`commit_hash` text,
	`observed_at` text NOT NULL,
	`checked_at` text,
	PRIMARY KEY(`generation`, `source`)
);
