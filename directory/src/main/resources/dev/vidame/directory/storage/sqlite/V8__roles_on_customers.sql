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

-- Whose tokens a partner's agents and applications may come with beside this server's own.
create table external_issuers (
  issuer_id blob not null primary key,
  partner_id blob not null,
  issuer text not null,
  audience text not null,
  jwks_url text not null,
  agent_claim text not null,
  application_claim text not null,
  created_at integer not null
) without rowid;

create unique index external_issuers_audience on external_issuers (issuer, audience);
create index external_issuers_partner on external_issuers (partner_id, issuer_id);
