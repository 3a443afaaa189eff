alter table relationships add column kind smallint not null default 1;
