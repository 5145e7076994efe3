-- An index on a column that changes with every event makes every update write into all indexes of the row. So the order by cost may
-- lag behind: batches that touch many episodes leave them unranked, and they are ranked when there is time. Whoever writes the row
-- without a thought of this keeps it right: ranked_cost_usd is the total, or null.
drop index episode_costs_by_total;

alter table episode_costs add column is_unranked boolean not null default false;
alter table episode_costs
  add column ranked_cost_usd numeric generated always as (case when is_unranked then null else total_cost_usd end) stored;

-- Serves the dearest episodes: the unranked ones stand together, the others in the order of their cost.
create index episode_costs_by_rank on episode_costs (ranked_cost_usd desc, episode_id);

-- Room on the page, so that updates of unranked rows stay on it.
alter table episode_costs set (fillfactor = 85);
