-- Who runs the service. They belong to no partner.
create table operators (
  operator_id blob not null primary key,
  name text not null,
  secret_hash blob not null,
  created_at integer not null
) without rowid;

-- An application may have two secrets for a while, so that one can be exchanged for the next without a gap.
create table application_secrets (
  application_id blob not null,
  secret_id blob not null,
  secret_hash blob not null,
  created_at integer not null,
  primary key (application_id, secret_id)
) without rowid;

insert into application_secrets (application_id, secret_id, secret_hash, created_at)
  select application_id, application_id, secret_hash, created_at from applications where secret_hash is not null;

alter table applications add column is_confidential integer not null default 0;
alter table applications add column is_disabled integer not null default 0;
update applications set is_confidential = secret_hash is not null;
alter table applications drop column secret_hash;

alter table partners add column is_disabled integer not null default 0;
alter table agents add column is_disabled integer not null default 0;

create index agents_partner on agents (partner_id, agent_id);
create index applications_partner on applications (partner_id, application_id);
create index refresh_tokens_agent on refresh_tokens (agent_id) where revoked_at is null;
create index refresh_tokens_application on refresh_tokens (application_id) where revoked_at is null;
