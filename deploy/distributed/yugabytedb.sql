-- Prepares a Vidame store in YugabyteDB (YSQL). Run it in the store's schema once a server has made the tables there, and
-- again after an upgrade that adds one of these indexes.
--
--   ysqlsh "$DATABASE" -v ON_ERROR_STOP=1 -f yugabytedb.sql
--
-- YugabyteDB spreads a table by the hash of the first column of its primary key and keeps the rest in order. That is the
-- customer, so the tables need nothing: everything of a customer lies in one tablet of each table, and a page of its
-- accounts or of its journal is read in order. An index whose first column is a time must be in order itself, or a search
-- for what is older would look at all of it.
--
-- Start the nodes with --ysql_enable_read_committed_isolation=true: otherwise transactions run with snapshot isolation,
-- which is as right here but makes changes of the same customer by several servers try again more often.
drop index if exists users_deleted;
create index users_deleted on users (deleted_at asc) where deleted_at is not null;

drop index if exists unchanged_requests_at;
create index unchanged_requests_at on unchanged_requests (at asc);

drop index if exists refused_requests_at;
create index refused_requests_at on refused_requests (at asc);

drop index if exists refresh_tokens_expiry;
create index refresh_tokens_expiry on refresh_tokens (expires_at asc);

drop index if exists authorization_codes_expiry;
create index authorization_codes_expiry on authorization_codes (expires_at asc);

drop index if exists device_codes_expiry;
create index device_codes_expiry on device_codes (expires_at asc);

drop index if exists used_assertions_expiry;
create index used_assertions_expiry on used_assertions (expires_at asc);

drop index if exists dashboard_sessions_used;
create index dashboard_sessions_used on dashboard_sessions (used_at asc);
