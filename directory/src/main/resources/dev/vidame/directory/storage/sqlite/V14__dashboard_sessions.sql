-- Who is signed in to the dashboard. The key is the hash of what the browser holds, and what the next page is to say is
-- encrypted with it, so whoever reads this can neither be the agent nor learn what was said. The mark is another one once the
-- agent has another password.
create table dashboard_sessions (
  key_hash blob not null primary key,
  partner_id blob not null,
  agent_id blob not null,
  issuer_id blob,
  password_mark text not null,
  is_multi_factor integer not null,
  started_at integer not null,
  used_at integer not null,
  notice blob,
  new_secret blob,
  selection blob
) without rowid;

create index dashboard_sessions_used on dashboard_sessions (used_at);
create index dashboard_sessions_agent on dashboard_sessions (agent_id);

-- How agents of a partner sign in to the dashboard with a provider that is trusted for it. Who types a name of the domain is led there.
create table issuer_sign_ins (
  partner_id blob not null,
  issuer_id blob not null,
  name text not null,
  domain text not null,
  client_id text not null,
  client_secret text,
  authorization_url text not null,
  token_url text not null,
  primary key (partner_id, issuer_id)
) without rowid;

create unique index issuer_sign_ins_domain on issuer_sign_ins (domain);
