-- With which applications prove that they have signed something; public halves only. A certificate is known by its
-- thumbprints and good for a time, a bare key by its name and until it is taken away.
create table application_keys (
  application_id blob not null,
  key_id blob not null,
  public_key text not null,
  name text,
  sha1 text,
  sha256 text,
  not_before integer,
  not_after integer,
  created_at integer not null,
  primary key (application_id, key_id)
) without rowid;

-- Assertions that were used, kept until they would not be good anyway, so that none is good twice.
create table used_assertions (
  application_id blob not null,
  assertion_hash blob not null,
  expires_at integer not null,
  primary key (application_id, assertion_hash)
) without rowid;

create index used_assertions_expiry on used_assertions (expires_at);
