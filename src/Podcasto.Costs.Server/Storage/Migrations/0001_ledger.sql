-- The ledger: one row an event, never updated.
create table cost_tracking_events (
  id $uuid$ not null primary key,
  episode_id $uuid$,
  podcast_id $uuid$, -- the event's own; the effective one is this or that of its episode in the catalog
  user_id $uuid$,
  price_id $uuid$,
  timestamp $instant$ not null,
  created_at $instant$ not null,
  event_type $text$ not null,
  service $text$ not null,
  unit $text$ not null,
  priced_by $text$ not null,
  quantity $decimal$ not null,
  unit_cost_usd $decimal$ not null,
  total_cost_usd $decimal$ not null,
  -- Read out of the metadata once, when the event arrives, so that no query has to parse JSON again.
  model $text$,
  region $text$,
  tokens $decimal$,
  duration_seconds $decimal$,
  file_size_mb $decimal$,
  metadata $json$
) $strict$;

-- Serves one episode's events, re-attribution when the catalog moves it, and its rebuild.
create index cost_tracking_events_by_episode on cost_tracking_events (episode_id) where episode_id is not null;
-- Serves the newest-first list, a day's rebuild, and the explorer where it groups by episode.
create index cost_tracking_events_by_time on cost_tracking_events (timestamp);

create table podcasts (
  id $uuid$ not null primary key,
  title $text$ not null,
  created_at $instant$ not null,
  updated_at $instant$ not null
) $strict$;

create table episodes (
  id $uuid$ not null primary key,
  podcast_id $uuid$ not null, -- may name a podcast that is not known yet
  title $text$ not null,
  published_at $instant$,
  duration_seconds $decimal$,
  created_at $instant$ not null,
  updated_at $instant$ not null
) $strict$;

-- Serves the events of a podcast, which reach it through their episodes.
create index episodes_by_podcast on episodes (podcast_id);

create table cost_pricing_config (
  id $uuid$ not null primary key,
  service $text$ not null,
  region $text$,
  model $text$,
  unit $text$ not null,
  unit_cost_usd $decimal$ not null,
  unit_quantity $integer$ not null,
  effective_from $instant$ not null,
  effective_to $instant$,
  notes $text$,
  created_at $instant$ not null
) $strict$;

create table api_keys (
  id $uuid$ not null primary key,
  name $text$ not null,
  key_hash $text$ not null unique,
  scopes $text$ not null,
  created_at $instant$ not null,
  expires_at $instant$,
  revoked_at $instant$
) $strict$;

-- Counters that servers compare with what they hold in memory: the version of the price table.
create table ledger_state (
  name $text$ not null primary key,
  value $integer$ not null
) $strict$;

insert into ledger_state (name, value) values ('price_version', 0);
