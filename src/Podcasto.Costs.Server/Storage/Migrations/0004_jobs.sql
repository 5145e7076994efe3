-- Every run of a job stays: whoever looks at a closed month sees when it was last proven.
create table jobs (
  id $uuid$ not null primary key,
  kind $text$ not null,
  period $text$ not null,  -- yyyy-MM-dd, yyyy-MM, or empty
  options $json$,          -- what else it was asked for
  state $text$ not null,   -- queued, running, succeeded, failed
  stage $text$ not null,
  done $integer$ not null,
  total $integer$ not null, -- zero while unknown
  attempts $integer$ not null,
  event_count $integer$,
  episode_count $integer$,
  total_cost_usd $decimal$,
  difference_count $integer$,
  error $text$,
  created_at $instant$ not null,
  started_at $instant$,
  beat_at $instant$,       -- a running job that stopped beating has lost its server
  finished_at $instant$
) $strict$;

-- Serves "when did this last succeed".
create index jobs_by_kind on jobs (kind, period);

-- Who does what only one server at a time may do.
create table leases (
  name $text$ not null primary key,
  holder $uuid$ not null,
  expires_at $instant$ not null
) $strict$;
