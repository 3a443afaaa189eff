-- What an agent shows beside the password. A new factor waits until a code of it was confirmed; until then the one before holds,
-- so there is at most one of each. The last step is that of the last code that was taken.
create table second_factors (
  partner_id blob not null,
  agent_id blob not null,
  is_enrolled integer not null,
  factor_id blob not null,
  secret text not null,
  recovery_salt blob not null,
  created_at integer not null,
  enrolled_at integer,
  last_step integer not null default 0,
  primary key (partner_id, agent_id, is_enrolled)
) without rowid;

-- Each is good once, and is deleted then.
create table recovery_codes (
  partner_id blob not null,
  agent_id blob not null,
  factor_id blob not null,
  code_hash blob not null,
  primary key (partner_id, agent_id, factor_id, code_hash)
) without rowid;

-- How the sign-in was made that a token came of.
alter table refresh_tokens add column is_multi_factor integer not null default 0;
alter table authorization_codes add column is_multi_factor integer not null default 0;
alter table device_codes add column is_multi_factor integer not null default 0;
