-- Sums of events, moved by the delta of each batch in the transaction that stores it. They carry no foreign keys.

create table episode_costs (
  episode_id $uuid$ not null primary key,
  podcast_id $uuid$,         -- the catalog's, else that of the first event that names one
  catalog_podcast_id $uuid$,
  named_podcast_id $uuid$,
  named_at $instant$,
  named_event_id $uuid$,
  ai_text_cost_usd $decimal$ not null,
  ai_image_cost_usd $decimal$ not null,
  ai_tts_cost_usd $decimal$ not null,
  lambda_execution_cost_usd $decimal$ not null,
  s3_operations_cost_usd $decimal$ not null,
  s3_storage_cost_usd $decimal$ not null,
  email_cost_usd $decimal$ not null,
  sqs_cost_usd $decimal$ not null,
  other_cost_usd $decimal$ not null,
  total_cost_usd $decimal$ not null,
  total_tokens $decimal$ not null,
  total_emails_sent $decimal$ not null,
  total_s3_operations $decimal$ not null,
  storage_mb $decimal$ not null,
  lambda_duration_seconds $decimal$ not null,
  event_count $integer$ not null,
  last_event_at $instant$ not null,
  cost_calculated_at $instant$ not null,
  last_updated $instant$ not null,
  created_at $instant$ not null
) $strict$;

-- Serves the dearest episodes, the default order of the list.
create index episode_costs_by_total on episode_costs ($by_total_cost$);

-- Serves the distinct episodes of days, months and podcasts, and a day's dearest episode.
create table episode_days (
  episode_id $uuid$ not null,
  day $date$ not null,
  podcast_id $uuid$ not null, -- the zero UUID for none
  cost_usd $decimal$ not null,
  event_count $integer$ not null,
  unpriced_count $integer$ not null,
  primary key (episode_id, day, podcast_id)
) $strict$;

-- Serves podcasts between two days, and a day's rebuild.
create index episode_days_by_day on episode_days (day, podcast_id);

-- Serves the explorer where it asks for no podcast, and the groups of days and months.
create table day_cells (
  day $date$ not null,
  service $text$ not null,
  event_type $text$ not null,
  model $text$ not null,  -- empty for none
  region $text$ not null, -- empty for none
  cost_usd $decimal$ not null,
  event_count $integer$ not null,
  unpriced_count $integer$ not null,
  primary key (day, service, event_type, model, region)
) $strict$;

-- Serves the explorer by podcast.
create table podcast_day_cells (
  podcast_id $uuid$ not null, -- the zero UUID for none
  day $date$ not null,
  service $text$ not null,
  event_type $text$ not null,
  model $text$ not null,
  region $text$ not null,
  cost_usd $decimal$ not null,
  event_count $integer$ not null,
  unpriced_count $integer$ not null,
  primary key (podcast_id, day, service, event_type, model, region)
) $strict$;

-- Serves all podcasts between two days, and a day's rebuild.
create index podcast_day_cells_by_day on podcast_day_cells (day);

create table podcast_months (
  podcast_id $uuid$ not null, -- the zero UUID for none
  month $date$ not null,      -- its first day
  episode_count $integer$ not null,
  cost_usd $decimal$ not null,
  episode_cost_usd $decimal$ not null,
  event_count $integer$ not null,
  primary key (podcast_id, month)
) $strict$;

-- Serves a month's podcasts.
create index podcast_months_by_month on podcast_months (month);

create table daily_cost_summary (
  date $date$ not null primary key,
  total_episodes_processed $integer$ not null,
  total_cost_usd $decimal$ not null,
  ai_cost_usd $decimal$ not null,
  lambda_cost_usd $decimal$ not null,
  storage_cost_usd $decimal$ not null,
  email_cost_usd $decimal$ not null,
  other_cost_usd $decimal$ not null,
  episode_cost_usd $decimal$ not null, -- of the day's events that have an episode
  avg_cost_per_episode_usd $decimal$ not null,
  max_episode_cost_usd $decimal$ not null,
  most_expensive_episode_id $uuid$,
  event_count $integer$ not null,
  unpriced_count $integer$ not null,
  created_at $instant$ not null,
  updated_at $instant$ not null
) $strict$;

create table month_totals (
  month $date$ not null primary key, -- its first day
  total_episodes $integer$ not null,
  total_cost_usd $decimal$ not null,
  ai_total_usd $decimal$ not null,
  lambda_total_usd $decimal$ not null,
  storage_total_usd $decimal$ not null,
  email_total_usd $decimal$ not null,
  other_total_usd $decimal$ not null,
  event_count $integer$ not null,
  unpriced_count $integer$ not null,
  created_at $instant$ not null,
  updated_at $instant$ not null
) $strict$;
