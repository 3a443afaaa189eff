-- These are what a version to come may do to a store in which this one still runs.
alter table users add column nickname text collate "C";
alter table users add column is_shared smallint not null default 0, add column shared_at bigint;
create index users_nickname on users (customer_id, lower(nickname), user_id);

create table badges (
  customer_id uuid not null,
  badge_id uuid not null,
  name text collate "C" not null,
  primary key (customer_id, badge_id)
);
create unique index badges_name on badges (customer_id, lower(name));
