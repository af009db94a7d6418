DROP INDEX `price_points_by_model`;--> statement-breakpoint
DROP INDEX `price_points_by_served_model`;--> statement-breakpoint
CREATE INDEX `price_points_by_model` ON `price_points` (`generation`,lower("base_model"),`meter`,`valid_until`);--> statement-breakpoint
CREATE INDEX `price_points_by_served_model` ON `price_points` (`generation`,lower("served_model"),`meter`,`valid_until`);