-- Who does what only one of several servers is to do. A file has one server; other stores have several.
create table leases (
  name text not null primary key,
  holder blob not null,
  ends_at integer not null
) without rowid;
