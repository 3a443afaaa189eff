-- GUIDs are 16 bytes, moments are microseconds since 1970, truth values are 0 and 1.
-- Every table of customers' data is keyed by the customer first.

create table partners (
  partner_id blob not null primary key,
  name text not null,
  created_at integer not null
) without rowid;

create table agents (
  agent_id blob not null primary key,
  partner_id blob not null,
  upn text not null,
  display_name text not null,
  roles text not null,
  password_hash text not null,
  created_at integer not null
) without rowid;

create unique index agents_upn on agents (lower(upn));

create table applications (
  application_id blob not null primary key,
  partner_id blob not null,
  name text not null,
  secret_hash blob,
  created_at integer not null
) without rowid;

create table refresh_tokens (
  token_hash blob not null primary key,
  family_id blob not null,
  partner_id blob not null,
  agent_id blob not null,
  application_id blob not null,
  resource text not null,
  issued_at integer not null,
  expires_at integer not null,
  replaced_at integer,
  revoked_at integer
) without rowid;

create index refresh_tokens_family on refresh_tokens (family_id);
create index refresh_tokens_expiry on refresh_tokens (expires_at);

create table signing_keys (
  key_id text not null primary key,
  jwk text not null,
  created_at integer not null
) without rowid;

create table secrets (
  name text not null primary key,
  secret blob not null
) without rowid;

create table customers (
  customer_id blob not null primary key,
  company_name text not null,
  default_domain text not null,
  created_at integer not null
) without rowid;

-- A domain belongs to one customer of the whole server, which makes principal names unique everywhere.
create table domains (
  domain text not null primary key,
  customer_id blob not null,
  is_federated integer not null
) without rowid;

create table relationships (
  customer_id blob not null,
  partner_id blob not null,
  since integer not null,
  primary key (customer_id, partner_id)
) without rowid;

create index relationships_partner on relationships (partner_id, customer_id);

create table users (
  customer_id blob not null,
  user_id blob not null,
  version integer not null,
  upn text not null,
  display_name text not null,
  first_name text,
  last_name text,
  usage_location text,
  immutable_id text,
  phone_number text,
  force_change_password integer not null,
  deleted_at integer,
  primary key (customer_id, user_id)
) without rowid;

create unique index users_upn on users (customer_id, lower(upn)) where deleted_at is null;
create unique index users_immutable_id on users (customer_id, immutable_id)
  where immutable_id is not null and deleted_at is null;

create index users_deleted_upn on users (customer_id, lower(upn)) where deleted_at is not null;
create index users_deleted on users (deleted_at) where deleted_at is not null;

-- Apart from the accounts, so that no statement that reads accounts can return a hash.
create table passwords (
  customer_id blob not null,
  user_id blob not null,
  hash text not null,
  set_at integer not null,
  primary key (customer_id, user_id)
) without rowid;

-- Appended to and never changed, but for changes and salt when personal data is redacted. In order of arrival, so that a
-- change touches the last page and not one anywhere.
create table journal (
  position integer primary key,
  customer_id blob not null,
  seq integer not null,
  at integer not null,
  partner_id blob not null,
  actor_id blob,
  application_id blob not null,
  operation text not null,
  subject_id blob not null,
  request_id blob not null,
  correlation_id blob not null,
  request_key blob not null,
  body_hash blob not null,
  changes text not null,
  salt blob not null,
  payload_hash blob not null,
  hash blob not null
);

-- Up to journal_indexed, every row of the journal by its customer. Written for many rows at a time.
create table journal_index (
  of_customer blob not null,
  of_seq integer not null,
  position integer not null,
  primary key (of_customer, of_seq)
) without rowid;

create table journal_indexed (
  position integer not null
);

insert into journal_indexed (position) values (0);

-- Requests that succeeded without changing anything: a replay must still find them.
create table unchanged_requests (
  position integer primary key,
  customer_id blob not null,
  subject_id blob not null,
  seq integer not null,
  at integer not null,
  request_key blob not null,
  body_hash blob not null
);
