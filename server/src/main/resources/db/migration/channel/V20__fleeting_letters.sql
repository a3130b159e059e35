-- A letter to an agent: its words are for its reader alone, and forgotten once it is handed over.
alter table outbox add column fleeting boolean not null default false;
