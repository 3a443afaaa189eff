-- Spreads a Vidame store over the workers of a Citus cluster. Run it on the coordinator, in the store's schema, once a
-- server has made the tables there, and again after an upgrade: what is spread already stays as it is.
--
--   psql "$DATABASE" -v ON_ERROR_STOP=1 -f citus.sql
--
-- Everything of a customer lies on one worker, so a change, and each read of one customer, is a matter of one worker.
-- citus.shard_count (32 by default) is how many pieces there are, and so the most workers that can share them.
--
-- Not together with store.row-level-security: Citus does not hand the partner of a transaction to its workers, where the
-- policies would have to know it. A server that is asked for both does not start.
create extension if not exists citus;

do $$
declare
  name text;
begin
  -- All in one transaction, so over one connection to each worker, as Citus wants it.
  perform set_config('citus.multi_shard_modify_mode', 'sequential', true);

  -- What every worker has whole: it belongs to no customer, is small, and is joined with what does.
  foreach name in array array[
    'partners', 'agents', 'applications', 'application_secrets', 'application_keys', 'used_assertions',
    'refresh_tokens', 'authorization_codes', 'device_codes', 'dashboard_sessions', 'external_issuers', 'issuer_sign_ins',
    'second_factors', 'recovery_codes',
    'operators', 'former_actors', 'signing_keys', 'secrets', 'leases',
    'domains' -- so that a domain is one customer's of the whole store
  ] loop
    if not exists (select 1 from pg_dist_partition where logicalrelid = name::regclass) then
      perform create_reference_table(name);
    end if;
  end loop;

  -- The first one says where customers lie, the others follow it.
  if not exists (select 1 from pg_dist_partition where logicalrelid = 'journal_heads'::regclass) then
    perform create_distributed_table('journal_heads', 'customer_id', colocate_with => 'none');
  end if;
  foreach name in array array[
    'journal', 'unchanged_requests', 'customers', 'customer_profiles', 'relationships', 'granular_roles',
    'former_customers', 'former_company_names', 'users', 'passwords', 'role_members', 'subscribed_skus',
    'service_plans', 'licenses'
  ] loop
    if not exists (select 1 from pg_dist_partition where logicalrelid = name::regclass) then
      perform create_distributed_table(name, 'customer_id', colocate_with => 'journal_heads');
    end if;
  end loop;

  -- What was refused is read by partner, and may be about no customer.
  if not exists (select 1 from pg_dist_partition where logicalrelid = 'refused_requests'::regclass) then
    perform create_distributed_table('refused_requests', 'partner_id', colocate_with => 'none');
  end if;
end
$$;
