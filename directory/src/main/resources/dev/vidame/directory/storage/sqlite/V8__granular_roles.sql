-- What a partner lets an agent do to one customer beside what its roles let it do to all, until it ends.
create table granular_roles (
  customer_id blob not null,
  partner_id blob not null,
  agent_id blob not null,
  role text not null,
  ends_at integer not null,
  primary key (customer_id, partner_id, agent_id, role)
) without rowid;

create index granular_roles_agent on granular_roles (partner_id, agent_id, customer_id);
