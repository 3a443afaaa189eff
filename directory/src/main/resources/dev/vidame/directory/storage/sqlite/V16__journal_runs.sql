-- Rows of the journal on their way into journal_index, for customers that changed too little to fill a page of it. Each run holds
-- what came in at one time, in order of customers. The customers are divided into slices, whose rows of all runs enter the index
-- together; the run of a slice is the newest one when that was last done.
create table journal_runs (
  run integer not null,
  of_customer blob not null,
  of_seq integer not null,
  position integer not null,
  primary key (run, of_customer, of_seq)
) without rowid;

create table journal_slices (
  from_customer blob not null primary key,
  run integer
) without rowid;

insert into journal_slices (from_customer)
  with recursive n (i) as (select 0 union all select i + 1 from n where i < 63)
  select unhex(format('%02X', i * 4)) from n;

-- What of the runs has not entered the index.
create view journal_waiting (of_customer, of_seq, position) as
  select r.of_customer, r.of_seq, r.position from journal_runs r
  where r.run >= coalesce(
    (select s.run from journal_slices s where s.from_customer <= r.of_customer order by s.from_customer desc limit 1), 0);
