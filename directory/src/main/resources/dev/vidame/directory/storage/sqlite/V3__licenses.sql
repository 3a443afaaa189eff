-- What customers subscribe to. consumed_units is the number of accounts in use that hold a licence, and changes with
-- them; it can neither fall below zero nor rise above what there is. Ids and part numbers match in any case.
create table subscribed_skus (
  customer_id blob not null,
  sku_id text not null collate nocase,
  license_group text not null,
  part_number text not null collate nocase,
  name text not null,
  target_type text not null,
  capability_status text not null,
  active_units integer not null check (active_units >= 0),
  warning_units integer not null check (warning_units >= 0),
  suspended_units integer not null check (suspended_units >= 0),
  consumed_units integer not null,
  primary key (customer_id, sku_id),
  check (consumed_units between 0 and active_units + warning_units)
) without rowid;

create unique index subscribed_skus_part_number on subscribed_skus (customer_id, part_number);

create table service_plans (
  customer_id blob not null,
  sku_id text not null collate nocase,
  place integer not null,
  plan_id blob not null,
  display_name text not null,
  service_name text not null,
  target_type text not null,
  primary key (customer_id, sku_id, place)
) without rowid;

-- Who holds which licence. A deleted account keeps its rows without consuming units, until it is restored and each
-- finds a unit again or is dropped.
create table licenses (
  customer_id blob not null,
  user_id blob not null,
  sku_id text not null collate nocase,
  excluded_plans text not null,
  since integer not null,
  primary key (customer_id, user_id, sku_id)
) without rowid;
