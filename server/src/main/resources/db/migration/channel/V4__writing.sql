-- Who has to do with a ticket by mail beside its customer, because an agent wrote to them. A mail can
-- only propose people; who was taken out joins no more.
create table participant (
  ticket bigint not null references ticket,
  address text not null check (address like '%_@_%'),
  state text not null check (state in ('copied', 'hidden', 'removed')),
  primary key (ticket, address)
);
create index participant_address on participant (address);

-- Words that go to several are several letters, each with a reply address of its own. They stand at
-- one place of the timeline; null for a letter that goes to one person.
alter table outbox add column revision bigint;
alter table outbox add column part text not null default 'to' check (part in ('to', 'cc', 'bcc'));

-- Who gets a held reply beside the customer.
alter table held_reply add column copies_decided boolean not null default false;
create table held_copy (
  held bigint not null references held_reply on delete cascade,
  address text not null check (address like '%_@_%'),
  hidden boolean not null,
  position integer not null,
  primary key (held, address)
);
create index held_copy_address on held_copy (address);

-- Whether somebody goes on with the next ticket of a view when they have sent something.
alter table sending_preference add column goes_on boolean not null default false;
