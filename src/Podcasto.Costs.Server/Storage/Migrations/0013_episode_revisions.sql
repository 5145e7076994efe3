-- Servers keep the days of episodes in memory. What changes such a day without an event of it must be seen by all of them: an entry of
-- the catalog, by its revision, which each change raises above all others; and a repair of rollups, by a counter in ledger_state.
alter table episodes add column revision $integer$ not null default 0;

-- Serves whoever asks what has changed since.
create index episodes_by_revision on episodes (revision) where revision > 0;
