-- How many codes in a row were wrong. Together with the factor, so that another one begins with none.
alter table second_factors add column wrong_codes integer not null default 0;
