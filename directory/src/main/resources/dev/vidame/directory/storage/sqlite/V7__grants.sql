-- A key that signs no more still verifies until the last token that it signed is gone. How long tokens live is a setting,
-- so each key knows the longest that it has signed for; a day is the most that the setting has ever allowed.
alter table signing_keys add column token_seconds integer not null default 86400;
alter table signing_keys add column verifies_until integer;

-- One in each line, as none holds a line's end.
alter table applications add column redirect_uris text not null default '';

-- The family is that of the refresh tokens that the code was exchanged for, so that a code that comes twice ends them.
create table authorization_codes (
  code_hash blob not null primary key,
  family_id blob not null,
  partner_id blob not null,
  agent_id blob not null,
  application_id blob not null,
  resource text not null,
  redirect_uri text not null,
  challenge text not null,
  nonce text,
  expires_at integer not null,
  used_at integer
) without rowid;

create index authorization_codes_expiry on authorization_codes (expires_at);

-- Until somebody has answered, agent_id is null; is_allowed says what the answer was.
create table device_codes (
  code_hash blob not null primary key,
  user_code text not null,
  partner_id blob not null,
  application_id blob not null,
  resource text not null,
  expires_at integer not null,
  poll_seconds integer not null,
  polled_at integer,
  agent_id blob,
  is_allowed integer,
  used_at integer
) without rowid;

create unique index device_codes_user_code on device_codes (user_code);
create index device_codes_expiry on device_codes (expires_at);
create index device_codes_application on device_codes (application_id, expires_at);
