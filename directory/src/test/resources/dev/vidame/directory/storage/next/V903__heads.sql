alter table journal_heads add column rows_kept bigint not null default 0;
