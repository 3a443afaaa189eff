-- Who holds a licence of one product, which is asked for each page of such a list: without it all licences of the customer
-- would be read for a product that a few accounts hold.
create index licenses_sku on licenses (customer_id, lower(sku_id), user_id);
