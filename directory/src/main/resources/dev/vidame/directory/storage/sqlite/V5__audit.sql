-- Up to journal_indexed, every row of the journal by its partner. Written together with journal_index.
create table journal_of_partners (
  of_partner blob not null,
  position integer not null,
  primary key (of_partner, position)
) without rowid;

insert into journal_of_partners (of_partner, position)
  select partner_id, position from journal where position <= (select position from journal_indexed) order by 1, 2;

-- Requests that wanted to change something and were refused. after_position and after_seq are the ends of the whole
-- journal and of the customer's at that moment, which puts them in order with its rows. Kept for a while only.
create table refused_requests (
  number integer primary key autoincrement,
  partner_id blob not null,
  customer_id blob,
  after_position integer not null,
  after_seq integer not null,
  at integer not null,
  actor_id blob,
  application_id blob not null,
  correlation_id blob not null,
  request_key blob not null,
  operation text not null,
  subject text,
  code integer not null,
  description text not null
);

create unique index refused_requests_key on refused_requests (request_key);
create index refused_requests_partner on refused_requests (partner_id, after_position, number);

-- What a partner last knew a customer as, once it has no relationship with it any more.
create table former_company_names (
  customer_id blob not null,
  partner_id blob not null,
  company_name text not null,
  primary key (customer_id, partner_id)
) without rowid;

-- The names of agents and applications that are gone, because what they did is still told.
create table former_actors (
  partner_id blob not null,
  actor_id blob not null,
  name text not null,
  primary key (partner_id, actor_id)
) without rowid;
