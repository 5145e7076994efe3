-- Parquet files that hold events which left the ledger's table. Of a file the rows from archived_from to before archived_to are
-- archived; all others of its rows are still, or again, in the table. Both move in the transactions that move the rows.
create table archive_files (
  id $uuid$ not null primary key,
  month $date$ not null,        -- its first day
  path $text$ not null,         -- below the directory, or the prefix of the bucket
  sha256 $text$ not null,
  byte_count $integer$ not null,
  row_count $integer$ not null,
  total_cost_usd $decimal$ not null,
  state $text$ not null,        -- writing, archiving, archived, restoring, deleting
  archived_from $integer$ not null,
  archived_to $integer$ not null,
  created_at $instant$ not null
) $strict$;

create index archive_files_by_month on archive_files (month);

-- The ids of archived events: an id is counted once for ever, and a repeat is answered as it was.
create table archived_event_ids (
  id $uuid$ not null primary key,
  file_id $uuid$ not null,
  unit_cost_usd $decimal$ not null,
  total_cost_usd $decimal$ not null,
  priced_by $text$ not null
) $strict$;

-- How many there are; where it is zero nobody need look for one.
insert into ledger_state (name, value) values ('archived_events', 0);
