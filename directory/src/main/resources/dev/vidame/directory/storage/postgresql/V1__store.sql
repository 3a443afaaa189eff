-- Moments are microseconds since 1970, truth values are 0 and 1. Text is compared byte by byte, as on SQLite.
--
-- What a distributed database needs, so that it can spread customers over its machines: the key of each table of
-- customers' data begins with the customer, so does every unique index, no foreign key goes from one customer to another,
-- and no number comes from a sequence. The database only stores: it has no function or trigger of ours.

create table partners (
  partner_id uuid not null primary key,
  name text collate "C" not null,
  created_at bigint not null,
  sandbox smallint not null default 0,
  is_disabled smallint not null default 0,
  password_profile text collate "C",
  allows_app_only_users smallint not null default 0
);

create table agents (
  agent_id uuid not null primary key,
  partner_id uuid not null,
  upn text collate "C" not null,
  display_name text collate "C" not null,
  roles text collate "C" not null,
  password_hash text collate "C" not null,
  created_at bigint not null,
  is_disabled smallint not null default 0
);
create unique index agents_upn on agents (lower(upn));
create index agents_partner on agents (partner_id, agent_id);

create table applications (
  application_id uuid not null primary key,
  partner_id uuid not null,
  name text collate "C" not null,
  created_at bigint not null,
  is_confidential smallint not null default 0,
  is_disabled smallint not null default 0,
  redirect_uris text collate "C" not null default ''
);
create index applications_partner on applications (partner_id, application_id);

create table refresh_tokens (
  token_hash bytea not null primary key,
  family_id uuid not null,
  partner_id uuid not null,
  agent_id uuid not null,
  application_id uuid not null,
  resource text collate "C" not null,
  issued_at bigint not null,
  expires_at bigint not null,
  replaced_at bigint,
  revoked_at bigint,
  is_multi_factor smallint not null default 0
);
create index refresh_tokens_family on refresh_tokens (family_id);
create index refresh_tokens_expiry on refresh_tokens (expires_at);
create index refresh_tokens_agent on refresh_tokens (agent_id) where revoked_at is null;
create index refresh_tokens_application on refresh_tokens (application_id) where revoked_at is null;

create table signing_keys (
  key_id text collate "C" not null primary key,
  jwk text collate "C" not null,
  created_at bigint not null,
  token_seconds bigint not null default 86400,
  verifies_until bigint
);

create table secrets (
  name text collate "C" not null primary key,
  secret bytea not null
);

create table customers (
  customer_id uuid not null primary key,
  company_name text collate "C" not null,
  default_domain text collate "C" not null,
  created_at bigint not null
);

create table domains (
  domain text collate "C" not null primary key,
  customer_id uuid not null,
  is_federated smallint not null
);
create index domains_customer on domains (customer_id);

create table relationships (
  customer_id uuid not null,
  partner_id uuid not null,
  since bigint not null,
  primary key (customer_id, partner_id)
);
create index relationships_partner on relationships (partner_id, customer_id);

create table users (
  customer_id uuid not null,
  user_id uuid not null,
  version bigint not null,
  upn text collate "C" not null,
  display_name text collate "C" not null,
  first_name text collate "C",
  last_name text collate "C",
  usage_location text collate "C",
  immutable_id text collate "C",
  phone_number text collate "C",
  force_change_password smallint not null,
  deleted_at bigint,
  primary key (customer_id, user_id)
) with (fillfactor = 80);
create unique index users_upn on users (customer_id, lower(upn)) where deleted_at is null;
create unique index users_immutable_id on users (customer_id, immutable_id)
  where immutable_id is not null and deleted_at is null;
create index users_deleted_upn on users (customer_id, lower(upn)) where deleted_at is not null;
create index users_deleted on users (deleted_at) where deleted_at is not null;

create table passwords (
  customer_id uuid not null,
  user_id uuid not null,
  hash text collate "C" not null,
  set_at bigint not null,
  primary key (customer_id, user_id)
);

create table role_members (
  customer_id uuid not null,
  role_id uuid not null,
  user_id uuid not null,
  since bigint not null,
  primary key (customer_id, role_id, user_id)
);
create index role_members_user on role_members (customer_id, user_id);

create table subscribed_skus (
  customer_id uuid not null,
  sku_id text collate "C" not null,
  license_group text collate "C" not null,
  part_number text collate "C" not null,
  name text collate "C" not null,
  target_type text collate "C" not null,
  capability_status text collate "C" not null,
  active_units bigint not null check (active_units >= 0),
  warning_units bigint not null check (warning_units >= 0),
  suspended_units bigint not null check (suspended_units >= 0),
  consumed_units bigint not null,
  primary key (customer_id, sku_id),
  check (consumed_units between 0 and active_units + warning_units)
);
create unique index subscribed_skus_id on subscribed_skus (customer_id, lower(sku_id));
create unique index subscribed_skus_part_number on subscribed_skus (customer_id, lower(part_number));

create table service_plans (
  customer_id uuid not null,
  sku_id text collate "C" not null,
  place bigint not null,
  plan_id uuid not null,
  display_name text collate "C" not null,
  service_name text collate "C" not null,
  target_type text collate "C" not null,
  primary key (customer_id, sku_id, place)
);

create table licenses (
  customer_id uuid not null,
  user_id uuid not null,
  sku_id text collate "C" not null,
  excluded_plans text collate "C" not null,
  since bigint not null,
  primary key (customer_id, user_id, sku_id)
);

create table customer_profiles (
  customer_id uuid not null primary key,
  billing_version bigint not null,
  first_name text collate "C",
  last_name text collate "C",
  email text collate "C",
  culture text collate "C",
  language text collate "C",
  company_name text collate "C",
  country text collate "C",
  region text collate "C",
  city text collate "C",
  state text collate "C",
  address_line_1 text collate "C",
  address_line_2 text collate "C",
  postal_code text collate "C",
  address_first_name text collate "C",
  address_middle_name text collate "C",
  address_last_name text collate "C",
  phone_number text collate "C",
  organization_registration_number text collate "C",
  company_email text collate "C",
  company_country text collate "C",
  company_region text collate "C",
  company_city text collate "C",
  company_address_line_1 text collate "C",
  company_address_line_2 text collate "C",
  company_postal_code text collate "C",
  company_phone_number text collate "C"
);

create table former_customers (
  customer_id uuid not null,
  partner_id uuid not null,
  primary key (customer_id, partner_id)
);

create table former_company_names (
  customer_id uuid not null,
  partner_id uuid not null,
  company_name text collate "C" not null,
  primary key (customer_id, partner_id)
);

create table former_actors (
  partner_id uuid not null,
  actor_id uuid not null,
  name text collate "C" not null,
  primary key (partner_id, actor_id)
);

create table operators (
  operator_id uuid not null primary key,
  name text collate "C" not null,
  secret_hash bytea not null,
  created_at bigint not null
);

create table application_secrets (
  application_id uuid not null,
  secret_id uuid not null,
  secret_hash bytea not null,
  created_at bigint not null,
  primary key (application_id, secret_id)
);

create table authorization_codes (
  code_hash bytea not null primary key,
  family_id uuid not null,
  partner_id uuid not null,
  agent_id uuid not null,
  application_id uuid not null,
  resource text collate "C" not null,
  redirect_uri text collate "C" not null,
  challenge text collate "C" not null,
  nonce text collate "C",
  expires_at bigint not null,
  used_at bigint,
  is_multi_factor smallint not null default 0
);
create index authorization_codes_expiry on authorization_codes (expires_at);

create table device_codes (
  code_hash bytea not null primary key,
  user_code text collate "C" not null,
  partner_id uuid not null,
  application_id uuid not null,
  resource text collate "C" not null,
  expires_at bigint not null,
  poll_seconds bigint not null,
  polled_at bigint,
  agent_id uuid,
  is_allowed smallint,
  used_at bigint,
  is_multi_factor smallint not null default 0
);
create unique index device_codes_user_code on device_codes (user_code);
create index device_codes_expiry on device_codes (expires_at);
create index device_codes_application on device_codes (application_id, expires_at);

create table granular_roles (
  customer_id uuid not null,
  partner_id uuid not null,
  agent_id uuid not null,
  role text collate "C" not null,
  ends_at bigint not null,
  primary key (customer_id, partner_id, agent_id, role)
);
create index granular_roles_agent on granular_roles (partner_id, agent_id, customer_id);

create table external_issuers (
  issuer_id uuid not null primary key,
  partner_id uuid not null,
  issuer text collate "C" not null,
  audience text collate "C" not null,
  jwks_url text collate "C" not null,
  agent_claim text collate "C" not null,
  application_claim text collate "C" not null,
  created_at bigint not null
);
create unique index external_issuers_audience on external_issuers (issuer, audience);
create index external_issuers_partner on external_issuers (partner_id, issuer_id);

create table second_factors (
  partner_id uuid not null,
  agent_id uuid not null,
  is_enrolled smallint not null,
  factor_id uuid not null,
  secret text collate "C" not null,
  recovery_salt uuid not null,
  created_at bigint not null,
  enrolled_at bigint,
  last_step bigint not null default 0,
  wrong_codes bigint not null default 0,
  primary key (partner_id, agent_id, is_enrolled)
);

create table recovery_codes (
  partner_id uuid not null,
  agent_id uuid not null,
  factor_id uuid not null,
  code_hash bytea not null,
  primary key (partner_id, agent_id, factor_id, code_hash)
);

create table application_keys (
  application_id uuid not null,
  key_id uuid not null,
  public_key text collate "C" not null,
  name text collate "C",
  sha1 text collate "C",
  sha256 text collate "C",
  not_before bigint,
  not_after bigint,
  created_at bigint not null,
  primary key (application_id, key_id)
);

create table used_assertions (
  application_id uuid not null,
  assertion_hash bytea not null,
  expires_at bigint not null,
  primary key (application_id, assertion_hash)
);
create index used_assertions_expiry on used_assertions (expires_at);

-- Who does what only one of several servers is to do.
create table leases (
  name text collate "C" not null primary key,
  holder uuid not null,
  ends_at bigint not null
);

-- The end of each customer's journal. Whoever changes a customer locks its row first, so that changes of one customer
-- happen one after the other. Rows that change all the time: room in each page keeps them where they are.
create table journal_heads (
  customer_id uuid not null primary key,
  seq bigint not null,
  hash bytea not null
) with (fillfactor = 50);

-- Appended to and never changed, but for changes and salt when personal data is redacted. A position is the time of the
-- row and the process that wrote it, so that rows of different customers have an order.
create table journal (
  customer_id uuid not null,
  seq bigint not null,
  position bigint not null,
  at bigint not null,
  partner_id uuid not null,
  actor_id uuid,
  application_id uuid not null,
  operation text collate "C" not null,
  subject_id uuid not null,
  request_id uuid not null,
  correlation_id uuid not null,
  request_key bytea not null,
  body_hash bytea not null,
  changes text collate "C" not null,
  salt bytea not null,
  payload_hash bytea not null,
  hash bytea not null,
  primary key (customer_id, seq)
);

create index journal_request on journal (request_key, customer_id);
create index journal_partner on journal (partner_id, position);

-- Requests that succeeded without changing anything: a replay must still find them.
create table unchanged_requests (
  customer_id uuid not null,
  request_key bytea not null,
  subject_id uuid not null,
  seq bigint not null,
  at bigint not null,
  body_hash bytea not null,
  primary key (customer_id, request_key)
);

create index unchanged_requests_at on unchanged_requests (at);

-- Requests that wanted to change something and were refused. A number and after_position are positions as the journal's,
-- and after_seq is the end of the customer's journal at that moment, which puts them in order with its rows. Kept for a while only.
create table refused_requests (
  partner_id uuid not null,
  number bigint not null,
  customer_id uuid,
  after_position bigint not null,
  after_seq bigint not null,
  at bigint not null,
  actor_id uuid,
  application_id uuid not null,
  correlation_id uuid not null,
  request_key bytea not null,
  operation text collate "C" not null,
  subject text collate "C",
  code bigint not null,
  description text collate "C" not null,
  primary key (partner_id, number)
);

create unique index refused_requests_key on refused_requests (partner_id, request_key);
create index refused_requests_order on refused_requests (partner_id, after_position, number);
create index refused_requests_at on refused_requests (at);
