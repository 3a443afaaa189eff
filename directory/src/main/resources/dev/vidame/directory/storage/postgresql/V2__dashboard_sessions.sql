-- Who is signed in to the dashboard. The key is the hash of what the browser holds, and what the next page is to say is
-- encrypted with it, so whoever reads this can neither be the agent nor learn what was said. The mark is another one once the
-- agent has another password. Rows that change all the time: room in each page keeps them where they are.
create table dashboard_sessions (
  key_hash bytea not null primary key,
  partner_id uuid not null,
  agent_id uuid not null,
  issuer_id uuid,
  password_mark text collate "C" not null,
  is_multi_factor smallint not null,
  started_at bigint not null,
  used_at bigint not null,
  notice bytea,
  new_secret bytea,
  selection bytea
) with (fillfactor = 80);

create index dashboard_sessions_used on dashboard_sessions (used_at);
create index dashboard_sessions_agent on dashboard_sessions (agent_id);

-- How agents of a partner sign in to the dashboard with a provider that is trusted for it. Who types a name of the domain is led there.
create table issuer_sign_ins (
  partner_id uuid not null,
  issuer_id uuid not null,
  name text collate "C" not null,
  domain text collate "C" not null,
  client_id text collate "C" not null,
  client_secret text collate "C",
  authorization_url text collate "C" not null,
  token_url text collate "C" not null,
  primary key (partner_id, issuer_id)
);

create unique index issuer_sign_ins_domain on issuer_sign_ins (domain);
