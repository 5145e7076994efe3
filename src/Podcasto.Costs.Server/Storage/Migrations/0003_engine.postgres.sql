-- Two prices of one service, region, model and unit never overlap in time, not even when two requests race.
create extension if not exists btree_gist;

alter table cost_pricing_config add constraint cost_pricing_config_no_overlap exclude using gist (
  service with =, coalesce(region, '') with =, coalesce(model, '') with =, unit with =,
  tstzrange(effective_from, effective_to) with &&
);

-- Rows that every batch updates: room on the page lets PostgreSQL update them in place.
alter table episode_days set (fillfactor = 80);
alter table day_cells set (fillfactor = 50);
alter table podcast_day_cells set (fillfactor = 80);
alter table podcast_months set (fillfactor = 50);
alter table daily_cost_summary set (fillfactor = 50);
alter table month_totals set (fillfactor = 50);

-- The average of the contract: rounded half-even to 12 decimals, where round() rounds half away from zero. Not "strict", so that
-- the planner puts its body in place of the call: a fifth of the time.
create function divide_half_even(total numeric, parts bigint) returns numeric
language sql immutable parallel safe as $$
  select case
    when parts = 0 then 0
    else trim_scale((div(total * 1000000000000, parts) + case
      when 2 * mod(total * 1000000000000, parts) > parts then 1
      when 2 * mod(total * 1000000000000, parts) = parts then mod(div(total * 1000000000000, parts), 2)
      else 0 end) * 0.000000000001)
  end
$$;

create view monthly_cost_summary as
select
  extract(year from m.month)::int as year, extract(month from m.month)::int as month,
  m.total_episodes, coalesce(p.total_podcasts_active, 0) as total_podcasts_active,
  m.total_cost_usd, m.ai_total_usd, m.lambda_total_usd, m.storage_total_usd, m.email_total_usd, m.other_total_usd,
  coalesce(p.podcast_costs, '[]') as podcast_costs, m.created_at, m.updated_at
from month_totals m
left join (
  select
    month, count(*) as total_podcasts_active,
    jsonb_agg(
      jsonb_build_object('podcast_id', podcast_id, 'episode_count', episode_count, 'total_cost_usd', trim_scale(cost_usd)::text)
      order by cost_usd desc, podcast_id
    ) as podcast_costs
  from podcast_months
  where podcast_id <> '00000000-0000-0000-0000-000000000000'
  group by month
) p on p.month = m.month;
