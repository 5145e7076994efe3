-- What podcasts and episodes were called, and since when: a charge keeps the name of its own time. The first title that the catalog
-- learned stands for all the time before.
create table podcast_titles (
  podcast_id $uuid$ not null,
  valid_from $instant$ not null,
  title $text$ not null,
  primary key (podcast_id, valid_from)
) $strict$;

create table episode_titles (
  episode_id $uuid$ not null,
  valid_from $instant$ not null,
  title $text$ not null,
  primary key (episode_id, valid_from)
) $strict$;

insert into podcast_titles (podcast_id, valid_from, title) select id, created_at, title from podcasts;
insert into episode_titles (episode_id, valid_from, title) select id, created_at, title from episodes;
