-- What protects the dashboard's cookies and forms; all servers on the database share it.
create table data_protection_keys (
  id $uuid$ not null primary key,
  name $text$ not null,
  xml $text$ not null,
  created_at $instant$ not null
) $strict$;

-- Every change that somebody made, for good.
create table audit_log (
  id $uuid$ not null primary key, -- of version 7: in the order of time
  at $instant$ not null,
  actor $text$ not null,          -- the name of a key or of a person
  action $text$ not null,         -- price.add, key.create, job.start, ...
  subject $text$ not null,        -- what it was done to, in words
  detail $json$
) $strict$;
