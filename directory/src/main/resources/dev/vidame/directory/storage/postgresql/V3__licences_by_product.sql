-- Who holds a licence of one product, as in SQLite.
create index licenses_sku on licenses (customer_id, lower(sku_id), user_id);
