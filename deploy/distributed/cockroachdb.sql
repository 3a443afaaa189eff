-- Prepares a Vidame store in CockroachDB. Run it in the store's database once a server has made the tables there, and again
-- after an upgrade that adds one of these indexes.
--
--   cockroach sql --url "$DATABASE" -f cockroachdb.sql
--
-- CockroachDB keeps a table in the order of its primary key and splits it where it grows. The first column is the customer,
-- whose id is chance, so customers spread by themselves, and everything of a customer lies together. An index whose first
-- column is a time would write to its end only, on one node; so these are spread over eight pieces.
--
-- Transactions are serializable there; a server tries those again that the database asks it to.
drop index if exists unchanged_requests_at;
create index unchanged_requests_at on unchanged_requests (at) using hash with (bucket_count = 8);

drop index if exists refused_requests_at;
create index refused_requests_at on refused_requests (at) using hash with (bucket_count = 8);

drop index if exists refresh_tokens_expiry;
create index refresh_tokens_expiry on refresh_tokens (expires_at) using hash with (bucket_count = 8);

drop index if exists authorization_codes_expiry;
create index authorization_codes_expiry on authorization_codes (expires_at) using hash with (bucket_count = 8);

drop index if exists device_codes_expiry;
create index device_codes_expiry on device_codes (expires_at) using hash with (bucket_count = 8);

drop index if exists used_assertions_expiry;
create index used_assertions_expiry on used_assertions (expires_at) using hash with (bucket_count = 8);

drop index if exists dashboard_sessions_used;
create index dashboard_sessions_used on dashboard_sessions (used_at) using hash with (bucket_count = 8);
