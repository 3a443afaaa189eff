-- How many codes in a row were wrong. Together with the factor, so that another one begins with none.
alter table second_factors add column wrong_codes integer not null default 0;

-- Whether applications of a partner may work with accounts on their own, without a signed-in agent.
alter table partners add column allows_app_only_users integer not null default 0;
