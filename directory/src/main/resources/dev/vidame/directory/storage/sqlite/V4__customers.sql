alter table partners add column sandbox integer not null default 0;

-- Who bills go to, and who the company is. Apart from the customers, which lists read. A customer that came without a
-- profile has no row.
create table customer_profiles (
  customer_id blob not null primary key,
  billing_version integer not null,
  first_name text,
  last_name text,
  email text,
  culture text,
  language text,
  company_name text,
  country text,
  region text,
  city text,
  state text,
  address_line_1 text,
  address_line_2 text,
  postal_code text,
  address_first_name text,
  address_middle_name text,
  address_last_name text,
  phone_number text,
  organization_registration_number text,
  company_email text,
  company_country text,
  company_region text,
  company_city text,
  company_address_line_1 text,
  company_address_line_2 text,
  company_postal_code text,
  company_phone_number text
) without rowid;

-- Deleted customers, and whose they were.
create table former_customers (
  customer_id blob not null,
  partner_id blob not null,
  primary key (customer_id, partner_id)
) without rowid;

create index domains_customer on domains (customer_id);
