-- Who was in copy of what stands at a place of a timeline: a row for each, so that what is known of
-- one person can be given out and erased without the others.
create table copied (
  ticket_id bigint not null references ticket,
  revision bigint not null,
  address text not null check (address like '%_@_%'),
  primary key (ticket_id, revision, address)
);
create index copied_address on copied (address);

-- Who is to get it beside the customer, as it was typed; cc is null while nobody has decided.
alter table draft add column cc text check (length(cc) <= 5000);
alter table draft add column bcc text not null default '' check (length(bcc) <= 5000);
