-- Serves the events that no price of the list priced, newest first: on most ledgers they are few, so that it costs next to nothing.
create index cost_tracking_events_not_by_the_list on cost_tracking_events (priced_by, timestamp) where priced_by <> 'price';
