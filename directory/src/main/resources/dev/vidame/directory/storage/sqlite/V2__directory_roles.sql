-- Who has which directory role. A deleted account keeps its rows, which count again once it is restored.
create table role_members (
  customer_id blob not null,
  role_id blob not null,
  user_id blob not null,
  since integer not null,
  primary key (customer_id, role_id, user_id)
) without rowid;

create index role_members_user on role_members (customer_id, user_id);
