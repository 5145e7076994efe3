-- Only what stock SQLite has: the view must answer in any program that opens the file. Amounts are plain decimal text without
-- trailing zeros, so the number of digits before the point, then the text, orders them exactly.
create view monthly_cost_summary as
select
  cast(substr(m.month, 1, 4) as integer) as year, cast(substr(m.month, 6, 2) as integer) as month,
  m.total_episodes,
  (
    select count(*) from podcast_months p
    where p.month = m.month and p.podcast_id <> '00000000-0000-0000-0000-000000000000'
  ) as total_podcasts_active,
  m.total_cost_usd, m.ai_total_usd, m.lambda_total_usd, m.storage_total_usd, m.email_total_usd, m.other_total_usd,
  (
    select json_group_array(json_object('podcast_id', podcast_id, 'episode_count', episode_count, 'total_cost_usd', cost_usd))
    from (
      select podcast_id, episode_count, cost_usd
      from podcast_months p
      where p.month = m.month and p.podcast_id <> '00000000-0000-0000-0000-000000000000'
      order by instr(p.cost_usd || '.', '.') desc, p.cost_usd desc, p.podcast_id
    )
  ) as podcast_costs,
  m.created_at, m.updated_at
from month_totals m;
